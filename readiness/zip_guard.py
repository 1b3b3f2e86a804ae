"""Looks at an office document, a zip of XML, before anything reads it: a small one can unpack to gigabytes."""

import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from readiness.bank.document import MAX_BYTES, read_bytes
from readiness.errors import InputError, Place, Problem

MAX_PARTS = 500
MAX_UNPACKED = 100_000_000
"""Bytes, all parts together."""
MAX_MARKS = 4_000_000
"""Beginnings and ends of elements, all parts together: a million filled cells. A reader takes time for each."""
MAX_EMPTY = 1_000_000
"""Elements that hold nothing: a small file can have millions."""
_MOST_IN = {"styles.xml": 300_000, "sharedstrings.xml": 2_000_000}
"""Parts that a reader keeps in memory, whole; in small letters."""
_CHUNK = 1_000_000


def check_package(path: Path, kind: str) -> None:
    """Raise InputError where the file is no ``kind`` (a word), or would unpack to more than we read."""
    check_parts(package_bytes(path), path, kind)


def package_bytes(path: Path) -> bytes:
    """Return what is in the file. Raises InputError if it can't be read, or is too large."""
    data = read_bytes(path)
    if len(data) > MAX_BYTES:
        what = f"The file is larger than {MAX_BYTES // 1_000_000} MB"
        raise InputError(Problem(what, "Check that it is the right file.", Place(str(path))))
    return data


def check_parts(data: bytes, path: Path, kind: str) -> None:
    """Raise InputError as ``check_package``, for a file that was read: ``path`` is its name in messages."""
    try:
        _look_at_parts(data, path, kind)
    except (InputError, MemoryError):
        raise
    except Exception as error:  # zipfile, zlib and the other packers each have their own
        raise InputError(damaged(path, kind)) from error


def _look_at_parts(data: bytes, path: Path, kind: str) -> None:
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = package.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            what = f"This {kind} would unpack to more than we read"
            raise InputError(Problem(what, "Check that it is the right file.", Place(str(path))))
        if any(part.flag_bits & 1 for part in parts):
            raise InputError(damaged(path, kind))
        marks = empty = 0
        for part in parts:
            name = part.filename.lower()
            if name.endswith((".xml", ".rels")) or (not name.endswith(".svg") and _begins_as_xml(package, part)):
                looked = _look_at(package, part)
                marks, empty = marks + looked.marks, empty + looked.empty
                if looked.declares_a_type:
                    raise InputError(damaged(path, kind))
                most = next((each for end, each in _MOST_IN.items() if name.endswith(end)), MAX_MARKS)
                if looked.marks > most or marks > MAX_MARKS or empty > MAX_EMPTY:
                    raise InputError(too_much(path, kind))


@dataclass(frozen=True, slots=True)
class _Look:
    """What is in a part: how many marks, how many of these are empty elements, and whether it has a DTD."""

    marks: int
    empty: int
    declares_a_type: bool


def _begins_as_xml(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Return whether the part can be XML, going by its first character: readers ask for no name."""
    with package.open(part) as file:
        return file.read(_CHUNK).replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] in (b"", b"<")


def _look_at(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> _Look:
    """Return what is in the part. No part has a DTD, which can make a parser explode."""
    marks = empty = 0
    declares_a_type, before = False, b""
    with package.open(part) as file:
        while chunk := file.read(_CHUNK):
            text = before + chunk.replace(b"\x00", b"")  # the other halves of UTF-16
            declares_a_type |= b"<!DOCTYPE" in text
            marks += chunk.count(b"<")
            empty += text.count(b"/>")
            before = text[-len(b"<!DOCTYP") :]
    return _Look(marks, empty, declares_a_type)


def too_much(path: Path, kind: str) -> Problem:
    """Return what to say of a file that would unpack to more than we read."""
    what = f"This {kind} holds more than we read: too many cells, texts or styles"
    todo = "Delete what is not needed, or split it into several. Or save the table as CSV."
    return Problem(what, todo, Place(str(path)))


def damaged(path: Path, kind: str) -> Problem:
    """Return what is wrong with a file that is no ``kind``."""
    todo = "Open it in the program that made it, and save it again."
    return Problem(f"This is not a {kind} that we can read", todo, Place(str(path)))
