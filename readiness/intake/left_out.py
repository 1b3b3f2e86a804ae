"""Rows that are left out of a team although somebody answered in them: without them, too few people may be left."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from readiness.errors import Place, Problem
from readiness.intake.vendor import Aside
from readiness.scoring.disclosure import LEAST_GROUP
from readiness.text import counted, listed

Reason = Aside | None
"""Reason why a row is left out; None if it is wrong."""
ANSWERED = frozenset({Aside.UNFINISHED, Aside.REFUSED})
"""Reasons for which the rows of people are left out. The others are nobody's."""
_WHY: Mapping[Reason, tuple[str, str, str]] = {
    None: ("other can’t be used", "others can’t be used", "Fix or remove what is wrong."),
    Aside.UNFINISHED: (
        "other was not finished",
        "others were not finished",
        "Wait for those who have not finished, add --count-unfinished, or remove their rows.",
    ),
    Aside.REFUSED: ("other was refused", "others were refused", "Remove the rows that are to stay refused."),
}
"""What to say of rows that are left out: of one, of several, and what to do."""


class LostRows:
    """Counts of rows left out, by team and reason."""

    def __init__(self) -> None:
        self._rows = defaultdict[str, Counter[tuple[str, Reason]]](Counter)

    def add(self, whose: tuple[str, str], reason: Reason) -> None:
        """Count a row of this organisation and team, both as ``identity`` leaves them."""
        organisation, team = whose
        self._rows[team][organisation, reason] += 1

    def of(self, whose: tuple[str, str]) -> Counter[Reason]:
        """Return the counts of a team, by reason."""
        organisation, team = whose
        counts = Counter[Reason]()
        for (said, reason), count in self._rows.get(team, {}).items():
            if organisation in ("", said) or not said:  # with one of the two silent, the row may be this team's
                counts[reason] += count
        return counts


def too_few(left: int, lost: Mapping[Reason, int], place: Place) -> Problem | None:
    """Return the problem of a team with fewer than three rows left, if others are ``lost``; None if there is none.

    The rest would not be heard as the small group they are of. Unfinished and refused rows matter only if there are
    three with them: people begin a survey twice.
    """
    if left >= LEAST_GROUP or not (lost.get(None) or left + sum(lost.values()) >= LEAST_GROUP):
        return None
    others = [(count, *words) for reason, words in _WHY.items() if (count := lost.get(reason))]
    rows = counted(left, "row of this team is left", "rows of this team are left")
    what = f"Only {rows}, as {listed([counted(count, one, more) for count, one, more, _ in others])}"
    return Problem(what, " ".join(todo for *_, todo in others), place)
