"""The summary of a plan's workbook: how many actions are how far, counted as people work on it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from readiness.document.table_workbook import foot, paper, set_foot
from readiness.plan.edits import Field
from readiness.plan.model import PlannedAction
from readiness.plan.overlay import STATUS_WORDS
from readiness.plan.sheets import COUNTS, LOOK, MARK, PLAN_SHEET
from readiness.report.model import Report
from readiness.roundtrip.plan_columns import (
    BRING_BACK,
    CHANGE,
    COLUMNS,
    EMPTY_ROWS,
    FIRST_ROW,
    LATE,
    NOT_TODAY,
    OUT,
    counts_as,
    formats_of,
    letter_of,
)
from readiness.theme.theme import Theme

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet


def summary_sheet(
    book: "Workbook", sheet: "Worksheet", report: Report, actions: list[PlannedAction], theme: Theme
) -> None:
    """Write the sheet that counts as the plan is worked on; at first it says what the report says."""
    formats = formats_of(book, theme)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 60)
    sheet.write_string(0, 0, f"{report.team}: the plan at a glance", formats["title"])
    facts = [("Organisation", report.organisation or ""), ("Answered on", report.date_text)]
    facts.append(("Score", f"{report.overall.text} out of 100"))
    facts.append(("Band", report.band.label if report.band else "No score yet"))
    if theme.name:
        facts.append(("Report by", theme.whose))
    row = 2
    for label, text in facts:
        sheet.write_string(row, 0, label, formats["cell"])
        sheet.write_string(row, 1, text, formats["cell"])
        row += 1
    row += 1
    sheet.write_string(row, 0, "Status", formats["heading"])
    sheet.write_string(row, 1, "Actions", formats["heading"])
    here = f"'{PLAN_SHEET}'!"
    last = FIRST_ROW + len(actions) + EMPTY_ROWS
    column = {name: f"{here}${letter_of(name)}${FIRST_ROW + 1}:${letter_of(name)}${last}" for name, _ in COLUMNS}
    counted = [counts_as(action) for action in actions]
    for words in (*STATUS_WORDS.values(), OUT, NOT_TODAY):
        formula = f'=COUNTIF({column[COUNTS]},"{words}")'
        row = _count(sheet, row, words, formula, counted.count(words), formats)
    late = sum(view.late for view in report.every_action)
    row = _count(sheet, row, LATE, f'=COUNTIF({column[LOOK]},"{LATE}*")', late, formats)
    kept = [action for action in actions if action.counts_as is not None]
    for words, field, given in (
        ("With a name", Field.OWNER, [bool(action.assigned) for action in kept]),
        ("With a date", Field.DUE, [action.due is not None for action in kept]),
    ):
        each = "+".join(
            f'COUNTIFS({column[field]},"<>",{column[COUNTS]},"{status}")' for status in STATUS_WORDS.values()
        )
        row = _count(sheet, row, words, f"={each}", sum(given), formats)
    sheet.write_string(row + 2, 0, "How to work with this", formats["heading"])
    sheet.write_string(row + 2, 1, "", formats["heading"])
    for at, line in enumerate(_STEPS, start=row + 3):
        sheet.merge_range(at, 0, at, 1, "", formats["cell"])
        sheet.write_string(at, 0, line, formats["cell"])
    sheet.set_paper(paper(theme))
    set_foot(sheet, foot(report.team, report.date_text, theme, "Page &P of &N"))
    sheet.fit_to_pages(1, 1)


_STEPS = (
    f"On the sheet “{PLAN_SHEET}”, change {CHANGE}: who, by when, how far, and the words.",
    "To take an action out, say why under “Remove from the plan (say why)”. To take it back in, empty that cell.",
    "To add an action of your own, write what to do in an empty row at the end.",
    f"The column “{LOOK}” says in words what is late, what needs help, and what was taken out. “{MARK}” says more.",
    "“Done” changes no score: answer the question again with: readiness assess FILE",
    "A row that you delete is not lost: it stays in the plan.",
    f"Save, then bring your changes back with: {BRING_BACK}",
)


def _count(sheet: "Worksheet", row: int, words: str, formula: str, now: int, formats: Mapping[str, Any]) -> int:
    """Write a line of the summary below ``row``, and return its row."""
    sheet.write_string(row + 1, 0, words, formats["cell"])
    sheet.write_formula(row + 1, 1, formula, formats["left"], now)
    return row + 1
