"""Documents in a terminal: in its width, with colour only if that is wanted, and with every word whole."""

import re
from collections.abc import Sequence

import pytest
from rich.cells import cell_len

from readiness.document.blocks import Block, Document, Heading, Hint, Paragraph, Points, Tone
from readiness.document.flat import flat
from readiness.document.spans import Line, Look, Span, Spans, parts_of, spans
from readiness.document.tables import Cell, Column, Lines, Table, lines_of, of_numbers
from readiness.document.terminal import document_text
from readiness.text import safe
from tests.document.kitchen import ACTIONS, HOSTILE, KITCHEN
from tests.report.services import NOTES

WIDTHS = (40, 80, 200)


def drawn(*blocks: Block, width: int = 100) -> str:
    """Return what stands below the title, without colour."""
    return document_text(Document("Title", blocks), width, colour=False).removeprefix("Title\n").strip("\n")


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_terminal_unless_a_word_is(width: int) -> None:
    lines = document_text(KITCHEN, width, colour=False).splitlines()
    assert [line for line in lines if cell_len(line) > width and " " in line.strip()] == []
    assert [line for line in lines if line != line.rstrip()] == []


@pytest.mark.parametrize("width", [1, *WIDTHS])
def test_every_word_is_there_whole_at_any_width(width: int) -> None:
    text = document_text(KITCHEN, width, colour=False)
    assert "…" not in text
    cells = [cell for block in flat(KITCHEN.blocks) if isinstance(block, Table) for row in block.rows for cell in row]
    lines = [line for cell in cells for line in lines_of(cell) if isinstance(line, str | Span | Spans)]
    said = {word for line in (*KITCHEN.lines, *lines) for part in parts_of(line) for word in part.text.split()}
    shown = {*text.split()}
    assert said <= {word.strip(marks) for word in shown for marks in (" ", ",:", ".", "()")}


@pytest.mark.parametrize("width", WIDTHS)
def test_the_same_document_is_the_same_text(width: int) -> None:
    assert document_text(KITCHEN, width, colour=True) == document_text(KITCHEN, width, colour=True)


@pytest.mark.parametrize("width", WIDTHS)
def test_colour_changes_nothing_but_the_looks(width: int) -> None:
    plain, coloured = (document_text(KITCHEN, width, colour=colour) for colour in (False, True))
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured).split() == plain.split()


def test_what_colour_there_is_does_not_depend_on_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    before = document_text(KITCHEN, 80, colour=True)
    for name, value in (("NO_COLOR", "1"), ("TERM", "dumb"), ("COLUMNS", "20"), ("FORCE_COLOR", "1")):
        monkeypatch.setenv(name, value)
    assert document_text(KITCHEN, 80, colour=True) == before
    assert "\x1b" not in document_text(KITCHEN, 80, colour=False)


def test_titles_headings_and_alerts_stand_out() -> None:
    text = document_text(KITCHEN, 80, colour=True)
    assert text.startswith("\x1b[1mNorthside\x1b[0m\n")
    assert "\n\n\x1b[1;36mThe plan\x1b[0m\n" in text
    assert "\n\n\x1b[1mNow: in the next 3 months\x1b[0m\n" in text
    assert "\x1b[1;33mLate: action 3.\x1b[0m\n" in text
    assert "\x1b[1;36mEarly days: 39.9 out of 100 (could be 32.7 to 48.9)\x1b[0m\n" in text


def test_a_table_has_columns_without_lines_and_without_charts() -> None:
    columns = (Column("No.", label=True), Column("Part", row_header=True), *of_numbers("Score"))
    drawing = Column("From 0 to 100", drawn=True)
    rows: list[Sequence[Cell]] = [
        ("8", Lines(["Staying a peer", "Question 8"]), "39.9", ""),
        ("10", "Being open", "5", ""),
    ]
    assert drawn(Table((*columns, drawing), rows)) == (
        "No.  Part            Score\n  8  Staying a peer   39.9\n     Question 8\n 10  Being open          5"
    )


def test_a_table_gives_way_where_its_words_are_longest() -> None:
    rows = [("Ways to move up", "a long answer of many words", "5")]
    columns = (Column("What"), Column("Answer"), Column("No."))
    assert drawn(Table(columns, rows), width=36) == (
        "What             Answer          No.\nWays to move up  a long answer   5\n                 of many words"
    )


def test_a_column_is_no_wider_than_it_may_be() -> None:
    text = drawn(Table((Column("Who", widest=11), Column("What")), [("the service manager", "acts")]))
    assert text == "Who          What\nthe service  acts\nmanager"


def test_a_table_that_is_too_wide_is_a_list() -> None:
    assert drawn(ACTIONS, width=40) == (
        "3. Write the page (holds the band)\n"
        "  One page, with a date.\n"
        "  Effort: some weeks.\n"
        "  Began in May\n"
        "  Half is there\n"
        "  How you will know: The page is signed.\n"
        "  Who and when: Priya Nair ! Stuck !\n"
        "  Late, Was due on 31 January 2027, No\n"
        "  start yet\n"
        "4. Ask the team\n"
        "  Effort: a meeting.\n"
        "  Who and when: Team lead (suggested) ✓\n"
        "  Done"
    )


def test_a_long_word_stays_whole_in_a_line_of_its_own() -> None:
    address = "https://example.org/" + "a" * 60
    assert drawn(f"See {address} there", width=30) == f"See\n{address}\nthere"
    assert drawn(Points([address, "short"]), width=30) == f"- {address}\n- short"
    assert drawn(Table((Column("a"), Column("b")), [("1", address)]), width=30) == f"1\n  b:\n  {address}"


def test_lists_hang_behind_their_marks() -> None:
    text = drawn(Points(["one two three"], numbered=True), Points(["one two three"]), width=10)
    assert text == "1. one two\n   three\n\n- one two\n  three"


def test_sentences_stand_together_and_all_else_apart() -> None:
    table = Table((Column("What"),), [("a",)])
    text = drawn("One.", "Two.", Heading("Head", 2), table, "Three.", table, Heading("Head"), "Four.", Hint("Type."))
    assert text == "One.\nTwo.\n\nHead\nWhat\na\n\nThree.\n\nWhat\na\n\nHead\nFour.\nType."


def test_a_hint_is_shown_and_no_title_is_missed() -> None:
    assert document_text(Document("", [Hint("Type this.")]), 80, colour=False) == "Type this."


@pytest.mark.parametrize("look", [None, *Look])
def test_every_look_shows_its_words(look: Look | None) -> None:
    for colour in (False, True):
        document = Document("", [spans("a", Span("words", look), "b")])
        assert "words" in document_text(document, 80, colour=colour)


def test_an_address_stands_behind_its_words() -> None:
    assert drawn(Span("Here", link="http://a.example")) == "Here: http://a.example"
    assert drawn(Span("http://a.example", link="http://a.example")) == "http://a.example"


@pytest.mark.parametrize("text", [HOSTILE, *NOTES.values(), "[red]no[/red] :smile:"])
@pytest.mark.parametrize("width", WIDTHS)
def test_words_are_shown_as_they_are(text: str, width: int) -> None:
    table = Table((Column("What"), Column("Note")), [("a", text)])
    for block in (text, Paragraph(text, Tone.ALERT), Heading(text), Points([text]), table):
        assert {*safe(text).split()} <= {*drawn(block, width=width).split()}
        assert "\x1b" not in drawn(block, width=width)


def test_what_a_document_holds_is_in_the_text() -> None:
    text = " ".join(document_text(KITCHEN, 200, colour=False).split())
    assert "A long arrow" not in text  # nothing is drawn here
    for block in flat(KITCHEN.blocks):
        lines: list[Line] = [*block.items] if isinstance(block, Points) else []
        lines += [block.line] if isinstance(block, Paragraph) else []
        assert [part.text for line in lines for part in parts_of(line) if part.text not in text] == []
