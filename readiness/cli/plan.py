"""``readiness plan``: shows the plan, works out what would change it, edits it, and takes it to where people work."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readiness.cli.files import may_write, spare
from readiness.cli.help import CommandGroup, OneCommand, described
from readiness.cli.inputs import open_bank, open_team, speaking_in
from readiness.cli.invocation import Invocation, answer_again, invoked, typed
from readiness.cli.look_options import DEFAULT_THEME, LanguageOption, ThemeOption
from readiness.cli.options import DEFAULT_BANK, BankOption, MinGroupOption, PathsArgument, PlanOption
from readiness.cli.output_options import ForceOption, PrintedOption
from readiness.cli.plan_edit import edit
from readiness.cli.plan_import import Agreeing, Prefer, is_plan_workbook, spare_changes, take_over
from readiness.cli.plan_numbers import as_sent, keep_sent, keep_shown
from readiness.cli.plan_output import PLAN_ENDINGS, Planned, late_on, output_of, plan_file
from readiness.cli.plan_rename import rename
from readiness.cli.program import NAME, command
from readiness.cli.settings import was_set
from readiness.cli.streams import save, say
from readiness.cli.write_result import Result, give
from readiness.document.write import Format
from readiness.errors import Command
from readiness.language import ENGLISH
from readiness.scoring.disclosure import MIN_GROUP

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import BaseModel

    from readiness.cli.settings_names import Context, Formatter
    from readiness.document.blocks import Document
    from readiness.team import AssessedTeam


class _ShowsByDefault(CommandGroup):
    """``readiness plan FILE`` is short for ``readiness plan show FILE``."""

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        words = [word for word in args if not word.startswith("-") or word == "-"]
        helped = bool({"--help", "-h"} & set(args[:1]))
        if args and not helped and not (words and words[0] in self.commands and args[0] == words[0]):
            args = ["show", *args]
        return super().parse_args(ctx, args)

    def format_epilog(self, ctx: "Context", formatter: "Formatter") -> None:
        """Write what follows the commands: the options of the one that stands for all, as it need not be typed."""
        super().format_epilog(ctx, formatter)
        options = (described(option, ctx) for option in self.commands["show"].get_params(ctx))
        with formatter.section(f"Options of {NAME} plan FILE"):
            formatter.write_dl([option for option in options if option and option[0].startswith("-")])


app = typer.Typer(
    cls=_ShowsByDefault,
    epilog=f"plan FILE is short for: {command('plan show FILE')}",
    rich_markup_mode=None,
    no_args_is_help=True,
    add_completion=False,
)


@app.callback()
def plan() -> None:
    """Show the action plan, change it, and write it to a file."""


app.command("edit", cls=OneCommand)(edit)
app.command("rename", cls=OneCommand)(rename)


@app.command("show", cls=OneCommand)
def show(
    paths: PathsArgument,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            help=f"Write it: {PLAN_ENDINGS}.",
        ),
    ] = None,
    board: Annotated[
        str | None,
        typer.Option(
            "--columns",
            metavar="COLUMNS",
            help="The columns of a .csv: table, or those that jira, trello or planner import.",
        ),
    ] = None,
    workbook: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="WORKBOOK", help="Bring back what was changed in this workbook, after showing it."
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Bring it back without asking.")] = False,
    prefer: Annotated[
        Prefer | None,
        typer.Option("--prefer", help="If both were changed, take the workbook's words or keep the plan's."),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="BAND", help="The cheapest steps to this band; next is the one above today's."),
    ] = None,
    changes: Annotated[
        list[str] | None,
        typer.Option(
            "--what-if",
            metavar="QUESTION=ANSWER",
            help="What an answer would change: 8=4 is question 8, its fourth answer, as counted on the screen; "
            "critical-mass=3 is a question's id and a level's value, as in a file; 8=unknown. Can be repeated.",
        ),
    ] = None,
    form: PrintedOption = None,
    plan: PlanOption = None,
    min_group: MinGroupOption = MIN_GROUP,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--today",
            metavar="DATE",
            help="The day (2026-11-24) to say what is late on. Without it: today.",
        ),
    ] = None,
    bank_name: BankOption = DEFAULT_BANK,
    theme_name: ThemeOption = DEFAULT_THEME,
    language: LanguageOption = ENGLISH,
    force: ForceOption = False,
) -> None:
    """Show the plan of one team, with your changes; write it to a file; or work out what would change it."""
    if sum(asked is not None for asked in (to, changes or None, workbook)) > 1:
        raise typer.BadParameter("use one of --to, --what-if and --from at a time")
    _belong_to_from(workbook, {"--yes": yes, "--prefer": prefer is not None})
    asked = bool(to is not None or changes)
    output = output_of(out, form, board, theme_name, asked=asked, force=force)
    day = late_on(as_of, output, asked=asked)
    if output.file is not None:
        may_write(output.file, force=force, allowed=is_plan_workbook)
    invocation = invoked(paths, bank_name, plan)
    bank = open_bank(bank_name)
    opened = open_team(bank, invocation, min_group)
    invocation = replace(invocation, files=opened.files, asking=opened.asking)
    team, place = opened.team, opened.place
    if output.file is not None:
        spare(output.file, (*opened.files, place.path, workbook))
        spare_changes(output.file, opened)
    if workbook is not None:
        team = take_over(opened, workbook, invocation, Agreeing(yes=yes, prefer=prefer))
    if output.file is None and not asked:
        keep_shown(place.path, team)
    sent = as_sent(place, team)
    with speaking_in(language, bank_name, bank) as told_bank:
        told = team.told_in(told_bank)
        if asked:
            found = _what_if(told, changes) if changes else _route(told, invocation, to or "")
            give(found, output)
        elif output.file is None:
            give(_plan(Planned(told, day, invocation, sent)), output)
        else:
            planned = Planned(told, day, invocation, sent)
            save(output.file, plan_file(planned, output, lambda: _plan(planned)), force=force)
    if output.file is not None:
        keep_sent(place, team, sent)
    if output.file is not None and output.written is Format.XLSX:
        back = Command("plan", options=("--from", str(output.file)))
        say(f"Change it, save it, and bring your changes back: {typed(back)}")


def _belong_to_from(workbook: Path | None, options: "Mapping[str, bool]") -> None:
    """Raise BadParameter if one of the options was given without --from."""
    for option, given in options.items():
        if given and workbook is None and not was_set(option):
            raise typer.BadParameter(f"{option} belongs to --from")


def _json(planned: Planned) -> str:
    from readiness.assessment.model import BankReference
    from readiness.plan.model import TeamPlan

    team = planned.team
    return _escaped(TeamPlan(bank=BankReference.to(team.bank), team=team.team, **dict(team.plan.on(planned.today))))


def _plan(planned: Planned) -> Result:
    def document() -> "Document":
        from readiness.report.plan_document import plan_document

        return plan_document(planned.report)

    actions = planned.team.plan.actions
    done = (number for action in actions if action.status == "done" for number in action.question_numbers)
    again = answer_again(done, planned.invocation)
    return Result(document, lambda: _json(planned), hints=[*([again] if again else []), _TRY])


_TRY = "What would one answer change? Add --what-if 8=4, for question 8 and its fourth answer."


def _route(team: "AssessedTeam", invocation: Invocation, to: str) -> Result:
    from readiness.plan.route import cheapest_route, target_band

    band = target_band(team.standings, "" if to == "next" else to)
    route = cheapest_route(team.basis, band, team.overlay.actions)

    def document() -> "Document":
        from readiness.report.plan_document import route_document

        return route_document(team, band, route)

    again = answer_again((step.question_number for step in route.steps if step.already_done), invocation)
    return Result(document, lambda: _escaped(route), hints=[again] if again else [])


def _what_if(team: "AssessedTeam", changes: "Sequence[str]") -> Result:
    from readiness.plan.what_if import what_if

    change = what_if(team.basis, team.computed, changes, team.overlay.actions)

    def document() -> "Document":
        from readiness.report.plan_document import change_document

        return change_document(team, change)

    return Result(document, lambda: _escaped(change))


def _escaped(model: "BaseModel") -> str:
    from readiness.text import escaped

    return escaped(model.model_dump_json(by_alias=True, indent=2))
