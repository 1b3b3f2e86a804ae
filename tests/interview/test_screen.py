"""What a walk shows. The words alone are enough: nothing here knows of a terminal or a colour."""

from dataclasses import replace
from pathlib import Path

import pytest

from readiness.bank.model import Bank
from readiness.interview.screen import screen
from readiness.interview.walk import Walk, begin
from tests.conftest import DATE, assessment, bank_from
from tests.interview.conftest import NO_ROLES, SMALL, at_questions, held, typed


def shown(walk: Walk) -> str:
    """Return the words that are shown, each line with what stands before it."""
    return "\n".join(f"{line.lead} {line.text}".strip() for line in screen(walk).lines)


def test_the_first_screen_says_what_this_is_and_how_to_stop(small: Bank) -> None:
    assert shown(begin(small, DATE, None)).splitlines() == [
        "A small bank",
        (
            "First a few words about your service. Then 3 or 4 questions, in plain words, about what happens today. "
            "It takes about 1 minute."
        ),
        (
            "Every answer is saved at once. Stop whenever you like: type q, and later go on where you were. "
            "Type ? for help, here and everywhere."
        ),
        "What is the name of your team or service?",
    ]


def test_the_first_screen_says_what_the_main_words_mean(bank: Bank) -> None:
    assert shown(begin(bank, DATE, None)).splitlines()[:2] == [bank.title, bank.texts.terms]


def test_the_first_question_and_its_help_say_how_to_choose(bank: Bank) -> None:
    walk = typed(begin(bank, DATE, None), "Northside", "", "s", "1", "2", "1", "2")
    assert bank.texts.choosing
    assert [bank.texts.choosing in shown(typed(walk, *lines)) for lines in ([], ["s"], ["?"], ["s", "?"])] == [
        True,
        False,
        True,
        True,
    ]


def test_what_was_typed_before_is_shown_and_can_be_kept(small: Bank) -> None:
    walk = typed(begin(small, DATE, None), "Northside", "Alder Valley", "b")
    assert "Alder Valley (press Enter to keep it, or type - to take it out)" in shown(walk)
    assert "Northside (press Enter to keep it)" in shown(typed(walk, "b"))
    assert "1. Porter (your answer)" in shown(typed(at_questions(small, role="1"), "b", "b"))
    assert "1. Planning (your answer)" in shown(typed(at_questions(small), "b"))


def test_the_profile_shows_its_number_its_help_and_its_options(small: Bank) -> None:
    assert shown(typed(at_questions(small), "b", "b", "2")).splitlines() == [
        "About your service: 1 of 1",
        "How far are you?",
        "As of today.",
        "1. Planning (your answer)",
        "2. Running",
    ]


def test_a_profile_question_without_help_shows_none(small: Bank) -> None:
    bare = small.model_copy(update={"profile": (small.profile[0].model_copy(update={"help": None}),)})
    assert "As of today." not in shown(typed(begin(bare, DATE, None), "Northside", "", "1"))


def test_a_question_shows_its_number_its_help_its_levels_and_the_letters(small: Bank) -> None:
    assert shown(at_questions(small)).splitlines() == [
        "The first part: question 1 of 3",
        "What the first part is about.",
        "Is there a lift?",
        "Look behind the stairs.",
        "1. No lift.",
        "2. A small lift.",
        "3. A large lift.",
        "d don't know, n does not apply, e note, s skip, b back, j jump, ? help, q quit",
    ]


@pytest.mark.parametrize("answer", ["1", "d", "n no stairs"])
def test_why_a_question_was_asked_is_said_only_once_it_is_answered(small: Bank, answer: str) -> None:
    asked = at_questions(small)
    assert "Lifts help people up." not in shown(asked) + shown(typed(asked, "?"))
    after = typed(asked, answer)
    assert shown(after).splitlines()[0] == "Saved. Why we asked: Lifts help people up."
    assert "Lifts help people up." not in shown(typed(after, "9")) + shown(typed(after, "b"))
    assert "Why we ask: Lifts help people up." in shown(typed(after, "b", "?"))
    assert "Lifts help people up." not in shown(typed(asked, "s"))


def test_the_shipped_bank_says_what_peer_workers_are_while_nobody_is_in_post(bank: Bank) -> None:
    planning = typed(begin(bank, DATE, None), "Northside", "", "s", "1", "1", "1", "2")
    pages = [shown(typed(planning, f"j {number}")) for number in range(1, len(planning.questions) + 1)]
    told = [page for page in pages if "Peer Workers are from elsewhere." in page]
    assert told


def test_a_question_that_always_applies_does_not_offer_that_it_does_not(tmp_path: Path) -> None:
    always = bank_from(tmp_path, SMALL.replace("text: Is there a lift?", "always: true\n    text: Is there a lift?"))
    asked = at_questions(always)
    assert "n does not apply" not in shown(asked)
    assert shown(typed(asked, "n")) == shown(typed(asked, "n no stairs"))
    assert shown(typed(asked, "n")) == (
        "This applies to every service that is asked it, so “does not apply” is no answer to it. Choose the level that "
        "says how it is today. Or type d if you don't know."
    )
    assert "n does not apply" in shown(typed(asked, "s"))


def test_what_a_file_says_does_not_apply_is_open_if_the_question_always_applies(tmp_path: Path) -> None:
    always = bank_from(tmp_path, SMALL.replace("text: Is there a lift?", "always: true\n    text: Is there a lift?"))
    kept = assessment(always, {"lift-there": "n/a: no stairs", "wall-gone": 0}, {"stage": "planning"})
    walk = typed(begin(always, DATE, kept), "1")
    assert "This applies to every service that is asked it, so that counts as not known." in shown(walk)
    assert "Enter keeps your answer" not in shown(walk)
    assert shown(typed(walk, "")) == "Please type a number, or s to skip. Type ? for help."


def test_the_role_is_asked_in_a_banks_own_words_if_it_has_no_roles(tmp_path: Path) -> None:
    asked = typed(begin(bank_from(tmp_path, NO_ROLES), DATE, None), "Northside", "")
    words = "What is your own role? Your name is not asked. Press Enter to leave this out."
    assert shown(asked) == words
    given = typed(asked, "J Ward Clerk", "b")
    assert shown(given).splitlines() == [words, "J Ward Clerk (press Enter to keep it, or type - to take it out)"]
    assert held(typed(given, "")).respondent.role == "J Ward Clerk"
    assert shown(typed(asked, "Ward " * 100)) == "That is too long. Please say it in fewer words."
    assert shown(typed(asked, "2")) == "Is your role really “2”? Then type it again. Otherwise type your role."
    assert "May your role's answers be shown" in shown(typed(given, "", "1", "1", "1", "1"))
    assert "May your role's answers" not in shown(typed(asked, "", "1", "1", "1", "1"))


def test_the_questions_are_in_the_words_for_the_role_and_change_with_it(small: Bank) -> None:
    words = shown(at_questions(small, role="2")).splitlines()
    assert words[2:7] == [
        "Can you take a lift?",
        "Look behind the stairs.",
        "1. I can take none.",
        "2. I can take a small one.",
        "3. I can take a large one.",
    ]
    back = typed(at_questions(small, role="2"), "3", "b", "b", "b", "1", "")
    assert "Is there a lift?" in shown(back)
    assert "3. A large lift. (your answer)" in shown(back)


def test_whoever_has_a_role_is_asked_at_the_end_if_it_may_be_shown(small: Bank) -> None:
    assert "although few of you answered" not in shown(typed(at_questions(small), "1", "1", "1"))
    asked = typed(at_questions(small, role="1"), "1", "1", "1")
    assert shown(asked).splitlines()[2:] == [
        "Your role",
        (
            "The report shows your role's answers by themselves only if 5 or more people in your role answered, or if "
            "all of those who answered say yes. Those who make the report can change the 5, but never to less than 3. "
            "They read the file with your answers. Others read only the report."
        ),
        "May your role's answers be shown in the report although few of you answered?",
        "y yes, n no, Enter no, b back, ? help, q quit",
    ]
    agreed = typed(asked, "y")
    assert "If few people hold your role, its answers may be shown. Type b to change that." in shown(agreed)
    assert "Enter keeps yes" in shown(typed(agreed, "b"))
    assert "its answers may not be shown" in shown(typed(asked, ""))


def test_what_limits_a_result_is_said_first(tmp_path: Path) -> None:
    bands = SMALL.replace(
        "meaning: Little is left to do., from: 50",
        "meaning: Little is left to do., from: 50, voices: [{role: lift-user}]",
    )
    heard = bank_from(tmp_path, bands)
    words = shown(typed(at_questions(heard, role="1"), "1", "1", "1", "", "")).splitlines()
    assert words[1].startswith("None of your lift users has answered.")
    assert words[2] == "Much is left to do."


def test_what_a_domain_is_about_is_said_at_its_first_question_only(small: Bank) -> None:
    walk = typed(at_questions(small), "1")
    assert "What the second part is about." in shown(walk)
    assert "What the second part is about." not in shown(typed(walk, "1"))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("2", "2. A small lift. (your answer)"),
        ("d", "You answered: don't know."),
        ("n no stairs", "You answered: does not apply, because: no stairs"),
    ],
)
def test_an_answer_is_shown_when_its_question_comes_again(small: Bank, line: str, words: str) -> None:
    again = shown(typed(at_questions(small), line, "b"))
    assert words in again
    assert "Enter keeps your answer" in again


def test_notes_and_evidence_are_shown_with_their_question(small: Bank) -> None:
    walk = typed(at_questions(small), "e One.", "e Two.", "e + A photo")
    assert shown(walk).startswith("Noted.")
    assert "Your note: One. / Two." in shown(walk)
    assert "What shows it: A photo" in shown(walk)
    assert "Enter keeps your answer" not in shown(walk)


def test_help_shows_what_to_look_for_and_whom_to_ask_on_a_page_of_its_own(small: Bank) -> None:
    assert shown(typed(at_questions(small), "?")).splitlines() == [
        "Help",
        "Is there a lift?",
        "Look behind the stairs.",
        "What could show it: A photo; The bill.",
        "Who may know: The caretaker.",
        "Type the number of the answer that is closest to what happens in your service today.",
        "If you can’t decide between two, choose the one nearer the top.",
        "Press Enter to see the question again, or type your answer. Type ? again for all the keys.",
    ]


def test_after_help_the_question_and_its_answers_stand_there_again(small: Bank) -> None:
    walk = at_questions(small)
    for pages in (["?"], ["?", "?"], ["?", "?", "?"]):
        assert shown(typed(walk, *pages, "")) == shown(walk)
    assert shown(typed(walk, "?", "9")).endswith(shown(walk))
    assert shown(typed(walk, "?", "2")) == shown(typed(walk, "2"))


def test_the_second_page_of_help_is_about_every_key(small: Bank) -> None:
    lines = screen(typed(at_questions(small), "?", "?")).lines
    assert {line.lead for line in lines} >= set("dnesbjq")
    assert shown(typed(at_questions(small), "?", "?", "?")).startswith("Help\nIs there a lift?")


def test_help_on_a_question_that_has_none_says_how_to_choose(small: Bank) -> None:
    words = shown(typed(at_questions(small), "s", "?"))
    assert "Type the number of the answer" in words
    assert "Who may know" not in words


def test_help_is_about_what_is_asked_just_now(small: Bank) -> None:
    begun = begin(small, DATE, None)
    question = at_questions(small)
    walks = [
        begun,
        typed(begun, "Northside"),
        typed(begun, "Northside", ""),
        typed(begun, "Northside", "", "1"),
        question,
        typed(question, "n"),
        typed(question, "e"),
        typed(question, "j"),
        typed(question, "j r"),
        typed(question, "j r", ""),
        begin(small, DATE, typed(question, "s", "1").assessment),
    ]
    assert len({shown(typed(walk, "?")) for walk in walks}) == len(walks)
    for walk in walks:
        assert shown(typed(walk, "?", "")).endswith(shown(replace(walk, told=(), passed=None)))


def test_a_word_about_what_was_typed_does_not_repeat_the_question(small: Bank) -> None:
    words = shown(typed(at_questions(small), "9"))
    assert words == '"9" is not one of the answers. Type a number from 1 to 3, or ?.'
