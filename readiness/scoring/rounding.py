"""Exact numbers, and how they are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Annotated, Self

from pydantic import PlainSerializer

HUNDRED = Fraction(100)
_HALF = Fraction(1, 2)


def shown(score: Fraction | None) -> float | None:
    """Return a score (0 to 100) to one decimal, halves up; 0 and 100 only where they are exactly true."""
    return None if score is None else shown_ratio(score.numerator, 100 * score.denominator)


def shown_ratio(points: int, of: int) -> float:
    """Return ``points`` out of ``of`` as a score from 0 to 100, shown by the same rule."""
    tenths = (2000 * points + of) // (2 * of)
    if tenths == 0 and points > 0:
        return 0.1
    if tenths == 1000 and points < of:  # noqa: PLR2004 — 100, in tenths
        return 99.9
    return tenths / 10


def plain(value: Fraction | None) -> float | None:
    """Return a level's value as a plain number: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(value)


def measured(value: Fraction | None) -> float | None:
    """Return a measure of agreement to three decimals, halves up."""
    return None if value is None else floor(value * 1000 + _HALF) / 1000


def in_words(score: Fraction | None, starts: Iterable[Fraction]) -> str:
    """Return a score as people see it, without decimals: "63", or a dash if nothing is scored.

    Halves go up; 0 and 100 are shown only if they are exactly true. ``starts`` are scores that bands start at: the
    number lies in the same band as the score ("49" just below 50), if there is a whole number in it. Parts have no
    band, and are shown by the same rule: so no score reads "50" in one place and "49" in another.
    """
    if score is None:
        return "–"
    nearest = floor(score + _HALF)
    if score not in (0, HUNDRED):
        nearest = min(max(nearest, 1), 99)
    bands = [*starts]
    near = (nearest, floor(score), ceil(score))
    return str(next((whole for whole in near if _passed(whole, bands) == _passed(score, bands)), nearest))


def _passed(score: Fraction | int, starts: Iterable[Fraction]) -> int:
    """Return how many of the starts a score has reached."""
    return sum(start <= score for start in starts)


def in_tenths(points: Fraction | None) -> str:
    """Return points to one decimal: "2.5", or a dash if there are none to tell."""
    number = shown(points)
    return "–" if number is None else f"{number:g}"


ShownScore = Annotated[Fraction, PlainSerializer(shown, return_type=float)]
"""A score from 0 to 100: exact inside, one decimal in JSON."""

PlainValue = Annotated[Fraction, PlainSerializer(plain, return_type=int | float)]
"""A level's value, or the mean of several: exact inside."""

Measure = Annotated[Fraction, PlainSerializer(measured, return_type=float)]
"""A measure of agreement: exact inside, three decimals in JSON."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Weights added up over questions asked; scores are derived from it when read. Tallies add.

    ``points`` is the sum of weight × share (0 to 1) over the known questions, ``known`` the sum of their weights,
    ``asked`` that of all questions asked. ``counted`` is the weight of known and not known ones: of all that apply.
    ``lowest`` and ``highest`` are the points if everybody who gave no level stood lowest, or highest.
    """

    points: Fraction = Fraction(0)
    known: Fraction = Fraction(0)
    asked: Fraction = Fraction(0)
    counted: Fraction = Fraction(0)
    lowest: Fraction = Fraction(0)
    highest: Fraction = Fraction(0)

    def __add__(self, other: Self) -> "Tally":
        return Tally(
            self.points + other.points,
            self.known + other.known,
            self.asked + other.asked,
            self.counted + other.counted,
            self.lowest + other.lowest,
            self.highest + other.highest,
        )

    def score(self, enough: Fraction) -> Fraction | None:
        """100 × points over the known weight; None if less than the share ``enough`` of the weight asked is known."""
        return HUNDRED * self.points / self.known if self.known and self.known >= enough * self.asked else None

    @property
    def low(self) -> Fraction | None:
        """The score if everybody who gave no level stood lowest; None if nothing applies."""
        return HUNDRED * self.lowest / self.counted if self.counted else None

    @property
    def high(self) -> Fraction | None:
        """The score if everybody who gave no level stood highest; None if nothing applies."""
        return HUNDRED * self.highest / self.counted if self.counted else None
