"""The formats a report is written in, chosen by the ending of the file's name."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from readiness.report.model import Report
from readiness.text import escaped
from readiness.theme.theme import Theme

Rendered = tuple[bytes, tuple[str, ...]]
"""A file's bytes, and what the reader should be told about it."""


class ReportFormat(StrEnum):
    """A format, by the ending of its files."""

    PDF = "pdf"
    HTML = "html"
    DOCX = "docx"
    XLSX = "xlsx"
    MARKDOWN = "md"
    JSON = "json"


def _pdf(report: Report, theme: Theme) -> Rendered:
    from readiness.document.pdf import render_pdf

    return render_pdf(report, theme)


def _html(report: Report, theme: Theme) -> Rendered:
    from readiness.document.html import render_html

    return render_html(report, theme), ()


def _docx(report: Report, theme: Theme) -> Rendered:
    if theme.word_template:
        from readiness.report.word_template import fill_word_template

        return fill_word_template(theme.word_template, report, theme), ()
    from readiness.report.report_docx import render_docx

    return render_docx(report, theme), ()


def _xlsx(report: Report, theme: Theme) -> Rendered:
    from readiness.report.report_workbook import render_xlsx

    return render_xlsx(report, theme), ()


def _markdown(report: Report, theme: Theme) -> Rendered:
    from readiness.document.markdown import render_markdown

    return render_markdown(report, theme), ()


def _json(report: Report, _: Theme) -> Rendered:
    return f"{escaped(report.model_dump_json(by_alias=True, indent=2))}\n".encode(), ()


RENDERERS: Mapping[ReportFormat, Callable[[Report, Theme], Rendered]] = {
    ReportFormat.PDF: _pdf,
    ReportFormat.HTML: _html,
    ReportFormat.DOCX: _docx,
    ReportFormat.XLSX: _xlsx,
    ReportFormat.MARKDOWN: _markdown,
    ReportFormat.JSON: _json,
}
"""How each format is made in this process: for templates that are ours. ``render`` is the way in."""
