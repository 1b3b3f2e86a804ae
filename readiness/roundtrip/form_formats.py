"""Formats a blank form is written in, by the ending of the file's name."""

from typing import assert_never

from readiness.document.values import Rendered
from readiness.document.write import Format
from readiness.roundtrip.form_model import FormView
from readiness.theme.theme import Theme

FORM_FORMATS = (Format.PDF, Format.XLSX, Format.HTML, Format.MARKDOWN)


def render_form(form: Format, view: FormView, theme: Theme) -> Rendered:
    """Return the form's bytes in one of ``FORM_FORMATS``, and what the reader should be told.

    Raises InputError if Pango, which a PDF needs, is missing.
    """
    match form:
        case Format.PDF:
            from readiness.roundtrip.form_pdf_render import render_pdf_form

            return render_pdf_form(view, theme)
        case Format.XLSX:
            from readiness.roundtrip.form_xlsx import render_xlsx_form

            return render_xlsx_form(view, theme), ()
        case Format.HTML:
            from readiness.roundtrip.form_page import render_html_form

            return render_html_form(view, theme), ()
        case Format.MARKDOWN:
            from readiness.roundtrip.form_markdown import render_markdown_form

            return render_markdown_form(view, theme), ()
        case Format.DOCX | Format.JSON | Format.CSV | Format.ICS:
            raise ValueError(f"no form is written as {form}")
        case _:
            assert_never(form)
