"""Laws that hold for every bank and all answers."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from readiness.bank.fields import exact
from readiness.bank.model import Bank
from readiness.scoring.model import Range, Score
from readiness.scoring.score import score
from tests.conftest import assessment
from tests.small import spelled_out

DOMAINS = ["d", "e"]
Answers = Mapping[str, Any]

# Each example scores whole banks: fewer of them, and no deadline, which a busy machine would miss.
LAW = settings(max_examples=25, deadline=None)


@dataclass(frozen=True)
class Case:
    """A bank, and what each respondent answered: a value, "unknown", "n/a: why", or None where left out."""

    bank: Bank
    respondents: Sequence[Answers]


def in_order(bank: Bank, values: Sequence[int], *, domains: Sequence[int]) -> Bank:
    """Return the bank with its questions, and its domains, in another order."""
    return bank.model_copy(
        update={
            "questions": tuple(bank.questions[at] for at in values),
            "domains": tuple(bank.domains[at] for at in domains),
        }
    )


@st.composite
def banks(draw: st.DrawFn) -> Bank:
    weights = st.sampled_from([0.1, 0.5, 1, 2, 7])
    values = st.lists(st.sampled_from([-1, 0, 0.1, 0.25, 1, 1.5, 2, 4]), min_size=2, max_size=5, unique=True)
    entries = []
    for at in range(draw(st.integers(2, 5))):
        levels = sorted(draw(values))
        entry = {
            "id": f"q{at}",
            "domain": DOMAINS[at] if at < len(DOMAINS) else draw(st.sampled_from(DOMAINS)),
            "kind": draw(st.sampled_from(["facilitator", "barrier"])),
            "weight": draw(weights),
            "values": levels,
        }
        if draw(st.booleans()):
            entry["minimum"] = draw(st.sampled_from(levels[1:]))
        entries.append(entry)
    domains = {name: draw(weights) for name in DOMAINS}
    return Bank.model_validate_json(json.dumps(spelled_out(str(entries), str(domains))))


@st.composite
def cases(draw: st.DrawFn, respondents: int = 3) -> Case:
    bank = draw(banks())
    answers = {
        question.id: st.sampled_from([*(level.value for level in question.levels), "unknown", "n/a: why", None])
        for question in bank.questions
    }
    return Case(bank, draw(st.lists(st.fixed_dictionaries(answers), min_size=1, max_size=respondents)))


def scored(bank: Bank, respondents: Sequence[Answers]) -> Score:
    given_answers = ({key: value for key, value in one.items() if value is not None} for one in respondents)
    return score(bank, [assessment(bank, answers) for answers in given_answers])


def ranges(found: Score) -> list[Range]:
    return [found.overall, found.facilitators, found.barriers, *found.domains]


def numbers(found: Score) -> list[tuple[Fraction | None, ...]]:
    return [(one.score, one.low, one.high) for one in ranges(found)]


def at_most(one: Fraction | None, other: Fraction | None) -> bool:
    return one is not None and other is not None and one <= other


def place(bank: Bank, band: str) -> int:
    return [one.id for one in bank.bands].index(band)


@LAW
@given(cases())
def test_the_score_lies_in_its_range_and_the_range_in_0_to_100(case: Case) -> None:
    for found in ranges(scored(case.bank, case.respondents)):
        if found.low is None or found.high is None:
            assert (found.score, found.low, found.high) == (None, None, None)
        elif found.score is None:
            assert found.low == 0
            assert found.high == 100
        else:
            assert 0 <= found.low <= found.score <= found.high <= 100


@LAW
@given(cases())
def test_with_every_question_known_there_is_no_range(case: Case) -> None:
    known = {question.id: question.levels[0].value for question in case.bank.questions}
    respondents = [*case.respondents, known]
    for found in ranges(scored(case.bank, respondents)):
        assert found.low == found.score == found.high


@LAW
@given(cases(), st.data())
def test_a_higher_answer_never_lowers_a_score_nor_the_band(case: Case, data: st.DataObject) -> None:
    who = data.draw(st.integers(0, len(case.respondents) - 1))
    question = data.draw(st.sampled_from(case.bank.questions))
    values = [level.value for level in question.levels]
    given_value = case.respondents[who][question.id]
    assume(given_value in values[:-1])
    higher = data.draw(st.sampled_from([value for value in values if value > given_value]))
    raised = [dict(one) for one in case.respondents]
    raised[who][question.id] = higher
    before, after = scored(case.bank, case.respondents), scored(case.bank, raised)
    for lower, upper in zip(numbers(before), numbers(after), strict=True):
        assert all(one == other or at_most(one, other) for one, other in zip(lower, upper, strict=True))
    assert before.overall.score is not None
    assert after.overall.score is not None
    assert before.overall.score < after.overall.score
    assert before.band is not None
    assert after.band is not None
    assert place(case.bank, before.band.id) <= place(case.bank, after.band.id)


@LAW
@given(cases(), st.randoms())
def test_the_order_of_respondents_questions_and_domains_does_not_matter(case: Case, random: Any) -> None:
    order = random.sample(range(len(case.bank.questions)), len(case.bank.questions))
    other = in_order(case.bank, order, domains=random.sample(range(len(DOMAINS)), len(DOMAINS)))
    respondents = random.sample(case.respondents, len(case.respondents))
    before, after = scored(case.bank, case.respondents), scored(other, respondents)
    assert before.overall == after.overall
    assert (before.facilitators, before.barriers) == (after.facilitators, after.barriers)
    assert sorted(before.domains, key=str) == sorted(after.domains, key=str)
    assert sorted(before.questions, key=str) == sorted(after.questions, key=str)
    assert (before.band is None) == (after.band is None)
    if before.band and after.band:
        assert before.band.model_copy(update={"held_by": tuple(sorted(before.band.held_by))}) == after.band.model_copy(
            update={"held_by": tuple(sorted(after.band.held_by))}
        )


@LAW
@given(cases(), st.data())
def test_a_question_that_does_not_apply_might_as_well_not_be_in_the_bank(case: Case, data: st.DataObject) -> None:
    question = data.draw(st.sampled_from(case.bank.questions))
    without = [{**one, question.id: "n/a: why"} for one in case.respondents]
    smaller = case.bank.model_copy(
        update={"questions": tuple(one for one in case.bank.questions if one.id != question.id)}
    )
    before, after = scored(case.bank, without), scored(smaller, without)
    assert numbers(before) == numbers(after)
    assert before.band == after.band


@LAW
@given(cases())
def test_unknown_and_unanswered_come_to_the_same_numbers(case: Case) -> None:
    # Where one respondent does not know and another says "n/a", the two differ: so nobody says "n/a" here.
    applies = [
        {key: "unknown" if value == "n/a: why" else value for key, value in one.items()} for one in case.respondents
    ]
    left_out = [{key: None if value == "unknown" else value for key, value in one.items()} for one in applies]
    before, after = scored(case.bank, applies), scored(case.bank, left_out)
    assert numbers(before) == numbers(after)
    assert before.band == after.band


@LAW
@given(cases())
def test_what_is_not_known_turning_out_lowest_or_highest_gives_low_and_high(case: Case) -> None:
    found = scored(case.bank, case.respondents)
    open_questions = {one.id for one in found.questions if one.state in ("unknown", "unanswered")}
    for at, end in ((0, found.overall.low), (-1, found.overall.high)):
        settled = {
            question.id: question.levels[at].value for question in case.bank.questions if question.id in open_questions
        }
        assert scored(case.bank, [*case.respondents, settled]).overall.score == end


@LAW
@given(cases(respondents=1))
def test_the_same_answers_given_twice_score_as_given_once(case: Case) -> None:
    once, twice = scored(case.bank, case.respondents), scored(case.bank, [*case.respondents] * 2)
    assert numbers(once) == numbers(twice)
    assert once.band == twice.band


@LAW
@given(cases(respondents=1))
def test_the_score_is_the_formula_written_out(case: Case) -> None:
    [answers] = case.respondents
    total = weights = Fraction(0)
    for domain in case.bank.domains:
        points = scale = Fraction(0)
        for question in case.bank.questions:
            values = [exact(level.value) for level in question.levels]
            value = answers[question.id]
            if question.domain == domain.id and value is not None and not isinstance(value, str):
                points += exact(question.weight) * (exact(value) - values[0]) / (values[-1] - values[0])
                scale += exact(question.weight)
        if scale:
            total += exact(domain.weight) * 100 * points / scale
            weights += exact(domain.weight)
    assert scored(case.bank, case.respondents).overall.score == (total / weights if weights else None)
