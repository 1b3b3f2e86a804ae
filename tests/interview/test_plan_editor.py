"""Editing a plan by prompts: which actions a person chooses, what is shown of them, and how to go on."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.interview.lines import LinePart, Room, height
from readiness.interview.plan_editor import Editing, EditStep, edited
from readiness.interview.plan_editor_screen import editing_screen
from readiness.plan.overlay import Edit, Status, Wording
from readiness.plan.stretch import Stretch
from readiness.team import AssessedTeam
from tests.conftest import assessment
from tests.interview.editing import EXAMPLE, TODAY, after, begun, edits, shown
from tests.small import small_bank

ACTIONS = ("a-2", "b-2", "c-2")


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("2", ["b-2"]),
        ("1,3", ["a-2", "c-2"]),
        ("3 1", ["c-2", "a-2"]),
        ("1-3", ACTIONS),
        ("1 - 2, 2", ["a-2", "b-2"]),
        ("3-2", ["b-2", "c-2"]),
        ("ALL", ACTIONS),
    ],
)
def test_actions_are_chosen_by_their_numbers(start: Editing, typed: str, chosen: Iterable[str]) -> None:
    now = edited(start, typed)
    assert (now.step, now.chosen) == (EditStep.FIELD, tuple(chosen))


@pytest.mark.parametrize("typed", ["", "x", "1;2", "-1", "1-", "one", "1" * 5000, f"1-{'2' * 5000}"])
def test_what_is_no_number_is_told_and_changes_nothing(start: Editing, typed: str) -> None:
    now = edited(start, typed)
    assert now == replace(start, told=("Type the numbers of actions, such as 3 or 1,4-6.",), listed=False, menu=False)


@pytest.mark.parametrize("typed", ["0", "4", "2-9", "1-999999999"])
def test_a_number_that_no_action_has_is_told(start: Editing, typed: str) -> None:
    now = edited(start, typed)
    assert now.step is EditStep.ACTIONS
    (told,) = now.told
    assert told == f"There is no action {typed.rpartition('-')[2]} in the plan. l shows those that there are."
    assert told in shown(now)


def test_one_name_is_set_for_many_at_once(start: Editing) -> None:
    now = after(start, "1,3", "1", "Priya Nair")
    assert edits(now) == {"a-2": Edit(owner="Priya Nair"), "c-2": Edit(owner="Priya Nair")}
    assert now.told == ("1. Do it: Who: Priya Nair", "3. Do it: Who: Priya Nair", "Saved.")
    assert "1 Do it (Priya Nair, To do)" in shown(after(now, "", "l"))


def test_several_values_are_set_for_one_choice_of_actions_in_a_row(start: Editing) -> None:
    now = after(start, "1,3", "1", "Ann", "2", "31/1/2027", "3", "2")
    edit = Edit(owner="Ann", due=dt.date(2027, 1, 31), status=Status.DOING)
    assert edits(now) == {"a-2": edit, "c-2": edit}
    assert (now.step, now.chosen) == (EditStep.FIELD, ("a-2", "c-2"))
    assert after(now, "").step is EditStep.ACTIONS


def test_a_number_means_the_same_action_whatever_is_changed(start: Editing) -> None:
    done = after(start, "1", "3", "4", "")
    dropped = after(done, "2", "9", "Not ours", "")
    own = after(dropped, "new", "Book a room", "")
    assert [(number, action.id) for number, action in own.actions.items()] == [
        (1, "a-2"),
        (2, "b-2"),
        (3, "c-2"),
        (4, "own-book-a-room"),
    ]
    again = AssessedTeam(own.team.bank, own.team.assessments, own.overlay)
    assert {action.id: action.number for action in again.plan.numbered} == {
        action.id: number for number, action in own.actions.items()
    }


def test_what_is_no_longer_suggested_leaves_with_its_last_edit_and_moves_no_number_of_the_plan(start: Editing) -> None:
    old = Edit(owner="Sam", before=Wording(title="An old step"))
    worked = start.overlay.with_edit("old-step", old).with_edit("own-x", Edit(title="Ours"))
    now = start.with_edits(worked)
    assert "5 An old step (Sam, To do)\nThe questions have changed, and no longer suggest this." in shown(now)
    gone = after(now, "5", "1", "-")
    assert (gone.step, gone.told) == (EditStep.ACTIONS, ("Taken back, and saved. It is not in the plan now.",))
    assert after(gone, "5").told == ("There is no action 5 in the plan. l shows those that there are.",)
    assert after(gone, "4").chosen == ("own-x",)
    both = after(now, "4,5", "1", "-")
    assert (both.chosen, both.step) == (("own-x",), EditStep.FIELD)


def test_all_is_what_is_in_todays_plan(start: Editing) -> None:
    old = Edit(owner="Sam", before=Wording(title="An old step"))
    worked = start.overlay.with_edit("old-step", old).with_edit("own-x", Edit(title="Ours"))
    worked = worked.with_edit("b-2", Edit(dropped="Not ours"))
    now = start.with_edits(worked)
    assert edited(now, "all").chosen == ("a-2", "c-2", "own-x")


def test_what_waits_for_room_can_be_moved_to_now_and_that_is_said(tmp_path: Path) -> None:
    names = "abcefgh"
    bank = small_bank(tmp_path, f"[{', '.join(f'{{id: {name}}}' for name in names)}]")
    start = Editing(AssessedTeam(bank, [assessment(bank, dict.fromkeys(names, 1))]), TODAY)
    assert "When: When you have room" in shown(after(start, "7"))
    now = after(start, "7", "8", "1")
    assert now.told == ("7. Do it: When: When you have room → Now", "Saved.")
    assert edits(now) == {"h-2": Edit(horizon=Stretch.NOW)}
    assert "When: When you have room" in shown(after(now, "", "6"))  # Now holds six, and a person's choice goes first
    back = after(now, "8", "-")
    assert (edits(back), back.told[0]) == ({}, "7. Do it: When: Now → When you have room")


def test_numbers_that_are_free_are_left_out_of_a_range_and_given_to_nothing_else(start: Editing) -> None:
    old = Edit(owner="Sam", before=Wording(title="An old step"))
    worked = start.overlay.with_edit("old-step", old).with_edit("older-step", old)
    now = after(start.with_edits(worked), "4", "1", "-", "new", "Book a room", "")
    assert {number: action.id for number, action in now.actions.items() if number > 3} == {
        5: "older-step",
        6: "own-book-a-room",
    }
    assert after(now, "3-6").chosen == ("c-2", "older-step", "own-book-a-room")
    assert after(now, "3-4").told == ("There is no action 4 in the plan. l shows those that there are.",)


def test_a_reworded_suggestion_says_so(start: Editing) -> None:
    edit = Edit(owner="Sam", before=Wording(title="As it was called"))
    now = start.with_edits(start.overlay.with_edit("a-2", edit))
    assert "Question a\nThe suggestion has been put in other words since you edited this." in shown(now)


@settings(deadline=None, max_examples=30)
@given(st.integers(40, 100), st.integers(4, 60))
def test_a_list_is_shown_in_pages_that_fit_the_window_and_leave_nothing_out(columns: int, lines: int) -> None:
    start = replace(EXAMPLE, room=Room(columns, lines))
    now, pages = start, list[list[str]]()
    while not pages or pages[-1][-1] != str(len(start.actions)):
        lines_shown = editing_screen(now).lines
        pages.append([line.lead for line in lines_shown if line.part is LinePart.CHOICE])
        assert height(lines_shown, columns) <= lines or len(pages[-1]) == 1
        now = edited(now, "m")
    assert [number for page in pages for number in page] == [str(number) for number in start.actions]


def test_the_list_of_a_window_says_where_it_is_and_how_to_see_more() -> None:
    start = replace(EXAMPLE, room=Room(80, 23))
    first = shown(start)
    assert "The plan: 1 to 11, of 26 actions\nNow\n1 Ask the managers" in first
    assert "m for more of the plan" in first
    assert "Question" not in first
    assert "The plan: 12 to 22, of 26 actions\nWhen you have room\n12 " in shown(after(start, "m"))
    assert shown(after(start, "m", "m", "m")) == shown(after(start, "m", "l")) == first
    whole = shown(replace(start, room=Room(80, 70)))
    assert whole == shown(replace(start, room=None))
    assert "Question 20: Words: bridge or barrier" in whole
    assert "m for more" not in whole


def test_names_and_days_stand_in_the_list_of_a_window() -> None:
    named = after(replace(EXAMPLE, room=Room(80, 23)), "1", "1", "Ann Obi", "2", "31/1/2027", "", "l")
    assert "1 Ask the managers above to get one thing ready for the role (Ann Obi, by 31 Jan 2027, To do)" in shown(
        named
    )


def test_a_plan_without_actions_fits_in_any_window(start: Editing) -> None:
    bank = start.team.bank
    top = [assessment(bank, {question.id: question.levels[-1].value for question in bank.questions})]
    none = Editing(AssessedTeam(bank, top), TODAY, room=Room(40, 4))
    assert none.actions == {}
    assert "m for more" not in shown(none)


def test_an_action_that_ends_in_a_stop_is_told_with_no_second_one(start: Editing) -> None:
    now = after(start, "1", "5", "Book the room.", "1", "Ann")
    assert now.told[0] == "1. Book the room: Who: Ann"
    assert "1. Book the room (Ann, To do)" in shown(now)


def test_what_is_done_says_which_questions_to_answer_again(start: Editing) -> None:
    assert after(start, "2", "3", "4").just_done == (2,)
    assert after(start, "1,3", "3", "4").just_done == (1, 3)
    assert after(start, "1,3", "3", "4", "?").just_done == ()
    assert after(start, "1,3", "3", "2").just_done == ()
    assert after(start, "new", "Book a room", "3", "4").just_done == ()


def test_what_is_stuck_and_what_was_taken_out_is_said_in_words(start: Editing) -> None:
    assert "Do it (Stuck: needs help)" in shown(after(start, "1", "3", "3"))
    assert "Do it (taken out, not to be done: Not ours)" in shown(after(start, "1", "9", "Not ours"))


def test_what_was_taken_out_is_still_there_to_be_taken_back(start: Editing) -> None:
    now = after(start, "2", "9", "Not ours", "")
    assert "2 Do it (taken out, not to be done: Not ours)" in shown(after(now, "l"))
    assert edits(after(now, "2", "9", "-")) == {}


def test_the_plan_is_listed_by_when_it_is_to_be_done(start: Editing) -> None:
    now = after(start, "2", "8", "Later", "", "3", "9", "Not ours", "", "l")
    lines = [line.partition(" (")[0] for line in shown(now).splitlines()]
    wanted = ("Now", "1 Do it", "Later", "2 Do it", "Taken out, and not to be done", "3 Do it")
    order = [lines.index(each) for each in wanted]
    assert order == sorted(order)


def test_what_to_change_and_a_choice_may_be_named(start: Editing) -> None:
    named = after(start, "1", "status", "doing", "by when", "1/2/2027")
    assert edits(named) == edits(after(start, "1", "3", "2", "2", "1/2/2027"))
    assert after(named, "quit").ended
    assert after(named, "back").step is EditStep.ACTIONS
    assert after(start, "help").told
    assert after(start, "1", "3", "d").told == ("Type a number from 1 to 4.",)


def test_b_goes_one_step_back(start: Editing) -> None:
    assert edited(start, "b").step is EditStep.ACTIONS
    assert after(start, "1", "b").step is EditStep.ACTIONS
    assert after(start, "1", "1", "b").step is EditStep.FIELD
    assert after(start, "new", "b").step is EditStep.ACTIONS


def test_back_goes_back_wherever_it_is_typed_and_the_start_says_so(start: Editing) -> None:
    assert after(start, "back").told == ("This is the start. Type q to stop.",)
    for lines in (["1"], ["1", "1"], ["new"]):
        assert after(start, *lines, "back") == after(start, *lines, "b")
    assert after(start, "1", "1", "back").overlay == start.overlay


def test_the_screens_say_what_can_be_typed_and_what_stands_there(start: Editing) -> None:
    assert "1 Do it (To do)\nQuestion 1: Question a" in shown(start)
    assert "l to see the plan again" in shown(after(start, "1", ""))
    assert "It says: In some way" in shown(after(start, "1", "6"))
    one = after(start, "1", "3", "2", "2", "1/2/2027")
    assert "Do it (by 1 Feb 2027, Doing)" in shown(one)
    assert "3 Status" not in shown(one)
    assert "3 Status: Doing" in shown(after(one, "l")) == shown(after(one, "list"))
    assert "2 By when: 1 February 2027" in shown(after(one, "l"))
    assert "9 Remove" in shown(after(one, "?"))
    many = edited(start, "all")
    assert "3 Status\n" in shown(many)
    assert "4 Done" in shown(after(start, "1", "3"))
    assert "Enter alone changes nothing; - takes out what is there" in shown(after(start, "1", "1"))
    assert "Say it in one sentence" in shown(edited(start, "new"))


def test_when_many_are_chosen_only_the_first_are_named(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, f"[{', '.join(f'{{id: q{number}}}' for number in range(8))}]")
    team = AssessedTeam(bank, [assessment(bank, {f"q{number}": 1 for number in range(8)})])
    many = edited(Editing(team, TODAY), "all")
    assert "and 3 more" in shown(many)
    assert "and the same for 3 more" in shown(after(many, "1", "Ann"))


@given(lines=st.lists(st.one_of(st.sampled_from(["1", "2", "all", "b", "new", "", "3"]), st.text(max_size=6))))
def test_no_line_ever_breaks_it_and_nothing_typed_is_lost_by_going_on(lines: list[str]) -> None:
    now = _SHARED
    for line in lines:
        if now.ended:
            break
        assert editing_screen(now).prompt
        now = edited(now, line)


@pytest.fixture(scope="module", autouse=True)
def _shared(tmp_path_factory: pytest.TempPathFactory) -> None:
    global _SHARED  # noqa: PLW0603 — hypothesis can't take a fixture of a single test
    _SHARED = begun(tmp_path_factory.mktemp("shared"))


_SHARED: Editing


def test_a_plan_that_is_full_says_so_and_goes_on(start: Editing) -> None:
    full = start.overlay.model_copy(update={"actions": {f"own-{at}": Edit(title="Ask") for at in range(2_000)}})
    for typed in (("new", "One more"), ("1", "1", "Ann")):
        told = after(start.with_edits(full), *typed)
        assert "can keep 2,000 actions" in shown(told)
        assert (told.overlay, told.ended) == (full, False)
    numbered = sorted(full.numbered([action.id for action in start.team.plan.actions]).values())
    assert edits(after(start.with_edits(full), str(numbered[-1] + 1), "1", "Ann"))["own-0"].owner == "Ann"
