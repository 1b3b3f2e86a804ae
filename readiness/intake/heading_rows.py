"""Rows of headings in a table: the first, among titles, and further ones below it, which are never a person's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from readiness.intake.headings import Names
from readiness.intake.mapping import TargetKind
from readiness.intake.tables import TableRow
from readiness.intake.vendor import Below, Vendor, literal
from readiness.intake.vendors import PLAIN_TABLE, vendor_of
from readiness.text import parse_number
from readiness.xlsx_reader import cell_text

_MOST_TITLES = 10
"""How many rows above the headings are passed over."""
_TITLE = 2
"""So many cells beside each other can be a title."""
_HEADINGS = 3
"""So many cells beside each other can be headings below a title."""
_ELSEWHERE = 2
"""So many headings in the columns of others are no answers."""
_IMPORT_ID = '{"ImportId"'
"""Start of a cell in Qualtrics' last row of headings."""


@dataclass(frozen=True, slots=True)
class RowBelow:
    """A further row of headings, and what it holds."""

    kind: Below
    texts: list[str]


def texts_of(row: TableRow) -> list[str]:
    """Return a row's cells as texts."""
    return [cell_text(cell) for cell in row.cells]


def heading_row(rows: Sequence[TableRow], names: Names) -> int:
    """Return the position of the row of headings: one of known names, else the first that is no title.

    A title stands alone in its row, or in two cells, such as "Survey" and "May 2026"; headings stand beside others.
    """
    for at, row in enumerate(rows[:_MOST_TITLES]):
        if heads_columns(row, names):
            return at
    at, last = 0, min(_MOST_TITLES, len(rows) - 1)
    while at < last and _filled(rows[at]) <= _TITLE:
        at += 1
    widest = max(map(_filled, rows[:at]), default=0)
    return at if _filled(rows[at]) >= max(_HEADINGS, 2 * widest + 1) else 0


def looks_like_headings(rows: Sequence[TableRow]) -> bool:
    """Return whether these first rows of a table have one of headings, known or not, and one below it."""
    return any(_filled(row) >= _HEADINGS for row in rows[:-1])


def rows_below(rows: Sequence[TableRow], firsts: Sequence[str], vendor: Vendor, names: Names) -> Iterator[RowBelow]:
    """Yield the further rows of headings, below the first (``firsts``)."""
    kinds = [*vendor.below]
    own = [at for at, text in enumerate(firsts) if literal(text) in vendor.own]
    for row in rows:
        kind = _kind_of(row, own, vendor, kinds[0] if kinds else None, names)
        if kind is None:
            return
        if kinds and kinds[0] is kind:
            kinds.pop(0)
        yield RowBelow(kind, texts_of(row))


def _kind_of(row: TableRow, own: Sequence[int], vendor: Vendor, expected: Below | None, names: Names) -> Below | None:
    """Return what a further row of headings holds; None if it is no such row.

    It says nothing of a response in the program's ``own`` columns: their names once more, or nothing.
    """
    said = [text for at in own if (text := cell_text(row.cell(at)))]
    if any(text.startswith(_IMPORT_ID) for text in texts_of(row)):
        return Below.CODES
    if said:
        again = expected is not Below.PARTS and all(literal(text) in vendor.own for text in said)
        return expected if again else None
    if expected is Below.PARTS:
        return expected
    return Below.CODES if heads_columns(row, names) else None


def heads_columns(row: TableRow, names: Names) -> bool:
    """Return whether a row is one of headings: a program's, or with a question's name and another one.

    Numbers do not count: they can be answers as well.
    """
    texts = [text for text in texts_of(row) if text and parse_number(text) is None]
    if vendor_of([literal(text) for text in texts]) is not PLAIN_TABLE:
        return True
    found = [target for text in texts if (target := names.find(text))]
    return len(found) > 1 and any(target.kind is TargetKind.QUESTION for target in found)


@dataclass(frozen=True, slots=True)
class RepeatedHeadings:
    """The first row of headings, as it is known if it comes again below. ``names`` are its cells, each once."""

    texts: tuple[str, ...]
    names: frozenset[str]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        """Return the headings with these cells."""
        return cls(tuple(texts), frozenset(texts) - {""})

    def stand_in(self, row: TableRow) -> bool:
        """Return whether a row repeats the headings: tables that were put together can have them again."""
        return bool(self.texts) and cell_text(row.cell(0)) == self.texts[0] and tuple(texts_of(row)) == self.texts

    def stand_otherwise_in(self, row: TableRow) -> bool:
        """Return whether most of a row are headings, and two or more of them those of other columns.

        What a column is headed with can be an answer in it.
        """
        named = [(at, cell) for at, cell in enumerate(row.cells) if isinstance(cell, str) and cell in self.names]
        elsewhere = sum(at >= len(self.texts) or self.texts[at] != text for at, text in named)
        return elsewhere >= _ELSEWHERE and 2 * len(named) > _filled(row)


def _filled(row: TableRow) -> int:
    return sum(bool(cell_text(cell)) for cell in row.cells)
