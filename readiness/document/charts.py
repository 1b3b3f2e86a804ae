"""Charts as SVG without text: labels stand beside them in words, where they are laid out faster and read aloud.

Every chart is drawn once, here; formats that need a picture make it from this SVG. WeasyPrint's SVG knows no style
sheet of the page, so every colour is literal. ``words`` becomes the alternative text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar

from readiness.document.chart import Chart, box, disc, path, thin, whisker
from readiness.document.values import BandView, ScoreView, SpreadView
from readiness.language import _, n_
from readiness.scoring.rounding import HUNDRED, in_words
from readiness.theme.theme import Theme


def score_alone(part: ScoreView) -> str:
    """Return a score without its range."""
    return _("No score yet") if part.score is None else _("{score} out of 100", score=part.text)


def score_in_words(part: ScoreView) -> str:
    """Return a score with the range it could lie in."""
    title = score_alone(part)
    return _("{title}; {range}, for what is not known", title=title, range=part.range_text) if part.is_open else title


@dataclass(frozen=True, slots=True)
class BarChart(Chart):
    """Score as a bar from 0 to 100, with the range it could lie in as a line beneath."""

    part: ScoreView
    wide: float = 190

    @property
    def words(self) -> str:
        """The score and its range."""
        return score_in_words(self.part)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.wide, 17

    def shapes(self, theme: Theme) -> str:
        """Return a frame, the bar in it, and the range below."""
        part, width = self.part, self.wide
        scale = width / 100
        shapes = box(0.5, 0.5, width - 1, 9, f'fill="{theme.paper}" stroke="{theme.line}"')
        if part.score is not None:
            shapes += box(0.5, 0.5, max(part.score * scale - 0.5, 0), 9, f'fill="{theme.accent}"')
        if part.low is not None and part.high is not None and part.low < part.high:
            low = part.low * scale + 0.7
            shapes += whisker(low, max(part.high * scale - 0.7, low), 14, 2, theme.ink)
        return shapes


@dataclass(frozen=True, slots=True)
class ScaleChart(Chart):
    """Scale from 0 to 100 with its bands, the score as a mark, and the range beneath."""

    part: ScoreView
    bands: Sequence[BandView]

    size = 660, 34

    @property
    def words(self) -> str:
        """The score and its range."""
        title = _("Scale from 0 to 100. Score: {score}.", score=self.part.text)
        return (
            title + " " + _("For what is not known, it is {range}.", range=self.part.range_text)
            if self.part.is_open
            else title
        )

    def shapes(self, theme: Theme) -> str:
        """Return a box for each band, filled up to the score as every bar is; the mark, and the range."""
        part, left = self.part, 6.0
        unit = (self.size[0] - 2 * left) / 100
        shapes = ""
        for band in self.bands:
            style = f'fill="{theme.paper}" stroke="{theme.accent}"'
            shapes += box(left + band.start * unit, 10, (band.end - band.start) * unit, 12, style)
        if part.score is not None:
            shapes += box(left, 10, part.score * unit, 12, f'fill="{theme.accent}"')
            passed = "".join(f"M{left + one.start * unit:g} 10V22" for one in self.bands if 0 < one.start < part.score)
            shapes += path(passed, f'stroke="{theme.paper}" stroke-width="1.4" fill="none"') if passed else ""
            at = left + part.score * unit
            shapes += path(f"M{at:g} 8L{at - 5:g} 0H{at + 5:g}Z", f'fill="{theme.ink}"')
            shapes += path(f"M{at:g} 8V24", f'stroke="{theme.ink}" stroke-width="2" fill="none"')
        if part.low is not None and part.high is not None and part.low < part.high:
            shapes += whisker(left + part.low * unit, left + part.high * unit, 29, 3, theme.ink)
        return shapes


@dataclass(frozen=True, slots=True)
class ThenAndNowChart(Chart):
    """Score at two dates on a line from 0 to 100: a ring then, a disc now."""

    before: ScoreView
    after: ScoreView

    size = 190, 14

    @property
    def words(self) -> str:
        """Both scores."""
        return _("Then: {before}. Now: {after}.", before=score_in_words(self.before), after=score_in_words(self.after))

    def shapes(self, theme: Theme) -> str:
        """Return the line, the stretch between the scores, the ring and the disc."""
        before, after, width = self.before, self.after, self.size[0]
        left, unit, middle = 6.0, (width - 12) / 100, 7.0
        shapes = path(f"M{left:g} {middle:g}H{width - left:g}M{left:g} 3V11M{width - left:g} 3V11", thin(theme.line))
        marks = [left + part.score * unit for part in (before, after) if part.score is not None]
        if len(marks) > 1:
            shapes += path(f"M{marks[0]:g} {middle:g}H{marks[1]:g}", thin(theme.accent, 2.4))
        if before.score is not None:
            ring = f'fill="{theme.paper}" stroke="{theme.accent}" stroke-width="1.6"'
            shapes += disc(left + before.score * unit, middle, 4, ring)
        if after.score is not None:
            shapes += disc(left + after.score * unit, middle, 4.8, f'fill="{theme.accent}"')
        return shapes


@dataclass(frozen=True, slots=True)
class TrendChart(Chart):
    """Scores at several dates, from left to right: discs joined by a line, with a gap for no score."""

    parts: Sequence[ScoreView]

    size = 190, 40

    @property
    def words(self) -> str:
        """Each score, in the order of the dates."""
        scores = [_("no score") if part.score is None else part.text for part in self.parts]
        return _("Over time: {scores}.", scores=", ".join(scores))

    def shapes(self, theme: Theme) -> str:
        """Return lines at 0 and 100, the line between the scores, and the discs."""
        width, height = self.size
        foot, head, edge = height - 4, 4.0, 8.0
        apart = (width - 2 * edge) / max(len(self.parts) - 1, 1)
        shapes = path(f"M0 {foot:g}H{width:g}M0 {head:g}H{width:g}", thin(theme.line))
        at = [
            None if part.score is None else (edge + place * apart, foot - part.score * (foot - head) / 100)
            for place, part in enumerate(self.parts)
        ]
        for one, other in pairwise(at):
            if one and other:
                shapes += path(f"M{one[0]:g} {one[1]:g}L{other[0]:g} {other[1]:g}", thin(theme.accent, 1.8))
        return shapes + "".join(disc(*place, 3.4, f'fill="{theme.accent}"') for place in at if place)


@dataclass(frozen=True, slots=True)
class StepsChart(Chart):
    """``count`` boxes with the first ``step`` filled."""

    step: int
    count: int

    @property
    def words(self) -> str:
        """The step, of how many."""
        return _("Step {step} of {all}", step=self.step, all=self.count)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        return 12 * self.count - 2, 10

    def shapes(self, theme: Theme) -> str:
        """Return the boxes."""
        fills = (theme.accent if at < self.step else theme.paper for at in range(self.count))
        return "".join(
            box(at * 12 + 0.5, 0.5, 9, 9, f'fill="{fill}" stroke="{theme.accent}"') for at, fill in enumerate(fills)
        )


@dataclass(frozen=True, slots=True)
class SpreadChart(Chart):
    """Spread of a group's answers over the steps: a column for each, as high as its share of the group.

    ``tallest`` is the share (0 to 1) that takes the whole height: the same for charts that stand together.
    """

    row: SpreadView
    tallest: float

    _COLUMN: ClassVar[float] = 16.0
    _GAP: ClassVar[float] = 4.0
    _HIGH: ClassVar[float] = 30.0

    @property
    def words(self) -> str:
        """How many people chose each step."""
        counts = [_("step {step}: {count}", step=step, count=count) for step, count in enumerate(self.row.counts, 1)]
        return f"{self.row.who} ({self.row.n}): {', '.join(counts)}"

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        return len(self.row.counts) * (self._COLUMN + self._GAP) - self._GAP, self._HIGH + 2

    def shapes(self, theme: Theme) -> str:
        """Return the columns, and a foot below each."""
        row, width, height = self.row, self._COLUMN, self._HIGH
        at = [step * (width + self._GAP) for step in range(len(row.counts))]
        shapes = "".join(
            box(x, height - tall, width, tall, f'fill="{theme.accent}"')
            for x, count in zip(at, row.counts, strict=True)
            if (tall := height * count / row.n / self.tallest)
        )
        feet = "".join(f"M{x:g} {height + 1:g}H{x + width:g}" for x in at)
        return shapes + path(feet, f'stroke="{theme.ink}" fill="none"')


@dataclass(frozen=True, slots=True)
class ForceChart(Chart):
    """Arrow for how strongly something helps: rightwards, by how far it is in place (``share``, 0 to 1).

    A barrier pushes leftwards, by how far it is not guarded against.
    """

    share: float
    helps: bool

    size = 100, 10

    @property
    def words(self) -> str:
        """How far it is in place, or not guarded against."""
        part = in_words(HUNDRED * Fraction(self._strength), ())
        if self.helps:
            return _("In place: {part} of 100", part=part)
        return _("Not guarded against: {part} of 100", part=part)

    @property
    def _strength(self) -> float:
        return self.share if self.helps else 1 - self.share

    def shapes(self, theme: Theme) -> str:
        """Return a line, and the arrow on it unless nothing pushes."""
        width = self.size[0]
        length = max(self._strength * (width - 7), 0)
        frame = path(f"M0 9.5H{width:g}", f'stroke="{theme.line}" fill="none"')
        if length == 0:
            return frame
        if self.helps:
            points = f"M0 1H{length:g}V0L{length + 7:g} 4.5L{length:g} 9V8H0Z"
            return frame + path(points, f'fill="{theme.accent}"')
        start = width - length
        points = f"M{width:g} 1H{start:g}V0L{start - 7:g} 4.5L{start:g} 9V8H{width:g}Z"
        # Outlined, so that the two sides differ in black and white too.
        return frame + path(points, f'fill="{theme.warm_tint}" stroke="{theme.warm}" stroke-width="1.2"')


@dataclass(frozen=True, slots=True)
class HistogramChart(Chart):
    """Number of teams in each stretch from 0 to 100. ``tallest``: the count that is drawn at full height.

    ``middle`` is the middle score, marked below; None if it is not told.
    """

    bins: Sequence[int]
    middle: float | None
    tallest: int

    _HIGH: ClassVar[float] = 34.0
    size = 240, _HIGH + 8

    @property
    def words(self) -> str:
        """How many teams there are in each fifth."""
        each = len(self.bins) // 5
        fifths = [sum(self.bins[at : at + each]) for at in range(0, len(self.bins), each)]
        return n_(
            "{count} team. From 0 to 100, in steps of 20: {counts}.",
            "{count} teams. From 0 to 100, in steps of 20: {counts}.",
            sum(self.bins),
            counts=", ".join(map(str, fifths)),
        )

    def shapes(self, theme: Theme) -> str:
        """Return quarter lines, the columns, and the mark of the middle."""
        left, high = 4.0, self._HIGH  # half a mark stands out beyond 0 and 100
        across = self.size[0] - 2 * left
        wide = across / len(self.bins)
        shapes = "".join(
            path(f"M{left + across * quarter / 4:g} 0V{high:g}", thin(theme.line, 0.6)) for quarter in (1, 2, 3)
        )
        for at, count in enumerate(self.bins):
            if count:
                tall = max(count / self.tallest * (high - 2), 1)
                shapes += box(left + at * wide + 0.6, high - tall, wide - 1.2, tall, f'fill="{theme.accent}"')
        shapes += path(f"M{left:g} {high:g}H{left + across:g}", thin(theme.ink))
        if self.middle is not None:
            at_middle = left + self.middle * across / 100
            mark = f"M{at_middle:g} {high + 1:g}L{at_middle - 4:g} {high + 7:g}H{at_middle + 4:g}Z"
            shapes += path(mark, f'fill="{theme.ink}"')
        return shapes


@dataclass(frozen=True, slots=True)
class ShareChart(Chart):
    """Part of a whole as a bar: ``count`` of ``of``; behind it, hollow, the ``unknown`` ones."""

    count: int
    of: int
    unknown: int = 0

    size = 190, 10

    @property
    def words(self) -> str:
        """The count, and how many are not known."""
        title = _("{count} of {all}", count=self.count, all=self.of)
        return f"{title}. " + _("Not known: {count}.", count=self.unknown) if self.unknown else title

    def shapes(self, theme: Theme) -> str:
        """Return a frame, the part, and the unknown part."""
        width = self.size[0]
        unit = (width - 1) / self.of if self.of else 0
        shapes = box(0.5, 0.5, width - 1, 9, f'fill="{theme.paper}" stroke="{theme.line}"')
        if self.count:
            shapes += box(0.5, 0.5, self.count * unit, 9, f'fill="{theme.accent}"')
        if self.unknown:
            hollow = f'fill="{theme.tint}" stroke="{theme.accent}"'
            shapes += box(0.5 + self.count * unit, 0.5, self.unknown * unit, 9, hollow)
        return shapes
