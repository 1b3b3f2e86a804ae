"""Documents as PDFs: tagged, on the theme's paper, with the pages of what they lead to."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from readiness.document.blocks import Document, Section
from readiness.document.pdf import render_pdf, renderer
from readiness.document.spans import Span, spans
from readiness.document.tables import Table, of_words
from readiness.text import safe
from readiness.theme.theme import Theme
from readiness.theme.theme_file import find_theme, read_theme, shipped_themes
from tests.accessible import findings
from tests.document.kitchen import HOSTILE, KITCHEN
from tests.document.told import changed, texts
from tests.report.services import SOBER
from tests.reports import pdftotext

SMALL = Document("Then and now", ["It went up.", Table([*of_words("a", "b")], [("c", "d")])], kicker="Comparison")
SIZES = {"A4": (595.28, 841.89), "Letter": (612, 792)}
NOT_ON_PAPER = {
    *("The result", "The result in short", "No start yet"),  # a listed title, what says itself what it is, a blank
    *("About the service", "Answer", "a", "b", "c"),  # headings that are not shown
    *("Where the service stands",),  # the file’s properties
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("kitchen") / "kitchen.pdf"
    data, told = render_pdf(KITCHEN, SOBER)
    assert told == ()
    file.write_bytes(data)
    return file


def words(file: Path, *options: str) -> str:
    return " ".join(pdftotext(file, *options).split())


def links(file: Path) -> Iterator[tuple[str, str]]:
    """Yield where each link leads on the web, or "", and what it is said to be."""
    with pikepdf.open(file) as pdf:
        for page in pdf.pages:
            for link in page.get("/Annots", []):
                assert int(link["/F"]) & 4
                yield str(link["/A"]["/URI"]) if "/A" in link else "", str(link["/Contents"])


@pytest.mark.parametrize(
    ("document", "name", "paper"),
    [  # each pair of them in each run, and all together in the long form
        pytest.param(document, name, paper, id=f"{kind}-{name}-{paper}", marks=pytest.mark.long if odd % 2 else [])
        for kind, document in (("kitchen", KITCHEN), ("small", SMALL))
        for at, name in enumerate(shipped_themes())
        for odd, paper in enumerate(SIZES, start=at + (kind == "small"))
    ],
)
def test_the_checker_of_accessible_files_finds_nothing(
    document: Document, name: str, paper: str, tmp_path: Path
) -> None:
    theme = replace(
        read_theme(find_theme(name)), page=paper, name="The Network", contact="Call us", footer="In confidence"
    )
    data, told = render_pdf(document, theme)
    (tmp_path / "x.pdf").write_bytes(data)
    assert told == ()
    assert findings(tmp_path / "x.pdf") == []
    with pikepdf.open(BytesIO(data)) as pdf:
        assert [float(side) for side in pdf.pages[0].mediabox][2:] == pytest.approx(SIZES[paper], abs=0.1)


def test_every_text_is_on_paper(made: Path) -> None:
    shown = re.sub(r"\s", "", pdftotext(made, "-raw"))
    wanted = {safe(text).replace(" ?", "?") for text in texts(KITCHEN) if text != KITCHEN.about}
    assert {text for text in wanted if re.sub(r"\s", "", text) not in shown} <= NOT_ON_PAPER
    assert "Typethisnext" not in shown


def test_contents_name_the_page_that_each_part_is_on(made: Path) -> None:
    with pikepdf.open(made) as pdf:
        count = len(pdf.pages)
    numbers = dict(re.findall(r"(?:^|· )([^·]+?), page (\d+)", words(made, "-l", "1").partition("In this report ")[2]))
    assert [*numbers] == ["What helps", "The plan", "How it works"]
    for title, number in numbers.items():
        assert 1 <= int(number) <= count
        assert title in pdftotext(made, "-f", number, "-l", number).splitlines()


def test_a_new_page_begins_where_it_should(made: Path) -> None:
    with pikepdf.open(made) as pdf:
        tops = [pdftotext(made, "-f", str(at), "-l", str(at)).splitlines()[0] for at in range(1, len(pdf.pages) + 1)]
    assert "All answers" in tops


def test_links_lead_to_the_web_or_to_a_page_and_say_where(made: Path) -> None:
    found = [*links(made)]
    assert [link for link, _ in found if link] == ["http://a.example/", "https://b.example/x_y"]
    assert [*dict.fromkeys(said for link, said in found if not link)] == ["What helps", "The plan", "How it works"]
    assert all(said for _, said in found)


def test_each_foot_has_the_document_its_day_and_the_page(made: Path) -> None:
    pages = pdftotext(made).split("\f")[:-1]
    assert "Northside, 14 October 2026" not in pages[0].splitlines()[-5:]
    for number, page in enumerate(pages[1:], start=2):
        assert f"{number} of {len(pages)}" in page
        assert "Northside, 14 October 2026" in page


def test_properties_and_outline_say_what_it_is(made: Path) -> None:
    with pikepdf.open(made) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Ready for Peer Workers? Northside, 14 October 2026"
        assert str(pdf.docinfo["/Author"]) == "Alder Valley"
        with pdf.open_outline() as outline:
            (root,) = outline.root
            assert root.title == "Northside"
            assert {"What helps", "The plan", "All answers", "How it works"} <= {entry.title for entry in root.children}


def test_one_renderer_serves_every_document_of_a_theme() -> None:
    render_pdf(SMALL, SOBER)
    first = renderer(SOBER)
    render_pdf(KITCHEN, SOBER)
    assert renderer(SOBER) is first


@pytest.mark.parametrize("document", [KITCHEN, SMALL], ids=["kitchen", "small"])
def test_the_same_document_gives_the_same_bytes(document: Document) -> None:
    assert render_pdf(document, SOBER) == render_pdf(document, SOBER)


def test_what_people_write_makes_no_heading_and_no_link(tmp_path: Path) -> None:
    written = changed(KITCHEN, lambda text: f"{text} {HOSTILE}")
    (tmp_path / "x.pdf").write_bytes(render_pdf(written, SOBER)[0])
    assert {link for link, _ in links(tmp_path / "x.pdf")} == {"", "http://a.example/", "https://b.example/x_y"}
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        assert pdf.check_pdf_syntax() == []
    assert findings(tmp_path / "x.pdf") == []


def large(theme: Theme = SOBER) -> Theme:
    return replace(theme, text_size=16)


@pytest.mark.parametrize("theme", [SOBER, large()], ids=["sober", "large"])
def test_a_row_that_is_taller_than_a_page_goes_on_to_the_next(theme: Theme, tmp_path: Path) -> None:
    table = Table([*of_words("Who", "What")], [("Ada", "lo " * 3000), ("Ben", "short")])
    (tmp_path / "x.pdf").write_bytes(render_pdf(Document("Title", [Section("a", "Part", [table])]), theme)[0])
    assert words(tmp_path / "x.pdf", "-raw").count("lo") == 3000
    assert "short" in words(tmp_path / "x.pdf")


def test_a_link_to_an_anchor_leads_there(tmp_path: Path) -> None:
    document = Document("Title", [spans("See", Span("that part", link="#a")), Section("a", "Part", ["Words."])])
    (tmp_path / "x.pdf").write_bytes(render_pdf(document, SOBER)[0])
    assert {*links(tmp_path / "x.pdf")} == {("", "Part")}
