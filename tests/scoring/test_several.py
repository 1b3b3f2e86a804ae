"""Every rule of the score of several people, computed by hand on small banks."""

from fractions import Fraction
from pathlib import Path

import pytest

from readiness.errors import InputError
from readiness.scoring.model import State
from readiness.scoring.score import standings
from readiness.scoring.standing import Standing, low_median
from tests.conftest import assessment
from tests.scoring.by_hand import Given, asked_alone, each, exactly, scored
from tests.small import small_bank

# Several respondents: k give a level, a say that it does not apply, u do not know


@pytest.mark.parametrize(
    ("given", "state"),
    [
        # one person
        ([2], State.ANSWERED),
        (["unknown"], State.UNKNOWN),
        ([None], State.UNANSWERED),
        (["n/a: why"], State.NOT_APPLICABLE),
        # two people: both, or it is not known
        ([4, 1], State.ANSWERED),
        ([4, "unknown"], State.UNKNOWN),
        ([4, "n/a: why"], State.UNKNOWN),
        (["unknown", "n/a: why"], State.NOT_APPLICABLE),
        ([None, "n/a: why"], State.NOT_APPLICABLE),
        ([None, None], State.UNANSWERED),
        ([None, "unknown"], State.UNKNOWN),
        # three or more: three give a level, or it is not known
        ([4, 4, 0], State.ANSWERED),
        ([4, 4, None], State.UNKNOWN),
        ([4, 1, "n/a: why"], State.UNKNOWN),
        ([4, "n/a: why", "n/a: why"], State.NOT_APPLICABLE),
        ([4, 4, 4, "n/a: why", "n/a: why", "n/a: why"], State.ANSWERED),
        ([4, 4, 4, *["n/a: why"] * 4], State.NOT_APPLICABLE),
        ([4, 4, 4, *["unknown"] * 20], State.ANSWERED),
        ([4, 4, *["unknown"] * 20], State.UNKNOWN),
        ([None, {"note": "later"}, None], State.UNANSWERED),
    ],
)
def test_fewer_than_three_of_several_people_never_decide_a_question(tmp_path: Path, given: Given, state: State) -> None:
    assert asked_alone(tmp_path, given).state is state


def test_a_known_question_scores_the_mean_share_and_its_bounds_assume_nothing_of_the_others(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    found = scored(bank, *each([4, 4, 1, "unknown", None, "n/a: why"]))
    # 9/4 of 3 is the mean; the two who did not know at 0 and at 1 are the bounds: of 5, as one set it aside
    assert exactly(found.overall) == (75, 45, 85)
    [question] = found.questions
    assert [question.score, question.value] == [75, 3]
    assert (question.n, question.k, question.not_known, question.not_applicable) == (6, 3, 2, 1)


def test_one_who_does_not_know_at_each_of_two_questions_widens_each(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, weight: 3}, {id: b}]")
    found = scored(bank, *each([4, 4, 4]), {"a": "unknown", "b": 4}, {"b": 4}, {"b": 4})
    # a: 3 of 6, from 1/2 to 1; b: 3 of 6, the same
    assert exactly(found.overall) == (100, 50, 100)


def test_what_fewer_than_three_said_is_told_nowhere(tmp_path: Path) -> None:
    found = asked_alone(tmp_path, [0, 4, "unknown"])
    assert (found.k, found.not_known) == (2, 1)
    assert (found.value, found.score, found.stands, found.apart) == (None, None, None, 0)


def test_each_question_has_its_own_respondents(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]")
    found = scored(bank, {"a": 4, "b": 0}, {"a": 2, "b": 0}, {"a": 0, "b": 0}, {"b": 4}, {"a": 2})
    assert [question.score for question in found.questions] == [50, 25]
    assert [question.k for question in found.questions] == [4, 4]
    assert found.overall.score == Fraction(75, 2)


def test_what_respondents_say_of_the_profile_is_taken_together(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b, when: {stage: [late]}}]", profile="{stage: [early, late]}")
    both = [assessment(bank, {"a": 4, "b": 0}), assessment(bank, {"a": 4, "b": 0}, {"stage": "late"})]
    found = standings(bank, both).score()
    assert found.overall.score == 50
    assert found.team.profile == {"stage": "late"}


def test_respondents_who_contradict_each_other_about_the_team_are_refused(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]", profile="{stage: [early, late]}")
    both = [assessment(bank, {}, {"stage": "late"}), assessment(bank, {}, {"stage": "early"})]
    with pytest.raises(InputError, match='The answers about Northside differ on "stage": late and early'):
        standings(bank, both)


# Where it stands, and who stands apart


@pytest.mark.parametrize(
    ("counts", "position"),
    [
        ((1,), 0),
        ((0, 0, 1), 2),
        ((1, 1), 0),  # the lower of the two in the middle
        ((1, 2), 1),
        ((2, 0, 0, 0, 2), 0),
        ((0, 0, 1, 10, 0), 3),
        ((5, 0, 0, 0, 6), 4),
    ],
)
def test_the_low_median_is_the_lower_middle_answer_and_one_that_somebody_gave(
    counts: tuple[int, ...], position: int
) -> None:
    assert low_median(counts) == position


def test_a_question_stands_at_the_value_of_its_low_median(tmp_path: Path) -> None:
    question = "{id: a, values: [1, 1.5, 4]}"
    assert asked_alone(tmp_path, [1, 1.5, 4], question).stands == Fraction(3, 2)
    assert asked_alone(tmp_path, [1, 1, 4, 4], question).stands == 1


@pytest.mark.parametrize(
    ("given", "apart"),
    [
        ([1, 0, 0, *[3] * 18], 3),
        ([0, 1, 2, 3, 4], 2),
        ([2, 2, 3], 0),
        ([0, 0, 4, 4], 2),
        ([0, 4], 0),  # of two, nobody is pointed out
        ([4], 0),
        ([0, 4, "unknown"], 0),  # it is not known
    ],
)
def test_apart_are_answers_two_or_more_steps_from_where_it_stands(tmp_path: Path, given: Given, apart: int) -> None:
    assert asked_alone(tmp_path, given).apart == apart


def test_where_it_would_stand_if_everybody_below_came_up(tmp_path: Path) -> None:
    [question] = small_bank(tmp_path, "[{id: a}]").questions
    known = Standing(question, (2, 0, 1, 0, 1), not_applicable=1, not_known=2, left_out=1)
    raised = known.raised_to(3)
    assert raised.counts == (0, 0, 0, 3, 1)
    assert (raised.not_applicable, raised.not_known, raised.left_out) == (1, 2, 1)
    assert known.set_to(1) == Standing(question, (0, 7, 0, 0, 0))
    unknown = Standing(question, (1, 0, 0, 0, 0), not_known=3)
    assert unknown.raised_to(2) == unknown.set_to(2) == Standing(question, (0, 0, 4, 0, 0))


def test_once_found_out_those_who_gave_no_level_count_at_the_lowest(tmp_path: Path) -> None:
    [question] = small_bank(tmp_path, "[{id: a}]").questions
    known = Standing(question, (0, 2, 0, 4, 0), not_applicable=1, not_known=2, left_out=1)
    assert known.found_out() == Standing(question, (3, 2, 0, 4, 0))
    unknown = Standing(question, (0, 0, 0, 2, 0), not_known=3, left_out=2)
    assert unknown.found_out() == Standing(question, (5, 0, 0, 0, 0))


def test_standings_with_one_question_elsewhere_are_the_others_as_they_were(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]")
    found = standings(bank, [assessment(bank, {"a": 4, "b": 0})])
    other = found.with_standing(found.questions[1].set_to(2))
    assert (found.overall, other.overall) == (Fraction(50), Fraction(75))
    assert other.questions[0] is found.questions[0]
    assert other.score().overall.score == other.overall
