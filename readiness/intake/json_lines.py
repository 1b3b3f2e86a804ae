"""Tables of JSON lines: an object in each line, with fields named as a table's columns; or a whole assessment."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from readiness.bank.document import MAX_BYTES, ParsedDocument, decode, parse_json
from readiness.errors import InputError, Place, Problem
from readiness.intake.tables import TableRow
from readiness.opening import opened
from readiness.text import safe
from readiness.workbook_process import MAX_COLUMNS
from readiness.xlsx_reader import Cell

_SHOWN = 60


@dataclass(slots=True)
class JsonLines:
    """The lines of a file as rows; each pass opens it anew. ``file`` is its name in messages.

    ``headings`` are the fields met so far, in the order they were first met.
    """

    path: Path
    file: str
    headings: list[str] = field(default_factory=list)
    _at: dict[str, int] = field(default_factory=dict)

    def __iter__(self) -> Iterator[TableRow]:
        """Yield the lines that hold something. One that can't be read does not stop the others."""
        with opened(self.path) as lines:
            for number, raw in enumerate(iter(lambda: lines.readline(MAX_BYTES), b""), start=1):
                if raw.strip():
                    yield self._row(number, raw)

    def _row(self, number: int, raw: bytes) -> TableRow:
        try:
            data = _object(raw, self.file)
            if "responses" in data:
                return TableRow(number, (), ParsedDocument(data, {(): Place(self.file, number)}))
            return TableRow(number, self._cells(data))
        except InputError as error:
            problems = tuple(replace(problem, place=Place(self.file, number)) for problem in error.problems)
            return TableRow(number, (), problems)

    def _cells(self, data: Mapping[str, Any]) -> tuple[Cell, ...]:
        for name, value in data.items():
            if isinstance(value, (dict, list)):
                what = f'"{safe(name)[:_SHOWN]}" holds more than one value'
                raise InputError(Problem(what, 'Write each row as one flat object: {"team": "…"}.', Place(self.file)))
        new = [name for name in data if name not in self._at]
        if len(self.headings) + len(new) > MAX_COLUMNS:
            what = f"This line brings the fields to more than {MAX_COLUMNS}"
            raise InputError(Problem(what, "Name the fields alike in all lines.", Place(self.file)))
        for name in new:
            self._at[name] = len(self.headings)
            self.headings.append(name)
        cells: list[Cell] = [None] * len(self.headings)
        for name, value in data.items():
            cells[self._at[name]] = value
        return tuple(cells)


def _object(raw: bytes, file: str) -> dict[str, Any]:
    data = parse_json(decode(raw, file), file).data
    if not isinstance(data, dict):
        raise InputError(Problem("This line is no object", 'Write each row as {"team": …}.', Place(file)))
    return data
