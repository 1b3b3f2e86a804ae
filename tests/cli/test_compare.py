"""``readiness compare``: a team then and now, for a person and for scripts."""

import json
import re
from pathlib import Path

import pytest
import yaml

from tests.program import EXAMPLES, check_golden, run

NORTHSIDE = (EXAMPLES / "northside-cmht.yaml").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "then.yaml").write_text(NORTHSIDE, "utf-8")
    now = NORTHSIDE.replace("date: 2026-10-14", "date: 2026-12-20").replace(
        "career-progression: 0", "career-progression: 2"
    )
    now = now.replace("culture-challenge: 1", "culture-challenge: 0").replace("unknown: true", "level: 2", 1)
    (tmp_path / "now.yaml").write_text(now.replace("personal-boundaries: 0", "personal-boundaries: unknown"), "utf-8")
    return tmp_path


def test_what_has_changed_is_shown(folder: Path) -> None:
    done = run("compare", "then.yaml", "now.yaml", cwd=folder, code=0)
    check_golden("compare.txt", done.stdout)
    assert done.stderr == ""


def test_it_is_written_as_a_page(folder: Path) -> None:
    run("compare", "then.yaml", "now.yaml", "-o", "change.md", cwd=folder, code=0)
    page = (folder / "change.md").read_text("utf-8")
    assert "| Overall | 39.9 | 42.7 | +2.8 ? |" in page
    assert "- Ways to move up: step 1 of 5, now step 3 of 5" in page
    assert "is there already" in run("compare", "then.yaml", "now.yaml", "-o", "change.md", cwd=folder, code=1).stderr
    run("compare", "now.yaml", "then.yaml", "-o", "change.md", "--force", cwd=folder, code=0)
    assert "| Overall | 42.7 | 39.9 | −2.8 ? |" in (folder / "change.md").read_text("utf-8")


def test_scripts_get_json(folder: Path) -> None:
    shown = run("compare", "then.yaml", "now.yaml", "--format", "json", cwd=folder, code=0).stdout
    found = json.loads(shown)
    assert (found["overall"]["change"], found["overall"]["firm"]) == (2.8, False)
    assert {"id": "career-progression", "move": "up"}.items() <= next(
        question for question in found["questions"] if question["id"] == "career-progression"
    ).items()
    assert run("compare", "then.yaml", "now.yaml", "-o", "-", cwd=folder, code=0).stdout == shown
    run("compare", "then.yaml", "now.yaml", "-o", "change.json", cwd=folder, code=0)
    assert json.loads((folder / "change.json").read_text("utf-8")) == found


def test_the_wrong_way_round_says_so(folder: Path) -> None:
    assert "the change runs backwards" in run("compare", "now.yaml", "then.yaml", cwd=folder, code=0).stderr


def test_two_teams_are_not_compared(folder: Path) -> None:
    told = run("compare", "then.yaml", EXAMPLES / "harbour-house.yaml", cwd=folder, code=1).stderr
    assert told.startswith("These are two teams: Northside Community Mental Health Team")


def test_it_is_never_written_over_what_it_was_made_from(folder: Path) -> None:
    answers = json.dumps(yaml.safe_load(NORTHSIDE), default=str)
    (folder / "then.json").write_text(answers, "utf-8")
    run("compare", "then.json", "now.yaml", "-o", "then.json", "--force", cwd=folder, code=1)
    assert (folder / "then.json").read_text("utf-8") == answers


def test_the_name_says_what_is_written(folder: Path) -> None:
    for name, begins in (("change.pdf", b"%PDF-1.7"), ("change.html", b"<!DOCTYPE html>"), ("change.docx", b"PK")):
        run("compare", "then.yaml", "now.yaml", "-o", name, "--theme", "warm", cwd=folder, code=0)
        assert (folder / name).read_bytes().startswith(begins)
    wrong = run("compare", "then.yaml", "now.yaml", "-o", "change.xlsx", cwd=folder, code=2).stderr
    assert "pdf, html, docx, md, json" in wrong
    wrong = run("compare", "then.yaml", "now.yaml", "-o", "again.pdf", "--theme", "cold", cwd=folder, code=1).stderr
    assert 'There is no theme "cold"' in wrong


@pytest.mark.parametrize("words", [(), ("-o", "c.json"), ("-o", "c.md"), ("--format", "json")])
def test_a_theme_that_could_have_no_effect_is_wrong_usage(folder: Path, words: tuple[str, ...]) -> None:
    done = run("compare", "then.yaml", "now.yaml", "--theme", "warm", *words, cwd=folder, code=2)
    assert "--theme is for a page" in done.stderr


def test_json_in_a_file_is_what_is_printed_whatever_the_name(folder: Path) -> None:
    for name in ("then.yaml", "now.yaml"):
        text = (folder / name).read_text("utf-8")
        (folder / name).write_text(text.replace("name: Northside", 'name: "A\\u202eB"#'), "utf-8")
    run("compare", "then.yaml", "now.yaml", "-o", "c.json", cwd=folder, code=0)
    printed = run("compare", "then.yaml", "now.yaml", "--format", "json", cwd=folder, code=0).stdout
    assert (folder / "c.json").read_text("utf-8") == printed
    assert "\u202e" not in printed


def test_several_people_are_compared_by_their_mean(tmp_path: Path) -> None:
    done = run("compare", EXAMPLES / "riverside" / "peer-worker-1.yaml", EXAMPLES / "riverside", cwd=tmp_path, code=0)
    assert "11 people" in done.stdout
    assert "between steps" in done.stdout
    assert "Not the same number of people answered" in done.stdout


def test_the_same_name_in_another_organisation_is_another_team(folder: Path) -> None:
    text = (folder / "now.yaml").read_text("utf-8").replace("Alder Valley NHS Foundation Trust", "Another Trust")
    (folder / "now.yaml").write_text(text, "utf-8")
    assert "These are two teams" in run("compare", "then.yaml", "now.yaml", cwd=folder, code=1).stderr


def test_where_nothing_has_changed_nothing_is_called_uncertain(folder: Path) -> None:
    shown = run("compare", "then.yaml", "then.yaml", cwd=folder, code=0).stdout
    assert "not certain" not in shown
    assert "?" not in shown


def test_another_edition_and_what_no_longer_counts_are_said(folder: Path) -> None:
    then = (folder / "then.yaml").read_text("utf-8").replace("career-progression: 0", 'career-progression: "n/a: no"')
    then = re.sub("bank: .*", "bank: {id: peer-workers, version: 0.0.9, fingerprint: abcdef0123456789}", then)
    (folder / "then.yaml").write_text(then, "utf-8")
    shown = run("compare", "then.yaml", "now.yaml", cwd=folder, code=0).stdout
    assert "Counts now, and did not then: 1\n- Ways to move up: does not apply, now step 3 of 5" in shown
    assert "another edition of the questions" in shown


def test_options_without_effect_are_wrong_usage(folder: Path) -> None:
    run("compare", "then.yaml", "now.yaml", "--format", "json", "-o", "c.md", cwd=folder, code=2)
    assert "standard input" in run("compare", "-", "-", cwd=folder, code=2).stderr
    assert [*folder.glob("c.md")] == []


def test_nothing_answered_is_said(folder: Path) -> None:
    head, _, _ = NORTHSIDE.partition("responses:")
    (folder / "empty.yaml").write_text(f"{head}responses: {{}}\n", "utf-8")
    done = run("compare", "empty.yaml", "now.yaml", cwd=folder, code=0)
    assert "There is no score then or now" in done.stdout
    assert "no score" in done.stdout
