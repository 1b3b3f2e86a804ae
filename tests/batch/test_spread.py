"""How the scores of many teams spread: counts in stretches of a scale, and quartiles."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.batch.portfolio_model import Cell
from readiness.batch.spread import BINS, quantile, spread

_SCORES = st.lists(st.fractions(0, 100, max_denominator=5_000).map(float), max_size=40)


@given(_SCORES)
def test_bins_hold_every_score_and_the_ends_are_the_ends(scores: list[float]) -> None:
    found = spread("x", "X", [Cell(score, score, score) for score in scores] + [Cell(None, None, None)], 3)
    assert len(found.bins) == BINS
    assert sum(found.bins) == len(scores)
    assert found.none == 1
    if len(scores) >= 3:
        marks = [found.lowest, found.quarter, found.middle, found.three_quarters, found.highest]
        assert marks == sorted(marks, key=lambda mark: mark or 0)
        assert (float(marks[0] or 0), float(marks[-1] or 0)) == (min(scores), max(scores))
    else:
        assert found.lowest is found.middle is found.highest is None


def test_a_score_on_an_edge_belongs_to_the_stretch_it_starts() -> None:
    found = spread("x", "X", [Cell(score, score, score) for score in (0.0, 4.9, 5.0, 99.9, 100.0)], 3)
    assert found.bins == (2, 1, *(0,) * 17, 2)


@pytest.mark.parametrize(
    ("scores", "share", "expected"),
    [
        ([10.0], Fraction(1, 4), Fraction(10)),
        ([10.0, 20.0], Fraction(1, 4), Fraction(25, 2)),
        ([100 / 3, 197 / 3], Fraction(1, 2), Fraction(99, 2)),
        ([], Fraction(1, 2), None),
    ],
)
def test_between_two_scores_a_quantile_lies_on_the_line(
    scores: list[float], share: Fraction, expected: Fraction | None
) -> None:
    assert quantile(scores, share) == expected
