"""A smaller result as a Word document."""

import datetime as dt
from collections.abc import Iterable
from typing import assert_never

from readiness.document import pictures
from readiness.document.blocks import Alert, Block, Cell, Grid, Heading, Hint, Points, ThenAndNow, lines_of
from readiness.document.charts import then_and_now_in_words
from readiness.document.docx import Cell as WordCell
from readiness.document.docx import Picture, Run, WordFile
from readiness.document.docx_styles import LIGHT, STRONG
from readiness.language import in_long
from readiness.text import safe
from readiness.theme.theme import Theme

_UNDATED = dt.date(2026, 1, 1)
"""The day that a document is said to be of that is of none: the same document is the same bytes on every day."""
_CHART = 44.0
"""How wide a chart is, in millimetres."""


def page_docx(kicker: str, title: str, blocks: Iterable[Block], date: dt.date | None, theme: Theme) -> bytes:
    """Return the result as a Word document (DOCX), in the looks of ``theme``. The same gives the same bytes."""
    file = WordFile(theme, title, theme.name or "readiness", date or _UNDATED)
    file.foot(title, theme.footer)
    file.logo()
    file.subtitle(kicker)
    file.title(title)
    if date:
        file.paragraph((in_long(date), LIGHT))
    if theme.name:
        file.paragraph((f"{theme.name}. {theme.contact}" if theme.contact else theme.name, LIGHT))
    for block in blocks:
        _write(file, block, theme)
    return file.save()


def _write(file: WordFile, block: Block, theme: Theme) -> None:
    match block:
        case Heading(text, level):
            file.heading(safe(text), level - 1)
        case Alert(text):
            file.paragraph((safe(text), STRONG))
        case Points(items):
            file.bullets([safe(item) for item in items])
        case Grid(columns, rows):
            headings = [column.heading for column in columns]
            file.table(headings, [[_cell(cell, theme) for cell in row] for row in rows], [one.share for one in columns])
        case Hint():
            pass
        case str(text):
            file.paragraph(safe(text))
        case _:
            assert_never(block)


def _cell(cell: Cell, theme: Theme) -> WordCell:
    if isinstance(cell, ThenAndNow):
        drawn = pictures.then_and_now(cell.before, cell.after, theme)
        return Picture(drawn, then_and_now_in_words(cell.before, cell.after), _CHART)
    lines: list[Run] = [line if at == 0 else (line, LIGHT) for at, line in enumerate(lines_of(cell))]
    return lines
