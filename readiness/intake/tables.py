"""A table and its rows, each with the number that a spreadsheet shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from readiness.bank.document import ParsedDocument
from readiness.errors import Place, Problem
from readiness.sheet_marks import Merged
from readiness.xlsx_reader import Cell


class TableRow(NamedTuple):
    """A row of a table: its number from 1, and its cells.

    A line of JSON lines can hold something else: ``instead`` is a whole assessment, or why the line can't be read.
    """

    number: int
    cells: Sequence[Cell]
    instead: ParsedDocument | tuple[Problem, ...] | None = None

    def cell(self, at: int) -> Cell:
        """Return a cell; None if the row ends before it."""
        return self.cells[at] if at < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class InputTable:
    """A table of which at least one row holds something. ``told`` says how it was read, ``notices`` what to check.

    ``rows`` leaves out empty ones. Each pass over it reads the file anew, unless the table was read into memory.
    ``headings`` are those of the format itself, and may grow as rows are read; None if they stand in a row. ``typed``:
    whether cells can be something else than text. ``other_sheets``: the names of sheets that were not read. ``merged``:
    ranges of cells that were made one. ``hidden``: the numbers of the first rows that are hidden, MOST_MARKED at most.
    """

    file: str
    rows: Iterable[TableRow]
    told: str
    notices: tuple[str, ...] = ()
    headings: Sequence[str] | None = None
    typed: bool = True
    other_sheets: tuple[str, ...] = ()
    merged: tuple[Merged, ...] = ()
    hidden: tuple[int, ...] = ()

    def place(self, row: int, at: int) -> Place:
        """Return the place of the cell in column ``at`` (from 0) of the row numbered ``row``."""
        return Place(self.file, row, at + 1)
