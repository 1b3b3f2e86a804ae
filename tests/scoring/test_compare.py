"""What has changed between two assessments: each question, each part, and whether the change is certain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.assessment.model import Assessment, BankReference
from readiness.bank.model import Bank
from readiness.scoring.compare import Comparison, Move, compare
from readiness.scoring.score import score
from readiness.team import AssessedTeam
from tests.conftest import assessment
from tests.small import small_bank

ANSWERS = st.dictionaries(st.sampled_from("abcd"), st.sampled_from([0, 1, 2, 3, "unknown", "n/a: because"]), max_size=4)
OPPOSITE = {
    Move.UP: Move.DOWN,
    Move.NOW_KNOWN: Move.NO_LONGER_KNOWN,
    Move.NOW_APPLIES: Move.NO_LONGER_APPLIES,
    Move.SAME: Move.SAME,
    Move.STILL_OPEN: Move.STILL_OPEN,
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return small_bank(tmp_path_factory.mktemp("bank"), "[{id: a}, {id: b}, {id: c, kind: barrier}, {id: d}]")


def moves(found: Comparison) -> dict[str, Move]:
    return {question.id: question.move for question in found.questions}


def compared(bank: Bank, before: list[Assessment], after: list[Assessment]) -> Comparison:
    return compare(bank, AssessedTeam(bank, before), AssessedTeam(bank, after))


def between(bank: Bank, before: dict[str, object], after: dict[str, object]) -> Comparison:
    return compared(bank, [assessment(bank, before)], [assessment(bank, after)])


def test_each_question_says_what_became_of_it(small: Bank) -> None:
    found = between(small, {"a": 1, "b": 2, "c": "unknown"}, {"a": 2, "b": 1, "c": 0, "d": 3})
    assert moves(found) == {"a": Move.UP, "b": Move.DOWN, "c": Move.NOW_KNOWN, "d": Move.NOW_KNOWN}
    assert [question.before.value if question.before else None for question in found.questions] == [1, 2, None, None]
    assert [question.after.value if question.after else None for question in found.questions] == [2, 1, 0, 3]
    found = between(small, {"a": 1, "b": "n/a: no", "c": 2, "d": "unknown"}, {"a": "n/a: no", "b": 1, "c": "unknown"})
    assert moves(found) == {
        "a": Move.NO_LONGER_APPLIES,
        "b": Move.NOW_APPLIES,
        "c": Move.NO_LONGER_KNOWN,
        "d": Move.STILL_OPEN,
    }


def test_a_question_that_does_not_apply_at_either_date_is_as_before(small: Bank) -> None:
    assert moves(between(small, {"a": "n/a: no"}, {"a": "n/a: never"}))["a"] is Move.SAME


@given(before=ANSWERS, after=ANSWERS)
def test_the_other_way_round_it_is_the_opposite(
    small: Bank, before: dict[str, object], after: dict[str, object]
) -> None:
    there, back = between(small, before, after), between(small, after, before)
    opposite = OPPOSITE | {back: there for there, back in OPPOSITE.items()}
    assert moves(back) == {name: opposite[move] for name, move in moves(there).items()}
    for one, other in zip((there.overall, *there.domains), (back.overall, *back.domains), strict=True):
        assert (one.before, one.after, one.firm) == (other.after, other.before, other.firm)
        assert one.change == (None if other.change is None else -other.change)


@given(answers=ANSWERS)
def test_nothing_has_changed_between_the_same_answers(small: Bank, answers: dict[str, object]) -> None:
    found = between(small, answers, answers)
    assert set(moves(found).values()) <= {Move.SAME, Move.STILL_OPEN}
    assert {found.overall.change, *(domain.change for domain in found.domains)} <= {0.0, None}
    assert not found.overall.firm


def test_the_change_is_that_of_the_scores_as_they_are_shown(small: Bank) -> None:
    before, after = [assessment(small, {"a": 1, "b": 1, "d": 2})], [assessment(small, {"a": 1, "b": 2, "d": 2})]
    found = compared(small, before, after)
    shown = [score(small, each).model_dump(mode="json")["overall"]["score"] for each in (before, after)]
    assert found.overall.change == round(shown[1] - shown[0], 1)


def test_the_scores_and_what_they_could_be_stand_beside_the_change(small: Bank) -> None:
    before, after = {"a": 1, "b": 2, "c": "unknown"}, {"a": 2, "b": 1, "c": 0, "d": "unknown"}
    found = between(small, before, after)
    for moved, answers in ((found.overall.before, before), (found.overall.after, after)):
        scored = score(small, [assessment(small, answers)]).overall
        assert (moved.score, moved.low, moved.high) == (scored.score, scored.low, scored.high)
        assert len({moved.score, moved.low, moved.high}) == 3


def test_a_change_is_firm_where_what_is_not_known_can_not_explain_it(small: Bank) -> None:
    low: dict[str, object] = dict.fromkeys("abcd", 0)
    assert between(small, low, dict.fromkeys("abcd", 3)).overall.firm
    assert between(small, dict.fromkeys("abcd", 3), low).overall.firm
    assert not between(small, {"a": 0}, {"a": 3}).overall.firm
    nothing: dict[str, object] = dict.fromkeys("abcd", "n/a: no")
    assert not between(small, low, nothing).overall.firm
    assert between(small, low, nothing).overall.change is None


def test_another_edition_of_the_questions_is_said(small: Bank) -> None:
    today = assessment(small, {"a": 1})
    other = today.model_copy(update={"bank": BankReference(id="small", version="0", fingerprint="0" * 16)})
    found = compared(small, [other], [today])
    assert (found.before.other_edition, found.after.other_edition) == (True, False)


def test_dates_people_and_bands_stand_with_each(small: Bank) -> None:
    people: list[Assessment] = [assessment(small, {"a": 3}, name="N"), assessment(small, {"a": 2}, name="N")]
    found = compared(small, people[:1], people)
    assert (found.before.respondents, found.after.respondents) == (1, 2)
    assert found.before.date == people[0].date
    assert found.before.band == score(small, people[:1]).band


def test_what_is_asked_follows_the_profile_of_each(bank: Bank) -> None:
    profile = {"setting": "nhs", "stage": "planning", "employment": "paid", "culturally-specific": "no"}
    then = assessment(bank, {"critical-mass-planned": 2}, profile)
    now = assessment(bank, {"critical-mass": 2}, profile | {"stage": "introducing"})
    found = moves(compared(bank, [then], [now]))
    assert found["critical-mass-planned"] is Move.NO_LONGER_APPLIES
    assert found["critical-mass"] is Move.NOW_APPLIES
