"""The walk until the first question: the team, the organisation, the role and the profile."""

from dataclasses import replace

import pytest

from readiness.bank.model import Bank
from readiness.interview.asked import Asking, Ending
from readiness.interview.walk import begin
from tests.conftest import DATE, assessment
from tests.interview.conftest import at_questions, held, typed
from tests.interview.places import response, where


def test_nothing_is_kept_before_the_team_has_a_name(small: Bank) -> None:
    walk = typed(begin(small, DATE, None), "")
    assert (walk.assessment, where(walk)) == (None, "name")
    assert walk.told == ("Please type the name of the team or service: the report is named after it.",)
    assert typed(walk, "s") == walk


def test_the_name_begins_the_assessment_with_the_bank_and_the_date(small: Bank) -> None:
    begun = held(typed(begin(small, DATE, None), "Northside"))
    assert (begun.team.name, begun.date) == ("Northside", DATE)
    assert (begun.bank.id, begun.bank.version, begun.bank.fingerprint) == ("small", "1", small.fingerprint)


def test_a_name_may_begin_with_a_letter_that_is_a_command(small: Bank) -> None:
    walk = typed(begin(small, DATE, None), "B team", "S ward")
    assert (held(walk).team.name, held(walk).team.organisation) == ("B team", "S ward")


@pytest.mark.parametrize("line", ["d", "3", "42", "7", "ß", "x", "E"])
def test_a_single_letter_or_a_number_is_a_name_only_when_it_is_typed_twice(small: Bank, line: str) -> None:
    for before, told in (((), "name"), (("Northside",), "organisation")):
        walk = typed(begin(small, DATE, None), *before)
        once = typed(walk, line)
        assert (where(once), once.assessment) == (told, walk.assessment)
        assert once.told == (f"Is the name really “{line}”? Then type it again. Otherwise type the name.",)
        twice = typed(once, line)
        assert held(twice).team.name == (before or (line,))[0]
        assert held(twice).team.organisation == (line if before else None)


@pytest.mark.parametrize("between", ["?", "", "y"])
def test_what_comes_between_two_times_makes_a_short_name_doubtful_again(small: Bank, between: str) -> None:
    assert typed(begin(small, DATE, None), "x", between, "x").assessment is None


@pytest.mark.parametrize(("line", "sort"), [("b", "name"), ("s", "role"), ("J Ward", "role")])
def test_the_keys_mean_the_same_at_the_names(small: Bank, line: str, sort: str) -> None:
    walk = typed(begin(small, DATE, None), "Northside", line)
    assert where(walk) == sort
    assert held(walk).team.organisation == (line if " " in line else None)


def test_q_stops_and_j_jumps_at_the_names(small: Bank) -> None:
    walk = typed(begin(small, DATE, None), "Northside")
    assert typed(walk, "q").ending is Ending.QUIT
    assert typed(at_questions(small), "b", "b", "b", "j").asking is Asking.JUMP
    assert typed(begin(small, DATE, None), "j").told == ("There is nothing to jump to yet.",)


def test_a_name_keeps_no_character_that_moves_a_cursor(small: Bank) -> None:
    assert held(typed(begin(small, DATE, None), "North\x1b[31mside\u202e")).team.name == "North[31mside"


@pytest.mark.parametrize("before", [(), ("Northside",)])
def test_a_name_that_is_too_long_is_refused_with_words(small: Bank, before: tuple[str, ...]) -> None:
    walk = typed(begin(small, DATE, None), *before)
    after = typed(walk, "x" * 301)
    assert after.told == ("That name is too long. Please type a shorter one.",)
    assert (after.at, after.assessment) == (walk.at, walk.assessment)


def test_enter_keeps_the_name_and_another_one_replaces_it(small: Bank) -> None:
    walk = typed(at_questions(small), "1", "b", "b", "b", "b", "b")
    assert where(walk) == "name"
    assert held(typed(walk, "")).team.name == "Northside"
    renamed = held(typed(walk, "Southside"))
    assert renamed.team.name == "Southside"
    assert renamed.team.profile == {"stage": "planning"}
    assert set(renamed.responses) == {"lift-there"}


def test_a_new_name_that_is_too_long_changes_nothing(small: Bank) -> None:
    walk = typed(at_questions(small), "b", "b", "b", "b")
    assert typed(walk, "x" * 301).assessment == walk.assessment


@pytest.mark.parametrize("line", ["", "s"])
def test_the_organisation_may_be_left_out(small: Bank, line: str) -> None:
    walk = typed(begin(small, DATE, None), "Northside", line)
    assert (where(walk), held(walk).team.organisation) == ("role", None)


def test_each_role_of_the_bank_is_chosen_by_its_number(bank: Bank) -> None:
    for number, role in enumerate(bank.roles, start=1):
        walk = typed(begin(bank, DATE, None), "Northside", "", str(number))
        assert held(walk).respondent.role == role.id


def test_the_role_may_be_left_out_with_s_but_not_with_enter(small: Bank) -> None:
    walk = typed(begin(small, DATE, None), "Northside", "")
    assert where(typed(walk, "")) == "role"
    skipped = typed(walk, "s")
    assert (where(skipped), held(skipped).respondent.role) == ("profile", None)


def test_enter_keeps_the_role_that_was_chosen(small: Bank) -> None:
    walk = typed(begin(small, DATE, None), "Northside", "", "2", "b", "")
    assert (where(walk), held(walk).respondent.role) == ("profile", "lift-user")


def test_a_role_is_known_however_a_file_writes_it(small: Bank) -> None:
    kept = assessment(small, {}, {"stage": "planning"}, role="Lift  Users")
    walk = begin(small, DATE, kept)
    assert walk.role == "lift-user"
    assert walk.questions[0].text == "Can you take a lift?"


def test_that_a_role_may_be_shown_is_kept_for_that_role_alone(small: Bank) -> None:
    walk = typed(at_questions(small, role="1"), "1", "1", "1")
    assert where(walk) == "shown-alone"
    yes = typed(walk, "y")
    assert (where(yes), held(yes).respondent.shown_alone) == ("review", True)
    assert held(typed(yes, "b", "")).respondent.shown_alone
    assert held(typed(yes, "b", "n")).respondent.shown_alone is None
    assert typed(walk, "maybe").told == ("Please type y for yes or n for no.",)
    to_role = typed(yes, *["b"] * 6)
    assert where(to_role) == "role"
    assert held(typed(to_role, "1")).respondent.shown_alone
    assert held(typed(to_role, "2")).respondent.shown_alone is None


@pytest.mark.parametrize("line", ["", "s", "n", "no"])
def test_without_a_yes_a_role_is_not_shown(small: Bank, line: str) -> None:
    walk = typed(at_questions(small, role="1"), "1", "1", "1", line)
    assert (where(walk), held(walk).respondent.shown_alone) == ("review", None)


def test_going_on_asks_it_no_second_time(small: Bank) -> None:
    walk = typed(at_questions(small, role="1"), "1", "1", "1", "n")
    assert where(begin(small, DATE, walk.assessment)) == "review"


@pytest.mark.parametrize("line", ["", "0", "7", "-1", "1.5", "²", "three", "1" * 5000, "\u0661"])
def test_a_role_that_is_not_in_the_list_is_asked_for_again(small: Bank, line: str) -> None:
    walk = typed(begin(small, DATE, None), "Northside", "", line)
    assert walk.told == ("Please type a number from 1 to 2, or s to leave it out.",)


@pytest.mark.parametrize("line", ["2", "2.", "2)", " 2 "])
def test_a_number_may_be_typed_as_it_is_shown(small: Bank, line: str) -> None:
    walk = typed(begin(small, DATE, None), "Northside", "", "1", line)
    assert held(walk).team.profile == {"stage": "running"}


@pytest.mark.parametrize("line", ["", "3", "plan b"])
def test_the_profile_needs_one_of_its_options(small: Bank, line: str) -> None:
    walk = typed(begin(small, DATE, None), "Northside", "", "1", line)
    assert (where(walk), walk.told) == ("profile", ("Please type a number from 1 to 2.",))


def test_the_profile_can_not_be_skipped_until_it_is_given(small: Bank) -> None:
    walk = typed(begin(small, DATE, None), "Northside", "", "1")
    assert typed(walk, "s").told == ("This one is needed: what is asked next depends on it.",)
    assert where(typed(walk, "2", "b", "s")) == "lift-there"
    assert where(typed(walk, "2", "b", "")) == "lift-there"


@pytest.mark.parametrize("line", ["j", "j 1", "j r"])
@pytest.mark.parametrize("before", [(), ("1",)])
def test_nor_can_it_be_jumped_over(small: Bank, before: tuple[str, ...], line: str) -> None:
    walk = typed(begin(small, DATE, None), "Northside", "", *before)
    jumped = typed(walk, line)
    assert jumped.told == ("Please answer these first. They decide which questions you get.",)
    assert where(jumped) == where(walk)


def test_a_jump_is_no_name_unless_it_is_typed_twice(small: Bank) -> None:
    asked = typed(begin(small, DATE, None), "j r")
    assert asked.assessment is None
    assert "really “j r”" in asked.told[0]
    assert typed(asked, "j r").assessment is not None


def test_the_profile_decides_what_is_asked_and_a_change_loses_no_answer(small: Bank) -> None:
    running = typed(at_questions(small, "2"), "3", "2")
    assert [question.id for question in running.questions] == ["lift-there", "lift-runs", "wall-gone", "wall-door"]
    planning = typed(running, "b", "b", "b", "1")
    assert [question.id for question in planning.questions] == ["lift-there", "wall-gone", "wall-door"]
    assert planning.told == (
        (
            "1 answer you gave does not fit this, so it is no longer asked or counted: “Does the lift run?”. Nothing "
            "is deleted: it stays in your file. To have it back, type b and choose “Running” again."
        ),
    )
    again = typed(planning, "b", "2")
    assert again.told == ("1 answer you gave before counts again: “Does the lift run?”.",)
    assert response(again, "lift-runs").level == 1
    assert held(again).responses == held(running).responses


def test_answers_that_a_change_of_the_profile_puts_aside_are_counted_and_the_first_named(bank: Bank) -> None:
    established = typed(begin(bank, DATE, None), "Northside", "", "1", "1", "3", "1", "1")
    answered = typed(established, *["1"] * len(established.questions))
    at_stage = typed(answered, *["b"] * (len(established.questions) + 3))
    planning = typed(at_stage, "1")
    gone = {question.id for question in established.questions} - {question.id for question in planning.questions}
    assert len(gone) > 3
    [told] = planning.told
    assert told.startswith(f"{len(gone)} answers you gave do not fit this, so they are no longer asked or counted: ")
    assert f" and {len(gone) - 3} more. Nothing is deleted: they stay in your file. To have them back, type b" in told


def test_what_is_said_of_the_profile_for_the_first_time_puts_nothing_aside(small: Bank) -> None:
    assert at_questions(small).told == ()
    before = assessment(small, {"lift-runs": 1}, {"stage": "running"})
    walk = typed(begin(small, DATE, before), "j 1", "b")
    other = before.model_copy(update={"team": before.team.model_copy(update={"profile": {"stage": "gone"}})})
    assert "type b" not in " ".join(typed(replace(walk, assessment=other), "1").told)
