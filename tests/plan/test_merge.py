import datetime as dt
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from readiness.errors import InputError
from readiness.plan.edits import Field, with_own, with_value
from readiness.plan.files import PlanFile, read_overlay
from readiness.plan.merge import ActionRow, ChangedValue, Merge, merge
from readiness.plan.overlay import Edit, Overlay, Status
from readiness.plan.stretch import Stretch
from readiness.text import safe
from tests.plan.service import NEW, Service


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


def test_rows_that_come_back_as_they_went_change_nothing(service: Service) -> None:
    overlay = with_value(service.blank, service.plan, "a-2", Field.OWNER, "Sam")
    assert service.merged(overlay, overlay, {}) == Merge((), (), overlay)


def test_a_changed_row_gives_what_setting_the_value_gives(service: Service) -> None:
    merged = service.merged(service.blank, service.blank, {"a-2": NEW})
    expected = service.blank
    for field, text in NEW.items():
        expected = with_value(expected, service.plan, "a-2", field, text)
    assert merged.overlay == expected
    assert {change.field for change in merged.changes} == set(NEW)
    assert not merged.conflicts


def test_changes_made_here_since_then_stay(service: Service) -> None:
    today = with_value(service.blank, service.plan, "b-2", Field.OWNER, "Ann")
    merged = service.merged(service.blank, today, {"a-2": {Field.OWNER: "Sam"}})
    assert (service.action(merged.overlay).assigned, service.action(merged.overlay, "b-2").assigned) == ("Sam", "Ann")


def test_the_same_value_changed_in_two_ways_is_a_conflict_and_is_not_taken(service: Service) -> None:
    today = with_value(service.blank, service.plan, "a-2", Field.OWNER, "Ann")
    merged = service.merged(service.blank, today, {"a-2": {Field.OWNER: "Sam", Field.SIGN: "A page"}})
    (conflict,) = merged.conflicts
    assert (conflict.name, conflict.field, conflict.before, conflict.after) == ("a-2", Field.OWNER, "Ann", "Sam")
    assert service.action(merged.overlay).assigned == "Ann"
    assert [change.field for change in merged.changes] == [Field.SIGN]


def test_the_same_change_here_and_there_is_none(service: Service) -> None:
    today = with_value(service.blank, service.plan, "a-2", Field.OWNER, "Sam")
    assert service.merged(service.blank, today, {"a-2": {Field.OWNER: "Sam"}}) == Merge((), (), today)


@pytest.mark.parametrize("field", [Field.TITLE, Field.STATUS, Field.HORIZON, Field.EFFORT])
def test_an_emptied_cell_that_must_say_something_is_a_slip(service: Service, field: Field) -> None:
    today = with_value(service.blank, service.plan, "a-2", field, NEW[field])
    merged = service.merged(today, today, {"a-2": {field: ""}})
    assert (merged.changes, merged.conflicts, merged.overlay) == ((), (), today)
    assert [(change.name, change.field, change.before, change.after) for change in merged.emptied] == [
        ("a-2", field, NEW[field], "")
    ]


def test_an_emptied_effort_of_an_own_action_is_a_wish(service: Service) -> None:
    today, name = with_own(service.blank, service.plan, {Field.TITLE: "Book a room", Field.EFFORT: "3"})
    merged = service.merged(today, today, {name: {Field.EFFORT: ""}})
    assert merged.changes == (ChangedValue(name, "Book a room", Field.EFFORT, "3", ""),)
    assert (merged.emptied, service.action(merged.overlay, name).effort) == ((), None)


def test_a_slip_in_a_row_keeps_nothing_else_in_it_from_being_taken(service: Service) -> None:
    merged = service.merged(service.blank, service.blank, {"a-2": {Field.TITLE: "", Field.OWNER: "Sam"}})
    assert merged.changes == (ChangedValue("a-2", "Do it", Field.OWNER, "", "Sam"),)
    assert merged.emptied == (ChangedValue("a-2", "Do it", Field.TITLE, "Do it", ""),)


def test_a_row_that_did_not_go_out_is_compared_with_the_plan_of_today(service: Service) -> None:
    (row,) = [row for row in service.rows(service.blank) if row.name == "a-2"]
    theirs = [ActionRow("a-2", {**row.values, Field.SIGN: "A page"})]
    merged = merge(service.blank, service.plan, service.live(service.blank), [], theirs)
    assert (merged.conflicts, merged.changes) == (
        (),
        (ChangedValue("a-2", "Do it", Field.SIGN, "It is done", "A page"),),
    )


def test_when_of_a_dated_row_is_no_conflict_whatever_it_went_out_as(service: Service) -> None:
    today = with_value(service.blank, service.plan, "a-2", Field.DUE, "2028-01-31")
    base = [ActionRow(row.name, {**row.values, Field.HORIZON: "later"}) for row in service.rows(today)]
    assert merge(today, service.plan, service.live(today), base, base).changes == ()
    theirs = [ActionRow(row.name, {**row.values, Field.HORIZON: "next"}) for row in base if row.name == "a-2"]
    merged = merge(today, service.plan, service.live(today), base, theirs)
    assert (merged.conflicts, merged.overlay.edit("a-2").horizon) == ((), "next")


def test_when_of_a_dated_row_that_was_chosen_here_too_is_a_conflict(service: Service) -> None:
    sent = with_value(service.blank, service.plan, "a-2", Field.DUE, "2028-01-31")
    today = with_value(sent, service.plan, "a-2", Field.HORIZON, "room")
    base = [ActionRow(row.name, {**row.values, Field.HORIZON: "later"}) for row in service.rows(sent)]
    theirs = [ActionRow(row.name, {**row.values, Field.HORIZON: "next"}) for row in base if row.name == "a-2"]
    merged = merge(today, service.plan, service.live(today), base, theirs)
    assert [(one.field, one.before, one.after) for one in merged.conflicts] == [(Field.HORIZON, "room", "next")]
    assert merged.overlay == today


@pytest.mark.parametrize(
    ("chosen", "typed", "kept", "conflicts"),
    [
        ("", "now", "now", 0),  # it waited for room when it went out, and a person moves it to Now
        ("", "later", "later", 0),
        ("", "room", None, 0),
        ("next", "later", "next", 1),
        ("next", "next", "next", 0),
        ("next", "room", "next", 0),
    ],
)
def test_when_is_a_conflict_only_with_what_a_person_chose_here(
    service: Service, chosen: str, typed: str, kept: str | None, conflicts: int
) -> None:
    today = with_value(service.blank, service.plan, "a-2", Field.HORIZON, chosen)
    base = [ActionRow(row.name, {**row.values, Field.HORIZON: "room"}) for row in service.rows(service.blank)]
    theirs = [ActionRow(row.name, {**row.values, Field.HORIZON: typed}) for row in base if row.name == "a-2"]
    merged = merge(today, service.plan, service.live(today), base, theirs)
    assert (merged.overlay.edit("a-2").horizon, len(merged.conflicts)) == (kept, conflicts)
    assert len(merged.changes) == (merged.overlay != today)


def test_an_emptied_cell_takes_the_edit_back(service: Service) -> None:
    today = with_value(service.blank, service.plan, "a-2", Field.OWNER, "Sam")
    assert service.merged(today, today, {"a-2": {Field.OWNER: ""}}).overlay.actions == {}


def test_an_emptied_cell_that_the_plan_fills_itself_changes_nothing(service: Service) -> None:
    emptied = {"a-2": {Field.SIGN: "", Field.DETAIL: ""}}
    assert service.merged(service.blank, service.blank, emptied) == Merge((), (), service.blank)


def test_a_row_that_was_deleted_changes_nothing(service: Service) -> None:
    today = with_value(service.blank, service.plan, "a-2", Field.OWNER, "Sam")
    base = service.rows(today)
    assert merge(today, service.plan, service.live(today), base, base[1:]) == Merge((), (), today)


FREE = "own-0a1b2c3d-1"
"""The id of a row that went out empty."""


def written(name: str, **values: str) -> ActionRow:
    return ActionRow(name, {**dict.fromkeys(Field, ""), **{Field(key): text for key, text in values.items()}})


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


def test_an_edit_of_an_action_that_has_gone_since_keeps_what_it_said(service: Service) -> None:
    said = {Field.TITLE: "An old step", Field.DETAIL: "In detail", Field.SIGN: "A sign"}
    gone = ActionRow("old-2", {**dict.fromkeys(Field, ""), **said})
    theirs = ActionRow("old-2", {**gone.values, Field.OWNER: "Sam"})
    merged = merge(service.blank, service.plan, service.live(service.blank), [gone], [theirs])
    (past,) = service.live(merged.overlay).past
    assert (past.title, past.detail, past.sign, past.assigned) == ("An old step", "In detail", "A sign", "Sam")
    twice = merge(
        merged.overlay,
        service.plan,
        service.live(merged.overlay),
        [theirs],
        [ActionRow("old-2", {**theirs.values, Field.SIGN: "Seen"})],
    )
    (past,) = service.live(twice.overlay).past
    assert (past.title, past.sign) == ("An old step", "Seen")


def test_an_edit_of_an_action_that_nobody_knows_keeps_at_least_its_id(service: Service) -> None:
    row = ActionRow("old-2", {**dict.fromkeys(Field, ""), Field.OWNER: "Sam"})
    merged = merge(service.blank, service.plan, service.live(service.blank), [], [row])
    assert merged.overlay.edit("old-2").before is not None
    (past,) = service.live(merged.overlay).past
    assert past.title == "old-2"


def test_an_own_action_they_went_on_with_comes_back_whole_though_it_is_no_longer_here(
    service: Service, tmp_path: Path
) -> None:
    sent, name = with_own(service.blank, service.plan, {Field.TITLE: "Book a room", Field.OWNER: "Ann"})
    merged = service.merged(sent, service.blank, {name: {Field.SIGN: "It is booked", Field.TITLE: ""}})
    action = service.action(merged.overlay, name)
    assert (action.title, action.assigned, action.sign) == ("Book a room", "Ann", "It is booked")
    assert {change.field for change in merged.changes} >= {Field.TITLE, Field.OWNER, Field.SIGN}
    path = tmp_path / "a.plan.json"
    with PlanFile(path) as file:
        saved = file.save(merged.overlay)
    assert read_overlay(path, service.bank, "Northside") == saved


def test_an_own_action_that_is_no_longer_here_and_was_not_touched_stays_away(service: Service) -> None:
    sent, _ = with_own(service.blank, service.plan, {Field.TITLE: "Book a room"})
    assert service.merged(sent, service.blank, {}) == Merge((), (), service.blank)


TEXTS = st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=20).map(safe)
VALUES = st.fixed_dictionaries(
    {},
    optional={
        Field.TITLE: TEXTS,
        Field.OWNER: TEXTS,
        Field.DUE: st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)).map(str),
        Field.STATUS: st.sampled_from([*Status]).map(str),
        Field.HORIZON: st.sampled_from([*Stretch]).map(str),
        Field.COMMENTS: st.lists(TEXTS.filter(bool), max_size=3).map("\n".join),
        Field.SIGN: TEXTS,
        Field.DROPPED: TEXTS,
    },
)


@given(st.dictionaries(st.sampled_from(["a-2", "b-2"]), VALUES))
def test_taking_the_same_rows_twice_is_as_taking_them_once(edits: Mapping[str, Mapping[Field, str]]) -> None:
    service = _SHARED
    once = service.merged(service.blank, service.blank, edits)
    base = service.rows(service.blank)
    theirs = [ActionRow(row.name, {**row.values, **edits.get(row.name, {})}) for row in base]
    twice = merge(once.overlay, service.plan, service.live(once.overlay), base, theirs)
    assert (twice.changes, twice.conflicts, twice.overlay) == ((), (), once.overlay)
    assert [(change.name, change.field) for change in twice.emptied] == [
        (change.name, change.field) for change in once.emptied
    ]


def edited(overlay: Overlay, edits: Mapping[str, Mapping[Field, str]]) -> Overlay:
    """Return the overlay with the edits that a person could make here: no action loses its title."""
    for name, values in edits.items():
        for field, text in values.items():
            if text or field not in (Field.TITLE, Field.STATUS, Field.HORIZON):
                overlay = with_value(overlay, _SHARED.plan, name, field, text)
    return overlay


WHEN = st.fixed_dictionaries(
    {},
    optional={
        Field.DUE: st.sampled_from(["2027-01-31", "2028-01-31", ""]),
        Field.HORIZON: st.sampled_from([*Stretch]).map(str),
    },
)  # each says when, so they are tried together more often
EDITS = st.fixed_dictionaries({"a-2": VALUES, "b-2": WHEN})
SAME = st.sampled_from(["Book a room", "Meet the board"])
NEW_ROWS = st.lists(
    st.builds(
        lambda name, title, values: ActionRow(name, {**dict.fromkeys(Field, ""), **values, Field.TITLE: title}),
        st.sampled_from(["", FREE, f"{FREE[:-1]}2"]),
        SAME,
        VALUES,
    ),
    max_size=3,
    unique_by=lambda row: row.name or id(row),
)


@dataclass(frozen=True)
class Sides:
    """What was edited before a workbook went out, here since, in it and in a copy of it; and which side is preferred.

    ``later`` is edited here once the workbook was brought back. ``shown`` is when a row with a date went out as, and
    ``own`` are titles of actions that were added here.
    """

    before: Mapping[str, Mapping[Field, str]]
    since: Mapping[str, Mapping[Field, str]]
    theirs: Mapping[str, Mapping[Field, str]]
    later: Mapping[str, Mapping[Field, str]]
    new: list[ActionRow]
    copied: list[ActionRow]
    own: list[str]
    shown: Stretch
    prefers_workbook: bool


SIDES = st.builds(
    Sides,
    before=EDITS,
    since=EDITS,
    theirs=EDITS,
    later=EDITS,
    new=NEW_ROWS,
    copied=NEW_ROWS,
    own=st.lists(SAME, max_size=2),
    shown=st.sampled_from([*Stretch]),
    prefers_workbook=st.booleans(),
)


DATED_THERE_AND_PLACED_HERE = Sides(
    before={},
    since={"b-2": {Field.HORIZON: "room"}},
    theirs={"b-2": {Field.DUE: "2027-01-31", Field.HORIZON: "next"}},
    later={},
    new=[],
    copied=[],
    own=[],
    shown=Stretch.NOW,
    prefers_workbook=False,
)


@settings(max_examples=300)
@example(DATED_THERE_AND_PLACED_HERE)
@given(SIDES)
def test_the_second_time_changes_nothing_whatever_was_edited_here_and_there(sides: Sides) -> None:
    sent = edited(_SHARED.blank, sides.before)
    base = [
        ActionRow(row.name, {**row.values, Field.HORIZON: sides.shown} if row.values[Field.DUE] else row.values)
        for row in _SHARED.rows(sent)
    ]
    theirs = [*(ActionRow(row.name, {**row.values, **sides.theirs.get(row.name, {})}) for row in base), *sides.new]
    copy = [*base, *sides.copied]
    base += [written(FREE), written(f"{FREE[:-1]}2")]
    today = edited(sent, sides.since)
    for title in sides.own:
        today, _ = with_own(today, _SHARED.plan, {Field.TITLE: title})
    today = brought(today, base, copy, workbook=sides.prefers_workbook).overlay
    once = brought(today, base, theirs, workbook=sides.prefers_workbook).overlay
    twice = brought(once, base, theirs, workbook=sides.prefers_workbook)
    assert (twice.changes, twice.overlay) == ((), once)
    today = edited(once, sides.later)
    again = brought(today, base, theirs, workbook=False).overlay
    for name, values in sides.later.items():
        went_out = next(row.values for row in base if row.name == name)
        for field in values:
            if (chosen := getattr(today.edit(name), field)) and in_cell(chosen) != went_out[field]:
                assert getattr(again.edit(name), field) == chosen, "a change made here in between is never undone"


def in_cell(value: object) -> str:
    """Return a value of an edit as its cell says it."""
    return "\n".join(value) if isinstance(value, tuple) else str(value)


def brought(today: Overlay, base: list[ActionRow], rows: list[ActionRow], *, workbook: bool) -> Merge:
    """Return what comes of rows that are brought back, where those of the ``workbook`` or those here are preferred."""
    live = _SHARED.live(today)
    merged = merge(today, _SHARED.plan, live, base, rows)
    preferred = frozenset((change.name, change.field) for change in merged.conflicts if workbook)
    return merge(today, _SHARED.plan, live, base, rows, preferred)


@pytest.fixture(scope="module", autouse=True)
def _shared(tmp_path_factory: pytest.TempPathFactory) -> None:
    global _SHARED  # noqa: PLW0603 — hypothesis can't take a fixture of a single test
    _SHARED = Service(tmp_path_factory.mktemp("shared"))


_SHARED: Service
