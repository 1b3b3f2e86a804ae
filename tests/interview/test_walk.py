"""The walk, without a terminal: what each line does at each sort of step."""

import pytest

from readiness.assessment.model import Response
from readiness.bank.model import Bank
from readiness.interview.asked import Asking, Ending
from tests.interview.conftest import at_questions, held, typed
from tests.interview.places import response, where


def test_a_number_answers_the_question_and_asks_the_next(small: Bank) -> None:
    walk = typed(at_questions(small), "3")
    assert (response(walk, "lift-there").level, where(walk)) == (2, "wall-gone")


@pytest.mark.parametrize("line", ["", "4", "0", "yes", "d Mary knows", "dn", "bq", "?!", "e1", "s later"])
def test_what_is_not_an_answer_changes_nothing_and_says_what_to_type(small: Bank, line: str) -> None:
    walk = at_questions(small)
    after = typed(walk, line)
    assert (after.at, after.assessment) == (walk.at, walk.assessment)
    assert "number" in after.told[0]
    assert "?" in after.told[0]


def test_a_long_line_that_is_no_answer_is_not_repeated_whole(small: Bank) -> None:
    assert len(typed(at_questions(small), "x" * 4000).told[0]) < 160


def test_every_letter_works_in_either_case(small: Bank) -> None:
    assert response(typed(at_questions(small), "D"), "lift-there").unknown is True


def test_enter_keeps_an_answer(small: Bank) -> None:
    walk = typed(at_questions(small), "3", "b", "")
    assert (response(walk, "lift-there").level, where(walk)) == (2, "wall-gone")


def test_an_answer_can_be_replaced(small: Bank) -> None:
    walk = typed(at_questions(small), "3", "b", "d", "b", "n the lift is not ours", "b", "1")
    assert response(walk, "lift-there") == Response(level=0)


def test_don_t_know_is_an_answer(small: Bank) -> None:
    walk = typed(at_questions(small), "d")
    assert (response(walk, "lift-there"), where(walk)) == (Response(unknown=True), "wall-gone")


def test_skip_leaves_the_question_open_and_goes_on(small: Bank) -> None:
    walk = typed(at_questions(small), "s")
    assert (held(walk).responses, where(walk)) == ({}, "wall-gone")


def test_does_not_apply_asks_why(small: Bank) -> None:
    asked = typed(at_questions(small), "n")
    assert (asked.asking, held(asked).responses) == (Asking.WHY_NOT, {})
    walk = typed(asked, "There is one floor.")
    assert response(walk, "lift-there") == Response(not_applicable="There is one floor.")
    assert (walk.asking, where(walk)) == (Asking.ANSWER, "wall-gone")


def test_does_not_apply_takes_its_reason_in_the_same_line(small: Bank) -> None:
    walk = typed(at_questions(small), "n There is one floor.")
    assert response(walk, "lift-there").not_applicable == "There is one floor."


@pytest.mark.parametrize("letter", ["n", "e", "j"])
def test_enter_alone_takes_a_question_asked_on_the_way_back(small: Bank, letter: str) -> None:
    walk = typed(at_questions(small), "2", "b")
    after = typed(walk, letter, "")
    assert (after.asking, after.at, after.assessment) == (Asking.ANSWER, walk.at, walk.assessment)
    assert after.told == ("Nothing was changed.",)


@pytest.mark.parametrize("way", ["n", "e"])
def test_the_keys_mean_the_same_where_a_reason_or_a_note_is_asked(small: Bank, way: str) -> None:
    walk = typed(at_questions(small), "2", "b")
    asked = typed(walk, way)
    assert typed(asked, "q").ending is Ending.QUIT
    for key in ("b", "s", "B"):
        after = typed(asked, key)
        assert (after.asking, after.at, after.assessment) == (Asking.ANSWER, walk.at, walk.assessment)
    helped = typed(asked, "?")
    assert (helped.asking, helped.assessment) == (asked.asking, walk.assessment)
    assert typed(helped, "").asking is asked.asking


@pytest.mark.parametrize("way", [("n", "{}"), ("n {}",)])
def test_a_single_letter_is_a_reason_only_when_it_is_typed_twice(small: Bank, way: tuple[str, ...]) -> None:
    once = typed(at_questions(small), *[line.format("3") for line in way])
    assert (once.asking, held(once).responses) == (Asking.WHY_NOT, {})
    assert once.told == ("Is the reason really “3”? Then type it again. Otherwise type the reason.",)
    assert response(typed(once, "3"), "lift-there").not_applicable == "3"
    assert response(typed(once, "One floor."), "lift-there").not_applicable == "One floor."


@pytest.mark.parametrize("way", [("e", "2"), ("e 2",)])
def test_a_single_letter_is_a_note_only_when_it_is_typed_twice(small: Bank, way: tuple[str, ...]) -> None:
    once = typed(at_questions(small), *way)
    assert (once.asking, held(once).responses) == (Asking.NOTE, {})
    assert response(typed(once, "2"), "lift-there").note == "2"


@pytest.mark.parametrize("line", ["n {}", "e {}", "e +{}"])
def test_words_too_long_to_keep_change_nothing(small: Bank, line: str) -> None:
    walk = at_questions(small)
    after = typed(walk, line.format("x" * 20_001))
    assert after.told == ("That text is too long to keep here. Nothing was changed.",)
    assert (after.at, after.assessment) == (walk.at, walk.assessment)


def test_a_note_stays_on_the_question_and_is_no_answer(small: Bank) -> None:
    walk = typed(at_questions(small), "e", "Ask Mary.")
    assert (where(walk), walk.told[0]) == ("lift-there", "Noted.")
    assert response(walk, "lift-there") == Response(note="Ask Mary.")
    assert walk.open_numbers == (1, 2, 3)


def test_a_second_note_stands_under_the_first(small: Bank) -> None:
    walk = typed(at_questions(small), "e One.", "e Two.")
    assert response(walk, "lift-there").note == "One.\nTwo."


def test_a_plus_lists_evidence(small: Bank) -> None:
    walk = typed(at_questions(small), "e + A photo", "e", "+The bill", "e ++ C++ code")
    assert response(walk, "lift-there").evidence == ("A photo", "The bill", "+ C++ code")


def test_a_plus_alone_changes_nothing(small: Bank) -> None:
    walk = typed(at_questions(small), "e +")
    assert (walk.told, held(walk).responses) == (("Nothing was changed.",), {})


def test_an_answer_keeps_its_notes_whatever_it_becomes(small: Bank) -> None:
    walk = typed(at_questions(small), "e One.", "e + A photo", "2")
    for line, expected in (("d", {"unknown": True}), ("n no", {"not_applicable": "no"}), ("1", {"level": 0})):
        walk = typed(walk, "b", line)
        assert response(walk, "lift-there") == Response(note="One.", evidence=("A photo",), **expected)


def test_a_minus_removes_the_notes_and_keeps_the_answer(small: Bank) -> None:
    walk = typed(at_questions(small), "e One.", "e + A photo", "2", "b", "e", "-")
    assert walk.told == ("The notes on this question are removed.",)
    assert response(walk, "lift-there") == Response(level=1)


def test_a_minus_on_notes_without_an_answer_leaves_nothing(small: Bank) -> None:
    assert held(typed(at_questions(small), "e One.", "e -")).responses == {}
