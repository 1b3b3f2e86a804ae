"""What a portfolio says of many teams: counts over all of them, in the order given, and nothing of small groups."""

import datetime as dt
import pickle
from array import array
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Literal

import pytest

from readiness.assessment.model import Assessment, BankReference, Respondent, Response, Team
from readiness.bank.model import Bank, Kind
from readiness.batch.portfolio import PortfolioBuilder
from readiness.batch.portfolio_model import Cell, Portfolio, TeamRow
from readiness.batch.spread import middle
from readiness.batch.team_rows import TeamOutcome
from readiness.document.values import score_view
from readiness.plan.build import build_plan
from readiness.scoring.explain import band_starts
from readiness.scoring.model import Gate, State
from readiness.scoring.rounding import shown
from tests.batch.region import TEAMS, outcome
from tests.conftest import DATE, assessment
from tests.report.services import PROFILE, asked
from tests.small import small_bank


def built(bank: Bank, outcomes: Sequence[TeamOutcome], least: int = 5) -> Portfolio:
    builder = PortfolioBuilder(bank, least)
    for each in outcomes:
        builder.add(each)
    return builder.build()


def team(
    bank: Bank, number: int, answers: object, stage: str = "planning", roles: Sequence[str | None] = (None,)
) -> TeamOutcome:
    """Return a team whose people answer every question alike: by a level's place, or in words."""
    profile = PROFILE | {"stage": stage}
    given_ = {
        question.id: question.levels[answers].value if isinstance(answers, int) else answers
        for question in bank.asked(profile)
    }
    return outcome(bank, [assessment(bank, given_, profile, f"Team {number}", role) for role in roles])


def test_teams_stand_in_the_order_given(portfolio: Portfolio, outcomes: Sequence[TeamOutcome]) -> None:
    assert [row.team for row in portfolio.rows] == [each.basis.standings.team.name for each in outcomes]
    assert [row.slug for row in portfolio.rows] == [each.slug for each in outcomes]
    scores = [row.cells[0].score or 0 for row in portfolio.rows]
    assert scores != sorted(scores)
    assert scores != sorted(scores, reverse=True)


def test_every_team_has_its_own_score_as_it_is_shown_elsewhere(
    portfolio: Portfolio, outcomes: Sequence[TeamOutcome]
) -> None:
    for row, each in zip(portfolio.rows, outcomes, strict=True):
        printed = each.basis.standings.score().model_dump(mode="json", by_alias=True)
        parts = [printed["overall"], *printed["domains"]]
        assert [[rounded(number) for number in cell] for cell in row.cells] == [
            [part["score"], part["low"], part["high"]] for part in parts
        ]
        assert (row.respondents, row.too_little_known) == (printed["respondents"], printed["too_little_known"])
        assert [*row.voices_missing] == printed["voices_missing"]


def rounded(score: float | None) -> float | None:
    return None if score is None else shown(Fraction(score))


def test_a_number_is_the_one_that_the_team_reads_in_its_own_report(
    portfolio: Portfolio, outcomes: Sequence[TeamOutcome], bank: Bank
) -> None:
    for row, each in zip(portfolio.rows, outcomes, strict=True):
        assert [portfolio.number(cell.score) for cell in row.cells] == [
            score_view(part, band_starts(bank)).text for part in each.ranges
        ]
    assert [portfolio.number(score) for score in (49.99, 50, 0, 0.01, 99.99, None)] == ["49", "50", "0", "1", "99", "–"]


def test_bands_count_every_team_once(portfolio: Portfolio, outcomes: Sequence[TeamOutcome]) -> None:
    assert sum(band.teams for band in portfolio.bands) + portfolio.unscored.teams == TEAMS
    assert [*portfolio.unscored.rows] == [at for at, each in enumerate(outcomes) if each.band is None]
    assert sum(band.provisional for band in portfolio.bands) == portfolio.provisional
    assert portfolio.provisional == sum(bool(each.band and each.band.provisional) for each in outcomes)
    assert portfolio.held == sum(bool(each.band and each.band.held_by) for each in outcomes)


def test_voices_are_counted_over_all_teams(portfolio: Portfolio, outcomes: Sequence[TeamOutcome]) -> None:
    people = Counter[str]()
    for each in outcomes:
        people.update(each.basis.standings.voices)
    assert {voice.role: voice.people for voice in portfolio.voices} == people
    for voice in portfolio.voices:
        assert voice.teams == sum(voice.role in each.basis.standings.voices for each in outcomes)
    assert [voice.role for voice in portfolio.voices][:3] == ["service-manager", "team-member", "peer-worker"]
    assert portfolio.voices[-1].label.endswith(" who did not say")


def test_teams_that_lack_a_voice_are_counted_and_named(bank: Bank) -> None:
    alone, joined = ["service-manager"], ["service-manager", "peer-worker"]
    teams = [
        team(bank, 1, 4, "planning", alone),
        team(bank, 2, 4, "introducing", alone),
        team(bank, 3, 4, "established", joined),
        team(bank, 4, 0, "established", alone),
    ]
    whole = built(bank, teams)
    [missing] = whole.voices_missing
    assert (missing.role, missing.label, missing.teams, missing.of) == ("peer-worker", "Peer Workers", 2, 3)
    assert (missing.named, [*missing.rows], missing.more) == (("Team 2", "Team 4"), [1, 3], 0)
    assert [row.band for row in whole.rows] == ["set-up", "nearly", "set-up", "early"]
    assert {row.held_by for row in whole.rows} == {()}
    many = built(bank, [team(bank, number, 4, "established", alone) for number in range(20)])
    assert [(one.teams, one.of, one.more) for one in many.voices_missing] == [(20, 20, 12)]
    assert built(bank, teams[:1]).voices_missing == ()


def test_spreads_count_every_team_with_a_score(portfolio: Portfolio) -> None:
    for at, each in enumerate((portfolio.overall, *portfolio.spreads)):
        scores = [row.cells[at].score for row in portfolio.rows]
        known = [score for score in scores if score is not None]
        assert sum(each.bins) == each.teams == len(known)
        assert each.none == scores.count(None)
        assert each.open == sum(row.cells[at].low != row.cells[at].high for row in portfolio.rows)
        assert float(each.middle or 0) == pytest.approx(median(known))
        assert (float(each.lowest or 0), float(each.highest or 0)) == (min(known), max(known))


def test_gates_are_counted_by_where_they_stand(portfolio: Portfolio, outcomes: Sequence[TeamOutcome]) -> None:
    stands = [standing for each in outcomes for standing in each.basis.standings.questions]
    for gate in portfolio.gates:
        mine = [standing.gate for standing in stands if standing.question.id == gate.id and standing.gate]
        assert (gate.closed, gate.unknown, gate.teams) == (mine.count(Gate.CLOSED), mine.count(Gate.UNKNOWN), len(mine))
    assert all(one.closed >= other.closed for one, other in pairwise(portfolio.gates))
    assert {gate.id for gate in portfolio.gates} == {standing.question.id for standing in stands if standing.gate}


def test_questions_count_what_is_known_and_what_is_not(
    portfolio: Portfolio, outcomes: Sequence[TeamOutcome], bank: Bank
) -> None:
    stands = [standing for each in outcomes for standing in each.basis.standings.questions]
    for question in portfolio.questions:
        mine = [standing for standing in stands if standing.question.id == question.id]
        at = [standing.stands for standing in mine if standing.stands is not None]
        shares = [
            standing.question.shares[standing.question.levels[standing.stands].value]
            for standing in mine
            if standing.stands is not None
        ]
        assert [*question.steps] == [at.count(step) for step in range(len(question.steps))]
        assert question.known == len(at)
        assert question.set_aside == sum(one.state is State.NOT_APPLICABLE for one in mine)
        assert question.unknown == sum(one.state in (State.UNKNOWN, State.UNANSWERED) for one in mine)
        assert question.weak == sum(share < Fraction(1, 2) for share in shares)
        assert question.barrier == (bank.kind(bank.question_by_id[question.id]) is Kind.BARRIER)


def test_an_action_stands_once_with_all_the_teams_whose_plans_have_it(
    portfolio: Portfolio, outcomes: Sequence[TeamOutcome]
) -> None:
    wanted: dict[str, list[int]] = {}
    holding: dict[str, int] = {}
    for at, each in enumerate(outcomes):
        for action in build_plan(each.basis).actions:
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


@pytest.mark.parametrize(("agreed", "to"), [(True, 1), (None, 3)])
def test_an_action_starts_where_a_plan_does_from_peer_workers_who_may_be_shown(
    bank: Bank, agreed: Literal[True] | None, to: int
) -> None:
    people = [assessment(bank, {"language": 2}, PROFILE, role="team-member")] * 6
    lone = assessment(bank, {"language": 0}, PROFILE)
    lone = lone.model_copy(update={"respondent": Respondent(role="peer-worker", shown_alone=agreed)})
    whole = built(bank, [outcome(bank, [*people, lone])] * 2)
    found = {action.id: action.teams for action in whole.actions}
    language = bank.question_by_id["language"]
    assert found == {action.id: 2 for action in language.actions_to(language.levels[to])}
    assert next(one for one in whole.questions if one.id == "language").steps == (0, 0, 2, 0, 0)


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


def test_a_team_stands_at_a_level_that_somebody_chose(bank: Bank) -> None:
    profile = PROFILE | {"stage": "planning"}
    people = [assessment(bank, {"language": level}, profile) for level in (0, 0, 4, 4)]
    found = next(one for one in built(bank, [outcome(bank, people)]).questions if one.id == "language")
    assert (found.steps, found.weak) == ((1, 0, 0, 0, 0), 1), "the lower of the two in the middle, and not their mean"


@pytest.mark.parametrize(("said", "gate"), [("n/a: not here", "role"), ("unknown", "always")])
def test_a_gate_that_is_said_not_to_apply_is_not_open(tmp_path: Path, said: str, gate: str) -> None:
    bank = small_bank(tmp_path, "[{id: always, always: true, minimum: 2}, {id: role, minimum: 2}, {id: c}]")
    whole = built(bank, [outcome(bank, [assessment(bank, {gate: said, "c": 4})])])
    assert {one.id: (one.closed, one.unknown, one.teams) for one in whole.gates}[gate] == (0, 1, 1)


def test_nothing_known_is_no_score_and_never_zero(bank: Bank) -> None:
    whole = built(bank, [team(bank, number, "unknown") for number in range(6)])
    assert (whole.unscored.teams, whole.unscored.named[0]) == (6, "Team 0")
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


def test_rows_of_an_action_are_kept_small(portfolio: Portfolio) -> None:
    assert all(isinstance(action.rows, array) for action in portfolio.actions)
