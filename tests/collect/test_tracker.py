"""A plan's workbook that comes back from people who worked in it."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from readiness.bank.model import Bank
from readiness.collect.tracker import read_tracker
from readiness.errors import InputError
from readiness.plan.changes import Field, Row, values_of
from readiness.report.theme import default_theme
from readiness.report.tracker import plan_workbook
from tests.report.planned import Planned, worked_on

Edit = Callable[[Any], None]


@pytest.fixture(scope="module")
def planned(bank: Bank) -> Planned:
    return worked_on(bank)


@pytest.fixture(scope="module")
def data(planned: Planned) -> bytes:
    return plan_workbook(planned.report, planned.plan, default_theme())


@pytest.fixture
def sent_back(tmp_path: Path, data: bytes) -> Callable[[Edit], Path]:
    """Return the workbook after somebody changed the sheet with the plan, and saved it elsewhere."""

    def changed(edit: Edit) -> Path:
        book = load_workbook(io.BytesIO(data))
        edit(book["Action plan"])
        path = tmp_path / "back.xlsx"
        book.save(path)
        return path

    return changed


def test_a_workbook_that_nobody_touched_comes_back_as_it_went(
    planned: Planned, sent_back: Callable[[Edit], Path]
) -> None:
    tracker = read_tracker(sent_back(lambda _: None))
    plan = planned.plan
    rows = tuple(Row(action.id, values_of(action)) for action in (*plan.actions, *plan.past, *plan.dropped))
    assert (tracker.team, tracker.sent, tracker.rows) == (planned.report.team, rows, rows)


def test_what_was_changed_is_read_and_what_went_out_is_still_known(sent_back: Callable[[Edit], Path]) -> None:
    def edit(sheet: Any) -> None:
        sheet["C4"] = "  Sam Okafor "
        sheet["D5"] = "1/2/2027"
        sheet["E5"] = "doing"

    tracker = read_tracker(sent_back(edit))
    assert tracker.rows[0].values[Field.OWNER] == "Sam Okafor"
    assert tracker.sent[0].values[Field.OWNER] == "Priya Nair"
    assert (tracker.rows[1].values[Field.DUE], tracker.rows[1].values[Field.STATUS]) == ("2027-02-01", "doing")


def test_rows_can_be_sorted_deleted_and_columns_moved(planned: Planned, sent_back: Callable[[Edit], Path]) -> None:
    def edit(sheet: Any) -> None:
        sheet.delete_rows(5)
        sheet.move_range("C3:C60", cols=20)

    tracker = read_tracker(sent_back(edit))
    assert len(tracker.rows) == len(tracker.sent) - 1
    assert tracker.rows[0].values[Field.OWNER] == "Priya Nair"
    assert tracker.rows[0].name == planned.plan.actions[0].id


def test_a_row_without_an_id_is_an_action_of_their_own(sent_back: Callable[[Edit], Path]) -> None:
    def edit(sheet: Any) -> None:
        sheet["B50"] = "Meet the board"
        sheet["D50"] = "2027-05-01"

    new = read_tracker(sent_back(edit)).rows[-1]
    assert (new.name, new.values[Field.TITLE], new.values[Field.DUE]) == ("", "Meet the board", "2027-05-01")
    assert new.values[Field.STATUS] == ""


def test_all_that_can_not_be_understood_is_said_at_once_with_its_cell(sent_back: Callable[[Edit], Path]) -> None:
    def edit(sheet: Any) -> None:
        sheet["D4"] = "soon"
        sheet["E5"] = "nearly"
        sheet["J6"] = "tomorrow"
        sheet["P7"] = "invented"
        sheet["P8"] = sheet["P9"].value
        sheet["C50"] = "Ann"

    path = sent_back(edit)
    gone = (
        'The Id "invented" is not one that went out with this workbook. Put the Id back, or empty it to make this an '
    )
    gone += "action of your own."
    todo = "Delete one, or empty its Id to make it an action of your own."
    twice = load_workbook(path)["Action plan"]["P9"].value
    with pytest.raises(InputError) as error:
        read_tracker(path)
    assert [str(problem).removeprefix(f"{path}:") for problem in error.value.problems] == [
        '4:4: By when (cell D4): "soon" is not understood. Write a date, such as 31/01/2027.',
        '5:5: Status (cell E5): "nearly" is not understood. Use one of: To do, Doing, Stuck, Done.',
        '6:10: When (cell J6): "tomorrow" is not understood. Use one of: Now, Next, Later.',
        f"7:16: {gone}",
        "50:2: This row does not say what to do. Write it, or empty the row.",
        f'9:16: There are two rows for the action "{twice}". {todo}',
    ]


def test_a_workbook_of_something_else_is_refused(tmp_path: Path, sent_back: Callable[[Edit], Path]) -> None:
    path = sent_back(lambda sheet: setattr(sheet, "title", "Renamed"))
    with pytest.raises(InputError, match='There is no sheet "Action plan"'):
        read_tracker(path)
    with pytest.raises(InputError, match="There is no such file"):
        read_tracker(tmp_path / "nowhere.xlsx")


def test_a_column_that_is_gone_is_named(sent_back: Callable[[Edit], Path]) -> None:
    with pytest.raises(InputError, match="Columns are missing: By when"):
        read_tracker(sent_back(lambda sheet: sheet.delete_cols(4)))
