"""A document as a Word file: each block, and each field of it."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from PIL import Image

from readiness.document.blocks import (
    Block,
    Callout,
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
    Tone,
)
from readiness.document.charts import BarChart, ScaleChart
from readiness.document.docx import document_docx
from readiness.document.spans import Look, Span, quiet, said, spans, strong
from readiness.document.tables import Column, Table
from tests.document.kitchen import BANDS, KITCHEN, OPEN
from tests.document.word import SOBER, alts, parts, runs, told, written
from tests.report.test_report_docx import BRANDED


def test_the_head_says_what_it_is_and_whose() -> None:
    lines = ["Alder Valley", "", strong("Not validated.")]
    document = written(kicker="Ready?", lines=lines, theme=BRANDED)
    assert told(document) == [
        ("Report Picture", ""),
        ("Subtitle", "Ready?"),
        ("Title", "Northside"),
        ("Report Lead", "Alder Valley"),
        ("Report Lead", "Not validated."),
        ("Report Lead", "Lantern. hello@lantern.example"),
    ]
    assert alts(document) == ["Lantern"]
    assert document.inline_shapes[0].width == Mm(45)
    assert ("Strong", "Not validated.") in runs(document.element.body)
    assert told(written()) == [("Title", "Northside")]
    assert told(written(theme=replace(BRANDED, logo=None, contact="")))[-1] == ("Report Lead", "Lantern")


def test_a_long_title_is_smaller() -> None:
    [short], [long] = (written(title=title).paragraphs[0].runs for title in ("N" * 34, "N" * 35))
    assert short.font.size is None
    assert long.font.size.pt == pytest.approx(SOBER.text_size * 1.6, abs=1)


def test_sections_and_headings_are_real_headings() -> None:
    document = written(
        Heading("Alone", 2),
        Heading("Below", 3),
        Section("a", "Shown", [Heading("Inside"), Heading("Equal", 2), Heading("Deep", 4), Heading("Deepest", 6)]),
        Section("b", "Said", [ResultCard("Result", "", ""), Heading("Part", 2), Heading("Deep")], shown=False),
    )
    assert [line for line in told(document) if line[0].startswith("Heading")] == [
        ("Heading 1", "Alone"),
        ("Heading 2", "Below"),
        ("Heading 1", "Shown"),
        ("Heading 2", "Inside"),
        ("Heading 1", "Equal"),
        ("Heading 3", "Deep"),
        ("Heading 3", "Deepest"),
        ("Heading 1", "Result"),
        ("Heading 2", "Part"),
        ("Heading 3", "Deep"),
    ]


def test_what_stands_beside_a_heading_is_smaller_and_not_bold() -> None:
    document = written(Heading("Now", beside="in 3 months"))
    heading = document.paragraphs[1]
    assert heading.text == "Now in 3 months"
    assert runs(heading.paragraph_format.element)[-1] == ("Beside", "in 3 months")
    assert heading.runs[-1].bold is False


@pytest.mark.parametrize("shown", [True, False])
@pytest.mark.parametrize("first", ["A line.", Table([Column("A")], [["1"]])])
def test_a_section_can_begin_a_page(first: Block, *, shown: bool) -> None:
    document = written("Before.", Section("a", "Second", [first, "Last."], shown=shown, new_page=True))
    begin = [paragraph.paragraph_format.page_break_before for paragraph in document.paragraphs]
    assert begin.count(True) == 1
    broken = document.paragraphs[begin.index(True)]
    assert broken.text == ("Second" if shown else "A line." if isinstance(first, str) else "")
    assert document.element.body.index(broken.paragraph_format.element) == 2


@pytest.mark.parametrize(
    ("tone", "style"),
    [
        (Tone.PLAIN, "Normal"),
        (Tone.LEAD, "Report Lead"),
        (Tone.NOTE, "Report Note"),
        (Tone.ALERT, "Report Alert"),
        (Tone.MADE, "Report Made"),
    ],
)
def test_a_paragraph_has_the_style_of_its_role(tone: Tone, style: str) -> None:
    assert told(written(Paragraph("Words.", tone)))[1:] == [(style, "Words.")]


def test_strong_words_stay_bold_in_a_bold_paragraph() -> None:
    """Bold in both the paragraph's style and the words' own is neither, by the rule of toggles in ECMA-376."""
    document = written(Paragraph(spans(strong("Late"), "words"), Tone.ALERT))
    assert document.styles["Report Alert"].font.bold
    assert runs(document.paragraphs[1].paragraph_format.element) == [("", "Late words")]


def test_stretches_have_a_space_between_them_and_a_style_each() -> None:
    line = spans("Plain", "", strong("loud"), quiet("soft"), said("hers"), Span("key", Look.KEY), "end")
    assert runs(written(line).paragraphs[1].paragraph_format.element) == [
        ("", "Plain "),
        ("Strong", "loud"),
        ("", " "),
        ("Light", "soft"),
        ("", " "),
        ("Said", "hers"),
        ("", " "),
        ("Key", "key"),
        ("", " end"),
    ]


@pytest.mark.parametrize(
    ("look", "style", "sign"),
    [
        (Look.DOING, "Doing", "→"),
        (Look.STUCK, "Stuck", "!"),
        (Look.LATE, "Stuck", "!"),
        (Look.DONE, "Done", "✓"),
        (Look.DROPPED, "Dropped", "×"),
    ],
)
def test_how_far_an_action_is_is_told_by_word_sign_and_shape(look: Look, style: str, sign: str) -> None:
    document = written(Span("Word", look))
    assert runs(document.paragraphs[1].paragraph_format.element) == [(style, f"\u00a0{sign}\u00a0Word\u00a0")]
    formatting = document.styles[style].element.rPr
    assert formatting.find(qn("w:bdr")) is not None
    assert formatting.find(qn("w:shd")) is not None


def test_links_lead_where_they_say_and_nowhere_else() -> None:
    document = written(
        Section("summary", "The result", [], listed=False),
        spans("See", Span("a page", link="https://a.example/x y?q=[1]&r=ü#z"), "too"),
        Span("a file", link="reports/alder.html"),
        Span("above", link="#summary"),
        Span("bad", link="javascript:alert(1)"),
        Span("worse", link="http://[x"),
        Span("gone", link="#gone"),
    )
    links = [*document.element.body.iter(qn("w:hyperlink"))]
    targets = {name: one.target_ref for name, one in document.part.rels.items() if one.is_external}
    assert [targets.get(link.get(qn("r:id"))) for link in links] == [
        "https://a.example/x%20y?q=%5B1%5D&r=%C3%BC#z",
        "reports/alder.html",
        None,
    ]
    [mark] = document.element.body.iter(qn("w:bookmarkStart"))
    assert links[2].get(qn("w:anchor")) == mark.get(qn("w:name"))
    texts = [text for _style, text in told(document)][2:]
    assert texts == ["See a page too", "a file", "above", "bad", "worse", "gone"]


def test_lists_are_lists_and_each_numbered_one_begins_at_1() -> None:
    document = written(Points(["One", strong("Two")]), Points(["A", "B"], numbered=True), Points(["C"], numbered=True))
    styles = told(document)[1:]
    assert styles == [("List Bullet", "One"), ("List Bullet", "Two")] + [("List Number", text) for text in "ABC"]
    numbers = [p.paragraph_format.element.pPr.numPr.numId.val for p in document.paragraphs[3:]]
    assert numbers == [2, 2, 3]
    numbering = document.part.numbering_part.element
    for number in (2, 3):
        [num] = [num for num in numbering.num_lst if num.numId == number]
        assert next(num.iter(qn("w:startOverride"))).get(qn("w:val")) == "1"


def test_terminal_hints_are_left_out() -> None:
    assert told(written(Hint("Type this"), "Words.")) == [("Title", "Northside"), ("Normal", "Words.")]


def test_the_result_comes_with_its_scale_and_notes() -> None:
    marks = KITCHEN.sections[0].blocks[0]
    assert isinstance(marks, ResultCard)
    document = written(marks)
    assert told(document)[1:] == [
        ("Heading 1", "The result in short"),
        ("Report Result", "Early days"),
        ("Report Band", "Not much is in place yet."),
        ("Report Band", "39.9 out of 100, could be 32.7 to 48.9"),
        ("Report Picture", ""),
        ("Normal", "Early days: from 0 · Well set up: from 50"),
        ("Normal", "The band is provisional."),
    ]
    assert alts(document) == ["Scale from 0 to 100. Score: 39.9. For what is not known, it is 32.7 to 48.9."]
    assert ("Strong", "Early days: from 0") in runs(document.paragraphs[6].paragraph_format.element)
    assert told(written(ResultCard("Result", "No score yet", "")))[1:] == [
        ("Heading 1", "Result"),
        ("Report Result", "No score yet"),
    ]
    assert ("Report Band", "could be 0 to 9") in told(written(ResultCard("R", "None", "", range="could be 0 to 9")))
    assert ("Report Band", "50 of 100") in told(written(ResultCard("R", "L", "", "50", "of 100")))


def test_a_callout_is_a_box_around_all_that_is_in_it() -> None:
    inside: Sequence[Block] = ["First:", Points(["One"]), Paragraph("Late.", Tone.ALERT), Paragraph("", Tone.NOTE)]
    document = written("Before.", Callout("Held", inside), "After.")
    assert told(document)[1:] == [
        ("Normal", "Before."),
        ("Heading 2", "Held"),
        ("Report Callout", "First:"),
        ("List Bullet", "One"),
        ("Report Alert", "Late."),
        ("Normal", "After."),
    ]
    grounds = [*document.element.body.iter(qn("w:shd")), *document.styles["Report Callout"].element.iter(qn("w:shd"))]
    assert [ground.get(qn("w:fill")) for ground in grounds] == [SOBER.warm_tint[1:]] * 4


def test_cards_are_told_one_below_the_other() -> None:
    cards = [
        Card("3", "Write it", ["For: Policies.", "Priya"], [Span("Late", Look.LATE)]),
        Card("12 of 60", "Ask", [quiet("Team lead")]),
        Card("", "Wait", []),
    ]
    document = written(Cards(cards))
    assert told(document)[1:] == [
        ("Report Card", "3. Write it\nFor: Policies. Priya \u00a0!\u00a0Late\u00a0"),
        ("Report Card", "12 of 60: Ask\nTeam lead"),
        ("Report Card", "Wait"),
    ]
    assert runs(document.paragraphs[1].paragraph_format.element)[0] == ("Strong", "3. Write it")


def test_a_fold_is_a_heading_and_all_that_is_in_it() -> None:
    document = written(Section("a", "Part", [Fold("Why", ["Words."])]))
    assert told(document)[1:] == [("Heading 1", "Part"), ("Heading 2", "Why"), ("Normal", "Words.")]


def test_contents_lead_to_every_listed_section_and_are_whole() -> None:
    document = docx.Document(BytesIO(document_docx(KITCHEN, SOBER)))
    body = document.element.body
    [code] = [text.text for text in body.iter(qn("w:instrText"))]
    assert code.strip().startswith("TOC ")
    assert [mark.get(qn("w:fldCharType")) for mark in body.iter(qn("w:fldChar"))] == ["begin", "separate", "end"]
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink")) if link.get(qn("w:anchor"))]
    marks = {mark.get(qn("w:name")): mark.getparent() for mark in body.iter(qn("w:bookmarkStart"))}
    leads = ["".join(text.text for text in marks[anchor].iter(qn("w:t"))) for anchor in anchors]
    assert leads == ["The result in short", "What helps", "The plan", "How it works"]
    listed = [text for style, text in told(document) if style == "toc 1"]
    assert listed == ["The result", "What helps", "The plan", "How it works"]
    numbers = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(numbers) == len(set(numbers))
    assert "updateFields" not in parts(document_docx(KITCHEN, SOBER))["word/settings.xml"].decode()


def test_contents_without_sections_are_left_out() -> None:
    assert told(written(Contents("In this report"))) == [("Title", "Northside")]


def test_pictures_are_read_aloud_and_drawn_from_the_chart() -> None:
    bar, scale = BarChart(OPEN), ScaleChart(OPEN, BANDS)
    document = written(bar, bar, scale)
    assert alts(document) == [bar.words, bar.words, scale.words]
    shapes = [*document.inline_shapes]
    assert shapes[0].width == pytest.approx(190 * 1.5 * 9525, abs=2)
    assert shapes[2].width == pytest.approx(Mm(174), abs=2000)
    assert shapes[2].width / shapes[2].height == pytest.approx(660 / 34, rel=0.01)
    media = {
        name: data for name, data in parts(document_docx(Document("", [bar, bar]), SOBER)).items() if "media" in name
    }
    [data] = media.values()
    assert Image.open(BytesIO(data)).size == (190 * 4, 17 * 4)
    assert {inline.get("distL") for inline in document.element.body.iter(qn("wp:inline"))} == {"0"}
    ids = [shown.get("id") for shown in document.element.body.iter(qn("wp:docPr"))]
    assert len(set(ids)) == len(ids)


def test_a_heading_and_all_that_leads_to_a_table_stay_with_it() -> None:
    table = Table([Column("A")], [["1"]])
    document = written("Apart.", Heading("Talk"), "Question.", strong("Said."), table, "After.")
    stay = [paragraph.text for paragraph in document.paragraphs if paragraph.paragraph_format.keep_with_next]
    assert stay == ["Question.", "Said."]
    assert document.styles["Heading 2"].paragraph_format.keep_with_next


def test_headings_skip_no_level() -> None:
    styles = [style for style, _text in told(docx.Document(BytesIO(document_docx(KITCHEN, SOBER))))]
    levels = [int(style[-1]) for style in styles if style.startswith("Heading")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
