"""What templates get to know of a theme: whose report it is, and which parts it has. Plain data."""

import base64
from collections.abc import Iterator

from markupsafe import Markup

from readiness.language import _, spoken
from readiness.report.model import Report
from readiness.theme.theme import LONG_TITLE, PART_TITLES, Part, Theme

_LOGO_WIDTH, _LOGO_HEIGHT = 226, 68
"""CSS pixels that a logo may take: 60 by 18 mm."""


def brand(report: Report, theme: Theme) -> dict[str, object]:
    """Return what templates get to know of the theme, as plain data. ``contents``: what comes after the first page."""
    return {
        **identity(theme),
        "parts": [part.value for part in theme.parts],
        "titles": {part.value: _(title) for part, title in PART_TITLES.items()},
        "contents": [{"id": name, "title": title} for name, title in _contents(report, theme)],
    }


def identity(theme: Theme) -> dict[str, object]:
    """Return what templates get to know of whose report or form it is, as plain data."""
    logo = theme.logo
    scale = min(1, _LOGO_WIDTH / logo.width, _LOGO_HEIGHT / logo.height) if logo else 0
    return {
        "name": theme.name,
        "contact": theme.contact,
        "footer": theme.footer,
        "logo": Markup(f"data:{logo.media_type};base64,{base64.b64encode(logo.data).decode()}") if logo else None,  # noqa: S704 — digits
        "logo_width": max(round(logo.width * scale), 1) if logo else None,
        "logo_height": max(round(logo.height * scale), 1) if logo else None,
        "language": spoken(),
        "large": theme.large,
        "long_title": LONG_TITLE,
    }


def _contents(report: Report, theme: Theme) -> Iterator[tuple[str, str]]:
    for part in theme.parts:
        if part is Part.DOMAINS:
            yield from ((f"domain-{domain.id}", domain.title) for domain in report.domains)
        elif part not in _empty(report):
            yield part.value, _(PART_TITLES[part])


def _empty(report: Report) -> tuple[Part, ...]:
    """Return the parts that need no entry: the one that the contents stand in, and those with nothing to say."""
    return (Part.SUMMARY, *([] if report.open else [Part.OPEN]), *([] if report.views else [Part.VIEWS]))
