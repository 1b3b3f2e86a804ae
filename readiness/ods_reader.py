"""Reads OpenDocument spreadsheets (ODS), as LibreOffice saves them, row by row and without trusting them.

One row or cell can say that it is repeated a million times, so a reader that lays out the sheet first can be made to
ask for gigabytes. Here repeated rows and cells count only up to our limits, and empty ones are not laid out at all.
"""

import datetime as dt
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from readiness.errors import InputError, Place, Problem
from readiness.sheet_marks import MOST_MARKED, MOST_MERGED, Merged, SheetMarks
from readiness.uncalculated import UNCALCULATED
from readiness.zip_guard import damaged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element as Element

KIND = "spreadsheet"
"""The kind of file in messages."""

Cell = str | float | bool | dt.datetime | None

_CONTENT = "content.xml"
_MIMETYPE = "mimetype"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_MARKED = "*[@table:number-rows-spanned > 1 or @table:number-columns-spanned > 1 or .//office:annotation]"
_SHEET, _ROW = f"{_TABLE}table", f"{_TABLE}table-row"
_MOST_SPACES = 1_000
_MOST_REPEATED = 10_000
"""Times that one row with something in it may stand; each takes time again."""
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
"""Of a sheet, in the programs that write them. Cells that were made one end there, whatever a file says."""
_MOST = 10**9
"""The most that is told of a number of times: Python refuses to write numbers of thousands of digits."""


def is_ods(data: bytes) -> bool:
    """Return whether the file says of itself that it is an OpenDocument spreadsheet."""
    try:
        with ZipFile(BytesIO(data)) as package, package.open(_MIMETYPE) as part:
            return b"opendocument.spreadsheet" in part.read(200)
    except Exception:  # noqa: BLE001 — zipfile and zlib each have their own; the reader of workbooks says it then
        return False


def ods_sheets(data: bytes, path: Path) -> tuple[str, ...]:
    """Return the names of the spreadsheet's sheets, in order. Raises InputError if it is none that we can read.

    ``path`` is its name in messages. What it unpacks to is for ``zip_guard`` to check first.
    """
    return tuple(name for name, _ in _elements(data, path, rows=False))


def ods_rows(data: bytes, path: Path, sheet: str, widest: int) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """Yield each row of the sheet that holds something: its number from 1, and its cells.

    A row of more than ``widest`` cells is cut after one more. Raises InputError as ``ods_sheets`` does.
    """
    number = 1
    for name, row in _elements(data, path, rows=True):
        if name == sheet:
            try:
                repeated, cells = _count(row, "number-rows-repeated"), _cells(row, widest)
            except (TypeError, ValueError) as error:  # a number or a date that is none
                raise InputError(damaged(path, KIND)) from error
            if cells and repeated > _MOST_REPEATED:
                what = f"This row is repeated {repeated} times"
                todo = "Delete the copies: people’s answers are never all the same."
                raise InputError(Problem(what, todo, Place(str(path), number)))
            if cells:
                yield from ((at, cells) for at in range(number, number + repeated))
            number += repeated


def ods_marks(data: bytes, path: Path, sheet: str) -> SheetMarks:
    """Return what the sheet has beside its values. Raises InputError as ``ods_sheets`` does."""
    from lxml.etree import XPath

    marked = XPath(_MARKED, namespaces={"table": _TABLE[1:-1], "office": _OFFICE[1:-1]})
    merged: list[Merged] = []
    notes: list[tuple[int, int]] = []
    hidden: list[int] = []
    number = 1
    for name, row in _elements(data, path, rows=True):
        if name == sheet:
            try:
                repeated = _count(row, "number-rows-repeated")
                if row.get(f"{_TABLE}visibility", "visible") != "visible":
                    hidden += range(number, number + min(repeated, MOST_MARKED - len(hidden)))
                if marked(row):
                    ranges, cells = _marks(row, number)
                    merged += ranges[: MOST_MERGED + 1 - len(merged)]
                    notes += cells[: MOST_MARKED - len(notes)]
            except ValueError as error:  # a number that is none
                raise InputError(damaged(path, KIND)) from error
            number += repeated
    return SheetMarks(tuple(merged), tuple(notes), tuple(hidden))


def _marks(row: "Element", number: int) -> tuple[list[Merged], list[tuple[int, int]]]:
    """Return the merged ranges that begin in the row with this number, and its cells with notes."""
    merged, notes, column = [], [], 1
    for cell in row.iterchildren(*_CELLS):
        down, across = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if down > 1 or across > 1:
            last = min(number + down - 1, _LAST_ROW), min(column + across - 1, _LAST_COLUMN)
            merged.append(Merged(number, column, *last))
        if next(cell.iter(f"{_OFFICE}annotation"), None) is not None:
            notes.append((number, column))
        column += _count(cell, "number-columns-repeated")
    return merged, notes


def _elements(data: bytes, path: Path, *, rows: bool) -> Iterator[tuple[str, "Element"]]:
    """Yield each sheet's name as it begins; or each row, with the name of its sheet, of tables in no other."""
    from lxml import etree

    try:
        with ZipFile(BytesIO(data)) as package, package.open(_CONTENT) as part:
            plain = {"resolve_entities": False, "remove_comments": True, "remove_pis": True}
            yield from _walked(etree.iterparse(part, events=("start", "end"), tag=(_SHEET, _ROW), **plain), rows=rows)
    except (InputError, MemoryError):
        raise
    except Exception as error:  # zipfile, zlib and lxml each have their own
        raise InputError(damaged(path, KIND)) from error


def _walked(events: "Iterable[tuple[str, Element]]", *, rows: bool) -> Iterator[tuple[str, "Element"]]:
    name, deep = "", 0
    for event, element in events:
        if element.tag == _SHEET:
            deep += 1 if event == "start" else -1
            if event == "start" and deep == 1:
                name = element.get(f"{_TABLE}name", "")
                if not rows:
                    yield name, element
        elif event == "end" and element.tag == _ROW and deep == 1:
            if rows:
                yield name, element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _count(element: "Element", of: str) -> int:
    return min(max(1, int(element.get(f"{_TABLE}{of}", "1"))), _MOST)


def _cells(row: "Element", widest: int) -> tuple[Cell, ...]:
    """Return the cells of a row up to the last that holds something."""
    cells: list[Cell] = []
    empty = 0
    for element in row:
        if element.tag in _CELLS:
            repeated, value = _count(element, "number-columns-repeated"), _value(element)
            if value is None or value == "":
                empty += repeated
                continue
            room = widest + 1 - len(cells)
            cells += [None] * min(empty, room)
            cells += [value] * min(repeated, widest + 1 - len(cells))
            empty = 0
    return tuple(cells)


def _value(cell: "Element") -> Cell:
    match cell.get(f"{_OFFICE}value-type"):
        case "float" | "percentage" | "currency":
            return float(cell.get(f"{_OFFICE}value"))
        case "boolean":
            return bool(cell.get(f"{_OFFICE}boolean-value") == "true")
        case "date":
            return dt.datetime.fromisoformat(cell.get(f"{_OFFICE}date-value"))
    words = "\n".join(_words(paragraph) for paragraph in cell.iterchildren(f"{_TEXT}p", f"{_TEXT}h"))
    is_uncalculated = cell.get(f"{_TABLE}formula") and not cell.get(f"{_OFFICE}value-type")
    return words or cell.get(f"{_OFFICE}string-value") or (UNCALCULATED if is_uncalculated else None)


def _words(element: "Element") -> str:
    """Return the text of a paragraph; a comment on the cell is none of it."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * min(int(child.get(f"{_TEXT}c", "1")), _MOST_SPACES))
        elif child.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif isinstance(child.tag, str) and not child.tag.startswith(_OFFICE):
            parts.append(_words(child))
        parts.append(child.tail or "")
    return "".join(parts)
