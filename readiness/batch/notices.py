"""Notes what a person should know about all teams together: counted while they are read, and told once at the end."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field

from readiness.assessment.always import not_known
from readiness.assessment.model import Team
from readiness.bank.model import Bank
from readiness.batch.team_rows import TeamRows
from readiness.errors import Place
from readiness.intake.teams import likeness
from readiness.scoring.bulk import NOT_APPLICABLE
from readiness.text import counted, listed

_PLACES = 3
"""How many places are named."""
_NAMED = 5
"""How many questions are named."""
_AT_A_TIME = 1_000
"""How many names are put on disk at a time."""


@dataclass(slots=True)
class _Count:
    """How often something was met, and where first."""

    number: int = 0
    places: list[Place] = field(default_factory=list)

    def add(self, place: Place) -> None:
        self.number += 1
        if len(self.places) < _PLACES:
            self.places.append(place)


_Name = tuple[str, str, str, str, int]


class Noting:
    """Takes in teams, and tells what should be known about them. Memory stays flat: names are kept on disk.

    ``close`` it at the end.
    """

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._unsaid = {entry.id: _Count() for entry in bank.profile}
        self._not_asked = _Count()
        self._questions: dict[int, None] = {}
        self._always = [at for at, question in enumerate(bank.ordered_questions) if question.always]
        self._set_aside = _Count()
        self._refused: dict[int, None] = {}
        self._names: list[_Name] = []
        self._disk = sqlite3.connect("", isolation_level=None)
        self._disk.execute("CREATE TABLE names (folded TEXT, organisation TEXT, team TEXT, file TEXT, number INTEGER)")
        self._disk.execute("BEGIN")

    def close(self) -> None:
        """Let go of the names."""
        self._disk.close()

    def add(self, team: TeamRows) -> None:
        """Take in a team."""
        first, marks = team.rows[0], team.marking
        for key in marks.unsaid:
            self._unsaid[key].add(first.place)
        for row in team.rows:
            if extra := [at for at in marks.not_asked if row.answers[at].strip()]:
                self._not_asked.add(row.place)
                self._questions |= dict.fromkeys(extra)
            said = marks.marks(row.answers)
            if NOT_APPLICABLE in said:
                always = (at for at in self._always if said[at] == NOT_APPLICABLE)
                self._refuse(row.place, [at for at in always if at not in marks.not_asked])
        self._names.append(
            (likeness(first.organisation, first.team), first.organisation, first.team, first.file, first.number)
        )
        if len(self._names) == _AT_A_TIME:
            self._keep_names()

    def _refuse(self, place: Place, questions: list[int]) -> None:
        """Take in that a row says of these questions, which always apply, that they do not."""
        if questions:
            self._set_aside.add(place)
            self._refused |= dict.fromkeys(questions)

    def _keep_names(self) -> None:
        self._disk.executemany("INSERT INTO names VALUES (?, ?, ?, ?, ?)", self._names)
        self._names.clear()

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
        self._keep_names()
        groups = self._disk.execute(_ALIKE).fetchone()
        if groups is None:
            return
        folded, more = groups
        names = " and ".join(
            f"“{Team(name=team, organisation=organisation or None)}” ({Place(file, number or None)})"
            for organisation, team, file, number in self._disk.execute(_TWO, (folded,))
        )
        rest = f" The same is true of {counted(more, 'more name')}." if more else ""
        todo = "If they are one, write them alike."
        yield f"{names} differ in capitals, spaces or punctuation only, and count as two teams. {todo}{rest}"


_ALIKE = """
    SELECT folded, count(*) OVER () - 1 FROM (
        SELECT folded, min(rowid) AS first FROM names GROUP BY folded HAVING count(*) > 1
    ) ORDER BY first LIMIT 1
"""
_TWO = "SELECT organisation, team, file, number FROM names WHERE folded = ? ORDER BY rowid LIMIT 2"
