"""``readiness plan --from``: a workbook that was changed comes back."""

import json
from pathlib import Path
from shutil import copy

import pytest
from openpyxl import load_workbook

from tests.cli.plans import FIRST, SECOND, THIRD, changed, columns, edits, keep
from tests.program import EXAMPLES, Terminal, run


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
        (rows[THIRD], "Remove from the plan (say why)", "Ours already"),
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
        managers_at_all_levels_planned_next_level={"owner": "Ann Obi", "due": "2027-01-31"},
        career_progression_talk={"owner": "Ann Obi", "status": "stuck", "title": "In our words", "effort": 3},
        personal_boundaries_planned_custom={"dropped": "Ours already"},
        own_book_a_room={"title": "Book a room", "owner": "Sam", "horizon": "next", "effort": 1, "domain": "culture"},
    )
    assert by_prompts == by_workbook == edits(folder)


def test_a_changed_row_is_shown_before_it_is_taken(folder: Path) -> None:
    changed(folder, Who="Ann", Comments="Began in May")
    refused = run("plan", "n.yaml", "--from", "plan.xlsx", cwd=folder, code=1)
    assert "“" not in refused.stdout
    assert "1. Ask the managers above to get one thing ready for the role\n- Who: Ann\n" in refused.stderr
    assert "run it again with --yes" in refused.stderr
    assert edits(folder) == {}
    taken = run("plan", "n.yaml", "--from", "plan.xlsx", "--yes", cwd=folder, code=0)
    assert "Brought back, and saved in n.plan.json." in taken.stderr
    assert edits(folder) == {FIRST: {"owner": "Ann", "comments": ["Began in May"]}}
    again = run("plan", "n.yaml", "--from", "plan.xlsx", cwd=folder, code=0)
    told = "There is nothing new in the workbook: nothing was changed in it, or it was brought back already."
    assert told in again.stderr


@pytest.mark.parametrize(("key", "kept"), [("y", [FIRST]), ("n", [])])
def test_a_person_at_a_terminal_is_asked(folder: Path, key: str, kept: list[str]) -> None:
    changed(folder, Who="Ann")
    with Terminal("plan", "n.yaml", "--from", "plan.xlsx", cwd=folder) as terminal:
        terminal.wait_for("Take these over?")
        terminal.type(key)
        assert terminal.end() == 0
    assert [*edits(folder)] == kept


def test_ctrl_c_at_the_question_takes_nothing_and_says_so(folder: Path) -> None:
    changed(folder, Who="Ann")
    with Terminal("plan", "n.yaml", "--from", "plan.xlsx", cwd=folder) as terminal:
        terminal.wait_for("Take these over?")
        terminal.interrupt("\x03")
        assert terminal.end() == 130
        assert "Stopped. Nothing was brought back." in terminal.output
    assert edits(folder) == {}


def test_a_conflict_is_named_and_nothing_is_taken(folder: Path) -> None:
    changed(folder, Who="Ann", Comments="Began in May")
    keep(folder, managers_at_all_levels_planned_next_level={"owner": "Sam"})
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
    keep(folder, managers_at_all_levels_planned_next_level={"owner": "Sam"})
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
    keep(folder, managers_at_all_levels_planned_next_level={"owner": "Sam", "status": "stuck"})
    with Terminal("plan", "n.yaml", "--from", "plan.xlsx", cwd=folder) as terminal:
        terminal.wait_for("2. In the workbook: Ann")
        for line in typed:
            terminal.type(line)
        assert terminal.end() == 0
    assert edits(folder) == {FIRST: kept}


def test_done_in_a_workbook_says_what_changes_the_score(folder: Path) -> None:
    changed(folder, Status="Done")
    done = run("plan", "n.yaml", "--from", "plan.xlsx", "--yes", cwd=folder, code=0)
    assert "The score changes only when question 9 is answered again" in done.stderr


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


def test_a_workbook_of_a_namesake_in_another_organisation_is_refused(folder: Path) -> None:
    changed(folder, Who="Ann")
    text = (folder / "n.yaml").read_text("utf-8")
    (folder / "b.yaml").write_text(text.replace("Alder Valley NHS Foundation Trust", "Birch Charity"), "utf-8")
    done = run("plan", "b.yaml", "--from", "plan.xlsx", "--yes", cwd=folder, code=1)
    name = "Northside Community Mental Health Team"
    told = f"about {name} (Alder Valley NHS Foundation Trust), and the answers are about {name} (Birch Charity)"
    assert told in done.stderr
    assert not (folder / "b.plan.json").exists()


def test_a_workbook_without_organisation_is_refused_unless_it_is_of_this_plan(folder: Path) -> None:
    text = (folder / "n.yaml").read_text("utf-8")
    silent = [line for line in text.splitlines(keepends=True) if "organisation:" not in line]
    (folder / "n.yaml").write_text("".join(silent), "utf-8")
    changed(folder, Who="Ann")
    (folder / "n.yaml").write_text(text, "utf-8")
    (folder / "b.yaml").write_text(text.replace("Alder Valley NHS Foundation Trust", "Birch Charity"), "utf-8")
    done = run("plan", "b.yaml", "--from", "plan.xlsx", "--yes", cwd=folder, code=1)
    assert "plan.xlsx: This workbook names no organisation, so it could be of another team's plan." in done.stderr
    assert not (folder / "b.plan.json").exists()
    run("plan", "n.yaml", "--from", "plan.xlsx", "--yes", cwd=folder, code=0)
    assert edits(folder) == {FIRST: {"owner": "Ann"}}


def test_a_workbook_that_was_out_while_the_team_got_another_name_is_brought_back(folder: Path) -> None:
    changed(folder, Who="Ann")
    text = (folder / "n.yaml").read_text("utf-8").replace("Northside Community Mental Health Team", "North Team")
    (folder / "n.yaml").write_text(text.replace("Alder Valley NHS Foundation Trust", "Alder Trust"), "utf-8")
    run("plan", "rename", "n.yaml", cwd=folder, code=0)
    run("plan", "n.yaml", "--from", "plan.xlsx", "--yes", cwd=folder, code=0)
    assert edits(folder) == {FIRST: {"owner": "Ann"}}


def test_a_workbook_of_another_plan_of_the_team_is_refused(folder: Path) -> None:
    run("plan", "n.yaml", "-o", "other.csv", cwd=folder, code=0)
    (folder / "n.plan.json").rename(folder / "other.json")
    changed(folder, Who="Ann")
    words = ("plan", "n.yaml", "--from", "plan.xlsx", "--yes")
    done = run(*words, "--plan", "other.json", cwd=folder, code=1)
    assert "This workbook is of another plan of Northside Community Mental Health Team" in done.stderr
    assert "Name its plan with --plan." in done.stderr
    (folder / "mine.json").write_bytes((folder / "n.plan.json").read_bytes())
    run(*words, "--plan", "mine.json", cwd=folder, code=0)
    (folder / "n.plan.json").unlink()
    run(*words, cwd=folder, code=0)
    assert edits(folder) == {FIRST: {"owner": "Ann"}}, "a plan that is lost comes back from its workbook"


@pytest.mark.parametrize("option", ["--from", "edit"])
def test_edits_need_one_place_to_be_kept_in(folder: Path, option: str) -> None:
    changed(folder, Who="Ann")
    (folder / "n.plan.json").unlink()
    (folder / "other").mkdir()
    copy(folder / "n.yaml", folder / "other" / "o.yaml")
    words = ["plan", "edit"] if option == "edit" else ["plan", "show", "--from", "plan.xlsx", "--yes"]
    done = run(*words, "n.yaml", "other/o.yaml", cwd=folder, code=1)
    assert "Name a file with --plan" in done.stderr


def test_two_people_can_not_edit_the_same_plan_at_once(folder: Path) -> None:
    with Terminal("plan", "edit", "n.yaml", cwd=folder) as terminal:
        terminal.wait_for("Which actions?")
        changed(folder, Who="Ann")
        done = run("plan", "n.yaml", "--from", "plan.xlsx", "--yes", cwd=folder, code=1)
        assert "this plan" in done.stderr
        terminal.type("q")
        assert terminal.end() == 0
    assert "Nothing was changed yet." in terminal.output


def test_what_waits_for_room_is_moved_to_now_in_the_workbook_and_stays_there(folder: Path) -> None:
    run("plan", "n.yaml", "-o", "plan.xlsx", cwd=folder, code=0)
    book = load_workbook(folder / "plan.xlsx")
    sheet = book["Action plan"]
    when, name = columns(sheet)["When"], columns(sheet)["Id"]
    waiting = [row for row in range(4, 40) if sheet.cell(row, when).value == "When you have room"]
    moved = sheet.cell(waiting[-1], name).value
    sheet.cell(waiting[-1], when).value = "Now"
    book.save(folder / "plan.xlsx")
    told = run("plan", "n.yaml", "--from", "plan.xlsx", "--yes", cwd=folder, code=0).stderr
    assert "- When: When you have room → Now" in told
    assert edits(folder) == {moved: {"horizon": "now"}}
    plan = json.loads(run("plan", "n.yaml", "--format", "json", cwd=folder, code=0).stdout)
    now = [action["id"] for action in plan["actions"] if action["horizon"] == "now"]
    assert moved in now
    assert len(now) == 6


def test_a_workbook_with_changes_that_are_not_in_the_plan_is_not_replaced(folder: Path) -> None:
    again = ("plan", "n.yaml", "-o", "plan.xlsx", "--force")
    changed(folder, Who="Ann")
    before = (folder / "plan.xlsx").read_bytes()
    said = run(*again, cwd=folder, code=1).stderr
    assert said.startswith("plan.xlsx: Somebody has changed this workbook, and not all of it is in the plan")
    assert "readiness plan n.yaml --from plan.xlsx" in said
    assert (folder / "plan.xlsx").read_bytes() == before
    run("plan", "n.yaml", "--from", "plan.xlsx", "--yes", cwd=folder, code=0)
    run(*again, cwd=folder, code=0)


def test_a_workbook_of_which_it_can_not_be_told_is_not_replaced(folder: Path) -> None:
    changed(folder, Status="half")
    said = run("plan", "n.yaml", "-o", "plan.xlsx", "--force", cwd=folder, code=1).stderr
    assert said.startswith("plan.xlsx: This workbook of a plan may hold changes that were not brought back")
