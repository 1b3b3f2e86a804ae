"""What a person named on the command line, so that a command we name can be copied and run as it stands."""

from dataclasses import dataclass
from pathlib import Path

from readiness.cli.program import command, quoted
from readiness.resources import DEFAULT_BANK

_STDIN = Path("-")
_SOME_FILE = "FILE"


@dataclass(frozen=True, slots=True)
class Named:
    """The answers, the question bank, and the file of the plan's edits where a person named one.

    ``paths`` are files or folders of answers, as they were named; ``files`` are those that were read.
    """

    paths: tuple[Path, ...] = ()
    bank: str = DEFAULT_BANK
    plan: Path | None = None
    files: tuple[Path, ...] = ()

    def command(self, words: str, *more: str) -> str:
        """Return the line that calls ``words`` of ours for the same answers, bank and plan; ``more`` are its options.

        What came by standard input has no name: FILE stands for it.
        """
        known = self.paths and _STDIN not in self.paths
        paths = quoted([str(path) for path in self.paths]) if known else _SOME_FILE
        return self._line(words, paths, *more, *(("--plan", quoted([str(self.plan)])) if self.plan else ()))

    @property
    def only_file(self) -> Path | None:
        """The one file that was read; None where there are several, or where it came by standard input."""
        return self.files[0] if len(self.files) == 1 and self.files[0] != _STDIN else None

    @property
    def by_hand(self) -> Path | None:
        """The one file that was read, where a person writes it by hand: assess leaves such a file alone."""
        return self.only_file if self.only_file and self.only_file.suffix != ".json" else None

    def assess(self) -> str:
        """Return the line that asks the questions again, for the one file of answers."""
        return self._line("assess", quoted([str(self.only_file)]) if self.only_file else _SOME_FILE)

    def _line(self, *words: str) -> str:
        bank = () if self.bank == DEFAULT_BANK else ("--bank", quoted([self.bank]))
        return command(" ".join([*words, *bank]))
