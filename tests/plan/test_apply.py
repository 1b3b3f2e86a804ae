import datetime as dt
import json
from pathlib import Path

import pytest

from readiness.plan.apply import live_plan, wording_of
from readiness.plan.basis import PlanBasis
from readiness.plan.build import build_plan
from readiness.plan.model import ActionKind, Mark
from readiness.plan.overlay import Edit, Overlay, Status, Wording
from readiness.plan.stretch import Stretch
from readiness.scoring.score import standings
from tests.conftest import assessment, bank_from
from tests.plan.lived import live
from tests.small import small_bank, spelled_out

DUE = dt.date(2027, 1, 31)


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
