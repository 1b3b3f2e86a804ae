"""A table is read as whoever wrote it meant it: encodings, separators, sheets; and nothing in it is trusted."""

import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.chart import BarChart

from readiness.bank.model import Bank
from readiness.errors import InputError
from readiness.intake import table_files as tables
from readiness.intake.sources import open_sources
from readiness.intake.table_files import read_table
from readiness.uncalculated import UNCALCULATED
from readiness.xlsx_reader import cell_text
from tests.spreadsheets import row_xml, spreadsheet

ROWS = [["team", "note"], ["Café", "a; b, c"], ["Ωmega", "first\nsecond"]]


def read(path: Path) -> list[list[str]]:
    return [[cell_text(cell) for cell in row.cells] for row in read_table(path).rows]


def write(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_encodings_and_separators_are_found_out(tmp_path: Path, encoding: str, separator: str, end: str) -> None:
    lines = [separator.join(f'"{cell}"' for cell in row) for row in ROWS]
    table = write(tmp_path / "a.csv", end.join(lines).encode(encoding))
    assert read(table) == ROWS


def test_what_is_not_unicode_is_read_as_windows_1252_and_told(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "a.csv", "team;note\nCafé;it’s £5\n".encode("cp1252")))
    assert [*table.rows][1].cells == ("Café", "it’s £5")
    assert table.told == 'Windows-1252, separated by ";"'


def test_a_line_that_tells_excel_the_separator_is_no_row_of_the_table(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "a.csv", "sep=;\r\na,b;c\r\n1;2\r\n"))
    assert [(row.number, row.cells) for row in table.rows] == [(2, ("a,b", "c")), (3, ("1", "2"))]


@pytest.mark.parametrize("separator", ['"', "\r"])
def test_what_no_table_is_separated_by_is_taken_from_no_such_line(tmp_path: Path, separator: str) -> None:
    table = read_table(write(tmp_path / "a.csv", f"sep={separator}\na,b\n1,2\n"))
    assert table.told == 'UTF-8, separated by ","'


def test_the_header_decides_on_the_separator_not_what_people_wrote(tmp_path: Path) -> None:
    rows = "team,comment\n" + "North,one; two; three; four; five\n" * 5
    assert read(write(tmp_path / "a.csv", rows))[1] == ["North", "one; two; three; four; five"]


def test_a_table_of_one_column_is_one_column(tmp_path: Path) -> None:
    assert read(write(tmp_path / "a.csv", "pay-parity\n2\n\n3\n")) == [["pay-parity"], ["2"], ["3"]]


def test_rows_have_the_numbers_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "a.csv", 'a,b\n"line\nbreak",1\n,\n2,3\n'))
    assert [row.number for row in table.rows] == [1, 2, 4]
    assert str(table.place(4, 1)).endswith("a.csv:4:2")


def book(path: Path, **sheets: list[list[object]]) -> Path:
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def test_the_first_sheet_that_holds_something_is_read_and_told(tmp_path: Path) -> None:
    table = read_table(book(tmp_path / "a.xlsx", empty=[], answers=[["team"], ["A"]], other=[["x"]]))
    assert [row.cells for row in table.rows] == [("team",), ("A",)]
    assert table.told == 'sheet "answers", of 3 sheets'


def test_a_chart_is_no_sheet_of_cells(tmp_path: Path) -> None:
    made = Workbook()
    made.active.append(["team"])
    chart = BarChart()
    made.create_chartsheet("Chart", 0).add_chart(chart)
    made.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx") == [["team"]]


def test_a_formula_is_not_run_and_without_its_value_it_is_no_empty_cell(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", s=[["team", "x"], ["A", "=1+1"], ['=HYPERLINK("http://127.0.0.1:9/")', "2"]])
    assert read(path) == [["team", "x"], ["A", UNCALCULATED], [UNCALCULATED, "2"]]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", b"", "There is nothing in this table"),
        ("a.csv", b" \n,,\n", "There is nothing in this table"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "a workbook of the old kind"),
        ("a.csv", b"\xff\xfea", "no table that we can read"),
        ("a.csv", b"\x81\x8d\x8f", "no table that we can read"),
        ("a.csv", b'team,note\nA,"never closed\nB,x\n', "a quotation mark that is not closed"),
        ("a.csv", b"team,date,note\nA,2026-01-01,x\nB,2026-0", r"a\.csv:3: The last row is cut off"),
        ("a.csv", b'team,date,note\nA,2026-01-01,"two\nlines"\nB,', r"a\.csv:3: The last row is cut off"),
        ("a.csv", b'team,note\nA,x\nB,"so far', r"a\.csv:3: This row can't be read"),
        ("a.csv", "team,note\né,x\nB,é".encode()[:-1], r"a\.csv: The last row is cut off"),
        ("a.csv", b"x" * 200_000, "This row can't be read"),
        ("a.csv", b"team\n" + b"," * 600, "wider than 500 columns"),
    ],
)
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_table(write(tmp_path / name, data))


@pytest.mark.parametrize(
    "text",
    [
        "team,note\nA,x\nB,",
        "team,note\nA,x\nB\n",
        "team,note\nA,x\n  ",
        "team,note\nA,x\r\n\x09",
        "title\nteam,note\nA,é",
    ],
)
def test_a_table_that_only_lacks_its_last_line_break_or_ends_early_in_a_row_is_whole(tmp_path: Path, text: str) -> None:
    assert read_table(write(tmp_path / "a.csv", text)).rows
    assert read_table(write(tmp_path / "b.csv", text.encode("cp1252"))).rows


def test_a_table_with_too_many_bytes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_BYTES", 2_000_000)
    assert read_table(write(tmp_path / "a.csv", b"x\n" * 1_000)).rows
    with pytest.raises(InputError, match=r"a\.csv: The file is larger than 2 MB"):
        read_table(write(tmp_path / "a.csv", b"x\n" * 1_000_001))


def test_a_table_with_too_many_rows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_COLLECTED", 3)
    assert read_table(write(tmp_path / "a.csv", "a\n" * 103)).rows
    with pytest.raises(
        InputError,
        match=r"a\.csv:104: This table is too large .*: readiness batch .*a\.csv -o reports",
    ):
        read_table(write(tmp_path / "a.csv", "a\n" * 104))


def test_json_results_with_too_many_responses_are_refused(
    bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "MOST_COLLECTED", 3)
    path = write(tmp_path / "a.json", json.dumps([{"language": 1}] * 103))
    assert not open_sources([path], bank).problems
    write(path, json.dumps([{"language": 1}] * 104))
    [problem] = open_sources([path], bank).problems
    assert problem.told.startswith(f"{path}:104: This table is too large")
    assert "more than 3 rows" in problem.told


def test_a_table_with_too_much_text_is_refused(tmp_path: Path) -> None:
    repeated = {"S": [["team"], row_xml(["x" * 150] * 400, repeated=2_000)]}
    with pytest.raises(InputError, match=r"a\.ods:\d+: This table is too large .* or too much text"):
        read_table(spreadsheet(tmp_path / "a.ods", repeated))


def test_a_packed_export_is_to_be_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("form.csv", "a,b")
    with pytest.raises(InputError, match="Unpack it"):
        read_table(tmp_path / "a.zip")


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(st.binary(max_size=80), st.text('a",;\t\n\r\x00=é', max_size=60).map(str.encode)))
def test_any_bytes_are_a_table_or_refused(tmp_path: Path, data: bytes) -> None:
    try:
        table = read_table(write(tmp_path / "a.csv", data))
    except InputError as error:
        assert error.problems  # noqa: PT017 — either outcome is right
    else:
        assert table.rows
