"""Options that several commands share."""

import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from readiness import resources
from readiness.cli.program import quoted
from readiness.cli.streams import notify
from readiness.errors import InputError, Place, Problem
from readiness.report.notes import Notes
from readiness.scoring.disclosure import LEAST_GROUP

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from readiness.assessment.model import Assessment
    from readiness.bank.model import Bank
    from readiness.bank.translate import Translation
    from readiness.cli.invocation import Invocation
    from readiness.plan.overlay import Overlay
    from readiness.scoring.score import Standings
    from readiness.theme.theme import Theme

BankOption = Annotated[
    str, typer.Option("--bank", metavar="BANK", help="The question bank: a shipped one's name, or a folder.")
]
PathsArgument = Annotated[
    list[Path],
    typer.Argument(
        help="Files of answers (JSON or YAML), or a folder of them; - reads standard input.", metavar="PATHS"
    ),
]
PlanOption = Annotated[
    Path | None,
    typer.Option(
        "--plan", metavar="FILE", help="The file with your edits of the plan; without it, the one beside the answers."
    ),
]
ThemeOption = Annotated[
    str,
    typer.Option(
        "--theme", metavar="THEME", help="How it looks and whose it is: a shipped theme, or a folder with a theme.toml."
    ),
]
TemplatesOption = Annotated[
    Path | None,
    typer.Option(
        "--templates",
        metavar="FOLDER",
        help="A folder with templates of your own: each goes before ours of the same name.",
    ),
]
BriefOption = Annotated[
    bool,
    typer.Option("--brief", help="Two pages: the result, and what to do first (pdf, html, docx, md)."),
]
NotesOption = Annotated[
    Notes | None,
    typer.Option(
        "--notes",
        help="Which notes are shown. redacted takes out e-mail addresses, phone numbers, postcodes and NHS "
        "numbers, but can't find names. Without this: all of one person, none of several.",
    ),
]
LanguageOption = Annotated[
    str,
    typer.Option(
        "--language", metavar="LANGUAGE", help="The language to write in: en-GB, or one there is a translation for."
    ),
]
MinGroupOption = Annotated[
    int,
    typer.Option(
        "--min-group",
        metavar="NUMBER",
        min=LEAST_GROUP,
        help="Show the views of a role by itself only from this many people on.",
    ),
]


class Printed(StrEnum):
    """How a result is printed."""

    TABLE = "table"
    JSON = "json"


Format = TypeVar("Format", bound=StrEnum)
STDOUT = Path("-")
_NO_TEXT = frozenset({"pdf", "docx", "xlsx"})
DEFAULT_THEME = "sober"
DEFAULT_BANK = resources.DEFAULT_BANK


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A person's edits of a plan, and the file they are kept in; None where there is no place for one."""

    path: Path | None
    overlay: "Overlay"


def find_overlay(bank: "Bank", named: "Invocation", answers: "Sequence[Assessment]") -> KeptPlan:
    """Return the edits of the plan made from ``answers``, which were read from what a person ``named``.

    Says where they were found. Raises InputError where a plan that was named is not there, or where it is wrong.
    """
    from readiness.plan.files import PlanPlace, find_plan, read_overlay
    from readiness.plan.overlay import Overlay

    team, plan = answers[0].team, named.plan
    if plan is not None and not plan.exists():
        raise InputError(Problem("There is no such plan", "Check the name.", Place(str(plan))))
    place = find_plan(named.paths, team, bank) if plan is None else PlanPlace(plan)
    notify(place.notices)
    overlay = Overlay.blank(bank, team.name) if place.path is None else read_overlay(place.path, bank, team.name)
    return KeptPlan(place.path, overlay)


def numbers_kept(kept: KeptPlan, stands: "Standings") -> KeptPlan:
    """Return the edits with the numbers that the plan is about to be shown with, and keep those in the plan's file.

    So nothing moves a number that somebody has seen. Where there are no edits yet, none is kept; nor where the file
    can't be written now: then only what came since the last edit may have another number next time.
    """
    import os
    from contextlib import suppress

    from readiness.plan.apply import in_order_of_numbers
    from readiness.plan.build import build_plan
    from readiness.plan.files import PlanFile, read_overlay

    overlay, path = kept.overlay, kept.path
    pinned = overlay.with_numbers(in_order_of_numbers(build_plan(stands, stands.score()), overlay))
    if path is None or not overlay.actions or pinned == overlay:
        return kept
    with suppress(InputError, OSError):
        if path.suffix == ".json" and os.access(path, os.W_OK):  # what a person wrote as YAML stays in their form
            with PlanFile(path) as file:
                if read_overlay(path, stands.bank, stands.team.name) == overlay:  # nobody has edited it since
                    return KeptPlan(path, file.save(pinned))
    return KeptPlan(path, pinned)


def kept_in(kept: KeptPlan) -> Path:
    """Return the file that edits are kept in. Raises InputError where there is no place for one."""
    if kept.path is None:
        what = "There is no one place to keep your edits in for these answers"
        raise InputError(Problem(what, "Name a file with --plan, or give one file or folder of answers."))
    return kept.path


def as_typed(file: Path) -> str:
    """Return the file's name as it must be typed in a shell."""
    return quoted([str(file)])


def may_write(out: Path, *, force: bool) -> None:
    """Raise InputError where ``out`` is there already and may not be overwritten, or its folder is not there.

    Nothing is ever put in the place of a folder, a device or a pipe, nor where a plan's edits belong.
    """
    from readiness.assessment.reading import PLAN_ENDING

    if out.exists() and not out.is_file():
        raise InputError(
            Problem("This is no ordinary file, and was not touched", "Choose another name.", Place(str(out)))
        )
    if out.name.endswith(PLAN_ENDING):
        what = f"Names that end in {PLAN_ENDING} are kept for your edits of a plan"
        raise InputError(Problem(what, "Choose another name.", Place(str(out))))
    if (out.exists() or out.is_symlink()) and not force:
        what = "This file is there already, and was not touched"
        raise InputError(Problem(what, "Choose another name, or add --force to overwrite it.", Place(str(out))))
    needs_folder(out)


def printed_as(out: Path | None, form: Printed | None) -> Printed:
    """Return how the result is printed, where it is: a table, but JSON where -o says standard output.

    Raises BadParameter where --format could have no effect, as the result goes into a file.
    """
    if out is not None and out != STDOUT and form is not None:
        raise typer.BadParameter(f"--format is for what is printed: the ending of {out} says what is written")
    return form or (Printed.TABLE if out is None else Printed.JSON)


def format_of(out: Path, form: str | None, formats: type[Format]) -> Format:
    """Return the format to write ``out`` in: as ``form`` (--format) says, else by the ending of the name.

    Raises BadParameter where neither says one that is known, where they contradict each other, and where a file that
    is no text would go to a terminal.
    """
    known = ", ".join(formats)
    ending = out.suffix.removeprefix(".").lower()
    if form is None and out == STDOUT:
        raise typer.BadParameter(f"-o - writes to standard output: add --format with one of: {known}")
    try:
        chosen = formats((form or ending).lower())
    except ValueError:
        hint = f"{out}: end the name in one of: {known}" if form is None else f"--format takes one of: {known}"
        raise typer.BadParameter(hint) from None
    if out == STDOUT and chosen in _NO_TEXT and sys.stdout is not None and sys.stdout.isatty():
        raise typer.BadParameter(f"{chosen} can't be shown in a terminal: name a file, such as -o NAME.{chosen}")
    if ending != chosen and ending in list(formats):
        way = f"end the name in .{chosen}, or write --format {ending}"
        raise typer.BadParameter(f"{out} ends in .{ending}, but --format says {chosen}: {way}")
    return chosen


def spare(out: Path, read: "Iterable[Path | None]") -> None:
    """Raise InputError where ``out`` is one of the files that were ``read``: it would be lost, even with --force."""
    for path in read:
        if path is not None and _same(out, path):
            what = "What is written would take the place of what it is made from, so nothing was written"
            raise InputError(Problem(what, "Choose another name.", Place(str(out))))


def _same(out: Path, path: Path) -> bool:
    """Return whether writing ``out`` would replace ``path``. A symlink in the place of ``out`` is itself replaced."""
    if out.parent.resolve() / out.name == path.parent.resolve() / path.name:
        return True
    return out.exists() and not out.is_symlink() and path.exists() and out.samefile(path)


def needs_folder(file: Path) -> None:
    """Raise InputError where the folder that ``file`` is to be written in is not there."""
    if not file.parent.is_dir():
        raise InputError(Problem("There is no such folder", "Create it, or choose another.", Place(str(file.parent))))


def new_folder(folder: Path) -> None:
    """Raise InputError where ``folder`` is there and holds something: what is written anew goes into none that does."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        what = "This is there already, and was not touched"
        raise InputError(Problem(what, "Name a folder that is empty or not there yet.", Place(str(folder))))


def open_bank(name: str) -> "Bank":
    """Return the bank called ``name``. Raises InputError where there is none, or where it is not sound."""
    from readiness.bank.load import find_bank, load_bank
    from readiness.resources import QUESTIONS

    return load_bank(find_bank(name, QUESTIONS))


def open_translation(name: str, bank: "Bank", language: str) -> "Translation":
    """Return ``bank``, the one called ``name``, in the words of ``language``.

    Raises InputError where they are wrong.
    """
    from readiness.bank.load import find_bank
    from readiness.bank.translate import translated
    from readiness.resources import QUESTIONS

    return translated(bank, find_bank(name, QUESTIONS), language)


def open_theme(name: str, templates: Path | None = None) -> "Theme":
    """Return the theme called ``name``, with the folder of templates that go before ours.

    Raises InputError where there is none, or with everything that is wrong in it.
    """
    from dataclasses import replace

    from readiness.theme.theme_file import find_theme, read_theme

    theme = read_theme(find_theme(name))
    if templates is None:
        return theme
    if not templates.is_dir():
        raise InputError(Problem("There is no such folder of templates", "Check the name.", Place(str(templates))))
    return replace(theme, templates=templates.resolve())
