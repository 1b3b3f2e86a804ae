"""Reads each kind of table row by row, however long it is."""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from readiness.assessment.reading import fitted
from readiness.bank.document import MAX_BYTES, Document, decode, parse_json
from readiness.batch.row_reader import Columns, Line, RowReader, table_rows, unused_notice
from readiness.batch.rows import Read, Refused, row_of
from readiness.batch.scorer import Marking
from readiness.errors import InputError, Notice, Place, Problem
from readiness.text import safe
from readiness.xlsx_reader import cell_text, first_sheet_rows

_DELIMITERS = ",;\t|"
_CHUNK = 1_000_000
_MAX_CELL = 100_000
"""Characters in one cell of a CSV file."""


def csv_rows(path: Path, label: str, marking: Marking, date: str | None) -> Iterator[Read]:
    """Yield the rows of a CSV file, as people's programs write it.

    In UTF-8, UTF-16 or, where it is neither, in Windows' western code page; separated by comma, semicolon, tab or bar.
    """
    encoding = _encoding(path)
    if encoding == "cp1252":
        yield Notice(f"{label}: this is not UTF-8. It was read as Windows text: check names with accents.")
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        delimiter = _delimiter(file)
        csv.field_size_limit(_MAX_CELL)
        yield from table_rows(_csv_lines(file, delimiter, label), label, marking, date)


def _csv_lines(file: io.TextIOBase, delimiter: str, label: str) -> Iterator[Line]:
    reader = csv.reader(file, delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error as error:
        todo = "Look for a quote that is not closed. The rows after it were not read."
        raise InputError(Problem(f"The file can’t be read on ({error})", todo, Place(label, number + 1))) from None


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(4)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def _delimiter(file: io.TextIOBase) -> str:
    """Return what separates the cells: what is most frequent in the line that has most of them."""
    lines = [file.readline(_CHUNK) for _ in range(10)]
    file.seek(0)
    return max(_DELIMITERS, key=lambda each: max(line.count(each) for line in lines))


def xlsx_rows(path: Path, label: str, marking: Marking, date: str | None) -> Iterator[Read]:
    """Yield the rows of a workbook's first sheet."""
    lines = ((row.number, [cell_text(cell) for cell in row.cells]) for row in first_sheet_rows(path))
    yield from table_rows(lines, label, marking, date)


def parquet_rows(path: Path, label: str, marking: Marking, date: str | None) -> Iterator[Read]:
    """Yield the rows of a Parquet file. Its rows are counted as in any table: the names of its columns are row 1."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        todo = "Install it: pip install 'readiness[parquet]'. Or save the table as CSV."
        raise InputError(Problem("Parquet files need a part that is not installed", todo, Place(label))) from None

    def lines() -> Iterator[Line]:
        try:
            with parquet.ParquetFile(path) as file:
                yield 1, list(file.schema_arrow.names)
                number = 1
                for batch in file.iter_batches(batch_size=1000):
                    for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                        number += 1
                        yield number, [cell_text(cell) for cell in cells]
        except (pa.ArrowException, OSError) as error:
            what = f"This Parquet file can’t be read ({str(error)[:200].splitlines()[0]})"
            raise InputError(Problem(what, "Write it again.", Place(label))) from None

    yield from table_rows(lines(), label, marking, date)


def json_rows(path: Path, label: str, marking: Marking, date: str | None) -> Iterator[Read]:
    """Yield the rows of a file with a JSON object in each line: fields named as a table's columns, or an assessment."""
    readers: dict[tuple[str, ...], RowReader] = {}
    with path.open("rb") as file:
        for number, raw in enumerate(iter(lambda: file.readline(MAX_BYTES), b""), start=1):
            if not raw.strip():
                continue
            try:
                data = _object(raw, label)
                if "responses" in data:
                    yield from _assessment(data, number, label, marking)
                    continue
                names, cells = tuple(data), _cells(data, label)
                if names not in readers:
                    readers[names] = RowReader(Columns(names, marking.bank, Place(label)), label, marking, date)
                yield readers[names].row(number, cells)
            except InputError as error:
                yield Refused(tuple(replace(problem, place=Place(label, number)) for problem in error.problems))
    unused = sorted({name for reader in readers.values() for name in reader.unused})
    if unused:
        yield unused_notice(label, unused)


def _object(raw: bytes, label: str) -> dict[str, Any]:
    data = parse_json(decode(raw, label), label).data
    if not isinstance(data, dict):
        raise InputError(Problem("This line is no object", 'Write each row as {"team": …}.', Place(label)))
    return data


def _cells(data: Mapping[str, Any], label: str) -> list[str]:
    for name, value in data.items():
        if isinstance(value, (dict, list)):
            what = f'"{safe(name)[:60]}" holds more than one value'
            raise InputError(Problem(what, 'Write each row as one flat object: {"team": "…"}.', Place(label)))
    return [cell_text(value) for value in data.values()]


def _assessment(data: dict[str, Any], number: int, label: str, marking: Marking) -> Iterator[Read]:
    assessment, notices = fitted(Document(data, {(): Place(label, number)}), marking.bank)
    yield from (Notice(notice) for notice in notices)
    yield row_of(assessment, marking.bank, label, number)
