from pathlib import Path

import pytest

from readiness.errors import InputError
from readiness.plan.basis import PlanBasis
from readiness.plan.build import build_plan
from readiness.plan.model import Plan
from readiness.plan.overlay import Edit
from readiness.plan.what_if import what_if
from readiness.scoring.score import Standings, standings
from tests.conftest import assessment
from tests.small import small_bank


def computed(stands: Standings) -> Plan:
    return build_plan(PlanBasis.of(stands))


def test_a_change_shows_the_score_before_and_after_and_how_the_plan_moves(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]")
    stands = standings(bank, [assessment(bank, {"a": 1, "b": 3})])
    change = what_if(PlanBasis.of(stands), computed(stands), ["a=3"])
    assert [change.before.overall.score, change.after.overall.score] == [50, 75]
    assert ([action.id for action in change.gained], [action.id for action in change.lost]) == (["a-4"], ["a-2"])


def test_actions_are_called_as_the_person_calls_them_and_what_they_dropped_is_none(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]")
    stands = standings(bank, [assessment(bank, {"a": 1, "b": 3})])
    edits = {"a-3": Edit(title="In our words"), "a-2": Edit(dropped="Ours already")}
    change = what_if(PlanBasis.of(stands), computed(stands), ["a=2"], edits)
    assert [(action.title, action.about) for action in change.gained] == [("In our words", "Question a")]
    assert change.lost == ()


def test_a_change_of_a_hundred_thousand_characters_is_quoted_in_short(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]")
    stands = standings(bank, [assessment(bank, {"a": 1, "b": 3})])
    for change in ("e" * 100_000, "e" * 100_000 + "=2", "9" * 100_000 + "=2", "a=" + "9" * 100_000):
        with pytest.raises(InputError) as error:
            what_if(PlanBasis.of(stands), computed(stands), [change])
        assert len(str(error.value)) < 500


def test_several_changes_count_together_and_one_can_be_that_it_is_not_known(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, weight: 3}, {id: b}]")
    stands = standings(bank, [assessment(bank, {"a": 1, "b": 3})])
    change = what_if(PlanBasis.of(stands), computed(stands), ["a = 4", "b=Unknown"])
    assert change.after.overall.score == 100
    assert change.after.coverage.unknown == 1
    assert [(action.id, action.title) for action in change.gained] == [
        ("find-out-a", "Ask the people who do the work")  # both are known by the same people, and a is the first
    ]


def test_all_that_can_not_be_understood_is_said_at_once(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: first}, {id: second, when: {stage: [later]}}]", profile="{stage: [now, later]}")
    stands = standings(bank, [assessment(bank, {"first": 1}, {"stage": "now"})])
    with pytest.raises(InputError) as refused:
        what_if(
            PlanBasis.of(stands),
            computed(stands),
            ["first", "first=", "frist=2", "second=1", "zzz=1", "first=9", "1=6", "2=1", "=1"],
        )
    example = "Write it as 8=4 (question 8, its fourth answer), or with its id and a level's value: critical-mass=3."
    by_value = '0 "Level 0"; 1 "Level 1"; 2 "Level 2"; 3 "Level 3"; 4 "Level 4"; or unknown'
    by_number = '1 "Level 0"; 2 "Level 1"; 3 "Level 2"; 4 "Level 3"; 5 "Level 4"; or unknown'
    assert [str(problem) for problem in refused.value.problems] == [
        f'"first" is not a valid change. {example}',
        f'"first=" is not a valid change. {example}',
        'This service is not asked a question "frist". The nearest are: 1 "Question first" (first).',
        (
            'This service is not asked a question "second". It is for a service with another profile. '
            'The nearest are: 1 "Question first" (first).'
        ),
        'This service is not asked a question "zzz". The nearest are: 1 "Question first" (first).',
        f'"first" has no level 9. Use one of: {by_value}.',
        f"Question 1, Question first, has no answer 6. Use one of: {by_number}.",
        "There is no question 2. Use a number from 1 to 1, or an id.",
        f'"=1" is not a valid change. {example}',
    ]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (["1=2", "1=4"], ['"1=2" and "1=4" both change question 1']),
        (["1=2", "a=3"], ['"1=2" and "a=3" both change question 1']),
        (["1=2", "1=2"], ['"1=2" and "1=2" both change question 1']),
        (
            ["b=1", "a=1", "2=unknown", "b=2"],
            [f'"b=1" and "{other}" both change question 2' for other in ("2=unknown", "b=2")],
        ),
    ],
)
def test_a_question_that_is_changed_twice_is_refused(tmp_path: Path, changes: list[str], told: list[str]) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]")
    stands = standings(bank, [assessment(bank, {"a": 1, "b": 3})])
    with pytest.raises(InputError) as refused:
        what_if(PlanBasis.of(stands), computed(stands), changes)
    assert [problem.what for problem in refused.value.problems] == told
    assert {problem.todo for problem in refused.value.problems} == {
        "Give one answer to a question, and run it again for the other."
    }


def test_all_that_can_be_asked_for_is_listed_and_only_the_first_sign_parts_a_change(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: first}, {id: second}]")
    stands = standings(bank, [assessment(bank, {"first": 1, "second": 3})])
    with pytest.raises(InputError) as refused:
        what_if(PlanBasis.of(stands), computed(stands), ["zzz=1", "first=1=2"])
    known, level = refused.value.problems
    assert known.todo == 'The nearest are: 1 "Question first" (first); 2 "Question second" (second).'
    assert level.what == '"first" has no level 1=2'


def test_a_question_goes_by_its_number_and_its_answers_are_counted_from_one(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, values: [0, 5, 10]}, {id: b}, {id: c}]")
    stands = standings(bank, [assessment(bank, {"a": 0, "b": 3, "c": "unknown"})])
    change = what_if(PlanBasis.of(stands), computed(stands), ["1=3", "2=unknown", "3=1"])
    assert change.after == what_if(PlanBasis.of(stands), computed(stands), ["a=10", "b=unknown", "c=0"]).after
    assert [(answer.question_number, answer.before, answer.after) for answer in change.answers] == [
        (1, "Level 0", "Level 10"),
        (2, "Level 3", "Don’t know"),
        (3, "Don’t know", "Level 0"),
    ]


def test_what_several_people_say_is_told_as_the_low_median(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]")
    stands = standings(bank, [assessment(bank, {"a": 1, "b": 1}), assessment(bank, {"a": 2, "b": 1})])
    (answer,) = what_if(PlanBasis.of(stands), computed(stands), ["1=5"]).answers
    assert (answer.before, answer.after) == ("Level 1", "Level 4")


def test_an_id_that_is_a_number_goes_before_the_number(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: '2'}, {id: b}]")
    stands = standings(bank, [assessment(bank, {"2": 1, "b": 1})])
    (answer,) = what_if(PlanBasis.of(stands), computed(stands), ["2=2"]).answers
    assert (answer.question, answer.question_number, answer.after) == ("2", 1, "Level 2")


def test_what_the_answers_say_already_is_no_change(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]")
    stands = standings(bank, [assessment(bank, {"a": 1})])
    change = what_if(PlanBasis.of(stands), computed(stands), ["1=2"])
    assert (change.answers, change.before) == ((), change.after)


def test_the_three_questions_most_like_a_word_are_named(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: pay}, {id: support}, {id: supports-peers}, {id: rules}, {id: hope}]")
    stands = standings(bank, [assessment(bank, {"pay": 1})])
    with pytest.raises(InputError, match=r"nearest are: 2 .*\(support\); 3 .*\(supports-peers\); . [^;]*$"):
        what_if(PlanBasis.of(stands), computed(stands), ["suport=1"])
