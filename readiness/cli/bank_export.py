"""``readiness bank export``: writes a question bank for survey programs."""

from pathlib import Path
from typing import Annotated

import typer

from readiness.cli.files import STDOUT, may_write
from readiness.cli.inputs import open_bank
from readiness.cli.options import DEFAULT_BANK, BankArgument, BankOption, named_bank
from readiness.cli.output_options import ForceOption
from readiness.cli.program import command
from readiness.cli.streams import save


def export(
    out: Annotated[
        Path,
        typer.Option(
            "--out", "-o", metavar="FILE", help="The file to write: a name ending in .xlsx; - is standard output."
        ),
    ],
    name: BankArgument = None,
    bank_name: BankOption = DEFAULT_BANK,
    xlsform: Annotated[
        bool, typer.Option("--xlsform", help="Write it as an XLSForm, to put on KoBoToolbox or ODK.")
    ] = False,
    force: ForceOption = False,
) -> None:
    """Write the questions for a survey program. What people answer there is collected with collect."""
    from readiness.intake.xlsform import build_xlsform, write_xlsform

    if not xlsform:
        raise typer.BadParameter("say as what: --xlsform")
    if out != STDOUT:
        if out.suffix.lower() != ".xlsx":
            raise typer.BadParameter(f"{out}: an XLSForm is a workbook, so end the name in .xlsx")
        may_write(out, force=force)
    data = write_xlsform(build_xlsform(open_bank(named_bank(name, bank_name))))
    collect = command("collect FILES -o FOLDER")
    save(out, data, f" Put it on KoBoToolbox or ODK. Then collect what is exported there: {collect}", force=force)
