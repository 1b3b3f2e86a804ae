"""Which part of a shipped font a web page carries: whole fonts would be nine tenths of it.

``make fonts`` cuts the parts out. A page with any other character carries the whole font, if that has it.
"""

import re
from pathlib import Path

UNICODES = (
    "U+0020-007E,U+00A0-024F,U+02C6-02DD,U+0300-036F,U+1E00-1EFF,U+2000-206F,U+2070-209F,U+20A0-20BF,U+2100-214F,"
    "U+2190-2199,U+2212,U+2260,U+2264,U+2265,U+25A0-25FF,U+2713,U+2717,U+FB00-FB04"
)
"""Latin with all its accents, punctuation, money, arrows and signs: in the notation of CSS."""

_ENDING = ".woff2"


def _others() -> re.Pattern[str]:
    spans = (span.removeprefix("U+").partition("-") for span in UNICODES.split(","))
    inside = "".join(rf"\U{int(first, 16):08x}-\U{int(last or first, 16):08x}" for first, _, last in spans)
    return re.compile(rf"[^\n\t\r{inside}]")


_OTHERS = _others()


def is_enough(text: str) -> bool:
    """Return whether the parts have all characters of ``text``, as far as the fonts have them."""
    return _OTHERS.search(text) is None


def part_of(font: Path) -> Path:
    """Return the file with the part of a font; the font itself where it has none."""
    part = font.parent / "web" / f"{font.stem}{_ENDING}"
    return part if part.is_file() else font
