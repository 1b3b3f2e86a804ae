"""Blocks that every document is made of: told once, and set out by a writer for each format.

A new block is a class here and a case in each writer; a new document is a function that returns a ``Document``.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from readiness.document.charts import Chart, ScaleChart
from readiness.text import safe


class Look(StrEnum):
    """Role of a stretch of text in its line. Writers choose how it looks; no role is told by colour alone."""

    STRONG = "strong"
    QUIET = "quiet"
    SAID = "said"  # a person's own words
    KEY = "key"  # a small tag
    DOING = "doing"
    STUCK = "stuck"
    DONE = "done"
    LATE = "late"
    DROPPED = "dropped"


STATUS_LOOKS = frozenset({Look.DOING, Look.STUCK, Look.DONE, Look.LATE, Look.DROPPED})
"""Looks of a tag that says how far an action is."""
SIGNS = {Look.DOING: "→", Look.DONE: "✓", Look.STUCK: "!", Look.LATE: "!", Look.DROPPED: "×"}
"""Signs before such tags, so that they are told apart in black and white."""


class Span(NamedTuple):
    """Stretch of text with a role. ``link`` is an address it leads to, if any."""

    text: str
    look: Look | None = None
    link: str | None = None


class Spans(NamedTuple):
    """Line of several stretches, with a space between them; empty ones are left out."""

    parts: Sequence["str | Span"]


Line = str | Span | Spans
"""One line of text."""


def strong(text: str) -> Span:
    """Return emphasised text."""
    return Span(text, Look.STRONG)


def quiet(text: str) -> Span:
    """Return text of less weight."""
    return Span(text, Look.QUIET)


def said(text: str) -> Span:
    """Return a person's own words."""
    return Span(text, Look.SAID)


def spans(*parts: str | Span | None) -> Spans:
    """Return the parts as one line; None and empty text are left out."""
    return Spans(tuple(part for part in parts if part and spans_text(part)))


def spans_text(part: str | Span) -> str:
    """Return the text of a stretch."""
    return part if isinstance(part, str) else part.text


def parts_of(line: Line) -> tuple[Span, ...]:
    """Return the stretches of a line that say something, each safe to show."""
    parts = line.parts if isinstance(line, Spans) else (line,)
    found = (Span(part) if isinstance(part, str) else part for part in parts)
    return tuple(part._replace(text=text) for part in found if (text := safe(part.text)))


def text_of(line: Line) -> str:
    """Return a line as plain text, safe to show."""
    return " ".join(part.text for part in parts_of(line))


class Tone(StrEnum):
    """Role of a paragraph."""

    PLAIN = "plain"
    LEAD = "lead"  # what a part is about
    NOTE = "note"  # small print below a table or chart
    ALERT = "alert"  # nobody should miss it
    MADE = "made"  # what made the document


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences with a role. A plain one can also be written as a bare ``Line``.

    ``drawn``: it is about charts, so it is left out if nothing can be drawn.
    """

    line: Line
    tone: Tone = Tone.PLAIN
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """Heading in a section: level 2 stands alone, 3 below a section's own, 4 below that. ``beside`` is smaller."""

    text: str
    level: int = 3
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Hint:
    """Command to type next. Terminals alone show it; a page that is handed on does not."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """List; ``numbered`` from 1. ``name`` is a style of its own, if it has one."""

    items: Sequence[Line]
    numbered: bool = False
    name: str = ""


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


class ScaleMark(NamedTuple):
    """Name of a stretch on a scale, and whether it is the one reached."""

    text: str
    reached: bool


@dataclass(frozen=True, slots=True)
class ResultCard:
    """Result at a glance: ``label`` with its ``meaning``; a ``number`` with its ``unit`` and ``range``.

    ``marks`` name the stretches of the ``scale``. ``notes`` are sentences below it that nobody should miss. ``title``
    heads the card in formats that need headings; ``number`` is None if there is no score.
    """

    title: str
    label: str
    meaning: str
    number: str | None = None
    unit: str = ""
    range: str = ""
    scale: ScaleChart | None = None
    marks: Sequence[ScaleMark] = ()
    notes: Sequence[str] = ()

    @property
    def marks_line(self) -> Spans:
        """The names of the scale's stretches in one line; the one reached stands out."""
        named = [strong(mark.text) if mark.reached else quiet(mark.text) for mark in self.marks]
        return Spans([part for mark in named for part in (quiet("·"), mark)][1:])


@dataclass(frozen=True, slots=True)
class Callout:
    """Something that holds a service back or needs care, set apart from the rest."""

    title: str
    blocks: "Sequence[Block]"


class Card(NamedTuple):
    """One thing in short: ``mark`` (a number), its title, quiet lines, and tags (status spans)."""

    mark: str
    title: str
    lines: Sequence[Line]
    tags: Sequence[Span] = ()

    @property
    def lead(self) -> str:
        """The mark as it stands before the title in a line: "3. " or "A: "; "" without a mark."""
        return f"{self.mark}{'.' if self.mark.isdecimal() else ':'} " if self.mark else ""


@dataclass(frozen=True, slots=True)
class Cards:
    """Cards side by side; large print has them one below the other."""

    cards: Sequence[Card]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two columns, ``share`` (0 to 1) of the width for the first; one below the other if there is no room.

    ``name`` is a style of its own, if it has one.
    """

    first: "Sequence[Block]"
    second: "Sequence[Block]"
    share: float = 0.5
    name: str = ""


@dataclass(frozen=True, slots=True)
class Fold:
    """Blocks under a heading of level 3, which a screen shows on demand. Paper has all of them, if ``printed``."""

    title: str
    blocks: "Sequence[Block]"
    printed: bool = True


@dataclass(frozen=True, slots=True)
class Contents:
    """List of the sections that can be turned to, with their pages if there are pages."""

    title: str


@dataclass(frozen=True, slots=True)
class Section:
    """Part of a document under a title of its own. ``name`` is its anchor and style, and what own templates know it by.

    ``shown`` is False if the title is only listed, as the section begins with something that says it. ``new_page``: it
    begins a page. ``dense``: much has to stand on its page. ``listed``: it stands in the contents.
    ``speech``: what to say while it is shown as a slide.
    """

    name: str
    title: str
    blocks: "Sequence[Block]"
    kind: str = ""
    shown: bool = True
    new_page: bool = False
    dense: bool = False
    listed: bool = True
    speech: "Sequence[Line]" = ()

    @property
    def style(self) -> str:
        """Name of its style: of its kind if several sections are of one, otherwise its own."""
        return self.kind or self.name


Block = (
    Line
    | Paragraph
    | Heading
    | Hint
    | Points
    | Table
    | Chart
    | ResultCard
    | Callout
    | Cards
    | SideBySide
    | Fold
    | Contents
    | Section
)
"""Part of a document; a bare line is a plain paragraph."""


@dataclass(frozen=True, slots=True)
class Document:
    """Document, told once for every format.

    ``kicker`` stands above the title, ``lines`` and the theme's name and contact below it. ``about`` says in a sentence
    what it is. ``running`` stands at the foot of each page. ``date`` is its day, None if it has none. ``author`` stands
    for the theme's name if that is empty. ``nav`` names the contents of a web page; "" if it needs none.
    """

    title: str
    blocks: Sequence[Block]
    kicker: str = ""
    lines: Sequence[Line] = ()
    about: str = ""
    running: str = ""
    date: dt.date | None = None
    author: str = ""
    nav: str = ""

    @property
    def full_title(self) -> str:
        """Title as a file's properties have it."""
        return safe(self.running or self.title)

    @property
    def sections(self) -> tuple[Section, ...]:
        """Sections, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Section))


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
