"""Reads workbooks in a process of its own: a small one can keep a reader busy for minutes, or fill memory.

Started by ``workbook_apart``. Requests and answers are lines of JSON; after a request to open comes the file itself.
"""

import contextlib
import json
import re
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO, cast

from readiness.errors import InputError, Place, Problem
from readiness.memory_limit import limit_memory
from readiness.ods_reader import KIND as ODS_KIND
from readiness.ods_reader import is_ods, ods_marks, ods_rows, ods_sheets
from readiness.sheet_marks import MOST_MERGED, xlsx_marks
from readiness.time_limit import limit_time
from readiness.uncalculated import with_uncalculated_cells_marked
from readiness.zip_guard import MAX_UNPACKED, check_parts, damaged, too_much

SECONDS = 9.0
"""Of the processor's time, for all of one workbook; a million cells take five."""
MEMORY = 420_000_000
"""Bytes of address space; a million cells take 0.2 GB."""
MAX_ROWS = 200_000
MAX_COLUMNS = 500
MAX_CELLS = 4_000_000
"""Of one sheet, with the empty ones of rows that hold something, or are wider than MAX_COLUMNS."""
MAX_CELL = 100_000
"""Characters in one cell; spreadsheet programs take 32,767 or 50,000."""
MAX_LONG = 20_000_000
"""Characters of one sheet in cells of more than _SHORT: people type such text, so each stands once in the file."""
FULL, SPENT = {"full": True}, {"spent": True}
"""Answers: the workbook takes more memory than it may; this process has used too much for another workbook."""

_KIND = "workbook"
_NEARLY_ALL = 350_000_000
"""Bytes in use at any time, after which an error is one of too little memory."""
_MUCH = 200_000_000
"""Bytes in use at any time, after which a process takes no other workbook: memory does not come back."""
_FIRST, _MORE = 25, 2_000
"""Rows in one answer: the first ones tell what a sheet holds."""
_MOST_TEXT = 1_000_000
"""Characters in one answer, but for those of its last row."""
_SHORT = 200
"""Characters of a text that may stand in each row, such as an answer's own words."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How a workbook writes a character that XML has no place for, such as a carriage return (ECMA-376, 22.9.2.19)."""


class OpenBook:
    """A workbook that is being read. ``sheets``: the names of its sheets of cells, in order.

    Raises InputError if it is no workbook that can be trusted.
    """

    def __init__(self, data: bytes, path: Path) -> None:
        self._data, self._path, self._ods = data, path, is_ods(data)
        self._answers: dict[str, _Answers] = {}
        check_parts(data, path, ODS_KIND if self._ods else _KIND)
        if self._ods:
            self.sheets = ods_sheets(data, path)
            return
        from openpyxl.reader.excel import ExcelReader

        with _damaged_if_it_fails(path):
            marked = BytesIO(with_uncalculated_cells_marked(data))
            reader = ExcelReader(marked, read_only=True, data_only=True, keep_links=False)
            reader.read()
            self._book = reader.wb
            self._parts = {sheet.name: link.target for sheet, link in reader.parser.find_sheets()}
            self.sheets = tuple(sheet.title for sheet in self._book.worksheets)

    def answer(self, sheet: str, nth: int) -> bytes:
        """Return some rows of a sheet, the ``nth`` (from 0) of all such answers. Raises InputError as ``OpenBook``."""
        if sheet not in self._answers:
            self._answers[sheet] = _Answers(self._rows(sheet), self._path)
        return self._answers[sheet].nth(nth)

    def marks(self, sheet: str) -> bytes:
        """Return what a sheet has beside its values. Raises InputError as ``OpenBook``."""
        with _damaged_if_it_fails(self._path):
            if self._ods:
                marks = ods_marks(self._data, self._path, sheet)
            else:
                marks = xlsx_marks(self._data, self._parts[sheet])
        if len(marks.merged) > MOST_MERGED:
            what = f"This sheet has more than {MOST_MERGED} merged cells"
            raise InputError(Problem(what, "Unmerge them, and fill in each cell.", Place(str(self._path))))
        return json.dumps({"marks": marks}).encode()

    def _rows(self, sheet: str) -> Iterator[tuple[int, Sequence[Any]]]:
        if self._ods:
            yield from _bounded(self._path, ods_rows(self._data, self._path, sheet, MAX_COLUMNS))
            return
        with _damaged_if_it_fails(self._path):
            found = self._book[sheet]
            found.reset_dimensions()  # what a file says of its own size is not believed
            yield from _bounded(self._path, enumerate(found.iter_rows(values_only=True), start=1))


@contextlib.contextmanager
def _damaged_if_it_fails(path: Path) -> Iterator[None]:
    """Openpyxl reads bit by bit, and what is wrong in one of the parts comes up as any kind of error there is."""
    try:
        yield
    except (InputError, MemoryError):
        raise
    except Exception as error:
        raise InputError(damaged(path, _KIND)) from error


def _bounded(path: Path, rows: Iterable[tuple[int, Sequence[Any]]]) -> Iterator[tuple[int, Sequence[Any]]]:
    """Yield the rows that hold something, without what is empty at their ends.

    Raises InputError if there are too many, or too many cells. Empty ones are none: some programs write the last row
    that a sheet can have.
    """
    cells_so_far = 0
    for number, cells in rows:
        width = len(cells)
        while width and cells[width - 1] in _EMPTY:
            width -= 1
        if width or len(cells) > MAX_COLUMNS:  # to go over many empty cells takes time, too
            cells_so_far += len(cells)
        if cells_so_far > MAX_CELLS:
            raise InputError(too_much(path, _KIND))
        if not width:
            continue
        if number > MAX_ROWS or width > MAX_COLUMNS:
            what = f"This sheet is larger than {MAX_ROWS} rows or {MAX_COLUMNS} columns"
            raise InputError(Problem(what, "Split it into several.", Place(str(path), number)))
        yield number, cells[:width]


_EMPTY = (None, "")


@dataclass(slots=True)
class _Answers:
    """Rows of a sheet as answers, kept: a sheet is looked at before it is read, and then read from its start."""

    rows: Iterator[tuple[int, Sequence[Any]]]
    path: Path
    made: list[bytes] = field(default_factory=list)
    size: int = 0
    long: int = 0

    def nth(self, nth: int) -> bytes:
        while len(self.made) <= nth:
            self._make()
        return self.made[nth]

    def _make(self) -> None:
        """Make the next answer: each value once, and each row as its number and which values its cells have.

        Raises MemoryError if all answers together would hold more than a workbook may, InputError if their text would.
        """
        most = _MORE if self.made else _FIRST
        seen: dict[tuple[type, object], int] = {}
        values: list[object] = []
        rows: list[list[int]] = []
        text = 0
        for number, cells in self.rows:
            row = [number]
            for column, cell in enumerate(cells, start=1):
                length = len(cell) if isinstance(cell, str) else 0
                if length > _SHORT:
                    self._check_text(length, Place(str(self.path), number, column))
                key = (type(cell), cell)
                at = seen.get(key)
                if at is None:
                    at = seen[key] = len(values)
                    values.append(_plain(cell))
                    text += length
                row.append(at)
            rows.append(row)
            if len(rows) >= most or text >= _MOST_TEXT:
                break
        made = json.dumps({"values": values, "rows": rows}).encode()
        self.size += len(made)
        if self.size > MAX_UNPACKED:
            raise MemoryError
        self.made.append(made)

    def _check_text(self, length: int, place: Place) -> None:
        self.long += length
        if length > MAX_CELL:
            what = f"This cell holds more than {MAX_CELL} characters"
            raise InputError(Problem(what, "Shorten the text, and save again.", place))
        if self.long > MAX_LONG:
            what = f"This sheet holds more than {MAX_LONG // 1_000_000} million characters of long text up to this cell"
            raise InputError(Problem(what, "Shorten the texts, or split the sheet into several.", place))


def _plain(cell: object) -> object:
    """Return a cell as JSON has it: a date or time as its kind and its text, anything unknown as text."""
    match cell:
        case str():
            return _typed(cell)
        case None | bool() | int() | float():
            return cell
    kind = type(cell).__name__
    return {kind: cell.isoformat()} if kind in {"datetime", "date", "time"} else str(cell)  # type: ignore[attr-defined]


def _typed(text: str) -> str:
    """Return a text as it was typed: each escaped character as itself, and each line's end as a line feed."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _told(problem: Problem) -> tuple[str, str, int | None, int | None]:
    """Return a problem as JSON has it: what is wrong, what to do, and the row and column."""
    place = problem.place or Place("")
    return problem.what, problem.todo, place.line, place.column


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer the requests, until there are no more."""
    book: OpenBook | None = None
    while line := requests.readline():
        request = json.loads(line)
        try:
            if "open" in request:
                data = requests.read(request["size"])
                if book is not None and _peak() > _MUCH:
                    answer = json.dumps(SPENT).encode()
                else:
                    book = None  # what is open goes first
                    limit_time(SECONDS)
                    book = OpenBook(data, Path(request["open"]))
                    answer = json.dumps({"sheets": book.sheets}).encode()
            elif book is None:
                raise AssertionError  # rows are asked of the workbook that was opened
            elif "nth" in request:
                answer = book.answer(request["sheet"], request["nth"])
            else:
                answer = book.marks(request["marks"])
        except (InputError, MemoryError) as error:
            if isinstance(error, MemoryError) or _peak() > _NEARLY_ALL:  # parsers have errors of their own for it
                book = None
                answer = json.dumps(FULL).encode()
            else:
                answer = json.dumps({"problems": [*map(_told, error.problems)]}).encode()
        answers.write(answer + b"\n")
        answers.flush()


def _peak() -> int:
    """Return the most memory that was in use at any time, in bytes; 0 if nobody knows."""
    try:
        import resource
    except ImportError:
        return 0
    with contextlib.suppress(OSError):  # Linux alone; below, what the process that started this one used counts, too
        if found := re.search(rb"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_bytes()):
            return int(found[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Answer the requests on standard input."""
    # openpyxl takes numpy if it is there, which is slow to start and maps gigabytes.
    sys.modules["numpy"] = cast("ModuleType", None)
    with contextlib.suppress(ValueError, OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    limit_memory(MEMORY)
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
