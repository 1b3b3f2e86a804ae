"""Counts what many teams have in common, team by team: how each question stands, and who answered."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import chain

from readiness.assessment.roles import role_of_many, role_order
from readiness.bank.model import Bank, Question
from readiness.batch.portfolio_model import MissingVoice, VoiceCount
from readiness.plan.build import level_above
from readiness.report.who_answered import people_in_role
from readiness.scoring.model import Gate, State
from readiness.scoring.score import Standings
from readiness.scoring.standing import Standing

_MIDDLE = Fraction(1, 2)
"""The middle of a question's scale: below it, a team stands low."""


class QuestionTally:
    """What is counted of one question."""

    def __init__(self, question: Question) -> None:
        self.steps = [0] * len(question.levels)
        self.unknown = 0
        self.set_aside = 0
        self.weak = 0
        self.gates = Counter[Gate]()
        self.served = {action.id: array("I") for action in question.actions}
        """The places of the teams that each action would take a step up."""
        self.held = Counter[str]()
        """For each action: in how many of these the question is a gate below its minimum."""
        self._question = question
        shares = [question.shares[level.value] for level in question.levels]
        self._weak = [share < _MIDDLE for share in shares]
        self._actions: dict[int, tuple[str, ...]] = {}

    def add(self, standing: Standing, row: int, start: int | None) -> None:
        """Take in where it stands for the team at ``row``, whose plan starts from ``start`` (None: not known)."""
        if standing.gate:
            self.gates[standing.gate] += 1
        at = standing.stands
        if at is None or start is None:
            is_set_aside = standing.state is State.NOT_APPLICABLE
            self.set_aside += is_set_aside
            self.unknown += not is_set_aside
            return
        self.steps[at] += 1
        self.weak += self._weak[at]
        for action in self._actions_from(start):
            self.served[action].append(row)
            self.held[action] += standing.gate is Gate.CLOSED

    def _actions_from(self, start: int) -> tuple[str, ...]:
        """Return the actions that lead on from there: looked up once, as most teams share them with others."""
        found = self._actions.get(start)
        if found is None:
            goal = level_above(self._question, start)
            found = tuple(action.id for action in self._question.actions_to(goal)) if goal else ()
            self._actions[start] = found
        return found

    @property
    def known(self) -> int:
        """In how many teams it is known."""
        return sum(self.steps)


class VoicesTally:
    """Who answered, and where a role is missing that a band needs to hear."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._people = Counter[str]()
        self._teams = Counter[str]()
        self._needed = Counter[str]()
        self._missing: dict[str, array[int]] = {}

    def add(self, standings: Standings, row: int) -> None:
        """Take in the team at ``row``."""
        self._people.update(standings.voices)
        self._teams.update(standings.voices.keys())
        needed = chain.from_iterable(band.voices_needed(standings.team.profile) for band in self._bank.bands)
        self._needed.update({*needed})
        for role in standings.voices_missing:
            self._missing.setdefault(role, array("I")).append(row)

    def counts(self) -> Iterator[VoiceCount]:
        """Yield how many people answered in each role, in the bank's order."""
        for role in sorted(self._people, key=lambda role: role_order(role, self._bank.roles)):
            people = self._people[role]
            yield VoiceCount(
                role=role, label=people_in_role(self._bank, role, people), people=people, teams=self._teams[role]
            )

    def missing(self, named: Callable[[Sequence[int]], tuple[str, ...]]) -> Iterator[MissingVoice]:
        """Yield the roles that are missing; ``named`` gives the names of the first teams of some."""
        for role, rows in self._missing.items():
            label = role_of_many(role, self._bank.roles)
            yield MissingVoice(role=role, label=label, of=self._needed[role], named=named(rows), rows=rows[:])
