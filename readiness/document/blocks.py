"""What a smaller result is made of: headings, sentences, lists and tables, which can be set out in any format."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from readiness.document.values import ScoreView
from readiness.text import safe

SECTION = 2
"""The level of a heading right below the title."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What follows, in a few words. The first one is the title; those below it have a level of 2 or 3."""

    text: str
    level: int = SECTION


@dataclass(frozen=True, slots=True)
class Alert:
    """A sentence that nobody should miss."""

    text: str


@dataclass(frozen=True, slots=True)
class Hint:
    """What to type next. It stands in a terminal, and on no page that is handed on."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list."""

    items: Sequence[str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    ``numbers``: what it holds stands on the right. ``widest``: how many characters it takes at most in a terminal.
    ``share``: its part of the width of a page, against the others. ``drawn``: it holds charts, which say what other
    columns say in numbers, and are left out where nothing can be drawn.
    """

    heading: str
    numbers: bool = False
    widest: int | None = None
    share: float = 1
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class ThenAndNow:
    """A chart of a score at two dates."""

    before: ScoreView
    after: ScoreView


Cell = str | tuple[str, ...] | ThenAndNow
"""What stands in a cell of a table: text, which may have several lines, or a chart."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]

    @property
    def in_words(self) -> "Grid":
        """The table without its charts."""
        kept = [at for at, column in enumerate(self.columns) if not column.drawn]
        return Grid([self.columns[at] for at in kept], [[row[at] for at in kept] for row in self.rows])


Block = Heading | Alert | Hint | Points | Grid | str
"""A part of a result; a str is a paragraph."""


def of_words(*headings: str, share: float = 1) -> Iterator[Column]:
    """Yield columns of words, each with that share of the width."""
    yield from (Column(heading, share=share) for heading in headings)


def of_numbers(*headings: str, share: float = 1) -> Iterator[Column]:
    """Yield columns of numbers, each with that share of the width."""
    yield from (Column(heading, numbers=True, share=share) for heading in headings)


def lines_of(cell: Cell) -> tuple[str, ...]:
    """Return the lines of a cell of text, safe to show; a chart has none."""
    if isinstance(cell, ThenAndNow):
        return ()
    return tuple(safe(line) for line in ((cell,) if isinstance(cell, str) else cell) if line)


def title_of(blocks: Iterable[Block]) -> str:
    """Return the first heading; "" where there is none."""
    return next((safe(block.text) for block in blocks if isinstance(block, Heading)), "")
