"""Starts the program, and turns whatever ends it into a message and an exit code: the one place that does."""

import contextlib
import errno
import gc
import os
import signal
import sys
from typing import NoReturn

import typer
from typer.exceptions import TyperException

from readiness import __version__
from readiness.cli import (
    assess,
    bank,
    batch,
    collect,
    compare,
    completion,
    doctor,
    form,
    plan,
    report,
    schema,
    score,
    theme,
    workshop,
)
from readiness.cli.completion import COMPLETE
from readiness.cli.help import CommandGroup, OneCommand
from readiness.cli.program import command
from readiness.cli.settings import placed, placed_words
from readiness.cli.streams import complain, make_ready, problems_in, quiet, say, say_in_bytes, say_lines
from readiness.errors import ExitCode, InputError
from readiness.signals import hear_ctrl_c, hear_no_more, told
from readiness.text import ended

app = typer.Typer(
    name="readiness",
    cls=CommandGroup,
    help="Find out how ready a mental health service is to bring in Peer Workers, and get a plan to act on.",
    epilog=f"Start here, it asks the questions and saves every answer: {command('assess')}",
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("assess", cls=OneCommand)(assess.assess)
app.command("workshop", cls=OneCommand)(workshop.workshop)
app.command("score", cls=OneCommand)(score.score)
app.command("report", cls=OneCommand)(report.report)
app.command("compare", cls=OneCommand)(compare.compare)
app.command("form", cls=OneCommand)(form.form)
app.add_typer(plan.app, name="plan")
app.command("collect", cls=OneCommand)(collect.collect)
app.command("batch", cls=OneCommand)(batch.batch)
app.add_typer(theme.app, name="theme")
app.add_typer(bank.app, name="bank")
app.command("schema", cls=OneCommand)(schema.schema)
app.command("doctor", cls=OneCommand)(doctor.doctor)
app.command("completion", cls=OneCommand)(completion.completion)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"readiness {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(False, "--version", help="Show the version.", callback=_version, is_eager=True),
) -> None:
    pass


def main() -> NoReturn:
    """Run the program and exit with one of the codes in ``readiness.errors.ExitCode``."""
    gc.disable()  # a command is short, and ends before there is anything to collect: a report takes 5 % less time
    make_ready()
    hear_ctrl_c()
    code = _run()
    with contextlib.suppress(OSError, ValueError):
        if sys.stdout is not None:
            sys.stdout.flush()
    quiet()
    sys.exit(code)


def _run() -> int:
    try:
        code = _called()
    except BaseException as error:  # noqa: BLE001 — a bug must end in words too, not in a traceback
        _SPARE.clear()
        hear_no_more()
        signum = told()
        try:
            return _told(error) if signum is None else _stopped(signum)
        except MemoryError:
            say_in_bytes(_NO_MEMORY)
            return ExitCode.INPUT_WRONG
    hear_no_more()
    return _stopped(signal.SIGINT) if told() is not None and code == ExitCode.INTERRUPTED else code


_SPARE = [bytearray(4_000_000)]
"""Memory to say in what the memory ran out."""
_NO_MEMORY = (
    b"This computer has not enough memory left for this. Close other programs, or give it less at a time. "
    b"Answers that were saved are still saved.\n"
)
_MARKS_OF_NONE = "allocate memory", "out of memory", "failed to map", "can't start new thread"
"""What other errors say where memory ran out."""


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
    if sys.stderr is not None and sys.stderr.isatty():
        say("")  # ends the line of a prompt, or of the ^C
    say("Stopped. No file was left half written.")
    return 128 + signum


def _told(ended_by: BaseException) -> int:
    """Say what ended a command, and return its exit code."""
    match ended_by:
        case _ if _is_for_memory(ended_by):
            say_in_bytes(_NO_MEMORY)
            return ExitCode.INPUT_WRONG
        case InputError() | OSError():
            complain(map(placed, problems_in(ended_by)))
            return ExitCode.INPUT_WRONG
        case TyperException():
            return _usage(ended_by)
        case KeyboardInterrupt() | typer.Abort():
            return _stopped(signal.SIGINT)
        case _:
            return _bug(ended_by)


def _called() -> int:
    if COMPLETE in os.environ:
        from typer._completion_classes import completion_init

        completion_init()  # typer does it only where completion is an option of the program
    try:
        return int(app(prog_name=command(), standalone_mode=False, complete_var=COMPLETE) or ExitCode.DONE)
    except SystemExit as ended:  # typer's own way out of completion, and where the reader of its help has gone (| head)
        return ExitCode.DONE if not ended.code or isinstance(ended.__context__, BrokenPipeError) else ExitCode.BUG


def _usage(error: TyperException) -> int:
    message = placed_words(error.format_message().replace("Value error, ", ""))
    if type(error).__name__ == "NoArgsIsHelpError":
        say_lines(message)
    else:
        say(f"{ended(message)} For help: {command(' '.join([*_asked(error), '--help']))}")
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
            log.write("\n".join(lines))
    except OSError:
        name = "(the log could not be written)"
    say(f"Something went wrong that is our mistake, not yours. Please send us this file: {name}")
    say("Read it first: it may hold parts of your answers. Answers that were saved are still saved.")
    return ExitCode.BUG
