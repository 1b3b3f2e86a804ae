"""The web page: one file that needs nothing else, on a phone and on a desk."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, Page

from readiness.report.model import Report
from tests.report.services import SERVICES, SOBER
from tests.reports import as_html, with_words_cut

Reports = Callable[[str], Report]
WIDTHS = (360, 1200)
WIDTH = r"width: [\d.]+%"
WIDE = """() => [...document.querySelectorAll("body *")]
  .filter(element => !element.closest(".unseen") && element.getBoundingClientRect().right > innerWidth + 1)
  .map(element => `${element.tagName}.${element.className}`)"""
FONTS = "document.fonts.ready.then(fonts => [...fonts].filter(font => font.status === 'loaded').length)"


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Callable[[str], tuple[Page, list[str]]]]:
    """Open HTML in a browser without a network; with it come the addresses that the page asks for, besides its own."""
    context = browser.new_context(offline=True)

    def open_(html: str) -> tuple[Page, list[str]]:
        file = tmp_path / "page.html"
        file.write_text(html, "utf-8")
        page, heard = context.new_page(), list[str]()
        page.on("request", lambda request: heard.append(request.url))
        page.goto(file.as_uri())
        page.wait_for_load_state("networkidle")
        return page, [url for url in heard if url != file.as_uri() and not url.startswith("data:")]

    yield open_
    context.close()


@pytest.mark.parametrize("name", ["northside", "nothing", "hostile", pytest.param("harbour", marks=pytest.mark.long)])
def test_fits_a_phone_and_a_desk_and_calls_nobody(
    name: str, report: Reports, opened: Callable[[str], tuple[Page, list[str]]]
) -> None:
    made = with_words_cut(as_html(report(name), SOBER)).decode()
    free = made.replace("default-src 'none'", "default-src *")
    assert free != made  # else the browser itself would keep it from calling
    page, heard = opened(free)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(WIDE) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(FONTS) >= 2
    assert heard == []


def test_a_page_that_calls_would_be_heard(opened: Callable[[str], tuple[Page, list[str]]]) -> None:
    _, heard = opened('<img src="http://canary.example/x.png">')
    assert heard == ["http://canary.example/x.png"]


@pytest.mark.parametrize("name", SERVICES)
def test_is_well_formed_and_stands_alone(name: str, report: Reports) -> None:
    text = as_html(report(name), SOBER).decode()
    assert text.startswith("<!DOCTYPE html>\n")
    root = ET.fromstring(text.partition("\n")[2])  # noqa: S314 — our own page
    assert root.get("lang") == "en-GB"
    ids = {element.get("id") for element in root.iter()}
    sources = {source.url for source in report(name).sources}
    for element in root.iter():
        assert element.tag not in ("script", "link", "iframe", "object", "embed", "base", "form")
        assert not [name for name in element.keys() if name.startswith("on")]  # noqa: SIM118 — an element is no dict
        assert not {"src", "srcset", "action"} & {*element.keys()}
        assert element.get("style") is None or (element.tag == "col" and re.fullmatch(WIDTH, element.get("style", "")))
        href = element.get("href")
        assert href is None or href.removeprefix("#") in ids or href in sources
    for url in re.findall(r"url\((.*?)\)", "".join(style.text or "" for style in root.iter("style"))):
        assert url.startswith('"data:font/')
    assert "@import" not in text


@pytest.mark.parametrize("name", ["northside", "hostile"])
def test_headings_skip_no_level(name: str, report: Reports) -> None:
    root = ET.fromstring(as_html(report(name), SOBER).decode().partition("\n")[2])  # noqa: S314 — our own page
    levels = [int(element.tag[1]) for element in root.iter() if re.fullmatch("h[1-6]", element.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_chart_says_what_it_shows_and_every_header_cell_its_scope(report: Reports) -> None:
    root = ET.fromstring(as_html(report("northside"), SOBER).decode().partition("\n")[2])  # noqa: S314 — our own page
    svg = "{http://www.w3.org/2000/svg}"
    charts = [*root.iter(f"{svg}svg")]
    assert charts
    assert all(chart.findtext(f"{svg}title") and chart.get("role") == "img" for chart in charts)
    assert {cell.get("scope") for cell in root.iter("th")} <= {"row", "col"}
