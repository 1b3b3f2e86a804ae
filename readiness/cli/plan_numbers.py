"""Keeps the numbers of a plan's actions once somebody has seen them."""

from pathlib import Path
from typing import TYPE_CHECKING

from readiness.cli.streams import notify, say

if TYPE_CHECKING:
    from readiness.plan.find import PlanPlace
    from readiness.team import AssessedTeam


def keep_shown(path: Path | None, team: "AssessedTeam") -> None:
    """Keep the numbers that a person is about to see here, if the plan has a file already."""
    from readiness.plan.files import keep_numbers

    if team.overlay.actions or team.overlay.numbers:
        keep_numbers(path, team.bank, team.overlay, team.numbered)


def keep_sent(place: "PlanPlace", team: "AssessedTeam") -> None:
    """Keep the numbers of a plan that was written into a file; say if new ones were saved, or could not be."""
    from readiness.plan.files import NumbersKept, keep_numbers

    path = place.path if place.settled else None
    kept = keep_numbers(path, team.bank, team.overlay, team.numbered)
    if kept is NumbersKept.SAVED:
        say(f"The numbers of the actions are saved in {path}, so they stay the same.")
    elif kept is NumbersKept.REFUSED:
        notify((f"The numbers of the actions could not be saved in {path}. {_UNSAVED}",))


_UNSAVED = (
    "Next time an action may have another number, and changes that are brought back in a copy of this file may not "
    "find their actions. Before you hand it on, make sure that the folder can be written to and that nobody else has "
    "the plan open, and run the same command again."
)
