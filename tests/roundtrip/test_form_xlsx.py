"""The form as a workbook: lists to choose from, nothing else to spoil, and a count of what is answered."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from readiness.bank.model import Bank
from readiness.document.write import Format
from readiness.roundtrip.form_formats import render_form
from readiness.roundtrip.form_model import FormView
from readiness.theme.theme_file import find_theme, read_theme
from tests.forms import blank, form_view
from tests.report.services import NAME, ORGANISATION, SOBER

XLSX = Format.XLSX


@pytest.fixture(scope="module")
def view(bank: Bank) -> FormView:
    return form_view(bank)


@pytest.fixture(scope="module")
def book(view: FormView) -> Any:
    return load_workbook(io.BytesIO(blank(XLSX, view)))


def rows(sheet: Any) -> dict[str, int]:
    return {sheet.cell(row, 7).value: row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 7).value}


def test_there_is_one_sheet_to_see(book: Any) -> None:
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [("Form", "visible"), ("readiness-form", "hidden")]
    assert book.active.title == "Form"


def test_every_question_has_a_list_with_its_levels_own_words(view: FormView, book: Any) -> None:
    sheet, hidden = book.worksheets
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    for question in view.questions:
        source = lists[f"D{rows(sheet)[question.answer]}"].removeprefix("'readiness-form'!").replace("$", "")
        offered = [cell[0].value for cell in hidden[source]]
        assert offered == [
            *(f"{number}. {level.text}" for number, level in enumerate(question.levels, start=1)),
            "Don’t know",
            *([] if question.always else ["Does not apply"]),
        ]
    assert {question.always for question in view.questions} == {True, False}
    assert len(lists) == len(view.questions) + len(("role", "shown-alone"))


def test_all_is_locked_but_what_is_to_be_filled_in(view: FormView, book: Any) -> None:
    sheet = book.worksheets[0]
    assert sheet.protection.sheet
    open_cells = {cell.coordinate for row in sheet for cell in row if not cell.protection.locked}
    found = rows(sheet)
    wanted = {f"D{found[place]}" for place in ("date", "role", "shown-alone")}
    for question in view.questions:
        wanted |= {f"{column}{found[question.answer]}" for column in ("DF" if question.always else "DEF")}
    assert open_cells == wanted


def test_progress_is_counted_by_the_sheet(view: FormView, book: Any) -> None:
    sheet = book.worksheets[0]
    first, last = (rows(sheet)[question.answer] for question in (view.questions[0], view.questions[-1]))
    assert sheet["D2"].value == f'=""&COUNTA(D{first}:D{last})&" of 26 questions answered"'
    values = load_workbook(io.BytesIO(blank(XLSX, view)), data_only=True).worksheets[0]
    assert values["D2"].value == "0 of 26 questions answered"
    between = [sheet.cell(row, 4).value for row in range(first, last + 1)]
    assert between == [None] * len(between)


def test_nothing_that_is_asked_is_left_out(view: FormView, book: Any) -> None:
    text = "\n".join(str(cell.value) for row in book.worksheets[0] for cell in row if cell.value)
    for question in view.questions:
        assert question.text in text
        assert question.help is None or question.help in text
        assert all(level.text in text for level in question.levels)


def test_the_same_form_gives_the_same_bytes(view: FormView) -> None:
    assert render_form(XLSX, view, SOBER) == (blank(XLSX, view), ())


def test_it_looks_like_its_theme(view: FormView) -> None:
    theme = read_theme(find_theme("warm"))
    sheet = load_workbook(io.BytesIO(blank(XLSX, view, theme))).worksheets[0]
    grounds = {cell.fill.fgColor.rgb for row in sheet for cell in row if cell.fill.fill_type == "solid"}
    assert grounds == {f"FF{colour[1:].upper()}" for colour in (theme.accent, theme.tint)}


@pytest.mark.parametrize("name", [NAME, "=1+1", "@SUM(A1)", "http://127.0.0.1/", "'quoted", "x" * 300])
def test_a_hostile_name_is_a_text(bank: Bank, name: str) -> None:
    view = form_view(bank, team=name, organisation=ORGANISATION)
    sheet = load_workbook(io.BytesIO(render_form(XLSX, view, SOBER)[0])).worksheets[0]
    assert sheet["A3"].value == view.team
    assert sheet["A3"].data_type == "s"
    assert sheet["A3"].hyperlink is None


def test_a_role_that_is_known_is_chosen(bank: Bank) -> None:
    sheet = load_workbook(io.BytesIO(blank(XLSX, form_view(bank, role="peer-worker")))).worksheets[0]
    assert sheet.cell(rows(sheet)["role"], 4).value == "Peer Worker"
