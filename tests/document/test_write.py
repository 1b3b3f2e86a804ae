"""A smaller result as a page of its own: the same in every format, and for everybody."""

import datetime as dt
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser

from readiness.document.blocks import (
    Alert,
    Block,
    Cell,
    Column,
    Grid,
    Heading,
    Hint,
    Points,
    ThenAndNow,
    of_numbers,
    of_words,
)
from readiness.document.values import ScoreView
from readiness.document.write import Format, Page, render_page
from readiness.theme.theme_file import find_theme, read_theme, shipped_themes
from tests.accessible import findings
from tests.browser import violations
from tests.report.reading import read, squeezed
from tests.report.services import SOBER
from tests.report.test_report_docx import BRANDED
from tests.reports import assert_no_page_is_nearly_empty

BEFORE = ScoreView(score=39.9, low=32.7, high=48.9, text="39.9", range_text="32.7 to 48.9")
AFTER = ScoreView(score=50, low=50, high=50, text="50", range_text="50")
NOTHING = ScoreView(score=None, low=None, high=None, text="–", range_text="–")
HOSTILE = '<b>&amp; "x" | *y* {{ 7*7 }}</b>'
BLOCKS: tuple[Block, ...] = (
    Heading("Northside: then and now"),
    "What moved, in a sentence.",
    Alert("Late: action 3."),
    Heading("Moved up: 1"),
    Points(["Ways to move up", HOSTILE]),
    Heading("In detail", 3),
    Grid(
        (*of_words("Part", share=4), Column("Drawn", share=3, drawn=True), *of_numbers("Then", "Now")),
        [
            (("Staying a peer", "Question 20"), ThenAndNow(BEFORE, AFTER), "39.9", "50"),
            (HOSTILE, ThenAndNow(NOTHING, AFTER), "–", "50"),
            ("Being open", ThenAndNow(NOTHING, NOTHING), "–", "–"),
        ],
    ),
    Hint("Type this next."),
    "The last sentence.",
    "The end.",
)
PAGE = Page("Ready for Peer Workers?", BLOCKS, dt.date(2026, 12, 20))
TEXTS = (
    "Ready for Peer Workers?",
    "Northside: then and now",
    "What moved, in a sentence.",
    "Late: action 3.",
    "Moved up: 1",
    "Ways to move up",
    HOSTILE,
    "In detail",
    "Staying a peer",
    "Question 20",
    "39.9",
    "The last sentence.",
)


@pytest.mark.parametrize("form", Format)
def test_every_format_says_the_same_whatever_the_words_and_no_hint(form: Format) -> None:
    data, told = render_page(form, PAGE, SOBER)
    text = _plain(read(Format(form), data))
    assert told == ()
    assert [said for said in TEXTS[1 if form is Format.MARKDOWN else 0 :] if _plain(said) not in text] == []
    assert "Typethisnext" not in text


def test_markdown_shows_words_as_they_are() -> None:
    text = render_page(Format.MARKDOWN, PAGE, SOBER)[0].decode()
    safe_words = '\\<b\\>\\&amp; "x" \\| \\*y\\* \\{\\{ 7\\*7 \\}\\}\\</b\\>'
    assert f"\n- {safe_words}\n" in text
    assert f"\n| {safe_words} | – | 50 |\n" in text


def test_a_page_whose_title_shows_nothing_has_what_stands_above_it() -> None:
    page = replace(PAGE, blocks=(Heading("\u2066\u2069"), "Text"))
    assert "<h1>Ready for Peer Workers?</h1>" in render_page(Format.HTML, page, SOBER)[0].decode()


def _plain(text: str) -> str:
    """Return the text squeezed, and without what the reader of Markdown leaves out."""
    return re.sub(r"[|*>]", "", squeezed(text))


@pytest.mark.parametrize("form", Format)
def test_the_same_page_is_the_same_bytes_with_or_without_a_day(form: Format) -> None:
    for page in (PAGE, replace(PAGE, date=None)):
        assert render_page(form, page, SOBER) == render_page(form, page, SOBER)


@pytest.mark.parametrize("theme", [*shipped_themes(), "branded"])
def test_the_checker_of_accessible_pdfs_finds_nothing(theme: str, tmp_path: Path) -> None:
    data, _ = render_page(Format.PDF, PAGE, BRANDED if theme == "branded" else read_theme(find_theme(theme)))
    (tmp_path / "page.pdf").write_bytes(data)
    assert findings(tmp_path / "page.pdf") == []


def test_a_long_table_breaks_between_rows_and_leaves_no_page_empty(tmp_path: Path) -> None:
    rows = [((f"Action {at}", "What it is for"), f"{at}") for at in range(80)]
    blocks = (Heading("The plan"), Grid((*of_words("What", share=5), *of_numbers("No.")), rows), "The end.")
    data, _ = render_page(Format.PDF, Page("Plan", blocks), SOBER)
    (tmp_path / "page.pdf").write_bytes(data)
    assert_no_page_is_nearly_empty(tmp_path / "page.pdf")


def test_a_row_that_is_longer_than_a_page_breaks_and_leaves_none_empty(tmp_path: Path) -> None:
    rows: list[tuple[Cell, ...]] = [(("Action", "word " * 1200), "1"), ("Next", "2"), ("Last", "3")]
    blocks = (Heading("The plan"), Heading("Now"), Grid((*of_words("What", share=5), *of_numbers("No.")), rows), "End.")
    (tmp_path / "page.pdf").write_bytes(render_page(Format.PDF, Page("Plan", blocks), SOBER)[0])
    assert_no_page_is_nearly_empty(tmp_path / "page.pdf")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1400])
def test_the_web_page_is_in_nobodys_way(browser: Browser, tmp_path: Path, scheme: str, width: int) -> None:
    (tmp_path / "page.html").write_bytes(render_page(Format.HTML, PAGE, BRANDED)[0])
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_word_has_real_headings_a_repeated_table_head_and_charts_that_are_read_aloud() -> None:
    document = Document(BytesIO(render_page(Format.DOCX, PAGE, BRANDED)[0]))
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert styles["Northside: then and now"] == "Title"
    assert (styles["Moved up: 1"], styles["In detail"]) == ("Heading 1", "Heading 2")
    [table] = document.tables
    assert "w:tblHeader" in table.rows[0]._tr.xml  # noqa: SLF001 — python-docx does not say it
    alts = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]  # noqa: SLF001
    assert "Then: 39.9 out of 100, could be 32.7 to 48.9. Now: 50 out of 100." in alts
    assert "Then: No score yet. Now: No score yet." in alts
