"""Several amounts in one whole number, so that one sum adds them all; and the mean of domain scores as such a sum."""

from collections.abc import Iterable, Sequence
from math import lcm

Ratio = tuple[int, int] | None
"""A score as a part of the whole: numerator and denominator, not reduced; None where nothing is scored."""


class Fields:
    """Where in one whole number several amounts stand, each with as many bits as its sum over a bank may take."""

    def __init__(self, widths: Sequence[int]) -> None:
        self._shifts = [sum(widths[:at]) for at in range(len(widths))]
        self._masks = [(1 << width) - 1 for width in widths]

    def pack(self, amounts: Iterable[int]) -> int:
        """Return the amounts, one for each width, in one number."""
        return sum(amount << shift for amount, shift in zip(amounts, self._shifts, strict=True))

    def unpack(self, packed: int) -> list[int]:
        """Return the amounts that one number holds."""
        return [packed >> shift & mask for shift, mask in zip(self._shifts, self._masks, strict=True)]


class Means:
    """Adds up the domains of one respondent: the mean of their scores, as a plain sum of whole numbers.

    A domain's score is a share of the weights known, which are ``count`` times ``weight`` at the most: in a unit that
    all of these go into, shares are whole. What a domain adds is whether there is a score, whether anything applies,
    and whether a score is missing; then its score, low and high in that unit. Each is added times the domain's weight,
    which is part of ``weights`` in all.
    """

    def __init__(self, weight: int, count: int, weights: int) -> None:
        self._unit = weight * lcm(*range(1, count + 1))
        narrow, wide = weights.bit_length(), (self._unit * weights).bit_length()
        self._counts, self._fields = Fields([narrow] * 3), Fields([narrow] * 3 + [wide] * 3)
        self._counted, self._wide, self._share = (1 << 3 * narrow) - 1, wide, (1 << wide) - 1
        self._shift = 3 * narrow
        self._wholes: dict[int, tuple[int, int]] = {}

    def adds(self, score: Ratio, low: Ratio, high: Ratio, *, asked: bool) -> int:
        """Return what a domain adds whose weight is one."""
        shares = [ratio[0] * (self._unit // ratio[1]) if ratio else 0 for ratio in (score, low, high)]
        counts = (score is not None, low is not None, asked and score is None)
        return self._fields.pack((*map(int, counts), *shares))

    def means(self, added: int) -> tuple[Ratio, Ratio, Ratio]:
        """Return the mean score, low and high; no score if one of the domains has none."""
        counts, shares = added & self._counted, added >> self._shift
        known, applies = self._wholes.get(counts) or self._whole(counts)
        score, shares = shares & self._share, shares >> self._wide
        low, high = shares & self._share, shares >> self._wide
        return (
            (score, known) if known else None,
            (low, applies) if applies else None,
            (high, applies) if applies else None,
        )

    def _whole(self, counts: int) -> tuple[int, int]:
        """Return of how much the means of the scores, and of low and high, are a part; 0 if there is none."""
        scored, applies, missing = self._counts.unpack(counts)
        self._wholes[counts] = whole = (0 if missing else self._unit * scored, self._unit * applies)
        return whole
