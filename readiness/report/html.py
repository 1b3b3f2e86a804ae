"""Makes the page of a report: the same for the web page and for the PDF."""

import base64
from functools import cache

from markupsafe import Markup

from readiness.report import charts
from readiness.report.model import AnswerView, DomainView, Report
from readiness.report.templates import html_environment
from readiness.report.theme import DEFAULT, Theme
from readiness.resources import REPORT_TEMPLATES

_PAGE = "report.html.j2"
_FONTS = {"regular": "SourceSans3-Regular.ttf", "bold": "SourceSans3-Semibold.ttf", "italic": "SourceSans3-It.ttf"}


def page(report: Report, theme: Theme = DEFAULT, style: str = "") -> str:
    """Return the report as a well-formed HTML page. ``style`` is a style sheet of ours to stand in it, or nothing."""
    return (
        html_environment()
        .get_template(_PAGE)
        .render(
            report=report.model_dump(mode="json", by_alias=True),
            charts=_charts(report, theme),
            style=Markup(style),  # noqa: S704 — our own file, never a person's words
        )
    )


def _charts(report: Report, theme: Theme) -> dict[str, object]:
    """Return every chart of the report, by what it shows. They hold numbers and fixed words only."""
    return {
        "scale": Markup(charts.scale(report.overall, report.bands, theme)),  # noqa: S704
        "domains": {domain.id: _bar(domain, theme) for domain in report.domains},
        "steps": {answer.id: _steps(answer, theme) for domain in report.domains for answer in domain.missing},
        "helps": {answer.id: _force(answer, theme, helps=True) for answer in report.helps},
        "hinders": {answer.id: _force(answer, theme, helps=False) for answer in report.hinders},
    }


def _bar(domain: DomainView, theme: Theme) -> Markup:
    return Markup(charts.bar(domain.overall, theme))  # noqa: S704


def _steps(answer: AnswerView, theme: Theme) -> Markup:
    return Markup(charts.steps(answer.step or 0, answer.steps, theme))  # noqa: S704


def _force(answer: AnswerView, theme: Theme, *, helps: bool) -> Markup:
    return Markup(charts.force(answer.share or 0, theme, helps=helps))  # noqa: S704


def stylesheet(theme: Theme, *names: str) -> str:
    """Return the style sheets called ``names``, one after the other, in the theme's colours."""
    sheets = [(REPORT_TEMPLATES / f"{name}.css").read_text(encoding="utf-8") for name in names]
    return theme.apply("\n".join(sheets))


def render_html(report: Report, theme: Theme = DEFAULT) -> bytes:
    """Return the report as one web page that needs no network, no script and no other file. UTF-8."""
    return page(report, theme, f"{_font_faces()}\n{stylesheet(theme, 'style', 'screen')}").encode()


@cache
def _font_faces() -> str:
    """Return the shipped fonts as part of the style sheet."""
    faces = []
    for name, weight, slant in (("regular", 400, "normal"), ("bold", 600, "normal")):
        data = base64.b64encode((REPORT_TEMPLATES / "fonts" / _FONTS[name]).read_bytes()).decode()
        faces.append(
            f'@font-face{{font-family:"Readiness Sans";font-weight:{weight};font-style:{slant};font-display:swap;'
            f'src:url("data:font/ttf;base64,{data}") format("truetype")}}'
        )
    return "\n".join(faces)
