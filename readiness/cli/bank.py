"""``readiness bank``: looks after question banks."""

from typing import Annotated

import typer

from readiness.cli.options import DEFAULT_BANK, open_bank
from readiness.cli.output import emit

app = typer.Typer(help="Look after question banks.", rich_markup_mode=None, no_args_is_help=True)


@app.callback()
def _bank() -> None:
    pass


@app.command("check")
def check(
    name: Annotated[str, typer.Argument(help="A shipped bank's name, or a folder.", metavar="[BANK]")] = DEFAULT_BANK,
) -> None:
    """Prove what can be proved about a question bank; list all that is wrong, each with its place."""
    bank = open_bank(name)
    actions = sum(len(question.actions) for question in bank.questions)
    emit(
        f"{bank.id} {bank.version}: sound. {len(bank.findings)} findings, {len(bank.domains)} domains, "
        f"{len(bank.questions)} questions, {actions} actions. Fingerprint {bank.fingerprint}."
    )
