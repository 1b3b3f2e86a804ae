"""What is asked on the way: why something does not apply, a note, where to jump, where to go on. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from pydantic import ValidationError

from readiness.assessment.model import Response
from readiness.interview.again import choose, show
from readiness.interview.asked import Asking, Ending, tell
from readiness.interview.changes import answered, doubted, go_to, put, to_service
from readiness.interview.walk import Walk
from readiness.words import choice, key_of, spelled

IN_WORDS = (Asking.WHY_NOT, Asking.NOTE)
"""Where any words may be the answer."""
UNCHANGED = "Nothing was changed."
WARNING = "What you write here is printed in the report. Please do not write names of people in it."


def aside(walk: Walk, line: str) -> Walk:
    """Return the walk after ``line`` was typed where something is asked on the way."""
    here = replace(walk, asking=Asking.ANSWER)
    # Where any words may be the answer, only a whole word is taken for its key.
    line = key_of(line, "bqs") or line if walk.asking in IN_WORDS else spelled(line, "bqsj")
    if walk.asking in _WHOLE and line.casefold() != "q":
        return _ASIDES[walk.asking](walk, line)
    match line.casefold():
        case "q":
            return replace(here, ending=Ending.QUIT)
        case "b" if walk.asking is Asking.RESUME:
            return replace(here, at=walk.at - 1)
        case "" | "b" | "s":
            return here if walk.asking in (Asking.RESUME, Asking.SERVICE) else replace(here, told=(UNCHANGED,))
    return _ASIDES[walk.asking](here, line)


def ask_why_not(walk: Walk) -> Walk:
    """Return the walk asking why the question does not apply."""
    return _warned(replace(walk, asking=Asking.WHY_NOT))


def ask_note(walk: Walk) -> Walk:
    """Return the walk asking for a note."""
    return _warned(replace(walk, asking=Asking.NOTE))


def _warned(walk: Walk) -> Walk:
    """Return the walk with a word, once, on where the text is printed."""
    return walk if walk.warned else replace(walk, told=(*walk.told, WARNING), warned=True)


def why_not(walk: Walk, line: str) -> Walk:
    """Return the walk with the question answered "does not apply", and ``line`` as the reason."""
    if doubt := doubted(walk, "the reason", line):
        return replace(doubt, asking=Asking.WHY_NOT)
    return _attempt(walk, lambda: _warned(answered(walk, not_applicable=line)))


def noted(walk: Walk, line: str) -> Walk:
    """Return the walk with a note on the question; "+" lists evidence, "-" removes all notes."""
    before = walk.response or Response.model_construct()
    if line == "+":
        return replace(walk, told=(UNCHANGED,))
    if line == "-":
        kept = before.model_copy(update={"note": None, "evidence": ()})
        return replace(
            put(walk, kept if kept.answered or kept.before else None), told=("The notes on this question are removed.",)
        )
    if doubt := doubted(walk, "the note", line):
        return replace(doubt, asking=Asking.NOTE)
    data = before.model_dump()
    if line.startswith("+"):
        data["evidence"] = (*before.evidence, line.removeprefix("+").strip())
    else:
        data["note"] = f"{before.note}\n{line}" if before.note else line
    return _attempt(walk, lambda: _warned(replace(put(walk, Response.model_validate(data)), told=("Noted.",))))


def _attempt(walk: Walk, change: Callable[[], Walk]) -> Walk:
    try:
        return change()
    except ValidationError:
        return tell(walk, "That text is too long to keep here. Nothing was changed.")


def _resumed(walk: Walk, line: str) -> Walk:
    """Return the walk at a question that was left open; once it is answered, it goes on where it stopped."""
    word, _, rest = line.partition(" ")
    if word.casefold() == "j":
        return go_to(walk, rest) if rest else replace(walk, asking=Asking.JUMP)
    if (at := choice(line, len(walk.questions))) is None:
        told = "Type the number of a question, or press Enter alone to go on."
        return tell(replace(walk, asking=Asking.RESUME), told)
    there = walk.at_number(at + 1)
    return replace(walk, at=there, returns=None if there == walk.at else walk.at)


_ASIDES: Mapping[Asking, Callable[[Walk, str], Walk]] = {
    Asking.WHY_NOT: why_not,
    Asking.NOTE: noted,
    Asking.JUMP: go_to,
    Asking.RESUME: _resumed,
    Asking.FINISHED: choose,
    Asking.SHOW_EARLIER: show,
    Asking.SERVICE: to_service,
}
_WHOLE = frozenset({Asking.FINISHED, Asking.SHOW_EARLIER})
"""What Enter, b and s mean something of their own to."""
