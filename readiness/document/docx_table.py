"""Tables of a Word document: their headings repeat, and no row is split, or left alone at the end of a page."""

from collections.abc import Iterator, Sequence

from readiness.document.blocks import Cell, CellLine, Column, Folded, Shaded, Table, ToFillIn, lines_of
from readiness.document.charts import Chart
from readiness.document.docx_file import DocxFile
from readiness.document.docx_styles import CELL, FILLED, HEAD, MARGIN, TABLE
from readiness.document.docx_xml import CENTRE, RIGHT, Setting, style_id, xml_text
from readiness.text import safe

_SHADES = "abcde"


def table_xml(file: DocxFile, table: Table) -> str:
    """Return a table as wide as the text; its columns have the width that they ask for."""
    whole = sum(column.share for column in table.columns)
    widths = [round(file.width * column.share / whole) for column in table.columns]
    return "".join((*_beginning(file, table, widths), *_rows(file, table, widths), "</w:tbl>"))


def _beginning(file: DocxFile, table: Table, widths: Sequence[int]) -> Iterator[str]:
    # A column that names the rows looks like the others: the style has no format for it, but it is read aloud as such.
    named = not table.heads or table.columns[0].row_header
    look = 0x0600 + 0x0020 * table.heads + 0x0080 * named
    caption = f'<w:tblCaption w:val="{xml_text(safe(table.caption))}"/>' if table.caption else ""
    yield (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style_id(TABLE)}"/><w:tblW w:w="{file.width}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="{look:04X}" w:firstRow="{table.heads:d}" w:lastRow="0" '
        f'w:firstColumn="{named:d}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{caption}</w:tblPr><w:tblGrid>'
    )
    yield from (f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield "</w:tblGrid>"


def _rows(file: DocxFile, table: Table, widths: Sequence[int]) -> Iterator[str]:
    if table.heads:
        heads = (
            _cell(width, Setting(HEAD, more=_side(column)).paragraph(file.line(column.heading, bold=True)))
            for column, width in zip(table.columns, widths, strict=True)
        )
        yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(heads)}</w:tr>"
    last = len(table.rows) - 1
    for at, row in enumerate(table.rows):
        keep = at < last and (table.together or at in (0, last - 1))
        cells = (
            _filled(file, cell, column, width, keep=keep)
            for cell, column, width in zip(row, table.columns, widths, strict=True)
        )
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _side(column: Column) -> str:
    return RIGHT if column.numbers else ""


def _cell(width: int, inside: str, more: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>{inside}</w:tc>'


def _filled(file: DocxFile, cell: Cell, column: Column, width: int, *, keep: bool) -> str:
    if isinstance(cell, Shaded) and cell.shade:
        ground, ink = file.theme.shades[_SHADES.index(cell.shade)]
        line = file.line(cell.text, more=f'<w:color w:val="{ink[1:]}"/>')
        shading = f'<w:shd w:val="clear" w:color="auto" w:fill="{ground[1:]}"/><w:vAlign w:val="center"/>'
        return _cell(width, Setting(CELL, keep, more=CENTRE).paragraph(line), shading)
    setting = Setting(CELL, keep, more=CENTRE if isinstance(cell, Shaded) else _side(column))
    lines = "".join(text for line in lines_of(cell) for text in _line(file, line, setting, width))
    return _cell(width, lines or setting.paragraph(""))


def _line(file: DocxFile, line: CellLine, setting: Setting, width: int) -> Iterator[str]:
    match line:
        case Chart():
            yield setting.paragraph(file.chart(line, width - MARGIN))
        case ToFillIn(labels):
            yield from (Setting(FILLED, setting.keep).paragraph(file.line(label)) for label in labels)
        case Folded(first, more):
            yield from (setting.paragraph(file.line(each)) for each in (first, *more))
        case _:
            yield setting.paragraph(file.line(line))
