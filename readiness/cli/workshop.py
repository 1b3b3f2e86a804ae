"""``readiness workshop``: a group in a room answers by a show of hands, or in two rounds of forms."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readiness.cli.files import may_write, spare
from readiness.cli.given import today
from readiness.cli.inputs import may_go_on, open_bank, same_team, speaking_in
from readiness.cli.invocation import invoked
from readiness.cli.keeping import ask_through, end, may_keep, result_of
from readiness.cli.look_options import LanguageOption
from readiness.cli.options import DEFAULT_BANK, BankOption
from readiness.cli.streams import notify, say
from readiness.errors import InputError, Place, Problem
from readiness.language import ENGLISH
from readiness.opening import real
from readiness.terminals import has_looks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.assessment.reading import Reading
    from readiness.assessment.store import GroupFile
    from readiness.bank.model import Bank
    from readiness.cli.invocation import Invocation
    from readiness.interview.workshop import Workshop

_FILE = Path("my-workshop.json")
_WORDS = "workshop"


def workshop(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="Where the group’s answers are kept: a name ending in .json.", metavar="FILE")
    ] = _FILE,
    bank_name: BankOption = DEFAULT_BANK,
    delphi: Annotated[
        tuple[Path, Path] | None,
        typer.Option(
            "--delphi",
            metavar="ROUND1 ROUND2",
            help="Make the file from two rounds of forms instead of hands: two folders of answers, as collected.",
        ),
    ] = None,
    language: LanguageOption = ENGLISH,
    force: Annotated[
        bool,
        typer.Option("--force", help="With --delphi, overwrite a file that --delphi made before, if it is unchanged."),
    ] = False,
) -> None:
    """Answer as a group in a room, by a show of hands. Run it again to go on, or for a second show of hands.

    Each question is saved once it is counted.
    """
    from readiness.assessment.store import GroupFile

    if force and delphi is None:
        raise typer.BadParameter("--force is for --delphi: what is counted in a room is never overwritten")
    invocation = invoked([file], bank_name)
    may_keep(file, _WORDS, _FILE.name)
    bank = open_bank(bank_name)
    kept = GroupFile(file)
    if delphi is not None:
        _from_rounds(bank, kept, delphi, force=force)
        end(ctx, kept, None, bank_name, _WORDS)
        return

    def ask() -> "Workshop":
        with speaking_in(language, bank_name, bank) as told_bank:
            return _hold(bank, told_bank, kept, invocation)

    ask_through(ctx, kept, bank_name, _WORDS, ask)


def _hold(bank: "Bank", told_bank: "Bank", kept: "GroupFile", invocation: "Invocation") -> "Workshop":
    """Return the workshop as it ended, held in the words of ``told_bank``."""
    from readiness.assessment.reading import read_group
    from readiness.interview.terminal import run
    from readiness.interview.workshop import Workshop, begin_workshop
    from readiness.interview.workshop_advance import advance_workshop
    from readiness.interview.workshop_screen import workshop_screen

    group = None
    if kept.exists:
        group, notices = read_group(kept.path, bank)
        notify(notices)
        may_go_on(kept.path, group.bank, invocation.bank, bank, migrates=False)
    day = today()

    def save(held: Workshop) -> Workshop:
        return replace(held, group=kept.save(held.begun.model_copy(update={"date": day})))

    def result(held: Workshop) -> Workshop:
        return replace(held, result=result_of(bank, invocation, held.begun.respondents).told_in(told_bank))

    say(f"The group’s answers are kept in {kept.path}: each question is saved once it is counted.")
    bars = has_looks("stdout")
    return run(
        begin_workshop(told_bank, day, group),
        lambda held: workshop_screen(held, bars=bars),
        advance_workshop,
        save,
        result,
    )


def _in_order(rounds: tuple[Path, Path], readings: "Sequence[Reading]") -> None:
    """Raise InputError if the rounds are one, or the second is older: it is the one that counts."""
    first, second = ({*map(real, reading.files)} for reading in readings)
    then, now = (max(one.date for one in reading.assessments) for reading in readings)
    if first & second:
        what = "Answers of the first round are in the second, too"
        raise InputError(Problem(what, "Name a folder for each round.", Place(str(rounds[1]))))
    if now < then:
        what = "The answers of the second round are older than those of the first"
        todo = "Name the first round first. If a computer’s clock was wrong, put the right date in the file, at “date”."
        raise InputError(Problem(what, todo, Place(str(rounds[1]))))


def _from_rounds(bank: "Bank", kept: "GroupFile", rounds: tuple[Path, Path], *, force: bool) -> None:
    """Write the file from two rounds of forms. Raises InputError with all that is wrong in them."""
    from readiness.assessment.delphi import fewer_answered, group_of_rounds, is_untouched, notes_left_out
    from readiness.assessment.reading import read_team

    may_write(kept.path, force=force, allowed=is_untouched)
    readings = [read_team([path], bank) for path in rounds]
    notify(dict.fromkeys(notice for reading in readings for notice in reading.notices))
    for path, reading in zip(rounds, readings, strict=True):
        if any(one.dealt is not None for one in reading.assessments):
            what = "This is a group’s file already, and no round of forms"
            raise InputError(Problem(what, "Name a folder of the answers of single people.", Place(str(path))))
    same_team({path: reading.assessments[0].team for path, reading in zip(rounds, readings, strict=True)})
    _in_order(rounds, readings)
    spare(kept.path, [file for reading in readings for file in reading.files])
    people = [reading.assessments for reading in readings]
    with kept:
        group = kept.save(group_of_rounds(people, bank))
    notify([*fewer_answered(group), *notes_left_out(people, bank)])
