"""Builds the action plan: for each question the step from where it stands to the next level, in the order that pays.

Order: questions that hold the band back; then points on the overall score per effort; barriers before facilitators
where that is equal; then the bank's own order. What nobody knows comes after the steps, unless it holds the band back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from readiness.bank.model import FIND_OUT, Action, Horizon, Kind, Level, Question
from readiness.language import _
from readiness.plan.model import ActionKind, Keep, Plan, PlannedAction
from readiness.scoring.model import Score, State
from readiness.scoring.score import Standing, Standings


def build_plan(standings: Standings, score: Score) -> Plan:
    """Return the plan for a team that stands where ``standings`` says, with the ``score`` made from it."""
    held_by = frozenset(score.band.held_by) if score.band else frozenset[str]()
    asked = [
        _Asked(standing, number, holds=standing.question.id in held_by)
        for number, standing in enumerate(standings.questions, start=1)
    ]
    ordered = sorted((action for question in asked for action in _actions(standings, question)), key=_urgency)
    numbered = (action.model_copy(update={"number": number}) for number, action in enumerate(ordered, start=1))
    return Plan(actions=tuple(numbered), keep=tuple(_keeps(standings)))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question that is asked: where it stands, which it is, from 1, and whether it holds the band back."""

    standing: Standing
    number: int
    holds: bool


def _urgency(action: PlannedAction) -> tuple[bool, Fraction, bool]:
    """Return what actions are sorted by; the sort keeps the bank's order where it is equal."""
    return (
        not action.holds_band,
        -(action.gain or Fraction(0)) / (action.effort or 1),
        action.question_kind is not Kind.BARRIER,
    )


def _actions(standings: Standings, asked: _Asked) -> Iterator[PlannedAction]:
    standing, question = asked.standing, asked.standing.question
    if standing.state in (State.UNKNOWN, State.UNANSWERED):
        kind, unknown = standings.bank.kind(question), standing.state is State.UNKNOWN
        yield find_out(question, number=asked.number, kind=kind, unknown=unknown, holds=asked.holds)
    goal = next_level(standing)
    if goal is None:
        return
    now = standings.overall or Fraction(0)
    after = standings.with_standing(standing.raised_to(question.levels.index(goal))).overall or now
    for action in question.actions_to(goal):
        yield _step(standings, asked, action, gain=after - now)


def next_level(standing: Standing) -> Level | None:
    """Return the level that is the question's next step; None where it is at its top, or no level is known."""
    levels = standing.question.levels
    above = len(levels) if standing.stands is None else standing.stands + 1
    return levels[above] if above < len(levels) else None


def _step(standings: Standings, asked: _Asked, action: Action, *, gain: Fraction) -> PlannedAction:
    question = asked.standing.question
    return PlannedAction(
        id=action.id,
        number=_NOT_YET,
        kind=ActionKind.STEP,
        question=question.id,
        question_number=asked.number,
        about=question.name,
        question_kind=standings.bank.kind(question),
        domain=question.domain,
        gain=gain,
        holds_band=asked.holds,
        **action.words,
    )


_NOT_YET = 0
"""The number of an action until all of them are in their order."""


def find_out(question: Question, *, number: int | None, kind: Kind | None, unknown: bool, holds: bool) -> PlannedAction:
    """Return the action that finds out where the service stands: nobody knows, or it is not answered yet."""
    ask = _("Ask: {who}", who=question.who_knows) if question.who_knows else _("Ask the people who do the work.")
    evidence = "; ".join(question.evidence)
    look = " " + _("Look for: {evidence}.", evidence=evidence) if evidence else ""
    return PlannedAction(
        id=f"{FIND_OUT}{question.id}",
        number=_NOT_YET,
        kind=ActionKind.FIND_OUT,
        question=question.id,
        question_number=number,
        about=question.name,
        question_kind=kind,
        domain=question.domain,
        title=_("Find out: {question}", question=question.text)
        if unknown
        else _("Answer: {question}", question=question.text),
        detail=ask + look,
        owner=_("Whoever leads this assessment"),
        horizon=Horizon.NOW,
        effort=1,
        sign=_("You can answer the question, and say what shows it."),
        gain=None,
        holds_band=holds,
    )


def _keeps(standings: Standings) -> Iterator[Keep]:
    for standing in standings.questions:
        question = standing.question
        if standing.stands == len(question.levels) - 1:
            yield Keep(
                question=question.id,
                domain=question.domain,
                text=question.keep or question.levels[-1].text,
            )
