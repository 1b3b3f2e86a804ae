"""Reads a form back that was filled in as a workbook."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from readiness.assessment.form_mark import MARK, ROLE, answer_place, note_place, why_place
from readiness.bank.model import Bank
from readiness.errors import Place, Problem
from readiness.roundtrip.collected import Collected
from readiness.roundtrip.form_entries import Entry, Filled, Given, collected, read_mark
from readiness.text import safe
from readiness.workbook_apart import version_of
from readiness.xlsx_reader import (
    Headings,
    SheetRow,
    cell_text,
    error_problem,
    header,
    is_error,
    sheet_names,
    sheet_rows,
)

_WANTED = ("answer", "why", "note", "place")
_WORDS = ("why", "note")
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
    sheet = next((name for name in sheet_names(path) if name != MARK), MARK)
    problems: list[Problem] = []
    entries: dict[str, Entry] = {}
    notices: list[str] = []
    rows = sheet_rows(path, sheet, version)
    columns = header(rows, _WANTED, path)
    for row in rows:
        for name, entry in _entries(row, columns, path, meanings, problems, notices):
            if name in entries:
                what = "This line stands in the form a second time"
                problems.append(Problem(what, "Delete one of the two.", entry.place))
            entries[name] = entry
    lost = [name for name in meanings if name not in entries]
    if lost:
        what = f"{len(lost)} lines of the form are gone" if len(lost) > 1 else "A line of the form is gone"
        problems.append(Problem(what, "Fill in the form as it was sent out, with all its lines.", Place(str(path))))
    found = collected(Filled(str(path), mark, entries), bank, problems, given or Given())
    return replace(found, notices=(*notices, *found.notices))


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
