"""Every rule of the score, computed by hand on small banks."""

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from readiness.bank.model import Bank
from readiness.errors import InputError
from readiness.scoring.model import Gate, QuestionScore, Range, ReachedBand, Score, State
from readiness.scoring.score import NOT_SAID, Standing, low_median, score, standings
from tests.conftest import assessment
from tests.small import LITTLE, small_bank

Given = Sequence[object]
"""What each of several people said of one question; None if they left it out."""


def scored(bank: Bank, *respondents: Mapping[str, object], profile: Mapping[str, str] | None = None) -> Score:
    return score(bank, [assessment(bank, responses, profile) for responses in respondents])


def each(given: Given, name: str = "a") -> list[dict[str, object]]:
    return [{} if one is None else {name: one} for one in given]


def asked_alone(folder: Path, given: Given, question: str = "{id: a}") -> QuestionScore:
    """Return the score of the only question of a bank, of people who said what is given."""
    [found] = scored(small_bank(folder, f"[{question}]"), *each(given)).questions
    return found


def exactly(found: Range) -> tuple[object, object, object]:
    return found.score, found.low, found.high


def band(found: Score) -> ReachedBand:
    assert found.band is not None
    return found.band


def domains(found: Score) -> dict[str, object]:
    return {domain.id: exactly(domain) for domain in found.domains}


# One question


@pytest.mark.parametrize(("value", "points"), [(0, 0), (1, 25), (2, 50), (3, 75), (4, 100)])
def test_a_level_counts_its_part_of_the_way_up(tmp_path: Path, value: int, points: int) -> None:
    assert scored(small_bank(tmp_path, "[{id: a}]"), {"a": value}).overall.score == points


@pytest.mark.parametrize(("value", "points"), [(1, Fraction(0)), (1.5, Fraction(20)), (3.5, Fraction(100))])
def test_levels_need_not_start_at_0_nor_be_evenly_spaced(tmp_path: Path, value: float, points: Fraction) -> None:
    bank = small_bank(tmp_path, "[{id: a, values: [1, 1.5, 3.5]}]")
    found = scored(bank, {"a": value})
    assert found.overall.score == points
    assert found.questions[0].value == value
    assert found.questions[0].score == points


def test_tenths_are_tenths_and_not_the_nearest_binary_number(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, values: [0, 0.1, 0.3], weight: 0.1}]")
    assert scored(bank, {"a": 0.1}).overall.score == Fraction(100, 3)


# A domain, and the whole


def test_a_domain_is_the_weighted_mean_of_its_questions(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, weight: 3}, {id: b, weight: 0.5}]")
    # (3 · 1/4 + 0.5 · 1) / 3.5
    assert scored(bank, {"a": 1, "b": 4}).domains[0].score == Fraction(100 * 5, 14)


def test_the_whole_is_the_weighted_mean_of_the_domains_not_of_the_answers(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}, {id: c}, {id: x, domain: e}]", domains="{d: 1, e: 3}")
    found = scored(bank, {"a": 4, "b": 4, "c": 1, "x": 0})
    assert domains(found) == {"d": (75, 75, 75), "e": (0, 0, 0)}
    assert exactly(found.overall) == (Fraction(75, 4),) * 3


def test_facilitators_and_barriers_are_scored_over_the_whole_bank_whatever_the_domain_weights(tmp_path: Path) -> None:
    questions = """
        - {id: a, weight: 2}
        - {id: b, kind: barrier}
        - {id: x, domain: e}
        - {id: y, domain: e, kind: barrier, weight: 3}
    """
    bank = small_bank(tmp_path, questions, domains="{d: 1, e: 9}", enough=LITTLE)
    found = scored(bank, {"a": 4, "b": 2, "x": 1, "y": "unknown"})
    assert exactly(found.facilitators) == (75,) * 3  # (2 · 1 + 1 · 1/4) / 3
    assert exactly(found.barriers) == (50, Fraction(25, 2), Fraction(175, 2))  # 1/2 of 1; 1/2 and 3 1/2 of 4


# What is not known, and what does not apply


@pytest.mark.parametrize("answers", [{"a": 3, "b": "unknown"}, {"a": 3}, {"a": 3, "b": {"note": "not yet"}}])
def test_what_is_not_known_widens_the_range_and_leaves_the_score(tmp_path: Path, answers: dict[str, object]) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b, weight: 2}]", enough=LITTLE)
    assert exactly(scored(bank, answers).overall) == (75, 25, Fraction(275, 3))


def test_what_does_not_apply_counts_in_no_score_and_no_range(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b, weight: 2}]", enough=LITTLE)
    found = scored(bank, {"a": 3, "b": "n/a: nobody is paid"})
    assert exactly(found.overall) == (75, 75, 75)
    assert found.questions[1].state is State.NOT_APPLICABLE


def test_what_always_applies_can_not_be_set_aside_and_counts_as_not_known(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b, always: true}]", enough=LITTLE)
    found = scored(bank, {"a": 3, "b": "n/a: it was not our decision"})
    assert exactly(found.overall) == (75, Fraction(75, 2), Fraction(175, 2))
    assert (found.questions[1].state, found.questions[1].not_known) == (State.UNKNOWN, 1)


def test_what_is_not_asked_of_a_service_is_no_part_of_its_score(tmp_path: Path) -> None:
    questions = "[{id: a}, {id: b, minimum: 4, when: {stage: [late]}}]"
    bank = small_bank(tmp_path, questions, profile="{stage: [early, late]}")
    answers = {"a": 4, "b": 0}
    early, late = (scored(bank, answers, profile={"stage": stage}) for stage in ("early", "late"))
    assert early.overall.score == 100
    assert late.overall.score == 50
    assert ([entry.id for entry in early.questions], band(early).id) == (["a"], "top")


def test_a_domain_of_which_nothing_is_asked_counts_nowhere(tmp_path: Path) -> None:
    bank = small_bank(
        tmp_path,
        "[{id: a}, {id: x, domain: e, when: {stage: [late]}}, {id: y, domain: e, when: {stage: [early]}}]",
        domains="{d: 1, e: 3}",
        profile="{stage: [early, late]}",
    )
    found = scored(bank, {"a": 2})  # without a stage, nothing that depends on it is asked
    assert domains(found) == {"d": (50, 50, 50), "e": (None, None, None)}
    assert exactly(found.overall) == (50, 50, 50)


@pytest.mark.parametrize("answers", [{}, {"a": "unknown"}, {"a": {"note": "later"}}])
def test_nothing_answered_is_no_score_and_no_band_never_0(tmp_path: Path, answers: dict[str, object]) -> None:
    found = scored(small_bank(tmp_path, "[{id: a, minimum: 2}]", enough=LITTLE), answers)
    assert exactly(found.overall) == (None, 0, 100)
    assert (found.band, found.too_little_known) == (None, True)


def test_nothing_applicable_has_no_range_either(tmp_path: Path) -> None:
    found = scored(small_bank(tmp_path, "[{id: a, minimum: 2}]", enough=LITTLE), {"a": "n/a: why"})
    assert exactly(found.overall) == (None, None, None)
    assert (found.band, found.too_little_known) == (None, True)


def test_a_level_that_the_bank_no_longer_has_counts_as_unanswered(tmp_path: Path) -> None:
    found = scored(small_bank(tmp_path, "[{id: a}, {id: b}]", enough=LITTLE), {"a": 4, "b": 2.5, "gone": 3})
    assert found.questions[1].state is State.UNANSWERED
    assert exactly(found.overall) == (100, 50, 100)


def test_coverage_counts_every_state_and_every_answer_of_people_in_the_whole_and_in_each_domain(tmp_path: Path) -> None:
    bank = small_bank(
        tmp_path, "[{id: a}, {id: b}, {id: c}, {id: w, domain: e}, {id: x, domain: e}]", domains="{d: 1, e: 1}"
    )
    found = scored(bank, {"a": 1, "b": "unknown", "w": "n/a: why", "x": 2}, {"a": 2, "w": "n/a: why", "x": "unknown"})
    assert found.coverage.model_dump() == {
        "applicable": 4,
        "answered": 1,
        "unknown": 2,
        "unanswered": 1,
        "not_applicable": 1,
        "people": {"levels": 3, "not_known": 5, "not_applicable": 2},
    }
    assert [(domain.coverage.applicable, domain.coverage.answered) for domain in found.domains] == [(3, 1), (1, 0)]
    assert [domain.coverage.people.levels for domain in found.domains] == [2, 1]


# Too little known: by the bank, half of a domain's weight and 0.65 of all that is asked


@pytest.mark.parametrize(
    ("answers", "of_d", "overall"),
    [
        ({"a": 4, "b": 4, "x": 4}, 100, 100),
        ({"a": 4, "x": 4}, 100, 100),  # just half of the domain's weight, and 4 of 6 in all
        ({"b": 4, "x": 4}, 100, 100),
        ({"a": 4, "b": "n/a: why", "x": 4}, 100, 100),  # what does not apply was asked all the same
        ({"a": 4, "b": 4}, 100, None),  # the other domain has no score
        ({"x": 4}, None, None),
        ({"a": "n/a: why", "b": "n/a: why", "x": 4}, None, None),
        ({"a": "n/a: why", "b": 4, "x": "n/a: why"}, 100, None),
    ],
)
def test_with_less_than_enough_known_there_is_no_score(
    tmp_path: Path, answers: dict[str, object], of_d: object, overall: object
) -> None:
    bank = small_bank(
        tmp_path, "[{id: a, weight: 2}, {id: b, weight: 2}, {id: x, domain: e, weight: 2}]", domains="{d: 1, e: 1}"
    )
    found = scored(bank, answers)
    assert found.domains[0].score == of_d
    assert (found.overall.score, found.too_little_known) == (overall, overall is None)
    assert (found.band is None) == found.too_little_known


def test_a_domain_may_have_enough_known_while_all_together_have_not(tmp_path: Path) -> None:
    questions = "[{id: a}, {id: b}, {id: x, domain: e}, {id: y, domain: e}]"
    bank = small_bank(tmp_path, questions, domains="{d: 1, e: 1}")
    found = scored(bank, {"a": 4, "x": 2})
    assert [domain.score for domain in found.domains] == [100, 50]
    assert exactly(found.overall) == (None, Fraction(150, 4), Fraction(350, 4))
    assert scored(bank, {"a": 4, "b": 4, "x": 2}).overall.score == 75


def test_a_bank_says_itself_how_much_is_enough(tmp_path: Path) -> None:
    questions = "[{id: a, weight: 3}, {id: b, weight: 7}]"
    assert scored(small_bank(tmp_path, questions, enough="{domain: 0.3, overall: 0.3}"), {"a": 4}).overall.score == 100
    assert (
        scored(small_bank(tmp_path, questions, enough="{domain: 0.31, overall: 0.3}"), {"a": 4}).overall.score is None
    )
    assert (
        scored(small_bank(tmp_path, questions, enough="{domain: 0.3, overall: 0.31}"), {"a": 4}).overall.score is None
    )


def test_facilitators_and_barriers_need_as_much_as_a_domain(tmp_path: Path) -> None:
    questions = "[{id: a}, {id: b, weight: 1.1}, {id: x, kind: barrier, weight: 9}]"
    found = scored(small_bank(tmp_path, questions), {"a": 4, "x": 2})
    assert found.facilitators.score is None
    assert found.barriers.score == 50


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
    found = score(bank, both)
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


def test_standings_with_one_question_elsewhere_are_the_others_as_they_were(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]")
    found = standings(bank, [assessment(bank, {"a": 4, "b": 0})])
    other = found.with_standing(found.questions[1].set_to(2))
    assert (found.overall, other.overall) == (Fraction(50), Fraction(75))
    assert other.questions[0] is found.questions[0]
    assert other.score().overall.score == other.overall


# Bands and gates: low from 0, middle from 50, top from 80, gated


@pytest.mark.parametrize(
    ("value", "reached"), [(0, "low"), (49, "low"), (50, "middle"), (79, "middle"), (80, "top"), (100, "top")]
)
def test_the_band_is_the_last_one_that_starts_at_or_below_the_score(tmp_path: Path, value: int, reached: str) -> None:
    bank = small_bank(tmp_path, "[{id: a, values: [0, 49, 50, 79, 80, 100]}]")
    found = band(scored(bank, {"a": value}))
    assert (found.id, found.label, found.held_by, found.provisional) == (reached, f"Band {reached}", (), False)


def test_a_band_that_starts_at_a_decimal_is_reached_by_exactly_that_score(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, values: [0, 0.123, 1]}]", bands="[{id: low, from: 0}, {id: top, from: 12.3}]")
    assert band(scored(bank, {"a": 0.123})).id == "top"


@pytest.mark.parametrize(
    ("gate", "state", "reached", "held_by"),
    [
        (2, Gate.OPEN, "top", ()),
        (3, Gate.OPEN, "top", ()),
        (1, Gate.CLOSED, "middle", ("g",)),
        ("unknown", Gate.UNKNOWN, "middle", ("g",)),
        (None, Gate.UNKNOWN, "middle", ("g",)),
        ("n/a: why", Gate.UNKNOWN, "middle", ("g",)),
    ],
)
def test_a_gate_below_its_minimum_not_known_or_set_aside_holds_the_top_band_back(
    tmp_path: Path, gate: object, state: Gate | None, reached: str, held_by: tuple[str, ...]
) -> None:
    bank = small_bank(tmp_path, "[{id: a, weight: 99}, {id: g, minimum: 2}]")
    found = scored(bank, {"a": 4} if gate is None else {"a": 4, "g": gate})
    assert found.questions[1].gate is state
    assert (band(found).id, band(found).held_by) == (reached, held_by)


def test_a_question_without_a_minimum_is_no_gate(tmp_path: Path) -> None:
    assert scored(small_bank(tmp_path, "[{id: a}]"), {"a": 0}).questions[0].gate is None


def test_only_closed_gates_are_named_and_only_where_they_hold_a_band(tmp_path: Path) -> None:
    questions = "[{id: a, weight: 99}, {id: g, minimum: 2}, {id: h, minimum: 2}, {id: i, minimum: 2}]"
    bank = small_bank(tmp_path, questions)
    gates = {"g": 1, "h": 2, "i": "unknown"}
    assert band(scored(bank, {"a": 4, **gates})).held_by == ("g", "i")
    assert (band(scored(bank, {"a": 2, **gates})).id, band(scored(bank, {"a": 2, **gates})).held_by) == ("low", ())


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ([4, 0], Gate.CLOSED),  # the low median is the lower of the two
        ([4, 2, 0], Gate.OPEN),
        ([4, 1, 0], Gate.CLOSED),
        ([0, 0, 4, 4], Gate.CLOSED),
        ([0, 2, 2, "unknown"], Gate.OPEN),
        ([2, 4, "unknown"], Gate.UNKNOWN),  # two of several do not decide
        ([2, 4, "n/a: why"], Gate.UNKNOWN),
        ([4, 4, 4, *["n/a: why"] * 4], Gate.UNKNOWN),
    ],
)
def test_a_gate_opens_at_the_low_median_of_several_respondents(tmp_path: Path, given: Given, state: Gate) -> None:
    assert asked_alone(tmp_path, given, "{id: a, minimum: 2}").gate is state


@pytest.mark.parametrize(
    ("gated", "value", "reached", "held_by"),
    [
        ("{from: 50, id: middle, gated: true}, {from: 80, id: top, gated: true}", 4, "low", ("g",)),
        ("{from: 50, id: middle, gated: true}, {from: 80, id: top}", 4, "top", ()),
        ("{from: 50, id: middle, gated: true}, {from: 80, id: top}", 2.5, "low", ("g",)),
        ("{from: 50, id: middle}, {from: 80, id: top, gated: false}", 4, "middle", ("g",)),
        ("{from: 50, id: middle}, {from: 80, id: top}", 4, "middle", ("g",)),
    ],
)
def test_a_bank_may_say_itself_which_bands_wait_for_the_gates(
    tmp_path: Path, gated: str, value: float, reached: str, held_by: tuple[str, ...]
) -> None:
    questions = "[{id: a, weight: 99, values: [0, 2.5, 4]}, {id: g, minimum: 2}]"
    bank = small_bank(tmp_path, questions, bands=f"[{{from: 0, id: low}}, {gated}]")
    found = band(scored(bank, {"a": value, "g": 1}))
    assert (found.id, found.held_by) == (reached, held_by)


@pytest.mark.parametrize(
    ("answers", "reached", "provisional"),
    [
        ({"a": 4, "b": 4, "g": 4}, "top", False),
        ({"a": 4, "b": "unknown", "g": 4}, "top", True),  # 67 to 100
        ({"a": 3, "b": 2, "g": 2}, "middle", False),
        ({"a": 2, "b": "unknown", "g": 3}, "middle", True),  # 42 to 75
        ({"a": 4, "b": 4, "g": "unknown"}, "middle", True),  # the gate might be open
        ({"a": 4, "b": 4, "g": "n/a: why"}, "middle", True),  # and so might this one, if it applies after all
        ({"a": 4, "b": "unknown", "g": 1}, "middle", True),  # 42 to 75
        ({"a": 4, "b": 4, "g": 1}, "middle", False),  # 75, held by nothing
        ({"a": 1, "b": 1, "g": "unknown"}, "low", True),  # 17 to 50
        ({"a": 0, "b": 0, "g": "unknown"}, "low", False),  # 0 to 33
    ],
)
def test_a_band_is_provisional_where_what_is_not_known_could_change_it(
    tmp_path: Path, answers: dict[str, object], reached: str, provisional: object
) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}, {id: g, minimum: 2}]")
    found = band(scored(bank, answers))
    assert (found.id, found.provisional) == (reached, provisional)


def test_a_gate_known_to_be_closed_keeps_the_top_band_out_of_what_could_be(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, weight: 90}, {id: b, weight: 9}, {id: g, minimum: 2}, {id: h, minimum: 2}]")
    closed = scored(bank, {"a": 4, "b": "unknown", "g": 1, "h": "unknown"})
    assert closed.overall.low is not None
    assert closed.overall.low > 80
    assert not band(closed).provisional
    assert band(scored(bank, {"a": 4, "b": "unknown", "g": 2, "h": "unknown"})).provisional


# Voices

VOICED = """
    - {id: low, from: 0}
    - {id: middle, from: 50}
    - {id: top, from: 80, voices: [{role: peer-worker, when: {stage: [late]}}]}
"""


def voiced(folder: Path, roles: Sequence[str | None], value: int = 4, stage: str = "late") -> Score:
    """Return the score of people in these roles, who all gave the one question ``value``."""
    bank = small_bank(
        folder,
        "[{id: a}]",
        bands=VOICED,
        profile="{stage: [early, late]}",
        roles="[service-manager, peer-worker]",
    )
    return score(bank, [assessment(bank, {"a": value}, {"stage": stage}, role=role) for role in roles])


def test_who_answered_is_counted_by_role_in_the_order_of_the_bank(tmp_path: Path) -> None:
    found = voiced(tmp_path, ["Gardener", None, "Peer_Worker", "service-managers", "peer-worker"])
    assert [*found.voices.items()] == [("service-manager", 1), ("peer-worker", 2), ("gardener", 1), (NOT_SAID, 1)]


@pytest.mark.parametrize(
    ("roles", "stage", "reached", "missing"),
    [
        (["service-manager"], "late", "middle", ("peer-worker",)),
        (["service-manager", "peer-worker"], "late", "top", ()),
        ([None], "late", "middle", ("peer-worker",)),
        (["service-manager"], "early", "top", ()),  # nobody is in post yet
    ],
)
def test_a_band_that_needs_a_voice_is_not_reached_unless_it_was_heard(
    tmp_path: Path, roles: list[str | None], stage: str, reached: str, missing: tuple[str, ...]
) -> None:
    found = voiced(tmp_path, roles, stage=stage)
    assert (band(found).id, found.voices_missing) == (reached, missing)
    assert (band(found).held_by, band(found).provisional) == ((), False)


def test_who_is_not_heard_is_told_whatever_the_score(tmp_path: Path) -> None:
    assert voiced(tmp_path, ["service-manager"], value=0).voices_missing == ("peer-worker",)


def test_a_voice_that_two_bands_need_is_missing_once(tmp_path: Path) -> None:
    bands = """
        - {id: low, from: 0}
        - {id: middle, from: 50, voices: [{role: peer-worker}]}
        - {id: top, from: 80, voices: [{role: peer-worker}, {role: nurse}]}
    """
    bank = small_bank(tmp_path, "[{id: a}]", bands=bands, roles="[peer-worker, nurse]")
    alone = score(bank, [assessment(bank, {"a": 4})])
    assert (alone.voices_missing, band(alone).id) == (("peer-worker", "nurse"), "low")
    heard = score(bank, [assessment(bank, {"a": 4}, role="peer-worker")])
    assert (heard.voices_missing, band(heard).id) == (("nurse",), "middle")


# What scripts read


def test_the_json_of_a_score_holds_what_is_promised(tmp_path: Path) -> None:
    questions = "[{id: a, minimum: 2, weight: 3}, {id: b, kind: barrier, values: [0, 0.5, 2]}]"
    bank = small_bank(tmp_path, questions, enough=LITTLE)
    found = scored(bank, {"a": "unknown", "b": 0.5}, profile={})
    coverage = {
        "applicable": 2,
        "answered": 1,
        "unknown": 1,
        "unanswered": 0,
        "not_applicable": 0,
        "people": {"levels": 1, "not_known": 1, "not_applicable": 0},
    }
    assert json.loads(found.model_dump_json(by_alias=True)) == {
        "schema": 1,
        "bank": {"id": "small", "version": "1", "fingerprint": bank.fingerprint},
        "team": {"name": "Northside", "organisation": None, "profile": {}},
        "respondents": 1,
        "voices": {"not-said": 1},
        "voices_missing": [],
        "too_little_known": False,
        "overall": {"score": 25.0, "low": 6.3, "high": 81.3},
        "band": {"id": "low", "label": "Band low", "provisional": True, "held_by": []},
        "facilitators": {"score": None, "low": 0.0, "high": 100.0},
        "barriers": {"score": 25.0, "low": 25.0, "high": 25.0},
        "coverage": coverage,
        "domains": [
            {
                "id": "d",
                "title": "Domain d",
                "score": 25.0,
                "low": 6.3,
                "high": 81.3,
                "coverage": coverage,
                "agreement": None,
            }
        ],
        "questions": [
            {
                "id": "a",
                "domain": "d",
                "kind": "facilitator",
                "state": "unknown",
                "value": None,
                "score": None,
                "stands": None,
                "n": 1,
                "k": 0,
                "not_known": 1,
                "not_applicable": 0,
                "apart": 0,
                "gate": "unknown",
                "agreement": None,
            },
            {
                "id": "b",
                "domain": "d",
                "kind": "barrier",
                "state": "answered",
                "value": 0.5,
                "score": 25.0,
                "stands": 0.5,
                "n": 1,
                "k": 1,
                "not_known": 0,
                "not_applicable": 0,
                "apart": 0,
                "gate": None,
                "agreement": None,
            },
        ],
        "roles": [],
    }
