"""Input files of a batch: finds them, and reads each by its kind, row by row."""

import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path

from readiness.assessment.file_kinds import FORM, PDF
from readiness.assessment.reading import MAPPING_NAME, PLAN_ENDING, STDIN, no_answers, read_assessment
from readiness.bank.document import read_bytes
from readiness.batch.row_reader import TableTerms, table_rows
from readiness.batch.rows import Read, Refused, row_of
from readiness.batch.scorer import Marking
from readiness.errors import InputError, Notice, Place, Problem
from readiness.intake.json_results import json_results
from readiness.intake.kinds import ASSESSMENTS, TABLES, InputKind, is_pdf, kind_of
from readiness.intake.respondents import gathered_whole
from readiness.intake.table_files import open_table, renamed

LOCK = ".readiness-lock"
"""The file by which a batch keeps a folder for itself: it marks the folder, too."""

_KINDS = {**ASSESSMENTS, **TABLES}
_START = 1_000_000
"""Bytes by which the kind of standard input is known."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file, its kind, and its name in messages."""

    path: Path
    kind: InputKind
    label: str


@contextmanager
def input_files(paths: Iterable[Path], out: Path) -> Iterator[tuple[InputFile, ...]]:
    """Give the files in ``paths``: files, folders (with all below them), patterns such as ``*.csv``, or ``-``.

    Files in ``out``, or in another folder that a batch has written, are left aside. Standard input is kept in a file of
    its own while this lasts, as it is read more than once.
    Raises InputError with every path if there is nothing that can be read.
    """
    with tempfile.TemporaryDirectory(prefix="readiness-") as folder:
        problems: list[Problem] = []
        found: dict[Path, InputFile] = {}
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
                    found.setdefault(file, InputFile(file, kind, str(file)))
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
    beside = file.name.endswith(PLAN_ENDING) or file.name == MAPPING_NAME
    return file.suffix.lower() in _KINDS and not hidden and not beside


def _standard_input(copy: Path) -> InputFile:
    if sys.stdin is None:
        raise InputError(Problem("Standard input is closed", "Pipe the rows in, or name a file.", Place(str(STDIN))))
    with copy.open("wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    with copy.open("rb") as file:
        start = file.read(_START)
    kind = kind_of(start)
    if kind is InputKind.JSON and start.count(b"\n", 0, len(start.rstrip())) == 0:
        kind = InputKind.JSON_LINES  # a line alone
    named = copy.with_suffix(f".{kind}")
    copy.rename(named)
    return InputFile(named, kind, str(STDIN))


def read(file: InputFile, marking: Marking, terms: TableTerms) -> Iterator[Read]:
    """Yield what the file holds: its rows, those that can't be used, and what a person should be told."""
    try:
        if file.kind in ASSESSMENTS.values() and (results := json_results(file.path, file.label)):
            yield from table_rows(results, marking, terms)
        elif file.kind in ASSESSMENTS.values():
            assessment, notices = read_assessment(file.path, marking.bank)
            yield from (Notice(notice) for notice in notices)
            whole = gathered_whole(assessment, Place(file.label), terms.given, marking.bank.roles).assessment
            yield row_of(whole, marking.bank, file.label)
        elif (kind := _kind_to_collect(file)) is not None:
            yield Refused((no_answers(kind, file.label),))
        else:
            yield from table_rows(open_table(file.path, file.label), marking, terms)
    except InputError as error:
        yield Refused(renamed(error, file.path, file.label).problems)
    except OSError as error:
        what = f"The file can’t be read ({error.strerror or error})"
        yield Refused((Problem(what, "Check who may read it.", Place(file.label)),))


def _kind_to_collect(file: InputFile) -> str | None:
    """Return the name of a kind of file that holds a form, and no table; None for other files."""
    from readiness.roundtrip.form_xlsx_read import is_form

    start = read_bytes(file.path, _START)
    if is_pdf(start):
        return PDF
    return FORM if start.startswith(b"PK") and file.kind is InputKind.XLSX and is_form(file.path) else None
