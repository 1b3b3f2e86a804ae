"""``readiness form``, as it is typed."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from readiness.roundtrip.form_xlsx_read import is_form
from tests.cli.test_worked_out_once import in_welsh
from tests.forms import filled_with_pikepdf
from tests.program import EXAMPLES, controls, run

PROFILE = [
    *("--profile", "setting=nhs", "--profile", "stage=planning"),
    *("--profile", "employment=paid", "--profile", "culturally-specific=no"),
]
FIRST = "answer:trust-through-shared-experience-planned"
NORTHSIDE = EXAMPLES / "northside-cmht.yaml"


@pytest.mark.parametrize(
    ("ending", "start"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("html", b"<!DOCTYPE"), ("md", b"# ")]
)
def test_the_ending_of_the_name_says_what_is_written(tmp_path: Path, ending: str, start: bytes) -> None:
    out = tmp_path / f"form.{ending}"
    done = run("form", "-o", out, *PROFILE, "--team", "Northside", cwd=tmp_path, code=0)
    assert out.read_bytes().lstrip().startswith(start)
    assert done.stdout == ""
    assert f"Saved as {out}. Its number is " in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_team_and_profile_can_be_taken_from_answers(tmp_path: Path) -> None:
    text = run("form", "-o", "-", "--format", "md", "--like", NORTHSIDE, cwd=tmp_path, code=0).stdout
    assert text.startswith("# Ready for Peer Workers? Northside Community Mental Health Team")
    assert "Planning: nobody is in post yet" in text
    changed = ["--profile", "stage=established", "--team", "Southside", "--organisation", "A trust"]
    text = run("form", "-o", "-", "--format", "md", "--like", NORTHSIDE, *changed, cwd=tmp_path, code=0).stdout
    assert text.startswith("# Ready for Peer Workers? Southside\n\nA trust.")
    assert "Established: Peer Workers are a usual part" in text


def test_a_theme_and_a_role_are_taken(tmp_path: Path) -> None:
    options = [*PROFILE, "--theme", "warm", "--role", "peer-worker"]
    run("form", "-o", tmp_path / "form.xlsx", *options, cwd=tmp_path, code=0)
    assert is_form(tmp_path / "form.xlsx")
    text = run("form", "-o", "-", "--format", "md", *options, cwd=tmp_path, code=0).stdout
    assert "- [x] Peer Worker" in text


def test_a_role_is_asked_in_words_for_it_however_it_is_typed(tmp_path: Path) -> None:
    profile = [word.replace("stage=planning", "stage=established") for word in PROFILE]
    texts = [
        run("form", "-o", "-", "--format", "md", *profile, *options, cwd=tmp_path, code=0).stdout
        for options in (["--role", "peer-worker"], ["--role", "Peer Workers"], [])
    ]
    assert texts[0] == texts[1] != texts[2]
    assert "Who can you turn to for one-to-one support?" in texts[0]
    assert "Who can Peer Workers turn to for one-to-one support?" in texts[2]


def test_the_same_call_makes_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.xlsx", "other.xlsx"):
        run("form", "-o", tmp_path / name, *PROFILE, cwd=tmp_path, code=0)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "other.xlsx").read_bytes()


def test_all_that_the_profile_lacks_is_said_at_once(tmp_path: Path) -> None:
    done = run("form", "-o", "form.md", "--profile", "setting=army", cwd=tmp_path, code=1)
    lines = done.stderr.splitlines()
    assert lines[0].startswith('"army" is not an option for "setting". Say one of: setting=nhs (NHS trust), ')
    assert lines[1].startswith(
        'The profile does not say "stage" (How far are you with bringing in Peer Workers?). Say '
    )
    assert len(lines) == 4
    assert not (tmp_path / "form.md").exists()


def test_nothing_is_overwritten_unless_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "form.md").write_text("mine", "utf-8")
    run("form", "-o", "form.md", *PROFILE, cwd=tmp_path, code=1)
    assert (tmp_path / "form.md").read_text("utf-8") == "mine"
    run("form", "-o", "form.md", *PROFILE, "--force", cwd=tmp_path, code=0)
    assert (tmp_path / "form.md").read_text("utf-8") != "mine"


def _filled_in(path: Path) -> None:
    """Answer the first question, as a person does and saves it."""
    if path.suffix == ".pdf":
        path.write_bytes(filled_with_pikepdf(path.read_bytes(), {FIRST: "2"}))
        return
    book = load_workbook(path)
    [row] = [row for row in book["Form"].iter_rows() if row[6].value == FIRST]
    row[3].value = "3"
    book.save(path)


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_a_form_that_somebody_filled_in_is_not_replaced(tmp_path: Path, ending: str) -> None:
    form = tmp_path / f"form.{ending}"
    again = ("form", "-o", form.name, *PROFILE, "--force")
    run("form", "-o", form.name, *PROFILE, cwd=tmp_path, code=0)
    run(*again, cwd=tmp_path, code=0)
    _filled_in(form)
    before = form.read_bytes()
    said = run(*again, cwd=tmp_path, code=1).stderr
    assert said.startswith(
        f"{form.name}: Somebody has filled in this form, or it can’t be told, so it was not touched."
    )
    assert form.read_bytes() == before


def test_a_form_is_not_replaced_by_something_else(tmp_path: Path) -> None:
    run("form", "-o", "form.xlsx", *PROFILE, cwd=tmp_path, code=0)
    said = run("report", NORTHSIDE, "-o", "form.xlsx", "--force", cwd=tmp_path, code=1).stderr
    assert said.startswith("form.xlsx: This is a form, and somebody may have written into it, so it was not touched.")
    assert is_form(tmp_path / "form.xlsx")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["-o", "form.docx"], "form.docx: end the name in one of: pdf, xlsx, html, md"),
        (["-o", "-"], "add --format with one of: pdf, xlsx, html, md"),
        (["-o", "form", "--format", "doc"], "--format takes one of: pdf, xlsx, html, md"),
        (["-o", "form.md", "--profile", "stage"], "--profile takes KEY=VALUE, such as stage=planning, not stage"),
        (["-o", "form.md", *PROFILE, "--profile", "stage=planning"], "--profile says stage twice"),
        (
            ["-o", "form.md", *PROFILE, "--role", "boss"],
            "--role takes one of: service-manager, team-member, peer-worker,",
        ),
        (["-o", "form.md", *PROFILE, "--team", " \x1b "], "--team takes a name of 1 to 300 characters"),
        (["-o", "form.md", *PROFILE, "--team", "x" * 301], "--team takes a name of 1 to 300 characters"),
    ],
)
def test_wrong_use_is_said_in_words(tmp_path: Path, options: list[str], said: str) -> None:
    done = run("form", *options, cwd=tmp_path, code=2)
    assert said in done.stderr
    assert [*tmp_path.iterdir()] == []


def test_a_hostile_name_moves_no_cursor(tmp_path: Path) -> None:
    done = run("form", "-o", "-", "--format", "md", *PROFILE, "--team", "North\x1b[31m\u202eside", cwd=tmp_path, code=0)
    assert controls(done.stdout) == []
    assert done.stdout.startswith("# Ready for Peer Workers? North\\[31mside")


def test_a_form_in_another_language_says_that_it_is_a_draft_and_is_read_back(tmp_path: Path) -> None:
    folder = in_welsh(tmp_path / "bank")
    with (folder / "languages" / "cy.yaml").open("a", encoding="utf-8") as words:
        words.write("  domains.culture.title: Bod yn agored i newid\n")
    options = ("--team", "Northside", "--language", "cy", "--bank", "bank")
    run("form", "-o", "form.xlsx", *PROFILE, *options, cwd=tmp_path, code=0)
    book = load_workbook(tmp_path / "form.xlsx")
    lines = [str(cell.value) for row in book.worksheets[0] for cell in row if cell.value]
    assert any(line.startswith("Cyfieithiad drafft yw hwn") for line in lines)
    assert "Bod yn agored i newid" in lines
    hidden = [[cell.value for cell in row] for row in book["readiness-form"]]
    rows = {row[6].value: row[3] for row in book.worksheets[0]}
    rows["answer:language"].value = next(
        words for place, code, words in hidden if (place, code) == ("answer:language", "3")
    )
    book.save(tmp_path / "form.xlsx")
    run("collect", "form.xlsx", "-o", "team", cwd=tmp_path, code=0)
    [file] = (tmp_path / "team").glob("*.json")
    assert json.loads(file.read_text("utf-8"))["responses"] == {"language": {"level": 3}}
