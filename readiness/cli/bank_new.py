"""``readiness bank new``: begins a question bank of one's own."""

import re
from pathlib import Path
from typing import Annotated

import typer

from readiness.cli.files import as_typed, new_folder, write_folder
from readiness.cli.program import command
from readiness.cli.streams import say
from readiness.errors import InputError, Place, Problem
from readiness.opening import real


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
    from readiness.bank.load import BANK_FILE, bank_files, banks, find_bank
    from readiness.resources import NEW_BANK

    name = _id(real(folder).name)
    if name in [shipped.name for shipped in banks()]:
        what = f'A bank that is shipped is called "{name}", and it would be taken for that one'
        raise InputError(Problem(what, "Choose another name.", Place(str(folder))))
    new_folder(folder)
    files = {BANK_FILE: NEW_BANK} if like is None else bank_files(find_bank(like))
    write_folder(folder, {file: _renamed(source, name).encode() for file, source in files.items()})
    typed = as_typed(folder)
    say(f"Change {folder / BANK_FILE}. Then: {command(f'bank check {typed}')}")
    say(f"To use it: {command(f'assess --bank {typed} FILE')}")


def _renamed(source: Path, name: str) -> str:
    """Return the text of a bank's file, for a bank of that id. Raises InputError if it is no text."""
    from readiness.bank.document import decode, read_bytes

    text = decode(read_bytes(source), str(source))
    return re.sub(r"(?m)^(id|bank):.*$", lambda found: f'{found[1]}: "{name}"', text, count=1)


def _id(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:64].strip("-") or "questions"
