"""A report's data: where each action stands, and where to start."""

import datetime as dt
import json
from pathlib import Path

import pytest

from readiness.plan.overlay import Edit, Overlay, Status
from readiness.plan.stretch import Stretch
from readiness.report.view import build_report
from readiness.team import AssessedTeam
from tests.conftest import assessment, bank_from
from tests.small import small_bank, spelled_out


@pytest.mark.parametrize(
    ("due", "horizon"),
    [
        ("2026-11-01", "now"),
        ("2027-02-22", "now"),
        ("2027-02-23", "next"),
        ("2027-05-22", "next"),
        ("2027-05-23", "later"),
        ("2029-01-01", "later"),
    ],
)
def test_an_action_stands_in_the_stretch_of_time_that_its_date_falls_into(
    tmp_path: Path, due: str, horizon: str
) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    edits = {
        "a-2": Edit(due=dt.date.fromisoformat(due)),
        "own-x": Edit(title="X", due=dt.date.fromisoformat(due), horizon=Stretch.NEXT),
    }
    overlay = Overlay.blank(bank, "Northside").model_copy(update={"actions": edits})
    made = build_report(AssessedTeam(bank, [assessment(bank, {"a": 1})], overlay), today=dt.date(2026, 11, 22))
    found = {view.id: [action.id for action in view.actions] for view in made.horizons}
    assert found == {"now": [], "room": [], "next": [], "later": [], horizon: ["a-2", "own-x"]}


@pytest.mark.parametrize(
    ("answers", "names"),
    [
        ({"a": 1, "b": 1, "c": 1, "d": 0}, None),  # it is where to start
        ({"a": 1, "b": 1, **dict.fromkeys("defg", 0)}, "“Question g”"),
        ({"a": 1, **dict.fromkeys("defgh", 0)}, "“Question g” and “Question h”"),
        (
            dict.fromkeys("abcdefghij", 0),
            "“Question d”, “Question e”, “Question f”, “Question g” and 3 more",
        ),
    ],
)
def test_what_stands_on_its_lowest_step_is_named_beside_where_to_start(
    tmp_path: Path, answers: dict[str, object], names: str | None
) -> None:
    bank = small_bank(tmp_path, f"[{', '.join(f'{{id: {name}}}' for name in answers)}]")
    made = build_report(AssessedTeam(bank, [assessment(bank, answers)]))
    assert len(made.start) == 3
    which = "questions" if names and " and " in names else "question"
    assert made.lowest == (names and f"Also look at the {which} with the lowest answer: {names}.")


def test_several_ways_to_one_step_name_each_other_and_only_one_is_where_to_start(tmp_path: Path) -> None:
    data = spelled_out("[{id: a, weight: 9}, {id: b}, {id: c}]")
    first = data["questions"][0]["actions"]
    first.append({**first[1], "id": "a-2-too", "title": "Do it otherwise"})
    bank = bank_from(tmp_path, json.dumps(data))
    made = build_report(AssessedTeam(bank, [assessment(bank, {"a": 1, "b": 1, "c": 1})]))
    facts = {action.id: action.facts for horizon in made.horizons for action in horizon.actions}
    assert "Or instead: action 2." in facts["a-2"]
    assert "Or instead: action 1." in facts["a-2-too"]
    assert "instead" not in facts["b-2"]
    assert [action.id for action in made.start] == ["a-2", "b-2", "c-2"]


@pytest.mark.parametrize("edit", [Edit(dropped="Not ours"), Edit(status=Status.DONE)])
def test_what_a_team_has_seen_to_is_not_pointed_at(tmp_path: Path, edit: Edit) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}, {id: c}, {id: d}, {id: e}]")
    overlay = Overlay.blank(bank, "Northside").model_copy(update={"actions": {"d-1": edit}})
    made = build_report(AssessedTeam(bank, [assessment(bank, dict.fromkeys("abcde", 0))], overlay))
    assert made.lowest == "Also look at the question with the lowest answer: “Question e”."


@pytest.mark.parametrize(
    ("answers", "first"),
    [
        ({"a": 0, "b": 1, "g": 3}, "What is lowest comes first."),
        ({"a": 0, "b": 1, "g": 1}, "Key parts below the level that they need come first, and then what is lowest."),
        ({"a": "unknown", "b": 1, "g": "unknown"}, "Finding out comes first, as too little is known for a result."),
    ],
)
def test_why_the_first_come_first_is_told_by_what_tells_them_apart(
    tmp_path: Path, answers: dict[str, object], first: str
) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}, {id: g, minimum: 2}]")
    assert build_report(AssessedTeam(bank, [assessment(bank, answers)])).sentences.first == first
