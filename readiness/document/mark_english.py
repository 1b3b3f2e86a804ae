"""Marks what stands in English in a report in another language, so that it is read aloud as English."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape

from markupsafe import escape

from readiness.language import ENGLISH, in_english, spoken

LANGUAGE = "en"
_SHORTEST = 4
"""Characters; a shorter text is only found where it stands by itself, as it could be a word of the other language."""
_TAG = re.compile(r"(<[^>]*(?:>|$))")
_UNMARKED = ("<style", "<script", "<title")
"""The tags whose text can hold no tags."""


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the text in parts, each with whether it is a text of ours that stands in English."""
    if spoken() == ENGLISH:
        yield text, False
        return
    known = in_english()
    if text.strip() in known:
        yield text, True
        return
    at = 0
    for found in _pattern(known).finditer(text):
        if found.start() > at:
            yield text[at : found.start()], False
        yield found[0], True
        at = found.end()
    if at < len(text) or not text:
        yield text[at:], False


@lru_cache(maxsize=4)
def _pattern(known: frozenset[str]) -> re.Pattern[str]:
    """Return what finds the texts inside others, a longer one before a shorter one in it."""
    longest_first = sorted((text for text in known if len(text) >= _SHORTEST), key=lambda text: (-len(text), text))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?!\w)")


def marked(page: str, element: str = "span") -> str:
    """Return the page with English text inside ``element``, or in a link or title, marked as English.

    Nothing is put inside a link: in a PDF, it would be a link of its own.
    """
    if spoken() == ENGLISH:
        return page
    pieces = _TAG.split(page)
    for at in range(0, len(pieces), 2):
        before = pieces[at - 1] if at else ""
        words = unescape(pieces[at])
        if not words.strip():
            continue
        if before == "<title>" or before.startswith("<a "):
            if [*parts(words)] == [(words, True)]:
                pieces[at - 1] = f'{before[:-1]} lang="{LANGUAGE}">'
        elif not before.startswith(_UNMARKED):
            pieces[at] = "".join(
                _in_element(part, element) if english else escape(part) for part, english in parts(words)
            )
    return "".join(pieces)


def _in_element(text: str, element: str) -> str:
    return f'<{element} lang="{LANGUAGE}">{escape(text)}</{element}>'
