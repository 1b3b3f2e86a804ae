"""What has changed between the dates: like for like, each part and question, and what else could explain it."""

import datetime as dt
import json
from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.assessment.model import Assessment, BankReference
from readiness.assessment.roles import NOT_SAID
from readiness.bank.model import Bank
from readiness.scoring.comparison import Doubt, Move
from readiness.scoring.score import standings
from tests.conftest import DATE, assessment
from tests.scoring.dated import HIGH, LOW, between, compared, dated_bank, moves, one

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
    return dated_bank(tmp_path_factory.mktemp("bank"))


def doubts(bank: Bank, before: Assessment, after: Assessment) -> tuple[Doubt, ...]:
    return compared(bank, [before], [after]).doubts


# Question by question.


def test_each_question_says_what_became_of_it(small: Bank) -> None:
    found = between(small, {"a": 1, "b": 2, "c": "unknown"}, {"a": 2, "b": 1, "c": 0, "d": 3})
    assert moves(found) == {"a": Move.UP, "b": Move.DOWN, "c": Move.NOW_KNOWN, "d": Move.NOW_KNOWN}
    assert [question.before.stands if question.before else None for question in found.questions] == [1, 2, None, None]
    found = between(small, {"a": 1, "b": "n/a: no", "c": 2, "d": "unknown"}, {"a": "n/a: no", "b": 1, "c": "unknown"})
    assert moves(found) == {
        "a": Move.NO_LONGER_APPLIES,
        "b": Move.NOW_APPLIES,
        "c": Move.NO_LONGER_KNOWN,
        "d": Move.STILL_OPEN,
    }


def test_a_question_that_does_not_apply_at_either_date_is_as_before(small: Bank) -> None:
    assert moves(between(small, {"a": "n/a: no"}, {"a": "n/a: never"}))["a"] is Move.SAME


def test_a_question_moves_by_where_it_stands_and_not_by_the_mean(small: Bank) -> None:
    then = [one(small, {"a": level}, whose=at) for at, level in enumerate((1, 1, 4))]
    now = [one(small, {"a": level}, whose=at) for at, level in enumerate((0, 1, 4))]
    found = compared(small, then, now)
    assert moves(found)["a"] is Move.SAME
    assert (found.overall.change or 0) < 0


@given(before=ANSWERS, after=ANSWERS)
def test_the_other_way_round_it_is_the_opposite(
    small: Bank, before: dict[str, object], after: dict[str, object]
) -> None:
    there, back = between(small, before, after), between(small, after, before)
    opposite = OPPOSITE | {back: there for there, back in OPPOSITE.items()}
    assert moves(back) == {name: opposite[move] for name, move in moves(there).items()}
    pairs = [(there.overall, back.overall), *zip(there.domains, back.domains, strict=True)]
    if there.alike and back.alike:
        pairs.append((there.alike, back.alike))
    for mine, other in pairs:
        assert (mine.before, mine.after, mine.firm) == (other.after, other.before, other.firm)
        assert mine.change == (None if other.change is None else -other.change)
    assert (there.doubts, there.alike_questions) == (back.doubts, back.alike_questions)


@given(answers=ANSWERS)
def test_nothing_has_changed_between_the_same_answers(small: Bank, answers: dict[str, object]) -> None:
    found = between(small, answers, answers)
    assert set(moves(found).values()) <= {Move.SAME, Move.STILL_OPEN}
    assert {found.overall.change, *(domain.change for domain in found.domains)} <= {0.0, None}
    assert not found.overall.firm
    assert {*found.doubts} <= {Doubt.NOT_KNOWN}


# Like for like.


def test_like_is_compared_with_like_over_what_was_known_at_both_dates(small: Bank) -> None:
    found = between(small, {"a": 1, "b": 3, "c": 2}, {"a": 2, "b": "unknown", "c": 2, "d": 0})
    assert found.alike_questions == 2
    assert found.alike is not None
    assert (found.alike.before.score, found.alike.after.score) == (Fraction(75, 2), Fraction(50))
    assert (found.alike.before.low, found.alike.before.high) == (Fraction(75, 2), Fraction(75, 2))
    assert found.alike.change == 12.5
    assert found.overall.change == pytest.approx(100 / 3 - 50, abs=0.05), "the whole went down"


@pytest.mark.parametrize("after", [{"b": 1}, {"a": "unknown"}, {"a": "n/a: no"}, {}])
def test_without_a_question_known_at_both_dates_nothing_is_alike(small: Bank, after: Mapping[str, object]) -> None:
    found = between(small, {"a": 1}, after)
    assert (found.alike, found.alike_questions) == (None, 0)


@given(before=ANSWERS, after=ANSWERS)
def test_what_is_not_known_at_both_dates_changes_nothing_that_is_alike(
    small: Bank, before: dict[str, object], after: dict[str, object]
) -> None:
    both = [name for name in before if isinstance(before[name], int) and isinstance(after.get(name), int)]
    alone = between(small, {name: before[name] for name in both}, {name: after[name] for name in both})
    found = between(small, before, after)
    assert (found.alike, found.alike_questions) == (alone.alike, len(both))


# The change, and how sure it is.


def test_the_change_is_that_of_the_scores_as_they_are_shown(small: Bank) -> None:
    before, after = [one(small, {"a": 1, "b": 1, "d": 2})], [one(small, {"a": 1, "b": 2, "d": 2})]
    found = compared(small, before, after)
    shown = [standings(small, each).score().model_dump(mode="json")["overall"]["score"] for each in (before, after)]
    assert found.overall.change == round(shown[1] - shown[0], 1)


def test_a_change_is_firm_if_what_is_not_known_can_not_explain_it(small: Bank) -> None:
    assert between(small, LOW, HIGH).overall.firm
    assert between(small, HIGH, LOW).overall.firm
    assert not between(small, {"a": 0}, {"a": 3}).overall.firm
    nothing: dict[str, object] = dict.fromkeys("abcd", "n/a: no")
    assert not between(small, LOW, nothing).overall.firm
    assert between(small, LOW, nothing).overall.change is None


def test_too_little_known_is_no_score_and_no_change(bank: Bank) -> None:
    profile = {"setting": "nhs", "stage": "planning", "employment": "paid", "culturally-specific": "no"}
    whole = assessment(bank, {question.id: 2 for question in bank.asked(profile)}, profile)
    found = compared(bank, [assessment(bank, {"language": 1}, profile)], [whole])
    assert (found.before.too_little_known, found.after.too_little_known) == (True, False)
    assert (found.before.overall.score, found.before.band) == (None, None)
    assert (found.overall.change, found.alike_questions) == (None, 1)
    assert found.alike is not None
    assert found.alike.change == 25


# What else could explain it.


def test_nothing_else_explains_a_change_of_answers_alone(small: Bank) -> None:
    assert doubts(small, one(small, LOW), one(small, HIGH)) == ()


def test_what_is_not_known_is_a_doubt_at_either_date(small: Bank) -> None:
    open_ = one(small, {**LOW, "b": "unknown"})
    assert doubts(small, open_, one(small, HIGH)) == (Doubt.NOT_KNOWN,)
    assert doubts(small, one(small, HIGH), open_) == (Doubt.NOT_KNOWN,)


def test_another_stage_is_a_doubt_even_if_the_same_is_asked(small: Bank) -> None:
    assert doubts(small, one(small, LOW), one(small, LOW, stage="later")) == (Doubt.PROFILE,)


def test_who_answered_is_a_doubt_by_role_and_by_number(small: Bank) -> None:
    manager, peer = one(small, LOW, role="team-member"), one(small, LOW, role="peer-worker")
    assert doubts(small, manager, peer) == (Doubt.VOICES,)
    assert compared(small, [manager], [manager] * 2).doubts == (Doubt.VOICES,)
    assert doubts(small, peer, one(small, HIGH, role="Peer Workers")) == (), "one role, written in two ways"


def test_what_was_set_aside_is_a_doubt(small: Bank) -> None:
    aside = one(small, {**LOW, "a": "n/a: not here"})
    assert doubts(small, aside, one(small, LOW)) == (Doubt.SET_ASIDE,)
    assert doubts(small, aside, aside) == ()
    other = one(small, {**LOW, "b": "n/a: not here"})
    assert doubts(small, aside, other) == (Doubt.SET_ASIDE,), "as many, but not the same"


def test_a_part_has_only_the_doubts_of_its_own_questions(small: Bank) -> None:
    never = one(small, HIGH, stage="never")
    for said, doubt in (("unknown", Doubt.NOT_KNOWN), ("n/a: not here", Doubt.SET_ASIDE)):
        found = compared(small, [one(small, {**LOW, "c": said}, stage="never")], [never])
        assert (found.overall.doubts, found.domains[0].doubts) == ((doubt,), (doubt,))
        assert found.facilitators is not None
        assert found.barriers is not None
        assert (found.facilitators.doubts, found.barriers.doubts) == ((), (doubt,))
        assert (found.facilitators.is_doubtful, found.overall.is_doubtful) == (False, True)
        assert found.alike is not None
        assert found.alike.doubts == ()


def test_another_edition_of_the_questions_is_a_doubt(small: Bank) -> None:
    today = one(small, LOW)
    reference = BankReference(id="small", version="0", fingerprint="0" * 16)
    other = today.model_copy(update={"bank": reference})
    found = compared(small, [other], [today])
    assert (found.before.other_edition, found.after.other_edition) == (True, False)
    assert found.doubts == (Doubt.EDITION,)
    assert compared(small, [other], [other]).doubts == (Doubt.EDITION,)


def test_roles_that_fell_silent_are_named_but_never_people_who_named_none(small: Bank) -> None:
    peer, member, nobody = (one(small, LOW, role=role) for role in ("peer-worker", "team-member", None))
    assert compared(small, [peer, member, nobody], [member]).silent == ("peer-worker",)
    assert compared(small, [member], [peer, member]).silent == ()
    assert compared(small, [nobody], [member]).silent == ()
    then = compared(small, [peer, member, nobody], [member]).before
    assert then.voices == {"peer-worker": 1, "team-member": 1, NOT_SAID: 1}


def test_a_comparison_says_at_each_date_who_answered_and_the_result(small: Bank) -> None:
    people = [one(small, {"a": 3}), one(small, {"a": 2})]
    found = compared(small, people[:1], people)
    assert (found.before.respondents, found.after.respondents) == (1, 2)
    assert found.before.date == DATE
    found = between(small, {"a": 3}, {"a": 2})
    assert found.before.band == standings(small, people[:1]).score().band


def test_what_is_asked_follows_the_profile_of_each(small: Bank) -> None:
    found = compared(small, [one(small, LOW)], [one(small, LOW, stage="never")])
    assert moves(found)["d"] is Move.NO_LONGER_APPLIES
    assert moves(compared(small, [one(small, LOW, stage="never")], [one(small, LOW)]))["d"] is Move.NOW_APPLIES
    assert found.alike_questions == 3


# Several dates.


def at(said: Assessment, day: int) -> Assessment:
    return said.model_copy(update={"date": DATE + dt.timedelta(days=day)})


def test_three_dates_make_a_trend_and_the_first_and_last_are_compared(small: Bank) -> None:
    low, open_, high = one(small, LOW), one(small, {**LOW, "a": 4, "b": "unknown"}), one(small, HIGH)
    found = compared(small, [low], [at(open_, 100)], [at(high, 200)])
    assert [then.date for then in found.dates] == [DATE + dt.timedelta(days=day) for day in (0, 100, 200)]
    assert (found.before, found.after) == (found.dates[0], found.dates[2])
    whole, part = found.trends
    assert (whole.id, whole.title, part.id, part.title) == ("overall", "A small bank", "d", "Domain d")
    assert [each.score for each in whole.scores] == [0, Fraction(100, 3), 75]
    ranges = [(0, 0), (25, 50), (75, 75)]
    assert [(each.low, each.high) for each in whole.scores] == [(Fraction(at), Fraction(to)) for at, to in ranges]
    assert whole.scores == part.scores, "there is one domain"
    assert found.overall == compared(small, [low], [at(high, 200)]).overall
    assert found.doubts == (), "what was not known in between explains nothing"


def test_a_trend_has_a_gap_if_too_little_was_known(bank: Bank) -> None:
    profile = {"setting": "nhs", "stage": "planning", "employment": "paid", "culturally-specific": "no"}
    every = {question.id: 2 for question in bank.asked(profile)}
    dates = [[assessment(bank, answers, profile)] for answers in (every, {"language": 1}, every)]
    overall, *parts = compared(bank, *dates).trends
    assert [each.score for each in overall.scores] == [50, None, 50]
    assert [trend.id for trend in parts] == [domain.id for domain in bank.domains]


@pytest.mark.parametrize("dates", [0, 1])
def test_it_takes_two_dates(small: Bank, dates: int) -> None:
    with pytest.raises(ValueError, match="two dates"):
        compared(small, *([[one(small, LOW)]] * dates))


# As JSON.


def test_scripts_find_each_date_and_what_limits_the_comparison(small: Bank) -> None:
    found = between(small, {"a": 1, "b": "unknown"}, {"a": 2})
    told = json.loads(found.model_dump_json(by_alias=True))
    assert told["schema"] == 2
    assert [*told] == [
        *("schema", "bank", "team", "before", "after", "dates", "silent", "doubts", "alike", "alike_questions"),
        *("overall", "facilitators", "barriers", "domains", "trends", "trend_questions"),
        *("bands_hidden", "parts_hidden", "questions_hidden", "left_out", "questions"),
    ]
    assert told["dates"] == [told["before"], told["after"]]
    assert (told["doubts"], told["alike_questions"], told["alike"]["change"]) == (["not_known"], 1, 25.0)
    assert told["questions"][0] == {
        "id": "a",
        "domain": "d",
        "move": "up",
        "before": {"state": "answered", "stands": 1},
        "after": {"state": "answered", "stands": 2},
    }
