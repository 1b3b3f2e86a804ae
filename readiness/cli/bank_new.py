"""``readiness bank new``: begins a question bank of one's own."""

import re
from pathlib import Path
from typing import Annotated

import typer

from readiness.cli.options import as_typed, new_folder
from readiness.cli.output import say
from readiness.started import command


def new(
    folder: Annotated[Path, typer.Argument(help="The folder to make for it.", metavar="DIR")],
    like: Annotated[
        str | None,
        typer.Option(
            "--like", metavar="BANK", help="The bank to begin with; without it, a small one that explains itself."
        ),
    ] = None,
) -> None:
    """Write a question bank to change; its id is made of the folder's name."""
    from readiness.assessment.store import write_atomically
    from readiness.bank.load import BANK_FILE, find_bank
    from readiness.resources import NEW_BANK, QUESTIONS

    files = (
        {BANK_FILE: NEW_BANK}
        if like is None
        else {file.name: file for file in find_bank(like, QUESTIONS).glob("*.yaml")}
    )
    new_folder(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, file in files.items():
        text = file.read_text("utf-8")
        if name == BANK_FILE:
            text = re.sub(r"(?m)^id:.*$", f"id: {_id(folder.resolve().name)}", text, count=1)
        write_atomically(folder / name, text.encode(), private=False)
    typed = as_typed(folder)
    say(f"Change {folder / BANK_FILE}. Then: {command(f'bank check {typed}')}")
    say(f"To use it: {command(f'assess --bank {typed} FILE')}")


def _id(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:64].strip("-") or "questions"
