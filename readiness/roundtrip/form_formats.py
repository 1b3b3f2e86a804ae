"""Formats a blank form is written in, by the ending of the file's name."""

from typing import TYPE_CHECKING

from readiness.document.write import Format, written_by

if TYPE_CHECKING:  # the command's help names the formats, and must come at once
    from readiness.document.values import Rendered
    from readiness.roundtrip.form_model import FormView
    from readiness.theme.theme import Theme

_WRITERS = {
    Format.PDF: "readiness.roundtrip.form_pdf_render:render_pdf_form",
    Format.XLSX: "readiness.roundtrip.form_xlsx:render_xlsx_form",
    Format.HTML: "readiness.roundtrip.form_page:render_html_form",
    Format.MARKDOWN: "readiness.roundtrip.form_markdown:render_markdown_form",
}
"""Writers of a form; each gets its facts and the theme."""
FORM_FORMATS = tuple(_WRITERS)


def render_form(form: Format, view: "FormView", theme: "Theme") -> "Rendered":
    """Return the form's bytes in one of ``FORM_FORMATS``, and what the reader should be told.

    Raises InputError if Pango, which a PDF needs, is missing.
    """
    return written_by(_WRITERS[form], view, theme)
