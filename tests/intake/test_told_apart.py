"""What tells responses apart in a table: numbers, codes and, for want of these, likeness."""

from pathlib import Path

import pytest

from readiness.assessment.duplicates import each_once
from readiness.bank.model import Bank
from readiness.batch.row_reader import TableTerms
from readiness.batch.rows import RespondentRow
from readiness.batch.scorer import Marking
from readiness.batch.team_rows import together
from readiness.errors import InputError, Notice
from readiness.intake.mapping import Mapping as Decisions
from readiness.intake.sources import gather, open_sources
from tests.batch.writing import read_all
from tests.intake.collecting import collected, save
from tests.intake.written import ALL_GIVEN, collect, table


def test_a_time_is_no_identity(bank: Bank, tmp_path: Path) -> None:
    asked = [question.id for question in bank.asked(ALL_GIVEN.profile)][:4]
    head = "|".join(["Timestamp", "team", "role", *asked])
    first = table(tmp_path, f"{head}\n2026-11-22 10:00:01|A|Other|1|2|3|4", "first.csv")
    second = table(tmp_path, f"{head}\n2026-11-24 09:00:00|A|Other|0|2|3|4", "second.csv")
    decisions = Decisions(bank=bank.id, numbers_from=0)
    said = [collected(bank, path, decisions, ALL_GIVEN).gathered[0].with_id() for path in (first, second)]
    assert [one.respondent.id for one in said] == [None, None]
    [told] = each_once(said, ["one", "two"], bank.roles).notices
    assert told.startswith("one and two give the same answer to 3 of 4 questions. They count as two people.")


def test_a_column_that_tells_responses_apart_can_be_named(bank: Bank, tmp_path: Path) -> None:
    head, decisions = "Timestamp|Your code|team|language", Decisions(bank=bank.id, numbers_from=0)
    decisions = decisions.with_responses("Your code", count_unfinished=False)
    first = table(tmp_path, f"{head}\n2026-11-22 10:00:01|ab12|A|1", "first.csv")
    second = table(tmp_path, f"{head}\n2026-11-24 09:00:00|ab12|A|0", "second.csv")
    assert save(bank, first, tmp_path / "out", decisions) == (1, 0)
    with pytest.raises(InputError, match="there already with other answers"):
        save(bank, second, tmp_path / "out", decisions)
    other = collected(bank, table(tmp_path, "team|date|language\nA|2026-11-22|1", "other.csv"), decisions, ALL_GIVEN)
    told = f'{tmp_path / "other.csv"}: no column is headed "Your code". Others tell the responses apart.'
    assert (len(other.gathered), told in other.notices) == (1, True)
    opened = open_sources([first, second], bank)
    [problem] = gather(opened.sources, bank, decisions, ALL_GIVEN).problems
    assert "This is the same response as in" in str(problem)


def test_a_participant_code_tells_responses_apart_unasked(bank: Bank, tmp_path: Path) -> None:
    head = "Timestamp|Participant code|team|language"
    rows = ["2026-11-22 10:00:01|ab12|A|1", "2026-11-22 10:00:02|cd34|A|1"]
    found = collected(bank, table(tmp_path, "\n".join([head, *rows])), given=ALL_GIVEN)
    ids = [one.with_id().respondent.id for one in found.gathered]
    assert len({*ids}) == 2
    assert None not in ids
    assert not any("ab12" in one.with_id().to_json() for one in found.gathered)


@pytest.mark.parametrize(
    ("own", "first", "then"),
    [
        ("Participant code", "ab", "ab"),
        ("Response ID", "7", "7"),
        ("_id|_uuid|_submission_time", "41|bd96-1|2026-11-22T09:00:00", "41|0c3e-2|2026-11-22T09:00:00"),
        ("ID|Start time|Completion time", "1|2026-11-22 09:00|2026-11-22 09:05", "1|2026-11-22 09:00|2026-11-23 10:00"),
    ],
)
def test_a_number_that_two_rows_of_one_table_have_is_told_with_both_rows(
    bank: Bank, tmp_path: Path, own: str, first: str, then: str
) -> None:
    head = f"team|date|language|{own}"
    path = table(tmp_path, f"{head}\nA|2026-11-22|0|{first}\nA|2026-11-22|3|{then}\nA|2026-11-22|3|{then}")
    found = collected(bank, path, given=ALL_GIVEN)
    told = (
        f"{path}: 1 row has the number of another, with other answers: row 3 (as row 2). Each counts. If one is an"
        " older copy, take it out."
    )
    assert len(found.gathered) == 2, "the row that is there twice counts once"
    assert found.notices.count(told) == 1
    marking = Marking(bank)
    rows = [one for one in read_all(marking, path, terms=TableTerms.of(bank)) if isinstance(one, RespondentRow)]
    assert [str(one) for one in together(rows, marking) if isinstance(one, Notice)].count(told) == 1


def test_a_time_that_two_rows_of_one_table_have_is_not_told(bank: Bank, tmp_path: Path) -> None:
    rows = "\n".join(f"2026-11-22 09:00:01|A|{level}" for level in (0, 3))
    found = collected(bank, table(tmp_path, f"Timestamp|team|language\n{rows}"), given=ALL_GIVEN)
    assert len(found.gathered) == 2
    assert not [one for one in found.notices if "the number of another" in one]


@pytest.mark.parametrize("code", ["n/a", "None", "-", "don’t know", "anonymous", "#N/A"])
def test_what_stands_for_no_code_makes_nobody_known_again(bank: Bank, tmp_path: Path, code: str) -> None:
    found = collect(bank, table(tmp_path, f"date|language|Participant code\n2026-11-22|1|{code}\n2026-11-22|2|P7"))
    assert [one.with_id().respondent.id is None for one in found.gathered] == [True, False]


def test_a_code_that_several_have_tells_nobody_in_another_survey(bank: Bank, tmp_path: Path) -> None:
    rows = "2026-11-22|1|P7\n2026-11-22|2|P7\n2026-11-22|3|P8"
    found = collect(bank, table(tmp_path, f"date|language|Participant code\n{rows}"))
    assert [one.with_id().respondent.one_survey for one in found.gathered] == [True, True, None]
