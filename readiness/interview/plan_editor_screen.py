"""What editing a plan shows: lines of plain text, each with the part it plays. Pure: nothing is drawn here."""

from collections.abc import Callable, Iterator, Mapping
from textwrap import shorten

from readiness.dates import HOW
from readiness.interview.lines import Line, LinePart, Screen
from readiness.interview.plan_editor import FIELDS, SHOWN, TAKE_OUT, Editing, EditStep
from readiness.interview.plan_editor_list import Listed, listed, more, summary
from readiness.plan.edits import FIELD_WORDS, Field, in_words, values_of

_Lines = Callable[[Editing], Iterator[Line]]

_ASKED: Mapping[Field, str] = {
    Field.OWNER: "Who does it? A name, or a role.",
    Field.DUE: f"By when? {HOW}",
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


def editing_screen(editing: Editing) -> Screen:
    """Return what to show, and the prompt.

    What a person is told comes right before the question: a list may be longer than a screen.
    """
    told = [Line(LinePart.TOLD, text) for text in editing.told]
    shown, asked = _SCREENS[editing.step]
    in_words = editing.step is EditStep.NEW or (
        editing.step is EditStep.VALUE and editing.chosen_field not in editing.choices
    )
    return Screen((*shown(editing), *told, *asked(editing)), "> ", in_words)


def _plan(editing: Editing) -> Iterator[Line]:
    if editing.listed:
        yield from _listed(editing).lines


def _listed(editing: Editing) -> Listed:
    return listed(editing, [*_asked_which(_MORE)])


_MORE = "m for more of the plan; "
_AGAIN = "l to see the plan again; "


def _which(editing: Editing) -> Iterator[Line]:
    see = (_MORE if _listed(editing).more else "") if editing.listed else _AGAIN
    yield from _asked_which(see)


def _asked_which(see: str) -> Iterator[Line]:
    yield Line(LinePart.QUESTION, "Which actions? One value can be set for many.")
    yield Line(LinePart.HINT, f"Numbers, such as 3 or 1,4-6; all; new for one of your own; {see}? for help; q to stop.")


def _chosen(editing: Editing) -> Iterator[Line]:
    chosen = editing.chosen_actions
    for number, action in [*chosen.items()][:SHOWN]:
        yield Line(LinePart.HEADING, f"{number}. {summary(editing, action)}")
        if len(chosen) == 1:
            yield from (Line(LinePart.TEXT, text) for text in more(action))
    if len(chosen) > SHOWN:
        yield Line(LinePart.TEXT, f"and {len(chosen) - SHOWN} more")


def _fields(editing: Editing) -> Iterator[Line]:
    if not editing.menu:  # it comes once: eleven lines more would push off the screen what was just said
        yield Line(LinePart.QUESTION, "What else do you want to change?")
        yield Line(
            LinePart.HINT,
            f"1 to {len(FIELDS)}; l to see what can be changed; Enter alone for other actions; q to stop.",
        )
        return
    yield Line(LinePart.QUESTION, "What do you want to change?")
    for number, field in enumerate(FIELDS, start=1):
        yield Line(LinePart.CHOICE, _offered(editing, field), str(number))
    yield Line(LinePart.HINT, "A number; Enter alone for other actions; q to stop.")


def _value(editing: Editing) -> Iterator[Line]:
    field = editing.chosen_field
    yield Line(LinePart.QUESTION, _ASKED[field])
    said = {in_words(field, values_of(action)[field], {}) for action in editing.chosen_actions.values()}
    if field not in editing.choices and len(said) == 1 and (text := said.pop()):
        yield Line(LinePart.CHOSEN, f"It says: {text}")
    for number, words in enumerate(editing.choices.get(field, {}).values(), start=1):
        yield Line(LinePart.CHOICE, words, str(number))
    yield Line(
        LinePart.HINT, f"Enter alone changes nothing; {TAKE_OUT} takes out what is there; b to go back; ? for help."
    )


def _sure(editing: Editing) -> Iterator[Line]:
    yield Line(LinePart.QUESTION, f"{in_words(Field.DUE, editing.pending, {})} is in the past. Is that right?")
    yield Line(LinePart.HINT, "y to take it, n or Enter to write another date; q to stop.")


def _new(_: Editing) -> Iterator[Line]:
    yield Line(LinePart.QUESTION, "What do you want to do? Say it in one sentence.")
    yield Line(LinePart.HINT, "b to go back.")


def _nothing(_: Editing) -> Iterator[Line]:
    yield from ()


_SCREENS: Mapping[EditStep, tuple[_Lines, _Lines]] = {
    EditStep.ACTIONS: (_plan, _which),
    EditStep.FIELD: (_chosen, _fields),
    EditStep.VALUE: (_chosen, _value),
    EditStep.SURE: (_nothing, _sure),
    EditStep.NEW: (_nothing, _new),
}
"""What stands above what a person is told, and what stands below it."""


_ONE_LINE = 50
"""Characters of a value in a list; where it can be changed it is shown whole."""


def _offered(editing: Editing, field: Field) -> str:
    """Return the field's words, with what stands in it where one action is chosen."""
    words, actions = FIELD_WORDS[field], [*editing.chosen_actions.values()]
    if len(actions) != 1:
        return words
    text = in_words(field, values_of(actions[0])[field], editing.choices)
    return f"{words}: {shorten(text, _ONE_LINE, placeholder=' …')}" if text else words
