"""The same rows come out of every kind of table; what is wrong stays with its row, and says its place."""

import datetime as dt
import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from readiness.assessment.endings import LOCK
from readiness.assessment.form_mark import FormMark
from readiness.assessment.model import Response
from readiness.assessment.reading import read_assessment
from readiness.bank.model import Bank
from readiness.batch.inputs import input_files, read
from readiness.batch.row_reader import TableTerms
from readiness.batch.rows import RespondentRow, assessment_of
from readiness.batch.scorer import Marking
from readiness.document.write import Format
from readiness.errors import MOST_TOLD, InputError
from readiness.intake.mapping import DateOrder, Mapping
from readiness.roundtrip.form_entries import Given
from readiness.roundtrip.form_formats import render_form
from readiness.roundtrip.form_model import build_form
from tests.batch.writing import PROFILE, csv_text, headings, put, read_all, row, rows_of, told, wrong
from tests.conftest import EXAMPLES
from tests.intake.written import collect, problems
from tests.themes import default_theme

TEAMS = [
    row("Northside", {"critical-mass-planned": 2, "language": "unknown", "pay-parity": "n/a: volunteers only"}),
    row("Größe & Söhne", {"critical-mass-planned": "", "language": "don’t know", "pay-parity": "3"}, organisation=""),
]


@pytest.fixture(scope="module")
def marking(bank: Bank) -> Marking:
    return Marking(bank)


def plainly(rows: list[RespondentRow]) -> list[tuple[object, ...]]:
    return [tuple(one[1:]) for one in rows]


@pytest.fixture(scope="module")
def expected(marking: Marking, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[object, ...]]:
    return plainly(rows_of(read_all(marking, put(tmp_path_factory.mktemp("csv") / "teams.csv", TEAMS))))


def test_a_row_is_an_assessment(marking: Marking, tmp_path: Path, bank: Bank) -> None:
    [first, second] = rows_of(read_all(marking, put(tmp_path / "teams.csv", TEAMS)))
    northside, other = assessment_of(first, bank), assessment_of(second, bank)
    assert str(northside.team) == "Northside (Alder Valley)"
    assert northside.team.profile["stage"] == "planning"
    assert northside.respondent.role == "service-manager"
    assert northside.date.isoformat() == "2026-11-22"
    assert {name: one.model_dump(exclude_defaults=True) for name, one in northside.responses.items()} == {
        "critical-mass-planned": {"level": 2},
        "language": {"unknown": True},
        "pay-parity": {"not_applicable": "volunteers only"},
    }
    assert other.team.organisation is None
    assert set(other.responses) == {"language", "pay-parity"}


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8-sig", ";"), ("utf-16", "\t"), ("utf-16-le", ","), ("utf-16-be", ";"), ("cp1252", ","), ("utf-8", "|")],
)
def test_csv_is_read_as_programs_write_it(
    marking: Marking, tmp_path: Path, expected: list[tuple[object, ...]], encoding: str, delimiter: str
) -> None:
    file = tmp_path / "teams.csv"
    file.write_text(csv_text(TEAMS, delimiter), encoding=encoding, newline="")
    items = read_all(marking, file)
    assert plainly(rows_of(items)) == expected
    assert bool(told(items)) == (encoding == "cp1252")


def test_a_workbook_gives_the_same_rows(marking: Marking, tmp_path: Path, expected: list[tuple[object, ...]]) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(headings(TEAMS))
    for one in TEAMS:
        book.active.append([int(value) if value.isdigit() else value or None for value in one.values()])
    book.save(tmp_path / "teams.xlsx")
    assert plainly(rows_of(read_all(marking, tmp_path / "teams.xlsx"))) == expected


def test_parquet_gives_the_same_rows(marking: Marking, tmp_path: Path, expected: list[tuple[object, ...]]) -> None:
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(pa.Table.from_pylist(TEAMS), tmp_path / "teams.parquet")
    assert plainly(rows_of(read_all(marking, tmp_path / "teams.parquet"))) == expected
    (tmp_path / "broken.parquet").write_bytes(b"PAR1nothing")
    assert "can’t be read" in wrong(read_all(marking, tmp_path / "broken.parquet"))[0]


def test_json_lines_give_the_same_rows_and_take_whole_assessments(
    marking: Marking, tmp_path: Path, expected: list[tuple[object, ...]], bank: Bank
) -> None:
    whole, _ = read_assessment(EXAMPLES / "harbour-house.yaml", bank)
    lines = [json.dumps(one) for one in TEAMS]
    file = tmp_path / "teams.jsonl"
    file.write_text("\n".join([*lines, "", whole.to_json().replace("\n", " "), "[1]", "{"]), encoding="utf-8")
    items = read_all(marking, file)
    rows = rows_of(items)
    assert [one[2:] for one in plainly(rows[:2])] == [one[2:] for one in expected]
    assert assessment_of(rows[2], bank) == whole
    assert [line.partition(": ")[0] for line in wrong(items)] == ["teams.jsonl:5", "teams.jsonl:6"]


def test_a_row_of_json_lines_is_flat(marking: Marking, tmp_path: Path) -> None:
    nested = {**row("Alder"), "team": {"name": "Alder"}}
    (tmp_path / "t.jsonl").write_text(f"{json.dumps(nested)}\n{json.dumps(row('Brook'))}\n", "utf-8")
    items = read_all(marking, tmp_path / "t.jsonl")
    assert [one.team for one in rows_of(items)] == ["Brook"]
    [problem] = wrong(items)
    assert problem.startswith('t.jsonl:1: "team" holds more than one value. Write each row as one flat object')


def test_a_folder_is_read_with_all_below_it_but_what_the_batch_writes(marking: Marking, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    put(tmp_path / "b" / "teams.csv", TEAMS[:1])
    put(tmp_path / "~$open.csv", TEAMS)
    (tmp_path / "a.yaml").write_text((EXAMPLES / "northside-cmht.yaml").read_text("utf-8"), "utf-8")
    (tmp_path / "a.plan.json").write_text("{}", "utf-8")
    (tmp_path / "notes.txt").write_text("nothing", "utf-8")
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / LOCK).touch()
    put(tmp_path / "made" / "scores.csv", TEAMS)
    assert [Path(one.file).name for one in rows_of(read_all(marking, tmp_path))] == ["a.yaml", "teams.csv"]
    assert [Path(one.file).name for one in rows_of(read_all(marking, tmp_path / "b" / "*.csv"))] == ["teams.csv"]


def test_excels_unicode_text_is_read_in_a_folder_and_by_name(
    marking: Marking, tmp_path: Path, expected: list[tuple[object, ...]]
) -> None:
    (tmp_path / "teams.txt").write_text(csv_text(TEAMS, "\t"), encoding="utf-16", newline="")
    assert plainly(rows_of(read_all(marking, tmp_path))) == expected
    assert plainly(rows_of(read_all(marking, tmp_path / "teams.txt"))) == expected


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


def test_a_date_for_all_stands_in_where_a_row_has_none(marking: Marking, tmp_path: Path) -> None:
    file = put(tmp_path / "t.csv", [row("Alder", date=""), row("Brook", date="2026-01-02 10:33:00")])
    terms = TableTerms.of(marking.bank, given=Given(date=dt.date(2026, 11, 1)))
    assert [one.date for one in rows_of(read_all(marking, file, terms=terms))] == ["2026-11-01", "2026-01-02"]


def test_who_agrees_that_a_small_role_is_shown_says_so_in_a_column(
    marking: Marking, tmp_path: Path, bank: Bank
) -> None:
    rows = [row(f"Team {at}", shown_alone=said) for at, said in enumerate(("yes", "no", "", "Yes"))]
    found = [assessment_of(one, bank) for one in rows_of(read_all(marking, put(tmp_path / "t.csv", rows)))]
    assert [one.respondent.shown_alone for one in found] == [True, None, None, True]
    whole = [json.dumps({**row("Team"), "shown_alone": said}) for said in ("yes", "no")]
    (tmp_path / "t.jsonl").write_text("\n".join(whole), "utf-8")
    found = [assessment_of(one, bank) for one in rows_of(read_all(marking, tmp_path / "t.jsonl"))]
    assert [one.respondent.shown_alone for one in found] == [True, None]


def test_options_are_known_by_their_words_too(marking: Marking, tmp_path: Path) -> None:
    file = put(tmp_path / "t.csv", [row("Alder", setting="NHS Trust", stage="Planning: nobody is in post yet")])
    assert rows_of(read_all(marking, file))[0].profile == ("nhs", "planning", "paid", "no")


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
    gone, stays = put(tmp_path / "a.csv", TEAMS), put(tmp_path / "b.csv", TEAMS)
    with input_files([gone, stays], Path("/nowhere")) as found:
        gone.unlink()
        items = [item for file in found.files for item in read(file, marking, TableTerms.of(marking.bank))]
    assert len(rows_of(items)) == 2
    assert "a.csv: There is no such file" in wrong(items)[0]


def test_headings_may_stand_below_a_title_and_rows_and_columns_of_no_use_are_named(
    marking: Marking, tmp_path: Path
) -> None:
    text = "Export of 22 November,,,\n,,,\nTeam,Date,LANGUAGE,shoe size\nAlder,2026-11-22,3,\nBrook,2026-11-22\n"
    (tmp_path / "t.csv").write_text(text, "utf-8")
    items = read_all(marking, tmp_path / "t.csv")
    assert [(one.team, one.number, "3" in one.answers) for one in rows_of(items)] == [
        ("Alder", 4, True),
    ]
    unused, unanswered = told(items)
    assert unused.endswith("these columns are not used: shoe size.")
    assert unanswered.endswith("t.csv: left out: 1 row in which no question is answered: 5.")


def test_the_documented_table_saved_in_a_spreadsheet_is_read_by_the_order_of_its_column(
    marking: Marking, tmp_path: Path
) -> None:
    rows = ["Alder,03/11/2026,2", "Brook,22/11/2026,1", "Cedar,Mon Nov 23 2026 09:26:00 GMT+0000 (Greenwich),0"]
    (tmp_path / "t.csv").write_text("\n".join(["team,date,language", *rows]), "utf-8")
    items = read_all(marking, tmp_path / "t.csv")
    assert wrong(items) == []
    assert [one.date for one in rows_of(items)] == ["2026-11-03", "2026-11-22", "2026-11-23"]


def test_what_collect_understands_a_batch_understands(marking: Marking, tmp_path: Path, bank: Bank) -> None:
    text = bank.question_by_id["language"].text
    head = f'Team name,What is your own role?,Date of answers,"{text}",Comments,pay-parity,why pay-parity'
    rows = ["Alder,Peer Workers,22/11/2026,0 ,Ask HR,n/a,All unpaid", "Alder,,1/12/2026,dont know,,,"]
    (tmp_path / "t.csv").write_text("\n".join([head, *rows]), "utf-8")
    first, second = (assessment_of(one, bank) for one in rows_of(read_all(marking, tmp_path / "t.csv")))
    assert (first.respondent.role, str(first.date), str(second.date)) == ("peer-worker", "2026-11-22", "2026-12-01")
    assert first.responses == {
        "language": Response(level=0, note="Ask HR"),
        "pay-parity": Response(not_applicable="All unpaid"),
    }
    assert second.responses == {"language": Response(unknown=True)}


def test_a_persons_decisions_hold_for_every_row(marking: Marking, tmp_path: Path, bank: Bank) -> None:
    decisions = Mapping(
        bank=bank.id,
        dates=DateOrder.DAY_FIRST,
        numbers_from=0,
        columns={"Q7": "language", "shoe": "ignore"},
        answers={"Q7": {"Often": 3, "-": "no answer", "never": "n/a: not here"}, "team": {"Alder": "Alder House"}},
    )
    rows = [f"Alder,03/04/2026,{cell},1,44" for cell in ("often", "-", "never", "OFTEN", "2")]
    (tmp_path / "t.csv").write_text("\n".join(["team,date,Q7,pay-parity,shoe", *rows]), "utf-8")
    items = read_all(marking, tmp_path / "t.csv", terms=TableTerms.of(bank, decisions))
    assert wrong(items) == []
    found = [assessment_of(one, bank) for one in rows_of(items)]
    assert {(one.team.name, str(one.date)) for one in found} == {("Alder House", "2026-04-03")}
    assert [one.responses.get("language") for one in found] == [
        Response(level=3),
        None,
        Response(not_applicable="not here"),
        Response(level=3),
        Response(level=2),
    ]


def test_what_is_given_stands_in_for_columns_that_are_not_there(marking: Marking, tmp_path: Path, bank: Bank) -> None:
    (tmp_path / "t.csv").write_text("language,pay-parity\n1,2\n2,3\n,1\n", "utf-8")
    told = Given(team="Alder", organisation="Trust", role="other", date=dt.date(2026, 11, 22))
    found = rows_of(read_all(marking, tmp_path / "t.csv", terms=TableTerms.of(bank, given=told)))
    assert [(str(assessment_of(one, bank).team), one.role, one.date) for one in found] == [
        ("Alder (Trust)", "other", "2026-11-22")
    ] * 3


def test_decisions_beside_answers_are_no_answers_and_a_form_is_to_be_collected(
    marking: Marking, tmp_path: Path, bank: Bank
) -> None:
    (tmp_path / "mapping.yaml").write_text("bank: peer-workers\n", "utf-8")
    filled = render_form(Format.XLSX, build_form(bank, FormMark.of(bank, PROFILE, "Alder"), None), default_theme())
    (tmp_path / "form.xlsx").write_bytes(filled[0])
    (tmp_path / "form.csv").write_bytes(b"%PDF-1.7")
    said = wrong(read_all(marking, tmp_path))
    assert [line.partition(". ")[0] for line in said] == [
        "form.csv: This is a PDF, and no answers",
        "form.xlsx: This is a form, and no answers",
    ]
    assert "collect" in said[0]


def test_the_first_sheet_that_holds_something_is_read(
    marking: Marking, tmp_path: Path, expected: list[tuple[object, ...]]
) -> None:
    book = Workbook()
    sheet = book.create_sheet("answers")
    for cells in (headings(TEAMS), *(one.values() for one in TEAMS)):
        sheet.append([*cells])
    book.save(tmp_path / "teams.xlsx")
    assert plainly(rows_of(read_all(marking, tmp_path / "teams.xlsx"))) == expected
