"""``readiness assess``: walks a person through the questions, and saves after every answer."""

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readiness.cli.given import today
from readiness.cli.inputs import may_go_on, of_older_version, open_bank
from readiness.cli.invocation import invoked
from readiness.cli.keeping import ask_through, keep_earlier_answers, may_keep, result_of
from readiness.cli.options import DEFAULT_BANK, BankOption
from readiness.cli.streams import complain, notify, say
from readiness.errors import Command, InputError, Place, Problem
from readiness.language import in_long

if TYPE_CHECKING:
    from readiness.assessment.model import Assessment
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
    again: Annotated[
        bool,
        typer.Option("--again", help="Answer anew: the answers that are there are kept beside, under their date."),
    ] = False,
) -> None:
    """Walk through the questions. Stop whenever you like; run it again to go on where you were.

    Every answer is saved at once.
    """
    from readiness.assessment.store import AssessmentFile

    invocation = invoked([file], bank_name)
    _is_not_by_hand(file)
    may_keep(file, _WORDS, _FILE.name)
    bank = open_bank(bank_name)
    kept = AssessmentFile(file)
    ask_through(ctx, kept, bank_name, _WORDS, lambda: _walk(bank, bank_name, kept, invocation, again=again))


def _is_not_by_hand(file: Path) -> None:
    """Raise InputError if a person writes the file by hand."""
    if file.suffix.lower() in {".yaml", ".yml"} and file.is_file():
        what = "This file is written by hand, and assess would lose your comments in it, so it is left alone"
        todo = "Go on writing in it by hand. Or make a file that assess can go on with, in a new folder"
        copied = Command("collect", (str(file),), ("-o", str(file.with_name(f"{file.stem}-answers"))))
        raise InputError(Problem(what, todo, Place(str(file)), copied))


def _readable(copy: Path, bank: "Bank", bank_name: str) -> "Assessment | None":
    """Return last time's answers as they can be offered now; None if they can't be read, and that is said."""
    from readiness.assessment.reading import read_assessment

    try:
        return _offered(read_assessment(copy, bank)[0], bank_name, bank)
    except InputError as error:
        complain(error.problems)
        say("So last time’s answers are not shown here.")
        return None


def _offered(answers: "Assessment", bank_name: str, bank: "Bank") -> "Assessment":
    """Return answers with the levels that can be offered now: of an older version, those that the bank leads them to.

    None are if the bank says nothing of that version, and that is said: a number alone may mean something else now.
    """
    older = of_older_version(answers, bank_name, bank)
    if older is not None:
        return older.if_confirmed.model_copy(update={"bank": answers.bank})
    if not (answers.bank.is_another_version(bank) and answers.bank.is_another_edition(bank)):
        return answers
    say(f"{bank.id} {bank.version} does not say what answers to version {answers.bank.version} mean now.")
    say("So last time’s answers are not shown here.")
    return answers.model_copy(update={"responses": {}})


def _tell_future(file: Path, answers: "Assessment | None", day: dt.date) -> None:
    """Say so if the answers in the file are dated after today, the ``day``, and what to do."""
    if answers is not None and answers.date > day:
        told = (
            f"{file}: these answers are dated {in_long(answers.date)}. That lies in the future: today is {in_long(day)}"
        )
        todo = "If this computer’s date is wrong, set it first. If theirs is, put the right one in the file, at “date”."
        notify([f"{told}. {todo}"])


def _walk(bank: "Bank", bank_name: str, kept: "AssessmentFile", invocation: "Invocation", *, again: bool) -> "Walk":
    from readiness.assessment.earlier import earlier_copies
    from readiness.assessment.reading import read_assessment
    from readiness.interview.advance import advance
    from readiness.interview.again import anew
    from readiness.interview.screen import screen
    from readiness.interview.terminal import run
    from readiness.interview.walk import Walk, begin

    day = today()
    assessment = earlier = None
    if kept.exists:
        assessment, notices = read_assessment(kept.path, bank)
        notify(notices)
        _tell_future(kept.path, assessment, day)
        if again:
            earlier = _offered(assessment, bank_name, bank)
        else:
            may_go_on(kept.path, assessment.bank, bank_name, bank, migrates=True)
            if copies := earlier_copies([kept.path], originals=True)[0]:
                found = _readable(copies[-1], bank, bank_name)
                _tell_future(copies[-1], found, day)
                earlier = found if found and found.responses else None
    whose = (assessment and assessment.respondent.id) or os.urandom(8).hex()

    def save(walk: Walk) -> Walk:
        said = walk.begun.model_copy(update={"date": day})
        if walk.replaces and not said.responses:  # nothing is put aside for answers that nobody gives
            return walk
        if walk.replaces and walk.earlier:
            copy = keep_earlier_answers(kept, walk.earlier, bank)
            told = f"Your answers of {in_long(walk.earlier.date)} are kept in {copy}."
            walk = replace(walk, replaces=False, told=(*walk.told, told))
        if said.responses:  # a file without answers may be copied, for others to go on with
            respondent = said.respondent.model_copy(update={"id": whose})
            said = said.model_copy(update={"respondent": respondent})
        return replace(walk, assessment=kept.save(said))

    def result(walk: Walk) -> Walk:
        return walk if walk.assessment is None else replace(walk, result=result_of(bank, invocation, [walk.assessment]))

    say(f"Answers are kept in {kept.path}: each one is saved as soon as you give it.")
    walk = begin(bank, day, assessment, earlier)
    return run(anew(walk, earlier) if again else walk, screen, advance, save, result)
