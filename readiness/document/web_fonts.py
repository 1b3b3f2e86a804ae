"""Which part of a shipped font a web page carries: whole fonts would be nine tenths of it.

``make fonts`` cuts the parts out. A page with a character that only a whole font has carries the whole fonts.
"""

import re
from functools import cache
from pathlib import Path

from readiness.resources import REPORT_TEMPLATES

UNICODES = (
    "U+0020-007E,U+00A0-024F,U+02C6-02DD,U+0300-036F,U+1E00-1EFF,U+2000-206F,U+2070-209F,U+20A0-20BF,U+2100-214F,"
    "U+2190-2199,U+2212,U+2260,U+2264,U+2265,U+25A0-25FF,U+2713,U+2717,U+FB00-FB04"
)
"""Latin with all its accents, punctuation, money, arrows and signs: in the notation of CSS."""

_FONTS = REPORT_TEMPLATES / "fonts"


def _others() -> re.Pattern[str]:
    spans = (span.removeprefix("U+").partition("-") for span in UNICODES.split(","))
    inside = "".join(rf"\U{int(first, 16):08x}-\U{int(last or first, 16):08x}" for first, _, last in spans)
    return re.compile(rf"[^\n\t\r{inside}]")


_OTHERS = _others()


def is_enough(page: str) -> bool:
    """Return whether whole fonts would show no more of the page than the parts do."""
    others = {ord(found[0]) for found in _OTHERS.finditer(page)}
    return not others or not others & _characters()


@cache
def _characters() -> frozenset[int]:
    """Return the characters that our whole fonts have."""
    from fontTools.ttLib import TTFont

    characters: set[int] = set()
    for path in _FONTS.glob("*.ttf"):
        with TTFont(path, lazy=True) as font:
            characters.update(font.getBestCmap())
    return frozenset(characters)


def part_of(font: Path) -> Path:
    """Return the file with the part of a font of ours; else the font itself."""
    part = _FONTS / "web" / f"{font.stem}.woff2"
    return part if font.parent == _FONTS and part.is_file() else font
