"""An unknown column is offered only for things that its cells can be."""

import pytest

from readiness.bank.model import Bank
from readiness.intake.candidates import candidates
from readiness.intake.headings import Names
from readiness.intake.mapping import Target, TargetKind

NAMES = frozenset({TargetKind.TEAM, TargetKind.ORGANISATION, TargetKind.ROLE})
LONG = "We meet on the first Monday of each month, and everybody who wants to can come and say what they think of it."
DATES = ["03/04/2026 09:26", "2026-11-22"]


def offered(bank: Bank, heading: str, *values: str) -> list[Target]:
    return candidates(heading, values, Names.of(bank, {}), 100)


def kinds(targets: list[Target]) -> set[TargetKind]:
    return {target.kind for target in targets}


@pytest.mark.parametrize("heading", ["Organization date", "Your role", "When", "team"])
def test_dates_are_a_date_and_no_name_or_answer(bank: Bank, heading: str) -> None:
    assert offered(bank, heading, *DATES) == [Target(TargetKind.DATE)]


@pytest.mark.parametrize("heading", ["Organisation", "Your roles", "Service", "Date of birth"])
def test_numbers_are_no_name_no_date_and_no_note(bank: Bank, heading: str) -> None:
    assert kinds(offered(bank, heading, "1", "4", "99")) <= {TargetKind.QUESTION, TargetKind.PROFILE}
    assert offered(bank, heading, "11847200001", "11847200002") == [], "not even an answer"


@pytest.mark.parametrize("heading", ["Your own roles", "Name of the service", "Organisations"])
def test_long_texts_are_no_name(bank: Bank, heading: str) -> None:
    assert not kinds(offered(bank, heading, "Yes", LONG)) & {*NAMES, TargetKind.DATE, TargetKind.SHOWN_ALONE}
    assert not kinds(offered(bank, heading, "a@example.org")) & NAMES
    assert kinds(offered(bank, heading, "Alder House")) & NAMES


def test_what_all_cells_are_known_as_comes_first(bank: Bank) -> None:
    assert offered(bank, "You are a", "Peer Worker", "Service manager")[0] == Target(TargetKind.ROLE)
    [entry, *_] = bank.profile
    assert offered(bank, "Which", *(option.label for option in entry.options))[0].id == entry.id
    question = bank.question_by_id["pay-parity"]
    levels = [level.text for level in question.levels]
    assert offered(bank, "xyz pay", *levels, "Don’t know")[0] == Target(TargetKind.QUESTION, question.id)


def test_many_different_texts_are_no_answers_that_are_known(bank: Bank) -> None:
    found = offered(bank, "pay parities", *(f"{LONG} {at}" for at in range(30)))
    assert TargetKind.QUESTION not in kinds(found)
    assert TargetKind.NOTE not in kinds(found), "a note is typed in: its heading is like no name"


def test_a_column_without_cells_can_be_anything(bank: Bank) -> None:
    assert candidates("Your roles", [], Names.of(bank, {}), 1) == [Target(TargetKind.ROLE)]
    assert kinds(offered(bank, "shown", "yes", "No")) & {TargetKind.SHOWN_ALONE}


@pytest.mark.parametrize(
    ("heading", "values", "first"),
    [
        ("Nr", ["1", "2", "3"], ["response", "ignore"]),
        ("ID", ["AB12", "CD34"], ["response", "ignore"]),
        ("Zeile", [str(number) for number in range(101, 131)], ["response", "ignore"]),
        ("Email", ["ann@example.org", "ben@example.org"], ["ignore"]),
    ],
)
def test_a_column_that_tells_people_apart_is_offered_as_that_first(
    bank: Bank, heading: str, values: list[str], first: list[str]
) -> None:
    found = [str(target) for target in offered(bank, heading, *values)]
    assert found[: len(first)] == first
    assert len(found) == len(set(found))


def test_a_column_of_dates_may_have_something_else_at_the_foot(bank: Bank) -> None:
    assert str(offered(bank, "Datum", "2026-11-22", "2026-11-23", "Mean")[0]) == "date"


def test_answers_that_run_on_are_no_numbers_of_people(bank: Bank) -> None:
    assert Target(TargetKind.RESPONSE) not in offered(bank, "Pay", "1", "2", "3", "4", "5")
