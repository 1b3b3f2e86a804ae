"""The one error a person can fix, the command that a message names, and the exit codes that scripts rely on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Self


class ExitCode(IntEnum):
    """What the program's exit code means."""

    DONE = 0
    INPUT_WRONG = 1
    USAGE_WRONG = 2
    DONE_IN_PART = 3
    BELOW_FAIL_UNDER = 4
    BUG = 70
    INTERRUPTED = 130


MOST_TOLD = 200
"""How many problems of one file are told: nobody reads more, and each takes time to find words for."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file (or what stands for one), and a line and column counted from 1 where known."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class Command:
    """A command of ours that a message names, as data: how it is typed is for the command line to say.

    ``words`` are its name, ``paths`` its files. Without ``paths`` it is for the answers and the plan that were named.
    """

    words: str
    paths: tuple[str, ...] | None = None
    options: tuple[str, ...] = ()

    def about(self, paths: Iterable[object]) -> Self:
        """Return the command for the answers in ``paths``, if nothing else is named in it."""
        return replace(self, paths=tuple(map(str, paths))) if self.paths is None else self

    def __str__(self) -> str:
        # For a log. It is not quoted, and may not be how the program was started.
        return " ".join(("readiness", self.words, *(("FILE",) if self.paths is None else self.paths), *self.options))


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: what, where, and what to do about it; with the ``command`` that does it, if one does."""

    what: str
    todo: str
    place: Place | None = None
    command: Command | None = None

    def about(self, paths: Iterable[object]) -> Self:
        """Return the problem with a command that is for the answers in ``paths``, if it names none itself."""
        return self if self.command is None else replace(self, command=self.command.about(paths))

    @property
    def told(self) -> str:
        """All of it in words, but for the command."""
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.what}. {self.todo}"

    def __str__(self) -> str:
        return self.told if self.command is None else f"{self.told}: {self.command}"


def first_of(problems: Sequence[Problem], count: int | None = None) -> list[Problem]:
    """Return the first MOST_TOLD problems, and how many more there are.

    ``count`` of them in all, if only the first were kept: then all that were kept.
    """
    kept = list(problems[: MOST_TOLD if count is None else len(problems)])
    more = (len(problems) if count is None else count) - len(kept)
    what = f"There are {more} more problems" if more > 1 else "There is one more problem"
    return [*kept, Problem(what, "Fix these first.")] if more else kept


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a person should know; with the ``command`` to run about it, if there is one."""

    told: str
    command: Command | None = None

    @classmethod
    def of(cls, problem: Problem) -> Self:
        """Return a problem as a notice: it stops nothing."""
        return cls(problem.told, problem.command)

    def __str__(self) -> str:
        return self.told if self.command is None else f"{self.told}: {self.command}"


class InputError(Exception):
    """Something that the person at the keyboard can fix.

    Holds all the problems that were found, in the order they stand in, so that a file is fixed in one go.
    """

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
