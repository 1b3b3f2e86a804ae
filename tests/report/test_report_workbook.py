"""The report as a workbook: to filter and to count in."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from readiness.bank.model import Bank
from readiness.report.model import Report
from readiness.report.report_workbook import render_xlsx
from tests.report.planned import FORMULA, worked_on
from tests.report.services import SOBER

Reports = Callable[[str], Report]


def made(report: Report) -> Any:
    return load_workbook(BytesIO(render_xlsx(report, SOBER)))


def test_every_sheet_can_be_filtered_under_a_heading_that_stays(report: Reports) -> None:
    book = made(report("northside"))
    assert book.sheetnames == ["Summary", "Scores", "All answers", "Plan", "Why"]
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.print_title_rows == "$1:$1"


def test_scores_are_the_whole_numbers_that_people_see_elsewhere(report: Reports) -> None:
    made_report = report("northside")
    rows = {row[0]: row for row in made(made_report)["Scores"].iter_rows(min_row=2, values_only=True)}
    assert rows["Overall"][1] == int(made_report.overall.text)
    for domain in made_report.domains:
        _, score, _, known, low, high, about = rows[domain.title]
        assert [score, low, high] == [
            int(text) for text in (domain.overall.text, domain.overall.low_text, domain.overall.high_text)
        ]
        assert (known, about) == (domain.known, domain.about)


def test_what_has_no_score_is_empty_and_not_zero(report: Reports) -> None:
    rows = [*made(report("nothing"))["Scores"].iter_rows(min_row=2, values_only=True)]
    assert all(row[1] is None for row in rows)


def test_there_is_a_row_for_every_answer_and_every_action(report: Reports) -> None:
    book, made_report = made(report("northside")), report("northside")
    answers = sum(len(domain.answers) for domain in made_report.domains)
    actions = sum(len(horizon.actions) for horizon in made_report.horizons)
    assert (book["All answers"].max_row, book["Plan"].max_row) == (answers + 1, actions + 1)


def test_no_cell_is_a_formula(bank: Bank) -> None:
    book = made(worked_on(bank).report)
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    heads, *rows = book["Plan"].iter_rows(values_only=True)
    assert f"Began in May\n{FORMULA}" in [row[heads.index("Comments")] for row in rows]


def test_a_due_date_is_a_date_and_what_is_printed_has_who_and_when(bank: Bank) -> None:
    worked = worked_on(bank).report
    sheet = made(worked)["Plan"]
    heads, *rows = sheet.iter_rows(values_only=True)
    due = {row[heads.index("Id")]: row[heads.index("By when")] for row in rows}
    actions = [action for horizon in worked.horizons for action in horizon.actions]
    assert {action.id: action.due for action in actions if action.due} == {
        name: date.date().isoformat() for name, date in due.items() if date and name in {each.id for each in actions}
    }
    printed = heads[: column_index_from_string(re.findall("[A-Z]+", sheet.print_area)[-1])]
    assert {"What to do", "Who", "By when", "Status"} <= {*printed}


def test_hostile_words_stay_words(report: Reports) -> None:
    text = "\n".join(
        str(cell) for row in made(report("hostile"))["All answers"].iter_rows(values_only=True) for cell in row
    )
    assert "{{ 7*7 }}" in text
    assert '<script>alert("note")</script>' in text
