"""Makes the page of a portfolio: the same for the web page and for the PDF."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property

from markupsafe import Markup

from readiness.batch import portfolio_charts as charts
from readiness.batch.portfolio_model import Portfolio, QuestionCount, TeamRow
from readiness.document.html import screen_style
from readiness.document.pdf import Renderer
from readiness.document.templates import html_environment, render
from readiness.document.web_fonts import is_enough
from readiness.language import N_, _
from readiness.theme.identity import identity
from readiness.theme.theme import Theme

MAPPED_ON_PAPER = 400
"""How many teams the map of a PDF holds, on some twelve pages."""
MAPPED_ON_SCREEN = 5_000
"""How many the map of a web page holds, before a browser gets slow."""
_LISTED = 12
"""How many entries a list has; the workbook has all."""
_ACTIONS_ON_PAPER, _ACTIONS_ON_SCREEN = 12, 40
_COLUMNS = 7
"""How many domains, or steps, a table can have a column for with its name on top."""

_PARTS = {
    "spread": N_("How the scores lie"),
    "kinds": N_("Kinds of team"),
    "map": N_("Team by team"),
    "gates": N_("What holds bands back"),
    "barriers": N_("What gets in the way"),
    "open": N_("What nobody knows"),
    "actions": N_("One change, many teams"),
    "level": N_("Does it matter which team you ask?"),
    "method": N_("How the score works, and what it does not claim"),
}


def portfolio_html(portfolio: Portfolio, theme: Theme) -> bytes:
    """Return the portfolio as one web page that needs no network, no script and no other file. UTF-8."""
    page = _Page(portfolio, theme, MAPPED_ON_SCREEN)
    made = page.html(screen_style(theme, "portfolio"))
    return (made if is_enough(made) else page.html(screen_style(theme, "portfolio", whole_fonts=True))).encode()


def portfolio_pdf(portfolio: Portfolio, theme: Theme) -> bytes:
    """Return the portfolio as a PDF. Raises InputError where Pango is missing."""
    return _renderer(theme).render(_Page(portfolio, theme, MAPPED_ON_PAPER).html())[0]


@cache
def _renderer(theme: Theme) -> Renderer:
    return Renderer(theme, sheets=("style", "print", "portfolio"))


class _Page:
    """What the template is filled with."""

    def __init__(self, portfolio: Portfolio, theme: Theme, mapped: int) -> None:
        self._portfolio = portfolio
        self._theme = theme
        self._mapped = mapped

    def html(self, style: str = "") -> str:
        """Return the page; ``style`` is a style sheet of ours to stand in it, for a screen."""
        whole = self._portfolio
        return render(
            html_environment(),
            "portfolio.html.j2",
            None,
            portfolio=whole.model_dump(mode="json"),
            brand={**identity(self._theme), "titles": {part: _(title) for part, title in _PARTS.items()}},
            parts=[*self._parts()],
            charts=self._charts(),
            teams=len(whole.rows),
            mapped=self._mapped,
            map=[self._row(row) for row in whole.rows] if len(whole.rows) <= self._mapped else [],
            numbered=self._theme.large or len(whole.domains) > _COLUMNS,
            shades={band.id: self._shade(band.start) for band in whole.bands},
            groups=self._groups(),
            barriers=self._barriers(),
            steps=self._steps,
            open=self._open(),
            actions=[
                action.model_dump(mode="json") | {"more": action.more}
                for action in whole.actions[: _ACTIONS_ON_SCREEN if style else _ACTIONS_ON_PAPER]
            ],
            screen=bool(style),
            style=Markup(style),  # noqa: S704 — our own files, never a person's words
        )

    def _parts(self) -> Iterator[str]:
        """Yield the parts that there is something to say in."""
        whole = self._portfolio
        empty = {
            "kinds": not any(grouping.groups for grouping in whole.groupings),
            "gates": not whole.gates,
            "barriers": not any(question.barrier for question in whole.questions),
            "open": not any(question.unknown for question in whole.questions),
            "actions": not whole.actions,
        }
        yield from (part for part in _PARTS if not empty.get(part))

    def _charts(self) -> Mapping[str, object]:
        whole, theme = self._portfolio, self._theme
        spreads = (whole.overall, *whole.spreads)
        tallest = max((count for each in spreads for count in each.bins), default=0)
        teams = len(whole.rows)
        return {
            "spread": {each.id: Markup(charts.histogram(each, tallest, theme)) for each in spreads},  # noqa: S704
            "bands": {band.id: Markup(charts.share(band.teams, teams, theme)) for band in whole.bands},  # noqa: S704
            "gates": {
                gate.id: Markup(charts.share(gate.closed, gate.teams, theme, gate.unknown))  # noqa: S704
                for gate in whole.gates
            },
        }

    def _row(self, row: TeamRow) -> Mapping[str, object]:
        labels = {band.id: band.label for band in self._portfolio.bands}
        return {
            "team": row.team,
            "organisation": row.organisation if self._portfolio.organisations > 1 else None,
            "respondents": row.respondents,
            "cells": [
                {"text": _number(cell.score), "open": cell.is_open, "shade": self._shade(cell.score)}
                for cell in row.cells
            ],
            "band": labels[row.band] if row.band else None,
            "provisional": row.provisional,
        }

    def _groups(self) -> Sequence[Mapping[str, object]]:
        return [
            {
                "title": grouping.title,
                "hidden": grouping.hidden,
                "groups": [
                    {
                        "label": group.label,
                        "teams": group.teams,
                        "cells": [{"text": _number(each), "shade": self._shade(each)} for each in group.middles],
                    }
                    for group in grouping.groups
                ],
            }
            for grouping in self._portfolio.groupings
            if grouping.groups
        ]

    @cached_property
    def _steps(self) -> int:
        """How many columns the steps of barriers take; 0 where there are too many for a table."""
        most = max((len(question.steps) for question in self._portfolio.questions if question.barrier), default=0)
        return most if most <= _COLUMNS else 0

    def _barriers(self) -> Sequence[Mapping[str, object]]:
        """Return the barriers, those present in most teams first."""
        found = [question for question in self._portfolio.questions if question.barrier]
        found.sort(key=lambda question: (-question.weak, -question.unknown))
        return [self._barrier(question) for question in found[:_LISTED]]

    def _barrier(self, question: QuestionCount) -> Mapping[str, object]:
        missing = self._steps - len(question.steps)
        return question.model_dump(mode="json") | {
            "cells": [
                {"text": str(count), "shade": charts.shade_of_share(count, question.known)} for count in question.steps
            ]
            + [{"text": "", "shade": ""}] * max(missing, 0),
        }

    def _open(self) -> Sequence[Mapping[str, object]]:
        """Return the questions that are not known in any team, those not known in most teams first."""
        found = [question for question in self._portfolio.questions if question.unknown]
        found.sort(key=lambda question: -question.unknown)
        return [question.model_dump(mode="json") | {"teams": question.teams} for question in found[:_LISTED]]

    def _shade(self, score: float | None) -> str:
        """Return the letter of a score's shade: the stretches are those of the bands."""
        if score is None:
            return ""
        starts = [band.start for band in self._portfolio.bands]
        at = max(at for at, start in enumerate(starts) if start <= score)
        return "abcde"[round(at * 4 / (len(starts) - 1))]


def _number(score: float | None) -> str:
    return "–" if score is None else f"{score:g}"
