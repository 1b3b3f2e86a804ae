"""The web page: one file that needs nothing else, on a phone and on a desk."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Thread
from xml.etree import ElementTree as ET

import pytest

from readiness.report.html import render_html
from readiness.report.model import Report
from tests.report.services import SERVICES, SOBER

Reports = Callable[[str], Report]
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
WIDTHS = (360, 1200)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=10000",
    "--proxy-bypass-list=<-loopback>",
]
MEASURE = """<script>
addEventListener("load", () => document.fonts.ready.then(() => {
  const wide = [...document.querySelectorAll("body *")]
    .filter(element => !element.closest(".unseen") && element.getBoundingClientRect().right > innerWidth + 1);
  parent.postMessage(JSON.stringify({
    width: innerWidth,
    scroll: document.documentElement.scrollWidth,
    wide: wide.map(element => `${element.tagName}.${element.className}`),
    fonts: [...document.fonts].filter(font => font.status === "loaded").length,
  }), "*");
}));
</script>"""
HOST = """<!DOCTYPE html><body><script>
addEventListener("message", event => {
  document.body.appendChild(document.createElement("pre")).textContent = event.data;
});
</script>%s</body>"""


class _Proxy(BaseHTTPRequestHandler):
    """A proxy that all of Chromium's requests would go through, and that notes them."""

    heard: list[str]

    def _hear(self) -> None:
        self.heard.append(self.path)
        self.send_error(502)

    do_GET = do_CONNECT = do_POST = _hear  # noqa: N815 — the names are http.server's

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — likewise
        """Say nothing."""


@pytest.fixture(scope="module")
def proxy() -> Iterator[tuple[str, list[str]]]:
    heard: list[str] = []
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Hearing", (_Proxy,), {"heard": heard})) as server:
        thread = Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", heard
        server.shutdown()
        thread.join()


def dump(file: Path, proxy: str, folder: Path) -> str:
    """Return the page as Chromium has it after loading."""
    done = subprocess.run(
        [
            CHROMIUM,
            *FLAGS,
            f"--proxy-server={proxy}",
            f"--user-data-dir={folder / 'profile'}",
            "--dump-dom",
            file.as_uri(),
        ],
        capture_output=True,
        check=True,
        timeout=90,
    )
    return done.stdout.decode()


needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine")


@needs_chromium
@pytest.mark.parametrize("name", ["northside", "harbour", "nothing", "hostile"])
def test_fits_a_phone_and_a_desk_and_calls_nobody(
    name: str, report: Reports, tmp_path: Path, proxy: tuple[str, list[str]]
) -> None:
    address, heard = proxy
    made = render_html(report(name), SOBER).decode()
    free = made.replace("default-src 'none'", "default-src *; script-src 'unsafe-inline'")  # it would keep ours out too
    assert free != made
    (tmp_path / "page.html").write_text(free.replace("</body>", f"{MEASURE}</body>"), "utf-8")
    frames = "".join(
        f'<iframe src="page.html" width="{width}" height="800" style="border: 0"></iframe>' for width in WIDTHS
    )
    (tmp_path / "host.html").write_text(HOST % frames, "utf-8")
    measured = [
        json.loads(text) for text in re.findall("<pre>(.*?)</pre>", dump(tmp_path / "host.html", address, tmp_path))
    ]
    assert {one["width"] for one in measured} == {*WIDTHS}
    for one in measured:
        assert one["wide"] == []
        assert one["scroll"] <= one["width"]
        assert one["fonts"] >= 2
    assert [url for url in heard if "google" not in url] == []


@needs_chromium
def test_proxy_hears_a_page_that_calls(tmp_path: Path, proxy: tuple[str, list[str]]) -> None:
    address, heard = proxy
    (tmp_path / "calls.html").write_text('<img src="http://canary.example/x.png">', "utf-8")
    dump(tmp_path / "calls.html", address, tmp_path)
    assert "http://canary.example/x.png" in heard
    heard.clear()


@pytest.mark.parametrize("name", SERVICES)
def test_is_well_formed_and_stands_alone(name: str, report: Reports) -> None:
    text = render_html(report(name), SOBER).decode()
    assert text.startswith("<!DOCTYPE html>\n")
    root = ET.fromstring(text.partition("\n")[2])  # noqa: S314 — our own page
    assert root.get("lang") == "en-GB"
    ids = {element.get("id") for element in root.iter()}
    for element in root.iter():
        assert element.tag not in ("script", "link", "iframe", "object", "embed", "base", "form")
        assert not [name for name in element.keys() if name.startswith("on")]  # noqa: SIM118 — an element is no dict
        assert not {"src", "srcset", "action", "style"} & {*element.keys()}
        href = element.get("href")
        assert href is None or href.removeprefix("#") in ids
    for url in re.findall(r"url\((.*?)\)", "".join(style.text or "" for style in root.iter("style"))):
        assert url.startswith('"data:font/')
    assert "@import" not in text


@pytest.mark.parametrize("name", ["northside", "hostile"])
def test_headings_skip_no_level(name: str, report: Reports) -> None:
    root = ET.fromstring(render_html(report(name), SOBER).decode().partition("\n")[2])  # noqa: S314 — our own page
    levels = [int(element.tag[1]) for element in root.iter() if re.fullmatch("h[1-6]", element.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_chart_says_what_it_shows_and_every_header_cell_its_scope(report: Reports) -> None:
    root = ET.fromstring(render_html(report("northside"), SOBER).decode().partition("\n")[2])  # noqa: S314 — our own page
    svg = "{http://www.w3.org/2000/svg}"
    charts = [*root.iter(f"{svg}svg")]
    assert charts
    assert all(chart.findtext(f"{svg}title") and chart.get("role") == "img" for chart in charts)
    assert {cell.get("scope") for cell in root.iter("th")} <= {"row", "col"}
