"""Workbooks that come back are not trusted."""

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from readiness import xlsx_reader as workbooks
from readiness.errors import MOST_TOLD, InputError
from readiness.sheet_marks import MOST_MERGED, Merged, SheetMarks
from readiness.uncalculated import UNCALCULATED
from readiness.xlsx_reader import cell_text, column_letter, header, merged_problems, sheet_marks, sheet_rows


def book(path: Path, *rows: list[object]) -> Path:
    made = Workbook()
    made.active.title = "Sheet"
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


def said(error: pytest.ExceptionInfo[InputError]) -> str:
    return str(error.value)


def test_rows_are_yielded_with_their_numbers_and_empty_ones_are_not(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ["x", 1], [], [None, ""], [dt.date(2027, 1, 31), 2.5, True])
    rows = [*sheet_rows(path, "Sheet")]
    assert [row.number for row in rows] == [1, 4]
    assert [cell_text(cell) for cell in rows[1].cells] == ["2027-01-31", "2.5", "True"]


def test_merged_cells_notes_and_hidden_rows_are_known_where_they_are(tmp_path: Path) -> None:
    made = Workbook()
    made.active.merge_cells("A1:B2")
    sheet = made.create_sheet("S")
    sheet.merge_cells("B4:C6")
    sheet.merge_cells("AA7:AA9")
    sheet["D7"].comment = Comment("She said two", "Ann")
    sheet["A9"], sheet["A10"] = "x", "y"
    sheet.row_dimensions[9].hidden, sheet.row_dimensions[10].height = True, 30
    made.save(tmp_path / "a.xlsx")
    merged = (Merged(4, 2, 6, 3), Merged(7, 27, 9, 27))
    assert sheet_marks(tmp_path / "a.xlsx", "S") == SheetMarks(merged, notes=((7, 4),), hidden=(9,))
    assert sheet_marks(tmp_path / "a.xlsx", "Sheet") == SheetMarks((Merged(1, 1, 2, 2),))


@pytest.mark.parametrize("prefix", [b"", b"x:"])
def test_merged_cells_of_a_long_sheet_are_all_known_and_too_many_are_refused(tmp_path: Path, prefix: bytes) -> None:
    path = book(tmp_path / "a.xlsx", ["x"])
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet, whole = "xl/worksheets/sheet1.xml", parts["xl/worksheets/sheet1.xml"]
    for count in (MOST_MERGED, MOST_MERGED + 1):
        ranges = b"".join(
            b'<%smergeCell %s ref="A%d:A%d"/>' % (prefix, b" " * 200, at, at + 1) for at in range(1, 2 * count, 2)
        )
        parts[sheet] = whole.replace(b"</sheetData>", b"</sheetData><mergeCells>" + ranges + b"</mergeCells>")
        with zipfile.ZipFile(path, "w") as package:
            for name, data in parts.items():
                package.writestr(name, data)
        if count == MOST_MERGED:
            assert sheet_marks(path, "Sheet").merged == tuple((at, 1, at + 1, 1) for at in range(1, 2 * count, 2))
    with pytest.raises(InputError, match="This sheet has more than 10000 merged cells"):
        sheet_marks(path, "Sheet")


def test_the_first_of_many_merged_ranges_are_told_and_how_many_more_there_are() -> None:
    ranges = [Merged(row, 1, row, 2) for row in range(1, MOST_TOLD + 2)]
    assert len([*merged_problems(ranges[:-1], "a.xlsx")]) == MOST_TOLD
    *first, last = merged_problems(ranges, "a.xlsx")
    assert (len(first), first[-1].what.split()[0]) == (MOST_TOLD - 1, f"A{MOST_TOLD - 1}:B{MOST_TOLD - 1}")
    assert str(last) == "a.xlsx: 2 more ranges of cells are merged in this sheet. Unmerge them, too."


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ["x"])
    with pytest.raises(InputError) as error:
        list(sheet_rows(path, "Plan"))
    assert said(error) == f'{path}: There is no sheet "Plan" in this workbook. It has: Sheet.'


@pytest.mark.parametrize("prefix", [b"", b"x:"])
def test_formulas_without_their_values_are_no_empty_cells_in_a_long_sheet_either(tmp_path: Path, prefix: bytes) -> None:
    # The sheet is looked through in pieces of a megabyte: whatever its tags are called, no cell may be cut in two.
    rows: list[list[object]] = [["=" + "1+" * 300 + "1"]] * 5_000
    path = book(tmp_path / "a.xlsx", *rows)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    named = re.sub(rb"<(/?)(?=\w)", rb"<\1" + prefix, parts[sheet])
    parts[sheet] = named.replace(b" xmlns=", b" xmlns:x=") if prefix else named
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    assert [cell for row in sheet_rows(path, "Sheet") for cell in row.cells] == [UNCALCULATED] * 5_000


@pytest.mark.parametrize(
    ("cell", "is_read"),
    [
        ('<c r="B1"><f>1+1</f><v>2</v></c>', True),
        ('<c r="B1" t="str"><f>""</f><v></v></c>', True),
        ('<c r="B1" t="str"><f>A1</f><v>&lt;f&gt;</v></c>', True),
        ('<c r="B1"><f t="shared" si="0"/><v>2</v></c>', True),
        ('<c r="B1"><f>1+1</f><v/></c>', False),
        ('<c r="B1"><f>1+1</f><v></v></c>', False),
        ('<c r="B1"><f>1+1</f></c>', False),
        ('<c r="B1"><f t="shared" si="0"/></c>', False),
        ('<c r="B1" s="1">\n<f t="array" ref="B1">A1</f>\n</c>', False),
        ("<c><f>1+1</f></c>", False),
    ],
)
def test_a_formula_counts_only_with_its_value(tmp_path: Path, cell: str, *, is_read: bool) -> None:
    path = book(tmp_path / "a.xlsx", ["x", "y"])
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(rb'<c r="B1".*?</c>', cell.encode(), parts[sheet])
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    (row,) = sheet_rows(path, "Sheet")
    assert (UNCALCULATED not in row.cells) is is_read
    assert row.cells[0] == "x"


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04 cut", b"\xd0\xcf\x11\xe0 an old .xls"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    with pytest.raises(InputError, match="not a workbook that we can read"):
        list(sheet_rows(path, "Sheet"))


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("hello.txt", "hello")
    with pytest.raises(InputError, match="not a workbook that we can read"):
        list(sheet_rows(path, "Sheet"))


def test_a_part_that_can_not_be_unpacked_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", *[["x" * 50, at] for at in range(200)])
    with zipfile.ZipFile(path) as file:
        start = file.getinfo("xl/worksheets/sheet1.xml").header_offset
    data = bytearray(path.read_bytes())
    data[start + 60 : start + 100] = b"\xff" * 40
    path.write_bytes(data)
    with pytest.raises(InputError, match="not a workbook that we can read"):
        list(sheet_rows(path, "Sheet"))


def test_a_workbook_cut_short_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", *[["x" * 50, at] for at in range(200)])
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(InputError, match="not a workbook that we can read"):
        list(sheet_rows(path, "Sheet"))


@pytest.mark.parametrize("cell", ["A200001", "XFD1", "XFD1048576"])
def test_one_cell_far_out_does_not_make_us_read_billions(tmp_path: Path, cell: str) -> None:
    made = Workbook()
    made.active.title = "Sheet"
    made.active[cell] = "x"
    path = tmp_path / "far.xlsx"
    made.save(path)
    with pytest.raises(InputError, match="larger than 200000 rows or 500 columns"):
        list(sheet_rows(path, "Sheet"))


def test_what_a_spreadsheet_program_adds_of_its_own_is_passed_over_in_silence(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ["x"])
    lists = b"""<extLst><ext uri="{CCE6A557-97BC-4B89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>"""
    saved = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(saved, "w") as new:
        for part in old.infolist():
            new.writestr(part.filename, old.read(part).replace(b"</worksheet>", lists))
    path.write_bytes(saved.getvalue())
    assert [row.cells for row in sheet_rows(path, "Sheet")] == [("x",)]


def test_a_size_that_a_sheet_claims_is_not_believed(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ["x"])
    claimed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(claimed, "w") as new:
        for part in old.infolist():
            data = old.read(part).replace(b'<dimension ref="A1:A1"', b'<dimension ref="A1:XFD1048576"')
            new.writestr(part.filename, data.replace(b'<dimension ref="A1"', b'<dimension ref="A1:XFD1048576"'))
    path.write_bytes(claimed.getvalue())
    assert [row.cells for row in sheet_rows(path, "Sheet")] == [("x",)]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("  x ", "x"),
        (3.0, "3"),
        (0.25, "0.25"),
        (7, "7"),
        (dt.datetime(2027, 1, 31, 9, 30), "2027-01-31"),  # noqa: DTZ001 — a cell has no time zone
        (dt.date(2027, 1, 31), "2027-01-31"),
    ],
)
def test_a_cell_is_read_as_a_person_reads_it(cell: workbooks.Cell, text: str) -> None:
    assert cell_text(cell) == text


@pytest.mark.parametrize(("at", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (16383, "XFD")])
def test_columns_are_named_as_in_a_spreadsheet(at: int, letter: str) -> None:
    assert column_letter(at) == letter


def test_the_header_is_found_by_its_words_wherever_it_stands_and_the_first_of_several_counts(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ["A title"], ["b", "extra", "a", "b"], ["1", "2", "3", "4"])
    rows = sheet_rows(path, "Sheet")
    found = header(rows, ["a", "b"], tmp_path)
    assert (found["b"], found["extra"], found["a"]) == (0, 1, 2)
    assert next(rows).cells == ("1", "2", "3", "4")


def test_what_the_nearest_header_lacks_is_named(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ["A title"], ["a", "b"])
    with pytest.raises(InputError) as error:
        header(sheet_rows(path, "Sheet"), ["a", "b", "c", "d"], path)
    assert said(error) == f"{path}: Columns are missing: c, d. Put their headings back as they were."
