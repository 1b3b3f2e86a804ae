"""What is in a computed plan, and in which order."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from readiness.bank.model import Bank
from readiness.plan.basis import PlanBasis
from readiness.plan.build import build_plan
from readiness.plan.model import ActionKind, Plan
from readiness.scoring.score import standings
from tests.conftest import assessment, bank_from
from tests.small import LITTLE, small_bank, spelled_out

DAY = dt.date(2026, 11, 22)


def planned(bank: Bank, *respondents: Mapping[str, object], profile: Mapping[str, str] | None = None) -> Plan:
    return build_plan(PlanBasis.of(standings(bank, [assessment(bank, answers, profile) for answers in respondents])))


def ids(plan: Plan) -> list[str]:
    return [action.id for action in plan.actions]


def with_actions(folder: Path, questions: str, domains: str = "{d: 1}", **changes: Mapping[str, Any]) -> Bank:
    """Return a small bank in which the actions named (``a_1``) say something else than is filled in."""
    data = spelled_out(questions, domains)
    for question in data["questions"]:
        for action in question["actions"]:
            action.update(changes.get(action["id"].replace("-", "_"), {}))
    return bank_from(folder, json.dumps(data))


# What is in it


@pytest.mark.parametrize(("value", "action"), [(0, "a-1"), (1, "a-2"), (2, "a-3"), (3, "a-4")])
def test_a_question_below_its_top_level_gets_the_step_to_the_next_one(tmp_path: Path, value: int, action: str) -> None:
    plan = planned(small_bank(tmp_path, "[{id: a}]"), {"a": value})
    assert ids(plan) == [action]
    assert plan.actions[0].kind is ActionKind.STEP
    assert plan.keep == ()


@pytest.mark.parametrize(
    ("given", "action"), [([0, 1], "a-1"), ([1, 1, 2], "a-2"), ([4, 3], "a-4"), ([4, 0], "a-1"), ([0, 0, 4, 4, 4], "")]
)
def test_several_respondents_step_up_from_the_low_median_of_what_they_chose(
    tmp_path: Path, given: list[int], action: str
) -> None:
    plan = planned(small_bank(tmp_path, "[{id: a}]"), *({"a": value} for value in given))
    assert ids(plan) == ([action] if action else [])


def test_every_action_of_the_step_is_in_the_plan_as_the_bank_words_it(tmp_path: Path) -> None:
    data = spelled_out("[{id: a, kind: barrier, values: [0, 1, 2]}]")
    data["roles"] = [{"id": "peer-worker", "label": "L", "one": "O", "many": "M"}]
    other = {"id": "other", "title": "T", "detail": "D", "owner": "O", "horizon": "later", "effort": 3, "sign": "S"}
    data["questions"][0]["actions"].append(other | {"to": 1, "with": ["peer-worker"]})
    plan = planned(bank_from(tmp_path, json.dumps(data)), {"a": 0})
    assert ids(plan) == ["a-1", "other"]
    assert plan.actions[1].model_dump(mode="json", by_alias=True) == other | {
        "number": 2,
        "kind": "step",
        "questions": ["a"],
        "question_numbers": [1],
        "about": "Question a",
        "question_kind": "barrier",
        "domain": "d",
        "holds_band": False,
        "starts_from": None,
        "with": ["peer-worker"],
        "placed": False,
        "assigned": None,
        "due": None,
        "status": "todo",
        "comments": [],
        "dropped": None,
        "mark": None,
    }


def test_no_points_are_in_a_plan(tmp_path: Path) -> None:
    dumped = planned(small_bank(tmp_path, "[{id: a}]"), {"a": 1}).model_dump_json()
    assert not {"gain", "worth", "points"} & {*json.loads(dumped)["actions"][0]}


def test_a_question_at_its_top_level_has_no_action_and_a_line_on_what_to_keep(tmp_path: Path) -> None:
    questions = "[{id: a, keep: Keep on}, {id: b, goal: [One, Two, Three, Stay there]}, {id: c}, {id: e}]"
    plan = planned(small_bank(tmp_path, questions), {"a": 4, "b": 4, "c": 4, "e": 3})
    assert ids(plan) == ["e-4"]
    assert [(keep.question, keep.domain, keep.text) for keep in plan.keep] == [
        ("a", "d", "Keep on"),
        ("b", "d", "Stay there"),
        ("c", "d", "Level 4"),
    ]


def test_nothing_is_kept_if_one_of_two_respondents_sees_it_lower(tmp_path: Path) -> None:
    assert planned(small_bank(tmp_path, "[{id: a}]"), {"a": 4}, {"a": 3}).keep == ()


def test_what_does_not_apply_or_is_not_asked_has_no_action(tmp_path: Path) -> None:
    questions = "[{id: a}, {id: b}, {id: c, when: {stage: [late]}}]"
    bank = small_bank(tmp_path, questions, profile="{stage: [early, late]}")
    plan = planned(bank, {"a": 3, "b": "n/a: why", "c": 1}, profile={"stage": "early"})
    assert ids(plan) == ["a-4"]


# In which order


def test_what_is_sooner_comes_first_whatever_else(tmp_path: Path) -> None:
    bank = with_actions(
        tmp_path, "[{id: a, minimum: 4}, {id: b}, {id: c}]", a_1={"horizon": "later"}, b_1={"horizon": "next"}
    )
    assert ids(planned(bank, {"a": 0, "b": 0, "c": 3})) == ["c-4", "b-1", "a-1"]


def test_gates_below_their_minimum_come_first_whatever_the_score_is(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, weight: 97}, {id: g, minimum: 2}, {id: h, minimum: 1}]")
    for top in (0, 3):
        plan = planned(bank, {"a": top, "g": 1, "h": 1})
        first, *rest = plan.actions
        assert (first.id, first.holds_band) == ("g-2", True)
        assert not any(action.holds_band for action in rest)


def test_what_to_find_out_about_gates_comes_after_gates_and_before_all_other_steps(tmp_path: Path) -> None:
    bank = small_bank(
        tmp_path, "[{id: a}, {id: u, who_knows: One.}, {id: g, minimum: 2}, {id: k, minimum: 2}]", enough=LITTLE
    )
    plan = planned(bank, {"a": 0, "u": "unknown", "g": "unknown", "k": 1})
    assert ids(plan) == ["k-2", "find-out-a", "a-1", "find-out-u"]
    assert [action.holds_band for action in plan.actions] == [True, True, False, False]
    assert plan.actions[1].questions == ("g",)


def test_a_gate_that_is_said_not_to_apply_is_nothing_to_find_out(tmp_path: Path) -> None:
    assert ids(planned(small_bank(tmp_path, "[{id: g, minimum: 2}, {id: b}]"), {"g": "n/a: why", "b": 3})) == ["b-4"]


def test_what_stands_lower_comes_first_by_the_share_of_its_level(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b, weight: 50}, {id: c, values: [0, 9, 10]}, {id: e}]")
    assert ids(planned(bank, {"a": 2, "b": 3, "c": 9, "e": 0})) == ["e-1", "a-3", "b-4", "c-2"]


def test_barriers_come_before_facilitators_then_what_takes_less_then_the_banks_order(tmp_path: Path) -> None:
    questions = "[{id: a}, {id: b, kind: barrier}, {id: c}, {id: e, kind: barrier}, {id: f, domain: x}, {id: g}]"
    bank = with_actions(tmp_path, questions, "{x: 1, d: 1}", b_1={"effort": 3}, c_1={"effort": 2}, f_1={"effort": 2})
    assert ids(planned(bank, dict.fromkeys("abcefg", 0))) == ["e-1", "b-1", "a-1", "g-1", "f-1", "c-1"]


def test_what_nobody_knows_comes_after_the_steps(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, kind: barrier}, {id: b, weight: 0.1}]", enough=LITTLE)
    assert ids(planned(bank, {"a": "unknown", "b": 3})) == ["b-4", "find-out-a"]


def test_finding_out_comes_first_if_too_little_is_known_for_a_score(tmp_path: Path) -> None:
    questions = (
        "[{id: a}, {id: b}, {id: k, minimum: 2}, {id: u, who_knows: One.}, {id: g, who_knows: Two., minimum: 2}]"
    )
    answers = {"k": 1, "b": 3, "u": "unknown", "g": "unknown"}
    enough = planned(small_bank(tmp_path, questions), {**answers, "a": 0, "g": 4})
    assert ids(enough) == ["k-2", "a-1", "b-4", "find-out-u"]
    too_little = planned(small_bank(tmp_path, questions), answers)
    assert ids(too_little) == ["find-out-g", "find-out-a", "find-out-u", "k-2", "b-4"]


def test_a_gate_that_stands_high_enough_is_to_be_found_out_while_too_few_know_it(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: g, minimum: 2}, {id: b}]")
    people = [{"g": level, "b": 4} for level in (2, 3, 3, "unknown", "n/a: not here", "unknown")]
    plan = planned(bank, *people)
    assert [(action.id, action.holds_band) for action in plan.actions] == [("find-out-g", True), ("g-4", False)]
    assert ids(planned(bank, *people, {"g": 2, "b": 4})) == ["g-3"]


def test_numbers_follow_the_order(tmp_path: Path) -> None:
    plan = planned(small_bank(tmp_path, "[{id: a}, {id: b}, {id: c}, {id: e}]"), {"a": 2, "b": 1, "c": "unknown"})
    assert [action.number for action in plan.actions] == [1, 2, 3]


def test_the_first_three_are_where_to_start(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}, {id: c}, {id: e}]")
    plan = planned(bank, dict.fromkeys("abce", 0))
    assert [action.id for action in plan.start_on(DAY)] == ["a-1", "b-1", "c-1"]
    assert planned(bank, dict.fromkeys("abce", 4)).start_on(DAY) == ()


def test_of_several_ways_to_a_step_the_first_stands_for_all_where_to_start(tmp_path: Path) -> None:
    data = spelled_out("[{id: a, values: [0, 1]}, {id: b}]")
    data["questions"][0]["actions"].append({**data["questions"][0]["actions"][0], "id": "other"})
    plan = planned(bank_from(tmp_path, json.dumps(data)), {"a": 0, "b": 1})
    assert ids(plan) == ["a-1", "other", "b-2"]
    assert [action.id for action in plan.start_on(DAY)] == ["a-1", "b-2"]
