"""A person decides what is open, by number or by name; anything else is asked again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from readiness.assessment.cells import NO_REASON
from readiness.assessment.model import Response
from readiness.bank.model import Bank
from readiness.intake.headings import Names
from readiness.intake.mapping import DateOrder, Mapping
from readiness.intake.prompts import TakenBack, Talk, decide
from readiness.intake.sources import Intake
from tests.intake.written import collect, table


class Person:
    """Somebody at a terminal who types lines, and what they were shown."""

    def __init__(self, *lines: str) -> None:
        self._lines: Iterator[str] = iter(lines)
        self.shown: list[str] = []

    def talk(self) -> Talk:
        return Talk(self.shown.append, self._read)

    def _read(self) -> str:
        try:
            return next(self._lines)
        except StopIteration:
            raise EOFError from None


def asked(bank: Bank, path: Path, person: Person) -> tuple[Mapping, Intake]:
    """Return what was decided and gathered once nothing is open any more."""
    mapping = Mapping(bank=bank.id)
    while (found := collect(bank, path, mapping)).open:
        mapping = decide(found.open, bank, Names.of(bank, {}), mapping, person.talk())
    return mapping, found


def test_a_column_is_chosen_from_the_nearest_by_its_number(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "date|pay parities|Favourite colour\n2026-11-22|2|red\n2026-11-22|3|blue")
    person = Person("1", "7")
    mapping, found = asked(bank, path, person)
    assert mapping.columns == {"pay parities": "pay-parity", "Favourite colour": "ignore"}
    assert [one.assessment.responses["pay-parity"].level for one in found.gathered] == [2, 3]
    shown = "\n".join(person.shown)
    assert f'{path}:1:2: we don’t recognise the column "pay parities".' in shown
    assert 'It holds: "2"; "3"' in shown
    assert "the pay for similar jobs? (pay-parity)" in shown
    assert 'Ignored, as decided: "Favourite colour".' in "".join(found.account)


@pytest.mark.parametrize("typed", ["language", "question language"])
def test_a_column_can_be_named_and_nonsense_is_asked_again(bank: Bank, tmp_path: Path, typed: str) -> None:
    path = table(tmp_path, "date|Q77\n2026-11-22|2")
    person = Person("", "0", "99", "nonsense", "12345", typed)
    mapping, _ = asked(bank, path, person)
    assert mapping.columns == {"Q77": typed.removeprefix("question ")}
    assert sum(line.startswith("Write the id of a question") for line in person.shown) == 5


def test_words_are_chosen_once_for_every_column(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "date|language|pay-parity\n2026-11-22|AO03|AO03\n2026-11-22|AO07|")
    person = Person("3", "1", "7")
    mapping, found = asked(bank, path, person)
    assert mapping.answers == {"every column": {"AO03": 2}, "language": {"AO07": "n/a"}}
    assert found.gathered[0].assessment.responses == {"language": Response(level=2), "pay-parity": Response(level=2)}
    assert found.gathered[1].assessment.responses == {"language": Response(not_applicable=NO_REASON)}


def test_words_can_mean_something_else_in_another_column(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "date|language|pay-parity\n2026-11-22|x|x")
    person = Person("1", "2", "8", "2", "n/a: why not", "2")
    mapping, _ = asked(bank, path, person)
    assert mapping.answers == {"language": {"x": 0}, "pay-parity": {"x": "no answer"}}
    mapping, _ = asked(bank, path, Person("n/a: ", "2.5", "n/a: why not", "1"))
    assert mapping.answers == {"every column": {"x": "n/a: why not"}}


def test_roles_and_options_are_chosen_too(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "date|language|role|stage\n2026-11-22|2|Nurse|later")
    person = Person("n/a: x", "2", "planning")
    mapping, found = asked(bank, path, person)
    assert mapping.answers == {"role": {"Nurse": "team-member"}, "stage": {"later": "planning"}}
    assert found.gathered[0].assessment.respondent.role == "team-member"


def test_dates_are_chosen_by_the_day_they_mean(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "date|language\n03/04/2026|2")
    person = Person("?", "2")
    mapping, found = asked(bank, path, person)
    assert mapping.dates is DateOrder.MONTH_FIRST
    assert str(found.gathered[0].assessment.date) == "2026-03-04"
    assert "   1  3 April 2026" in person.shown
    assert "Please type a number from 1 to 2." in person.shown


def test_what_was_decided_before_the_end_of_typing_is_kept(bank: Bank, tmp_path: Path) -> None:
    found = collect(bank, table(tmp_path, "date|a b|c d\n2026-11-22|2|3"))
    names, person = Names.of(bank, {}), Person("language")
    mapping = decide(found.open, bank, names, Mapping(bank=bank.id), person.talk())
    with pytest.raises(EOFError):
        decide(found.open[1:], bank, names, mapping, person.talk())
    assert mapping.columns == {"a b": "language"}


def test_a_decision_is_taken_back_with_a_word(bank: Bank, tmp_path: Path) -> None:
    found = collect(bank, table(tmp_path, "date|a b\n2026-11-22|2"))
    with pytest.raises(TakenBack):
        decide(found.open, bank, Names.of(bank, {}), Mapping(bank=bank.id), Person("Back").talk())


def test_what_no_person_can_say_is_not_offered(bank: Bank) -> None:
    assert "bank" not in [str(target) for target in Names.of(bank, {}).nearest("bank", 10)]


def test_what_is_shown_can_move_no_cursor(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "date|\x1b[2Jx\u202ey|language\n2026-11-22|\x07\x9b2Jz|\x1b[31mred")
    person = Person("ignore", "1")
    asked(bank, path, person)
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for line in person.shown for character in line)
