"""What the walk shows between its parts and at its end: what is left open, the review and the result."""

import datetime as dt
from dataclasses import replace

import pytest

from readiness.bank.model import Bank
from readiness.interview.lines import LinePart
from readiness.interview.screen import screen
from readiness.interview.walk import begin
from readiness.plan.overlay import Edit, Overlay, Status
from readiness.team import AssessedTeam
from tests.conftest import DATE, assessment
from tests.interview.conftest import at_questions, held, typed
from tests.interview.test_screen import shown


@pytest.mark.parametrize(
    ("answers", "lines"),
    [
        (
            "s1",
            [
                "Question 1 is still open. The last one you answered is question 2.",
                "Enter goes on with question 3. Or type 1, to",
            ],
        ),
        (
            "ss1",
            [
                "Questions 1 and 2 are still open. The last one you answered is question 3.",
                "Enter goes on with question 4. Or type a",
            ],
        ),
    ],
)
def test_going_on_says_what_was_left_open_and_offers_it(small: Bank, answers: str, lines: list[str]) -> None:
    stopped = typed(at_questions(small, "2" if len(answers) == 3 else "1"), *answers)
    words = shown(begin(small, DATE, stopped.assessment)).splitlines()
    assert words[1] == lines[0]
    assert words[2].startswith(lines[1])


def test_many_questions_left_open_are_said_as_ranges(bank: Bank) -> None:
    start = typed(begin(bank, DATE, None), "Northside", "", "1", "1", "2", "1", "2")
    stopped = typed(start, *"1sss1s1ss1")
    assert "Questions 2 to 4, 6, 8 and 9 are still open. The last one you answered is question 10." in shown(
        begin(bank, DATE, stopped.assessment)
    )


def test_a_welcome_is_followed_by_the_question(small: Bank) -> None:
    walk = begin(small, DATE, typed(at_questions(small), "1").assessment)
    assert shown(walk).splitlines()[:2] == [
        "Welcome back. 1 of 3 questions are answered. Going on with question 2. 2 questions left: about 1 minute.",
        "The second part: question 2 of 3",
    ]


@pytest.mark.parametrize(
    ("answers", "line"),
    [
        (("3",), "“The first part”: 100 out of 100, 1 of 1 question answered. 2 questions left: about 1 minute."),
        (("d",), "“The first part”: no score yet, 0 of 1 question answered. 2 questions left: about 1 minute."),
        (("1", "2", "1"), "“The second part”: 50 out of 100, 2 of 2 questions answered."),
    ],
)
def test_each_domain_ends_with_a_line_on_where_it_stands(small: Bank, answers: tuple[str, ...], line: str) -> None:
    assert shown(typed(at_questions(small), *answers)).splitlines()[1] == f"That was {line}"


def test_the_questions_asked_on_the_way_stand_alone(small: Bank) -> None:
    walk = at_questions(small)
    assert shown(typed(walk, "n")).splitlines() == [
        "What you write here is printed in the report. Please do not write names of people in it.",
        "Why does this not apply to your service? (Enter alone changes nothing.)",
    ]
    assert shown(typed(walk, "e")).splitlines()[1].startswith("Your note, in one line.")


def test_it_is_said_once_that_notes_are_printed(small: Bank) -> None:
    warning = "Please do not write names of people in it."
    walk = at_questions(small)
    for lines in (["e"], ["e One."], ["n"], ["n no stairs"], ["e + A photo"]):
        once = typed(walk, *lines)
        assert shown(once).count(warning) == 1
        for again in (["e"], ["", "e Two."], ["", "n"]):
            assert warning not in shown(typed(once, *again))
    assert warning not in shown(walk)


def test_a_long_note_is_cut_so_that_the_question_stays_on_the_screen(small: Bank) -> None:
    long = "All of it matters. " * 500
    walk = typed(at_questions(small), f"e {long}", *[f"e + {number} {long}" for number in range(5)], f"n {long}", "b")
    words = shown(walk)
    assert len(words) < 2000
    assert words.count("(9,499 characters; e shows all)") == 2
    assert words.count("e shows all") == 6
    assert "and 2 more that show it (e shows all)" in words
    assert shown(typed(walk, "e")).count(long.strip()) == 7


def test_a_question_opened_from_elsewhere_says_where_b_leads(small: Bank) -> None:
    assert "b back to the review" in shown(typed(at_questions(small), "j r", "1"))
    stopped = typed(at_questions(small), "s", "1")
    assert "b back to question 3" in shown(typed(begin(small, DATE, stopped.assessment), "1"))


def test_jump_lists_the_domains_with_their_numbers_and_what_is_open(small: Bank) -> None:
    assert shown(typed(at_questions(small), "1", "d", "j")).splitlines() == [
        "Which question? Type its number, r for the review, or Enter to stay.",
        "1-1 The first part",
        "2-3 The second part (open: 2, 3)",
        "p About your service: to look at what you said, or to change it",
    ]


def test_the_review_lists_the_unknown_with_whom_to_ask_and_the_unanswered(small: Bank) -> None:
    assert shown(typed(at_questions(small), "d", "s", "2")).splitlines()[2:] == [
        "Review",
        "You don't know yet:",
        "1. Is there a lift? (ask: The caretaker)",
        "Not answered yet:",
        "2. Is the wall gone?",
        (
            "Type the number of any question to answer it and come back here. j 1 goes on from question 1. "
            "Enter shows your result."
        ),
    ]


def test_the_review_says_when_all_is_answered(small: Bank) -> None:
    words = shown(typed(at_questions(small), "1", "1", "n no wall"))
    assert "Every question is answered." in words
    assert "Enter shows your result." in words


def test_the_result_shows_the_band_the_reasons_the_first_actions_and_the_offer(small: Bank) -> None:
    assert shown(typed(at_questions(small), "1", "1", "1", "")).splitlines() == [
        "Your result: Low down",
        "Much is left to do.",
        "The score is 0 out of 100. “Low down” starts at 0, “High up” at 50.",
        "“High up” will also need: “Is the wall gone?”.",
        "Start with these",
        "1. Take the wall down: Mason (suggested)",
        "2. Put in a door: Mason (suggested)",
        "3. Build a small lift: Builder (suggested)",
        "If only two people answer for a team, each can work out what the other said.",
        "Shall the report with your action plan be written now?",
        "y yes, Enter no, b back to the review, j jump to a question",
    ]


def test_the_first_actions_are_those_of_the_plan_as_a_person_has_edited_it(small: Bank) -> None:
    walk = typed(at_questions(small), "1", "1", "1", "")
    edits = {
        "door-in": Edit(dropped="No."),
        "lift-small": Edit(title="A stair lift", owner="Ann", due=dt.date(2027, 3, 1), status=Status.DOING),
        "own-sign": Edit(title="Put up a sign"),
    }
    overlay = Overlay.blank(small, "Northside").model_copy(update={"actions": edits})
    result = AssessedTeam(small, [held(walk)], overlay)
    words = shown(replace(walk, result=result)).splitlines()
    assert words[words.index("Start with these") + 1 :][:3] == [
        "1. Take the wall down: Mason (suggested)",
        "3. A stair lift: Ann, by 1 March 2027, Doing",
        "4. Put up a sign",
    ]
    done = overlay.model_copy(update={"actions": {name: Edit(status=Status.DONE) for name in PLANNED}})
    finished = shown(replace(walk, result=result.with_edits(done)))
    assert "Every action of your plan is done." in finished
    assert "Start with these" not in finished


PLANNED = ("door-in", "lift-small", "lift-large", "wall-down")


def test_a_result_at_the_top_has_nothing_to_start(small: Bank) -> None:
    words = shown(typed(at_questions(small), "3", "2", "2", ""))
    assert "Your result: High up" in words
    assert "Start with these" not in words


def test_the_result_without_an_answer_shows_no_band(small: Bank) -> None:
    words = shown(typed(at_questions(small), "j r", ""))
    assert words.splitlines()[:2] == [
        "Your result",
        (
            "There is no score yet, as too little is known: 0 of 3 questions. It takes 65 in 100 of what is asked, and "
            "50 in 100 of each part. Too little is known of “The first part” and “The second part”."
        ),
    ]


def test_the_shipped_bank_gives_exactly_three_actions_to_start_with(bank: Bank) -> None:
    walk = typed(at_questions(bank), "1", "1", "2")
    lines = screen(typed(walk, *["1"] * len(walk.questions), "")).lines
    start = next(at for at, line in enumerate(lines) if line.text == "Start with these")
    assert [line.lead for line in lines[start + 1 : start + 4]] == ["1.", "2.", "3."]
    assert lines[start + 4].part is LinePart.TEXT


def test_what_another_program_wrote_in_the_file_is_made_safe_to_show(small: Bank) -> None:
    note = "a\x1b[2Jb\u202e\x9b"
    responses = {
        "lift-there": {"not_applicable": note, "note": note, "evidence": [note]},
        "wall-gone": 0,
        "wall-door": 0,
    }
    kept = assessment(small, responses, {"stage": "planning"}, name=note)
    walk = begin(small, DATE, kept)
    words = [shown(typed(walk, "2", "j 1")), shown(typed(walk, "2", "j 1", *["b"] * 4))]
    assert all("a[2Jb" in page for page in words)
    assert not any(character in page for page in words for character in "\x1b\u202e\x9b")
