"""The PDF, read back: what a screen reader, an archive and a printer get."""

import hashlib
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from readiness.bank.model import Bank
from readiness.document.pdf import Renderer
from readiness.report.model import HeldView, Report
from readiness.report.notes import Notes
from readiness.report.view import build_report
from readiness.team import AssessedTeam
from readiness.theme.theme import Theme
from readiness.theme.theme_file import find_theme, read_theme
from tests.program import environment
from tests.report.services import SERVICES, SOBER
from tests.report.test_report_docx import BRANDED
from tests.reports import Printed, as_pdf, assert_no_page_is_nearly_empty, fill, pdftotext

Prints = Callable[[str], Printed]
EXAMPLES = ["northside", "harbour"]
WARM = read_theme(find_theme("warm"))
SAMPLE = [*EXAMPLES, "nothing", "top", "several", "riverside", "hostile"]


def kids(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield the structure elements right below this one."""
    if "/K" not in element:
        return
    found = element["/K"]
    for kid in found if isinstance(found, pikepdf.Array) else [found]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield the structure elements in reading order."""
    waiting = [*kids(pdf.Root["/StructTreeRoot"])]
    while waiting:
        element = waiting.pop(0)
        yield element
        waiting[:0] = kids(element)


def of(pdf: pikepdf.Pdf, *kinds: str) -> list[pikepdf.Object]:
    return [element for element in elements(pdf) if str(element["/S"]) in kinds]


@pytest.fixture(params=SAMPLE)
def made(request: pytest.FixtureRequest, printed: Prints) -> Printed:
    name: str = request.param
    return printed(name)


def test_is_sound(made: Printed) -> None:
    assert made.pdf.check_pdf_syntax() == []


def test_is_tagged_with_language_and_title(made: Printed) -> None:
    root = made.pdf.Root
    assert bool(root["/MarkInfo"]["/Marked"])
    assert str(root["/Lang"]) == "en-GB"
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    title = f"{made.report.title} {made.report.team}, {made.report.date_text}"
    assert str(made.pdf.docinfo["/Title"]).replace("\N{ZERO WIDTH SPACE}", "") == title
    with made.pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == str(made.pdf.docinfo["/Title"])


def test_headings_begin_with_the_one_title_and_skip_no_level(made: Printed) -> None:
    levels = [int(str(element["/S"])[2:]) for element in of(made.pdf, "/H1", "/H2", "/H3", "/H4", "/H5", "/H6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_header_cell_has_its_scope(made: Printed) -> None:
    headers = of(made.pdf, "/TH")
    assert {str(cell["/A"]["/Scope"]) for cell in headers} == {"/Row", "/Column"}
    assert {str(cell["/A"]["/O"]) for cell in headers} == {"/Table"}


def test_cells_under_a_header_name_it(made: Printed) -> None:
    known = {str(cell["/ID"]) for cell in of(made.pdf, "/TH")}
    for cell in of(made.pdf, "/TD"):
        assert {str(header) for header in cell["/A"]["/Headers"]} <= known


def test_every_table_has_headers_and_holds_nothing_but_its_parts(made: Printed) -> None:
    for table in of(made.pdf, "/Table"):
        assert {str(kid["/S"]) for kid in kids(table)} <= {"/Caption", "/THead", "/TBody"}
        rows = [row for group in kids(table) if str(group["/S"]) != "/Caption" for row in kids(group)]
        assert {str(row["/S"]) for row in rows} == {"/TR"}
        cells = {str(cell["/S"]) for row in rows for cell in kids(row)}
        assert "/TH" in cells
        assert cells <= {"/TH", "/TD"}


def test_every_list_holds_items_with_a_body(made: Printed) -> None:
    for found in of(made.pdf, "/L"):
        assert {str(kid["/S"]) for kid in kids(found)} == {"/LI"}
    for item in of(made.pdf, "/LI"):
        assert {str(kid["/S"]) for kid in kids(item)} <= {"/Lbl", "/LBody"}


def test_every_figure_says_what_it_shows(made: Printed) -> None:
    figures = of(made.pdf, "/Figure")
    assert figures
    assert all(re.search(r"\d|No score yet|–", str(figure["/Alt"])) for figure in figures)


def test_every_link_says_where_it_leads_is_printed_and_is_reached_in_reading_order(made: Printed) -> None:
    titles = {str(item.title) for item in made.pdf.open_outline().root}
    titles |= {str(item.title) for top in made.pdf.open_outline().root for item in top.children}
    titles |= {source.url or "" for source in made.report.sources}
    links = [link for page in made.pdf.pages for link in page.get("/Annots", [])]
    assert links
    assert {str(link["/Contents"]) for link in links} <= titles
    assert all(int(link["/F"]) & 4 and "/StructParent" in link for link in links)
    assert all(str(page["/Tabs"]) == "/S" for page in made.pdf.pages if "/Annots" in page)


def test_all_that_is_drawn_is_tagged_or_an_artifact(made: Printed) -> None:
    """And nothing is both: the team and the page number at every foot are read out nowhere."""
    tagged = {(page_of(e), kid) for e in elements(made.pdf) for kid in marks(e)}
    drawn: set[tuple[tuple[int, int], int]] = set()
    for page in made.pdf.pages:
        depth = 0
        for instruction in pikepdf.parse_content_stream(page):
            assert isinstance(instruction, pikepdf.ContentStreamInstruction)
            operator = str(instruction.operator)
            if operator == "BDC":
                drawn.add((page.obj.objgen, int(instruction.operands[1]["/MCID"])))
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
            assert depth > 0 or operator not in ("Tj", "TJ", "Do")
    assert drawn == tagged


def test_foot_of_each_page_is_an_artifact_with_team_and_number(printed: Prints) -> None:
    made = printed("northside")
    assert "1 of" not in made.pages[0].splitlines()[0]
    for number, text in enumerate(made.pages, start=1):
        foot = text.splitlines()
        start = "" if number == 1 else f"{made.report.team}, {made.report.date_text} "
        assert foot[-1] == f"{start}{number} of {len(made.pages)}"


def page_of(element: pikepdf.Object) -> tuple[int, int]:
    return element["/Pg"].objgen if "/Pg" in element else (0, 0)


def marks(element: pikepdf.Object) -> list[int]:
    """Return the marked content that stands right below the element."""
    found: object = element.get("/K", ())
    every: list[object] = [*found] if isinstance(found, pikepdf.Array) else [found]
    return [kid for kid in every if isinstance(kid, int)]


def bbox(file: Path) -> str:
    return pdftotext(file, "-bbox")


def fonts(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    """Return the descriptors of the fonts, by name without the letters of the subset."""
    return {
        str(found["/FontName"]).partition("+")[2]: found
        for found in pdf.objects
        if isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/FontDescriptor"
    }


def test_every_font_is_embedded(made: Printed) -> None:
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts(made.pdf).values())


@pytest.mark.parametrize("name", EXAMPLES)
def test_only_the_shipped_font_is_used(name: str, printed: Prints) -> None:
    assert {font.partition("-Semi")[0] for font in fonts(printed(name).pdf)} <= SHIPPED


SHIPPED = {"Readiness-Sans", "Readiness-Sans-Italic", "Readiness-Sans-Oblique"}


def test_latin_extended_greek_cyrillic_and_our_symbols_need_no_other_font() -> None:
    text = "Łódź Štúr Ğüneş Đặng Ýmir Ελλάδα Київ Юлия – — ‘’ “” … · • − × ≤ ≥ € £ ½ ✓"  # noqa: RUF001 — meant
    page = f'<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><p>{text}</p></body></html>'
    data, told = Renderer(SOBER).render(page)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert {*fonts(pdf)} <= SHIPPED
    assert told == ()


def test_style_sheets_give_weasyprint_nothing_to_say(printed: Prints) -> None:
    assert Renderer(SOBER).told == ()
    assert [printed(name).told for name in SAMPLE if name != "hostile"] == [()] * (len(SAMPLE) - 1)


@pytest.mark.parametrize("name", EXAMPLES)
def test_bookmarks_lead_to_each_part_in_order(name: str, printed: Prints) -> None:
    made = printed(name)
    with made.pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root] == [made.report.team]
        titles = [entry.title for entry in outline.root[0].children]
    first = titles.index(made.report.domains[0].title)
    assert titles[first : first + len(made.report.domains)] == [domain.title for domain in made.report.domains]
    assert titles[-1].startswith("How the score works")


def test_contents_lead_to_the_page_they_name(printed: Prints) -> None:
    made = printed("northside")
    contents = made.pages[0].partition("In this report")[2]
    numbers = dict(re.findall(r"(?:^|· )([^·]+), page (\d+)", " ".join(contents.split())))
    assert len(numbers) >= len(made.report.domains) + 4
    for title, number in numbers.items():
        assert title in made.pages[int(number) - 1].splitlines()


@pytest.mark.parametrize("theme", [SOBER, BRANDED], ids=["sober", "branded"])
def test_page_one_holds_where_to_start_even_where_much_stands_on_it(
    theme: Theme, report: Callable[[str], Report], tmp_path: Path
) -> None:
    needs = "We have agreed in writing how many each team needs, so that nobody is the only one. At least one has that."
    held = HeldView(label="Enough Peer Workers in each team", needs=needs, now=needs)
    full = {"team": "Harbour House Peer Support", "held_by": (held, held), "behind": "Late: action 1. Stuck: action 2."}
    (tmp_path / "x.pdf").write_bytes(as_pdf(report("northside").model_copy(update=full), theme)[0])
    first = " ".join(pdftotext(tmp_path / "x.pdf", "-l", "1").split())
    assert "What to decide: start with these" in first


@pytest.mark.parametrize("name", [*EXAMPLES, "riverside"])
def test_page_one_ends_with_the_contents(name: str, printed: Prints) -> None:
    assert "In this report" in printed(name).pages[0]


@pytest.mark.parametrize("name", [*(pytest.param(name, marks=pytest.mark.long) for name in EXAMPLES), "riverside"])
@pytest.mark.parametrize("theme", [WARM, BRANDED], ids=["warm", "branded"])
def test_page_one_ends_with_the_contents_in_every_theme(
    theme: Theme, name: str, report: Callable[[str], Report], tmp_path: Path
) -> None:
    (tmp_path / "x.pdf").write_bytes(as_pdf(report(name), theme)[0])
    assert "In this report" in pdftotext(tmp_path / "x.pdf", "-l", "1")


@pytest.mark.parametrize("name", EXAMPLES)
def test_one_person_is_told_in_eight_pages_without_notes(name: str, bank: Bank) -> None:
    made = build_report(AssessedTeam(bank, SERVICES[name](bank)), notes=Notes.NONE)
    assert len(pikepdf.open(BytesIO(as_pdf(made, SOBER)[0])).pages) <= 8


@pytest.mark.parametrize("name", ["northside", pytest.param("harbour", marks=pytest.mark.long)])
def test_large_print_takes_twenty_pages_at_most(name: str, report: Callable[[str], Report]) -> None:
    data, _told = as_pdf(report(name), read_theme(find_theme("large-print")))
    assert len(pikepdf.open(BytesIO(data)).pages) <= 20


def test_every_page_is_a4(made: Printed) -> None:
    for page in made.pdf.pages:
        assert [float(side) for side in page.mediabox] == pytest.approx([0, 0, 595.28, 841.89], abs=0.1)


@pytest.mark.parametrize("name", [name for name in SAMPLE if name != "hostile"])
def test_no_page_is_nearly_empty(name: str, printed: Prints) -> None:
    assert_no_page_is_nearly_empty(printed(name).file)
    assert len(fill(printed(name).file)) == len(printed(name).pdf.pages)


def test_a_nearly_empty_page_would_be_found(tmp_path: Path) -> None:
    page = '<p>Few words</p><p style="break-before: page">And the rest</p>'
    html = f'<!DOCTYPE html><html lang="en"><head><title>x</title></head><body>{page}</body></html>'
    (tmp_path / "x.pdf").write_bytes(Renderer(SOBER).render(html)[0])
    with pytest.raises(AssertionError):
        assert_no_page_is_nearly_empty(tmp_path / "x.pdf")


def test_no_word_stands_outside_the_margins(made: Printed) -> None:
    words = re.findall(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">', bbox(made.file))
    assert words
    for left, top, right, bottom in words:
        assert float(left) >= 40
        assert float(top) >= 30
        assert float(right) <= 595.28 - 40
        assert float(bottom) <= 841.89 - 8


@pytest.mark.parametrize("name", [*EXAMPLES, "nothing", "several"])
def test_heading_is_never_the_last_thing_on_a_page(name: str, printed: Prints) -> None:
    made = printed(name)
    report = made.report
    fixed = [
        "What is strong",
        "What is missing",
        "Why it matters",
        "What to do",
        "Sources",
        "All answers",
        "Start with these",
    ]
    headings = {*fixed, *(domain.title for domain in report.domains)}
    headings |= {f"{horizon.title} {horizon.when}" for horizon in report.horizons}
    headings |= {"No. Question Answer", "What Today The next step up", "Question Whom to ask"}
    for number, page in enumerate(made.pages, start=1):
        lines = page.splitlines()
        assert re.fullmatch(r".*\d+ of \d+", lines[-1])
        assert number == len(made.pages) or lines[-2] not in headings


def test_same_report_gives_the_same_bytes_again(printed: Prints) -> None:
    assert as_pdf(printed("hostile").report, SOBER)[0] == printed("hostile").data


def test_same_report_gives_the_same_bytes_in_another_process(printed: Prints) -> None:
    program = """
import hashlib, sys
from readiness.document.pdf import render_pdf
from readiness.report.model import Report
from readiness.report.report_document import report_document
from readiness.theme.theme_file import read_theme
from readiness.resources import REPORT_TEMPLATES
sober = read_theme(REPORT_TEMPLATES / "themes" / "sober")
report = Report.model_validate_json(sys.stdin.buffer.read())
print(hashlib.sha256(render_pdf(report_document(report, sober), sober)[0]).hexdigest())
"""
    made = printed("harbour")
    data = made.report.model_dump_json(by_alias=True).encode()
    done = subprocess.run(
        [sys.executable, "-c", program], input=data, capture_output=True, check=True, env=environment()
    )
    assert done.stdout.decode().strip() == hashlib.sha256(made.data).hexdigest()


@pytest.mark.parametrize(
    "room", [pytest.param(room, marks=[] if room in (210, 230) else pytest.mark.long) for room in range(200, 250, 10)]
)
def test_a_heading_goes_on_to_the_next_page_with_its_table(room: int, tmp_path: Path) -> None:
    rows = "<tr><th scope='row'>Setting</th><td>NHS trust</td></tr>" * 6
    table = f"<table class='plain facts together'><caption class='unseen'>About</caption><tbody>{rows}</tbody></table>"
    start = "<!DOCTYPE html><html lang='en'><head><title>x</title></head><body><h1>Fine</h1>"
    html = f"{start}<div style='height: {room}mm'></div><section><h2>All answers</h2>{table}</section></body></html>"
    (tmp_path / "x.pdf").write_bytes(Renderer(SOBER).render(html)[0])
    for page in pdftotext(tmp_path / "x.pdf").split("\f"):
        assert ("All answers" in page) == ("NHS trust" in page)
