"""Lines of text and cells of tables as HTML: what stands inside the blocks of a page."""

import re
from collections.abc import Mapping
from typing import assert_never

from markupsafe import Markup, escape

from readiness.document.blocks import (
    STATUS_LOOKS,
    Cell,
    CellLine,
    Folded,
    Line,
    Look,
    Shaded,
    Span,
    Spans,
    ToFillIn,
    lines_of,
    parts_of,
)
from readiness.document.charts import Chart
from readiness.document.templates import breakable
from readiness.text import safe
from readiness.theme.theme import Theme

_SHAPES: Mapping[Look, Markup] = {
    Look.STRONG: Markup("<strong>%s</strong>"),
    Look.QUIET: Markup('<span class="light">%s</span>'),
    Look.SAID: Markup('<span class="said" dir="auto">%s</span>'),
    Look.KEY: Markup('<span class="key">%s</span>'),
    **{look: Markup('<span class="status %s">%%s</span>') % look.value for look in STATUS_LOOKS},
}
_LINK = Markup('<a href="%s"%s>%s</a>')
_LINK_CLASS = Markup(' class="%s"')
_ALLOWED = re.compile(r"(?:https?://|mailto:|#)\S+", re.IGNORECASE)
"""Addresses that a page may lead to: the web, an e-mail address, or an anchor of its own."""
_BREAK = Markup("<br/>")
_FILL = Markup('<span class="fill">%s</span>')
_BLANK = Markup('<span class="blank">%s</span>')
_DETAILS = Markup("<details><summary>%s</summary>%s</details>")
_OPEN = re.compile(r"(.*\d) ?\?", re.DOTALL)
_OPEN_MARK = Markup('%s<span class="open-mark">?</span>')


def line_html(line: Line) -> Markup:
    """Return a line as HTML, with all that people wrote escaped."""
    return Markup(" ").join(map(_stretch, parts_of(line)))


def _stretch(part: Span) -> Markup:
    text = breakable(part.text)
    link = safe(part.link or "")
    if _ALLOWED.fullmatch(link):
        # A class instead of an element of its own: a link holds words only, so that its language can be said on it.
        return _LINK % (link, _LINK_CLASS % _link_class(part.look) if part.look else "", text)
    return _SHAPES[part.look] % text if part.look else escape(text)


def _link_class(look: Look) -> str:
    return f"status {look}" if look in STATUS_LOOKS else "light" if look is Look.QUIET else look.value


def chart_html(chart: Chart, theme: Theme) -> Markup:
    """Return the picture of a chart. It holds numbers and fixed words, and its title is escaped."""
    return Markup(chart.svg(theme))  # noqa: S704 — we drew it


def cell_html(cell: Cell, theme: Theme, *, screen: bool) -> Markup:
    """Return what a cell holds, its lines one below the other.

    On a screen, more can be opened, and a blank is told; paper has all of it, and lines to write on.
    """
    if isinstance(cell, str):  # as most cells are
        return escape(breakable(safe(cell)))
    if isinstance(cell, Shaded):
        return _shaded(safe(cell.text))
    made = list[Markup]()
    after_text = False
    for line in lines_of(cell):
        is_block = isinstance(line, ToFillIn) or (screen and isinstance(line, Folded))
        if made:
            made.append(_BREAK if after_text and not is_block else Markup(" "))
        made.append(_cell_line(line, theme, screen=screen))
        after_text = not is_block and not isinstance(line, Chart)  # words stand beside the chart before them
    return Markup().join(made)


def _shaded(text: str) -> Markup:
    found = _OPEN.fullmatch(text)
    return _OPEN_MARK % found[1] if found else escape(breakable(text))


def _cell_line(line: CellLine, theme: Theme, *, screen: bool) -> Markup:
    match line:
        case Chart():
            return chart_html(line, theme)
        case ToFillIn(labels, missing):
            blank = [_BLANK % safe(missing)] if screen and safe(missing) else []
            return Markup(" ").join([*(_FILL % safe(label) for label in labels), *blank])
        case Folded(line=first, more=more):
            rest = _BREAK.join(html for each in more if (html := line_html(each)))
            if screen and rest:
                return _DETAILS % (line_html(first), rest)
            return _BREAK.join(html for html in (line_html(first), rest) if html)
        case str() | Span() | Spans():
            return line_html(line)
        case _:
            assert_never(line)
