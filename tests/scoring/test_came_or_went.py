"""Single questions of several people are told of two dates only if nobody, or enough people, came or went."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from readiness.assessment.model import Assessment
from readiness.bank.model import Bank
from readiness.scoring.comparison import Doubt, Move
from readiness.scoring.model import OVERALL, State
from readiness.scoring.score import standings
from tests.scoring.dated import HIGH, LOW, between, compared, dated_bank, group, moves, one
from tests.small import LITTLE, small_bank


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return dated_bank(tmp_path_factory.mktemp("bank"))


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        (range(6), range(6), True),  # nobody came or went
        (range(6), range(5), False),  # one went
        (range(5), range(6), False),  # one came
        (range(6), [*range(5), 9], False),  # one went, another came
        (range(6), [4, 5, 6, 7], True),  # four went, two came
        (range(6), [3, 4, 5, 6], False),  # three went, one came
        (range(6), range(5, 11), True),  # all others but one
        (range(6), range(10, 16), False),  # nobody stayed, or all got new ids
        (range(6), range(11), True),  # five came
        (range(6), range(10), False),  # four came
        (range(6), [None] * 6, False),  # it can't be told who did
        ([None] * 6, [None] * 6, False),
        ([1], [2], True),  # one person each: nothing is hidden of one
        ([None], [None], True),
        ([1], range(6), True),
        ([1], [1, 2], False),
        ([1, 2], [1, 2], True),
        ([1, 2], [1, 3], False),
    ],
)
def test_single_questions_are_told_only_if_nobody_or_enough_people_came_or_went(
    small: Bank, then: Sequence[int | None], now: Sequence[int | None], *, told: bool
) -> None:
    found = compared(small, group(small, then), group(small, now, HIGH))
    assert found.questions_hidden is not told
    assert bool(found.questions) is told
    assert (found.parts_hidden, bool(found.domains), bool(found.barriers)) == (not told, told, told)
    assert (len(found.trends) > 1) is told
    assert found.overall.change == 75, "totals are told all the same"


def test_numbers_of_a_survey_do_not_tell_who_came_or_went(small: Bank) -> None:
    def surveyed(whose: Sequence[int]) -> list[Assessment]:
        numbered = {"one_survey": True}
        found = group(small, whose)
        return [one.model_copy(update={"respondent": one.respondent.model_copy(update=numbered)}) for one in found]

    for then, now in ((range(5), range(5)), (range(5), range(4, 9)), (range(5), range(10))):
        assert compared(small, surveyed(then), surveyed(now)).questions_hidden
        assert compared(small, group(small, then), surveyed(now)).questions_hidden
        assert not compared(small, group(small, then), group(small, now)).questions_hidden
    assert not compared(small, surveyed([1]), surveyed([1])).questions_hidden


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        ([*["peer-worker"] * 5, *["team-member"] * 5], [*["peer-worker"] * 5, *["team-member"] * 5], True),
        ([*["peer-worker"] * 5, *["team-member"] * 5], ["peer-worker"] * 5, True),  # five team members went
        (["peer-worker"] * 6, [*["peer-worker"] * 5, "team-member"], False),  # one took on another role
        (["peer-worker"] * 5, [*["peer-worker"] * 5, *["team-member"] * 4, "nurse"], False),  # five came, one alone
        (["peer-worker"] * 5, [*["peer-worker"] * 5, *["team-member"] * 5], True),
        (["Peer Worker"] * 5, ["peer-worker"] * 5, True),  # the same role in other words
    ],
)
def test_who_came_or_went_is_counted_in_each_role_too(
    small: Bank, then: Sequence[str], now: Sequence[str], *, told: bool
) -> None:
    dates = [[one(small, LOW, role=role, whose=at) for at, role in enumerate(each)] for each in (then, now)]
    assert compared(small, *dates).questions_hidden is not told


@pytest.mark.parametrize("unknown", [{"b": "unknown"}, {}])
def test_a_question_that_too_few_came_to_know_is_left_out_by_itself(small: Bank, unknown: Mapping[str, object]) -> None:
    others = {name: level for name, level in LOW.items() if name != "b"}
    then = [one(small, {**others, **unknown} if at == 0 else LOW, whose=at) for at in range(6)]
    for level in (0, 4):
        now = [one(small, {**HIGH, "b": level} if at == 0 else HIGH, whose=at) for at in range(6)]
        found = compared(small, then, now)
        assert (found.questions_hidden, found.left_out) == (False, ("b",))
        assert [*moves(found)] == ["a", "c", "d"]
    assert compared(small, then, now, least=3).left_out == ("b",)
    assert compared(small, then[1:], then[1:]).left_out == ()


def test_two_people_with_one_form_in_two_roles_are_two(tmp_path: Path) -> None:
    # The one no longer knows a question that the other still knows: their id alone would say that nobody changed.
    bank = dated_bank(tmp_path)
    roles = ["team-member", *["peer-worker"] * 5]
    then = [one(bank, LOW, role=role, whose=max(at - 1, 0)) for at, role in enumerate(roles)]
    now = [
        one(bank, {**HIGH, "b": "unknown"} if at == 0 else HIGH, role=role, whose=max(at - 1, 0))
        for at, role in enumerate(roles)
    ]
    assert compared(bank, then, now).left_out == ("b",)


@pytest.mark.parametrize("name", ["b", "c"])
def test_a_question_that_is_left_out_hides_all_parts(small: Bank, name: str) -> None:
    # Its part and the whole would tell it, and so would the other parts, subtracted from the whole.
    then = [one(small, {**LOW, name: "unknown"} if at == 0 else LOW, whose=at) for at in range(6)]
    found = compared(small, then, group(small, range(6), HIGH))
    assert (found.left_out, found.questions_hidden, found.parts_hidden) == ((name,), False, True)
    assert (found.domains, found.facilitators, found.barriers) == ((), None, None)
    assert [trend.id for trend in found.trends] == [OVERALL]
    assert found.overall.change == 75


def test_what_one_person_came_to_know_is_in_no_part_over_time_either(small: Bank) -> None:
    people = group(small, range(6))
    between_ = [one(small, {**LOW, "b": "unknown"} if at == 0 else LOW, whose=at) for at in range(6)]
    found = compared(small, people, between_, people)
    assert (found.left_out, found.parts_hidden, [trend.id for trend in found.trends]) == ((), False, [OVERALL])


def test_parts_are_told_over_time_only_if_nobody_or_enough_came_or_went_between_any_two_dates(small: Bank) -> None:
    people = group(small, range(6))
    found = compared(small, people, group(small, range(5)), people)
    assert (found.parts_hidden, [trend.id for trend in found.trends]) == (False, [OVERALL])
    assert found.domains
    assert len(compared(small, people, group(small, range(5, 11)), people).trends) > 1


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        ([0, 1, 2, 3, 4], [0, 1, 2, 3, 4], True),
        ([0, 1, 2, 3, 4], [0, 1, 2, 3, 4, 5], False),  # one came
        ([1, 2, 3, 4], [0, 1, 2, 3, 4], False),  # one came to know it
        ([0, 1, 2, 3, 4], [5, 6, 7, 8, 9], True),
    ],
)
def test_like_for_like_over_time_leaves_out_no_question_that_could_tell_what_few_said(
    small: Bank, then: Sequence[int], now: Sequence[int], *, told: bool
) -> None:
    # "b" is known first and last, and not between: it would be the difference of the two scores like for like.
    people = {*range(5), *then}, range(5), {*range(5), *now}
    knew = then, (), now
    dates = [
        [one(small, HIGH if at in known else {**HIGH, "b": "unknown"}, whose=at) for at in sorted(each)]
        for each, known in zip(people, knew, strict=True)
    ]
    found = compared(small, *dates)
    assert found.alike_questions == len(HIGH)
    assert found.trend_questions == (len(HIGH) - 1 if told else 0)
    assert [bool(trend.alike) for trend in found.trends] == [told] * len(found.trends)


def test_a_question_that_is_known_at_one_date_alone_tells_no_difference(small: Bank) -> None:
    few = [one(small, {**LOW, "b": "unknown"} if at > 1 else LOW, whose=at) for at in range(6)]
    found = compared(small, few, group(small, range(6), HIGH))
    assert (found.left_out, moves(found)["b"]) == ((), Move.NOW_KNOWN)
    assert between(small, {"a": 1}, {"a": 2}).left_out == (), "of one person nothing is hidden"


def test_who_came_or_went_is_counted_from_the_first_date_to_the_last(small: Bank) -> None:
    people, others = group(small, range(6)), group(small, range(5, 11))
    assert compared(small, people, others, group(small, range(5))).questions_hidden, "one went, in two steps"
    assert not compared(small, people, group(small, range(5)), people).questions_hidden
    assert not compared(small, people, group(small, range(5)), others).questions_hidden


def test_a_group_may_have_to_be_larger(small: Bank) -> None:
    then, now = group(small, range(6)), group(small, range(10))
    assert compared(small, then, now, least=5).questions_hidden
    assert not compared(small, then, now, least=4).questions_hidden


def test_what_one_person_said_who_joined_changes_nothing_that_is_told_of_single_questions(small: Bank) -> None:
    then = group(small, range(6))
    told = [compared(small, then, [*then, one(small, {"a": level}, whose=9)]) for level in (0, 4)]
    assert {found.questions for found in told} == {()}
    assert "stands" not in told[0].model_dump_json()


GATED = "[{id: low, from: 0}, {id: top, from: 10, gated: true}]"


@pytest.fixture(scope="module")
def gated(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    questions = "[{id: a, minimum: 2}, {id: b}, {id: c, kind: barrier}, {id: d}]"
    return small_bank(tmp_path_factory.mktemp("gated"), questions, enough=LITTLE, bands=GATED, roles="[team-member]")


def test_no_band_tells_which_gate_a_newcomer_shut(gated: Bank) -> None:
    # The whole is the same, whichever question the newcomer put lowest.
    then = [one(gated, {**HIGH, "a": 1 if at < 2 else 3, "b": 1 if at < 2 else 3}, whose=at) for at in range(5)]
    told = [compared(gated, then, [*then, one(gated, {**HIGH, name: 1}, whose=9)]) for name in ("a", "b")]
    assert told[0] == told[1]
    assert (told[0].bands_hidden, {each.band for each in told[0].dates}) == (True, {None})


def test_bands_are_told_of_all_dates_or_of_none(gated: Bank) -> None:
    people = group(gated, range(6), HIGH)
    assert all(each.band for each in compared(gated, people, people, people).dates)
    assert not any(each.band for each in compared(gated, people, people[1:], people).dates)


@pytest.mark.parametrize(("name", "hidden"), [("a", True), ("b", False)])
def test_a_gate_that_one_person_came_to_know_hides_bands_and_another_question_does_not(
    gated: Bank, name: str, *, hidden: bool
) -> None:
    then = [one(gated, {**HIGH, name: "unknown"} if at == 0 else HIGH, whose=at) for at in range(6)]
    found = compared(gated, then, group(gated, range(6), HIGH))
    assert (found.left_out, found.bands_hidden) == ((name,), hidden)
    assert [each.band is None for each in found.dates] == [hidden, hidden]


def test_that_a_newcomer_set_a_question_aside_is_no_doubt_that_is_told(small: Bank) -> None:
    then = [one(small, {**LOW, "a": "n/a: no"} if at < 2 else LOW, whose=at) for at in range(4)]
    newcomers = (one(small, {**LOW, "a": "n/a: no", "b": "unknown"}, whose=9), one(small, LOW, whose=9))
    assert standings(small, [*then, newcomers[0]]).score().questions[0].state is State.NOT_APPLICABLE
    for newcomer in newcomers:
        found = compared(small, then, [*then, newcomer])
        assert {*found.doubts, *found.overall.doubts} <= {Doubt.NOT_KNOWN, Doubt.VOICES}
