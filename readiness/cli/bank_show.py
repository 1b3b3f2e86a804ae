"""``readiness bank list`` and ``readiness bank show``: which question banks there are, and what is in one."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readiness.cli.options import DEFAULT_BANK, STDOUT, Printed, format_of, may_write, open_bank, printed_as
from readiness.cli.output import emit, emit_json, say
from readiness.errors import InputError, Problem

if TYPE_CHECKING:
    from readiness.bank.model import Bank, Question


class BankFileFormat(StrEnum):
    """What a bank is written as, by the ending of its file."""

    MARKDOWN = "md"
    JSON = "json"


def list_banks(
    form: Annotated[Printed, typer.Option("--format", help="A table to read, or JSON for scripts.")] = Printed.TABLE,
) -> None:
    """Say which question banks are shipped."""
    import json

    from readiness.bank.load import banks, load_bank
    from readiness.bank.translate import languages
    from readiness.cli.drawing import Grid, as_text, of_numbers, of_words
    from readiness.resources import QUESTIONS

    found = [(folder.name, load_bank(folder), languages(folder)) for folder in banks(QUESTIONS)]
    if form is Printed.JSON:
        entries = [
            {
                "name": name,
                "version": bank.version,
                "title": bank.title,
                "questions": len(bank.questions),
                "languages": tags,
            }
            for name, bank, tags in found
        ]
        emit_json(json.dumps(entries, indent=2, ensure_ascii=False))
        return
    columns = (*of_words("Bank", "Version", "Title"), *of_numbers("Questions"), *of_words("Languages"))
    rows = [
        (name, bank.version, bank.title, str(len(bank.questions)), ", ".join(("en", *tags)))
        for name, bank, tags in found
    ]
    emit(as_text([Grid(columns, rows)]))


def show(
    name: Annotated[str, typer.Argument(help="A shipped bank's name, or a folder.", metavar="[BANK]")] = DEFAULT_BANK,
    question: Annotated[
        str | None, typer.Option("--question", metavar="ID", help="One question: its levels, findings and actions.")
    ] = None,
    form: Annotated[
        Printed | None, typer.Option("--format", help="What is printed: a table to read, or JSON for scripts.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="Write all of it: .md for a page to read, or .json."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if it is there.")] = False,
) -> None:
    """Show what a bank asks, what that stands on, and what it suggests."""
    from readiness.assessment.store import write_atomically
    from readiness.cli.bank_table import bank_blocks, overview, question_blocks
    from readiness.cli.drawing import as_markdown, as_text

    printed = printed_as(out, form)
    written = None if out is None or out == STDOUT else format_of(out, None, BankFileFormat)
    if out is not None and written:
        may_write(out, force=force)
    bank = open_bank(name)
    asked = None if question is None else _question(bank, question)
    as_json = (asked or bank).model_dump_json(by_alias=True, exclude_none=True, indent=2)
    if out is not None and written:
        blocks = question_blocks(bank, asked) if asked else bank_blocks(bank)
        text = as_markdown(blocks) if written is BankFileFormat.MARKDOWN else as_json
        write_atomically(out, f"{text}\n".encode(), private=False)
        say(f"{'The question' if asked else 'The bank'} is in {out}.")
    elif printed is Printed.JSON:
        emit_json(as_json)
    else:
        emit(as_text(question_blocks(bank, asked) if asked else overview(bank)))


def _question(bank: "Bank", name: str) -> "Question":
    from difflib import get_close_matches

    question = bank.question_by_id.get(name)
    if question is None:
        close = get_close_matches(name, bank.question_by_id, n=1)
        todo = f'Did you mean "{close[0]}"?' if close else "Leave --question out to see all ids."
        raise InputError(Problem(f'There is no question "{name}" in {bank.id}', todo))
    return question
