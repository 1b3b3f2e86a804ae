"""Keeps the numbers of a plan's actions once somebody has seen them."""

from pathlib import Path
from typing import TYPE_CHECKING

from readiness.cli.streams import say

if TYPE_CHECKING:
    from readiness.team import AssessedTeam


def keep_shown(path: Path | None, team: "AssessedTeam") -> None:
    """Keep the numbers that a person is about to see here, if the plan has a file already."""
    from readiness.plan.files import keep_numbers

    if team.overlay.actions or team.overlay.numbers:
        keep_numbers(path, team.bank, team.overlay, team.numbered)


def keep_sent(path: Path | None, team: "AssessedTeam") -> None:
    """Keep the numbers of a plan that was written into a file, and say so if any were new."""
    from readiness.plan.files import keep_numbers

    if keep_numbers(path, team.bank, team.overlay, team.numbered):
        say(f"The numbers of the actions are saved in {path}, so they stay the same.")
