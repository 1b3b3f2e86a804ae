"""Tables of JSON results, as SurveyJS keeps them: a list with an object for each response.

An answer to a grid is an object with an answer for each row; choices stand in a list.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from readiness.bank.document import decode, parse_json, read_bytes
from readiness.errors import InputError, Place, Problem
from readiness.intake.tables import InputTable, TableRow
from readiness.text import safe
from readiness.workbook_process import MAX_COLUMNS
from readiness.xlsx_reader import Cell

_WITHIN = ("data", "Data", "results", "Results")
"""Fields that hold a list of responses, or one response's answers."""
_STARTS = re.compile(rb"\s*(?:\[|\{.*\"(?:data|Data|results|Results)\"\s*:\s*\[)", re.DOTALL)
_START = 1_000
_DEEPEST = 4


def json_results(path: Path, file: str) -> InputTable | None:
    """Return the responses in the file as a table; None if it holds something else.

    Raises InputError if they can't be read, or are nested too deep.
    """
    if not _STARTS.match(read_bytes(path, _START).removeprefix(b"\xef\xbb\xbf")):
        return None
    data = parse_json(decode(read_bytes(path), file), file).data
    listed = next((data[name] for name in _WITHIN if name in data), None) if isinstance(data, dict) else data
    if not (isinstance(listed, list) and listed and all(isinstance(one, dict) for one in listed)):
        return None
    responses = [dict(_fields(one, file)) for one in listed]
    headings = tuple(dict.fromkeys(name for one in responses for name in one))
    if len(headings) > MAX_COLUMNS:
        what = f"There are more than {MAX_COLUMNS} different fields"
        raise InputError(Problem(what, "Check that it is the right file.", Place(file)))
    rows = tuple(TableRow(at, tuple(one.get(name) for name in headings)) for at, one in enumerate(responses, start=1))
    return InputTable(file, rows, "JSON results", headings=headings)


def _fields(response: Mapping[str, Any], file: str, grid: str = "", depth: int = 1) -> Iterator[tuple[str, Cell]]:
    """Yield the names and values of a response; a row of a grid is named with the grid's title."""
    if depth > _DEEPEST:
        what = f'"{safe(grid)[:60]}" is nested too deep'
        raise InputError(Problem(what, "Export the results as CSV.", Place(file)))
    for name, value in response.items():
        title = f"{grid} >> {name}" if grid else name
        if isinstance(value, dict):
            yield from _fields(value, file, "" if depth == 1 and name in _WITHIN else title, depth + 1)
        elif isinstance(value, list):
            yield title, ", ".join(str(one) for one in value)
        else:
            yield title, value
