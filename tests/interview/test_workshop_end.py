"""A workshop on the way to its end: the keys, who may be shown, the review, the result, and what is on the screen."""

from dataclasses import replace

import pytest

from readiness.assessment.group import Hands
from readiness.bank.model import Bank
from readiness.interview.asked import Asking, Ending
from readiness.interview.steps import GroupStepKind
from readiness.interview.workshop import Workshop, begin_workshop
from tests.conftest import DATE
from tests.interview.rooms import counted_of, group_of, in_room, place, shown, told

# --- on the way, and the end ---


def test_the_keys_mean_what_they_mean_in_the_walk(small: Bank) -> None:
    workshop = in_room(small)
    assert place(told(workshop, "s")) == "wall-gone"
    assert place(told(workshop, "s", "b")) == "lift-there"
    assert place(told(workshop, "j 3")) == "wall-door"
    assert place(told(workshop, "j", "2")) == "wall-gone"
    assert place(told(workshop, "j r")) == "review"
    assert told(workshop, "j", "99").asking is Asking.JUMP
    assert told(workshop, "j", "").told == ("Nothing was changed.",)
    assert "(not counted: 1)" in shown(told(workshop, "j"))
    assert "not counted" not in shown(told(workshop, "2 0 0", "3 0 0", "j")).splitlines()[1]
    assert told(workshop, "q").ending is Ending.QUIT
    assert told(begin_workshop(small, DATE, None), "b").told == ("This is the first question. q quits.",)
    assert told(begin_workshop(small, DATE, None), "Northside", "j 1").told


def test_the_numbers_of_each_part_stand_where_one_jumps(small: Bank) -> None:
    assert "2-3 The second part (not counted: 2, 3)" in shown(told(in_room(small), "j"))


@pytest.mark.parametrize("keys", [(), ("j",), ("2 0 0", "3 0 0"), ("j r",), ("j r", ""), ("who",)])
def test_help_is_on_what_is_asked_and_then_on_the_keys(small: Bank, keys: tuple[str, ...]) -> None:
    workshop = told(in_room(small), *keys)
    first, second = told(workshop, "?"), told(workshop, "??", "?")
    assert shown(first).startswith("Help")
    assert shown(second).startswith("The keys")
    assert replace(told(first, ""), told=()) == replace(workshop, told=(), again=True)
    assert told(first, "nonsense " * 9).again or told(first, "nonsense " * 9).at != workshop.at


def test_why_a_question_is_asked_is_told_once_it_is_counted(small: Bank) -> None:
    assert "Why we ask" not in shown(told(in_room(small), "?"))
    assert "Why we ask: Lifts help people up." in shown(told(in_room(small), "2 0 0", "3 0 0", "?"))
    assert "What could show it: A photo; The bill." in shown(told(in_room(small), "?"))


def at_few(bank: Bank, agreed: str = "") -> Workshop:
    return told(in_room(bank), "2 0 0", "3 0 0", "", "s", "s", *([agreed] if agreed else []))


def test_roles_that_few_hold_are_shown_only_if_all_agree(small: Bank) -> None:
    workshop = at_few(small)
    assert place(workshop) == "shown-alone"
    assert "Lift users (3)" in shown(workshop)
    assert group_of(told(workshop, "2")).shown_alone == ("lift-user",)
    assert "Lift users (3) (may be shown)" in shown(told(workshop, "2", "b"))
    assert group_of(told(workshop, "2", "b", "")).shown_alone == ("lift-user",)
    assert group_of(told(workshop, "2", "b", "n")).shown_alone == ()
    assert group_of(told(workshop, "2 1")).shown_alone == ("porter", "lift-user")
    assert group_of(told(workshop, "")).shown_alone == ()
    assert place(told(workshop, "5")) == "shown-alone"


def test_what_was_agreed_is_asked_again_when_other_people_are_here(small: Bank) -> None:
    workshop = told(at_few(small, "2"), "who")
    assert group_of(told(workshop, "")).shown_alone == ("lift-user",)
    assert group_of(told(workshop, "2 3 0")).shown_alone == ("lift-user",)
    assert group_of(told(workshop, "2=4")).shown_alone is None


def test_nobody_agrees_for_those_of_a_role_who_have_left(small: Bank) -> None:
    at_second = told(in_room(small, present="2 3 1"), "2 0 0", "3 0 0", "1 0 0", "")
    gone = told(at_second, "who", "2=2")
    assert gone.told[0].startswith("Somebody has left, and few hold their role: lift users. The report will not show")
    workshop = told(gone, "s", "s")
    assert (place(workshop), workshop.few_roles) == ("shown-alone", ("porter",))
    assert "Not asked, as somebody has left: lift users." in shown(workshop)
    assert "nobody can agree for them" in shown(at_few(small))
    assert "Not asked" not in shown(at_few(small))
    assert told(at_second, "who", "2=4").told == ()
    assert told(gone, "who", "1=1").told[0].startswith("Somebody has left, and few hold their role: porters.")
    kept = group_of(workshop).model_copy(update={"shown_alone": ("porter", "lift-user")})
    assert {one.respondent.role for one in kept.respondents if one.respondent.shown_alone} == {"porter"}


def test_somebody_who_comes_back_may_be_somebody_else(small: Bank) -> None:
    counted = told(in_room(small), "2 0 0", "3 0 0", "", "who", "2=2", "2 0", "2 0", "", "who", "2=3")
    assert (counted.few_roles, counted.left_roles) == (("porter",), ("lift-user",))
    assert counted.told == ()


def test_a_role_that_many_hold_is_shown_whoever_left(small: Bank) -> None:
    workshop = told(in_room(small, present="2 6 0"), "2 0 0", "6 0 0", "", "who", "2=5")
    assert (workshop.told, workshop.left_roles) == ((), ())


def test_a_role_alone_is_agreed_to_with_y(small: Bank) -> None:
    workshop = told(in_room(small, present="5 3 0"), "5 0 0", "3 0 0", "j r", "b")
    assert workshop.few_roles == ("lift-user",)
    assert group_of(told(workshop, "y")).shown_alone == ("lift-user",)


@pytest.mark.parametrize(("present", "by_role"), [("2 0 0", "y"), ("2 3 0", "n"), ("5 5 0", "y"), ("0 0 4", "y")])
def test_roles_are_not_asked_where_nothing_or_nobody_is_hidden(small: Bank, present: str, by_role: str) -> None:
    workshop = told(in_room(small, present=present, by_role=by_role), "d", "d", "")
    assert GroupStepKind.SHOWN_ALONE not in {step.kind for step in workshop.steps}


def test_the_review_lists_what_is_not_counted_and_leads_there_and_back(small: Bank) -> None:
    workshop = told(in_room(small, by_role="n"), "5 0 0", "", "j r")
    assert "3. Is there a door in the wall?" in shown(workshop)
    assert "1. " not in shown(workshop)
    there = told(workshop, "3", "5 0", "")
    assert (place(there), there.open_numbers) == ("review", (2,))
    assert place(told(workshop, "3", "b")) == "review"
    assert place(told(workshop, "99")) == "review"
    done = told(there, "2", "5 0", "")
    assert "Every question is counted." in shown(done)


def test_the_result_ends_it(small: Bank) -> None:
    workshop = told(in_room(small, by_role="n"), "5 0 0", "", "5 0", "", "5 0", "", "")
    assert workshop.at_end
    text = shown(workshop)
    assert "Your result: Low down" in text
    assert "only two people" not in text
    assert told(workshop, "y").ending is Ending.REPORT
    assert told(workshop, "").ending is Ending.FINISHED
    assert told(workshop, "x").told
    two = told(in_room(small, present="2 0 0", by_role="n"), "j r", "")
    assert "If only two people answer" in shown(two)


def test_a_change_of_the_profile_tells_what_is_no_longer_asked(small: Bank) -> None:
    running = told(begin_workshop(small, DATE, None), "Northside", "", "2", "2 3 0", "n", "s", "5 0")
    changed = told(running, "j 1", "b", "b", "b", "1")
    assert changed.told[0].startswith("1 question that is counted does not fit this.")
    assert "lift-runs" in group_of(changed).responses
    assert told(running, "j 1", "b", "b", "b", "9").told == ("Please type a number from 1 to 2. q quits.",)
    assert "Planning (your answer)" in shown(told(changed, "b"))


# --- going on ---


def test_it_goes_on_where_it_stopped(small: Bank) -> None:
    assert begin_workshop(small, DATE, None).told == ()
    named = begin_workshop(small, DATE, group_of(told(begin_workshop(small, DATE, None), "Northside")))
    assert (place(named), named.told) == ("organisation", ("Welcome back.",))
    half = begin_workshop(small, DATE, group_of(told(in_room(small, by_role="n"), "5 0 0")))
    assert (place(half), half.told[0]) == ("wall-gone", "Welcome back. 1 of 3 questions are counted.")
    assert "5 people. If that has changed, type who." in half.told[1]


def test_a_finished_one_says_so_and_offers_a_second_show_of_hands(small: Bank) -> None:
    done = group_of(told(in_room(small, by_role="n"), "5 0 0", "", "5 0", "", "5 0"))
    workshop = begin_workshop(small, DATE, done)
    assert place(workshop) == "review"
    assert workshop.told[1].startswith("This workshop is finished.")
    assert len(counted_of(told(workshop, "1", "a", "0 5 0"), "lift-there").shows) == 2


def test_counts_for_another_edition_of_the_bank_are_never_said_to_be_for_this_one(small: Bank) -> None:
    workshop = told(in_room(small, by_role="n"), "5 0 0", "")
    said = group_of(workshop)
    older = said.model_copy(update={"bank": said.bank.model_copy(update={"fingerprint": "old"})})
    assert group_of(told(replace(workshop, group=older), "5 0")).bank == older.bank
    renamed = said.model_copy(update={"bank": said.bank.model_copy(update={"version": "0"})})
    assert group_of(told(replace(workshop, group=renamed), "5 0")).bank == said.bank
    shows = older.responses["lift-there"].shows[0].model_copy(update={"together": Hands(levels={"9": 5})})
    response = older.responses["lift-there"].model_copy(update={"shows": (shows,)})
    odd = older.model_copy(update={"responses": {"lift-there": response}})
    assert group_of(told(replace(workshop, group=odd), "5 0")).bank == older.bank


# --- what is shown ---


def test_bars_are_for_eyes_and_the_words_are_enough(small: Bank) -> None:
    workshop = told(in_room(small, by_role="n"), "1 4 0")
    assert "2. ████ 4 hands: A small lift." in shown(workshop)
    plain = shown(workshop, bars=False)
    assert "█" not in plain
    assert "2. 4 hands: A small lift." in plain
    assert "3. 0 hands: A large lift." in plain


def test_bars_of_many_hands_are_drawn_to_scale(small: Bank) -> None:
    text = shown(told(in_room(small, present="80 1 0", by_role="n"), "1 80 0"))
    assert f"1. █ 1 hand: No lift.\n2. {'█' * 20} 80 hands" in text


def test_a_question_that_always_applies_does_not_offer_the_flat_hand(bank: Bank, small: Bank) -> None:
    assert "Flat hand" in shown(in_room(small))
    lines = ("Northside", "", "1", "2", "1", "2", "0 3 3 0 0 0 0", "n")
    workshop = told(begin_workshop(bank, DATE, None), *lines)
    at = next(nth for nth, question in enumerate(workshop.questions, start=1) if question.always)
    assert "Flat hand" not in shown(told(workshop, f"j {at}"))


@pytest.mark.parametrize(
    ("lines", "word", "key"),
    [
        ([], "quit", "q"),
        (["2 3 0"], "back", "b"),
        (["2 3 0", "y"], "quit", "q"),
        (["2 3 0", "y"], "together", "t"),
        (["2 3 0", "y"], "jump 2", "j 2"),
        (["2 3 0", "y"], "note We talked", "e We talked"),
        (["2 3 0", "n"], "don’t know", "d"),
        (["2 3 0", "n"], "does not apply", "n"),
        (["2 3 0", "n"], "help", "?"),
        (["2 3 0", "n", "j"], "stop", "q"),
        (["2 3 0", "n", "j"], "back", "b"),
        (["2 3 0", "n", "e"], "quit", "q"),
        (["2 3 0", "n", "5 0 0"], "quit", "q"),
        (["2 3 0", "n", "5 0 0"], "count again", "a"),
        (["2 3 0", "n", "5 0 0"], "correct", "c"),
        (["2 3 0", "n", "5 0 0"], "who is here", "who"),
        (["2 3 0", "n", "j r"], "back", "b"),
        (["2 3 0", "n", "j r"], "quit", "q"),
        (["2 3 0", "n", "j r", ""], "exit", "q"),
    ],
)
def test_the_word_of_a_key_does_what_the_key_does(small: Bank, lines: list[str], word: str, key: str) -> None:
    there = told(begin_workshop(small, DATE, None), "Northside", "", "1", *lines)
    assert told(there, word) == told(there, key) != there


def test_an_answer_about_the_service_may_be_given_in_words_and_is_told(small: Bank) -> None:
    asked = told(begin_workshop(small, DATE, None), "Northside", "")
    option = small.profile[0].options[1]
    for line in ("two", option.label):
        there = told(asked, line)
        assert group_of(there).team.profile == {small.profile[0].id: option.id}
        assert there.told == (f"Taken as 2: {option.label}.",)


def test_words_that_fit_two_answers_name_both(bank: Bank) -> None:
    asked = told(begin_workshop(bank, DATE, None), "Northside", "")
    assert told(asked, "local").told == ("“local” fits 3 and 4. Please type one of these numbers. q quits.",)
    assert told(asked, "NHS").told == ("Taken as 1: NHS trust.",)


def test_the_word_of_a_key_is_the_name_only_if_typed_twice(small: Bank) -> None:
    asked = told(begin_workshop(small, DATE, None), "quit")
    assert asked.group is None
    assert "If you mean the key, type q alone." in asked.told[0]
    assert group_of(told(asked, "quit")).team.name == "quit"


@pytest.mark.parametrize(
    ("lines", "line"),
    [([], "9"), (["1"], "x"), (["1", "2 3 0"], "x"), (["1", "2 3 0", "n"], "x"), (["1", "2 3 0", "n", "j r"], "x")],
)
def test_every_refusal_says_how_to_quit(small: Bank, lines: list[str], line: str) -> None:
    refused = told(begin_workshop(small, DATE, None), "Northside", "", *lines, line)
    assert refused.told[-1].endswith(" q quits.")
