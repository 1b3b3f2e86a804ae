"""The plan, the way to a band and a what-if as they stand in a terminal."""

from collections.abc import Callable, Iterable
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from readiness.cli.output import colourful
from readiness.scoring.numbers import in_words
from readiness.text import counted, listed, safe

if TYPE_CHECKING:
    from readiness.bank.model import Band, Bank
    from readiness.plan.route import Route
    from readiness.plan.what_if import Change
    from readiness.report.model import Report
    from readiness.scoring.model import Score
    from readiness.scoring.score import Standings

Print = Callable[..., None]


def _drawn(draw: Callable[[Print], None]) -> str:
    """Return what ``draw`` prints, as text."""
    buffer = StringIO()
    console = Console(file=buffer, force_terminal=colourful(), width=None if colourful() else 100, highlight=False)

    def line(what: str | Table = "", style: str = "") -> None:
        console.print(what if isinstance(what, Table) else Text(safe(what), style=style))

    draw(line)
    return "\n".join(text.rstrip() for text in buffer.getvalue().splitlines())


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, justify="right" if heading in _RIGHT else "left")
    return table


_RIGHT = ("No.", "Effort", "Points", "Before", "After")


def _row(table: Table, cells: Iterable[str]) -> None:
    table.add_row(*(Text(safe(cell)) for cell in cells))


def plan_table(report: "Report") -> str:
    """Return the plan: what to do, who, by when, and how far."""

    def draw(line: Print) -> None:
        line(report.team, "bold")
        if report.progress:
            line(report.progress)
        for horizon in report.horizons:
            if not horizon.actions:
                continue
            line()
            line(f"{horizon.title}: {horizon.when}", "bold cyan")
            table = _table("No.", "What to do", "Who", "By when", "Status")
            for action in horizon.actions:
                flag = " (holds the band)" if action.holds_band else ""
                cells = (str(action.number), action.title + flag, action.owner, action.due or "", action.status_text)
                _row(table, cells)
            line(table)
        for heading, actions in (("Worked on, and not in today’s plan", report.past), ("Taken out", report.dropped)):
            if actions:
                line()
                line(heading, "bold cyan")
                for action in actions:
                    line(f"{action.title} {action.mark or ''}{f' Why: {action.dropped}' if action.dropped else ''}")

    return _drawn(draw)


def route_table(standings: "Standings", band: "Band", route: "Route") -> str:
    """Return the way to a band: each step with what it costs and gives."""
    labels = {standing.question.id: standing.question.name for standing in standings.questions}

    def draw(line: Print) -> None:
        if not route.steps and not route.find_out:
            line(f"{band.label} is reached today: {in_words(route.before.overall.score)} out of 100.")
            return
        line(f"The cheapest way to {band.label}: effort {route.effort}", "bold")
        line("Effort adds up what each step takes: 1 a meeting or a page, 2 some weeks, 3 months or money.")
        if route.find_out:
            names = ", ".join(labels[name] for name in route.find_out)
            line(f"Find out first: {names}.")
            line("Nobody knows yet, so the way counts from the lowest level. It may be shorter.")
        line()
        table = _table("For", "Step", "What to do", "Effort", "Points")
        for step in route.steps:
            cells = (step.label, str(step.position), "; ".join(step.titles), str(step.effort), in_words(step.gain))
            _row(table, cells)
        line(table)
        line()
        line(f"Then: {_result(standings.bank, route.after)}. Today: {_result(standings.bank, route.before)}.")

    return _drawn(draw)


def change_table(standings: "Standings", change: "Change") -> str:
    """Return the score before and after a change, and how the plan moves."""

    def draw(line: Print) -> None:
        line(f"Before: {_result(standings.bank, change.before)}.")
        line(f"After: {_result(standings.bank, change.after)}.", "bold")
        line()
        table = _table("Part", "Before", "After")
        for before, after in zip(change.before.domains, change.after.domains, strict=True):
            _row(table, (before.title, in_words(before.score), in_words(after.score)))
        line(table)
        for words, actions in (("Comes into the plan", change.gained), ("Leaves the plan", change.lost)):
            if actions:
                line()
                line(f"{words}: {counted(len(actions), 'action')}", "bold cyan")
                for action in actions:
                    line(f"- {action.title}")

    return _drawn(draw)


def _result(bank: "Bank", score: "Score") -> str:
    if score.band is None:
        return "no score"
    held = (
        f", held back by {listed([bank.question_by_id[name].name for name in score.band.held_by])}"
        if score.band.held_by
        else ""
    )
    return f"{score.band.label}, {in_words(score.overall.score)} out of 100{held}"
