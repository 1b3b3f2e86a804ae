"""Small groups: who is shown, and what somebody who subtracts finds out."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.scoring.disclosure import LEAST_GROUP, MIN_GROUP, shown_groups

SIZES = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12))


@pytest.mark.parametrize(
    ("sizes", "others", "shown"),
    [
        ({"a": 5, "b": 6}, 0, "ab"),  # nobody is left over
        ({"a": 8, "b": 4}, 0, ""),  # 12 − 8 would give the four away
        ({"a": 8, "b": 6, "c": 2}, 0, "a"),  # so the smaller one is hidden with them
        ({"a": 8, "b": 8, "c": 2}, 0, "a"),  # of equal ones, the last
        ({"a": 8, "b": 3, "c": 2}, 0, "a"),  # those left over are enough together
        ({"a": 8}, 2, ""),  # people without a role count as left over
        ({"a": 8}, 5, "a"),
        ({"a": 4}, 0, ""),
        ({}, 9, ""),
        ({"a": 5, "b": 0}, 0, "a"),
    ],
)
def test_a_group_is_shown_only_where_the_rest_gives_nobody_away(
    sizes: Mapping[str, int], others: int, shown: str
) -> None:
    assert shown_groups(sizes, MIN_GROUP, others) == tuple(shown)


def test_a_group_hidden_for_a_reason_of_its_own_is_not_given_away_by_standing_alone() -> None:
    assert shown_groups({"a": 8, "b": 6}, MIN_GROUP, never="b") == ()
    assert shown_groups({"a": 8, "b": 6, "c": 1}, MIN_GROUP, never="b") == ("a",)
    assert shown_groups({"a": 8, "b": 6}, MIN_GROUP, others=1, never="b") == ("a",)


def test_below_three_nobody_can_go() -> None:
    with pytest.raises(ValueError, match="at least 3"):
        shown_groups({"a": 9}, LEAST_GROUP - 1)


@given(SIZES, st.integers(LEAST_GROUP, 8), st.integers(0, 9))
def test_what_is_shown_is_large_enough_and_so_is_what_is_left(
    sizes: Mapping[str, int], least: int, others: int
) -> None:
    shown = shown_groups(sizes, least, others)
    rest = others + sum(sizes.values()) - sum(sizes[group] for group in shown)
    assert all(sizes[group] >= least for group in shown)
    assert rest == 0 or not shown or rest >= least


@given(SIZES, st.integers(LEAST_GROUP, 8), st.integers(0, 9))
def test_no_single_group_is_what_is_left(sizes: Mapping[str, int], least: int, others: int) -> None:
    shown = shown_groups(sizes, least, others)
    hidden = [group for group, size in sizes.items() if size and group not in shown]
    if shown and hidden:
        assert len(hidden) > 1 or others


@given(SIZES, st.integers(LEAST_GROUP, 8), st.integers(0, 9))
def test_nothing_is_hidden_without_need(sizes: Mapping[str, int], least: int, others: int) -> None:
    if others + sum(size for size in sizes.values() if size < least) in (0, *range(least, 99)):
        assert shown_groups(sizes, least, others) == tuple(group for group, size in sizes.items() if size >= least)
