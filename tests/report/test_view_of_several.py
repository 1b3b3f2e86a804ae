"""A report's data if nothing is known, if all is at the top, and if several people answered."""

from readiness.bank.model import Bank
from readiness.document.values import ScoreView
from readiness.report.view import build_report
from readiness.team import AssessedTeam
from tests.conftest import assessment
from tests.report.services import PROFILE, asked
from tests.report.views import Reports, answers


def test_nothing_answered_has_no_score_and_no_band_but_says_what_to_do(report: Reports) -> None:
    made = report("nothing")
    assert made.overall == ScoreView(
        score=None, low=0, high=100, text="–", low_text="0", high_text="100", range_text="0 to 100"
    )
    assert made.band is None
    assert not any(band.reached for band in made.bands)
    assert made.limits == made.explanation
    assert made.limits[-1].startswith("There is no score yet, as too little is known: 0 of 26 questions.")
    assert (made.helps, made.hinders, made.held_by) == ((), (), ())
    assert len(made.open) == len(answers(made))
    assert {answer.answer for answer in made.open} == {"Not answered."}
    assert len(made.start) == 3


def test_everything_unknown_has_no_score_and_everything_is_to_be_found_out(report: Reports) -> None:
    made = report("unknown")
    assert made.overall.score is None
    assert {answer.answer for answer in made.open} == {"Not known."}
    assert all(action.id.startswith("find-out-") for horizon in made.horizons for action in horizon.actions)


def test_everything_at_the_top_scores_100_with_nothing_left_to_plan(report: Reports) -> None:
    made = report("top")
    assert made.overall.text == made.overall.range_text == "100"
    assert made.band is not None
    assert made.band.id == made.bands[-1].id
    assert (made.start, made.open, made.held_by) == ((), (), ())
    assert not any(horizon.actions for horizon in made.horizons)
    assert all(answer.keep and answer.next is None for answer in answers(made))


def test_several_respondents_notes_and_evidence_are_left_out(report: Reports) -> None:
    made = report("several")
    assert made.notes_left_out
    assert made.answered_by.startswith("3 people")
    assert not any(answer.note or answer.evidence for answer in answers(made))
    assert "Said in private" not in made.model_dump_json()


def test_a_question_stands_at_the_low_median_with_the_people_on_each_step_beside_it(bank: Bank) -> None:
    name, levels = next(iter(asked(bank).items()))
    people = [assessment(bank, {name: levels[at]}, PROFILE) for at in (0, 0, 1, 3, 3, 3)]
    first = answers(build_report(AssessedTeam(bank, people)))[0]
    question = bank.question_by_id[name]
    assert (first.answer, first.step, first.counts) == (question.levels[1].text, 2, "2 · 1 · 0 · 3 · 0")
    assert first.next == question.goal_of(2)


def test_two_people_at_the_ends_stand_where_one_of_them_does_and_not_between(bank: Bank) -> None:
    name, levels = next(iter(asked(bank).items()))
    made = build_report(
        AssessedTeam(bank, [assessment(bank, {name: level}, PROFILE) for level in (levels[0], levels[4])])
    )
    assert answers(made)[0].answer == bank.question_by_id[name].levels[0].text
