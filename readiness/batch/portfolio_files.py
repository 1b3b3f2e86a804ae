"""Formats a portfolio is written in, by the ending of the file's name."""

from dataclasses import replace
from typing import TYPE_CHECKING

from readiness.document.write import Format, write

if TYPE_CHECKING:  # the command's help names the formats, and must come at once
    from readiness.batch.portfolio_model import Portfolio
    from readiness.theme.theme import Theme

PORTFOLIO_FORMATS = (Format.PDF, Format.HTML, Format.XLSX)


def render_portfolio(form: Format, portfolio: "Portfolio", theme: "Theme") -> bytes:
    """Return the portfolio in the format. The same portfolio gives the same bytes.

    A theme gives its colours, fonts, logo and names; templates of one's own are for reports, and are not used here.
    Raises InputError if Pango, which a PDF needs, is missing.
    """
    if form is Format.XLSX:
        from readiness.batch.portfolio_workbook import portfolio_xlsx

        return portfolio_xlsx(portfolio, theme)
    from readiness.batch.portfolio_document import portfolio_document

    document = portfolio_document(portfolio, screen=form is Format.HTML, large=theme.large)
    return write(form, document, replace(theme, templates=None))[0]
