"""Makes the form as a PDF: to fill in on a screen, or to print. Tagged (PDF/UA-1), as a report is."""

from functools import cache, partial

from readiness.assessment.form_mark import CHOICES, MARK
from readiness.document.engine import need_weasyprint
from readiness.document.html import IN_ENGLISH
from readiness.document.mark_english import marked
from readiness.document.pdf import Renderer
from readiness.document.templates import html_environment, render
from readiness.roundtrip.form_model import FormView
from readiness.roundtrip.form_pdf import mend_fields
from readiness.theme.identity import identity
from readiness.theme.theme import Theme

_PAGE = "form/paper.html.j2"


@cache
def _renderer(theme: Theme) -> Renderer:
    return Renderer(theme, sheets=("style", "print", "form/paper"))


def render_pdf_form(form: FormView, theme: Theme) -> tuple[bytes, tuple[str, ...]]:
    """Return the form as a PDF, and what the reader should be told. The same form gives the same bytes.

    Raises InputError if Pango is missing, or if the page can't be shown whole.
    """
    need_weasyprint("a form to fill in", "write the form as .html, to fill in in any browser, or as .xlsx")
    facts = form.model_dump(mode="json", by_alias=True)
    page = marked(render(html_environment(), _PAGE, None, form=facts, brand=identity(theme)), IN_ENGLISH)
    written = {"role": form.role} if form.role and not form.roles else {}
    mend = partial(
        mend_fields,
        mark_name=MARK,
        mark=form.mark.to_json(),
        choices_name=CHOICES,
        text_size=theme.text_size,
        written=written,
    )
    return _renderer(theme).render(page, mend)
