"""Options for how a result is given: printed, or written into a file."""

from typing import Annotated

import typer

from readiness.cli.files import Printed

PrintedOption = Annotated[
    Printed | None, typer.Option("--format", help="What is printed: a table to read, or JSON for scripts.")
]
FormatOption = Annotated[
    str | None,
    typer.Option("--format", metavar="FORMAT", help="The format, if the file's name does not say it."),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Overwrite the file if it is there.")]
