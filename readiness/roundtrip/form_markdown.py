"""Makes the form as Markdown: to read before the meeting, or to print."""

import re
from functools import cache

from jinja2.sandbox import ImmutableSandboxedEnvironment

from readiness.document.markdown import escaped
from readiness.document.templates import markdown_environment, render
from readiness.roundtrip.form_model import FormView
from readiness.theme.identity import identity
from readiness.theme.theme import Theme


def render_markdown_form(form: FormView, theme: Theme) -> bytes:
    """Return the form as Markdown, UTF-8."""
    facts = form.model_dump(mode="json", by_alias=True)
    text = render(_environment(), "form/form.md.j2", None, form=facts, brand=identity(theme))
    return re.sub(r"\n{3,}", "\n\n", text).encode()


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return markdown_environment(lambda value: escaped(value) if isinstance(value, str) else value)
