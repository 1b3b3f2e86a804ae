"""``readiness theme``: whose report it is, and how it looks."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readiness.cli.files import as_typed, copied, new_folder, write_folder
from readiness.cli.given import today
from readiness.cli.help import CommandGroup, OneCommand
from readiness.cli.inputs import open_bank
from readiness.cli.look_options import DEFAULT_THEME
from readiness.cli.options import DEFAULT_BANK, BankOption
from readiness.cli.program import command
from readiness.cli.streams import emit, say
from readiness.errors import InputError, Place, Problem
from readiness.opening import paths_below
from readiness.text import safe

if TYPE_CHECKING:
    from readiness.assessment.model import Assessment
    from readiness.bank.model import Bank

app = typer.Typer(cls=CommandGroup, rich_markup_mode=None, no_args_is_help=True, add_completion=False)


@app.callback()
def theme() -> None:
    """Make a theme of your own: your name, logo, colours and fonts."""


@app.command("new", cls=OneCommand)
def new(
    folder: Annotated[Path, typer.Argument(help="The folder to make for it.", metavar="DIR")],
    like: Annotated[str, typer.Option("--like", metavar="THEME", help="The theme to begin with.")] = DEFAULT_THEME,
) -> None:
    """Write a theme.toml to change, with what each line means."""
    from readiness.theme.theme_file import THEME_FILE, find_theme

    source = find_theme(like)
    new_folder(folder)
    write_folder(folder, copied(source, paths_below(source)))
    say(f"Change {folder / THEME_FILE}. Then: {command(f'theme check {as_typed(folder)}')}")


@app.command("check", cls=OneCommand)
def check(
    name: Annotated[str, typer.Argument(help="A shipped theme's name, or a folder.", metavar="THEME")],
    bank_name: BankOption = DEFAULT_BANK,
) -> None:
    """Check that a theme can be read and used; list all that is wrong, each with its place.

    Its Word template is filled in with a report on the questions of --bank.
    """
    from readiness.report.theme_trial import try_theme
    from readiness.theme.theme_file import THEME_FILE, find_theme, read_theme, word_template_in

    folder = find_theme(name)
    problems: list[Problem] = []
    try:
        found = read_theme(folder)
        try_theme(found, Place(str(folder / THEME_FILE)))
    except InputError as error:
        problems += error.problems
    try:
        if template := word_template_in(folder):
            _fill(template, open_bank(bank_name))
    except InputError as error:
        problems += [each for each in error.problems if each not in problems]
    if problems:
        raise InputError(problems)
    fonts = dict.fromkeys((found.font.name, found.heading_font.name))
    logo = f"a logo of {found.logo.width} by {found.logo.height} pixels" if found.logo else "no logo"
    emit(
        f"{safe(name)}: sound. {found.name or 'No name'}, {logo}, {' and '.join(fonts)}, {found.text_size:g} points, "
        f"{found.page}. Parts: {', '.join(found.parts)}."
    )


def _fill(template: Path, bank: "Bank") -> None:
    """Fill in a Word template with a report in which something stands in every list.

    Raises InputError with what is wrong in it.
    """
    from dataclasses import replace

    from readiness.document.write import Format
    from readiness.report.formats import render
    from readiness.report.view import build_report
    from readiness.team import AssessedTeam
    from readiness.theme.theme_file import find_theme, read_theme

    sober = replace(read_theme(find_theme(DEFAULT_THEME)), word_template=template)
    render(Format.DOCX, build_report(AssessedTeam(bank, _sample(bank))), sober)


def _sample(bank: "Bank") -> "list[Assessment]":
    """Return answers of six people: every level, what is not known, what does not apply, and notes."""
    from readiness.assessment.model import Assessment, BankReference, Respondent, Response, Team

    profile = {asked.id: asked.options[0].id for asked in bank.profile}
    questions = bank.asked(profile)

    def response(at: int, person: int) -> Response:
        levels = questions[at].levels
        if at % _SORTS == _NOT_KNOWN:
            return Response(unknown=True)
        if at % _SORTS == _SET_ASIDE and not questions[at].always:
            return Response(not_applicable="For the sake of an example.")
        level = levels[(at + person * (at % 3)) % len(levels)].value
        return Response(level=level, note="A note." if person == 0 else None, evidence=("Minutes",))

    roles: list[str | None] = [role.id for role in bank.roles] or [None]
    return [
        Assessment(
            bank=BankReference.to(bank),
            team=Team(name="An example", organisation="An organisation", profile=profile),
            respondent=Respondent(role=roles[person % min(2, len(roles))]),
            date=today(),
            responses={each.id: response(at, person) for at, each in enumerate(questions)},
        )
        for person in range(6)
    ]


_SORTS, _NOT_KNOWN, _SET_ASIDE = 7, 3, 5
"""Of each seven questions of the sample, one is not known and one does not apply."""
