"""First page of a portfolio."""

from collections.abc import Iterator

from readiness.batch.portfolio_heatmaps import barriers
from readiness.batch.portfolio_model import PooledAction, Portfolio, QuestionCount
from readiness.document.blocks import (
    Block,
    Card,
    Cards,
    Column,
    Contents,
    Heading,
    Paragraph,
    Points,
    Table,
    Tone,
    of_numbers,
    strong,
)
from readiness.document.charts import ShareChart
from readiness.language import _, n_

_CARDS = 3


def summary(portfolio: Portfolio) -> Iterator[Block]:
    """Yield the first page: where the teams are, what to change for many of them, and what stands out."""
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
    yield Table(columns, rows, _("How many teams are in each band"), "bars tally", together=True)
    yield Paragraph(" ".join(_below_bands(portfolio)), Tone.NOTE)
    if portfolio.actions:
        yield Heading(_("Change once, for many"), 2)
        yield Cards([*map(_card, portfolio.actions[:_CARDS])])
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


def _below_bands(portfolio: Portfolio) -> Iterator[str]:
    yield _("Provisional: what is not known could change the band.")
    if portfolio.held:
        yield n_(
            "In {count} team a higher band is held back: see “What holds bands back”.",
            "In {count} teams a higher band is held back: see “What holds bands back”.",
            portfolio.held,
        )
    if portfolio.unscored:
        yield n_("{count} team has no score yet.", "{count} teams have no score yet.", portfolio.unscored)


def _card(action: PooledAction) -> Card:
    return Card(out_of(action.teams, action.of), action.title, [f"{action.owner}, {action.horizon}"])


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


def unknown(portfolio: Portfolio) -> list[QuestionCount]:
    """Return the questions that some team does not know, those that most teams do not know first."""
    found = [question for question in portfolio.questions if question.unknown]
    return sorted(found, key=lambda question: -question.unknown)
