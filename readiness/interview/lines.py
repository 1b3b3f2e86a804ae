"""What a screen is made of: lines of plain text, each with the part it plays."""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from readiness.language import _
from readiness.text import safe


class LinePart(StrEnum):
    """What a line is, so that a terminal can give it looks. The words alone must be enough.

    Only an EXTRA line may be left out, where there is no room for it.
    """

    TOLD = "told"
    HEADING = "heading"
    QUESTION = "question"
    TEXT = "text"
    EXTRA = "extra"
    CHOICE = "choice"
    CHOSEN = "chosen"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Line:
    """One line (wrapped where it is drawn); ``lead`` is the number or mark that stands before it."""

    part: LinePart
    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """What to show, and the prompt to read the next line with; ``in_words``: any words may be the answer."""

    lines: tuple[Line, ...]
    prompt: str
    in_words: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """What a window has room for: characters in a line, and lines, without that of the prompt."""

    columns: int
    lines: int


def choice_line(number: int, text: str, *, chosen: bool) -> Line:
    """Return a choice with its number; the one chosen says so."""
    if chosen:
        return Line(LinePart.CHOSEN, _("{text} (your answer)", text=text), f"{number}.")
    return Line(LinePart.CHOICE, text, f"{number}.")


SPACED = frozenset({LinePart.HEADING, LinePart.QUESTION, LinePart.HINT})
"""The parts that an empty line stands before."""


def wrapped(line: Line, columns: int) -> str:
    """Return the line as it is drawn in a window of so many columns."""
    lead = f"{line.lead:>5} " if line.lead else ""
    rest = " " * len(lead)
    return textwrap.fill(
        safe(line.text), columns - 1, initial_indent=lead, subsequent_indent=rest, break_on_hyphens=False
    )


def height(lines: Iterable[Line], columns: int) -> int:
    """Return how many lines of a window of so many columns are taken."""
    return sum(wrapped(line, columns).count("\n") + 1 + (line.part in SPACED) for line in lines)
