"""Writes ``errors.csv``: all that is wrong, where it stands, and what to do."""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from readiness.assessment.store import Draft, write_atomically
from readiness.errors import Command, Place, Problem
from readiness.text import safe, unformulated

ERRORS = "errors.csv"
_COLUMNS = ("file", "row", "column", "team", "what", "todo")

Spelled = Callable[[Command], str]
"""Says how a command is typed on any machine."""


@dataclass(frozen=True, slots=True)
class TeamProblem:
    """Something wrong with a team's rows or report; ``team`` is "" where it is not known which."""

    problem: Problem
    team: str = ""

    def cells(self, spelled: Spelled) -> list[str]:
        """Return it as a row of the file."""
        problem, place = self.problem, self.problem.place or Place("")
        where = [str(part) if part else "" for part in (place.line, place.column)]
        todo = problem.todo if problem.command is None else f"{problem.todo}: {spelled(problem.command)}"
        words = (self.team, problem.what, todo)
        return [unformulated(safe(place.file)), *where, *(unformulated(safe(text)) for text in words)]


class ErrorsFile:
    """The errors found in the input, on their way: add them in order, then ``commit`` or ``discard``."""

    def __init__(self, folder: Path, spelled: Spelled) -> None:
        self._spelled = spelled
        self._path = folder / ERRORS
        self._draft = Draft(self._path, private=False)
        self._draft.file.write(b"\xef\xbb\xbf" + _lines([_COLUMNS]))
        self.count = 0

    def add(self, problem: TeamProblem) -> None:
        """Write a problem."""
        self._draft.file.write(_lines([problem.cells(self._spelled)]))
        self.count += 1

    def commit(self) -> None:
        """Put the file in the place of the one that is there; where nothing is wrong, there is none."""
        if self.count:
            self._draft.commit()
        else:
            self.discard()
            self._path.unlink(missing_ok=True)

    def discard(self) -> None:
        """Leave the one that is there as it is."""
        self._draft.discard()


def append_errors(folder: Path, problems: Iterable[TeamProblem], spelled: Spelled) -> None:
    """Add problems to the file, which is made if there is none."""
    path = folder / ERRORS
    before = path.read_bytes() if path.exists() else b"\xef\xbb\xbf" + _lines([_COLUMNS])
    write_atomically(path, before + _lines(problem.cells(spelled) for problem in problems), private=False)


def _lines(rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(errors="replace")
