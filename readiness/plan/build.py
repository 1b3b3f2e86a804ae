"""Builds the action plan: for each question the step from where it stands to the next level, and what to find out.

Order within a stretch of time: gates below their minimum; what to find out about gates; what stands lowest; where Peer
Workers put it a step or more below the others; barriers before facilitators; less effort; the bank's order. What else
nobody knows comes after the steps; if too little is known for a score, all that is to be found out comes first. The
order of the steps depends on no other question: an answer that becomes "don't know" moves no two of them past each
other.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from readiness.bank.model import Action, Kind, Level, Question
from readiness.plan.basis import PlanBasis
from readiness.plan.find_out import find_out
from readiness.plan.model import ActionKind, Keep, Plan, PlannedAction
from readiness.plan.stretch import Stretch
from readiness.scoring.model import Gate, State
from readiness.scoring.standing import Standing


def build_plan(basis: PlanBasis) -> Plan:
    """Return the plan that follows from ``basis``, without anybody's edits."""
    placed = sorted((*_steps(basis), *_find_outs(basis)), key=lambda one: one.place)
    numbered = (one.action.model_copy(update={"number": number}) for number, one in enumerate(placed, start=1))
    return Plan(actions=tuple(numbered), keep=tuple(_keeps(basis)))


class _Place(NamedTuple):
    """What actions are sorted by: the smaller comes first. Only ways to the same step can be in one place.

    ``turn`` counts the kinds of action below. ``stands`` is the share (0 to 1) of the level that the step starts from.
    ``at`` counts questions in the bank's order.
    """

    stretch: int
    turn: int
    stands: Fraction
    with_others: bool
    facilitator: bool
    effort: int
    at: int


class _Placed(NamedTuple):
    place: _Place
    action: PlannedAction


_GATE_TO_SCORE, _TO_SCORE, _CLOSED_GATE, _UNKNOWN_GATE, _STEP, _UNKNOWN = range(6)
"""The kinds of action, in their order. The first two are what to find out if too little is known for a score."""


def _steps(basis: PlanBasis) -> Iterator[_Placed]:
    for number, standing in enumerate(basis.standings.questions, start=1):
        question, start = standing.question, basis.start(standing)
        goal = None if start is None else level_above(question, start)
        if start is None or goal is None:
            continue
        closed = standing.gate is Gate.CLOSED
        for action in question.actions_to(goal):
            place = _Place(
                stretch=Stretch(action.horizon).order,
                turn=_CLOSED_GATE if closed else _STEP,
                stands=question.shares[question.levels[start].value],
                with_others=not basis.below_others(question),
                facilitator=basis.standings.bank.kind(question) is not Kind.BARRIER,
                effort=action.effort,
                at=number,
            )
            yield _Placed(place, _step(basis, standing, number, action))


def level_above(question: Question, at: int) -> Level | None:
    """Return the level above the one at position ``at`` (from 0); None if that is the top."""
    return question.levels[at + 1] if at + 1 < len(question.levels) else None


def _step(basis: PlanBasis, standing: Standing, number: int, action: Action) -> PlannedAction:
    question, put = standing.question, basis.started_by(standing)
    return PlannedAction(
        id=action.id,
        number=0,
        kind=ActionKind.STEP,
        questions=(question.id,),
        question_numbers=(number,),
        about=question.name,
        question_kind=basis.standings.bank.kind(question),
        domain=question.domain,
        holds_band=standing.gate is Gate.CLOSED,
        starts_from=put.role if put else None,
        with_=action.with_,
        **{**action.words, "horizon": Stretch(action.horizon)},
    )


def _find_outs(basis: PlanBasis) -> Iterator[_Placed]:
    """Yield one action for all that the same people know about, if too few know it or it is not answered."""
    order = {question.id: at for at, question in enumerate(basis.standings.bank.ordered_questions)}
    groups: dict[str, list[tuple[int, Standing]]] = {}
    for number, standing in enumerate(basis.standings.questions, start=1):
        if standing.state in (State.UNKNOWN, State.UNANSWERED) or (standing.known and standing.gate is Gate.UNKNOWN):
            groups.setdefault(basis.together[standing.question.id], []).append((number, standing))
    is_scored = basis.standings.overall is not None
    turns = (_UNKNOWN_GATE, _UNKNOWN) if is_scored else (_GATE_TO_SCORE, _TO_SCORE)
    for first, group in groups.items():
        questions = [standing.question for _, standing in group]
        kinds = [basis.standings.bank.kind(question) for question in questions]
        kind = Kind.BARRIER if Kind.BARRIER in kinds else Kind.FACILITATOR
        gate = any(standing.gate for _, standing in group)
        action = find_out(first, questions, [number for number, _ in group], kind=kind, holds=gate)
        place = _Place(
            stretch=action.horizon.order,
            turn=turns[0] if gate else turns[1],
            stands=Fraction(0),
            with_others=True,
            facilitator=kind is not Kind.BARRIER,
            effort=1,
            at=order[first],
        )
        yield _Placed(place, action)


def _keeps(basis: PlanBasis) -> Iterator[Keep]:
    for standing in basis.standings.questions:
        question, start = standing.question, basis.start(standing)
        if start is not None and level_above(question, start) is None:
            yield Keep(question=question.id, domain=question.domain, text=question.keep or question.goal_of(start))
