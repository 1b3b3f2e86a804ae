"""A workbook that is brought back a second time changes nothing."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from readiness.plan.edits import Field, with_own, with_value
from readiness.plan.merge import ActionRow, Merge, merge
from readiness.plan.overlay import Overlay, Status
from readiness.plan.stretch import Stretch
from readiness.text import safe
from tests.plan.service import FREE, Service, written

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


@settings(max_examples=100)
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
