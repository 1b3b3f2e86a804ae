"""Editing a plan in a terminal: which actions, what about them, and the new value. Pure: state and line make the next.

One value can be set for many actions at once, and several of one choice of actions in a row. Each change goes through
``readiness.plan.edits``, as an edit in a workbook does. Actions are chosen by the numbers they have everywhere.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from readiness.bank.model import OWN
from readiness.errors import InputError
from readiness.interview.lines import Room
from readiness.plan.edits import (
    DATE_FIRST,
    DETAILS_STAY,
    FIELD_WORDS,
    Choices,
    Field,
    choices_of,
    moved,
    numbered,
    parse_value,
    set_value,
    values_of,
    with_own,
)
from readiness.plan.model import PlannedAction
from readiness.plan.overlay import Overlay, Status
from readiness.plan.stretch import Stretch
from readiness.team import AssessedTeam
from readiness.text import unended
from readiness.words import key_of, picked, spelled


class EditStep(StrEnum):
    """What is asked for."""

    ACTIONS = "actions"
    FIELD = "field"
    VALUE = "value"
    SURE = "sure"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Editing:
    """Where the editing of the ``team``'s plan is, on the day ``today``.

    ``chosen`` are the ids of the actions that are edited; ``pending`` is a value that waits for a yes. ``just_done``
    are the numbers of the questions whose actions were marked as done by the last line. ``listed``: the plan is shown
    again; ``menu``: so is what can be changed. If the plan is longer than the window has ``room`` for, ``page`` of it
    is shown, counted from 0. After the last comes the first. ``room`` None is as long as it takes.
    """

    team: AssessedTeam
    today: dt.date
    step: EditStep = EditStep.ACTIONS
    chosen: tuple[str, ...] = ()
    field: Field | None = None
    pending: str = ""
    told: tuple[str, ...] = ()
    just_done: tuple[int, ...] = ()
    listed: bool = True
    menu: bool = True
    page: int = 0
    room: Room | None = None
    ended: bool = False

    @property
    def choices(self) -> Choices:
        """What can be chosen in the fields that take only certain values."""
        return choices_of(self.team.bank)

    @property
    def chosen_field(self) -> Field:
        """The field that is edited. Raises ValueError before one is chosen."""
        if self.field is None:
            raise ValueError("no field is chosen yet")
        return self.field

    @property
    def chosen_actions(self) -> Mapping[int, PlannedAction]:
        """The actions that are edited, by their numbers, in the order they were chosen."""
        actions = {action.id: action for action in self.actions.values()}
        return {actions[name].number: actions[name] for name in self.chosen if name in actions}

    @property
    def actions(self) -> Mapping[int, PlannedAction]:
        """Every action that can be edited, by its number. One no longer suggested leaves with its last edit."""
        return {action.number: action for action in self.team.plan.on(self.today).numbered}

    @property
    def overlay(self) -> Overlay:
        """The edits as they are now."""
        return self.team.overlay

    def with_edits(self, overlay: Overlay) -> "Editing":
        """Return the editing with these edits of the plan."""
        return replace(self, team=self.team.with_edits(overlay))


FIELDS = (
    Field.OWNER,
    Field.DUE,
    Field.STATUS,
    Field.COMMENTS,
    Field.TITLE,
    Field.DETAIL,
    Field.SIGN,
    Field.HORIZON,
    Field.DROPPED,
    Field.EFFORT,
    Field.DOMAIN,
)
"""What can be changed, in the order of the numbers that it is chosen by."""
TAKE_OUT = "-"
"""What empties a field: Enter alone never does."""
HELP: Mapping[EditStep, str] = {
    EditStep.ACTIONS: "Type the number of an action, or several. Then say what to change. Every change is saved at "
    "once. Where the plan is longer than the window, m shows more of it.",
    EditStep.FIELD: "Type the number in front of what you want to change, or its name. You can change several things "
    "in turn. l shows them again.",
    EditStep.VALUE: f"What you type replaces what is there. Enter alone leaves that; {TAKE_OUT} takes it out; b goes "
    "back.",
    EditStep.SURE: "The day you typed has passed. y takes it all the same, n lets you type another one.",
    EditStep.NEW: "Write what is to be done. When, who and the rest come after that. b goes back, and nothing is "
    "added.",
}
"""What ``?`` says, by what is asked for."""
_NUMBER = r"[0-9]{1,9}"
"""No list is longer, and Python refuses to read numbers of thousands of digits."""
_RANGE = rf"{_NUMBER}(?:\s*-\s*{_NUMBER})?"
_NUMBERS = re.compile(rf"{_RANGE}(?:(?:\s*,\s*|\s+){_RANGE})*")


def edited(editing: Editing, line: str) -> Editing:
    """Return where the editing is after a person typed ``line``. The overlay changes only with an accepted value."""
    typed = line.strip()
    now = replace(editing, told=(), just_done=(), listed=False, menu=False)
    if now.step in (EditStep.ACTIONS, EditStep.FIELD, EditStep.SURE):
        typed = spelled(typed, "bq?")
    else:  # any words may be the value, so only a whole word is taken for its key
        typed = key_of(typed, "b?") or typed
    word = typed.casefold()
    if word == "q" and editing.step in (EditStep.ACTIONS, EditStep.FIELD, EditStep.SURE):
        return replace(now, ended=True)
    if word == "b":
        return _back(now)
    if word == "?":
        return replace(now, told=(HELP[now.step],), menu=now.step is EditStep.FIELD)
    try:
        return _STEPS[editing.step](now, typed)
    except InputError as error:  # the plan is full
        return replace(now, told=tuple(problem.told for problem in error.problems))


def _back(now: Editing) -> Editing:
    if now.step is EditStep.ACTIONS:
        return replace(now, told=("This is the start. Type q to stop.",))
    if now.step is EditStep.SURE:
        return replace(now, step=EditStep.VALUE, pending="")
    return replace(now, step=EditStep.FIELD if now.step is EditStep.VALUE else EditStep.ACTIONS)


def _choose_actions(now: Editing, typed: str) -> Editing:
    actions, word = now.actions, typed.casefold()
    if word in ("l", "list", "m", "more"):
        return replace(now, listed=True, page=now.page + 1 if word in ("m", "more") else 0)
    if word == "new":
        return replace(now, step=EditStep.NEW)
    if word == "all":
        return replace(now, step=EditStep.FIELD, menu=True, chosen=tuple(each.id for each in now.team.plan.actions))
    if not _NUMBERS.fullmatch(word):
        return replace(now, told=("Type the numbers of actions, such as 3 or 1,4-6.",))
    ranges = [*_ranges(word)]
    wrong = [number for ends in ranges for number in ends if number not in actions]
    if wrong:
        return replace(now, told=(f"There is no action {wrong[0]} in the plan. l shows those that there are.",))
    chosen = (actions[number].id for first, last in ranges for number in sorted(actions) if first <= number <= last)
    return replace(now, step=EditStep.FIELD, menu=True, chosen=tuple(dict.fromkeys(chosen)))


def _ranges(word: str) -> Iterator[tuple[int, int]]:
    """Yield the first and the last number of each range; of a single number, it twice."""
    for part in re.findall(_RANGE, word):
        first, _, last = part.partition("-")
        lowest, highest = sorted((int(first), int(last or first)))
        yield lowest, highest


def _choose_field(now: Editing, typed: str) -> Editing:
    if not typed:
        return replace(now, step=EditStep.ACTIONS, chosen=())
    if typed.casefold() in ("l", "list"):
        return replace(now, menu=True)
    if (at := picked(typed, [FIELD_WORDS[field] for field in FIELDS])) is None:
        return replace(now, told=(f"Type a number from 1 to {len(FIELDS)}.",))
    return replace(now, step=EditStep.VALUE, field=FIELDS[at])


def _set(now: Editing, typed: str) -> Editing:
    if not typed:
        return replace(now, step=EditStep.FIELD, field=None, told=("Nothing was changed.",))
    typed = "" if typed == TAKE_OUT else typed
    choices = [*now.choices.get(now.chosen_field, {}).values()]
    if choices and typed:
        at = picked(typed, choices)
        typed = "?" if at is None else choices[at]
    try:
        value = parse_value(now.chosen_field, typed, now.choices)
    except ValueError as error:
        return replace(now, told=(f"Type a number from 1 to {len(choices)}." if choices else str(error),))
    if not value and now.chosen_field is Field.TITLE and any(name.startswith(OWN) for name in now.chosen):
        return replace(now, told=("An action of your own needs to say what to do.",))
    if now.chosen_field is Field.DUE and value and dt.date.fromisoformat(value) < now.today:
        return replace(now, step=EditStep.SURE, pending=value)
    return _taken(now, now.chosen_field, value)


def _sure(now: Editing, typed: str) -> Editing:
    word = typed.casefold()
    if word in ("y", "yes"):
        return _taken(replace(now, pending=""), Field.DUE, now.pending)
    if word in ("n", "no", ""):
        return replace(now, step=EditStep.VALUE, pending="")
    return replace(now, told=("Type y or n.",))


def _taken(now: Editing, field: Field, value: str) -> Editing:
    """Return the editing with the value in each chosen action, and in words what was changed about which."""
    overlay = now.overlay
    adds = field is Field.COMMENTS and bool(value)
    for name in now.chosen:
        text = f"{chr(10).join(overlay.edit(name).comments)}\n{value}".strip() if adds else value
        overlay = set_value(overlay, now.team.computed, name, field, text)
    if overlay != now.overlay:
        overlay = numbered(now.overlay, overlay, now.team.computed)
    before = {action.id: values_of(action)[field] for action in now.chosen_actions.values()}
    after = replace(now.with_edits(overlay), step=EditStep.FIELD, field=None)
    chosen = after.chosen_actions
    if not chosen:
        back = "Taken back, and saved. It is not in the plan now."
        return replace(after, step=EditStep.ACTIONS, chosen=(), told=(back,))
    told = [
        f"{number}. {unended(action.title)}: {moved(field, before[action.id], values_of(action)[field], now.choices)}"
        for number, action in [*chosen.items()][:SHOWN]
    ]
    if len(chosen) > SHOWN:
        told.append(f"and the same for {len(chosen) - SHOWN} more")
    if field is Field.TITLE and value and any(action.detail for action in chosen.values()):
        told.append(DETAILS_STAY)
    if field is Field.HORIZON and any(action.due for action in chosen.values()):
        told.append(DATE_FIRST)
    told.append("Saved.")
    done = chosen.values() if field is Field.STATUS and value == Status.DONE else ()
    return replace(
        after,
        chosen=tuple(action.id for action in chosen.values()),
        told=tuple(told),
        just_done=tuple(number for action in done for number in action.question_numbers),
    )


SHOWN = 5
"""How many of the chosen actions are named."""


def _add(now: Editing, typed: str) -> Editing:
    try:
        title = parse_value(Field.TITLE, typed, now.choices)
    except ValueError as error:
        return replace(now, told=(str(error),))
    if not title:
        return replace(now, told=("Say what to do, or b to go back.",))
    overlay, name = with_own(now.overlay, now.team.computed, {Field.TITLE: title, Field.HORIZON: Stretch.NEXT})
    added = replace(now.with_edits(overlay), step=EditStep.FIELD, menu=True, chosen=(name,))
    (number,) = added.chosen_actions
    return replace(added, told=(f"Added as action {number}, and saved.",))


_STEPS: Mapping[EditStep, Callable[[Editing, str], Editing]] = {
    EditStep.ACTIONS: _choose_actions,
    EditStep.FIELD: _choose_field,
    EditStep.VALUE: _set,
    EditStep.SURE: _sure,
    EditStep.NEW: _add,
}
