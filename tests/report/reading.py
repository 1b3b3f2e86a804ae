"""Reads a report back out of each format, as text without what only that format needs."""

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from docx import Document
from openpyxl import load_workbook
from pptx import Presentation

from readiness.document.write import Format
from tests.reports import pdftotext


class _Text(HTMLParser):
    """Collects what a page shows: neither its head nor the titles of its charts."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("style", "title")
        if tag == "a":
            self.parts += [value for name, value in attrs if name == "href" and value and value.startswith("http")]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "title")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def _html(data: bytes) -> str:
    parser = _Text()
    parser.feed(data.decode())
    return "".join(parser.parts)


def _pdf(data: bytes) -> str:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "report.pdf"
        file.write_bytes(data)
        # A running foot stands between the two halves of what is broken over two pages.
        first = re.sub(r"\n1 of \d+\n\f", "\n", pdftotext(file, "-raw"))  # which has no name at its foot
        return re.sub(r"\n[^\n]*\n\d+ of \d+\n\f", "\n", first)


def _markdown(data: bytes) -> str:
    return re.sub(r"\\([\\`*_\[\]<>#|~{}&+=.)-])", r"\1", re.sub(r"(?<!\\)[|*>]", "", data.decode()))


def _docx(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in paragraphs(Document(BytesIO(data))))


def paragraphs(document: Any) -> Iterator[Any]:
    """Yield the paragraphs of a Word document in the order they stand in, those of tables row by row."""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            yield from (paragraph for row in block.rows for cell in row.cells for paragraph in cell.paragraphs)
        else:
            yield block


def _pptx(data: bytes) -> str:
    shapes: list[Any] = [shape for slide in Presentation(BytesIO(data)).slides for shape in slide.shapes]
    return "\n".join(text for shape in shapes for text in _on_slide(shape))


def _on_slide(shape: Any) -> Iterator[str]:
    if shape.has_table:
        yield from (cell.text for row in shape.table.rows for cell in row.cells)
    elif shape.has_text_frame:
        yield shape.text_frame.text


def _xlsx(data: bytes) -> str:
    lines = []
    for sheet in load_workbook(BytesIO(data)):
        lines.append(sheet.title)
        lines += [" ".join(map(_cell, row)) for row in sheet.iter_rows(values_only=True)]
    return "\n".join(lines)


def _cell(value: object) -> str:
    """Return a cell as it is shown: a number without a point that says nothing."""
    return f"{value:g}" if isinstance(value, float) else "" if value is None else str(value)


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one)
    else:
        yield str(value)


def _json(data: bytes) -> str:
    return "\n".join(_leaves(json.loads(data)))


_READERS = {
    Format.PDF: _pdf,
    Format.HTML: _html,
    Format.DOCX: _docx,
    Format.XLSX: _xlsx,
    Format.PPTX: _pptx,
    Format.MARKDOWN: _markdown,
    Format.JSON: _json,
}
READERS = {form: _READERS.get(form, bytes.decode) for form in Format}
"""Readers of all formats; a format without one is text, which is as it is shown."""


def squeezed(text: str) -> str:
    """Return the text without anything that a line break, a ligature or a space could change."""
    return re.sub(r"\s|\N{ZERO WIDTH SPACE}", "", unicodedata.normalize("NFKC", text))


@cache
def read(form: Format, data: bytes) -> str:
    """Return the squeezed text that the format shows."""
    return squeezed(READERS[form](data))
