"""Formats of files, and the one way to write a document: by the ending of its name."""

from collections.abc import Iterable
from dataclasses import replace
from enum import Enum, StrEnum
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Self

from readiness.text import listed, safe

if TYPE_CHECKING:  # every command knows its formats, but only some make a document
    from readiness.document.blocks import Document
    from readiness.document.values import Rendered
    from readiness.theme.theme import Theme


class FormatKind(Enum):
    """Kind of a format."""

    PLAIN = "text without looks, so a theme changes nothing in it"
    STYLED = "text in the looks of a theme"
    BINARY = "no text, so no terminal can show it"


class Format(StrEnum):
    """Format of a file, by the ending of its name: one line registers one.

    ``page`` is the address of the function that writes any document in the format, given the document and the theme.
    It is empty if no document is written so.
    """

    kind: FormatKind
    page: str

    def __new__(cls, ending: str, kind: FormatKind = FormatKind.PLAIN, page: str = "") -> Self:
        """Return the format with its kind and its writer; its value is the ending alone."""
        form = str.__new__(cls, ending)
        form._value_, form.kind, form.page = ending, kind, page
        return form

    PDF = "pdf", FormatKind.BINARY, "readiness.document.pdf:render_pdf"
    HTML = "html", FormatKind.STYLED, "readiness.document.html:render_html"
    DOCX = "docx", FormatKind.BINARY, "readiness.document.docx:document_docx"
    XLSX = "xlsx", FormatKind.BINARY
    PPTX = "pptx", FormatKind.BINARY
    MARKDOWN = "md", FormatKind.PLAIN, "readiness.document.markdown:document_markdown"
    JSON = "json"
    CSV = "csv"
    ICS = "ics"


PAGES = tuple(form for form in Format if form.page)
"""Formats that any document can be written in."""


def endings(formats: Iterable[Format]) -> str:
    """Return the endings of the formats as help names them: ".pdf, .html or .md"."""
    return listed([f".{form}" for form in formats], "or")


def written_by(address: str, *given: object) -> "Rendered":
    """Return the file that the function at the address makes of ``given``, and what the reader should be told.

    The address is ``module:function``. Raises the errors of that function, and MemoryError if memory ran out.
    """
    from readiness.document.survived import survived

    def make() -> "Rendered":
        # Only here is the module imported: most writers load a large library, and each command knows them all.
        made = resolve_name(address)(*given)
        return (made, ()) if isinstance(made, bytes) else made

    return survived(make)


def write(form: Format, document: "Document", theme: "Theme") -> "Rendered":
    """Return the document's bytes, and what the reader should be told. The same document gives the same bytes.

    ``form`` is one of ``PAGES``. Raises InputError if Pango is missing, or the page can't be shown whole.
    """
    if not form.page:
        raise ValueError(f"no document is written as {form}")
    if not safe(document.title):  # a team can be called something that shows nothing
        document = replace(document, title=document.kicker, kicker="")
    return written_by(form.page, document, theme)
