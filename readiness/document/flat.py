"""Blocks one below the other: for formats that know no parts, no folds and nothing side by side."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from readiness.document.blocks import (
    Block,
    Callout,
    Cards,
    Contents,
    Fold,
    Heading,
    Hint,
    Paragraph,
    Points,
    ResultCard,
    Section,
    SideBySide,
)
from readiness.document.chart import Chart
from readiness.document.spans import Line, Span, Spans
from readiness.document.tables import Cell, Column, Folded, Table, ToFillIn, lines_of

FlatBlock = Line | Paragraph | Heading | Hint | Points | Table | ResultCard | Cards
"""Block that holds no other."""


def flat(blocks: Iterable[Block]) -> Iterator[FlatBlock]:
    """Yield the blocks one below the other, without charts and what is said of them, contents, and empty tables."""
    for block in blocks:
        match block:
            case Section(title=title, shown=shown, blocks=within):
                if shown:
                    yield Heading(title, 2)
                yield from flat(within)
            case Contents() | Chart() | Paragraph(drawn=True) | Fold(printed=False):
                continue
            case Callout(title, within) | Fold(title, within):
                yield Heading(title)
                yield from flat(within)
            case SideBySide(first, second):
                yield from flat(first)
                yield from flat(second)
            case Table():
                if block.rows:
                    yield block.in_words
            case str() | Span() | Spans() | Paragraph() | Heading() | Hint() | Points() | ResultCard() | Cards():
                yield block
            case _:
                assert_never(block)


def naming_column(columns: Iterable[Column]) -> int | None:
    """Return the place of the column whose cells name their rows; None if all are numbers to go by."""
    places = [at for at, column in enumerate(columns) if not column.label]
    headers = [at for at, column in enumerate(columns) if column.row_header]
    return next(iter([*headers, *places]), None)


def words_of(cell: Cell, *, blanks: bool) -> list[Line]:
    """Return the lines of a cell in words, without charts; ``blanks``: with what is said of lines to write on."""
    found: list[Line] = []
    for line in lines_of(cell):
        match line:
            case Folded(first, more):
                found += (first, *more)
            case ToFillIn(missing=missing):
                found += [missing] if blanks else []
            case Chart():
                pass
            case str() | Span() | Spans():
                found.append(line)
            case _:
                assert_never(line)
    return found


def heading_text(heading: Heading) -> str:
    """Return a heading with what stands beside it, in one line."""
    if not heading.beside:
        return heading.text
    return f"{heading.text} ({heading.beside})" if ":" in heading.beside else f"{heading.text}: {heading.beside}"
