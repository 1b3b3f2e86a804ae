"""``readiness form``: writes a blank form, to fill in anywhere."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readiness.cli.files import STDOUT, format_of, may_write, spare
from readiness.cli.given import pairs, typed_name, typed_role
from readiness.cli.inputs import open_bank, open_theme, speaking_in
from readiness.cli.invocation import invoked
from readiness.cli.look_options import DEFAULT_THEME, LanguageOption, ThemeOption
from readiness.cli.options import DEFAULT_BANK, BankOption
from readiness.cli.output_options import ForceOption, FormatOption
from readiness.cli.streams import notify, save
from readiness.document.write import endings
from readiness.errors import Command, InputError, Place, Problem
from readiness.language import ENGLISH
from readiness.roundtrip.form_formats import FORM_FORMATS, render_form

if TYPE_CHECKING:
    from readiness.bank.model import Bank


def form(
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            help=f"The file to write: {endings(FORM_FORMATS)}; - is standard output.",
        ),
    ],
    bank_name: BankOption = DEFAULT_BANK,
    profile: Annotated[
        list[str] | None,
        typer.Option(
            "--profile", help="What is known about the service, as stage=planning; once for each.", metavar="KEY=VALUE"
        ),
    ] = None,
    like: Annotated[
        Path | None,
        typer.Option(
            "--like",
            metavar="FILE",
            help="Answers of the same team: its name, organisation and profile are copied.",
        ),
    ] = None,
    team: Annotated[
        str | None, typer.Option("--team", metavar="NAME", help="The team it is for; without it, the form asks.")
    ] = None,
    organisation: Annotated[
        str | None, typer.Option("--organisation", metavar="NAME", help="The organisation of the team.")
    ] = None,
    role: Annotated[
        str | None,
        typer.Option(
            "--role",
            metavar="ROLE",
            help="Who will fill it in, such as peer-worker: ticked, and asked in words for them.",
        ),
    ] = None,
    chosen: FormatOption = None,
    theme_name: ThemeOption = DEFAULT_THEME,
    language: LanguageOption = ENGLISH,
    force: ForceOption = False,
) -> None:
    """Write a blank form for one team: to print, or to fill in and send back."""
    from readiness.assessment.form_mark import FormMark, checked_profile
    from readiness.assessment.model import Team
    from readiness.assessment.reading import read_people
    from readiness.roundtrip.form_model import build_form

    format_ = format_of(out, chosen, FORM_FORMATS)
    given = pairs(profile or [])
    if out != STDOUT:
        may_write(out, force=force, allowed=_is_form)
        spare(out, (like,))
    invoked(bank=bank_name)
    theme = open_theme(theme_name)
    bank = open_bank(bank_name)
    if out != STDOUT:
        _spare_filled(out, bank)
    known = Team(name="-")
    if like:
        people, notices = read_people(like, bank)
        notify(notices)
        known = people[0].team
    whose = typed_role(bank, role)
    mark = FormMark.of(
        bank,
        checked_profile(bank, {**known.profile, **given}),
        typed_name("--team", team) or (known.name if like else None),
        typed_name("--organisation", organisation) or known.organisation,
        whose,
    )
    with speaking_in(language, bank_name, bank) as told_bank:
        data, told = render_form(format_, build_form(told_bank, mark, whose), theme)
    notify(told)
    save(out, data, f" Its number is {mark.id}.", force=force)


def _is_form(data: bytes) -> bool:
    from readiness.assessment.file_kinds import FORM, foreign

    return foreign(data, "") == FORM


def _spare_filled(out: Path, bank: "Bank") -> None:
    """Raise InputError if ``out`` is a form that somebody filled in, or one of which it can't be told."""
    from readiness.intake.filled import may_hold_answers

    if out.is_file() and not out.is_symlink() and may_hold_answers(out, bank):
        what = "Somebody has filled in this form, or it can’t be told, so it was not touched"
        todo = "Choose another name, or delete it if nobody needs it. To keep its answers"
        raise InputError(Problem(what, todo, Place(str(out)), Command("collect", (str(out),))))
