"""Reads dates as survey programs and spreadsheets write them. Which of two numbers is the day is never guessed."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from readiness.dates import DAY_NAMED, MONTH_NAMED, TWO_NUMBERS, YEAR_FIRST, date_of
from readiness.intake.mapping import DateOrder
from readiness.xlsx_reader import Cell

_HALF = r"[AaPp]\.?[Mm]\.?"
_ZONE = r"(?:[Zz]|[A-Za-z]{2,5})?\s*(?:[+-]\d{1,2}(?::?\d{2})?)?(?:\s*\([^()]*\)|\[[^\[\]]*\])?"
_CLOCK = rf"(?:\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}}(?:[.,]\d+)?)?\s*(?:{_HALF})?|\d{{1,2}}\s*{_HALF})"
_TIME = rf"(?:(?:[T ,]+| ?,? at ){_CLOCK}\s*{_ZONE})?"
"""A time after the date, which is left out. Its zone can be a name, hours from UTC, or both, and words in brackets."""
_WEEKDAY = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? ", re.IGNORECASE)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_YEAR_FIRST = re.compile(f"{YEAR_FIRST}{_TIME}")
_TWO_NUMBERS = re.compile(f"{TWO_NUMBERS}{_TIME}")
_DAY_NAMED = re.compile(f"{DAY_NAMED}{_TIME}")
_MONTH_NAMED = re.compile(f"{MONTH_NAMED}{_TIME}")
_YEAR_LAST = re.compile(rf"([A-Za-z]{{3}}) (\d{{1,2}}) {_CLOCK} {_ZONE} ?(\d{{4}})")
"""A date around its time: Nov 22 09:26:00 UTC 2026."""
_CLOCK_IN = re.compile(
    rf"(?<!\d)(\d{{1,2}}):(\d{{2}})(?::(\d{{2}}(?:[.,]\d{{1,9}})?))?\s?({_HALF})?[A-Za-z\s]{{0,6}}"
    r"(?:([+-])(\d{1,2}):?(\d{2})?)?"
)
"""A time of day within a text: hours, minutes, seconds, half of the day, and hours from UTC."""
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")

_SERIAL_DAY_0 = dt.date(1899, 12, 30)
_SERIALS = range(36_526, 73_051)
"""Days since Excel's day 0 that are taken for a date: 2000 to 2099."""

_MOST_MONTHS = 12
_HALF_A_SECOND = dt.timedelta(milliseconds=500)

_NO_DATE = dt.date(1980, 1, 1)
"""LimeSurvey's date of every response to a survey that keeps none."""

TODO = "Write it as year-month-day, like 2026-11-22."
DIFFER = "Some dates begin with the day, and some with the month. Write them all as year-month-day."
"""What to say of a column of dates that contradicts itself."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A date that can be read in two ways."""

    day_first: dt.date
    month_first: dt.date


def read_date(cell: Cell, order: DateOrder | None) -> dt.date | Ambiguous | None:
    """Return the date in a cell, with or without a time, which is left out; None if the cell is empty.

    Understood are a spreadsheet's dates and their serial numbers, 2026-11-22 and 2026/11/22, 22/11/2026 and 11/22/2026,
    22.11.2026, 22 November 2026 and Nov 22, 2026, each with or without a weekday before it. ``order`` says which of
    two numbers is the day, if both could be and no weekday tells.
    Raises ValueError, which says how to write it, if it is none.
    """
    found = _date(cell, order)
    return None if found == _NO_DATE else found


def _date(cell: Cell, order: DateOrder | None) -> dt.date | Ambiguous | None:
    match cell:
        case None | "":
            return None
        case dt.datetime():
            return cell.date()
        case dt.date():
            return cell
        case bool() | dt.time():
            raise ValueError(TODO)
        case int() | float():
            return _from_serial(cell)
    text = " ".join(cell.split())
    return _from_text(text, order) if text else None


def _from_serial(number: float) -> dt.date:
    if not _SERIALS.start <= number < _SERIALS.stop:  # nor is what is no number, or has no end
        raise ValueError(TODO)
    return _SERIAL_DAY_0 + dt.timedelta(days=int(number))


def _from_text(text: str, order: DateOrder | None) -> dt.date | Ambiguous:
    weekday, text = _parted(text)
    if found := _YEAR_FIRST.fullmatch(text):
        return _made(found[1], found[3], found[4])
    if found := _TWO_NUMBERS.fullmatch(text):
        return _two_numbers(found, _order_of_numbers(found, weekday) or order)
    if found := _DAY_NAMED.fullmatch(text):
        return _made(found[3], found[2], found[1])
    if found := _MONTH_NAMED.fullmatch(text) or _YEAR_LAST.fullmatch(text):
        return _made(found[3], found[1], found[2])
    if _SERIAL.fullmatch(text):
        return _from_serial(float(text.replace(",", ".")))
    raise ValueError(TODO)


def _two_numbers(found: re.Match[str], order: DateOrder | None) -> dt.date | Ambiguous:
    first, second, year = found[1], found[3], found[4]
    if found[2] == ".":
        order = DateOrder.DAY_FIRST
    if int(first) == int(second) or order is DateOrder.DAY_FIRST:
        return _made(year, second, first)
    if order is DateOrder.MONTH_FIRST:
        return _made(year, first, second)
    return Ambiguous(_made(year, second, first), _made(year, first, second))


def read_moment(cell: Cell, order: DateOrder | None) -> dt.datetime | None:
    """Return a date with its time to the second, at UTC if the cell says how far from it; None if it holds no such.

    ``order`` as in ``read_date``.
    """
    try:
        found = cell if isinstance(cell, dt.datetime) else _moment_in(cell, order) if isinstance(cell, str) else None
        if found is None:
            return None
        at_utc = found if found.utcoffset() is None else found.astimezone(dt.UTC).replace(tzinfo=None)
        return (at_utc + _HALF_A_SECOND).replace(microsecond=0)  # workbooks hold parts of a day, and not seconds
    except (ValueError, OverflowError):
        return None


def _moment_in(text: str, order: DateOrder | None) -> dt.datetime | None:
    clock = _CLOCK_IN.search(text)
    date = read_date(text, order) if clock else None
    if clock is None or not isinstance(date, dt.date):
        return None
    hour, minute, seconds, half, sign, away, more = clock.groups()
    hours = int(hour) % 12 + 12 * (half[0] in "Pp") if half else int(hour)
    found = dt.datetime.combine(date, dt.time(hours, int(minute)))
    from_utc = dt.timedelta(hours=int(away or 0), minutes=int(more or 0))
    found += dt.timedelta(seconds=float((seconds or "0").replace(",", ".")))
    return found + from_utc if sign == "-" else found - from_utc


def order_told(cell: Cell) -> DateOrder | None:
    """Return the order of day and month that a date can only have; None if it can have both, or has none."""
    if not isinstance(cell, str):
        return None
    weekday, text = _parted(" ".join(cell.split()))
    found = _TWO_NUMBERS.fullmatch(text)
    return None if found is None or found[2] == "." else _order_of_numbers(found, weekday)


def _parted(text: str) -> tuple[int | None, str]:
    """Return the weekday before a date (Monday is 0; None if there is none), and the rest."""
    found = _WEEKDAY.match(text)
    return (_WEEKDAYS.index(found[1].casefold()), text[found.end() :]) if found else (None, text)


def _order_of_numbers(found: re.Match[str], weekday: int | None) -> DateOrder | None:
    """Return which number is the day if only one can be, or if the weekday fits only one."""
    first, second, year = found[1], found[3], found[4]
    if int(first) > _MOST_MONTHS:
        return DateOrder.DAY_FIRST
    if int(second) > _MOST_MONTHS:
        return DateOrder.MONTH_FIRST
    if weekday is None or not (int(first) and int(second)):
        return None
    readings = {DateOrder.DAY_FIRST: _made(year, second, first), DateOrder.MONTH_FIRST: _made(year, first, second)}
    fitting = [order for order, date in readings.items() if date.weekday() == weekday]
    return fitting[0] if len(fitting) == 1 else None


def is_left_as_text(cell: Cell) -> bool:
    """Return whether a cell is the text of a date such as 3/25/2026, of which only one number can be the month."""
    if not isinstance(cell, str):
        return False
    found = _TWO_NUMBERS.fullmatch(" ".join(cell.split()))
    return found is not None and found[2] != "." and _order_of_numbers(found, None) is not None


def may_be_turned(cell: Cell) -> bool:
    """Return whether a spreadsheet made a date of the cell that it would also make with day and month exchanged."""
    if cell is None or (isinstance(cell, str) and not _SERIAL.fullmatch(cell.strip())):
        return False
    try:
        date = _date(cell, None)
    except ValueError:
        return False
    return isinstance(date, dt.date) and date.day <= _MOST_MONTHS and date.day != date.month


def order_of(cells: Iterable[Cell]) -> DateOrder | None:
    """Return the order of day and month in one column, if at least one of its dates can have one order only.

    Raises ValueError if some say one thing and some the other.
    """
    told = {order for cell in cells if (order := order_told(cell)) is not None}
    if len(told) > 1:
        raise ValueError(DIFFER)
    return told.pop() if told else None


def _made(year: str, month: str, day: str) -> dt.date:
    try:
        return date_of(year, month, day)
    except ValueError:
        raise ValueError(TODO) from None
