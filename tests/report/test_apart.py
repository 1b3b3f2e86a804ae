"""Templates that are not ours: what they can change, and what stops them."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import pytest

from readiness.errors import InputError
from readiness.report.apart import render_apart
from readiness.report.formats import RENDERERS, ReportFormat
from readiness.report.html import page
from readiness.report.model import Report
from readiness.report.theme import Theme
from tests.report.conftest import pdftotext
from tests.report.services import SOBER

Reports = Callable[[str], Report]
Own = Callable[..., Theme]


@pytest.fixture
def own(tmp_path: Path) -> Own:
    """Return the sober theme with templates of one's own, given by name."""

    def with_templates(**templates: str) -> Theme:
        for name, text in templates.items():
            path = tmp_path / name.replace("__", "/").replace("_css", ".css").replace("_html", ".html.j2")
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return replace(SOBER, templates=tmp_path)

    return with_templates


LEAD = '{% extends "shipped/sections/plan.html.j2" %}{% block lead %}<p>Ours: {{ report.team }}.</p>{% endblock %}'


def test_one_block_can_be_replaced_and_all_else_stays(own: Own, report: Reports) -> None:
    made = page(report("northside"), own(sections__plan_html=LEAD))
    assert "<p>Ours: Northside Community Mental Health Team.</p>" in made
    assert "The numbers give the order" not in made
    shipped = page(report("northside"), SOBER)
    assert made.partition('<section class="plan"')[0] == shipped.partition('<section class="plan"')[0]
    assert made.count("<tr>") == shipped.count("<tr>")


def test_a_style_sheet_of_ones_own_is_added_in_the_themes_colours(own: Own, report: Reports) -> None:
    theme = own(own_css="h1 { color: var(--warm); }")
    data, told = RENDERERS[ReportFormat.HTML](report("northside"), theme)
    assert f"h1 {{ color: {SOBER.warm}; }}" in data.decode()
    assert told == ()


def test_every_format_is_made_apart_as_it_is_here(own: Own, report: Reports, tmp_path: Path) -> None:
    theme = own(sections__plan_html=LEAD)
    for form in (ReportFormat.HTML, ReportFormat.MARKDOWN, ReportFormat.JSON):
        assert render_apart(form, report("northside"), theme) == RENDERERS[form](report("northside"), theme)
    (tmp_path / "r.pdf").write_bytes(render_apart(ReportFormat.PDF, report("northside"), theme)[0])
    assert "Ours: Northside" in pdftotext(tmp_path / "r.pdf")


@pytest.mark.parametrize(
    ("template", "line", "words"),
    [
        ("one\n{% if %}", 2, "Expected an expression"),
        ("one\ntwo\n{{ report.nothing }}", 3, "has no attribute 'nothing'"),
        ("{{ 1 + 'a' }}", 1, "unsupported operand"),
        ("\n{% include 'nowhere.html' %}", 2, 'there is no template "nowhere.html"'),
        ("{% extends '../../etc/passwd' %}", 1, "there is no template"),
        ("{{ report.__class__.__mro__ }}", 1, "may not have"),
        ("{{ ''.__class__.__base__.__subclasses__() }}", 1, "may not have"),
        ("{{ report.team.format.__globals__ }}", 1, "may not have"),
        ("{{ '{0.__class__}'.format(report) }}", 1, "may not have"),
        ("{{ self.__init__.__globals__ }}", 1, "may not have"),
        ("{% set _ = report.update({'team': 'x'}) %}", 1, "may not have"),
        ("{{ lipsum() }}", 1, "is undefined"),
        ("{{ range(1000000) }}", 1, "Range too big"),
        ("{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}", 1, "recursion"),
    ],
)
def test_a_mistake_or_an_escape_is_said_with_file_and_line(
    own: Own, report: Reports, template: str, line: int, words: str
) -> None:
    theme = own(sections__open_html=template)
    with pytest.raises(InputError) as error:
        render_apart(ReportFormat.HTML, report("northside"), theme)
    (problem,) = error.value.problems
    assert problem.place is not None
    assert (problem.place.file, problem.place.line) == (f"{theme.templates}/sections/open.html.j2", line)
    assert words in problem.what


ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
BOXES = "<div style='display: flex'>" * 40 + "x" + "</div>" * 40


@pytest.mark.parametrize(
    ("form", "template"), [(ReportFormat.HTML, ENDLESS), (ReportFormat.PDF, BOXES)], ids=["loop", "boxes"]
)
def test_what_takes_too_long_is_stopped(own: Own, report: Reports, form: ReportFormat, template: str) -> None:
    began = perf_counter()
    with pytest.raises(InputError, match="took more than 3 seconds, and were stopped"):
        render_apart(form, report("northside"), own(sections__open_html=template), deadline=3)
    assert perf_counter() - began < 30


def test_what_takes_too_much_memory_is_stopped(own: Own, report: Reports) -> None:
    with pytest.raises(InputError, match="need more memory"):
        render_apart(ReportFormat.HTML, report("northside"), own(sections__open_html="{{ 'x' * 9000000000 }}"))


def test_a_program_that_ends_without_an_answer_is_said(
    own: Own, report: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(InputError, match="ended the program"):
        render_apart(ReportFormat.HTML, report("northside"), own())


def test_the_network_is_refused(own: Own, report: Reports) -> None:
    theme = own(sections__open_html='<img alt="x" src="http://127.0.0.1:9/x.png"/>')
    with pytest.raises(InputError, match=r"asks for http://127\.0\.0\.1:9/x\.png"):
        render_apart(ReportFormat.PDF, report("northside"), theme)


def test_a_picture_of_ones_own_is_shown(own: Own, report: Reports, tmp_path: Path) -> None:
    (tmp_path / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "utf-8")
    theme = own(sections__plan_html=LEAD.replace("Ours", '<img alt="x" src="dot.svg"/>'))
    assert render_apart(ReportFormat.PDF, report("northside"), theme)[0].startswith(b"%PDF")
