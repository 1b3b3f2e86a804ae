"""Mojibake: text whose letters were read in the wrong encoding. It is known by its patterns, and read right.

Excel for Mac saves CSV as Mac Roman, and programs that take UTF-8 for Windows-1252 make "ZoÃ«â€™s" of "Zoë’s". No such
file says so of itself, but all have sequences that no language writes.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO
from zipfile import ZipFile

from readiness.intake.tables import TableRow
from readiness.opening import opened
from readiness.xlsx_reader import Cell

WESTERN, MAC = "cp1252", "mac_roman"

_ASTRAY = re.compile(
    r"[a-zà-öø-ÿ][À-ÖØ-ÞŠŒŽŸ](?![A-ZÀ-Þ])"  # a capital with an accent at the end of a small word, or in it
    r"|[a-z]í(?:s|t|d|m|re|ve|ll)\b|sí(?= [a-z])"  # an apostrophe of Windows, as a Mac reads it
    r"|\ufffd"  # a byte that Windows-1252 lacks
    r"|[A-Za-z](?:[\u02c6\u02c7]|[^\w\s!-~\u00ad\u00b7\u200b-\u201f\u2026])(?=[A-Za-z])"  # a sign between two letters
)
"""What a wrong encoding makes of letters with accents, and of quotation marks."""


_NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


_FAR_FEWER = 5
_LETTERS = [bytes([code]) for code in range(0x20, 0x7F)]


def encoding_of(text: bytes) -> str:
    """Return MAC if the text, which is not Unicode, makes far fewer odd words in Mac Roman than in Windows-1252."""
    odd = {encoding: len(_ASTRAY.findall(text.decode(encoding, "replace"))) for encoding in (WESTERN, MAC)}
    plain = len(text) < 2 * sum(map(text.count, _LETTERS)) and not _NO_TEXT.search(text)
    return MAC if plain and _FAR_FEWER * odd[MAC] < odd[WESTERN] else WESTERN


def _misread(character: str, encoding: str) -> str:
    """Return what a character becomes if its UTF-8 is taken for ``encoding``; Windows passes on what it lacks."""
    return "".join(
        byte.decode(encoding, "ignore") or chr(byte[0]) for byte in (bytes([each]) for each in character.encode())
    )


_ACCENTED = [chr(code) for code in (*range(0xA0, 0x180), 0x20AC, 0x2122)]
_MARKS = [chr(code) for code in (*range(0x2010, 0x2028), 0x2030, 0x2039, 0x203A)]
_SMALL = [chr(code) for code in range(0xE0, 0x100)]


def _any_of(texts: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(texts, key=len, reverse=True)))


# Both are made only when a table has letters with accents: that takes longer than to read a hundred rows.
@cache
def _twice() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Return the pattern of sequences that stand for one character, and that character by its sequence."""
    meant = {_misread(each, encoding): each for encoding in (MAC, WESTERN) for each in (*_ACCENTED, *_MARKS)}
    return re.compile(_any_of(meant)), meant


@cache
def _certain() -> tuple[Sequence[bytes], re.Pattern[bytes]]:
    """Return what sequences for a small letter or a mark begin with, which is quickly looked for, and their pattern.

    No language has them; others may be a capital and a mark.
    """
    certain = [_misread(each, encoding) for encoding in (WESTERN, MAC) for each in (*_SMALL, *_MARKS)]
    return tuple({each[0].encode() for each in certain}), re.compile(_any_of(certain).encode())


_CHUNK = 1_000_000
_PARTS = ("xl/sharedStrings.xml", "xl/worksheets/", "content.xml")
"""Parts of workbooks and spreadsheets that texts are in."""


def is_misread(path: Path) -> bool:
    """Return whether a table in UTF-8 has letters that were read as another encoding before."""
    with opened(path) as file:
        packed = file.read(2) == b"PK"  # as those who read it decide: only then it was sound
        file.seek(0)
        if not packed:
            return _has_misread(file)
    with ZipFile(path) as package:
        for name in package.namelist():
            if name.startswith(_PARTS):
                with package.open(name) as part:
                    if _has_misread(part):
                        return True
    return False


_REFERENCE = re.compile(rb"&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")


def _meant_by(found: re.Match[bytes]) -> bytes:
    """Return the character that a reference of XML stands for."""
    code = int(found[1], 16) if found[1] else int(found[2])
    return chr(code).encode("utf-8", "replace") if code <= sys.maxunicode else b""


def _has_misread(file: IO[bytes]) -> bool:
    while chunk := file.read(_CHUNK):
        if b"&" in chunk and b"&#" in chunk:  # one byte alone is found much sooner
            chunk = _REFERENCE.sub(_meant_by, chunk)
        if chunk.isascii():
            continue
        leads, certainly = _certain()
        if any(lead in chunk for lead in leads) and certainly.search(chunk):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Mended:
    """Rows of a table whose letters were read wrong, read right."""

    rows: Iterable[TableRow]

    def __iter__(self) -> Iterator[TableRow]:
        return (row._replace(cells=tuple(map(mended, row.cells))) for row in self.rows)


def mended(cell: Cell) -> Cell:
    """Return a cell with its letters read right; one without letters read wrong as it is."""
    if not isinstance(cell, str) or cell.isascii():
        return cell
    pattern, meant = _twice()
    return pattern.sub(lambda found: meant[found[0]], cell)
