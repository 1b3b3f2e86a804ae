"""Of a workbook with several sheets, the one with the answers is read."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from readiness.bank.model import Bank
from readiness.errors import InputError
from readiness.intake.headings import Names
from readiness.intake.mapping import Mapping
from readiness.intake.sources import gather, open_sources
from readiness.intake.table_files import open_table
from tests.intake.written import ALL_GIVEN, problems
from tests.spreadsheets import spreadsheet

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
