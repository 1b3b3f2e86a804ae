"""Workbook forms that come back: what was chosen is what is read, and what is not understood is said with its cell."""

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from readiness.assessment.model import Assessment, BankReference, Respondent, Response, Team
from readiness.bank.model import Bank, Question
from readiness.document.write import Format
from readiness.errors import InputError
from readiness.roundtrip.form_entries import Given
from readiness.roundtrip.form_model import FormView
from readiness.roundtrip.form_xlsx_read import is_form, read_filled_xlsx
from tests.conftest import DATE
from tests.forms import TEAM, bank_with_roles, blank, entries, filled_workbook, form_view
from tests.report.services import PROFILE, example
from tests.roundtrip.pdf_forms import answers

Edit = Callable[[Any], None]


@pytest.fixture(scope="module")
def data(shipped_view: FormView) -> bytes:
    return blank(Format.XLSX, shipped_view)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return bank_with_roles(tmp_path_factory.mktemp("small"), "[{id: a}, {id: b, values: [-1, 0.25, 2.5]}]")


@pytest.fixture
def edited(small: Bank, tmp_path: Path) -> Callable[[Edit], Path]:
    """Return the small bank's form after somebody with more than a mouse has changed it."""

    def change(edit: Edit) -> Path:
        book = load_workbook(io.BytesIO(blank(Format.XLSX, form_view(small, {}))))
        sheet = book.worksheets[0]
        sheet["D11"] = "1/2/2026"
        sheet["D17"] = "2. Level 1"
        edit(sheet)
        book.save(tmp_path / "back.xlsx")
        return tmp_path / "back.xlsx"

    return change


def problems(path: Path, bank: Bank) -> list[str]:
    with pytest.raises(InputError) as error:
        read_filled_xlsx(path, bank)
    return [str(problem).removeprefix(f"{path}:").strip() for problem in error.value.problems]


@pytest.mark.parametrize("name", ["northside-cmht"])
def test_an_example_comes_back_as_it_was_filled_in(
    bank: Bank, shipped_view: FormView, data: bytes, tmp_path: Path, name: str
) -> None:
    [meant] = example(name, bank)
    read = read_filled_xlsx(filled_workbook(data, shipped_view, entries(meant), tmp_path / "back.xlsx"), bank)
    [assessment] = read.assessments
    assert read.notices == ()
    assert assessment.responses == answers(meant)
    assert assessment.team == Team(name=TEAM, organisation="Alder Trust", profile=PROFILE)
    assert (assessment.date, assessment.respondent) == (meant.date, meant.respondent)
    assert assessment.bank == BankReference.to(bank)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.data())
def test_whatever_is_chosen_comes_back(
    bank: Bank, shipped_view: FormView, data: bytes, drawn: st.DataObject, tmp_path: Path
) -> None:
    def response(question: Question) -> st.SearchStrategy[Response | None]:
        levels = [Response(level=level.value) for level in question.levels]
        aside = [] if question.always else [Response(not_applicable="Not here")]
        return st.sampled_from([None, Response(unknown=True), *aside, *levels])

    meant = Assessment(
        bank=BankReference.to(bank),
        team=Team(name=TEAM, organisation="Alder Trust", profile=PROFILE),
        respondent=Respondent(
            role=drawn.draw(st.sampled_from([role.code for role in shipped_view.roles])),
            shown_alone=drawn.draw(st.sampled_from([True, None])),
        ),
        date=DATE,
        responses={question.id: given for question in bank.asked(PROFILE) if (given := drawn.draw(response(question)))},
    )
    path = filled_workbook(data, shipped_view, entries(meant), tmp_path / "back.xlsx")
    if meant.responses:
        assert read_filled_xlsx(path, bank).assessments == (meant,)


def test_a_form_is_told_from_other_workbooks(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(data)
    Workbook().save(tmp_path / "other.xlsx")
    assert is_form(tmp_path / "form.xlsx")
    assert not is_form(tmp_path / "other.xlsx")
    (tmp_path / "rubbish.xlsx").write_bytes(b"rubbish")
    with pytest.raises(InputError, match="not a workbook that we can read"):
        is_form(tmp_path / "rubbish.xlsx")


def test_a_choice_is_understood_however_it_is_spaced_or_spelt(small: Bank, edited: Callable[[Edit], Path]) -> None:
    def edit(sheet: Any) -> None:
        sheet["D17"] = "  2.  LEVEL 1 "
        sheet["D18"] = "don’t know"
        sheet["D12"] = "peer worker"

    [read] = read_filled_xlsx(edited(edit), small).assessments
    assert read.responses == {"a": Response(level=1), "b": Response(unknown=True)}
    assert read.respondent.role == "peer-worker"


def test_a_role_of_ones_own_is_kept_as_it_is(small: Bank, edited: Callable[[Edit], Path]) -> None:
    [read] = read_filled_xlsx(edited(lambda sheet: sheet.__setitem__("D12", "Chaplain")), small).assessments
    assert read.respondent.role == "Chaplain"


def test_all_that_can_not_be_understood_is_said_at_once_with_its_cell(
    small: Bank, edited: Callable[[Edit], Path]
) -> None:
    def edit(sheet: Any) -> None:
        sheet["D11"] = "soon"
        sheet["D17"] = "3"
        sheet["D18"] = "Level\u202e nine"

    assert problems(edited(edit), small) == [
        "17:4: “3” is not one of the answers to choose from. Choose one from the list in this cell.",
        "18:4: “Level nine” is not one of the answers to choose from. Choose one from the list in this cell.",
        '11:4: "soon" is not understood. Write a date, such as 31/01/2027.',
    ]


def test_columns_and_rows_that_were_moved_are_found_again(small: Bank, edited: Callable[[Edit], Path]) -> None:
    def edit(sheet: Any) -> None:
        for merged in [*sheet.merged_cells.ranges]:
            sheet.unmerge_cells(str(merged))
        sheet.insert_cols(1)
        sheet.insert_rows(3, 4)

    [read] = read_filled_xlsx(edited(edit), small).assessments
    assert read.responses == {"a": Response(level=1)}


def test_lines_that_are_gone_or_stand_there_twice_are_pointed_out(small: Bank, edited: Callable[[Edit], Path]) -> None:
    gone = "Fill in the form as it was sent out, with all its lines."
    assert problems(edited(lambda sheet: sheet.__setitem__("G18", None)), small) == [
        f"A line of the form is gone. {gone}"
    ]
    assert problems(edited(lambda sheet: sheet.delete_rows(17, 2)), small)[0] == f"2 lines of the form are gone. {gone}"
    twice = problems(edited(lambda sheet: sheet.__setitem__("G18", "answer:a")), small)
    assert twice[0] == "18:4: This line stands in the form a second time. Delete one of the two."


def test_two_people_in_copies_of_the_sheet_are_refused_whichever_stands_first(
    small: Bank, edited: Callable[[Edit], Path]
) -> None:
    def edit(sheet: Any) -> None:
        other = sheet.parent.copy_worksheet(sheet)
        other["D17"] = None
        other["F18"] = "Only a note"
        sheet.parent.move_sheet(other, -2)

    assert problems(edited(edit), small) == [
        "2 sheets of this workbook are filled in: “Form Copy”, “Form”. Save each person’s sheet as a file of its own."
    ]


@pytest.mark.parametrize("is_first", [True, False])
def test_of_two_copies_the_one_with_answers_is_read(
    small: Bank, edited: Callable[[Edit], Path], *, is_first: bool
) -> None:
    def edit(sheet: Any) -> None:
        other = sheet.parent.copy_worksheet(sheet)
        (sheet if is_first else other)["D17"] = None

    read = read_filled_xlsx(edited(edit), small)
    assert read.assessments[0].responses == {"a": Response(level=1)}
    assert read.notices == ()


def test_what_stands_beside_the_cells_to_fill_in_is_told_with_its_cell(
    small: Bank, edited: Callable[[Edit], Path]
) -> None:
    def edit(sheet: Any) -> None:
        sheet["H17"], sheet["E12"], sheet["B30"] = "Why not?", "since May", "Thank you"
        sheet["D18"].comment = Comment("She said two", "Ann")
        sheet.row_dimensions[17].hidden = True
        sheet.row_dimensions[18].hidden = True
        sheet.parent.create_sheet("Nothing")
        sheet.parent.create_sheet("My notes")["A1"] = "More"

    path = edited(edit)
    assert read_filled_xlsx(path, small).notices == (
        f"{path}: Only the form was read, and not what is in other sheets: “My notes”.",
        f"{path}: There is text in cells that are not to be filled in, and it was not read: E12, H17, B30.",
        f"{path}: Notes on cells were not read: D18.",
        f"{path}: These rows are hidden, and what is filled in there was read: 17.",
    )
    assert read_filled_xlsx(edited(lambda _: None), small).notices == ()


@pytest.mark.parametrize("cells", ["D17:D18", "D17:E17"])
def test_merged_cells_to_fill_in_are_refused(small: Bank, edited: Callable[[Edit], Path], cells: str) -> None:
    assert problems(edited(lambda sheet: sheet.merge_cells(cells)), small)[0] == (
        f"17:4: {cells} is merged, and only its first cell has what it says. Unmerge it, and fill in each cell."
    )


def test_merged_ranges_that_reach_far_below_the_form_are_read_at_once(
    small: Bank, edited: Callable[[Edit], Path]
) -> None:
    def edit(sheet: Any) -> None:
        sheet["G100000"] = "why.a"
        for row in range(1_000, 4_000):
            sheet.merged_cells.add(f"D{row}:E99999")
        sheet.merged_cells.add("D100000:E1048576")

    assert [one.split()[1] for one in problems(edited(edit), small) if "is merged" in one] == ["D100000:E1048576"]


def test_a_column_that_is_gone_is_named(small: Bank, edited: Callable[[Edit], Path]) -> None:
    assert problems(edited(lambda sheet: sheet.delete_cols(5)), small) == [
        "Columns are missing: why. Put their headings back as they were."
    ]


def test_a_form_that_nobody_filled_in_is_refused(small: Bank, edited: Callable[[Edit], Path]) -> None:
    [said] = problems(edited(lambda sheet: sheet.__setitem__("D17", None)), small)
    assert said.startswith("Nothing is filled in in this form.")


def test_a_hidden_sheet_that_was_changed_is_refused(small: Bank, edited: Callable[[Edit], Path]) -> None:
    def edit(sheet: Any) -> None:
        sheet.parent["readiness-form"]["A1"] = "{}"

    assert problems(edited(edit), small)[0].startswith("The hidden part of this form, which says what it asks, is dam")


def test_a_form_that_asks_for_the_team_is_read_with_it(small: Bank, tmp_path: Path) -> None:
    view = form_view(small, {}, None, None)
    filled = {"team": "Southside", "organisation": "A trust", "date": "1/2/2026", "answer:a": "0"}
    path = filled_workbook(blank(Format.XLSX, view), view, filled, tmp_path / "back.xlsx")
    assert read_filled_xlsx(path, small).assessments[0].team == Team(name="Southside", organisation="A trust")


def test_what_the_form_leaves_out_is_taken_from_who_collects_and_what_it_says_stays(
    small: Bank, tmp_path: Path
) -> None:
    view = form_view(small, {}, None, None)
    given = Given(team="Northside", organisation="Another trust", date=dt.date(2026, 3, 4))
    path = filled_workbook(blank(Format.XLSX, view), view, {"answer:a": "0"}, tmp_path / "silent.xlsx")
    read = read_filled_xlsx(path, small, given)
    assert read.assessments[0].team == Team(name="Northside", organisation="Another trust")
    assert read.assessments[0].date == given.date
    assert not read.notices
    filled = {"team": "Southside", "organisation": "A trust", "date": "1/2/2026", "answer:a": "0"}
    path = filled_workbook(blank(Format.XLSX, view), view, filled, tmp_path / "says.xlsx")
    [read_back] = read_filled_xlsx(path, small, given).assessments
    assert read_back.team == Team(name="Southside", organisation="A trust")
    assert read_back.date == dt.date(2026, 2, 1)


def test_a_date_cell_is_read_as_a_date(small: Bank, edited: Callable[[Edit], Path]) -> None:
    [read] = read_filled_xlsx(edited(lambda sheet: sheet.__setitem__("D11", DATE)), small).assessments
    assert read.date == DATE


@pytest.mark.parametrize("error", ["#NAME?", "#N/A", "#REF!", "Err:508"])
def test_an_error_of_the_spreadsheet_is_said_with_its_cell(
    small: Bank, edited: Callable[[Edit], Path], error: str
) -> None:
    [said] = problems(edited(lambda sheet: sheet.__setitem__("F17", error)), small)
    assert said.startswith(
        f"17:6: This cell shows {error}, an error of the spreadsheet, and not the words that were typed"
    )


def test_words_that_a_spreadsheet_made_a_date_of_are_told(small: Bank, edited: Callable[[Edit], Path]) -> None:
    path = edited(lambda sheet: sheet.__setitem__("F17", DATE))
    found = read_filled_xlsx(path, small)
    assert f"{path}:17:6: the spreadsheet made a date of the words typed here, {DATE}. Ask what they were." in (
        found.notices
    )


def test_cells_for_words_are_text_so_that_a_spreadsheet_leaves_them_as_typed(data: bytes) -> None:
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    open_cells = [cell for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
    assert len(open_cells) > 50
    assert {cell.number_format for cell in open_cells} == {"@", "d/m/yyyy"}
    assert [cell.number_format for cell in open_cells].count("d/m/yyyy") == 1
