"""Words are looked up in the language that is spoken, and their blanks are filled by name alone."""

import datetime as dt
from gettext import NullTranslations

import pytest

from readiness.language import ENGLISH, N_, _, drafted, in_long, in_short, n_, speaking, spoken
from readiness.report.languages import catalogue


class Loud(NullTranslations):
    """A language that is English, louder."""

    def gettext(self, message: str) -> str:
        return message.upper() if "{" not in message else f"{message}!"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"{msgid1 if n == 1 else msgid2}!"


def test_what_nobody_translates_stays_as_it_is() -> None:
    assert _("Nothing of the sort") == "Nothing of the sort"
    assert N_("Later") == "Later"
    assert n_("{count} person", "{count} people", 2) == "2 people"
    assert n_("{count} person", "{count} people", 1) == "1 person"
    assert (spoken(), drafted()) == (ENGLISH, False)


def test_a_language_is_spoken_within_and_not_after() -> None:
    with speaking("x-loud", Loud()):
        assert _("yes") == "YES"
        assert _("by {date}", date="May") == "by May!"
        assert n_("{count} step of {all}", "{count} steps of {all}", 3, all=5) == "3 steps of 5!"
        assert spoken() == "x-loud"
    assert _("yes") == "yes"
    assert spoken() == ENGLISH


def test_an_error_within_ends_the_speaking() -> None:
    with pytest.raises(RuntimeError), speaking("x-loud", Loud()):
        raise RuntimeError
    assert spoken() == ENGLISH


def test_a_blank_reaches_nothing_but_the_value_of_its_name() -> None:
    assert _("{x.__class__} {x[0]} {} {x}", x="{y}") == "{x.__class__} {x[0]} {} {y}"
    with pytest.raises(KeyError):
        _("{x} {y}", x=1)


def test_braces_without_values_are_braces() -> None:
    assert _("{as it is}") == "{as it is}"


@pytest.mark.parametrize(
    ("date", "short", "long"),
    [
        (dt.date(2027, 5, 3), "May 2027", "3 May 2027"),
        (dt.date(2026, 12, 31), "Dec 2026", "31 December 2026"),
        (dt.date(987, 1, 1), "Jan 987", "1 January 987"),
    ],
)
def test_a_date_is_written_in_long_and_as_it_heads_a_column(date: dt.date, short: str, long: str) -> None:
    assert (in_short(date), in_long(date)) == (short, long)


def test_a_date_is_written_in_the_language_that_is_spoken() -> None:
    with speaking("cy", catalogue("cy")):
        assert in_short(dt.date(2027, 9, 3)) == "Medi 2027"
        assert in_long(dt.date(2027, 9, 3)) == "3 Medi 2027"


def test_a_draft_says_so() -> None:
    with speaking("cy", catalogue("cy")):
        assert drafted()
