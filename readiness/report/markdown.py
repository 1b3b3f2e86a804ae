"""Makes the report as Markdown: to paste into a mail or a wiki, or to keep under version control."""

import re
from functools import cache

from jinja2.sandbox import ImmutableSandboxedEnvironment

from readiness.report.model import Report
from readiness.report.templates import markdown_environment

_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~{}&]|^[-+=](?=[-+=]*(?:\s|$))")
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")


def _escape(value: object) -> object:
    """Return text so that Markdown shows it as it is."""
    return _NUMBERED.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", value)) if isinstance(value, str) else value


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return markdown_environment(_escape)


def render_markdown(report: Report) -> bytes:
    """Return the report as Markdown, UTF-8."""
    template = _environment().get_template("report.md.j2")
    text = template.render(report=report.model_dump(mode="json", by_alias=True))
    return re.sub(r"\n{3,}", "\n\n", text).encode()
