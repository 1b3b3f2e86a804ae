"""The fence: a report reads data: addresses and the template folder, calls nobody, and runs nobody's code."""

import logging
import shutil
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from jinja2 import TemplateNotFound, UndefinedError
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from weasyprint import HTML

from readiness.document.fence import FencedFetcher
from readiness.document.pdf import Renderer
from readiness.document.templates import html_environment, markdown_environment
from readiness.errors import InputError
from readiness.resources import REPORT_TEMPLATES
from tests.canary import Canary, singing
from tests.report.services import SOBER

Way = Callable[[str], str]
Environments = Callable[[], ImmutableSandboxedEnvironment]
SECRET = b"the secret of the house"
PNG = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAA"
    "BCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    with singing() as server:
        yield server


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a template folder, with a secret beside it and a link in it that leads out."""
    house = tmp_path_factory.mktemp("house")
    templates = house / "templates"
    shutil.copytree(REPORT_TEMPLATES / "fonts", templates / "fonts")
    (house / "secret.txt").write_bytes(SECRET)
    (house / "templates-twin").mkdir()
    (house / "templates-twin" / "secret.txt").write_bytes(SECRET)
    (templates / "link.txt").symlink_to(house / "secret.txt")
    (templates / "out").symlink_to(house)
    (templates / "inside.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "utf-8")
    (templates / "inside.css").write_text("p { color: #000000 }", "utf-8")
    (templates / "calls.css").write_text("@import 'ftp://127.0.0.1:9/inner.css';", "utf-8")
    return templates


@pytest.fixture(scope="module")
def renderer(folder: Path) -> Renderer:
    return Renderer(SOBER, folder)


def page(body: str = "", head: str = "") -> str:
    start = f'<!DOCTYPE html><html lang="en"><head><title>t</title>{head}</head>'
    return f"{start}<body><h1>Page</h1><p>Text</p>{body}</body></html>"


def embedded(kind: str, text: str) -> str:
    return f"data:{kind};base64,{b64encode(text.encode()).decode()}"


def svg(inner: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
        f"<title>t</title>{inner}</svg>"
    )


def style(css: str) -> str:
    return page(head=f"<style>{css}</style>")


ASKING: Mapping[str, Way] = {
    "img": lambda url: page(f'<img alt="a" src="{url}"/>'),
    "img srcset": lambda url: page(f'<img alt="a" src="{url}" srcset="{url} 2x"/>'),
    "embed": lambda url: page(f'<embed src="{url}"/>'),
    "object": lambda url: page(f'<object data="{url}"></object>'),
    "stylesheet": lambda url: page(head=f'<link rel="stylesheet" href="{url}"/>'),
    "attachment": lambda url: page(head=f'<link rel="attachment" href="{url}"/>'),
    "attachment on a link": lambda url: page(f'<a rel="attachment" href="{url}">file</a>'),
    "import": lambda url: style(f"@import '{url}';"),
    "import url": lambda url: style(f"@import url({url});"),
    "import inside data": lambda url: page(
        head=f'<link rel="stylesheet" href="{embedded("text/css", f"@import url({url});")}"/>'
    ),
    "font": lambda url: style(f"@font-face {{ font-family: x; src: url({url}) }} p {{ font-family: x }}"),
    "background": lambda url: style(f"p {{ background: url({url}) }}"),
    "inline background": lambda url: page(f'<p style="background-image: url({url})">x</p>'),
    "list image": lambda url: page("<ul><li>x</li></ul>", f"<style>li {{ list-style-image: url({url}) }}</style>"),
    "content": lambda url: style(f"p::before {{ content: url({url}) }}"),
    "border image": lambda url: style(f"p {{ border: 2px solid; border-image-source: url({url}) }}"),
    "mask border": lambda url: style(f"p {{ border: 2px solid; mask-border-source: url({url}) }}"),
    "page background": lambda url: style(f"@page {{ background: url({url}) }}"),
    "margin box": lambda url: style(f"@page {{ @top-left {{ content: url({url}) }} }}"),
    "svg image": lambda url: page(svg(f'<image href="{url}" width="9" height="9"/>')),
    "svg xlink image": lambda url: page(svg(f'<image xlink:href="{url}" width="9" height="9"/>')),
    "svg in data": lambda url: page(
        '<img alt="a" src="{}"/>'.format(embedded("image/svg+xml", svg(f'<image href="{url}" width="9" height="9"/>')))
    ),
    "footnote": lambda url: page(f'<p>x<span style="float: footnote"><img alt="a" src="{url}"/></span></p>'),
    "never laid out": lambda url: page(f'<p style="position: running(x)"><img alt="a" src="{url}"/></p>'),
}
"""Ways to ask for something, each with the address left open."""

NOT_READ: Mapping[str, Way] = {
    "svg use": lambda url: page(svg(f'<use href="{url}#x"/>')),
    "image-set": lambda url: style(f"p {{ background: image-set(url({url}) 1x) }}"),
    "meta refresh": lambda url: page(head=f'<meta http-equiv="refresh" content="0; url={url}"/>'),
    "iframe": lambda url: page(f'<iframe src="{url}"></iframe>'),
    "script": lambda url: page(f'<script src="{url}"></script>'),
    "video": lambda url: page(f'<video src="{url}" poster="{url}"></video>'),
    "preload": lambda url: page(head=f'<link rel="preload" href="{url}"/>'),
    "link": lambda url: page(f'<a href="{url}">only a link</a>'),
    "svg feImage": lambda url: page(svg(f'<filter id="f"><feImage href="{url}"/></filter>')),
    "xml stylesheet": lambda url: f'<?xml-stylesheet href="{url}"?>{page()}',
    "entity": lambda url: page("<p>&x;</p>").replace("html>", f'html [<!ENTITY x SYSTEM "{url}">]>', 1),
}
"""What WeasyPrint does not read at all: such a page is made, and calls nobody either."""


@pytest.mark.parametrize("way", ASKING)
def test_network_is_never_called_and_the_render_fails_and_says_why(
    way: str, canary: Canary, renderer: Renderer
) -> None:
    url = f"{canary.url}/hit"
    with pytest.raises(InputError, match=f"The PDF was not made: the page asks for {url}"):
        renderer.render(ASKING[way](url))
    assert canary.heard == []


@pytest.mark.parametrize("way", NOT_READ)
def test_what_is_not_read_calls_nobody(way: str, canary: Canary, renderer: Renderer) -> None:
    renderer.render(NOT_READ[way](f"{canary.url}/hit"))
    assert canary.heard == []


def test_canary_sings_where_there_is_no_fence(canary: Canary) -> None:
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler := logging.NullHandler())
    HTML(string=ASKING["img"](f"{canary.url}/redirect")).render()
    logger.removeHandler(handler)
    assert canary.heard == ["/redirect", "/landed"]
    canary.heard.clear()


OUTSIDE = [
    "http://127.0.0.1:{port}/redirect",
    "HTTP://127.0.0.1:{port}/hit",
    "https://127.0.0.1:{port}/hit",
    "ftp://127.0.0.1:{port}/hit",
    "//127.0.0.1:{port}/hit",
    "jar:http://127.0.0.1:{port}/hit",
    "file://127.0.0.1/etc/passwd",
    "file://localhost{secret}",
    "file:{secret}",
    "file://{secret}",
    "FILE://{secret}",
    "file:////{secret}",
    "../secret.txt",
    "..%2fsecret.txt",
    "%2e%2e/secret.txt",
    "%2e%2e%2fsecret.txt",
    "%252e%252e%252fsecret.txt",
    "fonts/../../secret.txt",
    "fonts/%2e%2e/%2e%2e/secret.txt",
    "../templates-twin/secret.txt",
    "link.txt",
    "out/secret.txt",
    "link.txt?x=inside.svg",
    "link.txt#inside.svg",
    "file://{folder}/../secret.txt",
    "file://{folder}/%2e%2e/secret.txt",
    "file://{folder}/inside.svg/../../secret.txt",
    "file:///dev/zero",
    "file:///proc/self/environ",
    "file:///etc/passwd",
    "fonts",
    "not-there.png",
]


@pytest.mark.parametrize("address", OUTSIDE)
@pytest.mark.parametrize("way", ["img", "attachment", "stylesheet"])
def test_nothing_outside_the_folder_is_read(
    address: str, way: str, canary: Canary, renderer: Renderer, folder: Path
) -> None:
    url = address.format(port=canary.server_port, secret=folder.parent / "secret.txt", folder=folder)
    with pytest.raises(InputError, match="The PDF was not made: the page asks for "):
        renderer.render(ASKING[way](url))
    assert canary.heard == []


def test_base_of_the_page_does_not_move_the_fence(canary: Canary, renderer: Renderer) -> None:
    for base in (f"{canary.url}/", "file:///etc/"):
        with pytest.raises(InputError, match=f"the page asks for {base}passwd"):
            renderer.render(page('<img alt="a" src="passwd"/>', f'<base href="{base}"/>'))
    assert canary.heard == []


def test_style_sheet_of_the_folder_is_fenced_too(renderer: Renderer) -> None:
    with pytest.raises(InputError, match=r"the page asks for ftp://127.0.0.1:9/inner.css"):
        renderer.render(ASKING["stylesheet"]("calls.css"))


@pytest.mark.parametrize("url", [PNG, "inside.svg", "./fonts/../inside.svg", embedded("image/svg+xml", svg(""))])
def test_data_and_files_of_the_folder_are_read(url: str, renderer: Renderer) -> None:
    pdf, told = renderer.render(ASKING["img"](url))
    assert pdf.startswith(b"%PDF")
    assert told == ()


def test_all_that_is_refused_is_named_at_once(canary: Canary, renderer: Renderer) -> None:
    with pytest.raises(InputError) as failed:
        renderer.render(page(f'<img alt="a" src="{canary.url}/1"/><img alt="a" src="{canary.url}/2"/>'))
    assert [problem.what.rpartition("/")[2] for problem in failed.value.problems] == ["1", "2"]


def test_refusal_of_one_page_does_not_fail_the_next(canary: Canary, renderer: Renderer) -> None:
    with pytest.raises(InputError):
        renderer.render(ASKING["img"](canary.url))
    assert renderer.render(page())[0].startswith(b"%PDF")


def test_image_that_cannot_be_shown_fails_the_render(renderer: Renderer) -> None:
    with pytest.raises(InputError, match="Failed to load image"):
        renderer.render(ASKING["img"]("data:image/png;base64,AAAA"))


def test_image_without_words_fails_the_render(renderer: Renderer) -> None:
    with pytest.raises(InputError, match="no required alt description"):
        renderer.render(page(f'<img src="{PNG}"/>'))


def test_font_outside_the_folder_fails_before_any_page_is_made(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"SourceSans3-Regular.ttf"):
        Renderer(SOBER, tmp_path)


def test_fetcher_keeps_what_it_refused_in_full_view_but_short(folder: Path) -> None:
    fetcher = FencedFetcher(folder)
    with pytest.raises(ValueError, match="not allowed in a report"):
        fetcher.fetch("http://x/" + "y" * 5000)
    assert [len(url) for url in fetcher.refused] == [200]


ESCAPES = [
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ '' | attr('__class__') }}",
    "{{ report.__init__.__globals__ }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ range.__self__ }}",
    "{{ dict.mro() }}",
    "{{ namespace.__init__ }}",
    "{{ '{0.__class__}'.format(1) }}",
    "{{ '{x.__class__}'.format_map({'x': 1}) }}",
    "{% set x = [].append(1) %}{{ x }}",
    "{{ report.clear() }}",
    "{{ report.update({'team': 'forged'}) }}",
    "{{ range(999999999) }}",
]
GONE = ["{{ lipsum() }}", "{{ cycler(1) }}", "{{ joiner() }}", "{{ lipsum.__globals__ }}"]
NOT_THERE = ["{{ reprot }}", "{{ report.taem }}", "{{ charts.nothing }}", "{{ config }}", "{{ request }}"]


def for_markdown() -> ImmutableSandboxedEnvironment:
    return markdown_environment(lambda value: value)


ENVIRONMENTS = [html_environment, for_markdown]


@pytest.mark.parametrize("escape", ESCAPES)
@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_template_cannot_get_out_of_its_sandbox(escape: str, environment: Environments) -> None:
    with pytest.raises((SecurityError, UndefinedError, TemplateRuntimeError, OverflowError)):
        print(environment().from_string(escape).render(report={"team": "t"}, charts={}))


@pytest.mark.parametrize("name", [*GONE, *NOT_THERE])
@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_names_that_are_not_there_fail(name: str, environment: Environments) -> None:
    with pytest.raises(UndefinedError):
        environment().from_string(name).render(report={"team": "t"}, charts={})


@pytest.mark.parametrize(
    "name", ["../pyproject.toml", "/etc/passwd", "sections/../../pyproject.toml", "..\\pyproject.toml"]
)
@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_template_includes_no_file_outside_the_folder(name: str, environment: Environments) -> None:
    with pytest.raises(TemplateNotFound):
        environment().from_string("{% include name %}").render(name=name)


def test_values_are_escaped_once_and_charts_not_at_all() -> None:
    shown = html_environment().from_string('<p title="{{ x }}">{{ x }}</p>').render(x="<b>'\"&")
    assert shown == '<p title="&lt;b&gt;&#39;&#34;&amp;">&lt;b&gt;&#39;&#34;&amp;</p>'
