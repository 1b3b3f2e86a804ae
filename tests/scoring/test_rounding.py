from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.scoring.rounding import Tally, in_whole, in_words, measured, plain, shown

WEIGHTS = st.fractions(0, 10, max_denominator=100)


def numbers(tally: Tally) -> tuple[object, object, object]:
    return tally.score, tally.low, tally.high


@pytest.mark.parametrize(
    ("exact", "number", "words"),
    [
        (None, None, "–"),
        ("0", 0.0, "0"),
        ("1/1000000", 0.1, "0.1"),
        ("0.04", 0.1, "0.1"),
        ("0.05", 0.1, "0.1"),
        ("0.14", 0.1, "0.1"),
        ("0.149999", 0.1, "0.1"),
        ("0.15", 0.2, "0.2"),
        ("49.949999", 49.9, "49.9"),
        ("49.95", 50.0, "50"),
        ("62.5", 62.5, "62.5"),
        ("62.45", 62.5, "62.5"),
        ("62.55", 62.6, "62.6"),
        ("200/3", 66.7, "66.7"),
        ("75", 75.0, "75"),
        ("99.84", 99.8, "99.8"),
        ("99.85", 99.9, "99.9"),
        ("99.95", 99.9, "99.9"),
        ("99.999999", 99.9, "99.9"),
        ("100", 100.0, "100"),
    ],
)
def test_a_score_is_shown_to_one_decimal_with_0_and_100_only_where_exactly_true(
    exact: str | None, number: float | None, words: str
) -> None:
    score = None if exact is None else Fraction(exact)
    assert shown(score) == number
    assert in_words(score) == words


@pytest.mark.parametrize(
    ("exact", "words"),
    [("0", "0"), ("0.01", "1"), ("49.49", "49"), ("49.5", "50"), ("99.4", "99"), ("99.6", "99"), ("100", "100")],
)
def test_a_score_without_decimals_is_0_or_100_only_where_exactly_true(exact: str, words: str) -> None:
    assert in_whole(Fraction(exact)) == words


@settings(deadline=None, max_examples=30)
@given(st.fractions(0, 100), st.fractions(0, 100))
def test_a_higher_score_is_never_shown_lower(one: Fraction, other: Fraction) -> None:
    low, high = shown(min(one, other)), shown(max(one, other))
    assert low is not None
    assert high is not None
    assert low <= high


@pytest.mark.parametrize(
    ("exact", "number"), [(None, None), ("2", 2), ("5/2", 2.5), ("1/10", 0.1), ("-3", -3), ("1/3", 1 / 3)]
)
def test_a_value_is_shown_whole_where_it_is_whole(exact: str | None, number: float | None) -> None:
    value = plain(None if exact is None else Fraction(exact))
    assert value == number
    assert type(value) is type(number)


@pytest.mark.parametrize(("exact", "number"), [(None, None), ("2/3", 0.667), ("0.0005", 0.001), ("-1/3", -0.333)])
def test_a_measure_of_agreement_is_shown_to_three_decimals(exact: str | None, number: float | None) -> None:
    assert measured(None if exact is None else Fraction(exact)) == number


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(WEIGHTS, WEIGHTS, WEIGHTS), max_size=4))
def test_tallies_add_field_by_field(parts: list[tuple[Fraction, Fraction, Fraction]]) -> None:
    total = sum((Tally(*part) for part in parts), Tally())
    for at, found in enumerate((total.points, total.answered, total.open)):
        assert found == sum(part[at] for part in parts)


def test_an_empty_tally_has_no_score() -> None:
    assert numbers(Tally()) == (None, None, None)


def test_a_tally_with_only_open_questions_could_be_anything() -> None:
    tally = Tally(open=Fraction(2))
    assert numbers(tally) == (None, 0, 100)


def test_a_tally_derives_its_scores_from_what_was_added() -> None:
    tally = Tally(points=Fraction(1), answered=Fraction(2), open=Fraction(2))
    assert numbers(tally) == (50, 25, 75)
