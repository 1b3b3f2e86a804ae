"""A batch: what it writes, and what it says is wrong."""

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from readiness.bank.model import Bank
from readiness.batch.ledger import JOURNAL
from tests.batch.batches import PAGES, QUICK, batch, errors, reports, teams, tree
from tests.batch.writing import PROFILE, put, row
from tests.conftest import EXAMPLES
from tests.program import run

# --- what is written ---


def test_every_team_is_scored_and_gets_its_report(tmp_path: Path) -> None:
    teams(tmp_path, ["Alder", "=1+1", "../../Dene"])
    said = batch(tmp_path, "teams.csv", "--scores", "csv,jsonl,parquet", *QUICK)
    assert "Reports made: 3 teams" in said
    assert sorted(reports(tmp_path)) == ["1-1", "alder", "dene"]
    assert [one["team"] for one in table(tmp_path)] == ["Alder", "'=1+1", "../../Dene"]
    assert [line["team"]["name"] for line in score_lines(tmp_path)] == ["Alder", "=1+1", "../../Dene"]
    assert not (tmp_path / "out" / "errors.csv").exists()
    assert not (tmp_path / "out" / JOURNAL).exists()


def table(folder: Path) -> list[dict[str, str]]:
    with (folder / "out" / "scores.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def score_lines(folder: Path) -> list[Any]:
    return [json.loads(line) for line in (folder / "out" / "scores.jsonl").read_text("utf-8").splitlines()]


def test_the_tables_of_scores_say_what_the_lines_say(tmp_path: Path, bank: Bank) -> None:
    stage = {"stage": "established"}
    every = {question.id: 4 for question in bank.asked(PROFILE | stage)}
    gates = [question.id for question in bank.asked(PROFILE | stage) if question.minimum is not None]
    rows = [
        row("Alder", every, role="peer-worker", **stage),
        row("Alder", every, **stage, **{"language note": "We do agree"}),
        row("Brook", every, **stage),
    ]
    rows += [row("Cole", every | dict.fromkeys(gates[:2], 1), role="Peer Workers", **stage), row("Dene")]
    put(tmp_path / "teams.csv", rows)
    batch(tmp_path, "teams.csv", "--scores", "csv,jsonl,parquet", "--format", "none", "--portfolio", "none")
    parts = [domain.id for domain in bank.domains]
    cells = [
        {
            "team": line["team"]["name"],
            "organisation": line["team"]["organisation"],
            "respondents": line["respondents"],
            **line["overall"],
            "band": line["band"]["id"] if line["band"] else "",
            "held_by": "; ".join(line["band"]["held_by"]) if line["band"] else "",
            "too_little_known": line["too_little_known"],
            "voices_missing": "; ".join(line["voices_missing"]),
            **{domain["id"]: domain["score"] for domain in line["domains"]},
        }
        for line in score_lines(tmp_path)
    ]
    assert [one["band"] for one in cells] == ["set-up", "nearly", "nearly", ""]
    assert [one["held_by"] for one in cells] == ["", "", "; ".join(gates[:2]), ""]
    assert [one["too_little_known"] for one in cells] == [False, False, False, True]
    assert [one["voices_missing"] for one in cells] == ["", "peer-worker", "", ""]
    assert [{name: as_text(cell) for name, cell in one.items()} for one in cells] == table(tmp_path)
    assert [*table(tmp_path)[0]][6:] == ["band", "held_by", "too_little_known", "voices_missing", *parts]
    parquet = pytest.importorskip("pyarrow.parquet")
    assert parquet.read_table(tmp_path / "out" / "scores.parquet").to_pylist() == cells


def as_text(cell: object) -> str:
    return "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)


def test_a_folder_of_answers_gives_what_score_and_report_give(tmp_path: Path) -> None:
    for name in ("northside-cmht", "harbour-house"):
        folder = tmp_path / "answers" / name
        folder.mkdir(parents=True)
        (folder / f"{name}.yaml").write_bytes((EXAMPLES / f"{name}.yaml").read_bytes())
    batch(tmp_path, "answers", *QUICK)
    lines = [json.loads(line) for line in (tmp_path / "out" / "scores.jsonl").read_text("utf-8").splitlines()]
    for line, name in zip(lines, ("harbour-house", "northside-cmht"), strict=True):
        one = run("score", EXAMPLES / f"{name}.yaml", "--format", "json", cwd=tmp_path, code=0)
        assert line == json.loads(one.stdout)
        run("report", EXAMPLES / f"{name}.yaml", "-o", f"{name}.md", cwd=tmp_path, code=0)
        [report] = (tmp_path / "out" / "reports").glob(f"{name[:6]}*.md")
        assert report.read_bytes() == (tmp_path / f"{name}.md").read_bytes()


def test_rows_of_one_team_are_its_respondents_wherever_they_stand(tmp_path: Path) -> None:
    together = ["Alder", "Alder", "Brook"]
    teams(tmp_path, together, "together.csv")
    teams(tmp_path, ["Alder", "Brook", "Alder"], "apart.csv")
    batch(tmp_path, "together.csv", *QUICK, out="one")
    batch(tmp_path, "apart.csv", *QUICK, out="other")
    assert tree(tmp_path / "one") == tree(tmp_path / "other")


def test_standard_input_is_a_table_too(tmp_path: Path) -> None:
    file = teams(tmp_path, ["Alder", "Brook"])
    run("batch", "-", "-o", "out", *QUICK, cwd=tmp_path, typed=file.read_bytes(), code=0)  # with workers
    batch(tmp_path, "teams.csv", *QUICK, out="other")
    assert tree(tmp_path / "out") == tree(tmp_path / "other")


def test_a_report_in_another_language(tmp_path: Path) -> None:
    teams(tmp_path, ["Alder"])
    batch(tmp_path, "teams.csv", *QUICK, "--language", "cy")
    [report] = (tmp_path / "out" / "reports").iterdir()
    assert "Crynodeb" in report.read_text("utf-8") or "drafft" in report.read_text("utf-8").casefold()


# --- what is wrong ---


def test_what_is_wrong_stays_with_its_row_and_the_exit_code_is_3(tmp_path: Path) -> None:
    rows = [row("Alder"), row("Brook", language="7"), row("Cole", date="soon"), row("Dene")]
    put(tmp_path / "teams.csv", rows)
    assert "teams.csv:3:10" in batch(tmp_path, "teams.csv", *QUICK, code=3)
    assert sorted(reports(tmp_path)) == ["alder", "dene"]
    assert [(one["row"], one["column"], one["team"]) for one in errors(tmp_path)] == [
        ("3", "10", "Brook"),
        ("4", "4", "Cole"),
    ]
    assert all(one["todo"] for one in errors(tmp_path))
    put(tmp_path / "teams.csv", [row(name) for name in ("Alder", "Brook", "Cole", "Dene")])
    before = reports(tmp_path)
    batch(tmp_path, "teams.csv", *QUICK)
    assert reports(tmp_path).items() > before.items()
    assert not (tmp_path / "out" / "errors.csv").exists()


def test_strict_writes_nothing_where_anything_is_wrong(tmp_path: Path) -> None:
    put(tmp_path / "teams.csv", [row("Alder"), row("Brook", language="7")])
    said = batch(tmp_path, "teams.csv", "--strict", *QUICK, code=1)
    assert said.endswith("Nothing was written. Fix these, or leave --strict out to have the rest written.")
    assert not (tmp_path / "out").exists()


def test_without_any_team_nothing_is_written(tmp_path: Path) -> None:
    put(tmp_path / "teams.csv", [row("Alder", language="7")])
    assert batch(tmp_path, "teams.csv", code=1).endswith("Nothing was written. Fix these.")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--format", "doc"), "--format takes some of: pdf, html"),
        (("--scores", "xls"), "--scores takes some of: csv"),
        (("--shard", "3/2"), "a share such as 2/10"),
        (("--shard", "1/2", "--merge"), "one of --shard and --merge"),
        (("--merge",), "--merge takes no PATHS"),
        (("--date", "today"), "Write a date, such as"),
        (("--day-first", "--month-first"), "contradict each other"),
        (("--month-first", "--date", "03/04/2026"), "write it as 2027-01-31"),
        (("--profile", "stage=x"), "--profile: stage takes one of"),
        (("--role", "nurse"), "--role takes one of"),
    ],
)
def test_wrong_usage_is_2(tmp_path: Path, words: tuple[str, ...], message: str) -> None:
    teams(tmp_path, ["Alder"])
    assert message in batch(tmp_path, "teams.csv", *words, code=2)


@pytest.mark.parametrize(
    "words",
    [
        ("--format", "pdf"),
        ("--only", "A*"),
        ("--limit", "1"),
        ("--date", "2026-11-22"),
        ("--format", "none"),
        ("--numbers-from", "0"),
    ],
)
def test_a_merge_takes_no_option_that_only_shards_can_follow(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert f"--merge takes no {words[0]}: it joins what" in batch(tmp_path, "--merge", *words, code=2)
    more = batch(tmp_path, "--merge", "--limit", "3", "--format", "md", "--date", "2026-11-22", code=2)
    assert "--merge takes no --format, --limit or --date" in more


def test_a_folder_that_holds_something_else_is_not_written_into(tmp_path: Path) -> None:
    teams(tmp_path, ["Alder"])
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "diary.txt").write_text("mine", "utf-8")
    assert "holds other files" in batch(tmp_path, "teams.csv", *QUICK, code=1)
    assert [*tree(tmp_path / "out")] == ["diary.txt"]
    batch(tmp_path, "teams.csv", *QUICK, "--force")
    assert (tmp_path / "out" / "diary.txt").read_text("utf-8") == "mine"


def test_a_template_that_hangs_or_fails_for_one_team_costs_that_team_alone(tmp_path: Path) -> None:
    teams(tmp_path, ["Alder", "Hang", "Fail", "Dene"])
    (tmp_path / "own").mkdir()
    loops = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    (tmp_path / "own" / "document.html.j2").write_text(
        f'<!DOCTYPE html>\n<html lang="en">\n<head></head>{{% if document.title == "Hang" %}}{loops}{{% endif %}}'
        '{% if document.title == "Fail" %}{{ nothing }}{% endif %}ok</html>\n',
        "utf-8",
    )
    words = ("teams.csv", *PAGES, "--templates", "own", "--deadline", "6")
    done = run("batch", *words, "-o", "out", cwd=tmp_path, code=3)
    assert done.stdout == ""
    assert sorted(reports(tmp_path)) == ["alder", "dene"]
    assert [one["team"] for one in errors(tmp_path)] == ["Hang (Alder Valley)", "Fail (Alder Valley)"]
    assert "took more than 6 seconds" in done.stderr
    assert "document.html.j2" in done.stderr


def test_what_is_open_in_a_table_is_said_by_an_option_or_in_a_mapping_file(tmp_path: Path) -> None:
    put(tmp_path / "teams.csv", [row("Alder", date="03/04/2026", colour="red"), row("Brook", date="05/04/2026")])
    said = batch(tmp_path, "teams.csv", *QUICK, code=1)
    assert 'teams.csv:1:11: We don’t recognise the column "colour"' in said
    (tmp_path / "mapping.yaml").write_text("bank: peer-workers\ncolumns: {colour: ignore}\n", "utf-8")
    said = batch(tmp_path, "teams.csv", *QUICK, "--mapping", "mapping.yaml", code=1)
    assert 'teams.csv:2:4: "03/04/2026" can be 3 April 2026 or 4 March 2026. Say which with --day-first' in said
    batch(tmp_path, "teams.csv", *QUICK, "--mapping", "mapping.yaml", "--month-first")
    shutil.move(tmp_path / "mapping.yaml", tmp_path / "out")
    batch(tmp_path, "teams.csv", *QUICK, "--day-first")
    assert "There is no such file" in batch(tmp_path, "teams.csv", *QUICK, "--mapping", "mapping.yaml", code=1)
    (tmp_path / "new").mkdir()
    shutil.copy(tmp_path / "out" / "mapping.yaml", tmp_path / "new")
    batch(tmp_path, "teams.csv", *QUICK, "--day-first", out="new")


def test_where_numbers_begin_is_said_or_the_table_is_not_read(tmp_path: Path, bank: Bank) -> None:
    put(
        tmp_path / "teams.csv",
        [row("Alder", {bank.question_by_id[name].text: 2 for name in ("language", "pay-parity")})],
    )
    said = batch(tmp_path, "teams.csv", *QUICK, code=1)
    assert (
        "and nothing shows if the lowest level is 0 or 1. Say which with --numbers-from 0 or --numbers-from 1" in said
    )
    assert not (tmp_path / "out").exists()
    overall = []
    for lowest in ("0", "1"):
        batch(tmp_path, "teams.csv", *QUICK, "--numbers-from", lowest, "--scores", "jsonl", out=lowest)
        lines = (tmp_path / lowest / "scores.jsonl").read_text("utf-8")
        overall.append([one["value"] for one in json.loads(lines)["questions"] if one["state"] == "answered"])
    assert overall == [[2, 2], [1, 1]]


def test_a_command_stands_as_it_is_typed_in_messages_and_by_its_name_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "answers").mkdir()
    shutil.copy(EXAMPLES / "northside-cmht.yaml", tmp_path / "answers" / "n.yaml")
    overlay = {"schema": 1, "bank": {"id": "peer-workers"}, "team": "Its old name", "actions": {}}
    (tmp_path / "answers" / "n.plan.json").write_text(json.dumps(overlay), "utf-8")
    done = run("batch", "answers", "-o", "out", *QUICK, "--workers", "0", cwd=tmp_path, code=3)
    assert " -m readiness plan rename answers/n.yaml" in done.stderr
    [problem] = errors(tmp_path)
    assert problem["todo"].endswith("If the team was renamed: readiness plan rename answers/n.yaml")


def test_strict_names_the_first_problems_and_counts_the_rest(tmp_path: Path) -> None:
    put(tmp_path / "teams.csv", [row("Alder"), *(row(f"Team {at}", language="7") for at in range(30))])
    said = batch(tmp_path, "teams.csv", "--strict", *QUICK, code=1)
    assert said.count('is no answer to "language"') == 20
    assert "There are 10 more problems" in said


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--theme", "nowhere"), "nowhere"),
        (("--bank", "nowhere"), "nowhere"),
        (("--language", "xx"), 'no words for the language "xx"'),
        (("--templates", "nowhere"), "no such folder of templates"),
    ],
)
def test_what_is_not_there_is_said_before_anything_is_read_or_written(
    tmp_path: Path, words: tuple[str, ...], message: str
) -> None:
    teams(tmp_path, ["Alder"])
    assert message in batch(tmp_path, "teams.csv", *words, code=1)
    assert not (tmp_path / "out").exists()


def test_where_it_can_not_be_written_it_says_so(tmp_path: Path) -> None:
    teams(tmp_path, ["Alder"])
    assert "There is no such folder" in batch(tmp_path, "teams.csv", *QUICK, code=1, out="no/where")
    assert "This is a file" in batch(tmp_path, "teams.csv", *QUICK, code=1, out="teams.csv")
