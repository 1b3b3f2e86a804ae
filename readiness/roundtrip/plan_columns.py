"""What the sheets of a plan's workbook share: its columns and words, how its cells are named, and its looks."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from readiness.plan.edits import Field
from readiness.plan.model import Mark, PlannedAction
from readiness.plan.overlay import STATUS_WORDS
from readiness.plan.sheets import COUNTS, FOR, ID_HEADING, LOOK, MARK, NUMBER, ROLE, TOGETHER
from readiness.theme.theme import Theme

if TYPE_CHECKING:
    from xlsxwriter import Workbook

EMPTY_ROWS = 40
"""Rows below the plan, ready for actions of the team's own."""

HEAD = 2
"""The row of the headings, counted from 0: a title and a line of help stand above."""

COLUMNS: tuple[tuple[Field | str, float], ...] = (
    (NUMBER, 5),
    (Field.TITLE, 38),
    (FOR, 24),
    (Field.OWNER, 18),
    (Field.DUE, 13),
    (Field.STATUS, 10),
    (LOOK, 14),
    (Field.COMMENTS, 30),
    (Field.HORIZON, 8),
    (Field.DETAIL, 90),
    (MARK, 40),
    (Field.SIGN, 60),
    (Field.DROPPED, 40),
    (Field.EFFORT, 38),
    (Field.DOMAIN, 30),
    (ROLE, 30),
    (TOGETHER, 30),
    (COUNTS, 14),
    (ID_HEADING, 20),
)
"""The columns, with their widths in characters. Those after ``LAST_PRINTED`` are wide, so that they make no row high:
a printed row would be empty in the most part.
"""

_AS_TYPED = "@"
"""The format of text: else a program makes a date of "1-2", and a formula of "- ask"."""

FIRST_ROW = HEAD + 1
LAST_PRINTED = Field.HORIZON
"""More columns would be too small to read."""

CHANGE = "any cell under a dark heading"
BRING_BACK = "readiness plan FILE --from THIS-WORKBOOK"

LATE = "Late"
HELP = "Needs help"
OUT = "Taken out"
NOT_TODAY = "Not in today’s plan"
NOTICES = {
    Mark.REACHED: "You got there",
    Mark.NOT_NOW: NOT_TODAY,
    Mark.GONE: "No longer suggested",
    Mark.REWORDED: "Reworded",
}
"""A mark in so few words that they stand beside the status; the column ``MARK`` has it in a sentence."""

CALCULATED = frozenset(
    {LATE, HELP, f"{LATE}, {HELP.lower()}", OUT, NOT_TODAY, *NOTICES.values(), *STATUS_WORDS.values()}
)
"""All that the formulas under ``LOOK`` and ``COUNTS`` can say."""


def counts_as(action: PlannedAction) -> str:
    """Return in words what an action counts as in the summary, as the report counts it."""
    if action.dropped is not None:
        return OUT
    return NOT_TODAY if action.counts_as is None else STATUS_WORDS[action.counts_as]


def formats_of(book: "Workbook", theme: Theme) -> Mapping[str, Any]:
    """Return the looks of cells, by what they are for."""
    cell = {"text_wrap": True, "valign": "top", "bottom": 1, "bottom_color": theme.line, "font_size": 10}
    head = {"bold": True, "text_wrap": True, "valign": "vcenter", "font_size": 10}
    return {
        "title": book.add_format({"bold": True, "font_size": 14, "font_color": theme.accent}),
        "quiet": book.add_format({"font_color": theme.muted, "font_size": 10}),
        "heading": book.add_format({**head, "bg_color": theme.tint, "font_color": theme.ink}),
        "own": book.add_format({**head, "bg_color": theme.accent, "font_color": theme.paper}),
        "cell": book.add_format(cell),
        "left": book.add_format({**cell, "align": "left"}),
        "words": book.add_format({**cell, "num_format": _AS_TYPED}),
        "bold": book.add_format({**cell, "bold": True, "num_format": _AS_TYPED}),
        "faint": book.add_format({**cell, "font_color": theme.muted}),
        "date": book.add_format({**cell, "num_format": "dd/mm/yyyy", "align": "left"}),
        "done": book.add_format({"bg_color": "#DCEFE0", "font_color": "#1B5E2B"}),
        "doing": book.add_format({"bg_color": theme.tint, "font_color": theme.ink}),
        "warn": book.add_format({"bg_color": theme.warm_tint, "font_color": theme.warm, "bold": True}),
        "dropped": book.add_format({"font_color": theme.muted, "font_strikeout": True}),
    }


def column_of(name: Field | str) -> int:
    """Return where a column stands, counted from 0."""
    return next(at for at, (column, _) in enumerate(COLUMNS) if column == name)


def letter_of(name: Field | str) -> str:
    """Return the letter of a column."""
    return chr(ord("A") + column_of(name))


def cell_of(row: int, name: Field | str) -> str:
    """Return how a formula in any column calls the cell of a row, counted from 0."""
    return f"${letter_of(name)}{row + 1}"
