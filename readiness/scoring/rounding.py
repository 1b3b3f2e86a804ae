"""Exact numbers, and how they are shown."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor
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


def in_words(score: Fraction | None) -> str:
    """Return a score as it stands in a text: "75", "62.5", or a dash where nothing is scored."""
    number = shown(score)
    return "–" if number is None else f"{number:g}"


def in_whole(score: Fraction) -> str:
    """Return a score without decimals, halves up: "63"; 0 and 100 only where they are exactly true."""
    whole = floor(score + _HALF)
    return str(whole if score in (0, HUNDRED) else min(max(whole, 1), 99))


ShownScore = Annotated[Fraction, PlainSerializer(shown, return_type=float)]
"""A score from 0 to 100: exact inside, one decimal in JSON."""

PlainValue = Annotated[Fraction, PlainSerializer(plain, return_type=int | float)]
"""A level's value, or the mean of several: exact inside."""

Measure = Annotated[Fraction, PlainSerializer(measured, return_type=float)]
"""A measure of agreement: exact inside, three decimals in JSON."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Weights added up over applicable questions; scores are derived from it when read. Tallies add.

    ``points`` is the sum of weight × share (0 to 1) over the answered ones, ``answered`` the sum of their weights,
    ``open`` the sum of the weights of those unknown or not answered.
    """

    points: Fraction = Fraction(0)
    answered: Fraction = Fraction(0)
    open: Fraction = Fraction(0)

    def __add__(self, other: Self) -> "Tally":
        return Tally(self.points + other.points, self.answered + other.answered, self.open + other.open)

    @property
    def score(self) -> Fraction | None:
        """100 × points over the answered weight; None where nothing is answered."""
        return HUNDRED * self.points / self.answered if self.answered else None

    @property
    def low(self) -> Fraction | None:
        """The score if every open question were at its lowest level; None where nothing is applicable."""
        applicable = self.answered + self.open
        return HUNDRED * self.points / applicable if applicable else None

    @property
    def high(self) -> Fraction | None:
        """The score if every open question were at its highest level; None where nothing is applicable."""
        applicable = self.answered + self.open
        return HUNDRED * (self.points + self.open) / applicable if applicable else None
