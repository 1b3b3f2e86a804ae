"""Small groups: who is shown, and what somebody who subtracts finds out."""

from collections.abc import Collection, Mapping
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.scoring.disclosure import LEAST_GROUP, MIN_GROUP, NOBODY, People, possible_groups, shown_groups

NAMES = "abcdef"
SIZES = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 12))
AGREED = st.sets(st.sampled_from(NAMES))
"""The groups in which everybody agreed to be shown though they are few."""

Sizes = Mapping[str, int]


def people(sizes: Sizes, agreed: Collection[str] = "") -> dict[str, People]:
    return {name: People(n, n if name in agreed else 0) for name, n in sizes.items()}


def shown(sizes: Sizes, others: int = 0, agreed: Collection[str] = "", first: str = "", never: str = "") -> str:
    found = shown_groups(people(sizes, agreed), MIN_GROUP, People(others), never=never, first=first)
    return "".join(found)


@pytest.mark.parametrize(
    ("sizes", "others", "expected"),
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
def test_a_group_is_shown_only_where_the_rest_gives_nobody_away(sizes: Sizes, others: int, expected: str) -> None:
    assert shown(sizes, others) == expected


@pytest.mark.parametrize(
    ("sizes", "agreed", "others", "expected"),
    [
        ({"a": 2, "b": 8}, "a", 0, "ab"),
        ({"a": 2, "b": 4}, "a", 0, ""),  # the four did not agree
        ({"a": 1, "b": 1}, "ab", 0, "ab"),
        ({"a": 2, "b": 8, "c": 1}, "a", 0, "a"),  # to show b as well would give c away
        ({"a": 2, "b": 8, "c": 1}, "ac", 0, "abc"),
        ({"a": 2, "b": 8, "c": 6, "d": 1}, "a", 0, "ab"),  # the six hide d
        ({"a": 2, "b": 2, "c": 1}, "ab", 0, ""),  # c would be all that is left
        ({"a": 3, "b": 2, "c": 2}, "ab", 0, ""),  # people who agreed hide nobody
        ({"a": 3, "b": 2, "c": 2, "d": 3}, "ab", 0, "ab"),
        ({"a": 6, "b": 2, "c": 7, "d": 1}, "ab", 0, ""),  # before they agreed c was shown: then d would be left
        ({"a": 4, "b": 6, "c": 1}, "a", 0, ""),  # b was shown before they agreed: a as well would leave c
        ({"a": 4, "b": 5}, "a", 0, "ab"),  # nobody is left
        ({"a": 2}, "a", 1, ""),
        ({"a": 2}, "a", 5, "a"),
        ({"a": 0, "b": 8}, "a", 0, "b"),
    ],
)
def test_a_small_group_is_shown_if_all_in_it_agreed_and_nobody_else_is_given_away(
    sizes: Sizes, agreed: str, others: int, expected: str
) -> None:
    assert shown(sizes, others, agreed) == expected


def test_one_who_did_not_agree_hides_a_small_group() -> None:
    assert shown_groups({"a": People(3, 2), "b": People(8)}) == ()
    assert shown_groups({"a": People(3, 3), "b": People(8)}) == ("a", "b")
    assert shown_groups({"a": People(5, 4)}) == ("a",)


@pytest.mark.parametrize(
    ("sizes", "first", "expected"),
    [
        ({"a": 8, "b": 6, "c": 2}, "b", "b"),
        ({"a": 8, "b": 6, "c": 2}, "ab", "a"),
        ({"a": 8, "b": 6, "c": 5, "d": 2}, "c", "ac"),
        ({"a": 8, "b": 6}, "b", "ab"),
        ({"a": 4, "b": 6, "c": 1}, "a", ""),  # once the four agree, b would have to give way to them
        ({"a": 4, "b": 6, "c": 1}, "", "b"),
    ],
)
def test_of_two_that_can_not_both_be_shown_the_one_that_must_be_heard_is(
    sizes: Sizes, first: str, expected: str
) -> None:
    assert shown(sizes, first=first) == expected


def test_of_groups_hidden_for_a_reason_of_their_own_it_does_not_show_which_is_left() -> None:
    for left in (6, 0), (5, 1), (0, 6):
        assert shown({"a": 8, "b": left[0], "c": left[1]}, never="bc") == "a"
    for left in (4, 0), (3, 1), (0, 4):
        assert shown({"a": 8, "b": left[0], "c": left[1]}, never="bc") == ""
    assert shown({"a": 8, "b": 6}, others=1, never="b") == "a"


@given(st.integers(LEAST_GROUP, 8), st.integers(1, 9), st.integers(0, 9), st.integers(0, 9))
def test_people_who_agreed_change_nothing_of_what_is_shown_beside_those_who_did_not(
    least: int, exposed: int, agreed: int, more: int
) -> None:
    # Otherwise it would show whether those who did not agree said "don't know".
    groups = {"a": People(1, 1), "b": People(agreed, agreed), "c": People(more, more)}
    found = shown_groups(groups, least, People(exposed))
    assert found == (tuple(name for name, group in groups.items() if group.n) if exposed >= least else ())


def test_below_three_nobody_can_go() -> None:
    with pytest.raises(ValueError, match="at least 3"):
        shown_groups({"a": People(9)}, LEAST_GROUP - 1)
    with pytest.raises(ValueError, match="at least 3"):
        possible_groups({"a": People(9)}, LEAST_GROUP - 1)


def is_safe(found: Collection[str], sizes: Mapping[str, People], least: int, others: People) -> bool:
    """Return whether subtracting what is shown gives nobody away who did not agree."""
    hidden = [group for name, group in sizes.items() if group.n and name not in found]
    rest = sum(hidden, others)
    return not rest.exposed or (rest.exposed >= least and (len(hidden) > 1 or others.n > 0))


def may_be_shown(sizes: Mapping[str, People], least: int) -> list[str]:
    return [name for name, group in sizes.items() if group.n >= least or (group.n and not group.exposed)]


@given(SIZES, AGREED, st.integers(LEAST_GROUP, 8), st.integers(0, 9), AGREED)
def test_what_is_shown_is_large_enough_or_agreed_and_what_is_left_gives_nobody_away(
    sizes: Sizes, agreed: set[str], least: int, others: int, first: set[str]
) -> None:
    groups = people(sizes, agreed)
    found = shown_groups(groups, least, People(others), first=first)
    assert {*found} <= {*may_be_shown(groups, least)}
    assert not found or is_safe(found, groups, least, People(others))


@given(SIZES, st.integers(LEAST_GROUP, 8), st.integers(0, 9))
def test_without_agreement_as_many_groups_are_shown_as_can_be(sizes: Sizes, least: int, others: int) -> None:
    groups = people(sizes)
    candidates = may_be_shown(groups, least)
    every = chain.from_iterable(combinations(candidates, size) for size in range(len(candidates) + 1))
    most = max((len(some) for some in every if is_safe(some, groups, least, People(others))), default=0)
    assert len(shown_groups(groups, least, People(others))) == most


@given(SIZES, AGREED, AGREED, st.integers(LEAST_GROUP, 8), st.integers(0, 9), AGREED)
def test_what_is_shown_before_and_after_some_agree_or_take_it_back_leaves_nobody_either(
    sizes: Sizes, then: set[str], now: set[str], least: int, others: int, first: set[str]
) -> None:
    rest = People(others)
    both = {name for some in (then, now) for name in shown_groups(people(sizes, some), least, rest, (), first)}
    left = {name: size for name, size in sizes.items() if name not in both}
    asked_nothing = others + sum(size for name, size in left.items() if name not in then | now)
    assert not both or not asked_nothing or others + sum(left.values()) >= least


@given(SIZES, st.integers(LEAST_GROUP, 8), st.integers(0, 9))
def test_nothing_is_hidden_without_need(sizes: Sizes, least: int, others: int) -> None:
    if others + sum(size for size in sizes.values() if size < least) in (0, *range(least, 99)):
        found = shown_groups(people(sizes), least, People(others))
        few = [size for size in sizes.values() if 0 < size < least]
        if others or len(few) != 1:
            assert found == tuple(group for group, size in sizes.items() if size >= least)


def test_thousands_of_roles_of_peoples_own_take_no_longer_than_each_of_them() -> None:
    agreed = {f"r{at}": People(1, 1) for at in range(5_000)}
    assert shown_groups({**agreed, "silent": People(1)}) == ()
    assert shown_groups({**agreed, "large": People(5)}) == (*agreed, "large")
    assert shown_groups({**agreed, "large": People(5), "silent": People(1)}) == ()
    assert len(possible_groups({**agreed, "large": People(5)}).asked) == 5_000 - MIN_GROUP


def test_people_add_up() -> None:
    assert People(3, 1) + People(2, 2) == People(5, 3)
    assert (People(5, 3).exposed, NOBODY.exposed) == (2, 0)
