"""The cheapest way to a band: what is on it, what is left out, and what is said if there is none."""

from collections.abc import Callable
from pathlib import Path

import pytest

from readiness.errors import InputError
from readiness.plan.overlay import Edit, Status
from readiness.plan.route import target_band
from readiness.scoring.score import standings
from tests.conftest import assessment
from tests.plan.routes import banded, stands, way
from tests.small import small_bank


def test_an_ungated_band_above_a_gated_one_may_be_the_cheaper_way(tmp_path: Path) -> None:
    bands = "[{id: low, from: 0}, {id: middle, from: 25, gated: true}, {id: high, from: 50}]"
    efforts = {f"g-{at}": 3 for at in range(1, 5)}
    bank = banded(tmp_path, "[{id: g, minimum: 4, weight: 0.1}, {id: b}]", efforts, bands)
    start = stands(bank, {"g": 0, "b": 1})
    route = way(start, bank.bands[1])
    assert route.band == "middle"
    assert route.after.band is not None
    assert (route.after.band.id, route.effort) == ("high", 2)
    dropped = {"g-1": Edit(dropped="Ours already")}
    assert way(start, bank.bands[1], dropped) == route
    with pytest.raises(InputError, match="can't be reached"):
        way(start, bank.bands[1], {**dropped, "b-2": Edit(dropped="No")})


def test_the_way_is_told_and_costed_as_the_person_edited_it(tmp_path: Path) -> None:
    bank = banded(tmp_path, "[{id: a}, {id: b}]")
    start = stands(bank, {"a": 1, "b": 1})
    route = way(start, bank.bands[1], {"a-2": Edit(effort=3), "b-2": Edit(title="In our words")})
    assert [(step.question, step.titles, step.effort) for step in route.steps] == [
        ("b", ("In our words",), 1),
        ("b", ("Do it",), 1),
    ]


def test_what_is_done_costs_nothing_more_and_is_not_to_be_done_again(tmp_path: Path) -> None:
    bank = banded(tmp_path, "[{id: a}, {id: b}]", {"a-2": 3, "a-3": 2})
    start = stands(bank, {"a": 1, "b": 1})
    route = way(start, bank.bands[1], {"a-2": Edit(status=Status.DONE)})
    assert [(step.question_number, step.to_do, step.already_done, step.effort) for step in route.steps] == [
        (1, {}, {"a-2": "Do it"}, 0),
        (2, {"b-2": "Do it"}, {}, 1),
    ]
    assert (route.effort, route.before) == (1, start.score())


def test_a_band_that_is_reached_needs_no_step(tmp_path: Path) -> None:
    route = way(stands(banded(tmp_path, "[{id: a}]"), {"a": 4}), banded(tmp_path, "[{id: a}]").bands[1])
    assert (route.steps, route.effort) == ((), 0)
    assert route.before == route.after


def test_a_gate_must_climb_to_its_minimum_even_where_the_score_is_high_enough(tmp_path: Path) -> None:
    bank = banded(tmp_path, "[{id: a, minimum: 3}, {id: b, weight: 50}]")
    route = way(stands(bank, {"a": 1, "b": 4}), bank.bands[-1])
    assert [(step.question, step.level, step.position) for step in route.steps] == [("a", 2, 3), ("a", 3, 4)]
    assert route.after.band is not None
    assert (route.after.band.id, route.after.band.held_by) == ("high", ())


def test_a_gate_that_nobody_knows_must_be_found_out_and_counts_as_lowest(tmp_path: Path) -> None:
    bank = banded(tmp_path, "[{id: a, minimum: 1}, {id: b, weight: 50}]")
    route = way(stands(bank, {"a": "unknown", "b": 4}), bank.bands[-1])
    assert route.find_out == ("a",)
    assert [(step.question, step.found_out) for step in route.steps] == [("a", True)]
    assert route.effort == 2


def test_a_gate_that_too_few_know_is_found_out_though_it_stands_high_enough(tmp_path: Path) -> None:
    bank = banded(tmp_path, "[{id: a, minimum: 3}, {id: b, weight: 50}]")
    people = [{"a": level, "b": 4} for level in (3, 3, 4, "unknown", "unknown", "n/a: why")]
    route = way(stands(bank, *people), bank.bands[-1])
    assert route.find_out == ("a",)
    assert [(step.question, step.level, step.found_out) for step in route.steps] == [
        ("a", level, True) for level in (1, 2, 3)
    ]
    assert route.after.band is not None
    assert (route.after.band.id, route.after.band.provisional) == ("high", False)


def test_what_nobody_knows_is_left_alone_on_the_way_to_a_band_without_gates(tmp_path: Path) -> None:
    bank = banded(tmp_path, "[{id: a, minimum: 1}, {id: b}]")
    route = way(stands(bank, {"a": "unknown", "b": 1}), bank.bands[1])
    assert route.find_out == ()
    assert [step.question for step in route.steps] == ["b"]


def test_a_dropped_action_is_not_on_the_way(tmp_path: Path) -> None:
    bank = banded(tmp_path, "[{id: a}, {id: b}]", {"a-2": 1, "b-2": 3})
    start = stands(bank, {"a": 1, "b": 1})
    assert {step.question for step in way(start, bank.bands[1]).steps} == {"a"}
    steps = way(start, bank.bands[1], {"a-2": Edit(dropped="No")}).steps
    assert {step.question for step in steps} == {"b"}


def test_a_band_that_the_steps_left_do_not_reach_is_said(tmp_path: Path) -> None:
    bank = banded(tmp_path, "[{id: a, minimum: 2}, {id: b}]")
    start = stands(bank, {"a": 1, "b": 1})
    with pytest.raises(InputError, match="can't be reached by the steps that are left"):
        way(start, bank.bands[1], {name: Edit(dropped="No") for name in ("a-2", "b-3")})
    with pytest.raises(InputError, match="can't be reached by the steps that are left"):
        way(start, bank.bands[2], {"a-2": Edit(dropped="No")})


def test_the_next_band_is_the_target_where_none_is_named(tmp_path: Path) -> None:
    bank = banded(tmp_path, "[{id: a}]")
    assert target_band(stands(bank, {"a": 1}), "").id == "middle"
    assert target_band(stands(bank, {"a": 1}), "Band high").id == "high"
    with pytest.raises(InputError, match="The highest band is reached"):
        target_band(stands(bank, {"a": 4}), "")
    with pytest.raises(InputError, match="Too little is known for a score yet"):
        target_band(stands(bank, {}), "")
    with pytest.raises(InputError, match=r"Use one of: low \(.*\), middle \(.*\), high \("):
        target_band(stands(bank, {"a": 1}), "top")


def test_what_is_wrong_with_a_band_is_said_in_full(tmp_path: Path) -> None:
    bank = banded(tmp_path, "[{id: a, minimum: 2}]")

    def said(wrong: Callable[[], object]) -> str:
        with pytest.raises(InputError) as error:
            wrong()
        return str(error.value)

    assert said(lambda: target_band(stands(bank, {"a": 1}), "best")) == (
        'There is no band "best". Use one of: low (Band low), middle (Band middle), high (Band high).'
    )
    assert said(lambda: target_band(stands(bank, {"a": 4}), "")) == (
        "The highest band is reached: Band high. See the plan for what is left to do, and what to keep."
    )
    nothing = "Too little is known for a score yet. Answer more of the questions first."
    assert said(lambda: target_band(stands(bank, {}), "")) == nothing
    assert said(lambda: way(stands(bank, {}), bank.bands[1])) == nothing
    assert said(lambda: way(stands(bank, {"a": 1}), bank.bands[2], {"a-2": Edit(dropped="No")})) == (
        "The band Band high can't be reached by the steps that are left."
        " Take back what was dropped from the plan, or answer more questions."
    )


def test_of_what_costs_the_same_the_steps_that_give_most_are_taken(tmp_path: Path) -> None:
    bank = banded(tmp_path, "[{id: a, weight: 3}, {id: b}]", bands="[{id: low, from: 0}, {id: next, from: 15}]")
    route = way(stands(bank, {"a": 0, "b": 0}), bank.bands[1])
    assert ([step.question for step in route.steps], route.effort) == (["a"], 1)


def test_of_what_costs_and_gives_the_same_the_question_asked_first_climbs(tmp_path: Path) -> None:
    bank = banded(tmp_path, "[{id: a}, {id: b}]", bands="[{id: low, from: 0}, {id: next, from: 10}]")
    route = way(stands(bank, {"a": 0, "b": 0}), bank.bands[1])
    assert [step.question for step in route.steps] == ["a"]


def test_one_point_short_of_a_band_is_not_there(tmp_path: Path) -> None:
    bank = banded(tmp_path, "[{id: a}]", bands="[{id: low, from: 0}, {id: next, from: 26}]")
    assert [step.level for step in way(stands(bank, {"a": 0}), bank.bands[1]).steps] == [1, 2]


def test_the_ungated_band_that_may_be_cheaper_need_not_be_the_next_one_up(tmp_path: Path) -> None:
    bands = (
        "[{id: low, from: 0}, {id: middle, from: 25, gated: true},"
        "{id: high, from: 30, gated: true}, {id: top, from: 50}]"
    )
    efforts = {f"g-{at}": 3 for at in range(1, 5)}
    bank = banded(tmp_path, "[{id: g, minimum: 4, weight: 0.1}, {id: b}]", efforts, bands)
    route = way(stands(bank, {"g": 0, "b": 1}), bank.bands[1])
    assert route.after.band is not None
    assert (route.after.band.id, route.effort) == ("top", 2)


def test_all_that_is_done_of_several_ways_to_a_level_is_told(tmp_path: Path) -> None:
    bank = banded(
        tmp_path, "[{id: a, values: [0, 1]}]", {"a-1": 3, "a-1-too": 2}, "[{id: low, from: 0}, {id: top, from: 50}]"
    )
    done = dict.fromkeys(("a-1", "a-1-too"), Edit(status=Status.DONE))
    [step] = way(stands(bank, {"a": 0}), bank.bands[1], done).steps
    assert (step.done, step.effort) == (("a-1", "a-1-too"), 0)


def test_nothing_scored_has_no_way_anywhere(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    with pytest.raises(InputError, match="Answer more of the questions first"):
        way(stands(bank, {}), bank.bands[-1])


def test_a_question_gives_as_many_points_as_its_weight_has_it(tmp_path: Path) -> None:
    bank = banded(tmp_path, "[{id: a}, {id: b, weight: 3}]")
    route = way(stands(bank, {"a": 0, "b": 0}), bank.bands[-1])
    assert sum(step.gain for step in route.steps if step.question == "b") == 75
    assert sum(step.gain for step in route.steps) == route.after.overall.score


@pytest.mark.parametrize(
    ("heard", "says"),
    [
        ("nurse", "from peer-workers, and none of them answered yet. Ask one of them to answer the questions, too."),
        (None, "from peer-workers and nurses, and none of them answered yet. Ask one of each to answer "),
    ],
)
def test_a_band_says_all_the_roles_that_it_must_hear(tmp_path: Path, heard: str | None, says: str) -> None:
    bands = "[{id: low, from: 0}, {id: top, from: 50, voices: [{role: peer-worker}, {role: nurse}]}]"
    bank = small_bank(tmp_path, "[{id: a}]", bands=bands, roles="[peer-worker, nurse]")
    start = standings(bank, [assessment(bank, {"a": 0}, role=heard)])
    with pytest.raises(InputError, match=f"^Band top also needs to hear {says}"):
        way(start, bank.bands[-1])


def test_of_several_ways_to_a_level_one_is_enough(tmp_path: Path) -> None:
    bank = banded(
        tmp_path, "[{id: a, values: [0, 1]}]", {"a-1": 3, "a-1-too": 2}, "[{id: low, from: 0}, {id: top, from: 50}]"
    )
    start = stands(bank, {"a": 0})

    def taken(**edits: Edit) -> tuple[tuple[str, ...], int]:
        named = {name.replace("_", "-"): edit for name, edit in edits.items()}
        [step] = way(start, bank.bands[1], named).steps
        return step.actions, step.effort

    assert taken() == (("a-1-too",), 2)
    assert taken(a_1_too=Edit(dropped="Not for us")) == (("a-1",), 3)
    assert taken(a_1=Edit(effort=1)) == (("a-1",), 1)
    assert taken(a_1=Edit(status=Status.DONE)) == (("a-1",), 0)
    with pytest.raises(InputError, match="can't be reached"):
        taken(a_1=Edit(dropped="No"), a_1_too=Edit(dropped="No"))
