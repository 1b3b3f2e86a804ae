"""The plain way to make the same report: the same facts on as many pages, written as one ordinarily would.

Columns stand side by side as flex boxes, tables size themselves, the contents have dotted leaders, bars carry their
labels as SVG text, and the style sheet and the fonts are part of the page and are read for every document.
"""

import re

from readiness.document.html import stylesheet
from readiness.report.model import Report
from readiness.resources import REPORT_TEMPLATES
from tests.reports import as_page
from tests.themes import default_theme

_ORDINARY = """
html { font-size: 9pt; } /* what sizes itself takes a little more room: this makes it as many pages */
table { table-layout: auto; }
.two > tbody > tr, .field > tbody > tr, .cards > tbody > tr, .where > tbody > tr { display: flex; }
.two, .two > tbody, .field, .field > tbody, .cards, .cards > tbody, .where, .where > tbody { display: block; }
.two > tbody > tr > td, .field > tbody > tr > td, .cards > tbody > tr > td { display: block; flex: 1; }
.where > tbody > tr > td { display: block; margin-right: 5mm; }
.cards > tbody > tr { gap: 3mm; margin: 0 3mm; }
.contents a { display: block; }
.contents a::after { content: leader(".") target-counter(attr(href), page); }
.contents p { border-bottom: 0; }
"""
_SVG = re.compile(r"(<svg [^>]*>)<title>([^<]*)</title>(.*?)</svg>", re.DOTALL)


def _labelled(svg: re.Match[str]) -> str:
    start, title, shapes = svg.groups()
    label = f'<text x="1" y="8" font-size="5" fill="#17262b">{title}</text>'
    return f"{start}{shapes}{label}</svg>"


def plain_page(report: Report) -> str:
    """Return the report's page the plain way, to be rendered with nothing but ``HTML(string=…).write_pdf()``."""
    fonts = (REPORT_TEMPLATES / "fonts").as_uri()
    style = stylesheet(default_theme(), "style", "print").replace('url("fonts/', f'url("{fonts}/')
    return _SVG.sub(_labelled, as_page(report, default_theme(), style=style + _ORDINARY))
