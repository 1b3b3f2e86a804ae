"""Where the result of ``readiness plan`` goes, and as what: the options that say so, and which go together."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import typer

from readiness.cli.files import STDOUT, Printed, format_of, printed_as
from readiness.cli.given import today, typed_date
from readiness.cli.write_result import RESULT_ENDINGS, RESULT_FORMATS
from readiness.document.write import Format

PLAN_FORMATS = (Format.XLSX, Format.CSV, Format.ICS, *RESULT_FORMATS)


@dataclass(frozen=True, slots=True)
class Output:
    """Where the result goes, and as what: printed in a ``form``, or ``written`` into a file."""

    file: Path | None
    form: Printed
    written: Format
    board: str


def output_of(out: Path | None, form: Printed | None, board: str | None, *, asked: bool) -> Output:
    """Return what the options say together; ``asked``: the result is no plan, but an answer to --to or --what-if.

    Raises BadParameter where one of them could have no effect.
    """
    from readiness.report.task_boards import Board

    printed = printed_as(out, form)
    if board is not None and board not in list(Board):
        raise typer.BadParameter(f"--columns takes one of: {', '.join(Board)}")
    if out is None or out == STDOUT:
        if board is not None:
            raise typer.BadParameter("--columns is for a .csv file: name one with -o")
        return Output(None, printed, Format.JSON, Board.TABLE)
    written = format_of(out, None, PLAN_FORMATS)
    if asked and written not in RESULT_FORMATS:
        raise typer.BadParameter(f"{out}: what --to and --what-if find is written as {RESULT_ENDINGS}")
    if board is not None and written is not Format.CSV:
        raise typer.BadParameter(f"--columns is for a .csv file, not for {out}")
    return Output(out, Printed.JSON, written, board or Board.TABLE)


_TIMELESS = (Format.JSON, Format.ICS)
"""What says nothing that depends on the day."""


def late_on(text: str | None, output: Output, *, asked: bool) -> dt.date:
    """Return the day to say what is late on, and to count stretches of time from: the one that was typed, or today.

    Raises BadParameter where a day was typed and could have no effect.
    """
    says = output.form is Printed.TABLE if output.file is None else output.written not in _TIMELESS
    if text is not None and (asked or not says):
        raise typer.BadParameter("--today is for the plan where it says what is late: not for JSON or a calendar")
    return typed_date("--today", text) or today()
