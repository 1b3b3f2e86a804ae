"""Numbers of a table that stand for levels: whether the lowest is 0, as in the question bank, or 1.

It is one decision for a table, never for a cell: ``3`` can be the third level or the fourth. A 0 shows it, if nothing
speaks against that; so does a number before a level's own words. Fields of our own form hold the bank's values, and so
does a table without a survey program's columns in which all questions are headed by their ids: the one that our
documents describe. Otherwise a person decides.

A long table is read on beyond its first rows only if they leave it open, and once.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import Enum, auto

from readiness.assessment.cells import numbered_from
from readiness.bank.model import Bank, Level, Question
from readiness.errors import Problem
from readiness.intake.columns import Layout, SurveyColumn
from readiness.intake.headings import without_number
from readiness.intake.mapping import NO_ANSWER, LowestNumber, Mapping, TargetKind
from readiness.intake.tables import TableRow
from readiness.intake.undecided import OpenNumbers
from readiness.intake.vendors import PLAIN_TABLE
from readiness.intake.xlsform_names import target_of
from readiness.text import parse_number, plain, short
from readiness.xlsx_reader import cell_text


class _Sign(Enum):
    """What a cell shows: a value that is no place, a place that is no value, either, or words with their number."""

    VALUE = auto()
    PLACE = auto()
    EITHER = auto()
    WORDS_FROM_0 = auto()
    WORDS_FROM_1 = auto()


_WORDS = {0: _Sign.WORDS_FROM_0, 1: _Sign.WORDS_FROM_1}
_NUMBERS = frozenset({_Sign.VALUE, _Sign.PLACE, _Sign.EITHER})


_KEPT = 5_000
"""How many texts of cells are remembered."""


class NumberInDoubt(ValueError):  # noqa: N818 — no error of the table, but a question
    """A number can mean two levels, and nothing says which."""


class LevelNumbers:
    """Reads numbers of one table as levels. ``open``: the first of those in doubt. ``problem``: what contradicts.

    ``lowest`` is the number of the lowest level, as far as it is known. ``assumed``: whether only the headings show it.
    """

    def __init__(self, layout: Layout, bank: Bank, mapping: Mapping, first: Sequence[TableRow]) -> None:
        self._layout, self._mapping = layout, mapping
        self._asked = {
            column.at: (column, bank.question_by_id[column.target.id])
            for column in layout.columns
            if column.target and column.target.kind is TargetKind.QUESTION and not target_of(column.words, bank)
        }
        self._signs: dict[tuple[int, str], _Sign | None] = {}
        self._documented = layout.vendor is PLAIN_TABLE and all(
            plain(question.id) in {plain(column.words), plain(without_number(column.words) or "")}
            for column, question in self._asked.values()
        )
        self.assumed = False
        self.open: OpenNumbers | None = None
        self.problem: Problem | None = None
        decided = mapping.lowest_number(layout.table.file)
        shown = self._signs_of(first)
        self._noughts = _Sign.VALUE in shown
        self.lowest: LowestNumber | None = _lowest(shown, documented=False) if decided is None else decided
        self._settled = self.lowest is not None
        if decided == 1 and _Sign.VALUE in shown and _lowest(shown, documented=False) == 0:
            self.problem = self._contradiction(first)
        if not self._settled and shown & _NUMBERS:
            self._settle(shown)
            self.open = None if self.lowest is not None else self._all_in_doubt(first, shown)
            self.assumed = self.lowest is not None and not shown - {_Sign.EITHER}
        elif not self._settled and self._documented:
            self.lowest, self._settled = 0, True

    @property
    def translates(self) -> bool:
        """Whether a number can mean something else than the same number in the bank."""
        return bool(self._asked) and self.lowest != 0

    def level(self, column: SurveyColumn, question: Question, number: float) -> Level | None:
        """Return the level that a number in the column means; None if it is none. Raises NumberInDoubt."""
        by_value, by_place = _readings(question, number)
        if column.at not in self._asked or by_value is by_place:
            return by_value
        if not self._settled:
            self._settle(set())
        if self.lowest is None:
            raise NumberInDoubt
        return by_place if self.lowest else by_value

    def _settle(self, shown: set[_Sign]) -> None:
        """Decide, by all rows if the first do not."""
        if not (self._layout.whole or _Sign.PLACE in shown):
            for row in self._layout.rows():
                shown |= self._signs_of([row])
                if shown - {_Sign.EITHER}:
                    break
        self.lowest, self._settled = _lowest(shown, documented=self._documented), True

    def _signs_of(self, rows: Sequence[TableRow]) -> set[_Sign]:
        """Return what the rows show: each different cell of a column is looked at once."""
        found = {self._sign(at, cell_text(cell)) for at in self._asked for cell in {row.cell(at) for row in rows}}
        return {sign for sign in found if sign is not None}

    def _sign(self, at: int, text: str) -> _Sign | None:
        key = at, text
        if key not in self._signs:
            if len(self._signs) >= _KEPT:
                self._signs.clear()
            self._signs[key] = self._new_sign(*self._asked[at], text.strip())
        return self._signs[key]

    def _new_sign(self, column: SurveyColumn, question: Question, text: str) -> _Sign | None:
        if not text or text in self._layout.vendor.empty or self._mapping.meaning(column.heading, text) is not None:
            return None
        number = parse_number(text)
        if number is None:
            shown = numbered_from(question, text)
            return None if shown is None else _WORDS[shown]
        by_value, by_place = _readings(question, number)
        if by_value is by_place:
            return None
        return _Sign.EITHER if by_value and by_place else _Sign.VALUE if by_value else _Sign.PLACE

    def _cells(self, rows: Iterable[TableRow], signs: frozenset[_Sign]) -> Iterator[OpenNumbers]:
        for row in rows:
            for at, (column, _) in self._asked.items():
                if self._sign(at, cell_text(row.cell(at))) in signs:
                    yield self.in_doubt(row, column)

    def _all_in_doubt(self, first: Sequence[TableRow], shown: set[_Sign]) -> OpenNumbers:
        """Return the first number in doubt, with those in the table that point to one way of counting."""

        def pointing(sign: _Sign) -> str:
            # A long table is read again only if the sign is known to be in it.
            cells = self._cells(self._layout.rows(), frozenset({sign})) if sign in shown else iter(())
            return next((cell.number for cell in cells), "")

        number = next(self._cells(first, _NUMBERS))
        return replace(number, only_from_0=pointing(_Sign.VALUE), only_from_1=pointing(_Sign.PLACE))

    def only_from_1(self, column: SurveyColumn, text: str) -> bool:
        """Return if a number is no level counted from 0, is one from 1, and no 0 in the first rows contradicts."""
        return (
            self.lowest == 0
            and not self._noughts
            and column.at in self._asked
            and self._sign(column.at, text) is _Sign.PLACE
        )

    def in_doubt(self, row: TableRow, column: SurveyColumn) -> OpenNumbers:
        """Return a cell with a number as what is open."""
        _, question = self._asked[column.at]
        place = self._layout.table.place(row.number, column.at)
        return OpenNumbers(column.heading, question.id, cell_text(row.cell(column.at)).strip(), place)

    def _contradiction(self, first: Sequence[TableRow]) -> Problem:
        zero = next(self._cells(first, frozenset({_Sign.VALUE})))
        what = f'The lowest level is said to be 1, but there is a {zero.number} in the column "{short(zero.heading)}"'
        todo = (
            f'Use --numbers-from 0. Or say in the mapping file, under "answers", what {zero.number} means, '
            f'such as unknown or "{NO_ANSWER}".'
        )
        return Problem(what, todo, zero.place)


def _readings(question: Question, number: float) -> tuple[Level | None, Level | None]:
    """Return the level with this value, and the one at this place from 1."""
    at = int(number) - 1
    return question.level(number), question.levels[at] if at + 1 == number and 0 <= at < len(question.levels) else None


def _lowest(shown: set[_Sign], *, documented: bool) -> LowestNumber | None:
    """Return the number of the lowest level that cells show; None if they show none, or contradict each other."""
    from_0, from_1 = _Sign.WORDS_FROM_0 in shown, _Sign.WORDS_FROM_1 in shown
    if from_0 != from_1:
        return 0 if from_0 else 1
    if from_0:
        return None
    if _Sign.PLACE in shown:  # a code for "don't know" may be just above the highest level
        return 0 if documented and _Sign.VALUE in shown else None
    return 0 if documented or _Sign.VALUE in shown else None
