"""A result that can be read in a terminal, handed on as a page, or taken as JSON: how it is given."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

import typer

from readiness.cli.files import STDOUT, Printed, format_of, may_write, printed_as
from readiness.cli.inputs import open_theme
from readiness.cli.options import DEFAULT_THEME
from readiness.cli.streams import emit, emit_json, notify, say

if TYPE_CHECKING:
    from readiness.document.blocks import Block


class ResultFormat(StrEnum):
    """What a result is written as, by the ending of its file."""

    PDF = "pdf"
    HTML = "html"
    DOCX = "docx"
    MARKDOWN = "md"
    JSON = "json"


RESULT_FORMATS = ".pdf, .html, .docx or .md for a page, or .json"
"""What an option that takes such a file says of it."""


@dataclass(frozen=True, slots=True)
class Result:
    """What was found; only what is asked for is made.

    ``kicker`` stands above the title of a page, and ``date`` is the day it is of. ``page``: its parts, where they are
    others than in a terminal.
    """

    blocks: "Callable[[], Iterable[Block]]"
    json: Callable[[], str]
    kicker: str
    date: dt.date | None = None
    page: "Callable[[], Iterable[Block]] | None" = None


@dataclass(frozen=True, slots=True)
class Giving:
    """Where a result goes, and as what: printed, or written into a file."""

    file: Path | None
    printed: Printed
    written: ResultFormat
    theme: str


def giving(out: Path | None, form: Printed | None, theme: str, *, force: bool) -> Giving:
    """Return what the options say together.

    Raises BadParameter where they do not fit, and InputError where the file is there already.
    """
    printed = printed_as(out, form)
    written = ResultFormat.JSON if out is None or out == STDOUT else format_of(out, None, ResultFormat)
    if theme != DEFAULT_THEME and written in (ResultFormat.JSON, ResultFormat.MARKDOWN):
        raise typer.BadParameter("--theme is for a page: a .pdf, .html or .docx")
    if out is None or out == STDOUT:
        return Giving(None, printed, written, theme)
    may_write(out, force=force)
    return Giving(out, printed, written, theme)


def give(result: Result, how: Giving, what: str) -> None:
    """Print the result, or write it into its file; ``what`` it is called where a person is told of the file."""
    if how.file is not None:
        from readiness.assessment.store import write_atomically

        write_atomically(how.file, in_file(result, how.written, how.theme), private=False)
        say(f"{what} is in {how.file}.")
        return
    match how.printed:
        case Printed.TABLE:
            from readiness.document.terminal import as_text

            emit(as_text(result.blocks()))
        case Printed.JSON:
            emit_json(result.json())
        case _:
            assert_never(how.printed)


def in_file(result: Result, written: ResultFormat, theme: str) -> bytes:
    """Return the result as the bytes of a file, in the looks of the theme of that name, where it is a page."""
    if written is ResultFormat.JSON:
        from readiness.text import escaped

        return f"{escaped(result.json())}\n".encode()
    from readiness.document.write import Page, PageFormat, render_page

    blocks = (result.page or result.blocks)()
    data, told = render_page(PageFormat(written), Page(result.kicker, tuple(blocks), result.date), open_theme(theme))
    notify(told)
    return data
