"""How much room text takes in a theme's fonts, for what has to fit: a slide, a poster."""

from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING

from readiness.theme.theme import Family, Theme

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

_UNIT = 100
"""Size that fonts are measured in; widths grow with the size."""
OTHER_FONT = 1.1
"""How much wider text may be in the font that stands in for one that a machine lacks."""


@lru_cache(maxsize=16)
def _font(path: str) -> "FreeTypeFont":
    from PIL import ImageFont

    return ImageFont.truetype(path, _UNIT)


@lru_cache(maxsize=4096)
def _width(word: str, path: str) -> float:
    return _font(path).getlength(word) / _UNIT


def text_width(text: str, family: Family, theme: Theme, *, bold: bool = False) -> float:
    """Return the width of the text in one line, in multiples of its size."""
    return _width(text, _path(family, theme, bold=bold))


def lines_needed(text: str, family: Family, theme: Theme, width: float, *, bold: bool = False) -> int:
    """Return how many lines the text takes, at least 1; ``width`` is that of a line in multiples of the text's size.

    A word that is longer than a line is broken.
    """
    path = _path(family, theme, bold=bold)
    space = _width(" ", path)
    lines, at = 1, 0.0
    for word in text.split():
        wide = _width(word, path)
        if at and at + space + wide > width:
            lines, at = lines + 1, 0.0
        if wide > width:
            lines += ceil(wide / width) - 1
            at = wide % width
        else:
            at += wide + (space if at else 0)
    return lines


def _path(family: Family, theme: Theme, *, bold: bool) -> str:
    """Return the file of the face; the shipped font stands in for one that a family lacks."""
    faces = [family.bold, family.regular] if bold else [family.regular, family.bold]
    return next(str(face) for face in (*faces, *(each.regular for each in theme.families)) if face)
