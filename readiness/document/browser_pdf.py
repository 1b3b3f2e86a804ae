"""Makes the PDF in a browser, from the page and the style sheets that WeasyPrint gets.

It adds what browsers lack: texts at the foot, and page numbers in the contents, read from a first print. A page is
printed without scripts, and without anything that it would fetch.
"""

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

from readiness.document.blocks import Document
from readiness.document.browser import Browser, print_page
from readiness.document.html import document_html, font_faces, own_style, stylesheet
from readiness.document.page_blocks import running_line
from readiness.document.page_policy import POLICY, refuse_references
from readiness.document.values import Rendered
from readiness.document.web_fonts import is_enough
from readiness.language import _
from readiness.text import safe
from readiness.theme.theme import Theme

if TYPE_CHECKING:
    from pypdf import PdfReader

_PRINTS = 4
"""Prints until the page numbers in the contents are right: two, unless the numbers move what they name."""

# It comes before all that templates say, so that none of them can allow more.
_FENCE = f'<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="{POLICY}"/><meta charset="utf-8"/>'


def browser_page(document: Document, theme: Theme, *more: str) -> str:
    """Return the page for a browser to print; ``more`` names style sheets of ours that go after those of every page.

    Raises InputError if templates that are not ours are wrong, or ask for something from outside of the page.
    """
    html = document_html(document, theme, english="span")
    sheets = (
        font_faces(theme, inline=True, whole=not is_enough(html)),
        stylesheet(theme, "style", "print", "browser", *more),
        _foot(document, theme),
        own_style(theme),
    )
    page = "".join(("<style>", *sheets, "</style>", html))
    if theme.templates:
        refuse_references(f"{_FENCE}{page}")
    return page


def print_document(page: str, document: Document, theme: Theme, browser: Browser) -> Rendered:
    """Return the document's page as a PDF, with its properties and numbered contents; and which browser made it.

    The same page gives the same bytes in the same browser. Raises InputError if the browser fails.
    """
    from pypdf import PdfReader

    def printed(style: str) -> PdfReader:
        return PdfReader(io.BytesIO(print_page(f"{_FENCE}<style>{style}</style>{page}", browser)))

    at: Mapping[str, int] = {}
    for _print in range(_PRINTS):
        pdf = printed(_numbers(at))
        before, at = at, _places(pdf)
        if at == before:
            break
    else:  # no numbers are better than wrong ones
        pdf = printed(".contents a::after { content: none !important; }")
    told = f"{browser.name} made the PDF. It has tags for screen readers, but only Pango makes one that follows PDF/UA."
    return _with_properties(pdf, document, theme), (told,)


def _foot(document: Document, theme: Theme) -> str:
    """Return the style sheet that holds the texts at the foot of each page."""
    lines = (running_line(document), theme.footer)
    texts = {"running": "\n".join(filter(None, lines)), "first": theme.footer, "of": _("of")}
    return f":root {{ {' '.join(f'--{name}: {_quoted(text)};' for name, text in texts.items())} }}"


def _quoted(text: str) -> str:
    """Return the text as a string of CSS that nothing in it can end."""
    return f'"{"".join(sign if sign.isalnum() else _escaped(sign) for sign in text)}"'


def _escaped(sign: str) -> str:
    return f"\\{ord(sign):x} "


def _places(pdf: "PdfReader") -> Mapping[str, int]:
    """Return the page that each link inside of the document leads to, from 1, by the name of its target."""
    pages = {name: pdf.get_destination_page_number(target) for name, target in pdf.named_destinations.items()}
    return {name.removeprefix("/"): page + 1 for name, page in pages.items() if page is not None}


def _numbers(at: Mapping[str, int]) -> str:
    return " ".join(f'a[href={_quoted(f"#{name}")}] {{ --at: "{page}"; }}' for name, page in at.items())


def _with_properties(pdf: "PdfReader", document: Document, theme: Theme) -> bytes:
    """Return the PDF saying what it is, and not when it was made."""
    from pypdf import PdfWriter

    from readiness.document.browser_tags import mend_browser_tags, renumbered

    made: Mapping[str, str] = pdf.metadata or {}
    date = f"{document.date:D:%Y%m%d}" if document.date else ""
    properties = {
        "/Title": made.get("/Title", ""),
        "/Author": theme.name or safe(document.author or document.title),
        "/Subject": safe(document.about),
        "/Creator": "readiness",
        "/Producer": made.get("/Producer", ""),
        "/CreationDate": date,
    }
    writer = PdfWriter(clone_from=pdf)
    writer.pdf_header = pdf.pdf_header
    writer.metadata = {name: text for name, text in properties.items() if text}
    mend_browser_tags(writer.root_object)
    out = io.BytesIO()
    writer.write(out)
    return renumbered(out.getvalue())
