"""Blocks of our report one below the other: each typesetter that it is measured against sets the same."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, assert_never

from readiness.document.blocks import (
    Block,
    Callout,
    Cards,
    Contents,
    Fold,
    Heading,
    Hint,
    Paragraph,
    Points,
    ResultCard,
    Section,
    SideBySide,
)
from readiness.document.chart import Chart
from readiness.document.charts import BarChart, ScaleChart
from readiness.document.spans import Line, Span, Spans, text_of
from readiness.document.tables import Cell, Folded, Table, ToFillIn, lines_of
from readiness.report.model import Report
from readiness.report.report_document import report_document
from tests.themes import default_theme


class Title(NamedTuple):
    """A heading; the ``level`` of the document's own is 1."""

    text: str
    level: int


class Bar(NamedTuple):
    """A chart, drawn as a bar of which the ``share`` is filled."""

    share: float


class Rows(NamedTuple):
    """A table: the share of the width that each column has, its headings, and what stands in each cell."""

    shares: Sequence[float]
    heads: Sequence[str]
    rows: Sequence[Sequence[Sequence[str | Bar]]]


Part = Title | str | Bar | Rows
Single = Table | ResultCard | Points | Heading | Chart | Paragraph | Hint | Line


def parts_of_report(report: Report) -> Iterator[Part]:
    """Yield the parts of the printed report: its title, its lines and its blocks, with every text and chart."""
    document = report_document(report, default_theme())
    yield Title(document.title, 1)
    yield from map(text_of, document.lines)
    yield from _parts(document.blocks)


def _parts(blocks: Iterable[Block]) -> Iterator[Part]:
    for block in blocks:
        match block:
            case Section(title=title, blocks=within):
                yield Title(title, 2)  # also if ours does not show it: PDF/UA allows no level to be left out
                yield from _parts(within)
            case Contents() | Fold(printed=False):
                continue
            case Callout(title, within) | Fold(title, within):
                yield Title(title, 3)
                yield from _parts(within)
            case SideBySide(first, second):
                yield from _parts((*first, *second))
            case Cards(cards):
                for card in cards:
                    yield Title(f"{card.mark} {card.title}", 3)
                    yield from map(text_of, (*card.lines, *card.tags))
            case _:
                yield from _parts_of_one(block)


def _parts_of_one(block: Single) -> Iterator[Part]:
    match block:
        case Table(columns, rows):
            cells = [[[*_cell(cell)] for cell in row] for row in rows]
            yield Rows([column.share for column in columns], [column.heading for column in columns], cells)
        case ResultCard():
            yield Title(f"{block.label} {block.number or ''} {block.unit} {block.range}", 3)
            yield from (block.meaning, *block.notes)
            if block.scale:
                yield _bar(block.scale)
        case Points(items):
            yield from map(text_of, items)
        case Heading(text, level, beside):
            yield Title(f"{text} {beside}", level)
        case Chart():
            yield _bar(block)
        case Paragraph(line):
            yield text_of(line)
        case Hint(text):
            yield text
        case str() | Span() | Spans():
            yield text_of(block)
        case _:
            assert_never(block)


def _cell(cell: Cell) -> Iterator[str | Bar]:
    for line in lines_of(cell):
        match line:
            case Chart():
                yield _bar(line)
            case Folded(first, more):
                yield from map(text_of, (first, *more))
            case ToFillIn(labels, missing):
                yield from (missing, *labels)
            case _:
                yield text_of(line)


def _bar(chart: Chart) -> Bar:
    scored = chart.part.score if isinstance(chart, BarChart | ScaleChart) else 50
    return Bar((scored or 0) / 100)
