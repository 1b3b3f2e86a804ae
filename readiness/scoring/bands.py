"""The bands that many scores reach: looked up, and found out only if they are new."""

from bisect import bisect_right
from math import lcm

from readiness.bank.fields import exact
from readiness.bank.model import Bank
from readiness.scoring.kept import Kept
from readiness.scoring.model import ReachedBand
from readiness.scoring.rounding import shown_ratio

_HALF_TENTHS = 2_000
"""Half tenths of a percent in a whole."""
_MOST = 20_000
"""How many levels, and ways to reach a band, are kept."""


class BandFinder:
    """The bands of a bank, by their place: from 0, the lowest.

    The gates are those of the bank's ordered questions that have a minimum: each has a bit, by its place among them.
    """

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._gates = [question.id for question in bank.ordered_questions if question.minimum is not None]
        # Each band starts at a whole step, and a score is shown to tenths of a percent, halves up: so no step holds
        # scores of two bands, or that are shown in two ways, but for the lowest, as zero is shown only if it is exact.
        starts = [exact(band.start) for band in bank.bands]
        finer = lcm(*(start.denominator for start in starts))
        self.steps, self._starts = _HALF_TENTHS * finer, [int(start * finer * _HALF_TENTHS / 100) for start in starts]
        self.levels: Kept[int, tuple[float, int]] = Kept(self._level, _MOST)
        """By its whole steps, a score as it is shown, and the band that it would reach by itself.

        A score above 0 that lies in the lowest step has -1: it is not shown as 0.
        """
        self._gated = [band.gated for band in bank.bands]
        self._bands: dict[tuple[int, bool, int], ReachedBand] = {}
        self.reached: Kept[tuple[int, int, int, int, int], ReachedBand] = Kept(self._find, _MOST)
        """The band reached, always the same object for the same band, by what decides it.

        That is: the band that the score would reach by itself; the lowest and the highest of its range; a bit for each
        band that needs a voice which was not heard; and one for each gate that is not open, and above these, one for
        each that is known to be closed.
        """

    def _level(self, step: int) -> tuple[float, int]:
        points, of = (step, self.steps) if step >= 0 else (1, 2 * self.steps)
        return shown_ratio(points, of), bisect_right(self._starts, max(step, 0)) - 1

    def _find(self, decided: tuple[int, int, int, int, int]) -> ReachedBand:
        top, lowest, highest, silent, gates = decided
        shut, surely = gates & (1 << len(self._gates)) - 1, gates >> len(self._gates)
        at = self._reached(top, silent, closed=shut > 0)
        ends = self._reached(lowest, silent, closed=shut > 0), self._reached(highest, silent, closed=surely > 0)
        key = (at, ends[0] != ends[1], shut if at < top and self._gated[top] else 0)
        band = self._bands.get(key)
        if band is None:
            reached = self._bank.bands[at]
            held_by = tuple(name for bit, name in enumerate(self._gates) if key[2] >> bit & 1)
            band = ReachedBand(id=reached.id, label=reached.label, provisional=key[1], held_by=held_by)
            self._bands[key] = band
        return band

    def _reached(self, top: int, silent: int, *, closed: bool) -> int:
        """Return the place of the band reached if the score alone would reach ``top``."""
        at = top
        while (closed and self._gated[at]) or silent >> at & 1:
            at -= 1
        return at
