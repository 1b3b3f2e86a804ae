"""Columns are known by exact names, whatever a survey program puts around them; nothing is guessed."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from readiness.assessment.model import Response
from readiness.bank.model import Bank
from readiness.intake.columns import look_at
from readiness.intake.headings import Names
from readiness.intake.mapping import Mapping
from readiness.intake.tables import InputTable, TableRow
from readiness.intake.vendor import Vendor
from readiness.intake.vendors import PLAIN_TABLE, VENDORS, vendor_of
from tests.intake.written import PROFILE, collect, problems, table
from tests.small import small_bank

TEXT = "How does Peer Workers’ pay compare with the pay for similar jobs?"


def targets(
    bank: Bank, *headings: str, second: Sequence[str] = (), profile: bool = False, columns: dict[str, str] | None = None
) -> list[str]:
    """Return what stands in each column: as a mapping writes it, "own", or "?" where nobody knows."""
    rows = [TableRow(1, headings), *([TableRow(2, tuple(second))] if second else [])]
    full = TableRow(3, ("x",) * len(headings))
    mapping = Mapping(bank=bank.id, columns=columns or {})
    names = Names.of(bank, PROFILE if profile else {})
    layout, _ = look_at(InputTable("a.csv", (*rows, full), ""), names, mapping)
    return ["own" if column.own else str(column.target or "?") for column in layout.columns]


@pytest.mark.parametrize(
    "heading",
    [
        "pay-parity",
        "Pay_Parity",
        "payparity",
        "PAY PARITY",
        TEXT,
        f"  {TEXT.upper()} ",
        f"“{TEXT}”",
        TEXT.rstrip("?"),
        TEXT.replace(" ", "\u00a0"),
        f"{TEXT}2",
        f"{TEXT} (2)",
        f"{TEXT}_1",
        f"9. {TEXT}",
        f"9) {TEXT}",
        f"Q09: {TEXT}",
        f"G01Q09. {TEXT}",
        f"G01Q09[SQ001]. {TEXT}",
        f"{TEXT}\nSome words of help that we do not know.",
        f"About pay [{TEXT}]",
    ],
)
def test_a_question_is_known_by_its_id_or_its_words(bank: Bank, heading: str) -> None:
    assert targets(bank, heading) == ["pay-parity"]


def test_a_question_is_known_by_its_label_its_help_and_its_other_wordings(bank: Bank) -> None:
    question = bank.question_by_id["career-progression"]
    wordings = [wording.text for wording in question.wording if wording.text]
    headings = [str(question.label), f"{question.text} {question.help}", f"{question.text}\n{question.help}", *wordings]
    assert len(wordings) > 1
    assert targets(bank, *headings) == ["career-progression"] * len(headings)


@pytest.mark.parametrize(
    "heading",
    ["pay", "pay parit", "pay-parity-x", TEXT[:-5], f"{TEXT} Why so", "parity", "Q", "", "99", "pay-parity.pay-parity"],
)
def test_what_only_resembles_a_question_is_not_taken_for_it(bank: Bank, heading: str) -> None:
    assert targets(bank, heading) == ["?"]


def test_a_number_is_known_only_where_the_profile_fixes_what_is_asked(bank: Bank) -> None:
    first, second = (question.id for question in bank.asked(PROFILE)[:2])
    assert targets(bank, "1", "Q2", "Question 1", profile=True) == [first, second, first]
    assert targets(bank, "1", "Q2", "Question 1") == ["?", "?", "?"]
    # "31" is no question here, and not the third with a 1 behind it
    assert targets(bank, "31", "Q31", "q 99", profile=True) == ["?", "?", "?"]


def test_a_number_is_known_where_all_are_asked_all_questions(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]")
    assert targets(bank, "2", "q1") == ["b", "a"]


def test_what_is_said_of_the_team_and_the_respondent_is_known(bank: Bank) -> None:
    headings = ["Team", "Name of your organisation", "What is your own role?", "Date"]
    headings += ["setting", bank.profile[1].text]
    expected = ["team", "organisation", "role", "date", "profile setting", "profile stage"]
    assert targets(bank, *headings) == expected


def test_a_comment_is_about_the_question_before_it(bank: Bank) -> None:
    headings = ["pay-parity", "Comments", "Other (please specify)", "language", "Comments2", "team", "Comments3"]
    expected = ["pay-parity", "note pay-parity", "note pay-parity", "language", "note language", "team", "?"]
    assert targets(bank, *headings) == expected


def test_a_comment_that_names_its_question_stands_anywhere(bank: Bank) -> None:
    headings = [
        "team",
        f"{TEXT} [Comment]",
        "Comment on pay-parity",
        "language - note",
        "Note: language",
        "language why",
    ]
    expected = ["team", "note pay-parity", "note pay-parity", "note language", "note language", "why language"]
    assert targets(bank, *headings) == expected


def test_two_rows_of_headings_are_read_together(bank: Bank) -> None:
    first = ["Respondent ID", "Collector ID", "End Date", TEXT, "", "Please rate each", "", "Team"]
    second = ["", "", "", "Response", "Other (please specify)", "language", "task-management", "Open-Ended Response"]
    expected = ["own", "own", "own", "pay-parity", "note pay-parity", "language", "task-management", "team"]
    assert targets(bank, *first, second=second) == expected


def test_a_first_answer_is_not_taken_for_a_second_header(bank: Bank) -> None:
    table_ = InputTable("a", (TableRow(1, ("Respondent ID", "Collector ID", "team")), TableRow(2, ("7", "1", "A"))), "")
    _, rows = look_at(table_, Names.of(bank, {}), Mapping(bank=bank.id))
    assert len(rows) == 1


def test_groups_before_a_name_are_set_aside_where_a_program_writes_them(bank: Bank) -> None:
    kobo = [
        "_uuid",
        "_submission_time",
        "part/pay-parity",
        "My group/Sub/Team",
        "deep/er/q_pay_parity",
        "note_language",
    ]
    assert targets(bank, *kobo) == ["own", "own", "pay-parity", "team", "pay-parity", "note language"]
    odk = ["SubmissionDate", "KEY", "about-team", "part-pay-parity", "part-why_pay_parity"]
    assert targets(bank, *odk) == ["own", "own", "team", "pay-parity", "why pay-parity"]
    assert targets(bank, "part/pay-parity") == ["?"]


def test_a_program_s_own_column_is_not_one_that_only_sounds_like_it(bank: Bank) -> None:
    headings = ["_uuid", "_submission_time", "_notes", "pay-parity", "Notes", "_status", "status"]
    assert targets(bank, *headings) == ["own", "own", "own", "pay-parity", "note pay-parity", "own", "?"]


def test_a_question_called_like_a_program_s_own_column_is_not_left_out(bank: Bank) -> None:
    assert targets(bank, "ID", "Start time", "Completion time", "Email", "Language") == [*["own"] * 4, "language"]


def test_what_a_person_decided_goes_before_everything(bank: Bank) -> None:
    decided = {
        "Timestamp": "ignore",
        "pay-parity": "language",
        "Q7": "note language",
        "x": "profile stage",
        "x (2)": "team",
    }
    headings = ["Timestamp", "pay-parity", "Q7", "x", "x"]
    assert targets(bank, *headings, columns=decided) == ["ignore", "language", "note language", "profile stage", "team"]


def test_a_name_that_two_questions_bear_is_decided_by_a_person(tmp_path: Path) -> None:
    two = "[{id: a, text: 'The same?'}, {id: b, domain: e, text: the SAME}]"
    bank = small_bank(tmp_path, two, domains="{d: 1, e: 1}")
    assert targets(bank, "The same?", "a") == ["?", "a"]


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.name)
def test_each_program_is_known_by_its_own_columns_and_by_no_other_s(vendor: Vendor) -> None:
    headings = [min(names) for names in vendor.signature]
    assert vendor_of(headings) is vendor
    assert vendor_of(headings[1:]) is not vendor or len(headings) == 1
    assert vendor_of(["team", "date"]) is PLAIN_TABLE


def test_a_column_that_is_not_known_is_named_with_its_place_and_the_nearest(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "date|pay parities|Favourite colour\n2026-11-22|2|red")
    none, *said = problems(bank, collect(bank, path))
    assert none.startswith(f"{path}: No column of this table is known as a question")
    assert said[0].startswith(f'{path}:1:2: We don’t recognise the column "pay parities". Nearest: pay-parity, ')
    assert said[1].startswith(f'{path}:1:3: We don’t recognise the column "Favourite colour".')
    assert said[2].startswith("2 things to be decided; nothing was written.")


def test_a_column_with_nothing_below_its_heading_is_left_out(bank: Bank, tmp_path: Path) -> None:
    found = collect(bank, table(tmp_path, "date|pay-parity|Favourite colour\n2026-11-22|2|"))
    assert found.gathered[0].assessment.responses == {"pay-parity": Response(level=2)}
    assert "1 column without a name that is known, and with nothing below" in "".join(found.account)


@pytest.mark.parametrize("heading", ["Any other comments?", "45. Further comments"])
def test_a_box_for_comments_that_ends_the_survey_is_asked_about(bank: Bank, tmp_path: Path, heading: str) -> None:
    assert targets(bank, "language", "pay-parity", heading, "role") == ["language", "pay-parity", "?", "role"]
    first, *_ = problems(bank, collect(bank, table(tmp_path, f"date|language|{heading}\n2026-11-22|1|x")))
    assert f'We don’t recognise the column "{heading}". Nearest: note before' in first
    for more in ((heading, "pay-parity"), (heading, "pay-parity", f"{heading}2")):
        assert targets(bank, "language", *more)[1] == "note language", "not at the end, or after each question"
    assert targets(bank, "language", heading, columns={heading: "note before"})[1] == "note language"
