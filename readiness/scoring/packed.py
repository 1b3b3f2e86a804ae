"""Several amounts in one whole number, so that one sum adds them all; and the mean of domain scores as such a sum."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import repeat
from math import gcd, lcm
from operator import and_, lshift, rshift

from readiness.scoring.rounding import HUNDRED, shown_ratio

Ratio = tuple[int, int] | None
"""A score as a part of the whole: numerator and denominator, not reduced; None where nothing is scored."""
_MOST = 5_000
"""How many ways to be known and held back are kept."""


class Fields:
    """Where in one whole number several amounts stand, each with as many bits as its sum over a bank may take."""

    def __init__(self, widths: Sequence[int]) -> None:
        self.widths, self.width = widths, sum(widths)
        self._shifts = [sum(widths[:at]) for at in range(len(widths))]
        self._masks = [(1 << width) - 1 for width in widths]

    def pack(self, amounts: Iterable[int]) -> int:
        """Return the amounts, one for each width, in one number."""
        return sum(map(lshift, amounts, self._shifts))

    def unpack(self, packed: int) -> list[int]:
        """Return the amounts that one number holds."""
        return [*map(and_, map(rshift, repeat(packed), self._shifts), self._masks)]


class IndependentFields:
    """The same of amounts of which some follow from others: only those are packed from which the rest follows.

    ``vectors`` has, for each of the things added up, the amounts that it may add. ``room`` bits below are left free.
    Two sums of such amounts are equal if and only if they are equal packed; the number has some 40 bits, not 150.
    """

    def __init__(self, vectors: Sequence[Sequence[Sequence[int]]], room: int) -> None:
        columns = [*zip(*{tuple(vector) for each in vectors for vector in each}, strict=True)]
        largest = [sum(each) for each in zip(*[[*map(max, zip(*each, strict=True))] for each in vectors], strict=True)]
        self._places = _independent(columns)
        self._units = [gcd(*columns[at]) for at in self._places]
        widths = [(largest[at] // unit).bit_length() for at, unit in zip(self._places, self._units, strict=True)]
        self._fields, self._room = Fields(widths), room

    def pack(self, amounts: Sequence[int]) -> int:
        """Return what tells these amounts from all others that may be added."""
        packed = zip(self._places, self._units, strict=True)
        return self._fields.pack(amounts[at] // unit for at, unit in packed) << self._room


def _independent(columns: Sequence[Sequence[int]]) -> list[int]:
    """Return the places of columns of which all others are sums of multiples: small numbers first."""
    places, reduced = [], list[tuple[list[Fraction], int]]()
    for place in sorted(range(len(columns)), key=lambda at: max(columns[at])):
        column = [*map(Fraction, columns[place])]
        for other, pivot in reduced:
            if column[pivot]:
                times = column[pivot] / other[pivot]
                column = [one - times * each for one, each in zip(column, other, strict=True)]
        pivot = next((at for at, one in enumerate(column) if one), -1)
        if pivot >= 0:
            reduced.append((column, pivot))
            places.append(place)
    return places


class Means:
    """Adds up the domains of one respondent: the mean of their scores, as a plain sum of whole numbers.

    A domain's score is a share of the weights known, which are ``count`` times ``weight`` at the most: in a unit that
    all of these go into, shares are whole. What a domain adds is whether there is a score, whether anything applies,
    and whether a score is missing; then its score, low and high in that unit: all times the domain's own weight, which
    is part of ``weights`` in all. Besides, it adds its gates, which take ``gates`` bits; and last its margin: by how
    much more than enough of all is known, at the least ``-margin``. There are ``domains`` of them.
    """

    def __init__(self, *, weight: int, count: int, weights: int, gates: int, margin: int, domains: int) -> None:
        self._unit = weight * lcm(*range(1, count + 1))
        narrow, wide = weights.bit_length(), (self._unit * weights).bit_length()
        self._counts = Fields([narrow] * 3 + [gates])
        self._fields = Fields([narrow] * 3 + [gates] + [wide] * 3 + [0])
        self._shift, self._wide, self._share = 3 * narrow + gates, wide, (1 << wide) - 1
        self._counted = (1 << self._shift) - 1
        self._margin, self._enough = margin, domains * margin << self._shift + 3 * wide
        self._wholes: dict[int, tuple[int, int, int]] = {}

    def adds(self, weight: int, scores: tuple[Ratio, Ratio, Ratio], *, asked: bool, gates: int, margin: int) -> int:
        """Return what a domain of this ``weight`` adds. ``scores`` are its score, low and high."""
        score, low, _ = scores
        shares = [ratio[0] * (self._unit // ratio[1]) * weight if ratio else 0 for ratio in scores]
        counts = (weight if score else 0, weight if low else 0, weight if asked and not score else 0)
        return self._fields.pack((*counts, gates, *shares, margin + self._margin))

    def means(self, added: int) -> tuple[int, int, int, int, int, int]:
        """Return the points of the mean score, of how many, those of low and high, of how many, and the gates.

        They are of 0 if there is no score: one of the domains has none, or too little is known of all.
        """
        known, applies, gates = self._wholes.get(added & self._counted) or self._whole(added & self._counted)
        shares, share, wide = added >> self._shift, self._share, self._wide
        enough = known if added >= self._enough else 0
        return shares & share, enough, shares >> wide & share, shares >> 2 * wide & share, applies, gates

    def _whole(self, counted: int) -> tuple[int, int, int]:
        """Return of how much the mean score, and low and high, are a part; 0 if there is none; and gates."""
        if len(self._wholes) >= _MOST:
            self._wholes.clear()
        scored, applies, missing, gates = self._counts.unpack(counted)
        self._wholes[counted] = whole = (0 if missing else self._unit * scored, self._unit * applies, gates)
        return whole


def exact_score(ratio: Ratio) -> Fraction | None:
    """Return the ratio as a score from 0 to 100."""
    return None if ratio is None else HUNDRED * Fraction(*ratio)


def shown(ratio: Ratio) -> float | None:
    """Return the ratio as a score from 0 to 100, as it is shown."""
    return None if ratio is None else shown_ratio(*ratio)
