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
    now = now.replace("culture-challenge-planned: 1", "culture-challenge-planned: 0")
    now = now.replace("unknown: true", "level: 2", 1)  # pay-parity
    now = now.replace("personal-boundaries-planned: 0", "personal-boundaries-planned: unknown")
    (tmp_path / "now.yaml").write_text(now, "utf-8")
    return tmp_path


def test_what_has_changed_is_shown(folder: Path) -> None:
    done = run("compare", "then.yaml", "now.yaml", cwd=folder, code=0)
    check_golden("compare.txt", done.stdout)
    assert done.stderr == ""


def test_it_is_written_as_a_page(folder: Path) -> None:
    run("compare", "then.yaml", "now.yaml", "-o", "change.md", cwd=folder, code=0)
    page = (folder / "change.md").read_text("utf-8")
    assert "| Overall | 39 | 41 | +2 ? |" in page
    assert "- What comes next: step 1 of 5, now step 3 of 5" in page
    assert not re.search(r"[0-9]\.[0-9]", page), "people see whole numbers"
    assert "is there already" in run("compare", "then.yaml", "now.yaml", "-o", "change.md", cwd=folder, code=1).stderr
    run("compare", "now.yaml", "then.yaml", "-o", "change.md", "--force", cwd=folder, code=0)
    assert "| Overall | 41 | 39 | −2 ? |" in (folder / "change.md").read_text("utf-8")


def test_scripts_get_json(folder: Path) -> None:
    shown = run("compare", "then.yaml", "now.yaml", "--format", "json", cwd=folder, code=0).stdout
    found = json.loads(shown)
    assert found["schema"] == 2
    assert (found["overall"]["change"], found["overall"]["firm"]) == (2.7, False)
    assert (found["doubts"], found["alike_questions"], found["questions_hidden"]) == (["not_known"], 21, False)
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


def test_single_questions_of_several_people_are_not_told_if_it_is_not_known_who_came(tmp_path: Path) -> None:
    done = run("compare", EXAMPLES / "riverside" / "peer-worker-1.yaml", EXAMPLES / "riverside", cwd=tmp_path, code=0)
    assert "Answered by: 11 people (1 service manager, 3 team members, 5 Peer Workers, " in unwrapped(done.stdout)
    assert "Parts and single questions are not compared." in done.stdout
    assert "step " not in done.stdout


def unwrapped(text: str) -> str:
    return " ".join(text.split())


def with_id(folder: Path, name: str, whose: int, **answers: object) -> Path:
    """Write the answers of one person of Riverside, and return the file."""
    told = yaml.safe_load((EXAMPLES / "riverside" / "team-member-1.yaml").read_text("utf-8"))
    told["respondent"]["id"] = f"{whose:016x}"
    told["responses"] |= answers
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(told, default=str), "utf-8")
    return folder / f"{name}.json"


def test_single_questions_of_the_same_people_are_told(tmp_path: Path) -> None:
    for person in range(6):
        with_id(tmp_path / "then", f"p{person}", person, language=1)
        with_id(tmp_path / "now", f"p{person}", person, language=3)
    assert "step 2 of 5, now step 4 of 5" in run("compare", "then", "now", cwd=tmp_path, code=0).stdout
    with_id(tmp_path / "now", "p6", 6, language=3)
    assert "Parts and single questions are not compared." in run("compare", "then", "now", cwd=tmp_path, code=0).stdout
    for person in range(7, 9):
        with_id(tmp_path / "now", f"p{person}", person, language=3)
    assert "Parts and single questions are not" in run("compare", "then", "now", cwd=tmp_path, code=0).stdout
    assert "now step 4 of 5" in run("compare", "then", "now", "--min-group", "3", cwd=tmp_path, code=0).stdout


@pytest.mark.parametrize(("heading", "known"), [("Response ID", False), ("Participant code", True)])
def test_another_survey_that_counts_from_one_again_does_not_make_two_people_one(
    tmp_path: Path, heading: str, *, known: bool
) -> None:
    profile = ("setting=nhs", "stage=planning", "employment=paid", "culturally-specific=no")
    about = ["--team", "T", *(word for each in profile for word in ("--profile", each))]
    for year, last in (("2025", 4), ("2026", 0)):
        rows = [f"{at},{year}-10-14 10:0{at}:00,{1 if at < 5 else last},2,3" for at in range(1, 6)]
        text = "\n".join([f"{heading},Date submitted,language,peer-identity,pay-parity", *rows])
        (tmp_path / f"{year}.csv").write_text(text, "utf-8")
        run("collect", f"{year}.csv", "-o", year, *about, cwd=tmp_path, code=0)
    done = run("compare", "2025", "2026", cwd=tmp_path, code=0)
    assert ("Parts and single questions are not compared." not in done.stdout) is known
    assert ("who came or went is not known" not in done.stderr) is known
    run("compare", "2025", "2026", "-o", "c.json", cwd=tmp_path, code=0)
    assert bool(json.loads((tmp_path / "c.json").read_text("utf-8"))["questions"]) is known


def test_more_than_two_dates_make_a_trend(folder: Path) -> None:
    last = (folder / "now.yaml").read_text("utf-8").replace("2026-12-20", "2027-06-01")
    (folder / "last.yaml").write_text(last.replace("career-progression: 2", "career-progression: 4"), "utf-8")
    shown = run("compare", "then.yaml", "now.yaml", "last.yaml", cwd=folder, code=0).stdout
    assert re.search(r"Part +Oct 2026 +Dec 2026 +Jun 2027\nOverall +39 +41 +43\n", shown)
    assert "What comes next: step 1 of 5, now step 5 of 5" in shown
    assert "Over time" not in run("compare", "then.yaml", "last.yaml", cwd=folder, code=0).stdout
    assert (
        "last.yaml is newer than now.yaml"
        in run("compare", "then.yaml", "last.yaml", "now.yaml", cwd=folder, code=0).stderr
    )
    found = json.loads(
        run("compare", "then.yaml", "now.yaml", "last.yaml", "--format", "json", cwd=folder, code=0).stdout
    )
    assert [then["date"] for then in found["dates"]] == ["2026-10-14", "2026-12-20", "2027-06-01"]
    assert [len(trend["scores"]) for trend in found["trends"]] == [3] * 6


def test_one_date_may_be_standard_input(folder: Path) -> None:
    typed = (folder / "then.yaml").read_text("utf-8")
    shown = run("compare", "-", "now.yaml", cwd=folder, code=0, typed=typed).stdout
    assert shown == run("compare", "then.yaml", "now.yaml", cwd=folder, code=0).stdout
    assert run("compare", "then.yaml", "-", cwd=folder, code=0, typed=typed).stdout


def test_one_date_alone_is_wrong_usage(folder: Path) -> None:
    assert "two dates or more" in run("compare", "then.yaml", cwd=folder, code=2).stderr
    assert run("compare", "then.yaml", "missing.yaml", cwd=folder, code=1).stdout == ""


def test_a_role_that_fell_silent_is_the_first_thing_that_is_said(tmp_path: Path) -> None:
    everybody = [*sorted((EXAMPLES / "riverside").glob("*.yaml"))]
    for file in everybody:
        for name in ("then", "now"):
            (tmp_path / name).mkdir(exist_ok=True)
            if name == "then" or not file.name.startswith("peer-worker"):
                (tmp_path / name / file.name).write_text(file.read_text("utf-8"), "utf-8")
    shown = unwrapped(run("compare", "then", "now", cwd=tmp_path, code=0).stdout)
    silent = "Then, Peer Workers answered. Now none of them did, so the change may only say that they are missing."
    assert silent in shown
    assert shown.index(silent) < shown.index("Answered by: ")
    assert "What else could explain any change here: who answered." in shown
    found = json.loads(run("compare", "then", "now", "--format", "json", cwd=tmp_path, code=0).stdout)
    assert found["silent"] == ["peer-worker"]
    assert "voices" in found["doubts"]


def test_another_stage_is_said_to_be_another_set_of_questions(folder: Path) -> None:
    text = (folder / "now.yaml").read_text("utf-8").replace("stage: planning", "stage: introducing")
    (folder / "now.yaml").write_text(text, "utf-8")
    shown = unwrapped(run("compare", "then.yaml", "now.yaml", cwd=folder, code=0).stdout)
    assert "other questions, as the service is at another stage or of another kind" in shown
    assert "Like for like, over the 8 questions asked and known at both dates" in shown


def test_the_same_name_in_another_organisation_is_another_team(folder: Path) -> None:
    text = (folder / "now.yaml").read_text("utf-8").replace("Alder Valley NHS Foundation Trust", "Another Trust")
    (folder / "now.yaml").write_text(text, "utf-8")
    assert "These are two teams" in run("compare", "then.yaml", "now.yaml", cwd=folder, code=1).stderr


def test_where_nothing_has_changed_nothing_is_called_uncertain(folder: Path) -> None:
    shown = run("compare", "then.yaml", "then.yaml", cwd=folder, code=0).stdout
    assert "not certain" not in shown
    assert "?" not in shown


def test_another_edition_and_what_no_longer_counts_are_said(folder: Path) -> None:
    then = re.sub(r"clinical-response-planned:(\n  .*)+", 'clinical-response-planned: "n/a: no"', NORTHSIDE)
    then = re.sub("bank: .*", "bank: {id: peer-workers, version: 0.0.9, fingerprint: abcdef0123456789}", then)
    (folder / "then.yaml").write_text(then, "utf-8")
    shown = run("compare", "then.yaml", "now.yaml", cwd=folder, code=0).stdout
    assert re.search(r"Counts now, and did not then: 1\n- .*: does not apply, now step . of 5", shown)
    told = unwrapped(shown)
    assert "What else could explain any change here: another edition of the questions." in told
    assert "“?”: what is not known or what was set aside as not applying in that part could explain" in told


def test_options_without_effect_are_wrong_usage(folder: Path) -> None:
    run("compare", "then.yaml", "now.yaml", "--format", "json", "-o", "c.md", cwd=folder, code=2)
    assert "standard input" in run("compare", "-", "-", cwd=folder, code=2).stderr
    assert [*folder.glob("c.md")] == []


def test_nothing_answered_is_said(folder: Path) -> None:
    head, _, _ = NORTHSIDE.partition("responses:")
    (folder / "empty.yaml").write_text(f"{head}responses: {{}}\n", "utf-8")
    done = run("compare", "empty.yaml", "now.yaml", cwd=folder, code=0)
    assert "Too little was known then for a score" in done.stdout
    assert "14 October 2026: no score. Answered by: service manager." in done.stdout
    assert "Nothing was asked and known at both dates" in done.stdout
    done = run("compare", "now.yaml", "empty.yaml", cwd=folder, code=0)
    assert "Too little is known now for a score" in done.stdout
    done = run("compare", "empty.yaml", "empty.yaml", cwd=folder, code=0)
    assert "Too little was known then, and is known now, for a score" in unwrapped(done.stdout)
