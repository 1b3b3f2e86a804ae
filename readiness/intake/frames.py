"""Frames around a question's words in a heading: numbers, codes, groups, marks of a form, titles of a grid.

``forms`` takes off what says nothing, so that the rest is the whole of a name. ``framed`` looks for a question's words
within a longer heading, and gives none if they could be those of two.
"""

import html
import re
from collections.abc import Iterator
from itertools import islice

from readiness.intake.headings import FRAMED_WORDS, Names, comment_words, is_comment, without_number
from readiness.intake.mapping import Target, TargetKind
from readiness.intake.vendor import Vendor
from readiness.text import plain

# No pattern here may look at one part of a heading again and again: a table has thousands of them, long ones too.
_CODE = r"(?:[A-Za-z_]\w*(?:\[\w+\])?\s*\.|(?:[A-Za-z_][^\W\d]*\d\w*(?:\[\w+\])?|[A-Za-z])\s*[):])"
_NUMBER = (
    r"(?:(?:q|question|item|part|section|page)\.?\s*)?[(\[]?\d{1,3}"
    r"(?:[._-]\d{1,3}|[._-]?[a-z]{1,4}\b)*[)\]]?\s*[.):–—-]*"
)
_LEAD = re.compile(rf"(?:{_CODE}|{_NUMBER})\s+(\S.*)", re.DOTALL | re.IGNORECASE)
"""A code or number before a heading's words: "Q01. …", "7) …", "G01Q02[SQ001]. …", "(1) …", "2.1 …", "1a. …"."""
_LEADS = 3
"""How many of them can stand before each other: "Part 1: 1. …"."""
_GROUPS = 20
"""How many names of groups can stand before a heading."""

_LONGEST = 2_000
"""Characters of a heading that is looked into: a longer one must be a name as it stands."""
_SPACES = re.compile(r"[^\S\n]+")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_BOLD = re.compile(r"\*\*|(?<!\w)__|__(?!\w)")
_MARKS = re.compile(
    r"(?<!\s)(?:\s*[(\[]|\s+[*–-]+\s*)(?:\*\s*)?(?:required|optional|mandatory|(?:please )?(?:select|choose|pick|tick)"
    r" one(?: option| answer| box)?)(?: question)?(?:[)\]]|$)\s*\*?$",
    re.IGNORECASE,
)
"""What a form says of a question at its end: "(required)", "* Required"."""

_SPLITS = (
    re.compile(r"(?=.*\]\Z)(?P<title>.*\S)\s*\[(?P<row>.+)\]", re.DOTALL),
    re.compile(r"(?P<title>.*\S)\s*>>\s*(?P<row>\S.*)", re.DOTALL),
    re.compile(r"(?P<title>.*?\S)\s+[-–—|/]\s+(?P<row>\S.*)", re.DOTALL),
    re.compile(r"(?P<title>.*\S)\s+[-–—|/]\s+(?P<row>\S.*)", re.DOTALL),
    re.compile(r"(?=.*\)\Z)(?P<title>.*?\S)\s*\((?P<row>.+)\)", re.DOTALL),
    re.compile(r"(?P<row>[^:]*\S)\s*:\s*(?P<title>\S.*)", re.DOTALL),
    re.compile(r"(?P<title>[^:]*\S)\s*:\s*(?P<row>\S.*)", re.DOTALL),
)
"""Ways in which programs join a grid's title and its row."""
_QUESTION_FIRST = re.compile(r"(?P<row>.*?\S)\s*\((?P<title>[^()]+)\)", re.DOTALL)
"""A question, and the title of its scale: "Question (Title)"."""
_CHOICE = re.compile(r"\s*(?:choice\s*=|other\b)", re.IGNORECASE)


def bare(heading: str) -> str:
    """Return the heading without tags, bold marks, and what a form says of it at the end."""
    if len(heading) > _LONGEST:
        return heading
    text = html.unescape(_TAG.sub(" ", heading)) if "<" in heading or "&" in heading else heading
    return _MARKS.sub("", _SPACES.sub(" ", _BOLD.sub("", text)).strip()).strip()


def forms(heading: str, vendor: Vendor) -> Iterator[str]:
    """Yield the heading, then what is left of it without groups, marks, leads, its trail, later lines."""
    yield heading
    if vendor.grouped and len(heading) <= _LONGEST:
        for separator in islice(re.finditer(r"/" if " " in heading else r"[/\-]", heading), _GROUPS):
            yield heading[separator.end() :]
    text = bare(heading)
    if len(text) > _LONGEST:
        text = text.strip().partition("\n")[0][:_LONGEST]
    for _ in range(_LEADS + 1):
        if text != heading:
            yield text
        first, *rest = text.strip().splitlines() or [""]
        if rest:
            yield first
        if shorter := without_number(text):
            yield shorter
        lead = _LEAD.fullmatch(text.strip())
        if lead is None:
            return
        text = lead[1]


def unnumbered(heading: str) -> str:
    """Return the heading as ``plain`` leaves it, without numbers around it if several words are left."""
    text = bare(heading[:_LONGEST])
    for _ in range(_LEADS):
        lead = _LEAD.fullmatch(text.strip())
        text = lead[1] if lead else text
    text = bare(without_number(text) or text)
    return plain(text) if len(text.split()) > 1 else plain(heading)


def comment_in(heading: str, vendor: Vendor) -> bool:
    """Return whether a column so headed holds words on the question before it: "Comments2", "7.a. Comments"."""
    return any(is_comment(form) for form in forms(heading, vendor))


def named(heading: str, vendor: Vendor, names: Names) -> Target | None:
    """Return what the heading names, whole or without what says nothing."""
    return next((found for form in forms(heading, vendor) if (found := names.find(form))), None)


def framed(heading: str, vendor: Vendor, names: Names) -> Target | None:
    """Return what the heading names within a frame; None if nothing, or if it could be two things."""
    if len(heading) > _LONGEST:
        return None
    found = {*_split(heading, vendor, names), *_ending(heading, names)}
    return found.pop() if len(found) == 1 else None


def _split(heading: str, vendor: Vendor, names: Names) -> Iterator[Target]:
    """Yield what the heading names in one of its two parts."""
    text = bare(heading)
    for split in _SPLITS:
        if parts := split.fullmatch(text):
            yield from _joined(parts["title"], parts["row"], vendor, names)
    parts = _QUESTION_FIRST.fullmatch(text)
    if parts and not _CHOICE.match(parts["title"]):
        yield from _within(parts["row"], vendor, names)


def _joined(title: str, row: str, vendor: Vendor, names: Names) -> Iterator[Target]:
    """Yield what a title and a row name together: a comment on the title's question, or the row's and the title's."""
    if (about_row := _asks_for_words(row)) or _asks_for_words(title):
        about = title if about_row else row
        whole = named(about, vendor, names)
        found = {whole} if whole else {*_ending(about, names)}
        if len(found) == 1 and (question := found.pop()).kind is TargetKind.QUESTION:
            yield Target(TargetKind.NOTE, question.id)
        return
    if _CHOICE.match(row):
        return
    in_row = [*_within(row, vendor, names)]
    yield from in_row
    if in_row:
        yield from _within(title, vendor, names)


def _asks_for_words(part: str) -> bool:
    return is_comment(part) or comment_words(plain(part).split())


def _within(part: str, vendor: Vendor, names: Names) -> Iterator[Target]:
    """Yield the question, or the like, that a part of a heading names. A number alone names none there."""
    found = named(part, vendor, names)
    about_answers = found is not None and found.kind in {TargetKind.QUESTION, TargetKind.PROFILE}
    numbered = re.fullmatch(r"(?:q|question )?\d+", plain(part)) is not None
    if found and not numbered and (about_answers or len(plain(part).split()) >= FRAMED_WORDS):
        yield found


def _ending(heading: str, names: Names) -> Iterator[Target]:
    """Yield what the last words of the heading name, as many as can be: a note on it if those before ask for one.

    What else is named before them is yielded, too.
    """
    words = plain(bare(heading)).split()
    for start in range(1, len(words)):
        found = next((found for end, found in names.beginning(words, start) if end == len(words)), None)
        if found is None:
            continue
        before = words[:start]
        if found.kind is TargetKind.QUESTION and comment_words(before):
            yield Target(TargetKind.NOTE, found.id)
        else:
            yield found
            for at in range(start):
                yield from (other for _, other in names.beginning(before, at))
        return
