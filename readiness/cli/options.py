"""Options that several commands share."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readiness.errors import InputError, Place, Problem

if TYPE_CHECKING:
    from readiness.bank.model import Bank

BankOption = Annotated[str, typer.Option("--bank", help="The question bank: a shipped one's name, or a folder.")]
PathsArgument = Annotated[
    list[Path],
    typer.Argument(
        help="Files of answers (JSON or YAML), or a folder of them; - reads standard input.", metavar="PATHS..."
    ),
]
DEFAULT_BANK = "peer-workers"


def needs_folder(file: Path) -> None:
    """Raise InputError where the folder that ``file`` is to be written in is not there."""
    if not file.parent.is_dir():
        raise InputError(Problem("There is no such folder", "Create it, or choose another.", Place(str(file.parent))))


def open_bank(name: str) -> "Bank":
    """Return the bank called ``name``. Raises InputError where there is none, or where it is not sound."""
    from readiness.bank.load import find_bank, load_bank
    from readiness.resources import QUESTIONS

    return load_bank(find_bank(name, QUESTIONS))
