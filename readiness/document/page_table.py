"""Tables of a document as the plain values that the templates of a page get."""

import operator
from collections.abc import Iterator, Sequence
from typing import assert_never

from readiness.document.blocks import (
    Cell,
    CellLine,
    Column,
    Folded,
    Shaded,
    Span,
    Spans,
    Table,
    ToFillIn,
    lines_of,
    text_of,
)
from readiness.document.charts import Chart
from readiness.document.page_lines import cell_html
from readiness.document.page_values import CellValues, ColumnValues, RowValues, TableValues
from readiness.text import safe
from readiness.theme.theme import Theme

_BARE = frozenset({"bars", "force", "spread", "groups", "heatmap", "legend"})
"""Styles of tables that have no line below each row."""
_ACROSS = 100
"""Characters that a line of a page holds."""
_TALL = 30
"""Lines. A row of more may go on over a page break, so that none leaves a page nearly empty."""


def table_values(table: Table, theme: Theme, *, screen: bool) -> TableValues:
    """Return the values of a table; ``screen``: for a web page, else for paper."""
    shares = _shares(table.columns)
    columns: list[ColumnValues] = [
        {"heading": safe(column.heading), "classes": _column_classes(column), "width": round(100 * share, 2)}
        for column, share in zip(table.columns, shares, strict=True)
    ]
    heads = [*_phone_heads(table, columns)] if screen else [""] * len(columns)
    most = [_TALL * _ACROSS * share for share in shares]
    rows: list[RowValues] = [
        {"cells": [*_cells(row, table, columns, heads, theme, screen=screen)], "tall": _is_tall(row, most)}
        for row in table.rows
    ]
    return {
        "kind": "table",
        "name": table.name,
        "classes": _classes(table),
        "caption": safe(table.caption),
        "label": safe(table.caption) or next((column["heading"] for column in columns if column["heading"]), ""),
        "heads": table.heads,
        "wide": table.wide,
        "columns": columns,
        "rows": rows,
    }


def _shares(columns: Sequence[Column]) -> list[float]:
    """Return the part of the width (0 to 1) that each column takes."""
    whole = sum(column.share for column in columns)
    return [column.share / whole for column in columns]


def _classes(table: Table) -> str:
    base = [] if table.name.partition(" ")[0] in _BARE else ["lines" if table.heads else "plain"]
    return " ".join((*base, *([table.name] if table.name else []), *(["together"] if table.together else [])))


def _column_classes(column: Column) -> str:
    looks = {"nr": column.label, "right": column.numbers, "chart": column.drawn}
    return " ".join(name for name, has in looks.items() if has)


def _names_row(table: Table, at: int) -> bool:
    return table.columns[at].row_header or (at == 0 and not table.heads)


def _phone_heads(table: Table, columns: Sequence[ColumnValues]) -> Iterator[str]:
    """Yield the heading to put before the cells of each column on a phone; none where a cell says itself what it is."""
    first = next((at for at, column in enumerate(table.columns) if not column.label), 0)
    for at, column in enumerate(table.columns):
        told = at == first or column.label or column.drawn or _names_row(table, at) or not table.heads
        yield "" if told else columns[at]["heading"]


def _cells(
    row: Sequence[Cell],
    table: Table,
    columns: Sequence[ColumnValues],
    heads: Sequence[str],
    theme: Theme,
    *,
    screen: bool,
) -> Iterator[CellValues]:
    """Yield the cells of a row; its first takes all columns if the others are empty."""
    alone = table.heads and len(row) > 1 and not any(row[1:])
    for at, cell in enumerate(row[:1] if alone else row):
        html = cell_html(cell, theme, screen=screen)
        shade = f"shade-{cell.shade}" if isinstance(cell, Shaded) and cell.shade else ""
        yield {
            "html": html,
            "classes": " ".join(filter(None, (columns[at]["classes"], shade))),
            "names_row": _names_row(table, at) and bool(html),
            "columns": len(row) if alone else 1,
            "heading": heads[at] if html else "",
        }


def _is_tall(row: Sequence[Cell], most: Sequence[float]) -> bool:
    """Return whether a cell of the row holds more characters than the ``most`` of its column."""
    lengths = (len(cell) if isinstance(cell, str) else sum(map(_length, lines_of(cell))) for cell in row)
    return any(map(operator.gt, lengths, most))


def _length(line: CellLine) -> int:
    match line:
        case Chart():
            return 0
        case ToFillIn(labels, missing):
            return len(labels) * len(missing)
        case Folded(first, more):
            return sum(len(text_of(each)) for each in (first, *more))
        case str() | Span() | Spans():
            return len(text_of(line))
        case _:
            assert_never(line)
