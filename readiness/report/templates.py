"""The fenced Jinja environment that every text format is made with.

Templates get plain data only, in Jinja's immutable sandbox, and can read no file outside the template folder.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from readiness.resources import REPORT_TEMPLATES

_TAKEN_OUT = ("lipsum", "cycler", "joiner")
_LONG = 40
"""After so many characters without a space, a line may break."""
_JOINED = ("Mn", "Mc", "Me", "Cf", "Sk")
_LONG_WORD = re.compile(rf"\S{{{_LONG + 1},}}")


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
    return _environment(autoescape=True, finalize=_breakable)


def markdown_environment(escape: Callable[[object], object]) -> ImmutableSandboxedEnvironment:
    """Return the environment for Markdown: ``escape`` goes over every value."""
    return _environment(autoescape=False, finalize=escape)


def _breakable(value: object) -> object:
    """Return text with places where a very long word may break.

    Without them, WeasyPrint takes a minute to break a word of 20,000 characters.
    """
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return _LONG_WORD.sub(lambda word: _with_breaks(word[0]), value)


def _with_breaks(word: str) -> str:
    first, *rest = [word[at : at + _LONG] for at in range(0, len(word), _LONG)]
    # A mark, or half of an emoji, stays with the character it belongs to.
    joins = ["" if unicodedata.category(part[0]) in _JOINED else "\N{ZERO WIDTH SPACE}" for part in rest]
    return first + "".join(f"{join}{part}" for join, part in zip(joins, rest, strict=True))
