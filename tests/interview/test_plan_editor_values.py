"""Editing a plan by prompts: the values that a person types for an action."""

import datetime as dt

import pytest

from readiness.interview.plan_editor import HELP, Editing, EditStep, edited
from readiness.plan.overlay import Edit, Status
from readiness.plan.stretch import Stretch
from tests.interview.editing import after, edits, shown


def test_a_date_goes_before_a_stretch_of_time_and_that_is_said(start: Editing) -> None:
    dated = after(start, "1", "2", "2027-09-01")
    assert "Where an action has a date, the date says when." in after(dated, "8", "1").told
    assert "Where an action has a date, the date says when." not in after(start, "1", "8", "3").told


def test_a_day_in_the_past_is_taken_only_after_a_yes(start: Editing) -> None:
    asked = after(start, "1", "2", "3/3/2026")
    assert (asked.step, asked.overlay) == (EditStep.SURE, start.overlay)
    assert "3 March 2026 is in the past. Is that right?" in shown(asked)
    assert after(asked, "perhaps").told == ("Type y or n.",)
    for word in ("n", "b"):
        assert (after(asked, word).step, after(asked, word).overlay) == (EditStep.VALUE, start.overlay)
    taken = after(asked, "Y")
    assert edits(taken) == {"a-2": Edit(due=dt.date(2026, 3, 3))}
    assert "1. Do it (was due 3 Mar 2026, To do)" in shown(taken)
    assert after(start, "1", "2", "24/11/2026").step is EditStep.FIELD


@pytest.mark.parametrize(
    ("number", "typed", "edit"),
    [
        ("1", "Sam", Edit(owner="Sam")),
        ("2", "31/1/2027", Edit(due=dt.date(2027, 1, 31))),
        ("3", "4", Edit(status=Status.DONE)),
        ("3", "stuck", Edit(status=Status.STUCK)),
        ("3", "1", Edit()),
        ("4", "Began in May", Edit(comments=("Began in May",))),
        ("5", "In our words", Edit(title="In our words")),
        ("6", "In detail", Edit(detail="In detail")),
        ("7", "A page", Edit(sign="A page")),
        ("8", "4", Edit(horizon=Stretch.LATER)),
        ("8", "1", Edit(horizon=Stretch.NOW)),
        ("8", "When you have room", Edit(horizon=Stretch.ROOM)),
        ("9", "Not ours", Edit(dropped="Not ours")),
        ("10", "3", Edit(effort=3)),
        ("10", "1", Edit()),
        ("11", "Domain e", Edit(domain="e")),
    ],
)
def test_each_field_takes_its_value(start: Editing, number: str, typed: str, edit: Edit) -> None:
    now = after(start, "2", number, typed)
    assert edits(now) == ({} if edit.empty else {"b-2": edit})
    assert now.step is EditStep.FIELD


@pytest.mark.parametrize(
    ("number", "typed", "told"),
    [
        ("2", "soon", "Write a date, such as 31/01/2027."),
        ("2", "31/02/2027", "Write a date, such as 31/01/2027."),
        ("3", "5", "Type a number from 1 to 4."),
        ("3", "0", "Type a number from 1 to 4."),
        ("3", "1" * 5000, "Type a number from 1 to 4."),
        ("2", "1" * 5000, "Write a date, such as 31/01/2027."),
        ("2", "31/12/9999", "Write a date from 2000 to 2100."),
        ("1", "x" * 301, "Keep it to 300 characters."),
        ("8", "tomorrow", "Type a number from 1 to 4."),
    ],
)
def test_a_value_that_is_not_understood_is_asked_for_again(start: Editing, number: str, typed: str, told: str) -> None:
    now = after(start, "2", number, typed)
    assert (now.step, now.told, now.overlay) == (EditStep.VALUE, (told,), start.overlay)


def test_a_value_is_said_back_as_it_was_understood(start: Editing) -> None:
    assert after(start, "1", "2", "2/1/2027").told[0] == "1. Do it: By when: 2 January 2027"
    assert after(start, "1,2", "3", "2").told[1] == "2. Do it: Status: To do → Doing"
    assert after(start, "1", "10", "3").told[0].endswith(" → months, money or a change of policy")
    assert after(start, "1", "3", "1").told[0] == "1. Do it: Status: still To do"
    assert after(start, "1", "1", "-").told[0] == "1. Do it: Who: still empty"


def test_a_dash_takes_a_value_back_and_an_empty_line_nothing(start: Editing) -> None:
    kept = after(start, "2", "1", "Sam", "1", "")
    assert (kept.step, kept.told) == (EditStep.FIELD, ("Nothing was changed.",))
    assert edits(kept) == {"b-2": Edit(owner="Sam")}
    now = after(start, "2", "1", "Sam", "1", "-")
    assert edits(now) == {}
    assert now.told == ("2. Do it: Who: Sam → empty", "Saved.")


@pytest.mark.parametrize("lines", [(), ("1",), ("1", "1"), ("1", "2", "1/2/2020"), ("new",)])
def test_a_question_mark_is_help_and_never_a_value(start: Editing, lines: tuple[str, ...]) -> None:
    now = after(start, *lines)
    helped = after(now, "?")
    assert helped.told == (HELP[now.step],)
    assert (helped.step, helped.overlay, helped.pending) == (now.step, start.overlay, now.pending)


def test_a_past_date_is_left_by_enter_and_by_q(start: Editing) -> None:
    now = after(start, "1", "2", "1/2/2020")
    assert now.step is EditStep.SURE
    assert after(now, "").step is EditStep.VALUE
    assert after(now, "q").ended


def test_comments_are_added_to_what_is_there(start: Editing) -> None:
    now = after(start, "2", "4", "Began in May", "", "1-2", "4", "On hold")
    assert edits(now) == {"b-2": Edit(comments=("Began in May", "On hold")), "a-2": Edit(comments=("On hold",))}


def test_an_own_action_is_added_and_can_be_filled_in_at_once(start: Editing) -> None:
    now = after(start, "new", "Book a room", "1", "Ann")
    assert edits(now) == {"own-book-a-room": Edit(title="Book a room", horizon=Stretch.NEXT, owner="Ann")}
    assert "4. Book a room (Ann, To do)" in shown(now)
    assert after(start, "new", "Book a room").told == ("Added as action 4, and saved.",)


def test_an_own_action_needs_words(start: Editing) -> None:
    now = after(start, "new", "  ")
    assert (now.step, now.told) == (EditStep.NEW, ("Say what to do, or b to go back.",))
    assert after(start, "new", "x" * 301).told == ("Keep it to 300 characters.",)
    kept = after(start, "new", "Book a room", "5", "-")
    assert kept.told == ("An action of your own needs to say what to do.",)
    assert edits(kept)["own-book-a-room"].title == "Book a room"


def test_q_ends_but_is_a_value_where_one_is_asked_for(start: Editing) -> None:
    assert edited(start, "Q").ended
    assert after(start, "1", "q").ended
    assert edits(after(start, "1", "1", "q")) == {"a-2": Edit(owner="q")}


@pytest.mark.parametrize("typed", ["0", "12", "x", "²", "1" * 5000])
def test_a_field_is_chosen_by_its_number(start: Editing, typed: str) -> None:
    now = after(start, "1", typed)
    assert (now.step, now.told) == (EditStep.FIELD, ("Type a number from 1 to 11.",))
