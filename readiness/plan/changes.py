"""Changes to a plan, value by value: the one way in which the prompts and a spreadsheet edit it.

A value is text: an empty one takes a person's edit back, so that what the plan says itself stands again.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from readiness.bank.model import OWN, Horizon
from readiness.language import N_
from readiness.plan.live import wording_of
from readiness.plan.model import Plan, PlannedAction
from readiness.plan.overlay import STATUS_WORDS, Edit, Overlay, Status, Wording, own_id, parse_due, parse_status
from readiness.text import safe, safe_lines


class Field(StrEnum):
    """What a person can edit about an action."""

    TITLE = "title"
    DETAIL = "detail"
    OWNER = "owner"
    DUE = "due"
    STATUS = "status"
    COMMENTS = "comments"
    SIGN = "sign"
    HORIZON = "horizon"
    DROPPED = "dropped"


FIELD_WORDS: Mapping[Field, str] = {
    Field.TITLE: "What to do",
    Field.DETAIL: "Details",
    Field.OWNER: "Who",
    Field.DUE: "By when",
    Field.STATUS: "Status",
    Field.COMMENTS: "Comments",
    Field.SIGN: "How you will know",
    Field.HORIZON: "When",
    Field.DROPPED: "Taken out because",
}
"""The fields as a person reads them: in prompts, and as the headings of a workbook."""

ID_HEADING = "Id"
"""The heading of the column that says which action a row of a workbook is about."""

SENT_SHEET = "readiness"
"""The hidden sheet of a workbook that holds what stood in its rows when it went out, and for which team."""

HORIZON_WORDS: Mapping[Horizon, str] = {
    Horizon.NOW: N_("Now"),
    Horizon.NEXT: N_("Next"),
    Horizon.LATER: N_("Later"),
}
"""The stretches of time as a person reads and writes them."""

Values = Mapping[Field, str]
"""What stands in an action's fields; dates as 2027-01-31, statuses and horizons by their id, a comment on each line."""


@dataclass(frozen=True, slots=True)
class Row:
    """An action as somebody has edited it apart from us. ``name`` is empty for an action of their own that is new."""

    name: str
    values: Values


@dataclass(frozen=True, slots=True)
class Change:
    """One value of one action that is to be, or could not be, changed. ``title`` says which action."""

    name: str
    title: str
    field: Field
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Merge:
    """What comes of laying somebody's rows over today's plan: the changes, the conflicts, and the overlay with both.

    A conflict is a value that was changed here and there in different ways since the rows went out: it is not taken.
    """

    changes: tuple[Change, ...]
    conflicts: tuple[Change, ...]
    overlay: Overlay


MAX_NAME, MAX_NOTE = 300, 20_000
"""Characters that a title or a name, and any other text, may have."""


def parse_value(field: Field, text: str) -> str:
    """Return ``text`` as it is kept: without control characters, and in one line but for comments.

    Raises ValueError, which says what to do, where it is no date, no status or no horizon, or is too long.
    """
    words = "\n".join(safe_lines(text)) if field is Field.COMMENTS else safe(text)
    limit = MAX_NAME if field in (Field.TITLE, Field.OWNER) else MAX_NOTE
    if len(words) > limit:
        raise ValueError(f"Keep it to {limit} characters.")
    if not words or field not in _PARSERS:
        return words
    try:
        return _PARSERS[field](words)
    except ValueError:
        raise ValueError(_WANTED[field]) from None


_PARSERS: Mapping[Field, Callable[[str], str]] = {
    Field.DUE: lambda text: parse_due(text).isoformat(),
    Field.STATUS: parse_status,
    Field.HORIZON: lambda text: Horizon(text.casefold()),
}
_WANTED: Mapping[Field, str] = {
    Field.DUE: "Write a date, such as 31/01/2027.",
    Field.STATUS: f"Use one of: {', '.join(STATUS_WORDS.values())}.",
    Field.HORIZON: f"Use one of: {', '.join(HORIZON_WORDS.values())}.",
}


def values_of(action: PlannedAction) -> Values:
    """Return what stands in the fields of an action, as computed or with edits, in the form ``parse_value`` gives."""
    return {
        Field.TITLE: safe(action.title),
        Field.DETAIL: safe(action.detail),
        Field.OWNER: safe(action.assigned or ""),
        Field.DUE: action.due.isoformat() if action.due else "",
        Field.STATUS: action.status,
        Field.COMMENTS: "\n".join(line for comment in action.comments for line in safe_lines(comment)),
        Field.SIGN: safe(action.sign),
        Field.HORIZON: action.horizon,
        Field.DROPPED: safe(action.dropped or ""),
    }


def with_value(overlay: Overlay, computed: Plan, name: str, field: Field, text: str) -> Overlay:
    """Return the overlay with ``field`` of the action set to ``text``, as ``parse_value`` gives it.

    ``computed`` is the plan before any edit: a value that is the plan's own is no edit.
    """
    edit = overlay.edit(name)
    action = next((action for action in computed.actions if action.id == name), None)
    own = values_of(action)[field] if action else ""
    value = _typed(field, "" if text == own else text)
    before = wording_of(action) if action else edit.before
    return overlay.with_edit(name, edit.model_copy(update={field: value, "before": before}))


def _typed(field: Field, text: str) -> object:
    if field is Field.COMMENTS:
        return tuple(text.splitlines())
    if not text:
        return None
    match field:
        case Field.DUE:
            return dt.date.fromisoformat(text)
        case Field.STATUS:
            return None if text == Status.TODO else Status(text)
        case Field.HORIZON:
            return Horizon(text)
    return text


def with_own(overlay: Overlay, values: Values) -> tuple[Overlay, str]:
    """Return the overlay with a new action of the team's own, and the action's id."""
    title = values[Field.TITLE]
    name = own_id(title, overlay.actions)
    edit = Edit(title=title).model_copy(
        update={field: _typed(field, text) for field, text in values.items() if field is not Field.TITLE and text}
    )
    return overlay.with_edit(name, edit), name


def merge(overlay: Overlay, computed: Plan, live: Plan, base: Iterable[Row], theirs: Iterable[Row]) -> Merge:
    """Lay ``theirs``, edited rows that went out as ``base``, over the plan as it is now: a merge of three sides.

    ``live`` is ``computed`` with the edits of ``overlay``. A row that was taken out changes nothing.
    """
    sent = {row.name: row.values for row in base}
    today = {action.id: values_of(action) for action in (*live.actions, *live.dropped, *live.past)}
    changes: list[Change] = []
    conflicts: list[Change] = []
    for row in theirs:
        name = row.name or _same_own(overlay, row.values)
        if not name:
            overlay, name = with_own(overlay, row.values)
            changes.append(Change(name, row.values[Field.TITLE], Field.TITLE, "", row.values[Field.TITLE]))
            continue
        before = sent.get(name) or today.get(name, {})
        now = today.get(name, before)
        for field, text in row.values.items():
            was, current = before.get(field, ""), now.get(field, "")
            if text in (was, current) or (not text and field in _NEVER_EMPTY):
                continue
            change = Change(name, now.get(Field.TITLE) or name, field, current, text)
            if current != was:
                conflicts.append(change)
                continue
            edited = _kept(with_value(overlay, computed, name, field, text), name, before)
            if not _alike(edited.edit(name), overlay.edit(name)):  # an emptied cell, where the plan says it itself
                changes.append(change)
                overlay = edited
    return Merge(tuple(changes), tuple(conflicts), overlay)


_NEVER_EMPTY = (Field.TITLE, Field.STATUS, Field.HORIZON)
"""An empty cell here is a slip of the hand, not a wish."""


def _alike(one: Edit, other: Edit) -> bool:
    return one.model_copy(update={"before": None}) == other.model_copy(update={"before": None})


def _same_own(overlay: Overlay, values: Values) -> str:
    """Return the id of the team's own action that says the same, so that the same rows can be taken twice."""
    titles = {edit.title: name for name, edit in overlay.actions.items() if name.startswith(OWN)}
    return titles.get(values[Field.TITLE], "")


def _kept(overlay: Overlay, name: str, sent: Values) -> Overlay:
    """Return the overlay with what the action said when it went out, where today's plan no longer has it."""
    edit = overlay.edit(name)
    if edit.before is not None or edit.empty or name.startswith(OWN):
        return overlay
    wording = Wording(title=sent.get(Field.TITLE) or name, detail=sent.get(Field.DETAIL) or None)
    return overlay.with_edit(name, edit.model_copy(update={"before": wording}))
