"""The one way from a document to a file: its format is chosen by the ending of the file's name."""

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from readiness.text import safe

if TYPE_CHECKING:  # every command knows its formats, but only some make a document
    from readiness.document.blocks import Document
    from readiness.document.values import Rendered
    from readiness.theme.theme import Theme


class Format(StrEnum):
    """Format of a file, by the ending of its name."""

    PDF = "pdf"
    HTML = "html"
    DOCX = "docx"
    XLSX = "xlsx"
    MARKDOWN = "md"
    JSON = "json"
    CSV = "csv"
    ICS = "ics"


PAGES = (Format.PDF, Format.HTML, Format.DOCX, Format.MARKDOWN)
"""Formats that any document can be written in."""
BINARY = frozenset({Format.PDF, Format.DOCX, Format.XLSX})
"""Formats that no terminal can show."""


def write(form: Format, document: "Document", theme: "Theme") -> "Rendered":
    """Return the document's bytes, and what the reader should be told. The same document gives the same bytes.

    ``form`` is one of ``PAGES``. Raises InputError if Pango is missing, or the page can't be shown whole.
    """
    if not safe(document.title):  # a team can be called something that shows nothing
        document = replace(document, title=document.kicker, kicker="")
    match form:
        case Format.PDF:
            from readiness.document.pdf import render_pdf

            return render_pdf(document, theme)
        case Format.HTML:
            from readiness.document.html import render_html

            return render_html(document, theme), ()
        case Format.DOCX:
            from readiness.document.docx import document_docx

            return document_docx(document, theme), ()
        case Format.MARKDOWN:
            from readiness.document.markdown import document_markdown

            return document_markdown(document, theme), ()
        case Format.XLSX | Format.JSON | Format.CSV | Format.ICS:
            raise ValueError(f"no document is written as {form}")
        case _:
            assert_never(form)
