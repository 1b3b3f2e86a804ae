"""How much the team explains of what its people say: the intraclass correlation, in numbers and in words."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from readiness.bank.model import Bank
from readiness.batch.group_rows import neighbours
from readiness.batch.portfolio_model import LevelView, Portfolio
from readiness.batch.scorer import Marking
from readiness.batch.team_level import RespondentScores
from readiness.batch.team_rows import TeamOutcome, TeamRows
from readiness.scoring.agreement import icc1, icc2
from readiness.scoring.disclosure import MIN_GROUP
from readiness.scoring.model import OVERALL
from tests.batch.test_portfolio import built
from tests.batch.writing import put, read_all, row


def voices(groups: Sequence[Sequence[int]], least: int = 3) -> Sequence[LevelView]:
    kept = RespondentScores(["overall"])
    for group in groups:
        kept.add([{"overall": Fraction(score)} for score in group])
    return kept.level(["Overall"], least).scores


def test_icc_is_that_of_the_teams_in_which_several_answered(
    portfolio: Portfolio, outcomes: Sequence[TeamOutcome]
) -> None:
    groups = [[each["overall"] for each in one.by_respondent if each["overall"] is not None] for one in outcomes]
    groups = [scores for scores in groups if len(scores) > 1]
    overall = portfolio.level.scores[0]
    assert (overall.teams, overall.people) == (len(groups), sum(map(len, groups)))
    assert overall.between == pytest.approx(float(icc1(groups) or 0), abs=0.01)
    assert overall.firmness == pytest.approx(float(icc2(groups) or 0), abs=0.01)
    assert portfolio.level.teams == sum(len(one.by_respondent) > 1 for one in outcomes)


def test_where_few_teams_have_several_people_nothing_is_computed(bank: Bank, outcomes: Sequence[TeamOutcome]) -> None:
    several = [each for each in outcomes if sum(one[OVERALL] is not None for one in each.by_respondent) > 1]
    level = built(bank, several[:4]).level
    assert (level.scores, level.teams, level.least) == ((), 4, 5)
    assert built(bank, several[:5]).level.scores != ()


@pytest.mark.parametrize(
    ("groups", "between", "firmness", "matters", "firm"),
    [
        ([[10, 10], [50, 50], [90, 90]], 1, 1, "Much.", "Yes."),
        ([[10, 90], [10, 90], [10, 90]], -1, None, "Hardly", "Not with"),
        ([[50, 50], [50, 50], [50, 50]], None, None, "Everybody", "Not with"),
        ([[10, 12], [50, 53], [90, 90]], 0.99, 0.99, "Much.", "Yes."),
        ([[10, 45], [30, 65], [50, 85]], 0.13, 0.23, "Somewhat.", "Not with"),
    ],
)
def test_what_it_means_is_said_in_words(
    groups: Sequence[Sequence[int]], between: float | None, firmness: float | None, matters: str, firm: str
) -> None:
    (view,) = voices(groups)
    assert (view.between, view.firmness) == (between, firmness)
    assert view.matters.startswith(matters)
    assert view.firm.startswith(firm)


def test_people_without_a_score_are_left_out_of_it() -> None:
    kept = RespondentScores(["overall"])
    for score in (10, 50, 90):
        kept.add([{"overall": Fraction(score)}, {"overall": Fraction(score + 1)}, {"overall": None}])
    kept.add([{"overall": Fraction(3)}, {"overall": None}])
    (view,) = kept.level(["Overall"], 3).scores
    assert (view.teams, view.people) == (3, 6)


@pytest.mark.parametrize("silent", [True, False])
def test_a_row_that_a_report_hides_is_not_told_by_how_people_differ(
    bank: Bank, tmp_path: Path, *, silent: bool
) -> None:
    marking = Marking(bank)
    every = dict.fromkeys((question.id for question in bank.questions), 3)
    worlds = []
    for peer, first in ((0, 4), (4, 0)):  # at one question, the two say each other's answer
        managers = (first, 4, 4, 4, "unknown" if silent else 4)
        rows = [
            row("X", {**every, "which-peers": nth, "language": level}, shown_alone="no")
            for nth, level in enumerate(managers)  # all differ, or they would count once
        ]
        alone = row("X", dict.fromkeys(every, 1) | {"language": peer}, role="peer-worker", shown_alone="yes")
        file = put(tmp_path / "t.csv", [alone, *rows])
        [team] = [each for each in neighbours(read_all(marking, file), marking) if isinstance(each, TeamRows)]
        worlds.append((team.line(team.result(), MIN_GROUP), team.outcome(MIN_GROUP).by_respondent))
    (line, people), (other_line, others) = worlds
    assert (line == other_line) == silent, "what a report shows"
    assert (people == others) == silent
    domain = bank.question_by_id["language"].domain
    assert {one[domain] is None for one in people} == {one[OVERALL] is None for one in people} == {silent}
    kept = RespondentScores([domain])
    for _ in range(5):
        kept.add(people)
    assert len(kept.level(["Domain"], MIN_GROUP).scores) == (0 if silent else 1)
