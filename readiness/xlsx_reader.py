"""Workbooks (XLSX and ODS) that people send back: what is in their sheets, as another process reads it."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from readiness.errors import MOST_TOLD, InputError, Place, Problem
from readiness.file_version import FileVersion
from readiness.sheet_marks import Merged, SheetMarks
from readiness.uncalculated import UNCALCULATED
from readiness.workbook_apart import WorkbookReader, version_of

Cell = str | int | float | bool | dt.datetime | dt.date | dt.time | None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet: its number from 1, and its cells."""

    number: int
    cells: tuple[Cell, ...]

    def text(self, at: int) -> str:
        """Return a cell as text; "" if the row ends before it."""
        return cell_text(self.cells[at]) if at < len(self.cells) else ""


_reader = WorkbookReader()
"""One process reads all workbooks of a command: most of the time is its start."""


def sheet_rows(path: Path, sheet: str, before: FileVersion | None = None) -> Iterator[SheetRow]:
    """Yield the rows of a workbook's sheet that hold something.

    Formulas count with the value they had when the workbook was saved; UNCALCULATED stands for none. Raises InputError
    if the file is no workbook that can be trusted or has no such sheet. Too much time or memory raises one, too. So
    does a file that is changed meanwhile, or is not as it was ``before``.
    """
    before = before or version_of(path)
    _check_name(sheet, path)
    for nth in count():
        answer = _reader.rows(path, sheet, nth, before)
        if not answer["rows"]:
            return
        value = answer["values"].__getitem__
        yield from (SheetRow(number, tuple(map(value, cells))) for number, *cells in answer["rows"])


def sheet_marks(path: Path, sheet: str, before: FileVersion | None = None) -> SheetMarks:
    """Return which cells of a sheet are merged or have notes, and which rows are hidden; raises as ``sheet_rows``."""
    _check_name(sheet, path)
    return _reader.marks(path, sheet, before)


def _check_name(sheet: str, path: Path) -> None:
    """Raise InputError if the workbook has no such sheet."""
    known = sheet_names(path)
    if sheet not in known:
        what = f'There is no sheet "{sheet}" in this workbook'
        raise InputError(Problem(what, f"It has: {', '.join(known)}.", Place(str(path))))


def sheet_names(path: Path) -> tuple[str, ...]:
    """Return the names of a workbook's sheets of cells, in order; raises InputError as ``sheet_rows`` does."""
    return _reader.sheets(path)


def cell_text(cell: Cell) -> str:
    """Return a cell as text: dates as 2027-01-31, whole numbers without a point."""
    match cell:
        case None:
            return ""
        case dt.datetime():
            return cell.date().isoformat()
        case dt.date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
    return str(cell).strip()


_ERRORS = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!"}
    | {UNCALCULATED}
)
_OTHER_ERROR = re.compile(r"(?:Err:|#ERR)\d{3}!?|#ERROR!")


def is_error(text: str) -> bool:
    """Return whether a cell's text is an error of the spreadsheet program: a formula that could not be worked out."""
    return text[:1] in {"#", "E"} and (text in _ERRORS or _OTHER_ERROR.fullmatch(text) is not None)


def any_error(texts: Sequence[str]) -> bool:
    """Return whether one of many texts is such an error."""
    together = "\n".join(texts)  # hardly any text has a mark of one, and to look for it in all at once is quick
    return ("#" in together or "Err:" in together) and any(map(is_error, texts))


def error_problem(text: str, place: Place) -> Problem:
    """Return what to say of a cell that shows an error where words were meant."""
    if text == UNCALCULATED:
        what = "This cell has a formula that was saved without its value"
        todo = "Open the file in a spreadsheet program and save it there, or replace the formula with its value."
        return Problem(what, todo, place)
    what = f"This cell shows {text}, an error of the spreadsheet, and not the words that were typed"
    return Problem(what, "Type them again, with an apostrophe (') before them if it makes a formula of them.", place)


def column_letter(at: int) -> str:
    """Return a column as a spreadsheet names it: 0 is A, 26 is AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def cell_name(row: int, column: int) -> str:
    """Return a cell as a spreadsheet names it, by its row and column from 1."""
    return f"{column_letter(column - 1)}{row}"


def merged_problems(ranges: Sequence[Merged], file: str) -> Iterator[Problem]:
    """Yield what to say of cells that were made one, where each should be filled in: MOST_TOLD problems at most."""
    told = ranges if len(ranges) <= MOST_TOLD else ranges[: MOST_TOLD - 1]
    yield from (_merged_problem(each, file) for each in told)
    if more := len(ranges) - len(told):
        yield Problem(f"{more} more ranges of cells are merged in this sheet", "Unmerge them, too.", Place(file))


def _merged_problem(merged: Merged, file: str) -> Problem:
    cells = f"{cell_name(merged.top, merged.left)}:{cell_name(merged.bottom, merged.right)}"
    what = f"{cells} is merged, and only its first cell has what it says"
    return Problem(what, "Unmerge it, and fill in each cell.", Place(file, merged.top, merged.left))


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a sheet's columns, in order: ``headings[name]`` is where the first one called ``name`` stands.

    ``row`` is the number of their row; ``above`` are the rows before it that hold something.
    """

    texts: tuple[str, ...]
    row: int = 1
    above: tuple[SheetRow, ...] = ()

    def __getitem__(self, name: str) -> int:
        return self.texts.index(name)


def header(rows: Iterator[SheetRow], wanted: Sequence[str], path: Path) -> Headings:
    """Return the headings in the first row that has all the ``wanted`` ones.

    Leaves ``rows`` after that row. Raises InputError if no row does, naming what the nearest one lacks.
    """
    best: list[str] = list(wanted)
    above: list[SheetRow] = []
    for row in rows:
        found = tuple(map(cell_text, row.cells))
        lacking = [name for name in wanted if name not in found]
        if not lacking:
            return Headings(found, row.number, tuple(above))
        above.append(row)
        if len(lacking) < len(best):
            best = lacking
    what = f"Columns are missing: {', '.join(best)}"
    raise InputError(Problem(what, "Put their headings back as they were.", Place(str(path))))
