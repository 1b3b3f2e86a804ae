"""Web pages from templates that are not ours: they fetch nothing and run nothing, in a real browser."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from readiness.document.page_policy import POLICY, refuse_references, with_policy
from readiness.document.write import Format
from readiness.errors import InputError
from readiness.report.formats import render_here
from readiness.report.model import Report
from tests.attack.pages import HEARD, SILENT, body, style
from tests.canary import Canary, singing
from tests.report.services import SOBER
from tests.reports import as_page

Reports = Callable[[str], Report]
LEAVES = {"refresh", "refresh in the body"}
"""What no policy stops: only the check does."""
NO_HEAD = {"before the head"}


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    with singing() as server:
        yield server


def callers(canary: Canary, browser: Browser, folder: Path, change: Callable[[str], str]) -> set[str]:
    """Return which of the pages call the canary when Chromium opens them."""
    names = [name for name in HEARD if not (change is with_policy and name in NO_HEAD)]
    canary.heard.clear()
    for at, name in enumerate(names):
        host = f"127.0.0.1:{canary.server_port}/{at}"
        (folder / f"{at}.html").write_text(change(HEARD[name](f"{canary.url}/{at}").replace("HOST", host)), "utf-8")
    frames = "".join(f'<iframe src="{at}.html"></iframe>' for at in range(len(names)))
    (folder / "all.html").write_text(f"<!doctype html><title>x</title>{frames}", "utf-8")
    with browser.new_context() as context:  # with no cache of what was fetched before
        page = context.new_page()
        page.goto((folder / "all.html").as_uri())
        page.wait_for_timeout(2000)
    return {names[int(path.split("/")[1])] for path in canary.heard if path[1:2].isdecimal()}


def test_each_page_calls_where_nothing_stops_it_and_none_does_under_the_policy(
    canary: Canary, browser: Browser, tmp_path: Path
) -> None:
    assert callers(canary, browser, tmp_path, lambda page: page) == {*HEARD}
    assert callers(canary, browser, tmp_path, with_policy) == LEAVES


@pytest.mark.parametrize("name", [*HEARD, *SILENT])
def test_each_page_is_refused_with_what_it_asks_for(name: str) -> None:
    page = {**HEARD, **SILENT}[name]("http://127.0.0.1:9/x").replace("HOST", "127.0.0.1:9/x")
    if name in NO_HEAD:
        with pytest.raises(InputError, match="does not begin with a head"):
            with_policy(page)
        return
    with pytest.raises(InputError, match=r"The page asks for .*, and a report asks for nothing"):
        refuse_references(with_policy(page))


@pytest.mark.parametrize(
    "page",
    [
        body("<p style='color: red' class='a' data-x='url(x)' aria-label='x'>url(http://x)</p>"),
        body("<a href='#p'>a</a> <a href='https://x.example'>b</a> <a href='mailto:a@x.example'>c</a>"),
        body("<img alt='' src='data:image/png;base64,AAAA'>"),
        body(
            "<svg viewBox='0 0 9 9'><defs><linearGradient id='g'/></defs><rect fill='url(#g)'/><use href='#g'/></svg>"
        ),
        style("h1 { background: url('data:image/png,x'); content: 'url(http://x)' } /* @import 'x' */"),
        style("h1 { background: image-set('data:image/png,x' type('image/png') 1x, linear-gradient(red, blue) 2x) }"),
    ],
)
def test_what_asks_for_nothing_is_let_through(page: Callable[[str], str]) -> None:
    refuse_references(with_policy(page("")))


def test_policy_is_the_first_of_each_head_and_no_template_can_leave_it_out(report: Reports, tmp_path: Path) -> None:
    start = f'<head>\n<meta http-equiv="Content-Security-Policy" content="{POLICY}"/>\n'
    shipped = render_here(Format.HTML, report("northside"), SOBER)[0].decode()
    (tmp_path / "document.html.j2").write_text('<!doctype html>\n<html lang="en"><head>\n</head><body>x</body></html>')
    own = render_here(Format.HTML, report("northside"), replace(SOBER, templates=tmp_path))[0].decode()
    for page in (shipped, own):
        assert page.count(start) == 1
        assert "<meta" not in page.partition(start)[0]


def test_policy_is_no_part_of_a_page_on_paper(report: Reports) -> None:
    assert "Content-Security-Policy" not in as_page(report("northside"), SOBER)


def test_shipped_page_would_pass_the_check_of_others(report: Reports) -> None:
    for name in ("northside", "hostile"):
        refuse_references(render_here(Format.HTML, report(name), SOBER)[0].decode())
