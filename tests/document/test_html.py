"""Documents as pages: what a screen and what paper gets of every block, whatever people wrote in it."""

import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from readiness.document.blocks import Callout, Contents, Document, Section
from readiness.document.html import document_html, render_html
from readiness.document.spans import Look, Span, quiet, spans, strong
from readiness.document.tables import Folded, Lines, Table, ToFillIn
from readiness.language import speaking
from readiness.text import safe
from tests.document.kitchen import HOSTILE, KITCHEN
from tests.document.pages import SMALL, every, page, part, said, styled, words
from tests.document.told import changed, texts
from tests.report.services import SOBER
from tests.report.test_languages import Pseudo

NEVER = {"The result in short"}
"""What no page shows: the title of a result, which says itself what it is."""


@pytest.mark.parametrize(
    ("screen", "missing"), [(True, NEVER), (False, NEVER | {"The result", "No start yet"})], ids=["screen", "paper"]
)
def test_every_text_of_every_block_is_shown_and_no_hint(screen: bool, missing: set[str]) -> None:  # noqa: FBT001
    body = page(KITCHEN, screen=screen).find("body")
    assert body is not None
    shown = said(body)
    quiet_ones = {KITCHEN.about, KITCHEN.author if KITCHEN.author not in shown else "", KITCHEN.running}
    wanted = {safe(text).replace(" ?", "?") for text in texts(KITCHEN)} - quiet_ones
    assert {text for text in wanted if text not in shown} == missing
    assert "Type this next" not in shown


def test_files_properties_say_what_it_is_and_of_when() -> None:
    head = page(KITCHEN).find("head")
    assert head is not None
    told = {meta.get("name"): meta.get("content") for meta in head.iter("meta")}
    assert head.findtext("title") == "Ready for Peer Workers? Northside, 14 October 2026"
    assert told["author"] == "Alder Valley"
    assert told["description"] == "Where the service stands"
    assert told["dcterms.created"] == "2026-10-14"


def test_a_small_document_leaves_out_what_it_has_nothing_for() -> None:
    root = page(SMALL)
    assert root.findtext(".//title") == "Then and now"
    assert [meta.get("name") for meta in root.iter("meta")] == [
        None,
        "viewport",
        "color-scheme",
        "author",
        "generator",
    ]
    assert every(root, "nav") == every(root, "section") == styled(root, "skip") == styled(root, "meta") == []
    assert [each.tag for each in styled(root, "loose")[0]] == ["p", "h2", "ul"]


@pytest.mark.parametrize("screen", [True, False], ids=["screen", "paper"])
def test_text_in_any_field_makes_no_element_and_no_template_is_run(screen: bool) -> None:  # noqa: FBT001
    written = page(changed(KITCHEN, lambda text: f"{text} {HOSTILE}"), screen=screen)
    plain = page(changed(KITCHEN, lambda text: f"{text} x"), screen=screen)
    assert [each.tag for each in written.iter()] == [each.tag for each in plain.iter()]
    assert "{{ 7*7 }}" in said(written)
    assert not re.search("[\x1b\u202e]", ET.tostring(written, "unicode"))


def test_attributes_hold_what_people_wrote_and_nothing_more() -> None:
    mean = '" onclick="alert(1)'
    root = page(replace(changed(KITCHEN, lambda text: text + mean), running=f"Team{mean}"))
    assert not [name for each in root.iter() for name in each.attrib if name.startswith("on")]
    body = root.find("body")
    assert body is not None
    assert body.get("data-running") == f"Team{mean}"


@pytest.mark.parametrize(
    ("running", "foot"),
    [
        ("Northside, 3 May 2027", "Northside, 3 May 2027"),
        (f"{'Long ' * 30}Team, 3 May 2027", f"{('Long ' * 30)[:67].rstrip()}…, 3 May 2027"),
        ("word " * 40, f"{'word ' * 15}word…"),
    ],
)
def test_a_long_name_is_cut_at_the_foot_but_not_the_date_after_it(running: str, foot: str) -> None:
    body = page(replace(SMALL, running=running)).find("body")
    assert body is not None
    assert body.get("data-running") == foot
    assert len(foot) <= 80


def test_headings_skip_no_level_and_there_is_one_title() -> None:
    levels = [int(each.tag[1]) for each in page(KITCHEN).iter() if re.fullmatch("h[1-6]", each.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(("shown", "level"), [(True, "h3"), (False, "h2")])
def test_a_callout_has_a_heading_below_that_of_its_section(shown: bool, level: str) -> None:  # noqa: FBT001
    section = Section("s", "Section", [Callout("Mind this", ["It holds you back."])], shown=shown)
    held = styled(page(Document("Title", [section])), "held")[0]
    assert (held[0].tag, held[0].text) == (level, "Mind this")


def test_lines_below_the_title_have_the_name_of_the_theme_before_what_nobody_should_miss() -> None:
    theme = replace(SOBER, name="The Peer Network", contact="Call us", footer="In confidence")
    root = ET.fromstring(document_html(KITCHEN, theme, "/**/").partition("\n")[2])  # noqa: S314 — our own page
    cover = styled(root, "cover")[0]
    assert [said(each) for each in cover] == [
        "Ready for Peer Workers?",
        "Northside",
        "Alder Valley14 October 2026. Answered by: manager.",
        "The Peer Network. Call us",
        "Not a validated measure.",
    ]
    assert said(styled(root, "foot")[0]) == "In confidence"


@pytest.mark.parametrize("link", ["https://a.example/x?y=1&z=2", "HTTP://a.example/", "mailto:us@a.example", "#plan"])
def test_a_link_leads_to_the_web_to_an_address_or_to_an_anchor(link: str) -> None:
    found = every(part(Span("here", link=link)), "a")
    assert [(each.get("href"), said(each)) for each in found] == [(link, "here")]


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "/etc", "//a.example", "https:// x", "", "#"],
)
def test_any_other_link_is_words_alone(link: str) -> None:
    made = part(Span("here", link=link))
    assert every(made, "a") == []
    assert said(made) == "here"


@pytest.mark.parametrize("look", Look)
def test_a_look_is_an_element_or_a_class_and_on_a_link_the_class_alone(look: Look) -> None:
    plain, linked = part(Span("words", look))[0], part(Span("words", look, "#x"))[0]
    assert [child.tag for child in plain] == ["strong" if look is Look.STRONG else "span"]
    assert [child.tag for child in linked] == ["a"]
    assert look is Look.STRONG or plain[0].get("class") == linked[0].get("class")
    assert len(linked[0]) == 0


def test_what_a_person_wrote_may_run_from_right_to_left() -> None:
    (found,) = every(part(Span("שלום", Look.SAID)), "span")
    assert found.get("dir") == "auto"


def test_a_screen_folds_what_paper_has_in_full() -> None:
    screen, paper = page(KITCHEN), page(KITCHEN, screen=False)
    assert [said(each) for each in every(screen, "summary")] == [
        "In this report",
        "Why it matters",
        "Write the page holds the band",
        "Ask the team",
    ]
    assert every(paper, "details") == []
    assert [said(each) for each in every(paper, "h3") if said(each) == "Why it matters"] == ["Why it matters"]
    assert "Write the page holds the bandOne page, with a date.Effort: some weeks." in said(paper)


def test_nothing_folds_if_there_is_nothing_behind_it() -> None:
    table = Table(words("What"), [(Folded(strong("Alone"), []),), (Folded("Empty", ["", quiet("")]),)])
    assert every(part(table), "details") == []


def test_paper_has_lines_to_write_on_and_a_screen_says_what_is_missing() -> None:
    table = Table(
        words("Who"), [(Lines(["Ada", ToFillIn(["Name", "Start"], "No name yet")]),), (ToFillIn(["Signed"]),)]
    )
    paper, screen = part(table, screen=False), part(table)
    assert [said(each) for each in styled(paper, "fill")] == ["Name", "Start", "Signed"]
    assert styled(paper, "blank") == []
    assert [said(each) for each in styled(screen, "blank")] == ["No name yet"]
    assert said(every(screen, "td")[0]) == "Ada Name Start No name yet"


def test_navigation_has_every_section_that_is_listed_and_contents_all_but_their_own() -> None:
    root = page(KITCHEN)
    listed = [(section.name, section.title) for section in KITCHEN.sections if section.listed]
    nav, contents = every(root, "nav")[0], styled(root, "contents")[0]
    links = [[(each.get("href"), said(each)) for each in every(found, "a")] for found in (nav, contents)]
    assert links[0] == [(f"#{name}", title) for name, title in listed]
    assert links[1] == links[0][1:]
    assert {name for name, _ in listed} <= {each.get("id") for each in root.iter()}
    assert every(page(KITCHEN, screen=False), "nav") == []


def test_contents_of_nothing_are_not_shown() -> None:
    alone = Document("Title", [Section("a", "A", [Contents("In here"), "words"])])
    assert styled(page(alone), "contents") == []


def test_sections_and_the_blocks_between_them_stand_in_order() -> None:
    nested = Section("inner", "Inner", ["deep"])
    document = Document(
        "Title", ["first", Section("a", "A", ["in a", nested]), "middle", "more", Section("b", "B", [])]
    )
    main = page(document).find(".//main")
    assert main is not None
    assert [(each.tag, each.get("id")) for each in main][1:] == [
        ("div", None),
        ("section", "a"),
        ("div", None),
        ("section", "b"),
    ]
    assert said(main) == "Title first A in a Inner deep middle more B"


def test_the_same_document_gives_the_same_bytes() -> None:
    assert render_html(KITCHEN, SOBER) == render_html(KITCHEN, SOBER)


@pytest.mark.parametrize(("title", "whole"), [("Northside", False), ("Ελλάδα", True), ("漢字", False)])
def test_a_web_page_carries_whole_fonts_only_if_they_show_more(title: str, whole: bool) -> None:  # noqa: FBT001
    assert (b"data:font/ttf" in render_html(replace(SMALL, title=title), SOBER)) == whole


def test_what_stands_in_english_says_so_in_a_page_of_another_language() -> None:
    with speaking("cy", Pseudo(), english=["Far down", "A page"]):
        screen, paper = page(KITCHEN), page(KITCHEN, screen=False)
    assert screen.get("lang") == "cy"
    assert [(each.tag, said(each)) for each in screen.iter() if each.get("lang") == "en"] == [
        ("span", "Far down"),
        ("a", "A page"),
    ]
    assert [(each.tag, said(each)) for each in paper.iter() if each.get("lang") == "en"] == [
        ("a", "Far down"),
        ("a", "A page"),
    ]


def test_a_long_word_may_break_and_an_address_stays_whole() -> None:
    word, address = "x" * 100, f"https://a.example/{'y' * 100}"
    made = part(spans(word, Span(address, link=address)), Table(words("t"), [(word,)]))
    assert said(made).count("\N{ZERO WIDTH SPACE}") == 4
    assert every(made, "a")[0].text == address
