"""Blocks of a document as the plain values that the templates of a page get."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import assert_never

from markupsafe import Markup

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
from readiness.document.page_lines import chart_html, line_html
from readiness.document.page_table import table_values
from readiness.document.page_values import (
    BlockValues,
    CardValues,
    ContentsValues,
    DocumentValues,
    EntryValues,
    PartValues,
    ResultCardValues,
    SectionValues,
)
from readiness.document.spans import Line, Look, Span, Spans, parts_of
from readiness.document.tables import Table
from readiness.text import safe
from readiness.theme.theme import Theme

_LEVELS = range(2, 5)
_RUNNING = 80
"""Characters that fit at the foot of a page, beside its number."""


def _ended(kicker: str) -> str:
    """Return a kicker that a title can follow: after its own mark, such as "?", or a comma."""
    return f"{kicker}{', ' if kicker[-1:].isalnum() else ' '}"


def document_values(document: Document, theme: Theme, *, screen: bool) -> DocumentValues:
    """Return the document as the values of its page; ``screen``: for a web page, else for paper."""
    listed = (section for section in document.sections if section.listed)
    entries: list[EntryValues] = [{"name": safe(one.name), "title": safe(one.title)} for one in listed]
    within = _Within(theme, screen, entries)
    at = next((at for at, line in enumerate(document.lines) if _is_strong(line)), len(document.lines))
    return {
        "title": safe(document.title),
        "full_title": safe(f"{_ended(document.kicker)}{document.running}") if document.running else document.full_title,
        "kicker": safe(document.kicker),
        "lines": _lines(document.lines[:at]),
        "notes": _lines(document.lines[at:]),
        "about": safe(document.about),
        "running": running_line(document),
        "date": document.date.isoformat() if document.date else "",
        "author": safe(document.author or document.title),
        "nav": safe(document.nav) if entries else "",
        "entries": entries,
        "blocks": [*_grouped(document.blocks, within)],
    }


def _is_strong(line: Line) -> bool:
    """Return whether a line below the title is one that nobody should miss."""
    return next((part.look for part in parts_of(line)), None) is Look.STRONG


def _lines(lines: Iterable[Line]) -> list[Markup]:
    return [html for line in lines if (html := line_html(line))]


def running_line(document: Document) -> str:
    """Return the text at the foot of each page, cut before its last comma, which may lead a date."""
    running = document.full_title
    if len(running) <= _RUNNING:
        return running
    start, comma, end = running.rpartition(", ")
    end = f"{comma}{end}" if comma and len(end) < _RUNNING // 2 else ""
    return f"{(start if end else running)[: _RUNNING - len(end) - 1].rstrip()}…{end}"


def _grouped(blocks: Sequence[Block], within: "_Within") -> Iterator[SectionValues | PartValues]:
    """Yield the sections, and the blocks between them together."""
    for are_sections, group in groupby(blocks, lambda block: isinstance(block, Section)):
        if are_sections:
            yield from (within.section(block) for block in group if isinstance(block, Section))
        else:
            yield {"kind": "part", "blocks": within.blocks(group)}


@dataclass(frozen=True, slots=True)
class _Within:
    """Place that blocks stand in: a page with its sections, and which of them. ``level`` is that of headings there."""

    theme: Theme
    screen: bool
    entries: Sequence[EntryValues]
    name: str = ""
    level: int = 2

    def blocks(self, blocks: Iterable[Block]) -> list[BlockValues]:
        """Return the values of the blocks; a hint has none, nor has a table without rows."""
        return [values for block in blocks if (values := self._block(block))]

    def section(self, section: Section) -> SectionValues:
        """Return the values of a section."""
        inside = replace(self, name=section.name, level=3 if section.shown else 2)
        looks = {"new-page": section.new_page, "dense": section.dense}
        return {
            "kind": "section",
            "name": safe(section.name),
            "style": safe(section.style),
            "classes": " ".join((safe(section.style), *(name for name, has in looks.items() if has))),
            "title": safe(section.title),
            "shown": section.shown,
            "blocks": inside.blocks(section.blocks),
        }

    def _block(self, block: Block) -> BlockValues | None:
        match block:
            case str() | Span() | Spans() | Paragraph() | Heading() | Points():
                return _words(block)
            case Fold(printed=False) if not self.screen:
                return None
            case Callout() | SideBySide() | Fold() | Section():
                return self._holder(block)
            case Table() | Chart() | ResultCard() | Cards():
                return self._shown(block)
            case Contents(title):
                return self._contents(title)
            case Hint():
                return None
            case _:
                assert_never(block)

    def _shown(self, block: Table | Chart | ResultCard | Cards) -> BlockValues | None:
        match block:
            case Table():
                return table_values(block, self.theme, screen=self.screen) if block.rows else None
            case Chart():
                return {"kind": "chart", "html": chart_html(block, self.theme)}
            case ResultCard():
                return self._result(block)
            case Cards(cards):
                return {"kind": "cards", "cards": [*map(_card, cards)]}
            case _:
                assert_never(block)

    def _holder(self, block: Callout | SideBySide | Fold | Section) -> BlockValues:
        match block:
            case Callout(title, blocks):
                inside = replace(self, level=self.level + 1).blocks(blocks)
                return {"kind": "callout", "title": safe(title), "level": self.level, "blocks": inside}
            case SideBySide(first, second, share, name):
                return {
                    "kind": "side_by_side",
                    "name": name,
                    "share": round(100 * share, 2),
                    "first": self.blocks(first),
                    "second": self.blocks(second),
                }
            case Fold(title, blocks):
                return {"kind": "fold", "title": safe(title), "blocks": replace(self, level=4).blocks(blocks)}
            case Section():
                return self.section(block)
            case _:
                assert_never(block)

    def _contents(self, title: str) -> ContentsValues | None:
        entries = [entry for entry in self.entries if entry["name"] != self.name]
        if not entries:
            return None
        return {"kind": "contents", "title": safe(title), "level": self.level, "entries": entries}

    def _result(self, card: ResultCard) -> ResultCardValues:
        return {
            "kind": "result_card",
            "label": safe(card.label),
            "meaning": safe(card.meaning),
            "number": safe(card.number or ""),
            "unit": safe(card.unit),
            "range": safe(card.range),
            "scale": chart_html(card.scale, self.theme) if card.scale else Markup(),
            "marks": [{"text": safe(mark.text), "reached": mark.reached} for mark in card.marks],
            "notes": [*map(safe, card.notes)],
        }


def _words(block: Line | Paragraph | Heading | Points) -> BlockValues:
    match block:
        case str() | Span() | Spans():
            return {"kind": "paragraph", "html": line_html(block), "tone": Tone.PLAIN.value}
        case Paragraph(line, tone):
            return {"kind": "paragraph", "html": line_html(line), "tone": tone.value}
        case Heading(text, level, beside):
            level = min(max(level, _LEVELS[0]), _LEVELS[-1])
            return {"kind": "heading", "text": safe(text), "level": level, "beside": safe(beside)}
        case Points(items, numbered, name):
            return {"kind": "points", "points": _lines(items), "numbered": numbered, "name": name}
        case _:
            assert_never(block)


def _card(card: Card) -> CardValues:
    return {
        "mark": safe(card.mark),
        "title": safe(card.title),
        "lines": _lines(card.lines),
        "tags": _lines(card.tags),
    }
