"""``readiness plan``: shown, written, edited in three ways, and what would change it."""

import csv
import io
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from filelock import FileLock
from openpyxl import load_workbook

from tests.program import EXAMPLES, Terminal, check_golden, run

FIRST, SECOND, THIRD = "language-test", "clinical-response-planned-page", "culture-challenge-route"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the answers of Northside in it."""
    copy(EXAMPLES / "northside-cmht.yaml", tmp_path / "n.yaml")
    return tmp_path


def edits(folder: Path) -> Mapping[str, Any]:
    """Return the edits that are kept, without what the actions said then."""
    kept = json.loads((folder / "n.plan.json").read_text("utf-8"))["actions"]
    return {name: {key: value for key, value in edit.items() if key != "before"} for name, edit in kept.items()}


def keep(folder: Path, **actions: Mapping[str, object]) -> None:
    """Write the file with the edits by hand."""
    data = {"schema": 1, "bank": {"id": "peer-workers"}, "team": "Northside Community Mental Health Team"}
    named = {name.replace("_", "-"): edit for name, edit in actions.items()}
    (folder / "n.plan.json").write_text(json.dumps({**data, "actions": named}), "utf-8")


@pytest.mark.parametrize("words", [("plan", "n.yaml"), ("plan", "show", "n.yaml")])
def test_the_plan_is_shown(folder: Path, words: tuple[str, ...]) -> None:
    done = run(*words, cwd=folder, code=0)
    check_golden("plan-northside-cmht.txt", done.stdout)
    assert done.stderr == ""


def test_the_plan_is_shown_as_json(folder: Path) -> None:
    keep(folder, language_test={"owner": "Ann"}, pay_parity_x={"owner": "Sam", "before": {"title": "Old"}})
    plan = json.loads(run("plan", "n.yaml", "--format", "json", cwd=folder, code=0).stdout)
    assert plan["team"]["name"] == "Northside Community Mental Health Team"
    assert plan["actions"][0]["assigned"] == "Ann"
    assert [action["mark"] for action in plan["past"]] == ["gone"]


def test_edits_are_shown_and_said_in_the_report(folder: Path) -> None:
    keep(
        folder,
        language_test={"owner": "Ann Obi", "due": "2027-01-31"},
        culture_challenge_route={"dropped": "Ours already"},
    )
    shown = run("plan", "n.yaml", cwd=folder, code=0).stdout
    assert "Ann Obi" in shown
    assert "Ours already" in shown
    text = run("report", "n.yaml", "-o", "-", "--format", "md", cwd=folder, code=0).stdout
    assert "Owner: Ann Obi. By 31 January 2027." in text
    assert "Why: Ours already" in text


def test_three_ways_of_editing_give_the_same(folder: Path) -> None:
    typed = ["1,2", "1", "Ann Obi", "", "1", "2", "31/01/2027", "", "2", "3", "3", "5", "In our words", "10", "3", ""]
    typed += ["3", "9", "Ours already", "", "new", "Book a room", "1", "Sam", "10", "1", "11", "Being open to change"]
    typed.append("q")
    run("plan", "edit", "n.yaml", cwd=folder, typed="\n".join(typed) + "\n", code=0)
    by_prompts = edits(folder)
    (folder / "n.plan.json").unlink()

    run("plan", "n.yaml", "-o", "plan.xlsx", cwd=folder, code=0)
    book = load_workbook(folder / "plan.xlsx")
    sheet = book["Action plan"]
    rows = {sheet.cell(row, columns(sheet)["Id"]).value: row for row in range(4, 60)}
    free = next(row for row in range(4, 60) if not sheet[f"B{row}"].value)
    for row, heading, value in (
        (rows[FIRST], "Who", "Ann Obi"),
        (rows[SECOND], "Who", "Ann Obi"),
        (rows[FIRST], "By when", "31/01/2027"),
        (rows[SECOND], "Status", "Stuck"),
        (rows[SECOND], "What to do", "In our words"),
        (rows[THIRD], "Taken out because", "Ours already"),
        (rows[SECOND], "Effort", "months, money or a change of policy"),
        (free, "What to do", "Book a room"),
        (free, "Who", "Sam"),
        (free, "When", "Next"),
        (free, "Effort", "a meeting or a page"),
        (free, "Part", "Being open to change"),
    ):
        sheet.cell(row, columns(sheet)[heading]).value = value
    book.save(folder / "plan.xlsx")
    run("plan", "n.yaml", "--from", "plan.xlsx", "--yes", cwd=folder, code=0)
    by_workbook = {name if name in by_prompts else "own-book-a-room": edit for name, edit in edits(folder).items()}

    keep(
        folder,
        language_test={"owner": "Ann Obi", "due": "2027-01-31"},
        clinical_response_planned_page={"owner": "Ann Obi", "status": "stuck", "title": "In our words", "effort": 3},
        culture_challenge_route={"dropped": "Ours already"},
        own_book_a_room={"title": "Book a room", "owner": "Sam", "horizon": "next", "effort": 1, "domain": "culture"},
    )
    assert by_prompts == by_workbook == edits(folder)


def columns(sheet: Any) -> Mapping[str, int]:
    """Return where each column of the plan's sheet stands, by its heading."""
    return {cell.value: cell.column for cell in sheet[3]}


def changed(folder: Path, **cells: str) -> None:
    """Write the plan as a workbook, and change cells of its first row of actions: each named by its heading."""
    run("plan", "n.yaml", "-o", "plan.xlsx", "--force", cwd=folder, code=0)
    book = load_workbook(folder / "plan.xlsx")
    sheet = book["Action plan"]
    for heading, value in cells.items():
        sheet.cell(4, columns(sheet)[heading]).value = value
    book.save(folder / "plan.xlsx")


def test_a_changed_row_is_shown_before_it_is_taken(folder: Path) -> None:
    changed(folder, Who="Ann", Comments="Began in May")
    refused = run("plan", "n.yaml", "--from", "plan.xlsx", cwd=folder, code=1)
    assert "“" not in refused.stdout
    assert '1. Test the title with people you want to reach\n- "Who" is now: Ann\n' in refused.stderr
    assert "run it again with --yes" in refused.stderr
    assert not (folder / "n.plan.json").exists()
    taken = run("plan", "n.yaml", "--from", "plan.xlsx", "--yes", cwd=folder, code=0)
    assert "Taken over, and saved in n.plan.json." in taken.stderr
    assert edits(folder) == {FIRST: {"owner": "Ann", "comments": ["Began in May"]}}
    again = run("plan", "n.yaml", "--from", "plan.xlsx", cwd=folder, code=0)
    assert (
        "There is nothing new in the workbook: nothing was changed in it, or it was taken over already." in again.stderr
    )


@pytest.mark.parametrize(("key", "kept"), [("y", [FIRST]), ("n", [])])
def test_a_person_at_a_terminal_is_asked(folder: Path, key: str, kept: list[str]) -> None:
    changed(folder, Who="Ann")
    with Terminal("plan", "n.yaml", "--from", "plan.xlsx", cwd=folder) as terminal:
        terminal.wait_for("Take these over?")
        terminal.type(key)
        assert terminal.end() == 0
    assert [*(edits(folder) if (folder / "n.plan.json").exists() else ())] == kept


def test_ctrl_c_at_the_question_takes_nothing_and_says_so(folder: Path) -> None:
    changed(folder, Who="Ann")
    with Terminal("plan", "n.yaml", "--from", "plan.xlsx", cwd=folder) as terminal:
        terminal.wait_for("Take these over?")
        terminal.interrupt("\x03")
        assert terminal.end() == 130
        assert "Stopped. Nothing was taken over." in terminal.output
    assert not (folder / "n.plan.json").exists()


def test_a_conflict_is_named_and_nothing_is_taken(folder: Path) -> None:
    changed(folder, Who="Ann", Comments="Began in May")
    keep(folder, language_test={"owner": "Sam"})
    before = (folder / "n.plan.json").read_bytes()
    done = run("plan", "n.yaml", "--from", "plan.xlsx", "--yes", cwd=folder, code=1)
    assert '"Who" was changed here to "Sam" and in the workbook to "Ann"' in done.stderr
    assert "For all at once: --prefer workbook, or --prefer plan." in done.stderr
    assert (folder / "n.plan.json").read_bytes() == before


@pytest.mark.parametrize(
    ("prefer", "owner", "told"),
    [("workbook", "Ann", "the workbook's is taken"), ("plan", "Sam", "the plan's is kept")],
)
def test_whose_values_are_kept_can_be_said_beforehand(folder: Path, prefer: str, owner: str, told: str) -> None:
    changed(folder, Who="Ann", Comments="Began in May")
    keep(folder, language_test={"owner": "Sam"})
    done = run("plan", "n.yaml", "--from", "plan.xlsx", "--yes", "--prefer", prefer, cwd=folder, code=0)
    assert told in done.stderr
    assert edits(folder) == {FIRST: {"owner": owner, "comments": ["Began in May"]}}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (("x", "1", "2", "y"), {"owner": "Sam", "status": "doing", "comments": ["Began in May"]}),
        (("2", "1", "y"), {"owner": "Ann", "status": "stuck", "comments": ["Began in May"]}),
        (("2", "q"), {"owner": "Sam", "status": "stuck"}),
    ],
)
def test_at_a_terminal_each_conflict_is_asked_and_stopping_takes_nothing(
    folder: Path, typed: tuple[str, ...], kept: dict[str, object]
) -> None:
    changed(folder, Who="Ann", Status="Doing", Comments="Began in May")
    keep(folder, language_test={"owner": "Sam", "status": "stuck"})
    with Terminal("plan", "n.yaml", "--from", "plan.xlsx", cwd=folder) as terminal:
        terminal.wait_for("2. In the workbook: Ann")
        for line in typed:
            terminal.type(line)
        assert terminal.end() == 0
    assert edits(folder) == {FIRST: kept}


def test_done_in_a_workbook_says_what_changes_the_score(folder: Path) -> None:
    changed(folder, Status="Done")
    done = run("plan", "n.yaml", "--from", "plan.xlsx", "--yes", cwd=folder, code=0)
    assert "The score changes only when question 20 is answered again" in done.stderr


def test_a_plan_file_in_the_place_of_answers_says_which_answers_it_belongs_to(folder: Path) -> None:
    keep(folder, language_test={"owner": "Ann"})
    copy(folder / "n.plan.json", folder / "kept.plan.json")
    copy(folder / "n.plan.json", folder / "mine.json")
    for name in ("n.plan.json", "kept.plan.json", "mine.json"):
        for words in (("score", name), ("plan", name), ("report", name, "-o", "r.html")):
            done = run(*words, cwd=folder, code=1)
            assert "This is a plan file with the changes that a person made, and no answers." in done.stderr
            assert "Name its answers: n.yaml." in done.stderr


def test_what_is_late_is_said_in_words_in_the_plan_and_in_the_report_as_of_its_own_date(folder: Path) -> None:
    keep(folder, language_test={"due": "2026-10-01"}, culture_challenge_route={"due": "2026-10-20", "status": "done"})
    shown = run("plan", "n.yaml", cwd=folder, code=0).stdout
    assert "Late: action 1." in shown
    assert "was due on" in shown
    text = run("report", "n.yaml", "-o", "-", "--format", "md", cwd=folder, code=0).stdout
    assert "Was due on 1 October 2026." in text
    assert "On 14 October 2026, 1 is late." in text
    assert "By 20 October 2026." in text
    keep(folder, language_test={"due": "2026-12-01"})
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


def test_a_question_is_named_by_its_number_and_what_was_understood_is_said(folder: Path) -> None:
    shown = run("plan", "n.yaml", "--what-if", "20=4", cwd=folder, code=0).stdout
    assert "Question 20, Words that fit the people you serve: from “One person has asked" in shown
    by_id = json.loads(run("plan", "n.yaml", "--what-if", "language=3", "--format", "json", cwd=folder, code=0).stdout)
    by_number = json.loads(run("plan", "n.yaml", "--what-if", "20=4", "--format", "json", cwd=folder, code=0).stdout)
    assert by_id == by_number
    assert [answer["question_number"] for answer in by_id["answers"]] == [20]
    same = run("plan", "n.yaml", "--what-if", "20=2", cwd=folder, code=0).stdout
    assert "nothing changes" in same


def test_what_is_done_on_the_way_to_a_band_is_not_to_be_done_again(folder: Path) -> None:
    before = json.loads(run("plan", "n.yaml", "--to", "next", "--format", "json", cwd=folder, code=0).stdout)
    keep(folder, language_test={"status": "done"})
    shown = run("plan", "n.yaml", "--to", "next", cwd=folder, code=0).stdout
    to_do, _, done = shown.partition("Already done on the way")
    assert "Test the title" not in to_do
    assert "- 1. Test the title with people you want to reach. Question 20: Words that fit" in done
    assert "question 20 is answered again, by hand in n.yaml." in " ".join(done.split())
    after = json.loads(run("plan", "n.yaml", "--to", "next", "--format", "json", cwd=folder, code=0).stdout)
    assert after["before"] == before["before"]
    assert after["effort"] < before["effort"]
    plan = run("plan", "n.yaml", cwd=folder, code=0).stdout
    assert "The score changes only when question 20 is" in " ".join(plan.split())


def test_a_team_whose_name_has_odd_spaces_brings_its_workbook_back(folder: Path) -> None:
    text = (folder / "n.yaml").read_text("utf-8")
    (folder / "n.yaml").write_text(
        text.replace("name: Northside Community Mental Health Team", 'name: "Northside  Team "'), "utf-8"
    )
    changed(folder, Who="Ann")
    run("plan", "n.yaml", "--from", "plan.xlsx", "--yes", cwd=folder, code=0)
    assert edits(folder) == {FIRST: {"owner": "Ann"}}


def test_a_workbook_of_another_team_is_refused(folder: Path) -> None:
    changed(folder, Who="Ann")
    copy(EXAMPLES / "harbour-house.yaml", folder / "h.yaml")
    done = run("plan", "h.yaml", "--from", "plan.xlsx", "--yes", cwd=folder, code=1)
    assert "This workbook is about Northside Community Mental Health Team" in done.stderr


@pytest.mark.parametrize("option", ["--from", "edit"])
def test_edits_need_one_place_to_be_kept_in(folder: Path, option: str) -> None:
    changed(folder, Who="Ann")
    (folder / "other").mkdir()
    copy(folder / "n.yaml", folder / "other" / "o.yaml")
    words = ["plan", "edit"] if option == "edit" else ["plan", "show", "--from", "plan.xlsx", "--yes"]
    done = run(*words, "n.yaml", "other/o.yaml", cwd=folder, code=1)
    assert "Name a file with --plan" in done.stderr


def test_the_plan_can_be_kept_elsewhere(folder: Path) -> None:
    keep(folder, language_test={"owner": "Ann"})
    (folder / "n.plan.json").rename(folder / "mine.json")
    assert "Ann" in run("plan", "n.yaml", "--plan", "mine.json", cwd=folder, code=0).stdout
    done = run("plan", "n.yaml", "--plan", "nowhere.json", cwd=folder, code=1)
    assert done.stderr == "nowhere.json: There is no such plan. Check the name.\n"


def test_every_mistake_of_a_file_edited_by_hand_is_said_with_its_place(folder: Path) -> None:
    (folder / "n.plan.json").write_text(
        '{"schema": 1, "bank": {"id": "peer-workers"}, "team": "Northside Community Mental Health Team",\n'
        ' "actions": {"language-test": {"due": "soon", "status": "nearly"}}}',
        "utf-8",
    )
    done = run("plan", "n.yaml", cwd=folder, code=1)
    assert [line[:18] for line in done.stderr.splitlines()] == ["n.plan.json:2:32: ", "n.plan.json:2:47: "]


def test_what_is_written_is_what_the_name_says(folder: Path) -> None:
    keep(folder, language_test={"owner": "Ann", "due": "2027-01-31"})
    for name in ("plan.xlsx", "plan.csv", "plan.ics", "plan.json"):
        done = run("plan", "n.yaml", "-o", name, cwd=folder, code=0)
        assert done.stderr.splitlines()[0] == f"The plan is in {name}."
        assert ("-m readiness plan n.yaml --from plan.xlsx" in done.stderr) is (name == "plan.xlsx")
        assert done.stdout == ""
    sheet = load_workbook(folder / "plan.xlsx")["Action plan"]
    whose = {row[columns(sheet)["Id"] - 1].value: row[columns(sheet)["Who"] - 1].value for row in sheet.iter_rows(4)}
    assert whose[FIRST] == "Ann"
    assert b"DTSTART;VALUE=DATE:20270131" in (folder / "plan.ics").read_bytes()
    assert json.loads((folder / "plan.json").read_text("utf-8"))["actions"][0]["assigned"] == "Ann"
    rows = {row["Id"]: row for row in csv.DictReader(io.StringIO((folder / "plan.csv").read_text("utf-8-sig")))}
    assert (rows[FIRST]["Who"], rows[FIRST]["When"]) == ("Ann", "Next")


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
        (("--today", "2027-01-31", "--to", "next"), "--today is for the plan as a table or a page"),
        (("-o", "plan.xlsx", "--format", "json"), "--format is for what is printed: the ending of plan.xlsx says"),
    ):
        done = run("plan", "n.yaml", *words, cwd=folder, code=2)
        assert told in done.stderr
    assert [path.name for path in folder.iterdir()] == ["n.yaml"]


def test_the_way_to_a_band_is_written_too(folder: Path) -> None:
    done = run("plan", "n.yaml", "--to", "next", "-o", "route.json", cwd=folder, code=0)
    assert (done.stdout, done.stderr) == ("", "The answer is in route.json.\n")
    printed = run("plan", "n.yaml", "--to", "next", "--format", "json", cwd=folder, code=0).stdout
    assert (folder / "route.json").read_text("utf-8") == printed


def test_the_plan_a_way_and_a_what_if_are_written_as_pages_that_can_be_handed_on(folder: Path) -> None:
    keep(folder, language_test={"status": "done", "due": "2026-10-01"}, culture_challenge_route={"due": "2026-10-01"})
    run("plan", "n.yaml", "-o", "plan.md", cwd=folder, code=0)
    page = (folder / "plan.md").read_text("utf-8")
    assert page.startswith("# Northside Community Mental Health Team\n\n")
    assert "\n\n**Late: action 3.**\n\n" in page
    assert "| No. | What to do | Who | By when | Status |\n| ---: | --- | --- | --- | --- |\n" in page
    assert "readiness" not in page  # commands are for whoever sits at the terminal
    assert "--what-if" not in page
    run("plan", "n.yaml", "--to", "next", "-o", "way.md", cwd=folder, code=0)
    way = (folder / "way.md").read_text("utf-8")
    assert "| 3 | Write down a safe way to question how things work<br>Question 13: Room to question" in way
    assert "## Already done on the way\n\n- 1\\. Test the title" in way
    run("plan", "n.yaml", "--what-if", "language=4", "-o", "if.md", cwd=folder, code=0)
    assert "| Staying a peer | 37.5 | 75 |" in (folder / "if.md").read_text("utf-8")


def test_nothing_takes_the_place_of_what_it_is_made_from_even_with_force(folder: Path) -> None:
    keep(folder, language_test={"owner": "Ann"})
    copy(folder / "n.yaml", folder / "n.json")
    (folder / "same.json").hardlink_to(folder / "n.yaml")
    kept = {path.name: path.read_bytes() for path in folder.iterdir()}
    for words, told in (
        (("report", "n.yaml", "-o", "n.yaml", "--format", "json"), "would take the place of what it is made from"),
        (("report", "n.yaml", "-o", "../{here}/n.yaml", "--format", "json"), "would take the place of"),
        (("report", "n.yaml", "-o", "same.json"), "would take the place of"),
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


def test_the_plan_goes_on_with_new_answers_in_a_new_file(folder: Path) -> None:
    keep(folder, language_test={"owner": "Ann Obi"})
    new = (folder / "n.yaml").read_text("utf-8").replace("2026-10-14", "2026-11-24")
    (folder / "later.yaml").write_text(new, "utf-8")
    told = "n.plan.json holds the edits of this team's plan. It is used, and changes are saved in it.\n"
    done = run("plan", "later.yaml", cwd=folder, code=0)
    assert "Ann Obi" in done.stdout
    assert done.stderr == f"Note: {told}"
    report = run("report", ".", "-o", "-", "--format", "md", cwd=folder, code=0)
    assert "Owner: Ann Obi" in report.stdout
    assert told in report.stderr
    run("plan", "edit", "later.yaml", cwd=folder, typed="1\n2\n31/1/2027\nq\n", code=0)
    assert edits(folder) == {FIRST: {"owner": "Ann Obi", "due": "2027-01-31"}}
    assert not (folder / "later.plan.json").exists()


def test_a_renamed_team_keeps_its_plan(folder: Path) -> None:
    keep(folder, language_test={"owner": "Ann Obi", "due": "2027-01-31"})
    run("plan", "n.yaml", "-o", "before.ics", cwd=folder, code=0)
    name = "Northside Community Mental Health Team"
    (folder / "n.yaml").write_text((folder / "n.yaml").read_text("utf-8").replace(name, "North Team"), "utf-8")
    for words in (("plan", "n.yaml"), ("report", "n.yaml", "-o", "r.md")):
        refused = run(*words, cwd=folder, code=1)
        assert "readiness plan rename n.yaml" in refused.stderr
    done = run("plan", "rename", "n.yaml", cwd=folder, code=0)
    assert done.stderr == f"The plan in n.plan.json was about {name}. It is now about North Team.\n"
    assert "Ann Obi" in run("plan", "n.yaml", cwd=folder, code=0).stdout
    run("plan", "n.yaml", "-o", "after.ics", cwd=folder, code=0)
    uids = [[line for line in (folder / f"{when}.ics").read_text().splitlines() if line[:3] == "UID"] for when in WHEN]
    assert uids[0] == uids[1]
    again = run("plan", "rename", "n.yaml", cwd=folder, code=0)
    assert again.stderr == "The plan in n.plan.json is about North Team already.\n"
    run("plan", "rename", "n.yaml", "--plan", "nowhere.json", cwd=folder, code=1)


WHEN = ("before", "after")


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


def test_the_cheapest_way_to_a_band(folder: Path) -> None:
    check_golden("plan-to-northside-cmht.txt", run("plan", "n.yaml", "--to", "set-up", cwd=folder, code=0).stdout)
    route = json.loads(run("plan", "n.yaml", "--to", "next", "--format", "json", cwd=folder, code=0).stdout)
    assert route["after"]["band"]["id"] == "nearly"
    assert route["effort"] == sum(step["effort"] for step in route["steps"])
    done = run("plan", "n.yaml", "--to", "best", cwd=folder, code=1)
    known = "early (Early days), building (Building), nearly (Nearly there), set-up (Well set up)"
    assert f"Use one of: {known}." in done.stderr
    assert "could lift the score" not in run("plan", "n.yaml", "--to", "next", cwd=folder, code=0).stdout
    assert "is reached today" in run("plan", "n.yaml", "--to", "building", cwd=folder, code=0).stdout


def test_what_a_change_would_do(folder: Path) -> None:
    words = ["plan", "n.yaml", "--what-if", "language=4", "--what-if", "pay-parity=2"]
    check_golden("plan-what-if-northside-cmht.txt", run(*words, cwd=folder, code=0).stdout)
    change = json.loads(run(*words, "--format", "json", cwd=folder, code=0).stdout)
    assert change["after"]["overall"]["score"] > change["before"]["overall"]["score"]
    run("plan", "n.yaml", "--what-if", "nonsense=4", cwd=folder, code=1)


def test_one_question_at_a_time(folder: Path) -> None:
    done = run("plan", "n.yaml", "--to", "next", "--what-if", "language=4", cwd=folder, code=2)
    assert "use one of --to, --what-if and --from at a time" in done.stderr


def test_editing_without_anybody_there_says_what_to_do(folder: Path) -> None:
    done = run("plan", "edit", "n.yaml", cwd=folder, code=1)
    assert "Run this in a terminal. Or edit a workbook" in done.stderr


def test_every_change_is_saved_at_once_and_stopping_loses_nothing(folder: Path) -> None:
    with Terminal("plan", "edit", "n.yaml", cwd=folder) as terminal:
        terminal.wait_for("Which actions?")
        for line, answer in (("1", "What do you want to change?"), ("1", "Who does it?"), ("Ann", "Saved.")):
            terminal.type(line)
            terminal.wait_for(answer)
        assert edits(folder) == {FIRST: {"owner": "Ann"}}
        terminal.interrupt("\x03")
        assert terminal.end() == 130
    assert "Your changes are saved in n.plan.json." in terminal.output


def test_two_people_can_not_edit_the_same_plan_at_once(folder: Path) -> None:
    with Terminal("plan", "edit", "n.yaml", cwd=folder) as terminal:
        terminal.wait_for("Which actions?")
        changed(folder, Who="Ann")
        done = run("plan", "n.yaml", "--from", "plan.xlsx", "--yes", cwd=folder, code=1)
        assert "this plan" in done.stderr
        terminal.type("q")
        assert terminal.end() == 0
    assert "Nothing was changed yet." in terminal.output


def test_new_answers_leave_the_edits_as_they_are(folder: Path) -> None:
    keep(folder, language_test={"owner": "Ann", "status": "doing"}, own_room={"title": "Book a room"})
    before = (folder / "n.plan.json").read_bytes()
    answers = (folder / "n.yaml").read_text("utf-8")
    (folder / "n.yaml").write_text(answers.replace("  language: 1\n", "  language: 4\n"), "utf-8")
    shown = run("plan", "n.yaml", "--format", "json", cwd=folder, code=0).stdout
    plan = json.loads(shown)
    assert "Book a room" in {action["title"] for action in plan["actions"]}
    assert [(action["id"], action["assigned"], action["mark"]) for action in plan["past"]] == [
        (FIRST, "Ann", "reached")
    ]
    assert edits(folder) == json.loads(before)["actions"]


def test_a_number_that_was_shown_is_kept_whatever_answers_come(folder: Path) -> None:
    keep(folder, language_test={"owner": "Ann"})
    text = (folder / "n.yaml").read_text("utf-8")
    seen: dict[str, int] = {}
    for at, (old, new) in enumerate(
        ((": 1\n", ": 1\n"), ("  language: 1\n", "  language: 2\n"), (": 0\n", ": 1\n"), (": 3\n", ": 1\n"))
    ):
        (folder / "n.yaml").write_text(text.replace(old, new), "utf-8")
        shown = run("plan", "n.yaml", "--format", "json", cwd=folder, code=0) if at % 2 else None
        if shown is None:
            run("report", "n.yaml", "-o", "r.json", "--force", cwd=folder, code=0)
            report = json.loads((folder / "r.json").read_text("utf-8"))
            actions = [action for horizon in report["horizons"] for action in horizon["actions"]] + report["past"]
        else:
            plan = json.loads(shown.stdout)
            actions = plan["actions"] + plan["past"]
        now = {action["id"]: action["number"] for action in actions}
        assert len({*now.values()}) == len(now)
        assert all(seen.get(name, number) == number for name, number in now.items())
        assert not {*now.values()} & {number for name, number in seen.items() if name not in now}
        seen |= now
    assert len(seen) > 26
    assert json.loads((folder / "n.plan.json").read_text("utf-8"))["numbers"] == seen


@pytest.mark.parametrize("name", ["n.plan.json", "n.plan.yaml"])
def test_numbers_are_shown_where_they_can_not_be_kept(folder: Path, name: str) -> None:
    keep(folder, language_test={"owner": "Ann"})
    (folder / "n.plan.json").rename(folder / name)
    (folder / name).chmod(0o400)
    before = (folder / name).read_bytes()
    with FileLock(folder / f".{name}.lock"):
        assert "Ann" in run("plan", "n.yaml", "--plan", name, cwd=folder, code=0).stdout
    assert (folder / name).read_bytes() == before


def test_a_page_says_what_is_late_on_the_day_that_is_asked_for(folder: Path) -> None:
    keep(folder, language_test={"due": "2026-12-01"})
    run("plan", "n.yaml", "-o", "p.md", cwd=folder, code=0)
    assert "On 14 October 2026, none is late." in (folder / "p.md").read_text("utf-8")
    run("plan", "n.yaml", "-o", "p.md", "--force", "--today", "2026-12-24", cwd=folder, code=0)
    assert "**Late: action 1.**" in (folder / "p.md").read_text("utf-8")


def test_what_is_not_known_could_be_enough_for_a_band(folder: Path) -> None:
    text = (folder / "n.yaml").read_text("utf-8").replace("career-progression: 0", "career-progression: unknown")
    (folder / "n.yaml").write_text(text, "utf-8")
    shown = run("plan", "n.yaml", "--to", "next", cwd=folder, code=0).stdout
    assert re.search(r"What is not known could lift the score to 5\d(\.\d)? by itself", shown)
