"""A long table is understood from its first rows as from all of them, and a row that contradicts them is wrong."""

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from readiness.bank.model import Bank
from readiness.batch.row_reader import TableTerms, table_rows
from readiness.batch.scorer import Marking
from readiness.errors import InputError
from readiness.intake.dates import is_left_as_text, may_be_turned
from readiness.intake.headings import Names
from readiness.intake.mapping import DateOrder, Mapping
from readiness.intake.survey import RowReading, SurveyReader
from readiness.intake.table_files import open_table
from readiness.roundtrip.form_entries import Given
from readiness.xlsx_reader import Cell
from tests.intake.written import collect, problems, table

FIRST_ROWS = 3
"""Of a table, the row of headings among them."""


def read(bank: Bank, path: Path, dates: DateOrder | None = None) -> tuple[SurveyReader, list[RowReading]]:
    names, mapping = Names.of(bank, {}), Mapping(bank=bank.id, dates=dates)
    reader = SurveyReader(open_table(path), names, mapping, Given(team="A"), sample=FIRST_ROWS)
    assert reader.table_problems() == ()
    return reader, [reader.read(row) for row in reader.rows()]


def dates(readings: Sequence[RowReading]) -> list[str]:
    return [str(one.assessment.date) if one.assessment and one.understood else "?" for one in readings]


def said(reader: SurveyReader, reading: RowReading) -> list[str]:
    return [str(problem).partition(": ")[2] for problem in reader.as_problems(reading)]


def days(folder: Path, *cells: str) -> Path:
    return table(folder, "\n".join(["date|language", *(f"{cell}|1" for cell in cells)]))


def test_a_date_in_doubt_is_read_by_the_first_row_that_shows_the_order_however_far_below(
    bank: Bank, tmp_path: Path
) -> None:
    path = days(tmp_path, "03/04/2026", "05/04/2026", "", "06/04/2026", "04/14/2026", "07/04/2026")
    _, readings = read(bank, path, DateOrder.DAY_FIRST)
    assert dates(readings) == ["2026-03-04", "2026-05-04", "?", "2026-06-04", "2026-04-14", "2026-07-04"]


def test_a_row_that_contradicts_those_before_it_is_wrong_and_the_others_are_not(bank: Bank, tmp_path: Path) -> None:
    path = days(tmp_path, "14/04/2026", "15/04/2026", "03/04/2026", "04/14/2026", "05/04/2026")
    reader, readings = read(bank, path)
    assert dates(readings) == ["2026-04-14", "2026-04-15", "2026-04-03", "?", "2026-04-05"]
    assert said(reader, readings[3]) == [
        (
            'Dates differ in the column "date". Some dates begin with the day, and some with the month.'
            " Write them all as year-month-day."
        )
    ]


def test_columns_of_the_date_that_differ_are_told_as_those_of_anything_else_are(bank: Bank, tmp_path: Path) -> None:
    rows = [
        "2026-11-22|2026-11-23|1",
        "2026-11-22|2026-11-22|1",
        "2026-11-22||1",
        "|2026-11-22|1",
        "2026-04-03|03/04/2026|1",
    ]
    reader, readings = read(bank, table(tmp_path, "\n".join(["date|date completed|language", *rows])))
    assert dates(readings) == ["?", "2026-11-22", "2026-11-22", "2026-11-22", "2026-04-03"]
    assert said(reader, readings[0]) == [
        'The columns "date" and "date completed" say different dates. Empty all of these cells but one.'
    ]


def test_a_date_in_doubt_that_no_row_decides_is_open_in_each_row_or_read_as_was_said(
    bank: Bank, tmp_path: Path
) -> None:
    path = days(tmp_path, "2026-11-22", "2026-11-22", "2026-11-22", "03/04/2026", "05/05/2026")
    reader, readings = read(bank, path)
    assert dates(readings)[3:] == ["?", "2026-05-05"]
    assert said(reader, readings[3]) == [
        '"03/04/2026" can be 3 April 2026 or 4 March 2026. Say which with --day-first or --month-first.'
    ]
    assert dates(read(bank, path, DateOrder.MONTH_FIRST)[1])[3] == "2026-03-04"


A_SERIAL = "46115"
"""3 April 2026, as a spreadsheet counts days: perhaps made of 3/4/2026, which was 4 March."""


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        (["2026-11-22", "2026-11-22", A_SERIAL, "03/25/2026", "03/26/2026", "46128"], [3, 4]),
        (["2026-11-22", "03/25/2026", "03/26/2026", A_SERIAL, "03/04/2026", "46128"], [3]),
        (["2026-11-22", "2026-11-22", A_SERIAL, "25.03.2026", "2026-03-25", "03/04/2026"], []),
    ],
)
def test_a_row_that_shows_that_a_spreadsheet_understood_only_some_dates_is_wrong(
    bank: Bank, tmp_path: Path, cells: Sequence[str], wrong: Sequence[int]
) -> None:
    reader, readings = read(bank, days(tmp_path, *cells), DateOrder.MONTH_FIRST)
    assert [at for at, day in enumerate(dates(readings)) if day == "?"] == wrong
    for at in wrong:
        [told] = said(reader, readings[at])
        assert told.startswith('Of the dates in the column "date", a spreadsheet understood only some: "03/25/2026"')


@pytest.mark.parametrize("order", [None, *DateOrder])
@pytest.mark.parametrize("made", [dt.datetime(2026, 4, 3, 9, 5), 46115])  # noqa: DTZ001 — a spreadsheet knows no zone
def test_dates_of_which_a_spreadsheet_understood_only_some_are_refused_whatever_order_is_said(
    bank: Bank, tmp_path: Path, order: DateOrder | None, made: object
) -> None:
    book = Workbook()
    for row in [("date", "language"), (dt.date(2026, 3, 25), 0), (made, 3), ("3/25/2026 9:05", 1), ("", 1)]:
        book.active.append(row)
    path = tmp_path / "opened.xlsx"
    book.save(path)
    found = collect(bank, path, Mapping(bank=bank.id, dates=order))
    told = (
        f'{path}:1:1: Of the dates in the column "date", a spreadsheet understood only some: "3/25/2026 9:05" in row 4'
        " is still a text. So day and month may have changed places in the others, such as in row 3. Use the export as"
        " it came, not opened in a spreadsheet. Or check all dates, and write them as 2026-11-22."
    )
    assert problems(bank, found) == [told]
    with pytest.raises(InputError) as error:
        [*table_rows(open_table(path), Marking(bank), TableTerms.of(bank, Mapping(bank=bank.id, dates=order)))]
    assert told in str(error.value).splitlines()


@pytest.mark.parametrize(
    "cells",
    [
        [dt.date(2026, 3, 25), "3/25/2026"],  # its day was never taken for a month
        [dt.date(2026, 5, 5), "3/25/2026"],  # nothing changes if they change places
        [dt.date(2026, 4, 3), "25.3.2026"],  # with points, the day comes first everywhere
        [dt.date(2026, 4, 3), "2026-03-25"],
        [dt.date(2026, 4, 3), "25 March 2026"],
    ],
)
def test_dates_that_a_spreadsheet_can_only_have_understood_rightly_are_read(cells: Sequence[Cell]) -> None:
    assert not (any(map(may_be_turned, cells)) and any(map(is_left_as_text, cells)))


def test_a_column_that_was_empty_and_unknown_is_open_in_the_row_that_fills_it(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "date|language|Colour\n" + "2026-11-22|1|\n" * 4 + "2026-11-22|1|red")
    reader, readings = read(bank, path)
    assert dates(readings) == [*["2026-11-22"] * 4, "?"]
    [problem] = reader.as_problems(readings[4])
    assert str(problem).startswith(f'{path}:6:3: We don’t recognise the column "Colour". Nearest: ')


def test_a_table_without_a_date_in_its_first_rows_lacks_it_row_by_row(bank: Bank, tmp_path: Path) -> None:
    reader, readings = read(bank, days(tmp_path, "", "", "", "2026-11-22"))
    assert dates(readings) == ["?", "?", "?", "2026-11-22"]
    todo = "Fill it in, or give --date. If nobody answered in this row, delete it from the table."
    assert said(reader, readings[0]) == [f"This row has no date. {todo}"]


def test_lines_of_json_may_bring_new_fields_at_any_time(bank: Bank, tmp_path: Path) -> None:
    lines: list[dict[str, object]] = [{"date": "2026-11-22", "language": 1}] * 4
    lines += [{"pay-parity": 2, "date": "2026-11-23"}, {"language": 3, "date": "2026-11-24", "colour": "red"}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    reader, readings = read(bank, tmp_path / "a.jsonl")
    assert dates(readings) == [*["2026-11-22"] * 4, "2026-11-23", "?"]
    assert readings[4].assessment is not None
    assert {name: one.level for name, one in readings[4].assessment.responses.items()} == {"pay-parity": 2}
    assert said(reader, readings[5])[0].startswith('We don’t recognise the column "colour".')


@pytest.mark.parametrize("cells", [("A", "2026-11-22", "1", "x"), ("A", "2026-11-22", "", "x")])
def test_a_cell_beside_the_headings_is_wrong(bank: Bank, tmp_path: Path, cells: tuple[str, ...]) -> None:
    path = table(tmp_path, f"team|date|language\n{'|'.join(cells)}")
    reader, [reading] = read(bank, path)
    assert said(reader, reading) == [
        (
            "This row has more cells than there are headings."
            " Look for a separator inside a cell that has no quotes around it."
        )
    ]


@pytest.mark.parametrize(("cell", "wrong"), [("North;2026-11-22;1", True), ("Well; thank you", False)])
def test_a_row_whose_cells_all_stand_in_one_is_no_row_without_answers(
    bank: Bank, tmp_path: Path, cell: str, *, wrong: bool
) -> None:
    path = table(tmp_path, f"team|date|language\nA|2026-11-22|1\n{cell}||")
    reader, [_, reading] = read(bank, path)
    told = [text for text in said(reader, reading) if text.startswith("All of this row stands in one cell")]
    assert bool(told) is wrong


def test_headings_are_known_below_rows_that_are_no_table(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "Report|by|A. Person\nof|22 November|\n\nteam|date|language\nA|2026-11-22|1")
    reader = SurveyReader(open_table(path), Names.of(bank, {}), Mapping(bank=bank.id), Given())
    assert reader.layout.above == (1, 2)
    assert dates([reader.read(row) for row in reader.rows()]) == ["2026-11-22"]


def test_a_submission_to_kobo_that_is_edited_stays_one_response(bank: Bank, tmp_path: Path) -> None:
    head = "team|date|language|_id|_uuid|_submission_time"
    ids = []
    for uuid in ("bd96f0f7-1", "0c3e55a1-2"):  # each edit gives another
        path = table(tmp_path, f"{head}\nA|2026-11-22|0|400001|{uuid}|2026-11-22T09:00:00")
        _, [reading] = read(bank, path)
        ids.append(reading.response)
    assert ids[0]
    assert ids[0] == ids[1]
