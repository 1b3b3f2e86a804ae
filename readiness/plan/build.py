"""Builds the action plan: for each question the step from where it stands to the next level, in the order that pays.

Order: questions that hold the band back; then points on the overall score per effort; barriers before facilitators
where that is equal; then the bank's own order. What nobody knows comes after the steps, unless it holds the band back.
"""

from collections.abc import Iterator
from fractions import Fraction

from readiness.bank.model import FIND_OUT, Action, Horizon, Kind, Level, Question, exact
from readiness.language import _
from readiness.plan.model import ActionKind, Keep, Plan, PlannedAction
from readiness.scoring.model import Score, State
from readiness.scoring.score import Standing, Standings


def build_plan(standings: Standings, score: Score) -> Plan:
    """Return the plan for a team that stands where ``standings`` says, with the ``score`` made from it."""
    held_by = frozenset(score.band.held_by) if score.band else frozenset[str]()
    found = [action for standing in standings.questions for action in _actions(standings, standing, held_by)]
    return Plan(actions=tuple(sorted(found, key=_urgency)), keep=tuple(_keeps(standings)))


def _urgency(action: PlannedAction) -> tuple[bool, Fraction, bool]:
    """Return what actions are sorted by; the sort keeps the bank's order where it is equal."""
    return (
        not action.holds_band,
        -(action.gain or Fraction(0)) / action.effort,
        action.question_kind is not Kind.BARRIER,
    )


def _actions(standings: Standings, standing: Standing, held_by: frozenset[str]) -> Iterator[PlannedAction]:
    question = standing.question
    holds = question.id in held_by
    if standing.state in (State.UNKNOWN, State.UNANSWERED):
        yield _find_out(standings, standing, holds=holds)
    goal = next_level(standing)
    if goal is None:
        return
    now = standings.overall or Fraction(0)
    after = standings.with_share(question.id, question.share(exact(goal.value))).overall or now
    for action in question.actions_to(goal):
        yield _planned(standings, question, action, gain=after - now, holds=holds)


def next_level(standing: Standing) -> Level | None:
    """Return the level that is the question's next step; None where it is at its top, or no level is known."""
    levels = standing.question.levels
    above = len(levels) if standing.share is None else standing.question.level_at(standing.share) + 1
    return levels[above] if above < len(levels) else None


def _planned(standings: Standings, question: Question, action: Action, *, gain: Fraction, holds: bool) -> PlannedAction:
    return PlannedAction(
        id=action.id,
        kind=ActionKind.STEP,
        question=question.id,
        question_kind=standings.bank.kind(question),
        domain=question.domain,
        title=action.title,
        detail=action.detail,
        owner=action.owner,
        horizon=action.horizon,
        effort=action.effort,
        sign=action.sign,
        gain=gain,
        holds_band=holds,
    )


def _find_out(standings: Standings, standing: Standing, *, holds: bool) -> PlannedAction:
    question = standing.question
    ask = _("Ask: {who}", who=question.who_knows) if question.who_knows else _("Ask the people who do the work.")
    evidence = "; ".join(question.evidence)
    look = " " + _("Look for: {evidence}.", evidence=evidence) if evidence else ""
    unknown = standing.state is State.UNKNOWN
    return PlannedAction(
        id=f"{FIND_OUT}{question.id}",
        kind=ActionKind.FIND_OUT,
        question=question.id,
        question_kind=standings.bank.kind(question),
        domain=question.domain,
        title=_("Find out: {question}", question=question.text)
        if unknown
        else _("Answer: {question}", question=question.text),
        detail=ask + look,
        owner=_("Whoever leads this assessment"),
        horizon=Horizon.NOW,
        effort=1,
        sign=_("You can pick the level that fits, and say what shows it."),
        gain=None,
        holds_band=holds,
    )


def _keeps(standings: Standings) -> Iterator[Keep]:
    for standing in standings.questions:
        question = standing.question
        if standing.share == 1:
            yield Keep(
                question=question.id,
                domain=question.domain,
                text=question.keep or question.levels[-1].text,
            )
