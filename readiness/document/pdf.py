"""Makes the PDF: tagged (PDF/UA-1), with the shipped font, and with nothing read from outside the template folder."""

import gc
import logging
import re
import threading
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from readiness.document.blocks import Document
from readiness.document.engine import browser_instead, fixed_time, started, weasyprint
from readiness.document.html import document_html, font_faces, own_style, stylesheet
from readiness.document.layout_memory.memory import DIFFERS, is_proof, layout_memory, why_off
from readiness.document.layout_memory.replaced import Replacement, in_place
from readiness.document.survived import forked
from readiness.document.values import Rendered
from readiness.errors import InputError, Problem
from readiness.resources import REPORT_TEMPLATES
from readiness.temporary_folders import in_lasting_folder
from readiness.text import counted
from readiness.theme.theme import Theme

if TYPE_CHECKING:
    from readiness.document.fence import FencedFetcher

Mend = Callable[[Any], None]
"""Puts right what WeasyPrint has made, in its own objects, just before the file is written."""

_NO_GLYPH = re.compile(r"\.notdef glyph rendered .*\(U\+([0-9A-F]+)\)", re.DOTALL)
_SLOW_SUBSETTING = "instead of HarfBuzz-Subset"
"""Said where HarfBuzz's subset library is missing. The PDF is right; ``readiness doctor`` says how to install it."""
_NAMED = 10
"""How many characters without a glyph are named; the rest is counted."""


class _Listener(logging.Handler):
    """Keeps what WeasyPrint has to say while a page is rendered."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.errors: list[str] = []
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if _SLOW_SUBSETTING not in message:
            (self.errors if record.levelno >= logging.ERROR else self.warnings).append(message)


class Renderer:
    """Renders pages to PDF. Fonts and style sheet are prepared once, and serve every document of the process."""

    def __init__(
        self, theme: Theme, folder: Path = REPORT_TEMPLATES, sheets: Sequence[str] = ("style", "print")
    ) -> None:
        self._weasyprint = weasyprint()
        started(threading.Thread(target=int)).join()  # what finds fonts needs one, and ends the process without
        from weasyprint.text.fonts import FontConfiguration

        from readiness.document.fence import FencedFetcher

        self._folders = (theme.templates, folder) if theme.templates else (folder,)
        self._ours = theme.templates is None
        self._memory = layout_memory() if self._ours and why_off() is None else []
        self._fonts = FontConfiguration()
        fetcher = FencedFetcher(*self._folders)
        styles = [(folder, "\n".join((font_faces(theme, inline=False), stylesheet(theme, *sheets))))]
        if theme.templates:
            styles.append((theme.templates, own_style(theme)))
        with _watched(fetcher) as listener, in_lasting_folder():  # fonts are copied into a folder
            self._styles = [
                self._weasyprint.CSS(
                    string=style, base_url=f"{base.as_uri()}/", url_fetcher=fetcher, font_config=self._fonts
                )
                for base, style in styles
            ]
        self.told = _in_words(listener.warnings)
        """What WeasyPrint says about the style sheets: nothing, where they are right."""

    def render(self, html: str, mend_fields: Mend | None = None) -> Rendered:
        """Return ``html`` as a PDF, and what the reader should be told, such as a character that no font has.

        Where there is something to mend the fields with, those of the page can be filled in.
        Raises InputError if something in the page is refused or can't be shown: no PDF is better than half of one.
        """
        made = self._rendered(html, mend_fields, self._memory)
        if self._memory and is_proof(html):
            data, told = forked(lambda: self._rendered(html, mend_fields, []))
            if (data, told) != made:
                self._memory = []
                return data, (*told, DIFFERS)
        return made

    def _rendered(self, html: str, mend_fields: Mend | None, memory: Iterable[Replacement]) -> Rendered:
        from readiness.document.fence import FencedFetcher
        from readiness.document.pdf_tags import mend_tags

        def finish(document: object, pdf: object) -> None:
            mend_tags(document, pdf)
            if mend_fields:
                mend_fields(pdf)

        fetcher = FencedFetcher(*self._folders)
        with (
            _watched(fetcher) as listener,
            _without_collector(),
            fixed_time(),
            in_place((*_quick_writing(), *memory)),
        ):
            document = self._parsed(html, fetcher)
            pdf: Any = document.write_pdf(
                stylesheets=self._styles,
                font_config=self._fonts,
                pdf_variant="pdf/ua-1",
                pdf_forms=mend_fields is not None,
                finisher=finish,
            )
        return pdf, _in_words(listener.warnings)

    def _parsed(self, html: str, fetcher: "FencedFetcher") -> Any:  # noqa: ANN401 — WeasyPrint has no types
        """Return the page, ready to be laid out.

        Ours are well-formed, and read as XML in a twentieth of the time. What is not, or moves its addresses elsewhere
        (``<base>``), is read as HTML.
        """
        base = f"{self._folders[0].as_uri()}/"
        if self._ours and "<base" not in html:
            with suppress(ET.ParseError):
                return well_formed(html, base, fetcher)
        return self._weasyprint.HTML(string=html, base_url=base, url_fetcher=fetcher)


def well_formed(html: str, base: str, fetcher: "FencedFetcher") -> Any:  # noqa: ANN401 — WeasyPrint has no types
    """Return the page, read as XML. Raises ParseError if it is not well-formed."""
    from cssselect2 import ElementWrapper

    document = weasyprint().HTML(string="<p>", base_url=base, url_fetcher=fetcher)  # then put our page in it
    root = ET.fromstring(html)  # noqa: S314 — our own page: what people wrote is escaped in it, and it defines no entity
    document.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
    document.etree_element = document.wrapper_element.etree_element
    return document


@contextmanager
def _watched(fetcher: "FencedFetcher") -> Iterator[_Listener]:
    """Keep what WeasyPrint says. Raises InputError if it failed at something, or ``fetcher`` refused something."""
    listener = _Listener()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        yield listener
    finally:
        logger.removeHandler(listener)
    found = [f"the page asks for {url}" for url in fetcher.refused] or listener.errors
    if found:
        raise InputError([Problem(f"The PDF was not made: {what}", _todo(what)) for what in dict.fromkeys(found)])


def _todo(what: str) -> str:
    if "undefined anchor" in what or "No anchor" in what:
        return 'A link leads to an id that your templates left out: put it back, such as id="plan" on its section.'
    return "Take what is refused out of the templates."


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keep the garbage collector from walking the boxes over and over while they are made; clean up at the end."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect(0)  # all that the render made is in the youngest generation


def _quick_writing() -> Iterator[Replacement]:
    """Yield a short way for bytes and texts, and zlib with level 6.

    pydyf asks whether each is one of three types first. It asks for level 9: that takes four times as long for a file
    4 % smaller.
    """
    import pydyf

    in_bytes: Callable[[object], bytes] = vars(pydyf)["_to_bytes"]

    def to_bytes(item: object) -> bytes:
        if type(item) is bytes:
            return item
        return item.encode("ascii") if type(item) is str else in_bytes(item)

    yield Replacement(pydyf, "_to_bytes", to_bytes)
    quick = {**vars(zlib), "compressobj": lambda **_: zlib.compressobj(6)}
    yield Replacement(pydyf, "zlib", SimpleNamespace(**quick))


def _in_words(told: Iterable[str]) -> tuple[str, ...]:
    """Return WeasyPrint's warnings, each once, with all the characters that no font has in one of them."""
    said = dict.fromkeys(told)
    missing = dict.fromkeys(chr(int(found[1], 16)) for warning in said if (found := _NO_GLYPH.match(warning)))
    others = tuple(f"While the PDF was made: {warning}" for warning in said if not _NO_GLYPH.match(warning))
    return (_missing_in_words([*missing]), *others) if missing else others


def _missing_in_words(characters: list[str]) -> str:
    named = ", ".join(_named(character) for character in characters[:_NAMED])
    more = f" and {len(characters) - _NAMED} more" if len(characters) > _NAMED else ""
    start = f"No font on this machine has {counted(len(characters), 'character')} of the report: {named}{more}."
    return f"{start} An empty box stands in the PDF instead. Install a font that has them, or write .html."


def _named(character: str) -> str:
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    return f"{character} ({code}, {name.lower()})" if name else code


@cache
def renderer(theme: Theme, *more: str) -> Renderer:
    """Return the process's renderer for the theme; ``more`` as for ``render_pdf``."""
    return Renderer(theme, sheets=("style", "print", *more))


def render_pdf(document: Document, theme: Theme, *more: str) -> Rendered:
    """Return the document as a PDF, and what the reader should be told. The same document gives the same bytes.

    ``more`` names style sheets of ours that go after those of every page. A browser makes the PDF if Pango is missing.
    Raises InputError if neither is there, or the page can't be shown whole.
    """
    if browser := browser_instead():
        from readiness.document.browser_pdf import browser_page, print_document

        return print_document(browser_page(document, theme, *more), document, theme, browser)
    made = renderer(theme, *more)
    data, told = made.render(document_html(document, theme))
    return data, (*made.told, *told)
