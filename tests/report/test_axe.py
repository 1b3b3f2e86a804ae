"""The web page in a real browser: held against WCAG 2.2 AA by axe-core, without a mouse, on a phone, in the dark."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from readiness.report.model import Report
from readiness.theme.theme_file import find_theme, read_theme, shipped_themes
from tests.browser import violations
from tests.reports import as_html

Reports = Callable[[str], Report]
WIDTHS = (320, 1400)


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context() as context:
        yield context


@pytest.fixture
def opened(context: BrowserContext, tmp_path: Path, report: Reports) -> Iterator[Callable[..., Page]]:
    """Open the web page about a service, in a theme, in light or dark, at a width."""

    def open_(name: str, theme: str = "sober", scheme: str = "light", width: int = 1400) -> Page:
        (tmp_path / "page.html").write_bytes(as_html(report(name), read_theme(find_theme(theme))))
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto((tmp_path / "page.html").as_uri())
        return page

    yield open_
    for page in context.pages:
        page.close()


@pytest.mark.parametrize("theme", shipped_themes())
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_in_anybodys_way(opened: Callable[..., Page], scheme: str, theme: str) -> None:
    page = opened("northside" if scheme == "light" else "harbour", theme, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    for width in WIDTHS if scheme == "light" else WIDTHS[1:]:  # the dark changes colours only
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == []


def test_what_is_in_the_way_would_be_found(opened: Callable[..., Page]) -> None:
    page = opened("nothing")
    page.evaluate("document.querySelector('main').innerHTML += '<img src=x><p style=color:#bbb>faint</p>'")
    assert [each.partition(":")[0] for each in violations(page)] == ["color-contrast", "image-alt"]


@pytest.mark.parametrize(
    "name",
    ["hostile", "nothing", "riverside", *(pytest.param(name, marks=pytest.mark.long) for name in ("top", "several"))],
)
def test_nor_at_the_edges(opened: Callable[..., Page], name: str) -> None:
    assert violations(opened(name, width=320)) == []


@pytest.mark.parametrize("theme", shipped_themes())
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


def test_navigation_leads_to_every_part(opened: Callable[..., Page]) -> None:
    page = opened("northside")
    targets = page.eval_on_selector_all("nav a", "links => links.map(link => link.getAttribute('href').slice(1))")
    assert len(targets) > 8
    assert page.evaluate("ids => ids.filter(id => !document.getElementById(id))", targets) == []


def test_on_a_phone_the_navigation_folds_and_on_a_desk_it_stays(opened: Callable[..., Page]) -> None:
    link = "nav a >> nth=3"
    phone = opened("northside", width=390)
    assert not phone.locator(link).is_visible()
    phone.locator("nav summary").click()
    assert phone.locator(link).is_visible()
    assert opened("northside").locator(link).is_visible()


def test_what_is_folded_is_printed(opened: Callable[..., Page]) -> None:
    page = opened("northside")
    reason = page.locator(".why-list li").first
    assert not reason.is_visible()
    page.emulate_media(media="print")
    assert reason.is_visible()
    assert not page.locator("nav").is_visible()
    assert page.locator(".contents").is_visible()


def test_a_screen_says_what_has_no_name_yet_and_paper_has_lines_for_it(opened: Callable[..., Page]) -> None:
    page = opened("northside")
    said, line = page.locator(".actions .blank").first, page.locator(".actions .fill").first
    assert said.inner_text() == "No name or date yet"
    assert (said.is_visible(), line.is_visible()) == (True, False)
    page.emulate_media(media="print")
    assert (said.is_visible(), line.is_visible()) == (False, True)


def test_on_a_phone_what_stands_below_a_heading_says_which(opened: Callable[..., Page]) -> None:
    cell = "getComputedStyle(document.querySelector('.steps td'), '::before').content"
    assert opened("northside", width=390).evaluate(cell) == '"Today: "'
    assert opened("northside").evaluate(cell) == "none"


def test_in_the_dark_the_page_is_dark_and_the_charts_go_with_it(opened: Callable[..., Page]) -> None:
    light, dark = opened("northside"), opened("northside", scheme="dark")
    colours = [
        page.evaluate("""() => [
            getComputedStyle(document.documentElement).backgroundColor,
            getComputedStyle(document.querySelector(".bars svg rect:nth-of-type(2)")).fill,
        ]""")
        for page in (light, dark)
    ]
    assert colours[0][0] == "rgb(255, 255, 255)"
    assert colours[0][0] != colours[1][0]
    assert colours[0][1] != colours[1][1]
