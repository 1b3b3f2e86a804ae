"""``readiness compare``: a team then and now."""

from pathlib import Path
from typing import Annotated

import typer

from readiness.cli.files import STDOUT, Printed, spare
from readiness.cli.inputs import open_bank, speaking_in
from readiness.cli.invocation import invoked
from readiness.cli.options import DEFAULT_BANK, DEFAULT_THEME, BankOption, LanguageOption, ThemeOption
from readiness.cli.streams import notify
from readiness.cli.write_result import RESULT_ENDINGS, Result, give, giving
from readiness.errors import InputError, Problem
from readiness.language import ENGLISH


def compare(  # noqa: PLR0913, PLR0917 — each is an option of the command
    before: Annotated[Path, typer.Argument(help="The answers from then: a file, or a folder.", metavar="BEFORE")],
    after: Annotated[Path, typer.Argument(help="The answers of the same team now.", metavar="AFTER")],
    bank_name: BankOption = DEFAULT_BANK,
    form: Annotated[
        Printed | None, typer.Option("--format", help="What is printed: a table to read, or JSON for scripts.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help=f"Write it: {RESULT_ENDINGS}.")
    ] = None,
    theme_name: ThemeOption = DEFAULT_THEME,
    language: LanguageOption = ENGLISH,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if it is there.")] = False,
) -> None:
    """Show what has changed between two assessments of one team."""
    from readiness.assessment.reading import read_team
    from readiness.report.comparison_document import comparison_document
    from readiness.scoring.compare import compare as compared
    from readiness.team import AssessedTeam

    if before == after == STDOUT:
        raise typer.BadParameter("only one of BEFORE and AFTER can be standard input")
    how = giving(out, form, theme_name, force=force)
    invoked(bank=bank_name)
    bank = open_bank(bank_name)
    then, now = read_team([before], bank), read_team([after], bank)
    old, new = then.assessments[0].team, now.assessments[0].team
    if old.name != new.name or (old.organisation and new.organisation and old.organisation != new.organisation):
        what = f"These are two teams: {old} in {before}, and {new} in {after}"
        raise InputError(Problem(what, "Name the answers of one team. If it was renamed, write the same name in both."))
    notify(dict.fromkeys((*then.notices, *now.notices)))
    dated = [AssessedTeam(bank, read.assessments) for read in (then, now)]
    found = compared(bank, *dated)
    if found.after.date < found.before.date:
        notify([f"{before} is newer than {after}: so the change runs backwards. The older answers come first."])
    if how.file is not None:
        spare(how.file, (*then.files, *now.files))
    with speaking_in(language, bank_name, bank) as told_bank:
        told = found if told_bank is bank else compared(told_bank, *(one.told_in(told_bank) for one in dated))
        result = Result(
            document=lambda: comparison_document(told_bank, told),
            json=lambda: told.model_dump_json(by_alias=True, indent=2),
        )
        give(result, how)
