"""What is wrong in a table stays with its row, and says its place and what to do."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from readiness.bank.model import Bank
from readiness.batch.inputs import input_files, read
from readiness.batch.row_reader import TableTerms
from readiness.batch.scorer import Marking
from readiness.errors import MOST_TOLD, InputError
from tests.batch.two_teams import TWO_TEAMS
from tests.batch.writing import put, read_all, row, rows_of, wrong
from tests.intake.written import collect, problems


@pytest.mark.parametrize("name", ["nothing.csv", "*.xlsx", "notes.txt", "empty"])
def test_a_path_that_leads_nowhere_stops_the_batch_and_says_why(marking: Marking, tmp_path: Path, name: str) -> None:
    (tmp_path / "notes.txt").write_text("nothing", "utf-8")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError) as error:
        read_all(marking, tmp_path / name)
    assert name in str(error.value)


def test_every_wrong_cell_of_a_row_is_told_with_its_place_and_the_other_rows_stay(
    marking: Marking, tmp_path: Path
) -> None:
    bad = row("Brook", {"critical-mass-planned": "9", "language": "sometimes"}, date="soon", stage="later")
    items = read_all(marking, put(tmp_path / "t.csv", [row("Alder"), bad, row("", date=""), row("Dene")]))
    assert [one.team for one in rows_of(items)] == ["Alder", "Dene"]
    found = wrong(items)
    assert [line.partition(": ")[0] for line in found] == [
        "t.csv:3:6",
        "t.csv:3:9",
        "t.csv:3:10",
        "t.csv:3:4",
        "t.csv:4:1",
        "t.csv:4:4",
    ]
    assert "planning, introducing, established" in found[0]
    assert "Write 0, 1, 2, 3 or 4" in found[1]
    assert "Write it as year-month-day" in found[3]


@pytest.mark.parametrize(
    "name", ["team", "organisation", "role", "stage", "date", "language", "note language", "participant code"]
)
def test_a_formula_without_its_value_is_neither_a_name_nor_an_answer(
    marking: Marking, tmp_path: Path, bank: Bank, name: str
) -> None:
    rows = [row(f"Team #{at}") | {"note language": "Yes.", "participant code": str(at)} for at in range(3)]
    rows[1][name] = "=CONCATENATE(A1)"
    book = Workbook()
    for each in [[*rows[0]], *(one.values() for one in rows)]:
        book.active.append([*each])
    book.save(tmp_path / "a.xlsx")
    said = (
        "This cell has a formula that was saved without its value. Open the file in a spreadsheet program and save it"
    )
    message = f"a.xlsx:3:{[*rows[0]].index(name) + 1}: {said} there, or replace the formula with its value."
    found = read_all(marking, tmp_path / "a.xlsx")
    assert wrong(found) == [message]
    assert [one.team for one in rows_of(found)] == ["Team #0", "Team #2"]
    assert problems(bank, collect(bank, tmp_path / "a.xlsx")) == [f"{tmp_path}/{message}"]


def test_a_table_with_an_answer_merged_over_rows_is_refused(marking: Marking, bank: Bank, tmp_path: Path) -> None:
    rows = [row(f"Team {at}") for at in range(3)]
    book = Workbook()
    for each in [[*rows[0]], *(one.values() for one in rows)]:
        book.active.append([*each])
    at = get_column_letter([*rows[0]].index("role") + 1)
    book.active.merge_cells(f"{at}2:{at}4")
    book.save(tmp_path / "a.xlsx")
    found = read_all(marking, tmp_path / "a.xlsx")
    assert not rows_of(found)
    [said] = wrong(found)
    assert f": {at}2:{at}4 is merged, and only its first cell has what it says." in said
    assert problems(bank, collect(bank, tmp_path / "a.xlsx")) == [f"{tmp_path}/{said}"]


@pytest.mark.parametrize("name", ["team", "organisation"])
def test_an_error_of_the_spreadsheet_is_no_name_that_rows_share(marking: Marking, tmp_path: Path, name: str) -> None:
    rows = [row("Northside"), row("Southside") | {name: "#REF!"}, row("Eastside") | {name: "#REF!"}, row("#1 Team")]
    found = read_all(marking, put(tmp_path / "a.csv", rows))
    assert [one.partition(" an error")[0] for one in wrong(found)] == [
        f"a.csv:{at}:{[*rows[0]].index(name) + 1}: This cell shows #REF!," for at in (3, 4)
    ]
    assert [one.team for one in rows_of(found)] == ["Northside", "#1 Team"]


def test_a_row_without_an_answer_may_have_a_name_that_is_an_error(marking: Marking, tmp_path: Path) -> None:
    rows = [row("Northside"), row("#N/A", {"critical-mass-planned": "", "language": ""})]
    found = read_all(marking, put(tmp_path / "a.csv", rows))
    assert wrong(found) == []
    assert [one.team for one in rows_of(found)] == ["Northside"]


def test_the_nearest_words_are_looked_for_in_the_first_wrong_rows_of_a_table_alone(
    marking: Marking, tmp_path: Path, bank: Bank
) -> None:
    near = bank.question_by_id["language"].levels[2].text
    rows = [row(f"Team {at}", {"language": f"{near} {at}"}) for at in range(MOST_TOLD + 2)]
    said = wrong(read_all(marking, put(tmp_path / "teams.csv", rows)))
    assert len(said) == MOST_TOLD + 2
    assert ["Nearest" in each for each in said] == [True] * MOST_TOLD + [False] * 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "nothing in this table"),
        ("date,language\n2026-01-01,1\n", "No column says which team the answers are about. Give it with --team."),
        ("team,language\nA,1\n", "Nothing says when the answers were given. Give it with --date."),
        ("team,nation\nA,1\n", "No column of this table is known as a question of the bank"),
        (
            "team,date,language,critical_mas\nA,2026-01-01,1,1\n",
            't.csv:1:4: We don’t recognise the column "critical_mas"',
        ),
        (
            "team,date,language,Language\nA,2026-01-01,1,2\n",
            'The columns "language" and "Language" answer "language" in',
        ),
        ('team,date,language\n"A,2026-01-01,1\n', "quotation mark that is not closed"),
        ("team,date,language\nA,2026-01-01,1,more\n", "t.csv:2:4: This row has more cells than there are headings"),
        (f"team,date,language\n{'A' * 301},2026-01-01,1\n", "There are more than 300 characters"),
        ("team,date,language\n\u200b,2026-01-01,1\n", "t.csv:2:1: This row does not say which team it is about"),
        ("team,date,language\n", "There are only headings in this table, and no answers"),
        ("team,date,language\nA,2026-01-01,\n", "No row of this table answers any question"),
        ("team,date,language,role\nA,2026-01-01,1,Nurse\n", 't.csv:2:4: "Nurse", in the column "role", is no role'),
        ("team,date,language\nA,03/04/2026,1\n", "Say which with --day-first or --month-first."),
        ("team,date,language\nA,14/04/2026,1\nA,04/14/2026,1\n", 't.csv:1:2: Dates differ in the column "date"'),
    ],
)
def test_what_is_wrong_with_a_table_is_said(marking: Marking, tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "t.csv").write_text(text, "utf-8")
    items = read_all(marking, tmp_path / "t.csv")
    assert rows_of(items) == []
    assert message in "\n".join(wrong(items))


def test_a_file_that_goes_away_costs_itself_alone(marking: Marking, tmp_path: Path) -> None:
    gone, stays = put(tmp_path / "a.csv", TWO_TEAMS), put(tmp_path / "b.csv", TWO_TEAMS)
    with input_files([gone, stays], Path("/nowhere")) as found:
        gone.unlink()
        items = [item for file in found.files for item in read(file, marking, TableTerms.of(marking.bank), tmp_path)]
    assert len(rows_of(items)) == 2
    assert "a.csv: There is no such file" in wrong(items)[0]
