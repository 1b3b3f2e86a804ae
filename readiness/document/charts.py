"""Charts as SVG without text: labels stand beside them in HTML, where they are laid out faster and read aloud.

WeasyPrint's SVG knows no style sheet of the page, so every colour is literal. ``title`` becomes the alternative text.
"""

from collections.abc import Sequence
from fractions import Fraction
from html import escape

from readiness.document.values import BandView, ScoreView, SpreadView
from readiness.language import _
from readiness.scoring.rounding import HUNDRED, in_words
from readiness.theme.theme import Theme


def svg(width: float, height: float, title: str, shapes: str) -> str:
    """Return the picture; ``title`` says what it shows, to those who do not see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="img"><title>{escape(title)}</title>{shapes}</svg>'
    )


def box(x: float, y: float, width: float, height: float, style: str) -> str:
    """Return a rectangle; ``style`` holds its attributes."""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" {style}/>'


def path(points: str, style: str) -> str:
    """Return a line or a shape through ``points``, in the words of SVG."""
    return f'<path d="{points}" {style}/>'


def _whisker(low: float, high: float, middle: float, half: float, colour: str) -> str:
    """Return a line from ``low`` to ``high`` with a stop at each end."""
    top, bottom = middle - half, middle + half
    points = f"M{low:g} {top:g}V{bottom:g}M{low:g} {middle:g}H{high:g}M{high:g} {top:g}V{bottom:g}"
    return path(points, f'fill="none" stroke="{colour}" stroke-width="1.4"')


def bar(part: ScoreView, theme: Theme, width: float = 190) -> str:
    """Return a score as a bar from 0 to 100, with the range it could lie in as a line beneath."""
    scale = width / 100
    shapes = box(0.5, 0.5, width - 1, 9, f'fill="{theme.paper}" stroke="{theme.line}"')
    if part.score is not None:
        shapes += box(0.5, 0.5, max(part.score * scale - 0.5, 0), 9, f'fill="{theme.accent}"')
    if part.low is not None and part.high is not None and part.low < part.high:
        low = part.low * scale + 0.7
        shapes += _whisker(low, max(part.high * scale - 0.7, low), 14, 2, theme.ink)
    return svg(width, 17, bar_in_words(part), shapes)


def bar_in_words(part: ScoreView) -> str:
    """Return what a bar shows."""
    title = _("No score yet") if part.score is None else _("{score} out of 100", score=part.text)
    return _("{title}, could be {range}", title=title, range=part.range_text) if part.low != part.high else title


def scale(part: ScoreView, bands: Sequence[BandView], theme: Theme, width: float = 660) -> str:
    """Return the scale from 0 to 100 with its bands, the score as a mark on it, and the range as a line beneath."""
    unit = (width - 12) / 100
    left = 6.0
    shapes = ""
    for band in bands:
        fill = theme.accent if band.reached else theme.paper
        style = f'fill="{fill}" stroke="{theme.accent}"'
        shapes += box(left + band.start * unit, 10, (band.end - band.start) * unit, 12, style)
    if part.score is not None:
        at = left + part.score * unit
        shapes += path(f"M{at:g} 8L{at - 5:g} 0H{at + 5:g}Z", f'fill="{theme.ink}"')
        shapes += path(f"M{at:g} 8V24", f'stroke="{theme.ink}" stroke-width="2" fill="none"')
    if part.low is not None and part.high is not None and part.low < part.high:
        shapes += _whisker(left + part.low * unit, left + part.high * unit, 29, 3, theme.ink)
    return svg(width, 34, scale_in_words(part), shapes)


def scale_in_words(part: ScoreView) -> str:
    """Return what the scale shows."""
    title = _("Scale from 0 to 100. Score: {score}.", score=part.text)
    return title + " " + _("It could be {range}.", range=part.range_text) if part.low != part.high else title


def then_and_now(before: ScoreView, after: ScoreView, theme: Theme, width: float = 190) -> str:
    """Return a score at two dates on a line from 0 to 100: a ring where it was, and a disc where it is."""
    left, unit, middle = 6.0, (width - 12) / 100, 7.0
    shapes = path(f"M{left:g} {middle:g}H{width - left:g}M{left:g} 3V11M{width - left:g} 3V11", _thin(theme.line))
    marks = [left + part.score * unit for part in (before, after) if part.score is not None]
    if len(marks) > 1:
        shapes += path(f"M{marks[0]:g} {middle:g}H{marks[1]:g}", _thin(theme.accent, 2.4))
    if before.score is not None:
        ring = f'fill="{theme.paper}" stroke="{theme.accent}" stroke-width="1.6"'
        shapes += _disc(left + before.score * unit, middle, 4, ring)
    if after.score is not None:
        shapes += _disc(left + after.score * unit, middle, 4.8, f'fill="{theme.accent}"')
    return svg(width, 14, then_and_now_in_words(before, after), shapes)


def _disc(x: float, y: float, radius: float, style: str) -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" {style}/>'


def _thin(colour: str, width: float = 1) -> str:
    return f'fill="none" stroke="{colour}" stroke-width="{width:g}"'


def then_and_now_in_words(before: ScoreView, after: ScoreView) -> str:
    """Return what the line with a ring and a disc shows."""
    return _("Then: {before}. Now: {after}.", before=bar_in_words(before), after=bar_in_words(after))


def steps(step: int, count: int, theme: Theme) -> str:
    """Return ``count`` boxes with the first ``step`` filled."""
    shapes = "".join(
        box(at * 12 + 0.5, 0.5, 9, 9, f'fill="{theme.accent if at < step else theme.paper}" stroke="{theme.accent}"')
        for at in range(count)
    )
    return svg(12 * count - 2, 10, _("Step {step} of {all}", step=step, all=count), shapes)


def spread(row: SpreadView, tallest: float, theme: Theme) -> str:
    """Return how a group's answers spread over the steps: a column for each, as high as its share of the group.

    ``tallest`` is the share (0 to 1) that takes the whole height: the same for charts that stand together.
    """
    width, height, gap = 16.0, 30.0, 4.0
    whole = len(row.counts) * (width + gap) - gap
    shapes = "".join(
        box(at * (width + gap), height - tall, width, tall, f'fill="{theme.accent}"')
        for at, count in enumerate(row.counts)
        if (tall := height * count / row.n / tallest)
    )
    feet = "".join(
        f"M{at * (width + gap):g} {height + 1:g}H{at * (width + gap) + width:g}" for at in range(len(row.counts))
    )
    return svg(whole, height + 2, spread_in_words(row), shapes + path(feet, f'stroke="{theme.ink}" fill="none"'))


def spread_in_words(row: SpreadView) -> str:
    """Return what the columns show."""
    counts = [_("step {step}: {count}", step=step, count=count) for step, count in enumerate(row.counts, start=1)]
    return f"{row.who} ({row.n}): {', '.join(counts)}"


def force(share: float, theme: Theme, *, helps: bool, width: float = 100) -> str:
    """Return how strongly something pushes: what helps, rightwards, by how far it is in place (``share``, 0 to 1).

    What gets in the way pushes leftwards, by how far it is not guarded against.
    """
    strength = share if helps else 1 - share
    length = max(strength * (width - 7), 0)
    colour = theme.accent if helps else theme.warm
    part = in_words(HUNDRED * Fraction(strength))
    title = _("In place: {part} of 100", part=part) if helps else _("Not guarded against: {part} of 100", part=part)
    frame = path(f"M0 9.5H{width:g}", f'stroke="{theme.line}" fill="none"')
    if length == 0:
        return svg(width, 10, title, frame)
    if helps:
        points = f"M0 1H{length:g}V0L{length + 7:g} 4.5L{length:g} 9V8H0Z"
        return svg(width, 10, title, frame + path(points, f'fill="{colour}"'))
    start = width - length
    points = f"M{width:g} 1H{start:g}V0L{start - 7:g} 4.5L{start:g} 9V8H{width:g}Z"
    # Outlined, so that the two sides differ in black and white too.
    style = f'fill="{theme.warm_tint}" stroke="{colour}" stroke-width="1.2"'
    return svg(width, 10, title, frame + path(points, style))
