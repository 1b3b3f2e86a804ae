"""Formats a report is written in. Pages are the report's document; a workbook and JSON hold its values."""

from readiness.document.values import Rendered
from readiness.document.write import Format, write
from readiness.report.model import Report
from readiness.text import escaped
from readiness.theme.theme import Theme

REPORT_FORMATS = (Format.PDF, Format.HTML, Format.DOCX, Format.XLSX, Format.MARKDOWN, Format.JSON)


def render(form: Format, report: Report, theme: Theme) -> Rendered:
    """Return the report in the format, and what the reader should be told about it.

    Templates that are not ours are rendered in a process of their own. Raises InputError if it can't be made: a part
    that is missing on this machine, a template that is wrong.
    """
    if theme.templates or (theme.word_template and form is Format.DOCX):
        from readiness.report.render_apart import render_apart

        return render_apart(form, report, theme)
    return render_here(form, report, theme)


def render_here(form: Format, report: Report, theme: Theme) -> Rendered:
    """Return the same, made in this process, which nothing then bounds.

    Raises InputError as ``render`` does.
    """
    if form is Format.JSON:
        return f"{escaped(report.model_dump_json(by_alias=True, indent=2))}\n".encode(), ()
    if form is Format.XLSX:
        from readiness.report.report_workbook import render_xlsx

        return render_xlsx(report, theme), ()
    if form is Format.DOCX and theme.word_template:
        from readiness.report.word_template import fill_word_template

        return fill_word_template(theme.word_template, report, theme), ()
    from readiness.report.report_document import report_document

    return write(form, report_document(report, theme), theme)
