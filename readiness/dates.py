"""Dates as people write them, in one place. Where a person types two numbers, the day comes first, as in Britain."""

import calendar
import datetime as dt
import re
import time

EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2100, 12, 31)
"""The first and the last day that is taken: what lies outside is a slip of the hand."""

HOW = "Write a date, such as 31/01/2027."
"""What is said where something typed is no date."""

YEAR_FIRST = r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})"
TWO_NUMBERS = r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})"
DAY_NAMED = r"(\d{1,2})(?:st|nd|rd|th)?(?:[ -]| of )([A-Za-z]{3,9})\.?,?[ -](\d{4}|\d{2})"
MONTH_NAMED = r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4}|\d{2})"
"""The ways to write a date: 2027-01-31; 31/01/2027 and 31/1/27; 31 January 2027 and 31-Jan-27; Jan 31, 2027."""


def local_day(seconds: float | None = None) -> dt.date:
    """Return the day where this computer is: today, or that of so many ``seconds`` since 1970.

    Raises OSError, OverflowError or ValueError if it is no day of the years 1 to 9999.
    """
    return dt.date(*time.localtime(seconds)[:3])  # datetime knows no zone that is 24 hours away, which TZ can name


def typed_day(text: str) -> dt.date:
    """Return the date that a person typed: 2027-01-31, 31/1/2027, 31.01.27, 31 Jan 2027 or January 31, 2027.

    Raises ValueError, which says what to write, where it is none or lies outside of what is taken.
    """
    try:
        day = _day(" ".join(text.split()))
    except ValueError:
        raise ValueError(HOW) from None
    if not EARLIEST <= day <= LATEST:
        raise ValueError(f"Write a date from {EARLIEST.year} to {LATEST.year}.")
    return day


def _day(words: str) -> dt.date:
    if found := re.fullmatch(YEAR_FIRST, words):
        return date_of(found[1], found[3], found[4])
    if found := re.fullmatch(TWO_NUMBERS, words):
        return date_of(found[4], found[3], found[1])
    if found := re.fullmatch(DAY_NAMED, words):
        return date_of(found[3], found[2], found[1])
    if found := re.fullmatch(MONTH_NAMED, words):
        return date_of(found[3], found[1], found[2])
    return dt.date.fromisoformat(words)


def date_of(year: str, month: str, day: str) -> dt.date:
    """Return the date; the year may have two digits, the month be a number or a name, or how a name begins.

    Raises ValueError if there is no such day.
    """
    full = int(year) + (2000 if len(year) == 2 else 0)  # noqa: PLR2004 — two digits
    return dt.date(full, int(month) if month.isdecimal() else _month(month.casefold()), int(day))


def _month(name: str) -> int:
    """Return the month's number; 0, which is none, where no month is called so."""
    return next((at for at, month in enumerate(_MONTHS, start=1) if month.startswith(name)), 0)


_MONTHS = tuple(name.casefold() for name in calendar.month_name[1:])
