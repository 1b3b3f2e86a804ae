"""Every rule of the score, computed by hand on small banks."""

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from readiness.bank.model import Bank
from readiness.errors import InputError
from readiness.scoring.model import Gate, Range, ReachedBand, Score, State
from readiness.scoring.score import score, standings
from tests.conftest import assessment
from tests.small import small_bank


def scored(bank: Bank, *respondents: Mapping[str, object], profile: Mapping[str, str] | None = None) -> Score:
    return score(bank, [assessment(bank, responses, profile) for responses in respondents])


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
    bank = small_bank(tmp_path, questions, domains="{d: 1, e: 9}")
    found = scored(bank, {"a": 4, "b": 2, "x": 1, "y": "unknown"})
    assert exactly(found.facilitators) == (75,) * 3  # (2 · 1 + 1 · 1/4) / 3
    assert exactly(found.barriers) == (50, Fraction(25, 2), Fraction(175, 2))  # 1/2 of 1; 1/2 and 3 1/2 of 4


# What is not known, and what does not apply


@pytest.mark.parametrize("answers", [{"a": 3, "b": "unknown"}, {"a": 3}, {"a": 3, "b": {"note": "not yet"}}])
def test_what_is_not_known_widens_the_range_and_leaves_the_score(tmp_path: Path, answers: dict[str, object]) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b, weight: 2}]")
    assert exactly(scored(bank, answers).overall) == (75, 25, Fraction(275, 3))


def test_what_does_not_apply_counts_nowhere(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b, weight: 2}]")
    found = scored(bank, {"a": 3, "b": "n/a: nobody is paid"})
    assert exactly(found.overall) == (75, 75, 75)
    assert found.questions[1].state is State.NOT_APPLICABLE


def test_what_is_not_asked_of_a_service_is_no_part_of_its_score(tmp_path: Path) -> None:
    questions = "[{id: a}, {id: b, minimum: 4, when: {stage: [late]}}]"
    bank = small_bank(tmp_path, questions, profile="{stage: [early, late]}")
    answers = {"a": 4, "b": 0}
    early, late = (scored(bank, answers, profile={"stage": stage}) for stage in ("early", "late"))
    assert early.overall.score == 100
    assert late.overall.score == 50
    assert ([entry.id for entry in early.questions], band(early).id) == (["a"], "top")


def test_a_domain_of_which_nothing_is_answered_counts_only_in_the_range(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: x, domain: e}]", domains="{d: 1, e: 3}")
    found = scored(bank, {"a": 2, "x": "unknown"})
    assert domains(found) == {"d": (50, 50, 50), "e": (None, 0, 100)}
    assert exactly(found.overall) == (50, Fraction(25, 2), Fraction(175, 2))


def test_a_domain_of_which_nothing_applies_counts_nowhere(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: x, domain: e}]", domains="{d: 1, e: 3}")
    found = scored(bank, {"a": 2, "x": "n/a: why"})
    assert domains(found) == {"d": (50, 50, 50), "e": (None, None, None)}
    assert exactly(found.overall) == (50, 50, 50)


@pytest.mark.parametrize("answers", [{}, {"a": "unknown"}, {"a": {"note": "later"}}])
def test_nothing_answered_is_no_score_and_no_band_never_0(tmp_path: Path, answers: dict[str, object]) -> None:
    found = scored(small_bank(tmp_path, "[{id: a, minimum: 2}]"), answers)
    assert exactly(found.overall) == (None, 0, 100)
    assert found.band is None


def test_nothing_applicable_has_no_range_either(tmp_path: Path) -> None:
    found = scored(small_bank(tmp_path, "[{id: a, minimum: 2}]"), {"a": "n/a: why"})
    assert exactly(found.overall) == (None, None, None)
    assert found.band is None
    assert found.questions[0].gate is None


def test_a_level_that_the_bank_no_longer_has_counts_as_unanswered(tmp_path: Path) -> None:
    found = scored(small_bank(tmp_path, "[{id: a}, {id: b}]"), {"a": 4, "b": 2.5, "gone": 3})
    assert found.questions[1].state is State.UNANSWERED
    assert exactly(found.overall) == (100, 50, 100)


def test_coverage_counts_every_state_in_the_whole_and_in_each_domain(tmp_path: Path) -> None:
    bank = small_bank(
        tmp_path, "[{id: a}, {id: b}, {id: c}, {id: w, domain: e}, {id: x, domain: e}]", domains="{d: 1, e: 1}"
    )
    found = scored(bank, {"a": 1, "b": "unknown", "w": "n/a: why", "x": 2})
    assert found.coverage.model_dump() == {
        "applicable": 4,
        "answered": 2,
        "unknown": 1,
        "unanswered": 1,
        "not_applicable": 1,
    }
    assert [(domain.coverage.applicable, domain.coverage.answered) for domain in found.domains] == [(3, 1), (1, 1)]


# Several respondents


@pytest.mark.parametrize(
    ("given", "state", "points", "n"),
    [
        ([4, 1], State.ANSWERED, Fraction(125, 2), 2),
        ([4, 4, 0], State.ANSWERED, Fraction(200, 3), 3),
        ([4, "unknown"], State.ANSWERED, Fraction(100), 1),
        ([4, "n/a: why", None], State.ANSWERED, Fraction(100), 1),
        (["unknown", "n/a: why"], State.UNKNOWN, None, 0),
        (["unknown", None], State.UNKNOWN, None, 0),
        (["n/a: why", None], State.NOT_APPLICABLE, None, 0),
        ([None, {"note": "later"}], State.UNANSWERED, None, 0),
    ],
)
def test_several_respondents_count_with_the_mean_of_the_levels_given(
    tmp_path: Path, given: Sequence[object], state: State, points: Fraction | None, n: int
) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    found = scored(bank, *({} if one is None else {"a": one} for one in given))
    [question] = found.questions
    assert (question.state, question.score, question.n, found.respondents) == (state, points, n, len(given))
    assert question.value == (None if points is None else points / 25)


def test_each_question_has_its_own_respondents(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]")
    found = scored(bank, {"a": 4, "b": 0}, {"a": 2}, {"b": "unknown"})
    assert [question.score for question in found.questions] == [75, 0]
    assert [question.n for question in found.questions] == [2, 1]
    assert found.overall.score == Fraction(75, 2)


def test_what_respondents_say_of_the_profile_is_taken_together(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b, when: {stage: [late]}}]", profile="{stage: [early, late]}")
    found = score(bank, [assessment(bank, {"a": 4}), assessment(bank, {"b": 0}, {"stage": "late"})])
    assert found.overall.score == 50
    assert found.team.profile == {"stage": "late"}


def test_respondents_who_contradict_each_other_about_the_team_are_refused(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]", profile="{stage: [early, late]}")
    both = [assessment(bank, {}, {"stage": "late"}), assessment(bank, {}, {"stage": "early"})]
    with pytest.raises(InputError, match='The answers about Northside differ on "stage": late and early'):
        standings(bank, both)


def test_a_question_can_be_thought_to_stand_elsewhere_and_all_else_stays(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]")
    stands = standings(bank, [assessment(bank, {"a": 4, "b": "unknown"})])
    thought = stands.with_share("b", Fraction(1, 2))
    assert [(one.question.id, one.state, one.share) for one in thought.questions] == [
        ("a", State.ANSWERED, 1),
        ("b", State.ANSWERED, Fraction(1, 2)),
    ]
    assert stands.overall == 100
    assert thought.overall == 75
    assert thought.team == stands.team


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
        ("n/a: why", None, "top", ()),
    ],
)
def test_a_gate_below_its_minimum_or_not_known_holds_the_top_band_back(
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
    ("given", "state"), [([4, 0], Gate.OPEN), ([3, 0], Gate.CLOSED), ([0, 4, "n/a: why"], Gate.OPEN)]
)
def test_a_gate_opens_at_the_mean_of_several_respondents(tmp_path: Path, given: Sequence[object], state: Gate) -> None:
    bank = small_bank(tmp_path, "[{id: g, minimum: 2}]")
    assert scored(bank, *({"g": one} for one in given)).questions[0].gate is state


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


# What scripts read


def test_the_json_of_a_score_holds_what_is_promised(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, minimum: 2, weight: 3}, {id: b, kind: barrier, values: [0, 0.5, 2]}]")
    found = scored(bank, {"a": "unknown", "b": 0.5}, profile={})
    assert json.loads(found.model_dump_json(by_alias=True)) == {
        "schema": 1,
        "bank": {"id": "small", "version": "1", "fingerprint": bank.fingerprint},
        "team": {"name": "Northside", "organisation": None, "profile": {}},
        "respondents": 1,
        "overall": {"score": 25.0, "low": 6.3, "high": 81.3},
        "band": {"id": "low", "label": "Band low", "provisional": True, "held_by": []},
        "facilitators": {"score": None, "low": 0.0, "high": 100.0},
        "barriers": {"score": 25.0, "low": 25.0, "high": 25.0},
        "coverage": {"applicable": 2, "answered": 1, "unknown": 1, "unanswered": 0, "not_applicable": 0},
        "domains": [
            {
                "id": "d",
                "title": "Domain d",
                "score": 25.0,
                "low": 6.3,
                "high": 81.3,
                "coverage": {"applicable": 2, "answered": 1, "unknown": 1, "unanswered": 0, "not_applicable": 0},
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
                "n": 0,
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
                "n": 1,
                "gate": None,
                "agreement": None,
            },
        ],
        "roles": [],
    }
