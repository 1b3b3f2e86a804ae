"""Another process reads workbooks: one for all of a command, and a new one after a workbook that took too much."""

import io
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from readiness.errors import InputError
from readiness.intake.sheets import workbook_table
from readiness.workbook_apart import WorkbookReader
from readiness.workbook_process import serve
from tests.attack.books import BOOKS, book
from tests.program import environment
from tests.spreadsheets import spreadsheet


def written(path: Path, *words: str) -> Path:
    made = Workbook()
    made.active.title = "S"
    for word in words:
        made.active.append([word])
    made.save(path)
    return path


def words(reader: WorkbookReader, path: Path) -> list[str]:
    answer = reader.rows(path, "S", 0)
    return [answer["values"][at] for _, at in answer["rows"]]


def read_all(reader: WorkbookReader, path: Path, sheet: str) -> None:
    for nth in count():
        if not reader.rows(path, sheet, nth)["rows"]:
            return


@pytest.fixture
def starts(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return the processes that are started, as they are."""
    started: list[Any] = []
    start = subprocess.Popen

    def told(*arguments: Any, **named: Any) -> Any:
        started.append(start(*arguments, **named))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", told)
    return started


@pytest.fixture
def reader() -> Iterator[WorkbookReader]:
    made = WorkbookReader()
    yield made
    made.end()


def test_one_process_reads_all_workbooks(tmp_path: Path, starts: list[Any], reader: WorkbookReader) -> None:
    one, other = (written(tmp_path / f"{name}.xlsx", name) for name in ("one", "other"))
    assert [words(reader, path) for path in (one, other, one)] == [["one"], ["other"], ["one"]]
    assert len(starts) == 1
    reader.end()
    assert starts[0].poll() is not None


def test_a_workbook_that_changes_is_read_anew(tmp_path: Path, reader: WorkbookReader) -> None:
    path = written(tmp_path / "a.xlsx", "before")
    assert words(reader, path) == ["before"]
    written(path, "after", "it")
    assert words(reader, path) == ["after", "it"]


def test_rows_of_a_workbook_that_is_changed_meanwhile_are_not_mixed(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", *["before"] * 100)
    table = workbook_table(path, "a.xlsx", None, None)
    rows = iter(table.rows)
    assert next(rows).cells == ("before",)
    written(path, *["after"] * 101)
    for reading in (rows, iter(table.rows)):  # the rest of a pass, and one more pass
        with pytest.raises(InputError, match=r"a\.xlsx: This file was changed while it was read") as error:
            assert {row.cells for row in reading} == {("before",)}
        assert "Run the same command again once it is saved." in str(error.value)
    assert next(iter(workbook_table(path, "a.xlsx", None, None).rows)).cells == ("after",)


def test_after_one_that_takes_too_much_the_next_is_read_and_that_one_is_not_tried_again(
    tmp_path: Path, starts: list[Any], reader: WorkbookReader
) -> None:
    bomb = BOOKS["names.xlsx"](tmp_path / "bomb.xlsx")
    for _ in range(3):
        with pytest.raises(InputError, match=r"bomb\.xlsx: This workbook would take too much memory"):
            read_all(reader, bomb, "S0")
    assert words(reader, written(tmp_path / "a.xlsx", "x")) == ["x"]
    assert len(starts) == 2


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no such clock")
def test_a_workbook_that_takes_too_long_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: WorkbookReader
) -> None:
    start = subprocess.Popen
    hurried = "import readiness.workbook_process as process; process.SECONDS = 0.3; process.main()"
    monkeypatch.setattr(subprocess, "Popen", lambda command, **named: start([*command[:4], "-c", hurried], **named))
    slow = BOOKS["merged cells.xlsx"](tmp_path / "slow.xlsx")
    with pytest.raises(InputError, match=r"slow\.xlsx: This workbook would take too long to read"):
        read_all(reader, slow, "S0")


def test_a_cell_with_too_much_text_is_refused_with_its_place(tmp_path: Path, reader: WorkbookReader) -> None:
    long = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    path = spreadsheet(tmp_path / "a.ods", {"S": [["x"], ["y", long.format("z" * 100_001)]]})
    with pytest.raises(InputError, match=r"a\.ods:2:2: This cell holds more than 100000 characters"):
        read_all(reader, path, "S")


def test_a_process_that_is_killed_is_not_taken_for_the_end_of_the_sheet(
    tmp_path: Path, starts: list[Any], reader: WorkbookReader
) -> None:
    path = written(tmp_path / "a.xlsx", "x")
    assert words(reader, path) == ["x"]
    starts[0].kill()
    with pytest.raises(InputError, match="would take too much memory to read"):
        words(reader, path)


def test_a_sheet_that_is_too_large_is_refused_each_time(tmp_path: Path, reader: WorkbookReader) -> None:
    made = Workbook()
    made.active.title = "S"
    made.active.append(["x"])
    made.active["A200001"] = "x"
    made.save(tmp_path / "a.xlsx")
    for _ in range(2):
        with pytest.raises(InputError, match=r"a\.xlsx:200001: This sheet is larger than 200000 rows"):
            words(reader, tmp_path / "a.xlsx")


def test_a_damaged_workbook_is_said_to_be_damaged_by_a_process_that_has_used_much_memory_itself(tmp_path: Path) -> None:
    damaged = book(tmp_path / "a.xlsx", {"xl/workbook.xml": "<workbook><nothing"})
    script = """
import sys
from pathlib import Path
from readiness.errors import InputError
from readiness.xlsx_reader import sheet_names
filled = b"x" * 400_000_000
try:
    sheet_names(Path(sys.argv[1]))
except InputError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, damaged], env=environment(), capture_output=True, text=True, check=True
    )
    assert "This is not a workbook that we can read" in done.stdout


def test_without_clock_and_limits_as_on_windows_workbooks_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(signal, "setitimer")
    monkeypatch.setitem(sys.modules, "resource", None)
    data = written(tmp_path / "a.xlsx", "x").read_bytes()
    opened = json.dumps({"open": "a.xlsx", "size": len(data)}).encode() + b"\n" + data
    asked = b'{"sheet": "S", "nth": 0}\n{"sheet": "S", "nth": 1}\n'
    answers = io.BytesIO()
    serve(io.BytesIO(opened + asked + opened), answers)
    sheets, rows, end, again = map(json.loads, answers.getvalue().splitlines())
    assert sheets == again == {"sheets": ["S"]}
    assert rows == {"values": ["x"], "rows": [[1, 0]]}
    assert end["rows"] == []


def test_an_empty_row_at_the_end_of_a_sheet_as_calc_writes_it_is_no_row(tmp_path: Path) -> None:
    # Once a row was deleted, LibreOffice writes the last row that a sheet can have.
    path = written(tmp_path / "a.xlsx", "one", "two")
    made = tmp_path / "calc.xlsx"
    with ZipFile(path) as found, ZipFile(made, "w") as other:
        for name in found.namelist():
            data = found.read(name)
            other.writestr(name, data.replace(b"</sheetData>", b'<row r="1048576" ht="12.8"></row></sheetData>'))
    reader = WorkbookReader()
    try:
        assert words(reader, made) == ["one", "two"]
    finally:
        reader.end()


def test_thousands_of_rows_of_empty_cells_are_too_many(tmp_path: Path, reader: WorkbookReader) -> None:
    path = written(tmp_path / "a.xlsx", "one")
    made = tmp_path / "wide.xlsx"
    with ZipFile(path) as found, ZipFile(made, "w", ZIP_DEFLATED) as other:
        for name in found.namelist():
            rows = b'<row><c r="XFD1"/></row>' * 100_000 + b"</sheetData>"
            other.writestr(name, found.read(name).replace(b"</sheetData>", rows))
    with pytest.raises(InputError, match=r"wide\.xlsx: This workbook holds more than"):
        words(reader, made)


def test_after_two_that_took_long_in_vain_no_other_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: WorkbookReader
) -> None:
    monkeypatch.setattr("readiness.workbook_apart._LONG", -1.0)
    for name in ("a", "b"):
        (tmp_path / f"{name}.xlsx").write_bytes(b"PK no workbook")
        with pytest.raises(InputError):
            words(reader, tmp_path / f"{name}.xlsx")
    with pytest.raises(
        InputError, match=r"c\.xlsx: This workbook was not opened, because others took too long to read"
    ):
        words(reader, written(tmp_path / "c.xlsx", "x"))


def test_workbooks_with_nothing_in_them_may_not_take_long_all_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: WorkbookReader
) -> None:
    monkeypatch.setattr("readiness.workbook_apart._NOTICED", -1.0)
    monkeypatch.setattr("readiness.workbook_apart._MOST_IN_VAIN", 0.0)
    made = Workbook()
    made.active.title = "Empty"
    made.create_sheet("S").append(["x"])
    made.save(tmp_path / "a.xlsx")
    for sheet in ("Empty", "S"):
        reader.rows(tmp_path / "a.xlsx", sheet, 0)
    empty = written(tmp_path / "b.xlsx")
    assert words(reader, empty) == words(reader, empty) == []
    with pytest.raises(InputError, match=r"c\.xlsx: This workbook was not opened, .* too long to read: \S*b\.xlsx\. "):
        words(reader, written(tmp_path / "c.xlsx", "x"))
