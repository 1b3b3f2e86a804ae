"""What a screen is made of: lines of plain text, each with the part it plays."""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
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

    part: Part
    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """What to show, and the prompt to read the next line with."""

    lines: tuple[Line, ...]
    prompt: str
