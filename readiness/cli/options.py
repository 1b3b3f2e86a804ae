"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from readiness import resources
from readiness.cli.files import Printed
from readiness.cli.settings import was_set
from readiness.document.write import PAGES
from readiness.report.notes import Notes
from readiness.scoring.disclosure import LEAST_GROUP

DEFAULT_THEME = "sober"
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
ThemeOption = Annotated[
    str,
    typer.Option(
        "--theme", metavar="THEME", help="How it looks and whose it is: a shipped theme, or a folder with a theme.toml."
    ),
]
TemplatesOption = Annotated[
    Path | None,
    typer.Option(
        "--templates",
        metavar="FOLDER",
        help="A folder with templates of your own: each goes before ours of the same name.",
    ),
]
BriefOption = Annotated[
    bool,
    typer.Option("--brief", help=f"Two pages: the result, and what to do first ({', '.join(PAGES)})."),
]
NotesOption = Annotated[
    Notes | None,
    typer.Option(
        "--notes",
        help="Which notes are shown. redacted takes out e-mail addresses, phone numbers, postcodes and NHS "
        "numbers, but can't find names. Without this: all of one person, none of several.",
    ),
]
PrintedOption = Annotated[
    Printed | None, typer.Option("--format", help="What is printed: a table to read, or JSON for scripts.")
]
FormatOption = Annotated[
    str | None,
    typer.Option("--format", metavar="FORMAT", help="The format, if the file's name does not say it."),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Overwrite the file if it is there.")]
MappingOption = Annotated[
    Path | None,
    typer.Option(
        "--mapping", help="The file with what columns and words mean; without it, mapping.yaml in the folder."
    ),
]
SheetOption = Annotated[
    str | None,
    typer.Option(
        "--sheet",
        metavar="NAME|NUMBER",
        help="The sheet of a workbook that the answers are in; without it, the first with questions.",
    ),
]
DayFirstOption = Annotated[bool, typer.Option("--day-first", help="Read 03/04/2026 as 3 April.")]
ResponseColumnOption = Annotated[
    str | None,
    typer.Option(
        "--response-column",
        metavar="HEADING",
        help="The column of a survey that tells each response from all others, such as a code that people choose.",
    ),
]
CountUnfinishedOption = Annotated[
    bool, typer.Option("--count-unfinished", help="Also count answers that people did not send off.")
]
MonthFirstOption = Annotated[bool, typer.Option("--month-first", help="Read 03/04/2026 as 4 March.")]
NumbersFromOption = Annotated[
    int | None,
    typer.Option(
        "--numbers-from",
        metavar="0|1",
        min=0,
        max=1,
        help="The number of the lowest level, if a table of numbers does not show it: 0 or 1.",
    ),
]
LanguageOption = Annotated[
    str,
    typer.Option(
        "--language", metavar="LANGUAGE", help="The language to write in: en-GB, or one there is a translation for."
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
