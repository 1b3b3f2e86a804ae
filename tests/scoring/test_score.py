"""Every rule of one person's score, computed by hand on small banks."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from readiness.scoring.model import Score, State
from tests.scoring.by_hand import band, exactly, scored
from tests.small import LITTLE, small_bank


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
        "warning": None,
    }
