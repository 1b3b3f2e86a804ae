"""Tries a theme: a page with its logo and fonts, in every format, in a bounded process."""

from readiness.document.blocks import Document, Paragraph, Section
from readiness.document.engine import browser_instead
from readiness.document.write import PAGES, Format, FormatKind, write
from readiness.errors import InputError, Place, Problem
from readiness.report.render_apart import made_apart
from readiness.theme.theme import SHIPPED_FONTS, Theme

DEADLINE = 20.0
"""Seconds; a page takes one."""
_LOOKING = tuple(form for form in PAGES if form.kind is not FormatKind.PLAIN)
_LETTERS = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA1, 0x250))))


def try_theme(theme: Theme, place: Place) -> None:
    """Raise InputError, with ``place``, for each format that no page can be made in, if the theme brings files."""
    page = Document(theme.name or "Theme", [Section("letters", "Letters", [Paragraph(_LETTERS)])])
    problems = []
    for form in _LOOKING if theme.logo or not {*theme.families} <= {*SHIPPED_FONTS.values()} else ():
        if form is Format.PDF and browser_instead():  # a browser is bounded by itself, and needs more memory
            continue
        try:
            made_apart(write, form, page, theme, DEADLINE)
        except InputError as error:
            # The renderer speaks of templates, which is all it is given otherwise.
            problems.append(_problem(form, error.problems[0].what.replace("These templates", "it"), place))
        except RuntimeError:
            problems.append(_problem(form, "the program that makes it failed", place))
    if problems:
        raise InputError(problems)


def _problem(form: Format, what: str, place: Place) -> Problem:
    return Problem(f"No .{form} can be made in this theme: {what}", "Try it without its fonts, then its logo.", place)
