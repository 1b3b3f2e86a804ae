"""A batch that is run again: what it makes anew, and what it leaves alone."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from readiness.batch import render_job
from readiness.batch.render_job import Settings
from tests.batch.batches import PAGES, QUICK, batch, errors, reports, teams, tree
from tests.batch.writing import put, row
from tests.conftest import EXAMPLES
from tests.program import run


def test_only_what_is_missing_or_changed_is_made_again(tmp_path: Path) -> None:
    file = teams(tmp_path, ["Alder", "Brook", "Cole"])
    batch(tmp_path, "teams.csv", *PAGES)
    first = reports(tmp_path)
    assert "3 were there already" in batch(tmp_path, "teams.csv", *PAGES)
    assert reports(tmp_path) == first
    put(file, [row("Alder"), row("Brook", language="4"), row("Cole")])
    next((tmp_path / "out" / "reports").glob("cole*")).unlink()
    batch(tmp_path, "teams.csv", *PAGES)
    assert {name for name, when in reports(tmp_path).items() if first[name] != when} == {"brook", "cole"}
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "document.html.j2").write_text(
        '<!DOCTYPE html>\n<html lang="en">\n<head></head>Mine</html>\n', "utf-8"
    )
    batch(tmp_path, "teams.csv", *PAGES, "--templates", "own")
    [page] = {path.read_text("utf-8") for path in (tmp_path / "out" / "reports").iterdir()}
    assert page.endswith("</head>Mine</html>\n")


def test_reports_are_known_by_what_cut_their_fonts_down(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings("peer-workers", "sober")
    here = settings.fingerprint()
    monkeypatch.setattr(render_job, "subsetter", lambda: "another")
    assert settings.fingerprint() != here


def test_what_somebody_has_changed_is_left_alone_until_it_may_be_overwritten(tmp_path: Path) -> None:
    teams(tmp_path, ["Alder", "Brook"])
    batch(tmp_path, "teams.csv", *QUICK)
    [report] = (tmp_path / "out" / "reports").glob("alder*")
    report.write_text("My own words", "utf-8")
    assert "Somebody has changed this file" in batch(tmp_path, "teams.csv", *QUICK, code=3)
    assert report.read_text("utf-8") == "My own words"
    batch(tmp_path, "teams.csv", *QUICK, "--force")
    assert report.read_text("utf-8") != "My own words"


def test_reports_of_teams_no_longer_there_stay_until_they_are_cleaned_away(tmp_path: Path) -> None:
    teams(tmp_path, ["Alder", "Brook", "Cole"])
    batch(tmp_path, "teams.csv", *QUICK)
    next((tmp_path / "out" / "reports").glob("cole*")).write_text("Mine", "utf-8")
    teams(tmp_path, ["Alder"])
    batch(tmp_path, "teams.csv", *QUICK)
    assert sorted(reports(tmp_path)) == ["alder", "brook", "cole"]
    assert "1 old files removed" in batch(tmp_path, "teams.csv", *QUICK, "--clean")
    assert sorted(reports(tmp_path)) == ["alder", "cole"]


def test_a_persons_edits_of_the_plan_stand_in_the_report_and_make_it_anew(tmp_path: Path) -> None:
    (tmp_path / "answers").mkdir()
    answers = tmp_path / "answers" / "northside.yaml"
    answers.write_bytes((EXAMPLES / "northside-cmht.yaml").read_bytes())
    batch(tmp_path, "answers", *QUICK)
    before = tree(tmp_path / "out" / "reports")
    plan = json.loads(run("plan", answers, "--format", "json", cwd=tmp_path, code=0).stdout)
    first = plan["actions"][0]["id"]
    overlay = {
        "schema": 1,
        "bank": {"id": "peer-workers"},
        "team": plan["team"]["name"] if isinstance(plan["team"], dict) else plan["team"],
        "actions": {first: {"owner": "Nadia Karim"}},
    }
    (tmp_path / "answers" / "northside.plan.json").write_text(json.dumps(overlay), "utf-8")
    batch(tmp_path, "answers", *QUICK)
    after = tree(tmp_path / "out" / "reports")
    assert before.keys() == after.keys()
    assert [b"Nadia Karim" in text for text in after.values()] == [True]
    (tmp_path / "answers" / "northside.plan.json").write_text("{", "utf-8")
    batch(tmp_path, "answers", *QUICK, code=3)
    assert "northside.plan.json" in errors(tmp_path)[0]["file"]


def test_a_plan_that_could_be_of_two_teams_is_in_the_report_of_neither_until_somebody_says_whose(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "answers"
    folder.mkdir()
    text = (EXAMPLES / "northside-cmht.yaml").read_text("utf-8")
    for name, organisation in (("a", "Alder"), ("b", "Birch")):
        (folder / f"{name}.yaml").write_text(text.replace("Alder Valley NHS Foundation Trust", organisation), "utf-8")
    plan = json.loads(run("plan", folder / "a.yaml", "--format", "json", cwd=tmp_path, code=0).stdout)
    kept = {"schema": 1, "bank": {"id": "peer-workers"}, "team": "Northside Community Mental Health Team"}
    kept["actions"] = {plan["actions"][0]["id"]: {"owner": "Nadia Karim"}}
    file = folder / "northside.plan.json"
    file.write_text(json.dumps(kept), "utf-8")
    before = file.read_bytes()
    said = batch(tmp_path, "answers", *QUICK)
    assert said.count("northside.plan.json names no organisation, so it could be another team's plan") == 1
    assert not any(b"Nadia Karim" in report for report in tree(tmp_path / "out" / "reports").values())
    done = run("report", "answers/b.yaml", "-o", "b.md", cwd=tmp_path, code=0)
    assert "northside.plan.json names no organisation" in done.stderr
    assert "Nadia Karim" not in (tmp_path / "b.md").read_text("utf-8")
    assert file.read_bytes() == before
    run("plan", "rename", "answers/a.yaml", "--plan", "answers/northside.plan.json", cwd=tmp_path, code=0)
    said = batch(tmp_path, "answers", *QUICK)
    assert "names no organisation" not in said
    assert "(Alder): answers/northside.plan.json holds the edits of this team's plan. It is used, and" in said
    named = [report for report in tree(tmp_path / "out" / "reports").values() if b"Nadia Karim" in report]
    assert [b"Alder" in report for report in named] == [True]


def test_of_a_plan_that_no_answers_are_about_a_batch_says_once_whose_it_could_be(tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    folder.mkdir()
    text, name = (EXAMPLES / "northside-cmht.yaml").read_text("utf-8"), "Northside Community Mental Health Team"
    trust = "  organisation: Alder Valley NHS Foundation Trust\n"
    for team in ("North", "South"):
        for nth in (1, 2):
            said = text.replace(name, f"{team} team").replace("date: 2026-1", f"date: 202{4 + nth}-1")
            (folder / f"{team.lower()}-{nth}.yaml").write_text(said.replace(trust, ""), "utf-8")
    run(
        "plan", "edit", "answers/north-1.yaml", "answers/north-2.yaml", cwd=tmp_path, typed="1\n1\nAnn Obi\nq\n", code=0
    )
    [kept] = folder.glob("*.plan.json")
    assert "is not used" not in batch(tmp_path, "answers", *QUICK)
    for nth in (1, 2):
        file = folder / f"north-{nth}.yaml"
        file.write_text(file.read_text("utf-8").replace("North team", "Northside"), "utf-8")
    told = f"answers/{kept.name} is about North team, so it is not used, and no numbers are saved. If that is another"
    said = batch(tmp_path, "answers", *QUICK)
    assert said.count("is not used") == 1
    assert f"Note: Northside, South team: {told}" in said
    assert f"plan rename FILES --plan answers/{kept.name}" in said
    alone = batch(tmp_path, "answers", *QUICK, "--only", "Northside")
    assert f"Note: Northside: {told}" in alone
    rename = ("plan", "rename", "answers/north-1.yaml", "answers/north-2.yaml", "--plan", f"answers/{kept.name}")
    assert " ".join(rename) in alone
    report = run("report", "answers/north-1.yaml", "answers/north-2.yaml", "-o", "r.md", cwd=tmp_path, code=0).stderr
    assert told in report
    assert " ".join(rename) in report
    assert [*folder.glob("*.plan.json")] == [kept], "no numbers are saved"
    run(*rename, cwd=tmp_path, code=0)
    assert "is not used" not in batch(tmp_path, "answers", *QUICK, "--clean")
    assert sum(b"Ann Obi" in report for report in tree(tmp_path / "out" / "reports").values()) == 1


def test_the_portfolio_is_made_again_only_where_something_changed(tmp_path: Path) -> None:
    teams(tmp_path, ["Alder", "Brook", "Cole"])
    words = ("teams.csv", "--format", "none", "--portfolio", "html")
    batch(tmp_path, *words, "--name", "The <region>")
    portfolio = tmp_path / "out" / "portfolio.html"
    first = portfolio.stat().st_mtime_ns
    assert "The &lt;region&gt;" in portfolio.read_text("utf-8")
    batch(tmp_path, *words, "--name", "The <region>")
    assert portfolio.stat().st_mtime_ns == first
    portfolio.write_text("My own", "utf-8")
    teams(tmp_path, ["Alder", "Brook"])
    assert "Somebody has changed this file" in batch(tmp_path, *words, code=3)
    assert portfolio.read_text("utf-8") == "My own"
    batch(tmp_path, *words, "--force")
    assert portfolio.read_text("utf-8") != "My own"


def member(role: str, nth: int, agrees: str = "no") -> dict[str, str]:
    return row("Alder", {"language": nth % 5, "which-peers": nth // 2}, role=role, shown_alone=agrees)


def withdrawn(folder: Path, *words: str) -> str:
    """Make reports and a portfolio in HTML, have a person withdraw their agreement, and run it again."""
    others = [*(member("team-member", nth) for nth in range(6)), row("Brook")]
    put(folder / "t.csv", [member("peer-worker", 8, "yes"), *others])
    batch(folder, "t.csv", "--format", "html,json", "--portfolio", "html")
    put(folder / "t.csv", [member("peer-worker", 8, "no"), *others])
    return batch(folder, "t.csv", *words)


@pytest.mark.parametrize("words", [QUICK, ("--format", "none", "--portfolio", "none")])
def test_reports_in_another_format_go_if_they_show_what_is_hidden_now(tmp_path: Path, words: Sequence[str]) -> None:
    said = withdrawn(tmp_path, *words)
    assert (
        "3 files of earlier runs were removed: made from other answers than count now, and not made again by this run: "
        in said
    )
    files = {path.name.partition("-")[0] + path.suffix for path in (tmp_path / "out" / "reports").iterdir()}
    assert files == {"brook.html", "brook.json"} | ({"alder.md", "brook.md"} if words == QUICK else set())
    assert not (tmp_path / "out" / "portfolio.html").exists()
    assert "earlier run" not in batch(tmp_path, "t.csv", *words)


def test_rows_and_teams_in_another_order_are_no_other_answers(tmp_path: Path) -> None:
    rows = [*(member("team-member", nth) for nth in range(6)), row("Brook"), row("Cole")]
    put(tmp_path / "t.csv", rows)
    batch(tmp_path, "t.csv", "--format", "html", "--portfolio", "html")
    before = {path.name for path in (tmp_path / "out" / "reports").iterdir()}
    put(tmp_path / "t.csv", rows[::-1])
    said = batch(tmp_path, "t.csv", *QUICK)
    assert "removed" not in said
    assert before < {path.name for path in (tmp_path / "out" / "reports").iterdir()}
    put(tmp_path / "t.csv", rows[:-1])
    assert "portfolio.html" in batch(tmp_path, "t.csv", *QUICK)


def test_a_report_that_somebody_has_changed_and_scores_are_only_named(tmp_path: Path) -> None:
    batch(tmp_path, str(teams(tmp_path, ["Alder"])), *PAGES)
    [report] = (tmp_path / "out" / "reports").iterdir()
    report.write_text("Mine", "utf-8")
    put(tmp_path / "teams.csv", [row("Alder", language="4")])
    said = batch(tmp_path, "teams.csv", *QUICK, "--scores", "csv")
    [note] = [line for line in said.splitlines() if "of earlier runs were not made again" in line]
    assert report.name in note
    assert "scores.jsonl" in note
    assert "scores.csv" not in note
    assert report.read_text("utf-8") == "Mine"


def test_a_smaller_group_shown_by_an_earlier_run_goes_too(tmp_path: Path) -> None:
    put(tmp_path / "t.csv", [member("team-member", nth) for nth in range(6)])
    batch(tmp_path, "t.csv", *PAGES, "--min-group", "3")
    assert "1 file of an earlier run was removed" in batch(tmp_path, "t.csv", *QUICK)


def test_a_portfolio_goes_if_one_team_is_left(tmp_path: Path) -> None:
    words = ("teams.csv", "--format", "none", "--portfolio", "html")
    for names in (["Alder", "Brook"], ["Alder"]):
        teams(tmp_path, names)
        said = batch(tmp_path, *words)
    assert "portfolio.html" in said
    assert not (tmp_path / "out" / "portfolio.html").exists()


def test_each_shard_removes_what_its_teams_no_longer_show_and_the_merge_the_portfolio(tmp_path: Path) -> None:
    withdrawn(tmp_path, "--format", "html,json", "--portfolio", "html")
    put(tmp_path / "t.csv", [row("Alder"), row("Brook", language="4")])
    said = batch(tmp_path, "t.csv", "--format", "md", "--shard", "1/2")
    assert "2 files of earlier runs were removed" in said
    assert len([*(tmp_path / "out" / "reports").glob("brook*")]) == 2
    batch(tmp_path, "t.csv", "--format", "md", "--shard", "2/2")
    assert "portfolio.html" in batch(tmp_path, "--merge", "--portfolio", "none")
    assert {path.suffix for path in (tmp_path / "out" / "reports").iterdir()} == {".md"}
    assert not (tmp_path / "out" / "portfolio.html").exists()


def refused(folder: Path, *words: str) -> str:
    """Make reports of three teams. Have too few of one left, and leave out another; run it again."""
    members = [member("team-member", nth) for nth in range(3)]
    put(folder / "t.csv", [member("peer-worker", 8, "yes"), *members, row("Brook"), row("Cole")])
    batch(folder, "t.csv", "--format", "md,html", "--portfolio", "none")
    put(folder / "t.csv", [{**members[0], "language": "soon"}, *members[1:], row("Brook")])
    return batch(folder, "t.csv", *words, code=3)


@pytest.mark.parametrize(
    "words",
    [
        QUICK,
        PAGES,
        ("--format", "none", "--portfolio", "none"),
        (*QUICK, "--limit", "1"),
        (*QUICK, "--only", "al*"),
        (*QUICK, "--shard", "2/2"),
    ],
)
def test_reports_of_a_team_that_has_no_score_now_go_in_each_format(tmp_path: Path, words: Sequence[str]) -> None:
    said = refused(tmp_path, *words)
    assert "2 files of earlier runs were removed: made from other answers than count now" in said
    assert {path.name.partition("-")[0] for path in (tmp_path / "out" / "reports").iterdir()} == {"brook", "cole"}
    assert "earlier run" not in batch(tmp_path, "t.csv", *words, code=3)


def test_reports_of_a_team_that_was_left_out_of_a_run_stay(tmp_path: Path) -> None:
    refused(tmp_path, *QUICK, "--only", "Brook")
    assert sorted(path.suffix for path in (tmp_path / "out" / "reports").glob("alder-*")) == [".html", ".md"]


def test_a_changed_report_of_a_team_that_has_no_score_now_is_left_and_named(tmp_path: Path) -> None:
    refused(tmp_path, *QUICK, "--only", "Brook")
    [page] = (tmp_path / "out" / "reports").glob("alder-*.html")
    page.write_text("Mine", "utf-8")
    said = batch(tmp_path, "t.csv", *QUICK, code=3)
    assert (
        f"1 file of an earlier run was not made again, and can hold other answers than now: reports/{page.name}" in said
    )
    assert [path.suffix for path in (tmp_path / "out" / "reports").glob("alder-*")] == [".html"]


@pytest.mark.parametrize("changes", [True, False])
def test_a_report_that_can_not_be_made_again_goes_if_it_is_of_other_answers(tmp_path: Path, *, changes: bool) -> None:
    (tmp_path / "answers").mkdir()
    file = tmp_path / "answers" / "n.yaml"
    file.write_bytes((EXAMPLES / "northside-cmht.yaml").read_bytes())
    batch(tmp_path, "answers", *QUICK)
    (tmp_path / "answers" / "n.plan.json").write_text("{", "utf-8")
    if changes:
        file.write_text(file.read_text("utf-8").replace("level: 2", "level: 1"), "utf-8")
    said = batch(tmp_path, "answers", *QUICK, code=3)
    assert ("1 file of an earlier run was removed" in said) is changes
    assert len([*(tmp_path / "out" / "reports").iterdir()]) == (0 if changes else 1)


def test_the_report_of_answers_that_can_not_be_read_any_more_goes(tmp_path: Path) -> None:
    (tmp_path / "answers").mkdir()
    for name in ("northside-cmht", "harbour-house"):
        (tmp_path / "answers" / f"{name}.yaml").write_bytes((EXAMPLES / f"{name}.yaml").read_bytes())
    batch(tmp_path, "answers", *QUICK)
    file = tmp_path / "answers" / "northside-cmht.yaml"
    file.write_text(file.read_text("utf-8").replace("date: ", "date: on "), "utf-8")
    assert "1 file of an earlier run was removed" in batch(tmp_path, "answers", *QUICK, code=3)
    assert [*reports(tmp_path)] == ["harbour-house-peer-support"]


def test_numbers_of_actions_are_used_if_a_report_saved_them_and_saved_by_no_batch(tmp_path: Path) -> None:
    answers, plan = tmp_path / "in" / "n.yaml", tmp_path / "in" / "n.plan.json"
    answers.parent.mkdir()
    answers.write_bytes((EXAMPLES / "northside-cmht.yaml").read_bytes())
    batch(tmp_path, "in", *QUICK)
    assert [*answers.parent.iterdir()] == [answers]
    run("report", answers, "-o", "n.md", cwd=tmp_path, code=0)
    saved = json.loads(plan.read_text("utf-8"))
    first = next(iter(saved["numbers"]))
    plan.write_text(json.dumps(saved | {"numbers": {first: 77}}), "utf-8")
    before = tree(answers.parent)
    batch(tmp_path, "in", *QUICK)
    [report] = (tmp_path / "out" / "reports").iterdir()
    assert "**77. " in report.read_text("utf-8")
    assert tree(answers.parent) == before
