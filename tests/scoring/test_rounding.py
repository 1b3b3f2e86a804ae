"""Exact numbers, and how they are shown: one decimal in JSON, whole numbers to people."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.scoring.rounding import Tally, in_tenths, in_words, measured, plain, shown

WEIGHTS = st.fractions(0, 10, max_denominator=100)
FIFTY, EIGHTY = Fraction(50), Fraction(80)


@pytest.mark.parametrize(
    ("exact", "number", "tenths"),
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
def test_in_json_a_score_has_one_decimal_with_0_and_100_only_where_exactly_true(
    exact: str | None, number: float | None, tenths: str
) -> None:
    score = None if exact is None else Fraction(exact)
    assert shown(score) == number
    assert in_tenths(score) == tenths


@pytest.mark.parametrize(
    ("exact", "words"),
    [
        (None, "–"),
        ("0", "0"),
        ("0.01", "1"),
        ("0.5", "1"),
        ("1.49", "1"),
        ("49.49", "49"),
        ("49.5", "50"),
        ("62.5", "63"),
        ("99.4", "99"),
        ("99.6", "99"),
        ("100", "100"),
    ],
)
def test_people_see_whole_numbers_halves_up_with_0_and_100_only_where_exactly_true(
    exact: str | None, words: str
) -> None:
    assert in_words(None if exact is None else Fraction(exact), ()) == words


@pytest.mark.parametrize(
    ("exact", "starts", "words"),
    [
        ("49.4", "50", "49"),
        ("49.5", "50", "49"),  # not "50", which is in the next band
        ("49.999", "50", "49"),
        ("50", "50", "50"),
        ("50.4", "50", "50"),
        ("50.5", "50", "51"),
        ("79.9", "50 80", "79"),
        ("49.6", "49.7", "49"),
        ("49.8", "49.7", "50"),
        ("50.2", "50.1", "51"),  # not "50", which is in the band below
        ("50.5", "50.1 50.9", "51"),  # no whole number is in this band: the nearest one
        ("99.9", "50 100", "99"),
        ("100", "50 100", "100"),
    ],
)
def test_no_number_is_shown_that_lies_in_another_band(exact: str, starts: str, words: str) -> None:
    assert in_words(Fraction(exact), map(Fraction, starts.split())) == words


@settings(deadline=None, max_examples=50)
@given(st.fractions(0, 100, max_denominator=10_000))
def test_the_whole_number_is_in_the_band_of_the_score_and_at_most_one_away(score: Fraction) -> None:
    number = Fraction(in_words(score, (FIFTY, EIGHTY)))
    assert [start <= number for start in (FIFTY, EIGHTY)] == [start <= score for start in (FIFTY, EIGHTY)]
    assert abs(number - score) < 1


@settings(deadline=None, max_examples=30)
@given(st.fractions(0, 100), st.fractions(0, 100))
def test_a_higher_score_is_never_shown_lower(one: Fraction, other: Fraction) -> None:
    low, high = shown(min(one, other)), shown(max(one, other))
    assert low is not None
    assert high is not None
    assert low <= high
    starts = (FIFTY, EIGHTY)
    assert int(in_words(min(one, other), starts)) <= int(in_words(max(one, other), starts))


@pytest.mark.parametrize(
    ("exact", "number"), [(None, None), ("2", 2), ("5/2", 2.5), ("1/10", 0.1), ("-3", -3), ("1/3", 1 / 3)]
)
def test_a_value_is_shown_whole_where_it_is_whole(exact: str | None, number: float | None) -> None:
    value = plain(None if exact is None else Fraction(exact))
    assert value == number
    assert type(value) is type(number)


@pytest.mark.parametrize(("exact", "number"), [(None, None), ("1/3", 0.333), ("0.0005", 0.001), ("0.00049", 0)])
def test_a_measure_has_three_decimals_halves_up(exact: str | None, number: float | None) -> None:
    assert measured(None if exact is None else Fraction(exact)) == number


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(*[WEIGHTS] * 6), max_size=4))
def test_tallies_add_field_by_field(parts: list[tuple[Fraction, ...]]) -> None:
    total = sum((Tally(*part) for part in parts), Tally())
    fields = (total.points, total.known, total.asked, total.counted, total.lowest, total.highest)
    assert fields == tuple(sum(part[at] for part in parts) for at in range(6))


def test_an_empty_tally_has_no_score_and_no_range() -> None:
    assert (Tally().score(Fraction(0)), Tally().low, Tally().high) == (None, None, None)


def test_a_tally_derives_its_scores_from_what_was_added() -> None:
    one, two, four = Fraction(1), Fraction(2), Fraction(4)
    tally = Tally(points=one, known=two, asked=four, counted=four, lowest=one / 2, highest=Fraction(3))
    assert [tally.score(Fraction(1, 2)), tally.low, tally.high] == [50, Fraction(25, 2), 75]


@pytest.mark.parametrize(("enough", "score"), [("0", 50), ("1/2", 50), ("501/1000", None), ("1", None)])
def test_there_is_a_score_if_just_enough_of_the_weight_asked_is_known(enough: str, score: int | None) -> None:
    assert Tally(points=Fraction(1), known=Fraction(2), asked=Fraction(4)).score(Fraction(enough)) == score
