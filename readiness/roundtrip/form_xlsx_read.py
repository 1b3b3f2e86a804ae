"""Reads a form back that was filled in as a workbook."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from readiness.assessment.form_mark import MARK, ROLE, answer_place, note_place, why_place
from readiness.bank.model import Bank
from readiness.errors import InputError, Place, Problem
from readiness.file_version import FileVersion
from readiness.roundtrip.collected import Collected
from readiness.roundtrip.form_entries import Entry, Filled, Given, collected, read_mark
from readiness.sheet_marks import Merged, SheetMarks
from readiness.text import safe, short, some
from readiness.workbook_apart import version_of
from readiness.xlsx_reader import (
    Headings,
    SheetRow,
    cell_name,
    cell_text,
    error_problem,
    header,
    is_error,
    merged_problems,
    sheet_marks,
    sheet_names,
    sheet_rows,
)

_WANTED = ("answer", "why", "note", "place")
_WORDS = ("why", "note")
_ANSWERS = ("answer", *_WORDS)
_TO_HEADINGS = 20
"""Rows that can be above the names of the form's columns."""
_ANSWER_PLACE = answer_place("")

Meanings = Mapping[str, Mapping[str, str]]
"""For each place with a list to choose from: the code of each choice, by its words."""


def is_form(path: Path) -> bool:
    """Return whether the workbook is one of our forms. Raises InputError if it is no workbook that we can read."""
    return MARK in sheet_names(path)


def read_filled_xlsx(path: Path, bank: Bank, given: Given | None = None) -> Collected:
    """Return the answers in a form that ``readiness form`` wrote as a workbook, and what to tell about them.

    What is ``given`` stands in for what the form leaves out.
    Raises InputError with all that can't be understood, each with its cell as ``file:row:column``.
    """
    version = version_of(path)  # both sheets are of one file, whoever saves it meanwhile
    hidden = sheet_rows(path, MARK, version)
    first = next(hidden, None)
    mark = read_mark(cell_text(first.cells[0]) if first else "", str(path))
    meanings = _meanings(hidden)
    sheet, told = _form_sheet(path, version)
    problems: list[Problem] = []
    entries: dict[str, Entry] = {}
    notices: list[str] = []
    rows = sheet_rows(path, sheet, version)
    columns = header(rows, _WANTED, path)
    lines = tuple(rows)
    for row in lines:
        for name, entry in _entries(row, columns, path, meanings, problems, notices):
            if name in entries:
                what = "This line stands in the form a second time"
                problems.append(Problem(what, "Delete one of the two.", entry.place))
            entries[name] = entry
    lost = [name for name in meanings if name not in entries]
    if lost:
        what = f"{len(lost)} lines of the form are gone" if len(lost) > 1 else "A line of the form is gone"
        problems.append(Problem(what, "Fill in the form as it was sent out, with all its lines.", Place(str(path))))
    marks = sheet_marks(path, sheet, version)
    problems += merged_problems(_filled_in(marks.merged, lines, columns), str(path))
    found = collected(Filled(str(path), mark, entries), bank, problems, given or Given())
    told += _beside(lines, columns, mark.id, marks)
    return replace(found, notices=(*notices, *(f"{Place(str(path))}: {each}" for each in told), *found.notices))


def _form_sheet(path: Path, version: FileVersion) -> tuple[str, list[str]]:
    """Return the name of the sheet with the form, and what to tell of others.

    That is the one with answers, else the first. Raises InputError if several have answers.
    """
    others = [name for name in sheet_names(path) if name != MARK]
    answered = {name: _is_answered(path, name, version) for name in others}
    filled = [name for name, has_answers in answered.items() if has_answers]
    if len(filled) > 1:
        what = f"{len(filled)} sheets of this workbook are filled in: {some([f'“{short(name)}”' for name in filled])}"
        raise InputError(Problem(what, "Save each person’s sheet as a file of its own.", Place(str(path))))
    sheet = next(iter([*filled, *others]), MARK)
    foreign = [name for name in others if name != sheet and answered[name] is None]
    unread = [f"“{short(name)}”" for name in foreign if next(sheet_rows(path, name, version), None)]
    return sheet, [f"Only the form was read, and not what is in other sheets: {some(unread)}."] if unread else []


def _is_answered(path: Path, sheet: str, version: FileVersion) -> bool | None:
    """Return whether a question is answered in the sheet; None if it is no form."""
    rows = sheet_rows(path, sheet, version)
    try:
        columns = header(islice(rows, _TO_HEADINGS), _WANTED, path)
    except InputError:
        return None
    return any(
        row.text(columns["place"]).startswith(_ANSWER_PLACE) and any(row.text(columns[name]) for name in _ANSWERS)
        for row in rows
    )


def _filled_in(ranges: Sequence[Merged], lines: Sequence[SheetRow], columns: Headings) -> Sequence[Merged]:
    """Return the merged ranges that have cells to fill in."""
    rows = [line.number for line in lines if line.text(columns["place"])]  # in order, as they stand
    first, *_, last = sorted(columns[name] + 1 for name in _ANSWERS)

    def has_a_line(merged: Merged) -> bool:
        return bisect_left(rows, merged.top) < bisect_left(rows, merged.bottom + 1)

    return [each for each in ranges if each.left <= last and each.right >= first and has_a_line(each)]


def _beside(lines: Sequence[SheetRow], columns: Headings, form: str, marks: SheetMarks) -> Iterator[str]:
    """Yield what to tell of text outside the cells to fill in, of notes on cells, and of hidden rows.

    Below the form is only the line with the id of the ``form``.
    """
    place, end = columns["place"], max(columns[name] for name in _WANTED)
    last = max((line.number for line in lines if line.text(place)), default=0)

    def is_beside(line: SheetRow, at: int) -> bool:
        text, name = line.text(at), line.text(place)
        of_no_answer = bool(name) and not name.startswith(_ANSWER_PLACE) and at in (columns[word] for word in _WORDS)
        return bool(text) and (at > end or of_no_answer or (line.number > last and form not in text))

    beside = [cell_name(line.number, at + 1) for line in lines for at in range(len(line.cells)) if is_beside(line, at)]
    hidden = {*marks.hidden}
    unseen = [
        str(line.number)
        for line in lines
        if line.number in hidden and line.text(place) and any(line.text(columns[name]) for name in _ANSWERS)
    ]
    if beside:
        yield f"There is text in cells that are not to be filled in, and it was not read: {some(beside)}."
    if marks.notes:
        yield f"Notes on cells were not read: {some([cell_name(*at) for at in marks.notes])}."
    if unseen:
        yield f"These rows are hidden, and what is filled in there was read: {some(unseen)}."


def _meanings(rows: Iterator[SheetRow]) -> Meanings:
    meanings: dict[str, dict[str, str]] = {}
    for row in rows:
        place, code, words, *_ = [*map(cell_text, row.cells), "", "", ""]
        if place and code:
            meanings.setdefault(place, {})[_key(words)] = code
    return meanings


def _entries(
    row: SheetRow, columns: Headings, path: Path, meanings: Meanings, problems: list[Problem], notices: list[str]
) -> Iterator[tuple[str, Entry]]:
    """Yield what stands in the places of a row.

    ``problems`` takes errors of the spreadsheet, and words that are not in their list; ``notices`` takes words that it
    made a date of.
    """

    def entry(column: str) -> Entry:
        at = columns[column]
        cell = row.cells[at] if at < len(row.cells) else None
        text, place = cell_text(cell), Place(str(path), row.number, at + 1)
        if is_error(text):
            problems.append(error_problem(text, place))
            text = ""
        elif isinstance(cell, (dt.date, dt.time)) and column in _WORDS:
            notices.append(f"{place}: the spreadsheet made a date of the words typed here, {text}. Ask what they were.")
        return Entry(text, place)

    name = entry("place").text
    if not name:
        return
    given = entry("answer")
    choices = meanings.get(name)
    if choices is not None and given.text:
        code = choices.get(_key(given.text))
        if code is None and name != ROLE:
            what = f"“{safe(given.text)[:60]}” is not one of the answers to choose from"
            problems.append(Problem(what, "Choose one from the list in this cell.", given.place))
        given = Entry(code or (given.text if name == ROLE else ""), given.place)
    yield name, given
    if name.startswith(_ANSWER_PLACE):
        question = name.removeprefix(_ANSWER_PLACE)
        yield why_place(question), entry("why")
        yield note_place(question), entry("note")


def _key(words: str) -> str:
    return " ".join(words.split()).casefold()
