"""One response counts once, whichever program saved the table that it stands in; two never count as one."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from readiness.bank.model import Bank
from readiness.batch.blocks import each_team
from readiness.batch.group_rows import gathered
from readiness.batch.row_reader import TableTerms
from readiness.batch.scorer import Marking
from readiness.batch.team_rows import TeamRows
from readiness.errors import Notice
from readiness.intake.dates import read_moment
from readiness.intake.mapping import DateOrder
from readiness.intake.mapping import Mapping as Decisions
from readiness.intake.save import plan_files, write_files
from readiness.intake.sources import Intake, gather, open_sources
from readiness.xlsx_reader import Cell
from tests.batch.writing import read_all, wrong
from tests.intake.written import ALL_GIVEN, table

FORMS = "ID|Start time|Completion time|Email|Name|team|organisation|language"
PLAIN = "Response ID|date|team|organisation|language"
CODES = "Participant code|date|team|language"


def book(path: Path, *rows: Sequence[Cell]) -> Path:
    made = Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


def both(bank: Bank, *paths: Path) -> Intake:
    """Return what is collected from the files, if a batch makes as many people of them, or refuses as many."""
    decided = Decisions(bank=bank.id, numbers_from=0)
    found = gather(open_sources(paths, bank).sources, bank, decided, ALL_GIVEN)
    marking = Marking(bank)
    terms = TableTerms.of(bank, decided, ALL_GIVEN)
    items = [*gathered([one for path in paths for one in read_all(marking, path, terms=terms)], marking, ALL_GIVEN)]
    teams = [one for one in each_team(items) if isinstance(one, TeamRows)]
    assert len(wrong(items)) == len(found.problems)
    assert found.problems or sum(len(team.rows) for team in teams) == len(found.gathered)
    told = {one.told for one in items if isinstance(one, Notice)}
    assert {one for one in found.notices if "stand" in one or "number" in one} <= told
    return found


def forms(folder: Path, name: str, number: str, start: str, *, team: str = "A", organisation: str = "") -> Path:
    row = f"{number}|{start}|2026-11-22 09:05|a@example.org|X|{team}|{organisation}|2"
    return table(folder, f"{FORMS}\n{row}", name)


@pytest.mark.parametrize(
    ("number", "start"),
    [
        ("1.0", "2026-11-22 09:00"),
        ("1,0", "2026-11-22T09:00:13Z"),
        (" 01 ", "22/11/2026 9:00:59 am"),
        ("1", "2026-11-22T10:00:13+01:00"),
    ],
)
def test_a_number_and_a_time_are_the_same_in_each_form(bank: Bank, tmp_path: Path, number: str, start: str) -> None:
    moment = dt.datetime.fromisoformat("2026-11-22T09:00:12.999999")
    row: list[Cell] = [1.0, moment, moment + dt.timedelta(minutes=5), "a@example.org", "X", "A", None, 2]
    first = book(tmp_path / "a.xlsx", FORMS.split("|"), row)
    found = both(bank, first, forms(tmp_path, "b.csv", number, start))
    assert len(found.gathered) == 1
    assert any(one.startswith("1 response stands in the files more than once") for one in found.notices)


@pytest.mark.parametrize(("number", "start"), [("2", "2026-11-22 09:00"), ("1", "2026-11-22 09:01"), ("10", "")])
def test_another_number_or_another_time_is_another_response(
    bank: Bank, tmp_path: Path, number: str, start: str
) -> None:
    first = forms(tmp_path, "a.csv", "1", "2026-11-22 09:00:10")
    assert len(both(bank, first, forms(tmp_path, "b.csv", number, start)).gathered) == 2


def test_a_time_alone_tells_to_the_second(bank: Bank, tmp_path: Path) -> None:
    rows = [f"2026-11-22 10:00:0{at}|A|2" for at in range(3)]
    assert len(both(bank, table(tmp_path, "\n".join(["Timestamp|team|language", *rows]))).gathered) == 3


def test_the_best_number_alone_tells(bank: Bank, tmp_path: Path) -> None:
    first = table(tmp_path, "Response ID|Respondent ID|date|team|language\n41|7|2026-11-22|A|2", "a.csv")
    second = table(tmp_path, "Response ID|date|team|language\n41|2026-11-22|A|2", "b.csv")
    assert len(both(bank, first, second).gathered) == 1


@pytest.mark.parametrize(
    ("then", "now"),
    [(("O’Brien", ""), ("O'Brien", "Trust")), (("O'Brien  ward", "St Mary’s"), ("O’Brien ward", "St Mary's"))],
)
def test_a_response_is_the_same_with_its_organisation_filled_in_and_its_team_spelt_otherwise(
    bank: Bank, tmp_path: Path, then: tuple[str, str], now: tuple[str, str]
) -> None:
    first = table(tmp_path, f"{PLAIN}\n1|2026-11-22|{then[0]}|{then[1]}|2", "a.csv")
    second = table(tmp_path, f"{PLAIN}\n1|2026-11-22|{now[0]}|{now[1]}|2\n2|2026-11-22|{now[0]}|{now[1]}|3", "b.csv")
    found = both(bank, first, second)
    assert [one.assessment.responses["language"].level for one in found.gathered] == [2, 3]
    assert len({str(one.assessment.team) for one in found.gathered}) == 1
    out = tmp_path / "out"
    out.mkdir()
    write_files(plan_files(both(bank, first).gathered, out, force=False).files, force=False)
    later = plan_files(both(bank, second).gathered, out, force=True)
    assert len({*later.names} | {path.name for path in out.iterdir()}) == 2


def test_two_surveys_that_both_number_from_1_are_told_and_not_merged(bank: Bank, tmp_path: Path) -> None:
    first = table(tmp_path, f"{PLAIN}\n1|2026-11-22|A|X|2", "a.csv")
    second = table(tmp_path, f"{PLAIN}\n1|2026-12-22|A||3", "b.csv")
    [problem] = both(bank, first, second).problems
    assert str(problem).startswith(f"{second}:2: This is the same response as in {first}:2, with other answers. Use")
    assert "If they are of two surveys, each of which numbers from 1, tell people apart by another column" in str(
        problem
    )


def test_the_same_numbers_of_two_organisations_are_two_people_s(bank: Bank, tmp_path: Path) -> None:
    paths = [table(tmp_path, f"{PLAIN}\n1|2026-11-22|A|{name}|{name[-1]}", f"{name}.csv") for name in ("X 2", "Y 3")]
    out = tmp_path / "out"
    out.mkdir()
    for path in paths:
        write_files(plan_files(both(bank, path).gathered, out, force=True).files, force=True)
    assert len([*out.iterdir()]) == 2, "none was written over"
    for order in (paths, paths[::-1]):
        found = both(bank, *order)
        assert len(found.gathered) == 2
        assert plan_files(found.gathered, out, force=False).unchanged == 2


@pytest.mark.parametrize("code", ["P7", "p7", " P 7 ", "p\u00a07"])
@pytest.mark.parametrize("other", ["007", "7.0"])
def test_a_code_is_the_same_with_what_people_and_spreadsheets_change(
    bank: Bank, tmp_path: Path, code: str, other: str
) -> None:
    first = table(tmp_path, f"{CODES}\n{code}|2026-11-22|A|2\n{other}|2026-11-22|A|1", "a.csv")
    day = dt.date(2026, 11, 22)
    second = book(tmp_path / "b.xlsx", CODES.split("|"), ["P7", day, "A", 2], [7, day, "A", 1])
    assert [one.place.file for one in both(bank, first, second).gathered] == [str(first)] * 2


def test_a_code_is_the_same_whichever_program_asked_for_it(bank: Bank, tmp_path: Path) -> None:
    plain = table(tmp_path, f"{CODES}\nab|2026-11-22|A|2", "a.csv")
    google = table(tmp_path, "Timestamp|Participant code|team|language\n2026-11-22 10:00:01|AB|A|2", "b.csv")
    ids = [both(bank, path).gathered[0].with_id().respondent.id for path in (plain, google)]
    assert ids[0] == ids[1]


@pytest.mark.parametrize("levels", [(2, 2), (2, 3)])
def test_two_codes_of_a_table_that_differ_in_zeros_at_the_start_are_two_people_s_and_told(
    bank: Bank, tmp_path: Path, levels: tuple[int, int]
) -> None:
    path = table(tmp_path, f"{CODES}\n7|2026-11-22|A|{levels[0]}\n007|2026-11-22|A|{levels[1]}")
    found = both(bank, path)
    alike = "numbers or codes that differ only in zeros at the start. Each counts"
    assert f"{path}:2, {path}:3 have {alike}. If they are one person’s, write them alike." in found.notices
    assert len({one.with_id().respondent.id for one in found.gathered}) == 2
    again = table(tmp_path, f"{CODES}\n007|2026-11-22|A|{levels[1]}\n7|2026-11-22|A|{levels[0]}", "b.csv")
    assert len(both(bank, path, again).gathered) == 2


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-11-22T10:00:13.9+0100", "2026-11-22 09:00:14"),
        ("11/22/2026 12:30 AM", "2026-11-22 00:30:00"),
        ("22/11/2026 9:26:14 PM GMT-1", "2026-11-22 22:26:14"),
        (dt.datetime(2026, 11, 22, 10, tzinfo=dt.timezone(dt.timedelta(hours=1))), "2026-11-22 09:00:00"),
        ("03/04/2026 09:00", None),
        ("2026-11-22", None),
        ("2026-11-22 25:00", None),
        ("12:30", None),
        (7, None),
    ],
)
def test_a_moment_is_read_in_each_form(cell: Cell, moment: str | None) -> None:
    assert str(read_moment(cell, None)) == str(moment)
    assert str(read_moment("03/04/2026 09:00", DateOrder.DAY_FIRST)) == "2026-04-03 09:00:00"
