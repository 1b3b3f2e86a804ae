"""Notes what a person should know about all teams together: counted while they are read, and told once at the end."""

import pickle
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedRandom
from itertools import compress, repeat
from operator import attrgetter, or_
from typing import Any

from readiness.assessment.always import not_known
from readiness.assessment.model import Team
from readiness.bank.model import Bank
from readiness.batch.blocks import PlainRows, TeamBlock
from readiness.batch.repeats import Numbers
from readiness.batch.scorer import Answers, ProfileMarking
from readiness.batch.team_rows import TeamRows
from readiness.errors import Place
from readiness.intake.several_teams import Stands, in_several_teams
from readiness.intake.teams import likeness, likenesses
from readiness.text import counted, listed

_PLACES = 3
"""How many places are named."""
_NAMED = 5
"""How many questions are named."""
_Sign = tuple[str, tuple[str, str, str, int]]
"""What is the same of a respondent in whatever team; the organisation and team, and the file and row."""
_STRAY, _UNSAID = attrgetter("stray"), attrgetter("unsaid")


@dataclass(slots=True)
class _Count:
    """How often something was met, and where first."""

    number: int = 0
    places: list[Place] = field(default_factory=list)

    def add(self, file: str, row: int) -> None:
        self.number += 1
        if len(self.places) < _PLACES:
            self.places.append(Place(file, row or None))


@contextmanager
def noting(bank: Bank) -> Iterator["Noting"]:
    """Give a ``Noting`` for as long as teams are read."""
    with tempfile.TemporaryFile() as names:
        yield Noting(bank, names)


class Noting:
    """Takes in teams, and tells what should be known about them. Memory stays flat: names are kept in a file."""

    def __init__(self, bank: Bank, names: BufferedRandom) -> None:
        self._bank = bank
        self._unsaid = {entry.id: _Count() for entry in bank.profile}
        self._not_asked = _Count()
        self._questions: dict[int, None] = {}
        self._set_aside = _Count()
        self._refused: dict[int, None] = {}
        self._likenesses, self._signs = Numbers(), Numbers()
        self._names = names

    def add(self, teams: TeamBlock) -> None:
        """Take in teams."""
        places = range(len(teams.sizes))
        for at in compress(places, map(_UNSAID, teams.markings)):
            for key in teams.markings[at].unsaid:
                self._unsaid[key].add(teams.files[at], teams.numbers[at])
        stray = map(any, map(map, repeat(_STRAY), teams.parts))
        for at in compress(places, map(or_, stray, map((1).__lt__, teams.sizes))):
            several = teams.sizes[at] > 1  # parts of several do not tell which answers are stray
            domains = [domain for domain, part in enumerate(teams.parts[at]) if several or part.stray]
            for answers, file, row in teams.answers(at):
                self._look_at(answers, file, row, teams.markings[at], domains)
        self._likenesses.add(map(hash, likenesses(teams.organisations, teams.names)))
        named = [*teams.organisations], [*teams.names], [*teams.files], [*teams.numbers]
        signs = [] if isinstance(teams.all, PlainRows) else [sign for team in teams.all for sign in _signs(team)]
        self._signs.add(hash(sign) for sign, _ in signs)
        pickle.dump((named, signs), self._names)

    def _look_at(self, answers: Answers, file: str, row: int, marks: ProfileMarking, domains: Sequence[int]) -> None:
        """Take in the answers of a row, in these domains, that do not count the way they were given."""
        if extra := marks.astray(answers, domains):
            self._not_asked.add(file, row)
            self._questions |= dict.fromkeys(extra)
        if refused := marks.set_aside(answers, domains):
            self._set_aside.add(file, row)
            self._refused |= dict.fromkeys(refused)

    def notes(self) -> Iterator[str]:
        """Yield what should be known."""
        for key, count in self._unsaid.items():
            if count.number and (effect := self._effect(key)):
                teams, places = counted(count.number, "team"), listed([str(place) for place in count.places])
                yield f'"{key}" is not said of {teams}, so {effect}. A column headed "{key}" says it. First: {places}.'
        if self._not_asked.number:
            ids = [self._bank.ordered_questions[at].id for at in self._questions]
            named = [*ids[:_NAMED], *([f"{len(ids) - _NAMED} more"] if len(ids) > _NAMED else [])]
            rows = counted(self._not_asked.number, "row has", "rows have")
            what = "Answers to questions that are not asked of a service with that profile do not count"
            yield f"{what}. {rows} some, first {self._not_asked.places[0]}: {listed(named)}."
        if self._set_aside.number:
            rows, first = counted(self._set_aside.number, "row says", "rows say"), self._set_aside.places[0]
            names = [f"“{self._bank.ordered_questions[at].name}”" for at in self._refused]
            yield f"{not_known(names)} {rows} so, first {first}."
        yield from self._alike()
        yield from self._in_several_teams()

    def _effect(self, key: str) -> str:
        """Return what comes of it where a team leaves the profile's ``key`` out; "" where nothing does."""
        questions = self._bank.questions
        if any(key in (question.when or {}) for question in questions):
            return "questions that depend on it were not asked, and scores say less"
        if any(key in wording.when for question in questions for wording in question.wording):
            return "its questions stand in the same words as for any service"
        return ""

    def _alike(self) -> Iterator[str]:
        """Yield which teams may be one, as only capitals, spaces or punctuation tell their names apart."""
        repeated = {*self._likenesses.repeated()}
        if not repeated:
            return
        counts: Counter[tuple[str, str]] = Counter()
        told: dict[tuple[str, str], list[str]] = defaultdict(list)
        for organisation, name, file, number in self._named():
            key = likeness(organisation, name)
            if hash(key) in repeated:
                counts[key] += 1
                if len(told[key]) < _TWO:
                    team, place = _stands(organisation, name, file, number)
                    told[key].append(f"“{team}” ({place})")
        groups = [key for key, count in counts.items() if count > 1]
        if groups:
            rest = f" The same is true of {counted(len(groups) - 1, 'more name')}." if len(groups) > 1 else ""
            todo = "If they are one, write them alike."
            what = "differ in capitals, spaces or punctuation only, and count as two teams"
            yield f"{' and '.join(told[groups[0]])} {what}. {todo}{rest}"

    def _in_several_teams(self) -> Iterator[str]:
        """Yield which answers may be one person's, as they have one id in several teams."""
        repeated = {*self._signs.repeated()}
        found: dict[str, list[Stands]] = defaultdict(list)
        for _, signs in self._kept() if repeated else ():
            for sign, where in signs:
                if hash(sign) in repeated:
                    found[sign].append(_stands(*where))
        yield from in_several_teams(stands for stands in found.values() if len(stands) > 1)

    def _named(self) -> Iterator[tuple[str, str, str, int]]:
        """Yield each team's organisation and name, and where it stands."""
        for named, _ in self._kept():
            yield from zip(*named, strict=True)

    def _kept(self) -> Iterator[tuple[Any, Sequence[_Sign]]]:
        """Yield the names of teams, as columns, and the signs of their respondents, block by block."""
        self._names.seek(0)
        while self._names.peek(1):
            yield pickle.load(self._names)  # noqa: S301 — we put it there


def _signs(team: TeamRows) -> Iterable[_Sign]:
    """Return the sign of each respondent of a team who has one, each once, with the team and the row."""
    first = {row.sign: row for row in reversed(team.rows) if row.sign}
    return [(sign, (row.organisation, row.team, row.file, row.number)) for sign, row in first.items()]


def _stands(organisation: str, team: str, file: str, number: int) -> Stands:
    return Team(name=team, organisation=organisation or None), Place(file, number or None)


_TWO = 2
"""How many teams that may be one are named."""
