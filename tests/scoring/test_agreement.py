"""Measures of agreement: exact against published examples, and what holds for all ratings."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from time import process_time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from readiness.scoring.agreement import (
    Rating,
    average_deviation,
    cronbach_alpha,
    icc1,
    icc2,
    mean,
    r_wg,
    r_wg_j,
    standard_deviation,
)

# Shrout and Fleiss (1979), table 2: six targets, each rated by four judges.
SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]

# Sokal and Rohlf, Biometry, box 9.1: widths of scutum of tick larvae from four hosts, groups of unequal size.
TICKS = [
    [380, 376, 360, 368, 372, 366, 374, 382],
    [350, 356, 358, 376, 338, 342, 366, 350, 344, 364],
    [354, 360, 362, 352, 366, 372, 362, 344, 342, 358, 351, 348, 348],
    [376, 344, 342, 372, 374, 360],
]

# Chatterjee and Price: seven items on the attitude of clerks, 30 departments. Ships with R as "attitude".
ATTITUDE = [
    [int(number) for number in line.split()]
    for line in """
    43 51 30 39 61 92 45 / 63 64 51 54 63 73 47 / 71 70 68 69 76 86 48 / 61 63 45 47 54 84 35 / 81 78 56 66 71 83 47
    43 55 49 44 54 49 34 / 58 67 42 56 66 68 35 / 71 75 50 55 70 66 41 / 72 82 72 67 71 83 31 / 67 61 45 47 62 80 41
    64 53 53 58 58 67 34 / 67 60 47 39 59 74 41 / 69 62 57 42 55 63 25 / 68 83 83 45 59 77 35 / 77 77 54 72 79 77 46
    81 90 50 72 60 54 36 / 74 85 64 69 79 79 63 / 65 60 65 75 55 80 60 / 65 70 46 57 75 85 46 / 50 58 68 54 64 78 52
    50 40 33 34 43 64 33 / 64 61 52 62 66 80 41 / 53 66 52 50 63 80 37 / 40 37 42 58 50 57 49 / 63 54 42 48 66 75 33
    66 77 66 63 88 76 72 / 78 75 58 74 80 78 49 / 48 57 44 45 51 83 38 / 85 85 71 71 77 74 55 / 82 82 39 59 64 78 39
    """.replace("\n", "/").split("/")
    if line.strip()
]


def near(value: Fraction | None, digits: int = 2) -> float | None:
    return None if value is None else round(float(value), digits)


# --- published ---


def test_shrout_and_fleiss_find_the_same_intraclass_correlations() -> None:
    assert near(icc1(SHROUT_FLEISS)) == 0.17  # their ICC(1, 1)
    assert near(icc2(SHROUT_FLEISS)) == 0.44  # their ICC(1, 4)


def test_shrout_and_fleiss_find_the_same_alpha() -> None:
    assert near(cronbach_alpha(SHROUT_FLEISS)) == 0.91  # their ICC(3, 4), which is Cronbach's alpha


def test_sokal_and_rohlf_find_the_same_share_between_groups_of_unequal_size() -> None:
    assert near(icc1(TICKS), 3) == 0.321  # 32.1 %, from n₀ = 9.009
    assert near(icc2(TICKS), 3) == near(1 - 1 / Fraction(5263, 1000), 3)  # 1 − 1/F, their F = 5.263


def test_chatterjee_and_prices_items_have_the_alpha_that_is_known_of_them() -> None:
    assert len(ATTITUDE) == 30
    assert near(cronbach_alpha(ATTITUDE)) == 0.84


def test_james_demaree_and_wolfs_null_variance_of_five_options_is_two() -> None:
    # Four raters at 4, 4, 5, 5: s² = 1/3, so r_wg = 1 − (1/3)/2.
    assert r_wg([4, 4, 5, 5], 5) == Fraction(5, 6)
    assert r_wg([1, 2, 3, 4, 5], 5) == 1 - Fraction(5, 2) / 2 + Fraction(1, 4)  # s² = 2.5 is above it: 0


def test_agreement_on_several_items_steps_up_as_spearman_and_brown_have_it() -> None:
    # r_wg of one item is 1/2; James, Demaree and Wolf show r_wg(j) to be its Spearman-Brown step up: 10·½ / (1 + 9·½).
    one = [1, 1, 3, 3, 2, 1, 3]
    assert r_wg(one, 5) == Fraction(1, 2)
    assert r_wg_j([one] * 10, 5) == Fraction(10, 11)


def test_burke_and_dunlaps_deviation_around_the_mean() -> None:
    assert average_deviation([1, 2, 3, 4, 5]) == Fraction(6, 5)
    assert average_deviation([4, 4, 5, 5]) == Fraction(1, 2)


# --- the edges ---


@pytest.mark.parametrize("ratings", [[], [None, None], [3], [3, None]])
def test_one_rater_agrees_with_nobody(ratings: list[Rating]) -> None:
    assert r_wg(ratings, 5) is None
    assert average_deviation(ratings) is None
    assert standard_deviation(ratings) is None
    assert r_wg_j([ratings, ratings], 5) is None
    assert icc1([ratings, ratings]) is None
    assert cronbach_alpha([[one, one] for one in ratings]) is None


def test_nobody_has_no_mean() -> None:
    assert mean([None]) is None
    assert mean([1, None, 2]) == Fraction(3, 2)


def test_no_variance_is_full_agreement_and_tells_no_groups_apart() -> None:
    assert r_wg([3, 3, 3], 5) == 1
    assert r_wg_j([[3, 3], [4, 4]], 5) == 1
    assert average_deviation([3, 3]) == 0
    assert icc1([[3, 3], [3, 3]]) is None
    assert icc2([[3, 3], [3, 3]]) is None
    assert cronbach_alpha([[3, 3], [3, 3]]) is None


def test_two_camps_are_no_agreement() -> None:
    assert r_wg([0, 0, 4, 4], 5) == 0
    assert r_wg_j([[0, 0, 4, 4]] * 3, 5) == 0


def test_groups_that_are_more_alike_than_by_chance_go_below_nothing() -> None:
    assert icc1([[1, 5], [1, 5]]) == -1
    assert icc2([[1, 5], [1, 5]]) is None
    assert icc2([[1, 5], [2, 5]]) == 1 - Fraction(25, 4) / Fraction(1, 4)


def test_one_rating_more_than_there_are_groups_is_enough_to_tell_them_apart() -> None:
    # Means 3/2 and 5 around 8/3: 49/6 between the groups, 1/2 within them, n₀ = 4/3
    assert icc1([[1, 2], [5]]) == Fraction(23, 25)
    assert icc2([[1, 2], [5]]) == Fraction(46, 49)


def test_missing_ratings_are_left_out_item_by_item_and_not_with_the_person() -> None:
    assert r_wg([4, None, 5, 5, 4, None], 5) == r_wg([4, 5, 5, 4], 5)
    assert r_wg_j([[4, 5, None], [None, 3, 3], [5, None, None]], 5) == r_wg_j([[4, 5], [3, 3]], 5)
    assert icc1([[9, 2, None], [6, None, 1], [None]]) == icc1([[9, 2], [6, 1]])
    rows: list[list[Rating]] = [[1, 2, None], [2, 2, 3], [3, None, 4], [4, 4, 5], [0, 1, 1], [3, 4, 3]]
    found = cronbach_alpha(rows)
    assert found is not None
    assert found != cronbach_alpha([row for row in rows if None not in row])


def test_alpha_leaves_out_an_item_that_fewer_than_two_rated() -> None:
    assert cronbach_alpha([[1, 2, None], [2, 3, None], [4, 4, 1]]) == cronbach_alpha([[1, 2], [2, 3], [4, 4]])


def test_alpha_says_nothing_where_no_two_items_share_two_people_or_gaps_leave_it_at_odds() -> None:
    assert cronbach_alpha([[1, None], [2, None], [None, 3], [None, 4]]) is None
    assert cronbach_alpha([[1], [2]]) is None
    assert cronbach_alpha([]) is None
    # Those who rated both items vary far more than all who rated either.
    first, second = [4, None], [None, 4]
    assert cronbach_alpha([[0, 0], [9, 9], *(first for _ in range(9)), *(second for _ in range(9))]) is None


def test_items_that_say_the_same_are_wholly_consistent() -> None:
    assert cronbach_alpha([[1, 1], [2, 2], [4, 4]]) == 1


def test_each_item_may_have_its_own_number_of_options() -> None:
    assert r_wg_j([[0, 1], [0, 4]], [2, 5]) == 0
    assert r_wg_j([[1, 1], [2, 3]], [2, 5]) == r_wg_j([[1, 1], [2, 3]], 5)


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^agreement takes at least two options$"):
        r_wg([1, 2], 1)
    with pytest.raises(ValueError, match="argument"):
        r_wg_j([[1, 2], [1, 2]], [5])
    with pytest.raises(ValueError, match="argument"):
        cronbach_alpha([[1, 2], [1]])


def test_numbers_count_as_a_person_wrote_them() -> None:
    assert mean([0.1, 0.2]) == Fraction(3, 20)
    assert mean([Fraction(1, 3)]) == Fraction(1, 3)


# --- laws ---

OPTIONS = 5
ANSWERS = st.lists(st.sampled_from([None, *range(OPTIONS)]), max_size=12)
GROUPS = st.lists(ANSWERS, max_size=6)
TABLES = st.integers(2, 5).flatmap(
    lambda wide: st.lists(
        st.lists(st.sampled_from([None, *range(OPTIONS)]), min_size=wide, max_size=wide), min_size=2, max_size=8
    )
)
Measure = Callable[[Sequence[Rating]], Fraction | None]
ONE_ITEM: list[Measure] = [lambda ratings: r_wg(ratings, OPTIONS), average_deviation, standard_deviation]


@given(ANSWERS, st.randoms())
def test_nobodys_place_in_the_row_matters(ratings: list[int | None], random: object) -> None:
    other = random.sample(ratings, len(ratings))  # type: ignore[attr-defined]
    for measure in ONE_ITEM:
        assert measure(ratings) == measure(other)


@given(ANSWERS, st.integers(-9, 9))
def test_what_is_added_to_every_rating_does_not_matter(ratings: list[int | None], more: int) -> None:
    shifted = [None if one is None else one + more for one in ratings]
    for measure in ONE_ITEM:
        assert measure(ratings) == measure(shifted)


@given(ANSWERS)
def test_measures_of_one_item_keep_their_bounds(ratings: list[int | None]) -> None:
    given_ratings = [one for one in ratings if one is not None]
    assume(len(given_ratings) > 1)
    agreed, deviation, spread = (measure(ratings) for measure in ONE_ITEM)
    assert agreed is not None
    assert deviation is not None
    assert spread is not None
    assert 0 <= agreed <= 1
    assert (agreed == 1) == (len(set(given_ratings)) == 1)
    assert 0 <= deviation <= Fraction(max(given_ratings) - min(given_ratings), 2)
    assert deviation <= spread + Fraction(1, 10**9)


@given(st.lists(ANSWERS, min_size=1, max_size=5))
def test_agreement_on_several_items_lies_between_0_and_1_and_grows_with_more_of_the_same(
    items: list[list[int | None]],
) -> None:
    found = r_wg_j(items, OPTIONS)
    assume(found is not None)
    again = r_wg_j(items * 2, OPTIONS)
    assert found is not None
    assert again is not None
    assert 0 <= found <= again <= 1


@given(GROUPS, st.integers(-9, 9), st.randoms())
def test_what_tells_groups_apart_knows_no_order_and_no_shift(
    groups: list[list[int | None]], more: int, random: object
) -> None:
    other = [
        [None if one is None else one + more for one in group]
        for group in random.sample(groups, len(groups))  # type: ignore[attr-defined]
    ]
    assert icc1(groups) == icc1(other)
    assert icc2(groups) == icc2(other)


@given(GROUPS)
def test_what_tells_groups_apart_keeps_its_bounds(groups: list[list[int | None]]) -> None:
    single, means = icc1(groups), icc2(groups)
    assert single is None or single <= 1
    assert means is None or means <= 1
    if single is not None and means is not None:
        assert (single > 0) == (means > 0)


@given(
    st.integers(2, 5).flatmap(
        lambda n: st.lists(st.lists(st.integers(0, 4), min_size=n, max_size=n), min_size=2, max_size=6)
    )
)
def test_of_equal_groups_means_are_as_reliable_as_spearman_and_brown_have_it(groups: list[list[int]]) -> None:
    single, means = icc1(groups), icc2(groups)
    assume(single is not None and means is not None)
    assert single is not None
    size = len(groups[0])
    assert means == size * single / (1 + (size - 1) * single)


@given(TABLES, st.integers(-9, 9), st.randoms())
def test_alpha_knows_no_order_and_no_shift_and_is_1_at_most(
    rows: list[list[int | None]], more: int, random: object
) -> None:
    columns = random.sample(range(len(rows[0])), len(rows[0]))  # type: ignore[attr-defined]
    other = [
        [None if (one := row[at]) is None else one + more for at in columns]
        for row in random.sample(rows, len(rows))  # type: ignore[attr-defined]
    ]
    found = cronbach_alpha(rows)
    assert found == cronbach_alpha(other)
    assert found is None or found <= 1


@given(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=8))
def test_with_nothing_missing_alpha_is_cronbachs_own_formula(rows: list[list[int]]) -> None:
    def variance(ratings: Sequence[int]) -> Fraction:
        middle = Fraction(sum(ratings), len(ratings))
        return sum(((one - middle) ** 2 for one in ratings), Fraction(0)) / (len(ratings) - 1)

    total = variance([sum(row) for row in rows])
    assume(total)
    parts = sum((variance(column) for column in zip(*rows, strict=True)), Fraction(0))
    assert cronbach_alpha(rows) == Fraction(3, 2) * (1 - parts / total)


def test_alpha_of_thousands_of_items_takes_no_time_for_each_pair_of_them() -> None:
    # All say the same of all items but one, which somebody left out.
    rows: list[list[Rating]] = [[level] * 3_000 for level in (0, 1, 3)]
    began = process_time()
    assert cronbach_alpha(rows) == 1
    rows[0][0] = None
    found = cronbach_alpha(rows)
    assert process_time() - began < 1
    # 2,999 items of variance 7/3, one of 2; of the pairs, 2,999 have a covariance of 2, all others 7/3
    variance = (2_999 * Fraction(7, 3) + 2) / 3_000
    covariance = (2_999 * 2 + Fraction(2_999 * 2_998 // 2 * 7, 3)) / (3_000 * 2_999 // 2)
    assert found == 3_000 * covariance / (variance + 2_999 * covariance)
