"""What a plan is built from: where each question stands, and where Peer Workers put it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Self

from readiness.bank.model import Question
from readiness.plan.find_out import asked_together
from readiness.scoring.by_role import Voices
from readiness.scoring.score import Standings
from readiness.scoring.standing import Standing, low_median


@dataclass(frozen=True, slots=True)
class PutByRole:
    """Where a role puts a question: the position (from 0) of its low median.

    ``below_others``: a step or more below the low median of everybody else.
    """

    role: str
    at: int
    below_others: bool


@dataclass(frozen=True, slots=True)
class PlanBasis:
    """Where questions stand, where roles that a band needs to hear put them, and which are asked about together.

    ``put`` has, by question, the lowest place that one of those roles gives it; only if that may be shown.
    ``together`` has, by question, the id of the first question in the bank that the same people know about.
    """

    standings: Standings
    put: Mapping[str, PutByRole]
    together: Mapping[str, str]

    @classmethod
    def of(cls, standings: Standings, voices: Voices | None = None, together: Mapping[str, str] | None = None) -> Self:
        """Return the basis of the plan of a team.

        ``voices`` is None if one person answered. A translated bank is given the ``together`` of the bank's own words:
        two texts that are the same in one language need not be in another.
        """
        if together is None:
            together = asked_together(standings.bank, standings.team.profile)
        return cls(standings, dict(_put(standings, voices)) if voices else {}, together)

    def start(self, standing: Standing) -> int | None:
        """Return the position that the plan starts from: the lower of the team's and the roles'.

        None if it is not known.
        """
        put = self.put.get(standing.question.id)
        if standing.stands is None or put is None:
            return standing.stands
        return min(standing.stands, put.at)

    def started_by(self, standing: Standing) -> PutByRole | None:
        """Return whose place the plan starts from, if a role puts the question lower than the team does."""
        put = self.put.get(standing.question.id)
        return put if put and standing.stands is not None and put.at < standing.stands else None

    def below_others(self, question: Question) -> bool:
        """Return whether a role that must be heard puts the question a step or more below everybody else."""
        put = self.put.get(question.id)
        return put is not None and put.below_others

    def changed_to(self, standings: Standings) -> "PlanBasis":
        """Return the basis with other answers; nobody puts a question elsewhere whose answers are others."""
        same = {
            new.question.id
            for old, new in zip(self.standings.questions, standings.questions, strict=True)
            if old.counts == new.counts
        }
        return replace(self, standings=standings, put={name: put for name, put in self.put.items() if name in same})


def _put(standings: Standings, voices: Voices) -> Iterator[tuple[str, PutByRole]]:
    needed = standings.bank.roles_needed
    heard = {voice.role: voice.spreads for voice in voices.roles if voice.role in needed}
    for standing in standings.questions:
        name = standing.question.id
        found = []
        for role, spreads in heard.items():
            if spread := spreads.get(name):  # only a question that is known has one
                at = low_median(spread.counts)
                others = [all_ - theirs for all_, theirs in zip(standing.counts, spread.counts, strict=True)]
                found.append(PutByRole(role, at, any(others) and at < low_median(others)))
        if found:
            yield name, min(found, key=lambda put: put.at)
