"""Reads a table, CSV or a workbook's sheet, and remembers where each cell stood.

Nothing in a table is run or believed: formulas count with the value they had, and size, rows and columns have a limit.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from readiness.bank.document import read_bytes
from readiness.errors import InputError, Place, Problem
from readiness.xlsx_reader import MAX_COLUMNS, MAX_ROWS, Cell, sheet_names, sheet_rows

MAX_BYTES = 64_000_000
"""An export with the levels' own words has some 3 KB a row."""

_SEPARATORS = (",", ";", "\t", "|")
_SAMPLE = 20
"""How many records show what separates columns."""

_EXCEL_HINT = re.compile(r'"?sep=(.)"?\r?\n')
"""A first line that tells Excel the separator."""

_WEB_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|table)\b", re.IGNORECASE)

_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table: its number from 1, as a spreadsheet shows it, and its cells."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, at: int) -> Cell:
        """Return a cell; None where the row ends before it."""
        return self.cells[at] if at < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table that hold something; at least one. ``told`` says how it was read."""

    file: str
    rows: tuple[TableRow, ...]
    told: str

    def place(self, row: int, at: int) -> Place:
        """Return where the cell in column ``at`` (from 0) of the row numbered ``row`` stands."""
        return Place(self.file, row, at + 1)


def read_table(path: Path) -> Table:
    """Return the table in the file: the first sheet of a workbook that holds something, else separated values.

    Raises InputError where it is neither, is empty, or is larger than we read.
    """
    raw = read_bytes(path, MAX_BYTES)
    file = str(path)
    if len(raw) > MAX_BYTES:
        what = f"The file is larger than {MAX_BYTES // 1_000_000} MB"
        raise InputError(Problem(what, "Check that it is the right file.", Place(file)))
    if raw.startswith(_OLD_WORKBOOK):
        todo = "Open it, and save it as .xlsx or .csv."
        what = "This is a workbook of the old kind (.xls), or is locked by a password"
        raise InputError(Problem(what, todo, Place(file)))
    if raw.startswith(_ZIP) and path.suffix.lower() == ".zip":
        raise InputError(Problem("This is a packed folder", "Unpack it, and name the table in it.", Place(file)))
    if _WEB_PAGE.match(raw):
        what, todo = (
            "This is a web page, and no table",
            "Export the answers again: the survey program may want a sign-in.",
        )
        raise InputError(Problem(what, todo, Place(file)))
    table = _from_workbook(path) if raw.startswith(_ZIP) else _from_text(raw, file)
    if not table.rows:
        raise InputError(Problem("There is nothing in this table", "Check that it is the right file.", Place(file)))
    return table


def _from_workbook(path: Path) -> Table:
    names = sheet_names(path)
    for name in names:
        rows = tuple(TableRow(row.number, row.cells) for row in sheet_rows(path, name))
        if rows:
            others = f", of {len(names)} sheets" if len(names) > 1 else ""
            return Table(str(path), rows, f'sheet "{name}"{others}')
    return Table(str(path), (), "")


def _from_text(raw: bytes, file: str) -> Table:
    text, encoding = _decoded(raw, file)
    hint = _EXCEL_HINT.match(text)
    text = text[hint.end() :] if hint else text
    separator = hint[1] if hint else _separator(text)
    rows = tuple(_records(text, separator, file, 2 if hint else 1))
    name = {"\t": "tab"}.get(separator, f'"{separator}"')
    return Table(file, rows, f"{encoding}, separated by {name}")


def _decoded(raw: bytes, file: str) -> tuple[str, str]:
    """Return the text and the name of its encoding. Where it is not Unicode, it is taken for Windows-1252, and told."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding, name = "utf-16", "UTF-16"
    elif raw[1:2] == b"\0":
        encoding, name = "utf-16-le", "UTF-16"
    elif raw[:1] == b"\0":
        encoding, name = "utf-16-be", "UTF-16"
    else:
        encoding, name = "utf-8-sig", "UTF-8"
    try:
        return raw.decode(encoding), name
    except UnicodeDecodeError:
        if name == "UTF-16":
            raise InputError(_not_text(file)) from None
    try:
        return raw.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        raise InputError(_not_text(file)) from None


def _not_text(file: str) -> Problem:
    return Problem("This is no table that we can read", 'Save it again as "CSV UTF-8", or as .xlsx.', Place(file))


def _separator(text: str) -> str:
    """Return what separates columns: what splits the header into most, and most records after it into as many."""
    return max(_SEPARATORS, key=lambda separator: _fit(text, separator))


def _fit(text: str, separator: str) -> tuple[bool, int]:
    widths = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if record:
                widths.append(len(record))
            if len(widths) == _SAMPLE:
                break
    except csv.Error:
        return False, 0
    if not widths or widths[0] == 1:
        return False, 0
    return 2 * widths.count(widths[0]) > len(widths), widths[0]


def _records(text: str, separator: str, file: str, first: int) -> Iterator[TableRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, record in enumerate(reader, start=first):
            _check_size(number, record, file)
            if any(cell.strip() for cell in record):
                yield TableRow(number, tuple(record))
    except csv.Error as error:
        todo = "Look for a quotation mark that is not closed, or save the table again."
        raise InputError(Problem(f"This row can't be read ({error})", todo, Place(file, reader.line_num))) from None


def _check_size(number: int, record: Sequence[str], file: str) -> None:
    if number > MAX_ROWS or len(record) > MAX_COLUMNS:
        what = f"This table is larger than {MAX_ROWS} rows or {MAX_COLUMNS} columns"
        raise InputError(Problem(what, "Split it into several.", Place(file, number)))
