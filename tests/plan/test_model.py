"""When an action is to be done, on a given day, and where to start."""

import datetime as dt
from pathlib import Path

import pytest

from readiness.plan.model import Plan, PlannedAction
from readiness.plan.overlay import Status
from readiness.plan.stretch import Stretch
from tests.plan.service import Service

TODAY = dt.date(2027, 1, 15)


@pytest.fixture
def step(tmp_path: Path) -> PlannedAction:
    """An action of the plan that nobody has edited: one to do now."""
    return Service(tmp_path).plan.actions[0]


def changed(action: PlannedAction, **values: object) -> PlannedAction:
    return action.model_copy(update=values)


@pytest.mark.parametrize(
    ("today", "due", "horizon"),
    [
        (TODAY, dt.date(2026, 2, 1), Stretch.NOW),
        (TODAY, TODAY, Stretch.NOW),
        (TODAY, dt.date(2027, 4, 14), Stretch.NOW),
        (TODAY, dt.date(2027, 4, 15), Stretch.NOW),
        (TODAY, dt.date(2027, 4, 16), Stretch.NEXT),
        (TODAY, dt.date(2027, 7, 15), Stretch.NEXT),
        (TODAY, dt.date(2027, 7, 16), Stretch.LATER),
        (dt.date(2026, 11, 15), dt.date(2027, 2, 15), Stretch.NOW),
        (dt.date(2026, 11, 15), dt.date(2027, 2, 16), Stretch.NEXT),
        (dt.date(2026, 11, 15), dt.date(2028, 2, 15), Stretch.LATER),
    ],
)
def test_a_date_says_which_stretch_an_action_falls_into_to_the_day(
    step: PlannedAction, today: dt.date, due: dt.date, horizon: Stretch
) -> None:
    for suggested in Stretch:
        assert changed(step, due=due, horizon=suggested).stretch_on(today) is horizon


def test_without_a_date_and_once_it_is_done_the_stretch_stays(step: PlannedAction) -> None:
    for suggested in Stretch:
        assert changed(step, horizon=suggested).stretch_on(TODAY) is suggested
        done = changed(step, horizon=suggested, status=Status.DONE, due=dt.date(2030, 1, 1))
        assert done.stretch_on(TODAY) is suggested


def test_the_soonest_on_the_day_is_where_to_start_and_one_of_several_ways(step: PlannedAction) -> None:
    soon, late = dt.date(2027, 2, 1), dt.date(2028, 1, 1)
    actions = {
        "dated-late": changed(step, questions=("a",), due=late),
        "later": changed(step, questions=("b",), horizon=Stretch.LATER),
        "now": changed(step, questions=("c",)),
        "another-way": changed(step, questions=("c",)),
        "own": changed(step, questions=(), horizon=Stretch.LATER, due=soon),
        "own-too": changed(step, questions=()),
        "done": changed(step, questions=("d",), holds_band=True, status=Status.DONE),
        "holds": changed(step, questions=("e",), horizon=Stretch.LATER, holds_band=True),
    }

    def start(*names: str) -> list[str]:
        chosen = (changed(actions[name], id=name) for name in names or actions)
        return [action.id for action in Plan(actions=tuple(chosen), keep=()).start_on(TODAY)]

    assert start() == ["now", "own", "own-too"]
    assert start("own", "own-too") == ["own", "own-too"]
    assert start("another-way", "now", "later") == ["another-way", "later"]
    assert start("dated-late", "later", "now") == ["now", "dated-late", "later"]
    assert start("done") == []
