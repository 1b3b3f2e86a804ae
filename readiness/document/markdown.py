"""Documents as Markdown: to paste into a mail or a wiki, or to keep under version control."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from readiness.document.blocks import Card, Cards, Document, Heading, Hint, Paragraph, Points, ResultCard, Tone
from readiness.document.flat import FlatBlock, flat, heading_text, naming_column, words_of
from readiness.document.spans import STATUS_LOOKS, Line, Look, Span, Spans, parts_of, text_of
from readiness.document.tables import Cell, Column, Table
from readiness.text import ended
from readiness.theme.theme import Theme

_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~{}&]|^[-+=](?=[-+=]*(?:\s|$))")
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>\\\x00-\x1f]+")
"""Address that can stand between angle brackets as it is."""
_WORDY = 150
"""Characters in an average row, from which on a table becomes a list."""


def document_markdown(document: Document, theme: Theme) -> bytes:
    """Return the document as Markdown, UTF-8. The same document gives the same bytes.

    Hints, contents, charts and lines to write on are left out.
    """
    title = _inline(Spans([document.kicker, document.title]))
    whose = _sentences([". ".join(filter(None, (theme.name, theme.contact))), theme.footer])
    blocks = (f"# {title}" if title else "", *map(_inline, document.lines), whose, *_blocks(document))
    return ("\n\n".join(filter(None, blocks)) + "\n").encode()


def escaped(text: str) -> str:
    """Return text so that Markdown shows it as it is."""
    return _NUMBERED.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", text))


def _blocks(document: Document) -> Iterator[str]:
    for block in flat(document.blocks):
        yield from _block(block)


def _block(block: FlatBlock) -> Iterator[str]:
    match block:
        case Heading(level=level):
            yield f"{'#' * level} {_inline(heading_text(block))}"
        case Paragraph(line, tone):
            yield f"**{escaped(text)}**" if tone is Tone.ALERT and (text := text_of(line)) else _inline(line)
        case Points(items, numbered):
            marks = (f"{at}." if numbered else "-" for at, _item in enumerate(items, start=1))
            yield "\n".join(
                f"{mark} {text}" for mark, item in zip(marks, items, strict=True) if (text := _inline(item))
            )
        case Cards(cards):
            yield "\n".join(map(_card, cards))
        case ResultCard():
            yield from _result(block)
        case Table():
            if block.caption:
                yield _inline(block.caption)
            yield _table(block)
        case Hint():
            return
        case str() | Span() | Spans():
            yield _inline(block)
        case _:
            assert_never(block)


def _inline(line: Line) -> str:
    return " ".join(map(_span, parts_of(line)))


def _span(span: Span) -> str:
    text = escaped(span.text)
    if span.link is not None:
        text = _link(span.text, span.link)
    match span.look:
        case Look.STRONG:
            return f"**{text}**"
        case Look.KEY:
            return f"({text})"
        case Look.DOING | Look.STUCK | Look.DONE | Look.LATE | Look.DROPPED:
            return f"**{escaped(ended(span.text))}**"
        case Look.QUIET | Look.SAID | None:
            return text
        case _:
            assert_never(span.look)


def _link(text: str, address: str) -> str:
    """Return the address, after the text unless that is the same; bare if that can be followed."""
    if not _ADDRESS.fullmatch(address):
        return escaped(text)
    shown = address if escaped(address) == address else f"<{address}>"
    return shown if text == address else f"{escaped(text)} <{address}>"


def _sentence(line: Line) -> str:
    """Return a line with a stop after it, unless it has one."""
    text = text_of(line)
    told = _inline(line)
    tagged = bool(parts := parts_of(line)) and parts[-1].look in STATUS_LOOKS
    return f"{told}." if text and ended(text) != text and not tagged else told


def _sentences(lines: Iterable[Line]) -> str:
    return " ".join(filter(None, map(_sentence, lines)))


def _result(card: ResultCard) -> Iterator[str]:
    if card.title:
        yield f"## {_inline(card.title)}"
    label = card.label
    if card.number is not None:
        label = f"{label}: {card.number} {card.unit}".rstrip()
    if card.range:
        label = f"{label} ({card.range})"
    yield _inline(Spans([Span(ended(label), Look.STRONG), card.meaning]))
    yield from map(_inline, card.notes)


def _card(card: Card) -> str:
    mark = _inline(card.mark) + card.lead.removeprefix(card.mark)
    parts = (f"- **{mark}{_inline(card.title)}**", _sentences(card.lines), _inline(Spans(card.tags)))
    return " ".join(filter(None, parts))


def _table(table: Table) -> str:
    if not table.heads:
        return "\n".join(map(_fact, table.rows))
    if table.done is not None:
        items = zip(table.rows, table.done, strict=True)
        return "\n\n".join(_to_do(table.columns, row, "[x] " if done else "[ ] ") for row, done in items)
    if _is_wordy(table):
        entries = [_entry(table.columns, row) for row in table.rows]
        return ("\n\n" if any("\n" in entry for entry in entries) else "\n").join(entries)
    heads = [_inline(one.heading) for one in table.columns]
    sides = ["---:" if one.numbers or one.label else "---" for one in table.columns]
    cells = ([*map(_cell, table.columns, row)] for row in table.rows)
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, sides, *cells))


def _is_wordy(table: Table) -> bool:
    """Return whether rows are so long that nobody can read the table as text."""
    long = sum(len(text_of(line)) for row in table.rows for cell in row for line in _told(cell))
    return long > _WORDY * len(table.rows)


def _cell(column: Column, cell: Cell) -> str:
    told = _told(cell)
    return "<br>".join(escaped(text_of(line)) if column.numbers else _inline(line) for line in told)


def _told(cell: Cell) -> list[Line]:
    """Return the lines of a cell that Markdown tells: neither charts nor lines to write on."""
    return words_of(cell, blanks=False)


def _fact(row: Sequence[Cell]) -> str:
    """Return a row without headings: its first cell names the second; more than two are set apart."""
    texts = [text for cell in row if (text := " ".join(map(_inline, _told(cell))))]
    return f"- {(' ' if len(row) <= _PAIR else '; ').join(texts)}"


_PAIR = 2


def _to_do(columns: Sequence[Column], row: Sequence[Cell], box: str) -> str:
    """Return a row as a thing to do: its name, the rest on a line below, words as quotes."""
    named, rest, below = _in_words(columns, row)
    return "\n".join([f"- {box}{named}", *([f"  {rest}"] if rest else [])]) + below


def _entry(columns: Sequence[Column], row: Sequence[Cell]) -> str:
    """Return a row as an entry of a list, with people's words as quotes."""
    named, rest, below = _in_words(columns, row, stop=True)
    return f"- {f'{named} {rest}'.strip()}{below}"


def _in_words(columns: Sequence[Column], row: Sequence[Cell], *, stop: bool = False) -> tuple[str, str, str]:
    """Return what a row is called, its other columns after their headings, and what stands below them.

    That is people's words as quotes, and what follows them in their cells. ``stop``: what it is called ends in a stop.
    """
    cells = [(column, _told(cell)) for column, cell in zip(columns, row, strict=True)]
    labels = [text_of(line) for column, told in cells if column.label for line in told]
    rest: list[str] = []
    quoted: list[str] = []
    last: list[Line] = []
    named, naming = "", naming_column(columns)
    for at, (column, told) in enumerate(cells):
        first = next((place for place, line in enumerate(told) if _is_said(line)), len(told))
        lines = told[:first]
        quoted += [_inline(text_of(line)) for line in told[first:] if _is_said(line)]
        last += [line for line in told[first:] if not _is_said(line)]
        if at == naming:
            named = _name(labels, lines, stop=stop)
        elif lines and not column.label:
            plain = map(text_of, lines) if column.numbers else lines
            rest.append(f"{_inline(column.heading)}: {_sentences(plain)}")
    quotes = "\n  >".join(f"\n  > {text}" for text in quoted)
    return named, " ".join(rest), f"{quotes}\n\n  {_sentences(last)}" if last else quotes


def _is_said(line: Line) -> bool:
    return all(part.look is Look.SAID for part in parts_of(line))


def _name(labels: Sequence[str], lines: Sequence[Line], *, stop: bool) -> str:
    """Return the lines of a naming cell in one; its numbers and first words stand out."""
    first, *more = lines or [""]
    words, *others = parts_of(first) or (Span(""),)
    title = ended(words.text) if stop else words.text
    bold = ". ".join(filter(None, (*map(escaped, labels), escaped(title))))
    return " ".join(filter(None, (f"**{bold}**" if bold else "", _inline(Spans(others)), _sentences(more))))
