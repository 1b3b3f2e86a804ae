"""Asks another process what is in a workbook. It serves one workbook after the other, and ends if one takes too much.

Nothing inside one process can bound a read: what keeps a reader busy, or fills memory, is known only when it does.
"""

import atexit
import datetime as dt
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from readiness.errors import InputError, Place, Problem
from readiness.file_version import ChangedFileError, FileVersion
from readiness.sheet_marks import Merged, SheetMarks
from readiness.text import some
from readiness.time_limit import SlowFiles, out_of_time
from readiness.workbook_process import FULL, SPENT
from readiness.zip_guard import package_bytes

_LONG = 3.0
"""Seconds of the clock after which a workbook that is refused counts as slow."""
_NOTICED = 1.0
"""Seconds that a workbook may take in vain: refused, or with nothing in it. One with answers may take as long."""
_MOST_IN_VAIN = 20.0
"""Seconds that all those may take which take longer. A folder can hold hundreds, and each of them may be quick."""
_SMALLER = "Delete what is not needed. Or save the sheet with the answers as CSV."

Answer = dict[str, Any]


class WorkbookReader:
    """Reads workbooks in another process, which starts with the first, and again after one that took too much."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._open: FileVersion | None = None
        self._sheets: tuple[str, ...] = ()
        self._too_much: dict[FileVersion, Problem] = {}
        self._slow = SlowFiles()
        self._in_vain: dict[str, float] = {}
        self._took = 0.0

    def sheets(self, path: Path) -> tuple[str, ...]:
        """Return the names of a workbook's sheets of cells. Raises InputError if it can't be read."""
        self._have_open(path)
        return self._sheets

    def rows(self, path: Path, sheet: str, nth: int, before: FileVersion | None = None) -> Answer:
        """Return some rows of a sheet, the ``nth`` of all such answers.

        Raises InputError as ``sheets``, and ChangedFileError if the file is not as it was ``before``.
        """
        version, answer = self._asked({"sheet": sheet, "nth": nth}, path, before)
        if answer["rows"]:
            self._in_vain.pop(version.name, None)  # another sheet was empty
        elif not nth:
            self._count_in_vain(version)
        return answer

    def marks(self, path: Path, sheet: str, before: FileVersion | None = None) -> SheetMarks:
        """Return what a sheet has beside its values. Raises InputError as ``rows``."""
        merged, notes, hidden = self._asked({"marks": sheet}, path, before)[1]["marks"]
        return SheetMarks(
            tuple(sorted(Merged(*each) for each in merged)),  # programs keep them in any order
            tuple(sorted((row, column) for row, column in notes)),
            tuple(hidden),
        )

    def _asked(self, request: Answer, path: Path, before: FileVersion | None) -> tuple[FileVersion, Answer]:
        version = self._have_open(path)
        if before not in (None, version):
            raise ChangedFileError.of(version.name)
        return version, self._answer(request, version)

    def end(self) -> None:
        """End the other process, if there is one."""
        process, self._process, self._open = self._process, None, None
        if process is not None:
            process.kill()
            process.communicate()

    def _have_open(self, path: Path) -> FileVersion:
        version = version_of(path)
        if version in self._too_much:
            raise InputError(self._too_much[version])
        if version != self._open:
            if self._slow.too_many or sum(self._in_vain.values()) > _MOST_IN_VAIN:
                others = some([*self._in_vain])
                what = f"This workbook was not opened, because others took too long to read: {others}"
                todo = "Take those away, or make them smaller. Then run the same command again."
                raise InputError(Problem(what, todo, Place(version.name)))
            data = package_bytes(path)
            self._took = 0.0
            self._open = None
            request = {"open": str(path), "size": len(data)}
            answer = self._answer(request, version, data)
            if answer == SPENT:
                self.end()
                answer = self._answer(request, version, data)
            self._open, self._sheets = version, tuple(answer["sheets"])
        return version

    def _answer(self, request: Answer, version: FileVersion, data: bytes = b"") -> Answer:
        """Return the answer of the other process. Raises InputError with what is wrong with the workbook."""
        begun = time.monotonic()
        line = self._line(json.dumps(request).encode() + b"\n" + data)
        self._took += time.monotonic() - begun
        if not line.endswith(b"\n"):
            raise InputError(self._refuse(version))
        answer: Answer = json.loads(line, object_hook=_value)
        if answer == FULL:
            raise InputError(self._refuse(version))
        if "problems" in answer:
            self._open = None  # asked again, it is read again, and refused again
            self._count_refused(version)
            problems = answer["problems"]
            raise InputError(Problem(what, todo, Place(version.name, *at)) for what, todo, *at in problems)
        return answer

    def _line(self, request: bytes) -> bytes:
        """Return the line that answers the request; empty if the process ended over it."""
        if self._process is None:
            self._process = _started()
            atexit.register(self.end)
        process = self._process
        if process.stdin is None or process.stdout is None:
            raise AssertionError  # both are pipes
        try:
            process.stdin.write(request)
            process.stdin.flush()
            return process.stdout.readline()
        except OSError:  # it has ended
            return b""
        except BaseException:  # told to end: the next answer would be to another question
            self.end()
            raise

    def _refuse(self, version: FileVersion) -> Problem:
        """End the other process, over a workbook that took too much. Return what to say, now and if asked again."""
        process = self._process
        self.end()
        late = process is not None and out_of_time(process.returncode)
        what = "too long to read" if late else "too much memory to read"
        problem = Problem(f"This workbook would take {what}", _SMALLER, Place(version.name))
        self._too_much[version] = problem
        self._count_refused(version)
        return problem

    def _count_in_vain(self, version: FileVersion) -> None:
        """Keep in mind how long a workbook took that is refused, or empty so far: it may be one of hundreds."""
        if self._took > _NOTICED:
            self._in_vain[version.name] = self._took

    def _count_refused(self, version: FileVersion) -> None:
        self._count_in_vain(version)
        if self._took > _LONG and version.name not in self._slow.names:
            self._slow.names.append(version.name)


def version_of(path: Path) -> FileVersion:
    """Return the file as it is now. Raises InputError if there is none."""
    version = FileVersion.of(path)
    if version is None:
        package_bytes(path)  # says what is wrong
        raise ChangedFileError.of(str(path))  # it is there after all
    return version


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        # -P: no module of the folder we are in. No warning may become an error, or reach the terminal.
        [sys.executable, "-P", "-W", "ignore", "-m", "readiness.workbook_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


_DATES: dict[str, Callable[[str], object]] = {
    "datetime": dt.datetime.fromisoformat,
    "date": dt.date.fromisoformat,
    "time": dt.time.fromisoformat,
}


def _value(named: Answer) -> object:
    """Return a date or time that stands in an answer as its kind and its text; anything else as it is."""
    kind, value = next(iter(named.items()), ("", ""))
    return _DATES[kind](value) if kind in _DATES else named
