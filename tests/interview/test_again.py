"""Finished answers are looked at, changed, or answered anew; last time's are shown only to those who want it."""

import datetime as dt

from readiness.assessment.model import Assessment
from readiness.bank.model import Bank
from readiness.interview.again import anew
from readiness.interview.asked import Asking, Ending
from readiness.interview.walk import Walk, begin
from tests.conftest import DATE, assessment
from tests.interview.conftest import held, typed
from tests.interview.places import where
from tests.interview.test_screen import shown

LATER = dt.date(2027, 11, 1)


def finished(bank: Bank) -> Walk:
    responses = {"lift-there": {"level": 2, "note": "A big one."}, "wall-gone": "unknown", "wall-door": "n/a: No wall."}
    return begin(bank, LATER, assessment(bank, responses, {"stage": "planning"}, role="porter"))


def test_finished_answers_say_so_with_their_date_and_what_can_be_done(small: Bank) -> None:
    page = shown(finished(small))
    assert "They were last saved on 22 November 2026." in page
    assert "1. Look at the result" in page
    assert "3. Answer anew" in page


def test_they_can_be_looked_at_or_changed(small: Bank) -> None:
    for word in ("", "1", "look"):
        assert where(typed(finished(small), word)) == "offer"
    for word in ("2", "change", "b"):
        walk = typed(finished(small), word)
        assert (where(walk), walk.asking) == ("review", Asking.ANSWER)
    assert typed(finished(small), "q").ending is Ending.QUIT
    lost = typed(finished(small), "7")
    assert (lost.asking, lost.told) == (Asking.FINISHED, ("Please type 1, 2 or 3.",))


def test_answering_anew_asks_the_service_again_and_keeps_no_answer(small: Bank) -> None:
    before = finished(small)
    walk = typed(before, "3")
    assert "Shall each question show what you answered on 22 November 2026?" in shown(walk)
    assert (held(walk).responses, walk.earlier, walk.replaces) == ({}, before.assessment, True)
    walk = typed(walk, "")
    assert "Northside (press Enter to keep it)" in shown(walk)
    walk = typed(walk, "", "", "", "")
    assert (where(walk), walk.profile, walk.role) == ("lift-there", {"stage": "planning"}, "porter")


def test_nothing_of_last_time_is_shown_or_kept_by_default(small: Bank) -> None:
    walk = typed(finished(small), "3", "", "", "", "", "")
    assert "you answered" not in shown(walk)
    assert typed(walk, "").told == ("Please type a number, or s to skip. Type ? for help.",)


def test_with_a_yes_each_question_shows_last_times_answer_and_enter_keeps_it(small: Bank) -> None:
    walk = typed(finished(small), "3", "y", "", "", "", "")
    page = shown(walk)
    assert "On 22 November 2026 you answered: 3." in page
    assert "Your note then: A big one." in page
    assert "Enter keeps that answer" in page
    walk = typed(walk, "")
    assert "you answered: don’t know." in shown(walk)
    walk = typed(walk, "")
    assert "you answered: does not apply, because: No wall." in shown(walk)
    kept = held(typed(walk, "")).responses
    assert {name: one.model_dump(exclude_defaults=True) for name, one in kept.items()} == {
        "lift-there": {"level": 2},
        "wall-gone": {"unknown": True},
        "wall-door": {"not_applicable": "No wall."},
    }


def test_another_answer_goes_before_last_times(small: Bank) -> None:
    walk = typed(finished(small), "3", "y", "", "", "", "", "1", "b")
    assert held(walk).responses["lift-there"].level == 0
    assert "1. No lift. (your answer)" in shown(walk)
    assert "On 22 November" not in shown(walk)


def test_going_on_half_way_asks_again_if_last_time_is_shown(small: Bank) -> None:
    earlier = finished(small).assessment
    half = typed(finished(small), "3", "", "", "", "", "", "1").assessment
    walk = begin(small, LATER, half, earlier)
    assert walk.asking is Asking.SHOW_EARLIER
    assert typed(walk, "maybe").told == ("Please type y for yes or n for no.",)
    assert "you answered: don’t know." in shown(typed(walk, "y"))
    skipped = typed(finished(small), "3", "", "", "", "", "", "s", "1").assessment
    assert typed(begin(small, LATER, skipped, earlier), "").asking is Asking.RESUME


def test_going_on_enter_keeps_what_was_chosen_before(small: Bank) -> None:
    earlier = finished(small).assessment
    for chosen, hint in (("y", "Enter yes, as before"), ("", "Enter no, as before"), ("n", "Enter no, as before")):
        half = typed(finished(small), "3", chosen, "", "", "", "", "1").assessment
        assert half is not None
        walk = begin(small, LATER, Assessment.model_validate_json(half.to_json()), earlier)
        assert hint in shown(walk)
        assert ("you answered: don’t know." in shown(typed(walk, ""))) is (chosen == "y")
        assert typed(walk, "back").asking is Asking.SHOW_EARLIER
    assert "as before" not in shown(typed(finished(small), "3"))


def test_what_the_bank_no_longer_has_is_not_carried_into_new_answers(small: Bank) -> None:
    old = assessment(small, {"lift-there": 2}, {"stage": "closed"})
    assert held(anew(Walk(small, LATER, old))).team.profile == {}
    blank = anew(Walk(small, LATER, assessment(small, {})))
    assert blank.asking is Asking.ANSWER
    nobody = begin(small, DATE, None)
    assert anew(nobody) is nobody
