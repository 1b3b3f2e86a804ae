"""First page of a portfolio."""

from collections.abc import Iterator

from readiness.batch.portfolio_heatmaps import barriers
from readiness.batch.portfolio_model import NamedTeams, Portfolio, QuestionCount
from readiness.document.blocks import Block, Card, Cards, Contents, Heading, Paragraph, Points, Tone
from readiness.document.charts import ShareChart
from readiness.document.spans import strong
from readiness.document.tables import Column, Table, of_numbers
from readiness.language import _, n_
from readiness.text import listed

_CARDS = 3
_ROLES = 8
"""Roles that are told one by one."""


def summary(portfolio: Portfolio) -> Iterator[Block]:
    """Yield the first page: where the teams are, what to change for many of them, and what stands out."""
    yield from (Paragraph(limit, Tone.ALERT) for limit in _limits(portfolio))
    yield Heading(_("Where the teams are"), 2)
    columns = (
        Column(_("Band"), share=36, row_header=True),
        Column(_("Share of all teams"), share=36, drawn=True),
        *of_numbers(_("Teams"), _("Provisional"), share=14),
    )
    teams = len(portfolio.rows)
    rows = [
        (band.label, ShareChart(band.teams, teams), strong(f"{band.teams}"), f"{band.provisional}")
        for band in portfolio.bands
    ]
    if without := portfolio.unscored.teams:
        rows.append((_("No score yet"), ShareChart(without, teams), strong(f"{without}"), ""))
    yield Table(columns, rows, _("How many teams are in each band"), "bars tally", together=True)
    yield Paragraph(" ".join(_below_bands(portfolio)), Tone.NOTE)
    if portfolio.actions:
        yield Heading(_("Change once, for many"), 2)
        first = portfolio.actions[:_CARDS]
        yield Cards([Card(out_of(one.teams, one.of), one.title, [f"{one.owner}, {one.horizon}"]) for one in first])
        yield Paragraph(
            _("The numbers say how many teams this would take a step up, of those it applies to."), Tone.NOTE
        )
    yield Heading(_("What stands out"), 2)
    if points := [*_standing_out(portfolio)]:
        yield Points(points, name="standing-out")
    yield _(
        "This is not a ranking. Teams stand in the order they were given in. They start from different places, and "
        "what they are asked depends on it."
    )
    yield Contents(_("In this report"))


def _limits(portfolio: Portfolio) -> Iterator[str]:
    """Yield what limits the result most: whom nobody heard, and where too little is known."""
    teams = len(portfolio.rows)
    for voice in portfolio.voices_missing:
        yield _(
            "In {count} of the {all} teams that need to hear {who}, none of them has answered: {teams}. Only they can "
            "say how it is for them, so the highest band is not reached there. Ask them first.",
            count=voice.teams,
            all=voice.of,
            who=voice.label,
            teams=_named(voice),
        )
    if unscored := portfolio.unscored.teams:
        yield _(
            "In {count} of {all} teams too little is known for a score: {teams}. They are in no band.",
            count=unscored,
            all=teams,
            teams=_named(portfolio.unscored),
        )


def _named(found: NamedTeams) -> str:
    """Return the teams by name, the first few of them and how many more there are."""
    return ", ".join(found.named) + (" " + _("and {count} more", count=found.more) if found.more else "")


def _below_bands(portfolio: Portfolio) -> Iterator[str]:
    yield _("Provisional: what is not known could change the band.")
    if portfolio.held:
        yield n_(
            "In {count} team a higher band is held back: see “What holds bands back”.",
            "In {count} teams a higher band is held back: see “What holds bands back”.",
            portfolio.held,
        )
    if portfolio.voices:
        yield _("Who answered: {who}.", who=listed([*_voices(portfolio)], _("and")))


def _voices(portfolio: Portfolio) -> Iterator[str]:
    """Yield how many people answered in each role, in how many teams."""
    for voice in portfolio.voices[:_ROLES]:
        yield n_("{people} (in {count} team)", "{people} (in {count} teams)", voice.teams, people=voice.label)
    if more := sum(voice.people for voice in portfolio.voices[_ROLES:]):
        yield n_("{count} in another role", "{count} in other roles", more)


def out_of(count: int, whole: int) -> str:
    """Return how many of all, in words."""
    return _("{count} of {all}", count=count, all=whole)


def _standing_out(portfolio: Portfolio) -> Iterator[str]:
    gate = next(iter(portfolio.gates), None)
    if gate and gate.closed:
        yield _(
            "The minimum that most teams miss: {label}, in {count} of {all}.",
            label=gate.label,
            count=gate.closed,
            all=gate.teams,
        )
    barrier = next(iter(barriers(portfolio)), None)
    if barrier and barrier.weak:
        yield _(
            "The barrier that most teams do not guard against well: {label}, in {count} of {all} that know.",
            label=barrier.label,
            count=barrier.weak,
            all=barrier.known,
        )
    for question in unknown(portfolio)[:1]:
        yield _(
            "What is least known: {label}, in {count} of {all}.",
            label=question.label,
            count=question.unknown,
            all=question.teams,
        )
    if aside := max(portfolio.questions, key=lambda question: question.set_aside, default=None):
        yield from _set_aside(aside)


def _set_aside(question: QuestionCount) -> Iterator[str]:
    if question.set_aside:
        yield _(
            "What is most often set aside as not applying: {label}, in {count} of {all}.",
            label=question.label,
            count=question.set_aside,
            all=question.set_aside + question.teams,
        )


def unknown(portfolio: Portfolio) -> list[QuestionCount]:
    """Return the questions that some team does not know, those that most teams do not know first."""
    found = [question for question in portfolio.questions if question.unknown]
    return sorted(found, key=lambda question: -question.unknown)
