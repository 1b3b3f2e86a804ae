"""Chart as every writer knows it, and the shapes of SVG that charts are drawn with."""

from abc import ABC, abstractmethod
from html import escape

from readiness.theme.theme import Theme


class Chart(ABC):
    """Chart with its size in points, and what it shows in words."""

    __slots__ = ()

    @property
    @abstractmethod
    def words(self) -> str:
        """What it shows, for those who do not see it."""

    @property
    @abstractmethod
    def size(self) -> tuple[float, float]:
        """Width and height in points."""

    @abstractmethod
    def shapes(self, theme: Theme) -> str:
        """Return the shapes of the picture, as elements of SVG."""

    def svg(self, theme: Theme) -> str:
        """Return the picture, with its words as its title."""
        width, height = self.size
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
            f'height="{height:g}" role="img"><title>{escape(self.words)}</title>{self.shapes(theme)}</svg>'
        )


def box(x: float, y: float, width: float, height: float, style: str) -> str:
    """Return a rectangle; ``style`` holds its attributes."""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" {style}/>'


def path(points: str, style: str) -> str:
    """Return a line or a shape through ``points``, in the words of SVG."""
    return f'<path d="{points}" {style}/>'


def disc(x: float, y: float, radius: float, style: str) -> str:
    """Return a disc around a point."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" {style}/>'


def thin(colour: str, width: float = 1) -> str:
    """Return the style of a line, as attributes."""
    return f'fill="none" stroke="{colour}" stroke-width="{width:g}"'


def whisker(low: float, high: float, middle: float, half: float, colour: str) -> str:
    """Return a line from ``low`` to ``high`` with a stop at each end."""
    top, bottom = middle - half, middle + half
    points = f"M{low:g} {top:g}V{bottom:g}M{low:g} {middle:g}H{high:g}M{high:g} {top:g}V{bottom:g}"
    return path(points, thin(colour, 1.4))
