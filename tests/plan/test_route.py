"""The cheapest way to a band is proved against trying every way there is, on small banks."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readiness.bank.load import load_bank
from readiness.bank.model import Band, Bank
from readiness.errors import InputError
from readiness.plan.basis import PlanBasis
from readiness.plan.overlay import Edit, Status
from readiness.plan.route import Route, cheapest_route, target_band
from readiness.resources import DEFAULT_BANK, QUESTIONS
from readiness.scoring.model import Gate
from readiness.scoring.score import Standings, standings
from readiness.scoring.standing import Standing
from tests.conftest import assessment, bank_from
from tests.small import small_bank, spelled_out

BANDS = "[{id: low, from: 0}, {id: middle, from: 50}, {id: high, from: 75}]"


def way(start: Standings, band: Band, edits: Mapping[str, Edit] | None = None) -> Route:
    """Return the way of a team in which no role is known to differ from the others."""
    return cheapest_route(PlanBasis.of(start), band, edits or {})


def stands(bank: Bank, *respondents: Mapping[str, object], profile: Mapping[str, str] | None = None) -> Standings:
    return standings(bank, [assessment(bank, answers, profile) for answers in respondents])


def banded(folder: Path, questions: str, efforts: Mapping[str, int] | None = None, bands: str = BANDS) -> Bank:
    """Return a small bank whose actions take as many ``efforts``, and that tells a score of whatever is known."""
    data = spelled_out(questions, "{d: 1, e: 3}" if "domain: e" in questions else "{d: 1}", bands)
    data["enough"] = {"domain": 0.01, "overall": 0.01}
    data["roles"] = [{"id": "peer-worker", "label": "Peer Worker", "one": "Peer Worker", "many": "Peer Workers"}]
    for question in data["questions"]:
        for action in question["actions"]:
            action["effort"] = (efforts or {}).get(action["id"], 1)
        for name, effort in (efforts or {}).items():  # another way to the same level: a-1-too beside a-1
            if name.endswith("-too"):
                like = (action for action in question["actions"] if action["id"] == name.removesuffix("-too"))
                question["actions"] += [{**action, "id": name, "effort": effort} for action in [*like]]
    return bank_from(folder, json.dumps(data))


def every_way(start: Standings, band_id: str, done: set[str]) -> Iterator[tuple[int, Fraction]]:
    """Yield the effort and the score of every way to climb that reaches the band; what is done costs nothing."""
    order = [band.id for band in start.bank.bands]
    known = [standing for standing in start.questions if standing.known]
    ways = [range(standing.stands or 0, len(standing.question.levels)) for standing in known]
    for goals in product(*ways):
        after, effort = start, 0
        for standing, way, goal in zip(known, ways, goals, strict=True):
            question = standing.question
            if goal > way[0]:
                after = after.with_standing(standing.raised_to(goal))
                steps = question.levels[way[0] + 1 : goal + 1]
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


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


def test_a_question_gives_as_many_points_as_its_weight_has_it(tmp_path: Path) -> None:
    bank = banded(tmp_path, "[{id: a}, {id: b, weight: 3}]")
    route = way(stands(bank, {"a": 0, "b": 0}), bank.bands[-1])
    assert sum(step.gain for step in route.steps if step.question == "b") == 75
    assert sum(step.gain for step in route.steps) == route.after.overall.score


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
