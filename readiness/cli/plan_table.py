"""The plan, the way to a band and a what-if as they stand in a terminal."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import JustifyMethod, RenderableType
from rich.table import Table
from rich.text import Text

from readiness.bank.model import FIND_OUT, exact
from readiness.cli.drawing import drawn
from readiness.plan.changes import answer_again
from readiness.scoring.numbers import in_words
from readiness.text import counted, ended, listed, safe, unended

if TYPE_CHECKING:
    from readiness.assessment.named import Named
    from readiness.bank.model import Band, Bank
    from readiness.plan.model import Plan
    from readiness.plan.route import Route, RouteStep
    from readiness.plan.what_if import Change
    from readiness.report.model import ActionView, Report
    from readiness.scoring.model import Score
    from readiness.scoring.score import Standings

Print = Callable[..., None]


def _drawn(draw: Callable[[Print], None]) -> str:
    """Return what ``draw`` prints, as text."""
    parts: list[RenderableType] = []

    def line(what: str | Table = "", style: str = "") -> None:
        parts.append(what if isinstance(what, Table) else Text(safe(what), style=style))

    draw(line)
    return drawn(parts)


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        side: JustifyMethod = "right" if heading in _RIGHT else "left"
        table.add_column(heading, justify=side, max_width=_WIDEST.get(heading))
    return table


_WIDEST = {"Who": 18, "Status": 12}
"""Characters, so that there is room for what to do."""

_RIGHT = ("No.", "Answer", "Effort", "Points", "Before", "After")


def _row(table: Table, cells: Iterable[str | tuple[str, ...]]) -> None:
    """Add a row; a cell may have several lines."""
    lines = ((cell,) if isinstance(cell, str) else cell for cell in cells)
    table.add_row(*(Text("\n".join(safe(line) for line in cell if line)) for cell in lines))


def plan_table(report: "Report", plan: "Plan", named: "Named") -> str:
    """Return the live ``plan`` that ``report`` shows: what to do and what for, who, by when, and how far."""
    shown = [action for horizon in report.horizons for action in horizon.actions]

    def draw(line: Print) -> None:
        line(report.team, "bold")
        if report.progress:
            line(report.progress)
        if late := sorted(action.number for action in (*shown, *report.past) if action.late):
            line(f"Late: {'action' if len(late) == 1 else 'actions'} {_numbers(late)}.", "bold yellow")
        if report.start:
            first = listed([f"{action.number} ({action.time_frame})" for action in report.start])
            line(f"Start with {first}.")
        for horizon in report.horizons:
            if horizon.actions:
                line()
                line(f"{horizon.title}: {horizon.when}", "bold cyan")
                line(_actions(horizon.actions))
        _apart(line, "Worked on, and not in today’s plan", report.past)
        _apart(line, "Taken out, and not to be done", report.dropped)
        line()
        line(report.sentences.plan if shown else report.sentences.nothing_to_plan)
        if again := answer_again((action.question_number for action in plan.actions if action.status == "done"), named):
            line(f"What is done changes no score by itself. {again}")
        line("What would one answer change? Add --what-if 8=4, for question 8 and its fourth answer.")

    return _drawn(draw)


def _actions(actions: Iterable["ActionView"]) -> Table:
    table = _table("No.", "What to do", "Who", "By when", "Status")
    for action in actions:
        what = (action.title, about(action.question_number, action.label), action.mark or "")
        _row(table, (str(action.number), what, _who(action), _by_when(action), _status(action)))
    return table


def _apart(line: Print, heading: str, actions: Sequence["ActionView"]) -> None:
    """Write actions that are not in the plan, if there are any, with the reason."""
    if not actions:
        return
    line()
    line(heading, "bold cyan")
    for action in actions:
        what = about(action.question_number, action.label)
        title = f"{action.number}. {unended(action.title)}"
        facts = [f"{title} ({what})." if what else ended(title), action.mark or ""]
        facts.append(f"Why: {action.dropped}" if action.dropped else action.state)
        line(" ".join(fact for fact in facts if fact))


def about(question_number: int | None, label: str) -> str:
    """Return what an action is for, so that it means something alone: Question 8: Words that fit."""
    if not label:
        return ""
    return label if question_number is None else f"Question {question_number}: {label}"


def _numbers(numbers: Iterable[int]) -> str:
    return listed([str(number) for number in numbers])


def _who(action: "ActionView") -> tuple[str, ...]:
    return (action.owner,) if action.owner else (action.role, "suggested" if action.role else "")


def _by_when(action: "ActionView") -> tuple[str, ...]:
    return ("was due on" if action.late else "", action.due_text or "")


def _status(action: "ActionView") -> tuple[str, ...]:
    held = "holds the band" if action.holds_band else ""
    return f"{action.status_text}: needs help" if action.status == "stuck" else action.status_text, held


def _not_known(standings: "Standings", band: "Band", route: "Route", numbers: Mapping[str, str]) -> Iterator[str]:
    """Yield what to say of the questions that are open: what to find out first, or that they might be enough."""
    high = standings.score().overall.high
    if route.find_out:
        labels = {standing.question.id: standing.question.name for standing in standings.questions}
        names = (_numbered(numbers.get(f"{FIND_OUT}{name}", ""), labels[name]) for name in route.find_out)
        yield f"Find out first: {', '.join(names)}."
        yield "Nobody knows yet, so the way counts from the lowest level. It may be shorter."
    elif high is not None and high >= exact(band.start):
        yield f"What is not known could lift the score to {in_words(high)} by itself: the report says whom to ask."


def route_table(standings: "Standings", band: "Band", route: "Route", plan: "Plan", named: "Named") -> str:
    """Return the way to a band: each step with what it costs and gives, and what is done already.

    Actions have the numbers that they have in the live ``plan``; those that it does not have yet have none.
    """
    numbers = {action.id: str(action.number) for action in plan.numbered}

    def draw(line: Print) -> None:
        if not route.steps and not route.find_out:
            line(f"{band.label} is reached today: {in_words(route.before.overall.score)} out of 100.")
            return
        line(f"The cheapest way to {band.label}: effort {route.effort}", "bold")
        line("Effort adds up what each step takes: 1 a meeting or a page, 2 some weeks, 3 months or money.")
        for told in _not_known(standings, band, route, numbers):
            line(told)
        to_do = [step for step in route.steps if step.to_do]
        if to_do:
            line()
            table = _table("No.", "What to do", "Answer", "Effort", "Points")
            for step in to_do:
                facts = (str(step.position), str(step.effort), in_words(step.gain))
                for name, title in step.to_do.items():
                    _row(table, (numbers.get(name, ""), (title, _for(step)), *facts))
                    facts = ("", "", "")  # they are the step's, whatever number of actions it takes
            line(table)
            line("No. is the action’s number in the plan. Those without one come in when the answer before is reached.")
        if done := [step for step in route.steps if step.already_done]:
            line()
            line("Already done on the way" if to_do else "All of the way is done already", "bold cyan")
            for step in done:
                for name, title in step.already_done.items():
                    what = ended(_numbered(numbers.get(name, ""), title))
                    line(f"- {what} {_for(step)} (to answer {step.position})")
            again = answer_again((step.question_number for step in done), named)
            line(f"What is done changes no score by itself. {again}")
        line()
        line(f"Then: {_result(standings.bank, route.after)}. Today: {_result(standings.bank, route.before)}.")

    return _drawn(draw)


def _for(step: "RouteStep") -> str:
    return about(step.question_number, step.label)


def _numbered(number: str, title: str) -> str:
    return f"{number}. {title}" if number else title


def change_table(standings: "Standings", change: "Change") -> str:
    """Return what was changed, in words; the score before and after; and how the plan moves."""

    def draw(line: Print) -> None:
        for answer in change.answers:
            line(f"Question {answer.question_number}, {answer.label}: from “{answer.before}” to “{answer.after}”")
        if not change.answers:
            line("That is what the answers say today, so nothing changes.")
        line()
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
                    line(f"- {unended(action.title)} ({action.about})" if action.about else f"- {action.title}")

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
