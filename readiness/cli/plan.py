"""``readiness plan``: shows the plan, works out what would change it, edits it, and takes it to where people work."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from readiness.cli.options import (
    DEFAULT_BANK,
    DEFAULT_THEME,
    BankOption,
    PathsArgument,
    PlanOption,
    ThemeOption,
    find_overlay,
    may_write,
    open_bank,
    open_theme,
)
from readiness.cli.output import emit, emit_bytes, emit_json, notify, say
from readiness.cli.plan_edit import edit
from readiness.errors import InputError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.bank.model import Bank
    from readiness.cli.options import KeptPlan
    from readiness.plan.model import Plan
    from readiness.report.model import Report
    from readiness.scoring.score import Standings

_STDOUT = Path("-")


class PlanFormat(StrEnum):
    """How a plan is printed."""

    TABLE = "table"
    JSON = "json"


class PlanFileFormat(StrEnum):
    """What a plan is written as, by the ending of its file."""

    XLSX = "xlsx"
    CSV = "csv"
    ICS = "ics"
    JSON = "json"


class _ShowsByDefault(TyperGroup):
    """``readiness plan FILE`` is short for ``readiness plan show FILE``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 — typer's click is its own
        words = [word for word in args if not word.startswith("-") or word == "-"]
        helped = bool({"--help", "-h"} & set(args[:1]))
        if args and not helped and not (words and words[0] in self.commands and args[0] == words[0]):
            args = ["show", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_ShowsByDefault,
    help="Show the action plan, edit it, and take it along.",
    epilog="readiness plan FILE is short for: readiness plan show FILE.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
app.command("edit")(edit)


@app.command("show")
def show(  # noqa: PLR0913, PLR0917 — each is an option of the command
    paths: PathsArgument,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Write the plan: .xlsx to work in, .csv, .ics for a calendar, or .json."),
    ] = None,
    board: Annotated[
        str,
        typer.Option("--columns", help="The columns of a .csv: table, or those that jira, trello or planner import."),
    ] = "table",
    workbook: Annotated[
        Path | None, typer.Option("--from", help="Take over what was changed in this workbook, after showing it.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Take it over without asking.")] = False,
    to: Annotated[
        str | None, typer.Option("--to", help="The cheapest steps to this band; next is the one above today's.")
    ] = None,
    changes: Annotated[
        list[str] | None,
        typer.Option("--what-if", help="What this would change: question=level, or question=unknown. Can be repeated."),
    ] = None,
    form: Annotated[
        PlanFormat, typer.Option("--format", help="A table to read, or JSON for scripts.")
    ] = PlanFormat.TABLE,
    plan: PlanOption = None,
    bank_name: BankOption = DEFAULT_BANK,
    theme_name: ThemeOption = DEFAULT_THEME,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if it is there.")] = False,
) -> None:
    """Show the plan of one team, with your edits; write it as a file; or work out what would change it."""
    from readiness.assessment.reading import read_team
    from readiness.scoring.score import standings

    if sum(asked is not None for asked in (to, changes or None, workbook)) > 1:
        raise typer.BadParameter("use one of --to, --what-if and --from at a time")
    written = _written_as(out, board)
    if out is not None and out != _STDOUT:
        may_write(out, force=force)
    bank = open_bank(bank_name)
    reading = read_team(paths, bank)
    notify(reading.notices)
    stands = standings(bank, reading.assessments)
    kept = find_overlay(bank, paths, reading.assessments, plan)
    if to is not None:
        _route(stands, kept, to, form)
        return
    if changes:
        _what_if(stands, kept, changes, form)
        return
    if workbook is not None:
        kept = _take_over(stands, kept, workbook, yes=yes)
    _show(bank, reading.assessments, stands, kept, form if out is None else None)
    if out is not None:
        _write(out, _file(_Planned(_report(bank, reading.assessments, kept), stands, kept), written, board, theme_name))


def _written_as(out: Path | None, board: str) -> PlanFileFormat:
    from readiness.report.tasks import Board

    if board not in list(Board):
        raise typer.BadParameter(f"--columns takes one of: {', '.join(Board)}")
    if out is None:
        return PlanFileFormat.JSON
    try:
        return PlanFileFormat(out.suffix.removeprefix(".").lower() or "json")
    except ValueError:
        raise typer.BadParameter(f"{out}: end the name in one of: {', '.join(PlanFileFormat)}") from None


def _live(stands: "Standings", kept: "KeptPlan") -> "Plan":
    from readiness.plan.build import build_plan
    from readiness.plan.live import live_plan

    return live_plan(build_plan(stands, stands.score()), kept.overlay, stands)


def _report(bank: "Bank", answers: "Sequence[Any]", kept: "KeptPlan") -> "Report":
    from readiness.report.view import build_report

    return build_report(bank, answers, kept.overlay)


@dataclass(frozen=True, slots=True)
class _Planned:
    """A team's plan with what it was made from."""

    report: "Report"
    stands: "Standings"
    kept: "KeptPlan"


def _file(planned: _Planned, written: PlanFileFormat, board: str, theme: str) -> bytes:
    report, kept = planned.report, planned.kept
    match written:
        case PlanFileFormat.XLSX:
            from readiness.report.tracker import plan_workbook

            return plan_workbook(report, _live(planned.stands, kept), open_theme(theme))
        case PlanFileFormat.CSV:
            from readiness.report.tasks import Board, plan_csv

            return plan_csv(report, Board(board))
        case PlanFileFormat.ICS:
            from readiness.report.calendar import plan_calendar

            return plan_calendar(report, kept.overlay.revision)
    return f"{_json(planned.stands, kept)}\n".encode()


def _write(out: Path, data: bytes) -> None:
    from readiness.assessment.store import write_atomically

    if out == _STDOUT:
        emit_bytes(data)
        return
    write_atomically(out, data, private=False)
    say(f"The plan is in {out}.")


def _json(stands: "Standings", kept: "KeptPlan") -> str:
    from readiness.assessment.model import BankReference
    from readiness.plan.model import TeamPlan
    from readiness.text import escaped

    plan = TeamPlan(bank=BankReference.to(stands.bank), team=stands.team, **dict(_live(stands, kept)))
    return escaped(plan.model_dump_json(by_alias=True, indent=2))


def _show(
    bank: "Bank", answers: "Sequence[Any]", stands: "Standings", kept: "KeptPlan", form: PlanFormat | None
) -> None:
    if form is PlanFormat.JSON:
        emit_json(_json(stands, kept))
    elif form is PlanFormat.TABLE:
        from readiness.cli.plan_table import plan_table

        emit(plan_table(_report(bank, answers, kept)))


def _route(stands: "Standings", kept: "KeptPlan", to: str, form: PlanFormat) -> None:
    from readiness.plan.route import cheapest_route, target_band

    band = target_band(stands, "" if to == "next" else to)
    route = cheapest_route(stands, band, kept.overlay.actions)
    if form is PlanFormat.JSON:
        emit_json(route.model_dump_json(by_alias=True, indent=2))
        return
    from readiness.cli.plan_table import route_table

    emit(route_table(stands, band, route))


def _what_if(stands: "Standings", kept: "KeptPlan", changes: "Sequence[str]", form: PlanFormat) -> None:
    from readiness.plan.what_if import what_if

    change = what_if(stands, changes, kept.overlay.actions)
    if form is PlanFormat.JSON:
        emit_json(change.model_dump_json(by_alias=True, indent=2))
        return
    from readiness.cli.plan_table import change_table

    emit(change_table(stands, change))


def _take_over(stands: "Standings", kept: "KeptPlan", workbook: Path, *, yes: bool) -> "KeptPlan":
    """Return the edits with what was changed in ``workbook``, after a person has seen it and said yes."""
    from readiness.cli.options import KeptPlan
    from readiness.collect.tracker import read_tracker
    from readiness.plan.build import build_plan
    from readiness.plan.changes import FIELD_WORDS, choices_of
    from readiness.plan.files import PlanFile, read_overlay
    from readiness.plan.merge import merge

    tracker = read_tracker(workbook, choices_of(stands.bank))
    if tracker.team != stands.team.name:
        what = f"This workbook is about {tracker.team or 'no team'}, and the answers are about {stands.team.name}"
        raise InputError(Problem(what, "Name the right files.", Place(str(workbook))))
    if kept.path is None:
        what = "There is no one place to keep your edits in for these answers"
        raise InputError(Problem(what, "Name a file with --plan, or give one file or folder of answers."))
    with PlanFile(kept.path) as file:
        overlay = read_overlay(kept.path, stands.bank, stands.team.name)
        computed = build_plan(stands, stands.score())
        merged = merge(overlay, computed, _live(stands, KeptPlan(kept.path, overlay)), tracker.sent, tracker.rows)
        if merged.conflicts:
            todo = "Write it the same in both, or write the workbook anew and change that one."
            raise InputError(
                Problem(
                    f'{change.title}: "{FIELD_WORDS[change.field]}" was changed here to "{change.before}" and in the '
                    f'workbook to "{change.after}"',
                    todo,
                    Place(str(workbook)),
                )
                for change in merged.conflicts
            )
        if not merged.changes:
            say("Nothing was changed in the workbook.")
            return KeptPlan(kept.path, overlay)
        for change in merged.changes:
            say(f'{change.title}: "{FIELD_WORDS[change.field]}" {_moved(change.before, change.after)}')
        if not yes and not _agreed():
            say("Nothing was taken over.")
            raise typer.Exit
        saved = file.save(merged.overlay)
    say(f"Taken over, and saved in {kept.path}.")
    return KeptPlan(kept.path, saved)


def _moved(before: str, after: str) -> str:
    old, new = (text.replace("\n", "; ") for text in (before, after))
    if not old:
        return f"is now: {new}"
    return f"was: {old}. It is now: {new}" if new else f"was: {old}. It is now empty"


def _agreed() -> bool:
    """Return whether a person at the terminal says yes. Raises InputError where there is nobody to ask."""
    import sys

    if sys.stdin is None or not sys.stdin.isatty():
        what = "There is nobody to ask whether these changes are right, so nothing was taken over"
        raise InputError(Problem(what, "Look at them, then run it again with --yes."))
    sys.stderr.write("Take these over? y or n > ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in ("y", "yes")
