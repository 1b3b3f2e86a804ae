"""Summary of a file: how many rows, answers, unknowns and refusals there were, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from readiness.assessment.cells import NO_REASON
from readiness.assessment.model import Response
from readiness.bank.model import Bank
from readiness.errors import Place, Problem
from readiness.intake.columns import Layout, SurveyColumn
from readiness.intake.mapping import TargetKind
from readiness.intake.respondents import Gathered, SurveyReading
from readiness.intake.vendor import Aside, Vendor
from readiness.intake.vendors import PLAIN_TABLE
from readiness.text import counted, listed, short, some

_ASIDE: Mapping[Aside, tuple[str, str]] = {
    Aside.UNFINISHED: ("row that was not finished", "rows that were not finished"),
    Aside.TEST: ("test", "tests"),
    Aside.REFUSED: ("row that was refused", "rows that were refused"),
    Aside.SPAM: ("row marked as spam", "rows marked as spam"),
    Aside.HEADINGS: ("row that repeats the headings", "rows that repeat the headings"),
}


def aside_told(aside: Aside, count: int, rows: str) -> str:
    """Return what to tell about rows that are no answers: how many, which (as told in ``rows``), and why."""
    them = "it" if count == 1 else "them"
    todo = f" To count {them}, add --count-unfinished." if aside is Aside.UNFINISHED else ""
    return f"{counted(count, *_ASIDE[aside])}: {rows}.{todo}"


def nothing_told(file: str, asides: Mapping[Aside, int]) -> Problem:
    """Return the problem of a table without any answer that counts; ``asides``: how many rows are none, and why."""
    what, todo = (
        "No row of this table answers any question",
        "Check that it is the right file, and the right bank (--bank).",
    )
    if asides:
        left_out = listed([counted(count, *_ASIDE[aside]) for aside, count in asides.items()])
        what = f"No row of this table counts: {left_out}"
        if Aside.UNFINISHED in asides:
            todo = "Add --count-unfinished to count those that were not finished."
    return Problem(what, todo, Place(file))


def emptied_told(file: str, vendor: Vendor, count: int) -> str:
    """Return what to tell about cells that count as empty, but could mean that a question does not apply."""
    text = " or ".join(f'"{text}"' for text in sorted(vendor.empty))
    cells = f"{counted(count, 'cell')} with {text}"
    why = f"{vendor.name} writes it for a question that was not asked"
    todo = 'If it means "does not apply" here, say so in a mapping file: under "answers", "every column": {N/A: n/a}'
    return f"{file}: {cells} counted as empty, as {why}. {todo}."


@dataclass(frozen=True, slots=True)
class Counts:
    """How many answers of each sort respondents gave; ``no_reason`` of those that do not apply have none."""

    respondents: int
    levels: int
    unknown: int
    not_applicable: int
    no_reason: int
    notes: int

    @classmethod
    def of(cls, gathered: Sequence[Gathered]) -> "Counts":
        """Return the counts of these respondents' answers."""
        responses: list[Response] = [response for one in gathered for response in one.assessment.responses.values()]
        return cls(
            respondents=len(gathered),
            levels=sum(response.level is not None for response in responses),
            unknown=sum(response.unknown is not None for response in responses),
            not_applicable=sum(response.not_applicable is not None for response in responses),
            no_reason=sum(response.not_applicable == NO_REASON for response in responses),
            notes=sum(response.note is not None for response in responses),
        )

    def __str__(self) -> str:
        reason = f", {self.no_reason} of them without a reason" if self.no_reason else ""
        answers = self.levels + self.unknown + self.not_applicable
        given = [
            counted(self.levels, "level"),
            f"{self.unknown} don't know",
            f"{self.not_applicable} does not apply{reason}",
        ]
        return (
            f"{counted(self.respondents, 'respondent')}, {counted(answers, 'answer')} ({', '.join(given)}), "
            f"{counted(self.notes, 'note')}."
        )


def account_of_survey(layout: Layout, reading: SurveyReading, bank: Bank) -> Iterator[str]:
    """Yield the summary of a table, line by line."""
    counts = Counts.of(reading.gathered)
    table = layout.table
    yield f"{table.file} ({layout.vendor.name}, {table.told}): {counted(reading.rows, 'row')}, {counts}"
    yield f"  {_columns(layout)}"
    if layout.above:
        rows = "rows" if len(layout.above) > 1 else "row"
        yield f"  Left out, above the headings: {rows} {listed([str(number) for number in layout.above])}."
    if bank.roles and (silent := sum(one.assessment.respondent.role is None for one in reading.gathered)):
        yield f"  {counted(silent, 'respondent')} without a role: give --role, or a column of roles."
    own = [short(column.code or column.words) for column in layout.columns if column.own]
    if own:
        who = "survey programs add" if layout.vendor is PLAIN_TABLE else f"{layout.vendor.name} adds"
        yield f"  Left out, as {who} them: {some(own)}."
    ignored = [f'"{short(column.heading)}"' for column in _of(layout, TargetKind.IGNORE)]
    if ignored:
        yield f"  Ignored, as decided: {some(ignored)}."
    computed = len([*_of(layout, TargetKind.COMPUTED)])
    if computed:
        yield f"  Left out: {counted(computed, 'column')} that the form fills in for itself."
    if reading.empty:
        columns, named = counted(len(reading.empty), "column"), [f'"{short(one.heading)}"' for one in reading.empty]
        yield f"  Left out: {columns} without a name that is known, and with nothing below: {some(named)}."
    if reading.skipped:
        rows = some([str(number) for number in reading.skipped])
        yield f"  Left out: {counted(len(reading.skipped), 'row')} in which no question is answered: {rows}."
    for aside, at in reading.asides.items():
        yield f"  Left out: {aside_told(aside, len(at), some([str(number) for number in at]))}"
    yield from _numbers(reading)


def _numbers(reading: SurveyReading) -> Iterator[str]:
    if not reading.numbered:
        return
    columns = counted(len(reading.numbered), "column")
    if reading.lowest == 1:
        yield f"  In {columns}, numbers were taken for levels, counted from 1 for the lowest."
    else:
        values = "numbers were taken for the values of levels, as the question bank numbers them"
        yield f"  In {columns}, {values} (the lowest is mostly 0)."
    if reading.assumed:
        yield "  No number is 0. If 1 is the lowest level there, use --numbers-from 1."


def _columns(layout: Layout) -> str:
    questions = [column.target.id for column in _of(layout, TargetKind.QUESTION) if column.target]
    parts = [f"{counted(len(set(questions)), 'question')} in {counted(len(questions), 'column')}"]
    notes = len([*_of(layout, TargetKind.NOTE), *_of(layout, TargetKind.WHY)])
    if notes:
        parts.append(f"{counted(notes, 'column')} of notes and reasons")
    if shown := len([*_of(layout, TargetKind.EVIDENCE)]):
        parts.append(f"{counted(shown, 'column')} of what shows it")
    about = [
        kind
        for kind in (
            TargetKind.TEAM,
            TargetKind.ORGANISATION,
            TargetKind.ROLE,
            TargetKind.SHOWN_ALONE,
            TargetKind.DATE,
        )
        if [*_of(layout, kind)]
    ]
    profile = len({column.target for column in _of(layout, TargetKind.PROFILE)})
    if about:
        parts.append(listed([str(kind) for kind in about]))
    if profile:
        parts.append(f"{profile} of the profile")
    return f"Matched: {'; '.join(parts)}."


def _of(layout: Layout, kind: TargetKind) -> Iterator[SurveyColumn]:
    return (column for column in layout.columns if column.target and column.target.kind is kind)
