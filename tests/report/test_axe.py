"""The web page in a real browser: held against WCAG 2.2 AA by axe-core, without a mouse, on a phone, in the dark."""

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from readiness.report.model import Report
from readiness.theme.theme_file import find_theme, read_theme, shipped_themes
from tests.browser import violations
from tests.reports import as_html, with_words_cut

Reports = Callable[[str], Report]
WIDTHS = (320, 1400)


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context() as context:
        yield context


@pytest.fixture
def opened(context: BrowserContext, tmp_path: Path, report: Reports) -> Iterator[Callable[..., Page]]:
    """Open the web page about a service, in a theme, in light or dark, at a width."""

    def open_(
        name: str,
        theme: str = "sober",
        scheme: str = "light",
        width: int = 1400,
        change: Callable[[bytes], bytes] = with_words_cut,
    ) -> Page:
        (tmp_path / "page.html").write_bytes(change(as_html(report(name), read_theme(find_theme(theme)))))
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto((tmp_path / "page.html").as_uri())
        return page

    yield open_
    for page in context.pages:
        if (tmp_path / "page.html").as_uri() == page.url.partition("#")[0]:
            page.close()


@pytest.fixture(scope="module")
def northside(context: BrowserContext, report: Reports, tmp_path_factory: pytest.TempPathFactory) -> Page:
    """The page about Northside, opened once for all that only look at it."""
    file = tmp_path_factory.mktemp("northside") / "page.html"
    file.write_bytes(as_html(report("northside"), read_theme(find_theme("sober"))))
    page = context.new_page()
    page.goto(file.as_uri())
    return page


@pytest.fixture
def looked_at(northside: Page) -> Page:
    """Return the page about Northside as a desk shows it by day."""
    northside.set_viewport_size({"width": 1400, "height": 900})
    northside.emulate_media(media="screen", color_scheme="light")
    return northside


EACH_RUN = {("sober", "light", 320), ("large-print", "light", 1400), ("warm", "dark", 1400)}
"""Each theme, and each width by day; the dark changes colours only."""


@pytest.mark.parametrize(
    ("theme", "scheme", "width"),
    [
        pytest.param(*each, marks=[] if each in EACH_RUN else pytest.mark.long)
        for each in product(shipped_themes(), ("light", "dark"), WIDTHS)
    ],
)
def test_nothing_is_in_anybodys_way(opened: Callable[..., Page], theme: str, scheme: str, width: int) -> None:
    page = opened("northside" if scheme == "light" else "harbour", theme, scheme, width)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert violations(page) == []


def test_what_is_in_the_way_would_be_found(context: BrowserContext) -> None:
    page = context.new_page()
    wrong = "<img src=x><p style=color:#bbb>faint</p>"
    page.set_content(f"<!doctype html><html lang=en><title>x</title><main><h1>x</h1>{wrong}</main></html>")
    assert [each.partition(":")[0] for each in violations(page)] == ["color-contrast", "image-alt"]


@pytest.mark.parametrize(
    "name",
    [
        *("hostile", "riverside"),
        *(pytest.param(name, marks=pytest.mark.long) for name in ("nothing", "top", "several")),
    ],
)
def test_nor_at_the_edges(opened: Callable[..., Page], name: str) -> None:
    assert violations(opened(name, width=320)) == []


@pytest.mark.long
def test_nor_are_endless_words(opened: Callable[..., Page]) -> None:
    assert violations(opened("hostile", width=320, change=bytes)) == []


@pytest.mark.parametrize(
    "theme", [pytest.param(name, marks=[] if name == "large-print" else pytest.mark.long) for name in shipped_themes()]
)
def test_no_page_is_wider_than_its_screen_even_with_wide_spaced_text(opened: Callable[..., Page], theme: str) -> None:
    page = opened("northside", theme)
    spacing = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
    page.add_style_tag(content=spacing)  # WCAG 2.2, 1.4.12
    for width in (320, 800, 1400):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_reaches_the_skip_link_first_and_it_leads_to_the_report(opened: Callable[..., Page]) -> None:
    page = opened("northside")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["y"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_navigation_leads_to_every_part(looked_at: Page) -> None:
    targets = looked_at.eval_on_selector_all("nav a", "links => links.map(link => link.getAttribute('href').slice(1))")
    assert len(targets) > 8
    assert looked_at.evaluate("ids => ids.filter(id => !document.getElementById(id))", targets) == []


def test_on_a_phone_the_navigation_folds_and_on_a_desk_it_stays(opened: Callable[..., Page], looked_at: Page) -> None:
    link = "nav a >> nth=3"
    phone = opened("northside", width=390)
    assert not phone.locator(link).is_visible()
    phone.locator("nav summary").click()
    assert phone.locator(link).is_visible()
    assert looked_at.locator(link).is_visible()


def test_what_is_folded_is_printed(looked_at: Page) -> None:
    reason = looked_at.locator(".why-list li").first
    assert not reason.is_visible()
    looked_at.emulate_media(media="print")
    assert reason.is_visible()
    assert not looked_at.locator("nav").is_visible()
    assert looked_at.locator(".contents").is_visible()


def test_a_screen_says_what_has_no_name_yet_and_paper_has_lines_for_it(looked_at: Page) -> None:
    said, line = looked_at.locator(".actions .blank").first, looked_at.locator(".actions .fill").first
    assert said.inner_text() == "No name or date yet"
    assert (said.is_visible(), line.is_visible()) == (True, False)
    looked_at.emulate_media(media="print")
    assert (said.is_visible(), line.is_visible()) == (False, True)


def test_on_a_phone_what_stands_below_a_heading_says_which(looked_at: Page) -> None:
    cell = "getComputedStyle(document.querySelector('.steps td'), '::before').content"
    assert looked_at.evaluate(cell) == "none"
    looked_at.set_viewport_size({"width": 390, "height": 900})
    assert looked_at.evaluate(cell) == '"Today: "'


def test_in_the_dark_the_page_is_dark_and_the_charts_go_with_it(looked_at: Page) -> None:
    colours = []
    for scheme in ("light", "dark"):
        looked_at.emulate_media(color_scheme=scheme)
        colours += [
            looked_at.evaluate("""() => [
                getComputedStyle(document.documentElement).backgroundColor,
                getComputedStyle(document.querySelector(".bars svg rect:nth-of-type(2)")).fill,
            ]""")
        ]
    assert colours[0][0] == "rgb(255, 255, 255)"
    assert colours[0][0] != colours[1][0]
    assert colours[0][1] != colours[1][1]
