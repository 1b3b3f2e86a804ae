"""An action is called by one number: minutes and task boards go on finding it by that, whatever changes."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from readiness.bank.model import Bank
from readiness.errors import InputError
from readiness.plan.apply import live_plan
from readiness.plan.basis import PlanBasis
from readiness.plan.build import build_plan
from readiness.plan.edits import Field, with_own, with_value
from readiness.plan.model import Plan
from readiness.plan.overlay import Edit, Overlay
from readiness.scoring.score import Standings, standings
from tests.conftest import assessment
from tests.small import small_bank


@cache
def _bank() -> Bank:
    return small_bank(Path(mkdtemp()), "[{id: a}, {id: b}, {id: c}]")


def stands_with(answers: Mapping[str, object]) -> Standings:
    return standings(_bank(), [assessment(_bank(), answers)])


def computed(stands: Standings) -> Plan:
    return build_plan(PlanBasis.of(stands))


def numbers(stands: Standings, overlay: Overlay) -> dict[str, int]:
    return {action.id: action.number for action in live_plan(computed(stands), overlay, PlanBasis.of(stands)).numbered}


ANSWERS = st.fixed_dictionaries({name: st.sampled_from([0, 1, 2, "unknown"]) for name in "abc"})
STEPS = st.lists(
    st.tuples(
        ANSWERS, st.sampled_from([Field.OWNER, Field.TITLE, None]), st.integers(0, 9), st.sampled_from(["", "X"])
    ),
    max_size=8,
)


@settings(max_examples=50)
@given(STEPS)
def test_neither_edits_nor_new_answers_move_a_number_once_there_is_an_edit(
    steps: list[tuple[Mapping[str, object], Field | None, int, str]],
) -> None:
    overlay, given_until_now = Overlay.blank(_bank(), "Northside"), dict[str, int]()
    for answers, field, at, text in steps:
        stands = stands_with(answers)
        was, before = overlay, numbers(stands, overlay)
        assert len({*before.values()}) == len(before)
        assert {name: number for name, number in before.items() if name in given_until_now}.items() <= (
            given_until_now.items()
        )
        plan = computed(stands)
        if field is None:
            overlay, name = with_own(overlay, plan, {Field.TITLE: f"Ours {at}"})
            before = {name: max([0, *before.values(), *given_until_now.values()]) + 1, **before}
        elif before:
            overlay = with_value(overlay, plan, [*before][at % len(before)], field, text or "Sam")
        if overlay != was:
            given_until_now |= before
        assert numbers(stands, overlay).items() <= before.items()


def test_what_comes_with_new_answers_takes_the_next_number_and_what_left_keeps_its_own() -> None:
    low, high = stands_with({"a": 0, "b": 0, "c": 0}), stands_with({"a": 1, "b": 0, "c": 0})
    assert numbers(low, Overlay.blank(_bank(), "Northside")) == {"a-1": 1, "b-1": 2, "c-1": 3}
    overlay = with_value(Overlay.blank(_bank(), "Northside"), computed(low), "b-1", Field.OWNER, "Sam")
    assert numbers(high, overlay) == {"b-1": 2, "c-1": 3, "a-2": 4}
    assert numbers(low, overlay) == {"a-1": 1, "b-1": 2, "c-1": 3}


def test_numbers_are_kept_in_the_file_and_each_is_of_one_action() -> None:
    stands = stands_with({"a": 0, "b": 0, "c": 0})
    overlay = with_value(Overlay.blank(_bank(), "Northside"), computed(stands), "b-1", Field.OWNER, "Sam")
    kept = json.loads(overlay.to_json())
    assert kept["numbers"] == {"a-1": 1, "b-1": 2, "c-1": 3}
    assert Overlay.model_validate_json(overlay.to_json()) == overlay
    kept["numbers"]["a-1"] = 3
    with pytest.raises(ValidationError, match='"a-1" and "c-1" both have the number 3'):
        Overlay.model_validate_json(json.dumps(kept))


@pytest.mark.parametrize("number", [0, 100_000, 10**400])
def test_a_number_is_one_that_a_person_can_say(number: int) -> None:
    with pytest.raises(ValidationError):
        Overlay.model_validate({"bank": {"id": "small"}, "team": "N", "numbers": {"a-1": number}})


def test_a_file_written_by_hand_without_numbers_has_todays() -> None:
    stands = stands_with({"a": 0, "b": 0, "c": 0})
    edits = {"gone": Edit(owner="Sam"), "own-x": Edit(title="X"), "c-1": Edit(owner="Ann")}
    overlay = Overlay.blank(_bank(), "Northside").model_copy(update={"actions": edits})
    assert numbers(stands, overlay) == {"a-1": 1, "b-1": 2, "c-1": 3, "own-x": 4, "gone": 5}


def test_after_the_highest_number_come_the_free_ones_below_it() -> None:
    low, blank = stands_with({"a": 0, "b": 0, "c": 0}), Overlay.blank(_bank(), "Northside")
    overlay = blank.model_copy(update={"numbers": {"b-1": 99_999, "gone": 1, "gone-too": 99_998}})
    assert numbers(low, overlay) == {"a-1": 2, "b-1": 99_999, "c-1": 3}
    again = Overlay.model_validate_json(overlay.with_numbers(["c-1", "a-1"]).to_json())
    assert again.numbers == {**overlay.numbers, "c-1": 2, "a-1": 3}


def test_the_last_free_numbers_are_the_highest_and_the_lowest() -> None:
    overlay = Overlay.blank(_bank(), "Northside").model_copy(update={"numbers": {"b-1": 99_998}})
    assert overlay.numbered(["a-1", "c-1"]) == {"b-1": 99_998, "a-1": 99_999, "c-1": 1}


def test_a_plan_without_a_free_number_says_so() -> None:
    full = Overlay.blank(_bank(), "Northside").model_copy(
        update={"numbers": {f"gone-{number}": number for number in range(1, 10_001)}}
    )
    assert full.numbered([]) == full.numbers
    with pytest.raises(InputError, match=r"The plan of Northside has no number left for another action\. Take .*file"):
        full.with_numbers(["a-1"])
