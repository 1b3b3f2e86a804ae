"""Rows that are no answers are left out, and told with their number and why; who counts never hangs on their order."""

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from readiness.bank.model import Bank
from readiness.batch.row_reader import TableTerms
from readiness.batch.rows import Refused, RespondentRow
from readiness.batch.scorer import Marking
from readiness.errors import Notice
from readiness.intake.mapping import Mapping as Decisions
from readiness.intake.sources import Intake
from readiness.roundtrip.form_entries import Given
from tests.batch.writing import read_all, rows_of
from tests.exports.northside import people
from tests.exports.shapes import SHAPES
from tests.intake.collecting import collected, save
from tests.intake.written import ALL_GIVEN, table

Change = Mapping[str, str]
"""Cells of the second person's row, by heading."""

MARKED: Sequence[tuple[str, Change, str]] = [
    ("limesurvey.csv", {"submitdate. Date submitted": ""}, "1 row that was not finished: 3"),
    ("kobo.csv", {"_validation_status": "Not Approved"}, "1 row that was refused: 3"),
    ("kobo.csv", {"_validation_status": "validation_status_not_approved"}, "1 row that was refused: 3"),
    ("odk-central.csv", {"ReviewState": "rejected"}, "1 row that was refused: 3"),
    ("odk-central.csv", {"ReviewState": "hasIssues"}, "1 row that was refused: 3"),
    ("qualtrics.csv", {"Status": "Survey Preview"}, "1 test: 5"),
    ("qualtrics.csv", {"Status": "1"}, "1 test: 5"),
    ("qualtrics.csv", {"Status": "Spam"}, "1 row marked as spam: 5"),
    ("qualtrics.csv", {"DistributionChannel": "preview"}, "1 test: 5"),
    ("qualtrics.csv", {"Finished": "False"}, "1 row that was not finished: 5"),
    ("qualtrics.csv", {"Finished": "0"}, "1 row that was not finished: 5"),
    ("qualtrics.csv", {"Finished": "FALSCH"}, "1 row that was not finished: 5"),
    ("qualtrics.csv", {"Finished": "0.0"}, "1 row that was not finished: 5"),
    ("qualtrics.csv", {"Status": "8.0"}, "1 row marked as spam: 5"),
    ("alchemer.csv", {"Status": "Partial"}, "1 row that was not finished: 3"),
    ("alchemer.csv", {"Status": "Disqualified"}, "1 row that was refused: 3"),
    ("alchemer.csv", {"Status": "Test"}, "1 test: 3"),
    ("smartsurvey.csv", {"Ended": ""}, "1 row that was not finished: 4"),
    ("jisc-online-surveys.csv", {"Date and time submitted": ""}, "1 row that was not finished: 3"),
    ("typeform.csv", {"Response Type": "partial"}, "1 row that was not finished: 3"),
    ("typeform.csv", {"Submit Date (UTC)": ""}, "1 row that was not finished: 3"),
    ("redcap.csv", {"readiness_timestamp": "[not completed]"}, "1 row that was not finished: 3"),
    ("redcap.csv", {"readiness_complete": "0"}, "1 row that was not finished: 3"),
    ("redcap.csv", {"readiness_complete": "0,0"}, "1 row that was not finished: 3"),
    ("redcap-labels.csv", {"Complete?": "Incomplete"}, "1 row that was not finished: 3"),
    ("formbricks.csv", {"Finished": "No"}, "1 row that was not finished: 3"),
]


def changed(bank: Bank, folder: Path, name: str, change: Change) -> Path:
    """Return the export of three people, with cells of the second one's row changed."""
    path = folder / name
    SHAPES[name](bank, people(bank), path)
    encoding = "utf-8-sig" if path.read_bytes().startswith(b"\xef\xbb\xbf") else "utf-8"
    separator = ";" if name == "kobo.csv" else ","
    with path.open(encoding=encoding, newline="") as file:
        rows = [row for row in csv.reader(file, delimiter=separator) if row]
    for heading, text in change.items():
        rows[-2][rows[0].index(heading)] = text
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=separator).writerows(rows)
    return path


def roles(found: Intake, *, too_few: bool = False) -> list[str | None]:
    assert (found.open, len(found.problems)) == ((), too_few)
    return [one.assessment.respondent.role for one in found.gathered]


@pytest.mark.parametrize(("name", "change", "told"), MARKED)
def test_a_row_that_its_program_marks_is_no_answer(
    bank: Bank, tmp_path: Path, name: str, change: Change, told: str
) -> None:
    path = changed(bank, tmp_path, name, change)
    found, somebody = collected(bank, path), "finished" in told or "refused" in told
    assert roles(found, too_few=somebody) == ["service-manager", "team-member"]
    assert f"  Left out: {told}." in "\n".join(found.account)
    read = [*read_all(Marking(bank), path, terms=TableTerms.of(bank))]
    assert [one.role for one in read if isinstance(one, RespondentRow)] == roles(found, too_few=somebody)
    assert any(f"left out: {told}." in str(one) for one in read if isinstance(one, Notice))


@pytest.mark.parametrize(("name", "change", "told"), MARKED)
def test_only_unfinished_rows_count_on_request(
    bank: Bank, tmp_path: Path, name: str, change: Change, told: str
) -> None:
    decisions = Decisions(bank=bank.id).with_responses(None, count_unfinished=True)
    found = collected(
        bank, changed(bank, tmp_path, name, change), decisions, Given(date=people(bank)[0].assessment.date)
    )
    assert len(roles(found, too_few="refused" in told)) == (3 if "not finished" in told else 2)
    assert ("--count-unfinished" in "".join(found.account)) is False


QUALTRICS = "StartDate|EndDate|RecordedDate|ResponseId|Finished|team|language"


@pytest.mark.parametrize("mark", ["True", "VRAI", "1.0", "", "2026-11-22 10:00"])
def test_a_row_that_was_finished_counts_however_a_spreadsheet_says_so(bank: Bank, tmp_path: Path, mark: str) -> None:
    path = table(tmp_path, f"{QUALTRICS}\n2026-11-22|2026-11-22|2026-11-22|R_1|{mark}|A|2")
    assert len(collected(bank, path, given=ALL_GIVEN).gathered) == 1


@pytest.mark.parametrize("mark", ["Finito", "100", "#N/A"])
def test_a_mark_that_is_neither_yes_nor_no_is_told(bank: Bank, tmp_path: Path, mark: str) -> None:
    path = table(tmp_path, f"{QUALTRICS}\n2026-11-22|2026-11-22|2026-11-22|R_1|{mark}|A|0")
    [problem] = collected(bank, path, given=ALL_GIVEN).problems
    todo = "Write yes or no, so that it is known if these answers count."
    assert str(problem) == f'{path}:2:5: "{mark}" under "Finished" is neither yes nor no. {todo}'
    terms = TableTerms.of(bank, None, ALL_GIVEN)
    [refused] = [one for one in read_all(Marking(bank), path, terms=terms) if isinstance(one, Refused)]
    assert refused.problems == (problem,)
    counted = Decisions(bank=bank.id).with_responses(None, count_unfinished=True)
    assert len(collected(bank, path, counted, ALL_GIVEN).gathered) == 1


def test_true_and_false_in_the_cells_of_a_workbook_are_marks(bank: Bank, tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.append(QUALTRICS.split("|"))
    for at, mark in enumerate((True, False, 1, 0.0), start=1):
        workbook.active.append(["2026-11-22", "2026-11-22", "2026-11-22", f"R_{at}", mark, "A", 2])
    workbook.save(tmp_path / "a.xlsx")
    found = collected(bank, tmp_path / "a.xlsx", given=ALL_GIVEN)
    assert [one.place.line for one in found.gathered] == [2, 4]
    assert "  Left out: 2 rows that were not finished: 3, 5." in "\n".join(found.account)


def test_a_table_of_unfinished_rows_alone_says_how_to_count_them(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "id|submitdate|lastpage|team|language\n1||2|A|0\n2||2|A|2")
    [problem] = collected(bank, path).problems
    todo = "Add --count-unfinished to count those that were not finished."
    assert str(problem) == f"{path}: No row of this table counts: 2 rows that were not finished. {todo}"
    [refused] = [one for one in read_all(Marking(bank), path, terms=TableTerms.of(bank)) if isinstance(one, Refused)]
    assert refused.problems == (problem,)


def test_redcap_s_other_forms_may_be_left_empty(bank: Bank, tmp_path: Path) -> None:
    head = "record_id|first_complete|team|date|language|readiness_complete"
    found = collected(bank, table(tmp_path, f"{head}\n1|0|A|2026-11-22|2|2\n2|0|A|2026-11-22|2|0"), given=ALL_GIVEN)
    assert [one.place.line for one in found.gathered] == [2]


def test_headings_again_are_nobody(bank: Bank, tmp_path: Path) -> None:
    rows = ["team|date|language", "A|2026-11-22|2", "team|date|language", "A|2026-11-23|3"]
    path = table(tmp_path, "\n".join(rows))
    found = collected(bank, path, given=ALL_GIVEN)
    assert [str(one.assessment.date) for one in found.gathered] == ["2026-11-22", "2026-11-23"]
    assert "  Left out: 1 row that repeats the headings: 3." in found.account
    told = [str(one) for one in read_all(Marking(bank), path, terms=TableTerms.of(bank)) if isinstance(one, Notice)]
    assert f"{path}: left out: 1 row that repeats the headings: 3." in told


@pytest.mark.parametrize(
    "again",
    [
        "language|date|team|which-peers",
        "date|team|language|which-peers",
        "team|date|which-peers|language",
        "team|date|which-peers|pay-parity",
        "Team name|date|language|which-peers",
    ],
)
def test_no_row_is_read_below_headings_in_another_order(bank: Bank, tmp_path: Path, again: str) -> None:
    rows = ["team|date|language|which-peers", "A|2026-11-22|2|1", again, "B|2026-11-23|3|0", "C|2026-11-23|3|0"]
    path = table(tmp_path, "\n".join(rows))
    found = collected(bank, path, Decisions(bank=bank.id, numbers_from=0), ALL_GIVEN)
    [problem] = found.problems
    what = "Headings stand here again, not as in the first row. No row from here on was read"
    assert str(problem) == f"{path}:3: {what}. Put the two tables into two files."
    items = [*read_all(Marking(bank), path, terms=TableTerms.of(bank, Decisions(bank=bank.id, numbers_from=0)))]
    assert [one.problems for one in items if isinstance(one, Refused)] == [(problem,)]
    assert [one.team for one in rows_of(items)] == ["A"]


def test_what_a_column_is_headed_with_can_be_answered_in_it(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "Team|Role|date|note language|language\nTeam|Role|2026-11-22|Role|1")
    decided = Decisions.model_validate({"bank": bank.id, "answers": {"every column": {"Role": "other"}}})
    found = collected(bank, path, decided, ALL_GIVEN)
    assert [one.assessment.team.name for one in found.gathered] == ["Team"]


@pytest.mark.parametrize(
    "below",
    [
        f"What is the name of your team or service?|When?|{'{}'}",
        '{{"ImportId":"QID1"}}|{{"ImportId":"QID2"}}|{{"ImportId":"QID3"}}',
    ],
)
def test_a_second_row_of_headings_is_nobody_in_any_table(bank: Bank, tmp_path: Path, below: str) -> None:
    second = below.format(bank.question_by_id["language"].text)
    found = collected(bank, table(tmp_path, f"team|date|language\n{second}\nA|2026-11-22|2"), given=ALL_GIVEN)
    assert [one.place.line for one in found.gathered] == [3]


@pytest.mark.parametrize(
    "own", ["Submission ID|User ID|User display name|Timestamp", "StartDate|RecordedDate|ResponseId|Finished"]
)
def test_answers_whose_program_s_columns_were_emptied_are_no_headings(bank: Bank, tmp_path: Path, own: str) -> None:
    found = collected(bank, table(tmp_path, f"{own}|team|date|language\n||||A|2026-11-22|2"), given=ALL_GIVEN)
    assert [one.place.line for one in found.gathered] == [2]


@pytest.mark.parametrize("asked", [True, False])
def test_what_a_program_writes_for_nothing_is_told_if_it_can_mean_that_a_question_does_not_apply(
    bank: Bank, tmp_path: Path, *, asked: bool
) -> None:
    question = next(one for one in bank.ordered_questions if one.when and "stage" in one.when and not one.always)
    assert question.when is not None
    stage = next(
        option.id
        for option in next(entry for entry in bank.profile if entry.id == "stage").options
        if (option.id in question.when["stage"]) is asked
    )
    given = Given(profile={**ALL_GIVEN.profile, "stage": stage})
    head = f"id|submitdate|lastpage|team|language|{question.id}"
    path = table(tmp_path, f"{head}\n1|2026-11-22|2|A|0|N/A\n2|2026-11-22|2|A|3|N/A")
    found = collected(bank, path, given=given)
    assert [sorted(one.assessment.responses) for one in found.gathered] == [["language"], ["language"]]
    told = [one for one in found.notices if '"N/A"' in one]
    start = f'{path}: 2 cells with "N/A" counted as empty, as LimeSurvey writes it for a question that was not asked.'
    assert [one.startswith(start) for one in told] == ([True] if asked else [])
    read = [*read_all(Marking(bank), path, terms=TableTerms.of(bank, None, given))]
    assert [str(one) for one in read if isinstance(one, Notice) and '"N/A"' in str(one)] == told
    decided = Decisions(bank=bank.id, answers={"every column": {"N/A": "n/a"}})
    found = collected(bank, path, decided, given)
    assert all(one.assessment.responses[question.id].not_applicable for one in found.gathered)
    assert not [one for one in found.notices if '"N/A"' in one]


def test_two_common_columns_prove_no_program(bank: Bank, tmp_path: Path) -> None:
    question = next(one for one in bank.asked(ALL_GIVEN.profile) if not one.always)
    path = table(tmp_path, f"Response ID|Date Submitted|team|{question.id}\n1|2026-11-22|A|N/A")
    found = collected(bank, path, given=ALL_GIVEN)
    assert found.gathered[0].assessment.responses[question.id].not_applicable
    assert "(a table, " in found.account[0]
    assert "  Left out, as survey programs add them: Response ID, Date Submitted." in found.account


def shuffled(rows: Sequence[str], order: Callable[[Sequence[str]], Sequence[str]]) -> str:
    return "\n".join([rows[0], *order(rows[1:])])


@pytest.mark.parametrize("head", ["team|role|date|language", "Timestamp|team|role|language"])
def test_the_same_export_newest_first_gives_no_alarm(bank: Bank, tmp_path: Path, head: str) -> None:
    when = ["2026-11-22", "2026-11-22", "2026-11-22"]
    times = ["2026-11-22 10:00:01", "2026-11-22 10:00:02", "2026-11-22 10:00:02"]
    cells = [f"{times[at]}|A|Other|{at}" if head.startswith("T") else f"A|Other|{when[at]}|{at}" for at in range(3)]
    rows = [head, *cells]
    assert save(bank, table(tmp_path, shuffled(rows, list)), tmp_path / "out") == (3, 0)
    assert save(bank, table(tmp_path, shuffled(rows, lambda some: some[::-1])), tmp_path / "out") == (0, 3)
    more = [*rows, cells[0].replace("|0", "|4")]
    assert save(bank, table(tmp_path, shuffled(more, lambda some: some[::-1])), tmp_path / "out") == (1, 3)


def test_a_program_s_code_is_not_the_number_of_a_question(bank: Bank, tmp_path: Path) -> None:
    path = tmp_path / "qualtrics.csv"
    SHAPES["qualtrics.csv"](bank, people(bank), path)
    text = path.read_text("utf-8-sig")
    asked = len([*bank.asked(ALL_GIVEN.profile)])
    assert len([number for number in range(1, asked + 1) if f'"Q{number}",' in text]) > asked / 2
    found, unprofiled = collected(bank, path, given=ALL_GIVEN), collected(bank, path)
    assert roles(found) == roles(unprofiled)
    assert [one.assessment.responses for one in found.gathered] == [
        one.assessment.responses for one in unprofiled.gathered
    ]
