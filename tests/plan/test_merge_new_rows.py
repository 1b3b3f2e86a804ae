"""New rows of a workbook that is brought back."""

import time

import pytest

from readiness.errors import InputError
from readiness.plan.edits import Field, with_value
from readiness.plan.merge import ActionRow, ChangedValue, Merge, merge
from readiness.plan.overlay import Edit, Overlay
from tests.plan.service import FREE, Service, written


def taken(service: Service, today: Overlay, *new: ActionRow) -> Merge:
    """Return what comes of taking in a workbook that went out without edits, and came back with ``new`` rows."""
    base = service.rows(service.blank)
    free = [written(FREE), written(f"{FREE[:-1]}2")]
    return merge(today, service.plan, service.live(today), [*base, *free], [*base, *new])


@pytest.mark.parametrize("name", [FREE, ""])
def test_a_new_row_is_an_action_of_their_own_and_is_taken_once(service: Service, name: str) -> None:
    row = written(name, title="Book a room", owner="Ann", status="todo", effort="3")
    first = taken(service, service.blank, row)
    own = name or "own-book-a-room"
    assert first.changes == tuple(
        ChangedValue(own, "Book a room", field, "", text)
        for field, text in ((Field.TITLE, "Book a room"), (Field.OWNER, "Ann"), (Field.EFFORT, "3"))
    )
    action = service.action(first.overlay, own)
    assert (action.title, action.assigned, action.effort) == ("Book a room", "Ann", 3)
    assert taken(service, first.overlay, row) == Merge((), (), first.overlay)


@pytest.mark.parametrize("name", [FREE, ""])
def test_what_was_changed_here_since_a_new_row_was_taken_is_never_undone(service: Service, name: str) -> None:
    row = written(name, title="Book a room", owner="Ann")
    today = taken(service, service.blank, row).overlay
    own = name or "own-book-a-room"
    for field, text in ((Field.OWNER, "Priya"), (Field.DUE, "2027-01-31"), (Field.COMMENTS, "Booked: 123")):
        today = with_value(today, service.plan, own, field, text)
    again = taken(service, today, row)
    assert again.overlay == today
    assert again.changes == ()
    assert [(conflict.field, conflict.before, conflict.after) for conflict in again.conflicts] == [
        (Field.OWNER, "Priya", "Ann")
    ]


@pytest.mark.parametrize("name", [FREE, ""])
def test_an_own_action_that_has_another_title_here_is_still_the_same(service: Service, name: str) -> None:
    row = written(name, title="Book a room")
    today = taken(service, service.blank, row).overlay
    today = with_value(today, service.plan, name or "own-book-a-room", Field.TITLE, "Book the big room")
    again = taken(service, today, row)
    assert again.overlay == today
    assert again.changes == ()


@pytest.mark.parametrize("names", [(FREE, f"{FREE[:-1]}2"), ("", "")])
def test_two_new_rows_that_say_the_same_are_two_actions(service: Service, names: tuple[str, str]) -> None:
    rows = [written(name, title="Meet the team", owner=who) for name, who in zip(names, ("Ann", "Sam"), strict=True)]
    first = taken(service, service.blank, *rows)
    assert {edit.owner for edit in first.overlay.actions.values()} == {"Ann", "Sam"}
    assert [change.after for change in first.changes if change.field is Field.OWNER] == ["Ann", "Sam"]
    assert taken(service, first.overlay, *rows) == Merge((), (), first.overlay)


def test_another_action_in_the_same_row_of_a_copy_is_another_action(service: Service) -> None:
    today = taken(service, service.blank, written(FREE, title="Book a room", owner="Ann")).overlay
    row = written(FREE, title="Meet the board", owner="Sam", comments="In May")
    copy = taken(service, today, row)
    assert {change.name for change in copy.changes} == {"own-meet-the-board"}
    assert copy.overlay.edit(FREE) == today.edit(FREE)
    other = service.action(copy.overlay, "own-meet-the-board")
    assert (other.title, other.assigned, other.comments) == ("Meet the board", "Sam", ("In May",))
    assert other.number == service.action(copy.overlay, FREE).number + 1
    assert copy.conflicts == ()
    assert taken(service, copy.overlay, row) == Merge((), (), copy.overlay)


def test_another_action_in_the_same_row_is_known_again_beside_the_first(service: Service) -> None:
    rows = [written(FREE, title=title) for title in ("Book a room", "Meet the board")]
    today = service.blank
    for row in rows:
        today = taken(service, today, row).overlay
    today = with_value(today, service.plan, "own-meet-the-board", Field.OWNER, "Priya")
    again = taken(service, today, written(FREE, title="Meet the board", owner="Sam"))
    [conflict] = again.conflicts
    assert (conflict.name, conflict.before, conflict.after) == ("own-meet-the-board", "Priya", "Sam")
    assert taken(service, today, rows[0]) == Merge((), (), today)


@pytest.mark.parametrize("name", [FREE, ""])
def test_a_new_row_that_is_taken_for_an_action_and_says_more_of_it_is_told(service: Service, name: str) -> None:
    row = written(name, title="Book a room", owner="Ann")
    first = taken(service, service.blank, row)
    assert first.known_again == ()
    assert taken(service, first.overlay, row).known_again == ()
    own = name or "own-book-a-room"
    for other in (written(name, title="Book a room", sign="A key"), written(name, title="Book a room", owner="Sam")):
        assert taken(service, first.overlay, other).known_again == (own,)
    assert service.merged(first.overlay, first.overlay, {own: {Field.SIGN: "A key"}}).known_again == ()


def test_many_new_rows_are_taken_in_no_time(service: Service) -> None:
    rows = [written("", title=f"Book room {at}", owner="Ann") for at in range(1_900)]
    began = time.process_time()
    once = taken(service, service.blank, *rows)
    assert taken(service, once.overlay, *rows) == Merge((), (), once.overlay)
    assert time.process_time() - began < 3  # numbered after each row, it took more than 10 seconds
    assert sorted(once.overlay.numbers.values()) == [*range(1, 1_903)]


def test_more_rows_than_a_plan_can_hold_are_refused_in_words(service: Service) -> None:
    rows = [written("", title=f"Book room {at}") for at in range(2_001)]
    with pytest.raises(InputError, match="can keep 2,000 actions"):
        taken(service, service.blank, *rows)


def test_a_row_without_a_title_is_no_other_action(service: Service) -> None:
    today = taken(service, service.blank, written(FREE, title="Book a room")).overlay
    slip = taken(service, today, written(FREE, owner="Sam"))
    assert {name: edit.title for name, edit in slip.overlay.actions.items()} == {FREE: "Book a room"}


def test_an_own_action_written_by_hand_is_known_again_by_its_title(service: Service) -> None:
    today = service.blank.with_edit("own-w", Edit(title="Meet the board"))
    today = today.with_edit("own-x", Edit(title="Book a room", owner="Ann"))
    again = taken(service, today, written("", title="Book a room", sign="It is booked"))
    assert [(change.name, change.field) for change in again.changes] == [("own-x", Field.SIGN)]
    assert again.overlay.edit("own-x").before is None


def test_how_far_a_new_row_is_counts_among_its_changes(service: Service) -> None:
    merged = taken(service, service.blank, written(FREE, title="Book a room", status="doing"))
    assert [(change.field, change.after) for change in merged.changes] == [
        (Field.TITLE, "Book a room"),
        (Field.STATUS, "doing"),
    ]


def test_a_new_row_is_none_of_the_plans_own_actions_even_where_it_is_called_the_same(service: Service) -> None:
    today = with_value(service.blank, service.plan, "a-2", Field.OWNER, "Sam")
    base = [row for row in service.rows(today) if row.name != "a-2"]
    merged = merge(today, service.plan, service.live(today), base, [*base, written("", title="Do it", owner="Ann")])
    assert (service.action(merged.overlay).assigned, merged.overlay.edit("own-do-it").owner) == ("Sam", "Ann")


def test_a_row_left_empty_is_no_action(service: Service) -> None:
    assert taken(service, service.blank, written(FREE)) == Merge((), (), service.blank)


def test_a_new_row_must_say_what_to_do(service: Service) -> None:
    with pytest.raises(ValueError, match="title"):
        taken(service, service.blank, written(FREE, owner="Ann"))
    with pytest.raises(ValueError, match="title"):
        taken(service, service.blank, written("", owner="Ann"))
