"""How the answers that several people gave to one question spread over its levels."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple, Self

from readiness.bank.model import Question
from readiness.scoring.agreement import average_deviation, mean, r_wg, standard_deviation, variance_share


@dataclass(frozen=True, slots=True)
class Spread:
    """How answers to one question spread: ``counts`` of people on its levels, lowest first; at least three in all."""

    question: Question
    counts: tuple[int, ...]

    @classmethod
    def of(cls, question: Question, positions: Iterable[int | None]) -> Self:
        """Return how the answers spread that are at ``positions`` of its levels, from 0; None is no level."""
        found = Counter(positions)
        return cls(question, tuple(found[at] for at in range(len(question.levels))))

    @property
    def n(self) -> int:
        """How many people gave a level."""
        return sum(self.counts)

    @property
    def share(self) -> Fraction:
        """The mean of what the answers count, from 0 to 1."""
        points = sum(
            (share * count for share, count in zip(self.question.shares.values(), self.counts, strict=True) if count),
            Fraction(0),
        )
        return points / self.n

    @property
    def mean(self) -> Fraction:
        """The mean position, from 0."""
        return _measures(self.counts).mean

    @property
    def sd(self) -> Fraction | None:
        """The standard deviation of the positions."""
        return _measures(self.counts).sd

    @property
    def r_wg(self) -> Fraction | None:
        """Agreement on the positions, from 0 to 1."""
        return _measures(self.counts).r_wg

    @property
    def ad(self) -> Fraction | None:
        """The average deviation of the positions around their mean."""
        return _measures(self.counts).ad

    @property
    def variance_share(self) -> Fraction | None:
        """The variance of the positions as a share of what chance would give, as ``agreement`` has it."""
        return _measures(self.counts).variance

    def without(self, other: "Spread") -> "Spread":
        """Return how the answers of all but those in ``other`` spread."""
        return Spread(self.question, tuple(all_ - some for all_, some in zip(self.counts, other.counts, strict=True)))


class _Measures(NamedTuple):
    mean: Fraction
    sd: Fraction | None
    r_wg: Fraction | None
    ad: Fraction | None
    variance: Fraction | None


@lru_cache(maxsize=5_000)
def _measures(counts: tuple[int, ...]) -> _Measures:
    """Return how answers spread that were counted level by level. Many questions of many teams are answered alike."""
    at = _positions(counts)
    options = len(counts)
    agreed, variance = r_wg(at, options), variance_share(at, options)
    return _Measures(mean(at) or Fraction(0), standard_deviation(at), agreed, average_deviation(at), variance)


def _positions(counts: Iterable[int]) -> tuple[int, ...]:
    return tuple(at for at, count in enumerate(counts) for _ in range(count))
