"""The formats a blank form is written in, chosen by the ending of the file's name."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from readiness.report.formats import Rendered
from readiness.roundtrip.form_model import FormView
from readiness.theme.theme import Theme


class FormFormat(StrEnum):
    """A format, by the ending of its files."""

    PDF = "pdf"
    XLSX = "xlsx"
    HTML = "html"
    MARKDOWN = "md"


def _pdf(form: FormView, theme: Theme) -> Rendered:
    from readiness.roundtrip.form_pdf_render import render_pdf_form

    return render_pdf_form(form, theme)


def _xlsx(form: FormView, theme: Theme) -> Rendered:
    from readiness.roundtrip.form_xlsx import render_xlsx_form

    return render_xlsx_form(form, theme), ()


def _html(form: FormView, theme: Theme) -> Rendered:
    from readiness.roundtrip.form_page import render_html_form

    return render_html_form(form, theme), ()


def _markdown(form: FormView, theme: Theme) -> Rendered:
    from readiness.roundtrip.form_markdown import render_markdown_form

    return render_markdown_form(form, theme), ()


FORM_RENDERERS: Mapping[FormFormat, Callable[[FormView, Theme], Rendered]] = {
    FormFormat.PDF: _pdf,
    FormFormat.XLSX: _xlsx,
    FormFormat.HTML: _html,
    FormFormat.MARKDOWN: _markdown,
}
"""How each format is made."""
