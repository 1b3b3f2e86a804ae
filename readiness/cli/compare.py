"""``readiness compare``: a team then and now."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from readiness.cli.options import (
    DEFAULT_BANK,
    STDOUT,
    BankOption,
    Printed,
    format_of,
    may_write,
    open_bank,
    printed_as,
    spare,
)
from readiness.cli.output import emit, emit_json, notify, say
from readiness.errors import InputError, Problem


class CompareFileFormat(StrEnum):
    """What a comparison is written as, by the ending of its file."""

    MARKDOWN = "md"
    JSON = "json"


def compare(
    before: Annotated[Path, typer.Argument(help="The answers from then: a file, or a folder.", metavar="BEFORE")],
    after: Annotated[Path, typer.Argument(help="The answers of the same team now.", metavar="AFTER")],
    bank_name: BankOption = DEFAULT_BANK,
    form: Annotated[
        Printed | None, typer.Option("--format", help="What is printed: a table to read, or JSON for scripts.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write it: .md for a page, or .json.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if it is there.")] = False,
) -> None:
    """Show what has changed between two assessments of one team."""
    from readiness.assessment.reading import read_team
    from readiness.assessment.store import write_atomically
    from readiness.cli.compare_table import comparison
    from readiness.cli.drawing import as_markdown, as_text
    from readiness.scoring.compare import compare as compared

    if before == after == STDOUT:
        raise typer.BadParameter("only one of BEFORE and AFTER can be standard input")
    printed = printed_as(out, form)
    written = None if out is None or out == STDOUT else format_of(out, None, CompareFileFormat)
    if out is not None and written:
        may_write(out, force=force)
    bank = open_bank(bank_name)
    then, now = read_team([before], bank), read_team([after], bank)
    old, new = then.assessments[0].team, now.assessments[0].team
    if old.name != new.name or (old.organisation and new.organisation and old.organisation != new.organisation):
        what = f"These are two teams: {old} in {before}, and {new} in {after}"
        raise InputError(Problem(what, "Name the answers of one team. If it was renamed, write the same name in both."))
    notify(dict.fromkeys((*then.notices, *now.notices)))
    found = compared(bank, then.assessments, now.assessments)
    if found.after.date < found.before.date:
        notify([f"{before} is newer than {after}: so the change runs backwards. The older answers come first."])
    as_json = found.model_dump_json(by_alias=True, indent=2)
    if out is not None and written:
        spare(out, (*then.files, *now.files))
        text = as_markdown(comparison(bank, found)) if written is CompareFileFormat.MARKDOWN else as_json
        write_atomically(out, f"{text}\n".encode(), private=False)
        say(f"The comparison is in {out}.")
    elif printed is Printed.JSON:
        emit_json(as_json)
    else:
        emit(as_text(comparison(bank, found)))
