"""A person decides what is open, by number or by name; anything else is asked again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from readiness.assessment.cells import NO_REASON
from readiness.assessment.model import Response
from readiness.bank.model import Bank
from readiness.intake.choosing import Quit, TakenBack, Talk
from readiness.intake.headings import Names
from readiness.intake.mapping import DateOrder, Mapping
from readiness.intake.prompts import decide
from readiness.intake.sources import Intake, gather, open_sources
from readiness.intake.undecided import OpenDates, OpenNumbers
from tests.intake.written import ALL_GIVEN, collect, problems, table


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
    path = table(tmp_path, "date|pay parities|Favourite colour\n2026-11-22|0|red\n2026-11-22|3|blue")
    person = Person("1", "7")
    mapping, found = asked(bank, path, person)
    assert mapping.columns == {"pay parities": "pay-parity", "Favourite colour": "ignore"}
    assert [one.assessment.responses["pay-parity"].level for one in found.gathered] == [0, 3]
    shown = "\n".join(person.shown)
    assert f'{path}:1:2: we don’t recognise the column "pay parities".' in shown
    assert 'It holds: "0"; "3"' in shown
    assert "the pay for similar jobs? (pay-parity)" in shown
    assert 'Ignored, as decided: "Favourite colour".' in "".join(found.account)


def test_boxes_for_comments_are_asked_about_once_and_never_offered_as_their_question(
    bank: Bank, tmp_path: Path
) -> None:
    words = "Your thoughts on the words for the role"
    path = table(tmp_path, f"date|language|{words}|pay-parity|{words}2|team-prepared|{words}3\n2026-11-22|2|a|3|b|1|c")
    person = Person("1")
    mapping, found = asked(bank, path, person)
    assert mapping.columns == {words: "note before"}
    said = found.gathered[0].assessment.responses
    assert [said[name].note for name in ("language", "pay-parity", "team-prepared")] == ["a", "b", "c"]
    assert "   1  a note on the question before, the same for all 3 columns so headed" in person.shown
    assert not [line for line in person.shown if line.endswith(("(language)", "(pay-parity)", "(team-prepared)"))]
    [told] = problems(bank, collect(bank, path))[:-1]
    assert told.startswith(f'{path}:1:3: We don’t recognise the column "{words}", and 2 more so headed.')
    assert "Nearest: note before, " in told


@pytest.mark.parametrize("typed", ["language", "question language"])
def test_a_column_can_be_named_and_nonsense_is_asked_again(bank: Bank, tmp_path: Path, typed: str) -> None:
    path = table(tmp_path, "date|Q77\n2026-11-22|0")
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


def test_where_numbers_begin_is_chosen_once_for_a_table(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, f"date|{bank.question_by_id['language'].text}|Colour\n2026-11-22|5|red")
    person = Person("ignore", "2")
    mapping, found = asked(bank, path, person)
    assert (mapping.numbers_from, mapping.numbers_from_by_table) == (None, {"a.csv": 1})
    assert [one.assessment.responses["language"].level for one in found.gathered] == [4]
    shown = "\n".join(person.shown)
    assert f'{path}:2:2: answers are numbers, such as "5" in "' in shown
    assert '\n   1  0 is the lowest: "' in shown
    assert ', and 4 is the highest\n   2  1 is the lowest: "' in shown


def test_where_numbers_begin_can_be_the_same_for_all_tables_or_not(bank: Bank, tmp_path: Path) -> None:
    text = f"date|{bank.question_by_id['language'].text}\n2026-11-22|1"
    paths = [table(tmp_path, text, name) for name in ("a.csv", "b.csv", "c.csv")]

    def decided(*lines: str) -> tuple[Mapping, list[float | None]]:
        mapping, person, sources = Mapping(bank=bank.id), Person(*lines), open_sources(paths, bank).sources
        while (found := gather(sources, bank, mapping, ALL_GIVEN)).open:
            mapping = decide(found.open, bank, Names.of(bank, {}), mapping, person.talk())
        assert [line for line in person.shown if "the same for all 3 tables" in line]
        return mapping, [one.assessment.responses["language"].level for one in found.gathered]

    mapping, found = decided("2", "1")
    assert (mapping.numbers_from, mapping.numbers_from_by_table, found) == (1, {}, [0, 0, 0])
    mapping, found = decided("2", "2", "1", "1")
    assert (mapping.numbers_from, mapping.numbers_from_by_table, found) == (0, {"a.csv": 1}, [0, 1, 1])


def test_a_decision_about_one_table_holds_for_no_other(bank: Bank, tmp_path: Path) -> None:
    text = f"date|{bank.question_by_id['language'].text}\n03/04/2026|1"
    first, second = table(tmp_path, text, "first.csv"), table(tmp_path, text, "second.csv")
    mapping, _ = asked(bank, first, Person("2", "2"))
    assert collect(bank, first, mapping).gathered
    assert {type(one) for one in collect(bank, second, mapping).open} == {OpenNumbers, OpenDates}


def test_a_decision_about_one_of_two_files_of_the_same_name_holds_for_that_one(bank: Bank, tmp_path: Path) -> None:
    text = f"date|{bank.question_by_id['language'].text}\n03/04/2026|1"
    for name in "ab":
        (tmp_path / name).mkdir()
    paths = [table(tmp_path / name, text) for name in "ab"]
    sources, mapping, person = open_sources(paths, bank).sources, Mapping(bank=bank.id), Person(*"222211")
    while (found := gather(sources, bank, mapping, ALL_GIVEN)).open:
        mapping = decide(found.open, bank, Names.of(bank, {}), mapping, person.talk())
    assert mapping.numbers_from_by_table[str(paths[0])] == 1
    assert sorted(one.assessment.responses["language"].level or 0 for one in found.gathered) == [0, 1]
    assert len({one.assessment.date for one in found.gathered}) == 2


@pytest.mark.parametrize(
    ("line", "meaning"),
    [
        ("don't know", "unknown"),
        ("d", "unknown"),
        ("n", "n/a"),
        ("does not apply", "n/a"),
        ("two", 1),
        ("no answer", "no answer"),
        ("count the cell as empty", "no answer"),
    ],
)
def test_words_on_the_screen_and_keys_of_the_walk_choose(
    bank: Bank, tmp_path: Path, line: str, meaning: str | int
) -> None:
    mapping, _ = asked(bank, table(tmp_path, "date|language\n2026-11-22|x"), Person(line))
    assert mapping.answers == {"language": {"x": meaning}}


@pytest.mark.parametrize("line", ["q", "quit", "Exit"])
def test_a_person_can_leave_by_a_word(bank: Bank, tmp_path: Path, line: str) -> None:
    with pytest.raises(Quit):
        asked(bank, table(tmp_path, "date|language\n2026-11-22|x"), Person(line))


@pytest.mark.parametrize("line", ["?", "help"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("date|language|Colour\n2026-11-22|1|red", "response: the number or code that tells each response"),
        ("date|language\n2026-11-22|x", "Don't know counts as unanswered"),
        ("date|language\n03/04/2026|1", "One of the numbers is the day"),
        ("Timestamp|language\n2026-11-22|1", "which number is the lowest level's?"),
    ],
)
def test_help_says_what_the_choices_mean(bank: Bank, tmp_path: Path, line: str, text: str, said: str) -> None:
    person = Person(line, "quit")
    with pytest.raises(Quit):
        asked(bank, table(tmp_path, text), person)
    shown = "\n".join(person.shown)
    assert said in shown
    assert "quit collects nothing" in shown


def test_many_unknown_columns_can_be_ignored_at_once(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "date|language|Colour|Shoe|Hat\n2026-11-22|0|red|black|2026-11-22")
    person = Person("ignore all")
    with pytest.raises(EOFError):
        asked(bank, path, person)  # it is chosen by its number
    at = next(line for line in person.shown if "the same for all 3 that we don’t recognise" in line)
    assert at.endswith('ignore "Colour", "Shoe", "Hat"')
    mapping, _ = asked(bank, path, Person(at.split()[0]))
    assert mapping.columns == dict.fromkeys(("Colour", "Shoe", "Hat"), "ignore")
    two = Person()
    with pytest.raises(EOFError):
        asked(bank, table(tmp_path, "date|language|Colour|Shoe\n2026-11-22|0|red|black"), two)
    assert "the same for all" not in "".join(two.shown)


def test_words_of_different_things_are_decided_one_by_one(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "date|language|role|stage\n2026-11-22|x|x|x")
    mapping, _ = asked(bank, path, Person("1", "1", "1"))
    assert {heading: [*meanings] for heading, meanings in mapping.answers.items()} == {
        "language": ["x"],
        "role": ["x"],
        "stage": ["x"],
    }


def test_roles_and_options_are_chosen_too(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "date|language|role|stage\n2026-11-22|2|Nurse|later")
    person = Person("n/a: x", "2", "planning")
    mapping, found = asked(bank, path, person)
    assert mapping.answers == {"role": {"Nurse": "team-member"}, "stage": {"later": "planning"}}
    assert found.gathered[0].assessment.respondent.role == "team-member"


def test_dates_are_chosen_by_the_day_they_mean(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "date|language\n03/04/2026|2")
    person = Person("x", "2")
    mapping, found = asked(bank, path, person)
    assert (mapping.dates, mapping.dates_by_table) == (None, {"a.csv": DateOrder.MONTH_FIRST})
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
