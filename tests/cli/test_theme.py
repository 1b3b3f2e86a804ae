"""``readiness theme``, and reports that are made with one."""

from pathlib import Path

import pytest

from tests.program import EXAMPLES, run

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
