"""Documents as Markdown: to be read as text, and to be shown as they are."""

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from readiness.document.blocks import Block, Document, Heading, ResultCard
from readiness.document.markdown import document_markdown
from readiness.document.spans import Span, said, spans, strong
from readiness.document.tables import Column, Lines, Table
from readiness.text import safe
from tests.document.kitchen import ACTIONS, HOSTILE, KITCHEN
from tests.report.services import NOTES, SOBER


def written(*blocks: Block) -> str:
    """Return what stands below the title."""
    return document_markdown(Document("Title", blocks), SOBER).decode().removeprefix("# Title\n").strip("\n")


def shown(text: str) -> str:
    """Return the page that Markdown makes."""
    return str(MarkdownIt("commonmark").enable("table").render(text))


def test_blocks_stand_one_empty_line_apart_and_the_same_document_is_the_same_bytes() -> None:
    data = document_markdown(KITCHEN, SOBER)
    text = data.decode()
    assert data == document_markdown(KITCHEN, SOBER)
    assert "\n\n\n" not in text
    assert text.endswith("readiness.\n")
    assert [line for line in text.splitlines() if line != line.rstrip()] == []


def test_the_head_says_whose_it_is() -> None:
    branded = replace(SOBER, name="Peer Support Alliance", contact="hello@alliance.example", footer="In confidence")
    head = document_markdown(KITCHEN, branded).decode().partition("\n## ")[0]
    assert head.split("\n\n") == [
        "# Ready for Peer Workers? Northside",
        "Alder Valley",
        "14 October 2026. Answered by: manager.",
        "**Not a validated measure.**",
        "Peer Support Alliance. hello@alliance.example. In confidence.\n",
    ]


def test_headings_skip_no_level_and_a_title_that_is_only_listed_is_not_shown() -> None:
    text = document_markdown(KITCHEN, SOBER).decode()
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings == [
        "# Ready for Peer Workers? Northside",
        "## The result in short",
        "## The parts",
        "### What holds the next band back",
        "## What helps",
        "### What is there (in place: 52 of 100)",
        "### What is not",
        "### Why it matters",
        "#### Far down",
        "## The plan",
        "### Now: in the next 3 months",
        "## All answers",
        "## How it works",
    ]


def test_the_result_is_a_sentence_and_its_notes_stand_below() -> None:
    text = document_markdown(KITCHEN, SOBER).decode()
    card = "**Early days: 39.9 out of 100 (could be 32.7 to 48.9).** Not much is in place yet."
    assert f"\n\n{card}\n\nThe band is provisional.\n\n" in text


def test_a_table_has_no_column_of_charts() -> None:
    text = document_markdown(KITCHEN, SOBER).decode()
    assert "| Part | Score | Could be |\n| --- | ---: | ---: |\n| Staying a peer | 39.9 | 32.7 to 48.9 |\n" in text
    assert "| No. | What | People |\n| ---: | --- | --- |\n| 8 | Words that fit | 3 · 3 · 0 · 4 · 0 (10) |\n" in text


def test_what_charts_show_is_said_by_the_caption_and_nothing_is_said_of_charts() -> None:
    text = document_markdown(KITCHEN, SOBER).decode()
    assert "## The parts\n\nThe score of each part\n\n| Part | Score |" in text
    assert "What to do by when" not in text  # nothing of it is drawn
    assert "A long arrow" not in text


def test_a_result_without_a_number_says_where_it_could_lie() -> None:
    assert written(ResultCard("", "No score yet", "", range="could be 0 to 100")) == (
        "**No score yet (could be 0 to 100).**"
    )
    assert written(ResultCard("", "No score yet", "")) == "**No score yet.**"


def test_a_table_of_long_texts_is_a_list() -> None:
    columns = (Column("What", row_header=True), Column("Today"), Column("No.", label=True), Column("Next"))
    cell = Lines(["b" * 80, said("Mine"), said("Ours"), spans("Shown by:", said("a page"))])
    assert written(Table(columns, [("A purpose", "a" * 80, "7", cell)])) == (
        f"- **7. A purpose.** Today: {'a' * 80}. Next: {'b' * 80}.\n  > Mine\n  >\n  > Ours\n\n  Shown by: a page."
    )
    numbered = (Column("No.", label=True), Column("Today"), Column("What", row_header=True))
    assert written(Table(numbered, [("7", "a" * 160, "Why?")])) == f"- **7. Why?** Today: {'a' * 160}."


def test_things_to_do_are_a_checklist_with_the_words_of_people_as_quotes() -> None:
    assert written(ACTIONS) == (
        "- [ ] **3. Write the page** (holds the band) One page, with a date. Effort: some weeks.\n"
        "  How you will know: The page is signed. Who and when: **Priya Nair** **Stuck.** **Late.** Was due on 31 "
        "January 2027.\n"
        "  > Began in May\n"
        "  >\n"
        "  > Half is there\n"
        "\n"
        "- [x] **4. Ask the team** Effort: a meeting.\n"
        "  Who and when: Team lead (suggested) **Done.**"
    )
    page = shown(written(ACTIONS))
    assert page.count("<li>") == 2
    assert "<blockquote>\n<p>Began in May</p>\n<p>Half is there</p>\n</blockquote>\n</li>" in page


def test_facts_are_a_list() -> None:
    text = document_markdown(KITCHEN, SOBER).decode()
    assert "\n\n- Who runs it? NHS trust\n- Are they paid? Paid\n\n" in text
    assert "\n\n- Early days: from 0; Well set up: from 50\n\n" in text


def test_an_address_is_told_so_that_it_can_be_followed() -> None:
    assert written(Span("http://a.example/", link="http://a.example/")) == "http://a.example/"
    assert written(Span("Here", link="http://a.example/x_y")) == "Here <http://a.example/x_y>"
    assert written(Span("http://a.example/x_y", link="http://a.example/x_y")) == "<http://a.example/x_y>"
    assert written(Span("*", link="javascript:1")) == "\\*"
    assert written(Span("a", link="http://a.example/> <b>")) == "a"


def test_what_only_a_terminal_or_a_page_can_show_is_left_out() -> None:
    text = document_markdown(KITCHEN, SOBER).decode()
    assert [
        word for word in ("Type this", "In this report", "No start yet", "Never shown", "<svg") if word in text
    ] == []


PLACES: dict[str, list[Block]] = {
    "paragraph": [HOSTILE],
    "heading": [Heading(HOSTILE, 2)],
    "cell": [Table((Column("a"), Column("b")), [("c", HOSTILE)])],
    "bold": [strong(HOSTILE)],
    "said": [said(HOSTILE)],
}


@pytest.mark.parametrize("place", PLACES)
def test_words_are_shown_as_they_are(place: str) -> None:
    assert f">{safe(HOSTILE)}<".replace(safe(HOSTILE), _html(safe(HOSTILE))) in shown(written(*PLACES[place]))


@pytest.mark.parametrize("name", [name for name in NOTES if not name.startswith("long")])
def test_no_note_becomes_anything_but_text(name: str) -> None:
    note = NOTES[name]
    page = shown(written(note, Table((Column("What"), Column("Note")), [("a", Lines([said(note), "end"]))])))
    assert page.count(_html(safe(note))) == 2


def _html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


@pytest.mark.parametrize(
    "line", ["1. one", "- one", "+ one", "# one", "> one", "* one", "===", "2) one", "a | b", "```"]
)
def test_a_line_that_looks_like_markdown_is_a_paragraph(line: str) -> None:
    assert shown(written(line)) == f"<p>{_html(line)}</p>\n"
    assert shown(written(spans(line, "more"))) == f"<p>{_html(line)} more</p>\n"
