"""Reads workbooks (XLSX, and ODS by ``ods_reader``) that people send back, without trusting them.

One cell in the last row of a sheet can make a reader ask for billions of cells. So the package is looked at before
anything is read, and rows and columns have a limit.
"""

import datetime as dt
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from readiness.errors import InputError, Place, Problem
from readiness.ods_reader import is_ods, ods_rows, ods_sheets
from readiness.zip_guard import check_package, damaged

MAX_ROWS = 200_000
MAX_COLUMNS = 500

_KIND = "workbook"

Cell = str | int | float | bool | dt.datetime | dt.date | dt.time | None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet: its number from 1, and its cells."""

    number: int
    cells: tuple[Cell, ...]


def sheet_rows(path: Path, sheet: str) -> Iterator[SheetRow]:
    """Yield the rows of a workbook's sheet that hold something.

    Formulas count with the value they had when the workbook was saved. Raises InputError where the file is no workbook
    that can be trusted, or has no such sheet.
    """
    if is_ods(path):
        _has_sheet(path, sheet, ods_sheets(path))
        yield from _bounded(path, ods_rows(path, sheet, MAX_COLUMNS))
        return
    with _opened(path) as book:
        _has_sheet(path, sheet, book.sheetnames)
        found = book[sheet]
        found.reset_dimensions()  # what a file says of its own size is not believed
        yield from _bounded(path, enumerate(found.iter_rows(values_only=True), start=1))


def _has_sheet(path: Path, sheet: str, known: Sequence[str]) -> None:
    if sheet not in known:
        what = f'There is no sheet "{sheet}" in this workbook'
        raise InputError(Problem(what, f"It has: {', '.join(known)}.", Place(str(path))))


def sheet_names(path: Path) -> tuple[str, ...]:
    """Return the names of a workbook's sheets of cells, in order; raises InputError as ``sheet_rows`` does."""
    if is_ods(path):
        return ods_sheets(path)
    with _opened(path) as book:
        return tuple(sheet.title for sheet in book.worksheets)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """Open a workbook for as long as it is read. Whatever comes up meanwhile means that it is damaged.

    It is read bit by bit, and what is wrong in one of its parts comes up as any kind of error there is.
    """
    check_package(path, _KIND)
    from openpyxl import load_workbook

    # Excel keeps lists of choices and the like in parts that openpyxl does not know. Nothing of ours is in them.
    warnings.filterwarnings("ignore", module=r"openpyxl\.")
    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            yield book
        finally:
            book.close()
    except (InputError, MemoryError):
        raise
    except Exception as error:
        raise InputError(damaged(path, _KIND)) from error


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How a workbook writes a character that XML has no place for, such as a carriage return (ECMA-376, 22.9.2.19)."""


def _bounded(path: Path, rows: Iterable[tuple[int, Sequence[Cell]]]) -> Iterator[SheetRow]:
    """Yield the rows that hold something, each text as it was typed. Raises InputError if there are too many."""
    for number, cells in rows:
        if number > MAX_ROWS or len(cells) > MAX_COLUMNS:
            what = f"This sheet is larger than {MAX_ROWS} rows or {MAX_COLUMNS} columns"
            raise InputError(
                Problem(what, "Delete the empty rows and columns, and save again.", Place(str(path), number))
            )
        if any(cell is not None and cell != "" for cell in cells):
            yield SheetRow(number, tuple(_typed(cell) if isinstance(cell, str) else cell for cell in cells))


def _typed(text: str) -> str:
    """Return a text as it was typed: each escaped character as itself, and each line's end as a line feed."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


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
)
_OTHER_ERROR = re.compile(r"(?:Err:|#ERR)\d{3}!?|#ERROR!")


def is_error(text: str) -> bool:
    """Return whether a cell's text is an error of the spreadsheet program: a formula that could not be worked out."""
    return text[:1] in {"#", "E"} and (text in _ERRORS or _OTHER_ERROR.fullmatch(text) is not None)


def error_problem(text: str, place: Place) -> Problem:
    """Return what to say of a cell that shows an error where words were meant."""
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


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a sheet's columns, in order: ``headings[name]`` is where the first one called ``name`` stands."""

    texts: tuple[str, ...]

    def __getitem__(self, name: str) -> int:
        return self.texts.index(name)


def header(rows: Iterator[SheetRow], wanted: Sequence[str], path: Path) -> Headings:
    """Return the headings in the first row that has all the ``wanted`` ones.

    Leaves ``rows`` after that row. Raises InputError where no row does, naming what the nearest one lacks.
    """
    best: list[str] = list(wanted)
    for row in rows:
        found = tuple(map(cell_text, row.cells))
        lacking = [name for name in wanted if name not in found]
        if not lacking:
            return Headings(found)
        if len(lacking) < len(best):
            best = lacking
    what = f"Columns are missing: {', '.join(best)}"
    raise InputError(Problem(what, "Put their headings back as they were.", Place(str(path))))
