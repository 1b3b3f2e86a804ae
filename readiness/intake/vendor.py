"""Shape of a survey program's export: how it is known, which columns are its own, which rows are no answers.

Headings are compared as they stand, but for case and spaces: "_notes" is KoBoToolbox's own column, "Notes" is not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Self

from readiness.intake.mapping import DateOrder
from readiness.text import parse_number
from readiness.words import CELL_NO, CELL_YES


def literal(heading: str) -> str:
    """Return a heading as it is compared with a program's own: case and spaces aside."""
    return " ".join(heading.split()).casefold()


@dataclass(frozen=True, slots=True)
class HeadingNames:
    """Headings, as ``literal`` leaves them, best first. A ``*`` stands for any text. ``written``: as programs do."""

    names: tuple[str, ...] = ()
    written: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str) -> "HeadingNames":
        """Return the headings named in ``text``, between commas."""
        written = tuple(name.strip() for name in text.split(","))
        return cls(tuple(map(literal, written)), written)

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __contains__(self, heading: object) -> bool:
        return isinstance(heading, str) and _pattern(self.names).fullmatch(heading) is not None


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(name).replace(r"\*", ".*") for name in names) or r"(?!)", re.DOTALL)


class Aside(StrEnum):
    """Reason why a row is no answer."""

    UNFINISHED = "unfinished"
    TEST = "test"
    REFUSED = "refused"
    SPAM = "spam"
    HEADINGS = "headings"


@dataclass(frozen=True, slots=True)
class RowRule:
    """Rows that are no answers: those with one of these texts in any of these columns; with ``every``, in all.

    Texts are as ``literal`` leaves them, and numbers without a point; "" is an empty cell. ``opposite``: the texts of
    rows that are answers, if the columns hold a yes or a no.
    """

    reason: Aside
    columns: HeadingNames
    texts: frozenset[str]
    every: bool = False
    opposite: frozenset[str] = frozenset()

    @classmethod
    def of(cls, reason: Aside, columns: str, texts: str, *, every: bool = False) -> Self:
        """Return the rule for rows with one of these texts, between commas."""
        return cls(reason, HeadingNames.of(columns), frozenset(HeadingNames.of(texts)), every)

    @classmethod
    def marked(cls, reason: Aside, columns: str) -> Self:
        """Return the rule for rows whose columns say yes."""
        return cls(reason, HeadingNames.of(columns), CELL_YES, opposite=CELL_NO)

    @classmethod
    def unless(cls, reason: Aside, columns: str) -> Self:
        """Return the rule for rows whose columns say no: they have to say yes."""
        return cls(reason, HeadingNames.of(columns), CELL_NO, opposite=CELL_YES)

    def applies(self, texts: Sequence[str]) -> bool:
        """Return whether a row with these texts in its columns is no answer."""
        found = [_as_marked(text) in self.texts for text in texts]
        return bool(found) and (all(found) if self.every else any(found))

    def knows(self, text: str) -> bool:
        """Return whether a text is one of the yes and no that are known."""
        return _as_marked(text) in self.texts | self.opposite


def _as_marked(text: str) -> str:
    """Return a text as marks are compared: statistics programs write 8.0 for 8, and spreadsheets may 8,0."""
    number = parse_number(text)
    return literal(text) if number is None else str(number)


class Below(StrEnum):
    """Content of another row of headings: parts of the questions above, their words, or codes of no use."""

    PARTS = "parts"
    WORDS = "words"
    CODES = "codes"


@dataclass(frozen=True, slots=True)
class Vendor:
    """A survey program. ``rests_on`` says where its shape is documented.

    ``signature``: the headings that prove it, all of them, each given with its other names; ``first``: the heading
    of the first column, if that proves it too. ``own``: its own columns. ``dates``: those with a response's date,
    best first. ``number``: those that each tell one response from all others, wherever it is, best first.
    ``identity``: those that only do together, if there is no such number; never a time that changes when a person
    edits their answers. ``asides``: which rows are no answers. ``below``: further rows of headings. ``grouped``:
    whether a heading can have the names of groups before its own. ``empty``: the texts of a cell if nothing was
    asked. ``date_order``: how it writes dates, if no date shows it.
    """

    name: str
    rests_on: str
    signature: tuple[HeadingNames, ...]
    own: HeadingNames
    dates: HeadingNames = HeadingNames()
    number: HeadingNames = HeadingNames()
    identity: HeadingNames = HeadingNames()
    first: str = ""
    asides: tuple[RowRule, ...] = ()
    below: tuple[Below, ...] = ()
    grouped: bool = False
    empty: frozenset[str] = frozenset()
    date_order: DateOrder | None = None

    def wrote(self, headings: Sequence[str]) -> bool:
        """Return whether a table with these headings (as ``literal`` leaves them) is this program's."""
        if self.first and (not headings or headings[0] != self.first):
            return False
        proved = all(any(heading in names for heading in headings) for names in self.signature)
        return proved and bool(self.first or self.signature)

    def needs(self, heading: str) -> bool:
        """Return whether this heading (as ``literal`` leaves it) tells the program, a date, or a response."""
        return any(heading in names for names in (self.dates, self.number, self.identity, *self.signature))
