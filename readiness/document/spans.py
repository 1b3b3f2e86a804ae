"""Lines of text that documents are made of: stretches, each with the role that it plays."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from readiness.text import safe


class Look(StrEnum):
    """Role of a stretch of text in its line. Writers choose how it looks; no role is told by colour alone."""

    STRONG = "strong"
    QUIET = "quiet"
    SAID = "said"  # a person's own words
    KEY = "key"  # a small tag
    DOING = "doing"
    STUCK = "stuck"
    DONE = "done"
    LATE = "late"
    DROPPED = "dropped"


STATUS_LOOKS = frozenset({Look.DOING, Look.STUCK, Look.DONE, Look.LATE, Look.DROPPED})
"""Looks of a tag that says how far an action is."""
SIGNS = {Look.DOING: "→", Look.DONE: "✓", Look.STUCK: "!", Look.LATE: "!", Look.DROPPED: "×"}
"""Signs before such tags, so that they are told apart in black and white."""


class Span(NamedTuple):
    """Stretch of text with a role. ``link`` is an address it leads to, if any."""

    text: str
    look: Look | None = None
    link: str | None = None


class Spans(NamedTuple):
    """Line of several stretches, with a space between them; empty ones are left out."""

    parts: Sequence["str | Span"]


Line = str | Span | Spans
"""One line of text."""


def strong(text: str) -> Span:
    """Return emphasised text."""
    return Span(text, Look.STRONG)


def quiet(text: str) -> Span:
    """Return text of less weight."""
    return Span(text, Look.QUIET)


def said(text: str) -> Span:
    """Return a person's own words."""
    return Span(text, Look.SAID)


def spans(*parts: str | Span | None) -> Spans:
    """Return the parts as one line; None and empty text are left out."""
    return Spans(tuple(part for part in parts if part and spans_text(part)))


def spans_text(part: str | Span) -> str:
    """Return the text of a stretch."""
    return part if isinstance(part, str) else part.text


def parts_of(line: Line) -> tuple[Span, ...]:
    """Return the stretches of a line that say something, each safe to show."""
    parts = line.parts if isinstance(line, Spans) else (line,)
    found = (Span(part) if isinstance(part, str) else part for part in parts)
    return tuple(part._replace(text=text) for part in found if (text := safe(part.text)))


def text_of(line: Line) -> str:
    """Return a line as plain text, safe to show."""
    return " ".join(part.text for part in parts_of(line))
