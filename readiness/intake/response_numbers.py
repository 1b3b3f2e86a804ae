"""Numbers, codes and times that tell one response from all others: the same, whichever program saved the table.

A spreadsheet makes 7.0 of 7, and 7 of 007, and leaves out the seconds of a time. People write their code in capitals
or not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from readiness.assessment.team_names import identity
from readiness.bank.labels import DONT_KNOW_WORDS, NOT_APPLICABLE_WORDS
from readiness.intake.columns import SurveyColumn
from readiness.intake.dates import order_of, read_moment
from readiness.intake.mapping import DateOrder, TargetKind
from readiness.intake.tables import TableRow
from readiness.intake.values import CellMeanings
from readiness.intake.vendors import PLAIN_TABLE
from readiness.text import plain

_WHOLE = re.compile(r"(\d+)[.,]0")
"""A whole number as programs write it that keep all numbers with a point."""
_NO_CODE = DONT_KNOW_WORDS | NOT_APPLICABLE_WORDS | {"", "no", "none", "no code", "nil", "anon", "anonymous", "null"}
"""What people write who have no code, as ``plain`` leaves it: as a code it would make one person of them all."""
_PADDED = re.compile(r"^0+(?=\d+$)", re.MULTILINE | re.ASCII)


@dataclass(frozen=True, slots=True)
class ResponseNumber:
    """What tells a response from all others, wherever it stands; "" if nothing does.

    ``numbered``: whether it is more than a time at which the form was sent, which two people can share and an edited
    answer changes. ``sent``: its number and when it was sent, the same in whatever team; "" if one is lacking.
    """

    text: str = ""
    numbered: bool = False
    sent: str = ""


class ResponseNumbers:
    """Reads what tells the responses of a table apart, from its ``columns``.

    A column that is named for it goes first, then the program's own number, then what tells responses only together.
    """

    def __init__(
        self, cells: CellMeanings, sent: Sequence[SurveyColumn], order: DateOrder | None, rows: Sequence[TableRow]
    ) -> None:
        layout, self._cells = cells.layout, cells
        self._vendor = layout.vendor
        self._coded = cells.columns(TargetKind.RESPONSE)
        self._alone = () if self._coded else tuple(layout.own_columns(self._vendor.number))
        self._together = () if self._coded else tuple(layout.own_columns(self._vendor.identity))
        self._sent = tuple(sent)
        self.columns = (*self._coded, *self._alone, *self._together)
        self._orders = {column.at: _order(column, rows) or order for column in (*self.columns, *self._sent)}

    def of(self, row: TableRow, team: str) -> ResponseNumber:
        """Return what tells a row's response apart, of the ``team``.

        The organisation is no part of it: who gives it only the next time collects the same files.
        """
        numbers = self._told(row)
        times = [time for column in self._sent if (time := self._time(row, column))]
        told = numbers or (times if self._vendor is not PLAIN_TABLE else [])
        if not told:
            return ResponseNumber()
        program = "" if self._coded and numbers else self._vendor.name
        sent = "\n".join([program, *numbers, *times]) if numbers and times else ""
        return ResponseNumber("\n".join([program, identity(team), *told]), bool(numbers), sent)

    def _told(self, row: TableRow) -> list[str]:
        """Return the codes of a row; or its first number; or else all that tells it together."""
        if codes := [code for column in self._coded if (code := self._time(row, column) or self._code(row, column))]:
            return [*dict.fromkeys(codes)]
        if number := next(filter(None, (self._text(row, column) for column in self._alone)), ""):
            return [number]
        times = {column.at: self._time(row, column) for column in self._together}
        texts = {column.at: times[column.at] or self._text(row, column) for column in self._together}
        if any(texts[at] and not times[at] for at in texts):  # a time beside a number need not be exact
            texts |= {at: time[: len("2026-11-22 09:00")] for at, time in times.items() if time}
        return [text for text in texts.values() if text]

    def _time(self, row: TableRow, column: SurveyColumn) -> str:
        """Return the time in a cell to the second, as there may be nothing else that tells; "" if it holds none."""
        moment = read_moment(row.cell(column.at), self._orders[column.at])
        return "" if moment is None else moment.isoformat(sep=" ")

    def _text(self, row: TableRow, column: SurveyColumn) -> str:
        text = identity(self._cells.meant(row, column))
        whole = _WHOLE.fullmatch(text)
        return whole[1] if whole else text

    def _code(self, row: TableRow, column: SurveyColumn) -> str:
        text = self._text(row, column)
        return "" if plain(text) in _NO_CODE else "".join(text.split()).casefold()


def _order(column: SurveyColumn, rows: Sequence[TableRow]) -> DateOrder | None:
    """Return the order of day and month that the column shows; None if none, or two."""
    try:
        return order_of(row.cell(column.at) for row in rows)
    except ValueError:
        return None


def unpadded(text: str) -> str:
    """Return a number's ``text`` without zeros at the start of what are all digits: spreadsheets leave them out."""
    return _PADDED.sub("", text)
