"""What answers come to, in whole numbers: where questions stand, the parts that domains are, and a team's result."""

from typing import NamedTuple

from readiness.scoring.model import ReachedBand
from readiness.scoring.packed import Ratio


class Stand(NamedTuple):
    """Where a question stands: how many people chose each level, set it aside, or gave none; see ``Standing``."""

    counts: tuple[int, ...]
    not_applicable: int
    not_known: int
    left_out: int


class Sums(NamedTuple):
    """A ``Tally`` in whole numbers: weights added up over questions asked, in units, and ``Part.scale`` times."""

    points: int
    known: int
    asked: int
    counted: int
    lowest: int
    highest: int

    def score(self, enough: tuple[int, int]) -> Ratio:
        """Points of what is known; None if less than the share ``enough`` (numerator, denominator) of it is."""
        share, of = enough
        return (self.points, self.known) if self.known and self.known * of >= share * self.asked else None

    @property
    def low(self) -> Ratio:
        """The same if everybody who gave no level stood lowest."""
        return (self.lowest, self.counted) if self.counted else None

    @property
    def high(self) -> Ratio:
        """The same if everybody who gave no level stood highest."""
        return (self.highest, self.counted) if self.counted else None


class DomainPart(NamedTuple):
    """What the answers of one domain come to; ``helps`` over its facilitators alone.

    ``score`` is that of ``sums``, ``shown`` as it is shown. ``states``: how many
    questions are in each state, in the order of State. ``people``: how many answers gave a level, did not know, or set
    it aside. ``gates``: a bit for each of the bank's gates that holds a band back, and above these, one for each that
    is known to be closed, and not only unknown. ``stray``: how many answers were marked as such (``ScoreSheet.stray``).
    ``adds``: what the part adds to the result of the whole (see ``Means``); None if it must be added as fractions.
    """

    adds: int | None
    shown: float | None
    stray: int
    scale: int
    sums: Sums
    score: Ratio
    helps: Sums
    states: tuple[int, ...]
    people: tuple[int, ...]
    gates: int

    @property
    def low(self) -> Ratio:
        """That of ``sums``."""
        return self.sums.low

    @property
    def high(self) -> Ratio:
        """That of ``sums``."""
        return self.sums.high


class SheetResult(NamedTuple):
    """A team's score (0 to 100, as shown) with its range, and its band; None if too little is known."""

    score: float | None
    low: float | None
    high: float | None
    band: ReachedBand | None
