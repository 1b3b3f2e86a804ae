"""A portfolio of sixty teams, made once for all that look at how it is shown; and the rows of two teams."""

from collections.abc import Sequence

import pytest

from readiness.bank.model import Bank
from readiness.batch.portfolio import PortfolioBuilder
from readiness.batch.portfolio_model import Portfolio
from readiness.batch.scorer import Marking
from readiness.batch.team_rows import TeamOutcome
from tests.batch.region import TEAMS, outcome, region
from tests.batch.two_teams import TWO_TEAMS, plainly
from tests.batch.writing import put, read_all, rows_of


@pytest.fixture(scope="session")
def outcomes(bank: Bank) -> Sequence[TeamOutcome]:
    return [outcome(bank, answers) for answers in region(bank, TEAMS)]


@pytest.fixture(scope="session")
def builder(bank: Bank, outcomes: Sequence[TeamOutcome]) -> PortfolioBuilder:
    gathered = PortfolioBuilder(bank)
    for each in outcomes:
        gathered.add(each)
    return gathered


@pytest.fixture(scope="session")
def portfolio(builder: PortfolioBuilder) -> Portfolio:
    return builder.build(name="Services of Westmoor")


@pytest.fixture(scope="module")
def marking(bank: Bank) -> Marking:
    return Marking(bank)


@pytest.fixture(scope="module")
def expected(marking: Marking, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[object, ...]]:
    return plainly(rows_of(read_all(marking, put(tmp_path_factory.mktemp("csv") / "teams.csv", TWO_TEAMS))))
