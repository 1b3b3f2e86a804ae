"""One choice of a person: numbered lines, and one line of answer in figures, in words, or by a key of the walk."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from readiness.text import safe
from readiness.words import choice, picked, spelled

Choice = tuple[str, str]
"""A decision, and how it is shown."""

_NO_LEVEL = {"d": "unknown", "n": "n/a"}
"""The walk's keys for answers that are no level."""
_ALWAYS = "Type a number, or the words beside it. back takes your last decision back. quit collects nothing."


class TakenBack(Exception):  # noqa: N818 — nothing is wrong
    """The person takes their last decision back."""


class Quit(Exception):  # noqa: N818 — nothing is wrong
    """The person leaves, and wants nothing collected."""


@dataclass(frozen=True, slots=True)
class Talk:
    """How to talk to the person: ``show`` a line, and ``read`` one that is typed (EOFError if there is none)."""

    show: Callable[[str], None]
    read: Callable[[], str]


def choose(
    question: str,
    known: Sequence[Choice],
    hint: str,
    helping: Sequence[str],
    talk: Talk,
    typed: Callable[[str], str] | None = None,
) -> str:
    """Return what is chosen: by its number, its words on the screen, or typed. Asks again until something is.

    ``typed`` returns what a person typed means, or raises ValueError, which says what to type. ``helping`` says what
    the choices mean. Raises TakenBack, Quit, and EOFError if nothing more is typed.
    """
    talk.show(question)
    for number, (_, shown) in enumerate(known, start=1):
        talk.show(f"  {number:>2}  {safe(shown)}")
    if hint:
        talk.show(hint)
    keys = {key: meaning for key, meaning in _NO_LEVEL.items() if meaning in dict(known)}
    while True:
        line = safe(talk.read())
        key = spelled(line, ["b", "q", "?", *keys])
        if key == "b":
            raise TakenBack
        if key == "q":
            raise Quit
        if key == "?":
            for said in (*helping, _ALWAYS):
                talk.show(said)
            continue
        try:
            return keys[key] if key in keys else _meant(line, known, typed)
        except ValueError as error:
            talk.show(str(error))


def _meant(line: str, known: Sequence[Choice], typed: Callable[[str], str] | None) -> str:
    """Return the decision that a line means. Raises ValueError, which says what to type."""
    if (at := choice(line, len(known))) is not None:
        return known[at][0]
    problem = ValueError(f"Please type a number from 1 to {len(known)}.")
    try:
        if typed is not None:
            return typed(line)
    except ValueError as error:
        problem = error
    if (at := picked(line, [shown for _, shown in known])) is None:
        raise problem
    return known[at][0]
