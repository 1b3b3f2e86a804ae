"""A plan's workbook that comes back and can't be taken over: what is wrong is said with its cell."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from readiness.errors import MOST_TOLD, InputError
from readiness.plan.edits import Choices
from readiness.plan.sheets import PLAN_SHEET
from readiness.roundtrip.plan_workbook_read import read_tracker
from tests.roundtrip.plan_workbooks import Edit, _sort


@pytest.mark.parametrize(("first", "what"), [("A", "number"), ("B", "words"), ("C", "question")])
def test_part_of_the_sheet_that_was_sorted_without_the_ids_is_refused_with_its_rows(
    sent_back: Callable[[Edit], Path], choices: Choices, first: str, what: str
) -> None:
    def edit(sheet: Any) -> None:
        sheet["D4"], sheet["D5"], sheet["D6"] = "Cy", "Bob", "Ann"
        _sort(sheet[f"{first}4" : "I6"])

    with pytest.raises(InputError) as error:
        read_tracker(sent_back(edit), choices)
    [problem] = error.value.problems
    numbers = [row[0].value for row in load_workbook(sent_back(lambda _: None))[PLAN_SHEET]["A4":"A6"]]
    told = f"row 4 has the {what} of action {numbers[2]} and the Id of action {numbers[0]}; "
    told += f"row 6 has the {what} of action {numbers[0]} and the Id of action {numbers[2]}"
    assert (
        problem.what
        == f"Part of this sheet was sorted, moved or copied without the rest, so nothing was brought back: {told}"
    )


def test_an_action_moved_into_an_empty_row_without_its_id_is_refused(
    sent_back: Callable[[Edit], Path], choices: Choices
) -> None:
    def edit(sheet: Any) -> None:
        for column in "ABCDEFHI":
            sheet[f"{column}50"], sheet[f"{column}4"] = sheet[f"{column}4"].value, None
        sheet["B4"] = "Meet the board"

    with pytest.raises(InputError, match="row 50 has the number of action 1 and the Id of an empty row"):
        read_tracker(sent_back(edit), choices)


def test_rows_sorted_above_the_headings_are_refused(sent_back: Callable[[Edit], Path], choices: Choices) -> None:
    def edit(sheet: Any) -> None:
        for headings, row in zip(sheet["A3":"S3"][0], sheet["A4":"S4"][0], strict=True):
            headings.value, row.value = row.value, headings.value

    with pytest.raises(InputError) as error:
        read_tracker(sent_back(edit), choices)
    [problem] = error.value.problems
    assert problem.what == "Rows of the plan stand above the headings, and were not read: 3"


@pytest.mark.parametrize("cells", ["D4:D6", "D4:E4", "S4:S5"])
def test_cells_merged_in_the_plan_are_refused(sent_back: Callable[[Edit], Path], choices: Choices, cells: str) -> None:
    with pytest.raises(InputError, match=f"{cells} is merged, and only its first cell has what it says"):
        read_tracker(sent_back(lambda sheet: sheet.merge_cells(cells)), choices)


def test_of_many_merged_ranges_the_first_are_told(sent_back: Callable[[Edit], Path], choices: Choices) -> None:
    def edit(sheet: Any) -> None:
        for row in range(4, 1_000):
            sheet.merged_cells.add(f"D{row}:XFD{row}")

    with pytest.raises(InputError) as error:
        read_tracker(sent_back(edit), choices)
    assert len(error.value.problems) == MOST_TOLD
    assert error.value.problems[-1].what == "797 more ranges of cells are merged in this sheet"


def test_all_that_can_not_be_understood_is_said_at_once_with_its_cell(
    sent_back: Callable[[Edit], Path], choices: Choices
) -> None:
    def edit(sheet: Any) -> None:
        sheet["E4"] = "soon"
        sheet["F5"] = "nearly"
        sheet["I6"] = "tomorrow"
        sheet["S7"] = "invented"
        for column in "ABCS":
            sheet[f"{column}8"] = sheet[f"{column}9"].value
        sheet["D50"] = "Ann"

    path = sent_back(edit)
    gone = (
        'The Id "invented" is not one that went out with this workbook. Put the Id back, or empty it to make this an '
    )
    gone += "action of your own."
    todo = "Delete one, or empty its Id to make it an action of your own."
    twice = load_workbook(path)[PLAN_SHEET]["S9"].value
    with pytest.raises(InputError) as error:
        read_tracker(path, choices)
    assert [str(problem).removeprefix(f"{path}:") for problem in error.value.problems] == [
        '4:5: By when (cell E4): "soon" is not understood. Write a date, such as 31/01/2027.',
        '5:6: Status (cell F5): "nearly" is not understood. Use one of: To do, Doing, Stuck, Done.',
        '6:9: When (cell I6): "tomorrow" is not understood. Use one of: Now, When you have room, Next, Later.',
        f"7:19: {gone}",
        "50:2: This row does not say what to do. Write it, or empty the row.",
        f'9:19: There are two rows for the action "{twice}". {todo}',
    ]


def test_a_damaged_workbook_is_said_to_be_one_whatever_is_broken_in_it(
    tmp_path: Path, plan_data: bytes, choices: Choices
) -> None:
    parts = {
        part.filename: zipped.read(part) for zipped in [ZipFile(io.BytesIO(plan_data))] for part in zipped.infolist()
    }
    chance = Random(20261124)
    path = tmp_path / "damaged.xlsx"
    refused = 0
    for _ in range(50):
        path.write_bytes(_damaged(parts, chance))
        try:
            read_tracker(path, choices)
        except InputError:
            refused += 1
    assert refused > 10


def _damaged(parts: Mapping[str, bytes], chance: Random) -> bytes:
    """Return the workbook with one part cut off, taken out, or with three of its characters changed."""
    name = chance.choice([*parts])
    part: bytes | None = parts[name]
    match chance.randrange(3):
        case 0:
            part = parts[name][: chance.randrange(len(parts[name]))]
        case 1:
            changed = bytearray(parts[name])
            for _ in range(3):
                changed[chance.randrange(len(changed))] = chance.randrange(32, 127)
            part = bytes(changed)
        case _:
            part = None
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as zipped:
        for other, content in {**parts, name: part}.items():
            if content is not None:
                zipped.writestr(other, content)
    return out.getvalue()


def test_a_workbook_of_something_else_is_refused(
    tmp_path: Path, sent_back: Callable[[Edit], Path], choices: Choices
) -> None:
    path = sent_back(lambda sheet: setattr(sheet, "title", "Renamed"))
    with pytest.raises(InputError, match='There is no sheet "Action plan"'):
        read_tracker(path, choices)
    with pytest.raises(InputError, match="There is no such file"):
        read_tracker(tmp_path / "nowhere.xlsx", choices)


def test_a_file_of_another_kind_is_said_to_be_it_with_how_to_make_the_right_one(
    tmp_path: Path, choices: Choices
) -> None:
    book = Workbook()
    book.active.title = "Scores"
    book.create_sheet("Why")
    book.save(tmp_path / "report.xlsx")
    (tmp_path / "n.yaml").write_text("team: {name: N}\nresponses: {language: 2}\n", "utf-8")
    (tmp_path / "report.json").write_text('{"explanation": 1, "horizons": 1, "sentences": 1}', "utf-8")
    (tmp_path / "report.html").write_text("<!doctype html>", "utf-8")
    (tmp_path / "notes.txt").write_text(": - what", "utf-8")
    todo = "To make one that can be brought back: readiness plan FILE -o plan.xlsx"
    for name, told in (
        ("report.xlsx", f"This is a workbook, but not of the plan: its sheets are Scores, Why. {todo}"),
        ("n.yaml", f"This is a file of answers, and no workbook of the plan. {todo}"),
        ("report.json", f"This is a report, and no workbook of the plan. {todo}"),
        ("report.html", f"This is a web page, and no workbook of the plan. {todo}"),
        (
            "notes.txt",
            "This is not a workbook that we can read. Open it in the program that made it, and save it again.",
        ),
    ):
        with pytest.raises(InputError) as error:
            read_tracker(tmp_path / name, choices)
        assert str(error.value) == f"{tmp_path / name}: {told}"


def test_a_column_that_is_gone_is_named(sent_back: Callable[[Edit], Path], choices: Choices) -> None:
    with pytest.raises(InputError, match="Columns are missing: By when"):
        read_tracker(sent_back(lambda sheet: sheet.delete_cols(5)), choices)
