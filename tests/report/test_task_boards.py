"""The plan as CSV, to read and for task boards."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.bank.model import Bank
from readiness.plan.overlay import Edit, Overlay
from readiness.report.task_boards import Board, plan_csv
from readiness.report.view import build_report
from readiness.team import AssessedTeam
from readiness.text import unformulated
from tests.conftest import assessment
from tests.report.planned import DUE, FORMULA, Planned, worked_on
from tests.report.services import SERVICES
from tests.small import small_bank


@pytest.fixture(scope="module")
def planned(bank: Bank) -> Planned:
    return worked_on(bank)


def rows(planned: Planned, board: Board) -> list[dict[str, str]]:
    data = plan_csv(planned.report, board)
    assert data.startswith(b"\xef\xbb\xbf")
    return [*csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))]


def test_the_table_has_every_action_with_all_that_is_known(planned: Planned) -> None:
    found = rows(planned, Board.TABLE)
    plan = planned.plan
    assert {row["Id"] for row in found} == {action.id for action in (*plan.actions, *plan.past, *plan.dropped)}
    first = next(row for row in found if row["Who"] == "Priya Nair")
    assert (first["By when"], first["Comments"]) == (DUE.isoformat(), f"Began in May\n{FORMULA}")
    assert [row["Taken out because"] for row in found if row["Taken out because"]] == ["The Trust has this already"]
    assert [row["What to do"] for row in found if row["Status"] == "Taken out"] == [plan.dropped[0].title]
    own = next(row for row in found if row["What to do"] == "Book a room")
    assert (own["For"], own["Question"], own["Effort"]) == ("Your own action", "", "")
    assert [row["To note"] for row in found if row["Who"] == "Ann"] == [
        "The questions have changed, and no longer suggest this."
    ]


def test_who_must_be_in_on_it_and_whose_place_it_starts_from_are_said(bank: Bank) -> None:
    team = AssessedTeam(bank, SERVICES["riverside"](bank))
    data = plan_csv(build_report(team)).decode("utf-8-sig")
    found = [*csv.DictReader(io.StringIO(data, newline=""))]
    starts = {row["Id"] for row in found if row["Starts from"] == "Starts from where Peer Workers put it."}
    with_peers = {row["Id"] for row in found if row["Together"] == "With Peer Workers, in work time."}
    assert starts == {action.id for action in team.plan.actions if action.starts_from} != set()
    assert with_peers == {action.id for action in team.plan.actions if action.with_} != set()
    assert [*dict.fromkeys(row["When"] for row in found)] == ["Now", "When you have room", "Next", "Later"]
    jira = plan_csv(build_report(team), Board.JIRA).decode("utf-8-sig")
    assert jira.count("With Peer Workers, in work time.") == len(with_peers)


@pytest.mark.parametrize("board", [Board.JIRA, Board.TRELLO, Board.PLANNER])
def test_a_board_gets_what_is_to_do_and_nothing_that_was_taken_out(planned: Planned, board: Board) -> None:
    found = rows(planned, board)
    titles = {next(iter(row.values())) for row in found}
    plan = planned.plan
    assert titles == {f"{action.number}. {action.named}" for action in (*plan.actions, *plan.past)}
    assert "2. Agree the page, in our words (What comes next)" in titles


@pytest.mark.parametrize(
    ("board", "columns", "done"),
    [
        (Board.JIRA, ("Summary", "Status", "Assignee", "Due date"), "Done"),
        (Board.TRELLO, ("Card Name", "List Name", "Members", "Due Date"), "Done"),
        (Board.PLANNER, ("Task Name", "Progress", "Assigned To", "Due Date"), "Completed"),
    ],
)
def test_a_board_finds_state_person_and_date_in_its_own_columns(
    planned: Planned, board: Board, columns: tuple[str, str, str, str], done: str
) -> None:
    title, state, person, due = columns
    found = {row[title]: row for row in rows(planned, board)}
    first = found[f"1. {planned.plan.actions[0].named}"]
    assert (first[person], first[due]) == ("Priya Nair", DUE.isoformat())
    assert found["2. Agree the page, in our words (What comes next)"][state] == done
    people = sorted(row[person] for row in found.values() if row[person])
    assert people == ["Ann", "Priya Nair"]  # a role is no account that a board knows


@pytest.mark.parametrize(
    ("board", "state", "done"),
    [(Board.JIRA, "Status", "Done"), (Board.TRELLO, "List Name", "Done"), (Board.PLANNER, "Progress", "Completed")],
)
def test_a_board_keeps_what_the_answers_have_moved_past_as_done(
    tmp_path: Path, board: Board, state: str, done: str
) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]")
    edits = {"a-1": Edit(owner="Sam"), "b-3": Edit(comments=("Later",))}  # got there; and not the next step any more
    overlay = Overlay.blank(bank, "Northside").model_copy(update={"actions": edits})
    report = build_report(AssessedTeam(bank, [assessment(bank, {"a": 1, "b": 1})], overlay))
    found = [*csv.DictReader(io.StringIO(plan_csv(report, board).decode("utf-8-sig"), newline=""))]
    assert [(next(iter(row.values())).partition(".")[0], row[state] == done) for row in found] == [
        ("1", False),
        ("2", False),
        ("3", True),
    ]


@pytest.mark.parametrize("start", [*"=+-@\t\r\n", "＝", "＋", "－", "＠"])  # noqa: RUF001 — full-width signs are meant
def test_what_a_spreadsheet_would_compute_is_text(start: str) -> None:
    assert unformulated(f"{start}1+1") == f"'{start}1+1"


@given(st.text())
def test_the_apostrophe_can_be_taken_off_again(text: str) -> None:
    guarded = unformulated(text)
    assert guarded.removeprefix("'") == text
