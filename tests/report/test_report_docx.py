"""The report as a Word document: what a person who goes on working with it finds."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from readiness.bank.model import Bank
from readiness.document.docx import document_docx
from readiness.document.write import Format
from readiness.plan.stretch import Stretch
from readiness.report.model import Report
from readiness.report.report_document import report_document
from readiness.theme.theme import Logo, Part, Theme
from readiness.theme.theme_file import find_theme, read_theme
from tests.report.planned import worked_on
from tests.report.reading import paragraphs
from tests.report.services import NOTES, SERVICES, SOBER
from tests.theme.themed import logo

Reports = Callable[[str], Report]
Opened = Callable[[str], Any]
BRANDED = replace(
    SOBER,
    name="Lantern",
    contact="hello@lantern.example",
    footer="Confidential",
    logo=Logo(logo(), "image/png", 300, 100),
)


def made(report: Report, theme: Theme) -> Any:
    return Document(BytesIO(document_docx(report_document(report, theme), theme)))


@pytest.fixture(scope="module")
def opened(written: Callable[[Format, str], tuple[bytes, list[str]]]) -> Opened:
    """Return the document about a service by its name in SERVICES, in the sober theme."""
    return cache(lambda name: Document(BytesIO(written(Format.DOCX, name)[0])))


@pytest.mark.parametrize("name", SERVICES)
def test_headings_are_real_and_skip_no_level(name: str, opened: Opened) -> None:
    styles = [paragraph.style.name for paragraph in paragraphs(opened(name))]
    levels = [int(style[-1]) for style in styles if style.startswith("Heading")]
    assert styles.count("Title") == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_what_is_not_decided_has_a_line_to_write_on(bank: Bank) -> None:
    report = worked_on(bank).report
    document = made(report, SOBER)
    lines = Counter(paragraph.text for paragraph in paragraphs(document) if paragraph.style.name == "To Fill In")
    actions = [action for horizon in report.horizons if horizon.id == Stretch.NOW for action in horizon.actions]
    assert len(actions) > 3
    assert lines == {
        "Name": sum(not action.owner for action in actions),
        "Start": sum(action.status == "todo" for action in actions),
        "Done by": sum(not action.due and action.status != "done" for action in actions),
    }


def test_tables_repeat_their_headings_and_split_no_row(opened: Opened) -> None:
    document = opened("northside")
    tables = [*document.element.body.iter(qn("w:tbl"))]
    assert len(tables) > 10
    assert {table.style.name for table in document.tables} == {"Report Table"}
    heads = [[row.trPr.find(qn("w:tblHeader")) is not None for row in table.tr_lst] for table in tables]
    assert all(not any(rest) for _first, *rest in heads)
    bare = [table.cell(0, 0).text for table, (first, *_rest) in zip(document.tables, heads, strict=True) if not first]
    assert bare == ["What kind of organisation runs the service?"]
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for table in tables for row in table.tr_lst)


def test_pictures_are_read_aloud(report: Reports) -> None:
    document = made(report("northside"), BRANDED)
    shown = [*document.element.body.iter(qn("wp:docPr"))]
    alts = [picture.get("descr") for picture in shown]
    assert alts[0] == "Lantern"
    assert "Scale from 0 to 100. Score: 39. For what is not known, it is 32 to 47." in alts
    assert all(alts)
    assert {inline.get("distL") for inline in document.element.body.iter(qn("wp:inline"))} == {"0"}
    assert len({picture.get("id") for picture in shown}) == len(alts) == len(document.inline_shapes)


def test_contents_is_a_field_that_leads_to_every_part(opened: Opened) -> None:
    document = opened("northside")
    body = document.element.body
    [code] = [text.text for text in body.iter(qn("w:instrText")) if "TOC" in (text.text or "")]
    assert code is not None
    links = [link for link in body.iter(qn("w:hyperlink")) if link.get(qn("w:anchor"))]
    anchors = [link.get(qn("w:anchor")) for link in links]
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert anchors == [name for name in names if name in anchors]
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert ["".join(text.text for text in link.iter(qn("w:t"))) for link in links] == headings


def test_the_theme_gives_colours_fonts_page_and_foot(report: Reports) -> None:
    theme = replace(read_theme(find_theme("warm")), page="Letter", footer="Confidential", name="Lantern")
    document = made(report("harbour"), theme)
    heading = document.styles["Heading 1"]
    assert f"#{heading.font.color.rgb}".lower() == theme.accent
    assert (heading.font.name, document.styles["Normal"].font.name) == ("Vollkorn", "Source Sans 3")
    assert abs(document.sections[0].page_width - Mm(215.9)) < 1000
    foot = document.sections[0].footer.paragraphs[0].text
    assert foot.startswith("Harbour House Peer Support, 7 October 2026")
    assert "Confidential" in foot
    assert document.core_properties.author == "Lantern"
    assert document.core_properties.language == "en-GB"


def test_parts_come_in_the_themes_order(report: Reports) -> None:
    theme = replace(SOBER, parts=(Part.PLAN, Part.METHOD))
    headings = [p.text for p in made(report("harbour"), theme).paragraphs if p.style.name == "Heading 1"]
    assert headings == ["The action plan", "How the score works, and what it does not claim"]


def test_hostile_words_stay_words(opened: Opened) -> None:
    text = "\n".join(paragraph.text for paragraph in paragraphs(opened("hostile")))
    assert "{{ 7*7 }}" in text
    assert '<script>alert("note")</script>' in text
    assert NOTES["hebrew"] in text
