"""Where the result of ``readiness plan`` goes, and as what: the options that say so, and which go together."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from readiness.cli.files import STDOUT, Printed, format_of, printed_as
from readiness.cli.given import today, typed_date
from readiness.cli.inputs import open_theme
from readiness.cli.invocation import Invocation
from readiness.cli.settings import was_set
from readiness.cli.write_result import RESULT_ENDINGS, RESULT_FORMATS, Giving, Result, in_file
from readiness.document.write import Format, written_by

if TYPE_CHECKING:
    from readiness.plan.overlay import Overlay
    from readiness.report.model import Report
    from readiness.report.task_boards import Board
    from readiness.team import AssessedTeam


@dataclass(frozen=True, slots=True)
class PlanGiving(Giving):
    """Where the plan goes, and as what; ``board``: the columns of a CSV."""

    board: "Board"


@dataclass(frozen=True)
class Planned:
    """A team's plan as of ``today``, the command that asked for it, and the edits as they are saved once it is sent."""

    team: "AssessedTeam"
    today: dt.date
    invocation: Invocation
    sent: "Overlay"

    @cached_property
    def report(self) -> "Report":
        """The report with the plan in it."""
        from readiness.report.view import build_report

        return build_report(self.team, today=self.today)

    @property
    def sent_now(self) -> "Overlay":
        """The edits that are sent, with today's bank: they are kept with the one that they were first made for."""
        from readiness.assessment.model import BankReference

        return self.sent.model_copy(update={"bank": BankReference.to(self.team.bank)})


@dataclass(frozen=True, slots=True)
class _Own:
    """Format that only a plan has: its use, its writer's address, and the writer's arguments."""

    use: str
    writer: str
    given: Callable[[Planned, "Board", str], tuple[object, ...]]


_OWN: Mapping[Format, _Own] = {
    Format.XLSX: _Own(
        " to work in",
        "readiness.roundtrip.plan_workbook:plan_workbook",
        lambda planned, _board, theme: (planned.report, planned.team.plan, open_theme(theme), planned.sent_now),
    ),
    Format.CSV: _Own(
        "",
        "readiness.report.task_boards:plan_csv",
        lambda planned, board, _theme: (planned.report, board),
    ),
    Format.ICS: _Own(
        " for a calendar",
        "readiness.report.calendar:plan_calendar",
        lambda planned, _board, _theme: (planned.report, planned.sent, dt.datetime.now(dt.UTC)),
    ),
}
_FORMATS = (*_OWN, *RESULT_FORMATS)
PLAN_ENDINGS = f"{', '.join(f'.{form}{own.use}' for form, own in _OWN.items())}; {RESULT_ENDINGS}"
"""How help names the files that a plan is written as."""


def plan_file(planned: Planned, output: PlanGiving, page: Callable[[], Result]) -> bytes:
    """Return the plan as the file that was asked for; ``page`` gives it in the formats of every result."""
    own = _OWN.get(output.written)
    if own is None:
        return in_file(page(), output.written, output.theme)
    return written_by(own.writer, *own.given(planned, output.board, output.theme))[0]


def output_of(
    out: Path | None, form: Printed | None, board: str | None, theme: str, *, asked: bool, force: bool
) -> PlanGiving:
    """Return what the options say together; ``asked``: the result is no plan, but an answer to --to or --what-if.

    Raises BadParameter if one of them could have no effect.
    """
    from readiness.report.task_boards import Board

    printed = printed_as(out, form)
    has_columns = out is not None and out.suffix.lower() == f".{Format.CSV}"
    board = None if was_set("--columns") and not has_columns else board
    if board is not None and board not in list(Board):
        raise typer.BadParameter(f"--columns takes one of: {', '.join(Board)}")
    if out is None or out == STDOUT:
        if board is not None:
            raise typer.BadParameter("--columns is for a .csv file: name one with -o")
        return PlanGiving(None, printed, Format.JSON, theme, force, Board.TABLE)
    written = format_of(out, None, _FORMATS)
    if asked and written not in RESULT_FORMATS:
        raise typer.BadParameter(f"{out}: what --to and --what-if find is written as {RESULT_ENDINGS}")
    if board is not None and written is not Format.CSV:
        raise typer.BadParameter(f"--columns is for a .csv file, not for {out}")
    return PlanGiving(out, Printed.JSON, written, theme, force, Board(board or Board.TABLE))


_TIMELESS = (Format.JSON, Format.ICS)
"""What says nothing that depends on the day."""


def late_on(text: str | None, output: PlanGiving, *, asked: bool) -> dt.date:
    """Return the day that lateness and stretches of time are counted from: typed, or today.

    Raises BadParameter if a day was typed and could have no effect.
    """
    says = output.printed is Printed.TABLE if output.file is None else output.written not in _TIMELESS
    if text is not None and not was_set("--today") and (asked or not says):
        raise typer.BadParameter("--today is for the plan where it says what is late: not for JSON or a calendar")
    return typed_date("--today", text) or today()
