"""Reads a plan's workbook back: what went out in it, and what stands in its rows now."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Self

from readiness.assessment.file_kinds import PLAN_WORKBOOK, WORKBOOK, described, foreign
from readiness.bank.document import decode, parse, read_bytes
from readiness.errors import Command, InputError, Place, Problem, first_of
from readiness.file_version import FileVersion
from readiness.plan.edits import FIELD_WORDS, Choices, Field, parse_value
from readiness.plan.merge import ActionRow
from readiness.plan.sheets import ID_HEADING, PLAN_SHEET, SENT_SHEET, SENT_TOLD, TOLD_HEADINGS
from readiness.roundtrip.plan_columns import CALCULATED
from readiness.roundtrip.plan_workbook_sent import SentPlan, SentRow, torn
from readiness.sheet_marks import Merged
from readiness.text import safe, short, some
from readiness.workbook_apart import version_of
from readiness.xlsx_reader import (
    Headings,
    SheetRow,
    cell_name,
    column_letter,
    error_problem,
    header,
    is_error,
    merged_problems,
    sheet_marks,
    sheet_names,
    sheet_rows,
)


@dataclass(frozen=True, slots=True)
class Tracker:
    """A workbook that came back: its rows as they went out, and as they are now.

    ``team``, ``organisation``, ``plan`` (its id) and ``version`` (of the bank) say of which plan it is, "" if unknown.
    ``numbers`` are those that its actions went out with, by their ids.
    ``foreign`` are the columns that the plan has no place for and that hold something, as a person finds them.
    ``copies`` are the sheets that were copied from the plan's, and that say something else than it did or does.
    ``pasted`` are the cells that were changed in columns that only tell something, and ``notes`` those with notes.
    """

    team: str
    sent: tuple[ActionRow, ...]
    rows: tuple[ActionRow, ...]
    foreign: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    pasted: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    organisation: str = ""
    plan: str = ""
    version: str = ""
    numbers: Mapping[str, int] = dataclasses.field(default_factory=dict)

    def by_number(self, numbers: Mapping[str, int]) -> Self:
        """Return the workbook with the ids that the actions have today, by ``numbers``: these outlive a new version."""
        today = {number: name for name, number in numbers.items()}
        names = {name: today[number] for name, number in self.numbers.items() if number in today}
        sent, rows = (
            tuple(replace(row, name=names.get(row.name, row.name)) for row in each) for each in (self.sent, self.rows)
        )
        return replace(self, sent=sent, rows=rows)

    @property
    def gone(self) -> tuple[str, ...]:
        """The ids of rows that went out and are not there any more, or are empty."""
        here = {row.name for row in self.rows}
        return tuple(row.name for row in self.sent if row.name not in here)


def read_tracker(path: Path, choices: Choices) -> Tracker:
    """Return what is in the workbook; ``choices`` is what can be chosen in today's plan.

    Raises InputError with everything in it that was changed and can't be understood, each with its cell, as
    ``file:row:column``. A cell that says what it said when it went out is taken as it was, whatever it says.
    """
    _check(path)
    version = version_of(path)  # both sheets are of one file, whoever saves it meanwhile
    sent = SentPlan.read(path, version, choices)
    rows = sheet_rows(path, PLAN_SHEET, version)
    columns = header(rows, [*FIELD_WORDS.values(), ID_HEADING], path)
    reader = _Reader(path, choices, columns, sent)
    read = [row for line in rows if (row := reader.row(line)) is not None]
    seen: set[str] = set()
    for edited, place in read:
        if edited.name and edited.name in seen:
            what = f'There are two rows for the action "{edited.name}"'
            problem = Problem(what, "Delete one, or empty its Id to make it an action of your own.", place)
            reader.problems.append(problem)
        seen.add(edited.name)
    marks = sheet_marks(path, PLAN_SHEET, version)
    problems = [*reader.of_sheet(marks.merged), *reader.problems]
    if problems:
        raise InputError(first_of(problems))
    team, organisation, plan, of_version = sent.known_by
    return Tracker(
        team,
        sent=tuple(row.row for row in sent.rows.values()),
        rows=tuple(edited for edited, _ in read),
        foreign=reader.foreign,
        copies=tuple(_changed_copies(path, version, sent.rows.values())),
        pasted=tuple(reader.pasted),
        notes=tuple(cell_name(*at) for at in marks.notes),
        organisation=organisation,
        plan=plan,
        version=of_version,
        numbers={row.name: row.number for row in sent.rows.values() if row.number is not None},
    )


def _changed_copies(path: Path, version: FileVersion, sent: Iterable[SentRow]) -> Iterator[str]:
    """Yield the sheets with all the plan's columns, and a row that neither went out so nor is so in the plan's."""
    known = {(row.name, *(row.texts[heading] for heading in FIELD_WORDS.values())) for row in sent}
    others = [name for name in sheet_names(path) if name not in (PLAN_SHEET, SENT_SHEET)]
    copies = {name: rows for name in others if (rows := _texts_in(path, name, version) - known)}
    if copies:
        known = _texts_in(path, PLAN_SHEET, version)
        yield from (safe(name) for name, rows in copies.items() if rows - known)


def _texts_in(path: Path, sheet: str, version: FileVersion) -> set[tuple[str, ...]]:
    """Return what each row of the sheet says, its id first; nothing if it is no copy of the plan's."""
    try:
        rows = sheet_rows(path, sheet, version)
        columns = header(islice(rows, _TO_HEADINGS), [*FIELD_WORDS.values(), ID_HEADING], path)
        at = [columns[heading] for heading in (ID_HEADING, *FIELD_WORDS.values())]
        texts = {tuple(line.text(column) for column in at) for line in rows}
    except InputError:  # it is somebody's own, and of any size
        return set()
    return {one for one in texts if any(one[1:])}


_TO_HEADINGS = 20
"""Rows that can be above a copy's headings."""


def _check(path: Path) -> None:
    """Raise InputError where the file is known to be something else than a workbook of the plan."""
    kind = _kind(path)
    if kind in (None, PLAN_WORKBOOK):
        return
    what = f"This is {kind}, and no workbook of the plan"
    if kind == WORKBOOK:
        sheets = sheet_names(path)
        if SENT_SHEET in sheets:
            return
        what = f"This is a workbook, but not of the plan: its sheets are {', '.join(sheets)}"
    todo = "To make one that can be brought back"
    raise InputError(Problem(what, todo, Place(str(path)), Command("plan", options=("-o", "plan.xlsx"))))


def _kind(path: Path) -> str | None:
    raw = read_bytes(path)
    if kind := foreign(raw, str(path)):
        return kind
    try:
        return described(parse(decode(raw, str(path)), str(path)).data)
    except InputError:
        return None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the rows of the plan.

    What can't be understood is added to ``problems``, columns that hold something to ``filled``, what a row has of
    another action to ``torn``, and cells that were changed in columns that only tell something to ``pasted``.
    """

    path: Path
    choices: Choices
    columns: Headings
    sent: SentPlan
    problems: list[Problem] = dataclasses.field(default_factory=list)
    filled: set[int] = dataclasses.field(default_factory=set)
    torn: dict[int, str] = dataclasses.field(default_factory=dict)
    pasted: list[str] = dataclasses.field(default_factory=list)

    def row(self, line: SheetRow) -> tuple[ActionRow, Place] | None:
        """Return the row and where it stands; None if it holds nothing of ours."""
        texts = {heading: line.text(self.columns[heading]) for heading in self._ours}
        self.filled.update(at for at in range(len(line.cells)) if line.text(at))
        name = texts[ID_HEADING]
        before = self.sent.rows.get(name)
        if before and (what := self.sent.contradiction(before, texts)):
            self.torn[line.number] = what
        self.pasted.extend(self._pasted(line.number, texts, before))
        new = before is None or not any(before.texts[heading] for heading in FIELD_WORDS.values())
        blank = not any(texts[heading] for heading in FIELD_WORDS.values())
        if blank and (before is not None or not name):  # of an action that went out: as if the row were deleted
            return None
        values = dict(self._values(line, before))
        place = Place(str(self.path), line.number, self.columns[ID_HEADING] + 1)
        if name and before is None:
            what = f'The Id "{short(name)}" is not one that went out with this workbook'
            todo = "Put the Id back, or empty it to make this an action of your own."
            self.problems.append(Problem(what, todo, place))
        elif new and not values[Field.TITLE]:
            self.problems.append(
                Problem(
                    "This row does not say what to do", "Write it, or empty the row.", self._place(line, Field.TITLE)
                )
            )
        return ActionRow(name, values), place

    def of_sheet(self, merged: Iterable[Merged]) -> Iterator[Problem]:
        """Yield what is wrong with the sheet as a whole, with what is ``merged`` in it."""
        if self.torn:
            yield torn(self.torn, self.path)
        above = [line.number for line in self.columns.above if line.text(self.columns[ID_HEADING]) in self.sent.rows]
        if above:
            what = f"Rows of the plan stand above the headings, and were not read: {some([*map(str, above)])}"
            yield Problem(what, "Move them below the headings.", Place(str(self.path), above[0]))
        read = {self.columns[heading] + 1 for heading in (*FIELD_WORDS.values(), ID_HEADING)}
        yield from merged_problems(
            [
                each
                for each in merged
                if each.bottom > self.columns.row and any(each.left <= at <= each.right for at in read)
            ],
            str(self.path),
        )

    def _pasted(self, row: int, texts: Mapping[str, str], before: SentRow | None) -> Iterator[str]:
        """Yield the cells of a row that say something else than what we wrote, where nothing is read."""
        for heading in TOLD_HEADINGS:
            text = texts.get(heading, "")
            if heading in SENT_TOLD:
                ours = heading not in self.sent.told or text == (before.texts[heading] if before else "")
            else:
                ours = text in CALCULATED or is_error(text)
            if text and not ours:
                yield cell_name(row, self.columns[heading] + 1)

    @property
    def foreign(self) -> tuple[str, ...]:
        """The columns that hold something and are not ours, or come after one of ours with the same heading."""
        known = {self.columns[heading] for heading in self._ours}
        return tuple(self._called(at) for at in sorted(self.filled - known))

    @property
    def _ours(self) -> frozenset[str]:
        """The headings of our columns that are there."""
        return frozenset((*FIELD_WORDS.values(), ID_HEADING, *TOLD_HEADINGS)) & {*self.columns.texts}

    def _called(self, at: int) -> str:
        heading = self.columns.texts[at] if at < len(self.columns.texts) else ""
        column = f"column {column_letter(at)}"
        return f'"{safe(heading)}" ({column})' if heading else column

    def _place(self, line: SheetRow, field: Field) -> Place:
        return Place(str(self.path), line.number, self.columns[FIELD_WORDS[field]] + 1)

    def _values(self, line: SheetRow, before: SentRow | None) -> Iterator[tuple[Field, str]]:
        for field, heading in FIELD_WORDS.items():
            at = self.columns[heading]
            text = line.text(at)
            if before is not None and text == before.texts[heading]:
                yield field, before.row.values[field]
                continue
            if is_error(text):
                self.problems.append(error_problem(text, self._place(line, field)))
                yield field, ""
                continue
            try:
                yield field, parse_value(field, text, self.choices)
            except ValueError as error:
                cell = f"{column_letter(at)}{line.number}"
                what = f'{heading} (cell {cell}): "{safe(text)[:60]}" is not understood'
                self.problems.append(Problem(what, str(error), self._place(line, field)))
                yield field, ""
