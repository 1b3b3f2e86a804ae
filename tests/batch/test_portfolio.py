"""What a portfolio says of many teams: counts over all of them, in the order given, and nothing of small groups."""

import datetime as dt
import pickle
from array import array
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.assessment.model import Assessment, BankReference, Response, Team
from readiness.bank.model import Bank, Kind
from readiness.batch.portfolio import PortfolioBuilder
from readiness.batch.portfolio_model import Cell, LevelView, Portfolio, TeamRow
from readiness.batch.spread import BINS, middle, quantile, spread
from readiness.batch.team_level import RespondentScores
from readiness.batch.team_rows import TeamOutcome
from readiness.plan.build import build_plan
from readiness.scoring.agreement import icc1, icc2
from readiness.scoring.model import Gate, State
from tests.batch.region import outcome, region
from tests.conftest import DATE
from tests.report.services import PROFILE, asked

TEAMS = 60


@pytest.fixture(scope="module")
def outcomes(bank: Bank) -> Sequence[TeamOutcome]:
    return [outcome(bank, answers) for answers in region(bank, TEAMS)]


def built(bank: Bank, outcomes: Sequence[TeamOutcome], least: int = 5) -> Portfolio:
    builder = PortfolioBuilder(bank, least)
    for each in outcomes:
        builder.add(each)
    return builder.build()


@pytest.fixture(scope="module")
def portfolio(bank: Bank, outcomes: Sequence[TeamOutcome]) -> Portfolio:
    return built(bank, outcomes)


def team(bank: Bank, number: int, answers: object, stage: str = "planning") -> TeamOutcome:
    """Return a team of one person who answers every question alike: by a level's place, or in words."""
    profile = PROFILE | {"stage": stage}
    given_ = {
        question.id: question.levels[answers].value if isinstance(answers, int) else answers
        for question in bank.asked(profile)
    }
    return outcome(
        bank,
        [
            Assessment(
                bank=BankReference.to(bank),
                team=Team(name=f"Team {number}", profile=profile),
                date=DATE,
                responses={name: Response.model_validate(value) for name, value in given_.items()},
            )
        ],
    )


def test_teams_stand_in_the_order_given(portfolio: Portfolio, outcomes: Sequence[TeamOutcome]) -> None:
    assert [row.team for row in portfolio.rows] == [each.score.team.name for each in outcomes]
    assert [row.slug for row in portfolio.rows] == [each.slug for each in outcomes]
    scores = [row.cells[0].score or 0 for row in portfolio.rows]
    assert scores != sorted(scores)
    assert scores != sorted(scores, reverse=True)


def test_every_team_has_its_own_score_as_it_is_shown_elsewhere(
    portfolio: Portfolio, outcomes: Sequence[TeamOutcome]
) -> None:
    for row, each in zip(portfolio.rows, outcomes, strict=True):
        printed = each.score.model_dump(mode="json", by_alias=True)
        parts = [printed["overall"], *printed["domains"]]
        assert [(cell.score, cell.low, cell.high) for cell in row.cells] == [
            (part["score"], part["low"], part["high"]) for part in parts
        ]
        assert row.respondents == printed["respondents"]


def test_bands_count_every_team_once(portfolio: Portfolio, outcomes: Sequence[TeamOutcome]) -> None:
    assert sum(band.teams for band in portfolio.bands) + portfolio.unscored == TEAMS
    assert sum(band.provisional for band in portfolio.bands) == portfolio.provisional
    assert portfolio.provisional == sum(bool(each.score.band and each.score.band.provisional) for each in outcomes)
    assert portfolio.held == sum(bool(each.score.band and each.score.band.held_by) for each in outcomes)


def test_spreads_count_every_team_with_a_score(portfolio: Portfolio) -> None:
    for at, each in enumerate((portfolio.overall, *portfolio.spreads)):
        scores = [row.cells[at].score for row in portfolio.rows]
        known = [score for score in scores if score is not None]
        assert sum(each.bins) == each.teams == len(known)
        assert each.none == scores.count(None)
        assert each.open == sum(row.cells[at].low != row.cells[at].high for row in portfolio.rows)
        assert each.middle == pytest.approx(median(known), abs=0.051)
        assert (each.lowest, each.highest) == (min(known), max(known))


def test_gates_are_counted_by_where_they_stand(portfolio: Portfolio, outcomes: Sequence[TeamOutcome]) -> None:
    stands = [standing for each in outcomes for standing in each.standings.questions]
    for gate in portfolio.gates:
        mine = [standing.gate for standing in stands if standing.question.id == gate.id and standing.gate]
        assert (gate.closed, gate.unknown, gate.teams) == (mine.count(Gate.CLOSED), mine.count(Gate.UNKNOWN), len(mine))
    assert all(one.closed >= other.closed for one, other in pairwise(portfolio.gates))
    assert {gate.id for gate in portfolio.gates} == {standing.question.id for standing in stands if standing.gate}


def test_questions_count_what_is_known_and_what_is_not(
    portfolio: Portfolio, outcomes: Sequence[TeamOutcome], bank: Bank
) -> None:
    stands = [standing for each in outcomes for standing in each.standings.questions]
    for question in portfolio.questions:
        mine = [standing for standing in stands if standing.question.id == question.id]
        shares = [standing.share for standing in mine if standing.share is not None]
        assert sum(question.steps) == question.known == len(shares)
        assert question.unknown == sum(one.state in (State.UNKNOWN, State.UNANSWERED) for one in mine)
        assert question.weak == sum(share < Fraction(1, 2) for share in shares)
        assert question.barrier == (bank.kind(bank.question_by_id[question.id]) is Kind.BARRIER)


def test_an_action_stands_once_with_all_the_teams_whose_plans_have_it(
    portfolio: Portfolio, outcomes: Sequence[TeamOutcome]
) -> None:
    wanted: dict[str, list[int]] = {}
    holding: dict[str, int] = {}
    for at, each in enumerate(outcomes):
        for action in build_plan(each.standings, each.score).actions:
            if not action.id.startswith("find-out-"):
                wanted.setdefault(action.id, []).append(at)
                holding[action.id] = holding.get(action.id, 0) + action.holds_band
    shared = {name: rows for name, rows in wanted.items() if len(rows) > 1}
    assert {action.id: list(action.rows) for action in portfolio.actions} == shared
    assert {action.id: action.holds for action in portfolio.actions} == {name: holding[name] for name in shared}
    assert all(one.teams >= other.teams for one, other in pairwise(portfolio.actions))
    for pooled in portfolio.actions:
        assert pooled.teams == len(pooled.rows) <= pooled.of
        assert pooled.named == tuple(portfolio.rows[row].team for row in pooled.rows[:8])
        assert pooled.more == pooled.teams - len(pooled.named)


def test_one_change_that_all_teams_need_is_named_once_for_all(bank: Bank) -> None:
    whole = built(bank, [team(bank, number, 0) for number in range(37)])
    assert {action.teams for action in whole.actions} == {37}
    assert len({action.id for action in whole.actions}) == len(whole.actions)
    assert whole.actions[0].more == 29


def test_what_one_team_alone_needs_is_left_to_its_own_report(bank: Bank) -> None:
    assert built(bank, [team(bank, 1, 0), team(bank, 2, -1)]).actions == ()


def test_middles_of_a_kind_are_of_its_teams_alone(portfolio: Portfolio, bank: Bank) -> None:
    stage = next(at for at, asked_ in enumerate(bank.profile) if asked_.id == "stage")
    options = {option.label: option.id for option in bank.profile[stage].options}
    grouping = portfolio.groupings[stage]
    assert len(grouping.groups) == len(options)
    for group in grouping.groups:
        rows = [row for row in portfolio.rows if row.profile[stage] == options[group.label]]
        assert group.teams == len(rows)
        assert group.middles[0] == middle([row.cells[0].score for row in rows])


@pytest.mark.parametrize(
    ("sizes", "shown", "hidden"),
    [((8, 6), {"planning", "established"}, 0), ((8, 4), set(), 12), ((9, 4, 2), {"planning"}, 6)],
)
def test_a_small_kind_is_hidden_and_so_is_what_would_give_it_away(
    bank: Bank, sizes: tuple[int, ...], shown: set[str], hidden: int
) -> None:
    stages = [
        stage
        for stage, size in zip(("planning", "established", "introducing"), sizes, strict=False)
        for _ in range(size)
    ]
    whole = built(bank, [team(bank, number, 2, stage) for number, stage in enumerate(stages)])
    at = next(at for at, asked_ in enumerate(bank.profile) if asked_.id == "stage")
    labels = {option.label: option.id for option in bank.profile[at].options}
    assert {labels[group.label] for group in whole.groupings[at].groups} == shown
    assert whole.groupings[at].hidden == hidden


def test_organisations_are_kinds_where_there_are_several(portfolio: Portfolio, bank: Bank) -> None:
    assert portfolio.organisations == 3
    assert [group.label for group in portfolio.groupings[-1].groups] == [
        "Westmoor NHS Trust",
        "Lindale Mind Together",
        "Orchard Partnership",
    ]
    assert len(built(bank, [team(bank, 1, 1)]).groupings) == len(bank.profile)


def test_nothing_known_is_no_score_and_never_zero(bank: Bank) -> None:
    whole = built(bank, [team(bank, number, "unknown") for number in range(6)])
    assert whole.unscored == 6
    assert (whole.overall.teams, whole.overall.none, whole.overall.middle) == (0, 6, None)
    assert {row.cells[0] for row in whole.rows} == {Cell(None, 0.0, 100.0)}
    assert {row.band for row in whole.rows} == {None}
    assert {question.unknown for question in whole.questions} == {6}
    assert {gate.unknown for gate in whole.gates} == {6}


def test_no_team_makes_an_empty_portfolio(bank: Bank) -> None:
    whole = built(bank, [])
    assert (len(whole.rows), whole.actions, whole.questions, whole.gates) == (0, (), (), ())
    assert whole.overall.middle is None


def test_it_can_be_built_while_it_grows_and_says_the_same_again(bank: Bank, outcomes: Sequence[TeamOutcome]) -> None:
    builder = PortfolioBuilder(bank)
    for each in outcomes[:30]:
        builder.add(each)
    first = builder.build(name="Half", date=dt.date(2026, 11, 24))
    assert (len(first.rows), first.date, first.name) == (30, "2026-11-24", "Half")
    for each in outcomes[30:]:
        builder.add(each)
    assert len(first.rows) == 30
    assert builder.build() == built(bank, outcomes)


def test_a_team_takes_a_few_hundred_bytes(bank: Bank, outcomes: Sequence[TeamOutcome]) -> None:
    def size(rounds: int) -> int:
        builder = PortfolioBuilder(bank)
        for _ in range(rounds):
            for each in outcomes:
                builder.add(each)
        return len(pickle.dumps(builder))

    assert (size(4) - size(2)) / (2 * TEAMS) < 700


def test_names_are_safe_to_show(bank: Bank) -> None:
    answers = dict.fromkeys(asked(bank), 1)
    hostile = Assessment(
        bank=BankReference.to(bank),
        team=Team(name="A\x1b[31m\u202eB", organisation="O\u0000\nx", profile=PROFILE),
        date=DATE,
        responses={name: Response.model_validate(value) for name, value in answers.items()},
    )
    row: TeamRow = built(bank, [outcome(bank, [hostile])]).rows[0]
    assert (row.team, row.organisation) == ("A[31mB", "O x")


# The level of the team.


def voices(groups: Sequence[Sequence[int]], least: int = 3) -> Sequence[LevelView]:
    kept = RespondentScores(["overall"])
    for group in groups:
        kept.add([{"overall": Fraction(score)} for score in group])
    return kept.level(["Overall"], least).scores


def test_icc_is_that_of_the_teams_in_which_several_answered(
    portfolio: Portfolio, outcomes: Sequence[TeamOutcome]
) -> None:
    groups = [
        [each["overall"] for each in one.by_respondent if each["overall"] is not None]
        for one in outcomes
        if len(one.by_respondent) > 1
    ]
    overall = portfolio.level.scores[0]
    assert (overall.teams, overall.people) == (len(groups), sum(map(len, groups)))
    assert overall.between == pytest.approx(float(icc1(groups) or 0), abs=0.01)
    assert overall.firmness == pytest.approx(float(icc2(groups) or 0), abs=0.01)
    assert portfolio.level.teams == len(groups)


def test_where_few_teams_have_several_people_nothing_is_computed(bank: Bank, outcomes: Sequence[TeamOutcome]) -> None:
    several = [each for each in outcomes if len(each.by_respondent) > 1]
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


# Quartiles.

_SCORES = st.lists(st.integers(0, 1000).map(lambda tenths: tenths / 10), max_size=40)


@given(_SCORES)
def test_bins_hold_every_score_and_the_ends_are_the_ends(scores: list[float]) -> None:
    found = spread("x", "X", [Cell(score, score, score) for score in scores] + [Cell(None, None, None)], 3)
    assert len(found.bins) == BINS
    assert sum(found.bins) == len(scores)
    assert found.none == 1
    if len(scores) >= 3:
        marks = [found.lowest, found.quarter, found.middle, found.three_quarters, found.highest]
        assert marks == sorted(marks, key=lambda mark: mark or 0)
        assert (found.lowest, found.highest) == (min(scores), max(scores))
    else:
        assert found.lowest is found.middle is found.highest is None


def test_a_score_on_an_edge_belongs_to_the_stretch_it_starts() -> None:
    found = spread("x", "X", [Cell(score, score, score) for score in (0.0, 4.9, 5.0, 99.9, 100.0)], 3)
    assert found.bins == (2, 1, *(0,) * 17, 2)


@pytest.mark.parametrize(
    ("scores", "share", "expected"),
    [
        ([10.0], Fraction(1, 4), 10.0),
        ([10.0, 20.0], Fraction(1, 4), 12.5),
        ([0.0, 0.1], Fraction(1, 2), 0.1),
        ([], Fraction(1, 2), None),
    ],
)
def test_between_two_scores_a_quantile_lies_on_the_line(
    scores: list[float], share: Fraction, expected: float | None
) -> None:
    assert quantile(scores, share) == expected


def test_rows_of_an_action_are_kept_small(portfolio: Portfolio) -> None:
    assert all(isinstance(action.rows, array) for action in portfolio.actions)
