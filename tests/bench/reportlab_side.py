"""The same report set by ReportLab, which makes no tags: the same text, tables and bars, without links and contents.

ReportLab is no part of the project: ``pip install reportlab`` brings it, and without it the benchmark is left out.
"""

import importlib
from collections.abc import Iterable, Sequence
from html import escape
from io import BytesIO
from typing import Any

from readiness.report.model import Report
from tests.bench.same_blocks import Bar, Part, Rows, Title, parts_of_report

_MM = 72 / 25.4
_MARGIN = 17 * _MM
_WIDTH = 174 * _MM
_PADDING = 3


def reportlab_pdf(report: Report) -> bytes:
    """Return the report as a PDF without tags."""
    out = BytesIO()
    platypus = importlib.import_module("reportlab.platypus")
    size = (210 * _MM, 297 * _MM)
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), _MARGIN)
    setter = _Setter(platypus)
    platypus.SimpleDocTemplate(out, pagesize=size, **margins).build([*map(setter.part, parts_of_report(report))])
    return out.getvalue()


class _Setter:
    """Sets the parts of a report as ReportLab's blocks."""

    def __init__(self, platypus: Any) -> None:
        self._platypus = platypus
        self._shapes = importlib.import_module("reportlab.graphics.shapes")
        styles = importlib.import_module("reportlab.lib.styles").getSampleStyleSheet()
        self._styles = [styles[name] for name in ("BodyText", "Title", "Heading1", "Heading3")]
        self._styles[0].fontSize, self._styles[0].leading = 9, 11

    def part(self, part: Part, width: float = _WIDTH) -> Any:
        match part:
            case Title(text, level):
                return self._platypus.Paragraph(escape(text), self._styles[min(level, 3)])
            case Rows(shares, heads, rows):
                return self._table(shares, heads, rows)
            case Bar(share):
                return self._bar(share, width)
            case _:
                return self._platypus.Paragraph(escape(part), self._styles[0])

    def _table(
        self, shares: Sequence[float], heads: Iterable[str], rows: Iterable[Sequence[Iterable[str | Bar]]]
    ) -> Any:
        widths = [share * _WIDTH / sum(shares) for share in shares]
        cells = [
            [[self.part(line, width - 2 * _PADDING) for line in cell] for cell, width in zip(row, widths, strict=True)]
            for row in ([[head] for head in heads], *rows)
        ]
        look = [
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, "#888888"),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
            ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
        ]
        return self._platypus.Table(cells, widths, repeatRows=1, style=look)

    def _bar(self, share: float, width: float) -> Any:
        drawing = self._shapes.Drawing(width, 3 * _MM)
        drawing.add(self._shapes.Rect(0, 0, width, 3 * _MM, fillColor=None))
        drawing.add(self._shapes.Rect(0, 0, width * share, 3 * _MM))
        return drawing
