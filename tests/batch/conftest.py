"""A portfolio of sixty teams, made once for all that look at how it is shown."""

import pytest

from readiness.bank.model import Bank
from readiness.batch.portfolio import PortfolioBuilder
from readiness.batch.portfolio_model import Portfolio
from tests.batch.region import TEAMS, outcome, region


@pytest.fixture(scope="session")
def builder(bank: Bank) -> PortfolioBuilder:
    gathered = PortfolioBuilder(bank)
    for answers in region(bank, TEAMS):
        gathered.add(outcome(bank, answers))
    return gathered


@pytest.fixture(scope="session")
def portfolio(builder: PortfolioBuilder) -> Portfolio:
    return builder.build(name="Services of Westmoor")
