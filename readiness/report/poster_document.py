"""Poster of a plan's Now for the office wall: A3, one page, with names and dates, and nothing of the scores."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from textwrap import shorten
from typing import TYPE_CHECKING, NamedTuple

from readiness.document.blocks import Block, Document, Paragraph, Section, Tone
from readiness.document.spans import quiet, spans, strong
from readiness.document.tables import CellLine, Column, Lines, Table, ToFillIn
from readiness.document.type_measure import lines_needed
from readiness.document.write import Format
from readiness.language import _
from readiness.plan.overlay import Status
from readiness.plan.stretch import Stretch
from readiness.report.board_document import more_actions
from readiness.report.model import ActionView, Report
from readiness.report.plan_section import how_far
from readiness.theme.theme import Theme

if TYPE_CHECKING:
    from readiness.document.values import Rendered

_SHEET = "poster"
_SIZES = {"a": 28, "b": 26, "c": 24, "d": 22, "e": 20, "f": 18, "g": 16, "h": 14, "i": 12.5, "j": 11, "k": 9.5}
"""Points of the text, by the styles of the poster's table."""
_ROWS = 10
"""Actions that a poster has room for, however long they are."""
_LONGEST = {"title": 240, "sign": 160, "name": 80}
"""Characters of a text that there is room for."""
_WIDE, _HIGH, _FILL = 745, 1094, 0.97
"""Points of A3 between its margins, and how much of them is used: browsers lay out a little otherwise."""
_PITCH, _SMALLER, _BLANK = 1.31, 0.85, 1.3
"""Height of a line, as a multiple of its size; how small quiet text is; lines that a blank takes."""


class _PosterRow(NamedTuple):
    """Row of the poster: what to do and what people will see, who, and by when."""

    action: ActionView
    title: str
    sign: str
    name: str

    @property
    def blanks(self) -> list[str]:
        """What is to be filled in by hand."""
        return [] if self.action.status == Status.DONE or self.action.due else [_("Done by")]


def render_poster(form: Format, report: Report, theme: Theme) -> "Rendered":
    """Return the poster in the format, PDF or HTML, and what the reader should be told.

    Raises InputError if nothing on this machine makes a PDF.
    """
    # Large print is for a page in the hand: the poster chooses its own sizes. Own templates are for reports.
    theme = replace(theme, page="A3", text_size=12, templates=None)
    document = poster_document(report, theme)
    if form is Format.HTML:
        from readiness.document.html import render_html

        return render_html(document, theme, _SHEET), ()
    from readiness.document.pdf import render_pdf

    return render_pdf(document, theme, _SHEET)


def poster_document(report: Report, theme: Theme) -> Document:
    """Return the poster as a document, its text as large as one page allows."""
    [now] = [horizon for horizon in report.horizons if horizon.id == Stretch.NOW]
    rows = [_row(action) for action in now.actions[:_ROWS]]
    more = len(now.actions) - len(rows)
    blocks: list[Block] = [_table(rows, _fitting(report.team, rows, theme))] if rows else []
    if not rows:
        blocks.append(report.sentences.nothing_to_plan)
    if more > 0:
        blocks.append(Paragraph(more_actions(more), Tone.NOTE))
    heading = _("What we do {when}", when=now.when)
    return Document(
        title=report.team,
        kicker=heading,
        lines=[report.date_text],
        running=f"{report.team}, {report.date_text}",
        date=report.day,
        author=report.organisation or report.team,
        blocks=[Section("poster", heading, blocks, shown=False)],
    )


def _row(action: ActionView) -> _PosterRow:
    title, sign, name = (
        shorten(text, _LONGEST[kind], placeholder="…")
        for kind, text in (("title", action.title), ("sign", action.sign), ("name", action.owner or action.by_whom))
    )
    return _PosterRow(action, title, sign, name)


def _table(rows: Sequence[_PosterRow], size: str) -> Table:
    columns = (
        Column(_("No."), share=9, label=True),
        Column(_("What we do, and what people will see"), share=49, row_header=True),
        Column(_("Who"), share=22),
        Column(_("By when"), share=20),
    )
    cells = [(str(row.action.number), Lines([*_what(row)]), Lines([*_who(row)]), Lines([*_when(row)])) for row in rows]
    return Table(columns, cells, _("What to do by when"), f"{_SHEET} size-{size}")


def _what(row: _PosterRow) -> Iterable[CellLine]:
    yield strong(row.title)
    yield row.sign


def _who(row: _PosterRow) -> Iterable[CellLine]:
    if row.action.owner:
        yield strong(row.name)
    else:
        yield quiet(row.name)
        yield ToFillIn([_("Name")])


def _when(row: _PosterRow) -> Iterable[CellLine]:
    if row.action.due_words:
        yield row.action.due_words
    yield spans(*how_far(row.action))
    if row.blanks:
        yield ToFillIn(row.blanks)


def _fitting(team: str, rows: Sequence[_PosterRow], theme: Theme) -> str:
    """Return the style of the largest text that lets all rows stand on the page."""
    room = _FILL * (_HIGH - _head(team, theme))
    return next((name for name, size in _SIZES.items() if _tall(rows, size, theme) <= room), [*_SIZES][-1])


def _head(team: str, theme: Theme) -> float:
    """Return the points above the table: logo, heading, title, date and whose it is."""
    width = _WIDE / _TITLE
    lines = lines_needed(team, theme.heading_font, theme, width, bold=True)
    if any(lines_needed(word, theme.heading_font, theme, width, bold=True) > 1 for word in team.split()):
        lines *= 2  # pieces of a word that is longer than a line do not fill their lines
    return 120 + 1.15 * _TITLE * lines


_TITLE = 26


def _tall(rows: Sequence[_PosterRow], size: float, theme: Theme) -> float:
    """Return the points that the rows take, with the one of headings, and a note below."""

    def lines(text: str, share: float, scale: float = 1, *, bold: bool = False) -> float:
        room = (_WIDE * share - 12) / size / scale
        return scale * lines_needed(text, theme.font, theme, room, bold=bold)

    tall = 3.0 * size
    for row in rows:
        action = row.action
        what = lines(row.title, 0.49, bold=True) + lines(row.sign, 0.49)
        name = lines(row.name, 0.22, bold=True) if action.owner else lines(row.name, 0.22, _SMALLER) + _BLANK
        when = sum(_BLANK * lines(label, 0.2, _SMALLER) / _SMALLER for label in row.blanks)
        when += 1.1 * len([*how_far(action)])
        when += lines(action.due_words, 0.2) if action.due_words else 0
        tall += max(what, name, when, 1) * _PITCH * size + 0.85 * size
    return tall
