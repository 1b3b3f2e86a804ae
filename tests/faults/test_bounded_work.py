"""No small file keeps a command busy for long, or fills memory: each of these took a minute or gigabytes."""

import csv
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.batch.writing import put, row
from tests.cli.test_hostile import ABOUT, PROFILE
from tests.program import run

NORTHSIDE = {**ABOUT, "team": {"name": "Northside", "profile": PROFILE}}


def answers(path: Path, **more: Any) -> None:
    path.write_text(json.dumps({**NORTHSIDE, "responses": {"language": {"level": 1}}, **more}), "utf-8")


def unknown(path: Path) -> None:
    answers(path, responses={f"unknown-thing-{nth}": {"level": 1} for nth in range(15_000)})


def misspelt(path: Path) -> None:
    answers(path, **{f"unknown-{nth}": 1 for nth in range(15_000)})


def of_actions(path: Path) -> None:
    answers(path)
    own = {f"own-{nth}": {"title": f"Thing {nth}"} for nth in range(30_000)}
    plan = {"schema": 1, "bank": {"id": "peer-workers"}, "team": "Northside", "actions": own}
    path.with_name("x.plan.json").write_text(json.dumps(plan), "utf-8")


@pytest.mark.parametrize("write", [unknown, misspelt, of_actions])
def test_a_file_of_thousands_of_mistakes_is_refused_with_the_first(
    tmp_path: Path, write: Callable[[Path], None]
) -> None:
    write(tmp_path / "x.json")
    done = run("report", "x.json", "-o", "x.md", cwd=tmp_path, code=1)
    assert 1 <= len(done.stderr.splitlines()) <= 210


def test_a_note_of_thousands_of_lines_is_laid_out_in_few(tmp_path: Path) -> None:
    answers(tmp_path / "x.json", responses={"language": {"level": 1, "note": "# a\n" * 5_000}})
    run("report", "x.json", "-o", "x.md", cwd=tmp_path, code=0)
    assert (tmp_path / "x.md").read_text("utf-8").count("# a") >= 5_000
    assert len((tmp_path / "x.md").read_text("utf-8").splitlines()) < 1_500


def test_a_record_without_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("team,role\n" + "x" * 9_000_000, "utf-8")
    done = run("batch", "x.csv", "-o", "out", "--format", "none", cwd=tmp_path, code=1)
    assert "x.csv:2: This row holds more than 8 million characters" in done.stderr


@pytest.mark.parametrize(
    ("part", "mark"),
    [
        ("xl/styles.xml", "<xf/>"),
        ("xl/sharedStrings.xml", "<si><t>a</t></si>"),
        ("xl/sharedStrings.xml", "<r><t>a</t></r>"),
        ("xl/worksheets/sheet1.xml", '<c t="b"/>'),
        ("xl/worksheets/sheet1.xml", " " * 5_000 + "<!DOCTYPE x>"),
    ],
)
def test_a_workbook_of_millions_of_parts_is_refused_before_it_is_read(tmp_path: Path, part: str, mark: str) -> None:
    book = Workbook()
    book.active.append(["team", "role"])
    book.save(tmp_path / "plain.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "plain.xlsx") as plain,
        zipfile.ZipFile(tmp_path / "x.xlsx", "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in plain.namelist():
            if name != part:
                made.writestr(name, plain.read(name))
        made.writestr(part, f"<x>{mark * (1 if 'DOCTYPE' in mark else 1_500_000)}</x>")
    done = run("collect", "x.xlsx", "-o", "out", cwd=tmp_path, code=1)
    assert "holds more than we read" in done.stderr or "not a workbook that we can read" in done.stderr


NAMES = ["Café d’Or", "Cafe\u0301 d'Or", "Café\u200b d'Or"]


def test_names_that_look_the_same_are_one_team_everywhere(tmp_path: Path) -> None:
    for nth, name in enumerate(NAMES):
        answers(tmp_path / f"{nth}.json", team={"name": name, "profile": PROFILE}, respondent={"role": "peer-worker"})
    files = [f"{nth}.json" for nth in range(len(NAMES))]
    assert json.loads(run("score", *files, "--format", "json", cwd=tmp_path, code=0).stdout)["respondents"] == len(
        NAMES
    )
    assert "1 team: " in run("collect", *files, "-o", "out", cwd=tmp_path, code=0).stderr
    run("batch", *files, "-o", "many", "--format", "none", cwd=tmp_path, code=0)
    with (tmp_path / "many" / "scores.csv").open(encoding="utf-8-sig") as scores:
        assert len([*csv.DictReader(scores)]) == 1


@pytest.mark.parametrize("name", ["\u200b", "\u2060\u200b"])
def test_a_name_in_which_nothing_is_seen_is_none(tmp_path: Path, name: str) -> None:
    answers(tmp_path / "x.json", team={"name": name, "profile": PROFILE})
    assert "nothing to be seen in this name" in run("score", "x.json", cwd=tmp_path, code=1).stderr


def test_thousands_of_things_to_decide_are_counted_and_the_first_are_listed(tmp_path: Path) -> None:
    rows = "".join(f"2026-11-20,A,planning,paid,no,nearly all of them ({nth})\n" for nth in range(1_000))
    (tmp_path / "x.csv").write_text(f"date,team,stage,employment,culturally-specific,language\n{rows}", "utf-8")
    said = run("collect", "x.csv", "-o", "out", cwd=tmp_path, code=1).stderr
    assert said.count("is no answer to") == 200
    assert "1000 things to be decided, and the first 200 are listed; nothing was written" in said


def files_read(folder: Path, *patterns: str) -> set[str]:
    """Return the files that a batch reads, by the teams in them: each table holds one that is called as itself."""
    run("batch", *patterns, "-o", "out", "--format", "none", "--portfolio", "none", "--force", cwd=folder, code=0)
    with (folder / "out" / "scores.csv").open(encoding="utf-8-sig") as scores:
        return {each["team"] for each in csv.DictReader(scores)}


def test_a_pattern_follows_no_links_round_in_circles(tmp_path: Path) -> None:
    for file in ("in/t.csv", "in/deep/er/u.csv", "in/deep/.hidden/v.csv", "in/.w.csv", "elsewhere/x.csv", "in/y.txt"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        put(tmp_path / file, [row(file)])
    for name in "abcd":
        (tmp_path / "in" / name).symlink_to(".")
        (tmp_path / "in" / "deep" / name).symlink_to("..")
    (tmp_path / "in" / "linked").symlink_to(tmp_path / "elsewhere")
    assert files_read(tmp_path, "in/**/*.csv") == {"in/t.csv", "in/deep/er/u.csv"}
    assert files_read(tmp_path, "in/**/**/er/**/*.csv") == {"in/deep/er/u.csv"}
    assert files_read(tmp_path, str(tmp_path / "i*" / "**" / "[tu].csv")) == {"in/t.csv", "in/deep/er/u.csv"}
    assert files_read(tmp_path, "in/linked/**/*.csv", "in/.*.csv") == {"elsewhere/x.csv", "in/.w.csv"}
    assert files_read(tmp_path, "in/link*/*") == {"elsewhere/x.csv"}
    (tmp_path / "in" / "y.txt").unlink()
    assert files_read(tmp_path, "in/deep/**", "in/**.csv") == {"in/deep/er/u.csv", "in/t.csv"}
    said = run("batch", "in/**/none.csv", "-o", "out", cwd=tmp_path, code=1).stderr
    assert "in/**/none.csv: There is no such file. Check the name." in said


def test_a_folder_of_thousands_of_tables_that_are_none_is_told_in_some_lines(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for nth in range(1_000):
        (tmp_path / "in" / f"{nth}.csv").write_text("a,b\n1,2\n", "utf-8")
    said = run("collect", "in", "-o", "out", cwd=tmp_path, code=1).stderr
    assert len(said.splitlines()) < 500
    assert "2000 things to be decided, and the first 200 are listed" in said
    assert "There are 800 more problems. Fix these first." in said


@pytest.mark.parametrize(
    ("count", "rest"), [(200, ""), (201, "There is one more problem."), (1_000, "There are 800 more problems.")]
)
def test_of_a_folder_of_broken_files_the_first_are_told_and_the_rest_are_counted(
    tmp_path: Path, count: int, rest: str
) -> None:
    (tmp_path / "in").mkdir()
    for nth in range(count):
        (tmp_path / "in" / f"{nth}.json").write_text("{", "utf-8")
    for words in (("score", "in"), ("collect", "in", "-o", "out")):
        said = run(*words, cwd=tmp_path, code=1).stderr
        assert len(said.splitlines()) == 200 + bool(rest)
        assert rest in said.splitlines()[-1]
