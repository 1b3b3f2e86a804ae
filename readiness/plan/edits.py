"""Changes to a plan, value by value: the one way in which the prompts and a workbook edit it.

A value is text: an empty one takes a person's edit back, so that what the plan says itself stands again.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from readiness.assessment.model import MAX_NOTE
from readiness.bank.action_words import TEXTS
from readiness.bank.model import Bank
from readiness.dates import typed_day
from readiness.language import N_, _, n_
from readiness.plan.apply import in_order_of_numbers, wording_of
from readiness.plan.model import Mark, Plan, PlannedAction
from readiness.plan.overlay import STATUS_WORDS, Edit, Overlay, OwnIds, Status, Wording
from readiness.plan.stretch import Stretch
from readiness.text import listed, parse_number, safe, safe_lines
from readiness.words import CELL_NO, CELL_YES, NO, YES


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
    EFFORT = "effort"
    DOMAIN = "domain"


SUGGESTED = tuple(field for field in Field if field in TEXTS and field is not Field.OWNER)
"""The fields whose texts the plan suggests. The owner that it suggests is a role, and the one who is named a person."""

FIELD_WORDS: Mapping[Field, str] = {
    Field.TITLE: "What to do",
    Field.DETAIL: "Details",
    Field.OWNER: "Who",
    Field.DUE: "By when",
    Field.STATUS: "Status",
    Field.COMMENTS: "Comments",
    Field.SIGN: "How you will know",
    Field.HORIZON: "When",
    Field.DROPPED: "Remove from the plan (say why)",
    Field.EFFORT: "Effort",
    Field.DOMAIN: "Part",
}
"""The fields as a person reads them: in prompts, and as the headings of a workbook."""

HORIZON_WORDS: Mapping[str, str] = {
    Stretch.NOW: N_("Now"),
    Stretch.ROOM: N_("When you have room"),
    Stretch.NEXT: N_("Next"),
    Stretch.LATER: N_("Later"),
}
"""The stretches of time as a person reads and writes them."""

EFFORT_WORDS: Mapping[int, str] = {
    1: N_("a meeting or a page"),
    2: N_("some weeks of someone’s time"),
    3: N_("months, money or a change of policy"),
}
"""What an action takes, as a person reads and writes it."""

MARK_WORDS: Mapping[Mark, str] = {
    Mark.REACHED: N_("Your answers say that you have got there."),
    Mark.NOT_NOW: N_("It is not the next step today."),
    Mark.GONE: N_("The questions have changed, and no longer suggest this."),
    Mark.REWORDED: N_("The suggestion has been put in other words since you edited this."),
}
"""What a person who edited an action should know of it."""

Values = Mapping[Field, str]
"""What stands in an action's fields; dates as 2027-01-31, choices by their id, a comment on each line."""

Choices = Mapping[Field, Mapping[str, str]]
"""The fields that take only certain values: each value with its words."""


def choices_of(bank: Bank) -> Choices:
    """Return what can be chosen in a plan that is made from ``bank``."""
    return part_choices({domain.id: safe(domain.title) for domain in bank.domains})


def part_choices(parts: Mapping[str, str]) -> Choices:
    """Return what can be chosen in a plan whose bank has these ``parts``: titles of domains, by their ids."""
    return {
        Field.STATUS: {status.value: words for status, words in STATUS_WORDS.items()},
        Field.HORIZON: {stretch.value: HORIZON_WORDS[stretch] for stretch in Stretch},
        Field.EFFORT: {str(effort): words for effort, words in EFFORT_WORDS.items()},
        Field.DOMAIN: parts,
    }


def parse_value(field: Field, text: str, choices: Choices) -> str:
    """Return ``text`` as it is kept: without control characters, and in one line but for comments.

    Raises ValueError, which says what to do, if it is no date, no reason, none of the ``choices``, or too long.
    """
    words = "\n".join(safe_lines(text)) if field is Field.COMMENTS else safe(text)
    limit = MAX_NAME if field in (Field.TITLE, Field.OWNER) else MAX_NOTE
    if any(len(line) > limit for line in words.split("\n")):
        raise ValueError(f"Keep it to {limit} characters.")
    if not words:
        return ""
    if field is Field.DUE:
        return typed_day(words).isoformat()
    if field is Field.DROPPED and _is_no_reason(words):
        raise ValueError("Say why in words, or leave it empty to keep the action.")
    return _choice(words, choices[field]) if field in choices else words


def _is_no_reason(words: str) -> bool:
    """Return whether a reason is a number, or a yes or no: with "no", somebody means to keep the action."""
    return words.casefold() in YES | NO | CELL_YES | CELL_NO or parse_number(words) is not None


MAX_NAME = 300
"""Characters that a title or a name may have; any other text, and each comment, may have ``MAX_NOTE``."""


def _choice(text: str, choices: Mapping[str, str]) -> str:
    typed = _as_compared(text)
    for value, words in choices.items():
        if typed in (value, _as_compared(words)):
            return value
    between = "; " if any("," in words for words in choices.values()) else ", "
    raise ValueError(f"Use one of: {between.join(choices.values())}.")


def _as_compared(text: str) -> str:
    return text.casefold().replace("’", "'")


def in_words(field: Field, value: str, choices: Choices) -> str:
    """Return a value, as ``parse_value`` gives it, as a person reads it: 2 January 2027, To do, one; two."""
    if not value:
        return ""
    if field is Field.DUE:
        due = dt.date.fromisoformat(value)
        return f"{due.day} {due:%B %Y}"
    return choices.get(field, {}).get(value, value.replace("\n", "; "))


def about(question_numbers: Sequence[int], label: str) -> str:
    """Return what an action is for, so that it means something alone: Question 8: Words that fit."""
    if not label or not question_numbers:
        return label
    numbers = listed([str(number) for number in question_numbers], _("and"))
    return n_(
        "Question {numbers}: {name}",
        "Questions {numbers}: {name}",
        len(question_numbers),
        numbers=numbers,
        name=label,
    )


def moved(field: Field, before: str, after: str, choices: Choices) -> str:
    """Return in words what became of a field, from one value to another, such as Who: Sam → Ann."""
    name, was, now = FIELD_WORDS[field], in_words(field, before, choices), in_words(field, after, choices)
    if was == now:
        return f"{name}: still {now or 'empty'}"
    return f"{name}: {was} → {now or 'empty'}" if was else f"{name}: {now}"


DETAILS_STAY = "The details stay as they are. Check that they still fit."
"""What to say where an action is put in other words."""


DATE_FIRST = "Where an action has a date, the date says when."
"""What to say where a stretch of time is chosen for an action that has a date."""


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
        Field.EFFORT: str(action.effort or ""),
        Field.DOMAIN: action.domain or "",
    }


def with_value(overlay: Overlay, computed: Plan, name: str, field: Field, text: str) -> Overlay:
    """Return the overlay with the value set as ``set_value`` does, and with the numbers of ``numbered``."""
    changed = set_value(overlay, computed, name, field, text)
    return changed if changed == overlay else numbered(overlay, changed, computed)


def set_value(overlay: Overlay, computed: Plan, name: str, field: Field, text: str) -> Overlay:
    """Return the overlay with ``field`` of the action set to ``text``, as ``parse_value`` gives it.

    ``computed`` is the plan before any edit: a value that is the plan's own is no edit. But Now is always a person's
    choice: the plan's own may have to wait for room. Raises InputError if there is no room for one more edit.
    """
    edit = overlay.edit(name)
    action = next((action for action in computed.actions if action.id == name), None)
    own = values_of(action)[field] if action else ""
    chosen = field is Field.HORIZON and text == Stretch.NOW
    value = _typed(field, "" if text == own and not chosen else text)
    before = wording_of(action) if action else edit.before
    return overlay.with_edit(name, edit.model_copy(update={field: value, "before": before}))


_TYPES: Mapping[Field, Callable[[str], object]] = {
    Field.DUE: dt.date.fromisoformat,
    Field.STATUS: lambda text: None if text == Status.TODO else Status(text),
    Field.HORIZON: Stretch,
    Field.EFFORT: int,
}


def _typed(field: Field, text: str) -> object:
    if field is Field.COMMENTS:
        return tuple(text.splitlines())
    if not text:
        return None
    return _TYPES[field](text) if field in _TYPES else text


def with_own(overlay: Overlay, computed: Plan, values: Values) -> tuple[Overlay, str]:
    """Return the overlay with an action added as ``add_own`` does, and with the numbers of ``numbered``; and its id."""
    changed, name = add_own(overlay, values)
    return numbered(overlay, changed, computed), name


def add_own(overlay: Overlay, values: Values, name: str | None = None) -> tuple[Overlay, str]:
    """Return the overlay with a new action of the team's own, and the action's id: ``name``, or one made of its title.

    Its title as it is now is remembered: whatever it is called later, it can be told what it was written as.
    Raises InputError if there is no room for one more.
    """
    title = values[Field.TITLE]
    name = name or OwnIds(overlay.actions).new(title)
    edit = Edit(title=title, before=Wording(title=title)).model_copy(
        update={field: _typed(field, text) for field, text in values.items() if field is not Field.TITLE and text}
    )
    return overlay.with_edit(name, edit), name


def numbered(before: Overlay, changed: Overlay, computed: Plan) -> Overlay:
    """Return the ``changed`` overlay that keeps the numbers which actions had ``before``; new ones have the next.

    Every action that there is, ``computed`` before any edit or edited, keeps its number from then on. To number after
    each of many changes would take the square of the time.
    """
    return changed.with_numbers(
        [*in_order_of_numbers(computed, before), *in_order_of_numbers(computed, changed)],
    )
