"""Looks at an office document, a zip of XML, before anything reads it: a small one can unpack to gigabytes."""

import zipfile
from pathlib import Path

from readiness.bank.document import MAX_BYTES, read_bytes
from readiness.errors import InputError, Place, Problem

MAX_PARTS = 500
MAX_UNPACKED = 100_000_000
"""Bytes, all parts together."""


def check_package(path: Path, kind: str) -> None:
    """Raise InputError where the file is no ``kind`` (a word), or would unpack to more than we read."""
    if len(read_bytes(path)) > MAX_BYTES:
        what = f"The file is larger than {MAX_BYTES // 1_000_000} MB"
        raise InputError(Problem(what, "Check that it is the right file.", Place(str(path))))
    try:
        _look_at_parts(path, kind)
    except (InputError, MemoryError):
        raise
    except Exception as error:  # zipfile, zlib and the other packers each have their own
        raise InputError(damaged(path, kind)) from error


def _look_at_parts(path: Path, kind: str) -> None:
    with zipfile.ZipFile(path) as package:
        parts = package.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            what = f"This {kind} would unpack to more than we read"
            raise InputError(Problem(what, "Check that it is the right file.", Place(str(path))))
        if any(part.flag_bits & 1 for part in parts):
            raise InputError(damaged(path, kind))
        for part in parts:
            if part.filename.endswith((".xml", ".rels")) and _declares_a_document_type(package, part):
                raise InputError(damaged(path, kind))


def _declares_a_document_type(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Return whether the part begins with a DTD, which none has and which can make a parser explode."""
    with package.open(part) as file:
        return b"<!DOCTYPE" in file.read(4096).replace(b"\x00", b"")


def damaged(path: Path, kind: str) -> Problem:
    """Return what is wrong with a file that is no ``kind``."""
    todo = "Open it in the program that made it, and save it again."
    return Problem(f"This is not a {kind} that we can read", todo, Place(str(path)))
