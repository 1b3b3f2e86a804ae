"""``readiness assess``: walks a person through the questions, and saves after every answer."""

import datetime as dt
import gc
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from readiness.cli.options import DEFAULT_BANK, BankOption, as_typed, needs_folder, open_bank
from readiness.cli.output import notify, say
from readiness.cli.stopping import told_to_end
from readiness.errors import ExitCode, InputError, Problem

if TYPE_CHECKING:
    from readiness.assessment.store import AssessmentFile
    from readiness.bank.model import Bank
    from readiness.interview.walk import Walk

_FILE = Path("my-service.json")


def assess(
    file: Annotated[Path, typer.Argument(help="Where the answers are kept: a name ending in .json.")] = _FILE,
    bank_name: BankOption = DEFAULT_BANK,
) -> None:
    """Walk through the questions. Every answer is saved at once; run it again to go on where you stopped."""
    from readiness.assessment.store import AssessmentFile
    from readiness.interview.walk import Ending

    if file.suffix != ".json":
        raise typer.BadParameter(f"{file}: answers are kept in a file whose name ends in .json")
    gc.enable()  # a walk can last for hours
    needs_folder(file)
    bank = open_bank(bank_name)
    with told_to_end(lambda code: _leave(file, code)):
        try:
            with AssessmentFile(file) as kept:
                walk = _walk(bank, file, kept)
        except (KeyboardInterrupt, EOFError):
            _leave(file, ExitCode.INTERRUPTED)
    if walk.ending is Ending.QUIT:
        _leave(file, ExitCode.DONE)
    if walk.ending is Ending.REPORT:
        _write_report(file, bank_name)
    else:
        say(f"Your answers are in {file}. For the report: readiness report {as_typed(file)} -o report.pdf")


def _walk(bank: "Bank", file: Path, kept: "AssessmentFile") -> "Walk":
    from readiness.assessment.reading import read_assessment
    from readiness.interview.terminal import run
    from readiness.interview.walk import Walk, begin

    assessment = None
    if kept.exists:
        assessment, notices = read_assessment(file, bank)
        notify(notices)
    today = dt.datetime.now().astimezone().date()
    whose = (assessment and assessment.respondent.id) or os.urandom(8).hex()
    acknowledged = False

    def save(walk: Walk) -> Walk:
        nonlocal acknowledged
        assert walk.assessment is not None  # noqa: S101 — only what was answered is saved
        said = walk.assessment.model_copy(update={"date": today})
        if said.responses:  # a file without answers may be copied, for others to go on with
            respondent = said.respondent.model_copy(update={"id": whose})
            said = said.model_copy(update={"respondent": respondent})
        saved = kept.save(said)
        acknowledged = True
        return replace(walk, assessment=saved)

    say(f"Your answers are saved in {file}, after every answer.")
    try:
        return run(begin(bank, today, assessment), save)
    except (EOFError, BrokenPipeError):
        if acknowledged or (sys.stdin is not None and sys.stdin.isatty()):
            raise EOFError from None
        what = "There is no terminal to ask the questions in, and no answers came in"
        todo = "Run this in a terminal. Or write the answers in a file, and run: readiness score FILE"
        raise InputError(Problem(what, todo)) from None


def _leave(file: Path, code: int) -> NoReturn:
    if code != ExitCode.DONE:
        say("")  # ends the line of the prompt that nobody answered
    if file.exists():
        say(f"Stopped. Your answers are saved in {file}. To go on: readiness assess {as_typed(file)}")
    else:
        say("Stopped. Nothing was answered yet, so nothing is saved.")
    raise typer.Exit(code)


def _write_report(file: Path, bank_name: str) -> None:
    from readiness.cli.report import report
    from readiness.report.engine import missing

    ending = ".html" if missing() else ".pdf"
    if ending == ".html":
        say("A PDF can't be made on this machine yet (readiness doctor says why), so the report is a web page.")
    names = (file.with_name(f"{file.stem}-report{nth}{ending}") for nth in ("", *(f"-{n}" for n in range(2, 1000))))
    report([file], next(name for name in names if not name.exists()), bank_name)
