"""``readiness bank``: looks after question banks."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from readiness.cli import bank_diff, bank_export, bank_migrate, bank_new, bank_protocol, bank_show
from readiness.cli.help import CommandGroup, OneCommand
from readiness.cli.inputs import open_bank
from readiness.cli.options import DEFAULT_BANK, BankArgument, BankOption, named_bank
from readiness.cli.streams import emit, say
from readiness.errors import InputError, Problem
from readiness.text import counted, safe

if TYPE_CHECKING:
    from readiness.bank.model import Bank
    from readiness.bank.translate import BankWords

app = typer.Typer(cls=CommandGroup, rich_markup_mode=None, no_args_is_help=True, add_completion=False)


@app.callback()
def bank() -> None:
    """Look after question banks."""


@app.command("check", cls=OneCommand)
def check(
    name: BankArgument = None,
    bank_name: BankOption = DEFAULT_BANK,
    language: Annotated[
        str | None,
        typer.Option(
            "--language", metavar="LANGUAGE", help="List every text that is not translated into this language yet."
        ),
    ] = None,
) -> None:
    """Check a question bank and its translations for mistakes; list them all, each with its place."""
    from readiness.bank.translate import texts

    name = named_bank(name, bank_name)
    bank = open_bank(name)
    known = texts(bank)
    translations = list(_translations(name, bank, known))
    if language is not None:
        _list_untranslated(bank, translations, language)
        return
    actions = sum(len(question.actions) for question in bank.questions)
    held = (
        (len(bank.findings), "finding"),
        (len(bank.domains), "domain"),
        (len(bank.questions), "question"),
        (actions, "action"),
    )
    counts = ", ".join(counted(number, noun) for number, noun in held)
    emit(f"{bank.id} {bank.version}: sound. {counts}. Fingerprint {bank.fingerprint}.")
    older = _checked_migrations(name, bank)
    for words in translations:
        said = f"{len(words.words)} of {len(known)} texts"
        emit(f"{words.language} ({words.status}): {said}. To list the rest, add --language {words.language}")
    for version in older:
        emit(f"Says what becomes of answers to version {version}.")


def _translations(name: str, bank: "Bank", known: Mapping[str, str]) -> Iterator["BankWords"]:
    from readiness.bank.load import find_bank
    from readiness.bank.translate import languages, read_words

    folder = find_bank(name)
    problems: list[Problem] = []
    for tag in languages(folder):
        try:
            words = read_words(folder, tag, bank, known)
        except InputError as error:
            problems += error.problems
        else:
            if words is not None:
                yield words
    if problems:
        raise InputError(problems)


def _checked_migrations(name: str, bank: "Bank") -> list[str]:
    """Return the versions whose answers the bank can take over. Raises InputError with what is wrong in their files."""
    from readiness.bank.load import find_bank
    from readiness.bank.migration import migrations, read_migration

    folder = find_bank(name)
    return [version for version in migrations(folder) if read_migration(folder, version, bank)]


def _list_untranslated(bank: "Bank", translations: Iterable["BankWords"], language: str) -> None:
    from readiness.bank.translate import LANGUAGES, texts, untranslated

    words = next((each for each in translations if each.language == language), None)
    if words is None:
        todo = f"Write {LANGUAGES}/{language}.yaml in the bank's folder, with schema, bank, language, status and words."
        raise InputError(Problem(f'This bank has no words in "{language}"', todo))
    said = texts(bank)
    for key in untranslated(bank, words):
        emit(f"{key}: {safe(said[key])}")
    say(f"{len(untranslated(bank, words))} of {len(said)} texts are not translated into {language} yet.")


app.command("list", cls=OneCommand)(bank_show.list_banks)
app.command("show", cls=OneCommand)(bank_show.show)
app.command("findings", cls=OneCommand)(bank_show.findings)
app.command("protocol", cls=OneCommand)(bank_protocol.protocol)
app.command("diff", cls=OneCommand)(bank_diff.diff)
app.command("migrate", cls=OneCommand)(bank_migrate.migrate)
app.command("new", cls=OneCommand)(bank_new.new)
app.command("export", cls=OneCommand)(bank_export.export)
