from pathlib import Path

import pytest

from readiness.errors import InputError
from readiness.plan.overlay import Edit
from readiness.plan.what_if import what_if
from readiness.scoring.score import standings
from tests.conftest import assessment
from tests.small import small_bank


def test_a_change_shows_the_score_before_and_after_and_how_the_plan_moves(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]")
    stands = standings(bank, [assessment(bank, {"a": 1, "b": 3})])
    change = what_if(stands, ["a=3"])
    assert [change.before.overall.score, change.after.overall.score] == [50, 75]
    assert ([action.id for action in change.gained], [action.id for action in change.lost]) == (["a-4"], ["a-2"])


def test_actions_are_called_as_the_person_calls_them_and_what_they_dropped_is_none(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]")
    stands = standings(bank, [assessment(bank, {"a": 1, "b": 3})])
    edits = {"a-3": Edit(title="In our words"), "a-2": Edit(dropped="Ours already")}
    change = what_if(stands, ["a=2"], edits)
    assert [action.title for action in change.gained] == ["In our words"]
    assert change.lost == ()


def test_several_changes_count_together_and_one_can_be_that_it_is_not_known(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]")
    stands = standings(bank, [assessment(bank, {"a": 1, "b": 3})])
    change = what_if(stands, ["a = 4", "b=Unknown"])
    assert change.after.overall.score == 100
    assert change.after.coverage.unknown == 1
    assert [(action.id, action.title) for action in change.gained] == [("find-out-b", "Find out: Question b")]


def test_all_that_can_not_be_understood_is_said_at_once(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: first}, {id: second, when: {stage: [later]}}]", profile="{stage: [now, later]}")
    stands = standings(bank, [assessment(bank, {"first": 1}, {"stage": "now"})])
    with pytest.raises(InputError) as refused:
        what_if(stands, ["first", "first=", "frist=2", "second=1", "zzz=1", "first=9"])
    assert [str(problem) for problem in refused.value.problems] == [
        '"first" is no change of an answer. Write it as question=level: critical-mass=3.',
        '"first=" is no change of an answer. Write it as question=level: critical-mass=3.',
        'This service is not asked a question "frist". Did you mean "first"?',
        'This service is not asked a question "second". Change the profile in the answers, if it should be.',
        'This service is not asked a question "zzz". Look the ids up in the question bank.',
        '"first" has no level 9. Use one of: 0, 1, 2, 3, 4, unknown.',
    ]
