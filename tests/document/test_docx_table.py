"""Tables in a Word file."""

from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from readiness.document.charts import BarChart, StepsChart
from readiness.document.docx import document_docx
from readiness.document.tables import Column, Lines, Shaded, Table, ToFillIn
from readiness.theme.theme_file import find_theme, read_theme
from tests.document.kitchen import KITCHEN, OPEN
from tests.document.word import SOBER, cells, written


def test_charts_fit_their_column() -> None:
    document = written(Table([Column("A", share=1), Column("B", share=5)], [[BarChart(OPEN), StepsChart(2, 5)]]))
    narrow, wide = document.inline_shapes
    column = document.tables[0].columns[0].width
    assert narrow.width <= column
    assert narrow.width > column * 0.8
    assert wide.width == 58 * 9525


@pytest.mark.parametrize("shades", ["a", "b", "c", "d", "e"])
def test_shaded_cells_have_a_ground_and_ink_that_can_be_read(shades: str) -> None:
    document = written(Table([Column("T"), Column("S", numbers=True)], [["x", Shaded("39.9", shades)]]))
    cell = document.tables[0].rows[1].cells[1]
    ground, ink = SOBER.shades["abcde".index(shades)]
    assert next(document.element.body.iter(qn("w:shd"))).get(qn("w:fill")) == ground[1:]
    assert f"#{cell.paragraphs[0].runs[0].font.color.rgb}".lower() == ink
    heading = document.tables[0].rows[0].cells[1].paragraphs[0]
    assert heading.alignment == cell.paragraphs[0].alignment == 1


def test_a_cell_without_a_shade_has_no_ground() -> None:
    document = written(Table([Column("S")], [[Shaded("–", "")], [Shaded("", "")]]))
    assert cells(document) == [[["S"]], [["–"]], [[""]]]
    assert not [*document.element.body.iter(qn("w:shd"))]


def kept(row: Any) -> list[bool]:
    """Return of each paragraph of a row whether it stays on the page of the next."""
    return [paragraph.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for paragraph in row.iter(qn("w:p"))]


@pytest.mark.parametrize("rows", [1, 2, 3, 5])
def test_headings_repeat_and_no_row_is_split_or_alone(rows: int) -> None:
    document = written(Table([Column("A"), Column("B")], [["1", "2"]] * rows))
    [table] = document.tables
    head, *rest = document.element.body.iter(qn("w:tr"))
    assert table.style.name == "Report Table"
    assert [row.trPr.find(qn("w:tblHeader")) is not None for row in (head, *rest)] == [True] + [False] * rows
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in (head, *rest))
    assert {paragraph.style.name for cell in table.rows[0].cells for paragraph in cell.paragraphs} == {"Report Head"}
    stays = [all(kept(row)) for row in rest]
    assert stays == [rows > 1 and at in (0, rows - 2) for at in range(rows)]


def test_a_table_can_be_kept_on_one_page() -> None:
    _head, *rows = written(Table([Column("A")], [["1"]] * 5, together=True)).element.body.iter(qn("w:tr"))
    assert [kept(row) for row in rows] == [[True]] * 4 + [[False]]


def test_columns_have_their_share_of_the_page() -> None:
    table = written(Table([Column("A", share=3), Column("B")], [["1", "2"]])).tables[0]
    assert [column.width for column in table.columns] == pytest.approx([Mm(130.5), Mm(43.5)], abs=2000)
    assert [cell.width for cell in table.rows[1].cells] == [column.width for column in table.columns]


def test_no_heading_breaks_inside_a_word() -> None:
    large = read_theme(find_theme("large-print"))
    columns = [Column("Part", share=80), Column("Not guarded", share=10), Column("Known", share=10)]
    part, guarded, known = (
        column.width for column in written(Table(columns, [["1"] * 3]), theme=large).tables[0].columns
    )
    assert guarded > Mm(17.4)
    assert known > Mm(17.4)
    assert part + guarded + known == pytest.approx(Mm(174), abs=2000)


def test_a_table_of_many_long_headings_is_no_wider_than_the_page() -> None:
    large = read_theme(find_theme("large-print"))
    table = written(Table([Column("Organisation")] * 9, [["1"] * 9]), theme=large).tables[0]
    assert sum(column.width for column in table.columns) == pytest.approx(Mm(174), abs=4000)


def test_numbers_stand_at_the_right() -> None:
    table = written(Table([Column("A"), Column("B", numbers=True)], [["1", "2"]])).tables[0]
    assert [[cell.paragraphs[0].alignment for cell in row.cells] for row in table.rows] == [[None, 2], [None, 2]]


@pytest.mark.parametrize(
    ("heads", "row_header", "look"),
    [(True, True, ("1", "1")), (True, False, ("1", "0")), (False, False, ("0", "1"))],
)
def test_a_table_says_what_names_its_rows(look: tuple[str, str], *, heads: bool, row_header: bool) -> None:
    columns = [Column("A", row_header=row_header), Column("B")]
    document = written(Table(columns, [["1", "2"]], "What it holds", heads=heads))
    properties = next(document.element.body.iter(qn("w:tblPr")))
    found = properties.find(qn("w:tblLook"))
    assert (found.get(qn("w:firstRow")), found.get(qn("w:firstColumn"))) == look
    assert properties.find(qn("w:tblCaption")).get(qn("w:val")) == "What it holds"
    assert cells(document) == [[["A"], ["B"]], [["1"], ["2"]]][not heads :]


def test_two_tables_do_not_become_one_and_an_empty_one_is_left_out() -> None:
    table = Table([Column("A")], [["1"]])
    document = written(table, Table([Column("Gone")], []), table)
    kinds = [etree.QName(element).localname for element in document.element.body]
    assert kinds == ["p", "tbl", "p", "tbl", "p", "sectPr"]


def test_cells_hold_lines_charts_and_lines_to_write_on() -> None:
    document = docx.Document(BytesIO(document_docx(KITCHEN, SOBER)))
    tables = (cells(document, at) for at in range(len(document.tables)))
    [rows] = [rows for rows in tables if rows[0][1] == ["What to do"]]
    assert rows[1] == [
        ["3"],
        [
            "Write the page holds the band",
            "One page, with a date.",
            "Effort: some weeks.",
            "Began in May",
            "Half is there",
        ],
        ["The page is signed."],
        ["Priya Nair \u00a0!\u00a0Stuck\u00a0 \u00a0!\u00a0Late\u00a0", "Was due on 31 January 2027", "Start"],
    ]
    assert rows[2][2] == [""]


def test_lines_to_write_on_have_a_line() -> None:
    document = written(Table([Column("A")], [[Lines(["Priya", ToFillIn(["Name", "Start"], missing="No name yet")])]]))
    assert [(line.style.name, line.text) for line in document.tables[0].rows[1].cells[0].paragraphs] == [
        ("Report Cell", "Priya"),
        ("To Fill In", "Name"),
        ("To Fill In", "Start"),
    ]
    borders = document.styles["To Fill In"].element.pPr.find(qn("w:pBdr"))
    assert [etree.QName(side).localname for side in borders] == ["bottom", "between"]
