"""Keeps the numbers of a plan's actions once somebody has seen them."""

from pathlib import Path
from typing import TYPE_CHECKING

from readiness.cli.streams import notify, say

if TYPE_CHECKING:
    from readiness.plan.find import PlanPlace
    from readiness.plan.overlay import Overlay
    from readiness.team import AssessedTeam


def keep_shown(path: Path | None, team: "AssessedTeam") -> None:
    """Keep the numbers that a person is about to see here, if the plan has a file already."""
    from readiness.plan.files import keep_numbers

    if team.overlay.actions or team.overlay.numbers:
        keep_numbers(path, team.bank, team.overlay, team.numbered)


def as_sent(place: "PlanPlace", team: "AssessedTeam") -> "Overlay":
    """Return the edits of a plan that leaves here, as ``keep_sent`` will save them: with all numbers and an id."""
    from readiness.plan.edits_file import keeps_numbers, with_id

    if place.path is None or not place.settled or not keeps_numbers(place.path):
        return team.overlay
    return with_id(team.numbered, exists=place.path.exists())


def keep_sent(place: "PlanPlace", team: "AssessedTeam", sent: "Overlay") -> None:
    """Keep the numbers and id of a plan that was ``sent`` in a file; say if new ones were saved, or could not be."""
    if sent == team.overlay:  # nothing new, as mostly: what locks and saves need not be imported
        return
    from readiness.plan.files import NumbersKept, keep_numbers

    path = place.path if place.settled else None
    kept = keep_numbers(path, team.bank, team.overlay, sent)
    if kept is NumbersKept.SAVED:
        say(f"The numbers of the actions are saved in {path}, so they stay the same.")
    elif kept is NumbersKept.REFUSED:
        notify((f"The numbers of the actions could not be saved in {path}. {_UNSAVED}",))


_UNSAVED = (
    "Next time an action may have another number, and changes in a copy of this file may not be brought "
    "back. Before you hand it on, make sure that the folder can be written to and that nobody else has "
    "the plan open, and run the same command again."
)
