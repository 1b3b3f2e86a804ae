"""Where the plan starts: where the team stands, or Peer Workers put it, if that is lower and may be shown."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from readiness.assessment.model import Assessment
from readiness.bank.model import Bank
from readiness.plan.basis import PlanBasis
from readiness.plan.build import build_plan
from readiness.plan.model import Plan, PlannedAction
from readiness.plan.route import cheapest_route
from readiness.team import AssessedTeam
from tests.conftest import assessment, bank_from
from tests.small import small_bank, spelled_out

BANDS = "[{id: low, from: 0}, {id: top, from: 50, gated: true, voices: [{role: peer-worker}]}]"


def with_roles(folder: Path, questions: str, bands: str) -> Bank:
    """Return a small bank that knows Peer Workers and team members."""
    roles = [{"id": name, "label": name, "one": name, "many": name} for name in ("peer-worker", "team-member")]
    return bank_from(folder, json.dumps({**spelled_out(questions, bands=bands), "roles": roles}))


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return with_roles(tmp_path, "[{id: a}, {id: b}, {id: c}]", BANDS)


def people(bank: Bank, role: str, *answers: Mapping[str, object], agreed: bool = False) -> list[Assessment]:
    given = [assessment(bank, each, role=role) for each in answers]
    return [
        one.model_copy(update={"respondent": one.respondent.model_copy(update={"shown_alone": agreed})})
        for one in given
    ]


def plan_of(bank: Bank, answers: Sequence[Assessment]) -> Plan:
    return AssessedTeam(bank, answers).computed


def action_about(plan: Plan, question: str) -> PlannedAction:
    return next(action for action in plan.actions if question in action.questions)


def five_and_five(bank: Bank, peers: Mapping[str, object], others: Mapping[str, object]) -> list[Assessment]:
    return [*people(bank, "peer-worker", *[peers] * 5), *people(bank, "team-member", *[others] * 6)]


def test_the_plan_starts_from_where_peer_workers_put_it_if_that_is_lower_and_says_so(bank: Bank) -> None:
    plan = plan_of(bank, five_and_five(bank, {"a": 0, "b": 3, "c": 2}, {"a": 3, "b": 1, "c": 2}))
    found = {name: (action_about(plan, name).id, action_about(plan, name).starts_from) for name in "abc"}
    assert found == {"a": ("a-1", "peer-worker"), "b": ("b-2", None), "c": ("c-3", None)}


def test_the_way_to_a_band_starts_where_the_plan_does(tmp_path: Path) -> None:
    bank = with_roles(tmp_path, "[{id: a, minimum: 3}, {id: b}]", BANDS)
    team = AssessedTeam(bank, five_and_five(bank, {"a": 0, "b": 4}, {"a": 2, "b": 4}))
    route = cheapest_route(team.basis, bank.bands[-1], {})
    assert [step.actions for step in route.steps] == [("a-1",), ("a-2",), ("a-3",)]
    assert route.steps[0].actions == (action_about(team.computed, "a").id,)
    before, after = route.before.overall.score, route.after.overall.score
    assert sum(step.gain for step in route.steps) == (after or 0) - (before or 0)
    assert all(step.gain > 0 for step in route.steps)


def test_it_is_sorted_by_where_it_starts_and_peer_workers_view_goes_before_an_equal_one(bank: Bank) -> None:
    answers = five_and_five(bank, {"a": 1, "b": 1, "c": 0}, {"a": 1, "b": 2, "c": 4})
    assert [action.id for action in plan_of(bank, answers).actions] == ["c-1", "b-2", "a-2"]


def test_a_role_below_the_others_goes_first_even_if_the_team_stands_there_too(bank: Bank) -> None:
    peers = people(bank, "peer-worker", *[{"a": 1, "b": 1, "c": 1}] * 6)
    others = people(bank, "team-member", *[{"a": 1, "b": 1, "c": 4}] * 5)
    plan = plan_of(bank, [*peers, *others])
    assert [(action.id, action.starts_from) for action in plan.actions] == [
        ("c-2", None),
        ("a-2", None),
        ("b-2", None),
    ]


def test_what_may_not_be_shown_of_peer_workers_is_not_to_be_seen_in_the_plan(bank: Bank) -> None:
    low, high = dict.fromkeys("abc", 0), dict.fromkeys("abc", 3)
    few = [*people(bank, "peer-worker", *[low] * 3), *people(bank, "team-member", *[high] * 8)]
    assert {action.id for action in plan_of(bank, few).actions} == {"a-4", "b-4", "c-4"}
    agreed = [*people(bank, "peer-worker", *[low] * 3, agreed=True), *people(bank, "team-member", *[high] * 8)]
    assert {action.id for action in plan_of(bank, agreed).actions} == {"a-1", "b-1", "c-1"}


def test_a_question_that_too_few_peer_workers_answered_starts_from_the_team(bank: Bank) -> None:
    peers = people(bank, "peer-worker", *[{"a": 0, "b": 0, "c": 0}] * 4, {"a": "unknown", "b": 0, "c": 0})
    others = people(bank, "team-member", *[{"a": 3, "b": 3, "c": 3}] * 6)
    plan = plan_of(bank, [*peers, *others])
    assert action_about(plan, "a").starts_from is None
    assert action_about(plan, "b").starts_from == "peer-worker"


def test_only_roles_that_a_band_needs_to_hear_go_before_the_team(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    assert [action.id for action in plan_of(bank, five_and_five(bank, {"a": 0}, {"a": 3})).actions] == ["a-4"]


def test_of_two_such_roles_the_lower_one_counts(tmp_path: Path) -> None:
    voices = "[{role: peer-worker}, {role: team-member}]"
    bank = with_roles(tmp_path, "[{id: a}]", f"[{{id: low, from: 0}}, {{id: top, from: 50, voices: {voices}}}]")
    team = [*five_and_five(bank, {"a": 1}, {"a": 3}), *people(bank, "service-manager", *[{"a": 4}] * 5)]
    assert [(action.id, action.starts_from) for action in plan_of(bank, team).actions] == [("a-2", "peer-worker")]


def test_what_everybody_but_peer_workers_has_at_the_top_is_not_only_to_be_kept(bank: Bank) -> None:
    plan = plan_of(bank, five_and_five(bank, {"a": 2, "b": 4, "c": 4}, {"a": 4, "b": 4, "c": 4}))
    assert [action.id for action in plan.actions] == ["a-3"]
    assert [keep.question for keep in plan.keep] == ["b", "c"]


def test_if_all_are_peer_workers_there_is_nobody_to_be_below(bank: Bank) -> None:
    team = AssessedTeam(bank, people(bank, "peer-worker", *[{"a": 1, "b": 2, "c": 3}] * 5))
    assert not any(team.basis.below_others(question) for question in bank.questions)
    assert [action.id for action in team.computed.actions] == ["a-2", "b-3", "c-4"]


def test_with_other_answers_nobody_puts_that_question_elsewhere(bank: Bank) -> None:
    team = AssessedTeam(bank, five_and_five(bank, dict.fromkeys("abc", 0), dict.fromkeys("abc", 3)))
    changed = team.standings.with_standing(team.standings.questions[0].set_to(2))
    plan = build_plan(team.basis.changed_to(changed))
    assert {action.id: action.starts_from for action in plan.actions} == {
        "a-3": None,
        "b-1": "peer-worker",
        "c-1": "peer-worker",
    }


def test_of_one_person_the_plan_starts_from_what_they_said(bank: Bank) -> None:
    team = AssessedTeam(bank, people(bank, "peer-worker", {"a": 1, "b": 2, "c": 3}))
    assert team.basis == PlanBasis.of(team.standings)
    assert {action.starts_from for action in team.computed.actions} == {None}
