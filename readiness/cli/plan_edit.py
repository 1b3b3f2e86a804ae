"""``readiness plan edit``: who does what by when, asked by number; one value for many actions at once."""

import gc
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

import typer

from readiness.cli.given import today
from readiness.cli.inputs import open_bank, open_team
from readiness.cli.invocation import Invocation, answer_again, invoked
from readiness.cli.options import DEFAULT_BANK, BankOption, MinGroupOption, PathsArgument, PlanOption
from readiness.cli.streams import say
from readiness.errors import Command, ExitCode, InputError, Problem
from readiness.scoring.disclosure import MIN_GROUP
from readiness.signals import told_to_end
from readiness.terminals import is_terminal

if TYPE_CHECKING:
    from readiness.interview.plan_editor import Editing
    from readiness.plan.files import PlanFile


def edit(
    paths: PathsArgument,
    bank_name: BankOption = DEFAULT_BANK,
    plan: PlanOption = None,
    min_group: MinGroupOption = MIN_GROUP,
) -> None:
    """Change the plan by numbered prompts: names, dates, how far, your own words and actions. Every change is saved."""
    from readiness.interview.plan_editor import Editing
    from readiness.plan.edits_file import read_overlay
    from readiness.plan.files import PlanFile

    gc.enable()  # editing can last for hours
    invocation = invoked(paths, bank_name, plan)
    bank = open_bank(bank_name)
    opened = open_team(bank, invocation, min_group)
    invocation = replace(invocation, files=opened.files, asking=opened.asking)
    team, path = opened.team, opened.place.file
    file = PlanFile(path)

    def leave(code: int) -> NoReturn:
        if code != ExitCode.DONE:
            say("")  # ends the line of the prompt that nobody answered
        say(f"Stopped. Your changes are saved in {path}." if file.saved else "Stopped. Nothing was changed yet.")
        raise typer.Exit(code)

    with told_to_end(leave):
        try:
            with file:
                team = team.with_edits(read_overlay(path, bank, team.team))  # nobody else changes it from now on
                _run(Editing(team, today()), file, invocation)
        except EOFError:
            leave(ExitCode.INTERRUPTED)
    leave(ExitCode.DONE)


def _run(editing: "Editing", file: "PlanFile", invocation: "Invocation") -> None:
    from readiness.interview.plan_editor import edited
    from readiness.interview.plan_editor_screen import editing_screen
    from readiness.interview.terminal import ask, room

    say(f"Your changes are saved in {file.path}, after every one.")
    typed = False
    while not editing.ended:
        try:
            line = ask(editing_screen(replace(editing, room=room())))
        except (EOFError, BrokenPipeError):
            if typed or is_terminal("stdin"):
                raise EOFError from None
            what = "There is no terminal to ask in, and nothing came in"
            workbook = Command("plan", options=("-o", "plan.xlsx"))
            todo = "Run this in a terminal. Or edit a workbook"
            raise InputError(Problem(what, todo, command=workbook)) from None
        typed = True
        before = editing.overlay
        editing = edited(editing, line)
        if again := answer_again(editing.just_done, invocation):
            editing = replace(editing, told=(*editing.told, again))
        if editing.overlay != before:
            editing = editing.with_edits(file.save(editing.overlay))
