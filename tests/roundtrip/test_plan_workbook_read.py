"""A plan's workbook that comes back from people who worked in it."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from readiness.bank.model import Bank
from readiness.errors import MOST_TOLD, InputError
from readiness.plan.edits import Choices, Field, choices_of, values_of
from readiness.plan.merge import ActionRow
from readiness.plan.sheets import FOR, PLAN_SHEET, SENT_SHEET
from readiness.roundtrip.plan_workbook import plan_workbook
from readiness.roundtrip.plan_workbook_read import read_tracker
from readiness.text import safe
from tests.report.planned import TODAY, Planned, worked_on
from tests.themes import default_theme

Edit = Callable[[Any], None]


AGAIN = "Open it in the program that made it, and save it again."


@pytest.fixture(scope="module")
def planned(bank: Bank) -> Planned:
    return worked_on(bank)


@pytest.fixture(scope="module")
def choices(bank: Bank) -> Choices:
    return choices_of(bank)


@pytest.fixture(scope="module")
def data(planned: Planned) -> bytes:
    return plan_workbook(planned.report, planned.plan, default_theme(), planned.overlay)


@pytest.fixture
def sent_back(tmp_path: Path, data: bytes) -> Callable[[Edit], Path]:
    """Return the workbook after somebody changed the sheet with the plan, and saved it elsewhere."""

    def changed(edit: Edit) -> Path:
        book = load_workbook(io.BytesIO(data))
        edit(book[PLAN_SHEET])
        path = tmp_path / "back.xlsx"
        book.save(path)
        return path

    return changed


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


def test_rows_that_are_sorted_whole_change_nothing(sent_back: Callable[[Edit], Path], choices: Choices) -> None:
    def edit(sheet: Any) -> None:
        sheet["D4"], sheet["D5"], sheet["D6"] = "Cy", "Bob", "Ann"

    def sort(sheet: Any) -> None:
        edit(sheet)
        _sort(sheet["A4":"S6"])

    sorted_rows, rows = (read_tracker(sent_back(change), choices).rows for change in (sort, edit))
    assert {row.name: row for row in sorted_rows} == {row.name: row for row in rows}


def test_an_action_moved_into_an_empty_row_without_its_id_is_refused(
    sent_back: Callable[[Edit], Path], choices: Choices
) -> None:
    def edit(sheet: Any) -> None:
        for column in "ABCDEFHI":
            sheet[f"{column}50"], sheet[f"{column}4"] = sheet[f"{column}4"].value, None
        sheet["B4"] = "Meet the board"

    with pytest.raises(InputError, match="row 50 has the number of action 1 and the Id of an empty row"):
        read_tracker(sent_back(edit), choices)


def test_a_workbook_that_did_not_keep_the_questions_it_told_is_still_read(
    sent_back: Callable[[Edit], Path], choices: Choices
) -> None:
    def edit(sheet: Any) -> None:
        sheet["D4"] = "Ann"
        sent = sheet.parent[SENT_SHEET]
        sent.delete_cols(next(cell.column for cell in sent[2] if cell.value == FOR), 4)

    assert read_tracker(sent_back(edit), choices).rows[0].values[Field.OWNER] == "Ann"


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


def _sort(rows: tuple[tuple[Any, ...], ...]) -> None:
    """Sort cells of the sheet by who does it, as a spreadsheet sorts what is selected."""
    owners = {id(row): next(cell.value for cell in row if cell.column_letter == "D") for row in rows}
    values = [[cell.value for cell in row] for row in sorted(rows, key=lambda row: owners[id(row)])]
    for row, sorted_values in zip(rows, values, strict=True):
        for cell, value in zip(row, sorted_values, strict=True):
            cell.value = value


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


def test_every_empty_row_has_an_id_of_its_own_and_of_this_workbook(planned: Planned, data: bytes) -> None:
    def ids(data: bytes) -> set[str]:
        sheet = load_workbook(io.BytesIO(data))[PLAN_SHEET]
        return {row[18] for row in sheet.iter_rows(min_row=4, values_only=True) if not row[1]}

    other = plan_workbook(
        planned.report.model_copy(update={"team": "Another"}), planned.plan, default_theme(), planned.overlay
    )
    assert len(ids(data)) == len(ids(other)) == 40
    assert not ids(data) & ids(other)
    assert ids(data) == ids(plan_workbook(planned.report, planned.plan, default_theme(), planned.overlay))


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
    tmp_path: Path, data: bytes, choices: Choices
) -> None:
    parts = {part.filename: zipped.read(part) for zipped in [ZipFile(io.BytesIO(data))] for part in zipped.infolist()}
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
