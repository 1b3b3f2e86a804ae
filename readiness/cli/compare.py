"""``readiness compare``: a team then and now."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from readiness.cli.dated import change, dates_in, open_date, told_once
from readiness.cli.files import STDOUT, spare
from readiness.cli.inputs import open_bank, same_team, speaking_in, with_edits
from readiness.cli.invocation import invoked
from readiness.cli.look_options import DEFAULT_THEME, LanguageOption, ThemeOption
from readiness.cli.options import DEFAULT_BANK, BankOption, MinGroupOption
from readiness.cli.output_options import ForceOption, PrintedOption
from readiness.cli.streams import notify
from readiness.cli.write_result import OutOption, Result, give, giving
from readiness.language import ENGLISH
from readiness.scoring.disclosure import MIN_GROUP

_MOST = 20
"""Dates to compare: each is checked against each other one, and a longer table is not read."""


def compare(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="The answers of one team at two dates or more, the earliest first: a file or a folder each. Or one "
            "file or folder with earlier answers beside it, or a folder with a folder for each date.",
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
    """Show what has changed in one team between two dates or more, and what was done of its plan."""
    from readiness.plan.find import find_plan
    from readiness.report.comparison_document import comparison_document

    if paths.count(STDOUT) > 1:
        raise typer.BadParameter("only one of the dates can be standard input")
    if paths == [STDOUT]:
        raise typer.BadParameter("name the answers from two dates or more: BEFORE AFTER")
    how = giving(out, form, theme_name, force=force)
    invoked(bank=bank_name)
    bank = open_bank(bank_name)
    dates = dates_in(paths[0]) if len(paths) == 1 else [(path,) for path in paths]
    if len(dates) > _MOST:
        what = f"these are {len(dates)} dates, and at most {_MOST} are compared: name those that matter most"
        raise typer.BadParameter(f"{what}, the earliest first")
    dated = [open_date(bank, bank_name, each, min_group) for each in dates]
    same_team({one.paths[0]: one.team.assessments[0].team for one in dated})
    notify(told_once(dated))
    if how.file is not None:
        spare(how.file, [file for one in dated for file in one.files])
    last = dated[-1]
    place = find_plan(last.paths, last.team.team, bank)
    edited = with_edits(last.team, place, last.paths, bank_name)
    dated[-1] = replace(last, team=edited, plan=place.path)
    with speaking_in(language, bank_name, bank) as told_bank:
        told = change(told_bank, dated, min_group)
        result = Result(
            document=lambda: comparison_document(told_bank, told),
            json=lambda: told.model_dump_json(by_alias=True, indent=2),
        )
        give(result, how)
