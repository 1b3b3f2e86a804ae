"""Files of answers to an older version of a bank: no answer to other words joins them, and none changes its meaning."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from tests.program import run
from tests.small import LITTLE, spelled_out

OLD = """
- {id: lead, values: [0, 1, 2]}
- {id: time, values: [0, 1]}
- {id: pay, values: [0, 1]}
- {id: trust, values: [0, 1]}
"""
NEW = OLD.replace("lead, values: [0, 1, 2]", "lead, values: [0, 1, 2, 3]")
WAY = """
schema: 1
bank: small
from: "1"
questions:
  - {to: lead, from: lead, levels: {0: 0, 1: 2, 2: 3}}
  - {to: pay, from: pay, levels: {0: 0, 1: ask}}
  - {to: trust, from: trust, levels: {0: 0, 1: 1}, confirm: true}
"""
ANSWERS = {"lead": 2, "pay": 1, "trust": 1}
ABOUT = "Northside\n\n\n"


def bank(folder: Path, questions: str, version: str, way: str = "") -> Path:
    """Return the folder of a bank that says what becomes of answers to version 1 if there is a ``way``."""
    (folder / "migrations").mkdir(parents=True)
    data = spelled_out(questions, enough=LITTLE) | {"version": version}
    (folder / "bank.yaml").write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    if way:
        (folder / "migrations" / "1.yaml").write_text(way, "utf-8")
    return folder


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return bank(tmp_path / "old", OLD, "1")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return bank(tmp_path / "new", NEW, "2", WAY)


@pytest.fixture
def folder(tmp_path: Path, old: Path) -> Path:
    """A folder with answers to the old version, ``a.json``, of 14 October 2026; ``time`` is left open."""
    lines = f"{ABOUT}3\ns\n2\n2\nq\n"
    run("assess", "a.json", "--bank", old, cwd=tmp_path, typed=lines, code=0)
    dated(tmp_path / "a.json", "2026-10-14")
    return tmp_path


def dated(path: Path, day: str, **changes: object) -> None:
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"date": day, **changes}), "utf-8")


def levels(path: Path) -> Mapping[str, float]:
    responses = json.loads(path.read_text("utf-8"))["responses"]
    return {name: one["level"] for name, one in responses.items() if "level" in one}


def version(path: Path) -> str:
    return str(json.loads(path.read_text("utf-8"))["bank"]["version"])


def test_assess_does_not_go_on_with_an_older_version_until_it_is_carried_over(
    folder: Path, old: Path, new: Path
) -> None:
    before = (folder / "a.json").read_bytes()
    wrong = run("assess", "a.json", "--bank", new, cwd=folder, typed="\n2\nq\n", code=1).stderr
    assert "a.json: These answers are to version 1 of the questions, and this is version 2." in wrong
    assert wrong.rstrip().endswith(f"readiness bank migrate OLD {new} a.json --write")
    assert (folder / "a.json").read_bytes() == before
    run("bank", "migrate", old, new, "a.json", "--write", cwd=folder, code=0)
    run("assess", "a.json", "--bank", new, cwd=folder, typed="\nj 2\n2\nq\n", code=0)
    assert (version(folder / "a.json"), levels(folder / "a.json")) == ("2", {"lead": 3, "time": 1})


def test_a_version_that_the_bank_says_nothing_of_is_not_added_to_either(folder: Path, tmp_path: Path) -> None:
    silent = bank(tmp_path / "silent", NEW, "2")
    before = (folder / "a.json").read_bytes()
    wrong = run("assess", "a.json", "--bank", silent, cwd=folder, typed="\n2\nq\n", code=1).stderr
    assert "Go on with that version (--bank), or answer anew" in wrong
    assert wrong.rstrip().endswith(f"assess a.json --again --bank {silent}")
    done = run("assess", "a.json", "--again", "--bank", silent, cwd=folder, typed="\n\n\n\n4\nq\n", code=0)
    assert "does not say what answers to version 1 mean now.\nSo last time’s answers are not shown here." in done.stderr
    assert "Shall each question show" not in done.stdout
    assert (version(folder / "a.json"), levels(folder / "a.json")) == ("2", {"lead": 3})
    assert (folder / "a.2026-10-14.json").read_bytes() == before
    later = run("assess", "a.json", "--bank", silent, cwd=folder, typed="2\nq\n", code=0)
    assert "Shall each question show" not in later.stdout


def test_where_words_alone_have_changed_a_person_goes_on(folder: Path, tmp_path: Path) -> None:
    reworded = bank(tmp_path / "reworded", OLD, "1.1")
    run("assess", "a.json", "--bank", reworded, cwd=folder, typed="j 2\n2\nq\n", code=0)
    assert (version(folder / "a.json"), levels(folder / "a.json")) == ("1.1", ANSWERS | {"time": 1})


def test_words_that_change_what_an_answer_means_are_no_mere_words(folder: Path, tmp_path: Path) -> None:
    says = WAY.replace("1: 2, 2: 3", "1: 1, 2: ask")
    reworded = bank(tmp_path / "reworded", OLD, "1.1", says)
    assert "bank migrate" in run("assess", "a.json", "--bank", reworded, cwd=folder, typed="q\n", code=1).stderr
    (folder / "b.json").write_bytes((folder / "a.json").read_bytes())
    dated(folder / "b.json", "2027-10-14")
    found = json.loads(
        run("compare", "a.json", "b.json", "--bank", reworded, "--format", "json", cwd=folder, code=0).stdout
    )
    assert set(found["reworded"]) == {"lead", "pay", "trust"}


def test_an_answer_of_last_time_is_offered_as_the_bank_leads_it_over(folder: Path, new: Path) -> None:
    typed = "y\n\n\n\n\ns\n\n2\n\nq\n"  # Enter at lead; time is skipped; at pay Enter keeps nothing; Enter at trust
    shown = run("assess", "a.json", "--again", "--bank", new, cwd=folder, typed=typed, code=0).stdout
    assert shown.count("What you answered on 14 October 2026, to an older version, is closest to: 4.") == 1
    assert "Please type a number, or s to skip." in shown
    assert levels(folder / "a.json") == {"lead": 3, "pay": 1, "trust": 1}
    assert version(folder / "a.json") == "2"


def test_a_workshop_does_not_go_on_with_counts_for_an_older_version(tmp_path: Path, old: Path, new: Path) -> None:
    run("workshop", "w.json", "--bank", old, cwd=tmp_path, typed=f"{ABOUT}3\nn\n0 0 3\n\nq\n", code=0)
    before = (tmp_path / "w.json").read_bytes()
    assert b'"levels"' in before
    wrong = run("workshop", "w.json", "--bank", new, cwd=tmp_path, typed="3\n0 3\nq\n", code=1).stderr
    assert "w.json: These answers are to version 1 of the questions, and this is version 2." in wrong
    assert "Go on with that version (--bank), or begin a new file." in wrong
    assert (tmp_path / "w.json").read_bytes() == before


def test_rounds_of_forms_are_answers_to_one_version(folder: Path, old: Path, new: Path) -> None:
    first, second = folder / "first", folder / "second"
    for each in (first, second):
        each.mkdir()
        (each / "a.json").write_bytes((folder / "a.json").read_bytes())
    run("bank", "migrate", old, new, second / "a.json", "--write", cwd=folder, code=0)
    told = run("workshop", "d.json", "--delphi", first, second, "--bank", new, cwd=folder, code=1).stderr
    assert "These are answers to several versions of the questions: 1 and 2." in told
    assert "bank migrate OLD NEW FOLDER --write" in told
    run("bank", "migrate", old, new, first / "a.json", "--write", cwd=folder, code=0)
    run("workshop", "d.json", "--delphi", first, second, "--bank", new, cwd=folder, code=0)


def test_rows_of_an_older_version_are_not_read_by_todays_words(folder: Path, old: Path, new: Path) -> None:
    (folder / "rows.csv").write_text("team,date,bank,lead\nA,2026-10-14,small 1 x,Level 1\n", "utf-8")
    wrong = run("collect", "rows.csv", "-o", "out", "--bank", new, cwd=folder, code=1).stderr
    assert "rows.csv:2: This row answers version 1 of the questions, and this is 2. Read it with that" in wrong
    run("collect", "rows.csv", "-o", "out", "--bank", old, cwd=folder, code=0)
    [made] = (folder / "out").glob("*.json")
    assert (version(made), levels(made)) == ("1", {"lead": 1})


def test_a_report_and_compare_map_both_dates_and_tell_the_same(folder: Path, new: Path) -> None:
    (folder / "b.json").write_bytes((folder / "a.json").read_bytes())
    dated(folder / "b.json", "2027-10-14")
    words = ("--bank", new, "--format", "json")
    found = json.loads(run("compare", "a.json", "b.json", *words, cwd=folder, code=0).stdout)
    assert (found["alike_questions"], found["alike"]["change"]) == (1, 0)
    told = run("report", "b.json", "--since", "a.json", "-o", "-", *words, cwd=folder, code=0).stdout
    assert json.loads(told)["since"]["told"].startswith("100 then and 100 now, over the 1 question")


def test_every_command_that_scores_reads_an_older_version_in_todays_meaning(folder: Path, old: Path, new: Path) -> None:
    lost = "Answers to an older version meant something else, and do not count: “Question pay”, “Question trust”."
    json_ = ("--format", "json")
    done = run("score", "a.json", "--bank", new, *json_, cwd=folder, code=0)
    score = json.loads(done.stdout)
    assert (score["overall"]["score"], lost in done.stderr) == (100, True)
    assert "bank migrate OLD" in done.stderr
    assert score["overall"]["low"] < 100
    done = run("report", "a.json", "-o", "-", "--bank", new, *json_, cwd=folder, code=0)
    assert (lost in done.stderr, '"Trust.' in done.stdout) == (True, False)
    done = run("batch", "a.json", "-o", "out", "--bank", new, cwd=folder, code=0)
    assert f"a.json: {lost}" in done.stderr
    assert "100.0" in (folder / "out" / "scores.csv").read_text("utf-8")
    done = run("score", "a.json", "--bank", old, *json_, cwd=folder, code=0)
    assert "meant something else" not in done.stderr
    done = run("report", "a.json", "--since", "a.json", "-o", "-", "--bank", new, *json_, cwd=folder, code=0)
    assert json.loads(done.stdout)["since"]["told"].startswith("100 then and 100 now, over the 1 question")


def test_what_was_answered_to_an_older_version_is_shown_to_its_person_alone(folder: Path, old: Path, new: Path) -> None:
    team = folder / "team"
    team.mkdir()
    note = {"level": 1, "note": "Our own note."}
    for at in range(4):
        said = {"id": f"{at:016x}", "role": "manager"}
        (team / f"{at}.json").write_bytes((folder / "a.json").read_bytes())
        dated(team / f"{at}.json", f"2026-10-1{at}", respondent=said, responses={**ANSWERS, "trust": note})
    run("bank", "migrate", old, new, team, "--write", cwd=folder, code=0)
    shown = run("assess", team / "0.json", "--bank", new, cwd=folder, typed="n\nj 4\ne Mine\n2\nb\nq\n", code=0).stdout
    assert "Answered on 10 October 2026: “Level 1”" in shown
    kept = json.loads((team / "0.json").read_text("utf-8"))["responses"]["trust"]
    assert kept == {"level": 1, "note": "Our own note.\nMine"}
    for at in range(1, 4):
        file = team / f"{at}.json"
        responses = json.loads(file.read_text("utf-8"))["responses"]
        then = f"Answered on 1{at} October 2026: “Level 1”"
        assert responses["trust"] == {"note": "Our own note.", "before": [then]}
        dated(file, f"2026-10-1{at}", responses={**responses, "trust": {**responses["trust"], "level": 1}})
    words = ("--bank", new, "--notes", "all", "-o", "-", "--format", "json")
    told = run("report", team, *words, cwd=folder, code=0).stdout
    assert "Our own note." in told
    assert "Answered on" not in told


def test_a_note_of_two_that_gets_too_long_is_said(folder: Path, old: Path, tmp_path: Path) -> None:
    way = WAY[: WAY.index("  - {to: pay")] + "  - {to: time, from: [time, pay], levels: {0: 0, 1: 1}}"
    joined = bank(tmp_path / "joined", NEW.replace("- {id: pay, values: [0, 1]}\n", ""), "2", way)
    responses = {name: {"level": 1, "note": name[0] * 20_000} for name in ("time", "pay")}
    dated(folder / "a.json", "2026-10-14", responses=responses)
    words = ("bank", "migrate", old, joined, "a.json")
    said = " ".join(run(*words, cwd=folder, code=0).stdout.split())
    assert "so the end of 1 note is left out: Question time. The original file has all of it." in said
    [found] = json.loads(run(*words, "--format", "json", cwd=folder, code=0).stdout)
    assert found["shortened"] == ["time"]


def test_a_batch_says_once_that_the_way_from_a_version_is_wrong(folder: Path, new: Path) -> None:
    (new / "migrations" / "1.yaml").write_text("a: [b", "utf-8")
    answers = json.loads((folder / "a.json").read_text("utf-8"))
    for nth in range(30):
        kept = answers | {"team": answers["team"] | {"name": f"Team {nth}"}}
        (folder / f"t{nth}.json").write_text(json.dumps(kept), "utf-8")
    teams = [f"t{nth}.json" for nth in range(30)]
    line = "1.yaml:2:1: This is not YAML"
    done = run("batch", *teams, "--bank", new, "-o", "out", "--format", "none", cwd=folder, code=1)
    assert done.stderr.count(line) == 1
    assert "more problem" not in done.stderr
    (folder / "now.json").write_text(json.dumps(answers | {"bank": {"id": "small", "version": "2"}}), "utf-8")
    done = run("batch", *teams, "now.json", "--bank", new, "-o", "out", "--format", "none", cwd=folder, code=3)
    assert done.stderr.count(line) == 1
    told = (folder / "out" / "errors.csv").read_text("utf-8")
    assert (told.count("This is not YAML"), "Team 7" in told, "Team 29" in told) == (30, True, True)
