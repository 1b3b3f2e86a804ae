"""Which band is reached, what holds it back, and whom it waits for."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from readiness.assessment.roles import NOT_SAID
from readiness.bank.fields import exact
from readiness.scoring.bands import BandFinder
from readiness.scoring.model import Gate, Score
from readiness.scoring.rounding import shown_ratio
from readiness.scoring.score import standings
from tests.conftest import assessment
from tests.scoring.by_hand import Given, asked_alone, band, scored
from tests.small import small_bank

# Bands and gates: low from 0, middle from 50, top from 80, gated


@pytest.mark.parametrize(
    ("value", "reached"), [(0, "low"), (49, "low"), (50, "middle"), (79, "middle"), (80, "top"), (100, "top")]
)
def test_the_band_is_the_last_one_that_starts_at_or_below_the_score(tmp_path: Path, value: int, reached: str) -> None:
    bank = small_bank(tmp_path, "[{id: a, values: [0, 49, 50, 79, 80, 100]}]")
    found = band(scored(bank, {"a": value}))
    assert (found.id, found.label, found.held_by, found.provisional) == (reached, f"Band {reached}", (), False)


def test_a_band_that_starts_at_a_decimal_is_reached_by_exactly_that_score(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, values: [0, 0.123, 1]}]", bands="[{id: low, from: 0}, {id: top, from: 12.3}]")
    assert band(scored(bank, {"a": 0.123})).id == "top"


@pytest.mark.parametrize(
    ("gate", "state", "reached", "held_by"),
    [
        (2, Gate.OPEN, "top", ()),
        (3, Gate.OPEN, "top", ()),
        (1, Gate.CLOSED, "middle", ("g",)),
        ("unknown", Gate.UNKNOWN, "middle", ("g",)),
        (None, Gate.UNKNOWN, "middle", ("g",)),
        ("n/a: why", Gate.UNKNOWN, "middle", ("g",)),
    ],
)
def test_a_gate_below_its_minimum_not_known_or_set_aside_holds_the_top_band_back(
    tmp_path: Path, gate: object, state: Gate | None, reached: str, held_by: tuple[str, ...]
) -> None:
    bank = small_bank(tmp_path, "[{id: a, weight: 99}, {id: g, minimum: 2}]")
    found = scored(bank, {"a": 4} if gate is None else {"a": 4, "g": gate})
    assert found.questions[1].gate is state
    assert (band(found).id, band(found).held_by) == (reached, held_by)


def test_a_question_without_a_minimum_is_no_gate(tmp_path: Path) -> None:
    assert scored(small_bank(tmp_path, "[{id: a}]"), {"a": 0}).questions[0].gate is None


def test_only_closed_gates_are_named_and_only_where_they_hold_a_band(tmp_path: Path) -> None:
    questions = "[{id: a, weight: 99}, {id: g, minimum: 2}, {id: h, minimum: 2}, {id: i, minimum: 2}]"
    bank = small_bank(tmp_path, questions)
    gates = {"g": 1, "h": 2, "i": "unknown"}
    assert band(scored(bank, {"a": 4, **gates})).held_by == ("g", "i")
    assert (band(scored(bank, {"a": 2, **gates})).id, band(scored(bank, {"a": 2, **gates})).held_by) == ("low", ())


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ([4, 0], Gate.CLOSED),  # the low median is the lower of the two
        ([4, 2, 0], Gate.OPEN),
        ([4, 1, 0], Gate.CLOSED),
        ([0, 0, 4, 4], Gate.CLOSED),
        ([0, 2, 2, "unknown"], Gate.UNKNOWN),  # closed, if the fourth would say the lowest
        ([0, 2, 2, "n/a: why"], Gate.UNKNOWN),
        ([0, 2, 2, 4, "unknown"], Gate.OPEN),
        ([2, 2, 4, *["unknown"] * 3], Gate.UNKNOWN),
        ([2, 2, 4, 4, "n/a: why", "unknown", None], Gate.OPEN),
        ([0, 1, 4, *["unknown"] * 3], Gate.CLOSED),
        ([2, 4, "unknown"], Gate.UNKNOWN),  # two of several do not decide
        ([2, 4, "n/a: why"], Gate.UNKNOWN),
        ([4, 4, 4, *["n/a: why"] * 4], Gate.UNKNOWN),
    ],
)
def test_a_gate_opens_at_the_low_median_of_several_people_however_low_the_others_are(
    tmp_path: Path, given: Given, state: Gate
) -> None:
    assert asked_alone(tmp_path, given, "{id: a, minimum: 2}").gate is state


@pytest.mark.parametrize(
    ("gated", "value", "reached", "held_by"),
    [
        ("{from: 50, id: middle, gated: true}, {from: 80, id: top, gated: true}", 4, "low", ("g",)),
        ("{from: 50, id: middle, gated: true}, {from: 80, id: top}", 4, "top", ()),
        ("{from: 50, id: middle, gated: true}, {from: 80, id: top}", 2.5, "low", ("g",)),
        ("{from: 50, id: middle}, {from: 80, id: top, gated: false}", 4, "middle", ("g",)),
        ("{from: 50, id: middle}, {from: 80, id: top}", 4, "middle", ("g",)),
    ],
)
def test_a_bank_may_say_itself_which_bands_wait_for_the_gates(
    tmp_path: Path, gated: str, value: float, reached: str, held_by: tuple[str, ...]
) -> None:
    questions = "[{id: a, weight: 99, values: [0, 2.5, 4]}, {id: g, minimum: 2}]"
    bank = small_bank(tmp_path, questions, bands=f"[{{from: 0, id: low}}, {gated}]")
    found = band(scored(bank, {"a": value, "g": 1}))
    assert (found.id, found.held_by) == (reached, held_by)


@pytest.mark.parametrize(
    ("answers", "reached", "provisional"),
    [
        ({"a": 4, "b": 4, "g": 4}, "top", False),
        ({"a": 4, "b": "unknown", "g": 4}, "top", True),  # 67 to 100
        ({"a": 3, "b": 2, "g": 2}, "middle", False),
        ({"a": 2, "b": "unknown", "g": 3}, "middle", True),  # 42 to 75
        ({"a": 4, "b": 4, "g": "unknown"}, "middle", True),  # the gate might be open
        ({"a": 4, "b": 4, "g": "n/a: why"}, "middle", True),  # and so might this one, if it applies after all
        ({"a": 4, "b": "unknown", "g": 1}, "middle", True),  # 42 to 75
        ({"a": 4, "b": 4, "g": 1}, "middle", False),  # 75, held by nothing
        ({"a": 1, "b": 1, "g": "unknown"}, "low", True),  # 17 to 50
        ({"a": 0, "b": 0, "g": "unknown"}, "low", False),  # 0 to 33
    ],
)
def test_a_band_is_provisional_where_what_is_not_known_could_change_it(
    tmp_path: Path, answers: dict[str, object], reached: str, provisional: object
) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}, {id: g, minimum: 2}]")
    found = band(scored(bank, answers))
    assert (found.id, found.provisional) == (reached, provisional)


def test_a_gate_known_to_be_closed_keeps_the_top_band_out_of_what_could_be(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, weight: 90}, {id: b, weight: 9}, {id: g, minimum: 2}, {id: h, minimum: 2}]")
    closed = scored(bank, {"a": 4, "b": "unknown", "g": 1, "h": "unknown"})
    assert closed.overall.low is not None
    assert closed.overall.low > 80
    assert not band(closed).provisional
    assert band(scored(bank, {"a": 4, "b": "unknown", "g": 2, "h": "unknown"})).provisional


# Bands of many scores, looked up


def test_a_score_that_is_looked_up_reaches_the_last_band_that_starts_at_or_below_it(tmp_path: Path) -> None:
    bank = small_bank(
        tmp_path, "[{id: a}]", bands="[{id: low, from: 0}, {id: middle, from: 12.3}, {id: top, from: 80}]"
    )
    finder = BandFinder(bank)
    for step in range(finder.steps + 1):
        reached = sum(exact(band.start) <= Fraction(100 * step, finder.steps) for band in bank.bands) - 1
        assert finder.levels[step] == (shown_ratio(step, finder.steps), reached)
    assert finder.levels[-1] == (0.1, 0), "above 0, but in the lowest step"


def test_a_band_that_is_reached_in_two_ways_is_one_object(tmp_path: Path) -> None:
    finder = BandFinder(small_bank(tmp_path, "[{id: a}, {id: g, minimum: 2}]"))
    not_known, closed = 0b01, 0b11
    found = finder.reached[2, 0, 2, 0, not_known]
    assert (found.id, found.provisional, found.held_by) == ("middle", True, ("g",))
    assert finder.reached[2, 0, 2, 0, closed] is found


# Voices

VOICED = """
    - {id: low, from: 0}
    - {id: middle, from: 50}
    - {id: top, from: 80, voices: [{role: peer-worker, when: {stage: [late]}}]}
"""


def voiced(folder: Path, roles: Sequence[str | None], value: int = 4, stage: str = "late") -> Score:
    """Return the score of people in these roles, who all gave the one question ``value``."""
    bank = small_bank(
        folder,
        "[{id: a}]",
        bands=VOICED,
        profile="{stage: [early, late]}",
        roles="[service-manager, peer-worker]",
    )
    return standings(bank, [assessment(bank, {"a": value}, {"stage": stage}, role=role) for role in roles]).score()


def test_who_answered_is_counted_by_role_in_the_order_of_the_bank(tmp_path: Path) -> None:
    found = voiced(tmp_path, ["Gardener", None, "Peer_Worker", "service-managers", "peer-worker"])
    assert [*found.voices.items()] == [("service-manager", 1), ("peer-worker", 2), ("gardener", 1), (NOT_SAID, 1)]


@pytest.mark.parametrize(
    ("roles", "stage", "reached", "missing"),
    [
        (["service-manager"], "late", "middle", ("peer-worker",)),
        (["service-manager", "peer-worker"], "late", "top", ()),
        ([None], "late", "middle", ("peer-worker",)),
        (["service-manager"], "early", "top", ()),  # nobody is in post yet
    ],
)
def test_a_band_that_needs_a_voice_is_not_reached_unless_it_was_heard(
    tmp_path: Path, roles: list[str | None], stage: str, reached: str, missing: tuple[str, ...]
) -> None:
    found = voiced(tmp_path, roles, stage=stage)
    assert (band(found).id, found.voices_missing) == (reached, missing)
    assert (band(found).held_by, band(found).provisional) == ((), False)


def test_who_is_not_heard_is_told_whatever_the_score(tmp_path: Path) -> None:
    assert voiced(tmp_path, ["service-manager"], value=0).voices_missing == ("peer-worker",)


def test_a_voice_that_two_bands_need_is_missing_once(tmp_path: Path) -> None:
    bands = """
        - {id: low, from: 0}
        - {id: middle, from: 50, voices: [{role: peer-worker}]}
        - {id: top, from: 80, voices: [{role: peer-worker}, {role: nurse}]}
    """
    bank = small_bank(tmp_path, "[{id: a}]", bands=bands, roles="[peer-worker, nurse]")
    alone = standings(bank, [assessment(bank, {"a": 4})]).score()
    assert (alone.voices_missing, band(alone).id) == (("peer-worker", "nurse"), "low")
    heard = standings(bank, [assessment(bank, {"a": 4}, role="peer-worker")]).score()
    assert (heard.voices_missing, band(heard).id) == (("nurse",), "middle")
