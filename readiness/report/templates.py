"""The fenced Jinja environment that every text format is made with.

Templates get plain data only, in Jinja's immutable sandbox, and can read no file outside the template folder.
"""

from collections.abc import Callable
from functools import cache

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from readiness.resources import REPORT_TEMPLATES

_TAKEN_OUT = ("lipsum", "cycler", "joiner")


def _environment(
    *, autoescape: bool, finalize: Callable[[object], object] | None = None
) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(REPORT_TEMPLATES),
        autoescape=autoescape,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    for name in _TAKEN_OUT:
        del environment.globals[name]
    return environment


@cache
def html_environment() -> ImmutableSandboxedEnvironment:
    """Return the environment for HTML: everything is escaped but the charts, which we drew."""
    return _environment(autoescape=True)


def markdown_environment(escape: Callable[[object], object]) -> ImmutableSandboxedEnvironment:
    """Return the environment for Markdown: ``escape`` goes over every value."""
    return _environment(autoescape=False, finalize=escape)
