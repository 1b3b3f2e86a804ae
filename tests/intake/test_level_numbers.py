"""Numbers that stand for levels count from 0 or from 1 in a whole table: no cell is guessed by itself."""

from pathlib import Path

import pytest

from readiness.assessment.cells import NO_REASON
from readiness.assessment.model import Assessment, Response
from readiness.bank.model import Bank
from readiness.batch.blocks import each_row
from readiness.batch.row_reader import TableTerms, table_rows
from readiness.batch.rows import Refused, RespondentRow, assessment_of
from readiness.batch.scorer import Marking
from readiness.errors import InputError
from readiness.intake.mapping import EVERY_COLUMN, LowestNumber, Mapping, Target, TargetKind
from readiness.intake.sources import gather, open_sources
from readiness.intake.table_files import open_table
from readiness.intake.xlsform_names import field_name
from tests.intake.written import ALL_GIVEN, collect, problems, table

ASKED = "Answers in this table are numbers, such as "
PAY, LANGUAGE = "pay-parity", "language"


def headed(bank: Bank, *cells: tuple[str, str]) -> str:
    """Return a table headed as a survey heads it: by the questions' words; a row for each two cells."""
    words = (bank.question_by_id[name].text.replace("|", "/") for name in (PAY, LANGUAGE))
    return "\n".join([f"date|{'|'.join(words)}", *(f"2026-11-22|{'|'.join(row)}" for row in cells)])


def levels(bank: Bank, path: Path, mapping: Mapping | None = None) -> list[list[float | None]]:
    """Return the levels that each respondent of the table gave, by ``collect`` and by a batch alike."""
    found = collect(bank, path, mapping)
    assert problems(bank, found) == []
    collected = [_levels(one.assessment) for one in found.gathered]
    rows = [row for row in batched(bank, path, mapping) if isinstance(row, RespondentRow)]
    assert [_levels(assessment_of(row, bank)) for row in rows] == collected
    return collected


def _levels(one: Assessment) -> list[float | None]:
    return [one.responses[name].level if name in one.responses else None for name in (PAY, LANGUAGE)]


def batched(bank: Bank, path: Path, mapping: Mapping | None = None) -> list[object]:
    return [*each_row(table_rows(open_table(path), Marking(bank), TableTerms.of(bank, mapping, ALL_GIVEN)))]


def refused(bank: Bank, path: Path, mapping: Mapping | None = None) -> str:
    """Return the one problem of the table, for ``collect`` and a batch alike."""
    said, *_ = problems(bank, collect(bank, path, mapping))
    with pytest.raises(InputError) as error:
        batched(bank, path, mapping)
    assert said == str(error.value.problems[0])
    return said


def from_number(bank: Bank, lowest: LowestNumber) -> Mapping:
    return Mapping(bank=bank.id, numbers_from=lowest)


TO_1 = "the 5 points to 1 as the lowest level, unless it stands for no level"


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ([("1", "2"), ("3", "4")], "nothing shows if the lowest level is 0 or 1"),
        ([("5", "2"), ("3", "4")], TO_1),
        ([("1", "2"), ("3", "5")], TO_1),
        ([("5", "5")], TO_1),
        ([("0", "2"), ("5", "4")], "the 0 points to 0 as the lowest level, but the 5 to 1"),
    ],
)
def test_where_numbers_begin_is_asked_once_and_decided_for_the_table(
    bank: Bank, tmp_path: Path, cells: list[tuple[str, str]], shown: str
) -> None:
    path = table(tmp_path, headed(bank, *cells))
    said = refused(bank, path)
    assert said.startswith(f'{path}:2:2: {ASKED}"{cells[0][0]}" in the column "')
    assert said.endswith(f", and {shown}. Say which with --numbers-from 0 or --numbers-from 1.")
    assert "--numbers-from" not in "".join(problems(bank, collect(bank, path))[1:])


def test_a_decision_holds_for_the_table(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, headed(bank, ("1", "2"), ("3", "4.0")))
    assert levels(bank, path, from_number(bank, 0)) == [[1, 2], [3, 4]]
    assert levels(bank, path, from_number(bank, 1)) == [[0, 1], [2, 3]]
    assert levels(bank, path, from_number(bank, 0).with_numbers(1, str(path))) == [[0, 1], [2, 3]]
    told = "".join(collect(bank, path, from_number(bank, 1)).account)
    assert "In 2 columns, numbers were taken for levels, counted from 1 for the lowest." in told


def test_a_nought_shows_that_numbers_count_from_it(bank: Bank, tmp_path: Path) -> None:
    assert levels(bank, table(tmp_path, headed(bank, ("1", "2"), ("3", "0")))) == [[1, 2], [3, 0]]


@pytest.mark.parametrize(("lead", "first"), [("0 - ", 0), ("1. ", 1)])
def test_a_number_before_a_levels_words_shows_it(bank: Bank, tmp_path: Path, lead: str, first: int) -> None:
    words = lead + bank.question_by_id[PAY].levels[0].text
    assert levels(bank, table(tmp_path, headed(bank, ("2", "3"), (words, "")))) == [[2 - first, 3 - first], [0, None]]


def test_words_that_show_both_show_nothing(bank: Bank, tmp_path: Path) -> None:
    words = bank.question_by_id[PAY].levels[0].text
    path = table(tmp_path, headed(bank, ("2", "3"), (f"0. {words}", ""), (f"1. {words}", "")))
    assert ASKED in refused(bank, path)


def test_a_nought_against_the_decision_is_wrong_unless_it_is_decided_about(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, headed(bank, ("1", "2"), ("3", "0")))
    said = refused(bank, path, from_number(bank, 1))
    assert said.startswith(f'{path}:3:3: The lowest level is said to be 1, but there is a 0 in the column "')
    assert "Use --numbers-from 0. Or say in the mapping file" in said
    decided = from_number(bank, 1).with_answer(EVERY_COLUMN, "0", "unknown")
    assert levels(bank, path, decided) == [[0, 1], [2, None]]


def test_a_5_against_counting_from_0_says_how_to_count_from_1(bank: Bank, tmp_path: Path) -> None:
    from_1 = "If 1 is the lowest level in this table, use --numbers-from 1. "
    path = table(tmp_path, headed(bank, ("1", "2"), ("3", "5")))
    assert from_1 in problems(bank, collect(bank, path, from_number(bank, 0)))[0]
    path = table(tmp_path, headed(bank, ("1", "0"), ("3", "5")))
    assert from_1 not in "".join(problems(bank, collect(bank, path, from_number(bank, 0))))
    path = table(tmp_path, headed(bank, ("1", "2"), ("3", "6")))
    assert from_1 not in "".join(problems(bank, collect(bank, path, from_number(bank, 0))))


def test_our_own_documented_table_counts_from_0(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, f"date|{PAY}|{LANGUAGE.title()}\n2026-11-22|1|2")
    assert levels(bank, path) == [[1, 2]]
    told = "  No number is 0. If 1 is the lowest level there, use --numbers-from 1."
    assert told in collect(bank, path).account
    assert levels(bank, path, from_number(bank, 1)) == [[0, 1]]
    assert told not in collect(bank, path, from_number(bank, 0)).account
    path = table(tmp_path, f"date|{PAY}|{LANGUAGE}\n2026-11-22|1|2\n2026-11-22|1|5")
    assert ASKED in refused(bank, path), "a 5 is no level of ours"
    path = table(tmp_path, f"Timestamp|{PAY}|{LANGUAGE}\n2026-11-22 10:00|1|2")
    assert ASKED in refused(bank, path), "a survey program's"


def test_fields_of_our_own_form_hold_values_whatever_else_is_there(bank: Bank, tmp_path: Path) -> None:
    own = field_name(Target(TargetKind.QUESTION, PAY))
    path = table(tmp_path, f"date|{own}|{bank.question_by_id[LANGUAGE].text}\n2026-11-22|1|2")
    assert levels(bank, path, from_number(bank, 1)) == [[1, 1]]
    assert f'such as "2" in the column "{bank.question_by_id[LANGUAGE].text[:20]}' in refused(bank, path)


@pytest.mark.parametrize(("unknown", "neither"), [("6", "7"), ("12", "13"), ("98", "99"), ("-8", "-9")])
def test_codes_for_no_level_are_decided_once_for_the_table(
    bank: Bank, tmp_path: Path, unknown: str, neither: str
) -> None:
    path = table(tmp_path, headed(bank, ("1", unknown), ("5", unknown), (unknown, "4"), (neither, f"{neither}.0")))
    said = problems(bank, collect(bank, path, from_number(bank, 1)))
    assert len(said) == 4, "a line for each text, and how to decide"
    assert f'"{unknown}", in the column ' in said[0]
    assert "2 more cells of 2 columns, is no answer. Write 1, 2, 3, 4 or 5, the words of a level" in said[0]
    codes = {unknown: "unknown", neither: "n/a"}
    mapping = Mapping(bank=bank.id, numbers_from=1, answers={EVERY_COLUMN: codes})
    found = [one.assessment.responses for one in collect(bank, path, mapping).gathered]
    dont_know, not_ours = Response(unknown=True), Response(not_applicable=NO_REASON)
    assert [(each[PAY], each[LANGUAGE]) for each in found] == [
        (Response(level=0), dont_know),
        (Response(level=4), dont_know),
        (dont_know, Response(level=3)),
        (not_ours, not_ours),
    ]


def test_two_tables_can_begin_at_different_numbers(bank: Bank, tmp_path: Path) -> None:
    first = table(tmp_path, headed(bank, ("1", "2")), "first.csv")
    second = table(tmp_path, headed(bank, ("1", "0")), "second.csv")
    third = table(tmp_path, headed(bank, ("1", "3")), "third.csv")
    sources = open_sources([first, second, third], bank).sources
    mapping = Mapping(bank=bank.id).with_numbers(1, str(first)).with_numbers(0, str(third))
    found = gather(sources, bank, mapping, ALL_GIVEN)
    assert [one.assessment.responses[PAY].level for one in found.gathered] == [0, 1, 1]


def test_a_long_table_is_read_on_until_a_number_shows_it(bank: Bank, tmp_path: Path) -> None:
    late = [("1", "2")] * 1_100
    assert levels(bank, table(tmp_path, headed(bank, *late, ("0", "0"))))[0] == [1, 2]
    refused(bank, table(tmp_path, headed(bank, *late, ("5", "0"))))
    refused(bank, table(tmp_path, headed(bank, *late)))


def test_a_number_below_many_rows_of_words_is_in_doubt_by_itself(bank: Bank, tmp_path: Path) -> None:
    words = [("unknown", bank.question_by_id[LANGUAGE].levels[2].text)] * 1_100
    path = table(tmp_path, headed(bank, *words, ("", "3")))
    assert problems(bank, collect(bank, path))[0].startswith(f"{path}:1102:3: {ASKED}")
    [wrong] = [one for one in batched(bank, path) if isinstance(one, Refused)]
    assert str(wrong.problems[0]) == problems(bank, collect(bank, path))[0]
    path = table(tmp_path, headed(bank, *words, ("", "3"), ("0", "")))
    assert levels(bank, path)[-2:] == [[None, 3], [0, None]]
