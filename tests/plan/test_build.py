import datetime as dt
import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.bank.load import load_bank
from readiness.bank.model import Bank, Horizon
from readiness.plan.build import build_plan
from readiness.plan.model import ActionKind, Plan
from readiness.resources import DEFAULT_BANK
from readiness.resources import QUESTIONS as SHIPPED
from readiness.scoring.score import score, standings
from tests.conftest import assessment, bank_from
from tests.small import small_bank, spelled_out

DAY = dt.date(2026, 11, 22)
BANK = load_bank(SHIPPED / DEFAULT_BANK)
OPTIONS = {entry.id: st.sampled_from([option.id for option in entry.options]) for entry in BANK.profile}


def planned(bank: Bank, *respondents: Mapping[str, object], profile: Mapping[str, str] | None = None) -> Plan:
    standing = standings(bank, [assessment(bank, answers, profile) for answers in respondents])
    return build_plan(standing, standing.score())


def ids(plan: Plan) -> list[str]:
    return [action.id for action in plan.actions]


def with_effort(folder: Path, questions: str, efforts: Mapping[str, int], domains: str = "{d: 1}") -> Bank:
    """Return a small bank in which the actions named have another effort than 1."""
    data = spelled_out(questions, domains)
    for question in data["questions"]:
        for action in question["actions"]:
            action["effort"] = efforts.get(action["id"], 1)
    return bank_from(folder, json.dumps(data))


# What is in it


@pytest.mark.parametrize(("value", "action"), [(0, "a-1"), (1, "a-2"), (2, "a-3"), (3, "a-4")])
def test_a_question_below_its_top_level_gets_the_step_to_the_next_one(tmp_path: Path, value: int, action: str) -> None:
    plan = planned(small_bank(tmp_path, "[{id: a}]"), {"a": value})
    assert ids(plan) == [action]
    assert plan.actions[0].kind is ActionKind.STEP
    assert plan.keep == ()


@pytest.mark.parametrize(("given", "action"), [([0, 1], "a-1"), ([1, 1, 2], "a-2"), ([4, 3], "a-4"), ([4, 0], "a-3")])
def test_several_respondents_step_up_from_the_highest_level_their_mean_has_reached(
    tmp_path: Path, given: list[int], action: str
) -> None:
    assert ids(planned(small_bank(tmp_path, "[{id: a}]"), *({"a": value} for value in given))) == [action]


def test_every_action_of_the_step_is_in_the_plan_as_the_bank_words_it(tmp_path: Path) -> None:
    data = spelled_out("[{id: a, kind: barrier, values: [0, 1, 2]}]")
    other = {"id": "other", "title": "T", "detail": "D", "owner": "O", "horizon": "later", "effort": 3, "sign": "S"}
    data["questions"][0]["actions"].append(other | {"to": 1})
    plan = planned(bank_from(tmp_path, json.dumps(data)), {"a": 0})
    assert ids(plan) == ["a-1", "other"]
    assert plan.actions[1].model_dump(mode="json") == other | {
        "number": 2,
        "kind": "step",
        "question": "a",
        "question_number": 1,
        "about": "Question a",
        "question_kind": "barrier",
        "domain": "d",
        "gain": 50.0,
        "holds_band": False,
        "assigned": None,
        "due": None,
        "status": "todo",
        "comments": [],
        "dropped": None,
        "mark": None,
    }


def test_a_question_at_its_top_level_has_no_action_and_a_line_on_what_to_keep(tmp_path: Path) -> None:
    plan = planned(small_bank(tmp_path, "[{id: a, keep: Keep on}, {id: b}, {id: c}]"), {"a": 4, "b": 4, "c": 3})
    assert ids(plan) == ["c-4"]
    assert [(keep.question, keep.domain, keep.text) for keep in plan.keep] == [
        ("a", "d", "Keep on"),
        ("b", "d", "Level 4"),
    ]


def test_nothing_is_kept_where_one_of_several_respondents_sees_it_lower(tmp_path: Path) -> None:
    assert planned(small_bank(tmp_path, "[{id: a}]"), {"a": 4}, {"a": 3}).keep == ()


def test_what_does_not_apply_or_is_not_asked_has_no_action(tmp_path: Path) -> None:
    questions = "[{id: a}, {id: b}, {id: c, when: {stage: [late]}}]"
    bank = small_bank(tmp_path, questions, profile="{stage: [early, late]}")
    plan = planned(bank, {"a": 3, "b": "n/a: why", "c": 1}, profile={"stage": "early"})
    assert ids(plan) == ["a-4"]


FIND_OUT = """
    - id: a
      kind: barrier
      who_knows: The boss.
      evidence: [The list of posts, HR's notes, NHS files, A diary, "Peer Workers' diaries", '"Not this role" list']
    - {id: b}
"""


@pytest.mark.parametrize(("answer", "word"), [("unknown", "Find out"), (None, "Answer")])
def test_what_is_not_known_becomes_finding_out_and_from_whom(tmp_path: Path, answer: object, word: str) -> None:
    answers = {} if answer is None else {"a": answer, "b": answer}
    plan = planned(small_bank(tmp_path, FIND_OUT), answers)
    first, second = plan.actions
    assert (first.id, first.kind, first.question, first.question_kind) == (
        "find-out-a",
        ActionKind.FIND_OUT,
        "a",
        "barrier",
    )
    assert first.title == f"{word}: Question a"
    assert first.detail == (
        "Ask: The boss. Look for: The list of posts; HR's notes; NHS files; A diary; Peer Workers' diaries; "
        '"Not this role" list.'
    )
    assert (first.gain, first.effort, first.horizon) == (None, 1, Horizon.NOW)
    assert (first.question_number, second.question_number, first.domain) == (1, 2, "d")
    assert first.owner == "Whoever leads this assessment"
    assert first.sign == "You can answer the question, and say what shows it."
    assert second.detail == "Ask the people who do the work."
    assert plan.keep == ()


def test_an_action_speaks_of_a_question_in_the_words_that_fit_the_profile(tmp_path: Path) -> None:
    questions = "[{id: a, wording: [{when: {stage: [late]}, text: Other words, who_knows: Volunteers.}]}]"
    bank = small_bank(tmp_path, questions, profile="{stage: [early, late]}")
    [action] = planned(bank, {"a": "unknown"}, profile={"stage": "late"}).actions
    assert (action.title, action.detail) == ("Find out: Other words", "Ask: Volunteers.")


# In which order


def test_gates_that_hold_the_band_come_first_whatever_they_gain(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, weight: 97}, {id: g, minimum: 2}, {id: b, weight: 2}]")
    plan = planned(bank, {"a": 3.0, "g": 1, "b": 4})
    assert [(action.id, action.holds_band) for action in plan.actions] == [("a-4", False), ("g-2", False)]
    held = planned(
        small_bank(tmp_path, "[{id: a, weight: 97}, {id: g, minimum: 2}, {id: b, weight: 20}]"),
        {
            "a": 4,
            "g": 1,
            "b": 3,
        },
    )
    assert [(action.id, action.holds_band) for action in held.actions] == [("g-2", True), ("b-4", False)]


def test_a_gate_that_nobody_knows_of_is_found_out_first_where_it_holds_the_band(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, weight: 9}, {id: b}, {id: g, minimum: 2}]")
    assert ids(planned(bank, {"a": 4, "b": 3, "g": "unknown"})) == ["find-out-g", "b-4"]
    assert ids(planned(bank, {"a": 1, "b": 3, "g": "unknown"})) == ["a-2", "b-4", "find-out-g"]


def test_what_gains_more_on_the_whole_comes_first(tmp_path: Path) -> None:
    questions = "[{id: a}, {id: b, weight: 3}, {id: x, domain: e}]"
    bank = small_bank(tmp_path, questions, domains="{d: 1, e: 1}")
    plan = planned(bank, {"a": 0, "b": 0, "x": 0})
    assert [(action.id, action.gain) for action in plan.actions] == [
        ("x-1", Fraction(25, 2)),
        ("b-1", Fraction(75, 8)),
        ("a-1", Fraction(25, 8)),
    ]


def test_gain_is_weighed_against_effort(tmp_path: Path) -> None:
    questions = "[{id: a, weight: 5}, {id: b, weight: 2}, {id: c, weight: 2}]"
    bank = with_effort(tmp_path, questions, {"a-1": 3, "c-1": 2})
    assert ids(planned(bank, {"a": 0, "b": 0, "c": 0})) == ["b-1", "a-1", "c-1"]


def test_on_a_tie_barriers_come_before_facilitators_and_then_the_banks_order(tmp_path: Path) -> None:
    questions = "[{id: a}, {id: b, kind: barrier}, {id: c}, {id: e, kind: barrier}]"
    nobody = dict.fromkeys("abce", "unknown")
    bank = small_bank(tmp_path, questions)
    assert ids(planned(bank, dict.fromkeys("abce", 0))) == ["b-1", "e-1", "a-1", "c-1"]
    assert ids(planned(bank, nobody)) == ["find-out-b", "find-out-e", "find-out-a", "find-out-c"]


def test_the_banks_order_is_that_of_its_domains(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, domain: e}, {id: b}]", domains="{d: 1, e: 1}")
    assert ids(planned(bank, {"a": 0, "b": 0})) == ["b-1", "a-1"]


def test_finding_out_comes_after_the_steps(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, kind: barrier}, {id: b, weight: 0.001}]")
    assert ids(planned(bank, {"a": "unknown", "b": 3})) == ["b-4", "find-out-a"]


def test_the_first_three_are_where_to_start(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}, {id: c}, {id: e}]")
    plan = planned(bank, dict.fromkeys("abce", 0))
    assert [action.id for action in plan.start_on(DAY)] == ["a-1", "b-1", "c-1"]
    assert planned(bank, dict.fromkeys("abce", 4)).start_on(DAY) == ()


# What it gains

# Each example scores whole banks: fewer of them, and no deadline, which a busy machine would miss.
LAW = settings(max_examples=10, deadline=None)


ANSWERS: dict[str, st.SearchStrategy[Any]] = {
    question.id: st.sampled_from([0, 1, 2, 3, 4, "unknown", "n/a: why", None]) for question in BANK.questions
}


@LAW
@given(
    st.lists(st.fixed_dictionaries(ANSWERS), min_size=1, max_size=2),
    st.fixed_dictionaries(OPTIONS),
)
def test_the_gain_is_what_the_score_rises_by_when_it_is_scored_again(
    respondents: list[dict[str, Any]], profile: dict[str, str]
) -> None:
    answers = [{key: value for key, value in one.items() if value is not None} for one in respondents]
    plan = planned(BANK, *answers, profile=profile)
    now = score(BANK, [assessment(BANK, one, profile) for one in answers])
    stated = {state.id: state for state in now.questions}
    to = {action.id: action.to for question in BANK.questions for action in question.actions}
    for action in plan.actions:
        if action.kind is ActionKind.FIND_OUT:
            assert (action.gain, stated[action.question or ""].value) == (None, None)
            continue
        reached = [{**one, action.question: to[action.id]} for one in answers]
        after = score(BANK, [assessment(BANK, one, profile) for one in reached]).overall.score
        assert now.overall.score is not None
        assert after is not None
        assert action.gain == after - now.overall.score > 0


@LAW
@given(
    st.lists(st.fixed_dictionaries(ANSWERS), min_size=1, max_size=2),
    st.fixed_dictionaries(OPTIONS),
)
def test_every_applicable_question_has_an_action_or_a_line_to_keep_never_both_and_the_order_is_the_rule(
    respondents: list[dict[str, Any]], profile: dict[str, str]
) -> None:
    answers = [{key: value for key, value in one.items() if value is not None} for one in respondents]
    plan = planned(BANK, *answers, profile=profile)
    now = score(BANK, [assessment(BANK, one, profile) for one in answers])
    acted, kept = {action.question for action in plan.actions}, {keep.question for keep in plan.keep}
    assert acted | kept == {one.id for one in now.questions if one.state != "not_applicable"}
    assert not acted & kept
    assert len(set(ids(plan))) == len(plan.actions)
    assert all(action.title and action.detail and action.owner and action.sign for action in plan.actions)
    held_by = set(now.band.held_by) if now.band else set()
    assert {action.question for action in plan.actions if action.holds_band} == held_by & acted
    position = {question.id: at for at, question in enumerate(BANK.ordered_questions)}
    keys = [
        (
            action.question not in held_by,
            -(action.gain or 0) / Fraction(action.effort or 0),
            action.question_kind == "facilitator",
            position[action.question or ""],
        )
        for action in plan.actions
    ]
    assert keys == sorted(keys)
