"""Blocks that every document is made of: told once, and set out by a writer for each format.

A new block is a class here and a case in each writer. A new document is a function that returns a ``Document``. Lines
of text are in ``spans``, and tables in ``tables``.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from readiness.document.chart import Chart
from readiness.document.charts import ScaleChart
from readiness.document.spans import Line, Span, Spans, quiet, strong
from readiness.document.tables import Table
from readiness.text import safe


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
    """Two columns, the first ``share`` (0 to 1) of the width; one below the other if there is no room.

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
