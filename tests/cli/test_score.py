"""``readiness score``: what is printed for the example services, as a table and as JSON."""

import json
import re
from pathlib import Path

import pytest

from tests.program import EXAMPLES, Terminal, check_golden, run

SERVICES = [path.stem for path in sorted(EXAMPLES.glob("*.yaml"))]


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(("form", "ending"), [("table", "txt"), ("json", "json")])
def test_the_score_of_an_example_is_printed_as_it_always_was(
    tmp_path: Path, service: str, form: str, ending: str
) -> None:
    done = run("score", EXAMPLES / f"{service}.yaml", "--format", form, cwd=tmp_path, code=0)
    check_golden(f"score-{service}.{ending}", done.stdout)


def test_the_fields_that_scripts_rely_on_are_there(tmp_path: Path) -> None:
    done = run("score", EXAMPLES / "northside-cmht.yaml", "--format", "json", cwd=tmp_path, code=0)
    score = json.loads(done.stdout)
    assert list(score) == [
        "schema",
        "bank",
        "team",
        "respondents",
        "voices",
        "voices_missing",
        "too_little_known",
        "overall",
        "band",
        "facilitators",
        "barriers",
        "coverage",
        "domains",
        "questions",
        "roles",
        "warning",
    ]
    assert set(score["overall"]) == {"score", "low", "high"}
    assert set(score["band"]) == {"id", "label", "provisional", "held_by"}
    assert set(score["coverage"]) == {"applicable", "answered", "unknown", "unanswered", "not_applicable", "people"}
    assert {"id", "title", "score", "low", "high", "coverage"} <= set(score["domains"][0])
    assert {"id", "kind", "value", "score", "state"} <= set(score["questions"][0])


def test_what_several_people_agree_on_stands_beside_the_score_and_so_do_roles(tmp_path: Path) -> None:
    riverside = EXAMPLES / "riverside"
    score = json.loads(run("score", riverside, "--format", "json", cwd=tmp_path, code=0).stdout)
    assert score["respondents"] == 11
    assert [(one["role"], one["n"]) for one in score["roles"]] == [("peer-worker", 5)]
    assert {"n", "distribution", "mean", "sd", "r_wg", "ad"} == set(score["questions"][0]["agreement"])
    assert {"questions", "r_wg_j", "alpha"} == set(score["domains"][0]["agreement"])
    smaller = json.loads(run("score", riverside, "--format", "json", "--min-group", "3", cwd=tmp_path, code=0).stdout)
    assert [(one["role"], one["n"]) for one in smaller["roles"]] == [("team-member", 3), ("peer-worker", 5)]


def test_where_views_differ_stands_below_the_table(tmp_path: Path) -> None:
    shown = run("score", EXAMPLES / "riverside", cwd=tmp_path, code=0).stdout
    check_golden("score-riverside.txt", shown)


def test_of_two_people_nothing_is_hidden_and_that_is_said(tmp_path: Path) -> None:
    for name, level in (("a", 1), ("b", 3)):
        text = f"bank: {{id: peer-workers}}\nteam: {{name: A}}\ndate: 2026-11-22\nresponses: {{language: {level}}}\n"
        (tmp_path / f"{name}.yaml").write_text(text)
    shown = run("score", tmp_path, cwd=tmp_path, code=0).stdout
    told = shown.partition("Where views differ\n")[2]
    assert told.startswith(
        "2 people answered.\nTwo people answered. Each can work out what the other said, so nothing is"
    )
    assert "0 · 1 · 0 · 1 · 0" in told


def test_no_group_smaller_than_three_can_be_asked_for(tmp_path: Path) -> None:
    riverside = str(EXAMPLES / "riverside")
    for words in (["score", riverside], ["report", riverside, "-o", "r.md"]):
        assert "--min-group" in run(*words, "--min-group", "2", cwd=tmp_path, code=2).stderr
    assert list(tmp_path.iterdir()) == []


def test_an_old_copy_does_not_count_and_is_told(tmp_path: Path) -> None:
    text = (EXAMPLES / "northside-cmht.yaml").read_text(encoding="utf-8")
    (tmp_path / "anna.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "anna (1).yaml").write_text(text, encoding="utf-8")
    (tmp_path / "anna-old.yaml").write_text(text.replace("2026-10-14", "2026-09-01"), encoding="utf-8")
    (tmp_path / "cora.yaml").write_text(text.replace(": 2\n", ": 3\n"), encoding="utf-8")
    (tmp_path / "ben.yaml").write_text(text.replace("service-manager}", "other}"), encoding="utf-8")
    said = run("score", ".", cwd=tmp_path, code=1).stderr
    assert "ben.yaml: These are the same answers as in anna (1).yaml, throughout, in another role." in said
    (tmp_path / "ben.yaml").unlink()
    done = run("score", ".", "anna.yaml", "--format", "json", cwd=tmp_path, code=0)
    assert json.loads(done.stdout)["respondents"] == 3
    assert "Note: anna.yaml: the same answers as in anna (1).yaml, throughout. They count once." in done.stderr
    assert "anna (1).yaml and anna-old.yaml give the same answer to" in done.stderr
    assert "If one is an older copy of the other, take it out." in done.stderr
    (tmp_path / "cora.yaml").unlink()
    refused = run("score", ".", cwd=tmp_path, code=1).stderr
    assert "only 2 people of this team of 3 would be left. Take the copy out." in refused


def test_more_than_one_team_is_an_error_that_names_them(tmp_path: Path) -> None:
    done = run("score", EXAMPLES, cwd=tmp_path, code=1)
    assert "Northside" in done.stderr
    assert "Harbour House" in done.stderr


def test_nothing_answered_is_no_score_and_says_what_to_do(tmp_path: Path) -> None:
    text = (EXAMPLES / "northside-cmht.yaml").read_text(encoding="utf-8").partition("responses:")[0]
    (tmp_path / "empty.yaml").write_text(f"{text}responses: {{}}\n", encoding="utf-8")
    table = run("score", "empty.yaml", cwd=tmp_path, code=0).stdout
    assert "\nNo score yet (0 to 100, for what is not known)\n" in table
    assert "There is no score yet, as too little is known: 0 of 26 questions." in table
    score = json.loads(run("score", "empty.yaml", "--format", "json", cwd=tmp_path, code=0).stdout)
    assert (score["overall"]["score"], score["band"], score["too_little_known"]) == (None, None, True)


def test_what_the_reader_should_know_of_the_answers_is_said_beside_the_score(tmp_path: Path) -> None:
    text = (EXAMPLES / "northside-cmht.yaml").read_text(encoding="utf-8").replace("stage: planning, ", "")
    (tmp_path / "short.yaml").write_text(text, encoding="utf-8")
    done = run("score", "short.yaml", "--format", "json", cwd=tmp_path, code=0)
    assert done.stderr.startswith("Note: short.yaml: the profile leaves out stage")
    assert json.loads(done.stdout)["schema"] == 1


def test_a_score_that_is_wholly_known_shows_no_range(tmp_path: Path, full: Path) -> None:
    shown = run("score", full, cwd=tmp_path, code=0).stdout
    (result,) = (line for line in shown.splitlines() if "out of 100" in line and ":" in line)
    assert result.endswith("out of 100")
    assert "(could be" not in shown


def test_a_terminal_gets_looks_and_the_same_words(tmp_path: Path, full: Path) -> None:
    with Terminal("score", full, cwd=tmp_path) as terminal:
        assert terminal.end() == 0
    assert "\x1b[1m" in terminal.output
    with Terminal("score", full, cwd=tmp_path, env={"NO_COLOR": "1"}) as terminal:
        assert terminal.end() == 0
    assert "\x1b" not in terminal.output


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """Return a file of answers that leaves nothing open."""
    file = tmp_path / "my-service.json"
    about, answers = ["Northside", "", "1", "1", "1", "1", "2"], ["2"] * 60
    run("assess", cwd=tmp_path, typed="\n".join([*about, *answers, ""]))
    assert file.exists()
    return file


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"NO_COLOR": "1"}, {}], ids=["dumb", "no-colour", "colour"])
def test_in_a_terminal_no_line_is_wider_than_it(tmp_path: Path, env: dict[str, str]) -> None:
    with Terminal("score", EXAMPLES / "northside-cmht.yaml", cwd=tmp_path, env=env, size=(24, 70)) as terminal:
        assert terminal.end() == 0
    assert max(len(line) for line in re.sub(r"\x1b\[[0-9;]*m", "", terminal.output).splitlines()) <= 70


def test_a_score_that_is_rounded_up_to_what_it_does_not_reach_says_so(tmp_path: Path) -> None:
    text = (EXAMPLES / "northside-cmht.yaml").read_text("utf-8")
    text = text.replace("career-progression: 0", "career-progression: 2").replace("unknown: true", "level: 2", 1)
    text = text.replace("culture-challenge: 1", "culture-challenge: 0")
    (tmp_path / "a.yaml").write_text(text.replace("personal-boundaries: 0", "personal-boundaries: unknown"), "utf-8")
    assert "41 out of 100" in run("score", "a.yaml", cwd=tmp_path, code=0).stdout
    assert (
        "The result is below 41: it is 40.5"
        in run("score", "a.yaml", "--fail-under", "41", cwd=tmp_path, code=4).stderr
    )
    assert "The result is below 42." in run("score", "a.yaml", "--fail-under", "42", cwd=tmp_path, code=4).stderr
