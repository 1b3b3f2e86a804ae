"""Gathers the portfolio while the input is read, and makes its files where they are missing or no longer right."""

import hashlib
from datetime import date

from readiness.bank.model import Bank
from readiness.batch.job import Order
from readiness.batch.ledger import Ledger, LedgerEntry, Unordered, changed_by_somebody, digest
from readiness.batch.portfolio import PortfolioBuilder
from readiness.batch.portfolio_model import Portfolio
from readiness.batch.render_job import make_portfolio
from readiness.batch.reports import lost
from readiness.batch.team_rows import Found, TeamRows
from readiness.batch.workers import Lost, Raised, Workers
from readiness.document.write import Format
from readiness.errors import Place, Problem

_EACH = 0.02
"""Seconds that a portfolio may take for each team, beside those that a team’s reports may: it has a row for each."""


class PortfolioJob:
    """The portfolio of one batch: add the teams in order, then ``make`` its files."""

    def __init__(self, bank: Bank, order: Order) -> None:
        self._order = order
        self._told_in = order.settings.translated(bank)
        self._builder = PortfolioBuilder(self._told_in.bank, order.settings.least)
        self._newest = ""
        self._teams = 0
        self._made_from, self._answers = hashlib.sha256(), Unordered()

    def add(self, team: Found) -> None:
        """Take in a team, and nothing else."""
        if not isinstance(team, TeamRows):
            return
        self._teams += 1
        self._builder.add(team.outcome(self._order.settings.least))
        self._newest = max(self._newest, *(row.date for row in team.rows))
        self._made_from.update(digest(*(row.content for row in team.rows)).encode())
        self._answers.add(team.answers_digest(self._order.settings.least))

    def make(self, ledger: Ledger) -> list[Problem]:
        """Make the files that are not there or not right, and return what stands in the way. One team has none."""
        order, settings = self._order, self._order.settings
        if self._teams < 2:  # noqa: PLR2004 — a portfolio is of several
            return []
        about = (settings.fingerprint(), self._made_from.hexdigest(), order.name)
        made_from = {form: digest(form, *about) for form in order.portfolio}
        due = [form for form in order.portfolio if not ledger.is_current(_file(form), made_from[form])]
        if not due:
            return []
        with settings.speaking(self._told_in):
            portfolio = self._builder.build(name=order.name, date=date.fromisoformat(self._newest))
        with Workers(1, deadline=order.deadline + _EACH * self._teams) as workers:
            return [
                problem for form in due for problem in self._make_one(form, portfolio, made_from[form], ledger, workers)
            ]

    def _make_one(
        self, form: Format, portfolio: Portfolio, made_from: str, ledger: Ledger, workers: Workers
    ) -> tuple[Problem, ...]:
        file = _file(form)
        if not self._order.force and not ledger.is_ours(file):
            return (changed_by_somebody(self._order.out / file),)
        try:
            data, problems = workers.submit(make_portfolio, form, portfolio, self._order.settings).result()
        except (Lost, Raised) as error:
            return (lost(error, Place(file)),)
        if not self._order.force and not ledger.is_ours(file):  # somebody changed it meanwhile
            return (changed_by_somebody(self._order.out / file),)
        if not problems:
            answers, holds = self._answers.hexdigest(), hashlib.sha256(data).hexdigest()
            ledger.put(LedgerEntry(file, "", made_from, holds, answers=answers), data)
        return problems


def _file(form: Format) -> str:
    return f"portfolio.{form}"
