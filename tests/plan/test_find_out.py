"""What nobody knows: one action for each that can be asked, which lists the questions."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from readiness.bank.model import Bank, Kind
from readiness.bank.translate import in_words, texts
from readiness.plan.basis import PlanBasis
from readiness.plan.build import build_plan
from readiness.plan.find_out import asked_together
from readiness.plan.model import ActionKind, PlannedAction
from readiness.plan.stretch import Stretch
from readiness.scoring.score import standings
from readiness.team import AssessedTeam
from tests.conftest import assessment
from tests.small import small_bank

QUESTIONS = """
    - {id: a, label: Pay, who_knows: The boss., evidence: [The list of posts, HR's notes]}
    - {id: b, label: Rules, who_knows: Peer Workers.}
    - {id: c, label: Teams, who_knows: The boss., kind: barrier, domain: e}
    - {id: f}
    - {id: g}
"""


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return small_bank(tmp_path, QUESTIONS, domains="{d: 1, e: 1}")


def found_out(
    bank: Bank, answers: Mapping[str, object], profile: Mapping[str, str] | None = None
) -> dict[str, PlannedAction]:
    plan = build_plan(PlanBasis.of(standings(bank, [assessment(bank, answers, profile)])))
    return {action.id: action for action in plan.actions if action.kind is ActionKind.FIND_OUT}


@pytest.mark.parametrize("answer", ["unknown", None])
def test_one_action_asks_a_person_about_all_that_they_know(bank: Bank, answer: object) -> None:
    answers = {} if answer is None else dict.fromkeys("abcfg", answer)
    actions = found_out(bank, answers)
    assert {name: action.questions for name, action in actions.items()} == {
        "find-out-a": ("a", "c"),
        "find-out-b": ("b",),
        "find-out-f": ("f", "g"),
    }
    boss = actions["find-out-a"]
    assert (boss.title, boss.about, boss.question_numbers) == ("Ask: The boss", "Pay; Teams", (1, 5))
    assert boss.detail == "1. Question a Look for: The list of posts; HR's notes. 5. Question c"
    assert (boss.effort, boss.horizon, boss.domain, boss.question_kind) == (1, Stretch.NOW, None, Kind.BARRIER)
    assert boss.owner == "Whoever leads this assessment"
    assert boss.sign == "You can answer the 2 questions, and say what shows it."
    assert (actions["find-out-b"].domain, actions["find-out-b"].sign) == (
        "d",
        "You can answer the question, and say what shows it.",
    )
    assert actions["find-out-f"].title == "Ask the people who do the work"


def test_barriers_are_asked_about_before_what_helps(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, who_knows: Ann.}, {id: b, kind: barrier, who_knows: Ben.}]")
    actions = found_out(bank, {})
    assert {name: action.question_kind for name, action in actions.items()} == {
        "find-out-a": Kind.FACILITATOR,
        "find-out-b": Kind.BARRIER,
    }
    assert [*actions] == ["find-out-b", "find-out-a"]


def test_what_is_answered_leaves_the_list_and_the_action_keeps_its_id(bank: Bank) -> None:
    actions = found_out(bank, {"a": 1, "b": 1, "f": 4, "g": "n/a: why"})
    assert {name: action.questions for name, action in actions.items()} == {"find-out-a": ("c",)}


def test_a_question_that_few_of_several_people_answered_is_to_be_found_out(bank: Bank) -> None:
    known = dict.fromkeys("bcfg", 1)
    answers = [assessment(bank, {**known, "a": value}) for value in (3, 2, "unknown", "unknown")]
    plan = build_plan(PlanBasis.of(standings(bank, answers)))
    assert [action.id for action in plan.actions if "a" in action.questions] == ["find-out-a"]


def test_the_words_that_fit_the_profile_say_whom_to_ask(tmp_path: Path) -> None:
    questions = """
        - {id: a, who_knows: The boss., when: {stage: [early]}}
        - {id: b, who_knows: The boss., wording: [{when: {stage: [late]}, text: Other words, who_knows: Volunteers.}]}
        - {id: c, who_knows: The boss.}
    """
    bank = small_bank(tmp_path, questions, profile="{stage: [early, late]}")
    late = found_out(bank, {}, {"stage": "late"})
    assert {name: action.title for name, action in late.items()} == {
        "find-out-a": "Ask: The boss",  # the first in the bank, though it is not asked here
        "find-out-b": "Ask: Volunteers",
    }
    assert (late["find-out-a"].questions, late["find-out-b"].detail) == (("c",), "1. Other words")
    assert [*found_out(bank, {}, {"stage": "early"})] == ["find-out-a"]


def test_ids_are_the_same_in_a_language_that_has_other_words_for_each(bank: Bank) -> None:
    team = AssessedTeam(bank, [assessment(bank, {})])
    told = team.told_in(in_words(bank, {key: f"Gair {at}" for at, key in enumerate(texts(bank))}))
    assert [action.id for action in told.computed.actions] == [action.id for action in team.computed.actions]
    assert all("Gair" in action.detail for action in told.computed.actions)


def test_who_is_asked_together_follows_from_the_bank_and_the_profile_alone(bank: Bank) -> None:
    assert asked_together(bank, {}) == {"a": "a", "b": "b", "c": "a", "f": "f", "g": "f"}
