"""Documents as text for a terminal, with rich."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from itertools import chain
from typing import assert_never

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from readiness.document.blocks import Card, Cards, Document, Heading, Hint, Paragraph, Points, ResultCard, Tone
from readiness.document.flat import FlatBlock, flat, heading_text, naming_column, words_of
from readiness.document.spans import SIGNS, Line, Look, Span, Spans, parts_of, text_of
from readiness.document.tables import Cell, Table

_GAP = 2
"""Characters between two columns."""
_NARROWEST = 12
"""Characters that a column of longer texts has at least: with less, a table is hard to read."""
_INDENT = 2
_WORD = re.compile(r"\S+")
_STYLES: Mapping[Look, str] = {
    Look.STRONG: "bold",
    Look.SAID: "italic",
    Look.DONE: "green",
    Look.STUCK: "bold yellow",
    Look.LATE: "bold yellow",
}


def document_text(document: Document, width: int, *, colour: bool) -> str:
    """Return the document as text ``width`` characters wide, without white space at line ends.

    A word is never broken: one that is longer than a line stands in one of its own. A table that is too wide becomes
    a list. Charts and contents are left out.
    """
    return _Drawing(width, colour=colour).drawn(document)


class _Drawing:
    """Sets blocks out in lines of one width. It knows nothing of the terminal that the program runs in."""

    def __init__(self, width: int, *, colour: bool) -> None:
        self._width = width
        self._written = StringIO()
        self._console = Console(
            file=self._written,
            force_terminal=colour,
            color_system="standard" if colour else None,
            no_color=not colour,
            width=width,
            height=1,
            legacy_windows=False,
            highlight=False,
            markup=False,
            emoji=False,  # what it is looked up in takes long to load
        )

    def drawn(self, document: Document) -> str:
        if document.title:
            self._print(self._wrapped(_styled(document.title, "bold")))
        self._print(chain.from_iterable(self._wrapped(_text(line)) for line in document.lines))
        above: FlatBlock | None = "" if document.title or document.lines else None
        for block in flat(document.blocks):
            if above is not None and _apart(above, block):
                self._print([""])
            self._print(self._block(block))
            above = block
        return "\n".join(line.rstrip() for line in self._written.getvalue().splitlines())

    def _print(self, parts: Iterable[RenderableType]) -> None:
        for part in parts:
            self._console.print(part, crop=False, overflow="ignore", no_wrap=isinstance(part, Text) or None)

    def _block(self, block: FlatBlock) -> Iterator[RenderableType]:
        match block:
            case Heading(level=2):
                yield from self._wrapped(_styled(heading_text(block), "bold cyan"))
            case Heading():
                yield from self._wrapped(_styled(heading_text(block), "bold"))
            case Paragraph(line, Tone.ALERT):
                yield from self._wrapped(_styled(text_of(line), "bold yellow"))
            case Points(items, numbered):
                marks = (f"{at}. " if numbered else "- " for at, _item in enumerate(items, start=1))
                yield from chain.from_iterable(map(self._hanging, marks, map(_text, items)))
            case Cards(cards):
                yield from chain.from_iterable(map(self._card, cards))
            case ResultCard():
                yield from self._result(block)
            case Table():
                yield from self._table(block)
            case Paragraph(line) | Hint(line) | (str() | Span() | Spans() as line):
                yield from self._wrapped(_text(line))
            case _:
                assert_never(block)

    def _card(self, card: Card) -> Iterator[Text]:
        yield from self._wrapped(_styled(f"{card.lead}{card.title}", "bold"))
        for line in (*card.lines, Spans(card.tags)):
            yield from self._below(_text(line))

    def _result(self, card: ResultCard) -> Iterator[Text]:
        words = card.label
        if card.number is not None:
            words = f"{words}: {card.number} {card.unit}"
        yield from self._wrapped(_styled(f"{words} ({card.range})" if card.range else words, "bold cyan"))
        yield from self._wrapped(_text(card.meaning))
        for note in card.notes:
            yield from self._wrapped(_styled(note, "bold"))

    def _wrapped(self, text: Text, width: int | None = None) -> Iterator[Text]:
        """Yield the lines of a text, broken between words only; none if it says nothing."""
        # rich's own way breaks words that are too long, or cuts them.
        room = self._width if width is None else width
        breaks, taken = [], 0
        for word in _WORD.finditer(text.plain):
            taken += cell_len(word[0])
            if taken > room and word.start():
                breaks.append(word.start())
                taken = cell_len(word[0])
            taken += 1
        for line in text.divide(breaks) if text.plain else ():
            line.rstrip()
            yield line

    def _hanging(self, mark: str, text: Text) -> Iterator[Text]:
        """Yield a text behind a mark; its further lines stand below its first words."""
        for at, line in enumerate(self._wrapped(text, self._width - len(mark))):
            yield Text(" " * len(mark) if at else mark).append_text(line)

    def _below(self, text: Text) -> Iterator[Text]:
        return self._hanging(" " * _INDENT, text)

    def _table(self, table: Table) -> Iterator[RenderableType]:
        heads = [_styled(column.heading if table.heads else "", "bold") for column in table.columns]
        rows = [[_cell(cell) for cell in row] for row in table.rows]
        places = range(len(table.columns))
        most = [column.widest for column in table.columns]
        widths = _widths([[heads[at], *(row[at] for row in rows)] for at in places], most, self._width)
        if widths is None:
            for row in rows:
                yield from self._entry(table, row)
            return
        grid = Grid(box=None, pad_edge=False, show_header=table.heads, header_style="bold")
        for column, head, width in zip(table.columns, heads, widths, strict=True):
            grid.add_column(head, justify="right" if column.numbers or column.label else "left", width=width)
        for row in rows:
            grid.add_row(*row)
        yield grid

    def _entry(self, table: Table, row: Sequence[Text]) -> Iterator[Text]:
        """Yield a row of a table that is too wide: what it is called, and its other cells below."""
        naming = naming_column(table.columns)
        cells = [*zip(table.columns, row, strict=True)]
        labels = [text.plain for column, text in cells if column.label and text.plain]
        named = row[naming] if naming is not None else Text()
        first, *more = Text(". ").join([*map(Text, labels), named]).split()
        first.stylize("bold")
        yield from self._wrapped(first)
        for line in more:
            yield from self._below(line)
        for at, (column, text) in enumerate(cells):
            if at != naming and not column.label and text.plain:
                told = Text(", ").join(text.split())
                head = _text(column.heading if table.heads else "")
                yield from self._below(Text(": ").join([head, told]) if head.plain else told)


def _apart(above: FlatBlock, block: FlatBlock) -> bool:
    """Return whether an empty line stands between two blocks."""
    ends = isinstance(above, Table | Points | Cards | ResultCard)
    begins = isinstance(block, Table | Cards) and not isinstance(above, Heading)
    return ends or begins or isinstance(block, Heading)


def _widths(columns: Sequence[Sequence[Text]], most: Sequence[int | None], room: int) -> list[int] | None:
    """Return how wide each column is, so that no word is broken; None if there is not enough room.

    The widest columns give way first. ``most`` is how wide a column may be at all.
    """
    lines = [[line for cell in column for line in cell.plain.split("\n")] for column in columns]
    words = [max((cell_len(word) for line in each for word in line.split()), default=1) for each in lines]
    widths = [min(max((*map(cell_len, each), 1)), room) for each in lines]
    widths = [max(min(width, limit or width), word) for width, limit, word in zip(widths, most, words, strict=True)]
    least = [max(word, min(width, _NARROWEST)) for width, word in zip(widths, words, strict=True)]
    room -= _GAP * (len(columns) - 1)
    if sum(least) > room:
        return None
    while sum(widths) > room:
        _width, at = max((width, at) for at, width in enumerate(widths) if width > least[at])
        widths[at] -= 1
    return widths


def _cell(cell: Cell) -> Text:
    return Text("\n").join(text for line in words_of(cell, blanks=True) if (text := _text(line)).plain)


def _styled(text: str, style: str) -> Text:
    """Return words that all look the same, safe to show."""
    return Text(text_of(text), style=style)


def _text(line: Line) -> Text:
    return Text(" ").join(map(_span, parts_of(line)))


def _span(span: Span) -> Text:
    words = span.text
    if span.look is not None and (sign := SIGNS.get(span.look)):
        words = f"{sign} {words}"
    elif span.look is Look.KEY:
        words = f"({words})"
    if span.link is not None and (address := text_of(span.link)) != span.text:
        words = f"{words}: {address}"
    return Text(words, style=_STYLES.get(span.look, "") if span.look else "")
