"""How the scores of many teams lie: counts in stretches of equal width, and quartiles."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import floor

from readiness.batch.portfolio_model import Cell, ScoreSpread

BINS = 20
"""How many stretches there are from 0 to 100."""


def spread(name: str, title: str, cells: Sequence[Cell], least: int) -> ScoreSpread:
    """Return how the scores of ``cells``, one a team, lie. Fewer than ``least`` scores get no quartiles and no ends."""
    scores = sorted(cell.score for cell in cells if cell.score is not None)
    bins = [0] * BINS
    for score in scores:
        bins[min(floor(score * BINS / 100), BINS - 1)] += 1
    marks = [quantile(scores, Fraction(quarter, 4)) for quarter in range(5)] if len(scores) >= least else [None] * 5
    return ScoreSpread(
        id=name,
        title=title,
        bins=tuple(bins),
        teams=len(scores),
        none=len(cells) - len(scores),
        open=sum(cell.is_open for cell in cells),
        lowest=marks[0],
        quarter=marks[1],
        middle=marks[2],
        three_quarters=marks[3],
        highest=marks[4],
    )


def middle(scores: Iterable[float | None]) -> Fraction | None:
    """Return the median of the scores there are; None if there are none."""
    return quantile(sorted(score for score in scores if score is not None), Fraction(1, 2))


def quantile(ordered: Sequence[float], share: Fraction) -> Fraction | None:
    """Return the score below which ``share`` (0 to 1) of ``ordered`` lie; None if it is empty.

    Between two scores it lies on the line between them (Hyndman and Fan 1996, definition 7).
    """
    if not ordered:
        return None
    place = share * (len(ordered) - 1)
    at = floor(place)
    low, high = _exact(ordered[at]), _exact(ordered[min(at + 1, len(ordered) - 1)])
    return low + (place - at) * (high - low)


def _exact(score: float) -> Fraction:
    """Return the fraction that a score kept as a plain number was, so that halves are halves again."""
    return Fraction(score).limit_denominator(_FINE)


_FINE = 1_000_000_000
