"""Where output goes: results to stdout, all else to stderr; none of it can move a cursor or end in a traceback."""

import os
import sys
from collections.abc import Iterable

from readiness.text import escaped, safe


def say(text: str) -> None:
    """Write a line about what happens to stderr."""
    say_lines(safe(text))


def notify(notices: Iterable[str]) -> None:
    """Write notices about the input to stderr."""
    for notice in notices:
        say(f"Note: {notice}")


def say_lines(text: str) -> None:
    """Write text of our own, laid out in lines, to stderr."""
    try:
        if sys.stderr is not None:
            sys.stderr.write(f"{text}\n")
            sys.stderr.flush()
    except (OSError, ValueError):
        quiet()


def emit(text: str) -> None:
    """Write a result to stdout.

    Where the reader has gone (``| head``) or stdout is closed, the rest is dropped, and the command goes on to its
    exit code.
    Raises OSError where a device refuses to take it, such as a full disk.
    """
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        quiet()


def emit_json(text: str) -> None:
    """Write a result in JSON to stdout, under the same rules, and so that it means the same and moves no cursor."""
    emit(escaped(text))


def emit_bytes(data: bytes) -> None:
    """Write a result that is not text to stdout, under the same rules."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    except BrokenPipeError:
        quiet()


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


def colourful() -> bool:
    """Return whether stdout is a terminal that wants colour."""
    out = sys.stdout
    return out is not None and out.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("NO_COLOR")
