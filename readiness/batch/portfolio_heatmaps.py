"""Parts of a portfolio whose cells are shaded: kinds of team, team by team, and barriers by step."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from readiness.batch.portfolio_model import Grouping, Portfolio, QuestionCount, TeamRow
from readiness.document.blocks import Block, Heading, Paragraph, Section, Tone
from readiness.document.spans import Spans, quiet, spans, strong
from readiness.document.tables import Cell, Column, Lines, Shaded, Table, of_numbers, of_words
from readiness.language import _, n_
from readiness.text import listed

MAPPED_ON_PAPER = 400
"""Teams that the map of a PDF holds, on some twelve pages."""
MAPPED_ON_SCREEN = 5_000
"""Teams that the map of a web page holds, before a browser gets slow."""
_LISTED = 12
"""Entries of a list; the workbook has all."""
_NAMED = 7
"""Domains, or steps, that a table can have a column for with its name on top."""
_LONG = 12
"""Rows, from which on a table may break over two pages."""
_SHADES = "abcde"


def kinds_section(portfolio: Portfolio, *, large: bool) -> Section:
    """Return the middle scores of the teams of each kind."""
    lead = _(
        "The middle score of the teams of each kind. Kinds with fewer than {least} teams are not shown, nor any that "
        "could be worked out from the rest. What a team is asked depends on its kind, so small differences mean "
        "little.",
        least=portfolio.least,
    )
    blocks: list[Block] = [lead, *_keys(portfolio, large=large)]
    for grouping in portfolio.groupings:
        if grouping.groups:
            blocks += _grouping(grouping, portfolio, large=large)
    return Section("kinds", _("Kinds of team"), blocks)


def _grouping(grouping: Grouping, portfolio: Portfolio, *, large: bool) -> Iterator[Block]:
    yield Heading(grouping.title)
    columns = (
        Column(_("Kind"), share=37, row_header=True),
        *of_numbers(_("Teams"), share=9 if large else 7),
        *_domains(portfolio, 54 if large else 56, large=large),
    )
    rows: list[Sequence[Cell]] = [
        (group.label, f"{group.teams}", *(_shaded(portfolio, each) for each in group.middles))
        for group in grouping.groups
    ]
    caption = _("The middle scores: {what}", what=grouping.title)
    yield Table(columns, rows, caption, "heatmap kinds", together=len(rows) <= _LONG, wide=True)
    if grouping.hidden:
        told = n_(
            "{count} team is of a kind that is not shown.",
            "{count} teams are of kinds that are not shown.",
            grouping.hidden,
        )
        yield Paragraph(told, Tone.NOTE)


def map_section(portfolio: Portfolio, *, screen: bool, large: bool) -> Section:
    """Return each team's scores, in the order given; if there are too many teams, where they all are."""
    teams, most = len(portfolio.rows), MAPPED_ON_SCREEN if screen else MAPPED_ON_PAPER
    blocks: Sequence[Block] = (
        [_elsewhere(teams, most, screen=screen)] if teams > most else [*_map(portfolio, large=large)]
    )
    return Section("map", _("Team by team"), blocks)


def _elsewhere(teams: int, most: int, *, screen: bool) -> str:
    if screen:
        return _(
            "There are {count} teams: too many for this map, which takes {most}. The workbook of this portfolio holds "
            "all of them.",
            count=teams,
            most=most,
        )
    return _(
        "There are {count} teams: too many for this map, which takes {most}. The web page and the workbook of this "
        "portfolio hold all of them.",
        count=teams,
        most=most,
    )


def _map(portfolio: Portfolio, *, large: bool) -> Iterator[Block]:
    marks = _("“?” after a number: something is not known, so it could be another. “–”: too little is known.")
    yield _("Scores from 0 to 100, in the order given.") + " " + marks
    yield from _keys(portfolio, large=large)
    columns = (
        Column(_("Team"), share=25 if large else 28, row_header=True),
        *of_numbers(_("People"), share=9 if large else 7),
        *_domains(portfolio, 49 if large else 52, large=large),
        *of_words(_("Band"), share=17 if large else 13),
    )
    bands = {band.id: band.label for band in portfolio.bands}
    roles = {voice.role: voice.label for voice in portfolio.voices_missing}
    rows = [_team(row, portfolio, _result(row, bands, roles)) for row in portfolio.rows]
    yield Table(columns, rows, _("Each team’s score, overall and for each part"), "heatmap", wide=True)


def _team(row: TeamRow, portfolio: Portfolio, result: Spans) -> Sequence[Cell]:
    several = portfolio.organisations > 1 and row.organisation
    return (
        Lines([row.team, quiet(row.organisation)] if several and row.organisation else [row.team]),
        f"{row.respondents}",
        *(_shaded(portfolio, cell.score, is_open=cell.is_open) for cell in row.cells),
        result,
    )


def _result(row: TeamRow, bands: Mapping[str, str], roles: Mapping[str, str]) -> Spans:
    """Return the band, and what to know of it."""
    known = [_("provisional")] if row.provisional else []
    if row.voices_missing:
        known.append(_("no {who}", who=listed([roles[role] for role in row.voices_missing], _("or"))))
    return spans(bands[row.band] if row.band else _("No score yet"), quiet(", ".join(known)) if known else None)


def barriers(portfolio: Portfolio) -> list[QuestionCount]:
    """Return the barriers, those present in most teams first."""
    found = [question for question in portfolio.questions if question.barrier]
    return sorted(found, key=lambda question: (-question.weak, -question.unknown))


def barriers_section(portfolio: Portfolio) -> Section:
    """Return how well teams guard against barriers: how many stand on each step."""
    found = barriers(portfolio)
    steps = max((len(question.steps) for question in found), default=0)
    if steps > _NAMED:
        steps = 0
    lead = _(
        "Barriers are asked as how well a team guards against them. Those that most teams guard against least come "
        "first. “Low” counts the teams below the middle of the steps."
    )
    if steps:
        lead += " " + _("The other columns count teams by step; darker is more teams.")
    columns = (
        Column(_("What guards against it"), share=28, row_header=True),
        *of_numbers(_("Low"), share=7),
        *of_numbers(
            *(_("Step {step}", step=step + 1) for step in range(steps)),
            _("Not known"),
            _("Teams"),
            share=65 / (steps + 2),
        ),
    )
    rows: list[Sequence[Cell]] = [
        (
            question.label,
            strong(f"{question.weak}"),
            *_steps(question, steps),
            f"{question.unknown}",
            f"{question.teams}",
        )
        for question in found[:_LISTED]
    ]
    table = Table(columns, rows, _("How many teams are on each step"), "heatmap", wide=True)
    return Section("barriers", _("What gets in the way"), [lead, table])


def _steps(question: QuestionCount, steps: int) -> Iterator[Shaded]:
    """Yield how many teams stand on each step; "" for steps that the question does not have."""
    for at in range(steps):
        if at < len(question.steps):
            count = question.steps[at]
            yield Shaded(f"{count}", shade_of_share(count, question.known))
        else:
            yield Shaded("", "")


def shade_of_share(count: int, of: int) -> str:
    """Return the letter of the shade for ``count`` of ``of``, from "a" (none) to "e" (four fifths or more)."""
    return _SHADES[min(count * 5 // of, 4)] if of else _SHADES[0]


def _keys(portfolio: Portfolio, *, large: bool) -> Iterator[Block]:
    """Yield what the shades mean; and the numbers, if domains head their columns with numbers."""
    shown = [
        Shaded(_("{band}: from {start}", band=band.label, start=f"{band.start:g}"), _shade(band.start, portfolio))
        for band in portfolio.bands
    ]
    yield Table([*of_words(*(band.label for band in portfolio.bands))], [shown], name="legend", heads=False)
    if _is_numbered(portfolio, large=large):
        key = "; ".join(f"{at}: {title}" for at, title in enumerate(portfolio.domains, start=1))
        yield Paragraph(f"{key}.", Tone.NOTE)


def _is_numbered(portfolio: Portfolio, *, large: bool) -> bool:
    return large or len(portfolio.domains) > _NAMED


def _domains(portfolio: Portfolio, share: float, *, large: bool) -> Iterator[Column]:
    """Yield the columns of the overall score and of each domain, which have ``share`` of the width together."""
    titles = portfolio.domains
    heads = [f"{at}" for at in range(1, len(titles) + 1)] if _is_numbered(portfolio, large=large) else titles
    yield from of_numbers(_("Overall"), *heads, share=share / (1 + len(titles)))


def _shaded(portfolio: Portfolio, score: Fraction | float | None, *, is_open: bool = False) -> Shaded:
    """Return a score without decimals, shaded by the band that the number lies in."""
    number = portfolio.number(score)
    if score is None:
        return Shaded(number, "")
    return Shaded(f"{number}?" if is_open else number, _shade(float(number), portfolio))


def _shade(score: float, portfolio: Portfolio) -> str:
    """Return the letter of a score's shade: the stretches are those of the bands."""
    starts = [band.start for band in portfolio.bands]
    at = max(at for at, start in enumerate(starts) if start <= score)
    return _SHADES[round(at * 4 / (len(starts) - 1))]
