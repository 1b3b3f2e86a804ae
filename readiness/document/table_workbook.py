"""How the sheets of a portfolio's workbook are written: rows go to disk at once, so that many need no memory."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from readiness.document.sheet import paper, row_height
from readiness.theme.theme import Theme

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

Value = str | int | float | None
Columns = Sequence[tuple[str, float]]
"""Headings and widths in characters."""
_ROWS = 1_048_575
"""How many rows a sheet takes below its heading."""
_LONGEST = 32_767
"""Characters that a cell may have."""
_PRINTED = 12
"""How many columns are printed: more would be too small to read."""


class Sheets:
    """Adds sheets that all look alike: a heading that stays, a filter, and a foot for paper."""

    def __init__(self, book: "Workbook", name: str, theme: Theme) -> None:
        """Write into ``book``; ``name`` stands at the foot of each page."""
        self._book = book
        self._theme = theme
        self._foot = name[:60].replace("&", "&&")
        cell = {"valign": "top", "align": "left", "bottom": 1, "bottom_color": theme.line, "font_size": 10}
        self._cell = book.add_format({**cell, "text_wrap": True})
        self._heading = book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "vcenter",
                "bg_color": theme.accent,
                "font_color": theme.paper,
                "font_size": 10,
            }
        )

    def add(self, name: str, columns: Columns, rows: Iterable[Sequence[Value]], scores: slice | None = None) -> None:
        """Add a sheet; ``scores`` are the columns that are shaded by how high the number in them is."""
        sheet: Worksheet = self._book.add_worksheet(name[:31])
        sheet.freeze_panes(1, 1)
        for at, (_heading, width) in enumerate(columns):
            sheet.set_column(at, at, width)
        widths = [width for _heading, width in columns]
        sheet.set_row(0, _height([heading for heading, _width in columns], widths))
        for at, (heading, _width) in enumerate(columns):
            sheet.write_string(0, at, heading[:_LONGEST], self._heading)
        count = 0
        for count, row in enumerate(islice(rows, _ROWS), start=1):
            sheet.set_row(count, _height(row, widths))
            for at, value in enumerate(row):
                self._write(sheet, count, at, value)
        sheet.autofilter(0, 0, count, len(columns) - 1)
        if scores and count:
            two = {"type": "2_color_scale", "min_type": "num", "max_type": "num", "min_value": 0, "max_value": 100}
            shades = {"min_color": self._theme.shades[0][0], "max_color": self._theme.shades[3][0]}
            sheet.conditional_format(1, scores.start, count, scores.stop - 1, {**two, **shades})
        sheet.set_landscape()
        sheet.set_paper(paper(self._theme))
        sheet.print_area(0, 0, count, min(len(columns), _PRINTED) - 1)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer(f"&L{self._foot}&R&A, &P / &N")

    def _write(self, sheet: "Worksheet", row: int, at: int, value: Value) -> None:
        if isinstance(value, int | float):
            sheet.write_number(row, at, value, self._cell)
        elif value:
            sheet.write_string(row, at, value[:_LONGEST], self._cell)
        elif at < _PRINTED:
            sheet.write_blank(row, at, None, self._cell)


def _height(row: Sequence[Value], widths: Sequence[float]) -> float:
    """Return how high a row must be to show all its text."""
    return row_height([(str(value or ""), width) for value, width in zip(row, widths, strict=True)])
