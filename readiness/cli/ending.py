"""Turns whatever ends the program into a message and an exit code: the one place that does."""

import errno
import os
import signal
import sys

import typer
from typer.exceptions import TyperException

from readiness import __version__
from readiness.cli.program import COMPLETE, command
from readiness.cli.settings import placed, placed_words
from readiness.cli.standard_streams import no_memory
from readiness.cli.streams import complain, problems_in, say, say_lines
from readiness.errors import ExitCode, InputError
from readiness.terminals import is_terminal
from readiness.text import ended as sentence
from readiness.text import without_controls

_MARKS_OF_NONE = "allocate memory", "out of memory", "failed to map", "can't start new thread"
"""What other errors say where memory ran out."""


def ended(code: int) -> int:
    """Return the exit code of a command that came to its end by itself, although a signal came."""
    return _stopped(signal.SIGINT) if code == ExitCode.INTERRUPTED else code


def ended_by(error: BaseException, signum: int | None) -> int:
    """Say what ended a command, and return its exit code; ``signum`` is the signal that did, if one came."""
    if signum is not None:
        return _stopped(signum)
    return no_memory() if _is_for_memory(error) else _told(error)


def _is_for_memory(error: BaseException | None) -> bool:
    """Return whether memory ran out, or led to the error."""
    if error is None:
        return False
    if isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM:
        return True
    if isinstance(error, ImportError | RuntimeError) and any(mark in str(error) for mark in _MARKS_OF_NONE):
        return True
    return _is_for_memory(error.__cause__ or error.__context__)


def _stopped(signum: int) -> int:
    if is_terminal("stderr"):
        say("")  # ends the line of a prompt, or of the ^C
    say("Stopped. No file was left half written.")
    return 128 + signum


def _told(error: BaseException) -> int:
    match error:
        case InputError() | OSError():
            complain(map(placed, problems_in(error)))
            return ExitCode.INPUT_WRONG
        case TyperException():
            return _usage(error)
        case KeyboardInterrupt() | typer.Abort():
            return _stopped(signal.SIGINT)
        # typer's way out of completion, and if the reader of its help has gone (| head)
        case SystemExit() if not error.code or isinstance(error.__context__, BrokenPipeError):
            return ExitCode.DONE
        # typer believes each value of a shell's variables
        case SystemExit() | KeyError() | ValueError() if os.environ.get(COMPLETE):
            what = f"{COMPLETE} is set, and not as our scripts for shells set it."
            say(f"{what} Unset it, or get the script again: {command('completion --help')}")
            return ExitCode.USAGE_WRONG
        case _:
            return _bug(error)


def _usage(error: TyperException) -> int:
    message = placed_words(error.format_message().replace("Value error, ", ""))
    if type(error).__name__ == "NoArgsIsHelpError":
        say_lines(message)
    else:
        say(f"{sentence(message)} For help: {command(' '.join([*_asked(error), '--help']))}")
    return ExitCode.USAGE_WRONG


def _asked(error: TyperException) -> list[str]:
    """Return the words of the command that was used wrongly: none where it is not known which one was meant."""
    words: list[str] = []
    within = getattr(error, "ctx", None)
    while within is not None and within.parent is not None:
        words.insert(0, within.info_name)
        within = within.parent
    return words


def _bug(error: BaseException) -> int:
    import tempfile
    import traceback

    lines = [
        f"readiness {__version__}, Python {sys.version}, {sys.platform}",
        f"command: {sys.argv[1:2]}",
        *traceback.format_exception(error),
    ]
    try:
        handle, name = tempfile.mkstemp(prefix="readiness-", suffix=".log")
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as log:
            log.write(without_controls("\n".join(lines)))
    except OSError:
        name = "(the log could not be written)"
    say(f"Something went wrong that is our mistake, not yours. Please send us this file: {name}")
    say("Read it first: it may hold parts of your answers. Answers that were saved are still saved.")
    return ExitCode.BUG
