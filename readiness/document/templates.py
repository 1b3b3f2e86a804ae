"""The fenced Jinja environment that every text format is made with.

Templates get plain data only, in Jinja's immutable sandbox, and can read no file outside the template folder.
"""

import re
import traceback
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
)
from jinja2.exceptions import SecurityError
from jinja2.loaders import split_template_path
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from readiness.document.compiled_templates import CompiledTemplates
from readiness.document.template_depth import LONG_NUMBER, TOO_DEEP, beyond_limits
from readiness.errors import InputError, Place, Problem
from readiness.language import _, n_
from readiness.opening import real
from readiness.resources import REPORT_TEMPLATES
from readiness.text import safe, without_controls

_TAKEN_OUT = ("lipsum", "cycler", "joiner")
MAX_BYTES = 4_000_000
"""Of one template, with pictures written as addresses; all of ours have 30,000."""
_LONG = 40
"""After so many characters without a space, a line may break."""
_JOINED = ("Mn", "Mc", "Me", "Cf", "Sk")
_ADDRESS = re.compile(r"(?:https?|mailto|data):.{,2000}$")
"""What must stay as it is, to be followed or copied."""
_HALF = re.compile("[\ud800-\udfff]")
_LONG_WORD = re.compile(rf"\S{{{_LONG + 1},}}")


class _FencedLoader(FileSystemLoader):
    """Loads templates that really lie in a folder: none through a link that leads out of it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._folder = real(folder)

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return the template, its file, and whether that is unchanged.

        Raises InputError if it is not UTF-8, or larger than MAX_BYTES.
        """
        path = self._folder.joinpath(*split_template_path(template))
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            what = f"This template is larger than {MAX_BYTES // 1_000_000} MB"
            raise InputError(Problem(what, "Make the pictures in it smaller.", Place(str(path))))
        try:
            source, file, unchanged = super().get_source(environment, template)
        except UnicodeDecodeError as error:
            place = Place(str(self._folder / template))
            raise InputError(Problem("This file is not UTF-8", "Save it as UTF-8.", place)) from error
        if not real(Path(file)).is_relative_to(self._folder):
            raise TemplateNotFound(template)
        return source, file, unchanged


class _FencedEnvironment(ImmutableSandboxedEnvironment):
    """Sandbox in which anything nested too deep is a mistake in the template, with its line, as any other."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parser = Parser(self, source, name, filename)
        try:
            template = parser.parse()
        except RecursionError:
            raise TemplateSyntaxError(TOO_DEEP, parser.stream.current.lineno, name, filename) from None
        except ValueError:  # of thousands of digits, Python makes no number
            raise TemplateSyntaxError(LONG_NUMBER, parser.stream.current.lineno, name, filename) from None
        if wrong := beyond_limits(template):
            line, what = wrong
            raise TemplateSyntaxError(what, line, name, filename)
        return template


def _environment(
    own: Path | None, *, autoescape: bool, finalize: Callable[[object], object] | None = None
) -> ImmutableSandboxedEnvironment:
    shipped = _FencedLoader(REPORT_TEMPLATES)
    first = [_FencedLoader(own)] if own else []
    environment = _FencedEnvironment(
        # A template of one's own goes before ours of the same name, and can extend it as "shipped/NAME".
        loader=ChoiceLoader([*first, shipped, PrefixLoader({"shipped": shipped})]),
        autoescape=autoescape,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    for name in _TAKEN_OUT:
        del environment.globals[name]
    environment.globals |= {"_": _, "n_": n_}
    return environment


@cache
def html_environment(own: Path | None = None) -> ImmutableSandboxedEnvironment:
    """Return the environment for HTML: everything is escaped but the charts, which we drew.

    Templates in the folder ``own`` go before ours.
    """
    environment = _environment(own, autoescape=True, finalize=_own_finished if own else _finished)
    if own is None:
        environment.bytecode_cache = CompiledTemplates(Path(__file__))
    return environment


def markdown_environment(escape: Callable[[object], object]) -> ImmutableSandboxedEnvironment:
    """Return the environment for Markdown: ``escape`` goes over every value."""
    return _environment(None, autoescape=False, finalize=escape)


def word_environment() -> ImmutableSandboxedEnvironment:
    """Return the environment for a client's Word document: everything is escaped, and no other template is in reach."""
    environment = _environment(None, autoescape=True, finalize=_whole)
    environment.loader = None
    return environment


def render(environment: ImmutableSandboxedEnvironment, name: str, own: Path | None, **facts: object) -> str:
    """Return the template called ``name`` filled with ``facts``.

    Raises InputError, with file and line, if a template of the folder ``own`` is wrong.
    """
    try:
        made = environment.get_template(name).render(**facts)
    except (MemoryError, InputError):
        raise
    except Exception as error:
        place = _place(error, own) if own else None
        if place is None:
            raise
        raise InputError(
            Problem(f"The template can’t be filled in: {in_words(error)}", "Fix it on this line.", place)
        ) from error
    if own and _HALF.search(made):  # a filter of a whole block made it: no line is known
        what = "The templates make half a character, which no file can hold"
        raise InputError(Problem(what, 'Look for "\\ud" in them.', Place(str(own))))
    return without_controls(made) if own else made


def _place(error: Exception, own: Path) -> Place | None:
    """Return where in a template of ``own`` the error was raised: Jinja names templates in tracebacks."""
    lines = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, TemplateSyntaxError) and error.filename:
        lines.append((error.filename, error.lineno))
    for file, line in reversed(lines):
        if Path(file).is_relative_to(own):
            return Place(file, line)
    return None


def in_words(error: Exception) -> str:
    """Return what is wrong in a template, without a stop at the end."""
    match error:
        case TemplateNotFound():
            return f'there is no template "{error.name}"'
        case SecurityError():
            return "it asks for something that templates may not have"
        case RecursionError():
            return "templates extend, include or call one another without end"
    return safe(str(error))[:300].rstrip(".") or type(error).__name__


def _finished(value: object) -> object:
    """Return a value as it goes into a page: text with places to break, markup of ours as it is."""
    return breakable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _own_finished(value: object) -> object:
    return _finished(_whole(value))


def _whole(value: object) -> object:
    """Return the value. Raises ValueError if it is text with half a character, which no file can hold."""
    if isinstance(value, str) and (half := _HALF.search(value)):
        raise ValueError(f"it makes half a character, \\u{ord(half[0]):04x}")
    return value


def breakable(text: str) -> str:
    """Return text with places where a very long word may break.

    Without them, WeasyPrint takes a minute to break a word of 20,000 characters.
    """
    if len(text) <= _LONG:
        return text
    return _LONG_WORD.sub(lambda word: word[0] if _ADDRESS.match(word[0]) else _with_breaks(word[0]), text)


def _with_breaks(word: str) -> str:
    first, *rest = [word[at : at + _LONG] for at in range(0, len(word), _LONG)]
    # A mark, or half of an emoji, stays with the character it belongs to.
    joins = ["" if unicodedata.category(part[0]) in _JOINED else "\N{ZERO WIDTH SPACE}" for part in rest]
    return first + "".join(f"{join}{part}" for join, part in zip(joins, rest, strict=True))
