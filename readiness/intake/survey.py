"""Makes assessments of a table's rows: one respondent a row. What can't be understood is left open, never guessed."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from readiness.assessment.model import Assessment, BankReference, Respondent, Response, Team
from readiness.bank.model import Bank
from readiness.errors import Place, Problem
from readiness.intake.columns import Column, Sheet
from readiness.intake.dates import Ambiguous, order_of, read_date
from readiness.intake.mapping import ABOUT_A_QUESTION, Kind
from readiness.intake.mapping import Mapping as Decisions
from readiness.intake.tables import TableRow
from readiness.intake.undecided import Open, OpenColumn, OpenDates, short
from readiness.intake.values import Words
from readiness.roundtrip.form_entries import Given
from readiness.xlsx_reader import Cell, cell_text

_SAMPLES = 4


@dataclass(frozen=True, slots=True)
class Gathered:
    """One respondent's answers; what tells them from all others (``key``); and the place they came from.

    ``surveyed``: whether they came from a table, and not from a form of ours or a file of answers. ``numbered``:
    whether the survey program tells them from all others, wherever they stand: then they have an id made of ``key``.
    """

    assessment: Assessment
    key: str
    place: Place
    surveyed: bool
    numbered: bool = False

    def with_id(self) -> Assessment:
        """Return the assessment as it is written: with what tells the respondent from others, where that is known."""
        if not self.numbered:
            return self.assessment
        respondent = self.assessment.respondent.model_copy(update={"id": digest(self.key)})
        return self.assessment.model_copy(update={"respondent": respondent})


def digest(text: str) -> str:
    """Return an id made of ``text``: the same for the same text, and hardly ever for another."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class SurveyReading:
    """What a table held: respondents, what is open, what is wrong, and what to tell about it.

    ``skipped``: rows (as numbered in the table) without a single answer. ``numbers``: the headings of columns in which
    numbers were taken for levels' values.
    """

    gathered: tuple[Gathered, ...]
    open: tuple[Open, ...]
    problems: tuple[Problem, ...]
    skipped: tuple[int, ...]
    numbers: tuple[str, ...]


def read_survey(sheet: Sheet, bank: Bank, decisions: Decisions, given: Given) -> SurveyReading:
    """Return what the rows of the table hold. Where something is open or wrong, what it touches is left out."""
    return _Survey(sheet, bank, decisions, given).read()


class _Survey:
    """Reads one table, row by row, and notes what is open and what is wrong."""

    def __init__(self, sheet: Sheet, bank: Bank, decisions: Decisions, given: Given) -> None:
        self._sheet = sheet
        self._bank = bank
        self._decisions = decisions
        self._given = given
        self._words = Words(sheet, bank, decisions)
        self._problems: list[Problem] = []
        self._keys: Counter[str] = Counter()
        self._first: dict[str, Assessment] = {}
        self._open_dates: list[OpenDates] = []
        self._dates = self._read_dates()

    def read(self) -> SurveyReading:
        if not self._sheet.rows:
            what = "There are only headings in this table, and no answers"
            file = Place(self._sheet.table.file)
            self._problems.append(Problem(what, "Export it again when somebody has answered.", file))
            return SurveyReading((), (), tuple(self._problems), (), ())
        columns = tuple(self._open_columns())
        if not self._about_questions():
            what = "No column of this table is known as a question of the bank"
            todo = "Check that it is the right file, and the right bank (--bank)."
            self._problems.append(Problem(what, todo, Place(self._sheet.table.file)))
        elif not columns:
            self._say_what_no_column_holds()
        gathered: list[Gathered] = []
        skipped: list[int] = []
        for row in self._sheet.rows:
            if not self._words.answered(row):
                skipped.append(row.number)
            elif found := self._gathered(row, self._words.responses(row)):
                gathered.append(found)
        open_: tuple[Open, ...] = (*columns, *self._open_dates, *self._words.open)
        problems = (*self._problems, *self._words.problems)
        return SurveyReading(tuple(gathered), open_, problems, tuple(skipped), self._words.numbers)

    def _about_questions(self) -> bool:
        return any(column.target and column.target.kind in ABOUT_A_QUESTION for column in self._sheet.columns)

    def _open_columns(self) -> Iterator[OpenColumn]:
        for column in self._sheet.open_columns():
            texts = dict.fromkeys(text for row in self._sheet.rows if (text := cell_text(row.cell(column.at))))
            yield OpenColumn(column.heading, self._heading_place(column), tuple(texts)[:_SAMPLES])

    def _say_what_no_column_holds(self) -> None:
        """Say once, and not for each row, that the table has no team or no date."""
        file = Place(self._sheet.table.file)
        if self._given.team is None and not self._words.columns(Kind.TEAM):
            what = "No column says which team the answers are about"
            self._problems.append(Problem(what, "Give it with --team.", file))
        if self._given.date is None and not self._dates and not self._open_dates:
            self._problems.append(Problem("Nothing says when the answers were given", "Give it with --date.", file))

    def _heading_place(self, column: Column) -> Place:
        return self._sheet.table.place(self._sheet.header_row, column.at)

    def _read_dates(self) -> dict[int, dt.date]:
        """Return the date of each row: from a column of the survey, else from the program's own, best first."""
        dates: dict[int, dt.date] = {}
        for column in (*self._words.columns(Kind.DATE), *self._sheet.at(self._sheet.vendor.dates)):
            dates = {**self._dates_in(column, skip=dates), **dates}
        return dates

    def _dates_in(self, column: Column, skip: Collection[int]) -> dict[int, dt.date]:
        """Return the dates in the column, but for rows to ``skip``, whose date is known."""
        cells = {row.number: row.cell(column.at) for row in self._sheet.rows if row.number not in skip}
        try:
            order = order_of(cells.values()) or self._decisions.dates
        except ValueError as error:
            what = f'Dates differ in the column "{short(column.heading)}"'
            self._problems.append(Problem(what, str(error), self._heading_place(column)))
            return {}
        dates: dict[int, dt.date] = {}
        for number, cell in cells.items():
            place = self._sheet.table.place(number, column.at)
            try:
                found = read_date(cell, order)
            except ValueError as error:
                what = f'"{short(cell_text(cell))}", in the column "{short(column.heading)}", is no date that is known'
                self._problems.append(Problem(what, str(error), place))
                continue
            if isinstance(found, Ambiguous):
                open_ = OpenDates(column.heading, cell_text(cell), found.day_first, found.month_first, place)
                self._open_dates.append(open_)
                return {}
            if found is not None:
                dates[number] = found
        return dates

    def _gathered(self, row: TableRow, responses: Mapping[str, Response]) -> Gathered | None:
        """Return the row's respondent; None where it is not said of which team or date, which is a problem."""
        team = self._words.name(row, Kind.TEAM) or self._given.team
        date = self._dates.get(row.number, self._given.date)
        place = Place(self._sheet.table.file, row.number)
        if team is None and self._words.columns(Kind.TEAM):
            what = "This row does not say which team it is about"
            self._problems.append(Problem(what, "Fill it in, or give --team.", place))
        if date is None and self._dates:
            self._problems.append(Problem("This row has no date", "Fill it in, or give --date.", place))
        if team is None or date is None:
            return None
        own = self._words.name(row, Kind.ORGANISATION)
        assessment = Assessment(
            bank=self._reference(row),
            team=Team(name=team, organisation=own or self._given.organisation, profile=self._words.profile(row)),
            respondent=Respondent(role=self._words.role(row) or self._given.role),
            date=date,
            responses=responses,
        )
        cells = [row.cell(column.at) for column in self._sheet.at(self._sheet.vendor.identity)]
        numbered = [text for cell in cells if (text := _exact_text(cell))]
        key = self._key(numbered, assessment, own or "")
        return Gathered(assessment, key, place, surveyed=True, numbered=bool(numbered))

    def _reference(self, row: TableRow) -> BankReference:
        """Return which bank was answered: what a form of ours says, else the bank as it is now."""
        text = self._words.name(row, Kind.BANK)
        if text is None:
            return BankReference.to(self._bank)
        name, version, fingerprint = (*text.split(), "", "")[:3]
        if name == self._bank.id:
            return BankReference(id=name, version=version or None, fingerprint=fingerprint or None)
        what = f'This row answers the question bank "{short(name)}", not "{self._bank.id}"'
        place = Place(self._sheet.table.file, row.number)
        self._problems.append(Problem(what, "Name the right bank with --bank.", place))
        return BankReference.to(self._bank)

    def _key(self, numbered: Sequence[str], assessment: Assessment, organisation: str) -> str:
        """Return what tells the row's respondent from all others, and stays the same when more rows are added.

        ``numbered`` is what the survey program tells its responses apart by, empty where it does not.
        ``organisation`` is what the row itself says: who gives it only the next time collects the same files.
        """
        place = [Path(self._sheet.table.file).name, assessment.respondent.role or "", str(assessment.date)]
        key = "\n".join([self._sheet.vendor.name, organisation, assessment.team.name, *(numbered or place)])
        if numbered and self._first.setdefault(key, assessment) == assessment:
            return key  # a row that stands there twice
        self._keys[key] += 1
        nth = self._keys[key] + bool(numbered)  # the first of those with a number is not counted
        return key if nth == 1 else f"{key}\n{nth}"


def _exact_text(cell: Cell) -> str:
    """Return a cell as text, a time with its seconds."""
    return cell.isoformat(sep=" ", timespec="seconds") if isinstance(cell, dt.datetime) else cell_text(cell)
