"""A document as slides, read back: what PowerPoint asks of the file, what is read aloud, and that all of it fits."""

import zipfile
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from posixpath import dirname, join, normpath
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn

from readiness.document.blocks import (
    Block,
    Card,
    Cards,
    Contents,
    Document,
    Fold,
    Heading,
    Hint,
    Paragraph,
    Points,
    ResultCard,
    Section,
    SideBySide,
)
from readiness.document.charts import BarChart, ScaleChart
from readiness.document.pptx import document_pptx
from readiness.document.pptx_file import HIGH
from readiness.document.pptx_xml import EMU
from readiness.document.spans import Look, Span, said, strong
from readiness.document.tables import Column, Folded, Lines, Table, ToFillIn
from readiness.language import speaking
from readiness.report.languages import catalogue
from readiness.theme.theme import Theme
from readiness.theme.theme_file import find_theme, read_theme
from tests.document.kitchen import BANDS, FIRM, HOSTILE, KITCHEN, OPEN
from tests.document.told import texts
from tests.document.word import SOBER, parts
from tests.report.reading import squeezed
from tests.report.test_report_docx import BRANDED

THEMES = ("sober", "warm", "large-print")
LEFT_OUT = {"One page, with a date.", "Effort: some weeks.", "Effort: a meeting.", "Start", "Name", "Done by"}
"""What a slide has no room for: the details of an action, and lines to write on."""


def opened(*blocks: Block, theme: Theme = SOBER, **fields: Any) -> Any:
    """Return a document of these blocks as a presentation, opened again."""
    return Presentation(BytesIO(document_pptx(Document("Northside", blocks, **fields), theme)))


def words(slide: Any) -> list[str]:
    """Return all texts of a slide, in the order that they are read aloud in."""
    found = []
    for shape in slide.shapes:
        if shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
        elif shape.has_text_frame:
            found.append(shape.text_frame.text)
    return found


def name_of(shape: Any) -> Any:
    """Return the element that names a shape."""
    return next(shape.element.iter(qn("p:cNvPr")))


@pytest.mark.parametrize("name", THEMES)
def test_every_part_is_well_formed_and_every_name_in_it_leads_somewhere(name: str) -> None:
    theme = replace(read_theme(find_theme(name)), name="Lantern", logo=BRANDED.logo)
    package = parts(document_pptx(KITCHEN, theme))
    for part, data in package.items():
        if not part.endswith(".rels"):
            continue
        owner = normpath(join(dirname(part), "..", part.rpartition("/")[2].removesuffix(".rels")))
        relations = {one.get("Id"): one for one in etree.fromstring(data)}
        targets = [normpath(join(dirname(owner), one.get("Target")).lstrip("/")) for one in relations.values()]
        assert [target for target in targets if target not in package] == []
        if owner in package and owner.endswith(".xml"):
            root = etree.fromstring(package[owner])
            asked = {one.get(key) for one in root.iter() for key in (qn("r:id"), qn("r:embed")) if one.get(key)}
            assert asked <= relations.keys()
    assert not [name for name in package if "printer" in name or "thumbnail" in name]


def test_ids_of_shapes_are_there_once_on_each_slide() -> None:
    for slide in Presentation(BytesIO(document_pptx(KITCHEN, BRANDED))).slides:
        ids = [one.get("id") for one in slide.element.iter(qn("p:cNvPr"))]
        assert len(ids) == len({*ids})


def test_the_same_document_is_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = document_pptx(KITCHEN, BRANDED)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert document_pptx(KITCHEN, BRANDED) == first
    dates = {part.date_time for part in zipfile.ZipFile(BytesIO(first)).infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}


def test_every_block_is_shown_but_for_what_a_screen_opens() -> None:
    text = "".join(
        squeezed(one) for slide in Presentation(BytesIO(document_pptx(KITCHEN, SOBER))).slides for one in words(slide)
    )
    blocks = [text for section in KITCHEN.sections for block in section.blocks for text in texts(block)]
    hidden = {
        *LEFT_OUT,
        *(text for section in KITCHEN.sections for one in section.blocks if _unseen(one) for text in texts(one)),
    }
    heads = {column.heading for table in _tables(KITCHEN.blocks) if not table.heads for column in table.columns}
    captions = {table.caption for table in _tables(KITCHEN.blocks)}
    cards = {block.title for section in KITCHEN.sections for block in section.blocks if isinstance(block, ResultCard)}
    missing = [one for one in blocks if squeezed(one.replace("\x1b", "").replace("\u202e", "")) not in text]
    assert {*missing} - hidden - heads - captions - cards == set()


def _unseen(block: Block) -> bool:
    return isinstance(block, Contents | Hint) or (isinstance(block, Fold) and not block.printed)


def _tables(value: Any) -> list[Table]:
    if isinstance(value, Table):
        return [value]
    inside = [getattr(value, name, ()) for name in ("blocks", "first", "second")] if not isinstance(value, str) else []
    if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        return [table for each in value for table in _tables(each)]
    return [table for each in inside for table in _tables(each)]


def test_a_section_is_a_slide_with_its_title_and_the_words_to_say() -> None:
    slides = [
        *opened(
            Section("result", "The result", ["First."], shown=False, speech=[strong("Say this."), "And this."]),
            Section("plan", "The plan", ["Second."]),
            "Loose.",
            kicker="Ready?",
            lines=["Alder Valley"],
            running="Northside, 14 October 2026",
        ).slides
    ]
    assert [slide.shapes.title.text_frame.text for slide in slides] == ["Northside", "The plan", "Northside"]
    assert words(slides[0]) == ["Northside", "Ready?", "First.", "Alder Valley", "Northside, 14 October 2026", "1"]
    assert words(slides[1]) == ["The plan", "Second.", "Northside, 14 October 2026", "2"]
    assert slides[0].notes_slide.notes_text_frame.text == "Say this.\nAnd this."
    assert not slides[1].has_notes_slide


def test_a_table_is_one_of_powerpoints_own_and_names_its_heads_to_those_who_hear_it() -> None:
    table = Table(
        (Column("Part", row_header=True), Column("From 0 to 100", drawn=True), Column("Score", numbers=True)),
        [("Staying a peer", BarChart(OPEN), strong("39.9")), (HOSTILE, BarChart(FIRM), "50")],
        "The score of each part",
    )
    shapes = [*opened(table).slides[0].shapes]
    [shape] = [shape for shape in shapes if shape.has_table]
    assert (shape.table.first_row, shape.table.first_col) == (True, True)
    assert name_of(shape).get("descr") == "The score of each part"
    assert [cell.text for cell in shape.table.rows[1].cells] == ["Staying a peer", "", "39.9"]
    pictures = [shape for shape in shapes if shape.shape_type == 13]
    assert [name_of(picture).get("descr") for picture in pictures] == ["", ""]
    assert all(b"decorative" in etree.tostring(name_of(picture)) for picture in pictures)
    tops = [picture.top for picture in pictures]
    first = shape.top + shape.table.rows[0].height
    assert first < tops[0] < first + shape.table.rows[1].height < tops[1] < shape.top + shape.height


def test_tables_with_charts_that_stand_side_by_side_have_rows_of_one_height() -> None:
    columns = (Column("What", share=71, row_header=True), Column("Drawn", share=29, drawn=True))
    short, long = ([(label, BarChart(FIRM)), ("Pay", BarChart(FIRM))] for label in ("Pay", "A long label " * 12))
    slide = opened(SideBySide([Table(columns, short)], [Table(columns, long)])).slides[0]
    heights = [row.height for shape in slide.shapes if shape.has_table for row in [*shape.table.rows][1:]]
    assert len(heights) == 4
    assert len({*heights}) == 1
    tops = [shape.top for shape in slide.shapes if shape.shape_type == 13]
    assert len({*tops}) == 2


def test_a_chart_is_read_aloud() -> None:
    card = ResultCard("The result", "Early days", "Not much yet.", scale=ScaleChart(OPEN, BANDS))
    slide = opened(card).slides[0]
    [picture] = [shape for shape in slide.shapes if shape.shape_type == 13]
    assert (
        name_of(picture).get("descr") == "Scale from 0 to 100. Score: 39.9. For what is not known, it is 32.7 to 48.9."
    )
    assert b"decorative" not in etree.tostring(name_of(picture))


def test_looks_are_told_by_more_than_colour() -> None:
    late = Span("Late", Look.LATE)
    slide = opened(Paragraph(late), Points(["One"]), Points(["Two", "Three"], numbered=True), said("Ours")).slides[0]
    assert "!\N{NO-BREAK SPACE}Late\nOne\n1. Two\n2. Three\nOurs" in words(slide)
    bullets = [one.get("char") for one in slide.element.iter(qn("a:buChar"))]
    assert bullets == ["•"]
    assert [run.get("i") for run in slide.element.iter(qn("a:rPr")) if run.get("i")] == ["1"]


def test_a_cell_says_what_is_missing_and_has_the_first_line_of_what_folds() -> None:
    row = [
        (Lines([Folded(strong("Write the page"), ["One page."]), ToFillIn(["Name"], "No name yet")]), ToFillIn(["x"]))
    ]
    slide = opened(Table((Column("What"), Column("Who")), row)).slides[0]
    assert words(slide)[1:5] == ["What", "Who", "Write the page\nNo name yet", ""]


def test_the_theme_gives_its_colours_fonts_and_logo() -> None:
    own = replace(BRANDED.font, name="Alder Sans")
    theme = replace(BRANDED, heading_font=read_theme(find_theme("warm")).heading_font, font=own)
    package = parts(document_pptx(KITCHEN, theme))
    root = etree.fromstring(package["ppt/theme/theme1.xml"])
    scheme = {etree.QName(one).localname: one[0].get("val") for one in root.find(f".//{qn('a:clrScheme')}")}
    assert (scheme["accent1"], scheme["accent2"], scheme["dk1"]) == tuple(
        colour.removeprefix("#") for colour in (theme.accent, theme.warm, theme.ink)
    )
    assert [one.get("typeface") for one in root.iter(qn("a:latin"))][:2] == ["Arial", "Alder Sans"]
    presentation = Presentation(BytesIO(document_pptx(KITCHEN, theme)))
    [layout] = presentation.slide_layouts
    [logo] = [shape for shape in layout.shapes if shape.shape_type == 13]
    assert name_of(logo).get("descr") == "Lantern"
    for slide in presentation.slides:
        title = slide.shapes.title
        assert title is not None
        assert title.left + title.width <= logo.left
    assert {words(slide)[-2] for slide in presentation.slides} == {f"{KITCHEN.running}. Confidential"}


@pytest.mark.parametrize("theme", THEMES)
def test_nothing_stands_on_something_else_or_below_the_slide(theme: str) -> None:
    blocks: list[Block] = [
        Cards([Card("1", "Write the page " * 4, ["Priya Nair " * 6])] * 3),
        "A sentence that goes on. " * 30,
    ]
    for title in ("Northside", "The Northside and Westmoor Partnership " * 6):
        for slide in opened(Section("a", title, blocks), theme=read_theme(find_theme(theme))).slides:
            shapes = [shape for shape in slide.shapes if not shape.is_placeholder]
            assert max(shape.top + shape.height for shape in shapes) <= (HIGH - 38) * EMU
            written = [shape for shape in shapes if shape.has_text_frame and shape.text_frame.text]
            below = sorted({(shape.top, shape.top + shape.height) for shape in written})
            assert all(one[1] <= other[0] for one, other in pairwise(below))


def test_the_longest_text_is_still_all_there_in_the_smallest_print() -> None:
    slide = opened("word " * 3000).slides[0]
    assert words(slide)[1].count("word") == 3000
    assert {run.get("sz") for run in slide.element.iter(qn("a:rPr")) if run.get("sz") == "800"} == {"800"}


def test_what_stands_in_english_is_marked_in_another_language() -> None:
    with speaking("cy", catalogue("cy"), english={"Not translated"}):
        slide = opened("Not translated", "Cymraeg").slides[0]
    languages = {
        run.getnext().text: run.get("lang") for run in slide.element.iter(qn("a:rPr")) if run.getnext() is not None
    }
    assert languages["Not translated"] == "en"
    assert languages["Cymraeg"] == "cy"


def test_properties_are_those_of_the_document() -> None:
    core = Presentation(BytesIO(document_pptx(KITCHEN, SOBER))).core_properties
    assert (core.title, core.subject, core.author) == (KITCHEN.running, KITCHEN.about, "Alder Valley")
    assert core.created == core.modified
    assert core.language == "en-GB"
    assert len(opened("x", running="N" * 300).core_properties.title) == 255


def test_an_empty_document_has_no_slide_and_an_empty_section_has_its_title() -> None:
    assert len(opened().slides) == 0
    [slide] = opened(Section("a", "Title", [Heading(""), Table((), []), Cards([])])).slides
    assert words(slide)[0] == "Title"
