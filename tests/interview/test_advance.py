"""Moving about in a walk, its end, and going on with it later."""

import pytest

from readiness.assessment.model import BankReference
from readiness.bank.model import Bank
from readiness.interview.advance import LETTERS, advance
from readiness.interview.asked import Asking, Ending
from readiness.interview.steps import StepKind
from readiness.interview.walk import begin
from tests.conftest import DATE, assessment, bank_from
from tests.interview.conftest import SMALL, at_questions, held, typed
from tests.interview.places import at_offer, at_review, where


def test_back_stops_at_the_first_step(small: Bank) -> None:
    walk = typed(begin(small, DATE, None), "b")
    assert (walk.at, walk.told) == (0, ("This is the first question.",))


def test_going_back_as_far_as_you_like_loses_no_later_answer(small: Bank) -> None:
    full = typed(at_questions(small, "2", role="1"), "3", "2", "d", "n no wall", "y")
    assert where(full) == "review"
    walk = typed(full, *["b"] * 20)
    assert (walk.at, walk.assessment) == (0, full.assessment)
    assert typed(walk, *[""] * 9).assessment == full.assessment
    assert where(typed(walk, *[""] * 9)) == "review"


@pytest.mark.parametrize("way", [("j 3",), ("j", "3"), ("J", "3.")])
def test_jump_goes_to_a_question_by_its_number(small: Bank, way: tuple[str, ...]) -> None:
    assert where(typed(at_questions(small), *way)) == "wall-door"


@pytest.mark.parametrize("line", ["j r", "j review"])
def test_jump_goes_to_the_review(small: Bank, line: str) -> None:
    assert where(typed(at_questions(small), line)) == "review"


@pytest.mark.parametrize("lines", [("j", "99"), ("j 99",)])
def test_a_number_after_a_jump_to_nowhere_is_a_jump_and_no_answer(small: Bank, lines: tuple[str, ...]) -> None:
    before = at_questions(small)
    walk = typed(before, *lines, "2")
    assert where(walk) == "wall-gone"
    assert walk.assessment == before.assessment


@pytest.mark.parametrize("line", ["j 0", "j 4", "j x"])
def test_a_jump_to_nowhere_stays_and_says_the_numbers(small: Bank, line: str) -> None:
    walk = typed(at_questions(small), line)
    assert (where(walk), walk.told) == ("lift-there", ("Please type a question's number, from 1 to 3.",))


def test_jump_works_from_the_profile_the_role_the_review_and_the_result(small: Bank) -> None:
    begun = typed(at_questions(small), "b")
    for walk in (begun, typed(begun, "b"), at_review(small), at_offer(small)):
        assert where(typed(walk, "j 1")) == "lift-there"


def test_help_is_asked_for_everywhere_and_changes_nothing(small: Bank) -> None:
    begun = begin(small, DATE, None)
    walks = [begun]
    for lines in (("Northside",), ("",), ("1",), ("1",), ("j r", "b"), ("",), ("",)):
        walks.append(typed(walks[-1], *lines))
    assert [walk.step.kind for walk in walks] == list(StepKind)
    for walk in walks:
        after = typed(walk, "?")
        assert (after.explained, after.at, after.assessment) == (1, walk.at, walk.assessment)


@pytest.mark.parametrize("kind", StepKind)
def test_every_step_offers_the_way_back(kind: StepKind) -> None:
    assert "b" in LETTERS[kind]


def test_q_ends_the_walk_everywhere(small: Bank) -> None:
    begun = begin(small, DATE, None)
    walks = [begun, typed(begun, "x"), typed(begun, "x", ""), at_questions(small), at_review(small), at_offer(small)]
    assert {typed(walk, "q").ending for walk in walks} == {Ending.QUIT}


def test_an_end_of_a_domain_is_noticed_once(small: Bank) -> None:
    walk = typed(at_questions(small), "1")
    assert walk.passed is not None
    assert walk.passed.id == "first"
    assert advance(walk, "1").passed is None


def test_the_review_knows_what_is_unknown_and_what_is_not_answered(small: Bank) -> None:
    walk = typed(at_questions(small), "d", "s", "2")
    assert (where(walk), walk.open_numbers) == ("review", (1, 2))


def test_a_number_in_the_review_goes_to_that_question(small: Bank) -> None:
    assert where(typed(at_review(small), "2")) == "wall-gone"


@pytest.mark.parametrize("line", ["1", "d", "n no wall", "s", "b"])
def test_a_question_opened_from_the_review_leads_back_there(small: Bank, line: str) -> None:
    walk = typed(at_review(small), "2")
    assert where(walk) == "wall-gone"
    after = typed(walk, "e A note.", line)
    assert where(after) == "review"
    assert where(typed(after, "b")) == "wall-door"


@pytest.mark.parametrize("slips", [("99",), ("99", "0", "x")])
def test_a_slip_in_the_review_does_not_lose_the_way_back(small: Bank, slips: tuple[str, ...]) -> None:
    walk = typed(at_review(small), *slips, "2")
    assert where(walk) == "wall-gone"
    assert where(typed(walk, "1")) == "review"


def test_a_slip_after_j_in_the_review_is_still_a_jump(small: Bank) -> None:
    assert where(typed(at_review(small), "j 99", "1", "3")) == "wall-gone"


def test_enter_that_keeps_an_answer_leads_back_to_the_review_too(small: Bank) -> None:
    assert where(typed(at_questions(small), "1", "1", "1", "1", "")) == "review"


@pytest.mark.parametrize("lines", [("j 1",), ("j", "1"), ("2", "j 1")])
def test_a_jump_from_the_review_goes_on_from_there(small: Bank, lines: tuple[str, ...]) -> None:
    assert where(typed(at_review(small), *lines, "3")) == "wall-gone"


def test_other_words_in_the_review_stay_there(small: Bank) -> None:
    walk = typed(at_review(small), "nine")
    assert (where(walk), walk.told) == ("review", ("Please type a question's number, from 1 to 3.",))


@pytest.mark.parametrize("line", ["", "s"])
def test_the_review_leads_to_the_result(small: Bank, line: str) -> None:
    assert where(typed(at_review(small), line)) == "offer"


def test_back_from_the_result_is_the_review(small: Bank) -> None:
    assert where(typed(at_offer(small), "b")) == "review"


@pytest.mark.parametrize(
    ("line", "ending"),
    [
        ("y", Ending.REPORT),
        ("Yes", Ending.REPORT),
        ("", Ending.FINISHED),
        ("n", Ending.FINISHED),
        ("NO", Ending.FINISHED),
    ],
)
def test_the_result_offers_the_report(small: Bank, line: str, ending: Ending) -> None:
    assert typed(at_offer(small), line).ending is ending


def test_another_word_at_the_result_is_asked_again(small: Bank) -> None:
    walk = typed(at_offer(small), "perhaps")
    assert walk.ending is None
    assert walk.told[0].startswith("Please type y")


def test_going_on_is_after_the_last_answer_and_says_so(small: Bank) -> None:
    walk = begin(small, DATE, typed(at_questions(small), "1").assessment)
    assert where(walk) == "wall-gone"
    assert walk.told == (
        "Welcome back. 1 of 3 questions are answered. Going on with question 2. 2 questions left: about 1 minute.",
    )


def test_going_on_past_the_last_question_is_at_the_review_which_lists_what_is_open(small: Bank) -> None:
    walk = begin(small, DATE, typed(at_questions(small), "1", "s", "2").assessment)
    assert (where(walk), walk.asking, walk.open_numbers) == ("review", Asking.ANSWER, (2,))
    assert walk.told == ("Welcome back. 2 of 3 questions are answered. 1 question left: about 1 minute.",)


def test_going_on_offers_what_was_left_open_and_then_goes_on_where_it_stopped(small: Bank) -> None:
    stopped = typed(at_questions(small, "2"), "s", "1", "2")
    walk = begin(small, DATE, stopped.assessment)
    assert (where(walk), walk.asking, walk.left_open) == ("wall-door", Asking.RESUME, (1,))
    for line in ("", "s"):
        assert (where(typed(walk, line)), typed(walk, line).asking) == ("wall-door", Asking.ANSWER)
    for line in ("b", "back"):
        assert (where(typed(walk, line)), typed(walk, line).asking) == ("wall-gone", Asking.ANSWER)
    assert typed(walk, "q").ending is Ending.QUIT
    first = typed(walk, "1")
    assert where(first) == "lift-there"
    for line in ("2", "d", "s", "b"):
        assert where(typed(first, line)) == "wall-door"
    assert where(typed(first, "2", "1")) == "review"
    assert where(typed(walk, "4", "1")) == "review"
    assert where(typed(walk, "j 1", "2")) == "lift-runs"
    assert typed(walk, "j").asking is Asking.JUMP
    assert where(typed(walk, "j r")) == "review"
    again = typed(walk, "9")
    assert (again.asking, again.told) == (
        Asking.RESUME,
        ("Type the number of a question, or press Enter alone to go on.",),
    )


def test_what_nobody_knows_was_not_left_open(small: Bank) -> None:
    walk = begin(small, DATE, typed(at_questions(small), "d", "2").assessment)
    assert (where(walk), walk.asking) == ("wall-door", Asking.ANSWER)


def test_going_on_when_all_is_answered_asks_what_to_do(small: Bank) -> None:
    walk = begin(small, DATE, typed(at_questions(small), "1", "d", "2").assessment)
    told = "Welcome back. 3 of 3 questions are answered. They were last saved on 22 November 2026."
    assert (where(walk), walk.asking, walk.told) == ("review", Asking.FINISHED, (told,))


def test_going_on_after_the_name_alone_asks_for_the_organisation(small: Bank) -> None:
    walk = begin(small, DATE, typed(begin(small, DATE, None), "Northside").assessment)
    assert (where(walk), walk.told) == ("organisation", ("Welcome back.",))


def test_what_was_left_out_is_not_asked_again(small: Bank) -> None:
    stopped = typed(begin(small, DATE, None), "Northside", "", "s", "1")
    assert where(begin(small, DATE, stopped.assessment)) == "lift-there"


def test_a_note_alone_does_not_count_as_an_answer(small: Bank) -> None:
    walk = begin(small, DATE, typed(at_questions(small), "e One.").assessment)
    assert walk.told == (
        "Welcome back. 0 of 3 questions are answered. Going on with question 1. 3 questions left: about 1 minute.",
    )


def test_a_bank_that_asks_nothing_about_the_service_goes_on_at_the_question(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    start, end = SMALL.index("profile:"), SMALL.index("questions:")
    text = (SMALL[:start] + SMALL[end:]).replace("    when: {stage: [running]}\n", "")
    bank = bank_from(tmp_path_factory.mktemp("bare"), text)
    stopped = typed(begin(bank, DATE, None), "Northside", "", "s", "1")
    assert where(begin(bank, DATE, stopped.assessment)) == "lift-runs"


def test_an_option_that_the_bank_no_longer_has_is_asked_again(small: Bank) -> None:
    before = assessment(small, {"lift-there": 1}, {"stage": "dreaming"})
    walk = begin(small, DATE, before)
    assert where(walk) == "profile"
    assert where(typed(walk, "")) == "profile"
    assert where(typed(walk, "2")) == "lift-there"


def test_a_level_that_the_bank_no_longer_has_is_asked_again(small: Bank) -> None:
    before = assessment(small, {"lift-there": 9}, {"stage": "planning"})
    assert where(begin(small, DATE, before)) == "lift-there"


@pytest.mark.parametrize("gone", [{"cellar": 1}, {"wall-door": 7}, {"cellar": {"note": "Dark."}}, {"wall-door": 1}])
def test_the_file_goes_on_naming_the_edition_it_was_begun_with(small: Bank, gone: dict[str, object]) -> None:
    before = assessment(small, gone, {"stage": "planning"})
    older = before.model_copy(update={"bank": before.bank.model_copy(update={"fingerprint": "older"})})
    walk = typed(begin(small, DATE, older), "j 1", "2")
    assert held(walk).bank.fingerprint == "older"
    assert gone.keys() <= held(walk).responses.keys()


def test_if_nothing_that_scores_has_changed_the_file_names_the_bank_as_it_is(small: Bank) -> None:
    before = assessment(small, {"wall-door": 1}, {"stage": "planning"})
    older = before.model_copy(update={"bank": before.bank.model_copy(update={"version": "0"})})
    walk = typed(begin(small, DATE, older), "j 1", "2")
    assert held(walk).bank == BankReference.to(small)


def test_what_was_answered_to_an_older_version_stays_until_it_is_answered_again(small: Bank) -> None:
    then = "Answered on 3 May 2025: “No lift.”"
    before = assessment(small, {"lift-there": {"note": "One day.", "before": [then]}}, {"stage": "planning"})
    walk = typed(begin(small, DATE, before), "e -")
    assert held(walk).responses["lift-there"].model_dump(exclude_defaults=True) == {"before": (then,)}
    assert held(typed(walk, "e Soon.")).responses["lift-there"].before == (then,)
    assert held(typed(walk, "1")).responses["lift-there"].model_dump(exclude_defaults=True) == {"level": 0}
