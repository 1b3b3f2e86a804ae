"""OpenDocument spreadsheets written by hand, so that tests need no program that makes them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


def cell_xml(value: object) -> str:
    """Return a cell as LibreOffice writes it; text that begins with ``<`` is XML as it is."""
    match value:
        case None:
            return "<table:table-cell/>"
        case str() if value.startswith("<"):
            return value
        case bool():
            return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(value).lower()}"/>'
        case int() | float():
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        case dt.date():
            return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def row_xml(cells: Sequence[object], repeated: int = 1) -> str:
    """Return a row, ``repeated`` so often."""
    attribute = f' table:number-rows-repeated="{repeated}"' if repeated > 1 else ""
    return f"<table:table-row{attribute}>{''.join(map(cell_xml, cells))}</table:table-row>"


def spreadsheet(path: Path, sheets: Mapping[str, Sequence[Sequence[object] | str]]) -> Path:
    """Write a spreadsheet with these rows, by the sheets' names; a row that is text is XML as it is."""
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>"
        f"{''.join(row if isinstance(row, str) else row_xml(row) for row in rows)}</table:table>"
        for name, rows in sheets.items()
    )
    content = f"<office:document-content {_NAMES}><office:body><office:spreadsheet>{tables}</office:spreadsheet>"
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        package.writestr("mimetype", MIMETYPE)
        package.writestr("content.xml", f"{content}</office:body></office:document-content>")
    return path
