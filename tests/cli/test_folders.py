"""Of what people sent back, each command reads each file, or names it as not read."""

import json
import re
import shutil
from pathlib import Path

import pytest

from readiness.bank.model import Bank
from readiness.document.write import Format
from tests.forms import blank, filled_workbook, form_view
from tests.program import EXAMPLES, run
from tests.spreadsheets import spreadsheet
from tests.xlsx import rows_of_sheets

ANSWERS = {
    "schema": 1,
    "bank": {"id": "peer-workers"},
    "team": {
        "name": "Elm Row",
        "profile": {"setting": "nhs", "stage": "planning", "employment": "paid", "culturally-specific": "no"},
    },
    "respondent": {"role": "other"},
    "date": "2026-11-22",
}
NOT_READ = (
    "old.xls",
    "packed.ZIP",
    "letter.docx",
    "page.html",
    "photo.jpeg",
    "sent.msg",
    "my.numbers",
    "blank.HTM",
)


@pytest.fixture
def returned(tmp_path: Path) -> Path:
    folder = tmp_path / "returned"
    folder.mkdir()
    for at, name in enumerate(("a.json", "b (1).JSON", "c.json.txt")):
        (folder / name).write_text(json.dumps({**ANSWERS, "responses": {"language": at}}))
    for name in (*NOT_READ, ".DS_Store", "a.json~", "~$form.xlsx"):
        (folder / name).write_bytes(b"x")
    (folder / "more").mkdir()
    shutil.copy(EXAMPLES / "northside-cmht.yaml", folder / "more")
    return folder


def named(said: str) -> set[str]:
    return {Path(found).name for found in re.findall(r"^Note: ([^:]+): [^:]*was not read", said, re.MULTILINE)}


@pytest.mark.parametrize("name", [".d.json.icloud", "d.json.part"])
def test_without_answers_that_are_not_downloaded_yet_nothing_is_made_of_a_team(
    returned: Path, tmp_path: Path, name: str
) -> None:
    (returned / name).write_bytes(b"")
    for words in (
        ("score", "returned"),
        ("plan", "returned"),
        ("plan", "rename", "returned", "other"),
        ("report", "returned", "-o", "a.md"),
        ("compare", "returned", "returned"),
        ("collect", "returned", "-o", "team"),
    ):
        refused = run(*words, cwd=tmp_path, code=1).stderr
        assert f"{name}: This file has not been downloaded whole, and was not read. Wait until all of it" in refused
    assert {path.name for path in tmp_path.iterdir()} == {"returned"}
    batched = run("batch", "returned", "-o", "out", "--format", "none", "--portfolio", "none", cwd=tmp_path, code=3)
    assert f"{name}: This file has not been downloaded whole" in batched.stderr
    assert name in (tmp_path / "out" / "errors.csv").read_text("utf-8-sig")
    (returned / name).unlink()
    run("score", "returned", cwd=tmp_path, code=0)


@pytest.mark.usefixtures("returned")
def test_score_collect_and_batch_read_the_same_and_name_the_rest(tmp_path: Path) -> None:
    scored = run("score", "returned", "--format", "json", cwd=tmp_path, code=0)
    assert json.loads(scored.stdout)["respondents"] == 3
    assert named(scored.stderr) == {*NOT_READ, "more"}
    collected = run("collect", "returned", "-o", "team", cwd=tmp_path, code=0)
    assert named(collected.stderr) == {*NOT_READ, "more"}
    assert len([*(tmp_path / "team").glob("*.json")]) == 3
    batched = run("batch", "returned", "-o", "out", "--format", "none", "--portfolio", "none", cwd=tmp_path, code=0)
    assert named(batched.stderr) == {*NOT_READ}
    assert "Scored: 2 teams, 4 rows." in batched.stderr
    for command in (("report", "returned", "-o", "a.md"), ("compare", "returned", "returned"), ("plan", "returned")):
        assert named(run(*command, cwd=tmp_path, code=0).stderr) == {*NOT_READ, "more"}
    lines = run(
        "batch", "returned", "-o", "out", "--format", "none", "--json-progress", "--force", cwd=tmp_path, code=0
    ).stderr.splitlines()
    told = [event["text"] for event in map(json.loads, lines) if event["event"] == "note"]
    assert len([text for text in told if "was not read" in text]) == len(NOT_READ)


def test_filled_forms_in_a_folder_are_to_be_collected_first(returned: Path, tmp_path: Path, bank: Bank) -> None:
    view = form_view(bank)
    (returned / "form.pdf").write_bytes(blank(Format.PDF, view))
    filled = {"answer:language": "2"}
    form = filled_workbook(blank(Format.XLSX, view), view, filled, returned / "form.xlsx")
    spreadsheet(returned / "form.ods", rows_of_sheets(form))
    said = run("score", "returned", cwd=tmp_path, code=0).stderr
    for name, kind in (("form.pdf", "a PDF"), ("form.xlsx", "a form"), ("form.ods", "a form")):
        assert f"Note: returned/{name}: This is {kind}, and was not read. To make answers of" in said
        assert f"collect returned/{name} -o answers" in said
    (returned / "form.pdf").unlink()
    done = run("collect", returned / "form.ods", "-o", "from-ods", cwd=tmp_path, code=0)
    assert "1 respondent, 1 answer" in done.stderr
    run("collect", returned / "form.xlsx", "-o", "from-xlsx", cwd=tmp_path, code=0)
    from_ods, from_xlsx = (
        json.loads(next((tmp_path / folder).glob("*.json")).read_text()) for folder in ("from-ods", "from-xlsx")
    )
    assert from_ods["responses"] == from_xlsx["responses"] == {"language": {"level": 2}}


def test_the_blank_form_is_said_to_be_that(tmp_path: Path, bank: Bank) -> None:
    (tmp_path / "form.html").write_bytes(blank(Format.HTML, form_view(bank)))
    for command, *options in (("collect", "-o", "team"), ("score",), ("batch", "-o", "out")):
        said = run(command, "form.html", *options, cwd=tmp_path, code=1).stderr
        assert "form.html: This is the form itself, without answers, and" in said
        assert "press “Save my answers to a file”, and send the .json file that this saves." in said
