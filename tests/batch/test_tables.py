"""The same rows come out of every kind of table."""

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
from readiness.batch.row_reader import TableTerms
from readiness.batch.rows import assessment_of
from readiness.batch.scorer import Marking
from readiness.document.write import Format
from readiness.intake.mapping import DateOrder, Mapping
from readiness.roundtrip.form_entries import Given
from readiness.roundtrip.form_formats import render_form
from readiness.roundtrip.form_model import build_form
from tests.batch.two_teams import TWO_TEAMS, plainly
from tests.batch.writing import PROFILE, csv_text, headings, put, read_all, row, rows_of, told, wrong
from tests.conftest import EXAMPLES
from tests.themes import default_theme


def test_a_row_is_an_assessment(marking: Marking, tmp_path: Path, bank: Bank) -> None:
    [first, second] = rows_of(read_all(marking, put(tmp_path / "teams.csv", TWO_TEAMS)))
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
    file.write_text(csv_text(TWO_TEAMS, delimiter), encoding=encoding, newline="")
    items = read_all(marking, file)
    assert plainly(rows_of(items)) == expected
    assert bool(told(items)) == (encoding == "cp1252")


def test_a_workbook_gives_the_same_rows(marking: Marking, tmp_path: Path, expected: list[tuple[object, ...]]) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(headings(TWO_TEAMS))
    for one in TWO_TEAMS:
        book.active.append([int(value) if value.isdigit() else value or None for value in one.values()])
    book.save(tmp_path / "teams.xlsx")
    assert plainly(rows_of(read_all(marking, tmp_path / "teams.xlsx"))) == expected


def test_parquet_gives_the_same_rows(marking: Marking, tmp_path: Path, expected: list[tuple[object, ...]]) -> None:
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(pa.Table.from_pylist(TWO_TEAMS), tmp_path / "teams.parquet")
    assert plainly(rows_of(read_all(marking, tmp_path / "teams.parquet"))) == expected
    (tmp_path / "broken.parquet").write_bytes(b"PAR1nothing")
    assert "can’t be read" in wrong(read_all(marking, tmp_path / "broken.parquet"))[0]


def test_json_lines_give_the_same_rows_and_take_whole_assessments(
    marking: Marking, tmp_path: Path, expected: list[tuple[object, ...]], bank: Bank
) -> None:
    whole, _ = read_assessment(EXAMPLES / "harbour-house.yaml", bank)
    lines = [json.dumps(one) for one in TWO_TEAMS]
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
    put(tmp_path / "b" / "teams.csv", TWO_TEAMS[:1])
    put(tmp_path / "~$open.csv", TWO_TEAMS)
    (tmp_path / "a.yaml").write_text((EXAMPLES / "northside-cmht.yaml").read_text("utf-8"), "utf-8")
    (tmp_path / "a.plan.json").write_text("{}", "utf-8")
    (tmp_path / "notes.txt").write_text("nothing", "utf-8")
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / LOCK).touch()
    put(tmp_path / "made" / "scores.csv", TWO_TEAMS)
    assert [Path(one.file).name for one in rows_of(read_all(marking, tmp_path))] == ["a.yaml", "teams.csv"]
    assert [Path(one.file).name for one in rows_of(read_all(marking, tmp_path / "b" / "*.csv"))] == ["teams.csv"]


def test_excels_unicode_text_is_read_in_a_folder_and_by_name(
    marking: Marking, tmp_path: Path, expected: list[tuple[object, ...]]
) -> None:
    (tmp_path / "teams.txt").write_text(csv_text(TWO_TEAMS, "\t"), encoding="utf-16", newline="")
    assert plainly(rows_of(read_all(marking, tmp_path))) == expected
    assert plainly(rows_of(read_all(marking, tmp_path / "teams.txt"))) == expected


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
    for cells in (headings(TWO_TEAMS), *(one.values() for one in TWO_TEAMS)):
        sheet.append([*cells])
    book.save(tmp_path / "teams.xlsx")
    assert plainly(rows_of(read_all(marking, tmp_path / "teams.xlsx"))) == expected
