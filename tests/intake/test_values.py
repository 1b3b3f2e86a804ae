"""What rows hold is understood exactly, or left open; answers are merged by rule, and nothing is dropped in silence."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from readiness.assessment.cells import NO_REASON
from readiness.assessment.model import Response
from readiness.bank.model import Bank
from readiness.intake.columns import SurveyColumn
from readiness.intake.mapping import EVERY_COLUMN, DateOrder, Mapping
from readiness.intake.tables import TableRow
from readiness.intake.values import CellMeanings
from readiness.roundtrip.form_entries import Given
from tests.intake.written import ALL_GIVEN, PROFILE, collect, problems, table

TEAM = Given(team="Northside", profile=PROFILE)


def responses(bank: Bank, path: Path, mapping: Mapping | None = None) -> list[dict[str, Response]]:
    found = collect(bank, path, mapping)
    assert problems(bank, found) == []
    return [dict(one.assessment.responses) for one in found.gathered]


def test_only_the_cells_that_a_row_has_are_looked_at(
    bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = Counter[int]()
    meant = CellMeanings.meant

    def counting(cells: CellMeanings, row: TableRow, column: SurveyColumn) -> str:
        looked_at[row.number] += 1
        return meant(cells, row, column)

    monkeypatch.setattr(CellMeanings, "meant", counting)
    about = [f"{question.id}{of}" for question in bank.ordered_questions for of in ("", " note", " evidence")]
    (tmp_path / "a.csv").write_text("\n".join([f"team,{','.join(about)}", f"A,{'2,,,' * 44}", *["A"] * 3, ""]), "utf-8")
    collect(bank, tmp_path / "a.csv")
    assert looked_at[2] > len(about)
    assert all(looked_at[row] < 10 for row in (3, 4, 5))


def test_a_comment_on_does_not_apply_is_its_reason(bank: Bank, tmp_path: Path) -> None:
    path = table(
        tmp_path,
        """
        date       | language        | Comment   | pay-parity        | why pay-parity | Comment on pay-parity
        2026-11-22 | Does not apply  | No words  | not applicable    | All unpaid     | Ask again
        2026-11-22 | n/a             |           | n/a: Because      | All unpaid     |
        2026-11-22 | unknown         | Ask HR    | 2                 | All unpaid     | Ask again
        2026-11-22 |                 | Ask HR    |                   |                |
        """,
    )
    assert responses(bank, path) == [
        {
            "pay-parity": Response(not_applicable="All unpaid", note="Ask again"),
            "language": Response(not_applicable="No words"),
        },
        {
            "pay-parity": Response(not_applicable="Because", note="All unpaid"),
            "language": Response(not_applicable=NO_REASON),
        },
        {
            "pay-parity": Response(level=2, note="Ask again\nAll unpaid"),
            "language": Response(unknown=True, note="Ask HR"),
        },
        {"language": Response(note="Ask HR")},
    ]


def test_of_two_columns_with_one_question_the_answered_one_counts(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "date|language|language2\n2026-11-22|2|\n2026-11-22||3\n2026-11-22|1|1")
    assert responses(bank, path) == [{"language": Response(level=level)} for level in (2, 3, 1)]


def test_two_different_answers_to_one_question_are_refused(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "date|language|language2\n2026-11-22|2|3")
    [said] = problems(bank, collect(bank, path))
    assert said.startswith(f'{path}:2:3: The columns "language" and "language2" answer "language" in different ways.')


def test_a_name_with_nothing_to_be_seen_in_it_is_none(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "date|language|team|organisation\n2026-11-22|2|\u200b|\u00ad")
    [one] = collect(bank, path).gathered
    assert (one.assessment.team.name, one.assessment.team.organisation) == ("Northside", None)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            "date|language|team|service\n2026-11-22|2|A|B",
            ':2:4: The columns "team" and "service" name a different team',
        ),
        ("date|language|role|your role\n2026-11-22|2|other|peer-worker", ":2:4: The columns"),
        (f"date|language|team\n2026-11-22|2|{'x' * 301}", ":2:3: There are more than 300 characters"),
        (f"date|language|note language\n2026-11-22|2|{'x' * 20_001}", ":2:3: There are more than 20000 characters"),
        (f"date|language\n2026-11-22|n/a: {'x' * 20_001}", ':2:2: "n/a: xxx'),
        ("date|language\nsoon|2", ':2:1: "soon", in the column "date", is no date that is known'),
        ("date|language\n14/10/2026|2\n10/14/2026|2", ':1:1: Dates differ in the column "date"'),
        ("date|language\n2026-11-22|2\n|3", ":3:1: This row has no date. Fill it in, or give --date"),
        (
            "date|language\n03/04/2026|2",
            ':2:1: "03/04/2026" can be 3 April 2026 or 4 March 2026. Say which with --day-first',
        ),
        ("language\n2", ": Nothing says when the answers were given. Give it with --date"),
        ("date|language|bank\n2026-11-22|2|other-bank 1 x", ':2: This row answers the question bank "other-bank"'),
    ],
)
def test_what_is_wrong_in_a_row_is_said_with_its_place(bank: Bank, tmp_path: Path, rows: str, said: str) -> None:
    path = table(tmp_path, rows)
    [problem] = problems(bank, collect(bank, path))[:1]
    assert problem.startswith(f"{path}{said}")


def test_dates_that_show_their_own_order_go_before_what_was_said(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "date|language\n03/04/2026|1\n03/14/2026|1")
    found = collect(bank, path, Mapping(bank=bank.id, dates=DateOrder.DAY_FIRST))
    assert [str(one.assessment.date) for one in found.gathered] == ["2026-03-04", "2026-03-14"]


def test_a_row_without_a_team_is_named_and_a_table_without_a_column_for_it_once(bank: Bank, tmp_path: Path) -> None:
    nobody = Given(profile=PROFILE)
    path = table(tmp_path, "date|team|language\n2026-11-22|A|1\n2026-11-22||1")
    todo = "Fill it in, or give --team. If nobody answered in this row, delete it from the table."
    assert problems(bank, collect(bank, path, given=nobody)) == [
        f"{path}:3:2: This row does not say which team it is about. {todo}"
    ]
    path = table(tmp_path, "date|language\n2026-11-22|1\n2026-11-22|1")
    assert problems(bank, collect(bank, path, given=nobody)) == [
        f"{path}: No column says which team the answers are about. Give it with --team."
    ]


def test_what_is_given_fills_in_only_what_a_row_lacks(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "date|team|role|language\n2026-11-22|A|Peer Worker|1\n2026-11-22|||1")
    given = Given(team="B", organisation="Trust", profile=PROFILE, role="other")
    found = [one.assessment for one in collect(bank, path, given=given).gathered]
    assert [(str(one.team), one.respondent.role) for one in found] == [
        ("A (Trust)", "peer-worker"),
        ("B (Trust)", "other"),
    ]


def test_a_row_in_which_nothing_is_answered_is_left_out_and_told(bank: Bank, tmp_path: Path) -> None:
    found = collect(bank, table(tmp_path, "date|language|role\n2026-11-22||other\n2026-11-22|1|\n|  |"))
    assert len(found.gathered) == 1
    assert "Left out: 1 row in which no question is answered: 2." in "".join(found.account)


def test_words_that_mean_nothing_are_named_once_with_the_nearest_level(bank: Bank, tmp_path: Path) -> None:
    level = bank.question_by_id["language"].levels[3].text
    rows = f"2026-11-22|{level[:-9]}|Nurse|later\n2026-11-22|{level[:-9]}|Nurse|"
    path = table(tmp_path, f"date|language|role|stage\n{rows}")
    said = problems(bank, collect(bank, path))
    assert said[0].startswith(f'{path}:2:2: "{level[:40]}')
    assert 'in the column "language" and 1 more cell below, is no answer to "language". Nearest: 3, "' in said[0]
    assert said[1].startswith(f'{path}:2:3: "Nurse", in the column "role" and 1 more cell below, is no role')
    assert said[1].endswith("service-manager, team-member, peer-worker, senior-manager, service-user, other.")
    assert said[2].startswith(f'{path}:2:4: "later", in the column "stage", is no option for "stage".')
    assert said[2].endswith("Write one of: planning, introducing, established.")
    assert said[3].startswith("3 things to be decided")


def test_the_same_words_in_many_columns_are_one_thing_to_decide(bank: Bank, tmp_path: Path) -> None:
    rows = "2026-11-22|AO01|AO01|Often\n2026-11-22|AO01||Often"
    path = table(tmp_path, f"date|language|pay-parity|task-management\n{rows}")
    said = problems(bank, collect(bank, path))
    assert said[0].startswith(
        f'{path}:2:2: "AO01", in the column "language" and 2 more cells of 2 columns, is no answer.'
    )
    assert "It looks like LimeSurvey's code for an answer" in said[0]
    assert said[1].startswith(
        f'{path}:2:4: "Often", in the column "task-management" and 1 more cell below, is no answer'
    )
    assert said[2].startswith("2 things to be decided")


def test_what_a_person_decided_about_words_is_taken(bank: Bank, tmp_path: Path) -> None:
    mapping = Mapping(
        bank=bank.id,
        answers={
            EVERY_COLUMN: {"Often": 3, "never": 0, "-": "no answer"},
            "language": {"often": 4, "5": 4},
            "role": {"Nurse": "team-member", "n": "no answer"},
            "team": {"northside": "Northside CMHT"},
        },
    )
    path = table(
        tmp_path,
        """
        date       | team      | role  | language | pay-parity | task-management
        2026-11-22 | Northside | Nurse | Often    | OFTEN!     | Never
        2026-11-22 | Southside | n     | 5        | -          | 1
        """,
    )
    one, other = (one.assessment for one in collect(bank, path, mapping).gathered)
    assert (one.team.name, one.respondent.role) == ("Northside CMHT", "team-member")
    assert (other.team.name, other.respondent.role) == ("Southside", None)
    assert {name: response.level for name, response in one.responses.items()} == {
        "pay-parity": 3,
        "language": 4,
        "task-management": 0,
    }
    assert {name: response.level for name, response in other.responses.items()} == {"language": 4, "task-management": 1}


def test_a_decision_that_is_no_answer_to_the_question_leaves_the_words_open(bank: Bank, tmp_path: Path) -> None:
    mapping = Mapping(bank=bank.id, answers={EVERY_COLUMN: {"Often": 9}})
    said = problems(bank, collect(bank, table(tmp_path, "date|language\n2026-11-22|Often"), mapping))
    assert ':2:2: "Often", in the column "language", is no answer to "language"' in said[0]


def test_numbers_are_the_values_of_levels_and_that_is_told(bank: Bank, tmp_path: Path) -> None:
    found = collect(bank, table(tmp_path, "date|language|pay-parity\n2026-11-22|0|unknown"))
    assert found.gathered[0].assessment.responses["language"] == Response(level=0)
    assert "In 1 column, numbers were taken for the values of levels" in "".join(found.account)


def test_an_older_form_of_ours_says_which_bank_it_asked(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, f"date|bank|q_language\n2026-11-22|{bank.id} 0.0.1 0123456789abcdef|1")
    reference = collect(bank, path).gathered[0].assessment.bank
    assert (reference.version, reference.fingerprint) == ("0.0.1", "0123456789abcdef")


def test_text_that_could_move_a_cursor_or_run_is_kept_as_plain_text(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "date|team|language|Comment\n2026-11-22|\x1b[2JA\u202eB|1|=cmd|'/c calc'!A1\\n\x07{{ 7*7 }}")
    [one] = collect(bank, path, given=ALL_GIVEN).gathered
    assert one.assessment.team.name == "[2JAB"
    assert one.assessment.responses["language"].note == "=cmd"


def test_rows_do_not_lack_the_date_that_a_column_to_decide_may_hold(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "Datum|date|language\n2026-11-22||1\n2026-11-23||2")
    found = problems(bank, collect(bank, path))
    assert '"Datum". Nearest: date' in found[0]
    assert not [line for line in found if "no date" in line]


def test_respondents_without_a_role_are_counted(bank: Bank, tmp_path: Path) -> None:
    text = "date|role|language\n2026-11-22|peer-worker|1\n2026-11-22||2"
    told = "  1 respondent without a role: give --role, or a column of roles."
    assert told in collect(bank, table(tmp_path, text)).account
    assert told not in collect(bank, table(tmp_path, text), given=replace(ALL_GIVEN, role="peer-worker")).account


def test_columns_with_nothing_below_are_named(bank: Bank, tmp_path: Path) -> None:
    account = "".join(collect(bank, table(tmp_path, "date|language|Colour\n2026-11-22|1|")).account)
    assert 'Left out: 1 column without a name that is known, and with nothing below: "Colour".' in account
