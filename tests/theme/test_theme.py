"""Colours: what is written in one can be read on the other."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.document.html import font_faces, stylesheet
from readiness.resources import REPORT_TEMPLATES
from readiness.theme.colours import mix
from readiness.theme.theme import SHIPPED_FONTS, Family, Theme
from readiness.theme.theme_file import find_theme, read_theme, shipped_themes
from tests.themes import default_theme

COLOURS = ("ink", "muted", "line", "paper", "accent", "tint", "warm", "warm_tint")
READABLE = 4.5
"""WCAG 2.2, 1.4.3: the least contrast of text and what it stands on."""


def luminance(colour: str) -> float:
    """Return the relative luminance, 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("ground", ["paper", "tint", "warm_tint"])
@pytest.mark.parametrize("text", ["ink", "muted", "accent", "warm"])
def test_text_can_be_read_on_every_ground(text: str, ground: str) -> None:
    assert contrast(getattr(default_theme(), text), getattr(default_theme(), ground)) >= READABLE


@pytest.mark.parametrize("name", shipped_themes())
def test_the_dark_screen_can_be_read_on_every_ground(name: str) -> None:
    assert_readable(read_theme(find_theme(name)).dark())


COLOURS_THAT_PASS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True).filter(
    lambda colour: contrast(colour, mix(colour, "#ffffff", 0.88)) >= READABLE
)


@given(COLOURS_THAT_PASS, COLOURS_THAT_PASS)
def test_whatever_colours_a_theme_has_its_dark_screen_can_be_read(accent: str, warm: str) -> None:
    assert_readable(replace(default_theme(), accent=accent, warm=warm).dark())


def assert_readable(theme: Theme) -> None:
    for ground in (theme.paper, theme.tint, theme.warm_tint):
        for text in (theme.ink, theme.muted, theme.accent, theme.warm):
            assert contrast(text, ground) >= READABLE


@pytest.mark.parametrize("names", [("style", "print"), ("style", "screen")])
def test_style_sheets_take_every_colour_from_the_theme(names: tuple[str, ...]) -> None:
    css = stylesheet(replace(default_theme(), ink="#010203"), *names)
    assert "var(" not in css
    assert "#010203" in css
    found = set(re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;\s)}])", css))
    theme = replace(default_theme(), ink="#010203")
    assert found <= {getattr(theme, name) for name in COLOURS} | {each for shade in theme.shades for each in shade}


def test_what_the_theme_does_not_know_is_the_style_sheets_own() -> None:
    assert default_theme().apply("p { color: var(--gold); }") == "p { color: var(--gold); }"


def test_our_own_style_sheets_ask_for_nothing_that_the_theme_lacks() -> None:
    names = [path.stem for path in REPORT_TEMPLATES.glob("*.css")]
    assert len(names) > 3
    left = re.findall(r"var\(--([\w-]+)", stylesheet(default_theme(), *names))
    assert {*left} == {"running", "first", "of", "at"}, "what a page says for a browser: its foot, and page numbers"


def test_a_font_that_calls_itself_something_odd_ends_no_style_sheet() -> None:
    odd = Family('x"}</style><script>alert(1)</script><style>', regular=SHIPPED_FONTS["Source Sans 3"].regular)
    faces = font_faces(replace(default_theme(), font=odd), inline=True)
    assert "<" not in faces
    assert 'font-family:"Readiness xstylescriptalert1scriptstyle"' in faces
