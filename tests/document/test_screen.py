"""Web pages of documents in a real browser: on a phone and a desk, in the dark, printed, and to everybody."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from readiness.document.blocks import Document
from readiness.document.html import render_html
from readiness.theme.theme import Logo, Theme
from readiness.theme.theme_file import find_theme, read_theme, shipped_themes
from tests.browser import violations
from tests.document.kitchen import ACTIONS, KITCHEN
from tests.report.services import SOBER
from tests.theme.themed import logo

Opened = Callable[..., Page]
SMALL = Document("Then and now", ["It went up.", ACTIONS], kicker="Comparison")
WIDTHS = (320, 360, 800, 1400)


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    """Open a document in a browser without a network, in light or dark, at a width."""
    contexts = []

    def open_(document: Document, theme: Theme = SOBER, scheme: str = "light", width: int = 1400) -> Page:
        (tmp_path / "page.html").write_bytes(render_html(document, theme))
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
            offline=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.goto((tmp_path / "page.html").as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("name", "scheme", "width"),
    [  # each theme, and light and dark at each end, in each run; and all together in the long form
        pytest.param(
            name, scheme, width, marks=[] if (scheme == "dark", width > 320) == (at % 2, at % 2) else pytest.mark.long
        )
        for (at, name), scheme, width in product(enumerate(shipped_themes()), ("light", "dark"), (320, 1400))
    ],
)
def test_nothing_is_in_anybodys_way(opened: Opened, name: str, scheme: str, width: int) -> None:
    page = opened(KITCHEN, read_theme(find_theme(name)), scheme, width)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert violations(page) == []


@pytest.mark.parametrize(
    ("name", "document"),
    [
        pytest.param(name, document, id=f"{name}-{kind}", marks=[] if kind == "kitchen" or not at else pytest.mark.long)
        for (at, name), (kind, document) in product(
            enumerate(shipped_themes()), (("kitchen", KITCHEN), ("small", SMALL))
        )
    ],
)
def test_no_page_is_wider_than_its_screen(opened: Opened, name: str, document: Document) -> None:
    page = opened(document, read_theme(find_theme(name)))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone_a_row_is_a_list_that_says_what_is_what(opened: Opened) -> None:
    page = opened(SMALL, width=360)
    shown = "[...document.querySelectorAll('td')].map(td => getComputedStyle(td, '::before').content)"
    assert page.evaluate(shown)[1] == '"How you will know: "'
    left = "[...document.querySelectorAll('tbody tr:first-child > :not(.nr)')].map(c => c.getBoundingClientRect().left)"
    assert len(set(page.evaluate(left))) == 1
    page.set_viewport_size({"width": 1400, "height": 900})
    assert page.evaluate(shown)[1] == "none"
    assert len(set(page.evaluate(left))) == 3


def test_on_a_phone_a_wide_table_is_scrolled_by_itself(opened: Opened) -> None:
    box = opened(KITCHEN, width=360).locator(".scroll")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    assert box.evaluate("box => box.querySelector('td').getBoundingClientRect().height") < 100


def test_a_screen_tells_a_blank_and_paper_has_lines_for_it(opened: Opened) -> None:
    page = opened(SMALL)
    assert page.get_by_text("No start yet").is_visible()
    assert not page.locator(".fill").first.is_visible()
    page.emulate_media(media="print")
    assert not page.get_by_text("No start yet").is_visible()
    assert page.locator(".fill").first.is_visible()


def test_what_is_folded_opens_on_demand_and_is_printed_in_full(opened: Opened) -> None:
    page = opened(KITCHEN)
    hidden = page.get_by_text("Trust grows.")
    assert not hidden.is_visible()
    page.get_by_text("Why it matters").click()
    assert hidden.is_visible()
    page.get_by_text("Why it matters").click()
    page.emulate_media(media="print")
    assert hidden.evaluate("one => one.getBoundingClientRect().height") > 0


def test_contents_are_for_paper_and_navigation_for_the_screen(opened: Opened) -> None:
    page = opened(KITCHEN)
    assert page.locator("nav a").first.is_visible()
    assert not page.locator(".contents").is_visible()
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert not page.locator(".skip").is_visible()
    assert page.locator(".contents").is_visible()


def test_the_keyboard_skips_to_the_content_first(opened: Opened) -> None:
    page = opened(KITCHEN)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_navigation_leads_to_each_section(opened: Opened) -> None:
    page = opened(KITCHEN)
    page.get_by_role("link", name="How it works").first.click()
    assert page.url.endswith("#method")
    assert page.locator("#method").bounding_box()["y"] < 900  # type: ignore[index]


@pytest.mark.parametrize("name", shipped_themes())
def test_charts_take_the_colours_of_a_dark_screen(opened: Opened, name: str) -> None:
    theme = read_theme(find_theme(name))
    page = opened(KITCHEN, theme, "dark")
    fills = set(
        page.evaluate("[...document.querySelectorAll('svg [fill]')].map(one => getComputedStyle(one).fill)")
    ) - {"none"}
    dark = {"#" + "".join(f"{int(part):02x}" for part in fill[4:-1].split(",")) for fill in fills}
    ours = theme.dark()
    assert dark <= {ours.paper, ours.line, ours.accent, ours.ink, ours.tint, ours.warm, ours.warm_tint}


def test_the_logo_stands_on_white_in_the_dark(opened: Opened) -> None:
    branded = replace(SOBER, name="Lantern", logo=Logo(logo(), "image/png", 300, 100))
    shown = opened(SMALL, branded, "dark").locator(".brand img")
    assert shown.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(255, 255, 255)"
    assert shown.get_attribute("alt") == "Lantern"
