"""Finds the files that a batch is read from, and reads each by its kind, row by row."""

import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from glob import glob, has_magic
from pathlib import Path
from typing import assert_never

from readiness.assessment.reading import PLAN_ENDING, STDIN, read_assessment
from readiness.batch import tables
from readiness.batch.rows import Read, Refused, row_of
from readiness.batch.scorer import Marking
from readiness.errors import InputError, Notice, Place, Problem

LOCK = ".readiness-lock"
"""The file by which a batch keeps a folder for itself: it marks the folder, too."""


class RowSourceKind(StrEnum):
    """What a file holds: one assessment, or a table with a respondent in each row."""

    ASSESSMENT = "assessment"
    CSV = "csv"
    XLSX = "xlsx"
    JSON_LINES = "jsonl"
    PARQUET = "parquet"


_KINDS = {
    ".json": RowSourceKind.ASSESSMENT,
    ".yaml": RowSourceKind.ASSESSMENT,
    ".yml": RowSourceKind.ASSESSMENT,
    ".csv": RowSourceKind.CSV,
    ".tsv": RowSourceKind.CSV,
    ".xlsx": RowSourceKind.XLSX,
    ".jsonl": RowSourceKind.JSON_LINES,
    ".ndjson": RowSourceKind.JSON_LINES,
    ".parquet": RowSourceKind.PARQUET,
}
_STARTS = {b"PK\x03\x04": RowSourceKind.XLSX, b"PAR1": RowSourceKind.PARQUET, b"{": RowSourceKind.JSON_LINES}
"""What the kinds of standard input begin with that are no CSV."""


@dataclass(frozen=True, slots=True)
class RowSource:
    """A file, what it holds, and what it is called in messages."""

    path: Path
    kind: RowSourceKind
    label: str


@contextmanager
def sources(paths: Iterable[Path], out: Path) -> Iterator[tuple[RowSource, ...]]:
    """Give the files in ``paths``: files, folders (with all below them), patterns such as ``*.csv``, or ``-``.

    What lies in ``out``, or in another folder that a batch has written, is left aside. Standard input is kept in a
    file of its own while this lasts, as it is read more than once.
    Raises InputError with every path where there is nothing that can be read.
    """
    with tempfile.TemporaryDirectory(prefix="readiness-") as folder:
        problems: list[Problem] = []
        found: dict[Path, RowSource] = {}
        for path in paths:
            if path == STDIN:
                found[path] = _standard_input(Path(folder) / "input")
                continue
            for file in _files(path, out, problems):
                kind = _KINDS.get(file.suffix.lower())
                if kind is None:
                    todo = f"Name a file that ends in {', '.join(_KINDS)}."
                    problems.append(Problem("What this file holds can’t be told from its name", todo, Place(str(file))))
                else:
                    found.setdefault(file, RowSource(file, kind, str(file)))
        if problems:
            raise InputError(problems)
        yield tuple(found.values())


def _files(path: Path, out: Path, problems: list[Problem]) -> Iterator[Path]:
    if path.is_dir():
        made = [out.resolve(), *(lock.parent.resolve() for lock in path.rglob(LOCK))]
        below = [
            file
            for file in sorted(path.rglob("*"))
            if _holds_rows(file.relative_to(path)) and file.is_file() and not _made_by_a_batch(file, made)
        ]
        if not below:
            what = "There are no answers in this folder"
            todo = f"Answers are in files that end in {', '.join(_KINDS)}."
            problems.append(Problem(what, todo, Place(str(path))))
        yield from below
    elif path.exists():
        yield path
    else:
        matches = sorted(glob(str(path), recursive=True)) if has_magic(str(path)) else []  # noqa: PTH207 — any path
        if not matches:
            problems.append(Problem("There is no such file", "Check the name.", Place(str(path))))
        yield from (Path(match) for match in matches if Path(match).is_file())


def _made_by_a_batch(file: Path, folders: Iterable[Path]) -> bool:
    """Return whether the file lies in one of the folders that batches write into."""
    return any(file.resolve().is_relative_to(folder) for folder in folders)


def _holds_rows(file: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in file.parts)
    return file.suffix.lower() in _KINDS and not hidden and not file.name.endswith(PLAN_ENDING)


def _standard_input(copy: Path) -> RowSource:
    if sys.stdin is None:
        raise InputError(Problem("Standard input is closed", "Pipe the rows in, or name a file.", Place(str(STDIN))))
    with copy.open("wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    with copy.open("rb") as file:
        start = file.read(64).lstrip()
    kind = next((kind for begins, kind in _STARTS.items() if start.startswith(begins)), RowSourceKind.CSV)
    return RowSource(copy, kind, str(STDIN))


def read(source: RowSource, marking: Marking, date: str | None = None) -> Iterator[Read]:
    """Yield what the file holds: its rows, those that can't be used, and what a person should be told.

    ``date`` (as 2026-11-22) stands for the date of rows that have none.
    """
    try:
        match source.kind:
            case RowSourceKind.ASSESSMENT:
                assessment, notices = read_assessment(source.path, marking.bank)
                yield from (Notice(notice) for notice in notices)
                yield row_of(assessment, marking.bank, source.label)
            case RowSourceKind.CSV:
                yield from tables.csv_rows(source.path, source.label, marking, date)
            case RowSourceKind.XLSX:
                yield from tables.xlsx_rows(source.path, source.label, marking, date)
            case RowSourceKind.JSON_LINES:
                yield from tables.json_rows(source.path, source.label, marking, date)
            case RowSourceKind.PARQUET:
                yield from tables.parquet_rows(source.path, source.label, marking, date)
            case _:
                assert_never(source.kind)
    except InputError as error:
        yield Refused(error.problems)
    except OSError as error:
        what = f"The file can’t be read ({error.strerror or error})"
        yield Refused((Problem(what, "Check who may read it.", Place(source.label)),))
