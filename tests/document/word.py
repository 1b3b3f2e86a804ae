"""Word files that tests make and read back."""

import zipfile
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn

from readiness.document.blocks import Block, Document
from readiness.document.docx import document_docx
from readiness.theme.theme import Theme
from tests.themes import default_theme

SOBER = default_theme()


def written(*blocks: Block, theme: Theme = SOBER, title: str = "Northside", **fields: Any) -> Any:
    """Return a document of these blocks, opened again."""
    return docx.Document(BytesIO(document_docx(Document(title, blocks, **fields), theme)))


def parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package by their names."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert package.testzip() is None
        assert len(package.namelist()) == len(set(package.namelist()))
        return {name: package.read(name) for name in package.namelist()}


def told(document: Any) -> list[tuple[str, str]]:
    """Return the style and the text of each paragraph outside tables, but those that only keep a gap."""
    found = ((paragraph.style.name, paragraph.text) for paragraph in document.paragraphs)
    return [(style, text) for style, text in found if style != "Report Gap"]


def runs(element: Any) -> list[tuple[str, str]]:
    """Return the text of each run with its character style."""
    styled = ((run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}"), run) for run in element.iter(qn("w:r")))
    return [
        (style.get(qn("w:val")) if style is not None else "", "".join(text.text or "" for text in run.iter(qn("w:t"))))
        for style, run in styled
    ]


def cells(document: Any, at: int = 0) -> list[list[list[str]]]:
    """Return the lines of each cell of a table, row by row."""
    return [[[line.text for line in cell.paragraphs] for cell in row.cells] for row in document.tables[at].rows]


def alts(document: Any) -> list[str]:
    return [picture.get("descr") for picture in document.element.body.iter(qn("wp:docPr"))]
