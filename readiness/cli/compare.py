"""``readiness compare``: a team then and now."""

from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer

from readiness.cli.files import STDOUT, spare
from readiness.cli.inputs import open_bank, same_team, speaking_in
from readiness.cli.invocation import invoked
from readiness.cli.options import (
    DEFAULT_BANK,
    DEFAULT_THEME,
    BankOption,
    ForceOption,
    LanguageOption,
    MinGroupOption,
    PrintedOption,
    ThemeOption,
)
from readiness.cli.streams import notify
from readiness.cli.write_result import OutOption, Result, give, giving
from readiness.language import ENGLISH
from readiness.scoring.disclosure import MIN_GROUP


def compare(  # noqa: PLR0913, PLR0917 — each is an option of the command
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="The answers of one team at two dates or more, the earliest first: a file or a folder each.",
            metavar="BEFORE... AFTER",
        ),
    ],
    bank_name: BankOption = DEFAULT_BANK,
    form: PrintedOption = None,
    out: OutOption = None,
    min_group: MinGroupOption = MIN_GROUP,
    theme_name: ThemeOption = DEFAULT_THEME,
    language: LanguageOption = ENGLISH,
    force: ForceOption = False,
) -> None:
    """Show what has changed between two assessments of one team or more."""
    from readiness.assessment.reading import read_team
    from readiness.report.comparison_document import comparison_document
    from readiness.scoring.compare import compare as compared
    from readiness.team import AssessedTeam

    if len(paths) < 2:  # noqa: PLR2004 — then and now
        raise typer.BadParameter("name the answers from two dates or more: BEFORE AFTER")
    if paths.count(STDOUT) > 1:
        raise typer.BadParameter("only one of the dates can be standard input")
    how = giving(out, form, theme_name, force=force)
    invoked(bank=bank_name)
    bank = open_bank(bank_name)
    readings = [read_team([path], bank) for path in paths]
    same_team({path: reading.assessments[0].team for path, reading in zip(paths, readings, strict=True)})
    notify(dict.fromkeys(notice for reading in readings for notice in reading.notices))
    dated = [AssessedTeam(bank, reading.assessments, min_group=min_group) for reading in readings]
    for (one, earlier), (other, later) in pairwise(zip(paths, dated, strict=True)):
        if later.date < earlier.date:
            notify([f"{one} is newer than {other}: so the change runs backwards. The older answers come first."])
    if how.file is not None:
        spare(how.file, [file for reading in readings for file in reading.files])
    with speaking_in(language, bank_name, bank) as told_bank:
        told = compared(told_bank, [one.told_in(told_bank) for one in dated], min_group)
        result = Result(
            document=lambda: comparison_document(told_bank, told),
            json=lambda: told.model_dump_json(by_alias=True, indent=2),
        )
        give(result, how)
