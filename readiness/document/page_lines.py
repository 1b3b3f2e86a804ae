"""Lines of text and cells of tables as HTML: what stands inside the blocks of a page."""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import assert_never

from markupsafe import Markup

from readiness.document.chart import Chart
from readiness.document.spans import STATUS_LOOKS, Line, Look, Span, Spans, parts_of
from readiness.document.tables import Cell, CellLine, Folded, Lines, Shaded, ToFillIn
from readiness.document.templates import breakable
from readiness.text import safe
from readiness.theme.theme import Theme

_SHAPES: Mapping[Look | None, str] = {
    None: "{}",
    Look.STRONG: "<strong>{}</strong>",
    Look.QUIET: '<span class="light">{}</span>',
    Look.SAID: '<span class="said" dir="auto">{}</span>',
    Look.KEY: '<span class="key">{}</span>',
    **{look: f'<span class="status {look}">{{}}</span>' for look in STATUS_LOOKS},
}
_ALLOWED = re.compile(r"(?:https?://|mailto:|#)\S+", re.IGNORECASE)
"""Addresses that a page may lead to: the web, an e-mail address, or an anchor of its own."""
_OPEN = re.compile(r"(.*\d) ?\?", re.DOTALL)
"""Number that could be another."""


def line_html(line: Line) -> Markup:
    """Return a line as HTML, with all that people wrote escaped."""
    return _html(_line(line))


def chart_html(chart: Chart, theme: Theme) -> Markup:
    """Return the picture of a chart. It holds numbers and fixed words, and its title is escaped."""
    return _html(chart.svg(theme))


def cell_html(cell: Cell, theme: Theme, *, screen: bool) -> Markup:
    """Return what a cell holds, its lines one below the other.

    On a screen, more can be opened. Paper has all of it, and lines to write on.
    """
    if isinstance(cell, str):  # as most cells are
        return _html(_escaped(safe(cell)))
    if isinstance(cell, Shaded):
        return _html(_shaded(safe(cell.text)))
    return _html("".join(_cell(cell.lines if isinstance(cell, Lines) else (cell,), theme, screen=screen)))


def _html(made: str) -> Markup:
    """Return as HTML what was put together here, as plain text is quicker to work with."""
    return Markup(made)  # noqa: S704 — each part of it was escaped


def _escaped(text: str) -> str:
    return escape(breakable(text))


def _line(line: Line) -> str:
    return " ".join([_stretch(part) for part in parts_of(line)])


def _stretch(part: Span) -> str:
    text, link = _escaped(part.text), safe(part.link) if part.link else ""
    if _ALLOWED.fullmatch(link):
        # A class instead of an element of its own: a link holds words only, so that its language can be said on it.
        style = f' class="{_link_class(part.look)}"' if part.look else ""
        return f'<a href="{escape(link)}"{style}>{text}</a>'
    return _SHAPES[part.look].format(text)


def _link_class(look: Look) -> str:
    return f"status {look}" if look in STATUS_LOOKS else "light" if look is Look.QUIET else look.value


def _shaded(text: str) -> str:
    found = _OPEN.fullmatch(text)
    return f'{found[1]}<span class="open-mark">?</span>' if found else _escaped(text)


def _cell(lines: Iterable[CellLine], theme: Theme, *, screen: bool) -> Iterator[str]:
    """Yield the lines of a cell that say something, and what stands between them."""
    before: CellLine | None = None
    for line in lines:
        html = _cell_line(line, theme, screen=screen)
        if not html:
            continue
        if before is not None:
            # Words stand beside the chart before them; what folds or is filled in takes lines of its own.
            apart = isinstance(before, Chart) or any(_is_apart(each, screen=screen) for each in (before, line))
            yield " " if apart else "<br/>"
        yield html
        before = line


def _is_apart(line: CellLine, *, screen: bool) -> bool:
    """Return whether a line is an element that no words stand beside."""
    return isinstance(line, ToFillIn) or (screen and isinstance(line, Folded) and any(map(parts_of, line.more)))


def _cell_line(line: CellLine, theme: Theme, *, screen: bool) -> str:
    match line:
        case Chart():
            return line.svg(theme)
        case ToFillIn(labels, missing):
            blank = [f'<span class="blank">{escape(safe(missing))}</span>'] if screen and missing else []
            return " ".join([*(f'<span class="fill">{escape(safe(label))}</span>' for label in labels), *blank])
        case Folded(line=first, more=more):
            rest = "<br/>".join([html for each in more if (html := _line(each))])
            if screen and rest:
                return f"<details><summary>{_line(first)}</summary>{rest}</details>"
            return "<br/>".join([html for html in (_line(first), rest) if html])
        case str() | Span() | Spans():
            return _line(line)
        case _:
            assert_never(line)
