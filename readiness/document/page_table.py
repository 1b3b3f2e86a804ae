"""Tables of a document as the plain values that the templates of a page get."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from readiness.document.chart import Chart
from readiness.document.page_lines import cell_html
from readiness.document.page_values import CellValues, RowValues, TableValues
from readiness.document.spans import Span, Spans, text_of
from readiness.document.tables import Cell, CellLine, Column, Folded, Shaded, Table, ToFillIn, lines_of
from readiness.text import safe
from readiness.theme.theme import Theme

_BARE = frozenset({"bars", "force", "spread", "groups", "heatmap", "legend"})
"""Styles of tables that have no line below each row."""
_ACROSS = 100
"""Characters that a line of a page holds."""
_TALL = 30
"""Lines. A row of more may go on over a page break, so that none leaves a page nearly empty."""


@dataclass(frozen=True, slots=True)
class _ColumnPlace:
    """Column as its cells need it. ``width`` is in percent; ``told`` is the heading before its cells on a phone."""

    heading: str
    classes: str
    width: float
    names_row: bool
    told: str

    @property
    def room(self) -> float:
        """Characters that a cell may hold in a row that stays on one page."""
        return _TALL * _ACROSS * self.width / 100


def table_values(table: Table, theme: Theme, *, screen: bool) -> TableValues:
    """Return the values of a table; ``screen``: for a web page, else for paper."""
    places = [*_places(table, screen=screen)]
    caption = safe(table.caption)
    return {
        "kind": "table",
        "name": table.name,
        "classes": _classes(table),
        "caption": caption,
        "label": caption or next((place.heading for place in places if place.heading), ""),
        "heads": table.heads,
        "wide": table.wide,
        "columns": [{"heading": one.heading, "classes": one.classes, "width": one.width} for one in places],
        "rows": [_row(row, places, theme, heads=table.heads, screen=screen) for row in table.rows],
    }


def _classes(table: Table) -> str:
    base = [] if table.name.partition(" ")[0] in _BARE else ["lines" if table.heads else "plain"]
    return " ".join((*base, *([table.name] if table.name else []), *(["together"] if table.together else [])))


def _places(table: Table, *, screen: bool) -> Iterator[_ColumnPlace]:
    whole = sum(column.share for column in table.columns)
    first = next((at for at, column in enumerate(table.columns) if not column.label), 0)
    for at, column in enumerate(table.columns):
        heading = safe(column.heading)
        names_row = column.row_header or (at == 0 and not table.heads)
        # On a phone a row is a list: what it is about, its number and its pictures say themselves what they are.
        clear = at == first or names_row or column.label or column.drawn or not table.heads
        yield _ColumnPlace(
            heading,
            _column_classes(column),
            round(100 * column.share / whole, 2),
            names_row,
            heading if screen and not clear else "",
        )


def _column_classes(column: Column) -> str:
    looks = {"nr": column.label, "right": column.numbers, "chart": column.drawn}
    return " ".join(name for name, has in looks.items() if has)


def _row(row: Sequence[Cell], places: Sequence[_ColumnPlace], theme: Theme, *, heads: bool, screen: bool) -> RowValues:
    """Return the values of a row; its first cell takes all columns if the others are empty."""
    alone = heads and len(row) > 1 and not any(row[1:])
    cells: list[CellValues] = []
    tall = False
    for place, cell in zip(places, row[:1] if alone else row, strict=False):
        html = cell_html(cell, theme, screen=screen)
        shade = f" shade-{cell.shade}" if isinstance(cell, Shaded) and cell.shade else ""
        cells.append(
            {
                "html": html,
                "classes": f"{place.classes}{shade}".strip(),
                "names_row": place.names_row and bool(html),
                "columns": len(row) if alone else 1,
                "heading": place.told if html else "",
            }
        )
        # No cell has more words than HTML, so most need not be measured.
        tall = tall or (len(html) > place.room and _length(cell) > place.room)
    return {"cells": cells, "tall": tall}


def _length(cell: Cell) -> int:
    """Return how many characters a cell holds."""
    return len(cell) if isinstance(cell, str) else sum(map(_line_length, lines_of(cell)))


def _line_length(line: CellLine) -> int:
    match line:
        case Chart():
            return 0
        case ToFillIn(labels):
            return sum(map(len, labels))
        case Folded(first, more):
            return sum(len(text_of(each)) for each in (first, *more))
        case str() | Span() | Spans():
            return len(text_of(line))
        case _:
            assert_never(line)
