"""Parts of a slide that know how much room they take: text, tables, charts, and boxes of parts."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

from readiness.document.chart import Chart
from readiness.document.pptx_file import SlideFile
from readiness.document.pptx_xml import CELL_EDGE, CELL_SIDE, LEADING, Area, SlideLine, SlideTable
from readiness.document.type_measure import OTHER_FONT, lines_needed, text_width
from readiness.theme.theme import Theme

GAP = 10.0
"""Points between two parts, one below or beside the other."""
_CHART = 1.02
"""Height of a chart in a row, as a multiple of the text's size."""
_TIGHT, _SPARE = 1.03, 1.2
"""How much wider than its text a cell is: to look even, and to hold it in another font as well."""
_PAD, _BAR = 10.0, 4.0
"""Points between a ground and what stands on it, and of the bar at its left."""


class SlidePart(ABC):
    """Part of a slide; ``size`` is that of the slide's text in points."""

    __slots__ = ()

    @abstractmethod
    def height(self, size: float, width: float) -> float:
        """Return the points that it takes, if it is so wide."""

    @abstractmethod
    def draw(self, slide: SlideFile, size: float, area: Area) -> None:
        """Put it on the slide."""


def _tall(lines: Sequence[SlideLine], theme: Theme, size: float, width: float) -> float:
    """Return the height of paragraphs one below the other."""
    tall = 0.0
    for at, line in enumerate(lines):
        own = size * line.scale
        family = theme.heading_font if line.heading else theme.font
        room = width / own - bool(line.bullet)
        tall += own * (
            LEADING * lines_needed(line.text, family, theme, room, bold=line.strong) + line.before * (at > 0)
        )
    return tall


@dataclass(frozen=True)
class SlideText(SlidePart):
    """Paragraphs in one box."""

    lines: Sequence[SlideLine]
    theme: Theme
    name: str = "Text"

    def height(self, size: float, width: float) -> float:
        """Return the points that its lines take."""
        return _tall(self.lines, self.theme, size, width / OTHER_FONT)

    def draw(self, slide: SlideFile, size: float, area: Area) -> None:
        """Put it on the slide; there is no gap above its first line."""
        first, *rest = self.lines
        slide.box(self.name, area, [line.xml(size) for line in (first._replace(before=0), *rest)])


@dataclass(frozen=True)
class SlideChart(SlidePart):
    """Chart across the slide, as a picture."""

    chart: Chart

    def height(self, size: float, width: float) -> float:
        """Return the points that it takes at most."""
        wide, high = self.chart.size
        return min(width / wide, size / 7) * high

    def draw(self, slide: SlideFile, size: float, area: Area) -> None:
        """Put it on the slide with its words as its alternative text."""
        slide.chart(self.chart, area._replace(height=self.height(size, area.width)), self.chart.words)


@dataclass(frozen=True)
class SlideGrid(SlidePart):
    """Table. ``shares`` are the widths of its columns against each other; None: as wide as its longest line.

    ``charts`` are by row and column: pictures on the table, beside what they repeat. ``beside`` are grids of the same
    width next to it, whose rows its own are as high as.
    """

    caption: str
    rows: Sequence[Sequence[Sequence[SlideLine]]]
    shares: Sequence[float | None]
    charts: Sequence[tuple[int, int, Chart]]
    theme: Theme
    heads: bool
    named: bool
    beside: Sequence["SlideGrid"] = ()

    def _widths(self, size: float, width: float) -> list[float]:
        fixed = [0 if share else self._natural(at, size) for at, share in enumerate(self.shares)]
        room = max(width - sum(fixed), width / 2) / sum(share or 0 for share in self.shares)
        return [share * room if share else own for share, own in zip(self.shares, fixed, strict=True)]

    def _natural(self, column: int, size: float) -> float:
        """Return the width of the longest line of a column."""
        lines = [line for row in self.rows for line in row[column]]
        font, theme = self.theme.font, self.theme
        return CELL_SIDE + 1.02 * _SPARE * max(
            (size * line.scale * text_width(line.text, font, theme, bold=line.strong) for line in lines), default=0
        )

    def _heights(self, size: float, width: float, spare: float) -> list[float]:
        """Return the heights of the rows; ``spare``: how much wider than its text a cell is."""
        widths = [(wide - CELL_SIDE) / spare for wide in self._widths(size, width)]
        return [
            2 * CELL_EDGE
            + max(
                _CHART * size,
                *(_tall(cell, self.theme, size, wide) for cell, wide in zip(row, widths, strict=True)),
            )
            for row in self.rows
        ]

    def _shown(self, size: float, width: float) -> list[float]:
        """Return the heights that rows are given; if one with a chart grew, it would leave its chart behind."""
        if not self.charts:
            return self._heights(size, width, _TIGHT)
        heights, first = self._heights(size, width, _SPARE), int(self.heads)
        tallest = max(each.tallest_row(size, width) for each in (self, *self.beside))
        return [*heights[:first], *([tallest] * len(heights[first:]))]

    def tallest_row(self, size: float, width: float) -> float:
        """Return the height of the tallest row below the heads."""
        return max(self._heights(size, width, _SPARE)[int(self.heads) :], default=0)

    def height(self, size: float, width: float) -> float:
        """Return the points that its rows take, in another font too."""
        return max(sum(self._heights(size, width, _SPARE)), sum(self._shown(size, width)))

    def draw(self, slide: SlideFile, size: float, area: Area) -> None:
        """Put it on the slide, and then its charts."""
        widths, heights = self._widths(size, area.width), self._shown(size, area.width)
        rows = [["".join(line.xml(size) for line in _without_gap(cell)) for cell in row] for row in self.rows]
        table = SlideTable(self.caption, rows, widths, heights, self.heads, self.named)
        slide.table(table, area._replace(height=sum(heights)))
        for row, column, chart in self.charts:
            left = area.left + sum(widths[:column])
            top = area.top + sum(heights[:row]) + CELL_EDGE
            place = Area(left, top, widths[column] - CELL_SIDE, _CHART * size)  # beside the first line
            slide.chart(chart, place, "")


def _without_gap(cell: Sequence[SlideLine]) -> list[SlideLine]:
    return [line._replace(before=line.before * (at > 0)) for at, line in enumerate(cell)]


@dataclass(frozen=True)
class SlideStack(SlidePart):
    """Parts one below the other."""

    parts: Sequence[SlidePart]

    def height(self, size: float, width: float) -> float:
        """Return the points of all, with the gaps between them."""
        return sum(part.height(size, width) for part in self.parts) + GAP * max(len(self.parts) - 1, 0)

    def draw(self, slide: SlideFile, size: float, area: Area) -> None:
        """Put them on the slide in order."""
        top = area.top
        for part in self.parts:
            tall = part.height(size, area.width)
            part.draw(slide, size, area._replace(top=top, height=tall))
            top += tall + GAP


@dataclass(frozen=True)
class SlideColumns(SlidePart):
    """Parts side by side; ``shares`` are their widths against each other."""

    parts: Sequence[SlidePart]
    shares: Sequence[float]

    def _widths(self, width: float) -> list[float]:
        room = width - 2 * GAP * (len(self.parts) - 1)
        return [room * share / sum(self.shares) for share in self.shares]

    def height(self, size: float, width: float) -> float:
        """Return the points of the tallest."""
        return max(part.height(size, wide) for part, wide in zip(self.parts, self._widths(width), strict=True))

    def draw(self, slide: SlideFile, size: float, area: Area) -> None:
        """Put them on the slide, from left to right."""
        left = area.left
        for part, wide in zip(self.parts, self._widths(area.width), strict=True):
            part.draw(slide, size, area._replace(left=left, width=wide))
            left += wide + 2 * GAP


@dataclass(frozen=True)
class SlidePanel(SlidePart):
    """Part on a ground, with a bar at its left."""

    part: SlidePart
    ground: str
    bar: str

    def height(self, size: float, width: float) -> float:
        """Return the points of what stands on it, and around that."""
        return self.part.height(size, width - 2 * _PAD - _BAR) + 2 * _PAD

    def draw(self, slide: SlideFile, size: float, area: Area) -> None:
        """Put the ground on the slide, and the part on it."""
        slide.box("Ground", area, (), self.ground)
        slide.box("Bar", area._replace(width=_BAR), (), self.bar)
        inside = Area(area.left + _BAR + _PAD, area.top + _PAD, area.width - 2 * _PAD - _BAR, area.height - 2 * _PAD)
        self.part.draw(slide, size, inside)


def fitting_size(part: SlidePart, sizes: Sequence[float], room: Area) -> float:
    """Return the largest of the sizes, which fall, at which the part fits; the smallest if none does."""
    return next((size for size in sizes if part.height(size, room.width) <= room.height), sizes[-1])
