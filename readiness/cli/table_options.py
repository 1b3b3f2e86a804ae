"""Options for how tables from survey programs are read."""

from pathlib import Path
from typing import Annotated

import typer

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
