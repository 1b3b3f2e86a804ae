"""The files a command writes: which may be written, in which format, and what is never overwritten."""

from contextlib import suppress
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from readiness.cli.program import quoted
from readiness.cli.settings import was_set
from readiness.errors import InputError, Place, Problem
from readiness.opening import real
from readiness.terminals import is_terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from readiness.assessment.model import Team
    from readiness.document.write import Format


class Printed(StrEnum):
    """How a result is printed."""

    TABLE = "table"
    JSON = "json"


STDOUT = Path("-")


def as_typed(file: Path) -> str:
    """Return the file's name as it must be typed in a shell."""
    return quoted([str(file)])


def may_write(out: Path, *, force: bool, allowed: "Callable[[bytes], bool] | None" = None) -> None:
    """Raise InputError where ``out`` is there already and may not be overwritten, or its folder is not there.

    A folder, a device or a pipe is never replaced, nor a file of a plan's edits. Answers, edits, forms and a plan's
    workbooks stay even with ``force``, but for those that are ``allowed``.
    """
    from readiness.assessment.endings import PLAN_ENDING

    if out.exists() and not out.is_file():
        raise InputError(
            Problem("This is no ordinary file, and was not touched", "Choose another name.", Place(str(out)))
        )
    if out.name.endswith(PLAN_ENDING):
        what = f"Names that end in {PLAN_ENDING} are kept for your edits of a plan"
        raise InputError(Problem(what, "Choose another name.", Place(str(out))))
    if (out.exists() or out.is_symlink()) and not force:
        raise InputError(there_already(out))
    if out.exists() and not out.is_symlink():  # a link is replaced, and not the file that it leads to
        _spare_own_work(out, allowed)
    needs_folder(out)


def _spare_own_work(out: Path, allowed: "Callable[[bytes], bool] | None") -> None:
    """Raise InputError if ``out`` holds answers or a plan's edits, under any name, or may hold some."""
    from readiness.assessment.file_kinds import FORM, PLAN_WORKBOOK, irreplaceable
    from readiness.bank.document import read_bytes

    data = read_bytes(out)
    kind = irreplaceable(data)
    if kind is not None and not (allowed is not None and allowed(data)):
        why = "somebody may have written into it" if kind in {FORM, PLAN_WORKBOOK} else "no command makes it again"
        what = f"This is {kind}, and {why}, so it was not touched"
        raise InputError(Problem(what, "Choose another name.", Place(str(out))))


def there_already(out: Path) -> Problem:
    """Return what to say of a file in the way."""
    what = "This file is there already, and was not touched"
    return Problem(what, "Choose another name, or add --force to overwrite it.", Place(str(out)))


def printed_as(out: Path | None, form: Printed | None) -> Printed:
    """Return how the result is printed, where it is: a table, but JSON where -o says standard output.

    Raises BadParameter if --format could have no effect, as the result goes into a file.
    """
    if out is not None and out != STDOUT and form is not None and not was_set("--format"):
        raise typer.BadParameter(f"--format is for what is printed: the ending of {out} says what is written")
    return form or (Printed.TABLE if out is None else Printed.JSON)


def format_of(out: Path, form: str | None, formats: "Collection[Format]") -> "Format":
    """Return the format to write ``out`` in: as ``form`` (--format) says, otherwise by the ending of the name.

    Raises BadParameter if neither says one of ``formats``, or if they contradict each other. No file that is not text
    goes to a terminal.
    """
    from readiness.document.write import FormatKind

    known, endings = ", ".join(formats), {each.value: each for each in formats}
    ending = out.suffix.removeprefix(".").lower()
    if was_set("--format") and ending in endings:
        form = None
    if form is None and out == STDOUT:
        raise typer.BadParameter(f"-o - writes to standard output: add --format with one of: {known}")
    chosen = endings.get((form or ending).lower())
    if chosen is None:
        hint = f"{out}: end the name in one of: {known}" if form is None else f"--format takes one of: {known}"
        raise typer.BadParameter(hint)
    if out == STDOUT and chosen.kind is FormatKind.BINARY and is_terminal("stdout"):
        raise typer.BadParameter(f"{chosen} can't be shown in a terminal: name a file, such as -o NAME.{chosen}")
    if ending != chosen and ending in endings:
        way = f"end the name in .{chosen}, or write --format {ending}"
        raise typer.BadParameter(f"{out} ends in .{ending}, but --format says {chosen}: {way}")
    return chosen


def spare(out: Path, read: "Iterable[Path | None]") -> None:
    """Raise InputError where ``out`` is one of the files that were ``read``: it would be lost, even with --force."""
    for path in read:
        if path is not None and _same(out, path):
            what = "What is written would take the place of what it is made from, so nothing was written"
            raise InputError(Problem(what, "Choose another name.", Place(str(out))))


def report_beside(answers: "Sequence[Path]", team: "Team", form: "Format") -> Path:
    """Return the name of the report that is written beside the answers, if nobody chose one.

    Raises BadParameter if they have no one place, or came in by standard input.
    """
    from readiness.assessment.endings import PLAN_ENDING
    from readiness.plan.find import plan_path

    plan = plan_path(answers, team)
    if plan is None:
        raise typer.BadParameter("there is no one place beside these answers: name a file to write with -o")
    return plan.with_name(f"{plan.name.removesuffix(PLAN_ENDING)}-report.{form}")


def _same(out: Path, path: Path) -> bool:
    """Return whether writing ``out`` would replace ``path``. A symlink in the place of ``out`` is itself replaced."""
    if real(out.parent) / out.name == real(path.parent) / path.name:
        return True
    return out.exists() and not out.is_symlink() and path.exists() and out.samefile(path)


def needs_folder(file: Path) -> None:
    """Raise InputError where the folder that ``file`` is to be written in is not there."""
    if not file.parent.is_dir():
        raise InputError(Problem("There is no such folder", "Create it, or choose another.", Place(str(file.parent))))


def new_folder(folder: Path) -> None:
    """Raise InputError if ``folder`` can't be made, or holds something: new banks and themes go into none that does."""
    for each in (folder, *folder.parents):
        if each.is_symlink() and not each.exists():
            what = "This is a link that leads nowhere, and was not touched"
            todo = (
                "Connect the drive that it leads to, if it is one. Otherwise remove the link, or name another folder."
            )
            raise InputError(Problem(what, todo, Place(str(each))))
        if each != folder and each.exists() and not each.is_dir():
            raise InputError(Problem("This is a file", "Name a folder.", Place(str(each))))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        what = "This is there already, and was not touched"
        raise InputError(Problem(what, "Name a folder that is empty or not there yet.", Place(str(folder))))


def copied(folder: Path, paths: "Iterable[Path]") -> dict[str, bytes]:
    """Return the contents of those ``paths`` that are files, by their names in ``folder``.

    Raises InputError if links lead out of the folder, or if they hold too much: nothing of them is to be copied.
    """
    from readiness.bank.document import read_bytes

    listed = [*islice(paths, _MOST_FILES + 1)]
    todo = "Copy the file itself into the folder, or remove the link."
    what = "This is a link that leads out of its folder, so nothing was copied"
    outside = [path for path in listed if not real(path).is_relative_to(real(folder))]
    if outside:
        raise InputError(Problem(what, todo, Place(str(path))) for path in outside)
    found: dict[str, bytes] = {}
    left = _MOST_BYTES
    for path in listed:
        if path.is_file():
            found[path.relative_to(folder).as_posix()] = data = read_bytes(path, left)
            left -= len(data)
        if left < 0 or len(listed) > _MOST_FILES:
            what = f"This folder holds more than {_MOST_FILES} files or {_MOST_BYTES // 1_000_000} MB"
            raise InputError(Problem(what, "Take out all that does not belong to it.", Place(str(folder))))
    return found


_MOST_FILES, _MOST_BYTES = 1_000, 100_000_000


def write_folder(folder: Path, files: "Mapping[str, bytes]") -> None:
    """Write files into ``folder``, by their names in it: all of them, or, if one can't be written, none.

    Raises OSError if one can't be written, InputError if somebody else has just put something in its place.
    """
    from readiness.assessment.draft import write_atomically

    made: list[Path] = []
    try:
        for name, data in files.items():
            path = folder / name
            _make(path.parent, made)
            made.append(path)
            write_atomically(path, data, private=False, replace=False)
    except FileExistsError as error:
        theirs = Path(error.filename)
        _take_back([each for each in made if each != theirs])
        what = "Something else was put here meanwhile, so nothing was written"
        raise InputError(Problem(what, "Name another folder.", Place(str(theirs)))) from None
    except BaseException:
        _take_back(made)
        raise


def _make(folder: Path, made: list[Path]) -> None:
    """Make a folder and those it lies in, if they are not there, and add each to ``made``: only these are ours.

    Raises FileExistsError if something else is there.
    """
    for each in reversed((folder, *folder.parents)):
        if not each.is_dir():
            each.mkdir()
            made.append(each)


def _take_back(made: "Sequence[Path]") -> None:
    """Remove files and folders, the last first; a folder that holds something else stays."""
    for path in reversed(made):
        with suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)
