"""Styles, paragraphs and backgrounds that are kept change no byte of another document; its boxes free themselves."""

import gc
from itertools import product

import pytest
from weasyprint import css
from weasyprint.layout import inline

from readiness.document.layout_memory import memory, styles
from readiness.document.pdf import Renderer
from tests.document.test_layout_memory import PAGE, counting, pages, plain_renderer
from tests.report.services import SOBER

WORDS = "Peer Workers say how it is, and their <strong>managers</strong> <em>listen, and answer</em> in the same week. "
PARAGRAPHS = {
    "left": f"<p>{WORDS}</p>",
    "centred": f'<p style="text-align: center">{WORDS * 2}</p>',
    "right": f'<p style="text-align: right; width: 60mm">{WORDS}</p>',
    "justified": f'<p style="text-align: justify">{WORDS * 3}</p>',
    "indented": f'<p style="text-indent: 9mm">{WORDS * 3}</p>',
    "right to left": f'<p style="direction: rtl">{WORDS * 2}</p>',
    "raised": '<p>a<span style="vertical-align: 3pt; font-size: 5pt">b</span> c<sup>d</sup></p>',
    "padded": f'<p>a <span style="padding: 2mm; border: 1pt solid; margin: 1mm">{WORDS * 2}</span> b</p>',
    "beside": f'<p><span style="float: left; width: 20mm">{WORDS}</span>{WORDS * 3}</p>',
    "apart": f'<p>a <span style="position: absolute; top: 5mm">b</span> {WORDS}</p>',
    "with a box": f'<p>a <span style="display: inline-block; width: 9mm">{WORDS}</span> b</p>',
    "broken": "<p>a<br/>b <br/> c</p><p> </p><p></p>",
    "first letter": f"<style>.big::first-letter {{ font-size: 20pt }}</style><p class='big'>{WORDS}</p>",
    "over pages": f"<p>{WORDS * 90}</p>",
}
BACKGROUNDS = (
    '<div style="background: #eee; border-radius: 2mm">a</div><div>b</div>',
    '<div style="visibility: hidden; background: red">a</div><div style="background: rgb(1 2 3 / 0)">b</div>',
    '<div style="position: relative">a<div style="position: absolute; top: 0">b</div></div>',
    '<div style="border-radius: 0 1mm 0 0; border: 1pt solid">a</div><div style="box-shadow: 1mm 1mm red">b</div>',
)


@pytest.fixture(scope="module")
def keeping() -> Renderer:
    """Return a renderer that keeps what it meets."""
    return Renderer(SOBER)


@pytest.fixture(scope="module")
def plain() -> Renderer:
    """Return a renderer that keeps nothing."""
    return plain_renderer(SOBER)


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_a_paragraph_is_the_same_wherever_it_was_met_before(name: str, keeping: Renderer, plain: Renderer) -> None:
    for height in ("0", "17.3mm", "211.7mm"):
        paragraph = PARAGRAPHS[name]
        body = f'<div style="height: {height}"></div>{paragraph}<table><tr><td>{paragraph}</td></tr></table>'
        expected = plain.render(PAGE.format(body))
        assert [keeping.render(PAGE.format(body)) for _ in range(2)] == [expected, expected]


@pytest.mark.parametrize("body", BACKGROUNDS)
def test_a_background_is_the_same_again(body: str, keeping: Renderer, plain: Renderer) -> None:
    expected = plain.render(PAGE.format(body))
    assert [keeping.render(PAGE.format(body)) for _ in range(2)] == [expected, expected]


def test_a_paragraph_met_again_is_not_laid_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out = list[object]()
    monkeypatch.setattr(memory, "PROVED", 10**12)
    monkeypatch.setattr(inline, "get_next_linebox", counting(inline.get_next_linebox, laid_out))
    renderer, counts = Renderer(SOBER), list[int]()
    for height in ("3mm", "3mm", "3mm", "40mm"):
        renderer.render(PAGE.format(f'<div style="height: {height}"></div>{PARAGRAPHS["left"]}'))
        counts.append(len(laid_out))
        laid_out.clear()
    first, second, again, elsewhere = counts
    assert elsewhere == again < second == first  # a paragraph is kept when it is met again


def test_shapes_of_all_sizes_share_their_styles_but_drawings_do_not(
    plain: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="9"><rect width="{}" height="5"/></svg>'
    drawn = [PAGE.format(drawing.format(*sizes)) for sizes in ((40, 5), (40, 7), (60, 7))]
    expected = [plain.render(page) for page in drawn]
    styled, counts = list[object](), list[int]()
    monkeypatch.setattr(memory, "PROVED", 10**12)
    monkeypatch.setattr(styles, "find_style_attributes", counting(css.find_style_attributes, styled))
    renderer = Renderer(SOBER)
    for page, same in zip(drawn, expected, strict=True):
        assert renderer.render(page) == same
        counts.append(len(styled))
    first, shape, whole = counts
    assert 0 < first == shape < whole


def test_a_paragraph_keeps_what_its_own_document_says_of_it(keeping: Renderer, plain: Renderer) -> None:
    for target, title in product("ab", "cd"):
        body = f'<h2 id="a">{title}</h2><h2 id="b">{title}</h2><p><a href="#{target}" title="{title}">Go on</a></p>'
        assert keeping.render(PAGE.format(body)) == plain.render(PAGE.format(body))


def test_boxes_of_a_document_free_themselves() -> None:
    left = list[int]()
    for renderer in (plain_renderer(SOBER), Renderer(SOBER)):
        renderer.render(pages("sober")[2])
        gc.collect()
        gc.disable()
        try:
            renderer.render(pages("sober")[2])
            left.append(gc.collect())
        finally:
            gc.enable()
    without, with_ = left
    assert with_ < without / 3


def test_a_paragraph_is_laid_out_anew_in_another_width(keeping: Renderer, plain: Renderer) -> None:
    start, end = '<table style="table-layout: fixed; width: 100%"><col style="width: ', "</td><td>b</td></tr></table>"
    body = "".join(f'{start}{width}%"/><col/><tr><td>{WORDS}{end}' for width in (60, 60, 60, 23))
    assert keeping.render(PAGE.format(body)) == plain.render(PAGE.format(body))
