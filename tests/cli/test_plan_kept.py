"""Where the edits of a plan are kept, and that nothing that a person wrote or saw is lost."""

import json
from collections.abc import Mapping
from pathlib import Path
from shutil import copy

import pytest
from filelock import FileLock

from tests.cli.plans import FIRST, SECOND, changed, edits, keep
from tests.program import EXAMPLES, Terminal, run


def test_a_plan_file_in_the_place_of_answers_says_which_answers_it_belongs_to(folder: Path) -> None:
    keep(folder, managers_at_all_levels_planned_next_level={"owner": "Ann"})
    copy(folder / "n.plan.json", folder / "kept.plan.json")
    copy(folder / "n.plan.json", folder / "mine.json")
    for name in ("n.plan.json", "kept.plan.json", "mine.json"):
        for words in (("score", name), ("plan", name), ("report", name, "-o", "r.html")):
            done = run(*words, cwd=folder, code=1)
            assert "This is a plan file with the changes that a person made, and no answers." in done.stderr
            assert "Name its answers: n.yaml." in done.stderr


def test_the_plan_can_be_kept_elsewhere(folder: Path) -> None:
    keep(folder, managers_at_all_levels_planned_next_level={"owner": "Ann"})
    (folder / "n.plan.json").rename(folder / "mine.json")
    assert "Ann" in run("plan", "n.yaml", "--plan", "mine.json", cwd=folder, code=0).stdout
    done = run("plan", "n.yaml", "--plan", "nowhere.json", cwd=folder, code=1)
    assert done.stderr == "nowhere.json: There is no such plan. Check the name.\n"


@pytest.mark.parametrize(
    "words",
    [("plan", "edit", "n.yaml"), ("plan", "n.yaml", "--from", "plan.xlsx", "--yes"), ("plan", "rename", "n.yaml")],
)
def test_a_plan_that_is_written_by_hand_is_read_and_never_replaced(folder: Path, words: tuple[str, ...]) -> None:
    changed(folder, Who="Ann")
    (folder / "n.plan.json").unlink()
    by_hand = folder / "hand.yaml"
    named = "\nteam: Old name\n" if "rename" in words else "\nteam: Northside Community Mental Health Team\n"
    by_hand.write_text(f"# Ask Priya first\nbank: {{id: peer-workers}}{named}actions: {{{SECOND}: {{owner: Priya}}}}\n")
    before = by_hand.read_bytes()
    done = run(*words, "--plan", "hand.yaml", cwd=folder, typed="1\n1\nSam\nq\n", code=1)
    assert "hand.yaml: This file is written by hand, and your comments in it would be lost" in done.stderr
    assert "Change it by hand. Or leave out --plan" in done.stderr
    assert by_hand.read_bytes() == before
    if "rename" not in words:
        assert "Priya" in run("plan", "n.yaml", "--plan", "hand.yaml", cwd=folder, code=0).stdout


def test_every_mistake_of_a_file_edited_by_hand_is_said_with_its_place(folder: Path) -> None:
    (folder / "n.plan.json").write_text(
        '{"schema": 1, "bank": {"id": "peer-workers"}, "team": "Northside Community Mental Health Team",\n'
        ' "actions": {"language-test": {"due": "soon", "status": "nearly"}}}',
        "utf-8",
    )
    done = run("plan", "n.yaml", cwd=folder, code=1)
    assert [line[:18] for line in done.stderr.splitlines()] == ["n.plan.json:2:32: ", "n.plan.json:2:47: "]


def test_the_plan_goes_on_with_new_answers_in_a_new_file(folder: Path) -> None:
    keep(folder, managers_at_all_levels_planned_next_level={"owner": "Ann Obi"})
    new = (folder / "n.yaml").read_text("utf-8").replace("2026-10-14", "2026-11-24")
    (folder / "later.yaml").write_text(new, "utf-8")
    told = "n.plan.json holds the edits of this team's plan. It is used, and changes are saved in it.\n"
    done = run("plan", "later.yaml", cwd=folder, code=0)
    assert "Ann Obi" in done.stdout
    assert done.stderr == f"Note: {told}"
    report = run("report", ".", "-o", "-", "--format", "md", cwd=folder, code=0)
    assert "Who and when: **Ann Obi**" in report.stdout
    assert told in report.stderr
    run("plan", "edit", "later.yaml", cwd=folder, typed="1\n2\n31/1/2027\nq\n", code=0)
    assert edits(folder) == {FIRST: {"owner": "Ann Obi", "due": "2027-01-31"}}
    assert not (folder / "later.plan.json").exists()


def test_a_renamed_team_keeps_its_plan(folder: Path) -> None:
    keep(folder, managers_at_all_levels_planned_next_level={"owner": "Ann Obi", "due": "2027-01-31"})
    run("plan", "n.yaml", "-o", "before.ics", cwd=folder, code=0)
    name = "Northside Community Mental Health Team"
    (folder / "n.yaml").write_text((folder / "n.yaml").read_text("utf-8").replace(name, "North Team"), "utf-8")
    for words in (("plan", "n.yaml"), ("report", "n.yaml", "-o", "r.md")):
        refused = run(*words, cwd=folder, code=1)
        assert "readiness plan rename n.yaml" in refused.stderr
    done = run("plan", "rename", "n.yaml", cwd=folder, code=0)
    of = "(Alder Valley NHS Foundation Trust)"
    assert done.stderr == f"The plan in n.plan.json was about {name} {of}. It is now about North Team {of}.\n"
    assert "Ann Obi" in run("plan", "n.yaml", cwd=folder, code=0).stdout
    run("plan", "n.yaml", "-o", "after.ics", cwd=folder, code=0)
    uids = [[line for line in (folder / f"{when}.ics").read_text().splitlines() if line[:3] == "UID"] for when in WHEN]
    assert uids[0] == uids[1]
    again = run("plan", "rename", "n.yaml", cwd=folder, code=0)
    assert again.stderr == f"The plan in n.plan.json is about North Team {of} already.\n"
    run("plan", "rename", "n.yaml", "--plan", "nowhere.json", cwd=folder, code=1)


WHEN = ("before", "after")


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


def test_who_stops_without_a_change_is_not_told_that_something_was_saved(folder: Path) -> None:
    keep(folder, managers_at_all_levels_planned_next_level={"owner": "Ann"})
    assert (
        "Stopped. Nothing was changed yet." in run("plan", "edit", "n.yaml", cwd=folder, typed="1\nq\n", code=0).stderr
    )
    done = run("plan", "edit", "n.yaml", cwd=folder, typed="1\n1\nJo\nq\n", code=0)
    assert "Stopped. Your changes are saved in n.plan.json." in done.stderr


def test_new_answers_leave_the_edits_as_they_are(folder: Path) -> None:
    keep(
        folder,
        managers_at_all_levels_planned_next_level={"owner": "Ann", "status": "doing"},
        own_room={"title": "Book a room"},
    )
    before = (folder / "n.plan.json").read_bytes()
    answers = (folder / "n.yaml").read_text("utf-8")
    (folder / "n.yaml").write_text(
        answers.replace(
            "  managers-at-all-levels-planned:\n    level: 1\n", "  managers-at-all-levels-planned:\n    level: 4\n"
        ),
        "utf-8",
    )
    shown = run("plan", "n.yaml", "--format", "json", cwd=folder, code=0).stdout
    plan = json.loads(shown)
    assert "Book a room" in {action["title"] for action in plan["actions"]}
    assert [(action["id"], action["assigned"], action["mark"]) for action in plan["past"]] == [
        (FIRST, "Ann", "reached")
    ]
    assert edits(folder) == json.loads(before)["actions"]


def test_a_number_that_was_shown_is_kept_whatever_answers_come(folder: Path) -> None:
    keep(folder, managers_at_all_levels_planned_next_level={"owner": "Ann"})
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
    keep(folder, managers_at_all_levels_planned_next_level={"owner": "Ann"})
    (folder / "n.plan.json").rename(folder / name)
    (folder / name).chmod(0o400)
    before = (folder / name).read_bytes()
    with FileLock(folder / f".{name}.lock"):
        assert "Ann" in run("plan", "n.yaml", "--plan", name, cwd=folder, code=0).stdout
    assert (folder / name).read_bytes() == before


KEPT = "The numbers of the actions are saved in n.plan.json, so they stay the same.\n"


def kept_numbers(folder: Path) -> Mapping[str, int]:
    data = json.loads((folder / "n.plan.json").read_text("utf-8"))
    assert data["actions"] == {}
    numbers: Mapping[str, int] = data["numbers"]
    return numbers


@pytest.mark.parametrize(
    "words",
    [
        ("report", "n.yaml", "-o", "r.md"),
        ("plan", "n.yaml", "-o", "p.xlsx"),
        ("plan", "n.yaml", "-o", "p.csv"),
        ("plan", "n.yaml", "--to", "next", "-o", "way.md"),
    ],
)
def test_numbers_are_kept_from_the_first_time_a_plan_leaves_the_machine(folder: Path, words: tuple[str, ...]) -> None:
    first = run(*words, cwd=folder, code=0)
    assert KEPT in first.stderr
    numbers = kept_numbers(folder)
    assert [*numbers.values()] == [*range(1, 27)]
    again = run(*words, "--force", cwd=folder, code=0)
    assert KEPT not in again.stderr
    text = (folder / "n.yaml").read_text("utf-8").replace("  personal-boundaries-planned: 0\n", "")
    (folder / "n.yaml").write_text(text.replace("career-progression: 0", "career-progression: 1"), "utf-8")
    plan = json.loads(run("plan", "n.yaml", "--format", "json", cwd=folder, code=0).stdout)
    now = {action["id"]: action["number"] for action in plan["actions"]}
    assert {name: number for name, number in now.items() if name in numbers}.items() <= numbers.items()
    assert sorted(set(now.values()) - set(numbers.values())) == [27, 28]
    assert plan["left"] == [2, 3]


@pytest.mark.parametrize("reported_first", [False, True], ids=["as it is told", "after a report"])
def test_a_team_whose_name_is_put_right_keeps_its_plan(folder: Path, *, reported_first: bool) -> None:
    run("plan", "edit", ".", cwd=folder, typed="1\n1\nAnn Obi\nq\n", code=0)
    [kept] = folder.glob("*.plan.json")
    name = "Northside Community Mental Health Team"
    (folder / "n.yaml").write_text((folder / "n.yaml").read_text("utf-8").replace(name, "North Team"), "utf-8")
    if reported_first:
        run("report", "n.yaml", "-o", "r.md", cwd=folder, code=0)
    told = run("report", ".", "-o", "r.md", "--force", cwd=folder, code=0)
    if not reported_first:
        rename = f"readiness plan rename . --plan {kept.name}"
        assert "so it is not used, and no numbers are saved. If that is another team, put its plan " in told.stderr
        assert rename in told.stderr
        assert [*folder.glob("*.plan.json")] == [kept]
    run("plan", "rename", ".", "--plan", kept.name, cwd=folder, code=0)
    assert "Ann Obi" in run("report", ".", "-o", "-", "--format", "md", cwd=folder, code=0).stdout


def test_one_folder_holds_teams_of_one_name_each_with_its_own_plan(folder: Path) -> None:
    text = (folder / "n.yaml").read_text("utf-8")
    for name in ("b1.yaml", "b2.yaml"):
        (folder / name).write_text(text.replace("Alder Valley NHS Foundation Trust", "Birch Charity"), "utf-8")
    copy(folder / "n.yaml", folder / "n2.yaml")
    run("plan", "edit", "n.yaml", "n2.yaml", cwd=folder, typed="1\n1\nAnn of Alder\nq\n", code=0)
    theirs = run("report", "b1.yaml", "b2.yaml", "-o", "-", "--format", "md", cwd=folder, code=0)
    assert "about a team of this name in another organisation, so it is not used" in theirs.stderr
    assert "Ann of Alder" not in theirs.stdout
    run("plan", "edit", "b1.yaml", "b2.yaml", cwd=folder, typed="1\n1\nBob of Birch\nq\n", code=0)
    mine = run("plan", "n.yaml", "n2.yaml", cwd=folder, code=0)
    assert "Ann of Alder" in mine.stdout
    assert "Bob of Birch" not in mine.stdout
    [kept] = folder.glob("*birch*.plan.json")
    refused = run("plan", "rename", "n.yaml", "n2.yaml", "--plan", kept.name, cwd=folder, code=1)
    assert "whose answers are in b1.yaml, so it was not renamed" in refused.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("plan", "n.yaml"),
        ("plan", "n.yaml", "--format", "json"),
        ("plan", "n.yaml", "-o", "-"),
        ("report", "n.yaml", "-o", "-", "--format", "md"),
    ],
)
def test_what_is_only_printed_here_keeps_no_numbers(folder: Path, words: tuple[str, ...]) -> None:
    assert run(*words, cwd=folder, code=0).stderr == ""
    assert [path.name for path in folder.iterdir()] == ["n.yaml"]


def test_what_was_not_written_keeps_no_numbers(folder: Path) -> None:
    done = run("plan", "n.yaml", "-o", "p.ics", cwd=folder, code=1)
    assert "No action in the plan has a date yet" in done.stderr
    assert [path.name for path in folder.iterdir()] == ["n.yaml"]


def test_numbers_are_kept_of_what_came_by_standard_input_nowhere(folder: Path) -> None:
    done = run("report", "-", "-o", "r.md", cwd=folder, typed=(folder / "n.yaml").read_text("utf-8"), code=0)
    assert done.stderr == "Saved as r.md.\n"
    assert not [*folder.glob("*.plan.json")]


def test_nothing_is_written_beside_the_shipped_examples(tmp_path: Path) -> None:
    before = sorted(EXAMPLES.rglob("*"))
    done = run("report", EXAMPLES / "northside-cmht.yaml", "-o", "r.md", cwd=tmp_path, code=0)
    assert done.stderr == "Saved as r.md.\n"
    assert sorted(EXAMPLES.rglob("*")) == before


@pytest.mark.parametrize("words", [("report", "-o", "r.md"), ("plan", "-o", "p.xlsx")])
def test_numbers_that_can_not_be_kept_of_a_plan_that_leaves_the_machine_are_told(
    folder: Path, words: tuple[str, ...]
) -> None:
    name = "n" * 241  # the plan's name is as long as a name can be, so the lock's is too long
    (folder / "n.yaml").rename(folder / f"{name}.yaml")
    command, *out = words
    told = run(command, f"{name}.yaml", *out, cwd=folder, code=0).stderr
    assert f"Note: The numbers of the actions could not be saved in {name}.plan.json." in told
    assert "Next time an action may have another number" in told
    assert "run the same command again" in told
    assert "stay the same" not in told
    assert (folder / out[1]).exists()
    assert not (folder / f"{name}.plan.json").exists()
