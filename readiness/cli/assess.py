"""``readiness assess``: walks a person through the questions, and saves after every answer."""

import gc
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readiness.cli.given import today
from readiness.cli.inputs import open_bank
from readiness.cli.invocation import invoked
from readiness.cli.keeping import end, leave, may_keep, nothing_came, result_of
from readiness.cli.options import DEFAULT_BANK, BankOption
from readiness.cli.streams import notify, say
from readiness.errors import Command, ExitCode, InputError, Place, Problem
from readiness.signals import told_to_end

if TYPE_CHECKING:
    from readiness.assessment.store import AssessmentFile
    from readiness.bank.model import Bank
    from readiness.cli.invocation import Invocation
    from readiness.interview.walk import Walk

_FILE = Path("my-service.json")
_WORDS = "assess"


def assess(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="Where the answers are kept: a name ending in .json.", metavar="FILE")
    ] = _FILE,
    bank_name: BankOption = DEFAULT_BANK,
) -> None:
    """Walk through the questions. Stop whenever you like; run it again to go on where you were.

    Every answer is saved at once.
    """
    from readiness.assessment.store import AssessmentFile

    gc.enable()  # a walk can last for hours
    invocation = invoked([file], bank_name)
    _is_not_by_hand(file)
    may_keep(file, _WORDS, _FILE.name)
    bank = open_bank(bank_name)
    kept = AssessmentFile(file)
    with told_to_end(lambda code: leave(kept, code, _WORDS)):
        try:
            with kept:
                walk = _walk(bank, kept, invocation)
        except EOFError:
            leave(kept, ExitCode.INTERRUPTED, _WORDS)
    end(ctx, kept, walk.ending, bank_name, _WORDS)


def _is_not_by_hand(file: Path) -> None:
    """Raise InputError if a person writes the file by hand."""
    if file.suffix.lower() in {".yaml", ".yml"} and file.is_file():
        what = "This file is written by hand, and assess would lose your comments in it, so it is left alone"
        todo = "Go on writing in it by hand. Or make a file that assess can go on with, in a new folder"
        copied = Command("collect", (str(file),), ("-o", str(file.with_name(f"{file.stem}-answers"))))
        raise InputError(Problem(what, todo, Place(str(file)), copied))


def _walk(bank: "Bank", kept: "AssessmentFile", invocation: "Invocation") -> "Walk":
    from readiness.assessment.reading import read_assessment
    from readiness.interview.advance import advance
    from readiness.interview.screen import screen
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
        return walk if walk.assessment is None else replace(walk, result=result_of(bank, invocation, [walk.assessment]))

    say(f"Answers are kept in {kept.path}: each one is saved as soon as you give it.")
    try:
        return run(begin(bank, day, assessment), screen, advance, save, result)
    except (EOFError, BrokenPipeError):
        raise nothing_came(kept) from None
