"""Dates that a person types: in a prompt, as an option, in a cell, in a form."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.dates import EARLIEST, HOW, LATEST, typed_day


@pytest.mark.parametrize(
    "text",
    [
        "2027-01-31",
        "2027-1-31",
        "2027/01/31",
        "20270131",
        "31/1/2027",
        "31/1/27",
        "31.01.2027",
        " 31-1-2027 ",
        "31 Jan 2027",
        "31 JANUARY 2027",
        "31 jan. 2027",
        "31-Jan-27",
        "31st  January, 2027",
        "January 31, 2027",
    ],
)
def test_a_date_is_read_as_people_write_it(text: str) -> None:
    assert typed_day(text) == dt.date(2027, 1, 31)


def test_the_ninth_month_has_three_short_names() -> None:
    assert {typed_day(f"1 {name} 2027") for name in ("Sep", "Sept", "September")} == {dt.date(2027, 9, 1)}


@pytest.mark.parametrize(
    "text", ["", "soon", "1/31/2027", "31/2/2027", "2027-13-01", "31 Feb 2027", "3 Janvier 2027", "31/1", "1" * 5000]
)
def test_what_is_no_date_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match=HOW):
        typed_day(text)


@pytest.mark.parametrize("text", ["1999-12-31", "31/01/3027", "1/1/2101"])
def test_a_slip_of_the_hand_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^Write a date from 2000 to 2100\.$"):
        typed_day(text)


@given(st.dates(EARLIEST, LATEST), st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y"]))
def test_every_day_reads_back_in_every_way_of_writing_it(day: dt.date, form: str) -> None:
    assert typed_day(day.strftime(form)) == day
