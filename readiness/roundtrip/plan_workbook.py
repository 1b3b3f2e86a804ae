"""The action plan as a workbook that people work in: who, by when, how far. It can be read back with their edits."""

import datetime as dt
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from readiness.bank.model import OWN
from readiness.dates import EARLIEST, HOW, LATEST
from readiness.document.table_workbook import foot, new_workbook, paper, row_height, set_foot
from readiness.plan.edits import FIELD_WORDS, Choices, Field, about, part_choices, values_of
from readiness.plan.model import Mark, Plan, PlannedAction
from readiness.plan.overlay import STATUS_WORDS, Overlay, Status
from readiness.plan.sheets import (
    COUNTS,
    FOR,
    ID_HEADING,
    LOOK,
    MARK,
    NUMBER,
    OF_PLAN,
    PLAN_SHEET,
    ROLE,
    SENT_SHEET,
    SENT_TOLD,
    TOGETHER,
)
from readiness.report.model import ActionView, Report
from readiness.roundtrip.plan_columns import (
    BRING_BACK,
    CHANGE,
    COLUMNS,
    EMPTY_ROWS,
    FIRST_ROW,
    HEAD,
    HELP,
    LAST_PRINTED,
    LATE,
    NOT_TODAY,
    NOTICES,
    OUT,
    cell_of,
    column_of,
    counts_as,
    formats_of,
    letter_of,
)
from readiness.roundtrip.plan_workbook_summary import summary_sheet
from readiness.text import safe
from readiness.theme.theme import Theme

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet


def plan_workbook(report: Report, plan: Plan, theme: Theme, sent: Overlay) -> bytes:
    """Return the live ``plan`` that ``report`` shows as an XLSX workbook. The same plan gives the same bytes.

    ``sent``: the plan's edits, which say whose plan it is, and of which version of the bank.

    Sheets: a summary that counts as the plan is worked on; the plan, with filters and drop-downs. A hidden one has each
    row as it went out, to tell edits from it.
    """
    choices = part_choices({domain.id: domain.title for domain in report.domains})
    out = io.BytesIO()
    author = theme.name or report.organisation or report.team
    with new_workbook(out, f"Action plan: {report.team}", author, report.day) as book:
        views = {view.id: view for view in report.every_action}
        by_id = {action.id: action for action in plan.numbered}
        actions = [by_id[name] for name in views]  # in the order that the report has them in
        rows = [_Row(views[action.id], action, _texts(action, views[action.id], choices)) for action in actions]
        free = _free_ids(report.team, [row.texts for row in rows])
        summary = book.add_worksheet("Summary")
        _plan_sheet(book, report, rows, free, theme)
        summary_sheet(book, summary, report, actions, theme)
        _sent_sheet(book, (report.team, sent.organisation, sent.id, sent.bank.version), rows, free)
        _list_choices(book, choices, FIRST_ROW + len(rows) + EMPTY_ROWS - 1)
        book.get_worksheet_by_name(PLAN_SHEET).activate()
    return out.getvalue()


_ROOM = 5
"""Empty rows that are printed, for actions of the team's own."""

_Texts = Mapping[str, str]
"""What cells of an action's row say, by their field or heading; a date as 2027-01-31."""


def _texts(action: PlannedAction, view: ActionView, choices: Choices) -> _Texts:
    """Return what the cells of the action's row say. When is as its date says, where it has one."""
    values = {**values_of(action), Field.HORIZON: view.horizon_id}
    return {field: choices.get(field, {}).get(text, text) for field, text in values.items()}


@dataclass(frozen=True, slots=True)
class _Row:
    """An action of the plan, as it is shown, as it is, and what its cells say."""

    view: ActionView
    action: PlannedAction
    texts: _Texts

    @property
    def told(self) -> _Texts:
        """What the cells under ``SENT_TOLD`` say."""
        view = self.view
        return {
            NUMBER: str(view.number),
            FOR: about(view.question_numbers, view.label),
            MARK: " ".join(note for note in (view.starts_from, view.mark) if note),
            ROLE: view.role,
            TOGETHER: view.together,
        }


def _free_ids(team: str, rows: Sequence[_Texts]) -> Sequence[str]:
    """Return an id for each empty row, made of all that the workbook says, so that it is unique.

    What is written in such a row is then known again, whatever it is called later.
    """
    digits = hashlib.sha256(json.dumps([team, rows]).encode()).hexdigest()[:8]
    return [f"{OWN}{digits}-{number}" for number in range(1, EMPTY_ROWS + 1)]


def _plan_sheet(book: "Workbook", report: Report, rows: Sequence[_Row], free: Sequence[str], theme: Theme) -> None:
    sheet = book.add_worksheet(PLAN_SHEET)
    formats = formats_of(book, theme)
    sheet.write_string(0, 0, f"Action plan: {report.team}, {report.date_text}", formats["title"])
    tip = f"Change {CHANGE}. Write an action of your own in an empty row at the end."
    sheet.write_string(1, 0, f"{tip} Then: {BRING_BACK}", formats["quiet"])
    for column, (name, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        heading = FIELD_WORDS[name] if isinstance(name, Field) else name
        sheet.write_string(HEAD, column, heading, formats["own" if isinstance(name, Field) else "heading"])
    for at, row in enumerate(rows, start=FIRST_ROW):
        _row(sheet, at, row, formats)
    end = FIRST_ROW + len(rows) + len(free) - 1
    for at, free_id in enumerate(free, start=FIRST_ROW + len(rows)):
        for column, (name, _) in enumerate(COLUMNS):
            sheet.write_blank(at, column, None, formats["date" if name is Field.DUE else _look(name)])
        sheet.write_string(at, column_of(ID_HEADING), free_id, formats["faint"])
        _formulas(sheet, at, None, formats)
    _rules(sheet, end, formats)
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.autofilter(HEAD, 0, FIRST_ROW + len(rows) - 1, len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(paper(theme))
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)
    sheet.print_area(0, 0, FIRST_ROW + len(rows) + _ROOM - 1, column_of(LAST_PRINTED))
    set_foot(sheet, foot(report.team, report.date_text, theme, "Page &P of &N"))


def _look(name: Field | str) -> str:
    """Return the look of a column's cells: those to write in are text, as it is typed."""
    return "words" if isinstance(name, Field) else "cell"


def _row(sheet: "Worksheet", at: int, row: _Row, formats: Mapping[str, Any]) -> None:
    view, texts = row.view, row.texts
    cells = {**texts, **row.told, ID_HEADING: view.id}
    sheet.set_row(at, row_height((cells.get(name, ""), width) for name, width in COLUMNS))
    for column, (name, _) in enumerate(COLUMNS):
        if name == NUMBER:
            sheet.write_number(at, column, view.number, formats["left"])
        elif name is Field.DUE and (due := texts[name]):
            sheet.write_datetime(at, column, dt.datetime.fromisoformat(due), formats["date"])
        elif name is Field.DUE:
            sheet.write_blank(at, column, None, formats["date"])
        elif text := cells.get(name):
            sheet.write_string(at, column, text, formats["bold" if name is Field.TITLE else _look(name)])
        else:
            sheet.write_blank(at, column, None, formats[_look(name)])
    _formulas(sheet, at, row, formats)


def _formulas(sheet: "Worksheet", at: int, row: _Row | None, formats: Mapping[str, Any]) -> None:
    """Write what a row counts as, and in words what its colours say, as people work on it; ``row`` None is empty yet.

    What each says at first is what the report says.
    """
    status, dropped, counts = cell_of(at, Field.STATUS), cell_of(at, Field.DROPPED), cell_of(at, COUNTS)
    due, late = cell_of(at, Field.DUE), row is not None and row.view.late
    mark = row.action.mark if row else None
    todo, done, stuck = (f'"{STATUS_WORDS[each]}"' for each in (Status.TODO, Status.DONE, Status.STUCK))
    kept = f'IF({status}="",{todo},{status})'
    if mark is Mark.REACHED:
        kept = done
    elif mark in (Mark.NOT_NOW, Mark.GONE):
        owner = cell_of(at, Field.OWNER)
        kept = f'IF(AND({owner}="",{due}="",OR({status}="",{status}={todo})),"{NOT_TODAY}",{kept})'
    formula = f'=IF({dropped}<>"","{OUT}",IF({cell_of(at, Field.TITLE)}="","",{kept}))'
    sheet.write_formula(at, column_of(COUNTS), formula, formats["faint"], counts_as(row.action) if row else "")
    notice = NOTICES[mark] if mark else ""
    is_late = f"AND(ISNUMBER({due}),{due}<TODAY(),{counts}<>{done})"
    both = f"{LATE}, {HELP.lower()}"
    open_ = f'IF({status}={stuck},IF({is_late},"{both}","{HELP}"),IF({is_late},"{LATE}","{notice}"))'
    reached = mark is Mark.REACHED
    told = f'"{notice}"' if reached else open_
    formula = f'=IF({counts}="","",IF({counts}="{OUT}","{OUT}",{told}))'
    now = notice
    if row and row.action.dropped is not None:
        now = OUT
    elif row and not reached and row.action.status is Status.STUCK:
        now = both if late else HELP
    elif late:
        now = LATE
    sheet.write_formula(at, column_of(LOOK), formula, formats["cell"], now)


def _rules(sheet: "Worksheet", end: int, formats: Mapping[str, Any]) -> None:
    """Put the checks of what is typed, and the colours, on the rows down to ``end``."""
    ours = {
        "validate": "custom",
        "value": "=FALSE",
        "error_title": "Not accepted",
        "error_message": f"Change {CHANGE}.",
    }
    for column, (name, _) in enumerate(COLUMNS):
        if not isinstance(name, Field):
            sheet.data_validation(FIRST_ROW, column, end, column, ours)
    status, due = column_of(Field.STATUS), column_of(Field.DUE)
    sheet.data_validation(
        FIRST_ROW,
        due,
        end,
        due,
        {
            "validate": "date",
            "criteria": "between",
            "minimum": EARLIEST,
            "maximum": LATEST,
            "error_title": "Not a date",
            "error_message": HOW,
        },
    )
    for each, name in ((Status.DONE, "done"), (Status.DOING, "doing"), (Status.STUCK, "warn")):
        text = STATUS_WORDS[each]
        rule = {"type": "cell", "criteria": "==", "value": f'"{text}"', "format": formats[name]}
        sheet.conditional_format(FIRST_ROW, status, end, status, rule)
    look = column_of(LOOK)
    for text in (LATE, HELP):
        rule = {"type": "text", "criteria": "begins with", "value": text, "format": formats["warn"]}
        sheet.conditional_format(FIRST_ROW, look, end, look, rule)
    dropped = f"=LEN(${letter_of(Field.DROPPED)}{FIRST_ROW + 1})>0"
    rule = {"type": "formula", "criteria": dropped, "format": formats["dropped"]}
    sheet.conditional_format(FIRST_ROW, 0, end, len(COLUMNS) - 1, rule)


def _sent_sheet(book: "Workbook", plan: Sequence[str | None], rows: Sequence[_Row], free: Sequence[str]) -> None:
    sheet = book.add_worksheet(SENT_SHEET)
    sheet.very_hidden()
    for column, text in enumerate(chain.from_iterable(zip(OF_PLAN, plan, strict=True))):
        sheet.write_string(0, column, safe(text or ""))
    sheet.write_row(1, 0, [ID_HEADING, *Field, *SENT_TOLD])
    for at, row in enumerate(rows, start=2):
        told = (row.told[heading] for heading in SENT_TOLD)
        cells = [row.view.id, *(row.texts.get(field, "") for field in Field), *told]
        for column, text in enumerate(cells):
            sheet.write_string(at, column, text)
    for at, name in enumerate(free, start=2 + len(rows)):
        sheet.write_string(at, 0, name)


def _list_choices(book: "Workbook", choices: Choices, end: int) -> None:
    """Put drop-downs on the rows of the plan down to ``end``. What they offer stands on the hidden sheet.

    There it may be of any length, and hold commas.
    """
    sheet, hidden = book.get_worksheet_by_name(PLAN_SHEET), book.get_worksheet_by_name(SENT_SHEET)
    choose = {"validate": "list", "error_title": "Not in the list", "error_message": "Choose one from the list."}
    for column, (field, offered) in enumerate(choices.items(), start=1 + len(Field) + len(SENT_TOLD)):
        for row, words in enumerate(offered.values()):
            hidden.write_string(row + 2, column, words)
        letter = chr(ord("A") + column)
        source = f"={SENT_SHEET}!${letter}$3:${letter}${len(offered) + 2}"
        sheet.data_validation(FIRST_ROW, column_of(field), end, column_of(field), {**choose, "source": source})
