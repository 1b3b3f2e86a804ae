"""The one way to a finished report: what is ours is rendered here, what is not, apart."""

from readiness.report.formats import RENDERERS, Rendered, ReportFormat
from readiness.report.model import Report
from readiness.theme.theme import Theme


def render(form: ReportFormat, report: Report, theme: Theme) -> Rendered:
    """Return the report in the format, and what the reader should be told about it.

    Raises InputError where it can't be made: a part that is missing on this machine, a template that is wrong.
    """
    if theme.templates or (theme.word_template and form is ReportFormat.DOCX):
        from readiness.report.render_apart import render_apart

        return render_apart(form, report, theme)
    return RENDERERS[form](report, theme)
