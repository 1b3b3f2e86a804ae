"""Where output goes: results to stdout, all else to stderr, without control characters or tracebacks."""

import contextlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path

from readiness.cli.files import STDOUT, there_already
from readiness.cli.invocation import in_words
from readiness.cli.program import command
from readiness.errors import InputError, Notice, Place, Problem
from readiness.terminals import has_looks, is_terminal
from readiness.text import escaped, safe, without_controls

_NUMBER = re.compile(r"\d+ +")
"""A choice's number, as it stands before it."""


def say(text: str) -> None:
    """Write what happens to stderr: in one line, or in a terminal in lines that fit it."""
    say_lines(fitted(safe(text), _columns()))


def fitted(text: str, columns: int | None) -> str:
    """Return ``text`` in lines of at most so many columns, broken between words only; None stands for no limit.

    A command at its end stands in a line of its own, however long, to be copied.
    """
    if columns is None or len(text) < columns:
        return text
    words, colon, rest = text.partition(f": {command()} ")
    lines = _wrapped(words + colon[:1], columns)
    return "\n".join([*lines, f"  {colon[2:]}{rest}"] if colon else lines)


def set_out(line: str) -> None:
    """Write a line to stderr that can stand below others, numbered or not, and that fits a terminal.

    What goes on in the next line stands below the words.
    """
    words, columns = safe(line), _columns()
    lead = line[: len(line) - len(line.lstrip(" "))]
    number = _NUMBER.match(words) if lead else None
    rest = lead + " " * len(number[0]) if number else lead
    say_lines(lead + words if columns is None or not words else "\n".join(_wrapped(words, columns, lead, rest)))


def _wrapped(text: str, columns: int, lead: str = "", rest: str = "") -> list[str]:
    """Return the text in lines that fit so many columns, broken between words only."""
    return textwrap.wrap(
        text,
        max(1, columns - 1),
        initial_indent=lead,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _columns() -> int | None:
    """Return how wide the terminal is that stderr leads to; None if it leads elsewhere."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or None if sys.stderr.isatty() else None
    except (AttributeError, OSError, ValueError):  # no stderr, or one that is closed
        return None


def notify(notices: Iterable[str | Notice]) -> None:
    """Write notices about the input to stderr."""
    for notice in notices:
        say(f"Note: {in_words(notice) if isinstance(notice, Notice) else notice}")


def complain(problems: Iterable[Problem]) -> None:
    """Write to stderr what is wrong, each with what to do about it."""
    for problem in problems:
        say(in_words(problem))


def problems_in(error: InputError | OSError) -> tuple[Problem, ...]:
    """Return what to say of the error that ended a command; of the system's, with its file."""
    if isinstance(error, InputError):
        return error.problems
    todo = "Check that there is room, and that you may write there."
    return (Problem(str(error.strerror or error), todo, Place(str(error.filename or "Output"))),)


def say_lines(text: str) -> None:
    """Write text of our own, laid out in lines, to stderr."""
    try:
        if sys.stderr is not None:
            sys.stderr.write(f"{without_controls(text)}\n")
            sys.stderr.flush()
    except (OSError, ValueError):
        quiet()


def prompt(text: str) -> None:
    """Write words of ours to stderr, with nothing after them: what a person types stands in the same line.

    Raises OSError or AttributeError if nobody can see it.
    """
    sys.stderr.write(text)
    sys.stderr.flush()


def emit(text: str) -> None:
    """Write a result to stdout, in lines, without what could move a cursor.

    If the reader has gone (``| head``) or stdout is closed, the rest is dropped. Raises OSError if a device refuses
    to take it, such as a full disk.
    """
    _put(without_controls(text))


def _put(text: str) -> None:
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        quiet()


_PROMPT = "?eThe end, q leaves this page:q leaves this page, Space goes on."
"""Prompt of less, in its own signs: at the end, and before it. Without one it is a bare ":"."""


def emit_by_page(text: str) -> None:
    """Write a result in its looks to stdout; in a terminal that it is too long for, in the pager.

    ``text`` is a document's: its words are safe to show, and only its colours are escape sequences.
    """
    pager = _pager() if text.count("\n") >= shutil.get_terminal_size().lines and has_looks("stdout") else None
    if pager is None or not is_terminal("stdin"):
        _put(text)
        return
    try:
        # F: it ends by itself if all fits; R: colours; X: what was read stays on the screen. A person's own come last.
        less = f"-Ps{_PROMPT}$ {os.environ.get('LESS', '-FRX')}"
        subprocess.run(pager, input=text.encode(), env={**os.environ, "LESS": less}, check=False)  # noqa: S603 — a person's own pager
    except OSError:
        _put(text)


def _pager() -> list[str] | None:
    """Return the words that start the person's pager: as PAGER says, or else the one there is."""
    own: list[str] = []
    with contextlib.suppress(ValueError):  # a quotation mark that is never closed names no program
        own = shlex.split(os.environ.get("PAGER", ""), posix=os.name != "nt")
    return own or next(([found] for name in ("less", "more") if (found := shutil.which(name))), None)


def emit_json(text: str) -> None:
    """Write a result in JSON to stdout, escaped so that it moves no cursor."""
    _put(escaped(text))


def emit_bytes(data: bytes) -> None:
    """Write a result that is not text to stdout, under the same rules."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    except BrokenPipeError:
        quiet()


def save(out: Path, data: bytes, more: str = "", *, force: bool) -> None:
    """Write a result into its file and say so, with ``more`` about it; or to stdout.

    Raises InputError without ``force`` if the file came to be there meanwhile.
    """
    from readiness.assessment.draft import sweep, write_atomically

    if out == STDOUT:
        emit_bytes(data)
        return
    sweep(out.parent, {out.name})
    try:
        write_atomically(out, data, private=False, replace=force)
    except FileExistsError:
        raise InputError(there_already(out)) from None
    say(f"Saved as {out}.{more}")


def quiet() -> None:
    """Let the interpreter's last flush go nowhere, so that it can't fail."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, stream.fileno())
            os.close(null)


def table_width() -> int:
    """Return how many characters wide a table on stdout may be: as the terminal, or 100 if there is none."""
    return shutil.get_terminal_size().columns if is_terminal("stdout") else _NO_TERMINAL


_NO_TERMINAL = 100
