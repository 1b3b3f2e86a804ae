"""The one error a person can mend, and the exit codes that scripts rely on."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class ExitCode(IntEnum):
    """What the program's exit code means."""

    DONE = 0
    INPUT_WRONG = 1
    USAGE_WRONG = 2
    DONE_IN_PART = 3
    BELOW_FAIL_UNDER = 4
    BUG = 70
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file (or what stands for one), and a line and column counted from 1 where known."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: what, where, and what to do about it."""

    what: str
    todo: str
    place: Place | None = None

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.what}. {self.todo}"


class InputError(Exception):
    """Something that the person at the keyboard can mend.

    Holds all the problems that were found, in the order they stand in, so that a file is mended in one go.
    """

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
