"""The report's charts as PNG, for word processors. Their words are those of the SVG charts."""

import io
from collections.abc import Sequence

from readiness.document.values import BandView, ScoreView, SpreadView
from readiness.theme.theme import Theme

_SCALE = 4
"""Pixels a point: sharp in print."""


class _Canvas:
    """A white picture that is drawn on in points."""

    def __init__(self, width: float, height: float, ground: str) -> None:
        from PIL import Image, ImageDraw

        self._image = Image.new("RGB", (round(width * _SCALE), round(height * _SCALE)), ground)
        self._draw = ImageDraw.Draw(self._image)

    def box(self, x: float, y: float, width: float, height: float, fill: str, outline: str | None = None) -> None:
        corners = [x * _SCALE, y * _SCALE, (x + width) * _SCALE - 1, (y + height) * _SCALE - 1]
        self._draw.rectangle(corners, fill=fill, outline=outline, width=_SCALE)

    def shape(self, points: Sequence[tuple[float, float]], fill: str) -> None:
        self._draw.polygon([(x * _SCALE, y * _SCALE) for x, y in points], fill=fill)

    def disc(self, x: float, y: float, radius: float, fill: str) -> None:
        corners = [(x - radius) * _SCALE, (y - radius) * _SCALE, (x + radius) * _SCALE, (y + radius) * _SCALE]
        self._draw.ellipse(corners, fill=fill)

    def png(self) -> bytes:
        out = io.BytesIO()
        self._image.save(out, "PNG", optimize=True)
        return out.getvalue()


def _range(canvas: _Canvas, low: float, high: float, y: float, colour: str) -> None:
    """Draw a line from ``low`` to ``high`` with a stop at each end."""
    canvas.box(low, y - 0.7, max(high - low, 1), 1.4, colour)
    for at in (low, high - 1.4):
        canvas.box(at, y - 3, 1.4, 6, colour)


def bar(part: ScoreView, theme: Theme, width: float = 150) -> bytes:
    """Return a score as a bar from 0 to 100, with the range it could lie in as a line beneath. ``width`` in points."""
    canvas = _Canvas(width, 20, theme.paper)
    canvas.box(0, 0, width, 10, theme.paper, theme.line)
    if part.score:
        canvas.box(0, 0, width * part.score / 100, 10, theme.accent)
    if part.low is not None and part.high is not None and part.low < part.high:
        _range(canvas, width * part.low / 100, width * part.high / 100, 15, theme.ink)
    return canvas.png()


def then_and_now(before: ScoreView, after: ScoreView, theme: Theme, width: float = 150) -> bytes:
    """Return a score at two dates on a line from 0 to 100: a ring where it was, and a disc where it is."""
    canvas, left, unit, middle = _Canvas(width, 14, theme.paper), 6.0, (width - 12) / 100, 7.0
    canvas.box(left, middle - 0.5, width - 2 * left, 1, theme.line)
    for end in (left, width - left - 1):
        canvas.box(end, middle - 4, 1, 8, theme.line)
    if before.score is not None and after.score is not None:
        low, high = sorted((before.score, after.score))
        canvas.box(left + low * unit, middle - 1.2, max((high - low) * unit, 0.5), 2.4, theme.accent)
    if before.score is not None:
        canvas.disc(left + before.score * unit, middle, 4.8, theme.accent)
        canvas.disc(left + before.score * unit, middle, 3.2, theme.paper)
    if after.score is not None:
        canvas.disc(left + after.score * unit, middle, 4.8, theme.accent)
    return canvas.png()


def spread(row: SpreadView, tallest: float, theme: Theme) -> bytes:
    """Return how a group's answers spread over the steps: a column for each, as high as its share of the group.

    ``tallest`` is the share (0 to 1) that takes the whole height.
    """
    width, height, gap = 14.0, 24.0, 4.0
    canvas = _Canvas(len(row.counts) * (width + gap) - gap, height + 1.5, theme.paper)
    for at, count in enumerate(row.counts):
        tall = height * count / row.n / tallest
        if tall:
            canvas.box(at * (width + gap), height - tall, width, tall, theme.accent)
        canvas.box(at * (width + gap), height + 0.5, width, 1, theme.ink)
    return canvas.png()


def scale(part: ScoreView, bands: Sequence[BandView], theme: Theme, width: float = 480) -> bytes:
    """Return the scale from 0 to 100 with its bands, the score as a mark on it, and the range as a line beneath."""
    canvas = _Canvas(width, 32, theme.paper)
    unit = (width - 2) / 100
    for band in bands:
        fill = theme.accent if band.reached else theme.paper
        canvas.box(band.start * unit, 10, (band.end - band.start) * unit + 1, 11, fill, theme.accent)
    if part.score is not None:
        at = part.score * unit
        canvas.shape([(at - 5, 0), (at + 5, 0), (at, 9)], theme.ink)
        canvas.box(at - 1, 8, 2, 15, theme.ink)
    if part.low is not None and part.high is not None and part.low < part.high:
        _range(canvas, part.low * unit, part.high * unit, 27, theme.ink)
    return canvas.png()
