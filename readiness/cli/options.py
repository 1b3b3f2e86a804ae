"""Options that several commands share: which bank, which answers and which plan."""

from pathlib import Path
from typing import Annotated

import typer

from readiness import resources
from readiness.cli.settings import was_set
from readiness.report.notes import Notes
from readiness.scoring.disclosure import LEAST_GROUP

DEFAULT_BANK = resources.DEFAULT_BANK
BankOption = Annotated[
    str, typer.Option("--bank", metavar="BANK", help="The question bank: a shipped one's name, or a folder.")
]
BankArgument = Annotated[str | None, typer.Argument(help="The same as --bank.", metavar="BANK")]
PathsArgument = Annotated[
    list[Path],
    typer.Argument(
        help="Files of answers (JSON or YAML), or a folder of them; - reads standard input.", metavar="PATHS"
    ),
]
PlanOption = Annotated[
    Path | None,
    typer.Option(
        "--plan", metavar="FILE", help="The file with your changes of the plan; without it, the one beside the answers."
    ),
]
NotesOption = Annotated[
    Notes | None,
    typer.Option(
        "--notes",
        help="Which notes are shown. redacted takes out e-mail addresses, phone numbers, postcodes and NHS "
        "numbers, but can't find names. Without this: all of one person, none of several.",
    ),
]
MinGroupOption = Annotated[
    int,
    typer.Option(
        "--min-group",
        metavar="NUMBER",
        min=LEAST_GROUP,
        help="Show a role by itself if it has at least this many people.",
    ),
]


def named_bank(argument: str | None, option: str) -> str:
    """Return the bank that a person named, by itself or with --bank. Raises BadParameter if they named two."""
    if argument is not None and option not in (DEFAULT_BANK, argument) and not was_set("--bank"):
        raise typer.BadParameter(f"these are two banks: {argument}, and {option} with --bank. Name one")
    return option if argument is None else argument
