import json
from pathlib import Path

import pytest

from readiness.assessment.reading import read_assessments
from readiness.errors import InputError
from readiness.plan.files import PlanFile, plan_path, read_overlay
from readiness.plan.overlay import Edit, Overlay
from tests.conftest import assessment
from tests.small import small_bank

PLACE = Path("answers")
RIGHT = "Name the right file with --plan, or correct the name."


@pytest.mark.parametrize(
    ("paths", "plan"),
    [
        (["a.json"], "a.plan.json"),
        (["x/a.yaml"], "x/a.plan.json"),
        (["answers"], "answers/north-side-plus.plan.json"),
        (["x/a.json", "x/b.json"], "x/north-side-plus.plan.json"),
        (["x/a.json", "y/b.json"], None),
        (["-"], None),
    ],
)
def test_a_plan_stands_beside_the_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paths: list[str], plan: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    PLACE.mkdir()
    assert plan_path([Path(path) for path in paths], "North_side PLUS!") == (Path(plan) if plan else None)


def test_a_team_whose_name_has_no_letters_still_has_a_file(tmp_path: Path) -> None:
    assert plan_path([tmp_path], "!!!") == tmp_path / "team.plan.json"


def test_a_folder_of_answers_may_hold_its_plan(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    folder = tmp_path / "answers"
    folder.mkdir()
    (folder / "one.json").write_text(assessment(bank, {"a": 1}).to_json())
    with PlanFile(folder / "northside.plan.json") as file:
        file.save(Overlay.blank(bank, "Northside"))
    assert len(read_assessments([folder], bank).assessments) == 1


def test_edits_are_saved_and_read_back_and_counted(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    path = tmp_path / "a.plan.json"
    assert read_overlay(path, bank, "Northside") == Overlay.blank(bank, "Northside")
    with PlanFile(path) as file:
        saved = file.save(Overlay.blank(bank, "Northside").with_edit("a-1", Edit(owner="Sam")))
    assert read_overlay(path, bank, "Northside") == saved
    assert saved.revision == 1


def test_what_could_not_be_read_again_is_never_saved(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    path = tmp_path / "a.plan.json"
    broken = Overlay.blank(bank, "Northside").model_copy(update={"team": ""})
    with PlanFile(path) as file, pytest.raises(ValueError, match="team"):
        file.save(broken)
    assert not path.exists()


def test_two_people_can_not_edit_a_plan_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.plan.json"
    with PlanFile(path), pytest.raises(InputError, match="Somebody else is working on this plan"), PlanFile(path):
        pass


def test_all_that_is_wrong_with_a_plan_is_said_with_its_place(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    path = tmp_path / "a.plan.json"
    data = {
        "schema": 1,
        "bank": {"id": "other"},
        "team": "Southside",
        "actions": {"own-x": {"owner": "Sam"}, "own-y": {"title": "Y", "domain": "z"}, "own-z": {"title": "Z"}},
    }
    path.write_text(json.dumps(data, indent=1))
    with pytest.raises(InputError) as refused:
        read_overlay(path, bank, "Northside")
    assert [str(problem).removeprefix(f"{path}:") for problem in refused.value.problems] == [
        '4:3: This plan is made from the question bank "other", not "small". Name the right bank with --bank.',
        f"6:2: This plan is about Southside, and the answers are about Northside. {RIGHT}",
        '8:3: The action "own-x" does not say what to do. Give it a title.',
        '11:3: There is no part "z". Use one of: d.',
    ]


def test_a_field_that_is_not_known_is_refused_with_its_place(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    path = tmp_path / "a.plan.json"
    path.write_text('{"schema": 1, "bank": {"id": "small"}, "team": "N",\n"actions": {"a-1": {"ownr": "Sam"}}}')
    with pytest.raises(InputError, match=r"a\.plan\.json:2:21: actions\.a-1\.ownr is not a field that is known here"):
        read_overlay(path, bank, "N")
