"""Dates of a table's rows, each read by the evidence of its whole column.

``03/04/2026`` says nothing by itself of which number is the day; another row of the column can. A long table is looked
at only as far as needed: its first rows decide, if one of them can be read in one way only. If none can, the column is
read on to the first row that can, once, and only when a date in doubt is met. So a date is the same as if the whole
column had been read, in bounded memory. A later row that contradicts is itself in error: the rows before it are used
by then, and were right by all that could be known.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from readiness.errors import Place, Problem
from readiness.intake.columns import Layout, SurveyColumn
from readiness.intake.dates import DIFFER, Ambiguous, is_left_as_text, may_be_turned, order_of, order_told, read_date
from readiness.intake.mapping import DateOrder
from readiness.intake.tables import TableRow
from readiness.intake.undecided import OpenDates
from readiness.text import short
from readiness.uncalculated import UNCALCULATED
from readiness.xlsx_reader import Cell, cell_text, error_problem


@dataclass(frozen=True, slots=True)
class RowDate:
    """Date of one row, if it has one, and what is open or wrong about it."""

    date: dt.date | None = None
    open: tuple[OpenDates, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def understood(self) -> bool:
        """Whether nothing about it is open or wrong."""
        return not (self.open or self.problems)


@dataclass(slots=True)
class _DateColumn:
    """A column of dates with its order of day and month. ``settled``: whether the whole column was asked for it.

    ``text_row`` and ``made_row`` are the numbers of the first rows with a date that a spreadsheet left as the ``text``
    it was, and with one that it made of such a text, perhaps with day and month exchanged; 0 if there is none.
    """

    column: SurveyColumn
    order: DateOrder | None = None
    settled: bool = False
    text: str = ""
    text_row: int = 0
    made_row: int = 0

    def half_made(self, cell: Cell, row: int) -> bool:
        """Return whether this cell, with those before it, shows that a spreadsheet understood only some dates.

        Where it is opened, 3/4/2026 becomes a date, and 3/25/2026 stays a text, if the day comes first there. So 3/4
        was understood the wrong way round.
        """
        if is_left_as_text(cell):
            self.text, self.text_row = self.text or cell_text(cell), self.text_row or row
            return bool(self.made_row)
        if may_be_turned(cell):
            self.made_row = self.made_row or row
            return bool(self.text_row)
        return False

    def problem(self, place: Place) -> Problem:
        """Return what is wrong with a column that is half made into dates."""
        where = f'Of the dates in the column "{short(self.column.heading)}", a spreadsheet understood only some'
        what = f'{where}: "{short(self.text)}" in row {self.text_row} is still a text'
        doubt = f"So day and month may have changed places in the others, such as in row {self.made_row}"
        return Problem(f"{what}. {doubt}", _AS_IT_CAME, place)


_AS_IT_CAME = (
    "Use the export as it came, not opened in a spreadsheet. Or check all dates, and write them as 2026-11-22."
)


@dataclass(slots=True)
class RowDates:
    """Reads the dates of rows from the columns that hold one, best first.

    ``order`` says which number is the day in a column that does not. ``problems``: columns that contradict themselves.
    """

    layout: Layout
    order: DateOrder | None
    problems: tuple[Problem, ...] = ()
    _columns: list[_DateColumn] = field(default_factory=list)

    @classmethod
    def of(
        cls, layout: Layout, columns: Sequence[SurveyColumn], order: DateOrder | None, sample: Sequence[TableRow]
    ) -> "RowDates":
        """Return what reads the dates in ``columns``, by what the first rows show."""
        dates, problems = cls(layout, order), []
        for column in columns:
            place, each = layout.table.place(layout.header_row, column.at), _DateColumn(column)
            try:
                each.order = order_of(row.cell(column.at) for row in sample)
            except ValueError as error:
                problems.append(Problem(_differ(column), str(error), place))
                continue
            if any(each.half_made(row.cell(column.at), row.number) for row in sample):
                problems.append(each.problem(place))
                continue
            each.settled = layout.whole or each.order is not None
            dates._columns.append(each)
        dates.problems = tuple(problems)
        return dates

    @property
    def columns(self) -> tuple[SurveyColumn, ...]:
        """The columns that dates are read from."""
        return tuple(each.column for each in self._columns)

    def any(self, rows: Iterable[TableRow]) -> bool:
        """Return whether one of the rows has a date, or something that is meant as one."""
        return any(self.read(row) != RowDate() for row in rows)

    def read(self, row: TableRow) -> RowDate:
        """Return the date of a row: in the first of its columns that holds one.

        A survey program has several dates of its own. All columns that are headed as the date must say the same.
        """
        dates: dict[dt.date, SurveyColumn] = {}
        open_: list[OpenDates] = []
        problems: list[Problem] = []
        for each in self._columns:
            if dates and each.column.own:
                break
            cell, place = row.cell(each.column.at), self.layout.table.place(row.number, each.column.at)
            if isinstance(cell, str) and cell.strip() in self.layout.vendor.empty:
                continue
            if cell == UNCALCULATED:
                problems.append(error_problem(UNCALCULATED, place))
                continue
            try:
                found = self._read(each, cell, place)
            except ValueError as error:
                where = f'in the column "{short(each.column.heading)}"'
                what = f'"{short(cell_text(cell))}", {where}, is no date that is known'
                problems.append(Problem(what, str(error), place))
                continue
            if isinstance(found, dt.date):
                dates.setdefault(found, each.column)
            elif isinstance(found, Ambiguous) and dates.keys().isdisjoint({found.day_first, found.month_first}):
                open_.append(OpenDates(each.column.heading, cell_text(cell), found.day_first, found.month_first, place))
            elif isinstance(found, Problem):
                problems.append(found)
        if len(dates) > 1:
            columns = [*dates.values()]
            headings = " and ".join(f'"{short(column.heading)}"' for column in columns)
            place = self.layout.table.place(row.number, columns[-1].at)
            what = f"The columns {headings} say different dates"
            problems.append(Problem(what, "Empty all of these cells but one.", place))
        return RowDate(next(iter(dates), None), tuple(open_), tuple(problems))

    def _read(self, column: _DateColumn, cell: Cell, place: Place) -> dt.date | Ambiguous | Problem | None:
        if column.half_made(cell, place.line or 0):
            return column.problem(place)
        told = order_told(cell)
        if told is not None and column.order is None:
            column.order, column.settled = told, True
        elif told is not None and told is not column.order:
            return Problem(_differ(column.column), DIFFER, place)
        found = read_date(cell, column.order)
        if isinstance(found, Ambiguous) and not column.settled:
            column.order, column.settled = self._shown_below(column.column), True
            found = read_date(cell, column.order)
        return read_date(cell, self.order) if isinstance(found, Ambiguous) else found

    def _shown_below(self, column: SurveyColumn) -> DateOrder | None:
        """Return the order that the first row shows in which one of the numbers can't be the month."""
        told = (order_told(row.cell(column.at)) for row in self.layout.rows())
        return next((order for order in told if order is not None), None)


def _differ(column: SurveyColumn) -> str:
    return f'Dates differ in the column "{short(column.heading)}"'
