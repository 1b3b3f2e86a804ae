"""What the columns of a table mean, and its rows: checked cell by cell, each problem with its place."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from operator import itemgetter

from readiness.assessment.cells import plain
from readiness.bank.model import Bank
from readiness.batch.rows import Read, Refused, Row
from readiness.batch.scorer import Marking
from readiness.errors import InputError, Notice, Place, Problem
from readiness.text import listed, safe

TEAM, ORGANISATION, ROLE, DATE = "team", "organisation", "role", "date"
_WORDS = {"organization": ORGANISATION}
_MAX_NAME = 300
_MOST = 2_000
"""How many different profiles and dates are remembered."""
_HEADER_ROWS = 10
"""In how many rows from the top the headings may stand: survey programs write titles above them."""
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T].*)?")

Line = tuple[int, list[str]]
"""A row's number, from 1, and its cells."""


def table_rows(lines: Iterator[Line], label: str, marking: Marking, date: str | None) -> Iterator[Read]:
    """Yield the rows of a table whose headings stand in one of its first rows.

    Raises InputError where they do not, or are wrong.
    """
    columns = _headings(lines, label, marking.bank)
    if columns.unused:
        yield unused_notice(label, columns.unused)
    reader = RowReader(columns, label, marking, date)
    for number, cells in lines:
        if any(cells):
            yield reader.row(number, cells)


def unused_notice(label: str, names: Sequence[str]) -> Notice:
    """Return that columns with these names are not used."""
    named = ", ".join(safe(name)[:40] for name in names)
    return Notice(f"{label}: these columns are not used: {named}.")


def _headings(lines: Iterator[Line], label: str, bank: Bank) -> "Columns":
    first: Line | None = None
    for line in lines:
        first = first or line
        number, cells = line
        names = [heading(cell) for cell in cells]
        if TEAM in names and any(name in bank.question_by_id for name in names):
            return Columns(cells, bank, Place(label, number))
        if number >= _HEADER_ROWS:
            break
    if first is None:
        raise InputError(Problem("There is nothing in this file", "Check that it is the right one.", Place(label)))
    number, cells = first
    names = [heading(cell) for cell in cells]
    what = "No column is headed with a question’s id" if TEAM in names else f'No column is headed "{TEAM}"'
    todo = f'Head one column "{TEAM}", and each answer’s with the id of its question, such as {bank.questions[0].id}.'
    raise InputError(Problem(what, todo, Place(label, number)))


@cache
def heading(text: str) -> str:
    """Return a heading as it is compared: ids are written with hyphens, in small letters."""
    name = re.sub(r"[\s_]+", "-", text.strip().casefold())
    return _WORDS.get(name, name)


class Columns:
    """Where each column stands. A column that is missing stands at -1.

    Raises InputError where a heading stands there twice, or is nearly the id of a question.
    """

    def __init__(self, headings: Sequence[str], bank: Bank, place: Place) -> None:
        self.count = len(headings)
        known = {TEAM, ORGANISATION, ROLE, DATE, *(entry.id for entry in bank.profile), *bank.question_by_id}
        at: dict[str, int] = {}
        self.unused: list[str] = []
        problems = []
        for column, text in enumerate(headings):
            name = heading(text)
            where = Place(place.file, place.line, column + 1)
            close = get_close_matches(name, known, n=1, cutoff=0.85)
            if name in at:
                problems.append(Problem(f'Two columns are headed "{safe(text)}"', "Rename one of them.", where))
            elif name in known:
                at[name] = column
            elif close:
                what = f'"{safe(text)[:60]}" is not the id of a question'
                problems.append(Problem(what, f'Did you mean "{close[0]}"? If not, rename it.', where))
            elif name:
                self.unused.append(text)
        if problems:
            raise InputError(problems)
        self.at: Mapping[str, int] = at
        self.answers = [at.get(question.id, -1) for question in bank.ordered_questions]
        self.profile = [at.get(entry.id, -1) for entry in bank.profile]


class RowReader:
    """Reads the rows of one table."""

    def __init__(self, columns: Columns, label: str, marking: Marking, date: str | None) -> None:
        bank = marking.bank
        self._columns, self._label, self._marking, self._date = columns, label, marking, date
        self._bank = bank
        self.unused = columns.unused
        self._team, self._organisation, self._role, self._day = (
            columns.at.get(name, -1) for name in (TEAM, ORGANISATION, ROLE, DATE)
        )
        self._answers = _picker(columns.answers)
        self._profile = _picker(columns.profile)
        self._profiles: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._days: dict[str, str] = {}

    def row(self, number: int, cells: list[str]) -> Row | Refused:
        """Return the row, or all that is wrong in it."""
        count = self._columns.count
        if len(cells) != count:
            if any(cells[count:]):
                what = "This row has more cells than there are headings"
                todo = "Look for a separator inside a cell that has no quotes around it."
                problem = Problem(what, todo, Place(self._label, number, count + 1))
                return Refused((problem,), safe(cells[self._team]))
            cells = cells[:count] + [""] * (count - len(cells))
        cells.append("")  # what a missing column, at -1, holds
        profile = self._profiles.get(self._profile(cells))
        day = self._days.get(cells[self._day])
        answers = self._answers(cells)
        team, organisation, role = (
            safe(cells[self._team]),
            safe(cells[self._organisation]),
            cells[self._role].strip(),
        )
        if profile is None or day is None or not team or max(len(team), len(organisation), len(role)) > _MAX_NAME:
            return self._checked(Row(self._label, number, organisation, team, (), role, "", answers), cells)
        try:
            parts = self._marking.of_profile(profile).parts((answers,))
        except ValueError:
            return self._checked(Row(self._label, number, organisation, team, profile, role, day, answers), cells)
        return Row(self._label, number, organisation, team, profile, role, day, answers, None, parts)

    def _checked(self, row: Row, cells: list[str]) -> Row | Refused:
        """Look at every cell, and remember what is right."""
        problems: list[Problem] = []
        for name, text in ((TEAM, row.team), (ORGANISATION, row.organisation), (ROLE, row.role)):
            if len(text) > _MAX_NAME:
                problems.append(
                    self._problem(row, name, f"The {name} is too long", f"Keep it to {_MAX_NAME} characters.")
                )
        if not row.team:
            problems.append(self._problem(row, TEAM, "The team is missing", "Say which team answered."))
        day = self._checked_day(row, cells, problems)
        profile = self._checked_profile(row, cells, problems)
        for at, text in enumerate(row.answers):
            question = self._bank.ordered_questions[at]
            try:
                self._marking.mark(at, text)
            except ValueError as error:
                what = f'"{safe(text)[:60]}" is not an answer to {question.id}'
                problems.append(self._problem(row, question.id, what, str(error)))
        return Refused(tuple(problems), safe(row.team)) if problems else row._replace(date=day, profile=profile)

    def _problem(self, row: Row, column: str, what: str, todo: str) -> Problem:
        at = self._columns.at.get(column)
        return Problem(what, todo, Place(self._label, row.number, None if at is None else at + 1))

    def _checked_day(self, row: Row, cells: list[str], problems: list[Problem]) -> str:
        text = cells[self._day]
        found = _DATE.fullmatch(text.strip() or self._date or "")
        try:
            day = dt.date.fromisoformat(found[1] if found else "").isoformat()
        except ValueError:
            what = f'"{safe(text)[:40]}" is not a date' if text.strip() else "The date is missing"
            todo = "Write year-month-day, like 2026-11-22." if text.strip() else "Add it, or give one for all: --date."
            problems.append(self._problem(row, DATE, what, todo))
            return ""
        if len(self._days) < _MOST:
            self._days[text] = day
        return day

    def _checked_profile(self, row: Row, cells: list[str], problems: list[Problem]) -> tuple[str, ...]:
        before, texts = len(problems), self._profile(cells)
        profile = []
        for entry, text in zip(self._bank.profile, texts, strict=True):
            word = plain(text)
            options = [option.id for option in entry.options if word in (plain(option.id), plain(option.label))]
            if word and not options:
                todo = f"Use {listed([option.id for option in entry.options], 'or')}."
                problems.append(
                    self._problem(row, entry.id, f'"{safe(text)[:60]}" is not an option for "{entry.id}"', todo)
                )
            profile.append(options[0] if options else "")
        if len(problems) == before and len(self._profiles) < _MOST:
            self._profiles[texts] = tuple(profile)
        return tuple(profile)


def _picker(places: Sequence[int]) -> Callable[[list[str]], tuple[str, ...]]:
    """Return what picks the cells at ``places`` as a tuple, also where there are fewer than two."""
    if len(places) < 2:  # noqa: PLR2004 — itemgetter gives a tuple from two on
        return lambda cells: tuple(cells[place] for place in places)
    pick: Callable[[list[str]], tuple[str, ...]] = itemgetter(*places)
    return pick
