"""Numbers of thousands of digits, which Python refuses to read: a sentence, wherever they stand."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from readiness.plan.sheets import SENT_SHEET
from tests.program import EXAMPLES, run
from tests.spreadsheets import row_xml, spreadsheet

LONG = "9" * 4_301


@pytest.mark.parametrize("command", ["collect", "batch"])
def test_a_sheet_of_such_a_number_is_not_there(tmp_path: Path, command: str) -> None:
    book = Workbook()
    book.create_sheet("Other")
    book.save(tmp_path / "t.xlsx")
    said = run(command, "t.xlsx", "-o", "out", "--sheet", LONG, cwd=tmp_path, code=1).stderr
    assert "There is no sheet" in said


def test_an_action_of_such_a_number_is_one_without(tmp_path: Path) -> None:
    example = EXAMPLES / "northside-cmht.yaml"
    run("plan", example, "-o", "p.xlsx", cwd=tmp_path, code=0)
    book = load_workbook(tmp_path / "p.xlsx")
    for row in book[SENT_SHEET].iter_rows(min_row=3):
        row[12].value = LONG
    book.save(tmp_path / "q.xlsx")
    (tmp_path / "a.yaml").write_bytes(example.read_bytes())
    run("plan", "a.yaml", "--from", "q.xlsx", "--yes", cwd=tmp_path, code=0)


@pytest.mark.parametrize("digits", [3_000, 4_300, 4_301])
def test_rows_repeated_so_often_are_refused(tmp_path: Path, digits: int) -> None:
    empty = row_xml([""], repeated=2).replace('"2"', f'"{"9" * digits}"')
    rows: list[list[str] | str] = [["Team"], empty, empty, ["A"]]
    spreadsheet(tmp_path / "t.ods", {"S": rows})
    assert run("collect", "t.ods", "-o", "out", cwd=tmp_path, code=1).stderr
