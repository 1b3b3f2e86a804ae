"""Options that several commands share."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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


def open_bank(name: str) -> "Bank":
    """Return the bank called ``name``. Raises InputError where there is none, or where it is not sound."""
    from readiness.bank.load import find_bank, load_bank
    from readiness.resources import QUESTIONS

    return load_bank(find_bank(name, QUESTIONS))
