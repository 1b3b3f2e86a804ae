"""``readiness plan``: shown and written, and what is wrong usage."""

import csv
import io
import json
import os
from pathlib import Path
from shutil import copy

import pytest
from openpyxl import load_workbook

from tests.cli.plans import FIRST, columns, keep
from tests.program import check_golden, run


@pytest.mark.parametrize("words", [("plan", "n.yaml"), ("plan", "show", "n.yaml")])
def test_the_plan_is_shown(folder: Path, words: tuple[str, ...]) -> None:
    done = run(*words, cwd=folder, code=0)
    check_golden("plan-northside-cmht.txt", done.stdout)
    assert done.stderr == ""


def test_the_plan_is_shown_as_json(folder: Path) -> None:
    keep(
        folder,
        managers_at_all_levels_planned_next_level={"owner": "Ann"},
        pay_parity_x={"owner": "Sam", "before": {"title": "Old"}},
    )
    plan = json.loads(run("plan", "n.yaml", "--format", "json", cwd=folder, code=0).stdout)
    assert plan["team"]["name"] == "Northside Community Mental Health Team"
    assert plan["actions"][0]["assigned"] == "Ann"
    assert [action["mark"] for action in plan["past"]] == ["gone"]


def test_edits_are_shown_and_said_in_the_report(folder: Path) -> None:
    keep(
        folder,
        managers_at_all_levels_planned_next_level={"owner": "Ann Obi", "due": "2027-01-31"},
        personal_boundaries_planned_custom={"dropped": "Ours already"},
    )
    shown = run("plan", "n.yaml", cwd=folder, code=0).stdout
    assert "Ann Obi" in shown
    assert "Ours already" in shown
    text = run("report", "n.yaml", "-o", "-", "--format", "md", cwd=folder, code=0).stdout
    assert "Who and when: **Ann Obi**. By 31 January 2027." in text
    assert "Why: Ours already" in text


def test_what_is_late_is_said_in_words_in_the_plan_and_in_the_report_as_of_its_own_date(folder: Path) -> None:
    keep(
        folder,
        managers_at_all_levels_planned_next_level={"due": "2026-10-01"},
        personal_boundaries_planned_custom={"due": "2026-10-20", "status": "done"},
    )
    shown = run("plan", "n.yaml", cwd=folder, code=0).stdout
    assert "Late: action 1." in shown
    assert "was due on" in shown
    text = run("report", "n.yaml", "-o", "-", "--format", "md", cwd=folder, code=0).stdout
    assert "Was due on 1 October 2026." in text
    assert "On 14 October 2026, 1 is late." in text
    assert "By 20 October 2026." in text
    keep(folder, managers_at_all_levels_planned_next_level={"due": "2026-12-01"})
    as_of = ("report", "n.yaml", "-o", "-", "--format", "md", "--today")
    due = run(*as_of, "2026-12-01", cwd=folder, code=0).stdout
    assert "By 1 December 2026." in due
    assert "On 1 December 2026, none is late." in due
    assert "Was due on 1 December 2026." in run(*as_of, "2026-12-02", cwd=folder, code=0).stdout
    shown = run("plan", "n.yaml", "--today", "2/12/2026", cwd=folder, code=0).stdout
    assert "Late: action 1." in shown


def test_help_of_the_plan_names_its_options(folder: Path) -> None:
    shown = run("plan", "--help", cwd=folder, code=0).stdout
    for option in ("--to", "--what-if", "-o", "--from", "--columns", "--format", "--prefer"):
        assert option in shown
    assert "8=4" in shown


def test_what_is_written_is_what_the_name_says(folder: Path) -> None:
    keep(folder, managers_at_all_levels_planned_next_level={"owner": "Ann", "due": "2027-01-31"})
    for name in ("plan.xlsx", "plan.csv", "plan.ics", "plan.json"):
        as_of = ("--today", "2026-10-14") if name in ("plan.xlsx", "plan.csv") else ()
        done = run("plan", "n.yaml", "-o", name, *as_of, cwd=folder, code=0)
        assert done.stderr.splitlines()[0] == f"Saved as {name}."
        assert ("-m readiness plan n.yaml --from plan.xlsx" in done.stderr) is (name == "plan.xlsx")
        assert done.stdout == ""
    sheet = load_workbook(folder / "plan.xlsx")["Action plan"]
    whose = {row[columns(sheet)["Id"] - 1].value: row[columns(sheet)["Who"] - 1].value for row in sheet.iter_rows(4)}
    assert whose[FIRST] == "Ann"
    assert b"DTSTART;VALUE=DATE:20270131" in (folder / "plan.ics").read_bytes()
    assert json.loads((folder / "plan.json").read_text("utf-8"))["actions"][0]["assigned"] == "Ann"
    rows = {row["Id"]: row for row in csv.DictReader(io.StringIO((folder / "plan.csv").read_text("utf-8-sig")))}
    assert (rows[FIRST]["Who"], rows[FIRST]["When"]) == ("Ann", "Next")
    assert [*dict.fromkeys(row["When"] for row in rows.values())] == ["Now", "When you have room", "Next", "Later"]


def test_an_option_that_could_have_no_effect_is_wrong_usage(folder: Path) -> None:
    for words, told in (
        (("-o", "plan"), "plan: end the name in one of: xlsx, csv, ics, pdf, html, docx, md, json"),
        (("--to", "next", "-o", "route.xlsx"), "route.xlsx: what --to and --what-if find is written as .pdf"),
        (
            ("--what-if", "language=4", "-o", "route.csv"),
            "route.csv: what --to and --what-if find is written as .pdf",
        ),
        (("-o", "plan.ics", "--columns", "jira"), "--columns is for a .csv file, not for plan.ics"),
        (("--columns", "table"), "--columns is for a .csv file: name one with -o"),
        (("--yes",), "--yes belongs to --from"),
        (("--today", "soon"), '--today: "soon" is not understood. Write a date, such as 31/01/2027.'),
        (("--today", "2027-01-31", "-o", "plan.ics"), "--today is for the plan where it says what is late"),
        (("--today", "2027-01-31", "--to", "next"), "--today is for the plan where it says what is late"),
        (("-o", "plan.xlsx", "--format", "json"), "--format is for what is printed: the ending of plan.xlsx says"),
    ):
        done = run("plan", "n.yaml", *words, cwd=folder, code=2)
        assert told in done.stderr
    assert [path.name for path in folder.iterdir()] == ["n.yaml"]


def test_nothing_takes_the_place_of_what_it_is_made_from_even_with_force(folder: Path) -> None:
    keep(folder, managers_at_all_levels_planned_next_level={"owner": "Ann"})
    copy(folder / "n.yaml", folder / "n.json")
    (folder / "same.json").hardlink_to(folder / "n.yaml")
    kept = {path.name: path.read_bytes() for path in folder.iterdir()}
    for words, told in (
        (("report", "n.yaml", "-o", "n.yaml", "--format", "json"), "This is a file of answers"),
        (("report", "n.yaml", "-o", "../{here}/n.yaml", "--format", "json"), "This is a file of answers"),
        (("report", "n.yaml", "-o", "same.json"), "This is a file of answers"),
        (("plan", "n.yaml", "-o", "n.plan.json"), "are kept for your edits of a plan"),
        (("plan", "n.yaml", "-o", "new.plan.json"), "are kept for your edits of a plan"),
    ):
        named = [word.format(here=folder.name) for word in words]
        assert told in run(*named, "--force", cwd=folder, code=1).stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == kept


def test_a_device_a_pipe_and_a_folder_are_never_replaced_and_a_symlink_is_not_followed(folder: Path) -> None:
    os.mkfifo(folder / "pipe.json")
    (folder / "folder.json").mkdir()
    for name in ("pipe.json", "folder.json"):
        done = run("plan", "n.yaml", "-o", name, "--force", cwd=folder, code=1)
        assert f"{name}: This is no ordinary file, and was not touched." in done.stderr
    assert (folder / "pipe.json").is_fifo()
    (folder / "mine.txt").write_text("mine", "utf-8")
    (folder / "link.json").symlink_to(folder / "mine.txt")
    run("plan", "n.yaml", "-o", "link.json", "--force", cwd=folder, code=0)
    assert (folder / "mine.txt").read_text("utf-8") == "mine"
    assert not (folder / "link.json").is_symlink()


def test_columns_are_those_of_a_board(folder: Path) -> None:
    run("plan", "n.yaml", "-o", "tasks.csv", "--columns", "jira", cwd=folder, code=0)
    assert (folder / "tasks.csv").read_text("utf-8-sig").startswith("Summary,Issue Type,")
    done = run("plan", "n.yaml", "-o", "t.csv", "--columns", "asana", cwd=folder, code=2)
    assert "--columns takes one of: table, jira, trello, planner" in done.stderr


def test_a_minus_writes_json_to_standard_output(folder: Path) -> None:
    done = run("plan", "n.yaml", "-o", "-", cwd=folder, code=0)
    assert json.loads(done.stdout)["schema"] == 1


def test_a_file_that_is_there_is_not_touched_without_force(folder: Path) -> None:
    (folder / "plan.csv").write_text("mine", "utf-8")
    run("plan", "n.yaml", "-o", "plan.csv", cwd=folder, code=1)
    assert (folder / "plan.csv").read_text("utf-8") == "mine"
    run("plan", "n.yaml", "-o", "plan.csv", "--force", cwd=folder, code=0)


def test_an_ending_that_is_none_of_ours_is_wrong_usage(folder: Path) -> None:
    done = run("plan", "n.yaml", "-o", "plan.doc", cwd=folder, code=2)
    assert "end the name in one of: xlsx, csv, ics, pdf, html, docx, md, json" in done.stderr
