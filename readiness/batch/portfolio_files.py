"""The formats that a portfolio is written in, chosen by the ending of the file's name."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum

from readiness.batch.portfolio_model import Portfolio
from readiness.theme.theme import Theme


class PortfolioFormat(StrEnum):
    """A format, by the ending of its files."""

    PDF = "pdf"
    HTML = "html"
    XLSX = "xlsx"


def render_portfolio(form: PortfolioFormat, portfolio: Portfolio, theme: Theme) -> bytes:
    """Return the portfolio in the format. The same portfolio gives the same bytes.

    A theme gives its colours, fonts, logo and names; templates of one's own are for reports, and are not used here.
    Raises InputError where Pango, which a PDF needs, is missing.
    """
    return _RENDERERS[form](portfolio, replace(theme, templates=None))


def _pdf(portfolio: Portfolio, theme: Theme) -> bytes:
    from readiness.batch.portfolio_page import portfolio_pdf

    return portfolio_pdf(portfolio, theme)


def _html(portfolio: Portfolio, theme: Theme) -> bytes:
    from readiness.batch.portfolio_page import portfolio_html

    return portfolio_html(portfolio, theme)


def _xlsx(portfolio: Portfolio, theme: Theme) -> bytes:
    from readiness.batch.portfolio_workbook import portfolio_xlsx

    return portfolio_xlsx(portfolio, theme)


_RENDERERS: Mapping[PortfolioFormat, Callable[[Portfolio, Theme], bytes]] = {
    PortfolioFormat.PDF: _pdf,
    PortfolioFormat.HTML: _html,
    PortfolioFormat.XLSX: _xlsx,
}
