"""Facts that no column of any table holds, so that only an option can give them: told before a person is asked."""

from collections.abc import Iterator, Sequence

from readiness.bank.model import Bank
from readiness.errors import Place, Problem
from readiness.intake.mapping import TargetKind
from readiness.intake.respondents import Gathered
from readiness.intake.survey import SurveyReader
from readiness.intake.undecided import Open, OpenColumn
from readiness.roundtrip.form_entries import Given
from readiness.text import listed


def missing(
    readers: Sequence[SurveyReader], whole: Sequence[Gathered], open_: Sequence[Open], bank: Bank, given: Given
) -> Problem | None:
    """Return one problem with all options that are needed; None if there are none.

    If nothing is open, each table says for itself that it lacks a team or a date: they are left out here.
    ``whole``: respondents from forms and files of answers, whose team's profile counts for the rest of the team.
    """
    readers = [reader for reader in readers if reader.cells.about_questions]
    if not readers:
        return None
    needed = [*(_of_tables(readers, given) if open_ else ()), *_of_profile(readers, whole, bank, given)]
    if not needed:
        return None
    options = [option for _, option in needed]
    if given.role is None and not all(reader.cells.columns(TargetKind.ROLE) for reader in readers):
        options.append("if all hold one role, --role ROLE")
    unless = ", unless one of the columns to decide does" if any(isinstance(one, OpenColumn) for one in open_) else ""
    what = f"No column says {listed([about for about, _ in needed], 'or')}{unless}"
    return Problem(what, f"Add to the command: {'; '.join(options)}.", Place(readers[0].layout.table.file))


def _of_tables(readers: Sequence[SurveyReader], given: Given) -> Iterator[tuple[str, str]]:
    """Yield facts about each table, and the option for each."""
    if given.team is None and not all(reader.cells.columns(TargetKind.TEAM) for reader in readers):
        yield "which team the answers are about", "--team NAME"
    if given.date is None and not all(reader.dates.columns for reader in readers):
        yield "when they were given", "--date 2026-11-22"


def _of_profile(
    readers: Sequence[SurveyReader], whole: Sequence[Gathered], bank: Bank, given: Given
) -> Iterator[tuple[str, str]]:
    """Yield the parts of the profile that decide which questions count, and the option for each."""
    columns = (column.target for reader in readers for column in reader.layout.columns)
    said = {target.id for target in columns if target and target.kind is TargetKind.PROFILE}
    said |= {*given.profile} | {key for one in whole for key in one.assessment.team.profile}
    deciding = {key for question in bank.questions for key in question.when or {}}
    for entry in bank.profile:
        if entry.id in deciding - said:
            values = listed([f"{entry.id}={option.id}" for option in entry.options], "or")
            yield f'"{entry.text}"', f"--profile {values}"
