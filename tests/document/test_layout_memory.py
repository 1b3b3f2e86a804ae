"""What is kept from one document to the next changes no byte, holds no document, and is bounded."""

import gc
import inspect
import re
import time
import weakref
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
import weasyprint
import weasyprint.layout.inline
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from weasyprint.draw import text as drawing
from weasyprint.text import fonts, line_break

from readiness.bank.load import load_bank
from readiness.document import pdf
from readiness.document.html import document_html
from readiness.document.layout_memory import memory, replaced
from readiness.document.layout_memory.lines import TEXT_PROPERTIES
from readiness.document.pdf import Renderer
from readiness.document.values import Rendered
from readiness.errors import InputError
from readiness.language import speaking
from readiness.report.languages import catalogue
from readiness.report.view import build_report
from readiness.resources import QUESTIONS
from readiness.team import AssessedTeam
from readiness.theme.theme import Theme
from readiness.theme.theme_file import find_theme, read_theme, shipped_themes
from tests.batch.region import region
from tests.document.kitchen import KITCHEN
from tests.report.services import SERVICES, SOBER
from tests.reports import as_page

PAGE = '<html lang="en"><head><title>A page</title></head><body>{}</body></html>'


@cache
def pages(theme_name: str) -> list[str]:
    """Return pages of a theme: a team's report in two languages, whole and brief, another's, and one of every block."""
    bank, theme = load_bank(QUESTIONS / "peer-workers"), theme_named(theme_name)
    first, other = (AssessedTeam(bank, answers) for answers in region(bank, 2))
    with speaking("cy", catalogue("cy")):
        welsh = as_page(build_report(first), theme)
    report = build_report(first)
    english = (as_page(report, theme), as_page(build_report(other), theme), as_page(report, theme.brief()))
    return [*english, welsh, document_html(KITCHEN, theme)]


@cache
def theme_named(name: str) -> Theme:
    return read_theme(find_theme(name))


def plain_renderer(theme: Theme) -> Renderer:
    """Return a renderer that keeps nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(memory.SWITCH, "0")
        return Renderer(theme)


@cache
def plainly(theme_name: str, at: int) -> Rendered:
    return plain_renderer(theme_named(theme_name)).render(pages(theme_name)[at])


def test_no_byte_and_no_word_depends_on_what_came_before() -> None:
    renderer = Renderer(SOBER)
    for at in (4, 2, 3, 4):  # 4 again, after another language and another document
        assert renderer.render(pages("sober")[at]) == plainly("sober", at)


@pytest.mark.long
@settings(max_examples=10, deadline=None)
@given(name=st.sampled_from(shipped_themes()), order=st.lists(st.integers(0, 4), min_size=2, max_size=3))
def test_no_byte_depends_on_any_order_in_any_theme(name: str, order: list[int]) -> None:
    renderer = Renderer(theme_named(name))
    assert [renderer.render(pages(name)[at]) for at in order] == [plainly(name, at) for at in order]


def test_no_byte_depends_on_what_anybody_wrote_before() -> None:
    bank = load_bank(QUESTIONS / "peer-workers")
    hostile = as_page(build_report(AssessedTeam(bank, SERVICES["hostile"](bank))), SOBER)
    renderer = Renderer(SOBER)
    assert renderer.render(hostile) == plain_renderer(SOBER).render(hostile)
    assert renderer.render(pages("sober")[2]) == plainly("sober", 2)


@pytest.mark.long
@pytest.mark.parametrize("name", shipped_themes())
def test_the_same_for_a_whole_region_and_small_caches(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replaced, "MOST", 200)
    bank, theme = load_bank(QUESTIONS / "peer-workers"), theme_named(name)
    keeping, plain = Renderer(theme), plain_renderer(theme)
    for answers in region(bank, 60):
        page = as_page(build_report(AssessedTeam(bank, answers)), theme)
        assert keeping.render(page) == plain.render(page)


def test_what_is_kept_stands_in_for_something_and_only_during_a_render(monkeypatch: pytest.MonkeyPatch) -> None:
    split, asked = weasyprint.layout.inline.split_first_line, list[object]()
    monkeypatch.setattr(memory, "PROVED", 10**12)
    monkeypatch.setattr(line_break.Layout, "get_first_line", counting(line_break.Layout.get_first_line, asked))
    renderer, page = Renderer(SOBER), pages("sober")[2]
    renderer.render(page)
    first = len(asked)
    renderer.render(page)  # a line's operators are kept when it is met again
    second = len(asked)
    renderer.render(page)
    assert 0 <= len(asked) - second < first / 20
    assert weasyprint.layout.inline.split_first_line is split


def counting(function: object, calls: list[object]) -> object:
    def counted(*arguments: object) -> object:
        calls.append(arguments)
        return function(*arguments)  # type: ignore[operator]

    return counted


@pytest.mark.parametrize("module", [line_break, fonts.get_font_description, drawing.draw_first_line])
def test_the_key_of_a_text_has_every_property_that_a_line_depends_on(module: object) -> None:
    source = inspect.getsource(module)  # type: ignore[arg-type]
    read = set(re.findall(r"style\['(\w+)'\]", source)) - {"line_height"}  # that is the strut's, which has its style
    assert read
    assert read <= {*TEXT_PROPERTIES}


def test_a_warning_is_said_for_each_document() -> None:
    renderer, page = Renderer(SOBER), document_html(replace(KITCHEN, title="x \u0378 x"), SOBER)
    first, again = renderer.render(page), renderer.render(page)
    assert "U+0378" in first[1][0]
    assert again == first


def test_what_is_refused_is_refused_for_each_document() -> None:
    renderer = Renderer(SOBER)
    page = PAGE.format('<p>a</p><img alt="" src="file:///etc/hostname"/>')
    for _ in range(2):
        with pytest.raises(InputError, match="the page asks for file:///etc/hostname"):
            renderer.render(page)


@pytest.mark.parametrize("sizes", [("0.4pt", "31pt"), ("31pt", "0.4pt")])
def test_a_glyph_is_as_wide_as_where_its_document_met_it_first(sizes: tuple[str, str]) -> None:
    """Widths are rounded to a part of a point: in a tiny size they differ."""
    one, other = (f'<p style="font-size: {size}">Wide and illegible</p>' for size in sizes)
    keeping, plain = Renderer(SOBER), plain_renderer(SOBER)
    for body in (one, other, one + other, other + one, one):
        assert keeping.render(PAGE.format(body)) == plain.render(PAGE.format(body))


def test_a_space_that_may_not_break_is_told_from_one_that_may() -> None:
    """Both are one glyph, whose text is that of the first in a document."""
    keeping, plain = Renderer(SOBER), plain_renderer(SOBER)
    for body in ("<p>a\u00a0b</p><p>c d</p>", "<p>c d</p>", "<p>c d</p><p>a\u00a0b</p>", "<p>a\u00a0b</p>"):
        assert keeping.render(PAGE.format(body)) == plain.render(PAGE.format(body))


def test_nothing_kept_holds_a_document_and_all_goes_with_the_renderer(monkeypatch: pytest.MonkeyPatch) -> None:
    made, well_formed = [], pdf.well_formed

    def watched(*arguments: object) -> object:
        document = well_formed(*arguments)  # type: ignore[arg-type]
        made.append(weakref.ref(document.etree_element))
        return document

    monkeypatch.setattr(pdf, "well_formed", watched)
    before = {id(each) for each in gc.get_objects() if isinstance(each, replaced.Cache)}  # those of other renderers
    renderer = Renderer(SOBER)
    kept = weakref.ref(renderer)
    caches = [
        weakref.ref(each) for each in gc.get_objects() if isinstance(each, replaced.Cache) and id(each) not in before
    ]
    assert caches
    for at in (2, 4):
        renderer.render(pages("sober")[at])
    gc.collect()
    assert [document() for document in made] == [None, None]
    del renderer
    gc.collect()
    assert kept() is None
    assert [cache() for cache in caches if cache() is not None] == []


def test_a_cache_keeps_what_was_asked_for_of_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replaced, "MOST", 10)
    cache_: replaced.Cache[int, str] = replaced.Cache()
    cache_.keep(0, "often")
    for number in range(1, 100):
        cache_.keep(number, "once")
        assert cache_.find(0) == "often"
    assert 1 < sum(cache_.find(number) is not None for number in range(100, -1, -1)) <= 10


def test_a_proof_that_fails_ends_it_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "PROVED", 1)
    page = pages("sober")[4]
    renderer, plain = Renderer(SOBER), plainly("sober", 4)
    assert renderer.render(page) == plain
    wrong = replaced.Replacement(weasyprint.layout.inline, "strut", lambda _: (31.0, 20.0))
    monkeypatch.setattr(renderer, "_memory", [wrong])
    assert renderer.render(page) == (plain[0], (*plain[1], memory.DIFFERS))
    assert renderer.render(page) == plain


def test_one_document_of_five_hundred_is_a_proof() -> None:
    assert 10 <= sum(memory.is_proof(f"<p>{number}</p>") for number in range(10_000)) <= 35


@pytest.mark.parametrize(
    ("release", "switch", "why"),
    [
        ("70.0", "1", None),
        ("70.0", "0", "READINESS_LAYOUT_MEMORY is 0"),
        ("70.1", "1", "it was tested with WeasyPrint 70.0, and 70.1 is installed"),
    ],
)
def test_nothing_is_kept_with_another_release_or_where_it_is_switched_off(
    release: str, switch: str, why: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "version", lambda _: release)
    monkeypatch.setenv(memory.SWITCH, switch)
    assert memory.why_off() == why
    assert bool(Renderer(SOBER)._memory) is (why is None)  # noqa: SLF001


def test_nothing_is_kept_for_templates_of_others(tmp_path: Path) -> None:
    (tmp_path / "own.css").write_text("p:nth-child(9) { color: red }", "utf-8")
    assert Renderer(replace(SOBER, templates=tmp_path))._memory == []  # noqa: SLF001


def test_no_line_of_a_shipped_theme_asks_for_features_which_lose_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, features = list[object](), line_break.font_features

    def watched(*properties: object) -> object:
        asked.append(features(*properties))
        return asked[-1]

    monkeypatch.setattr(line_break, "font_features", watched)
    for name in shipped_themes():
        plain_renderer(theme_named(name)).render(pages(name)[4])
    assert asked
    assert not any(asked)


@pytest.mark.parametrize(("name", "figure"), [("sober", "three"), ("warm", "three.lf")])
def test_headings_have_lining_figures(name: str, figure: str) -> None:
    theme = theme_named(name)
    assert theme.heading_font.bold
    glyph = TTFont(theme.heading_font.bold).getGlyphID(figure)
    data, _ = Renderer(theme).render(PAGE.format("<h1>3</h1>"))
    with pikepdf.open(BytesIO(data)) as made:
        shown = [each.operands[0] for each in pikepdf.parse_content_stream(made.pages[0]) if str(each.operator) == "TJ"]
    assert glyph.to_bytes(2, "big") in [bytes(text) for line in shown for text in line]


def test_without_the_subset_library_the_same_document_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    import weasyprint.pdf.fonts  # noqa: PLC0415

    monkeypatch.setattr(weasyprint.pdf.fonts, "harfbuzz_subset", None)
    made = []
    for now in (1e9, 2e9):
        monkeypatch.setattr(time, "time", lambda now=now: now)
        made.append(Renderer(SOBER).render(PAGE.format("<p>Today</p>")))
    assert all(one == other for one, other in pairwise(made))
