"""Writes ``errors.csv``: all that is wrong, where it stands, and what to do."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from readiness.assessment.draft import Draft
from readiness.batch.ledger import Ledger, LedgerEntry
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
    """The errors found in the input, on their way: add them in order, then ``commit`` or ``discard``.

    ``file`` is its name in the ``folder`` of the batch.
    """

    def __init__(self, folder: Path, file: str, spelled: Spelled) -> None:
        self._file, self._spelled = file, spelled
        self._draft = Draft(folder / file, private=False)
        self._draft.file.write(_HEAD)
        self.count = 0

    def add(self, problem: TeamProblem) -> None:
        """Write a problem."""
        self._draft.file.write(_lines([problem.cells(self._spelled)]))
        self.count += 1

    def commit(self, ledger: Ledger, *, force: bool) -> list[Problem]:
        """Put the file in the place of the one that is there, or remove that if nothing is wrong.

        Return the problem if somebody has changed the old one, and it stays.
        """
        if self.count or not (force or ledger.is_ours(self._file)):
            return ledger.commit(self._file, self._draft, force=force)
        self.discard()
        ledger.remove(self._file)
        return []

    def discard(self) -> None:
        """Leave the one that is there as it is."""
        self._draft.discard()


def append_errors(folder: Path, file: str, ledger: Ledger, problems: Iterable[TeamProblem], spelled: Spelled) -> None:
    """Add problems to the ``file`` in ``folder``, which is made if there is none, unless somebody has changed it."""
    if ledger.is_ours(file):
        path = folder / file
        before = path.read_bytes() if path.exists() else _HEAD
        data = before + _lines(problem.cells(spelled) for problem in problems)
        ledger.put(LedgerEntry(file, "", "", hashlib.sha256(data).hexdigest()), data)


def _lines(rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(errors="replace")


_HEAD = b"\xef\xbb\xbf" + _lines([_COLUMNS])
