"""A report's PDF that a browser makes where Pango is missing: it says what WeasyPrint's says, page by page."""

import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from _pytest.mark import ParameterSet
from playwright.sync_api import Browser as PlaywrightBrowser

from readiness.document.browser import browsers
from readiness.document.browser_pdf import browser_page
from readiness.document.engine import ENGINE
from readiness.document.write import Format
from readiness.errors import InputError
from readiness.language import speaking
from readiness.report.formats import render
from readiness.report.languages import catalogue
from readiness.report.model import Report
from readiness.report.report_document import report_document
from readiness.theme.theme import Part, Theme
from readiness.theme.theme_file import find_theme, read_theme, shipped_themes
from tests.browser import violations
from tests.report.services import SOBER
from tests.report.test_report_docx import BRANDED
from tests.reports import Printed, assert_no_page_is_nearly_empty, pdftotext

Reports = Callable[[str], Report]


def long(*values: object) -> ParameterSet:
    """Return a case of the long form: a browser takes its time."""
    return pytest.param(*values, marks=pytest.mark.long)


SAMPLE = ["northside", long("several")]
SHORT = replace(SOBER, parts=(Part.SUMMARY, Part.PLAN, Part.OPEN, Part.METHOD))


@pytest.fixture(autouse=True)
def in_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENGINE, "browser")


@pytest.fixture(scope="module")
def from_browser(report: Reports, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Printed]:
    """Return the PDF about a service, from the browser."""

    @cache
    def made(name: str) -> Printed:
        data, told = render(Format.PDF, report(name), SOBER)
        file = tmp_path_factory.mktemp("browser") / f"{name}.pdf"
        file.write_bytes(data)
        return Printed(report(name), data, told, file)

    return made


@pytest.fixture(params=SAMPLE)
def made(request: pytest.FixtureRequest, from_browser: Callable[[str], Printed]) -> Printed:
    return from_browser(request.param)


def read_out(file: Path) -> str:
    """Return what is read out of a PDF: the text in the order of its tags, without spaces."""
    done = subprocess.run(["pdfinfo", "-struct-text", str(file)], capture_output=True, check=True, encoding="utf-8")
    assert "wrong type" not in done.stderr
    return "".join("".join(re.findall(r'^\s*"(.*)"$', done.stdout, re.MULTILINE)).split())


def without_repeats(text: str, headings: set[str]) -> str:
    """Return what is read out without what an engine may say again, or paint: headings of columns, numbers, bullets."""
    for heading in sorted(headings, key=len, reverse=True):
        text = text.replace(heading, "")
    return re.sub(r"•|,page\d+·?", "", text)


def heads(html: str) -> set[str]:
    rows = re.findall(r"<thead>(.*?)</thead>", html, re.DOTALL)
    return {"".join(re.sub("<[^>]+>", "", row).split()) for row in rows}


@pytest.mark.parametrize("theme", [SHORT, long(SOBER)], ids=["short", "whole"])
@pytest.mark.parametrize("name", SAMPLE)
def test_what_is_read_out_is_the_same_in_the_same_order(
    report: Reports, name: str, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, told = report(name), []
    headings = heads(browser_page(report_document(made, theme), theme))
    for engine in ("browser", "weasyprint"):
        monkeypatch.setenv(ENGINE, engine)
        (tmp_path / engine).write_bytes(render(Format.PDF, made, theme)[0])
        told.append(without_repeats(read_out(tmp_path / engine), headings))
    ours, theirs = told
    assert len(ours) > 5_000
    assert ours == theirs


def test_it_has_about_as_many_pages(
    made: Printed, printed: Callable[[str], Printed], request: pytest.FixtureRequest
) -> None:
    theirs = printed(request.node.callspec.params["made"])
    assert abs(len(made.pages) - len(theirs.pages)) <= 1


def test_it_says_who_made_it_and_that_it_is_not_pdf_ua(made: Printed) -> None:
    name = browsers()[0].name
    assert made.told == (
        f"{name} made the PDF. It has tags for screen readers, but only Pango makes one that follows PDF/UA.",
    )


def test_it_is_sound_with_language_title_and_properties(made: Printed) -> None:
    assert made.pdf.check_pdf_syntax() == []
    root, told = made.pdf.Root, made.pdf.docinfo
    assert bool(root.MarkInfo.Marked)
    assert str(root.Lang) == "en-GB"
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    title = f"{made.report.title} {made.report.team}, {made.report.date_text}"
    assert str(told["/Title"]).replace("\N{ZERO WIDTH SPACE}", "") == title
    assert str(told["/Creator"]) == "readiness"
    assert str(told["/CreationDate"]) == f"D:{made.report.date.replace('-', '')}"
    assert "/ModDate" not in told


def test_contents_lead_to_the_page_they_name(from_browser: Callable[[str], Printed]) -> None:
    made = from_browser("northside")
    contents = " ".join(made.pages[0].partition("In this report")[2].split())
    numbers = dict(re.findall(r"(?:^|· )([^·]+), page (\d+)", contents))
    assert len(numbers) >= len(made.report.domains) + 4
    for title, number in numbers.items():
        assert title in made.pages[int(number) - 1].splitlines()


def test_bookmarks_lead_to_each_part_in_order(from_browser: Callable[[str], Printed]) -> None:
    made = from_browser("northside")
    with made.pdf.open_outline() as outline:
        [top] = outline.root
        titles = [entry.title for entry in top.children]
    assert top.title == made.report.team
    parts = [domain.title for domain in made.report.domains]
    assert [title for title in titles if title in parts] == parts


def test_foot_of_each_page_has_team_date_number_and_what_the_theme_adds(report: Reports, tmp_path: Path) -> None:
    short = replace(BRANDED, parts=SHORT.parts, footer='Confidential </style> "\\')
    made = report("northside")
    (tmp_path / "x.pdf").write_bytes(render(Format.PDF, made, short)[0])
    pages = pdftotext(tmp_path / "x.pdf", "-layout").split("\f")[:-1]
    for number, page in enumerate(pages, start=1):
        foot = [line.strip() for line in page.splitlines() if line.strip()][-3:]
        told = " ".join(" ".join(foot).split())
        assert 'Confidential </style> "\\' in told
        assert f"{number} of {len(pages)}" in told
        assert (f"{made.team}, {made.date_text}" in told) == (number > 1)


def test_no_page_is_nearly_empty_and_none_ends_with_a_heading(made: Printed) -> None:
    assert_no_page_is_nearly_empty(made.file)
    assert ends(made) == []


def test_no_page_ends_with_a_heading_in_another_theme_and_the_check_would_find_one(
    report: Reports, tmp_path: Path
) -> None:
    theme = read_theme(find_theme("warm"))
    (tmp_path / "x.pdf").write_bytes(render(Format.PDF, report("harbour"), theme)[0])
    made = Printed(report("harbour"), (tmp_path / "x.pdf").read_bytes(), (), tmp_path / "x.pdf")
    assert ends(made) == []
    assert ends(made, among=tuple(made.pages[0].splitlines())) != []


def ends(made: Printed, among: tuple[str, ...] = ()) -> list[str]:
    """Return the headings at the end of a page but the last, and those of parts that have one line below them there.

    A heading inside a part may have one line: its list is then a line long.
    """
    with made.pdf.open_outline() as outline:
        parts = {*among, *(part.title for top in outline.root for part in top.children)}
        headings = {entry.title for top in outline.root for entry in below(top)}
    pages = ([line for line in page.splitlines() if not is_foot(line, made.report)] for page in made.pages[:-1])
    last = [lines[-2:] for lines in pages]
    return [line for above, line in last if line in headings] + [above for above, _line in last if above in parts]


def below(entry: pikepdf.OutlineItem) -> Iterator[pikepdf.OutlineItem]:
    for child in entry.children:
        yield child
        yield from below(child)


def is_foot(line: str, report: Report) -> bool:
    return bool(re.fullmatch(r"\d+ of \d+", line)) or line == f"{report.team}, {report.date_text}"


def test_no_word_stands_outside_the_margins(made: Printed) -> None:
    boxes = re.findall(
        r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">', pdftotext(made.file, "-bbox")
    )
    assert boxes
    for left, top, right, bottom in (map(float, box) for box in boxes):
        assert left >= 40
        assert top >= 30
        assert right <= 595.28 - 40
        assert bottom <= 841.89 - 8


@pytest.mark.parametrize(("page", "size"), [long("A4", (595, 842)), ("Letter", (612, 792))])
def test_paper_is_that_of_the_theme(page: str, size: tuple[int, int], report: Reports) -> None:
    data, _ = render(Format.PDF, report("nothing"), replace(SHORT, page=page))
    with pikepdf.open(BytesIO(data)) as pdf:
        for sheet in pdf.pages:
            assert [float(side) for side in sheet.mediabox] == pytest.approx([0, 0, *size], abs=0.6)


def test_same_report_gives_the_same_bytes_again(from_browser: Callable[[str], Printed], report: Reports) -> None:
    assert render(Format.PDF, report("northside"), SOBER)[0] == from_browser("northside").data


def test_every_font_is_embedded(made: Printed) -> None:
    described = [
        one for one in made.pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
    ]
    assert described
    assert all("/FontFile2" in one or "/FontFile3" in one for one in described)


@pytest.mark.parametrize(
    "theme", [pytest.param(name, marks=[] if name == "warm" else pytest.mark.long) for name in shipped_themes()]
)
def test_nothing_in_the_page_is_in_anybodys_way(
    theme: str, browser: PlaywrightBrowser, report: Reports, tmp_path: Path
) -> None:
    chosen = read_theme(find_theme(theme))
    (tmp_path / "page.html").write_text(browser_page(report_document(report("several"), chosen), chosen), "utf-8")
    with browser.new_context() as context:
        page = context.new_page()
        page.emulate_media(media="print")
        page.goto((tmp_path / "page.html").as_uri())
        assert violations(page) == []


def test_english_in_another_language_is_marked_as_such_and_is_no_link(report: Reports) -> None:
    with speaking("cy", catalogue("cy")):
        page = browser_page(report_document(report("northside"), SHORT), SHORT)
    assert '<html lang="cy">' in page
    assert '<span lang="en">' in page
    assert '<a lang="en">' not in page
    assert '--of: "o"' in page


def own(folder: Path, **templates: str) -> Theme:
    """Return a short theme with templates of one's own, given by name."""
    for name, text in templates.items():
        path = folder / f"{name.replace('__', '/')}.html.j2"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return replace(SHORT, templates=folder)


def test_own_templates_are_printed_too(report: Reports, tmp_path: Path) -> None:
    lead = '{% extends "shipped/section.html.j2" %}{% block before %}<p>Ours: {{ document.title }}.</p>{% endblock %}'
    data, told = render(Format.PDF, report("northside"), own(tmp_path, sections__plan=lead))
    (tmp_path / "x.pdf").write_bytes(data)
    assert "Ours: Northside Community Mental Health Team." in pdftotext(tmp_path / "x.pdf")
    assert len(told) == 1


@pytest.mark.parametrize(
    "what",
    [
        '<script>document.title = "evil"</script>',
        long('<img src="http://x.example/pixel.png"/>'),
        long('<iframe src="file:///etc/hostname"></iframe>'),
        long('<p onclick="x()">a</p>'),
        long('<meta http-equiv="refresh" content="0;url=file:///etc/hostname"/>'),
        long("<style>p { background: url(file:///etc/hostname) }</style>"),
    ],
)
def test_own_templates_that_would_run_or_fetch_something_are_refused(
    what: str, report: Reports, tmp_path: Path
) -> None:
    page = f'{{% extends "shipped/section.html.j2" %}}{{% block before %}}{what}{{% endblock %}}'
    with pytest.raises(InputError, match="a report asks for nothing"):
        render(Format.PDF, report("nothing"), own(tmp_path, sections__plan=page))


def test_a_mistake_in_own_templates_is_told_with_its_place(report: Reports, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Fix it on this line") as failed:
        render(Format.PDF, report("nothing"), own(tmp_path, sections__plan="one\n{{ section.nothing }}"))
    assert failed.value.problems[0].place is not None
    assert failed.value.problems[0].place.line == 2
