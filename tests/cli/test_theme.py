"""``readiness theme``, and reports that are made with one."""

from pathlib import Path

import pytest
from docx import Document

from tests.program import EXAMPLES, ROOT, run

HARBOUR = EXAMPLES / "harbour-house.yaml"


def test_a_new_theme_is_sound_and_says_what_to_do_next(tmp_path: Path) -> None:
    made = run("theme", "new", "our brand", "--like", "warm", cwd=tmp_path, code=0)
    assert made.stderr.startswith("Change our brand/theme.toml. Then: ")
    assert made.stderr.endswith("readiness theme check 'our brand'\n")
    done = run("theme", "check", "our brand", cwd=tmp_path, code=0)
    assert done.stdout.startswith("our brand: sound. No name, no logo, Source Sans 3 and Vollkorn, 9.6 points, A4.")


def test_nothing_that_is_there_is_touched(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine", "utf-8")
    done = run("theme", "new", "mine", cwd=tmp_path, code=1)
    assert "was not touched" in done.stderr
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("words", [("report", HARBOUR, "-o", "r.html"), ("plan", HARBOUR, "-o", "p.xlsx")])
def test_a_theme_that_is_wrong_is_said_before_anything_is_written(
    tmp_path: Path, words: tuple[str | Path, ...]
) -> None:
    (tmp_path / "theme.toml").write_text('main_colour = "#ffcc00"', "utf-8")
    done = run(*words, "--theme", ".", cwd=tmp_path, code=1)
    assert "theme.toml:1:1: main_colour" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["theme.toml"]


def test_a_report_is_made_in_a_theme_with_templates_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "theme.toml").write_text('name = "Lantern"\nfooter = "Confidential"', "utf-8")
    (tmp_path / "sections").mkdir()
    text = '{% extends "shipped/section.html.j2" %}{% block before %}Ours{% endblock %}'
    (tmp_path / "sections" / "plan.html.j2").write_text(text, "utf-8")
    run("report", HARBOUR, "--theme", ".", "--templates", ".", "-o", "r.html", cwd=tmp_path, code=0)
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "Lantern" in page
    assert "</h2>\nOurs" in page


def test_templates_that_are_not_there_are_said(tmp_path: Path) -> None:
    done = run("report", HARBOUR, "--templates", "nowhere", "-o", "r.html", cwd=tmp_path, code=1)
    assert done.stderr == "nowhere: There is no such folder of templates. Check the name.\n"


def test_templates_that_change_nothing_are_told_and_the_report_is_written(tmp_path: Path) -> None:
    (tmp_path / "ours" / "sections").mkdir(parents=True)
    (tmp_path / "ours" / "sections" / "plans.html.j2").write_text("<p>Ours.</p>", "utf-8")
    told = 'so it is not used. Did you mean "sections/plan.html.j2"?'
    assert told in run("report", HARBOUR, "-o", "r.html", "--templates", "ours", cwd=tmp_path, code=0).stderr
    batch = ("batch", HARBOUR, "-o", "b", "--format", "html", "--portfolio", "none", "--templates", "ours")
    assert told in run(*batch, "--workers", "0", cwd=tmp_path, code=0).stderr


def written_in_word(folder: Path, text: str) -> Path:
    """Return a theme with a Word template that holds the text."""
    document = Document()
    document.add_paragraph(text)
    document.save(str(folder / "ours.docx"))
    (folder / "theme.toml").write_text('word_template = "ours.docx"', "utf-8")
    return folder


def test_a_word_template_is_filled_in_to_check_it(tmp_path: Path) -> None:
    written_in_word(tmp_path, "{{ report.team }}: {% for each in report.domains %}{{ each.title }}{% endfor %}")
    assert ": sound." in run("theme", "check", ".", cwd=tmp_path, code=0).stdout
    run("bank", "new", "mine", cwd=tmp_path, code=0)
    assert ": sound." in run("theme", "check", ".", "--bank", "mine", cwd=tmp_path, code=0).stdout


@pytest.mark.parametrize("text", ["{{ report.taem }}", "{% for each in report.domains %}{{ each.tilte }}{% endfor %}"])
def test_a_word_template_that_names_an_unknown_field_is_wrong(tmp_path: Path, text: str) -> None:
    done = run("theme", "check", str(written_in_word(tmp_path, text)), cwd=tmp_path, code=1)
    assert "has no attribute" in done.stderr
    assert "ours.docx: This Word template can’t be filled in" in done.stderr


def test_all_that_is_wrong_with_a_theme_is_told_at_once(tmp_path: Path) -> None:
    written_in_word(tmp_path, "{{ report.taem }}")
    (tmp_path / "theme.toml").write_text('main_colour = "#ffcc00"\npgae = "A4"\nword_template = "ours.docx"', "utf-8")
    lines = run("theme", "check", ".", cwd=tmp_path, code=1).stderr.splitlines()
    assert [line.split(": ")[0] for line in lines] == ["theme.toml:1:1", "theme.toml:2:1", "ours.docx"]


def test_a_word_template_whose_library_is_missing_is_told(tmp_path: Path) -> None:
    written_in_word(tmp_path, "{{ report.team }}")
    (tmp_path / "docxtpl.py").write_text("raise ImportError", "utf-8")
    done = run("theme", "check", ".", cwd=tmp_path, env={"PYTHONPATH": f"{tmp_path}:{ROOT}"}, code=1)
    assert "one more library is needed" in done.stderr
