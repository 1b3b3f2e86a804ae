"""Where one question stands: how many people chose each level, and what follows from it alone.

For a question with values v₀ < … < vₘ, a level v has the share s = (v − v₀)/(vₘ − v₀). Of the N people who answered
for the team let k give a level, a say that it does not apply, and u not know or leave it out (k + a + u = N).

It does not apply if a > k. Otherwise it is known if k ≥ min(3, N), and not known if fewer gave a level. A known
question scores the mean share of its levels; its low and high count each of its u people as s = 0 and as s = 1. One
that is not known has the low 0 and the high 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import accumulate

from readiness.bank.fields import exact
from readiness.bank.model import Question
from readiness.scoring.model import Gate, State
from readiness.scoring.rounding import Tally


@dataclass(frozen=True)  # without slots: what follows from the counts is worked out once, if it is asked for
class Standing:
    """Where a question stands for a team: what the people said who answered for it.

    ``counts`` has the number of people on each level, lowest first (k in all); ``not_applicable`` (a) said that it
    does not apply; ``not_known`` (u) did not know, or left it out, of whom ``left_out`` said nothing at all.
    """

    question: Question
    counts: tuple[int, ...]
    not_applicable: int = 0
    not_known: int = 0
    left_out: int = 0

    @cached_property
    def k(self) -> int:
        """How many people gave a level."""
        return sum(self.counts)

    @property
    def people(self) -> int:
        """How many people answered for the team."""
        return self.k + self.not_applicable + self.not_known

    @cached_property
    def state(self) -> State:
        """What became of the question: fewer than three of several people never decide that it is known."""
        if self.not_applicable > self.k:
            return State.NOT_APPLICABLE
        if self.k and self.k >= min(DECIDE, self.people):
            return State.ANSWERED
        return State.UNANSWERED if self.left_out == self.people else State.UNKNOWN

    @property
    def known(self) -> bool:
        """Whether it scores."""
        return self.state is State.ANSWERED

    @property
    def share(self) -> Fraction | None:
        """The mean share (0 to 1) of the levels given; None if it is not known."""
        return self._points / self.k if self.known else None

    @cached_property
    def _points(self) -> Fraction:
        return sum(
            (share * count for share, count in zip(self.question.shares.values(), self.counts, strict=True) if count),
            Fraction(0),
        )

    @cached_property
    def stands(self) -> int | None:
        """The position (from 0) of the level it stands at: the low median of those given; None if it is not known."""
        return low_median(self.counts) if self.known else None

    @property
    def apart(self) -> int:
        """How many people chose a level two or more steps from where it stands; 0 of fewer than three."""
        at = self.stands
        if at is None or self.k < DECIDE:
            return 0
        return sum(count for position, count in enumerate(self.counts) if abs(position - at) >= APART_STEPS)

    @cached_property
    def tally(self) -> Tally:
        """What the question adds to its domain.

        Nobody assumes anything of people who gave no level: they count lowest in one bound and highest in the other
        (Manski 1989, "Anatomy of the selection problem").
        """
        weight = exact(self.question.weight)
        match self.state:
            case State.NOT_APPLICABLE:
                return Tally(asked=weight)
            case State.UNKNOWN | State.UNANSWERED:
                return Tally(asked=weight, counted=weight, highest=weight)
        of = self.k + self.not_known
        return Tally(
            points=weight * self._points / self.k,
            known=weight,
            asked=weight,
            counted=weight,
            lowest=weight * self._points / of,
            highest=weight * (self._points + self.not_known) / of,
        )

    @property
    def gate(self) -> Gate | None:
        """Whether the question holds the gated band back; None if it has no minimum.

        Closed if it stands below the minimum; open if it would not even with the lowest level from each who gave none.
        """
        minimum = self.question.minimum
        if minimum is None:
            return None
        if self.stands is None:  # not known, or said not to apply: neither opens a gate
            return Gate.UNKNOWN
        if self._reaches(self.stands, minimum):
            # Nobody opens a gate by taking a low answer back: it counts as low as before.
            return Gate.OPEN if self._reaches(low_median(self._at_worst), minimum) else Gate.UNKNOWN
        return Gate.CLOSED

    def _reaches(self, at: int, minimum: float) -> bool:
        return self.question.levels[at].value >= minimum

    @property
    def _at_worst(self) -> tuple[int, ...]:
        """The counts if each person who gave no level gave the lowest."""
        lowest, *others = self.counts
        return (lowest + self.not_applicable + self.not_known, *others)

    def found_out(self) -> "Standing":
        """Return where it would stand if all who gave no level gave the lowest, or everybody if it is not known."""
        return (
            replace(self, counts=self._at_worst, not_applicable=0, not_known=0, left_out=0)
            if self.known
            else self.set_to(0)
        )

    def raised_to(self, position: int) -> "Standing":
        """Return where it would stand if everybody who gave a lower level gave the one at ``position``.

        If it is not known, everybody gives that one.
        """
        if not self.known:
            return self.set_to(position)
        below = sum(self.counts[:position])
        counts = [0 if at < position else count for at, count in enumerate(self.counts)]
        counts[position] += below
        return replace(self, counts=tuple(counts))

    def set_to(self, position: int) -> "Standing":
        """Return where it would stand if everybody gave the level at ``position``."""
        counts = tuple(self.people if at == position else 0 for at in range(len(self.counts)))
        return Standing(self.question, counts)


DECIDE = 3
"""How many of several people it takes to decide a question: fewer could be told apart in the result."""
APART_STEPS = 2
"""From how many steps away an answer is called apart."""


def low_median(counts: Sequence[int]) -> int:
    """Return the position (from 0) of the low median: the lower of the two middle answers, if there are two.

    It is always a level that somebody chose. ``counts`` has the number of people on each level; at least one in all.
    """
    middle = (sum(counts) - 1) // 2
    return next(at for at, below in enumerate(accumulate(counts)) if below > middle)
