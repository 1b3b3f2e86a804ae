"""Notes what a person should know about all teams together: counted while they are read, and told once at the end."""

import csv
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TextIO

from readiness.assessment.always import not_known
from readiness.assessment.model import Team
from readiness.bank.model import Bank
from readiness.batch.repeats import Numbers
from readiness.batch.rows import RespondentRow
from readiness.batch.scorer import ProfileMarking
from readiness.batch.team_rows import TeamRows
from readiness.errors import Place
from readiness.intake.teams import likeness
from readiness.scoring.bulk import NOT_APPLICABLE
from readiness.text import counted, listed

_PLACES = 3
"""How many places are named."""
_NAMED = 5
"""How many questions are named."""
_STRAY = attrgetter("stray")
_AT_A_TIME = 1_000
"""How many names are written at a time: one by one takes twice as long."""


@dataclass(slots=True)
class _Count:
    """How often something was met, and where first."""

    number: int = 0
    places: list[Place] = field(default_factory=list)

    def add(self, place: Place) -> None:
        self.number += 1
        if len(self.places) < _PLACES:
            self.places.append(place)


@contextmanager
def noting(bank: Bank) -> Iterator["Noting"]:
    """Give a ``Noting`` for as long as teams are read."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="surrogatepass", newline="") as names:
        yield Noting(bank, names)


class Noting:
    """Takes in teams, and tells what should be known about them. Memory stays flat: names are kept in a file."""

    def __init__(self, bank: Bank, names: TextIO) -> None:
        self._bank = bank
        self._unsaid = {entry.id: _Count() for entry in bank.profile}
        self._not_asked = _Count()
        self._questions: dict[int, None] = {}
        self._always = [at for at, question in enumerate(bank.ordered_questions) if question.always]
        self._set_aside = _Count()
        self._refused: dict[int, None] = {}
        self._likenesses = Numbers()
        self._names = names
        self._write, self._next = csv.writer(names).writerows, list[tuple[str, str, str, int]]()

    def add(self, team: TeamRows) -> None:
        """Take in a team."""
        first, marks = team.rows[0], team.marking
        for key in marks.unsaid:
            self._unsaid[key].add(first.place)
        if len(team.rows) > 1 or any(map(_STRAY, team.parts)):
            for row in team.rows:
                self._look_at(row, marks)
        self._likenesses.add(hash(likeness(first.organisation, first.team)))
        self._next.append((first.organisation, first.team, first.file, first.number))
        if len(self._next) == _AT_A_TIME:
            self._write_names()

    def _write_names(self) -> None:
        self._write(self._next)
        self._next.clear()

    def _look_at(self, row: RespondentRow, marks: ProfileMarking) -> None:
        """Take in the answers of a row that do not count the way they were given."""
        if extra := [at for at in marks.not_asked if row.answers[at].strip()]:
            self._not_asked.add(row.place)
            self._questions |= dict.fromkeys(extra)
        said = marks.marks(row.answers)
        if NOT_APPLICABLE in said:
            always = (at for at in self._always if said[at] == NOT_APPLICABLE)
            self._refuse(row.place, [at for at in always if at not in marks.not_asked])

    def _refuse(self, place: Place, questions: list[int]) -> None:
        """Take in that a row says of these questions, which always apply, that they do not."""
        if questions:
            self._set_aside.add(place)
            self._refused |= dict.fromkeys(questions)

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
        self._write_names()
        self._names.seek(0)
        counts: Counter[str] = Counter()
        told: dict[str, list[str]] = defaultdict(list)
        for organisation, name, file, number in csv.reader(self._names):
            key = likeness(organisation, name)
            if hash(key) in repeated:
                counts[key] += 1
                if len(told[key]) < _TWO:
                    team = Team(name=name, organisation=organisation or None)
                    told[key].append(f"“{team}” ({Place(file, int(number) or None)})")
        groups = [key for key, count in counts.items() if count > 1]
        if groups:
            rest = f" The same is true of {counted(len(groups) - 1, 'more name')}." if len(groups) > 1 else ""
            todo = "If they are one, write them alike."
            what = "differ in capitals, spaces or punctuation only, and count as two teams"
            yield f"{' and '.join(told[groups[0]])} {what}. {todo}{rest}"


_TWO = 2
"""How many teams that may be one are named."""
