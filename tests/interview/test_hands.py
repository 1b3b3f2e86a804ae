"""Hands: what may be typed for them, how they are told, and whom to hear first."""

import pytest

from readiness.assessment.group import Hands, ShowOfHands
from readiness.bank.model import Bank, Question
from readiness.interview.hands import NoHandsError, counts_of, hear_first, hearing_order, spread, told, typed_hands
from tests.assessment.groups import hands, show

HERE = {"peer-worker": 3, "service-manager": 1, "team-member": 4, "not-said": 1}


@pytest.fixture
def lift(small: Bank) -> Question:
    """A question with three levels that may not apply."""
    return small.question_by_id["lift-there"]


@pytest.fixture
def five(bank: Bank) -> Question:
    """A question with five levels."""
    return bank.question_by_id["language"]


@pytest.mark.parametrize(
    ("line", "people", "counted"),
    [
        ("1 0 2", 3, [1, 0, 2]),
        ("1,0, 2", 3, [1, 0, 2]),
        ("d1 1 0 2 n2", 9, [1, 0, 2, 1, 2]),
        ("1 0 2 D", 4, [1, 0, 2, 1]),
        ("=2", 5, [0, 5, 0]),
        ("d", 5, [0, 0, 0, 5]),
        ("n", 5, [0, 0, 0, 0, 5]),
        ("d2", 5, [0, 0, 0, 2]),
        ("d1 d2 n1", 5, [0, 0, 0, 3, 1]),
        ("3", 1, [0, 0, 1]),
        ("0 0 0", 5, []),
    ],
)
def test_counts_are_typed_as_they_are_seen(lift: Question, line: str, people: int, counted: list[int]) -> None:
    assert typed_hands(line, lift, people) == hands(counted, 3)


@pytest.mark.parametrize(
    ("line", "people", "said"),
    [
        ("1 0", 3, "Type 3 numbers: how many held up 1, then 2, and so on, such as 1 0 2."),
        ("2", 3, "If everybody held up 2, type =2."),
        ("1 x 0", 3, "“x” is no count."),
        ("=4", 3, "“=4” is no count."),
        ("4", 1, "Type 3 numbers"),
        ("99999 0 0", 3, "“99999” is no count."),
        ("2 1 1", 3, "You typed 4 hands, but 3 people are here. Type them again. If somebody came, type who."),
        ("1 1 0", 1, "You typed 2 hands, but 1 person is here."),
    ],
)
def test_all_else_is_no_count_and_says_what_is(lift: Question, line: str, people: int, said: str) -> None:
    with pytest.raises(NoHandsError) as caught:
        typed_hands(line, lift, people)
    assert said in str(caught.value)


def test_does_not_apply_is_refused_where_a_question_always_applies(bank: Bank) -> None:
    always = next(question for question in bank.ordered_questions if question.always)
    with pytest.raises(NoHandsError, match="applies to every service"):
        typed_hands("1 0 0 0 0 n1", always, 3)


def test_hands_are_told_in_words(lift: Question) -> None:
    assert told(hands([1, 0, 3, 1, 2], 3), lift) == (
        "1 held up 1, 3 held up 3, 1 does not know and 2 say it does not apply"
    )
    assert told(Hands(), lift) == "nobody answered"
    assert counts_of(hands([1, 0, 3], 3), lift) == (1, 0, 3)


@pytest.mark.parametrize(
    ("counted", "said"),
    [
        ([1, 4, 0, 3, 0], ["The middle answer is 2.", "3 stand two or more away from it."]),
        ([0, 4, 0, 1, 0], ["The middle answer is 2.", "1 stands two or more away from it."]),
        ([0, 4, 3, 0, 0], ["The middle answer is 2.", "Nobody stands two or more away from it."]),
        ([0, 9, 0, 0, 0], ["All who held up a number agree."]),
        ([0, 1, 1, 0, 0, 7], ["7 gave no answer.", "Too few held up a number to decide."]),
        ([0, 3, 0, 0, 0, 0, 6], ["6 say it does not apply", "left out of the score"]),
    ],
)
def test_the_spread_is_told_in_words(five: Question, counted: list[int], said: list[str]) -> None:
    counted = [*counted[:5], 0, *counted[6:]] if "no answer" in said[0] else counted
    text = " ".join(spread(show(HERE, counted, 5), five))
    assert [one for one in said if one not in text] == []


def test_two_people_have_a_middle_but_nobody_apart(five: Question) -> None:
    assert " ".join(spread(show({"peer-worker": 2}, [1, 0, 0, 0, 1], 5), five)) == (
        "2 people: 1 held up 1 and 1 held up 5. The middle answer is 1."
    )


def test_peer_workers_are_heard_first_and_those_who_did_not_say_last(bank: Bank) -> None:
    assert hearing_order(HERE, bank) == ("peer-worker", "service-manager", "team-member", "not-said")


def by_role(**counted: list[int]) -> ShowOfHands:
    return show(HERE, {role.replace("_", "-"): counts for role, counts in counted.items()}, 5)


def test_who_stands_furthest_apart_is_heard_first_and_peer_workers_before_managers(bank: Bank, five: Question) -> None:
    there = by_role(
        service_manager=[0, 0, 0, 0, 1], peer_worker=[1, 2], team_member=[0, 0, 4], not_said=[0, 0, 0, 0, 1]
    )
    assert hear_first(there, five, bank) == (
        "Hear first: Peer Workers who held up 1, then service managers who held up 5, then others who held up 5."
    )


def test_if_nobody_stands_two_away_those_furthest_from_the_middle_are_still_heard_first(
    bank: Bank, five: Question
) -> None:
    both_ways = by_role(peer_worker=[0, 2, 1], service_manager=[0, 0, 0, 1], team_member=[0, 0, 3, 1])
    assert hear_first(both_ways, five, bank) == (
        "Hear first: Peer Workers who held up 2, then service managers who held up 4, then team members who held up 4."
    )
    near = by_role(service_manager=[0, 0, 1], peer_worker=[0, 2, 1], team_member=[0, 0, 4])
    assert hear_first(near, five, bank) == "Hear first: Peer Workers who held up 2."
    without = by_role(service_manager=[0, 1], team_member=[0, 0, 4])
    assert hear_first(without, five, bank) == "Hear first: service managers who held up 2."


def test_hands_counted_together_are_heard_by_number(bank: Bank, five: Question) -> None:
    assert hear_first(show(HERE, [1, 0, 0, 5, 1], 5), five, bank) == (
        "Hear first: those who held up 1. Among them, Peer Workers before others."
    )
    assert hear_first(show({"team-member": 2}, [1, 0, 0, 1], 5), five, bank) == "Hear first: those who held up 4."


def test_where_all_agree_nobody_is_first(bank: Bank, five: Question) -> None:
    assert hear_first(show(HERE, [0, 9], 5), five, bank) is None
    assert hear_first(show(HERE, [], 5), five, bank) is None
