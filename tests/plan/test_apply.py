import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from readiness.bank.model import Bank
from readiness.plan.apply import live_plan, retold, wording_of
from readiness.plan.basis import PlanBasis
from readiness.plan.build import build_plan
from readiness.plan.edits import Field, with_value
from readiness.plan.model import ActionKind, Mark, Plan
from readiness.plan.overlay import Edit, Overlay, Status, Wording
from readiness.plan.stretch import Stretch
from readiness.scoring.score import standings
from tests.conftest import assessment, bank_from
from tests.small import small_bank, spelled_out

DUE = dt.date(2027, 1, 31)


def live(bank: Bank, answers: Mapping[str, object], edits: Mapping[str, Edit], **profile: str) -> Plan:
    stands = standings(bank, [assessment(bank, answers, profile)])
    overlay = Overlay.blank(bank, "Northside").model_copy(update={"actions": edits})
    return live_plan(build_plan(PlanBasis.of(stands)), overlay, PlanBasis.of(stands))


def test_no_edit_moves_a_number_and_each_is_given_once(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}, {id: c}]")
    answers = {"a": 1, "b": 1, "c": 1}
    edits = {
        "own-x": Edit(title="X"),
        "a-2": Edit(status=Status.DONE),
        "b-2": Edit(dropped="Not ours"),
        "gone": Edit(owner="Sam", before=Wording(title="Old")),
        "own-y": Edit(title="Y", dropped="Not now"),
    }
    before, after = live(bank, answers, {}), live(bank, answers, edits)
    numbers = {action.id: action.number for action in after.numbered}
    assert numbers == {"a-2": 1, "b-2": 2, "c-2": 3, "own-x": 4, "own-y": 5, "gone": 6}
    assert all(numbers[action.id] == action.number for action in before.actions)
    assert [action.id for action in after.numbered] == [*numbers]


def test_taking_an_edit_back_moves_numbers_only_of_what_is_not_in_todays_plan(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]")
    edits = {
        "gone": Edit(owner="Sam", before=Wording(title="Old")),
        "own-x": Edit(title="X"),
        "a-2": Edit(status=Status.DONE),
        "older": Edit(dropped="Not ours", before=Wording(title="Older")),
        "own-y": Edit(title="Y"),
    }
    answers = {"a": 1, "b": 1}
    kept = {"a-2": 1, "b-2": 2, "own-x": 3, "own-y": 4}
    for name in ("gone", "a-2", "older"):
        plan = live(bank, answers, {key: edit for key, edit in edits.items() if key != name})
        assert {action.id: action.number for action in plan.numbered}.items() > kept.items()
        assert [action.number for action in plan.numbered] == [*range(1, len(plan.numbered) + 1)]


def test_a_plan_without_edits_stays_as_it_is(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]")
    stands = standings(bank, [assessment(bank, {"a": 1, "b": "unknown"})])
    plan = build_plan(PlanBasis.of(stands))
    assert live_plan(plan, Overlay.blank(bank, "Northside"), PlanBasis.of(stands)) == plan


def test_an_edit_changes_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    edit = Edit(owner="Sam Okafor", due=DUE, status=Status.DOING, title="In our words", comments=("Began in May",))
    (action,) = live(bank, {"a": 1}, {"a-2": edit}).actions
    assert (action.assigned, action.due, action.status) == ("Sam Okafor", DUE, Status.DOING)
    assert (action.title, action.detail, action.owner) == ("In our words", "In some way", "A manager")
    assert (action.comments, action.mark) == (("Began in May",), None)


def test_what_is_done_comes_last_and_is_nowhere_to_start(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}, {id: c}, {id: d}]")
    plan = live(bank, {"a": 1, "b": 1, "c": 1, "d": 1}, {"a-2": Edit(status=Status.DONE)})
    assert [action.id for action in plan.actions] == ["b-2", "c-2", "d-2", "a-2"]
    assert [action.id for action in plan.start_on(DUE)] == ["b-2", "c-2", "d-2"]


def test_of_two_ways_to_one_step_one_is_where_to_start_and_own_actions_stand_for_themselves(tmp_path: Path) -> None:
    data = spelled_out("[{id: a, values: [0, 1]}]")
    data["questions"][0]["actions"].append({**data["questions"][0]["actions"][0], "id": "other"})
    bank = bank_from(tmp_path, json.dumps(data))
    plan = live(bank, {"a": 0}, {f"own-{at}": Edit(title="Ours") for at in (1, 2)})
    assert [action.id for action in plan.actions] == ["a-1", "other", "own-1", "own-2"]
    assert [action.id for action in plan.start_on(DUE)] == ["a-1", "own-1", "own-2"]


def test_who_does_it_is_the_person_or_else_the_suggested_role_or_nobody(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    named, suggested = (live(bank, {"a": 1}, {"a-2": edit}).actions[0] for edit in (Edit(owner="Sam"), Edit()))
    assert (named.by_whom, suggested.by_whom) == ("Sam", "A manager (suggested)")
    assert suggested.model_copy(update={"owner": None}).by_whom == ""


@pytest.mark.parametrize(
    ("due", "horizon"),
    [((2027, 2, 28), "now"), ((2027, 3, 1), "next"), ((2027, 5, 28), "next"), ((2027, 5, 29), "later")],
)
def test_a_date_says_by_when_until_it_is_done(tmp_path: Path, due: tuple[int, int, int], horizon: str) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    for status, expected in ((Status.DOING, horizon), (Status.DONE, "later")):
        edit = Edit(due=dt.date(*due), status=status, horizon=Stretch.LATER)
        (action,) = live(bank, {"a": 1}, {"a-2": edit}).actions
        assert action.stretch_on(dt.date(2026, 11, 28)) == expected


def test_standing_alone_a_step_says_what_it_is_for_and_an_own_action_its_title(tmp_path: Path) -> None:
    plan = live(small_bank(tmp_path, "[{id: a}]"), {"a": 1}, {"own-x": Edit(title="Book a room")})
    assert [action.named for action in plan.actions] == ["Do it (Question a)", "Book a room"]


def test_what_is_dropped_stands_apart_with_its_reason(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]")
    plan = live(bank, {"a": 1, "b": 1}, {"a-2": Edit(dropped="The Trust forbids it")})
    assert [action.id for action in plan.actions] == ["b-2"]
    assert [(action.id, action.dropped) for action in plan.dropped] == [("a-2", "The Trust forbids it")]


def test_own_actions_come_after_the_steps_the_nearest_first(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    edits = {
        "own-later": Edit.model_validate_json('{"title": "Later", "horizon": "later", "domain": "d"}'),
        "own-now": Edit.model_validate_json('{"title": "Now", "horizon": "now", "effort": 1}'),
        "own-bare": Edit(),
    }
    plan = live(bank, {"a": 1}, edits)
    assert [action.id for action in plan.actions] == ["a-2", "own-now", "own-bare", "own-later"]
    own = plan.actions[-1]
    assert (own.kind, own.questions, own.domain, own.holds_band) == (ActionKind.OWN, (), "d", False)
    assert [action.effort for action in plan.actions[1:]] == [1, None, None]
    assert [action.number for action in plan.actions] == [1, 3, 4, 2]
    assert plan.actions[2].title == "own-bare"
    assert (own.about, own.detail, own.owner, own.sign, own.holds_band) == ("", "", "", "", False)


def test_new_answers_keep_the_edits_of_a_step_that_is_taken_and_say_so(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    before = live(bank, {"a": 1}, {}).actions[0]
    edit = Edit(owner="Sam", before=wording_of(before))
    plan = live(bank, {"a": 2}, {"a-2": edit})
    assert [action.id for action in plan.actions] == ["a-3"]
    assert [(action.id, action.title, action.assigned, action.mark) for action in plan.past] == [
        ("a-2", "Do it", "Sam", Mark.REACHED)
    ]
    assert live(bank, {"a": 0}, {"a-2": edit}).past[0].mark is Mark.NOT_NOW
    assert live(bank, {"a": 1}, {"a-2": edit}).past == ()


ASKED = """
    - {id: a, who_knows: The boss.}
    - {id: b, who_knows: Volunteers., when: {stage: [later]}}
    - {id: c, who_knows: The boss.}
    - {id: e, who_knows: A nurse., when: {stage: [later]}}
    - {id: f, who_knows: A nurse.}
"""


def test_what_nobody_knew_is_found_out_once_it_is_all_answered(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, ASKED, profile="{stage: [now, later]}")
    edits = {f"find-out-{name}": Edit(owner="Sam") for name in "abez"}
    plan = live(bank, {"a": 1, "c": "n/a: why", "f": 2}, edits, stage="now")
    assert [(action.id, action.mark, action.about, action.question_numbers) for action in plan.past] == [
        ("find-out-a", Mark.REACHED, "Question a; Question c", (1, 2)),
        ("find-out-b", Mark.NOT_NOW, "Question b", ()),
        ("find-out-e", Mark.REACHED, "Question f", (3,)),
        ("find-out-z", Mark.GONE, "", ()),
    ]
    assert {action.kind for action in plan.past} == {ActionKind.FIND_OUT}
    still = live(bank, {"a": 1, "f": 2}, edits, stage="now")
    assert [(action.id, action.assigned, action.mark) for action in still.actions if action.assigned] == [
        ("find-out-a", "Sam", None)
    ]


def test_an_edit_of_what_was_asked_question_by_question_becomes_past_like_any_other(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, ASKED, profile="{stage: [now, later]}")
    edit = Edit(owner="Sam", before=Wording(title="Find out: Question c"))
    for answer, mark in ((None, Mark.NOT_NOW), ("unknown", Mark.NOT_NOW), (2, Mark.REACHED)):
        answers = {"a": "unknown"} | ({} if answer is None else {"c": answer})
        plan = live(bank, answers, {"find-out-c": edit}, stage="now")
        assert [(one.id, one.title, one.assigned, one.mark) for one in plan.past] == [
            ("find-out-c", "Find out: Question c", "Sam", mark)
        ]


def test_whom_to_ask_is_not_called_reworded_because_some_of_it_is_answered(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, ASKED, profile="{stage: [now, later]}")
    before = live(bank, {}, {}, stage="now").actions[0]
    edit = Edit(owner="Sam", before=wording_of(before))
    plan = live(bank, {"a": 1}, {"find-out-a": edit}, stage="now")
    after = next(action for action in plan.actions if action.id == "find-out-a")
    assert (after.detail, after.mark) == ("2. Question c", None)
    assert after.detail != before.detail


def test_progress_counts_what_was_reached_as_done_and_what_somebody_took_on_even_where_it_is_not_in_todays_plan(
    tmp_path: Path,
) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}, {id: c}]")
    due = Edit(due=DUE, status=Status.STUCK)
    plan = live(
        bank,
        {"a": 2, "b": 1, "c": 1},
        {
            "a-2": due,
            "b-3": due,
            "gone": due,
            "b-2": due,
            "c-2": Edit(dropped="No", due=DUE),
            "b-4": Edit(comments=("Looked at it",)),
            "c-3": Edit(owner="Sam"),
        },
    )
    assert {action.id: action.counts_as for action in plan.numbered} == {
        "a-3": Status.TODO,
        "b-2": Status.STUCK,
        "c-2": None,
        "a-2": Status.DONE,
        "b-3": Status.STUCK,
        "gone": Status.STUCK,
        "b-4": None,
        "c-3": Status.TODO,
    }
    late = [action.id for action in plan.numbered if action.is_late(DUE + dt.timedelta(days=1))]
    assert late == ["b-2", "b-3", "gone"]
    assert not any(action.is_late(DUE) for action in plan.numbered)


def test_an_action_says_what_it_is_for_where_it_stands_alone(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, label: Limits to the role}, {id: b, label: Pay}]")
    plan = live(bank, {"a": 1, "b": "unknown"}, {"own-x": Edit(title="Book a room")})
    assert [action.named for action in plan.actions] == [
        "Ask the people who do the work",
        "Do it (Limits to the role)",
        "Book a room",
    ]


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
