"""Sets a document out as slides (PPTX), one for each section, with the words to say as notes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import assert_never

from readiness.document.blocks import (
    Block,
    Callout,
    Card,
    Cards,
    Contents,
    Document,
    Fold,
    Heading,
    Hint,
    Paragraph,
    Points,
    ResultCard,
    Section,
    SideBySide,
    Tone,
)
from readiness.document.chart import Chart
from readiness.document.office_file import Properties
from readiness.document.pptx_file import HIGH, SIDE, WIDE, Deck
from readiness.document.pptx_parts import (
    SlideChart,
    SlideColumns,
    SlideGrid,
    SlidePanel,
    SlidePart,
    SlideStack,
    SlideText,
    fitting_size,
)
from readiness.document.pptx_xml import ACCENT, MUTED, TINT, WARM, WARM_TINT, Area, SlideLine
from readiness.document.spans import Line, Span, Spans, parts_of, quiet, spans, strong, text_of
from readiness.document.tables import Cell, Folded, Table, ToFillIn, lines_of
from readiness.text import safe
from readiness.theme.theme import Theme

_ROOM = Area(SIDE, 96, WIDE - 2 * SIDE, HIGH - 96 - 38)
"""Place of a slide's content, between its title and its foot."""
_SIZES = tuple(half / 2 for half in range(48, 15, -1))
_LARGE_SIZES = tuple(half / 2 for half in range(60, 15, -1))
"""Points of text, from the size that is wished for to the least; those of large print."""
_HALF = 0.5
"""Share of the width of each of two columns that are alike."""
_TONES = {
    Tone.PLAIN: SlideLine(""),
    Tone.LEAD: SlideLine("", colour=MUTED),
    Tone.NOTE: SlideLine("", 0.75, colour=MUTED),
    Tone.ALERT: SlideLine("", bold=True, colour=WARM),
    Tone.MADE: SlideLine("", 0.65, colour=MUTED),
}
_WORDS = (str, Span, Spans, Paragraph, Heading, Points)


def document_pptx(document: Document, theme: Theme) -> bytes:
    """Return a document as a presentation (PPTX). The same document is the same bytes.

    Blocks between sections share a slide. Without a title of its own, a slide has the document's.
    """
    deck, writer = Deck(theme), _SlideWriter(theme)
    running = ". ".join(filter(None, (safe(document.running or document.title), theme.footer)))
    for section in _slides(document.blocks):
        slide = deck.slide()
        slide.begin(safe(section.title if section.shown else document.title), "" if section.shown else document.kicker)
        head = [] if section.shown else [writer.head(document)]
        content = SlideStack([*writer.parts(section.blocks), *head])
        size = fitting_size(content, _LARGE_SIZES if theme.large else _SIZES, _ROOM)
        content.draw(slide, size, _ROOM)
        slide.end(running, "\n".join(map(text_of, section.speech)))
    return deck.save(Properties.of(document, theme))


def _slides(blocks: Iterable[Block]) -> Iterator[Section]:
    for are_sections, group in groupby(blocks, lambda block: isinstance(block, Section)):
        if are_sections:
            yield from (block for block in group if isinstance(block, Section))
        else:
            yield Section("", "", [*group], shown=False)


class _SlideWriter:
    """Turns blocks into parts of a slide."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def head(self, document: Document) -> SlideText:
        """Return the lines below the document's title, in small print."""
        lines = [line for line in (*document.lines, self._theme.whose) if parts_of(line)]
        return SlideText([SlideLine(line, 0.7, colour=MUTED, before=0.15) for line in lines or [""]], self._theme)

    def parts(self, blocks: Iterable[Block]) -> list[SlidePart]:
        """Return the blocks as parts; words that follow one another share a box."""
        found: list[SlidePart] = []
        for are_words, group in groupby(blocks, lambda block: isinstance(block, _WORDS)):
            if are_words:
                lines = [line for block in group for line in self._lines(block)]
                found += [SlideText(lines, self._theme)] if lines else []
            else:
                found += [part for block in group if (part := self._part(block))]
        return found

    def _lines(self, block: Block) -> Iterator[SlideLine]:
        match block:
            case str() | Span() | Spans():
                if parts_of(block):
                    yield SlideLine(block)
            case Paragraph(line, tone):
                if parts_of(line):
                    yield _TONES[tone]._replace(line=line)
            case Heading(text, level, beside):
                line = spans(text, quiet(beside))
                yield SlideLine(line, 1.15 if level < 3 else 1.05, bold=True, colour=ACCENT, heading=True, before=0.4)  # noqa: PLR2004 — levels
            case Points(items, numbered):
                for number, item in enumerate(items, 1):
                    yield SlideLine(spans(f"{number}.", *parts_of(item))) if numbered else SlideLine(item, bullet="•")
            case _:  # the others are parts of their own
                return

    def _part(self, block: Block) -> SlidePart | None:
        """Return a block that is not of words alone as a part; None if a slide has nothing of it."""
        match block:
            case Table():
                return self._table(block) if block.rows else None
            case Chart():
                return SlideChart(block)
            case ResultCard():
                return self._result(block)
            case Callout() | SideBySide() | Fold() | Section() | Cards():
                return self._group(block)
            case Contents() | Hint():
                return None
            case str() | Span() | Spans() | Paragraph() | Heading() | Points():
                return self._stack([block])
            case _:
                assert_never(block)

    def _group(self, block: Callout | SideBySide | Fold | Section | Cards) -> SlidePart | None:
        match block:
            case Cards(cards):
                return SlideColumns([*map(self._card, cards)], [1] * len(cards)) if cards else None
            case SideBySide(first, second, share):
                stacks = [self._stack(first), self._stack(second)]
                return SlideColumns(_level(stacks) if share == _HALF else stacks, [share, 1 - share])
            case Callout(title, blocks):
                return SlidePanel(self._stack([strong(title), *blocks]), WARM_TINT, WARM)
            case Fold(title, blocks, printed):
                return self._stack([Heading(title), *blocks]) if printed else None
            case Section(title=title, blocks=blocks):
                return self._stack([Heading(title, 2), *blocks])
            case _:
                assert_never(block)

    def _stack(self, blocks: Iterable[Block]) -> SlideStack:
        return SlideStack(self.parts(blocks))

    def _card(self, card: Card) -> SlidePart:
        mark = [SlideLine(card.mark, 1.5, bold=True, colour=ACCENT)] if card.mark else []
        rest = [SlideLine(line, 0.85, colour=MUTED) for line in (*card.lines, *card.tags)]
        lines = [*mark, SlideLine(card.title, bold=True), *rest]
        return SlidePanel(SlideText(lines, self._theme, "Card"), TINT, ACCENT)

    def _result(self, card: ResultCard) -> SlidePart:
        words = [SlideLine(card.label, 1.7, bold=True, heading=True), SlideLine(card.meaning, 0.85)]
        words = [line for line in words if line.text]
        number = [SlideLine(card.number, 2.4, bold=True, colour=ACCENT, right=True)] if card.number else []
        number += [SlideLine(text, 0.8, colour=MUTED, right=True, before=0) for text in (card.unit, card.range) if text]
        top: SlidePart = SlideText(words, self._theme, "Result")
        if number:
            top = SlideColumns([top, SlideText(number, self._theme, "Score")], [70, 30])
        parts: list[SlidePart] = [top]
        if card.scale:
            parts.append(SlideChart(card.scale))
        small = [SlideLine(card.marks_line, 0.65)] if card.marks else []
        small += [SlideLine(note, 0.85, bold=True) for note in card.notes]
        if small:
            parts.append(SlideText(small, self._theme))
        return SlidePanel(SlideStack(parts), TINT, ACCENT)

    def _table(self, table: Table) -> SlideGrid:
        rows: list[Sequence[Sequence[SlideLine]]] = [
            [self._cell(cell, right=column.numbers) for cell, column in zip(row, table.columns, strict=True)]
            for row in table.rows
        ]
        if table.heads:
            heads = [[SlideLine(c.heading, 0.75, bold=True, colour=ACCENT, right=c.numbers)] for c in table.columns]
            rows = [heads, *rows]
        charts = [
            (at + table.heads, place, line)
            for at, row in enumerate(table.rows)
            for place, (cell, column) in enumerate(zip(row, table.columns, strict=True))
            for line in lines_of(cell)
            if column.drawn and isinstance(line, Chart)
        ]
        shares = [None if column.numbers or column.label else column.share for column in table.columns]
        named = bool(table.columns) and (table.columns[0].row_header or not table.heads)
        return SlideGrid(safe(table.caption), rows, shares, charts, self._theme, table.heads, named)

    def _cell(self, cell: Cell, *, right: bool) -> Sequence[SlideLine]:
        lines: list[Line] = []
        for line in lines_of(cell):
            match line:
                case Folded(line=first):
                    lines.append(first)
                case ToFillIn(missing=missing):
                    lines.append(quiet(missing))
                case str() | Span() | Spans():
                    lines.append(line)
                case Chart():
                    pass
                case _:
                    assert_never(line)
        return [SlideLine(line, 0.85, right=right, before=0.1) for line in lines if parts_of(line)]


def _level(stacks: Sequence[SlideStack]) -> list[SlideStack]:
    """Return the stacks, of one width, with rows of the same height in all grids with charts."""
    grids = [part for stack in stacks for part in stack.parts if isinstance(part, SlideGrid) and part.charts]
    return [
        SlideStack([replace(part, beside=grids) if isinstance(part, SlideGrid) else part for part in stack.parts])
        for stack in stacks
    ]
