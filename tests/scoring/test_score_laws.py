"""Laws that hold for every bank and all answers."""

import random
from dataclasses import replace
from fractions import Fraction
from statistics import median_low

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from readiness.bank.fields import exact
from readiness.bank.model import Bank, Question
from readiness.scoring.model import Gate, Score, State
from tests.scoring.by_hand import scored
from tests.scoring.cases import LAW, SET_ASIDE, UNKNOWN, Case, cases, numbers, place, ranges
from tests.small import small_bank

COUNTS = {State.ANSWERED, State.UNKNOWN, State.UNANSWERED}
"""The states of questions that the range counts."""


def gates(found: Score) -> dict[str, Gate | None]:
    return {question.id: question.gate for question in found.questions}


def states(found: Score) -> dict[str, State]:
    return {question.id: question.state for question in found.questions}


def is_at_most(one: Fraction | None, other: Fraction | None) -> bool:
    return one is not None and other is not None and one <= other


@LAW
@given(cases())
def test_the_score_lies_in_its_range_and_the_range_in_0_to_100(case: Case) -> None:
    for found in ranges(case.score):
        if found.low is None or found.high is None:
            assert (found.score, found.low, found.high) == (None, None, None)
        else:
            assert 0 <= found.low <= found.high <= 100
            assert found.score is None or found.low <= found.score <= found.high


@LAW
@given(cases(), st.data())
def test_where_everybody_gives_a_level_there_is_no_range(case: Case, data: st.DataObject) -> None:
    levels = {q.id: st.sampled_from([level.value for level in q.levels]) for q in case.bank.questions}
    known = [data.draw(st.fixed_dictionaries(levels)) for _ in case.respondents]
    found = replace(case, respondents=known).score
    assert not found.too_little_known
    for one in ranges(found):
        assert one.low == one.score == one.high


@LAW
@given(cases(), st.data())
def test_a_higher_answer_never_lowers_a_score_nor_the_band_nor_shuts_a_gate(case: Case, data: st.DataObject) -> None:
    who = data.draw(st.integers(0, len(case.respondents) - 1))
    question = data.draw(st.sampled_from(case.bank.questions))
    values = [level.value for level in question.levels]
    level = case.level(who, question.id)
    assume(level in values[:-1])
    assert level is not None
    higher = data.draw(st.sampled_from([value for value in values if value > level]))
    before, after = case.score, case.saying(who, question.id, higher).score
    for lower, upper in zip(numbers(before), numbers(after), strict=True):
        assert all(one == other or is_at_most(one, other) for one, other in zip(lower, upper, strict=True))
    assert (place(case.bank, before) or 0) <= (place(case.bank, after) or 0)
    assert all(gate is not Gate.OPEN or gates(after)[name] is Gate.OPEN for name, gate in gates(before).items())


@LAW
@given(cases(), st.randoms(use_true_random=False))
def test_no_order_of_questions_domains_or_people_matters(case: Case, chance: random.Random) -> None:
    shuffled = case.bank.model_copy(
        update={
            "questions": tuple(chance.sample(case.bank.questions, len(case.bank.questions))),
            "domains": tuple(chance.sample(case.bank.domains, len(case.bank.domains))),
        }
    )
    people = chance.sample([*zip(case.respondents, case.roles, strict=True)], len(case.roles))
    other = Case(shuffled, [answers for answers, _ in people], [role for _, role in people])
    before, after = case.score, other.score
    assert before.overall == after.overall
    assert (before.facilitators, before.barriers, before.voices) == (after.facilitators, after.barriers, after.voices)
    assert sorted(before.domains, key=str) == sorted(after.domains, key=str)
    assert sorted(before.questions, key=str) == sorted(after.questions, key=str)
    assert (before.band is None) == (after.band is None)
    if before.band and after.band:
        assert before.band.model_copy(update={"held_by": tuple(sorted(before.band.held_by))}) == after.band.model_copy(
            update={"held_by": tuple(sorted(after.band.held_by))}
        )


@LAW
@given(cases(), st.data())
def test_setting_a_question_aside_counts_like_leaving_it_out_of_the_bank_but_never_gives_a_score(
    case: Case, data: st.DataObject
) -> None:
    question = data.draw(st.sampled_from(case.bank.questions))
    assume(not question.always)
    aside = replace(case, respondents=[{**one, question.id: SET_ASIDE} for one in case.respondents])
    rest = tuple(one for one in case.bank.questions if one.id != question.id)
    without = replace(case, bank=case.bank.model_copy(update={"questions": rest}))
    before, after = aside.score, without.score
    for one, other in zip(numbers(before), numbers(after), strict=True):
        assert one[1:] == other[1:]
        assert one[0] in (None, other[0])


@LAW
@given(cases())
def test_unknown_and_unanswered_come_to_the_same_numbers(case: Case) -> None:
    left_out = [{key: None if value == UNKNOWN else value for key, value in one.items()} for one in case.respondents]
    before, after = case.score, replace(case, respondents=left_out).score
    assert numbers(before) == numbers(after)
    assert before.band == after.band


@LAW
@given(cases(), st.data())
def test_however_the_not_known_turns_out_the_score_is_in_the_range(case: Case, data: st.DataObject) -> None:
    before = case.score
    counted = [question for question in case.bank.questions if states(before)[question.id] in COUNTS]
    settled = [dict(one) for one in case.respondents]
    for question in counted:
        for answers in settled:
            if answers[question.id] in (UNKNOWN, None) or (question.always and answers[question.id] == SET_ASIDE):
                answers[question.id] = data.draw(st.sampled_from([level.value for level in question.levels]))
    after = replace(case, respondents=settled).score
    for one, other in zip(ranges(before), ranges(after), strict=True):
        if other.score is not None and other.low is not None:
            assert is_at_most(one.low, other.low)
            assert is_at_most(other.high, one.high)


@LAW
@given(cases(most=1, enough=0.01))
def test_of_one_person_low_and_high_are_the_scores_with_the_not_known_lowest_and_highest(case: Case) -> None:
    found = case.score
    unknown = [question for question in case.bank.questions if states(found)[question.id] in COUNTS - {State.ANSWERED}]
    for at, end in ((0, found.overall.low), (-1, found.overall.high)):
        settled = {**case.respondents[0], **{question.id: question.levels[at].value for question in unknown}}
        score_then = replace(case, respondents=[settled]).score
        assert score_then.too_little_known or score_then.overall.score == end


@LAW
@given(cases(most=1), st.integers(2, 4))
def test_the_same_answers_given_by_more_people_score_as_given_once(case: Case, people: int) -> None:
    many = Case(case.bank, [*case.respondents] * people, [*case.roles] * people)
    once, more = case.score, many.score
    assert numbers(once) == numbers(more)
    assert (once.band, states(once), gates(once)) == (more.band, states(more), gates(more))


# Nobody gains by knowing less.


@LAW
@given(cases(), st.data())
def test_taking_a_do_not_know_back_never_widens_a_range(case: Case, data: st.DataObject) -> None:
    # Of a question that counts: one that most set aside counts again as soon as enough people say that it does.
    who = data.draw(st.integers(0, len(case.respondents) - 1))
    before = case.score
    question = data.draw(st.sampled_from(case.bank.questions))
    assume(states(before)[question.id] in COUNTS)
    assume(case.respondents[who][question.id] in (UNKNOWN, None))
    level = data.draw(st.sampled_from([level.value for level in question.levels]))
    after = case.saying(who, question.id, level).score
    for wide, narrow in zip(ranges(before), ranges(after), strict=True):
        if wide.low is not None:
            assert is_at_most(wide.low, narrow.low)
            assert is_at_most(narrow.high, wide.high)


@LAW
@given(cases(), st.data())
def test_turning_an_answer_into_not_known_or_not_applicable_never_gives_a_score_or_a_band(
    case: Case, data: st.DataObject
) -> None:
    who = data.draw(st.integers(0, len(case.respondents) - 1))
    question = data.draw(st.sampled_from(case.bank.questions))
    before = case.score
    after = case.saying(who, question.id, data.draw(st.sampled_from([UNKNOWN, SET_ASIDE, None]))).score
    assume(case.level(who, question.id) is not None)
    for one, other in zip(ranges(before), ranges(after), strict=True):
        assert one.score is not None or other.score is None
    assert before.band is not None or after.band is None


@LAW
@given(cases(most=7), st.data())
def test_no_gate_opens_when_anybody_takes_an_answer_back_or_sets_it_aside(case: Case, data: st.DataObject) -> None:
    question = data.draw(st.sampled_from(case.bank.questions))
    assume(question.minimum is not None)
    before = case.score
    assume(gates(before)[question.id] is not Gate.OPEN)
    less = data.draw(st.sets(st.integers(0, len(case.respondents) - 1), min_size=1))
    after = case
    for who in less:
        after = after.saying(who, question.id, data.draw(st.sampled_from([UNKNOWN, SET_ASIDE, None])))
    assert gates(after.score)[question.id] is not Gate.OPEN
    if len(less) == len(case.respondents):
        assert gates(after.score)[question.id] is Gate.UNKNOWN


def test_one_of_several_who_takes_a_low_answer_back_leaves_a_gate_unknown(small: Bank) -> None:
    everybody = [{"a": 0}, {"a": 0}, {"a": 4}, {"a": 4}]
    assert scored(small, *everybody).questions[0].gate is Gate.CLOSED
    for less in ("unknown", "n/a: not here"):
        [after] = scored(small, {"a": less}, *everybody[1:]).questions
        assert after.gate is Gate.UNKNOWN
        assert after.stands == 4


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return small_bank(tmp_path_factory.mktemp("bank"), "[{id: a, minimum: 2}]")


# The rules, written out once more, as plainly as they can be


def tells(question: Question, said: list[object]) -> tuple[str, list[Fraction], int]:
    """Return what becomes of a question: "aside", "known" or "open"; the shares of the levels given; and u."""
    values = [exact(level.value) for level in question.levels]
    shares = [
        (exact(one) - values[0]) / (values[-1] - values[0])
        for one in said
        if one is not None and not isinstance(one, str)
    ]
    aside = 0 if question.always else said.count(SET_ASIDE)
    k, n = len(shares), len(said)
    if aside > k:
        return "aside", shares, n - k - aside
    return ("known" if k and k >= min(3, n) else "open"), shares, n - k - aside


def written_out(case: Case, questions: list[Question]) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    """Return the score, low and high of some questions, by the formula."""
    points, known, asked, counted, low, high = (Fraction(0) for _ in range(6))
    for question in questions:
        weight = exact(question.weight)
        asked += weight
        state, shares, u = tells(question, [one[question.id] for one in case.respondents])
        if state == "known":
            points += weight * sum(shares) / len(shares)
            known += weight
            low += weight * sum(shares) / (len(shares) + u)
            high += weight * (sum(shares) + u) / (len(shares) + u)
            counted += weight
        elif state == "open":
            high += weight
            counted += weight
    enough = known and known >= exact(case.bank.enough.domain) * asked
    return (
        100 * points / known if enough else None,
        100 * low / counted if counted else None,
        100 * high / counted if counted else None,
    )


@LAW
@given(cases(most=8))
def test_the_score_is_the_formula_written_out(case: Case) -> None:
    bank, found = case.bank, case.score
    parts = {
        domain.id: written_out(case, [one for one in bank.questions if one.domain == domain.id])
        for domain in bank.domains
    }
    assert {one.id: (one.score, one.low, one.high) for one in found.domains} == parts
    weights = {domain.id: exact(domain.weight) for domain in bank.domains}
    for at, end in enumerate((found.overall.score, found.overall.low, found.overall.high)):
        pairs = [(weights[name], value) for name, part in parts.items() if (value := part[at]) is not None]
        mean = sum(weight * value for weight, value in pairs) / sum(weight for weight, _ in pairs) if pairs else None
        assert (end is None and at == 0) or end == mean
    each = {one.id: tells(one, [said[one.id] for said in case.respondents]) for one in bank.questions}
    asked = sum(exact(one.weight) for one in bank.questions)
    known = sum(exact(one.weight) for one in bank.questions if each[one.id][0] == "known")
    enough = (
        known > 0
        and known >= exact(bank.enough.overall) * asked
        and all(part[0] is not None for part in parts.values())
    )
    assert found.too_little_known is not enough
    assert (found.overall.score is not None) is enough
    for one in found.questions:
        state, shares, u = each[one.id]
        assert (one.k, one.not_known, one.n) == (len(shares), u, len(case.respondents))
        question = bank.question_by_id[one.id]
        assert one.stands == (question.value(median_low(shares)) if state == "known" else None)
        assert one.score == (100 * sum(shares) / len(shares) if state == "known" else None)
        if question.minimum is not None:
            least = exact(question.minimum)
            reach = sum(question.value(share) >= least for share in shares)
            gate = Gate.UNKNOWN
            if one.stands is not None and (one.stands < least or 2 * reach > one.n):
                gate = Gate.OPEN if 2 * reach > one.n else Gate.CLOSED
            assert one.gate is gate
