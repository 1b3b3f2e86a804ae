"""Tables of a Word document: headings repeat, and no row is split or left alone on a page."""

from collections.abc import Iterable, Iterator, Sequence

from readiness.document.chart import Chart
from readiness.document.docx_file import DocxFile
from readiness.document.docx_styles import CELL, FILLED, HEAD, MARGIN, TABLE
from readiness.document.docx_xml import CENTRE, RIGHT, Setting, style_id, xml_text
from readiness.document.tables import Cell, CellLine, Column, Folded, Shaded, Table, ToFillIn, lines_of
from readiness.text import safe

_SHADES = "abcde"
_LETTER = 0.66
"""Width of a bold letter, for its size: no narrower than most words have it."""


def table_xml(file: DocxFile, table: Table) -> str:
    """Return a table as wide as the text; its columns have the width that they ask for."""
    widths = _widths(file, table.columns)
    return "".join((*_beginning(file, table, widths), *_rows(file, table, widths), "</w:tbl>"))


def _widths(file: DocxFile, columns: Sequence[Column]) -> list[int]:
    """Return the widths of the columns in twips: their shares, but not less than the longest word of their headings."""
    whole, room = sum(column.share for column in columns), file.width
    least = [_wide(file, column.heading) for column in columns]
    if sum(least) >= room:
        return [round(low * room / sum(least)) for low in least]
    asked = [room * column.share / whole for column in columns]
    lacking = sum(max(low - share, 0) for low, share in zip(least, asked, strict=True))
    spare = sum(max(share - low, 0) for low, share in zip(least, asked, strict=True))
    taken = lacking / spare
    return [round(low + max(share - low, 0) * (1 - taken)) for low, share in zip(least, asked, strict=True)]


def _wide(file: DocxFile, heading: str) -> float:
    longest = max(map(len, safe(heading).split()), default=0)
    return longest * _LETTER * file.theme.text_size * 20 + MARGIN


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
    sides = [_side(column, [row[at] for row in table.rows]) for at, column in enumerate(table.columns)]
    if table.heads:
        heads = (
            _cell(width, Setting(HEAD, more=side).paragraph(file.line(column.heading, bold=True)))
            for column, side, width in zip(table.columns, sides, widths, strict=True)
        )
        yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(heads)}</w:tr>"
    last = len(table.rows) - 1
    for at, row in enumerate(table.rows):
        # Never one row alone: the first and the last have another one on their page.
        setting = Setting(CELL, keep=at < last and (table.together or at in (0, last - 1)))
        cells = (
            _filled(file, cell, setting._replace(more=side), width)
            for cell, side, width in zip(row, sides, widths, strict=True)
        )
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _side(column: Column, cells: Iterable[Cell]) -> str:
    """Return where the text of a column stands: grounds of shaded cells have it in their middle."""
    return CENTRE if any(isinstance(cell, Shaded) for cell in cells) else RIGHT if column.numbers else ""


def _cell(width: int, inside: str, more: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>{inside}</w:tc>'


def _filled(file: DocxFile, cell: Cell, setting: Setting, width: int) -> str:
    if isinstance(cell, Shaded) and cell.shade:
        ground, ink = file.theme.shades[_SHADES.index(cell.shade)]
        line = file.line(cell.text, more=f'<w:color w:val="{ink[1:]}"/>')
        shading = f'<w:shd w:val="clear" w:color="auto" w:fill="{ground[1:]}"/><w:vAlign w:val="center"/>'
        return _cell(width, setting.paragraph(line), shading)
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
