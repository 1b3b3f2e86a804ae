"""What a person named on the command line, so that our commands can be copied and run."""

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from readiness.cli.program import NAME, command, quoted
from readiness.errors import Command, Notice, Problem
from readiness.resources import DEFAULT_BANK
from readiness.text import listed

_STDIN = Path("-")
_SOME_FILE = "FILE"


@dataclass(frozen=True, slots=True)
class Invocation:
    """The answers, the question bank, and the file of the plan's edits if a person named one.

    ``paths`` are files or folders of answers, as they were named; ``files`` are those that were read. ``asking`` is the
    command that the answers are given with.
    """

    paths: tuple[Path, ...] = ()
    bank: str = DEFAULT_BANK
    plan: Path | None = None
    files: tuple[Path, ...] = ()
    asking: str = "assess"

    def words(self, named: Command) -> str:
        """Return the command as it is typed after the program's name, for the same bank.

        Without paths of its own it is for the same answers and plan. Standard input has no name: FILE stands for it.
        A command on banks names its own.
        """
        options = [*named.options]
        if named.paths is None and self.plan is not None:
            options += ["--plan", str(self.plan)]
        if self.bank != DEFAULT_BANK and not named.words.startswith("bank "):
            options += ["--bank", self.bank]
        paths = self._paths if named.paths is None else named.paths
        return " ".join((named.words, quoted([*paths, *options]))).rstrip()

    @property
    def _paths(self) -> tuple[str, ...]:
        return tuple(map(str, self.paths)) if self.paths and _STDIN not in self.paths else (_SOME_FILE,)

    @property
    def only_file(self) -> Path | None:
        """The one file that was read; None if there are several, or if it came by standard input."""
        return self.files[0] if len(self.files) == 1 and self.files[0] != _STDIN else None

    @property
    def by_hand(self) -> Path | None:
        """The one file that was read, if a person writes it by hand: assess leaves such a file alone."""
        return self.only_file if self.only_file and self.only_file.suffix != ".json" else None

    @property
    def assess(self) -> Command:
        """The command that asks the questions again, for the one file of answers."""
        return Command(self.asking, (str(self.only_file or _SOME_FILE),))


_INVOCATION: ContextVar[Invocation] = ContextVar("invocation")


def invoked(paths: Iterable[Path] = (), bank: str = DEFAULT_BANK, plan: Path | None = None) -> Invocation:
    """Return what the command that runs was called with; every message from now on is in words for it.

    A process runs one command. So an error, wherever it comes up, need not be told what was named.
    """
    invocation = Invocation(tuple(paths), bank, plan)
    _INVOCATION.set(invocation)
    return invocation


def _invocation() -> Invocation:
    return _INVOCATION.get(Invocation())


def typed(named: Command) -> str:
    """Return the command as the person who started the program would type it here."""
    return command(_invocation().words(named))


def by_name(named: Command) -> str:
    """Return the command by the program's plain name, for files: they are read on other machines, too."""
    return f"{NAME} {_invocation().words(named)}"


def in_words(told: Problem | Notice) -> str:
    """Return the message with the command it names, if any, at its end."""
    return told.told if told.command is None else f"{told.told}: {typed(told.command)}"


def answer_again(questions: Iterable[int], invocation: Invocation) -> str:
    """Return what is left to do once actions of these questions are done, so that the score changes.

    ``questions`` are the numbers they are asked by. "" if there are none.
    """
    numbers = sorted({*questions})
    if not numbers:
        return ""
    one = len(numbers) == 1
    which = f"question {numbers[0]} is" if one else f"questions {listed([str(at) for at in numbers])} are"
    jump = f"j {numbers[0]}" if one else "j and the number"
    if file := invocation.by_hand:
        return f"The score changes only when {which} answered again, by hand in {file}."
    return f"The score changes only when {which} answered again. Type {jump} in: {typed(invocation.assess)}"
