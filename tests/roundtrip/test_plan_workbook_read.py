"""A plan's workbook that comes back from people who worked in it."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from readiness.errors import InputError
from readiness.plan.edits import Choices, Field, values_of
from readiness.plan.merge import ActionRow
from readiness.plan.sheets import FOR, PLAN_SHEET, SENT_SHEET
from readiness.roundtrip.plan_workbook import plan_workbook
from readiness.roundtrip.plan_workbook_read import read_tracker
from readiness.text import safe
from tests.report.planned import TODAY, Planned
from tests.roundtrip.plan_workbooks import Edit, _sort
from tests.themes import default_theme

AGAIN = "Open it in the program that made it, and save it again."


def test_a_workbook_that_nobody_touched_comes_back_as_it_went(
    planned: Planned, sent_back: Callable[[Edit], Path], choices: Choices
) -> None:
    tracker = read_tracker(sent_back(lambda _: None), choices)
    plan = planned.plan.on(TODAY)
    rows = {action.id: ActionRow(action.id, values_of(action)) for action in plan.numbered}
    assert (tracker.team, {row.name: row for row in tracker.rows}) == (planned.report.team, rows)
    assert tracker.sent[: len(rows)] == tracker.rows
    assert not any(text for row in tracker.sent[len(rows) :] for text in row.values.values())


def test_what_was_changed_is_read_and_what_went_out_is_still_known(
    sent_back: Callable[[Edit], Path], choices: Choices
) -> None:
    def edit(sheet: Any) -> None:
        sheet["D4"] = "  Sam Okafor "
        sheet["E5"] = "1/2/2027"
        sheet["F5"] = "doing"

    tracker = read_tracker(sent_back(edit), choices)
    assert tracker.rows[0].values[Field.OWNER] == "Sam Okafor"
    assert tracker.sent[0].values[Field.OWNER] == "Priya Nair"
    assert (tracker.rows[1].values[Field.DUE], tracker.rows[1].values[Field.STATUS]) == ("2027-02-01", "doing")


def test_rows_can_be_sorted_deleted_and_columns_moved(
    planned: Planned, sent_back: Callable[[Edit], Path], choices: Choices
) -> None:
    def edit(sheet: Any) -> None:
        sheet.delete_rows(5)
        sheet.move_range("D3:D60", cols=20)

    tracker = read_tracker(sent_back(edit), choices)
    assert len(tracker.rows) == len([row for row in tracker.sent if row.values[Field.TITLE]]) - 1
    assert tracker.rows[0].values[Field.OWNER] == "Priya Nair"
    assert tracker.rows[0].name == planned.plan.actions[0].id


def test_columns_of_their_own_are_named_and_take_no_place_of_ours(
    sent_back: Callable[[Edit], Path], choices: Choices
) -> None:
    def edit(sheet: Any) -> None:
        sheet["T3"], sheet["T4"] = "Cost", 300
        sheet["U3"], sheet["U5"] = "Who", "Somebody else"
        sheet["V6"] = "a note beside"
        sheet["W3"] = "Nothing under it"

    tracker = read_tracker(sent_back(edit), choices)
    assert tracker.foreign == ('"Cost" (column T)', '"Who" (column U)', "column V")
    assert tracker.rows == read_tracker(sent_back(lambda _: None), choices).rows


def test_a_copy_of_the_sheet_is_named_only_if_something_else_stands_in_it(
    sent_back: Callable[[Edit], Path], choices: Choices
) -> None:
    def edit(sheet: Any) -> None:
        sheet["D4"] = "Ann Obi"
        book = sheet.parent
        for title in ("As it is", "Mine", "New"):
            book.copy_worksheet(sheet).title = title
        book.copy_worksheet(book["Summary"]).title = "Summed up"
        book["Mine"]["D5"] = "Sam Okafor"
        book["New"]["B60"] = "Book a room"
        book["Mine"].insert_rows(1, 3)
        sheet["D6"] = "Lea Roy"  # the copies say what went out
        own = book.create_sheet("Own")
        own["A1"] = "Who"

    tracker = read_tracker(sent_back(edit), choices)
    assert tracker.copies == ("Mine", "New")
    assert "Sam Okafor" not in [row.values[Field.OWNER] for row in tracker.rows]
    assert read_tracker(sent_back(lambda _: None), choices).copies == ()


def test_rows_that_are_sorted_whole_change_nothing(sent_back: Callable[[Edit], Path], choices: Choices) -> None:
    def edit(sheet: Any) -> None:
        sheet["D4"], sheet["D5"], sheet["D6"] = "Cy", "Bob", "Ann"

    def sort(sheet: Any) -> None:
        edit(sheet)
        _sort(sheet["A4":"S6"])

    sorted_rows, rows = (read_tracker(sent_back(change), choices).rows for change in (sort, edit))
    assert {row.name: row for row in sorted_rows} == {row.name: row for row in rows}


def test_a_workbook_that_did_not_keep_the_questions_it_told_is_still_read(
    sent_back: Callable[[Edit], Path], choices: Choices
) -> None:
    def edit(sheet: Any) -> None:
        sheet["D4"] = "Ann"
        sent = sheet.parent[SENT_SHEET]
        sent.delete_cols(next(cell.column for cell in sent[2] if cell.value == FOR), 4)

    assert read_tracker(sent_back(edit), choices).rows[0].values[Field.OWNER] == "Ann"


def test_a_yes_or_no_is_no_reason_to_remove_an_action(sent_back: Callable[[Edit], Path], choices: Choices) -> None:
    def edit(sheet: Any) -> None:
        sheet["M4"], sheet["M5"], sheet["M6"] = False, 0, "Too dear"

    with pytest.raises(InputError) as error:
        read_tracker(sent_back(edit), choices)
    cells = [problem.what.split(" (cell ")[1] for problem in error.value.problems]
    assert cells == ['M4): "False" is not understood', 'M5): "0" is not understood']


def test_cells_merged_elsewhere_are_no_matter(sent_back: Callable[[Edit], Path], choices: Choices) -> None:
    def edit(sheet: Any) -> None:
        sheet.merge_cells("A1:S1")
        sheet.merge_cells("T4:T6")

    assert read_tracker(sent_back(edit), choices) == read_tracker(sent_back(lambda _: None), choices)


def test_what_is_written_where_nothing_is_read_is_known_by_its_cell(
    sent_back: Callable[[Edit], Path], choices: Choices
) -> None:
    def edit(sheet: Any) -> None:
        sheet["P4"], sheet["C5"], sheet["G5"], sheet["R5"], sheet["A99"] = "Ann", "Ward B", "soon", "half", "Agreed"
        sheet["G6"], sheet["Q6"] = "Late", None
        sheet["D4"].comment = Comment("By June", "Bob")

    tracker = read_tracker(sent_back(edit), choices)
    assert tracker.pasted == ("P4", "C5", "G5", "R5", "A99")
    assert tracker.notes == ("D4",)
    nobody = read_tracker(sent_back(lambda _: None), choices)
    assert (nobody.pasted, nobody.notes) == ((), ())


def test_rows_that_are_not_there_any_more_are_known(
    planned: Planned, sent_back: Callable[[Edit], Path], choices: Choices
) -> None:
    first, second, third, *_ = (action.id for action in planned.plan.actions)

    def edit(sheet: Any) -> None:
        sheet["S5"] = None
        for column in "BCDEFGHIJKLMNOPQR":  # all of it that a person sees
            sheet[f"{column}6"] = None
        sheet.delete_rows(4)

    assert not {first, second, third} & {*read_tracker(sent_back(lambda _: None), choices).gone}
    assert read_tracker(sent_back(edit), choices).gone[:3] == (first, second, third)


@pytest.mark.parametrize("kept", [True, False])
def test_what_is_written_in_an_empty_row_is_an_action_of_their_own(
    sent_back: Callable[[Edit], Path], choices: Choices, *, kept: bool
) -> None:
    ids = []

    def edit(sheet: Any) -> None:
        sheet["B50"] = "Meet the board"
        sheet["E50"] = "2027-05-01"
        sheet["N50"] = "some weeks of someone's time"
        sheet["O50"] = choices[Field.DOMAIN]["structures"]
        ids.append(sheet["S50"].value if kept else "")
        sheet["S50"] = ids[0] or None

    new = read_tracker(sent_back(edit), choices).rows[-1]
    assert new.name == ids[0]
    assert new.values == {
        **dict.fromkeys(Field, ""),
        Field.TITLE: "Meet the board",
        Field.DUE: "2027-05-01",
        Field.EFFORT: "2",
        Field.DOMAIN: "structures",
    }


def test_every_empty_row_has_an_id_of_its_own_and_of_this_workbook(planned: Planned, plan_data: bytes) -> None:
    def ids(plan_data: bytes) -> set[str]:
        sheet = load_workbook(io.BytesIO(plan_data))[PLAN_SHEET]
        return {row[18] for row in sheet.iter_rows(min_row=4, values_only=True) if not row[1]}

    other = plan_workbook(
        planned.report.model_copy(update={"team": "Another"}), planned.plan, default_theme(), planned.overlay
    )
    assert len(ids(plan_data)) == len(ids(other)) == 40
    assert not ids(plan_data) & ids(other)
    assert ids(plan_data) == ids(plan_workbook(planned.report, planned.plan, default_theme(), planned.overlay))


@pytest.mark.parametrize("team", ["team", "owner", "Id", "North  side ", "x" * 300])
def test_a_team_may_be_called_anything(tmp_path: Path, planned: Planned, choices: Choices, team: str) -> None:
    report = planned.report.model_copy(update={"team": team})
    (tmp_path / "a.xlsx").write_bytes(plan_workbook(report, planned.plan, default_theme(), planned.overlay))
    assert read_tracker(tmp_path / "a.xlsx", choices).team == safe(team)


def test_what_nobody_edited_is_taken_as_it_is_though_nobody_could_have_typed_it(
    tmp_path: Path, planned: Planned, choices: Choices
) -> None:
    first, *rest = planned.plan.actions
    long = first.model_copy(
        update={"title": "t" * 4000, "detail": "d" * 25_000, "comments": ("c" * 20_000, "e" * 20_000), "domain": "gone"}
    )
    plan = planned.plan.model_copy(update={"actions": (long, *rest)})
    (tmp_path / "a.xlsx").write_bytes(plan_workbook(planned.report, plan, default_theme(), planned.overlay))
    book = load_workbook(tmp_path / "a.xlsx")
    book[PLAN_SHEET]["D4"] = "Sam"
    book.save(tmp_path / "a.xlsx")
    tracker = read_tracker(tmp_path / "a.xlsx", choices)
    assert {field for field in Field if tracker.rows[0].values[field] != tracker.sent[0].values[field]} == {Field.OWNER}
