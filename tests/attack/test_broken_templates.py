"""An error of a library inside somebody's own template ends in a sentence, an exit code, and no file."""

import shutil
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from docx import Document

from tests.program import EXAMPLES, controls, run


def told(folder: Path, *words: str, out: str) -> str:
    """Return what a report says that can't be made."""
    shutil.copy(EXAMPLES / "northside-cmht.yaml", folder / "n.yaml")
    done = run("report", "n.yaml", "-o", out, *words, cwd=folder, code=1)
    assert "Traceback" not in done.stderr
    assert "our mistake" not in done.stderr
    assert controls(done.stderr) == []
    assert not (folder / out).exists()
    return done.stderr


def _long(template: str, words: str) -> ParameterSet:
    """Return a case of the long form: each run has one of each family."""
    return pytest.param(template, words, marks=pytest.mark.long)


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{{ nobody }}", "open.html.j2:1: The template can’t be filled in: 'nobody' is undefined"),
        _long("\n{{ document.title | round }}", "open.html.j2:2: The template can’t be filled in: "),
        _long("{{ document.title | nothing }}", "open.html.j2:1: The template can’t be filled in: No filter named"),
        _long(
            "{% macro on() %}{{ on() }}{% endmacro %}{{ on() }}",
            "open.html.j2:1: The template can’t be filled in: templates extend, include or call one another",
        ),
        _long(
            "{% include 'sections/open.html.j2' %}",
            "open.html.j2:1: The template can’t be filled in: templates extend, include or call one another",
        ),
        (
            "{% extends 'sections/open.html.j2' %}",
            "open.html.j2:1: The template can’t be filled in: templates extend, include or call one another",
        ),
        ("\n{{ _(5) }}", "open.html.j2:2: The template can’t be filled in: _() and n_() take words"),
        (
            "{{ n_(none, 'x', 1) }}",
            "open.html.j2:1: The template can’t be filled in: _() and n_() take words",
        ),
        ("{{ _(nobody) }}", "open.html.j2:1: The template can’t be filled in: 'nobody' is undefined"),
        ("{{ '\\ud800' }}", "open.html.j2:1: The template can’t be filled in: it makes half a character, \\ud800"),
        (
            "{% filter replace('a', '\\ud800') %}a{% endfilter %}",
            "own: The templates make half a character, which no file can hold",
        ),
        _long(
            "{% for at in range(10 ** 9) %}{% endfor %}",
            "open.html.j2:1: The template can’t be filled in: Range too big",
        ),
        ("{{ 9 ** 99999 }}", "own: These templates can’t be laid out (ValueError: Exceeds the limit"),
    ],
)
@pytest.mark.parametrize("language", ["en-GB", pytest.param("cy", marks=pytest.mark.long)])
def test_of_jinja(tmp_path: Path, template: str, words: str, language: str) -> None:
    (tmp_path / "own" / "sections").mkdir(parents=True)
    (tmp_path / "own" / "sections" / "open.html.j2").write_text(template, "utf-8")
    assert words in told(tmp_path, "--templates", "own", "--language", language, out="report.html")


def test_no_template_or_style_sheet_moves_a_cursor_or_turns_a_line(tmp_path: Path) -> None:
    (tmp_path / "own" / "sections").mkdir(parents=True)
    (tmp_path / "own" / "sections" / "open.html.j2").write_text("<p>a\x1b[2Jb{{ '\u202e' }}c</p>\n", "utf-8")
    (tmp_path / "own" / "own.css").write_text(".a::after { content: 'd\x1b[1Ae' }", "utf-8")
    shutil.copy(EXAMPLES / "northside-cmht.yaml", tmp_path / "n.yaml")
    run("report", "n.yaml", "-o", "report.html", "--templates", "own", cwd=tmp_path, code=0)
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "<p>a[2Jbc</p>" in page
    assert "'d[1Ae'" in page
    assert controls(page) == []


@pytest.mark.parametrize(
    ("template", "words"), [("{{ _(nobody) }}", "'nobody' is"), ("{{ _(5) }}", "_() and n_() take")]
)
def test_of_jinja_in_another_language(tmp_path: Path, template: str, words: str) -> None:
    test_of_jinja(tmp_path, template, f"open.html.j2:1: The template can’t be filled in: {words}", "cy")


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<b>" * 5_000, "own: These templates can’t be laid out (RecursionError"),
        _long(
            "<p style='width: 1e999px; font-size: 1e300px'>x</p>",
            "own: These templates can’t be laid out (ZeroDivisionError",
        ),
        (
            "{{ '\\udfff' | safe }}",
            "open.html.j2:1: The template can’t be filled in: it makes half a character, \\udfff",
        ),
        _long(
            "<ol start='9' style='list-style: lower-roman'><li>x</ol>",
            "#open for internal URI reference. A link leads to",
        ),
    ],
    ids=["deep", "wide", "half", "without-its-id"],
)
def test_of_weasyprint(tmp_path: Path, template: str, words: str) -> None:
    (tmp_path / "own" / "sections").mkdir(parents=True)
    (tmp_path / "own" / "sections" / "open.html.j2").write_text(template, "utf-8")
    assert words in told(tmp_path, "--templates", "own", out="report.pdf")


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{{ nobody }}", "'nobody' is undefined"),
        ("{{ '\\ud800' }}", "it makes half a character, \\ud800"),
        _long("{{ report.team | round }}", "doesn't define __round__"),
        _long("{{ 1 // 0 }}", "division"),
        _long("{% macro on() %}{{ on() }}{% endmacro %}{{ on() }}", "one another without end"),
        _long("{% for at in [1] %}", 'Near: "{% for at in [1] %}"'),
        _long("{%tr for at in [1] %}", "Encountered unknown tag 'tr'"),
    ],
)
def test_of_word_templates(tmp_path: Path, template: str, words: str) -> None:
    (tmp_path / "own").mkdir()
    document = Document()
    document.add_paragraph(template)
    document.save(str(tmp_path / "own" / "ours.docx"))
    (tmp_path / "own" / "theme.toml").write_text('word_template = "ours.docx"\n', "utf-8")
    said = told(tmp_path, "--theme", "own", out="report.docx")
    assert "own/ours.docx: This Word template can’t be filled in: " in said
    assert words in said
