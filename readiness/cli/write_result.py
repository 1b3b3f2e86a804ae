"""How a result is given: shown in a terminal, written as a page, or as JSON."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, assert_never

import typer

from readiness.cli.files import STDOUT, Printed, format_of, may_write, printed_as
from readiness.cli.inputs import open_theme
from readiness.cli.look_options import DEFAULT_THEME
from readiness.cli.settings import was_set
from readiness.cli.streams import emit_by_page, emit_json, notify, save, table_width
from readiness.document.write import PAGES, Format, FormatKind, endings, write
from readiness.terminals import has_looks

if TYPE_CHECKING:
    from readiness.document.blocks import Document

RESULT_FORMATS = (*PAGES, Format.JSON)
RESULT_ENDINGS = f"{endings(PAGES)} for a page, or .{Format.JSON}"
"""What an option that takes such a file says of it."""
OutOption = Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help=f"Write it: {RESULT_ENDINGS}.")]


@dataclass(frozen=True, slots=True)
class Result:
    """What was found; only what is asked for is made.

    ``page`` is the document for a file, if it is another than in a terminal. ``hints`` are commands to type next.
    """

    document: "Callable[[], Document]"
    json: Callable[[], str]
    page: "Callable[[], Document] | None" = None
    hints: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Giving:
    """Where a result goes, and as what: printed, or written into a file."""

    file: Path | None
    printed: Printed
    written: Format
    theme: str
    force: bool


def giving(out: Path | None, form: Printed | None, theme: str, *, force: bool) -> Giving:
    """Return what the options say together.

    Raises BadParameter if they do not fit, and InputError if the file is there already.
    """
    printed = printed_as(out, form)
    written = Format.JSON if out is None or out == STDOUT else format_of(out, None, RESULT_FORMATS)
    if theme != DEFAULT_THEME and not was_set("--theme") and written.kind is FormatKind.PLAIN:
        looks = endings(form for form in PAGES if form.kind is not FormatKind.PLAIN)
        raise typer.BadParameter(f"--theme is for a page: a {looks}")
    if out is None or out == STDOUT:
        return Giving(None, printed, written, theme, force)
    may_write(out, force=force)
    return Giving(out, printed, written, theme, force)


def give(result: Result, how: Giving) -> None:
    """Print the result, or write it into its file."""
    if how.file is not None:
        save(how.file, in_file(result, how.written, how.theme), force=how.force)
        return
    match how.printed:
        case Printed.TABLE:
            emit_by_page(as_text(result.document(), result.hints))
        case Printed.JSON:
            emit_json(result.json())
        case _:
            assert_never(how.printed)


def as_text(document: "Document", hints: Sequence[str] = ()) -> str:
    """Return the document as text for the terminal that standard output leads to, with ``hints`` at its end."""
    from readiness.document.blocks import Hint
    from readiness.document.terminal import document_text

    whole = replace(document, blocks=[*document.blocks, *map(Hint, hints)])
    return document_text(whole, table_width(), colour=has_looks("stdout"))


def in_file(result: Result, written: Format, theme: str) -> bytes:
    """Return the result as a file; a page is in the looks of the theme of that name."""
    if written is Format.JSON:
        from readiness.text import escaped

        return f"{escaped(result.json())}\n".encode()
    data, told = write(written, (result.page or result.document)(), open_theme(theme))
    notify(told)
    return data
