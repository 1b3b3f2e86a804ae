"""``readiness bank list`` and ``readiness bank show``: which question banks there are, and what is in one."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readiness.cli.files import Printed
from readiness.cli.inputs import open_bank
from readiness.cli.look_options import DEFAULT_THEME, ThemeOption
from readiness.cli.options import DEFAULT_BANK, BankArgument, BankOption, named_bank
from readiness.cli.output_options import ForceOption, PrintedOption
from readiness.cli.streams import emit_by_page, emit_json
from readiness.cli.write_result import RESULT_ENDINGS, OutOption, Result, as_text, give, giving
from readiness.errors import InputError, Problem

if TYPE_CHECKING:
    from readiness.bank.model import Bank, Question


def list_banks(
    form: Annotated[Printed, typer.Option("--format", help="A table to read, or JSON for scripts.")] = Printed.TABLE,
    bank_name: BankOption = DEFAULT_BANK,
) -> None:
    """Say which question banks are shipped, and what the one named with --bank is."""
    import json

    from readiness.bank.load import banks, find_bank, load_bank
    from readiness.bank.translate import languages
    from readiness.document.blocks import Document
    from readiness.document.tables import Table, of_numbers, of_words

    folders = dict.fromkeys((*banks(), find_bank(bank_name)))
    found = [(folder.name, load_bank(folder), languages(folder)) for folder in folders]
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
    emit_by_page(as_text(Document(title="", blocks=[Table(columns, rows)])))


def show(
    name: BankArgument = None,
    bank_name: BankOption = DEFAULT_BANK,
    question: Annotated[
        str | None, typer.Option("--question", metavar="ID", help="One question: its levels, findings and actions.")
    ] = None,
    form: PrintedOption = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help=f"Write all of it: {RESULT_ENDINGS}."),
    ] = None,
    theme_name: ThemeOption = DEFAULT_THEME,
    force: ForceOption = False,
) -> None:
    """Show what a bank asks, what that stands on, and what it suggests."""
    from readiness.report.bank_document import bank_document, overview_document, question_document

    how = giving(out, form, theme_name, force=force)
    bank = open_bank(named_bank(name, bank_name))
    asked = None if question is None else _question(bank, question)
    result = Result(
        document=lambda: question_document(bank, asked) if asked else overview_document(bank),
        page=None if asked else lambda: bank_document(bank),
        json=lambda: (asked or bank).model_dump_json(by_alias=True, exclude_none=True, indent=2),
    )
    give(result, how)


def findings(
    name: BankArgument = None,
    bank_name: BankOption = DEFAULT_BANK,
    form: PrintedOption = None,
    out: OutOption = None,
    theme_name: ThemeOption = DEFAULT_THEME,
    force: ForceOption = False,
) -> None:
    """Show which questions each finding became, why they have these levels, and what is the authors' own choice."""
    import json

    from readiness.report.findings_document import findings_document, findings_facts

    how = giving(out, form, theme_name, force=force)
    bank = open_bank(named_bank(name, bank_name))
    give(Result(lambda: findings_document(bank), lambda: json.dumps(findings_facts(bank), indent=2)), how)


def _question(bank: "Bank", name: str) -> "Question":
    from readiness.text import closest

    question = bank.question_by_id.get(name)
    if question is None:
        close = closest(name, bank.question_by_id)
        todo = f'Did you mean "{close}"?' if close else "Leave --question out to see all ids."
        raise InputError(Problem(f'There is no question "{name}" in {bank.id}', todo))
    return question
