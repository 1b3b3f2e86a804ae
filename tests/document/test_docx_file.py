"""A Word file as a package: what Word asks of it, its properties, and its looks."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from readiness.document import docx_file
from readiness.document.blocks import Block, Card, Cards, Contents, Document, Heading, Points, Section
from readiness.document.docx import document_docx
from readiness.document.spans import Span, said
from readiness.document.tables import Column, Lines, Table, ToFillIn
from readiness.language import speaking
from readiness.report.languages import catalogue
from readiness.theme.theme import Theme
from readiness.theme.theme_file import find_theme, read_theme
from tests.document.kitchen import HOSTILE, KITCHEN
from tests.document.word import SOBER, parts, runs, written
from tests.report.test_report_docx import BRANDED

THEMES = ("sober", "warm", "large-print")
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr shd tabs spacing ind contextualSpacing jc outlineLvl",
    "rPr": "rStyle rFonts b bCs i iCs color spacing kern sz szCs u bdr shd lang numForm",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "tcW tcBorders shd vAlign",
    "style": "name basedOn next link uiPriority semiHidden unhideWhenUsed qFormat rsid pPr rPr tblPr tblStylePr",
    "inline": "extent docPr cNvGraphicFramePr graphic",
}
"""Elements in the order of the schemas (ECMA-376): Word opens no file that has them in another."""


@pytest.mark.parametrize("name", THEMES)
def test_every_part_is_well_formed_and_every_name_in_it_leads_somewhere(name: str) -> None:
    theme = replace(read_theme(find_theme(name)), name="Lantern", logo=BRANDED.logo)
    package = parts(document_docx(KITCHEN, theme))
    trees = {part: etree.fromstring(data) for part, data in package.items() if part.endswith((".xml", ".rels"))}
    body = trees["word/document.xml"]
    styles = {style.get(qn("w:styleId")) for style in trees["word/styles.xml"].iter(qn("w:style"))}
    used = {one.get(qn("w:val")) for kind in ("pStyle", "rStyle", "tblStyle") for one in body.iter(qn(f"w:{kind}"))}
    based = {one.get(qn("w:val")) for one in trees["word/styles.xml"].iter(qn("w:basedOn"), qn("w:next"), qn("w:link"))}
    assert used | based <= styles
    numbers = {one.get(qn("w:numId")) for one in trees["word/numbering.xml"].iter(qn("w:num"))}
    assert {one.get(qn("w:val")) for one in body.iter(qn("w:numId"))} <= numbers
    relations = {one.get("Id"): one for one in trees["word/_rels/document.xml.rels"]}
    asked = {value for one in body.iter() for key, value in one.attrib.items() if key in (qn("r:id"), qn("r:embed"))}
    assert asked <= relations.keys()
    for relation in relations.values():
        assert relation.get("TargetMode") == "External" or f"word/{relation.get('Target')}" in package
    kinds = {one.get("Extension") or one.get("PartName")[1:] for one in trees["[Content_Types].xml"]}
    assert [name for name in [*package][1:] if name not in kinds and name.rpartition(".")[2] not in kinds] == []


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/footer1.xml", "word/numbering.xml"])
def test_elements_come_in_the_order_of_the_schema(part: str) -> None:
    for element in etree.fromstring(parts(document_docx(KITCHEN, BRANDED))[part]).iter():
        if order := ORDER.get(etree.QName(element).localname, "").split():
            names = [etree.QName(child).localname for child in element]
            assert names == sorted(names, key=order.index)


def test_the_same_document_is_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = document_docx(KITCHEN, BRANDED)
    for made in vars(docx_file).values():
        if hasattr(made, "cache_clear"):
            made.cache_clear()
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert document_docx(KITCHEN, BRANDED) == first
    dates = {part.date_time for part in zipfile.ZipFile(BytesIO(first)).infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}


def test_a_document_does_not_change_the_next_one() -> None:
    first = document_docx(Document("One", ["A line."]), SOBER)
    document_docx(KITCHEN, SOBER)
    assert document_docx(Document("One", ["A line."]), SOBER) == first


def test_the_foot_counts_pages() -> None:
    section = written(running="Northside, 14 October 2026", theme=BRANDED).sections[0]
    [paragraph] = section.footer.paragraphs
    assert paragraph.text == "Northside, 14 October 2026\tPage  of \nConfidential"
    fields = [field.get(qn("w:instr")).strip() for field in paragraph.paragraph_format.element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert paragraph.style.paragraph_format.tab_stops[0].position == pytest.approx(Mm(174), abs=1000)
    [paragraph] = written().sections[0].footer.paragraphs
    assert paragraph.text.startswith("Northside\t")


def test_properties_are_those_of_the_document() -> None:
    document = docx.Document(BytesIO(document_docx(KITCHEN, SOBER)))
    core = document.core_properties
    assert (core.title, core.subject, core.author) == (KITCHEN.running, KITCHEN.about, "Alder Valley")
    assert core.created == core.modified == datetime(2026, 10, 14, tzinfo=UTC)
    assert core.language == "en-GB"
    assert core.comments == ""
    assert written(theme=BRANDED).core_properties.author == "Lantern"
    assert len(written(title="N" * 300).core_properties.title) == 255
    assert written().core_properties.author == "readiness"


def test_a_document_without_a_day_is_the_same_on_every_day() -> None:
    assert written().core_properties.created == written().core_properties.modified == datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("hostile", [HOSTILE, "\ufffe\uffff\x00\x0b\ud800", "a\ufffeb & <c> \"d\" 'e' \U0010ffff"])
def test_what_xml_cannot_hold_is_left_out_and_the_rest_stays_words(hostile: str) -> None:
    table = Table(
        [Column(hostile, row_header=True), Column(f"x{hostile}")],
        [[hostile, Lines([said(hostile), ToFillIn([hostile])])]],
        hostile,
    )
    blocks: tuple[Block, ...] = (
        hostile,
        Heading(hostile, beside=hostile),
        Points([hostile]),
        table,
        Cards([Card(hostile, hostile, [hostile])]),
        Section(hostile, hostile, [Span(hostile, link=f"https://a.example/{hostile}")]),
        Contents(hostile),
    )
    theme = replace(SOBER, name=hostile, contact=hostile, footer=hostile)
    document = written(*blocks, theme=theme, title=hostile, kicker=hostile, about=hostile, running=hostile)
    whole = "\n".join(text for _style, text in runs(document.element.body))
    assert not re.search("[\x00-\x08\x0b\x1b\u202e\ufffe\uffff\ud800]", whole)
    if "&" in hostile:
        assert {"&", "<"} <= {*whole}


def test_the_theme_gives_colours_fonts_and_page() -> None:
    theme = replace(read_theme(find_theme("warm")), page="Letter")
    document = written(theme=theme)
    heading = document.styles["Heading 1"]
    assert f"#{heading.font.color.rgb}".lower() == theme.accent
    assert (heading.font.name, document.styles["Normal"].font.name) == ("Vollkorn", "Source Sans 3")
    assert document.sections[0].page_width == pytest.approx(Mm(215.9), abs=1000)
    assert next(document.styles["Normal"].element.iter(qn("w:lang"))).get(qn("w:val")) == "en-GB"


def fonts(package: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the embedded fonts, with the key taken off."""
    for name, data in package.items():
        if name.endswith(".odttf"):
            key = name.rpartition("/")[2].removesuffix(".odttf")
            mask = bytes.fromhex(key.replace("-", ""))[::-1] * 2
            yield key, bytes(a ^ b for a, b in zip(data, mask, strict=False)) + data[32:]


def test_fonts_go_with_it() -> None:
    package = parts(document_docx(Document("One", []), SOBER))
    table = package["word/fontTable.xml"].decode()
    embedded = dict(fonts(package))
    assert {*embedded.values()} == {path.read_bytes() for path in _files(SOBER)}
    assert all(f"{{{key}}}" in table for key in embedded)
    assert b"embedTrueTypeFonts" in package["word/settings.xml"]


def _files(theme: Theme) -> Iterator[Any]:
    for family in theme.families:
        yield from (path for path in (family.regular, family.bold, family.italic) if path)


def test_nothing_of_another_document_goes_with_it() -> None:
    package = parts(document_docx(KITCHEN, SOBER))
    assert not [name for name in package if re.search("thumbnail|app.xml|customXml|WithEffects", name)]
    assert b'w:val="15"' in package["word/settings.xml"]
    styles = {style.name for style in docx.Document(BytesIO(document_docx(KITCHEN, SOBER))).styles}
    assert not [name for name in styles if "Accent" in name]


def test_a_document_is_in_the_language_that_is_spoken_and_english_in_it_is_marked() -> None:
    english = Document("Teitl", ["Geiriau.", "Words of ours"], running="Troed")
    first = document_docx(english, SOBER)
    with speaking("cy", catalogue("cy"), english={"Words of ours"}):
        document = docx.Document(BytesIO(document_docx(english, SOBER)))
    assert document_docx(english, SOBER) == first
    marked = [run for run in document.element.body.iter(qn("w:r")) if run.find(f".//{qn('w:lang')}") is not None]
    assert [run.text for run in marked] == ["Words of ours"]
    assert next(document.styles["Normal"].element.iter(qn("w:lang"))).get(qn("w:val")) == "cy"
    assert document.core_properties.language == "cy"
    assert document.sections[0].footer.paragraphs[0].text == "Troed\tTudalen  o "
