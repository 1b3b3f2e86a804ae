"""OpenDocument spreadsheets are read as workbooks are, and trusted as little."""

import datetime as dt
from pathlib import Path
from zipfile import ZipFile

import pytest

from readiness.errors import InputError
from readiness.sheet_marks import Merged, SheetMarks
from readiness.uncalculated import UNCALCULATED
from readiness.workbook_process import MAX_COLUMNS, MAX_ROWS
from readiness.xlsx_reader import cell_text, sheet_marks, sheet_names, sheet_rows
from tests.spreadsheets import MIMETYPE, row_xml, spreadsheet

TABLE = 'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'


def texts(path: Path, sheet: str = "S") -> dict[int, list[str]]:
    return {row.number: [cell_text(cell) for cell in row.cells] for row in sheet_rows(path, sheet)}


def test_cells_of_each_kind_are_read_with_their_rows_numbers(tmp_path: Path) -> None:
    path = spreadsheet(
        tmp_path / "a.ods",
        {
            "Cover": [["Hello"]],
            "S": [
                ["team", None, 2, 2.5, True, dt.date(2027, 1, 31), dt.datetime.fromisoformat("2027-01-31T09:05:00")],
                row_xml([], repeated=3),
                ["Two\nlines", "", "it’s <b> & so"],
            ],
        },
    )
    assert sheet_names(path) == ("Cover", "S")
    assert texts(path) == {
        1: ["team", "", "2", "2.5", "True", "2027-01-31", "2027-01-31"],
        5: ["Two\nlines", "", "it’s <b> & so"],
    }
    with pytest.raises(InputError, match=r'There is no sheet "T" in this workbook\. It has: Cover, S'):
        texts(path, "T")


def test_spaces_links_and_comments_in_a_cell(tmp_path: Path) -> None:
    cell = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>No</text:p></office:annotation>'
        '<text:p>a<text:s text:c="2"/>b<text:span>c<text:a>d</text:a></text:span><text:tab/>e<text:line-break/>f'
        "<office:annotation><text:p>No</text:p></office:annotation></text:p></table:table-cell>"
    )
    assert texts(spreadsheet(tmp_path / "a.ods", {"S": [[cell]]})) == {1: ["a  bcd\te\nf"]}


def test_text_that_stands_in_the_cells_value_alone_is_read(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="string" office:string-value="Kim"/>'
    assert texts(spreadsheet(tmp_path / "a.ods", {"S": [[cell]]})) == {1: ["Kim"]}


def test_merged_cells_notes_and_hidden_rows_are_known_where_they_are(tmp_path: Path) -> None:
    spanned = '<table:table-cell table:number-columns-spanned="{}" table:number-rows-spanned="{}"/>'
    note = "<table:table-cell><office:annotation><text:p>No</text:p></office:annotation></table:table-cell>"
    hidden = '<table:table-row table:visibility="{}" table:number-rows-repeated="2">{}</table:table-row>'
    path = spreadsheet(
        tmp_path / "a.ods",
        {
            "Other": [[spanned.format(9, 9)]],
            "S": [
                row_xml(["x"], repeated=2),
                [_repeated(2), spanned.format(2, 3), "<table:covered-table-cell/>", note],
                hidden.format("collapse", "<table:table-cell/>"),
                hidden.format("filter", spanned.format(1, 1)),
                [spanned.format(1, 2)],
            ],
        },
    )
    marks = sheet_marks(path, "S")
    assert marks == SheetMarks((Merged(3, 3, 5, 4), Merged(8, 1, 9, 1)), ((3, 5),), (4, 5, 6, 7))


def test_merged_cells_end_where_a_sheet_does(tmp_path: Path) -> None:
    span = f'<table:table-cell table:number-rows-spanned="{10**12}" table:number-columns-spanned="{10**12}"/>'
    path = spreadsheet(tmp_path / "a.ods", {"S": [["x"], ["", span]]})
    assert sheet_marks(path, "S").merged == (Merged(2, 2, 1_048_576, 16_384),)


def test_a_span_that_is_no_number_is_damage(tmp_path: Path) -> None:
    cell = '<table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="x"/>'
    with pytest.raises(InputError, match="This is not a spreadsheet that we can read"):
        sheet_marks(spreadsheet(tmp_path / "a.ods", {"S": [[cell]]}), "S")


def test_a_formula_without_its_value_is_no_empty_cell(tmp_path: Path) -> None:
    cell = '<table:table-cell table:formula="of:=1+1"/>'
    assert texts(spreadsheet(tmp_path / "a.ods", {"S": [["y", cell]]})) == {1: ["y", UNCALCULATED]}
    empty = cell.replace("/>", ' office:value-type="string" office:string-value=""/>')
    assert texts(spreadsheet(tmp_path / "b.ods", {"S": [["y", empty]]})) == {1: ["y"]}


def _repeated(columns: int) -> str:
    attributes = f'office:value-type="string" table:number-columns-repeated="{columns}"'
    return f"<table:table-cell {attributes}><text:p>x</text:p></table:table-cell>"


def test_rows_and_cells_that_are_repeated(tmp_path: Path) -> None:
    cell = _repeated(2)
    path = spreadsheet(tmp_path / "a.ods", {"S": [row_xml([cell, None, "y"], repeated=2), ["z"]]})
    assert texts(path) == {1: ["x", "x", "", "y"], 2: ["x", "x", "", "y"], 3: ["z"]}


@pytest.mark.parametrize(("rows", "columns"), [(1_048_576, 1), (1, 16_384), (1_048_576, 16_384)])
def test_a_small_file_that_stands_for_a_huge_sheet_is_refused_at_once(tmp_path: Path, rows: int, columns: int) -> None:
    path = spreadsheet(tmp_path / "a.ods", {"S": [row_xml([_repeated(columns)], repeated=rows)]})
    too_wide = f"This sheet is larger than {MAX_ROWS} rows or {MAX_COLUMNS} columns"
    with pytest.raises(InputError, match=too_wide if rows == 1 else rf"a\.ods:1: This row is repeated {rows} times"):
        for _ in sheet_rows(path, "S"):
            pass


def test_empty_rows_and_cells_up_to_the_end_of_the_sheet_are_not_laid_out(tmp_path: Path) -> None:
    rest = '<table:table-cell table:number-columns-repeated="16383"/>'
    path = spreadsheet(tmp_path / "a.ods", {"S": [["x", rest], row_xml([rest], repeated=1_048_575)]})
    assert texts(path) == {1: ["x"]}


@pytest.mark.parametrize(
    "content",
    [
        "no xml",
        "<a><b>",
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        f'<a {TABLE}><t:table t:name="S"><t:table-row t:number-rows-repeated="x"/></t:table></a>',
    ],
)
def test_what_is_damaged_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.ods"
    with ZipFile(path, "w") as package:
        package.writestr("mimetype", MIMETYPE)
        package.writestr("content.xml", content)
    with pytest.raises(InputError, match="This is not a spreadsheet that we can read"):
        [*sheet_names(path), *sheet_rows(path, "S")]
