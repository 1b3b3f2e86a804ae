"""Respondents of a table, one a row. What can't be understood is left open, never guessed.

``SurveyReader`` understands a table for ``collect`` and for a batch: one holds the whole of it in memory, the other
reads it row by row, and looks at its first rows (``SAMPLE``) for what needs more than a row: which columns are filled,
whether there are dates at all, and which of a date's numbers is the day (``row_dates``). What a later row brings up
against that is that row's own error.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, replace

from readiness.assessment.model import Assessment, BankReference, Respondent, Team
from readiness.assessment.reading import fitted, team_named
from readiness.bank.document import ParsedDocument
from readiness.errors import MOST_TOLD, InputError, Place, Problem
from readiness.intake.columns import SurveyColumn, look_at
from readiness.intake.heading_rows import heads_columns
from readiness.intake.headings import Names
from readiness.intake.left_out import ANSWERED
from readiness.intake.level_numbers import LevelNumbers
from readiness.intake.mapping import Mapping as Decisions
from readiness.intake.mapping import Target, TargetKind
from readiness.intake.marked_rows import MarkedRows
from readiness.intake.response_numbers import ResponseNumbers
from readiness.intake.row_dates import RowDates
from readiness.intake.separated import SEPARATORS
from readiness.intake.tables import InputTable, TableRow
from readiness.intake.undecided import Open, OpenColumn, as_problem
from readiness.intake.values import CellMeanings, RowMeanings
from readiness.intake.vendor import Aside
from readiness.roundtrip.form_entries import Given
from readiness.text import short
from readiness.xlsx_reader import cell_text, error_problem, is_error

SAMPLE = 1_000
"""Rows that a table is known by which is not read into memory."""
_AS_TYPED = frozenset(
    {*(TargetKind.NOTE, TargetKind.WHY, TargetKind.EVIDENCE), *(TargetKind.TEAM, TargetKind.ORGANISATION)}
)
"""Columns in which any text is taken as it stands."""
_NO_ANSWER = "If nobody answered in this row, delete it from the table."
_VALUES = 50
"""Number of different texts by which an unknown column is known."""


@dataclass(frozen=True, slots=True)
class RowReading:
    """What one row of a table says: its answers, if it has any, and what is open or wrong in it.

    ``organisation`` is as the row names it; ``response``, ``numbered`` and ``sent`` are as in ``ResponseNumber``.
    ``whole``: whether the row held a whole assessment. ``aside``: why it is no answer; ``lost``: whether somebody
    answered it all the same. ``emptied``: cells that count as empty, but could mean that a question does not apply.
    """

    assessment: Assessment | None = None
    team: str = ""
    organisation: str = ""
    response: str = ""
    open: tuple[Open, ...] = ()
    problems: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = ()
    whole: bool = False
    numbered: bool = False
    sent: str = ""
    aside: Aside | None = None
    lost: bool = False
    emptied: int = 0

    @property
    def understood(self) -> bool:
        """Whether nothing in the row is open or wrong."""
        return not (self.open or self.problems)


class SurveyReader:
    """Reads one table. ``open`` and ``problems`` concern it as a whole: with any, its answers are of no use.

    ``sample`` is the number of rows that it is known by; None for all of them.
    """

    def __init__(
        self, table: InputTable, names: Names, decisions: Decisions, given: Given, *, sample: int | None = None
    ) -> None:
        self._names = names
        self._decisions = decisions
        self.given = given
        self._bank = names.bank
        self._questions = {Target(TargetKind.QUESTION, question.id) for question in names.bank.questions}
        self._sample = sample
        self._table, self.file = table, table.file
        first, filled = self._look()
        numbers = self.cells.numbers.open
        self.open: tuple[Open, ...] = (*self._open_columns(filled, first), *([numbers] if numbers else []))
        self.problems: tuple[Problem, ...] = tuple(self._problems_of_table(first))

    def _look(self) -> tuple[Sequence[TableRow], Sequence[SurveyColumn]]:
        """Look at the table, and return its first rows, and the columns that they fill without a known meaning."""
        layout, first = look_at(self._table, self._names, self._decisions, self._sample)
        vendor, self.layout = layout.vendor, layout
        self._none_counts = False
        self._sent = tuple(layout.own_columns(vendor.dates))
        numbers = LevelNumbers(layout, self._bank, self._decisions, first)
        self.cells = CellMeanings(layout, self._bank, self._decisions, numbers)
        columns = (*self.cells.columns(TargetKind.DATE), *self._sent)
        order = self._decisions.date_order(layout.table.file) or vendor.date_order
        self.dates = RowDates.of(layout, columns, order, first)
        self.response_numbers = ResponseNumbers(self.cells, self._sent, order, first)
        self._taken_as_typed = [one for one in layout.columns if one.target and one.target.kind in _AS_TYPED]
        self.marked = MarkedRows.of(layout, count_unfinished=self._decisions.count_unfinished)
        if self.marked.rules:
            counted = tuple(row for row in first if row.instead is not None or self._aside(row) is None)
            self._none_counts, first = bool(first) and not counted, counted
        unknown = layout.unknown_columns()
        filled = [column for column in unknown if any(cell_text(row.cell(column.at)) for row in first)]
        self.unknown_empty = tuple(column for column in unknown if column not in filled)
        """Columns without a known meaning, and with nothing in the first rows."""
        return first, filled

    @property
    def notices(self) -> tuple[str, ...]:
        """What to tell about the table as a whole."""
        meant = [name for name, target in self._decisions.columns.items() if target == TargetKind.RESPONSE]
        if not meant or self.cells.columns(TargetKind.RESPONSE):
            return tuple(self.layout.notices())
        told = f'{self.layout.table.file}: no column is headed "{short(meant[0])}". Others tell the responses apart.'
        return (*self.layout.notices(), told)

    def rows(self) -> Iterator[TableRow]:
        """Yield the rows of answers."""
        return self.layout.rows()

    def read(self, row: TableRow) -> RowReading:
        """Return what a row says: nothing if no question is answered in it.

        Raises InputError at another row of headings: those below would be read into the wrong columns.
        """
        if row.instead is not None:
            return self._instead(row.instead)
        another = self.layout.headings.stand_otherwise_in(row)
        reading = RowReading() if another else self._read(row)
        if another or (not reading.understood and heads_columns(row, self._names)):
            what = "Headings stand here again, not as in the first row. No row from here on was read"
            raise InputError(Problem(what, "Put the two tables into two files.", Place(self.file, row.number)))
        return reading

    def _read(self, row: TableRow) -> RowReading:
        if len(row.cells) > len(self.layout.columns) and self._has_grown():
            self._look()
        if aside := self._aside(row):
            return self._left_out(row, aside)
        said, when = RowMeanings(row, self.cells), self.dates.read(row)
        problems = [*when.problems, *self._astray(row)]
        if not said.answered():
            problems += self._unsplit(row)
            emptied = self._emptied(row, said.profile()) if self.layout.vendor.empty else 0
            return replace(self._nobodys(said), open=when.open, problems=tuple(problems), emptied=emptied)
        problems += (*self._spoilt(row), *self.marked.problems(row))
        own_team, own_organisation = said.name(TargetKind.TEAM), said.name(TargetKind.ORGANISATION)
        team, date = own_team or self.given.team, when.date or self.given.date
        if team is None and (columns := self.cells.columns(TargetKind.TEAM)) and not said.problems:
            what = "This row does not say which team it is about"
            problems.append(Problem(what, f"Fill it in, or give --team. {_NO_ANSWER}", self._place(row, columns)))
        if date is None and when.understood and not (self._undated or self.dates.problems):
            what = "This row has no date"
            problems.append(
                Problem(what, f"Fill it in, or give --date. {_NO_ANSWER}", self._place(row, self.dates.columns))
            )
        profile, bank = said.profile(), self._reference(said, problems)
        role, agrees = said.role(), said.agrees()
        responses = said.responses()
        number = self.response_numbers.of(row, team or "")
        reading = RowReading(
            team=team or "",
            organisation=own_organisation or "",
            response=number.text,
            numbered=number.numbered,
            sent=number.sent,
            emptied=self._emptied(row, profile),
            open=(*when.open, *said.open),
            problems=(*problems, *said.problems),
        )
        if team is None or date is None:
            return reading
        assessment = Assessment(
            bank=bank,
            team=Team(name=team, organisation=own_organisation or self.given.organisation, profile=profile),
            respondent=Respondent(role=role or self.given.role, shown_alone=agrees or None),
            date=date,
            responses=responses,
        )
        return replace(reading, assessment=assessment)

    def _left_out(self, row: TableRow, aside: Aside) -> RowReading:
        """Return why the row is left out, of which team it is, and if somebody answered in it."""
        said = RowMeanings(row, self.cells)
        return replace(self._nobodys(said), aside=aside, lost=aside in ANSWERED and said.answered())

    def _nobodys(self, said: RowMeanings) -> RowReading:
        """Return of which team a row without answers is."""
        team, organisation = said.name(TargetKind.TEAM) or self.given.team, said.name(TargetKind.ORGANISATION)
        return RowReading(team=team or "", organisation=organisation or "")

    def as_problems(self, reading: RowReading, *, search: bool = True) -> tuple[Problem, ...]:
        """Return what is open or wrong in a row, in the words of ``collect``; ``search`` as in ``as_problem``."""
        told = (as_problem(one, self._bank, self._names, search=search) for one in reading.open)
        return (*told, *reading.problems)

    def table_problems(self) -> tuple[Problem, ...]:
        """Return what is open or wrong in the table as a whole."""
        told = self.open[:MOST_TOLD]
        return (*self.problems, *(as_problem(one, self._bank, self._names) for one in told))

    def _instead(self, instead: ParsedDocument | tuple[Problem, ...]) -> RowReading:
        if not isinstance(instead, ParsedDocument):
            return RowReading(problems=instead)
        try:
            assessment, notices = fitted(instead, self._bank)
        except InputError as error:
            place = instead.place(())
            problems = tuple(replace(problem, place=place) for problem in error.problems)
            team = team_named(instead.data)
            return RowReading(None, team.name if team else "", (team and team.organisation) or "", problems=problems)
        return RowReading(assessment, assessment.team.name, notices=tuple(notices), whole=True)

    def _has_grown(self) -> bool:
        headings = self.layout.table.headings
        return headings is not None and len(headings) > len(self.layout.columns)

    def _astray(self, row: TableRow) -> Iterator[Problem]:
        """Yield what a row holds beside the columns, or in one that is not known."""
        end = len(self.layout.columns)
        beside = next((at for at, cell in enumerate(row.cells[end:], start=end) if cell_text(cell)), None)
        if beside is not None:
            what = "This row has more cells than there are headings"
            todo = "Look for a separator inside a cell that has no quotes around it."
            yield Problem(what, todo, self.layout.table.place(row.number, beside))
        for column in self.unknown_empty:
            if cell_text(row.cell(column.at)):
                place = self.layout.table.place(row.number, column.at)
                yield replace(as_problem(self._open_column(column, ()), self._bank, self._names), place=place)

    def _unsplit(self, row: TableRow) -> Iterator[Problem]:
        """Yield a row whose cells all stand in one, as those of a table with another separator do."""
        filled = [(at, text) for at, cell in enumerate(row.cells) if (text := cell_text(cell))]
        between = len(self.layout.columns) - 1
        if len(filled) == 1 and any(filled[0][1].count(sign) >= between > 1 for sign in SEPARATORS):
            what = "All of this row stands in one cell, as if it came from a table with another separator"
            place = self.layout.table.place(row.number, filled[0][0])
            yield Problem(what, "Make two tables of it, or split the cell.", place)

    def _spoilt(self, row: TableRow) -> Iterator[Problem]:
        """Yield the cells with words, or a name, that a spreadsheet made an error of: rows would share such a name."""
        named = {column.at: column for column in (*self._taken_as_typed, *self.response_numbers.columns)}
        for at, column in sorted(named.items()):
            if is_error(text := self.cells.meant(row, column)):
                yield error_problem(text, self.layout.table.place(row.number, at))

    def _place(self, row: TableRow, columns: Sequence[SurveyColumn]) -> Place:
        """Return the place of a row's cell in the first of the columns."""
        return (
            self.layout.table.place(row.number, columns[0].at) if columns else Place(self.layout.table.file, row.number)
        )

    def _open_columns(self, columns: Sequence[SurveyColumn], rows: Sequence[TableRow]) -> Iterator[OpenColumn]:
        """Yield what is to be decided: once for columns that follow questions and have the same words."""
        alike: dict[str, list[SurveyColumn]] = {}
        for column in columns:
            alike.setdefault(column.like or column.heading, []).append(column)
        for same in alike.values():
            yield replace(self._open_column(same[0], rows), columns=len(same))

    def _open_column(self, column: SurveyColumn, rows: Sequence[TableRow]) -> OpenColumn:
        texts = dict.fromkeys(text for row in rows if (text := cell_text(row.cell(column.at))))
        place = self.layout.table.place(self.layout.header_row, column.at)
        asked = frozenset(other.target for other in self.layout.columns if other.target in self._questions)
        taken = asked if column.about else frozenset()
        return OpenColumn(column.heading, place, tuple(texts)[:_VALUES], column.about, taken=taken)

    def _problems_of_table(self, first: Sequence[TableRow]) -> Iterator[Problem]:
        """Yield what is wrong with the table as a whole, once, and not for each row."""
        layout, file = self.layout, Place(self.layout.table.file)
        self._undated = False
        yield from layout.merged_answers()
        yield from self.dates.problems
        if self.cells.numbers.problem:
            yield self.cells.numbers.problem
        rows = [row for row in first if row.instead is None]
        if self._none_counts or (first and not rows):
            return  # nothing to know of, or whole assessments, a line each
        if not rows:
            what = "There are only headings in this table, and no answers"
            yield Problem(what, "Export it again when somebody has answered.", file)
        elif not self.cells.about_questions:
            what = "No column of this table is known as a question of the bank"
            yield Problem(what, "Check that it is the right file, and the right bank (--bank).", file)
        else:
            shown = layout.whole or not self.dates.columns
            undated = self.given.date is None and shown and not self.dates.problems
            self._undated = undated and not self.dates.any(rows)  # told once, or with the column to decide
        if self.cells.about_questions and rows and not self.open:
            if self.given.team is None and not self.cells.columns(TargetKind.TEAM):
                yield Problem("No column says which team the answers are about", "Give it with --team.", file)
            if self._undated:
                yield Problem("Nothing says when the answers were given", "Give it with --date.", file)

    def _aside(self, row: TableRow) -> Aside | None:
        """Return why a row is no answer; None if it may be one."""
        if self.layout.headings.stand_in(row):
            return Aside.HEADINGS
        return self.marked.aside(row)

    def _emptied(self, row: TableRow, profile: MappingOf[str, str]) -> int:
        return self.cells.emptied(row, {**self.given.profile, **profile})

    def _reference(self, said: RowMeanings, problems: list[Problem]) -> BankReference:
        """Return which bank was answered: what a form of ours says, else the bank as it is now."""
        text = said.name(TargetKind.BANK)
        if text is None:
            return BankReference.to(self._bank)
        name, version, fingerprint = (*text.split(), "", "")[:3]
        place = Place(self.layout.table.file, said.row.number)
        if name != self._bank.id:
            what = f'This row answers the question bank "{short(name)}", not "{self._bank.id}"'
            problems.append(Problem(what, "Name the right bank with --bank.", place))
            return BankReference.to(self._bank)
        answered = BankReference(id=name, version=version or None, fingerprint=fingerprint or None)
        if answered.is_another_version(self._bank) and answered.is_another_edition(self._bank):
            # Its cells are read by the words of this version, and could mean something else in their own.
            what = f"This row answers version {short(version)} of the questions, and this is {self._bank.version}"
            problems.append(Problem(what, "Read it with that version (--bank), then carry the answers over.", place))
        return answered
