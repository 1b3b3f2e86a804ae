"""Laws of a computed plan, on the shipped bank and all answers."""

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.bank.load import load_bank
from readiness.plan.build import level_above
from readiness.plan.model import ActionKind, Plan, PlannedAction
from readiness.plan.stretch import NOW_HOLDS, Stretch
from readiness.resources import DEFAULT_BANK
from readiness.resources import QUESTIONS as SHIPPED
from readiness.scoring.model import Gate, State
from readiness.scoring.standing import low_median
from readiness.team import AssessedTeam
from tests.conftest import assessment

BANK = load_bank(SHIPPED / DEFAULT_BANK)
DAY = dt.date(2026, 11, 22)
ROLES = ["peer-worker", "service-manager", "team-member"]
PROFILES = st.fixed_dictionaries(
    {entry.id: st.sampled_from([option.id for option in entry.options]) for entry in BANK.profile}
)
ANSWERS: dict[str, st.SearchStrategy[Any]] = {
    question.id: st.sampled_from([0, 1, 2, 3, 4, "unknown", "n/a: why", None]) for question in BANK.questions
}
PERSON = st.tuples(st.sampled_from(ROLES), st.fixed_dictionaries(ANSWERS))
LAW = settings(max_examples=15)
"""Each example plans with the whole bank."""

Person = tuple[str, Mapping[str, Any]]


def team_of(people: Sequence[Person], profile: Mapping[str, str]) -> AssessedTeam:
    """Return a team of people who agreed that their role is shown; None is an answer left out."""
    return AssessedTeam(BANK, [_answered(*person, profile) for person in people])


def _answered(role: str, answers: Mapping[str, Any], profile: Mapping[str, str]) -> Any:
    given_ = {name: value for name, value in answers.items() if value is not None}
    one = assessment(BANK, given_, profile, role=role)
    return one.model_copy(update={"respondent": one.respondent.model_copy(update={"shown_alone": True})})


def key(team: AssessedTeam, action: PlannedAction) -> tuple[object, ...]:
    """Return what the design sorts an action by."""
    mine = [one for one in team.standings.questions if one.question.id in action.questions]
    stretch = ["now", "next", "later"].index(action.horizon)
    effort, barrier = action.effort, action.question_kind != "barrier"
    if action.kind is ActionKind.FIND_OUT:
        order = [question.id for question in BANK.ordered_questions]
        turn = 1 if any(one.gate for one in mine) else 3
        turn -= 4 if team.score.too_little_known else 0
        return stretch, turn, 0, 0, barrier, effort, order.index(action.id.removeprefix("find-out-")), 0
    [standing] = mine
    spreads = [
        voice.spreads[standing.question.id]
        for voice in (team.voices.roles if team.voices else ())
        if voice.role == "peer-worker" and standing.question.id in voice.spreads
    ]
    start, below = standing.stands or 0, False
    if spreads:
        theirs = low_median(spreads[0].counts)
        others = [all_ - some for all_, some in zip(standing.counts, spreads[0].counts, strict=True)]
        start, below = min(start, theirs), any(others) and low_median(others) - theirs >= 1
    goal = level_above(standing.question, start)
    assert goal is not None
    ways = [one.id for one in standing.question.actions_to(goal)]
    share = Fraction(start, len(standing.question.levels) - 1)  # the shipped levels lie one apart
    at = action.question_numbers[0]
    turn = 0 if standing.gate is Gate.CLOSED else 2
    return stretch, turn, share, not below, barrier, effort, at, ways.index(action.id)


@LAW
@given(st.lists(PERSON, min_size=1, max_size=7), PROFILES)
def test_the_order_is_the_rule_and_numbers_follow_it(people: list[Person], profile: dict[str, str]) -> None:
    team = team_of(people, profile)
    plan = team.computed
    keys = [key(team, action) for action in plan.actions]
    assert keys == sorted(keys)
    assert len({*keys}) == len(keys)  # a total order: no two stand in the same place
    shown = plan.on(DAY)
    assert [action.id for action in shown.actions] == [action.id for action in plan.actions]
    assert [action.number for action in shown.actions] == [*range(1, len(keys) + 1)]
    assert sum(action.horizon is Stretch.NOW for action in shown.actions) <= NOW_HOLDS
    assert [action.number for action in plan.start_on(DAY)][:1] == [*range(1, len(keys) + 1)][:1]


@LAW
@given(st.lists(PERSON, min_size=1, max_size=7), PROFILES)
def test_every_question_has_an_action_or_a_line_to_keep_and_both_only_if_it_is_a_gate_not_enough_know_of(
    people: list[Person], profile: dict[str, str]
) -> None:
    team = team_of(people, profile)
    plan = team.computed
    acted = [name for action in plan.actions for name in action.questions]
    kept = [keep.question for keep in plan.keep]
    assert {*acted, *kept} == {
        one.question.id for one in team.standings.questions if one.state is not State.NOT_APPLICABLE
    }
    asked = [name for action in plan.actions if action.kind is ActionKind.FIND_OUT for name in action.questions]
    unsure = {one.question.id for one in team.standings.questions if one.known and one.gate is Gate.UNKNOWN}
    assert {*acted} & {*kept} <= unsure
    assert {*asked} == unsure | {
        one.question.id for one in team.standings.questions if one.state in (State.UNKNOWN, State.UNANSWERED)
    }
    assert len(asked) == len({*asked})
    assert len({action.id for action in plan.actions}) == len(plan.actions)
    assert len({action.title for action in plan.actions if action.kind is ActionKind.FIND_OUT}) == sum(
        action.kind is ActionKind.FIND_OUT for action in plan.actions
    )  # each person is asked once
    assert all(action.title and action.detail and action.owner and action.sign for action in plan.actions)


@LAW
@given(st.lists(PERSON, min_size=1, max_size=7), PROFILES, st.sets(st.sampled_from([*ANSWERS])))
def test_answers_that_become_dont_know_move_no_other_questions_past_each_other(
    people: list[Person], profile: dict[str, str], forgotten: set[str]
) -> None:
    unknown = dict.fromkeys(forgotten, "unknown")
    before = team_of(people, profile)
    after = team_of([(role, {**answers, **unknown}) for role, answers in people], profile)

    def others(plan: Plan) -> list[str]:
        return [action.id for action in plan.actions if not forgotten.intersection(action.questions)]

    kept = {*others(after.computed)}
    then, now = [name for name in others(before.computed) if name in kept], others(after.computed)
    if before.score.too_little_known is not after.score.too_little_known:  # then finding out comes first
        then, now = ([name for name in each if not name.startswith("find-out-")] for each in (then, now))
    assert then == now
    assert {name for name in others(before.computed) if not name.startswith("find-out-")} <= kept
    told = {one.id: (one.starts_from, one.horizon, one.holds_band) for one in before.computed.actions}
    assert all(
        told[one.id] == (one.starts_from, one.horizon, one.holds_band)
        for one in after.computed.actions
        if one.id in others(before.computed)
    )
