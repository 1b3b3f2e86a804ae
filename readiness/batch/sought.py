"""Names after ``--only``: which team each fits. A name that is mistyped must not end in a run without reports."""

from collections.abc import Iterable, Iterator

from readiness.batch.job import Selection, fits
from readiness.errors import Problem
from readiness.text import closest, near, short

_MOST = 50_000
"""Names of teams that are remembered, to find the one that was meant."""


class Sought:
    """The names of a selection that fit no team so far."""

    def __init__(self, selection: Selection) -> None:
        self._open = [*dict.fromkeys(selection.only)]
        self._names: dict[str, None] = {}

    def see(self, teams: Iterable[str]) -> None:
        """Take note of teams in the input, by their names."""
        if self._open:
            for team in teams:
                self._open = [name for name in self._open if not fits(name, team)]
                if len(self._names) < _MOST:
                    self._names[team] = None

    def problems(self) -> Iterator[Problem]:
        """Yield what to say of each name that fits none of the teams."""
        written = {team.casefold(): team for team in self._names}
        for name in self._open:
            meant = written.get(closest(name.casefold(), written))
            todo = (
                f'Did you mean "{short(meant)}"?' if meant else f"The teams are: {near(name, map(short, self._names))}."
            )
            yield Problem(f'No team fits --only "{short(name)}"', todo)
