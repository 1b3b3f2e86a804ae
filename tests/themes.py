"""The theme that tests draw with."""

from functools import cache

from readiness.resources import REPORT_TEMPLATES
from readiness.theme.theme import Theme
from readiness.theme.theme_file import read_theme


@cache
def default_theme() -> Theme:
    """Return the theme of a report for which nobody chose one."""
    return read_theme(REPORT_TEMPLATES / "themes" / "sober")
