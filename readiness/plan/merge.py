"""Takes over what somebody edited apart from us, in rows that went out and came back: a merge of three sides."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from readiness.assessment.model import MAX_NOTE
from readiness.bank.model import OWN
from readiness.plan.edits import SUGGESTED, Field, Values, add_own, numbered, set_value, values_of
from readiness.plan.model import Plan
from readiness.plan.overlay import Edit, Overlay, Status, Wording
from readiness.text import safe


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action as somebody has it apart from us.

    ``name`` is its id, as it went out: rows for actions yet to be written went out with one, too. It is empty if
    they made a row themselves.
    """

    name: str
    values: Values


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """One value of one action that is to be, or could not be, changed. ``title`` says which action."""

    name: str
    title: str
    field: Field
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Merge:
    """What comes of laying somebody's rows over today's plan: the changes, and the overlay that has them.

    A conflict is a value that was changed here and there in different ways since the rows went out: the overlay has it
    as it is here. Whoever merges decides whether to keep an overlay while there are any. ``emptied`` are values that
    somebody took out and that an action always has: they stay. ``known_again`` are the actions that a new row was taken
    for by its title, if it says something else of them: it could be another action that is called the same.
    """

    changes: tuple[ChangedValue, ...]
    conflicts: tuple[ChangedValue, ...]
    overlay: Overlay
    emptied: tuple[ChangedValue, ...] = ()
    known_again: tuple[str, ...] = ()


Cell = tuple[str, Field]
"""A field of an action, which has this id."""


def merge(
    overlay: Overlay,
    computed: Plan,
    live: Plan,
    base: Iterable[ActionRow],
    theirs: Sequence[ActionRow],
    preferred: frozenset[Cell] = frozenset(),
) -> Merge:
    """Lay ``theirs``, edited rows that went out as ``base``, over the plan as it is now.

    ``live`` is ``computed`` with the edits of ``overlay``. A row that was taken out changes nothing. A row that became
    an action has its id, or, where it had none, is known again by the title it was written with. So is one that went
    out empty, if a row with its id in another copy became an action with another title: so the same rows can be taken
    over twice, and what was changed here in between is a conflict and never undone; unless it is among the
    ``preferred``, in which theirs is what somebody chose.
    Raises ValueError if a new row does not say what to do, and InputError if there is no room for all that is new.
    """
    sides = _Sides(
        overlay=overlay,
        computed=computed,
        preferred=preferred,
        sent={row.name: row.values for row in base},
        today={action.id: values_of(action) for action in (*live.actions, *live.dropped, *live.past)},
    )
    ids = ["" if sides.is_another(row) else row.name for row in theirs]
    unnamed = _by_first_title(overlay, frozenset(ids))
    went_out = {name for name, values in sides.sent.items() if values[Field.TITLE]}
    known_again: list[str] = []
    for row, own in zip(theirs, ids, strict=True):
        name = own
        if not own and (written := unnamed.get(row.values[Field.TITLE])):
            name = written.pop(0)
            sides.sent[name] = {Field.TITLE: row.values[Field.TITLE]}
        if name in sides.today or (name and not name.startswith(OWN)):
            told = len(sides.changes) + len(sides.conflicts)
            sides.edit(name, row.values)
            if row.name not in went_out and len(sides.changes) + len(sides.conflicts) > told:
                known_again.append(name)
        elif row.values != sides.sent.get(name, {}) and any(row.values.values()):
            sides.add(name, row.values)
    merged = numbered(overlay, sides.overlay, computed) if sides.changes else overlay
    return Merge(tuple(sides.changes), tuple(sides.conflicts), merged, tuple(sides.emptied), tuple(known_again))


def _by_first_title(overlay: Overlay, others: Container[str]) -> Mapping[str, list[str]]:
    """Return the ids of the team's own actions, but for ``others``, by the title that they were written with."""
    found = defaultdict[str, list[str]](list)
    for name, edit in overlay.actions.items():
        if name.startswith(OWN) and name not in others:
            found[_first_title(edit)].append(name)
    return found


def _first_title(edit: Edit) -> str:
    """Return the title that an own action was written with."""
    return safe((edit.before.title if edit.before else edit.title) or "")


def _never_empty(name: str, field: Field) -> bool:
    """Return whether an empty cell is a slip of the hand here, not a wish. Nobody need give their own action effort."""
    own = name.startswith(OWN)
    return field in (Field.TITLE, Field.STATUS, Field.HORIZON) or (field is Field.EFFORT and not own)


@dataclass(slots=True)
class _Sides:
    """What went out, what is here today, and what comes of it, row by row."""

    overlay: Overlay
    computed: Plan
    preferred: frozenset[Cell]
    sent: dict[str, Values]
    today: dict[str, Values]
    changes: list[ChangedValue] = field(default_factory=list)
    conflicts: list[ChangedValue] = field(default_factory=list)
    emptied: list[ChangedValue] = field(default_factory=list)

    def is_another(self, row: ActionRow) -> bool:
        """Return whether a row that went out empty became one action here and another in theirs: their titles tell."""
        sent, here = self.sent.get(row.name), self.overlay.edit(row.name)
        if sent is None or sent[Field.TITLE] or here.title is None:
            return False
        return row.values[Field.TITLE] not in ("", safe(here.title), _first_title(here))

    def edit(self, name: str, values: Values) -> None:
        """Take over what was changed about an action that is here, or was."""
        before = self.sent.get(name) or self.today.get(name, {})
        now = self.today.get(name, before)
        for key, text in values.items():
            was, current = before.get(key, ""), now.get(key, "")
            # A row goes out with where it was shown: as its date says, or if there was room. So only what a person
            # chose here can be another choice; where a date stood before it, nobody knows if it is a new one.
            if key is Field.HORIZON:
                current = self.overlay.edit(name).horizon or was
            if text in (was, current):
                continue
            change = ChangedValue(name, now.get(Field.TITLE) or name, key, current, text)
            if not text and _never_empty(name, key):
                self.emptied.append(change)
                continue
            if current != was and (name, key) not in self.preferred:
                self.conflicts.append(change)
                continue
            edited = _kept(set_value(self.overlay, self.computed, name, key, text), name, before)
            if not _alike(edited.edit(name), self.overlay.edit(name)):  # an emptied cell, where the plan says it itself
                self.changes.append(change)
                self.overlay = edited

    def add(self, name: str, values: Values) -> None:
        """Take over a new action of their own, or one that they went on with and that is no longer in the file."""
        title = values[Field.TITLE] or self.sent.get(name, {}).get(Field.TITLE, "")
        self.overlay, name = add_own(self.overlay, {**values, Field.TITLE: title}, name or None)
        self.changes += [
            ChangedValue(name, title, key, "", text)
            for key, text in {**values, Field.TITLE: title}.items()
            if text and not (key is Field.STATUS and text == Status.TODO)
        ]


def _alike(one: Edit, other: Edit) -> bool:
    return one.model_copy(update={"before": None}) == other.model_copy(update={"before": None})


def _kept(overlay: Overlay, name: str, sent: Values) -> Overlay:
    """Return the overlay with what the action said when it went out, where today's plan no longer has it."""
    edit = overlay.edit(name)
    if edit.before is not None or edit.empty or name.startswith(OWN):
        return overlay
    said = {"title": name} | {field.value: text[:MAX_NOTE] for field in SUGGESTED if (text := sent.get(field))}
    return overlay.with_edit(name, edit.model_copy(update={"before": Wording.model_validate(said)}))
