"""The file of a plan: what is kept in it, and what is wrong with one that cannot be read."""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from readiness.assessment.model import Team
from readiness.assessment.reading import read_assessments
from readiness.errors import Command, InputError
from readiness.plan.edits_file import read_overlay
from readiness.plan.files import NumbersKept, PlanFile, keep_numbers
from readiness.plan.overlay import Edit, Overlay
from readiness.plan.sheets import SENT_SHEET
from readiness.resources import QUESTIONS
from tests.conftest import assessment
from tests.small import small_bank

RIGHT = "Name the right file with --plan. If the team was renamed: readiness plan rename FILE"


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
    assert read_overlay(path, bank, Team(name="Northside")) == Overlay.blank(bank, "Northside")
    with PlanFile(path) as file:
        saved = file.save(Overlay.blank(bank, "Northside").with_edit("a-1", Edit(owner="Sam")))
    assert read_overlay(path, bank, Team(name="Northside")) == saved
    assert saved.revision == 1


def test_what_could_not_be_read_again_is_never_saved(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    path = tmp_path / "a.plan.json"
    broken = Overlay.blank(bank, "Northside").model_copy(update={"team": ""})
    with PlanFile(path) as file, pytest.raises(ValueError, match="team"):
        file.save(broken)
    assert not path.exists()


def test_a_plan_that_a_person_writes_by_hand_is_not_opened_to_be_saved(tmp_path: Path) -> None:
    path = tmp_path / "hand.yaml"
    path.write_text("# Ask Priya first", "utf-8")
    with pytest.raises(InputError, match=r"hand\.yaml: This file is written by hand"), PlanFile(path):
        pass


def test_two_people_can_not_edit_a_plan_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.plan.json"
    with PlanFile(path), pytest.raises(InputError, match="Somebody else is working on this plan"), PlanFile(path):
        pass


def test_all_that_is_wrong_with_a_plan_is_said_with_its_place(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b, domain: e}]", domains="{d: 1, e: 1}")
    path = tmp_path / "a.plan.json"
    data = {
        "schema": 1,
        "bank": {"id": "other"},
        "team": "Southside",
        "actions": {
            "a-1": {"owner": "Sam"},
            "own-x": {"owner": "Sam"},
            "own-y": {"title": "Y", "domain": "z"},
            "own-z": {"title": "Z"},
        },
    }
    path.write_text(json.dumps(data, indent=1))
    with pytest.raises(InputError) as refused:
        read_overlay(path, bank, Team(name="Northside"))
    assert [str(problem).removeprefix(f"{path}:") for problem in refused.value.problems] == [
        '4:3: This plan is made from the question bank "other", not "small". Name the right bank with --bank.',
        f"6:2: This plan is about Southside, and the answers are about Northside. {RIGHT}",
        '11:3: The action "own-x" does not say what to do. Give it a title.',
        '16:4: There is no part "z". Use one of: d, e.',
    ]


def test_a_plan_that_is_no_text_is_said_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "a.plan.json"
    path.write_bytes(b'{"schema": 1, "team": "\xff"}')
    with pytest.raises(InputError) as refused:
        read_overlay(path, small_bank(tmp_path, "[{id: a}]"), Team(name="N"))
    assert str(refused.value).startswith(f"{path}:")


def test_what_does_not_fit_is_said_with_what_can_not_be_read_in_the_order_of_the_file(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    path = tmp_path / "a.plan.json"
    path.write_text(
        '{"schema": 1, "bank": {"id": "other"}, "team": 3,\n'
        '"actions": {"own-x": {"due": "soon", "domain": "z"}, "own-y": "nothing"}}'
    )
    with pytest.raises(InputError) as refused:
        read_overlay(path, bank, Team(name="Northside"))
    assert [str(problem).removeprefix(f"{path}:").partition(": ")[0] for problem in refused.value.problems] == [
        "1:24",  # another bank
        "1:40",  # no name
        "2:13",  # no title
        "2:23",  # no date
        "2:38",  # no such part
        "2:54",  # no edit
    ]
    path.write_text("[]")
    with pytest.raises(InputError, match="must have named fields"):
        read_overlay(path, bank, Team(name="Northside"))


def test_of_many_and_long_mistakes_the_start_is_told(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    path = tmp_path / "a.plan.json"
    own = {f"own-{'x' * 500}-{at}": {"domain": "z" * 500} for at in range(300)}
    path.write_text(json.dumps({"schema": 1, "bank": {"id": "b" * 500}, "team": "N" * 500, "actions": own}))
    with pytest.raises(InputError) as refused:
        read_overlay(path, bank, Team(name="N"))
    told = [str(problem).removeprefix(str(path)) for problem in refused.value.problems]
    assert len(told) == 402
    assert "There are 402 more problems. Fix these first." in told, "of what does not fit"
    assert max(map(len, told)) < 250
    path.write_text(
        json.dumps(
            {"schema": 1, "bank": {"id": "small"}, "team": "N", "actions": {f"own-{at}": {} for at in range(300)}}
        )
    )
    with pytest.raises(InputError, match="There are 100 more problems"):
        read_overlay(path, bank, Team(name="N"))


def test_a_field_that_is_not_known_is_refused_with_its_place(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    path = tmp_path / "a.plan.json"
    path.write_text('{"schema": 1, "bank": {"id": "small"}, "team": "N",\n"actions": {"a-1": {"ownr": "Sam"}}}')
    with pytest.raises(InputError, match=r"a\.plan\.json:2:21: actions\.a-1\.ownr is not a field that is known here"):
        read_overlay(path, bank, Team(name="N"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("responses: {a: 1}", "a file of answers"),
        ('{"explanation": 1, "horizons": 1, "sentences": 1}', "a report"),
        ("<!doctype html>", "a web page"),
        ("%PDF-1.7", "a PDF"),
    ],
)
def test_a_file_of_another_kind_is_said_to_be_it(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "other"
    path.write_text(text)
    with pytest.raises(InputError) as error:
        read_overlay(path, small_bank(tmp_path, "[{id: a}]"), Team(name="N"))
    todo = "Name with --plan the file that holds them: it ends in .plan.json."
    assert str(error.value) == f"{path}: This is {told}, and not your edits of a plan. {todo}"


def test_a_table_in_the_place_of_edits_is_known_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text("Id,Who")
    with pytest.raises(InputError, match=r"plan\.csv: This is a table, and not your edits of a plan"):
        read_overlay(tmp_path / "plan.csv", small_bank(tmp_path, "[{id: a}]"), Team(name="N"))


def test_a_workbook_of_the_plan_in_the_place_of_edits_is_to_be_brought_back(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet(SENT_SHEET)
    book.save(tmp_path / "plan.xlsx")
    with pytest.raises(InputError, match=r"a workbook of the plan, and not your edits of a plan\. Bring it back"):
        read_overlay(tmp_path / "plan.xlsx", small_bank(tmp_path, "[{id: a}]"), Team(name="N"))


def test_a_plan_of_another_team_names_the_command_that_takes_it_over(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    path = tmp_path / "a.plan.json"
    path.write_text(Overlay.blank(bank, "Southside").to_json(), "utf-8")
    with pytest.raises(InputError) as error:
        read_overlay(path, bank, Team(name="Northside"))
    [problem] = error.value.problems
    assert problem.command == Command("plan rename")
    assert problem.about(["b.json"]).command == Command("plan rename", ("b.json",))


def test_numbers_are_kept_where_the_edits_are_unless_somebody_has_edited_them_since(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    edits = Overlay.blank(bank, "N").with_edit("a-1", Edit(owner="Ann"))
    numbered = edits.with_numbers(["a-1"])
    path = tmp_path / "n.plan.json"
    path.write_text(edits.to_json(), "utf-8")
    sams = edits.with_edit("a-1", Edit(owner="Sam"))
    assert keep_numbers(path, bank, sams, numbered) is NumbersKept.REFUSED
    assert read_overlay(path, bank, Team(name="N")) == edits
    assert keep_numbers(path, bank, edits, numbered) is NumbersKept.SAVED
    kept = read_overlay(path, bank, Team(name="N"))
    assert (kept.numbers, kept.actions, kept.revision) == ({"a-1": 1}, edits.actions, 1)
    assert keep_numbers(path, bank, kept, kept) is NumbersKept.NOTHING_TO_SAVE
    assert read_overlay(path, bank, Team(name="N")) == kept


def test_numbers_are_kept_in_a_new_file_though_nobody_edited_the_plan(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    blank, path = Overlay.blank(bank, "N"), tmp_path / "n.plan.json"
    assert keep_numbers(path, bank, blank, blank.with_numbers(["a-1"])) is NumbersKept.SAVED
    kept = read_overlay(path, bank, Team(name="N"))
    assert (kept.numbers, kept.actions) == ({"a-1": 1}, {})
    assert kept.id is not None
    assert keep_numbers(path, bank, kept, kept.with_numbers(["a-1"])) is NumbersKept.NOTHING_TO_SAVE


def test_numbers_that_can_not_be_written_now_are_left(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    blank, path = Overlay.blank(bank, "N"), tmp_path / f"{'n' * 245}.plan.json"  # with more to its name, it is too long
    assert keep_numbers(path, bank, blank, blank.with_numbers(["a-1"])) is NumbersKept.REFUSED
    assert not path.exists()


def test_numbers_are_not_kept_in_a_folder_that_can_not_be_written_nor_beside_what_is_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    blank = Overlay.blank(bank, "N")
    numbered = blank.with_numbers(["a-1"])
    shipped = QUESTIONS / "peer-workers" / "examples" / "n.plan.json"
    assert keep_numbers(shipped, bank, blank, numbered) is NumbersKept.NOTHING_TO_SAVE
    nowhere = tmp_path / "nowhere" / "n.plan.json"
    assert keep_numbers(nowhere, bank, blank, numbered) is NumbersKept.REFUSED
    monkeypatch.setattr("os.access", lambda _path, _mode: False)
    assert keep_numbers(tmp_path / "n.plan.json", bank, blank, numbered) is NumbersKept.REFUSED
    assert not shipped.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["bank.yaml"]


def test_numbers_are_not_kept_in_what_a_person_writes_by_hand_nor_where_there_is_no_place(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    edits = Overlay.blank(bank, "N").with_edit("a-1", Edit(owner="Ann"))
    path = tmp_path / "plan.yaml"
    path.write_text(edits.to_json(), "utf-8")
    for place in (path, None):
        kept = keep_numbers(place, bank, edits, edits.with_numbers(["a-1"]))
        assert kept is NumbersKept.NOTHING_TO_SAVE
    assert path.read_text("utf-8") == edits.to_json()
