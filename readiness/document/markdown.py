"""Makes the report as Markdown: to paste into a mail or a wiki, or to keep under version control."""

import re
from functools import cache
from pathlib import Path

from jinja2.sandbox import ImmutableSandboxedEnvironment

from readiness.document.templates import markdown_environment, render
from readiness.report.brand import brand
from readiness.report.model import Report
from readiness.theme.theme import Theme

_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~{}&]|^[-+=](?=[-+=]*(?:\s|$))")
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")


def escaped(text: str) -> str:
    """Return text so that Markdown shows it as it is."""
    return _NUMBERED.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", text))


def _escape(value: object) -> object:
    return escaped(value) if isinstance(value, str) else value


@cache
def environment(own: Path | None) -> ImmutableSandboxedEnvironment:
    """Return the environment for Markdown. Templates in the folder ``own`` go before ours."""
    return markdown_environment(_escape, own)


def render_markdown(report: Report, theme: Theme) -> bytes:
    """Return the report as Markdown, UTF-8."""
    data = report.model_dump(mode="json", by_alias=True)
    text = render(
        environment(theme.templates), "report.md.j2", theme.templates, report=data, brand=brand(report, theme)
    )
    return re.sub(r"\n{3,}", "\n\n", text).encode()
