"""Two portfolios with one person between them tell nothing that either hides."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.bank.model import Bank
from readiness.batch.portfolio_model import Portfolio
from readiness.batch.team_rows import TeamOutcome
from readiness.scoring.model import State
from tests.batch.region import outcome
from tests.batch.test_portfolio import built
from tests.conftest import assessment
from tests.report.services import PROFILE
from tests.small import LITTLE, small_bank


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    questions = "[{id: a}, {id: b, domain: e}, {id: c, domain: e, kind: barrier}, {id: g, minimum: 2}]"
    roles = "[peer-worker, team-member, service-manager]"
    return small_bank(tmp_path_factory.mktemp("bank"), questions, domains="{d: 1, e: 2}", enough=LITTLE, roles=roles)


def test_what_too_few_said_is_in_no_count(bank: Bank) -> None:
    profile = PROFILE | {"stage": "planning"}
    people = [assessment(bank, {"language": 0, "which-peers": 4}, profile)] * 2
    people += [assessment(bank, {"language": "unknown", "which-peers": 4}, profile)] * 9
    told = [[assessment(bank, {"language": level, "which-peers": 4}, profile)] * 2 + people[2:] for level in (0, 3)]
    low, high = (built(bank, [outcome(bank, each)] * 5) for each in told)
    assert low == high
    found = next(one for one in low.questions if one.id == "language")
    assert (found.steps, found.known, found.unknown, found.weak) == ((0,) * 5, 0, 5, 0)
    assert [action for action in low.actions if action.id.startswith("language-")] == []


def everything_in(portfolio: Portfolio) -> tuple[object, ...]:
    """Return all that somebody can read in a portfolio, the lists of teams too."""
    names = [(action.id, [*action.rows]) for action in portfolio.actions]
    return portfolio.model_dump_json(), [replace(row) for row in portfolio.rows], names


ROLES = ("peer-worker", "team-member", "service-manager", None)


@pytest.fixture(scope="module")
def others(small: Bank) -> Sequence[TeamOutcome]:
    """Return the other teams of a portfolio."""
    return [outcome(small, [assessment(small, {"a": at % 5, "b": 2, "g": 3, "c": 1})] * 2) for at in range(4)]


SAID = st.sampled_from([0, 1, 2, 3, 4, "unknown", "n/a: not here", None])
PERSON = st.tuples(st.sampled_from(ROLES), st.fixed_dictionaries(dict.fromkeys("abcg", SAID)))


@settings(max_examples=40, deadline=None)
@given(st.lists(PERSON, min_size=3, max_size=7), PERSON, st.data())
def test_two_portfolios_one_person_apart_tell_nothing_that_either_hides(
    small: Bank,
    others: Sequence[TeamOutcome],
    people: list[tuple[str | None, dict[str, object]]],
    joined: tuple[str | None, dict[str, object]],
    data: st.DataObject,
) -> None:
    def told(team: Sequence[tuple[str | None, Mapping[str, object]]]) -> tuple[list[object], list[set[str]]]:
        """Return an earlier portfolio and a later one; and of the team, what each knows."""
        days = [
            outcome(small, [assessment(small, given_(one), role=role) for role, one in day])
            for day in (team[:-1], team)
        ]
        known = [
            {one.question.id for one in day.basis.standings.questions if one.state is State.ANSWERED} for day in days
        ]
        return [everything_in(built(small, [*others, day], 3)) for day in days], known

    everybody = [*people, joined]
    portfolios, known = told(everybody)
    # What fewer than three said of a question, on either day, might as well be anything.
    hidden = {*"abcg"} - known[0] - known[1]
    other = [
        (
            role,
            {
                name: data.draw(st.integers(0, 4)) if name in hidden and isinstance(said, int) else said
                for name, said in one.items()
            },
        )
        for role, one in everybody
    ]
    assert told(other)[0] == portfolios
    # Nor is it told which of two people said what: of so few, no role is shown.
    first, second = data.draw(st.permutations(range(len(people))))[:2]
    swapped = [*everybody]
    swapped[first], swapped[second] = (
        (everybody[first][0], everybody[second][1]),
        (everybody[second][0], everybody[first][1]),
    )
    assert told(swapped)[0] == portfolios


def given_(answers: Mapping[str, object]) -> dict[str, object]:
    return {name: said for name, said in answers.items() if said is not None}
