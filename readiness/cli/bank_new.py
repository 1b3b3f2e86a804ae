"""``readiness bank new``: begins a question bank of one's own."""

import re
from pathlib import Path
from typing import Annotated

import typer

from readiness.cli.files import as_typed, copied, new_folder, write_folder
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
    source = None if like is None else find_bank(like)
    files = {BANK_FILE: NEW_BANK.read_bytes()} if source is None else copied(source, bank_files(source).values())
    write_folder(folder, {file: _renamed(data, (source or folder) / file, name) for file, data in files.items()})
    typed = as_typed(folder)
    say(f"Change {folder / BANK_FILE}. Then: {command(f'bank check {typed}')}")
    say(f"To use it: {command(f'assess --bank {typed} FILE')}")


def _renamed(data: bytes, file: Path, name: str) -> bytes:
    """Return what a bank's file holds, for a bank of that id. Raises InputError if it is no text."""
    from readiness.bank.document import decode

    text = decode(data, str(file))
    return re.sub(r"(?m)^(id|bank):.*$", lambda found: f'{found[1]}: "{name}"', text, count=1).encode()


def _id(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:64].strip("-") or "questions"
