"""Editing a plan in a terminal: which actions, what about them, and the new value. Pure: state and line make the next.

One value can be set for many actions at once. Each change goes through ``readiness.plan.changes``, as an edit in a
workbook does.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from readiness.bank.model import OWN, Horizon
from readiness.interview.lines import Line, Part, Screen
from readiness.plan.changes import (
    FIELD_WORDS,
    Choices,
    Field,
    choices_of,
    in_words,
    parse_value,
    values_of,
    with_own,
    with_value,
)
from readiness.plan.live import live_plan
from readiness.plan.model import Plan, PlannedAction
from readiness.plan.overlay import STATUS_WORDS, Overlay
from readiness.scoring.score import Standings
from readiness.text import counted


class Step(StrEnum):
    """What is asked for."""

    ACTIONS = "actions"
    FIELD = "field"
    VALUE = "value"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Editing:
    """Where the editing is. ``computed`` is the plan before any edit, ``chosen`` are ids of actions."""

    computed: Plan
    standings: Standings
    overlay: Overlay
    step: Step = Step.ACTIONS
    chosen: tuple[str, ...] = ()
    field: Field | None = None
    told: str = ""
    ended: bool = False

    @property
    def choices(self) -> Choices:
        """What can be chosen in the fields that take only certain values."""
        return choices_of(self.standings.bank)

    @property
    def actions(self) -> tuple[PlannedAction, ...]:
        """Every action that can be edited, in the order of their numbers."""
        live = live_plan(self.computed, self.overlay, self.standings)
        return (*live.actions, *live.past, *live.dropped)


_FIELDS = (
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
_ASKED: Mapping[Field, str] = {
    Field.OWNER: "Who does it? A name, or a role.",
    Field.DUE: "By when? Write a date, such as 31/01/2027.",
    Field.STATUS: "How far is it?",
    Field.COMMENTS: "What do you want to note? It is added to what is there.",
    Field.TITLE: "What to do, in your own words?",
    Field.DETAIL: "The details, in your own words?",
    Field.SIGN: "How will you know that it worked?",
    Field.HORIZON: "When?",
    Field.DROPPED: "Why will you not do it?",
    Field.EFFORT: "What does it take?",
    Field.DOMAIN: "Which part does it belong to?",
}
_NUMBER = r"[0-9]{1,9}"
"""No list is longer, and Python refuses to read numbers of thousands of digits."""
_RANGE = rf"{_NUMBER}(?:\s*-\s*{_NUMBER})?"
_NUMBERS = re.compile(rf"{_RANGE}(?:\s*[,\s]\s*{_RANGE})*")


def editing_screen(editing: Editing) -> Screen:
    """Return what to show, and the prompt."""
    return Screen(tuple(_lines(editing)), "> ")


def _lines(editing: Editing) -> Iterator[Line]:
    """Yield what to show. What a person is told comes right before the question: a list may be longer than a screen."""
    told = [Line(Part.TOLD, editing.told)] if editing.told else []
    match editing.step:
        case Step.ACTIONS:
            yield Line(Part.HEADING, "The plan")
            for number, action in enumerate(editing.actions, start=1):
                yield Line(Part.CHOICE, _summary(action), str(number))
            yield from told
            yield Line(Part.QUESTION, "Which actions? One value can be set for many.")
            yield Line(Part.HINT, "Numbers, such as 3 or 1,4-6; all; new for an action of your own; q to stop.")
        case Step.FIELD:
            for action in _chosen(editing)[:_SHOWN]:
                yield Line(Part.HEADING, _summary(action))
            if len(editing.chosen) > _SHOWN:
                yield Line(Part.TEXT, f"and {len(editing.chosen) - _SHOWN} more")
            yield from told
            yield Line(Part.QUESTION, "What do you want to change?")
            for number, field in enumerate(_FIELDS, start=1):
                yield Line(Part.CHOICE, _offered(editing, field), str(number))
            yield Line(Part.HINT, "A number; b to go back; q to stop.")
        case Step.VALUE if editing.field is not None:
            yield from told
            yield Line(Part.QUESTION, _ASKED[editing.field])
            for number, words in enumerate(editing.choices.get(editing.field, {}).values(), start=1):
                yield Line(Part.CHOICE, words, str(number))
            yield Line(Part.HINT, "Press Enter alone to take out what is there; b to go back.")
        case _:
            yield from told
            yield Line(Part.QUESTION, "What do you want to do? Say it in one sentence.")
            yield Line(Part.HINT, "b to go back.")


_SHOWN = 5
"""How many of the chosen actions are named again."""


def _summary(action: PlannedAction) -> str:
    facts = [action.assigned or "", f"by {action.due.day} {action.due:%b %Y}" if action.due else ""]
    facts.append(f"taken out: {action.dropped}" if action.dropped else STATUS_WORDS[action.status])
    return f"{action.title} ({', '.join(fact for fact in facts if fact)})"


def _offered(editing: Editing, field: Field) -> str:
    """Return the field's words, with what stands in it where one action is chosen."""
    words = FIELD_WORDS[field]
    if len(editing.chosen) != 1:
        return words
    (action,) = _chosen(editing)
    text = in_words(field, values_of(action)[field], editing.choices)
    return f"{words}: {text}" if text else words


def _chosen(editing: Editing) -> list[PlannedAction]:
    by_id = {action.id: action for action in editing.actions}
    return [by_id[name] for name in editing.chosen]


def edited(editing: Editing, line: str) -> Editing:
    """Return where the editing is after a person typed ``line``. The overlay changes only with an accepted value."""
    typed = line.strip()
    now = replace(editing, told="")
    word = typed.casefold()
    if word == "q" and editing.step in (Step.ACTIONS, Step.FIELD):
        return replace(now, ended=True)
    if word == "b" and editing.step is not Step.ACTIONS:
        return replace(now, step=Step.FIELD if editing.step is Step.VALUE else Step.ACTIONS)
    match editing.step:
        case Step.ACTIONS:
            return _choose_actions(now, word)
        case Step.FIELD:
            return _choose_field(now, typed)
        case Step.NEW:
            return _add(now, typed)
    return _set(now, typed)


def _choose_actions(now: Editing, word: str) -> Editing:
    names = [action.id for action in now.actions]
    if word == "new":
        return replace(now, step=Step.NEW)
    if word == "all":
        return replace(now, step=Step.FIELD, chosen=tuple(names))
    if not _NUMBERS.fullmatch(word):
        return replace(now, told="Type the numbers of actions, such as 3 or 1,4-6.")
    numbers = [*_numbers(word)]
    wrong = [number for number in numbers if not 1 <= number <= len(names)]
    if wrong:
        return replace(now, told=f"There is no action {wrong[0]}. They go from 1 to {len(names)}.")
    return replace(now, step=Step.FIELD, chosen=tuple(dict.fromkeys(names[number - 1] for number in numbers)))


def _numbers(word: str) -> Iterator[int]:
    for part in re.findall(_RANGE, word):
        first, _, last = part.partition("-")
        # A range that is absurdly long is cut: the first number outside is told either way.
        yield from range(int(first), min(int(last or first), int(first) + 9999) + 1)


def _choose_field(now: Editing, typed: str) -> Editing:
    if not re.fullmatch(_NUMBER, typed) or not 1 <= int(typed) <= len(_FIELDS):
        return replace(now, told=f"Type a number from 1 to {len(_FIELDS)}.")
    return replace(now, step=Step.VALUE, field=_FIELDS[int(typed) - 1])


def _set(now: Editing, typed: str) -> Editing:
    assert now.field is not None  # noqa: S101 — a value is asked for only once a field is chosen
    choices = [*now.choices.get(now.field, {}).values()]
    if choices and re.fullmatch(_NUMBER, typed):
        typed = choices[int(typed) - 1] if 1 <= int(typed) <= len(choices) else "?"
    try:
        value = parse_value(now.field, typed, now.choices)
    except ValueError as error:
        return replace(now, told=f"Type a number from 1 to {len(choices)}." if choices else str(error))
    if not value and now.field is Field.TITLE and any(name.startswith(OWN) for name in now.chosen):
        return replace(now, told="An action of your own needs to say what to do.")
    overlay = now.overlay
    for name in now.chosen:
        text = f"{chr(10).join(overlay.edit(name).comments)}\n{value}".strip() if _adds(now.field, value) else value
        overlay = with_value(overlay, now.computed, name, now.field, text)
    words = in_words(now.field, value, now.choices) or "taken back"
    done = f"{FIELD_WORDS[now.field]}: {words}, for {counted(len(now.chosen), 'action')}. Saved."
    return replace(now, step=Step.ACTIONS, overlay=overlay, chosen=(), field=None, told=done)


def _adds(field: Field, value: str) -> bool:
    return field is Field.COMMENTS and bool(value)


def _add(now: Editing, typed: str) -> Editing:
    try:
        title = parse_value(Field.TITLE, typed, now.choices)
    except ValueError as error:
        return replace(now, told=str(error))
    if not title:
        return replace(now, told="Say what to do, or b to go back.")
    overlay, name = with_own(now.overlay, {Field.TITLE: title, Field.HORIZON: Horizon.NEXT})
    return replace(now, step=Step.FIELD, overlay=overlay, chosen=(name,), told="Added, and saved.")
