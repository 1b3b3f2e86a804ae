"""What a sheet has beside the values of its cells: which are merged, which have notes, and which rows are hidden.

Readers of values pass these over. A reader that lays out the whole sheet would find them, but takes far more memory.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import NamedTuple
from zipfile import ZipFile

MOST_MERGED = 10_000
"""Merged ranges of one sheet; that of one with more, the last is cut off, and the reader refuses it."""
MOST_MARKED = 1_000
"""Notes, and hidden rows, of one sheet that are known; nobody is told of more."""

_CHUNK = 1_000_000
# ECMA-376, part 1: 18.3.1.54 (mergeCell), 18.3.1.73 (row), 18.7.3 (comment).
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?\bref=["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']""")
_HIDDEN = re.compile(rb"""<(?:\w+:)?row\s(?=[^>]*?\shidden=["'](?:1|true)["'])(?:[^>]*?\s)?r=["'](\d{1,7})["']""")
_NOTE = re.compile(rb"""<(?:\w+:)?comment\s[^>]*?\bref=["']([A-Z]{1,3})(\d{1,7})["']""")


class Merged(NamedTuple):
    """A range of cells that were made one: its first and last row and column, from 1."""

    top: int
    left: int
    bottom: int
    right: int


class SheetMarks(NamedTuple):
    """The merged ranges of a sheet, the row and column (from 1) of cells with notes, and the hidden rows."""

    merged: tuple[Merged, ...] = ()
    notes: tuple[tuple[int, int], ...] = ()
    hidden: tuple[int, ...] = ()


def xlsx_marks(workbook: bytes, sheet: str) -> SheetMarks:
    """Return the marks of a sheet by the name of its part, such as ``xl/worksheets/sheet1.xml``.

    Raises what ``zipfile`` and its packers raise if the workbook is damaged.
    """
    from openpyxl.packaging.relationship import get_dependents, get_rels_path

    with ZipFile(BytesIO(workbook)) as package:
        links = get_rels_path(sheet)
        related = get_dependents(package, links) if links in package.namelist() else ()
        comments = [link.target for link in related if link.Type.endswith("/comments")]
        notes = (found for part in comments for found in _found(_NOTE, b"comment", package, part))
        hidden = (int(found[1]) for found in _found(_HIDDEN, b"hidden=", package, sheet))
        return SheetMarks(
            tuple(islice(map(_range, _found(_MERGED, b"mergeCell", package, sheet)), MOST_MERGED + 1)),
            tuple(islice(((int(found[2]), _column(found[1])) for found in notes), MOST_MARKED)),
            tuple(islice(hidden, MOST_MARKED)),
        )


def _found(wanted: re.Pattern[bytes], word: bytes, package: ZipFile, part: str) -> Iterator[re.Match[bytes]]:
    """Yield what is found in a part. Text without the ``word`` is passed over, which is quick."""
    before = b""
    with package.open(part) as file:
        while chunk := file.read(_CHUNK):
            text = before + chunk
            end = text.rfind(b">") + 1  # no tag is cut
            if word in text:
                yield from wanted.finditer(text, 0, end)
            before = text[end:]


def _range(found: re.Match[bytes]) -> Merged:
    left, top, right, bottom = found.groups()
    return Merged(int(top), _column(left), int(bottom), _column(right))


def _column(letters: bytes) -> int:
    """Return a column's number, from 1, by its letters."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number
