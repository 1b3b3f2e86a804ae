"""Tells what a file is that stands where another is needed: one that we wrote ourselves, answers, or a workbook."""

import codecs
import json
import re
from collections.abc import Mapping
from io import BytesIO

from readiness.assessment.endings import LINES, SEPARATED, ending
from readiness.assessment.form_mark import MARK as FORM_MARK

EDITS, ANSWERS, GROUP = "a file of a plan's edits", "a file of answers", "a file of a group's answers"
"""What is said of the files that are people's own work."""

_FIELDS: Mapping[str, frozenset[str]] = {
    "a comparison of question banks": frozenset({"scores_alike", "changes"}),
    "a report": frozenset({"explanation", "horizons", "sentences"}),
    "a score": frozenset({"overall", "coverage", "questions"}),
    "a comparison": frozenset({"before", "after", "questions"}),
    "a plan": frozenset({"actions", "keep"}),
    EDITS: frozenset({"actions", "team"}),
    "a way to a band": frozenset({"steps", "find_out"}),
    "what a change would do": frozenset({"gained", "lost"}),
    "a question bank": frozenset({"id", "version", "domains"}),
    "a part of a question bank": frozenset({"findings", "questions"}),
    "a JSON schema": frozenset({"$schema"}),
}
"""What each of our files has, and answers never have. The first that fits is what it is."""

_ANSWERS, _PRESENT = "responses", "present"
_ANSWERS_WITHIN = re.compile(rb"""^[ \t]*responses\s*:|(["'])responses\1\s*:""", re.MULTILINE)

PLAN_MARK = "readiness"
"""The hidden sheet that a plan's workbook is known by."""

WORKBOOK, PLAN_WORKBOOK, FORM = "a workbook", "a workbook of the plan", "a form"
PDF, TABLE, JSON_LINES = "a PDF", "a table", "JSON lines"
_BOOKS = ("xl/workbook.xml", "content.xml")
"""The part with the names of the sheets: of a workbook, and of an OpenDocument spreadsheet."""
_MOST = 8_000_000
_SHEETS: Mapping[bytes, str] = {f'name="{PLAN_MARK}"'.encode(): PLAN_WORKBOOK, f'name="{FORM_MARK}"'.encode(): FORM}
_STARTS: Mapping[bytes, str] = {
    b"%pdf-": PDF,
    b"<!doctype html": "a web page",
    b"<html": "a web page",
    b"begin:vcalendar": "a calendar",
}
_BOM = b"\xef\xbb\xbf"


def foreign(data: bytes, name: str) -> str | None:
    """Return what a file is that holds no named fields ("a workbook"), by how it begins; None if it may hold some.

    A table is known by its ``name`` only.
    """
    if data.startswith(b"PK"):
        return _packed(data)
    start = data[:100].removeprefix(_BOM).lstrip().lower()
    kind = next((kind for mark, kind in _STARTS.items() if start.startswith(mark)), None)
    if kind is None and ending(name) in SEPARATED:
        return TABLE
    return kind or in_lines(data, name)


def is_tabbed(data: bytes) -> bool:
    """Return if text, as UTF-8 or as Excel's "Unicode text", has tabs in its first two lines: a table.

    ``data`` may be the start of a file alone.
    """
    unicode = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    lines = data.decode("utf-16" if unicode else "utf-8", errors="replace").split("\n")[:2]
    return len(lines) > 1 and all("\t" in line for line in lines)


def in_lines(data: bytes, name: str) -> str | None:
    """Return what a file with a JSON object in each line is ("JSON lines", "a score in each line"); None for others.

    It is known by its ``name``, or by a second object after the first line.
    """
    first, _, rest = data.removeprefix(_BOM).lstrip().partition(b"\n")
    named = ending(name) in LINES
    if not named and not (first.startswith(b"{") and rest.lstrip().startswith(b"{")):
        return None
    try:
        found = json.loads(first)
    except (ValueError, RecursionError):
        return JSON_LINES if named else None
    kind = written_by_us(found)
    return f"{kind} in each line" if kind else JSON_LINES


def _packed(data: bytes) -> str:
    """Return what an office document is, as far as its parts say."""
    from zipfile import ZipFile  # noqa: PLC0415 — takes time, and answers are no zip

    try:
        with ZipFile(BytesIO(data)) as package:
            book = next((part for part in _BOOKS if part in package.namelist()), None)
            if book is None:
                return "a Word document" if "word/document.xml" in package.namelist() else "a packed file"
            with package.open(book) as part:
                sheets = part.read(_MOST)
    except Exception:  # noqa: BLE001 — zipfile, zlib and the other packers each have their own
        return "a packed file"
    return next((kind for mark, kind in _SHEETS.items() if mark in sheets), WORKBOOK)


def irreplaceable(data: bytes) -> str | None:
    """Return what a file is that people made and no command makes again: answers or edits; None for others.

    Answers count although they can't be read: somebody wrote them by hand, as JSON or as YAML. A form and a plan's
    workbook count, whether or not somebody wrote something into them.
    """
    kind = foreign(data, "")
    if kind is not None:
        return kind if kind in {FORM, PLAN_WORKBOOK} else None
    try:
        found = json.loads(data.removeprefix(_BOM))
    except (ValueError, RecursionError):
        return ANSWERS if _ANSWERS_WITHIN.search(data) else None
    kind = described(found)
    if kind == ANSWERS and _PRESENT in found:
        return GROUP
    return kind if kind in {ANSWERS, EDITS} else None


def described(data: object) -> str | None:
    """Return what a document is: answers, or what we wrote ourselves; None if it can't be told."""
    if isinstance(data, dict) and _ANSWERS in data:
        return ANSWERS
    return written_by_us(data)


def written_by_us(data: object) -> str | None:
    """Return what a document that is no answers is ("a report"); None if it could be answers, or is not ours."""
    if not isinstance(data, dict) or _ANSWERS in data:
        return None
    return next((kind for kind, fields in _FIELDS.items() if fields <= data.keys()), None)
