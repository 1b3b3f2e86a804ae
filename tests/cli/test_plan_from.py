"""What is said of a workbook that comes back, and what is brought back from it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from readiness.bank.model import Bank
from readiness.cli.inputs import OpenedTeam
from readiness.cli.invocation import Invocation
from readiness.cli.plan_import import Agreeing, take_over
from readiness.errors import InputError
from readiness.plan.find import PlanPlace
from readiness.plan.overlay import Overlay
from readiness.plan.sheets import PLAN_SHEET
from readiness.roundtrip.plan_workbook import plan_workbook
from readiness.team import AssessedTeam
from tests.report.planned import worked_on
from tests.report.services import example
from tests.themes import default_theme


class Taken(Protocol):
    """Takes a workbook over that somebody changed, on a plan with these edits, and returns what was said."""

    def __call__(self, edit: Callable[[Any], None], here: Overlay | None = None) -> str: ...


@pytest.fixture
def taken(tmp_path: Path, bank: Bank, capsys: pytest.CaptureFixture[str]) -> Taken:
    """Take over the workbook of a plan after somebody changed its sheet, and return what was said."""

    def taken(edit: Callable[[Any], None], here: Overlay | None = None) -> str:
        planned, path = worked_on(bank), tmp_path / "plan.xlsx"
        path.write_bytes(plan_workbook(planned.report, planned.plan, default_theme(), planned.overlay))
        book = load_workbook(path)
        edit(book[PLAN_SHEET])
        book.save(path)
        kept = tmp_path / "n.plan.json"
        kept.write_text((here or planned.overlay).to_json(), "utf-8")
        team = AssessedTeam(bank, example("northside-cmht", bank), planned.overlay)
        opened = OpenedTeam(team, PlanPlace(kept), ())
        take_over(opened, path, Invocation(), Agreeing(yes=True, prefer=None))
        return capsys.readouterr().err

    return taken


def test_a_conflict_about_words_that_end_in_a_stop_has_no_second_one(taken: Taken, bank: Bank) -> None:
    first = worked_on(bank).overlay
    name = next(iter(first.actions))
    here = first.with_edit(name, first.edit(name).model_copy(update={"title": "Ask them.", "owner": "Sam Jr."}))
    with pytest.raises(InputError) as error:
        taken(lambda sheet: sheet.__setitem__("D4", "Ann Sr."), here)
    [problem] = error.value.problems
    assert problem.what == '1. Ask them: "Who" was changed here to "Sam Jr" and in the workbook to "Ann Sr"'


def test_changes_stand_below_their_action_and_what_is_new_has_the_number_that_it_will_have(taken: Taken) -> None:
    def edit(sheet: Any) -> None:
        free = next(row for row in range(4, 60) if not sheet[f"B{row}"].value)
        sheet["B4"], sheet["D4"], sheet["B5"], sheet["F5"] = "Ask ten people", "Ann", None, None
        sheet[f"B{free}"], sheet[f"D{free}"] = "Invite a union", "Sam"

    lines, out = taken(edit).splitlines(), 'To take one out, write why under "Remove from the plan (say why)".'
    assert lines == [
        f'Note: "What to do" is empty in the workbook, and stays in the plan as it is: action 4. {out}',
        'Note: "Status" is empty in the workbook, and stays in the plan as it is: action 4.',
        "1. Ask the managers above to get one thing ready for the role",
        "- What to do: Ask ten people",
        "- The details stay as they are. Check that they still fit.",
        "- Who: Priya Nair → Ann",
        "29. Invite a union (new)",
        "- Who: Sam",
        lines[-1],
    ]


def test_what_is_not_taken_over_is_said(taken: Taken) -> None:
    def edit(sheet: Any) -> None:
        sheet["T3"], sheet["T4"] = "Cost", 300
        numbers.extend(sheet[f"A{row}"].value for row in (6, 7))
        sheet.delete_rows(6, 2)

    numbers: list[int] = []
    left, gone, nothing = taken(edit).splitlines()
    assert left == 'Note: This column stays in the workbook, as the plan has no place for it: "Cost" (column T).'
    first, second = sorted(numbers)
    assert gone.startswith(
        f"Note: Not in the workbook any more, and still in the plan: actions {first} and {second}. To take one out"
    )
    assert nothing == "There is nothing new in the workbook: nothing was changed in it, or it was brought back already."
    assert (
        taken(lambda _: None)
        == "There is nothing new in the workbook: nothing was changed in it, or it was brought back already.\n"
    )


def test_notes_and_what_is_pasted_into_columns_of_ours_are_said_to_stay(taken: Taken) -> None:
    def edit(sheet: Any) -> None:
        sheet["P4"] = "Ann Smith"
        sheet["D5"].comment = Comment("Ann will do it, by June", "Bob")

    pasted, notes, _ = taken(edit).splitlines()
    assert pasted == "Note: Not brought back, as these cells are in columns that only tell something: P4."
    assert notes == 'Note: Notes on cells are not brought back: D5. Write what they say under "Comments".'


def test_changes_in_a_copy_of_the_sheet_are_said_to_stay_there(taken: Taken) -> None:
    def edit(sheet: Any) -> None:
        copied = sheet.parent.copy_worksheet(sheet)
        copied.title = "Action plan (2)"
        copied["D5"] = "Sam Okafor"

    told = taken(edit)
    assert (
        'Note: The sheet "Action plan (2)" is a copy of the plan with changes in it, and they are not brought' in told
    )
    assert 'Make them in the sheet "Action plan".' in told


def test_a_new_row_that_is_taken_for_an_action_is_told(taken: Taken, bank: Bank) -> None:
    first = worked_on(bank).overlay
    own = next(name for name in first.actions if name.startswith("own-"))
    title = first.edit(own).title

    def edit(sheet: Any) -> None:
        row = next(row for row in sheet.iter_rows(min_row=4) if row[1].value == title)
        free = next(row for row in sheet.iter_rows(min_row=4) if row[1].value is None)
        free[1].value, free[3].value = title, "Sam Okafor"
        free[18].value = None
        sheet.delete_rows(row[0].row)

    told = taken(edit)
    assert "Note: A new row counts as an action that was written in the same words: action " in told
    assert "If it is another action, write it in other words." in told
