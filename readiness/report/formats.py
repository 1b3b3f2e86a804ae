"""Formats a report is written in. Pages are the report's document; others have a writer of their own."""

from typing import TYPE_CHECKING

from readiness.document.write import Format, write, written_by
from readiness.text import escaped

if TYPE_CHECKING:  # the commands' help names the formats, and must come at once
    from readiness.document.values import Rendered
    from readiness.report.model import Report
    from readiness.theme.theme import Theme

_OWN = {
    Format.XLSX: "readiness.report.report_workbook:render_xlsx",
    Format.PPTX: "readiness.report.board_document:render_slides",
    Format.JSON: "readiness.report.formats:report_json",
}
"""Writers of what is no page, by their addresses; each gets the report and the theme."""
REPORT_FORMATS = tuple(form for form in Format if form.page or form in _OWN)
POSTER_FORMATS = (Format.PDF, Format.HTML)
"""Formats that a poster is written in."""


def render(form: Format, report: "Report", theme: "Theme") -> "Rendered":
    """Return the report in the format, and what the reader should be told about it.

    Templates that are not ours are rendered in a process of their own. Raises InputError if it can't be made: a part
    that is missing on this machine, a template that is wrong.
    """
    if theme.templates or (theme.word_template and form is Format.DOCX):
        from readiness.report.render_apart import render_apart

        return render_apart(form, report, theme)
    return render_here(form, report, theme)


def render_here(form: Format, report: "Report", theme: "Theme") -> "Rendered":
    """Return the same, made in this process, which nothing then bounds.

    Raises InputError as ``render`` does.
    """
    if form in _OWN:
        return written_by(_OWN[form], report, theme)
    if form is Format.DOCX and theme.word_template:
        from readiness.report.word_template import fill_word_template

        return fill_word_template(theme.word_template, report, theme), ()
    from readiness.report.report_document import report_document

    return write(form, report_document(report, theme), theme)


def report_json(report: "Report", _theme: "Theme") -> bytes:
    """Return the report's values as JSON, which has no looks."""
    return f"{escaped(report.model_dump_json(by_alias=True, indent=2))}\n".encode()
