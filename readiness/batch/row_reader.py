"""Rows of a table, as ``collect`` understands them. A cell that was understood once is remembered by its text.

Every row could go through ``SurveyReader.read``, which makes an assessment of it. But most rows of a long table are
plain: answers, and who gave them. For those the reader is asked only about cells that are new.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import getitem, itemgetter
from typing import Any, Self

from readiness.assessment.model import Assessment
from readiness.bank.model import Bank, Question
from readiness.batch.blocks import AskedCells, Parts, Picker, PlainRows, RowProfile
from readiness.batch.rows import Read, Refused, RespondentRow, cell_of, row_of
from readiness.batch.scorer import Marking, ProfileMarking
from readiness.errors import MOST_TOLD, InputError, Notice, Place
from readiness.intake.columns import SurveyColumn
from readiness.intake.headings import Names
from readiness.intake.left_out import LeftOut
from readiness.intake.mapping import LEFT_OUT, Mapping, TargetKind
from readiness.intake.sheets import unread_sheets
from readiness.intake.summary import aside_told, emptied_told, nothing_told
from readiness.intake.survey import SAMPLE, RowReading, SurveyReader
from readiness.intake.tables import InputTable, TableRow
from readiness.intake.values import MAX_NAME
from readiness.intake.vendor import Aside
from readiness.roundtrip.form_entries import Given
from readiness.scoring.kept import Kept
from readiness.text import LISTED, all_words, counted, safe, some
from readiness.xlsx_reader import any_error, cell_text

_MOST = 2_000
"""How many different texts of a column are remembered."""
_AT_A_TIME = 500
"""How many rows are read together: more are no quicker, and take room."""


@dataclass(frozen=True, slots=True)
class TableTerms:
    """Terms on which tables are read: the names that headings have, a person's decisions, and what is given for all."""

    names: Names
    decisions: Mapping
    given: Given

    @classmethod
    def of(cls, bank: Bank, decisions: Mapping | None = None, given: Given | None = None) -> Self:
        """Return the terms for a bank."""
        told = given or Given()
        return cls(Names.of(bank, told.profile), decisions or Mapping(bank=bank.id), told)


def table_rows(table: InputTable, marking: Marking, terms: TableTerms) -> Iterator[Read | PlainRows]:
    """Yield the rows of a table, plain ones in blocks, those that can't be used, and what a person should be told.

    Raises InputError with all that is open or wrong in the table as a whole.
    """
    survey = SurveyReader(table, terms.names, terms.decisions, terms.given, sample=SAMPLE)
    if problems := survey.table_problems():
        more = () if survey.cells.about_questions else unread_sheets(table)
        raise InputError([*problems, *more])
    yield from map(Notice, survey.notices)
    reader = RowReader(survey, marking)
    for rows in _blocks(survey.rows()):
        yield from reader.read(rows)
    yield from _left_out(survey, reader, table.file)


def _blocks(rows: Iterator[TableRow]) -> Iterator[list[TableRow]]:
    """Yield all rows in blocks. If they end with an error, those before it come first."""
    while True:
        block: list[TableRow] = []
        try:
            block.extend(islice(rows, _AT_A_TIME))  # keeps those before an error
        except InputError:
            if block:
                yield block
            raise
        if not block:
            return
        yield block


def _left_out(survey: SurveyReader, reader: "RowReader", file: str) -> Iterator[Read]:
    """Yield what to tell at the end of a table about columns and rows that were left out."""
    own = [column for column in survey.layout.columns if column.own]
    unused = [safe(column.heading)[:40] for column in (*own, *survey.unknown_empty) if column.words]
    if unused:
        yield Notice(f"{file}: these columns are not used: {', '.join(unused)}.")
    if reader.emptied:
        yield Notice(emptied_told(file, survey.layout.vendor, reader.emptied))
    if (reader.skipped.count or reader.asides) and not reader.taken:
        yield Refused((nothing_told(file, {aside: rows.count for aside, rows in reader.asides.items()}),))
        return
    if reader.skipped.count:
        rows = counted(reader.skipped.count, "row")
        yield Notice(f"{file}: left out: {rows} in which no question is answered: {reader.skipped}.")
    for aside, told in reader.asides.items():
        yield Notice(f"{file}: left out: {aside_told(aside, told.count, str(told))}")


@dataclass(slots=True)
class _Rows:
    """Rows that were left out: their count, and the numbers of the first."""

    count: int = 0
    first: list[str] = field(default_factory=list)

    def add(self, number: int) -> None:
        self.count += 1
        if len(self.first) < LISTED:
            self.first.append(str(number))

    def __str__(self) -> str:
        return some(self.first, count=self.count)


class RowReader:
    """Reads the rows of one table: plain ones in blocks, and the others one by one.

    ``skipped``: rows without an answer; ``asides``: those that are none, by the reason; ``taken``: whether there are
    others. ``emptied`` counts cells that could mean that a question does not apply.
    """

    def __init__(self, survey: SurveyReader, marking: Marking) -> None:
        self._survey, self._marking = survey, marking
        self._bank = marking.bank
        self._given_team, self._given_organisation = survey.given.team or "", survey.given.organisation or ""
        self.skipped = _Rows()
        self.asides: dict[Aside, _Rows] = {}
        self.emptied = 0
        self.taken = False
        self._refused = 0
        self._organisations = Kept(self._organisation, _MOST)
        self._lay_out()

    def _organisation(self, text: str) -> str:
        return safe(text) or self._given_organisation

    def _lay_out(self) -> None:
        """Find the columns that plain rows have something in, and forget what was understood of others."""
        cells, self._layout = self._survey.cells, self._survey.layout
        self._count, self._file = len(self._layout.columns), self._layout.table.file
        self._typed = self._layout.table.typed
        names = [cells.columns(kind) for kind in (TargetKind.TEAM, TargetKind.ORGANISATION)]
        asked = [cells.columns(TargetKind.QUESTION, question.id) for question in self._bank.ordered_questions]
        about = [cells.columns(TargetKind.PROFILE, entry.id) for entry in self._bank.profile]
        about.append(cells.columns(TargetKind.ROLE))
        day = _at(self._survey.dates.columns)
        self._day = itemgetter(day)
        self._names, self._about, self._answers = (_picker([*map(_at, each)]) for each in (names, about, asked))
        used = {day, *map(_at, (*names, *about, *asked))}
        rest = [column.at for column in self._layout.columns if column.at not in used and self._counts(column)]
        self._rest, self._others = _picker(rest), bool(rest)
        self._simple = -1 not in used and not self._typed
        self._only_read = bool(self._survey.marked.rules or self._layout.vendor.empty)
        self._known: dict[tuple[str, ...], RowProfile] = {}
        self._asked: dict[tuple[int, ...], AskedCells] = {}
        self._days: dict[str, str] = {}
        self._places: Sequence[int] = [*map(_at, asked)]
        self._said = self._answers
        self._named: list[Kept[str, str]] = []
        self._meanings: list[Kept[str, str]] = []
        if cells.translates:
            self._named = [Kept(self._name_in(columns), _MOST) for columns in names]
            questions = zip(self._bank.ordered_questions, asked, strict=True)
            self._meanings = [Kept(self._meaning_in(columns, question), _MOST) for question, columns in questions]
            self._places, self._said = range(len(self._meanings)), tuple

    def _counts(self, column: SurveyColumn) -> bool:
        """Return whether a row with something in a column that is not among the used ones is no plain row."""
        if column.target is not None:
            return column.target.kind not in LEFT_OUT
        return not column.own or column in self._survey.response_numbers.columns or column in self._survey.dates.columns

    def _name_in(self, columns: Sequence[SurveyColumn]) -> Callable[[str], str]:
        cells = self._survey.cells
        return lambda text: safe(cells.meaning_of(columns[0], text)) if columns else ""

    def _meaning_in(self, columns: Sequence[SurveyColumn], question: Question) -> Callable[[str], str]:
        cells = self._survey.cells
        return lambda text: cell_of(cells.answer(columns[0], question, text.strip())) if columns else ""

    def read(self, rows: Sequence[TableRow]) -> Iterator[Read | PlainRows]:
        """Yield what rows hold: those that are plain in blocks."""
        plain = self._plain(rows)
        if plain is not None:
            yield plain
        elif len(rows) == 1:
            yield from self._read(rows[0])
        else:
            half = len(rows) // 2
            yield from self.read(rows[:half])
            yield from self.read(rows[half:])

    def _plain(self, rows: Sequence[TableRow]) -> PlainRows | None:
        """Return rows of which every cell is remembered, and that have nothing but answers; None if one is no such."""
        cells = None if self._only_read else self._all_texts(rows)
        if cells is None:
            return None
        abouts = [about for about in map(self._known.get, map(self._about, cells)) if about]
        if len(abouts) < len(rows) or (self._others and any(map(any, map(self._rest, cells)))):
            return None
        dates = [
            self._days.get(text) or self._new_day(row, text)
            for row, text in zip(rows, map(self._day, cells), strict=True)
        ]
        names = [*map(self._names, cells)]
        try:
            if self._meanings:
                names = [tuple(map(getitem, self._named, each)) for each in names]
                cells = [tuple(map(getitem, self._meanings, each)) for each in map(self._answers, cells)]
            parts = _parts(abouts, cells)
        except ValueError:
            return None
        named, organisations = map(list, zip(*names, strict=True))
        teams = named if all_words(named) else [safe(team) or self._given_team for team in named]
        organisations = [*map(self._organisations.__getitem__, organisations)]
        if max(map(len, (*teams, *organisations))) > MAX_NAME or not (all(teams) and all(dates)):
            return None
        if any_error((*teams, *organisations)):
            return None
        numbers = [row.number for row in rows]
        return PlainRows(self._file, numbers, organisations, teams, abouts, dates, cells, self._said, parts)

    def _new_day(self, row: TableRow, text: str) -> str:
        """Return the date of a row whose cell is new, and remember it; "" if it has none that is known.

        Cells with a time are new in every row.
        """
        when = self._survey.dates.read(row)
        date = when.date or self._survey.given.date
        if date is None or not when.understood:
            return ""
        if len(self._days) >= _MOST:
            self._days.clear()
        self._days[text] = date.isoformat()
        return self._days[text]

    def _read(self, row: TableRow) -> Iterator[Read | PlainRows]:
        """Yield a row that is not plain, or whose cells are new; what is wrong in it, and what to tell."""
        reading = self._survey.read(row)
        if self._survey.layout is not self._layout:
            self._lay_out()
        yield from map(Notice, reading.notices)
        self.emptied += reading.emptied
        if not reading.understood:
            self.taken = True
            self._refused += 1
            problems = self._survey.as_problems(reading, search=self._refused <= MOST_TOLD)
            yield Refused(problems, safe(reading.team), self._organisation(reading.organisation))
        elif reading.assessment is None:
            left_out = self.asides.setdefault(reading.aside, _Rows()) if reading.aside else self.skipped
            left_out.add(row.number)
            if reading.team:
                team, organisation = safe(reading.team), self._organisation(reading.organisation)
                if reading.lost and reading.aside:
                    yield LeftOut(team, organisation, reading.aside, Place(self._file, row.number))
                else:
                    yield Refused((), team, organisation)
        else:
            self.taken = True
            self._remember(row, reading.assessment, reading)
            yield self._plain([row]) or self._whole(row, reading.assessment, reading)

    def _all_texts(self, rows: Sequence[TableRow]) -> Sequence[Sequence[Any]] | None:
        """Return the cells of rows as texts; None if a row has too many, or something else in place of cells."""
        every = [row.cells for row in rows]
        if self._simple and {*map(len, every)} == {self._count}:
            return every
        cells = [texts for row in rows if (texts := self._texts(row)) is not None]
        return cells if len(cells) == len(rows) else None

    def _texts(self, row: TableRow) -> Sequence[Any] | None:
        """Return the cells as texts, with an empty one at the end: a column that is not there is at -1."""
        cells = row.cells
        if len(cells) == self._count and not self._typed:
            return (*cells, "")
        if row.instead is not None or len(cells) > self._count:
            return None
        return (*map(cell_text, cells), *("",) * (self._count - len(cells) + 1))

    def _remember(self, row: TableRow, assessment: Assessment, reading: RowReading) -> None:
        """Remember what the cells of a plain row mean."""
        cells = self._texts(row)
        if cells is None or reading.response or any(self._rest(cells)):
            return
        if len(self._known) >= _MOST:
            self._known.clear()
        profile = tuple(assessment.team.profile.get(entry.id, "") for entry in self._bank.profile)
        marking, role = self._marking.of_profile(profile), assessment.respondent.role or ""
        asked = self._asked.setdefault(tuple(marking.asked), self._asked_cells(marking))
        unheard = marking.unheard((role or None,))
        self._known[self._about(cells)] = RowProfile(profile, role, marking, unheard, asked)

    def _asked_cells(self, marking: ProfileMarking) -> AskedCells:
        asked, others = ([self._places[at] for at in each] for each in (marking.asked, marking.not_asked))
        return AskedCells(marking, _picker(asked), _picker(others), self._said)

    def _whole(self, row: TableRow, assessment: Assessment, reading: RowReading) -> RespondentRow:
        read = row_of(assessment, self._bank, self._layout.table.file, row.number)
        return read._replace(response=reading.response, numbered=reading.numbered, sent=reading.sent)


def _parts(abouts: Sequence[RowProfile], rows: Sequence[Sequence[Any]]) -> list[Parts]:
    """Return what rows come to, those together that are asked the same. Raises ValueError as ``AskedCells.parts``."""
    places = defaultdict[AskedCells, list[int]](list)
    for at, about in enumerate(abouts):
        places[about.cells].append(at)
    parts: list[Parts] = [()] * len(rows)
    for asked, own in places.items():
        for at, found in zip(own, asked.parts([rows[at] for at in own]), strict=True):
            parts[at] = found
    return parts


def _at(columns: Sequence[SurveyColumn]) -> int:
    """Return the place of the first of the columns; -1 if there is none."""
    return columns[0].at if columns else -1


def _picker(places: Sequence[int]) -> Picker:
    """Return what picks the cells at ``places`` as a tuple, also if there are fewer than two."""
    match places:
        case []:
            return lambda _: ()
        case [place]:
            return lambda cells: (cells[place],)
    pick: Picker = itemgetter(*places)
    return pick
