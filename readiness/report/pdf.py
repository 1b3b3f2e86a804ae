"""Makes the PDF: tagged (PDF/UA-1), with the shipped font, and with nothing read from outside the template folder."""

import logging
from functools import cache
from pathlib import Path
from typing import Any

from readiness.errors import InputError, Problem
from readiness.report.engine import weasyprint
from readiness.report.html import page, stylesheet
from readiness.report.model import Report
from readiness.report.theme import DEFAULT, Theme
from readiness.resources import REPORT_TEMPLATES


class _Listener(logging.Handler):
    """Keeps what WeasyPrint has to say while a page is rendered."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.errors: list[str] = []
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        (self.errors if record.levelno >= logging.ERROR else self.warnings).append(record.getMessage())


class Renderer:
    """Renders pages to PDF. Fonts and style sheet are prepared once, and serve every document of the process."""

    def __init__(self, theme: Theme = DEFAULT, folder: Path = REPORT_TEMPLATES) -> None:
        self._weasyprint = weasyprint()
        from weasyprint.text.fonts import FontConfiguration

        from readiness.report.fence import FencedFetcher

        self._folder = folder
        self._fetcher = FencedFetcher(folder)
        self._fonts = FontConfiguration()
        self._style = self._weasyprint.CSS(
            string=stylesheet(theme, "style", "print"),
            base_url=f"{folder.as_uri()}/",
            url_fetcher=self._fetcher,
            font_config=self._fonts,
        )

    def render(self, html: str) -> tuple[bytes, tuple[str, ...]]:
        """Return ``html`` as a PDF, and what the reader should be told, such as a character that no font has.

        Raises InputError where something in the page is refused or can't be shown: no PDF is better than half of one.
        """
        from readiness.report.tags import mend_tags

        fetcher = type(self._fetcher)(self._folder)
        listener = _Listener()
        logger = logging.getLogger("weasyprint")
        logger.addHandler(listener)
        try:
            document = self._weasyprint.HTML(string=html, base_url=f"{self._folder.as_uri()}/", url_fetcher=fetcher)
            pdf: Any = document.write_pdf(
                stylesheets=[self._style], font_config=self._fonts, pdf_variant="pdf/ua-1", finisher=mend_tags
            )
        finally:
            logger.removeHandler(listener)
        if fetcher.refused or listener.errors:
            found = [f"the page asks for {url}" for url in fetcher.refused] or listener.errors
            todo = "Take what is refused out of the templates."
            raise InputError([Problem(f"The PDF was not made: {what}", todo) for what in dict.fromkeys(found)])
        return pdf, tuple(dict.fromkeys(_in_words(warning) for warning in listener.warnings))


def _in_words(warning: str) -> str:
    return f"While the PDF was made: {warning}"


@cache
def renderer() -> Renderer:
    """Return the process's renderer."""
    return Renderer()


def render_pdf(report: Report) -> tuple[bytes, tuple[str, ...]]:
    """Return the report as a PDF, and what the reader should be told. The same report gives the same bytes.

    Raises InputError where Pango is missing, or the page can't be shown whole.
    """
    return renderer().render(page(report))
