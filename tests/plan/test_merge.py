from pathlib import Path

import pytest

from readiness.assessment.model import Team
from readiness.plan.edits import Field, with_own, with_value
from readiness.plan.edits_file import read_overlay
from readiness.plan.files import PlanFile
from readiness.plan.merge import ActionRow, ChangedValue, Merge, merge
from tests.plan.service import NEW, Service


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
    assert read_overlay(path, service.bank, Team(name="Northside")) == saved


def test_an_own_action_that_is_no_longer_here_and_was_not_touched_stays_away(service: Service) -> None:
    sent, _ = with_own(service.blank, service.plan, {Field.TITLE: "Book a room"})
    assert service.merged(sent, service.blank, {}) == Merge((), (), service.blank)
