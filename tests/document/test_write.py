"""A document as a page: the same in every format, and for everybody."""

import datetime as dt
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser

from readiness.document.blocks import Block, Document, Heading, Hint, Paragraph, Points, Section, Tone
from readiness.document.charts import ThenAndNowChart
from readiness.document.spans import quiet
from readiness.document.tables import Cell, Column, Lines, Table, of_numbers, of_words
from readiness.document.write import PAGES, Format, write
from readiness.text import safe
from readiness.theme.theme_file import find_theme, read_theme, shipped_themes
from tests.accessible import findings
from tests.browser import violations
from tests.document.kitchen import FIRM, KITCHEN, NOTHING, OPEN
from tests.document.told import texts
from tests.report.reading import read, squeezed
from tests.report.services import SOBER
from tests.report.test_report_docx import BRANDED
from tests.reports import assert_no_page_is_nearly_empty, pdftotext

HOSTILE = '<b>&amp; "x" | *y* {{ 7*7 }}</b>'
BLOCKS: tuple[Block, ...] = (
    "What moved, in a sentence.",
    Paragraph("Late: action 3.", Tone.ALERT),
    Heading("Moved up: 1", 2),
    Points(["Ways to move up", HOSTILE]),
    Heading("In detail", 3),
    Table(
        (*of_words("Part", share=4), Column("Drawn", share=3, drawn=True), *of_numbers("Then", "Now")),
        [
            (Lines(["Staying a peer", quiet("Question 20")]), ThenAndNowChart(OPEN, FIRM), "39.9", "50"),
            (HOSTILE, ThenAndNowChart(NOTHING, FIRM), "–", "50"),
            ("Being open", ThenAndNowChart(NOTHING, NOTHING), "–", "–"),
        ],
    ),
    Hint("Type this next."),
    "The last sentence.",
    "The end.",
)
PAGE = Document("Northside: then and now", BLOCKS, kicker="Ready for Peer Workers?", running="Northside")
ONLY_SAID_OF_IT = {KITCHEN.about, KITCHEN.running, KITCHEN.author, KITCHEN.nav}
"""What stands in a file's properties, at the foot of a page or before a web page's contents."""
NOT_SHOWN = {"The result", "The result in short", "About the service", "Answer", "a", "b", "c"}
"""Titles that are only listed, and headings of tables that show none."""
NOT_IN_MARKDOWN = {
    *("Drawn", "From 0 to 100", "In place", "Not guarded", "A long arrow is something well in place."),  # of charts
    *("What to do",),  # above what it sets out as a checklist
}
UNSEEN = {"The score of each part", "What to do by when"}
"""Captions of tables, for those who do not see them."""
BLANKS = {"Name", "Start", "Done by", "No start yet"}
"""What a page is to be filled in with: paper has lines for it, a screen says that it is missing."""


@pytest.mark.parametrize("form", PAGES)
def test_every_format_says_the_same_whatever_the_words_and_no_hint(form: Format) -> None:
    for document in (PAGE, KITCHEN):
        data, told = write(form, document, SOBER)
        text = _plain(read(form, data))
        said = {*texts(document)} - ONLY_SAID_OF_IT - NOT_SHOWN - UNSEEN - BLANKS
        if form is Format.MARKDOWN:
            said -= NOT_IN_MARKDOWN
        assert told == ()
        assert [one for one in said if _plain(safe(one)) not in text] == []
        assert "Typethisnext" not in text


@pytest.mark.parametrize("form", Format)
def test_a_document_is_written_as_a_page_and_as_nothing_else(form: Format) -> None:
    if form in PAGES:
        assert write(form, PAGE, SOBER)[0]
    else:
        with pytest.raises(ValueError, match=form):
            write(form, PAGE, SOBER)


def test_markdown_shows_words_as_they_are() -> None:
    text = write(Format.MARKDOWN, PAGE, SOBER)[0].decode()
    safe_words = '\\<b\\>\\&amp; "x" \\| \\*y\\* \\{\\{ 7\\*7 \\}\\}\\</b\\>'
    assert f"\n- {safe_words}\n" in text
    assert f"\n| {safe_words} | – | 50 |\n" in text


def test_a_page_whose_title_shows_nothing_has_what_stands_above_it() -> None:
    page = replace(PAGE, title="\u2066\u2069")
    assert "<h1>Ready for Peer Workers?</h1>" in write(Format.HTML, page, SOBER)[0].decode()


def _plain(text: str) -> str:
    """Return the text squeezed, and without what the reader of Markdown leaves out."""
    return re.sub(r"[|*>]", "", squeezed(text))


@pytest.mark.parametrize("form", PAGES)
def test_the_same_page_is_the_same_bytes_with_or_without_a_day(form: Format) -> None:
    for page in (PAGE, replace(PAGE, date=dt.date(2026, 12, 20))):
        assert write(form, page, SOBER) == write(form, page, SOBER)


@pytest.mark.parametrize("theme", [*shipped_themes(), "branded"])
def test_the_checker_of_accessible_pdfs_finds_nothing(theme: str, tmp_path: Path) -> None:
    data, _ = write(Format.PDF, PAGE, BRANDED if theme == "branded" else read_theme(find_theme(theme)))
    (tmp_path / "page.pdf").write_bytes(data)
    assert findings(tmp_path / "page.pdf") == []


COLUMNS = (*of_words("What", share=5), *of_numbers("No."))


def test_a_long_table_breaks_between_rows_and_leaves_no_page_empty(tmp_path: Path) -> None:
    rows: list[tuple[Cell, ...]] = [(Lines([f"Action {at}", quiet("What it is for")]), f"{at}") for at in range(80)]
    data, _ = write(Format.PDF, Document("The plan", [Table(COLUMNS, rows), "The end."], kicker="Plan"), SOBER)
    (tmp_path / "page.pdf").write_bytes(data)
    assert_no_page_is_nearly_empty(tmp_path / "page.pdf")
    tops = [page.split() for page in pdftotext(tmp_path / "page.pdf", "-layout").split("\f")[1:-1]]
    assert tops
    assert all(top[:3] == ["What", "No.", "Action"] for top in tops)


@pytest.mark.parametrize("in_section", [False, True])
def test_a_row_that_is_longer_than_a_page_breaks_and_leaves_none_empty(tmp_path: Path, *, in_section: bool) -> None:
    rows: list[tuple[Cell, ...]] = [(Lines(["Action", quiet("word " * 1200)]), "1"), ("Next", "2"), ("Last", "3")]
    table = Table(COLUMNS, rows)
    blocks = [Section("plan", "Now", [table])] if in_section else [Heading("Now", 2), table]
    data, _ = write(Format.PDF, Document("The plan", [*blocks, "End."], kicker="Plan"), SOBER)
    (tmp_path / "page.pdf").write_bytes(data)
    assert_no_page_is_nearly_empty(tmp_path / "page.pdf")


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (320, "light"),
        (1400, "dark"),
        pytest.param(320, "dark", marks=pytest.mark.long),
        pytest.param(1400, "light", marks=pytest.mark.long),
    ],
)
def test_the_web_page_is_in_nobodys_way(browser: Browser, tmp_path: Path, scheme: str, width: int) -> None:
    (tmp_path / "page.html").write_bytes(write(Format.HTML, PAGE, BRANDED)[0])
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_word_has_real_headings_a_repeated_table_head_and_charts_that_are_read_aloud() -> None:
    document = docx.Document(BytesIO(write(Format.DOCX, PAGE, BRANDED)[0]))
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert styles["Northside: then and now"] == "Title"
    assert (styles["Moved up: 1"], styles["In detail"]) == ("Heading 1", "Heading 2")
    [table] = document.tables
    assert "w:tblHeader" in table.rows[0]._tr.xml  # noqa: SLF001 — python-docx does not say it
    alts = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]  # noqa: SLF001
    assert "Then: 39.9 out of 100; 32.7 to 48.9, for what is not known. Now: 50 out of 100." in alts
    assert "Then: No score yet. Now: No score yet." in alts
