"""Tables that documents are made of: columns, and what their cells can hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from readiness.document.chart import Chart
from readiness.document.spans import Line, Span, Spans, parts_of


@dataclass(frozen=True, slots=True)
class Column:
    """Column of a table.

    ``numbers``: right-aligned. ``share``: its part of the width of a page, against the others. ``row_header``: its
    cells name their rows. ``label``: it holds the numbers that actions or questions go by. ``drawn``: it holds charts
    that repeat other columns, so it is left out if nothing can be drawn. ``widest``: most characters in a terminal.
    """

    heading: str
    numbers: bool = False
    share: float = 1
    row_header: bool = False
    label: bool = False
    drawn: bool = False
    widest: int | None = None


@dataclass(frozen=True, slots=True)
class ToFillIn:
    """Lines to write on, on paper: one for each label. A screen says ``missing`` instead, if it says anything."""

    labels: Sequence[str]
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Folded:
    """Line of a cell with more behind it: a screen opens it on demand, paper has all of it."""

    line: Line
    more: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Shaded:
    """Text on a ground from hardly any of the accent colour ("a") to all of it ("e"); "" has none."""

    text: str
    shade: str


CellLine = Line | Chart | ToFillIn | Folded


class Lines(NamedTuple):
    """Lines of a cell, one below the other."""

    lines: Sequence[CellLine]


Cell = CellLine | Shaded | Lines
"""Cell of a table."""


@dataclass(frozen=True, slots=True)
class Table:
    """Table. ``name`` is a style of its own, ``caption`` says what it holds to those who do not see it.

    Markdown shows the caption in place of charts.

    ``heads``: whether its headings are shown; without them, the first column names the rows. ``together``: kept on one
    page. ``done``: rows are things to do, and whether each is done; Markdown sets them out as a checklist. ``wide``: it
    may be wider than a small screen, which then scrolls it.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    caption: str = ""
    name: str = ""
    heads: bool = True
    together: bool = False
    done: Sequence[bool] | None = None
    wide: bool = False

    @property
    def in_words(self) -> "Table":
        """The table without its charts; its caption stays if it says what they showed."""
        kept = [at for at, column in enumerate(self.columns) if not column.drawn]
        rows = [[row[at] for at in kept] for row in self.rows]
        caption = self.caption if len(kept) < len(self.columns) else ""
        return Table([self.columns[at] for at in kept], rows, caption, self.name, self.heads, done=self.done)


def of_words(*headings: str, share: float = 1) -> Iterator[Column]:
    """Yield columns of words, each with that share of the width."""
    yield from (Column(heading, share=share) for heading in headings)


def of_numbers(*headings: str, share: float = 1) -> Iterator[Column]:
    """Yield columns of numbers, each with that share of the width."""
    yield from (Column(heading, numbers=True, share=share) for heading in headings)


def lines_of(cell: Cell) -> tuple[CellLine, ...]:
    """Return the lines of a cell that say something; a shaded cell's text is one."""
    if isinstance(cell, Shaded):
        return (cell.text,) if cell.text else ()
    lines = cell.lines if isinstance(cell, Lines) else (cell,)
    return tuple(line for line in lines if not isinstance(line, str | Span | Spans) or parts_of(line))
