"""The same report set by ReportLab: the same text and tables, to see what a library that draws as told takes for it.

ReportLab is no part of the project: ``pip install reportlab`` brings it, and without it the benchmark is left out.
"""

import importlib
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from io import BytesIO
from typing import Any

from readiness.report.model import DomainView, Report

_MM = 72 / 25.4
_WIDTH = 176 * _MM


def reportlab_pdf(report: Report) -> bytes:
    """Return the report as a PDF: each part and table of ours, with bars, but without links and tags."""
    out = BytesIO()
    platypus = importlib.import_module("reportlab.platypus")
    page = platypus.SimpleDocTemplate(out, pagesize=(210 * _MM, 297 * _MM), leftMargin=17 * _MM, rightMargin=17 * _MM)
    page.build([*_Setter(platypus).blocks(report)])
    return out.getvalue()


class _Setter:
    """Sets the parts of a report as ReportLab's blocks."""

    def __init__(self, platypus: Any) -> None:
        self._platypus = platypus
        self._styles = importlib.import_module("reportlab.lib.styles").getSampleStyleSheet()
        self._shapes = importlib.import_module("reportlab.graphics.shapes")

    def blocks(self, report: Report) -> Iterator[Any]:
        yield self._text(report.team, "Title")
        yield self._text(f"{report.date_text}. {report.answered_by}")
        if report.band:
            yield self._text(f"{report.band.label} {report.overall.text} {report.band.meaning}")
        parts = ((one.title, one.overall.score, one.overall.text, one.overall.range_text) for one in report.domains)
        yield self._table((34, 33, 9, 24), ("Part", "From 0 to 100", "Score", "Could be"), parts)
        yield from map(self._text, report.explanation)
        yield from (self._text(f"{action.title} {action.owner}") for action in report.start)
        yield self._heading("What helps, and what gets in the way")
        for forces in (report.helps, report.hinders):
            rows = ((one.label, (one.share or 0) * 100, f"{one.step} of {one.steps}") for one in forces)
            yield self._table((56, 30, 14), ("What", "In place", "Step"), rows)
        for domain in report.domains:
            yield from self._domain(domain)
        yield self._heading("The action plan")
        for horizon in report.horizons:
            yield self._text(f"{horizon.title} {horizon.when}", "Heading2")
            actions = (
                (one.number, f"{one.title} {one.detail} {one.facts}", one.sign, one.owner) for one in horizon.actions
            )
            yield self._table((6, 45, 27, 22), ("No.", "What to do", "How you will know", "Who and when"), actions)
        yield self._heading("What we do not know")
        asked = ((one.question, one.who_knows or "") for one in report.open)
        yield self._table((50, 50), ("Question", "Whom to ask"), asked)
        yield self._heading("All answers")
        for domain in report.domains:
            yield self._text(domain.title, "Heading2")
            answers = (
                (one.number, one.question, " ".join((one.answer, *one.note, *one.evidence))) for one in domain.answers
            )
            yield self._table((6, 34, 60), ("No.", "Question", "Answer"), answers)
        yield self._heading("How the score works, and what it does not claim")
        yield from map(self._text, (*report.sentences.score, report.sentences.bands, report.sentences.claim))
        yield from (self._text(source.citation) for source in report.sources)

    def _domain(self, domain: DomainView) -> Iterator[Any]:
        yield self._heading(domain.title)
        yield self._text(domain.about)
        yield self._bar(domain.overall.score, _WIDTH)
        yield self._text(domain.answered)
        yield from (self._text(f"{one.label} {one.answer}") for one in domain.strong)
        missing = ((one.label, one.answer, one.next or "") for one in domain.missing)
        yield self._table((26, 37, 37), ("What", "Today", "The next step up"), missing)
        actions = ((one.number, one.title, one.owner, one.horizon) for one in domain.actions)
        yield self._table((6, 59, 26, 9), ("No.", "In the action plan", "Owner", "When"), actions)
        yield from (self._text(one.statement) for one in domain.why)

    def _heading(self, words: str) -> Any:
        return self._platypus.KeepTogether([self._platypus.PageBreak(), self._text(words, "Heading1")])

    def _text(self, words: str, style: str = "BodyText") -> Any:
        return self._platypus.Paragraph(escape(words), self._styles[style])

    def _table(self, shares: Sequence[int], heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Any:
        widths = [share * _WIDTH / 100 for share in shares]
        cells = [[self._cell(cell, width) for cell, width in zip(row, widths, strict=True)] for row in (heads, *rows)]
        look = [("LINEBELOW", (0, 0), (-1, -1), 0.5, "#888888"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        return self._platypus.Table(cells, widths, repeatRows=1, style=look)

    def _cell(self, cell: object, width: float) -> Any:
        return self._bar(cell, width - 12) if isinstance(cell, float) else self._text("" if cell is None else str(cell))

    def _bar(self, score: float | None, width: float) -> Any:
        drawing = self._shapes.Drawing(width, 3 * _MM)
        drawing.add(self._shapes.Rect(0, 0, width, 3 * _MM, fillColor=None))
        drawing.add(self._shapes.Rect(0, 0, width * (score or 0) / 100, 3 * _MM))
        return drawing
