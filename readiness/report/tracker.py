"""The action plan as a workbook that people work in: who, by when, how far. It can be read back with their edits."""

import datetime as dt
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from readiness.bank.model import OWN
from readiness.plan.changes import FIELD_WORDS, Choices, Field, part_choices, values_of
from readiness.plan.model import Plan, PlannedAction
from readiness.plan.overlay import EARLIEST, LATEST, STATUS_WORDS, Status
from readiness.plan.sheets import ID_HEADING, PLAN_SHEET, SENT_SHEET, TEAM
from readiness.report.model import ActionView, Report
from readiness.report.sheet import paper, row_height
from readiness.report.theme import Theme

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_EMPTY_ROWS = 40
"""Rows below the plan, ready for actions of the team's own."""

_HEAD = 2
"""The row of the headings, counted from 0: a title and a line of help stand above."""

_COLUMNS: tuple[tuple[Field | str, float], ...] = (
    ("No.", 5),
    (Field.TITLE, 38),
    (Field.OWNER, 18),
    (Field.DUE, 13),
    (Field.STATUS, 10),
    ("Look", 12),
    (Field.COMMENTS, 30),
    (Field.DETAIL, 44),
    (Field.SIGN, 32),
    (Field.HORIZON, 9),
    (Field.DROPPED, 24),
    (Field.EFFORT, 22),
    (Field.DOMAIN, 22),
    ("Suggested owner", 22),
    ("Worth (points)", 9),
    ("For", 26),
    (ID_HEADING, 20),
)
_FIRST_ROW = _HEAD + 1
_LAST_PRINTED = Field.DETAIL

_LATE = "Late"
_HELP = "Needs help"


def plan_workbook(report: Report, plan: Plan, theme: Theme) -> bytes:
    """Return the live ``plan`` that ``report`` shows as an XLSX workbook. The same plan gives the same bytes.

    Sheets: a summary that counts as the plan is worked on; the plan, with filters, drop-downs and date cells; and a
    hidden one with what stood in each row when it went out, so that edits can be told from it.
    """
    from xlsxwriter import Workbook

    choices = part_choices({domain.id: domain.title for domain in report.domains})
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, options) as book:
        date = dt.datetime.combine(dt.date.fromisoformat(report.date), dt.time())
        title = f"Action plan: {report.team}"
        book.set_properties({"title": title, "author": report.organisation or report.team, "created": date})
        views = {view.id: view for view in _views(report)}
        actions = [*plan.actions, *plan.past, *plan.dropped]
        rows = [(views[action.id], _texts(action, choices)) for action in actions]
        free = _free_ids(report.team, [texts for _, texts in rows])
        summary = book.add_worksheet("Summary")
        _plan_sheet(book, report, rows, free, theme)
        _summary_sheet(book, summary, report, actions, theme)
        _sent_sheet(book, report.team, [*((view.id, texts) for view, texts in rows), *((name, {}) for name in free)])
        _list_choices(book, choices, _FIRST_ROW + len(rows) + _EMPTY_ROWS - 1)
        book.get_worksheet_by_name(PLAN_SHEET).activate()
    return out.getvalue()


def _views(report: Report) -> Iterable[ActionView]:
    for horizon in report.horizons:
        yield from horizon.actions
    yield from report.dropped
    yield from report.past


_Texts = Mapping[str, str]
"""What the cells of an action's row say in the fields that can be edited; a date as 2027-01-31."""


def _texts(action: PlannedAction, choices: Choices) -> _Texts:
    return {field: choices.get(field, {}).get(text, text) for field, text in values_of(action).items()}


def _free_ids(team: str, rows: Sequence[_Texts]) -> Sequence[str]:
    """Return an id for each empty row, made of all that the workbook says, so that no other workbook has it.

    What is written in such a row is then known again, whatever it is called later.
    """
    digits = hashlib.sha256(json.dumps([team, rows]).encode()).hexdigest()[:8]
    return [f"{OWN}{digits}-{number}" for number in range(1, _EMPTY_ROWS + 1)]


def _plan_sheet(
    book: "Workbook", report: Report, rows: Sequence[tuple[ActionView, _Texts]], free: Sequence[str], theme: Theme
) -> None:
    sheet = book.add_worksheet(PLAN_SHEET)
    formats = _formats(book, theme)
    sheet.write_string(0, 0, f"Action plan: {report.team}, {report.date_text}", formats["title"])
    tip = "Change any cell under a dark heading. Write an action of your own in an empty row at the end."
    sheet.write_string(1, 0, f"{tip} Then: readiness plan FILE --from THIS-WORKBOOK", formats["quiet"])
    for column, (name, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        heading = FIELD_WORDS[name] if isinstance(name, Field) else name
        sheet.write_string(_HEAD, column, heading, formats["own" if isinstance(name, Field) else "heading"])
    for row, (view, texts) in enumerate(rows, start=_FIRST_ROW):
        _row(sheet, row, view, texts, formats)
    end = _FIRST_ROW + len(rows) + len(free) - 1
    for row, free_id in enumerate(free, start=_FIRST_ROW + len(rows)):
        for column, (name, _) in enumerate(_COLUMNS):
            sheet.write_blank(row, column, None, formats["date" if name is Field.DUE else "cell"])
        sheet.write_string(row, _at(ID_HEADING), free_id, formats["faint"])
        _look(sheet, row, "", formats)
    _rules(sheet, end, formats)
    sheet.freeze_panes(_FIRST_ROW, 2)
    sheet.autofilter(_HEAD, 0, _FIRST_ROW + len(rows) - 1, len(_COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(paper(theme))
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD)
    sheet.print_area(0, 0, _FIRST_ROW + len(rows) - 1, _at(_LAST_PRINTED))
    sheet.set_footer("&L&A&RPage &P of &N")


def _row(sheet: "Worksheet", row: int, view: ActionView, texts: _Texts, formats: Mapping[str, Any]) -> None:
    cells = {**texts, "Suggested owner": view.role, "For": view.label, ID_HEADING: view.id}
    sheet.set_row(row, row_height((cells.get(name, ""), width) for name, width in _COLUMNS))
    for column, (name, _) in enumerate(_COLUMNS):
        if name == "No.":
            sheet.write_number(row, column, view.number, formats["cell"])
        elif name == "Worth (points)" and view.gain is not None:
            sheet.write_number(row, column, view.gain, formats["cell"])
        elif name is Field.DUE and (due := texts[name]):
            sheet.write_datetime(row, column, dt.datetime.fromisoformat(due), formats["date"])
        elif name is Field.DUE:
            sheet.write_blank(row, column, None, formats["date"])
        elif name == "Look":
            _look(sheet, row, _HELP if texts[Field.STATUS] == STATUS_WORDS[Status.STUCK] else "", formats)
        else:
            sheet.write_string(row, column, cells.get(name, ""), formats["bold" if name is Field.TITLE else "cell"])


def _look(sheet: "Worksheet", row: int, now: str, formats: Mapping[str, Any]) -> None:
    """Say in words what the colours say: what is late, and what is stuck."""
    due, status = _cell(row, Field.DUE), _cell(row, Field.STATUS)
    stuck, done = STATUS_WORDS[Status.STUCK], STATUS_WORDS[Status.DONE]
    late = f'AND(ISNUMBER({due}),{due}<TODAY(),{status}<>"{done}")'
    formula = f'=IF({status}="{stuck}","{_HELP}",IF({late},"{_LATE}",""))'
    sheet.write_formula(row, _at("Look"), formula, formats["cell"], now)


def _rules(sheet: "Worksheet", end: int, formats: Mapping[str, Any]) -> None:
    """Put the check of dates, and the colours, on the rows down to ``end``."""
    status, due = _at(Field.STATUS), _at(Field.DUE)
    sheet.data_validation(
        _FIRST_ROW,
        due,
        end,
        due,
        {
            "validate": "date",
            "criteria": "between",
            "minimum": EARLIEST,
            "maximum": LATEST,
            "error_title": "Not a date",
            "error_message": "Write a date, such as 31/01/2027.",
        },
    )
    for text, name in ((STATUS_WORDS[Status.DONE], "done"), (STATUS_WORDS[Status.DOING], "doing")):
        rule = {"type": "cell", "criteria": "==", "value": f'"{text}"', "format": formats[name]}
        sheet.conditional_format(_FIRST_ROW, status, end, status, rule)
    look = _at("Look")
    for text in (_LATE, _HELP):
        rule = {"type": "cell", "criteria": "==", "value": f'"{text}"', "format": formats["warn"]}
        sheet.conditional_format(_FIRST_ROW, look, end, look, rule)
    dropped = f"=LEN(${_letter(Field.DROPPED)}{_FIRST_ROW + 1})>0"
    rule = {"type": "formula", "criteria": dropped, "format": formats["dropped"]}
    sheet.conditional_format(_FIRST_ROW, 0, end, len(_COLUMNS) - 1, rule)


def _summary_sheet(
    book: "Workbook", sheet: "Worksheet", report: Report, actions: list[PlannedAction], theme: Theme
) -> None:
    formats = _formats(book, theme)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 60)
    sheet.write_string(0, 0, f"{report.team}: the plan at a glance", formats["title"])
    facts = [("Organisation", report.organisation or ""), ("Answered on", report.date_text)]
    facts.append(("Score", f"{report.overall.text} out of 100"))
    facts.append(("Band", report.band.label if report.band else "No score yet"))
    row = 2
    for label, text in facts:
        sheet.write_string(row, 0, label, formats["cell"])
        sheet.write_string(row, 1, text, formats["cell"])
        row += 1
    row += 1
    sheet.write_string(row, 0, "How far", formats["heading"])
    sheet.write_string(row, 1, "Actions", formats["heading"])
    here = f"'{PLAN_SHEET}'!"
    last = _FIRST_ROW + len(actions) + _EMPTY_ROWS
    column = {name: f"{here}${_letter(name)}${_FIRST_ROW + 1}:${_letter(name)}${last}" for name, _ in _COLUMNS}
    kept = [action for action in actions if action.dropped is None]
    no_reason = f'{column[Field.DROPPED]},""'
    for status, words in STATUS_WORDS.items():
        count = sum(action.status is status for action in kept)
        formula = f'=COUNTIFS({column[Field.STATUS]},"{words}",{no_reason})'
        row = _count(sheet, row, words, formula, count, formats)
    row = _count(sheet, row, _LATE, f'=COUNTIF({column["Look"]},"{_LATE}")', 0, formats)
    dropped = len(actions) - len(kept)
    row = _count(sheet, row, "Taken out", f'=COUNTIF({column[Field.DROPPED]},"?*")', dropped, formats)
    named = sum(bool(action.assigned) for action in kept)
    row = _count(sheet, row, "With a name", f'=COUNTIFS({column[Field.OWNER]},"?*",{no_reason})', named, formats)
    sheet.write_string(row + 2, 0, "How to work with this", formats["heading"])
    sheet.write_string(row + 2, 1, "", formats["heading"])
    for at, line in enumerate(_STEPS, start=row + 3):
        sheet.merge_range(at, 0, at, 1, "", formats["cell"])
        sheet.write_string(at, 0, line, formats["cell"])
    sheet.set_paper(paper(theme))
    sheet.fit_to_pages(1, 1)


_STEPS = (
    f"On the sheet “{PLAN_SHEET}”, change any cell under a dark heading: who, by when, how far, and the words.",
    "To take an action out, say why under “Taken out because”. To take it back in, empty that cell.",
    "To add an action of your own, write what to do in an empty row at the end.",
    "A row that you delete is not lost: it stays in the plan.",
    "Save, then bring your changes back with: readiness plan FILE --from THIS-WORKBOOK",
)


def _count(sheet: "Worksheet", row: int, words: str, formula: str, now: int, formats: Mapping[str, Any]) -> int:
    """Write a line of the summary below ``row``, and return its row."""
    sheet.write_string(row + 1, 0, words, formats["cell"])
    sheet.write_formula(row + 1, 1, formula, formats["left"], now)
    return row + 1


def _sent_sheet(book: "Workbook", team: str, rows: Iterable[tuple[str, _Texts]]) -> None:
    sheet = book.add_worksheet(SENT_SHEET)
    sheet.very_hidden()
    sheet.write_row(0, 0, [TEAM, team])
    sheet.write_row(1, 0, [ID_HEADING, *Field])
    for row, (name, texts) in enumerate(rows, start=2):
        for column, text in enumerate([name, *(texts.get(field, "") for field in Field)]):
            sheet.write_string(row, column, text)


def _list_choices(book: "Workbook", choices: Choices, end: int) -> None:
    """Put drop-downs on the rows of the plan down to ``end``. What they offer stands on the hidden sheet.

    There it may be of any length, and hold commas.
    """
    sheet, hidden = book.get_worksheet_by_name(PLAN_SHEET), book.get_worksheet_by_name(SENT_SHEET)
    choose = {"validate": "list", "error_title": "Not in the list", "error_message": "Choose one from the list."}
    for column, (field, offered) in enumerate(choices.items(), start=len(Field) + 2):
        for row, words in enumerate(offered.values()):
            hidden.write_string(row + 2, column, words)
        letter = chr(ord("A") + column)
        source = f"={SENT_SHEET}!${letter}$3:${letter}${len(offered) + 2}"
        sheet.data_validation(_FIRST_ROW, _at(field), end, _at(field), {**choose, "source": source})


def _formats(book: "Workbook", theme: Theme) -> Mapping[str, Any]:
    cell = {"text_wrap": True, "valign": "top", "bottom": 1, "bottom_color": theme.line, "font_size": 10}
    head = {"bold": True, "text_wrap": True, "valign": "vcenter", "font_size": 10}
    return {
        "title": book.add_format({"bold": True, "font_size": 14, "font_color": theme.accent}),
        "quiet": book.add_format({"font_color": theme.muted, "font_size": 10}),
        "heading": book.add_format({**head, "bg_color": theme.tint, "font_color": theme.ink}),
        "own": book.add_format({**head, "bg_color": theme.accent, "font_color": theme.paper}),
        "cell": book.add_format(cell),
        "left": book.add_format({**cell, "align": "left"}),
        "bold": book.add_format({**cell, "bold": True}),
        "faint": book.add_format({**cell, "font_color": theme.muted}),
        "date": book.add_format({**cell, "num_format": "dd/mm/yyyy", "align": "left"}),
        "done": book.add_format({"bg_color": "#DCEFE0", "font_color": "#1B5E2B"}),
        "doing": book.add_format({"bg_color": theme.tint, "font_color": theme.ink}),
        "warn": book.add_format({"bg_color": theme.warm_tint, "font_color": theme.warm, "bold": True}),
        "dropped": book.add_format({"font_color": theme.muted, "font_strikeout": True}),
    }


def _at(name: Field | str) -> int:
    return next(at for at, (column, _) in enumerate(_COLUMNS) if column == name)


def _letter(name: Field | str) -> str:
    return chr(ord("A") + _at(name))


def _cell(row: int, name: Field | str) -> str:
    return f"${_letter(name)}{row + 1}"
