"""Opens files that hold a table: separated values, workbooks, JSON lines and Parquet, known by how they begin.

Nothing in a table is run or believed: formulas count with the value they had, and size, rows and columns have a limit.
"""

import datetime as dt
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from sys import getsizeof
from typing import Any

from readiness.assessment.file_kinds import JSON_LINES, in_lines
from readiness.assessment.reading import STDIN
from readiness.assessment.unread_kinds import no_answers, unread_kind
from readiness.bank.document import read_bytes
from readiness.errors import Command, InputError, Place, Problem
from readiness.file_version import FileVersion, unchanged
from readiness.intake.headings import Names
from readiness.intake.json_lines import JsonLines
from readiness.intake.mojibake import Mended, is_misread
from readiness.intake.parquet_rows import check_parquet, column_values, parquet_batches
from readiness.intake.separated import separated_values
from readiness.intake.sheets import workbook_table
from readiness.intake.tables import InputTable, TableRow
from readiness.xlsx_reader import Cell

MAX_BYTES = 64_000_000
"""Bytes of a table that is read into memory: an export with the levels' own words has some 3 KB a row."""

MOST_COLLECTED = 10_000
"""Rows of a table that is read into memory: each becomes a file of answers."""
_ABOVE = 100
"""Rows with headings and the like, and without answers, for which there is room besides."""
_MOST_TEXT = 100_000_000
"""Bytes of text in memory: a small workbook can have a text in a million cells, and notes are made of each."""
_START = 100_000
"""Bytes by which a kind of file is known: a first line of JSON lines can be long."""

_OLD_OFFICE = b"\xd0\xcf"
_ZIP = b"PK"
_PARQUET = b"PAR1"
_PARQUET_NAME = "Parquet"


def read_table(path: Path, names: Names | None = None, sheet: str | None = None) -> InputTable:
    """Return the table in the file, read into memory. Raises InputError as ``open_table``, and if it is too large."""
    table = open_table(path, names=names, sheet=sheet)
    if path.stat().st_size > MAX_BYTES:
        what = f"The file is larger than {MAX_BYTES // 1_000_000} MB"
        raise InputError(Problem(what, "Check that it is the right file.", Place(table.file)))
    return in_memory(table)


def in_memory(table: InputTable) -> InputTable:
    """Return the table with all its rows read. Raises InputError if they are too many, or too much text."""
    rows: list[TableRow] = []
    text = 0
    for row in table.rows:
        text += sum(getsizeof(cell) for cell in row.cells if isinstance(cell, str))
        if len(rows) == MOST_COLLECTED + _ABOVE or text > _MOST_TEXT:
            raise InputError(_is_for_a_batch(Place(table.file, row.number)))
        rows.append(row._replace(cells=tuple(row.cells)))
    return replace(table, rows=tuple(rows), headings=None if table.headings is None else tuple(table.headings))


def _is_for_a_batch(place: Place) -> Problem:
    what = f"This table is too large to make files of answers of it: more than {MOST_COLLECTED} rows, or too much text"
    todo = "Split it into several tables. Or make reports of it without files of answers"
    return Problem(what, todo, place, Command("batch", (place.file,), ("-o", "reports")))


def open_table(
    path: Path,
    file: str | None = None,
    *,
    names: Names | None = None,
    sheet: str | None = None,
    version: FileVersion | None = None,
) -> InputTable:
    """Return the table in the file, to be read row by row. ``file`` is its name in messages, if not its path.

    Of a workbook it is the ``sheet`` called or numbered so, or the first with headings of ``names``.
    Raises InputError if there is no table, or nothing in it. Each pass over its rows raises ChangedFileError if the
    file is not as it was at ``version``: if that is None, when it was opened.
    """
    name, before = file or str(path), version or FileVersion.of(path)
    with unchanged(path, name, before):
        table = _named(path, name, names, sheet)
    return replace(table, rows=_Unchanged(table.rows, path, name, before))


def _named(path: Path, name: str, names: Names | None, sheet: str | None) -> InputTable:
    """Return the table with ``name`` for its file in messages. Raises InputError as ``open_table``."""
    try:
        table = _opened(path, name, names, sheet)
    except InputError as error:
        raise renamed(error, path, name) from None
    if table.told != _PARQUET_NAME and is_misread(path):
        notice = f"{name}: its letters had been saved wrong (â€™ for ’), and were read right. Check names with accents."
        table = replace(table, rows=Mended(table.rows), notices=(*table.notices, notice))
    rows = table.rows if name == str(path) else _Renamed(table.rows, path, name)
    if next(iter(rows), None) is None:
        raise InputError(Problem("There is nothing in this table", "Check that it is the right file.", Place(name)))
    return replace(table, rows=rows)


def _opened(path: Path, file: str, names: Names | None, sheet: str | None) -> InputTable:
    start = read_bytes(path, _START)
    if start.startswith((_ZIP, _OLD_OFFICE)) or start.removeprefix(BOM_UTF8).lstrip().startswith(b"<"):
        start = read_bytes(path)  # its end, too, says what it is
    if unread := unread_kind(start, path.name):
        raise InputError(Problem(f"This is {unread.kind}, and was not read", unread.todo, Place(file)))
    if start.startswith(_ZIP):
        return workbook_table(path, file, names, sheet)
    if start.startswith(_PARQUET):
        parquet = _ParquetRows(path, file)
        return InputTable(file, parquet, _PARQUET_NAME, headings=parquet.headings())
    if kind := in_lines(start, str(path)):
        if kind != JSON_LINES:
            raise InputError(no_answers(kind, file))
        lines = JsonLines(path, file)
        return InputTable(file, lines, JSON_LINES, headings=lines.headings)
    values = separated_values(path, file)
    return InputTable(file, values, values.told, values.notices, typed=False)


@dataclass(frozen=True, slots=True)
class _ParquetRows:
    """The rows of a Parquet file. They are numbered as in any table: the names of its columns are row 1."""

    path: Path
    file: str

    def headings(self) -> tuple[str, ...]:
        """Return the names of the columns. Raises InputError if the file can't be read, or holds too much."""
        _need_pyarrow(self.file)
        check_parquet(self.path, self.file)
        return next(self._read())

    def __iter__(self) -> Iterator[TableRow]:
        rows = self._read()
        next(rows)
        return (TableRow(number, tuple(map(_cell, cells))) for number, cells in enumerate(rows, start=2))

    def _read(self) -> Iterator[tuple[Any, ...]]:
        """Yield the names of the columns, then the values of each row."""
        import pyarrow as pa

        try:
            batches = parquet_batches(self.path)
            yield next(batches)
            for columns in batches:
                yield from zip(*map(column_values, columns), strict=True)
        except (pa.ArrowException, OSError, ValueError, OverflowError) as error:  # damaged text, days of no calendar
            why = next(iter(str(error)[:200].splitlines()), type(error).__name__)
            what = f"This Parquet file can’t be read ({why})"
            raise InputError(Problem(what, "Write it again.", Place(self.file))) from None


def _need_pyarrow(file: str) -> None:
    try:
        import_module("pyarrow.parquet")
    except ImportError:
        todo = "Install the extra parquet: docs/installing.md says how. Or save the table as CSV."
        raise InputError(Problem("Parquet files need a part that is not installed", todo, Place(file))) from None


def _cell(value: object) -> Cell:
    """Return a value as a cell of any table. Statistics programs write "not a number" for an empty one."""
    if value is None or value != value:  # noqa: PLR0124 — true of "not a number" alone
        return None
    return value if isinstance(value, (str, int, float, bool, dt.datetime, dt.date, dt.time)) else str(value)


@dataclass(frozen=True, slots=True)
class _Unchanged:
    """Rows of a file that must be as it was ``before``, from the first row of each pass to the last."""

    rows: Iterable[TableRow]
    path: Path
    name: str
    before: FileVersion | None

    def __iter__(self) -> Iterator[TableRow]:
        with unchanged(self.path, self.name, self.before):
            yield from self.rows


@dataclass(frozen=True, slots=True)
class _Renamed:
    """Rows of a file that messages call by another name: standard input is kept in a file while it is read."""

    rows: Iterable[TableRow]
    path: Path
    name: str

    def __iter__(self) -> Iterator[TableRow]:
        try:
            yield from self.rows
        except InputError as error:
            raise renamed(error, self.path, self.name) from None


def renamed(error: InputError, path: Path, name: str) -> InputError:
    """Return the error with ``name`` for the file's path, in its places and words."""
    return InputError([_renamed(problem, str(path), name) for problem in error.problems])


def _renamed(problem: Problem, path: str, name: str) -> Problem:
    place, command = problem.place, problem.command
    if place and place.file == path:
        place = replace(place, file=name)
    if command and command.paths:
        command = replace(command, paths=tuple(str(STDIN) if each == path else each for each in command.paths))
    return replace(problem, what=problem.what.replace(path, name), place=place, command=command)
