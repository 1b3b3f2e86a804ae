"""Rows that are left out of a team although somebody answered in them: without them, too few people may be left."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from readiness.assessment.team_names import identity
from readiness.errors import Place, Problem
from readiness.intake.vendor import Aside
from readiness.scoring.disclosure import LEAST_GROUP
from readiness.text import counted, listed

Reason = Aside | None
"""Reason why a row is left out; None if it is wrong."""
ANSWERED = frozenset({Aside.UNFINISHED, Aside.REFUSED})
"""Reasons for which the rows of people are left out. The others are nobody's."""
_WHY: Mapping[Reason, tuple[str, str, str]] = {
    None: ("can’t be used", "can’t be used", "Fix or remove what is wrong."),
    Aside.UNFINISHED: (
        "was not finished",
        "were not finished",
        "Wait for those who have not finished, add --count-unfinished, or remove their rows.",
    ),
    Aside.REFUSED: ("was refused", "were refused", "Remove the rows that are to stay refused."),
}
"""What to say of rows that are left out: of one, of several, and what to do."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that somebody answered and that does not count, and why. All of them are told together."""

    team: str
    organisation: str
    aside: Aside
    place: Place

    @property
    def whose(self) -> tuple[str, str]:
        """Which team the row would have been about: its organisation and name, as ``identity`` leaves them."""
        return identity(self.organisation), identity(self.team)

    @property
    def of(self) -> str:
        """The team, and its organisation."""
        return f"{self.team} ({self.organisation})" if self.organisation else self.team


class LostRows:
    """Counts of rows left out, by team and reason; and of each team the first of those that are ``LeftOut``."""

    def __init__(self) -> None:
        self._rows = defaultdict[str, defaultdict[str, Counter[Reason]]](lambda: defaultdict(Counter))
        self._first: dict[tuple[str, str], LeftOut] = {}

    def add_wrong(self, whose: tuple[str, str]) -> None:
        """Count a row that is wrong, of this organisation and team, both as ``identity`` leaves them."""
        organisation, team = whose
        self._rows[team][organisation][None] += 1

    def add(self, row: LeftOut) -> None:
        """Count a row that is left out."""
        organisation, team = whose = row.whose
        self._rows[team][organisation][row.aside] += 1
        self._first.setdefault(whose, row)

    def of(self, whose: tuple[str, str]) -> Counter[Reason]:
        """Return the counts of a team, by reason."""
        organisation, team = whose
        # With one of the two silent, the row may be this team's. There is one silent team of a name, and no more.
        return self._count(team, (organisation, "") if organisation else self._rows.get(team, ()))

    def _count(self, team: str, organisations: Iterable[str]) -> Counter[Reason]:
        named: Mapping[str, Counter[Reason]] = self._rows.get(team, {})
        return sum((named[said] for said in organisations if said in named), Counter[Reason]())

    def none_left(self, left: Collection[tuple[str, str]]) -> Iterator[tuple[LeftOut, Problem]]:
        """Yield the first row of each team that has none among those ``left``, and the problem of that team.

        As rows that count do, one without an organisation joins the only team of its name. What is wrong in rows is
        told of each, so a team of which nothing else is left out has no problem here.
        """
        named = defaultdict[str, set[str]](set)
        for organisation, team in (*left, *((said, team) for team, rows in self._rows.items() for said in rows)):
            if organisation:
                named[team].add(organisation)
        for (organisation, team), row in self._first.items():
            if (organisation, team) in left or (not organisation and len(named[team]) == 1):
                continue
            what, todo = _told(self._count(team, {organisation, ""}), "row", "rows")
            yield row, Problem(f"No row of this team is left, as {what}", todo, row.place)


def too_few(left: int, lost: Mapping[Reason, int], place: Place) -> Problem | None:
    """Return the problem of a team with fewer than three rows left, if others are ``lost``; None if there is none.

    The rest would not be heard as the small group they are of. Unfinished and refused rows matter only if there are
    three with them: people begin a survey twice.
    """
    if left >= LEAST_GROUP or not (lost.get(None) or left + sum(lost.values()) >= LEAST_GROUP):
        return None
    rows = counted(left, "row of this team is left", "rows of this team are left")
    what, todo = _told(lost, "other", "others")
    return Problem(f"Only {rows}, as {what}", todo, place)


def _told(lost: Mapping[Reason, int], row: str, rows: str) -> tuple[str, str]:
    """Return how many rows are lost and why, and what to do."""
    each = [(count, *words) for reason, words in _WHY.items() if (count := lost.get(reason))]
    whys = [counted(count, f"{row} {one}", f"{rows} {more}") for count, one, more, _ in each]
    return listed(whys), " ".join(todo for *_, todo in each)
