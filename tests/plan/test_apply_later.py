"""Edits of what has left the plan, or the bank, since."""

import json
from pathlib import Path

from readiness.bank.model import Bank
from readiness.plan.apply import live_plan, retold, wording_of
from readiness.plan.basis import PlanBasis
from readiness.plan.build import build_plan
from readiness.plan.edits import Field, with_value
from readiness.plan.model import Mark
from readiness.plan.overlay import Edit, Overlay, Wording
from readiness.plan.stretch import Stretch
from readiness.scoring.score import standings
from tests.conftest import assessment, bank_from
from tests.plan.lived import live
from tests.small import small_bank, spelled_out


def test_a_step_of_a_question_that_is_not_asked_or_not_known_is_kept_for_later(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b, when: {stage: [later]}}]", profile="{stage: [now, later]}")
    plan = live(bank, {"a": "unknown"}, {"a-2": Edit(owner="Sam"), "b-2": Edit(owner="Jo")}, stage="now")
    assert [action.mark for action in plan.past] == [Mark.NOT_NOW, Mark.NOT_NOW]


def test_what_left_the_plan_unedited_keeps_its_number_and_counts_nowhere(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}, {id: c}]")
    kept = {"a-2": 1, "find-out-b": 2, "c-2": 3, "gone": 4, "own-x": 5}
    stands = standings(bank, [assessment(bank, {"a": 2, "b": 1, "c": 0})])
    overlay = Overlay.blank(bank, "Northside").model_copy(update={"numbers": kept})
    plan = live_plan(build_plan(PlanBasis.of(stands)), overlay, PlanBasis.of(stands))
    assert (plan.past, plan.left) == ((), (1, 2, 3, 4))  # an own action that was taken back is nothing to look for
    assert sorted(action.number for action in plan.actions) == [6, 7, 8]


def test_an_edit_of_what_left_the_plan_has_the_words_of_the_bank(tmp_path: Path) -> None:
    data = spelled_out("[{id: a}, {id: b}]")
    data["questions"][0]["actions"][1]["title"] = "Do the second"
    bank = bank_from(tmp_path, json.dumps(data))
    plan = live(bank, {"a": 2, "b": 1}, {"find-out-b": Edit(owner="Jo"), "a-2": Edit(comments=("Good",))})
    assert [(action.title, action.mark) for action in plan.past] == [
        ("Ask the people who do the work", Mark.REACHED),
        ("Do the second", Mark.REACHED),
    ]
    assert plan.past[0].detail == "Question b"
    assert (plan.past[1].sign, plan.past[1].effort, plan.past[1].owner) == ("It is done", 1, "A manager")


def test_what_an_edit_does_not_remember_of_its_action_the_bank_says(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    (past,) = live(bank, {"a": 2}, {"a-2": Edit(owner="Jo", before=Wording(title="As it was"))}).past
    assert (past.title, past.detail, past.sign, past.effort) == ("As it was", "In some way", "It is done", 1)


def test_what_left_the_plan_speaks_in_the_words_that_fit_the_profile(tmp_path: Path) -> None:
    questions = "[{id: a, wording: [{when: {stage: [late]}, text: Other words, who_knows: Volunteers.}]}]"
    bank = small_bank(tmp_path, questions, profile="{stage: [early, late]}")
    (past,) = live(bank, {"a": 1}, {"find-out-a": Edit(owner="Jo")}, stage="late").past
    assert (past.title, past.detail) == ("Ask: Volunteers", "Other words")


def test_an_action_that_vanished_from_the_bank_is_kept_and_marked(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    edits = {
        "gone": Edit(owner="Sam", before=Wording(title="As it was", detail="In detail", sign="A sign")),
        "bare": Edit(owner="Jo"),
        "no-more": Edit(dropped="Not for us", before=Wording(title="Old")),
    }
    plan = live(bank, {"a": 1}, edits)
    assert [(action.title, action.detail, action.sign, action.mark) for action in plan.past] == [
        ("As it was", "In detail", "A sign", Mark.GONE),
        ("bare", "", "", Mark.GONE),
    ]
    assert [(action.owner, action.holds_band) for action in plan.past] == [("", False), ("", False)]
    assert [(action.title, action.dropped) for action in plan.dropped] == [("Old", "Not for us")]


def test_an_edit_remembers_all_that_its_action_said(tmp_path: Path) -> None:
    (action,) = live(small_bank(tmp_path, "[{id: a}]"), {"a": 1}, {}).actions
    assert wording_of(action) == Wording(
        title="Do it",
        detail="In some way",
        sign="It is done",
        owner="A manager",
        horizon=Stretch.NOW,
        effort=1,
        domain="d",
    )


def test_a_person_is_told_where_the_bank_says_it_in_other_words_since(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    edit = Edit(title="In our words", before=wording_of(live(bank, {"a": 1}, {}).actions[0]))
    assert live(bank, {"a": 1}, {"a-2": edit}).actions[0].mark is None
    data = spelled_out("[{id: a}]")
    data["questions"][0]["actions"][1]["detail"] = "In another way"
    (action,) = live(bank_from(tmp_path, json.dumps(data)), {"a": 1}, {"a-2": edit}).actions
    assert (action.title, action.detail, action.mark) == ("In our words", "In another way", Mark.REWORDED)


def wordy(folder: Path) -> Bank:
    """Return a bank in which everything is as long as a bank allows, and in which there is all evidence there is."""
    data = spelled_out(f"[{{id: {'q' * 64}}}, {{id: b}}]")
    data["questions"][0] |= {
        "text": "t" * 4000,
        "label": "A long one",
        "who_knows": "w" * 4000,
        "evidence": ["e" * 4000] * 6,
    }
    words = dict.fromkeys(("title", "detail", "owner", "sign"), "a" * 4000)
    for question, name in zip(data["questions"], "ab", strict=True):
        question["actions"] = [
            {**action, **words, "id": f"{name}-{at}"} for at, action in enumerate(question["actions"], start=1)
        ]
    return bank_from(folder, json.dumps(data))


def test_what_a_bank_says_may_be_as_long_as_a_bank_allows_and_can_be_edited(tmp_path: Path) -> None:
    bank = wordy(tmp_path)
    stands = standings(bank, [assessment(bank, {"q" * 64: "unknown", "b": 1})])
    plan = build_plan(PlanBasis.of(stands))
    overlay = Overlay.blank(bank, "Northside")
    for action in plan.actions:
        overlay = with_value(overlay, plan, action.id, Field.OWNER, "Sam")
    assert Overlay.model_validate_json(overlay.to_json()) == overlay
    edited = live_plan(plan, overlay, PlanBasis.of(stands))
    assert len(edited.actions) == 2
    assert {(action.assigned, action.mark) for action in edited.actions} == {("Sam", None)}
    assert retold(overlay, plan, plan) == overlay
