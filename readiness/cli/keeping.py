"""What ``assess`` and ``workshop`` share: the file that answers are kept in, and how asking ends."""

import gc
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from readiness.assessment.endings import PLAN_ENDING
from readiness.cli.files import as_typed, needs_folder
from readiness.cli.inputs import with_edits
from readiness.cli.invocation import typed
from readiness.cli.plan_numbers import keep_shown
from readiness.cli.settings_names import Program
from readiness.cli.streams import complain, say
from readiness.errors import Command, ExitCode, InputError, Place, Problem
from readiness.signals import told_to_end
from readiness.terminals import is_terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from readiness.assessment.model import Assessment
    from readiness.assessment.store import Kept, KeptFile
    from readiness.bank.model import Bank
    from readiness.cli.invocation import Invocation
    from readiness.interview.asked import Asked, Ending
    from readiness.team import AssessedTeam


def may_keep(file: Path, words: str, usual: str) -> None:
    """Raise InputError or BadParameter where answers can't be kept in ``file``, in words for each sort of file.

    ``words`` are the command, and ``usual`` is the name of its file if a person names none.
    """
    if file.is_dir():
        named = Command(words, (str(file / usual),))
        raise InputError(Problem("This is a folder", "Name a file in it", Place(str(file)), named))
    if file.suffix != ".json":
        better = as_typed(file.with_suffix(".json"))
        raise typer.BadParameter(f"{file}: answers are kept in a file whose name ends in .json, such as {better}")
    if file.name.endswith(PLAN_ENDING):
        what = f"Names that end in {PLAN_ENDING} are kept for changes of a plan, and no command reads answers there"
        raise InputError(Problem(what, "Choose another name.", Place(str(file))))
    needs_folder(file)
    if file.exists() and not file.is_file():
        what = "This is no ordinary file, and was not touched"
        raise InputError(Problem(what, "Choose another name.", Place(str(file))))
    if file.exists() and not file.stat().st_mode & 0o222:
        what = "This file is locked against changes (read-only), so no answer could be saved in it"
        todo = "Copy it under another name and go on with the copy, or allow changes to it."
        raise InputError(Problem(what, todo, Place(str(file))))


def ask_through(
    ctx: typer.Context, kept: "KeptFile[Kept]", bank_name: str, words: str, ask: "Callable[[], Asked[Any]]"
) -> None:
    """Ask with the file open, then end the command ``words`` as its person chose. ``ask`` returns how it ended."""
    gc.enable()  # asking can last for hours
    with told_to_end(lambda code: leave(kept, code, words)):
        try:
            with kept:
                try:
                    ending = ask().ending
                except (EOFError, BrokenPipeError):
                    raise _nothing_came(kept) from None
        except EOFError:
            leave(kept, ExitCode.INTERRUPTED, words)
    end(ctx, kept, ending, bank_name, words)


def _nothing_came(kept: "KeptFile[Kept]") -> InputError | EOFError:
    """Return what to raise at the end of the input: an error if nothing was saved without a terminal."""
    if kept.saved or is_terminal("stdin"):
        return EOFError()
    what = "There is no terminal to ask the questions in, and no answers came in, so nothing was saved"
    todo = "Run this in a terminal. Or write the answers in a file, and score it"
    return InputError(Problem(what, todo, command=Command("score", ("FILE",))))


def end(ctx: typer.Context, kept: "KeptFile[Kept]", ending: "Ending | None", bank_name: str, words: str) -> None:
    """End the command ``words`` as its person chose: stop, write the report, or say how to."""
    from readiness.interview.asked import Ending

    if ending is Ending.QUIT:
        leave(kept, ExitCode.DONE, words)
    if ending is Ending.REPORT:
        write_report(ctx, kept.path, bank_name)
    else:
        say(f"Your answers are in {kept.path}. For the report: {typed(Command('report'))}")
    say(f"To see your plan, and to change it: {typed(Command('plan edit'))}")


def keep_earlier_answers(kept: "KeptFile[Kept]", earlier: "Assessment", bank: "Bank") -> Path:
    """Copy the answers that are in the file, and their plan, beside it under their date; return the copy's name.

    Raises InputError if that can't be done: the answers in the file are then untouched.
    """
    from readiness.assessment.earlier import keep_earlier
    from readiness.plan.find import find_plan

    plan = None
    with suppress(InputError):  # of several plans none is known to be the one of then
        plan = find_plan([kept.path], earlier.team, bank).path
    try:
        return keep_earlier(kept.path, earlier.date, plan)
    except OSError as error:
        what = f"These answers can't be kept beside the new ones ({error.strerror or error}), so nothing was changed"
        todo = "Make room, or choose another folder."
        raise InputError(Problem(what, todo, Place(str(kept.path)))) from None


def leave(kept: "KeptFile[Kept]", code: int, words: str) -> NoReturn:
    """End the command ``words`` with an exit code, and say where the answers are."""
    file = kept.path
    if code != ExitCode.DONE:
        say("")  # ends the line of the prompt that nobody answered
    if kept.exists:
        what = "Your answers are saved" if kept.saved else "Nothing was changed. Your answers from before are"
        say(f"Stopped. {what} in {file}. To go on: {typed(Command(words))}")
    else:
        say("Stopped. Nothing was answered yet, so nothing is saved.")
    raise typer.Exit(code)


def result_of(bank: "Bank", invocation: "Invocation", assessments: "Sequence[Assessment]") -> "AssessedTeam":
    """Return what the answers come to, with a person's edits of the plan as a report has them.

    If the edits can't be read, that is said.
    """
    from readiness.plan.find import find_plan
    from readiness.team import AssessedTeam

    team = AssessedTeam(bank, assessments)
    try:
        place = find_plan(invocation.paths, team.team, bank)
        team = with_edits(team, place, invocation.paths, invocation.bank)
    except InputError as error:
        complain(error.problems)
        say("So your edits of the plan are not shown here.")
    else:
        keep_shown(place.path, team)
    return team


def write_report(ctx: typer.Context, file: Path, bank_name: str) -> None:
    """Run the command that writes the report, under a free name, with all that is set for it."""
    from readiness.assessment.filenames import distinctions
    from readiness.cli.report import usual_format

    form, root = usual_format(), ctx.find_root()
    program: Program = root.command
    names = (file.with_name(f"{file.stem}-report{nth}.{form}") for nth in distinctions())
    name = next(name for name in names if not name.exists())
    report = program.get_command(root, "report")
    with report.make_context("report", [str(file), "-o", str(name), "--bank", bank_name], parent=root) as asked:
        report.invoke(asked)
