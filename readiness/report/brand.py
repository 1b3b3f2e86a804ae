"""What templates get to know of a report's theme: whose it is, and which parts it has. Plain data."""

from collections.abc import Iterator

from readiness.language import _
from readiness.report.model import Report
from readiness.theme.identity import identity
from readiness.theme.theme import PART_TITLES, Part, Theme


def brand(report: Report, theme: Theme) -> dict[str, object]:
    """Return what templates get to know of the theme, as plain data. ``contents``: what comes after the first page."""
    return {
        **identity(theme),
        "parts": [part.value for part in theme.parts],
        "titles": {part.value: _(title) for part, title in PART_TITLES.items()},
        "contents": [{"id": name, "title": title} for name, title in _contents(report, theme)],
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
