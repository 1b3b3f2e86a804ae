"""What our workbooks share: how high a row is, and the paper it is printed on."""

from collections.abc import Iterable
from math import ceil

from readiness.report.model import Report
from readiness.theme.theme import Theme

LINE_HEIGHT, _HIGHEST = 13.5, 409.0
"""Points: a line's height, and the most that Excel lets a row have."""


def paper(theme: Theme) -> int:
    """Return the number by which a workbook knows the theme's paper."""
    return 1 if theme.page == "Letter" else 9


def foot(report: Report, theme: Theme, right: str) -> str:
    """Return what stands at the foot of each printed page, in the words of a workbook: ``&P`` is the page.

    Whose it is and when, the theme's own line below it, and ``right`` on the other side.
    """
    left = f"{_fitting(report.team, 80)}, {_fitting(report.date_text, 30)}"
    second = f"\n{_fitting(theme.footer, 90)}" if theme.footer else ""
    return f"&L{left}{second}&R{right}"


def _fitting(text: str, longest: int) -> str:
    """Return text as a workbook's foot takes it, cut to so many characters: 255 is the most that all of it may have."""
    while len(text.replace("&", "&&")) > longest:
        text = text[:-1]
    return text.replace("&", "&&")


def row_height(cells: Iterable[tuple[str, float]]) -> float:
    """Return how high a row is, in points, that holds each text in a column of its width in characters.

    LibreOffice does not fit the height of a row to wrapped text when it opens a workbook, so it is set.
    """
    return min(LINE_HEIGHT * max(lines_of(text, width) for text, width in cells) + 4, _HIGHEST)


def lines_of(text: str, width: float) -> int:
    """Return about how many lines ``text`` takes in a column ``width`` characters wide."""
    return sum(ceil((len(line) + 1) / (width * 0.95)) for line in text.split("\n"))
