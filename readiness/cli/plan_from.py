"""``readiness plan --from``: takes over what was changed in a workbook, after a person has seen it and said yes."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from readiness.cli.options import KeptPlan, kept_in
from readiness.cli.output import say
from readiness.errors import InputError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.plan.changes import Choices
    from readiness.plan.merge import Change
    from readiness.plan.model import Plan
    from readiness.plan.overlay import Overlay
    from readiness.scoring.score import Standings


def live(stands: "Standings", overlay: "Overlay") -> "Plan":
    """Return the plan that is made from ``stands``, with the edits of ``overlay``."""
    from readiness.plan.build import build_plan
    from readiness.plan.live import live_plan

    return live_plan(build_plan(stands, stands.score()), overlay, stands)


def take_over(stands: "Standings", kept: KeptPlan, workbook: Path, *, yes: bool) -> KeptPlan:
    """Return the edits with what was changed in ``workbook``.

    Raises InputError where it is another team's, can't be understood, or has values that were changed here as well:
    then nothing is taken.
    """
    from readiness.collect.tracker import read_tracker
    from readiness.plan.build import build_plan
    from readiness.plan.changes import choices_of
    from readiness.plan.files import PlanFile, read_overlay
    from readiness.plan.merge import merge
    from readiness.text import safe

    choices = choices_of(stands.bank)
    tracker = read_tracker(workbook, choices)
    if tracker.team != safe(stands.team.name):
        what = f"This workbook is about {tracker.team or 'no team'}, and the answers are about {stands.team.name}"
        raise InputError(Problem(what, "Name the right files.", Place(str(workbook))))
    path = kept_in(kept)
    with PlanFile(path) as file:
        overlay = read_overlay(path, stands.bank, stands.team.name)
        computed = build_plan(stands, stands.score())
        merged = merge(overlay, computed, live(stands, overlay), tracker.sent, tracker.rows)
        if merged.conflicts:
            say("Nothing was taken over: values were changed both here and in the workbook.")
            raise InputError(_conflict(change, choices, workbook) for change in merged.conflicts)
        if not merged.changes:
            say("Nothing was changed in the workbook.")
            return KeptPlan(path, overlay)
        _show(merged.changes, choices)
        if not yes and not _agreed():
            say("Nothing was taken over.")
            raise typer.Exit
        saved = file.save(merged.overlay)
    say(f"Taken over, and saved in {path}.")
    return KeptPlan(path, saved)


def _conflict(change: "Change", choices: "Choices", workbook: Path) -> Problem:
    from readiness.bank.model import OWN
    from readiness.plan.changes import FIELD_WORDS, Field, in_words

    here, there = (in_words(change.field, text, choices) or "nothing" for text in (change.before, change.after))
    what = (
        f'{change.title}: "{FIELD_WORDS[change.field]}" was changed here to "{here}" and in the workbook to "{there}"'
    )
    todo = "Write it the same in both, or write the workbook anew and change that one."
    if change.field is Field.TITLE and change.name.startswith(OWN):
        todo += " If it is another action, empty the Id in its row."
    return Problem(what, todo, Place(str(workbook)))


def _show(changes: "Sequence[Change]", choices: "Choices") -> None:
    from readiness.plan.changes import FIELD_WORDS, in_words

    for change in changes:
        before, after = (in_words(change.field, text, choices) for text in (change.before, change.after))
        say(f'{change.title}: "{FIELD_WORDS[change.field]}" {_moved(before, after)}')


def _moved(before: str, after: str) -> str:
    if not before:
        return f"is now: {after}"
    return f"was: {before}. It is now: {after}" if after else f"was: {before}. It is now empty"


def _agreed() -> bool:
    """Return whether a person at the terminal says yes. Raises InputError where there is nobody to ask."""
    import sys

    if sys.stdin is None or not sys.stdin.isatty():
        what = "There is nobody to ask whether these changes are right, so nothing was taken over"
        raise InputError(Problem(what, "Look at them, then run it again with --yes."))
    sys.stderr.write("Take these over? y or n > ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in ("y", "yes")
