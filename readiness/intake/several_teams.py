"""Answers with one id in several teams: a file that was sent for two, or whose team was put right in a later export."""

from collections.abc import Iterable, Iterator, Sequence

from readiness.assessment.model import Team
from readiness.assessment.team_names import identity
from readiness.errors import Place
from readiness.text import counted, listed

_TOLD = 5
"""How many ids are told one by one, and how many teams of each."""

Stands = tuple[Team, Place]
"""A team, and where answers about it stand."""


def in_several_teams(found: Iterable[Sequence[Stands]]) -> Iterator[str]:
    """Yield what to tell of ids of which each stands in several teams, given by where each of them does.

    Teams of one name in two organisations are told already. Both may number their people from 1, or let them choose
    codes: then an id is made of the name and the number.
    """
    groups = [stands for stands in found if len({identity(team.name) for team, _ in stands}) > 1]
    for stands in groups[:_TOLD]:
        named = [f"“{team}” ({place})" for team, place in stands[:_TOLD]]
        more = [f"{len(stands) - _TOLD} more"] if len(stands) > _TOLD else []
        who = f"{listed([*named, *more])} have answers with the same id, which count in each of these teams"
        yield f"{who}. If one is a copy, or names the wrong team, take it out."
    if len(groups) > _TOLD:
        yield f"The same is true of {counted(len(groups) - _TOLD, 'more id')}."
