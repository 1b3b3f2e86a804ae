"""Tables of separated values (CSV, TSV): encoding, separator, records.

A file is decoded once from end to end to prove its encoding, in chunks, and then read record by record: memory stays
the same however long it is.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TextIO

from readiness.bank.document import MAX_BYTES, read_bytes
from readiness.errors import InputError, Place, Problem
from readiness.intake.mojibake import MAC, WESTERN, encoding_of
from readiness.intake.tables import TableRow
from readiness.opening import opened
from readiness.workbook_process import MAX_COLUMNS

SEPARATORS = (",", ";", "\t", "|")
"""What can stand between two cells."""
_SAMPLE = 20
"""Number of records that show the separator."""
_HEAD = 200_000
"""Number of characters that these records are looked for in."""
_CHUNK = 200_000
_MAX_CELL = 100_000
"""Characters in one cell."""
_MAX_RECORD = MAX_BYTES
"""Characters in one record, as in a whole file that is read at once."""

_EXCEL_HINT = re.compile(r'"?sep=([^"\r\n])"?\r?\n')
"""A first line that tells Excel the separator."""

_NAMES = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    WESTERN: "Windows-1252",
    MAC: "Mac Roman",
}
_GUESSED = {WESTERN: "Windows text", MAC: "text of a Mac, by the look of its letters"}
_LOOKED_AT = 8_000_000
"""Bytes by which text of Windows and of a Mac are told apart."""


@dataclass(frozen=True, slots=True)
class SeparatedValues:
    """The records of a file as rows; each pass opens it anew. ``file`` is its name in messages."""

    path: Path
    file: str
    encoding: str
    separator: str
    first: int
    """The number of the first record: 2 if a line for Excel stands before it."""

    @property
    def told(self) -> str:
        """How the file was read: 'UTF-8, separated by ","'."""
        name = {"\t": "tab"}.get(self.separator, f'"{self.separator}"')
        return f"{_NAMES[self.encoding]}, separated by {name}"

    @property
    def notices(self) -> tuple[str, ...]:
        """A warning if the encoding is a guess."""
        if self.encoding not in _GUESSED:
            return ()
        told = _GUESSED[self.encoding]
        return (f"{self.file}: this is not UTF-8. It was read as {told}: check names with accents.",)

    def __iter__(self) -> Iterator[TableRow]:
        """Yield the records that hold something. Raises InputError at one that is cut off or can't be read."""
        csv.field_size_limit(_MAX_CELL)
        number, widest = self.first - 1, 0
        with io.TextIOWrapper(opened(self.path), encoding=self.encoding, errors="replace", newline="") as text:
            for _ in range(1, self.first):
                text.readline()
            lines = _Lines(text, self.file, number)
            reader = csv.reader(lines, delimiter=self.separator, strict=True)
            try:
                for number, record in enumerate(reader, start=self.first):
                    lines.last, lines.length = number, 0
                    if (width := len(record)) > widest:
                        widest = self._wider(width, number)
                    if (record and record[0][:1].isalnum()) or any(map(str.strip, record)):
                        if width < widest and not lines.ended:
                            raise InputError(_cut_off(Place(self.file, number)))
                        yield _row((number, record, None))
            except csv.Error as error:
                todo = (
                    "Look for a quotation mark that is not closed, or save the table again. No row after it was read."
                )
                what = f"This row can't be read ({error})"
                raise InputError(Problem(what, todo, Place(self.file, number + 1))) from None

    def _wider(self, width: int, number: int) -> int:
        """Return the width of a record that is wider than those before. Raises InputError if that is too wide."""
        if width > MAX_COLUMNS:
            what = f"This table is wider than {MAX_COLUMNS} columns"
            raise InputError(Problem(what, "Split it into several.", Place(self.file, number)))
        return width


def _cut_off(place: Place) -> Problem:
    """Return the problem of a last row that no line break ends, and that is shorter than others or ends in a letter."""
    what = "The last row is cut off, as if the file had not been saved or downloaded to its end"
    return Problem(what, "Export or download it again. If it is whole, end the row with a line break.", place)


_row: Callable[[tuple[int, list[str], None]], TableRow] = partial(tuple.__new__, TableRow)
"""The same as ``TableRow`` of all its fields, in a third of the time: a file may have a million rows."""


class _Lines:
    """The lines of a file, for a reader that keeps those of one record, the one after ``last``.

    ``ended``: whether a line break ends the last line read. Whoever reads sets ``last``, and ``length`` to 0, after
    each record. Raises InputError at a record without end.
    """

    def __init__(self, text: TextIO, file: str, last: int) -> None:
        self._text, self._file, self.last, self.length = text, file, last, 0
        self.ended = True

    def __iter__(self) -> Iterator[str]:
        readline = self._text.readline
        while line := readline(_MAX_RECORD):
            self.length += len(line)
            if self.length >= _MAX_RECORD:
                what = f"This row holds more than {_MAX_RECORD // 1_000_000} million characters"
                todo = "Check that it is the right file. No row after it was read."
                raise InputError(Problem(what, todo, Place(self._file, self.last + 1)))
            self.ended = line[-1] in "\r\n"
            yield line


def separated_values(path: Path, file: str) -> SeparatedValues:
    """Return the records of the file. Raises InputError if it is no text in an encoding that we know."""
    encoding = _encoding(path, file)
    with io.TextIOWrapper(opened(path), encoding=encoding, newline="") as text:
        head = text.read(_HEAD)
    hint = _EXCEL_HINT.match(head)
    separator = hint[1] if hint else max(SEPARATORS, key=lambda each: _fit(head, each))
    return SeparatedValues(path, file, encoding, separator, 2 if hint else 1)


def _encoding(path: Path, file: str) -> str:
    """Return the encoding of the file: Unicode, else Windows-1252 or Mac Roman."""
    with opened(path) as raw:
        start = raw.read(2)
    if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        tried: tuple[str, ...] = ("utf-16",)
    elif start[1:] == b"\0":  # a table begins with a letter or a quote: the zero is its other half
        tried = ("utf-16-le",)
    elif start[:1] == b"\0":
        tried = ("utf-16-be",)
    else:
        tried = ("utf-8-sig",)
    for encoding in tried:
        if _decodes(path, encoding, file):
            return encoding
    if tried == ("utf-8-sig",):
        guess = encoding_of(read_bytes(path, _LOOKED_AT))
        if _decodes(path, guess, file):
            return guess
    todo = 'Save it again as "CSV UTF-8", or as .xlsx.'
    raise InputError(Problem("This is no table that we can read", todo, Place(file)))


def _decodes(path: Path, encoding: str, file: str) -> bool:
    """Return whether the file is text in this encoding. Raises InputError if it is, but ends within a letter."""
    decoder, plain = codecs.getincrementaldecoder(encoding)(), True
    try:
        with opened(path) as raw:
            while chunk := raw.read(_CHUNK):
                plain = decoder.decode(chunk).isascii() and plain
    except UnicodeDecodeError:
        return False
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        if plain:  # the last letter may be the only one with an accent, in another encoding
            return False
        raise InputError(_cut_off(Place(file))) from None
    return True


def _fit(text: str, separator: str) -> tuple[bool, int]:
    """Return how well a separator fits: whether most records are as wide as the header, and how wide that is."""
    widths = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if record:
                widths.append(len(record))
            if len(widths) == _SAMPLE:
                break
    except csv.Error:
        return False, 0
    if not widths or widths[0] == 1:
        return False, 0
    return 2 * widths.count(widths[0]) > len(widths), widths[0]
