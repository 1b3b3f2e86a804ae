"""Workbooks of plain rows: they say what they were given, and nothing in them is more than a value."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from readiness.document.table_workbook import Columns, DataSheet, Imprint, Value, data_workbook, row_height
from tests.report.planned import FORMULA
from tests.report.services import NOTES, SOBER

COLUMNS: Columns = (("What", 20), ("How many", 10))
DAY = dt.date(2026, 10, 14)
IMPRINT = Imprint("A title", "An author", "Northside & Co", "14 October 2026", DAY)
BOTH = (False, True)
"""Kept in memory, and streamed."""


def sheet(rows: Sequence[Sequence[Value]], columns: Columns = COLUMNS, name: str = "Rows", **looks: Any) -> DataSheet:
    return DataSheet(name, columns, rows, **looks)


def written(*sheets: DataSheet, **how: Any) -> bytes:
    return data_workbook(sheets, IMPRINT, SOBER, **how)


def made(*sheets: DataSheet, **how: Any) -> Any:
    return load_workbook(BytesIO(written(*sheets, **how)))


@pytest.mark.parametrize("streamed", BOTH)
def test_values_keep_their_kind(*, streamed: bool) -> None:
    rows: list[Sequence[Value]] = [("words", 3), ("more", 2.5), (None, DAY), ("", 0)]
    cells = [*made(sheet(rows), streamed=streamed)["Rows"].iter_rows(min_row=2)]
    assert [[cell.value for cell in row] for row in cells] == [
        ["words", 3],
        ["more", 2.5],
        [None, dt.datetime.combine(DAY, dt.time())],
        [None, 0],
    ]
    assert cells[2][1].number_format == "d mmm yyyy"


@pytest.mark.parametrize("text", [FORMULA, "=1+1", "http://a.example", "{=1}", "12", "#N/A", "@SUM(1)"])
def test_text_is_text(text: str) -> None:
    book = written(sheet([(text, 1)], columns=((text, 20), ("b", 5))))
    read = load_workbook(BytesIO(book))["Rows"]
    assert [(read[at].value, read[at].data_type) for at in ("A1", "A2")] == [(text, "s")] * 2
    assert read["A2"].hyperlink is None


@pytest.mark.parametrize("streamed", BOTH)
def test_what_no_xml_can_hold_is_dropped(*, streamed: bool) -> None:
    rows = [(f"a{mark}b", 1) for mark in ("\x00", "\x07", "\x1b[31m", "\ufffe", "\uffff", "\ud800", "\u202e")]
    hostile = sheet(rows, columns=(("\uffffWhat\x00", 20), ("b", 5)), name="Ro\x00ws\uffff")
    read = made(hostile, streamed=streamed)["Rows"]
    assert [row[0] for row in read.iter_rows(values_only=True)] == [
        "What",
        "ab",
        "ab",
        "a[31mb",
        "ab",
        "ab",
        "ab",
        "ab",
    ]


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_any_note_can_be_read_back(note: str) -> None:
    assert made(sheet([(note, 1)]))["Rows"]["B2"].value == 1


def test_text_of_several_lines_keeps_them_and_is_cut_to_what_a_cell_holds() -> None:
    read = made(sheet([("one\ntwo  three", 1), ("a" * 40_000, 1)]))["Rows"]
    assert read["A2"].value == "one\ntwo three"
    assert len(read["A3"].value) == 32_767


def test_a_sheet_is_called_what_a_sheet_can_be_called() -> None:
    names = ("Where views differ: what to talk about", "a/b[c]*?", "'quoted'")
    assert made(*(sheet([("a", 1)], name=name) for name in names)).sheetnames == [
        "Where views differ  what to tal",
        "a b c   ",
        " quoted ",
    ]


def test_the_heading_stays_and_filters() -> None:
    read = made(sheet([("a", 1), ("b", 2)]))["Rows"]
    assert (read.freeze_panes, read.auto_filter.ref, read.print_title_rows) == ("B2", "A1:B3", "$1:$1")
    assert read["A1"].font.b


def test_a_sheet_without_rows_is_a_heading() -> None:
    read = made(sheet([], shaded=slice(1, 2)))["Rows"]
    assert [*read.iter_rows(values_only=True)] == [("What", "How many")]


def test_rows_are_as_high_as_their_text_is_long() -> None:
    read = made(sheet([("a", 1), ("a word " * 20, 1), ("a\nb\nc", 1)]))["Rows"]
    heights = [read.row_dimensions[at].height for at in (2, 3, 4)]
    told = [row_height([("a", 20)]), row_height([("a word " * 20, 20)]), row_height([("a\nb\nc", 20)])]
    assert heights == pytest.approx(told, abs=0.5)  # in whole pixels
    assert heights[0] < heights[2] < heights[1] <= 409


def test_as_many_columns_are_printed_as_can_be_read() -> None:
    columns = tuple((f"Column {at}", 30.0) for at in range(9))
    row = ("a",) * 9
    assert made(sheet([row], columns))["Rows"].print_area == "'Rows'!$A$1:$E$2"
    assert made(sheet([row], columns, printed=7))["Rows"].print_area == "'Rows'!$A$1:$G$2"
    assert made(sheet([row], columns, printed=20))["Rows"].print_area == "'Rows'!$A$1:$I$2"
    assert made(sheet([("a",)], (("Wide", 300),)))["Rows"].print_area == "'Rows'!$A$1:$A$2"


def test_each_page_says_whose_it_is_and_which() -> None:
    foot = made(sheet([("a", 1)]))["Rows"].oddFooter
    assert (foot.left.text, foot.right.text) == ("Northside && Co, 14 October 2026", "&A, page &P of &N")


def test_scores_are_shaded_by_how_high_they_are() -> None:
    read = made(sheet([("a", 1), ("b", 99)], shaded=slice(1, 2)))["Rows"]
    assert [str(area.sqref) for area in read.conditional_formatting] == ["B2:B3"]


def test_the_file_says_what_it_is() -> None:
    said = made(sheet([("a", 1)])).properties
    assert (said.title, said.creator, said.created) == ("A title", "An author", dt.datetime.combine(DAY, dt.time()))


@pytest.mark.parametrize("day", [DAY, None])
@pytest.mark.parametrize("streamed", BOTH)
def test_the_same_rows_are_the_same_bytes(day: dt.date | None, *, streamed: bool) -> None:
    imprint = replace(IMPRINT, day=day)
    one, other = (data_workbook([sheet([("a", 1)])], imprint, SOBER, streamed=streamed) for _time in range(2))
    assert one == other
    with ZipFile(BytesIO(one)) as parts:
        assert {part.date_time[0] for part in parts.infolist()} == {1980}
