"""Makes the form as Markdown: to read before the meeting, or to print."""

import re

from readiness.report.brand import identity
from readiness.report.forms.view import FormView
from readiness.report.markdown import environment
from readiness.report.templates import render
from readiness.report.theme import Theme


def render_markdown_form(form: FormView, theme: Theme) -> bytes:
    """Return the form as Markdown, UTF-8."""
    facts = form.model_dump(mode="json", by_alias=True)
    text = render(environment(None), "form/form.md.j2", None, form=facts, brand=identity(theme))
    return re.sub(r"\n{3,}", "\n\n", text).encode()
