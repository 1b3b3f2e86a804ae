"""Dates are read as they were written; which of two numbers is the day is never guessed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.intake.dates import Ambiguous, order_of, read_date
from readiness.intake.mapping import DateOrder
from readiness.xlsx_reader import Cell

DAY, MONTH = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST
OCTOBER_14 = dt.date(2026, 10, 14)


@pytest.mark.parametrize(
    "cell",
    [
        OCTOBER_14,
        dt.datetime(2026, 10, 14, 23, 59, 59),  # noqa: DTZ001 — a spreadsheet knows no zone
        "2026-10-14",
        "2026/10/14",
        "2026.10.14",
        "2026-10-14 15:04:05",
        "2026-10-14T23:30:00.000Z",
        "2026-10-14T05:40:39.000-04:00",
        "2026/10/14 3:08:44 PM GMT+1",
        "2026/10/14 11:07:29 AM AST",
        "14/10/2026",
        "14/10/26 09:02",
        "10/14/2026",
        "10/14/26 19:06:23",
        "10/14/2026 03:04:05 PM",
        "10/14/2026, 11:59 p.m.",
        "14.10.2026",
        "14-10-2026",
        "14 October 2026",
        "14th Oct 2026",
        "14-Oct-2026",
        "14-Oct-26",
        "October 14, 2026",
        "Oct. 14 2026",
        "Wed Oct 14 2026 09:26:00 GMT+0100 (British Summer Time)",
        "Wed Oct 14 09:26:00 UTC 2026",
        "Wednesday, 14 October 2026",
        "Wednesday 14 October 2026 at 9:26",
        "Wed, 14 Oct 2026 09:26:13 GMT",
        "Wed 14/10/2026",
        "14th of October 2026",
        "14/10/2026 09:26:13",
        "14/10/2026 at 9:26",
        "14 Oct 2026, 9am",
        "October 14, 2026 at 9:26 PM",
        "Oct 14, 26",
        "2026-10-14T09:26:13+01:00",
        "2026-10-14T09:26:13+01:00[Europe/London]",
        "2026-10-14 09:26:13 +0100",
        46309,
        46309.75,
        "46309",
        "46309,75",
        "  14  October\u00a02026 ",
    ],
)
def test_one_day_in_every_way_it_is_written(cell: Cell) -> None:
    assert read_date(cell, None) == OCTOBER_14


@pytest.mark.parametrize("cell", [None, "", "  ", "1980-01-01 00:00:00"])
def test_no_date_is_none(cell: Cell) -> None:
    assert read_date(cell, None) is None


@pytest.mark.parametrize(
    "cell",
    [
        "yesterday",
        "2026-02-30",
        "32/13/2026",
        "14/10",
        "2026",
        "14 Foo 2026",
        12,
        1e9,
        float("inf"),
        float("nan"),
        10**400,
        True,
        dt.time(9),
        "99999",
        "1/2/3",
        "Wednesday",
        "Sun 0/4/2026",
        "14/10/2026 soon at 9",
    ],
)
def test_what_is_no_date_is_refused_with_how_to_write_one(cell: Cell) -> None:
    with pytest.raises(ValueError, match="Write it as year-month-day, like 2026-11-22"):
        read_date(cell, None)


def test_a_day_and_a_month_that_could_be_each_other_are_decided_by_nobody_but_a_person() -> None:
    april, march = dt.date(2026, 4, 3), dt.date(2026, 3, 4)
    assert read_date("03/04/2026", None) == Ambiguous(april, march)
    assert read_date("03/04/2026", DAY) == april
    assert read_date("03/04/2026", MONTH) == march
    assert read_date("05/5/2026", None) == dt.date(2026, 5, 5)
    assert read_date("03.04.2026", MONTH) == april  # with points, the day comes first everywhere


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Fri 03/04/2026", dt.date(2026, 4, 3)),
        ("Wednesday, 03/04/2026 9:26", dt.date(2026, 3, 4)),
        ("Sun 03/04/2026", Ambiguous(dt.date(2026, 4, 3), dt.date(2026, 3, 4))),
    ],
)
def test_a_weekday_tells_the_day_from_the_month_if_it_fits_one(text: str, meant: dt.date | Ambiguous) -> None:
    assert read_date(text, None) == meant
    assert (order_of([text]) is None) == isinstance(meant, Ambiguous)


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["03/04/2026", "Wed 03/04/2026"], MONTH),
        (["03/04/2026", "Sun 0/4/2026"], None),
        (["03/04/2026", "14/04/2026"], DAY),
        (["03/04/2026 10:00", "04/14/2026 10:00"], MONTH),
        (["03/04/2026", "05/05/2026", "", None], None),
        (["14.04.2026", OCTOBER_14, "2026-04-14"], None),
    ],
)
def test_one_row_that_can_be_read_one_way_only_decides_for_its_column(
    cells: list[Cell], order: DateOrder | None
) -> None:
    assert order_of(cells) is order


def test_a_column_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="Some dates begin with the day, and some with the month"):
        order_of(["14/04/2026", "04/14/2026"])


@given(st.dates(dt.date(2000, 1, 1), dt.date(2068, 12, 31)))
def test_every_day_survives_being_written_in_each_order(day: dt.date) -> None:
    assert read_date(f"{day:%d/%m/%Y}", DAY) == day
    assert read_date(f"{day:%m/%d/%y}", MONTH) == day
    assert read_date(f"{day:%d %B %Y}", None) == day
    assert read_date((day - dt.date(1899, 12, 30)).days, None) == day


@given(st.text("0123456789/-.: TZAPMampG+,étoberJan", max_size=30))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        found = read_date(text, None)
    except ValueError:
        found = None
    assert found is None or isinstance(found, (dt.date, Ambiguous))
