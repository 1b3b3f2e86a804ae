"""``readiness assess``: walks a person through the questions, and saves after every answer."""

import gc
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from readiness.cli.files import as_typed, needs_folder
from readiness.cli.given import today
from readiness.cli.inputs import open_bank
from readiness.cli.invocation import invoked, typed
from readiness.cli.options import DEFAULT_BANK, BankOption
from readiness.cli.plan_numbers import keep_shown
from readiness.cli.program import command
from readiness.cli.streams import complain, notify, say
from readiness.errors import Command, ExitCode, InputError, Place, Problem
from readiness.signals import told_to_end

if TYPE_CHECKING:
    from readiness.assessment.model import Assessment
    from readiness.assessment.store import AssessmentFile
    from readiness.bank.model import Bank
    from readiness.cli.invocation import Invocation
    from readiness.interview.walk import Walk
    from readiness.team import AssessedTeam

_FILE = Path("my-service.json")


def assess(
    file: Annotated[Path, typer.Argument(help="Where the answers are kept: a name ending in .json.")] = _FILE,
    bank_name: BankOption = DEFAULT_BANK,
) -> None:
    """Walk through the questions. Stop whenever you like; run it again to go on where you were.

    Every answer is saved at once.
    """
    from readiness.assessment.store import AssessmentFile
    from readiness.interview.walk import Ending

    gc.enable()  # a walk can last for hours
    invocation = invoked([file], bank_name)
    _may_keep(file)
    bank = open_bank(bank_name)
    kept = AssessmentFile(file)
    with told_to_end(lambda code: _leave(kept, code)):
        try:
            with kept:
                walk = _walk(bank, kept, invocation)
        except EOFError:
            _leave(kept, ExitCode.INTERRUPTED)
    if walk.ending is Ending.QUIT:
        _leave(kept, ExitCode.DONE)
    if walk.ending is Ending.REPORT:
        _write_report(file, bank_name)
    else:
        report = typed(Command("report", options=("-o", "report.pdf")))
        say(f"Your answers are in {file}. For the report: {report}")
    say(f"To see your plan, and to change it: {typed(Command('plan edit'))}")


def _may_keep(file: Path) -> None:
    """Raise InputError or BadParameter where answers can't be kept in ``file``, in words for each sort of file."""
    if file.is_dir():
        named = Command("assess", (str(file / _FILE.name),))
        raise InputError(Problem("This is a folder", "Name a file in it", Place(str(file)), named))
    if file.suffix.lower() in {".yaml", ".yml"} and file.is_file():
        what = "This file is written by hand, and assess would lose your comments in it, so it is left alone"
        todo = "Go on writing in it by hand. Or make a file that assess can go on with, in a new folder"
        copied = Command("collect", (str(file),), ("-o", str(file.with_name(f"{file.stem}-answers"))))
        raise InputError(Problem(what, todo, Place(str(file)), copied))
    if file.suffix != ".json":
        better = as_typed(file.with_suffix(".json"))
        raise typer.BadParameter(f"{file}: answers are kept in a file whose name ends in .json, such as {better}")
    needs_folder(file)
    if file.exists() and not file.is_file():
        what = "This is no ordinary file, and was not touched"
        raise InputError(Problem(what, "Choose another name.", Place(str(file))))
    if file.exists() and not file.stat().st_mode & 0o222:
        what = "This file is locked against changes (read-only), so no answer could be saved in it"
        todo = "Copy it under another name and go on with the copy, or allow changes to it."
        raise InputError(Problem(what, todo, Place(str(file))))


def _walk(bank: "Bank", kept: "AssessmentFile", invocation: "Invocation") -> "Walk":
    from readiness.assessment.reading import read_assessment
    from readiness.interview.terminal import run
    from readiness.interview.walk import Walk, begin

    assessment = None
    if kept.exists:
        assessment, notices = read_assessment(kept.path, bank)
        notify(notices)
    day = today()
    whose = (assessment and assessment.respondent.id) or os.urandom(8).hex()

    def save(walk: Walk) -> Walk:
        assert walk.assessment is not None  # noqa: S101 — only what was answered is saved
        said = walk.assessment.model_copy(update={"date": day})
        if said.responses:  # a file without answers may be copied, for others to go on with
            respondent = said.respondent.model_copy(update={"id": whose})
            said = said.model_copy(update={"respondent": respondent})
        return replace(walk, assessment=kept.save(said))

    def result(walk: Walk) -> Walk:
        return walk if walk.assessment is None else replace(walk, result=_result(bank, invocation, walk.assessment))

    say(f"Answers are kept in {kept.path}: each one is saved as soon as you give it.")
    try:
        return run(begin(bank, day, assessment), save, result)
    except (EOFError, BrokenPipeError):
        if kept.saved or (sys.stdin is not None and sys.stdin.isatty()):
            raise EOFError from None
        what = "There is no terminal to ask the questions in, and no answers came in, so nothing was saved"
        todo = "Run this in a terminal. Or write the answers in a file, and score it"
        raise InputError(Problem(what, todo, command=Command("score", ("FILE",)))) from None


def _result(bank: "Bank", invocation: "Invocation", assessment: "Assessment") -> "AssessedTeam":
    """Return what the answers come to, with a person's edits of the plan as a report has them.

    If the edits can't be read, that is said.
    """
    from readiness.plan.files import find_plan
    from readiness.team import AssessedTeam

    team = AssessedTeam(bank, [assessment])
    try:
        place = find_plan(invocation.paths, team.team, bank)
        notify(place.notices)
        team = team.with_edits(place.edits(bank, team.team.name))
    except InputError as error:
        complain(error.problems)
        say("So your edits of the plan are not shown here.")
    else:
        keep_shown(place.path, team)
    return team


def _leave(kept: "AssessmentFile", code: int) -> NoReturn:
    file = kept.path
    if code != ExitCode.DONE:
        say("")  # ends the line of the prompt that nobody answered
    if kept.exists:
        what = "Your answers are saved" if kept.saved else "Nothing was changed. Your answers from before are"
        say(f"Stopped. {what} in {file}. To go on: {typed(Command('assess'))}")
    else:
        say("Stopped. Nothing was answered yet, so nothing is saved.")
    raise typer.Exit(code)


def _write_report(file: Path, bank_name: str) -> None:
    from readiness.cli.report import report
    from readiness.document.engine import missing

    ending = ".html" if missing() else ".pdf"
    if ending == ".html":
        say("A PDF can't be made on this machine yet, so the report is a web page.")
        say(f"To see what is missing for a PDF: {command('doctor')}")
    names = (file.with_name(f"{file.stem}-report{nth}{ending}") for nth in ("", *(f"-{n}" for n in range(2, 1000))))
    report([file], next(name for name in names if not name.exists()), bank_name)
