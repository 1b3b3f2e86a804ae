import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.bank.model import Bank, Horizon
from readiness.plan.build import build_plan
from readiness.plan.changes import Field, Merge, Row, merge, parse_value, values_of, with_own, with_value
from readiness.plan.live import live_plan
from readiness.plan.model import Plan, PlannedAction
from readiness.plan.overlay import Edit, Overlay, Status
from readiness.scoring.score import Standings, standings
from tests.conftest import assessment
from tests.small import small_bank


class Service:
    """A service with two open actions, ``a-2`` and ``b-2``, and its plan without edits."""

    def __init__(self, folder: Path) -> None:
        self.bank: Bank = small_bank(folder, "[{id: a}, {id: b}]")
        self.standings: Standings = standings(self.bank, [assessment(self.bank, {"a": 1, "b": 1})])
        self.plan: Plan = build_plan(self.standings, self.standings.score())
        self.blank = Overlay.blank(self.bank, "Northside")

    def live(self, overlay: Overlay) -> Plan:
        return live_plan(self.plan, overlay, self.standings)

    def rows(self, overlay: Overlay) -> list[Row]:
        live = self.live(overlay)
        return [Row(action.id, values_of(action)) for action in (*live.actions, *live.past, *live.dropped)]

    def merged(self, sent: Overlay, today: Overlay, edits: Mapping[str, Mapping[Field, str]]) -> Merge:
        """Return what comes of sending ``sent`` out, changing its rows by ``edits``, and taking them in ``today``."""
        base = self.rows(sent)
        theirs = [Row(row.name, {**row.values, **edits.get(row.name, {})}) for row in base]
        return merge(today, self.plan, self.live(today), base, theirs)

    def action(self, overlay: Overlay, name: str = "a-2") -> PlannedAction:
        return next(action for action in self.live(overlay).actions if action.id == name)


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        (Field.OWNER, "  Sam Okafor ", "Sam Okafor"),
        (Field.DUE, "31/1/2027", "2027-01-31"),
        (Field.DUE, "2027-01-31", "2027-01-31"),
        (Field.STATUS, "To do", "todo"),
        (Field.STATUS, "DONE", "done"),
        (Field.HORIZON, "Later", "later"),
        (Field.COMMENTS, " one \n\n two ", "one\ntwo"),
        *[(field, "  ", "") for field in Field],
    ],
)
def test_a_value_is_kept_as_it_is_meant(field: Field, typed: str, kept: str) -> None:
    assert parse_value(field, typed) == kept


@pytest.mark.parametrize(
    ("field", "typed", "todo"),
    [
        (Field.DUE, "soon", "Write a date, such as 31/01/2027."),
        (Field.DUE, "31/02/2027", "Write a date, such as 31/01/2027."),
        (Field.STATUS, "nearly", "Use one of: To do, Doing, Stuck, Done."),
        (Field.HORIZON, "today", "Use one of: Now, Next, Later."),
        (Field.TITLE, "x" * 301, "Keep it to 300 characters."),
        (Field.OWNER, "x" * 301, "Keep it to 300 characters."),
        (Field.DETAIL, "x" * 20_001, "Keep it to 20000 characters."),
    ],
)
def test_what_is_not_understood_is_refused_with_what_to_do(field: Field, typed: str, todo: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(todo)}$"):
        parse_value(field, typed)


@given(st.sampled_from([*Field]), st.text())
def test_whatever_is_taken_can_be_kept_in_a_file_and_read_again(field: Field, typed: str) -> None:
    try:
        value = parse_value(field, typed)
    except ValueError:
        return
    overlay = with_value(_SHARED.blank, _SHARED.plan, "a-2", field, value)
    assert Overlay.model_validate_json(overlay.to_json()) == overlay
    assert parse_value(field, value) == value


NEW = {
    Field.TITLE: "In our words",
    Field.DETAIL: "In detail",
    Field.OWNER: "Sam Okafor",
    Field.DUE: "2027-01-31",
    Field.STATUS: "doing",
    Field.COMMENTS: "one\ntwo",
    Field.SIGN: "A signed page",
    Field.HORIZON: "later",
    Field.DROPPED: "Not ours to do",
}


def test_each_field_can_be_set_and_then_reads_back(service: Service) -> None:
    overlay = service.blank
    for field, text in NEW.items():
        overlay = with_value(overlay, service.plan, "a-2", field, text)
    (dropped,) = service.live(overlay).dropped
    assert values_of(dropped) == NEW
    assert (dropped.due, dropped.status, dropped.horizon) == (dt.date(2027, 1, 31), Status.DOING, Horizon.LATER)


@given(st.permutations(list(NEW)))
def test_taking_every_value_back_leaves_no_edit_in_whatever_order(order: list[Field]) -> None:
    service = _SHARED
    overlay = service.blank
    for field in order:
        overlay = with_value(overlay, service.plan, "a-2", field, NEW[field])
    for field in reversed(order):
        overlay = with_value(overlay, service.plan, "a-2", field, "")
    assert overlay == service.blank


def test_a_value_that_the_plan_has_itself_is_no_edit(service: Service) -> None:
    own = values_of(service.action(service.blank))
    overlay = with_value(service.blank, service.plan, "a-2", Field.OWNER, "Sam")
    for field in Field:
        overlay = with_value(overlay, service.plan, "a-2", field, own[field])
    assert overlay == service.blank


def test_an_edit_keeps_what_the_action_said_then(service: Service) -> None:
    edit = with_value(service.blank, service.plan, "a-2", Field.OWNER, "Sam").edit("a-2")
    assert edit.before is not None
    assert edit.before.title == service.action(service.blank).title


def test_an_own_action_has_an_id_of_its_own_and_what_was_said(service: Service) -> None:
    overlay, name = with_own(service.blank, {**NEW, Field.DROPPED: ""})
    assert name == "own-in-our-words"
    assert values_of(service.action(overlay, name)) == {**NEW, Field.DROPPED: ""}
    _, other = with_own(overlay, {Field.TITLE: "In our words!"})
    assert other == "own-in-our-words-2"


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


@pytest.mark.parametrize("field", [Field.TITLE, Field.STATUS, Field.HORIZON])
def test_an_emptied_cell_that_must_say_something_is_a_slip(service: Service, field: Field) -> None:
    today = with_value(service.blank, service.plan, "a-2", field, NEW[field])
    assert service.merged(today, today, {"a-2": {field: ""}}) == Merge((), (), today)


def test_an_emptied_cell_takes_the_edit_back(service: Service) -> None:
    today = with_value(service.blank, service.plan, "a-2", Field.OWNER, "Sam")
    assert service.merged(today, today, {"a-2": {Field.OWNER: ""}}).overlay == service.blank


def test_a_row_that_was_deleted_changes_nothing(service: Service) -> None:
    today = with_value(service.blank, service.plan, "a-2", Field.OWNER, "Sam")
    base = service.rows(today)
    assert merge(today, service.plan, service.live(today), base, base[1:]) == Merge((), (), today)


def test_a_new_row_is_an_action_of_their_own_and_is_taken_once(service: Service) -> None:
    row = Row("", {**dict.fromkeys(Field, ""), Field.TITLE: "Book a room", Field.OWNER: "Ann"})
    base = service.rows(service.blank)
    first = merge(service.blank, service.plan, service.live(service.blank), base, [*base, row])
    assert [(change.name, change.after) for change in first.changes] == [("own-book-a-room", "Book a room")]
    assert service.action(first.overlay, "own-book-a-room").assigned == "Ann"
    again = merge(first.overlay, service.plan, service.live(first.overlay), base, [*base, row])
    assert again == Merge((), (), first.overlay)


def test_an_edit_of_an_action_that_has_gone_since_keeps_what_it_said(service: Service) -> None:
    gone = Row("old-2", {**dict.fromkeys(Field, ""), Field.TITLE: "An old step", Field.DETAIL: "In detail"})
    theirs = Row("old-2", {**gone.values, Field.OWNER: "Sam"})
    merged = merge(service.blank, service.plan, service.live(service.blank), [gone], [theirs])
    (past,) = service.live(merged.overlay).past
    assert (past.title, past.detail, past.assigned) == ("An old step", "In detail", "Sam")
    twice = merge(
        merged.overlay,
        service.plan,
        service.live(merged.overlay),
        [theirs],
        [Row("old-2", {**theirs.values, Field.SIGN: "Seen"})],
    )
    (past,) = service.live(twice.overlay).past
    assert (past.title, past.sign) == ("An old step", "Seen")


def test_an_edit_of_an_action_that_nobody_knows_keeps_at_least_its_id(service: Service) -> None:
    row = Row("old-2", {**dict.fromkeys(Field, ""), Field.OWNER: "Sam"})
    merged = merge(service.blank, service.plan, service.live(service.blank), [], [row])
    assert merged.overlay.edit("old-2").before is not None
    (past,) = service.live(merged.overlay).past
    assert past.title == "old-2"


def test_an_own_action_that_comes_back_after_it_was_taken_out_here_is_there_again(service: Service) -> None:
    sent, name = with_own(service.blank, {Field.TITLE: "Book a room"})
    merged = service.merged(sent, sent, {name: {Field.SIGN: "It is booked"}})
    assert merged.overlay.edit(name) == Edit(title="Book a room", sign="It is booked")


TEXTS = st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=20).map(str.strip)
VALUES = st.fixed_dictionaries(
    {},
    optional={
        Field.TITLE: TEXTS,
        Field.OWNER: TEXTS,
        Field.DUE: st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)).map(str),
        Field.STATUS: st.sampled_from([*Status]).map(str),
        Field.HORIZON: st.sampled_from([*Horizon]).map(str),
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
    theirs = [Row(row.name, {**row.values, **edits.get(row.name, {})}) for row in base]
    twice = merge(once.overlay, service.plan, service.live(once.overlay), base, theirs)
    assert twice == Merge((), (), once.overlay)


@pytest.fixture(scope="module", autouse=True)
def _shared(tmp_path_factory: pytest.TempPathFactory) -> None:
    global _SHARED  # noqa: PLW0603 — hypothesis can't take a fixture of a single test
    _SHARED = Service(tmp_path_factory.mktemp("shared"))


_SHARED: Service
