"""The plan, the way to a band and a what-if in words and tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from readiness.bank.model import FIND_OUT, exact
from readiness.document.blocks import Alert, Block, Cell, Column, Grid, Heading, Hint, Points, of_numbers, of_words
from readiness.scoring.rounding import in_words
from readiness.text import counted, ended, listed, unended

if TYPE_CHECKING:
    from readiness.bank.model import Band, Bank
    from readiness.plan.model import Plan
    from readiness.plan.route import Route, RouteStep
    from readiness.plan.what_if import WhatIf
    from readiness.report.model import ActionView, Report
    from readiness.scoring.model import Score
    from readiness.scoring.score import Standings


def plan_blocks(report: "Report", again: str) -> Iterator[Block]:
    """Yield the plan that ``report`` shows: what to do and what for, who, by when, and how far.

    ``again`` says how to answer the questions again whose actions are done; "" if none is.
    """
    shown = [action for horizon in report.horizons for action in horizon.actions]
    yield Heading(report.team)
    if report.organisation:
        yield report.organisation
    if report.progress:
        yield report.progress
    if report.behind:
        yield Alert(report.behind)
    if report.start:
        yield f"Start with {_numbers(action.number for action in report.start)}."
    for horizon in report.horizons:
        if horizon.actions:
            yield Heading(f"{horizon.title}: {horizon.when}")
            yield _actions(horizon.actions)
    yield from _apart("Not in today’s plan any more", report.past)
    yield from _apart("Taken out, and not to be done", report.dropped)
    yield report.sentences.plan if shown else report.sentences.nothing_to_plan
    if again:
        yield Hint(f"What is done changes no score by itself. {again}")
    yield Hint("What would one answer change? Add --what-if 8=4, for question 8 and its fourth answer.")


def _actions(actions: Iterable["ActionView"]) -> Grid:
    columns = (
        *of_numbers("No.", share=0.6),
        *of_words("What to do", share=5),
        Column("Who", widest=18, share=2),
        Column("By when", share=1.6),
    )
    rows = []
    for action in actions:
        notes = (f"Note: {line}" for line in action.comments)
        what = (action.title, about(action.question_number, action.label), action.mark or "", *notes)
        rows.append((str(action.number), what, _who(action), _by_when(action), _status(action)))
    return Grid((*columns, Column("Status", widest=12, share=1.4)), rows)


def _apart(heading: str, actions: Sequence["ActionView"]) -> Iterator[Block]:
    """Yield actions that are not in the plan, if there are any, with the reason."""
    if actions:
        yield Heading(heading)
        yield Points([*map(_why_apart, actions)])


def _why_apart(action: "ActionView") -> str:
    what = about(action.question_number, action.label)
    title = f"{action.number}. {unended(action.title)}"
    facts = [f"{title} ({what})." if what else ended(title), action.mark or ""]
    facts.append(f"Why: {action.dropped}" if action.dropped else action.state)
    facts += [f"Note: {line}" for line in action.comments]
    return " ".join(fact for fact in facts if fact)


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


def route_blocks(standings: "Standings", band: "Band", route: "Route", plan: "Plan", again: str) -> Iterator[Block]:
    """Yield the way to a band: each step with what it costs and gives, and what is done already.

    Actions have the numbers that they have in the live ``plan``; those that it does not have yet have none. ``again``
    says how to answer the questions again whose actions are done.
    """
    numbers = {action.id: str(action.number) for action in plan.numbered}
    yield Heading(f"{standings.team.name}: the cheapest way to {band.label}")
    if not route.steps and not route.find_out:
        yield f"{band.label} is reached today: {in_words(route.before.overall.score)} out of 100."
        return
    takes = "1 a meeting or a page, 2 some weeks, 3 months or money"
    yield f"Effort: {route.effort}. It adds up what each step takes: {takes}."
    yield from _not_known(standings, band, route, numbers)
    to_do = [step for step in route.steps if step.to_do]
    if to_do:
        yield Grid(
            (
                *of_numbers("No.", share=0.6),
                *of_words("What to do", share=6),
                *of_numbers("Answer", "Effort", "Points"),
            ),
            [*_steps(to_do, numbers)],
        )
        yield "No. is the action’s number in the plan. Those without one come in when the answer before is reached."
    if done := [step for step in route.steps if step.already_done]:
        yield Heading("Already done on the way" if to_do else "All of the way is done already")
        yield Points([*_done(done, numbers)])
        yield "What is done changes no score by itself: its points come when its question is answered again."
        yield Hint(again)
    yield f"Then: {_result(standings.bank, route.after)}. Today: {_result(standings.bank, route.before)}."


def _done(steps: Iterable["RouteStep"], numbers: Mapping[str, str]) -> Iterator[str]:
    for step in steps:
        for name, title in step.already_done.items():
            what = ended(_numbered(numbers.get(name, ""), title))
            yield f"{what} {_for(step)} (to answer {step.position}, {in_words(step.gain)} points)"


def _steps(steps: Iterable["RouteStep"], numbers: Mapping[str, str]) -> Iterator[Sequence[Cell]]:
    for step in steps:
        facts = (str(step.position), str(step.effort), in_words(step.gain))
        for name, title in step.to_do.items():
            yield numbers.get(name, ""), (title, _for(step)), *facts
            facts = ("", "", "")  # they are the step's, whatever number of actions it takes


def _for(step: "RouteStep") -> str:
    return about(step.question_number, step.label)


def _numbered(number: str, title: str) -> str:
    return f"{number}. {title}" if number else title


def change_blocks(standings: "Standings", change: "WhatIf", plan: "Plan", kept: Mapping[str, int]) -> Iterator[Block]:
    """Yield what was changed, in words; the score before and after; and how the live ``plan`` moves.

    ``kept`` are the numbers that actions have, in the plan or not.
    """
    numbers = {name: str(number) for name, number in kept.items()}
    numbers |= {action.id: str(action.number) for action in plan.numbered}
    yield Heading(f"{standings.team.name}: what if")
    if change.answers:
        yield Points(
            [
                f"Question {answer.question_number}, {answer.label}: from “{answer.before}” to “{answer.after}”"
                for answer in change.answers
            ]
        )
    else:
        yield "That is what the answers say today, so nothing changes."
    yield f"Before: {_result(standings.bank, change.before)}."
    yield f"After: {_result(standings.bank, change.after)}."
    yield Grid(
        (*of_words("Part", share=4), *of_numbers("Before", "After")),
        [
            (before.title, in_words(before.score), in_words(after.score))
            for before, after in zip(change.before.domains, change.after.domains, strict=True)
        ],
    )
    for words, actions in (("Comes into the plan", change.gained), ("Leaves the plan", change.lost)):
        if actions:
            yield Heading(f"{words}: {counted(len(actions), 'action')}")
            named = (f"{unended(one.title)} ({one.about})" if one.about else one.title for one in actions)
            yield Points([_numbered(numbers.get(one.id, ""), name) for one, name in zip(actions, named, strict=True)])


def _result(bank: "Bank", score: "Score") -> str:
    if score.band is None:
        return "no score"
    held = (
        f", held back by {listed([bank.question_by_id[name].name for name in score.band.held_by])}"
        if score.band.held_by
        else ""
    )
    return f"{score.band.label}, {in_words(score.overall.score)} out of 100{held}"
