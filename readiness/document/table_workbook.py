"""Workbooks of plain rows under headings, to filter and to count in; and what every workbook of ours shares."""

import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from math import ceil
from typing import TYPE_CHECKING, Any, TypeVar

from readiness.language import _
from readiness.text import safe, safe_lines
from readiness.theme.theme import Theme

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

LINE_HEIGHT, _HIGHEST = 13.5, 409.0
"""Points: a line's height, and the most that Excel lets a row have."""
_ROWS = 1_048_575
"""Rows that a sheet takes below its heading."""
LONGEST_CELL = 32_767
"""Characters that a cell of a workbook can hold."""
_NAME, _PROPERTY = 31, 250
"""Characters that the name of a sheet, and a property of the file may have."""
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]|^'|'$")
_PRINTED = 165
"""Characters beside each other on a printed page: more would be too small to read."""
_LINED = 20
"""Columns whose empty cells get a line too: a hundred thousand rows of many columns would take too long."""
_NO_DAY = dt.date(1980, 1, 1)  # as the parts of the file

Value = str | int | float | dt.date | None
"""What a cell holds. Text may have several lines."""
Columns = Sequence[tuple[str, float]]
"""Headings, and widths in characters."""
_Thing = TypeVar("_Thing")
ColumnOf = tuple[str, float, Callable[[_Thing], Value]]
"""A column of a table that has a row for each thing: heading, width in characters, and the cell of a thing."""


@dataclass(frozen=True, slots=True)
class DataSheet:
    """Sheet of a workbook; its name is cut to the 31 characters that one may have.

    ``shaded``: columns with scores from 0 to 100, which are shaded by how high they are. ``printed``: how many columns
    are printed; None: as many as can be read on a page.
    """

    name: str
    columns: Columns
    rows: Iterable[Sequence[Value]]
    shaded: slice | None = None
    printed: int | None = None


def sheet_of(
    name: str,
    columns: Sequence[ColumnOf[_Thing]],
    things: Iterable[_Thing],
    shaded: slice | None = None,
    printed: int | None = None,
) -> DataSheet:
    """Return the sheet with a row for each thing; ``shaded`` and ``printed`` as in DataSheet."""
    rows = ([cell(thing) for _heading, _width, cell in columns] for thing in things)
    return DataSheet(name, [(heading, width) for heading, width, _cell in columns], rows, shaded, printed)


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a workbook says of itself: ``whose`` and ``date_text`` stand at the foot of each printed page.

    ``day`` is that of its properties, None if there is none.
    """

    title: str
    author: str
    whose: str
    date_text: str
    day: dt.date | None


def data_workbook(sheets: Iterable[DataSheet], imprint: Imprint, theme: Theme, *, streamed: bool = False) -> bytes:
    """Return the sheets as an XLSX workbook. The same sheets give the same bytes.

    ``streamed``: rows go to disk as they are written, so that a hundred thousand need no memory.
    """
    out = io.BytesIO()
    with new_workbook(out, imprint.title, imprint.author, imprint.day, streamed=streamed) as book:
        formats = _formats(book, theme)
        page = _("page {number} of {all}", number="&P", all="&N")
        printed_foot = foot(imprint.whose, imprint.date_text, theme, f"&A, {page}")
        for sheet in sheets:
            set_foot(_add(book, sheet, formats, theme), printed_foot)
    return out.getvalue()


def new_workbook(
    out: io.BytesIO, title: str, author: str, day: dt.date | None, *, streamed: bool = False
) -> "Workbook":
    """Return a workbook that is written to ``out`` at the end of a ``with``. No text becomes a formula or a link.

    The same content gives the same bytes, as it is dated by ``day`` and not by the clock.
    """
    from xlsxwriter import Workbook

    kept = {"constant_memory": True} if streamed else {"in_memory": True}
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(out, {**kept, **plain})
    created = dt.datetime.combine(day or _NO_DAY, dt.time())
    said = {"title": safe(title)[:_PROPERTY], "author": safe(author)[:_PROPERTY]}
    book.set_properties({**said, "created": created})
    return book


def paper(theme: Theme) -> int:
    """Return the number by which a workbook knows the theme's paper."""
    return 1 if theme.page == "Letter" else 9


def foot(whose: str, date_text: str, theme: Theme, right: str) -> str:
    """Return the foot of each printed page, in the words of a workbook: ``&P`` is the page.

    Whose it is and when, the theme's own line below it, and ``right`` on the other side.
    """
    left = ", ".join(filter(None, (_fitting(whose, 80), _fitting(date_text, 30))))
    second = f"\n{_fitting(theme.footer, 90)}" if theme.footer else ""
    return f"&L{left}{second}&R{right}"


def set_foot(sheet: "Worksheet", text: str) -> None:
    """Set the foot of each printed page, as ``foot`` returns it."""
    sheet.set_footer("&P")
    sheet.footer = text  # set_footer drops a foot with && before a G: it takes the two for the place of a picture


def _fitting(text: str, longest: int) -> str:
    """Return text for a workbook's foot, cut to so many UTF-16 units; all may have 255."""
    text = safe(text)
    while len(text.replace("&", "&&").encode("utf-16-le")) > 2 * longest:
        text = text[:-1]
    return text.replace("&", "&&")


def row_height(cells: Iterable[tuple[str, float]]) -> float:
    """Return how high a row is, in points, that holds each text in a column of its width in characters.

    It is set, as LibreOffice does not fit rows to wrapped text when it opens a workbook.
    """
    return min(LINE_HEIGHT * max(line_count(text, width) for text, width in cells) + 4, _HIGHEST)


def line_count(text: str, width: float) -> int:
    """Return about how many lines ``text`` takes in a column ``width`` characters wide."""
    return sum(ceil((len(line) + 1) / (width * 0.95)) for line in text.split("\n"))


def _add(book: "Workbook", data: DataSheet, formats: Mapping[str, Any], theme: Theme) -> "Worksheet":
    sheet: Worksheet = book.add_worksheet(_NOT_IN_NAMES.sub(" ", safe(data.name)[:_NAME]))
    widths = [width for _heading, width in data.columns]
    heads = [cell_text(heading) for heading, _width in data.columns]
    sheet.freeze_panes(1, 1)
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    sheet.set_row(0, row_height(zip(heads, widths, strict=True)))
    for at, heading in enumerate(heads):
        sheet.write_string(0, at, heading, formats["heading"])
    count = 0
    for count, row in enumerate(islice(data.rows, _ROWS), start=1):
        texts = [cell_text(value) if isinstance(value, str) else value for value in row]
        shown = ("" if text is None else str(text) for text in texts)
        sheet.set_row(count, row_height(zip(shown, widths, strict=True)))
        for at, value in enumerate(texts):
            _write(sheet, count, at, value, formats)
    last = len(widths) - 1
    sheet.autofilter(0, 0, count, last)
    if data.shaded and count:
        two = {"type": "2_color_scale", "min_type": "num", "max_type": "num", "min_value": 0, "max_value": 100}
        shades = {"min_color": theme.shades[0][0], "max_color": theme.shades[3][0]}
        sheet.conditional_format(1, data.shaded.start, count, data.shaded.stop - 1, {**two, **shades})
    fitting = data.printed or sum(width <= _PRINTED for width in accumulate(widths))
    sheet.print_area(0, 0, count, min(max(fitting - 1, 0), last))
    sheet.set_landscape()
    sheet.set_paper(paper(theme))
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    return sheet


def _write(sheet: "Worksheet", row: int, at: int, value: Value, formats: Mapping[str, Any]) -> None:
    match value:
        case str() if value:
            sheet.write_string(row, at, value, formats["cell"])
        case dt.date():
            sheet.write_datetime(row, at, dt.datetime.combine(value, dt.time()), formats["date"])
        case int() | float():
            sheet.write_number(row, at, value, formats["cell"])
        case _ if at < _LINED:
            sheet.write_blank(row, at, None, formats["cell"])


def cell_text(text: str) -> str:
    """Return text, safe line by line, cut to the most a cell can hold."""
    return ("\n".join(safe_lines(text)) if "\n" in text else safe(text))[:LONGEST_CELL]


def _formats(book: "Workbook", theme: Theme) -> Mapping[str, Any]:
    cell = {"text_wrap": True, "valign": "top", "align": "left", "bottom": 1, "bottom_color": theme.line}
    head = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": theme.accent, "font_color": theme.paper}
    looks = {"cell": cell, "date": {**cell, "num_format": "d mmm yyyy"}, "heading": head}
    return {name: book.add_format({**look, "font_size": 10}) for name, look in looks.items()}
