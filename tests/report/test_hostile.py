"""Whatever a person writes stands in the report as they wrote it: it breaks nothing, and passes for nothing else."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from time import process_time
from xml.etree import ElementTree as ET

import pytest

from readiness.document.markdown import document_markdown
from readiness.document.pdf import Renderer
from readiness.document.write import Format
from readiness.report.formats import REPORT_FORMATS, render_here
from readiness.report.model import Report
from readiness.report.report_document import report_document
from readiness.text import safe_lines
from tests.report.reading import read, squeezed
from tests.report.services import LONG, LONGEST, NOTES, SOBER
from tests.report.test_formats import WHOLE
from tests.report.test_pdf import of
from tests.reports import Printed, as_page

Reports = Callable[[str], Report]
Prints = Callable[[str], Printed]
NEVER_SHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
DRAWN = [name for name in NOTES if name not in ("emoji", "cjk", "unassigned", "hebrew", "arabic")]
"""Notes whose characters have a glyph and run from left to right, so that they can be read back from the page."""


@cache
def rendered(form: Format, report: Reports, printed: Prints) -> bytes:
    return printed("hostile").data if form is Format.PDF else render_here(form, report("hostile"), SOBER)[0]


@pytest.mark.parametrize("form", WHOLE)
@pytest.mark.parametrize("note", DRAWN)
def test_note_stands_as_it_was_written(form: Format, note: str, report: Reports, printed: Prints) -> None:
    text = read(form, rendered(form, report, printed))
    for line in safe_lines(NOTES[note]):
        if form is Format.PDF and note.startswith("long"):  # it goes on over the page
            assert sum(map(len, re.findall(f"{line[0]}{{40,}}", text))) >= len(line)
        else:
            assert squeezed(line) in text


@pytest.mark.parametrize("form", [Format.HTML, Format.MARKDOWN, Format.JSON])
@pytest.mark.parametrize("note", [name for name in NOTES if name not in DRAWN])
def test_every_script_stands_as_it_was_written(form: Format, note: str, report: Reports, printed: Prints) -> None:
    assert all(squeezed(line) in read(form, rendered(form, report, printed)) for line in safe_lines(NOTES[note]))


@pytest.mark.parametrize("form", REPORT_FORMATS)
def test_team_and_organisation_stand_as_they_were_written(form: Format, report: Reports, printed: Prints) -> None:
    text = read(form, rendered(form, report, printed))
    made = report("hostile")
    assert squeezed(made.team) in text
    assert squeezed(made.organisation or "") in text


@pytest.mark.parametrize("form", [Format.HTML, Format.MARKDOWN, Format.JSON])
def test_nothing_moves_a_cursor_or_turns_the_reading_direction(form: Format, report: Reports, printed: Prints) -> None:
    assert NEVER_SHOWN.findall(rendered(form, report, printed).decode()) == []


def test_no_template_in_a_note_is_run(report: Reports, printed: Prints) -> None:
    for form in REPORT_FORMATS:
        text = read(form, rendered(form, report, printed))
        assert "{{7*7}}" in text
        assert "49{%" not in text


def test_page_has_no_element_that_a_note_made(report: Reports) -> None:
    root = ET.fromstring(as_page(report("hostile"), SOBER).partition("\n")[2])  # noqa: S314 — our own page
    tags = {element.tag for element in root.iter()}
    assert not tags & {"script", "img", "b", "i", "u", "iframe", "object"}
    assert len(root.findall(".//h1")) == 1
    headings = ["".join(h.itertext()) for level in ("h1", "h2", "h3") for h in root.iter(level)]
    assert not [heading for heading in headings if "Forged" in heading]


def test_pdf_has_no_heading_that_a_note_made(printed: Prints) -> None:
    made = printed("hostile")
    with made.pdf.open_outline() as outline:
        titles = [entry.title for root in outline.root for entry in (root, *root.children)]
    assert not [title for title in titles if "Forged" in title]
    assert len(of(made.pdf, "/H1")) == 1
    assert not [link for link in of(made.pdf, "/Link") if "evil" in str(link)]


def test_pdf_links_lead_to_its_own_pages_and_to_sources_alone(printed: Prints) -> None:
    made = printed("hostile")
    links = [note["/A"] for sheet in made.pdf.pages for note in sheet.get("/Annots", []) if "/A" in note]
    assert {str(link["/URI"]) for link in links if link["/S"] == "/URI"} == {one.url for one in made.report.sources}
    assert {str(link["/S"]) for link in links} <= {"/URI", "/GoTo"}


def as_markdown(report: Report) -> str:
    return document_markdown(report_document(report, SOBER), SOBER).decode()


def test_markdown_has_no_structure_that_a_note_made(report: Reports) -> None:
    text = as_markdown(report("hostile"))
    lines = text.splitlines()
    assert not [line for line in lines if re.match(r"[\s>]*#+ Forged", line)]
    assert len([line for line in lines if line.startswith("# ")]) == 1
    unescaped = re.sub(r"\\.", "", text)
    assert "<" not in unescaped
    assert "](" not in unescaped
    assert "&amp" not in unescaped
    assert "`" not in unescaped


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("1. one", "1\\. one"),
        ("12) twelve", "12\\) twelve"),
        ("33.3 of 100", "33.3 of 100"),
        ("- item", "\\- item"),
        ("---", "\\---"),
        ("===", "\\==="),
        ("-5 degrees", "-5 degrees"),
        ("a*b_c", "a\\*b\\_c"),
        ("&lt; \\", "\\&lt; \\\\"),
    ],
)
def test_markdown_keeps_a_text_that_looks_like_markdown(written: str, shown: str, report: Reports) -> None:
    made = report("top")
    made = made.model_copy(update={"sentences": made.sentences.model_copy(update={"nothing_to_plan": written})})
    assert shown in as_markdown(made).splitlines()


def test_right_to_left_notes_say_so_to_the_browser(report: Reports) -> None:
    text = as_page(report("hostile"), SOBER)
    for note in ("hebrew", "arabic"):
        assert re.search(rf'dir="auto">“?{NOTES[note]}', text)


def test_characters_that_no_font_has_are_told_once_in_words(printed: Prints) -> None:
    (told,) = printed("hostile").told
    assert re.match(r"No font on this machine has \d+ characters? of the report: ", told)
    assert told.endswith(" An empty box stands in the PDF instead. Install a font that has them, or write .html.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x \u0378 x", "No font on this machine has 1 character of the report: U+0378."),
        ("x \U000f0000 \u0378 x", "No font on this machine has 2 characters of the report: U+F0000, U+0378."),
    ],
)
def test_character_without_a_name_is_told_by_its_number(text: str, told: str) -> None:
    html = f'<!DOCTYPE html><html lang="en"><head><title>t</title></head><body><p>{text}</p></body></html>'
    assert Renderer(SOBER).render(html)[1][0].startswith(told)


def test_other_warnings_are_told_as_they_are() -> None:
    html = (
        '<!DOCTYPE html><html lang="en"><head><title>t</title></head><body><p style="colour: red">x</p></body></html>'
    )
    (told,) = Renderer(SOBER).render(html)[1]
    assert told.startswith("While the PDF was made: Ignored `colour")


def test_word_of_20000_characters_takes_seconds_not_a_minute(report: Reports) -> None:
    start = process_time()  # however busy the machine is
    made = report("top").model_copy(update={"limits": (LONGEST, LONG)})
    Renderer(SOBER).render(as_page(made, SOBER))
    assert process_time() - start < 20


def test_long_word_breaks_but_never_between_a_letter_and_its_mark(report: Reports) -> None:
    words = ("e\u0301" * 100, "a" * 39 + "\U0001f469\u200d\U0001f52c" * 30)
    text = as_page(report("top").model_copy(update={"limits": words}), SOBER)
    assert text.count("\N{ZERO WIDTH SPACE}") > 2
    for after in re.findall("\N{ZERO WIDTH SPACE}(.)", text):
        assert unicodedata.category(after)[0] != "M"
        assert after != "\N{ZERO WIDTH JOINER}"
    assert all(word in text.replace("\N{ZERO WIDTH SPACE}", "") for word in words)
