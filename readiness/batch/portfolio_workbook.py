"""The portfolio as a workbook: all teams, and each team that an action serves, to filter and to count in."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import partial

from readiness.batch.portfolio_model import (
    Cell,
    GateCount,
    PooledAction,
    Portfolio,
    QuestionCount,
    ScoreSpread,
    TeamRow,
)
from readiness.batch.spread import BINS
from readiness.document.table_workbook import ColumnOf, Columns, DataSheet, Imprint, Value, data_workbook, sheet_of
from readiness.language import _, n_
from readiness.theme.theme import Theme

_PRINTED = 12
"""Columns of a sheet that are printed."""


def portfolio_xlsx(portfolio: Portfolio, theme: Theme) -> bytes:
    """Return the portfolio as an XLSX workbook. The same portfolio gives the same bytes."""
    title, author = f"{portfolio.title} {portfolio.name}", theme.name or portfolio.name
    day = dt.date.fromisoformat(portfolio.date) if portfolio.date else None
    imprint = Imprint(title, author, portfolio.name, portfolio.date_text or "", day)
    return data_workbook(_sheets(portfolio, theme), imprint, theme, streamed=True)


def _sheets(portfolio: Portfolio, theme: Theme) -> Iterator[DataSheet]:
    scores = slice(3, 4 + len(portfolio.domains))
    about = ((_("What"), 44), (_("Value"), 90))
    yield DataSheet(_("Summary"), about, _summary(portfolio, theme), None, _PRINTED)
    yield sheet_of(_("Teams"), _team_columns(portfolio), portfolio.rows, scores, _PRINTED)
    parts = (portfolio.overall, *portfolio.spreads)
    yield sheet_of(_("How the scores lie"), _spread_columns(portfolio), parts, None, _PRINTED)
    yield DataSheet(_("Kinds of team"), _kind_columns(portfolio), _kinds(portfolio), scores, _PRINTED)
    yield sheet_of(_("What is needed"), _gate_columns(), portfolio.gates, None, _PRINTED)
    yield sheet_of(_("Questions"), _question_columns(portfolio), portfolio.questions, None, _PRINTED)
    yield sheet_of(_("Actions"), _action_columns(), portfolio.actions, None, _PRINTED)
    yield DataSheet(_("Teams and actions"), _served_columns(portfolio), _served(portfolio), None, _PRINTED)
    yield DataSheet(_("Does the team matter"), _level_columns(), _level(portfolio), None, _PRINTED)


def _summary(portfolio: Portfolio, theme: Theme) -> Iterator[Sequence[Value]]:
    words = portfolio.sentences
    yield _("About"), portfolio.title
    yield _("Together"), portfolio.name
    yield _("Newest answers"), portfolio.date_text
    if theme.name:
        yield _("Report by"), theme.whose
    if theme.footer:
        yield _("Note"), theme.footer
    if portfolio.draft:
        yield _("Note"), portfolio.draft
    yield _("Teams"), len(portfolio.rows)
    yield _("Organisations"), portfolio.organisations
    yield _("People who answered"), portfolio.respondents
    for band in portfolio.bands:
        name = _("{band}: from {start}", band=band.label, start=f"{band.start:g}")
        yield (
            name,
            _("{count} teams, {provisional} of them provisional", count=band.teams, provisional=band.provisional),
        )
    yield _("No score yet, as too little is known"), portfolio.unscored.teams
    for voice in portfolio.voices_missing:
        name = _("None of the {who} has answered", who=voice.label)
        yield name, _("{count} of the {all} teams that need to hear them", count=voice.teams, all=voice.of)
    for one in portfolio.voices:
        yield (
            _("Who answered"),
            n_("{people} (in {count} team)", "{people} (in {count} teams)", one.teams, people=one.label),
        )
    yield _("A higher band is held back"), portfolio.held
    yield _("Not a ranking"), _("Teams stand in the order given. What a team is asked depends on where it starts.")
    yield from ((_("How the score works"), paragraph) for paragraph in words.score[:2])
    yield _("What this is not"), f"{words.not_validated} {words.claim}"
    for source in portfolio.sources:
        yield _("Source {number}", number=source.number), " ".join(filter(None, (source.citation, source.url)))
    yield _("Made with"), words.made_with


def _team_columns(portfolio: Portfolio) -> Sequence[ColumnOf[TeamRow]]:
    bands = {band.id: band.label for band in portfolio.bands}
    labels = {question.id: question.label for question in portfolio.questions}
    roles = {voice.role: voice.label for voice in portfolio.voices_missing}

    def numbers(width: float, heads: Iterable[str], of: Callable[[Cell], float | None]) -> Iterator[ColumnOf[TeamRow]]:
        return ((head, width, partial(_of_part, portfolio, of, at)) for at, head in enumerate(heads))

    parts = (_("Overall"), *portfolio.domains)
    return (
        (_("Team"), 36, lambda row: row.team),
        (_("Organisation"), 34, lambda row: row.organisation),
        (_("People"), 8, lambda row: row.respondents),
        *numbers(11, parts, lambda cell: cell.score),
        (_("Band"), 16, lambda row: bands[row.band] if row.band else _("No score yet")),
        (_("Provisional"), 11, lambda row: _("yes") if row.provisional else None),
        (_("Held back by"), 44, lambda row: "; ".join(labels[name] for name in row.held_by)),
        (_("Nobody answered of"), 24, lambda row: "; ".join(roles[role] for role in row.voices_missing)),
        *((asked, 24, lambda row, at=at: row.profile[at]) for at, asked in enumerate(portfolio.profile)),
        *numbers(9, (_("{part}: low", part=part) for part in parts), lambda cell: cell.low),
        *numbers(9, (_("{part}: high", part=part) for part in parts), lambda cell: cell.high),
        (_("Files"), 48, lambda row: row.slug),
    )


def _of_part(portfolio: Portfolio, of: Callable[[Cell], float | None], part: int, row: TeamRow) -> int | None:
    return _whole(portfolio, of(row.cells[part]))


def _whole(portfolio: Portfolio, score: Fraction | float | None) -> int | None:
    """Return a score as people see it, as a number to sort and to filter by."""
    return None if score is None else int(portfolio.number(score))


def _spread_columns(portfolio: Portfolio) -> Sequence[ColumnOf[ScoreSpread]]:
    width = 100 // BINS

    def mark(name: str, of: Callable[[ScoreSpread], Fraction | float | None]) -> ColumnOf[ScoreSpread]:
        return name, 9, lambda one: _whole(portfolio, of(one))

    return (
        (_("Part"), 36, lambda one: one.title),
        (_("Teams"), 8, lambda one: one.teams),
        (_("No score"), 8, lambda one: one.none),
        (_("Not firm"), 8, lambda one: one.open),
        mark(_("Lowest"), lambda spread: spread.lowest),
        mark(_("A quarter below"), lambda spread: spread.quarter),
        mark(_("Middle"), lambda spread: spread.middle),
        mark(_("A quarter above"), lambda spread: spread.three_quarters),
        mark(_("Highest"), lambda spread: spread.highest),
        *((_("From {start}", start=at * width), 6, lambda one, at=at: one.bins[at]) for at in range(BINS)),
    )


def _kind_columns(portfolio: Portfolio) -> Columns:
    parts = ((_("{part}: middle", part=part), 11) for part in (_("Overall"), *portfolio.domains))
    return (_("What is known of a team"), 44), (_("Kind"), 44), (_("Teams"), 8), *parts


def _kinds(portfolio: Portfolio) -> Iterator[Sequence[Value]]:
    blank = (None,) * (1 + len(portfolio.domains))
    for grouping in portfolio.groupings:
        for group in grouping.groups:
            middles = (_whole(portfolio, each) for each in group.middles)
            yield grouping.title, group.label, group.teams, *middles
        if grouping.hidden:
            yield (
                grouping.title,
                _("Not shown: groups of fewer than {least}", least=portfolio.least),
                grouping.hidden,
                *blank,
            )


def _gate_columns() -> Sequence[ColumnOf[GateCount]]:
    return (
        (_("What is needed"), 36, lambda gate: gate.label),
        (_("The minimum"), 60, lambda gate: gate.needs),
        (_("Below it"), 9, lambda gate: gate.closed),
        (_("Not known"), 9, lambda gate: gate.unknown),
        (_("Teams"), 9, lambda gate: gate.teams),
        (_("Id"), 26, lambda gate: gate.id),
    )


def _question_columns(portfolio: Portfolio) -> Sequence[ColumnOf[QuestionCount]]:
    most = max((len(question.steps) for question in portfolio.questions), default=0)
    return (
        (_("What"), 34, lambda question: question.label),
        (_("Question"), 50, lambda question: question.question),
        (_("Kind"), 12, lambda question: _("Barrier") if question.barrier else _("Facilitator")),
        (_("Teams"), 8, lambda question: question.teams),
        (_("Not known"), 8, lambda question: question.unknown),
        (_("Set aside"), 8, lambda question: question.set_aside),
        (_("Below the middle"), 9, lambda question: question.weak),
        *(
            (_("Step {step}", step=at + 1), 8, lambda question, at=at: next(iter(question.steps[at:]), None))
            for at in range(most)
        ),
        (_("Whom to ask"), 44, lambda question: question.who_knows),
        (_("Id"), 26, lambda question: question.id),
    )


def _action_columns() -> Sequence[ColumnOf[PooledAction]]:
    return (
        (_("What to do"), 40, lambda action: action.title),
        (_("Teams it serves"), 9, lambda action: action.teams),
        (_("Of"), 8, lambda action: action.of),
        (_("It holds a band back in"), 11, lambda action: action.holds),
        (_("Policy or money"), 10, lambda action: _("yes") if action.is_policy else None),
        (_("Details"), 60, lambda action: action.detail),
        (_("Who"), 22, lambda action: action.owner),
        (_("When"), 20, lambda action: action.horizon),
        (_("Effort"), 26, lambda action: action.effort),
        (_("How you will know"), 40, lambda action: action.sign),
        (_("For"), 30, lambda action: action.label),
        (_("Id"), 30, lambda action: action.id),
    )


def _served_columns(portfolio: Portfolio) -> Columns:
    actions = ((f"{action.title} ({action.id})", 14) for action in portfolio.actions)
    return (_("Team"), 36), (_("Organisation"), 30), *actions


def _served(portfolio: Portfolio) -> Iterator[Sequence[Value]]:
    """Yield a row for each team, with a mark under each action that serves it: filter a column to see its teams."""
    served = [list[int]() for _row in portfolio.rows]
    for at, action in enumerate(portfolio.actions):
        for row in action.rows:
            served[row].append(at)
    for team, marked in zip(portfolio.rows, served, strict=True):
        marks: list[Value] = [None] * len(portfolio.actions)
        for at in marked:
            marks[at] = _("yes")
        yield team.team, team.organisation, *marks


def _level_columns() -> Columns:
    return (
        (_("Score"), 36),
        (_("People"), 9),
        (_("Teams"), 9),
        ("ICC(1)", 9),
        ("ICC(2)", 9),
        (_("Does the team matter?"), 40),
        (_("Is a team’s score firm?"), 40),
    )


def _level(portfolio: Portfolio) -> Iterator[Sequence[Value]]:
    level = portfolio.level
    for score in level.scores:
        yield score.title, score.people, score.teams, score.between, score.firmness, score.matters, score.firm
    if not level.scores:
        why = _(
            "It takes at least {least} teams in which several people answered, and that can count.", least=level.least
        )
        yield why, level.people, level.teams, None, None, None, None
