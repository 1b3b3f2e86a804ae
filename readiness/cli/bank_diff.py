"""``readiness bank diff``: what has changed between two versions of a question bank."""

from typing import Annotated

import typer

from readiness.cli.inputs import open_bank, open_older_bank
from readiness.cli.look_options import DEFAULT_THEME, ThemeOption
from readiness.cli.options import DEFAULT_BANK
from readiness.cli.output_options import ForceOption, PrintedOption
from readiness.cli.write_result import OutOption, Result, give, giving


def diff(
    old_name: Annotated[str, typer.Argument(help="The older version: a folder.", metavar="OLD")],
    new_name: Annotated[
        str, typer.Argument(help="The newer version: a shipped bank's name, or a folder.", metavar="[NEW]")
    ] = DEFAULT_BANK,
    form: PrintedOption = None,
    out: OutOption = None,
    theme_name: ThemeOption = DEFAULT_THEME,
    force: ForceOption = False,
) -> None:
    """Show what has changed between two versions of a bank, what of it scores, and which number must go up."""
    from readiness.bank.diff import bank_diff
    from readiness.report.bank_diff_document import bank_diff_document

    how = giving(out, form, theme_name, force=force)
    old, new = open_older_bank(old_name), open_bank(new_name)
    found = bank_diff(old, new)
    give(Result(lambda: bank_diff_document(new, found), lambda: found.model_dump_json(indent=2)), how)
