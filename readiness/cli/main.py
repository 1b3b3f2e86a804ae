"""Starts the program: its commands by name, and the signals that it hears."""

import os
import sys
from typing import NoReturn

import typer

from readiness import __version__
from readiness.cli.commands import Commands
from readiness.cli.program import COMPLETE, command
from readiness.cli.standard_streams import keep_quiet, make_ready, no_memory
from readiness.signals import hear_no_more, hear_signals, told

app = typer.Typer(
    name="readiness",
    cls=Commands,
    help="Find out how ready a mental health service is to bring in Peer Workers, and get a plan to act on.",
    epilog=f"Start here, it asks the questions and saves every answer: {command('assess')}",
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"readiness {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(False, "--version", help="Show the version.", callback=_version, is_eager=True),
) -> None:
    pass


_SPARE = [bytearray(4_000_000)]
"""Memory to say in what the memory ran out."""


def main() -> NoReturn:
    """Run the program and exit with one of the codes in ``readiness.errors.ExitCode``."""
    make_ready()
    keep_quiet()
    hear_signals()
    code = _run()
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        from readiness.cli.streams import quiet

        quiet()
    sys.exit(code)


def _run() -> int:
    # Messages are imported when there is one: help and most results need none, and come sooner.
    if COMPLETE in os.environ:
        from typer._completion_classes import completion_init

        completion_init()  # typer does it only where completion is an option of the program
    try:
        code = int(app(prog_name=command(), standalone_mode=False, complete_var=COMPLETE) or 0)
    except BaseException as error:  # noqa: BLE001 — a bug must end in words too, not in a traceback
        _SPARE.clear()
        hear_no_more()
        try:
            from readiness.cli.ending import ended_by

            return ended_by(error, told())
        except (MemoryError, ImportError):  # a module of ours is there, unless there is no memory for it
            return no_memory()
    hear_no_more()
    if told() is None:
        return code
    from readiness.cli.ending import ended

    return ended(code)
