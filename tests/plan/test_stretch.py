"""Now holds six: the rest of what could be done now waits until there is room."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.plan.edits import Field, with_value
from readiness.plan.model import Plan
from readiness.plan.overlay import Edit, Overlay, Status
from readiness.plan.stretch import NOW_HOLDS, Stretch
from readiness.team import AssessedTeam
from tests.conftest import assessment
from tests.small import small_bank

TODAY = dt.date(2026, 11, 22)
NAMES = "abcefghij"
STEPS = [f"{name}-1" for name in NAMES]
SOON, FAR = TODAY + dt.timedelta(days=30), TODAY + dt.timedelta(days=130)


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> AssessedTeam:
    """A team with nine steps that could all be done now, in the order of their letters."""
    bank = small_bank(tmp_path_factory.mktemp("nine"), f"[{', '.join(f'{{id: {name}}}' for name in NAMES)}]")
    return AssessedTeam(bank, [assessment(bank, dict.fromkeys(NAMES, 0))])


def worked_on(team: AssessedTeam, edits: Mapping[str, Edit]) -> AssessedTeam:
    return team.with_edits(Overlay.blank(team.bank, "Northside").model_copy(update={"actions": edits}))


def groups(plan: Plan) -> dict[str, list[str]]:
    shown = plan.on(TODAY).actions
    return {stretch: [action.id for action in shown if action.horizon is stretch] for stretch in Stretch}


def test_six_are_put_under_now_and_the_rest_wait_in_the_same_order(team: AssessedTeam) -> None:
    assert groups(team.plan) == {"now": STEPS[:6], "room": STEPS[6:], "next": [], "later": []}
    assert [action.number for action in team.plan.on(TODAY).actions] == [*range(1, 10)]


def test_six_or_fewer_all_have_room(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]")
    assert groups(AssessedTeam(bank, [assessment(bank, {"a": 0, "b": 0})]).plan)["room"] == []


@pytest.mark.parametrize(
    "edit", [Edit(owner="Sam"), Edit(status=Status.DOING), Edit(due=SOON), Edit(horizon=Stretch.NOW)]
)
def test_what_somebody_took_on_is_among_the_six_before_what_is_only_suggested(team: AssessedTeam, edit: Edit) -> None:
    found = groups(worked_on(team, {"j-1": edit}).plan)
    assert (found["now"], found["room"]) == ([*STEPS[:5], "j-1"], STEPS[5:8])


def test_of_more_than_six_that_somebody_took_on_the_last_ones_wait(team: AssessedTeam) -> None:
    found = groups(worked_on(team, dict.fromkeys(STEPS[1:], Edit(owner="Sam"))).plan)
    assert (found["now"], found["room"]) == (STEPS[1:7], ["a-1", *STEPS[7:]])


@pytest.mark.parametrize("edit", [Edit(due=SOON), Edit(due=TODAY - dt.timedelta(days=400)), Edit(horizon=Stretch.NOW)])
def test_nothing_that_is_due_or_that_a_person_put_under_now_is_hidden(team: AssessedTeam, edit: Edit) -> None:
    found = groups(worked_on(team, dict.fromkeys(STEPS[1:], edit)).plan)
    assert (found["now"], found["room"]) == (STEPS[1:], ["a-1"])


def test_a_date_in_another_stretch_makes_room(team: AssessedTeam) -> None:
    found = groups(worked_on(team, {"a-1": Edit(due=FAR)}).plan)
    assert (found["now"], found["room"], found["next"]) == (STEPS[1:7], STEPS[7:], ["a-1"])


def test_a_date_says_when_of_what_left_the_plan_too(team: AssessedTeam) -> None:
    dated = next(one for one in worked_on(team, {"a-1": Edit(due=FAR)}).plan.actions if one.id == "a-1")
    shown = Plan(actions=(), keep=(), dropped=(dated,), past=(dated,)).on(TODAY)
    assert [one.horizon for one in (*shown.dropped, *shown.past)] == [Stretch.NEXT, Stretch.NEXT]


@pytest.mark.parametrize("edit", [Edit(status=Status.DONE), Edit(dropped="Not ours")])
def test_what_is_done_or_taken_out_makes_room_for_the_next(team: AssessedTeam, edit: Edit) -> None:
    plan = worked_on(team, {"a-1": edit}).plan
    to_do = [action for action in plan.on(TODAY).actions if action.status is not Status.DONE]
    assert [action.id for action in to_do if action.horizon is Stretch.NOW] == STEPS[1:7]
    assert [action.id for action in plan.start_on(TODAY)] == STEPS[1:4]


def test_a_person_can_move_an_action_anywhere_and_take_it_back(team: AssessedTeam) -> None:
    overlay = team.overlay
    for name, stretch in (("a-1", "room"), ("b-1", "later"), ("j-1", "now")):
        overlay = with_value(overlay, team.computed, name, Field.HORIZON, stretch)
    moved = team.with_edits(overlay)
    assert groups(moved.plan) == {
        "now": [*STEPS[2:7], "j-1"],
        "room": ["a-1", *STEPS[7:8]],
        "next": [],
        "later": ["b-1"],
    }
    for name in ("a-1", "b-1", "j-1"):
        overlay = with_value(overlay, team.computed, name, Field.HORIZON, "")
    assert groups(team.with_edits(overlay).plan) == groups(team.plan)


EDITS = st.builds(
    Edit,
    owner=st.none() | st.just("Sam"),
    status=st.none() | st.sampled_from(Status),
    due=st.none() | st.sampled_from([SOON, FAR, TODAY - dt.timedelta(days=9), TODAY + dt.timedelta(days=400)]),
    horizon=st.none() | st.sampled_from(Stretch),
    dropped=st.none() | st.just("Not ours"),
)


@given(st.dictionaries(st.sampled_from([*STEPS, "own-x", "own-y"]), EDITS, max_size=9))
def test_now_has_at_most_six_but_for_what_people_put_there(team: AssessedTeam, edits: Mapping[str, Edit]) -> None:
    titled = {name: edit.model_copy(update={"title": "Ours"}) for name, edit in edits.items()}
    plan = worked_on(team, titled).plan
    shown = plan.on(TODAY)
    assert shown.on(TODAY) == shown
    assert {action.id for action in shown.actions} == {action.id for action in plan.actions}
    now = [one for one in shown.actions if one.horizon is Stretch.NOW and one.status is not Status.DONE]
    room = [one for one in shown.actions if one.horizon is Stretch.ROOM and not one.placed]
    theirs = [one for one in now if one.due or one.placed]
    assert len(now) <= max(NOW_HOLDS, len(theirs))
    assert len(now) >= NOW_HOLDS or not room  # nothing waits while there is room
    assert not any(one.due for one in shown.actions if one.horizon is Stretch.ROOM and one.status is not Status.DONE)
    if any(one.taken_on for one in room):  # nobody waits for what is only suggested
        assert all(one.taken_on or one.placed for one in now)
    stretches = [[*Stretch].index(one.horizon) for one in shown.actions]
    assert stretches == sorted(stretches)
