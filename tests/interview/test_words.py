"""Words count as numbers, keys and answers where they can mean one thing only; and what is said of the service."""

import pytest

from readiness.bank.model import Bank
from readiness.interview.asked import Asking, Ending
from readiness.interview.walk import begin
from readiness.words import choice, picked, spelled
from tests.conftest import DATE
from tests.interview.conftest import at_questions, held, typed
from tests.interview.places import at_review, response, where
from tests.interview.test_screen import shown


@pytest.mark.parametrize(
    ("line", "number"), [("2", 2), ("2.", 2), ("two", 2), ("Twelve", 12), ("twenty-six", 26), ("twenty six", 26)]
)
def test_a_number_may_be_written_in_words(line: str, number: int) -> None:
    assert choice(line, 28) == number - 1


@pytest.mark.parametrize("line", ["zero", "thirty", "twenty-zero", "twenty-eleven", "twoo", "", "-1"])
def test_what_is_no_number_of_a_choice_is_none(line: str) -> None:
    assert choice(line, 28) is None


SETTINGS = ("NHS trust", "Charity or other voluntary group", "Partnership of the NHS with a charity", "Another kind")
PAID = ("Paid: they have a wage", "Unpaid: they are volunteers", "Both: some are paid and some are not")
FOR_WHOM = ("Yes, it is for a particular community", "No, it is for everyone")


@pytest.mark.parametrize(
    ("line", "answers", "at"),
    [
        ("charity", SETTINGS, 1),
        ("NHS", SETTINGS, 0),
        ("part", SETTINGS, 2),
        ("voluntary", SETTINGS, 1),
        ("“another kind”", SETTINGS, 3),
        ("paid", PAID, 0),
        ("volunteers", PAID, 1),
        ("no", FOR_WHOM, 1),
        ("y", FOR_WHOM, 0),
        ("everyone", FOR_WHOM, 1),
        ("two", FOR_WHOM, 1),
    ],
)
def test_the_beginning_of_an_answer_or_a_word_in_it_is_enough(line: str, answers: tuple[str, ...], at: int) -> None:
    assert picked(line, answers) == at


@pytest.mark.parametrize(
    ("line", "answers"),
    [("n", SETTINGS), ("they", PAID), ("it is", FOR_WHOM), ("no", ("None of it", "Nowhere")), (".", PAID), ("x", PAID)],
)
def test_words_that_fit_no_answer_or_several_are_none(line: str, answers: tuple[str, ...]) -> None:
    assert picked(line, answers) is None


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("quit", "q"),
        ("Stop", "q"),
        ("back", "b"),
        ("don’t know", "d"),
        ("dont know", "d"),
        ("does not apply", "n"),
        ("n/a", "n"),
        ("skip", "s"),
        ("ski", "s"),
        ("help", "?"),
        ("jump 12", "j 12"),
        ("note We agreed it in May", "e We agreed it in May"),
        ("do", "do"),
        ("not", "not"),
        ("hello", "hello"),
    ],
)
def test_a_key_may_be_written_as_its_word(line: str, key: str) -> None:
    assert spelled(line, "bdejnqs?") == key


def test_words_do_what_their_keys_do(small: Bank) -> None:
    walk = at_questions(small)
    assert typed(walk, "quit").ending is Ending.QUIT
    assert where(typed(walk, "back")) == "profile"
    assert where(typed(walk, "skip")) == "wall-gone"
    assert where(typed(walk, "jump 3")) == "wall-door"
    assert where(typed(walk, "j", "three")) == "wall-door"
    assert typed(walk, "help").explained == 1
    assert response(typed(walk, "don't know"), "lift-there").unknown
    assert response(typed(walk, "not applicable", "no stairs"), "lift-there").not_applicable == "no stairs"
    assert typed(at_review(small), "back", "quit").ending is Ending.QUIT
    assert typed(walk, "j", "quit").ending is Ending.QUIT


def test_which_answer_words_were_taken_for_is_said(small: Bank) -> None:
    walk = typed(begin(small, DATE, None), "Northside", "", "porter")
    assert walk.told == ("Taken as 1: Porter.",)
    walk = typed(walk, "running")
    assert (walk.profile, walk.told) == ({"stage": "running"}, ("Taken as 2: Running.",))
    walk = typed(walk, "large")
    assert response(walk, "lift-there").level == 2
    assert walk.told == ("Taken as 3: A large lift.",)
    assert typed(at_questions(small), "a small lift").told == ("Taken as 2: A small lift.",)


def test_words_that_fit_several_answers_are_asked_again(small: Bank) -> None:
    walk = typed(at_questions(small), "lift")
    assert (where(walk), held(walk).responses) == ("lift-there", {})
    assert walk.told == ("“lift” fits 1, 2 and 3. Please type one of these numbers.",)


def test_a_keys_word_is_a_name_only_when_it_is_typed_twice(small: Bank) -> None:
    once = typed(begin(small, DATE, None), "Quit")
    assert once.told[0].endswith("If you mean the key, type q alone.")
    assert held(typed(once, "Quit")).team.name == "Quit"


@pytest.mark.parametrize("aside", ["e", "n"])
@pytest.mark.parametrize(("word", "key"), [("back", "b"), ("Quit", "q"), ("skip", "s"), ("help", "?")])
def test_the_word_of_a_key_is_that_key_where_a_note_or_a_reason_is_asked_for(
    small: Bank, aside: str, word: str, key: str
) -> None:
    asked = typed(at_questions(small), aside)
    assert typed(asked, word) == typed(asked, key) != asked


def test_a_keys_word_that_may_be_a_reason_is_asked_about(small: Bank) -> None:
    asked = typed(at_questions(small), "n", "not known")
    assert "If you mean the key, type d alone." in asked.told[0]
    assert asked.asking is Asking.WHY_NOT


@pytest.mark.parametrize("key", ["d", "e", "don't know"])
def test_a_key_of_questions_says_at_the_profile_why_it_is_no_answer(small: Bank, key: str) -> None:
    walk = typed(begin(small, DATE, None), "Northside", "", "1", key)
    assert where(walk) == "profile"
    assert walk.told == ("This one is needed: what is asked next depends on it. Please type a number from 1 to 2.",)


def test_a_jump_works_where_names_are_asked_once_there_is_somewhere_to_go(small: Bank) -> None:
    walk = typed(at_questions(small), "b", "b", "b")
    assert where(walk) == "organisation"
    assert where(typed(walk, "j 2")) == "wall-gone"
    assert held(typed(walk, "J Ward")).team.organisation == "J Ward"


def test_the_organisation_and_the_role_can_be_taken_out(small: Bank) -> None:
    walk = typed(begin(small, DATE, None), "Northside", "Alder Valley", "1", "b", "b")
    assert "or type - to take it out" in shown(walk)
    walk = typed(walk, "-")
    assert (held(walk).team.organisation, where(walk)) == (None, "role")
    walk = typed(walk, "-")
    assert (held(walk).respondent.role, where(walk)) == (None, "profile")


def test_what_was_said_of_the_service_is_shown_and_changed_from_any_question(small: Bank) -> None:
    walk = typed(at_questions(small), "1", "j p")
    assert shown(walk).splitlines() == [
        "About your service",
        "1. Name: Northside",
        "2. Organisation: (left out)",
        "3. Your role: (left out)",
        "4. How far are you? Planning",
        "Which one do you want to change? Type its number, or press Enter to go back.",
    ]
    assert where(typed(walk, "")) == "wall-gone"
    assert where(typed(walk, "b")) == "wall-gone"
    changed = typed(walk, "2", "Alder Valley")
    assert (held(changed).team.organisation, where(changed)) == ("Alder Valley", "wall-gone")
    assert typed(walk, "9").asking is Asking.SERVICE


def test_a_change_of_the_profile_leads_back_to_the_same_question(small: Bank) -> None:
    at_wall = typed(at_questions(small), "1")
    more = typed(at_wall, "j", "p", "4", "2")
    assert ([each.id for each in more.questions], where(more)) == (
        ["lift-there", "lift-runs", "wall-gone", "wall-door"],
        "wall-gone",
    )
    at_lift = typed(more, "j 2")
    assert where(at_lift) == "lift-runs"
    assert where(typed(at_lift, "j p", "four", "planning")) == "wall-gone"
    assert where(typed(at_review(small), "j p", "3", "1")) == "review"
