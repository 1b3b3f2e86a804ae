"""Of a workbook with several sheets, the one with the answers is read."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from readiness.bank.model import Bank
from readiness.errors import InputError
from readiness.intake.headings import Names
from readiness.intake.mapping import Mapping
from readiness.intake.sources import gather, open_sources
from readiness.intake.survey import SurveyReader
from readiness.intake.table_files import open_table
from readiness.roundtrip.form_entries import Given
from tests.intake.written import ALL_GIVEN, problems
from tests.spreadsheets import row_xml, spreadsheet

Row = Sequence[object]

COVER: list[Row] = [["Survey of Peer Workers"], [], ["Made in", "May 2026"]]
ANSWERS: list[Row] = [["team", "date", "language"], ["Northside", "2026-11-22", 2]]
OTHERS: list[Row] = [["Who", "What", "When"], ["A", "B", "C"]]


def book(path: Path, **sheets: Sequence[Row]) -> Path:
    if path.suffix == ".ods":
        return spreadsheet(path, sheets)
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def told(path: Path, bank: Bank, sheet: str | None = None) -> str:
    return open_table(path, names=Names.of(bank, {}), sheet=sheet).told


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods"])
def test_the_sheet_with_questions_is_read_wherever_it_is(tmp_path: Path, bank: Bank, name: str) -> None:
    path = book(tmp_path / name, Cover=COVER, Lists=OTHERS, Data=[*COVER, *ANSWERS])
    assert told(path, bank) == 'sheet "Data", of 3 sheets'
    opened = open_sources([path], bank)
    found = gather(opened.sources, bank, Mapping(bank=bank.id), ALL_GIVEN)
    assert problems(bank, found) == []
    assert [one.assessment.responses["language"].level for one in found.gathered] == [2]
    assert found.gathered[0].place.line == len(COVER) + 2


def test_a_sheet_is_named_in_any_case_or_by_its_number(tmp_path: Path, bank: Bank) -> None:
    path = book(tmp_path / "a.xlsx", Cover=OTHERS, Data=ANSWERS, **{"1": OTHERS})
    assert told(path, bank, "cover") == 'sheet "Cover", of 3 sheets'
    assert told(path, bank, "2") == 'sheet "Data", of 3 sheets'
    assert told(path, bank, "1") == 'sheet "1", of 3 sheets'
    for wanted in ("nowhere", "4", "0"):
        with pytest.raises(InputError, match=f'There is no sheet "{wanted}" in this workbook. It has: Cover, Data, 1'):
            told(path, bank, wanted)


def test_questions_in_several_sheets_are_told(tmp_path: Path, bank: Bank) -> None:
    path = book(tmp_path / "a.xlsx", Old=ANSWERS, New=ANSWERS)
    table = open_table(path, names=Names.of(bank, {}))
    assert table.notices == (
        f'{path}: only the sheet "Old" was read. There are questions in "New", too: name one with --sheet.',
    )


def test_without_known_questions_a_table_goes_before_a_cover_and_the_others_are_named(
    tmp_path: Path, bank: Bank
) -> None:
    path = book(tmp_path / "a.xlsx", Cover=COVER, Data=OTHERS)
    assert told(path, bank) == 'sheet "Data", of 2 sheets'
    found = gather(open_sources([path], bank).sources, bank, Mapping(bank=bank.id), ALL_GIVEN)
    assert str(found.problems[-1]) == (
        f'{path}: There are other sheets in this workbook: "Cover". '
        "If the answers are in one of them, name it with --sheet."
    )


def test_a_title_of_two_cells_is_passed_over(tmp_path: Path, bank: Bank) -> None:
    rows: list[Row] = [
        ["Survey", "May 2026"],
        [],
        ["When", "How it was", "Who asked", "What next", "A", "B"],
        [1, 2, 3, 4, 5, 6],
    ]
    path = book(tmp_path / "a.xlsx", Data=rows)
    found = gather(open_sources([path], bank).sources, bank, Mapping(bank=bank.id), ALL_GIVEN)
    assert {one.place.line for one in found.open} == {3}


def merged(path: Path, *cells: str, note: str | None = None) -> Path:
    """Return a table of three answers, after somebody merged cells of it in a spreadsheet."""
    rows: list[Row] = [["Survey of Peer Workers"], ["team", "date", "role", "language", "shared-understanding", "Cost"]]
    rows += [["Northside", "2026-11-22", "peer-worker", 2, 3, number] for number in range(3)]
    book(path, Data=[*rows, ["Thanks to all"]])
    workbook = load_workbook(path)
    for each in cells:
        workbook["Data"].merge_cells(each)
    if note:
        workbook["Data"][note].comment = Comment("She said three", "Ann")
    workbook.save(path)
    return path


def wrong(path: Path, bank: Bank, sample: int | None) -> list[str]:
    names = Names.of(bank, {})
    decided = Mapping(bank=bank.id, columns={"Cost": "ignore"})
    reader = SurveyReader(open_table(path, names=names), names, decided, Given(), sample=sample)
    return [str(problem).removeprefix(f"{path}:") for problem in reader.table_problems()]


@pytest.mark.parametrize("sample", [None, 3])
def test_cells_merged_over_rows_or_questions_are_refused(tmp_path: Path, bank: Bank, sample: int | None) -> None:
    path = merged(tmp_path / "a.xlsx", "C3:C5", "D3:E3", "A4:A5")
    todo = "is merged, and only its first cell has what it says. Unmerge it, and fill in each cell."
    assert wrong(path, bank, sample) == [f"3:3: C3:C5 {todo}", f"3:4: D3:E3 {todo}", f"4:1: A4:A5 {todo}"]


def test_cells_merged_in_headings_in_one_row_or_where_nothing_is_read_are_no_matter(tmp_path: Path, bank: Bank) -> None:
    assert wrong(merged(tmp_path / "a.xlsx", "A1:F1", "F3:F5", "A6:E6", "H3:H5"), bank, None) == []


def test_merged_cells_of_an_open_document_are_refused(tmp_path: Path, bank: Bank) -> None:
    span = '<table:table-cell table:number-rows-spanned="2" office:value-type="float" office:value="2"/>'
    covered = "<table:covered-table-cell/>"
    rows = [["team", "date", "language"], ["North", "2026-11-22", span], ["North", "2026-11-22", covered]]
    [problem] = wrong(spreadsheet(tmp_path / "a.ods", {"S": rows}), bank, None)
    assert problem.startswith("2:3: C2:C3 is merged")


def test_notes_on_cells_of_a_table_are_told(tmp_path: Path, bank: Bank) -> None:
    path = merged(tmp_path / "a.xlsx", note="D4")
    assert open_table(path, names=Names.of(bank, {})).notices == (f"{path}: notes on cells were not read: D4.",)


@pytest.mark.parametrize("sample", [None, 1])
def test_hidden_rows_of_a_table_are_read_and_told(tmp_path: Path, bank: Bank, sample: int | None) -> None:
    path = merged(tmp_path / "a.xlsx")
    workbook = load_workbook(path)
    for row in (1, 3, 5, 9):  # above the headings, two answers, and an empty one
        workbook["Data"].row_dimensions[row].hidden = True
    workbook.save(path)
    names = Names.of(bank, {})
    reader = SurveyReader(open_table(path, names=names), names, Mapping(bank=bank.id), Given(), sample=sample)
    assert reader.notices == (f"{path}: 2 hidden rows were read: 3, 5. Delete the rows that should not count.",)


def test_rows_that_a_filter_hides_in_an_open_document_are_told_as_far_as_they_are_counted(
    tmp_path: Path, bank: Bank
) -> None:
    headings, answer = ["team", "date", "language"], ["North", "2026-11-22", 2]
    rows = row_xml(answer, repeated=1_200).replace("<table:table-row", '<table:table-row table:visibility="filter"')
    path = spreadsheet(tmp_path / "a.ods", {"S": [headings, rows]})
    names = Names.of(bank, {})
    reader = SurveyReader(open_table(path, names=names), names, Mapping(bank=bank.id), Given(), sample=10)
    [told] = reader.notices
    assert "At least 1000 hidden rows were read: 2, 3, " in told
