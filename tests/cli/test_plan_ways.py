"""``readiness plan --to`` and ``--what-if``, and the pages that can be handed on."""

import json
import re
from pathlib import Path
from shutil import copytree

from tests.cli.plans import keep
from tests.program import EXAMPLES, check_golden, run


def test_a_question_is_named_by_its_number_and_what_was_understood_is_said(folder: Path) -> None:
    shown = run("plan", "n.yaml", "--what-if", "20=4", cwd=folder, code=0).stdout
    assert "Question 20, Words: bridge or barrier: from “People do not understand them, or" in shown
    by_id = json.loads(run("plan", "n.yaml", "--what-if", "language=3", "--format", "json", cwd=folder, code=0).stdout)
    by_number = json.loads(run("plan", "n.yaml", "--what-if", "20=4", "--format", "json", cwd=folder, code=0).stdout)
    assert by_id == by_number
    assert [answer["question_number"] for answer in by_id["answers"]] == [20]
    same = run("plan", "n.yaml", "--what-if", "20=2", cwd=folder, code=0).stdout
    assert "nothing changes" in same


def test_what_is_done_on_the_way_to_a_band_is_not_to_be_done_again(folder: Path) -> None:
    before = json.loads(run("plan", "n.yaml", "--to", "next", "--format", "json", cwd=folder, code=0).stdout)
    keep(folder, managers_at_all_levels_planned_next_level={"status": "done"})
    shown = run("plan", "n.yaml", "--to", "next", cwd=folder, code=0).stdout
    to_do, _, done = shown.partition("Already done on the way")
    assert "Ask the managers above" not in to_do
    assert "- 1. Ask the managers above to get one thing ready for the role. Question 9: Managers behind the" in done
    assert "(to answer 3, 1 point)" in " ".join(done.split())
    assert "question 9 is answered again, by hand in n.yaml." in " ".join(done.split())
    after = json.loads(run("plan", "n.yaml", "--to", "next", "--format", "json", cwd=folder, code=0).stdout)
    assert after["before"] == before["before"]
    assert after["effort"] < before["effort"]
    plan = run("plan", "n.yaml", cwd=folder, code=0).stdout
    assert "The score changes only when question 9 is" in " ".join(plan.split())


def test_the_way_starts_where_the_plan_does_and_says_whose_place_that_is(tmp_path: Path) -> None:
    copytree(EXAMPLES / "riverside", tmp_path / "riverside")
    shown = run("plan", "riverside", "--to", "set-up", "-o", "way.md", cwd=tmp_path, code=0)
    assert "Saved as way.md" in shown.stderr
    starts = "Starts from where Peer Workers put it."
    plan = json.loads(run("plan", "riverside", "--format", "json", cwd=tmp_path, code=0).stdout)
    first = {action["id"] for action in plan["actions"] if action["starts_from"] == "peer-worker"}
    route = json.loads(run("plan", "riverside", "--to", "set-up", "--format", "json", cwd=tmp_path, code=0).stdout)
    on_the_way = [name for step in route["steps"] for name in step["actions"] if name in first]
    assert on_the_way
    assert (tmp_path / "way.md").read_text("utf-8").count(starts) == len(on_the_way)


def test_the_way_to_a_band_is_written_too(folder: Path) -> None:
    done = run("plan", "n.yaml", "--to", "next", "-o", "route.json", cwd=folder, code=0)
    kept = "The numbers of the actions are saved in n.plan.json, so they stay the same.\n"
    assert (done.stdout, done.stderr) == ("", f"Saved as route.json.\n{kept}")
    printed = run("plan", "n.yaml", "--to", "next", "--format", "json", cwd=folder, code=0).stdout
    assert (folder / "route.json").read_text("utf-8") == printed


def test_the_plan_a_way_and_a_what_if_are_written_as_pages_that_can_be_handed_on(folder: Path) -> None:
    keep(
        folder,
        managers_at_all_levels_planned_next_level={"status": "done", "due": "2026-10-01"},
        personal_boundaries_planned_custom={"due": "2026-10-01"},
    )
    run("plan", "n.yaml", "-o", "plan.md", cwd=folder, code=0)
    page = (folder / "plan.md").read_text("utf-8")
    assert page.startswith("# Ready for Peer Workers? Northside Community Mental Health Team\n\n")
    assert "\n\n**Late: action 3.**\n\n" in page
    assert "| No. | What to do | Who | By when | Status |\n| ---: | --- | --- | --- | --- |\n" in page
    assert "readiness" not in page  # commands are for whoever sits at the terminal
    assert "--what-if" not in page
    run("plan", "n.yaml", "--to", "next", "-o", "way.md", cwd=folder, code=0)
    way = (folder / "way.md").read_text("utf-8")
    assert "| 4 | Ask a few people who they would want to meet<br>Question 17: Peers that people asked for" in way
    assert "## Already done on the way\n\n- 1\\. Ask the managers above" in way
    run("plan", "n.yaml", "--what-if", "language=4", "-o", "if.md", cwd=folder, code=0)
    assert "| Staying a peer | 25 | 50 |" in (folder / "if.md").read_text("utf-8")


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


def test_a_page_says_what_is_late_on_the_day_that_is_asked_for(folder: Path) -> None:
    keep(folder, managers_at_all_levels_planned_next_level={"due": "2026-12-01"})
    for day, told in (("2026-11-24", "On 24 November 2026, none is late."), ("2026-12-24", "**Late: action 1.**")):
        run("plan", "n.yaml", "-o", "p.md", "--force", "--today", day, cwd=folder, code=0)
        assert told in (folder / "p.md").read_text("utf-8")
    keep(
        folder, managers_at_all_levels_planned_next_level={"due": "2020-12-01"}
    )  # without a day it is as of today, like the table
    run("plan", "n.yaml", "-o", "p.md", "--force", cwd=folder, code=0)
    assert "**Late: action 1.**" in (folder / "p.md").read_text("utf-8")


def test_what_is_not_known_could_be_enough_for_a_band(folder: Path) -> None:
    text = (folder / "n.yaml").read_text("utf-8")
    for name, level in (("career-progression", 0), ("personal-boundaries-planned", 0), ("language", 1)):
        text = text.replace(f"  {name}: {level}\n", f"  {name}: unknown\n")
    (folder / "n.yaml").write_text(text, "utf-8")
    shown = run("plan", "n.yaml", "--to", "next", cwd=folder, code=0).stdout
    assert re.search(r"What is not known could lift the score to 5\d(\.\d)? by itself", shown)
