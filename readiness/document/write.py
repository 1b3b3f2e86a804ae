"""Sets a smaller result out as a page of its own: PDF, web page, Word document or Markdown, in the looks of a theme."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from markupsafe import Markup

from readiness.document.blocks import (
    Alert,
    Block,
    Cell,
    Column,
    Grid,
    Heading,
    Hint,
    Points,
    ThenAndNow,
    lines_of,
    title_of,
)
from readiness.report.formats import Rendered
from readiness.text import safe
from readiness.theme.theme import Theme


class PageFormat(StrEnum):
    """A format, by the ending of its files."""

    PDF = "pdf"
    HTML = "html"
    DOCX = "docx"
    MARKDOWN = "md"


@dataclass(frozen=True, slots=True)
class Page:
    """A result with what stands above its title, and the day it is of; None where it is of none."""

    kicker: str
    blocks: Sequence[Block]
    date: dt.date | None = None

    @property
    def title(self) -> str:
        """The first heading; where that says nothing, what stands above it."""
        return title_of(self.blocks) or self.kicker


def render_page(form: PageFormat, page: Page, theme: Theme) -> Rendered:
    """Return the page's bytes, and what the reader should be told. The same page gives the same bytes.

    Raises InputError where Pango is missing, or the page can't be shown whole.
    """
    return _RENDERERS[form](page, theme)


def _markdown(page: Page, _: Theme) -> Rendered:
    return f"{as_markdown(page.blocks)}\n".encode(), ()


def as_markdown(blocks: Iterable[Block]) -> str:
    """Return the result as a page in Markdown, to paste into a report."""
    return "\n\n".join(_paragraphs(blocks))


def _paragraphs(blocks: Iterable[Block]) -> Iterator[str]:
    from readiness.document.markdown import escaped

    def said(text: str) -> str:
        return escaped(safe(text))

    for at, block in enumerate(blocks):
        match block:
            case Heading(text, level):
                yield f"{'#' * (level if at else 1)} {said(text)}"
            case Alert(text):
                yield f"**{said(text)}**"
            case Points(items):
                yield "\n".join(f"- {said(item)}" for item in items)
            case Grid():
                grid = block.in_words
                head = [
                    [one.heading for one in grid.columns],
                    ["---:" if one.numbers else "---" for one in grid.columns],
                ]
                cells = (["<br>".join(map(escaped, lines_of(cell))) for cell in row] for row in grid.rows)
                yield "\n".join(f"| {' | '.join(row)} |" for row in (*head, *cells))
            case Hint():
                continue
            case str(text):
                yield said(text)
            case _:
                assert_never(block)


def _html(page: Page, theme: Theme) -> Rendered:
    from readiness.document.html import screen_style
    from readiness.document.web_fonts import is_enough

    made = _page(page, theme, screen_style(theme))
    return (made if is_enough(made) else _page(page, theme, screen_style(theme, whole_fonts=True))).encode(), ()


def _pdf(page: Page, theme: Theme) -> Rendered:
    from readiness.document.pdf import renderer

    made = renderer(theme)
    data, told = made.render(_page(page, theme))
    return data, (*made.told, *told)


def _page(page: Page, theme: Theme, style: str = "") -> str:
    """Return the page in HTML; ``style`` is a style sheet of ours to stand in it, for a screen."""
    from readiness.document.templates import html_environment, render
    from readiness.language import in_long
    from readiness.theme.identity import identity

    return render(
        html_environment(),
        "page.html.j2",
        None,
        title=page.title,
        kicker=page.kicker,
        date=page.date.isoformat() if page.date else "",
        date_text=in_long(page.date) if page.date else "",
        blocks=[*_in_data(page.blocks[1:], theme)],
        brand=identity(theme),
        screen=bool(style),
        style=Markup(style),  # noqa: S704 — our own file, never a person's words
    )


def _in_data(blocks: Iterable[Block], theme: Theme) -> Iterator[Mapping[str, object]]:
    for block in blocks:
        match block:
            case Heading(text, level):
                yield {"kind": "heading", "text": safe(text), "level": level}
            case Alert(text):
                yield {"kind": "alert", "text": safe(text)}
            case Points(items):
                yield {"kind": "points", "items": [safe(item) for item in items]}
            case Grid(columns, rows):
                shares = _shares(columns)
                yield {
                    "kind": "grid",
                    "columns": [
                        {"heading": column.heading, "numbers": column.numbers, "share": round(100 * share, 1)}
                        for column, share in zip(columns, shares, strict=True)
                    ],
                    "rows": [{"cells": [_cell(cell, theme) for cell in row], "tall": _is_tall(row)} for row in rows],
                }
            case Hint():
                continue
            case str(text):
                yield {"kind": "text", "text": safe(text)}
            case _:
                assert_never(block)


def _is_tall(row: Sequence[Cell]) -> bool:
    """Return whether a row may take so much of a page that it has to break."""
    return any(sum(map(len, lines_of(cell))) > _TALL for cell in row)


_TALL = 600
"""Characters."""


def _shares(columns: Sequence[Column]) -> list[float]:
    """Return which part of the width each column has; together they have 1."""
    whole = sum(column.share for column in columns)
    return [column.share / whole for column in columns]


def _cell(cell: Cell, theme: Theme) -> Mapping[str, object]:
    from readiness.document import charts

    if isinstance(cell, ThenAndNow):
        return {"chart": Markup(charts.then_and_now(cell.before, cell.after, theme)), "lines": ()}  # noqa: S704 — we drew it
    return {"chart": "", "lines": lines_of(cell)}


def _docx(page: Page, theme: Theme) -> Rendered:
    from readiness.document.pages_docx import page_docx

    return page_docx(page.kicker, page.title, page.blocks[1:], page.date, theme), ()


_RENDERERS: Mapping[PageFormat, Callable[[Page, Theme], Rendered]] = {
    PageFormat.PDF: _pdf,
    PageFormat.HTML: _html,
    PageFormat.DOCX: _docx,
    PageFormat.MARKDOWN: _markdown,
}
