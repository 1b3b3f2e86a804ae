"""Scoring many teams in whole numbers gives exactly what scoring each one in fractions gives."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given

from readiness.assessment.model import Assessment, Team
from readiness.assessment.reading import read_team
from readiness.bank.model import Bank
from readiness.scoring.lines import Lines
from readiness.scoring.score import standings
from readiness.scoring.sheet import Part, Sheet
from tests.conftest import EXAMPLES, assessment
from tests.scoring.test_score_laws import LAW, Case, cases
from tests.small import small_bank


def parts_of(sheet: Sheet, answers: Sequence[Assessment]) -> list[Part]:
    marks = [
        [[sheet.mark(question, one.responses.get(question.id)) for question in questions] for one in answers]
        for questions in sheet.domains
    ]
    return [sheet.part(at, respondents) for at, respondents in enumerate(marks)]


def check_same(bank: Bank, answers: Sequence[Assessment], lines: Lines, sheet: Sheet) -> None:
    expected = standings(bank, answers)
    score = expected.score()
    parts = parts_of(sheet, answers)
    result = sheet.result(parts)
    assert sheet.standings(expected.team, len(answers), parts) == expected
    assert result.band == score.band
    shown = score.overall.model_dump(mode="json")
    assert (result.score, result.low, result.high) == (shown["score"], shown["low"], shown["high"])
    for _ in range(2):  # the second time, from what was kept
        assert lines.line(expected.team, len(answers), parts, result) == score.model_dump_json(by_alias=True)


@LAW
@given(cases())
def test_whole_numbers_give_the_score_that_fractions_give(case: Case) -> None:
    given_answers = [{key: value for key, value in one.items() if value is not None} for one in case.respondents]
    answers = [assessment(case.bank, one) for one in given_answers]
    sheet = Sheet(case.bank, {})
    check_same(case.bank, answers, Lines(sheet), sheet)


def test_a_team_that_answered_nothing_has_no_score(bank: Bank) -> None:
    sheet = Sheet(bank, {})
    check_same(bank, [assessment(bank, {}, name="Ångström & „Söhne“\n")], Lines(sheet), sheet)


def test_the_shipped_examples_score_the_same(bank: Bank) -> None:
    for file in EXAMPLES.glob("*.yaml"):
        answers = read_team([file], bank).assessments
        sheet = Sheet(bank, answers[0].team.profile)
        check_same(bank, answers, Lines(sheet), sheet)


def test_a_level_that_the_bank_no_longer_has_and_a_note_alone_are_no_answers(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]")
    sheet = Sheet(bank, {})
    answers = [assessment(bank, {"a": 9, "b": {"note": "We talk about it."}})]
    check_same(bank, answers, Lines(sheet), sheet)


def test_what_is_kept_to_be_used_again_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readiness.scoring.lines._MOST", 3)
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]")
    sheet = Sheet(bank, {})
    lines = Lines(sheet)
    for marks in [[0, 0], [1, 2], [2, 1], [3, 4], [0, 0]]:
        parts = [sheet.part(0, [marks])]
        line = lines.line(Team(name="Northside"), 1, parts, sheet.result(parts))
        assert line == sheet.standings(Team(name="Northside"), 1, parts).score().model_dump_json(by_alias=True)
        assert lines.kept <= 6
