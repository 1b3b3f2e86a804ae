"""The cheapest way to a band is proved against trying every way there is, on small banks; and what it may take."""

import json
import sys
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readiness.bank.band import Band
from readiness.bank.load import load_bank
from readiness.errors import InputError
from readiness.plan.overlay import Edit, Status
from readiness.resources import DEFAULT_BANK, QUESTIONS
from readiness.scoring.model import Gate
from readiness.scoring.score import Standings, standings
from readiness.scoring.standing import Standing
from tests.conftest import assessment, bank_from
from tests.plan.routes import BANDS, banded, stands, way
from tests.small import spelled_out


def every_way(start: Standings, band_id: str, done: set[str]) -> Iterator[tuple[int, Fraction]]:
    """Yield the effort and the score of every way to climb that reaches the band; what is done costs nothing."""
    order = [band.id for band in start.bank.bands]
    known = [standing for standing in start.questions if standing.known]
    ways = [range(standing.stands or 0, len(standing.question.levels)) for standing in known]
    for goals in product(*ways):
        after, effort = start, 0
        for standing, climb, goal in zip(known, ways, goals, strict=True):
            question = standing.question
            if goal > climb[0]:
                after = after.with_standing(standing.raised_to(goal))
                steps = question.levels[climb[0] + 1 : goal + 1]
                ways_there = [question.actions_to(level) for level in steps]
                effort += sum(min(0 if one.id in done else one.effort for one in each) for each in ways_there)
        band = after.score().band
        if band and order.index(band.id) >= order.index(band_id):
            yield effort, after.overall or Fraction(0)


def band_reached(start: Standings, band: Band) -> bool:
    order = [other.id for other in start.bank.bands]
    reached = start.score().band
    return reached is not None and order.index(reached.id) >= order.index(band.id)


ANSWER = st.integers(0, 2) | st.sampled_from([0, 1, 2, "unknown", "n/a: why"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    people=st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys("abcd", ANSWER)), min_size=1, max_size=4),
    heard=st.tuples(st.sampled_from(["peer-worker", "service-manager"]), st.sets(st.sampled_from(["middle", "top"]))),
    efforts=st.fixed_dictionaries(
        {f"{name}-{at}": st.integers(0, 3) for name in "abcd" for at in (1, 2)},
        optional={f"{name}-too": st.integers(0, 3) for name in ("a-1", "a-2", "d-2")},
    ),
    minimum=st.sampled_from(["", ", minimum: 1", ", minimum: 2"]),
    gated=st.sets(st.sampled_from(["middle", "high", "top"])),
)
def test_no_way_to_a_band_is_cheaper_and_none_of_that_effort_gives_more(
    tmp_path: Path,
    people: list[dict[str, object]],
    heard: tuple[str, set[str]],
    efforts: dict[str, int],
    minimum: str,
    gated: set[str],
) -> None:
    questions = (
        f"[{{id: a, values: [0, 1, 2]{minimum}}}, {{id: b, values: [0, 1, 2], weight: 3}},"
        "{id: c, values: [0, 1, 2], domain: e, kind: barrier}, {id: d, values: [0, 1, 2], domain: e, weight: 2}]"
    )
    bands = "[{id: low, from: 0}, {id: middle, from: 25}, {id: high, from: 50}, {id: top, from: 75}]"
    for name in gated:
        bands = bands.replace(f"id: {name}", f"id: {name}, gated: true")
    role, voiced = heard
    for name in voiced:
        bands = bands.replace(f"id: {name}", f"id: {name}, voices: [{{role: peer-worker}}]")
    done = {name for name, effort in efforts.items() if not effort}
    bank = banded(tmp_path, questions, {name: effort or 2 for name, effort in efforts.items()}, bands)
    start = standings(bank, [assessment(bank, answers, role=role) for answers in people])
    if start.overall is None:
        with pytest.raises(InputError, match="Too little is known"):
            way(start, bank.bands[1])
        return
    unknown = [one for one in start.questions if Gate.UNKNOWN in (one.gate, one.raised_to(2).gate)]
    found = start
    for standing in unknown:
        lowest = Standing(standing.question, (start.respondents - sum(standing.counts[1:]), *standing.counts[1:]))
        found = found.with_standing(lowest if standing.known else standing.set_to(0))
    for band in bank.bands[1:]:
        ways = [*every_way(start, band.id, done)]
        ways += [(effort + len(unknown), score) for effort, score in every_way(found, band.id, done) if unknown]
        if not ways:
            with pytest.raises(InputError, match=r"can't be reached|also needs to hear from Peer Workers"):
                way(start, band)
            continue
        route = way(start, band, {name: Edit(status=Status.DONE) for name in done})
        if band_reached(start, band):
            assert (route.steps, route.effort, route.after) == ((), 0, route.before)
            continue
        reached = route.after.overall.score
        assert (route.effort, reached) == min(ways, key=lambda way: (way[0], -way[1]))
        began = (found if route.find_out else start).overall or Fraction(0)
        assert sum((step.gain for step in route.steps), began) == reached


def test_more_steps_than_can_be_tried_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bank = banded(tmp_path, "[{id: a}, {id: b}]")
    start = stands(bank, {"a": 0, "b": 0})
    needed = sum(len(question.levels) - 1 for question in bank.questions) * len(bank.questions)
    monkeypatch.setattr("readiness.plan.route._MOST_TRIED", needed)
    assert way(start, bank.bands[-1]).steps
    monkeypatch.setattr("readiness.plan.route._MOST_TRIED", needed - 1)
    with pytest.raises(InputError, match=r"too many steps to find the ones of least effort\. See the plan itself"):
        way(start, bank.bands[-1])


def test_weights_that_make_long_numbers_count_as_more_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bank = banded(tmp_path, "[{id: a, weight: 0.7}, {id: b, weight: 0.13}]")
    start = stands(bank, {"a": 0, "b": 0})
    needed = sum(len(question.levels) - 1 for question in bank.questions) * len(bank.questions)
    monkeypatch.setattr("readiness.plan.route._MOST_TRIED", needed)
    assert way(start, bank.bands[-1]).steps
    monkeypatch.setattr("readiness.plan.route._LONG_NUMBER", 2)
    with pytest.raises(InputError, match="has too many steps to find the ones of least effort"):
        way(start, bank.bands[-1])


def calls_of_a_route(folder: Path, parts: int) -> int:
    """Return how many functions are called to find the way of a bank of as many parts, with one question each."""
    folder.mkdir()
    questions = ", ".join(f"{{id: q{at}, values: [0, 1], domain: d{at}}}" for at in range(parts))
    domains = ", ".join(f"d{at}: 1" for at in range(parts))
    bank = bank_from(folder, json.dumps(spelled_out(f"[{questions}]", f"{{{domains}}}", BANDS)))
    start, calls = stands(bank, dict.fromkeys(bank.question_by_id, 0)), 0

    def count(_frame: FrameType, event: str, _of: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        way(start, bank.bands[1])
    finally:
        sys.setprofile(before)
    return calls


def test_twice_as_many_parts_take_about_twice_as_long(tmp_path: Path) -> None:
    assert calls_of_a_route(tmp_path / "more", 60) < 3 * calls_of_a_route(tmp_path / "few", 30)


def test_the_shipped_bank_has_a_way_from_the_bottom_to_the_top() -> None:
    bank = load_bank(QUESTIONS / DEFAULT_BANK)
    profile = {"setting": "nhs", "stage": "introducing", "employment": "paid", "culturally-specific": "no"}
    answers = {question.id: 0 for question in bank.asked(profile)}
    with pytest.raises(InputError, match="Well set up also needs to hear from Peer Workers"):
        way(stands(bank, answers, profile=profile), bank.bands[-1])
    start = standings(bank, [assessment(bank, answers, profile, role="peer-worker")])
    route = way(start, bank.bands[-1])
    assert route.after.band is not None
    assert route.after.band.id == bank.bands[-1].id
    assert route.after.overall.score is not None
    assert route.after.overall.score >= bank.bands[-1].start
