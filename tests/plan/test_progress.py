"""What was done of a plan between two dates."""

from collections.abc import Mapping

import pytest

from readiness.bank.model import Bank
from readiness.plan.overlay import Edit, Overlay, Status
from readiness.plan.progress import TeamComparison
from readiness.scoring.compare import compare
from readiness.scoring.comparison import Move
from readiness.team import AssessedTeam
from tests.conftest import assessment
from tests.small import small_bank

DONE = Edit(status=Status.DONE)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return small_bank(tmp_path_factory.mktemp("small"), "[{id: a}, {id: b}, {id: c}]")


def edits(bank: Bank, actions: Mapping[str, Edit]) -> Overlay:
    return Overlay.blank(bank, "Northside").model_copy(update={"actions": actions})


def done(bank: Bank, now: Mapping[str, Edit], then: Mapping[str, Edit] | None = None) -> dict[str, object]:
    """Return what became of the question of each action done, from one date to the next."""
    before = AssessedTeam(bank, [assessment(bank, {"a": 1, "b": 1, "c": "unknown"})])
    after = AssessedTeam(bank, [assessment(bank, {"a": 2, "b": 1, "c": 2})], edits(bank, now))
    found = TeamComparison.of(compare(bank, [before, after]), bank, edits(bank, then or {}), after.plan)
    return {action.id: (action.question, action.move) for action in found.done}


def test_what_is_done_is_told_with_what_became_of_its_question(small: Bank) -> None:
    assert done(small, {"a-2": DONE, "b-2": DONE, "a-3": Edit(owner="Priya")}) == {
        "a-2": ("a", Move.UP),
        "b-2": ("b", Move.SAME),
    }


def test_what_was_to_be_found_out_belongs_to_its_question(small: Bank) -> None:
    assert done(small, {"find-out-c": DONE}) == {"find-out-c": ("c", Move.NOW_KNOWN)}


def test_what_belongs_to_no_question_is_told_without_one(small: Bank) -> None:
    now = {"own-talk": DONE.model_copy(update={"title": "Talk"}), "gone-2": DONE, "find-out-gone": DONE}
    assert done(small, now) == dict.fromkeys(now, (None, None))


def test_what_was_done_at_the_first_date_is_not_told_again(small: Bank) -> None:
    assert list(done(small, {"a-2": DONE, "b-2": DONE}, {"b-2": DONE})) == ["a-2"]


def test_a_question_that_may_not_be_told_is_not_told_by_its_action(small: Bank) -> None:
    one = assessment(small, {"a": 1})
    before, after = AssessedTeam(small, [one] * 2), AssessedTeam(small, [one], edits(small, {"a-2": DONE}))
    found = TeamComparison.of(compare(small, [before, after]), small, edits(small, {}), after.plan)
    assert found.questions_hidden
    assert [(action.question, action.move) for action in found.done] == [("a", None)]
