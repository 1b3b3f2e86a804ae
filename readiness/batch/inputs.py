"""Input files of a batch: finds them, and reads each by its kind, row by row."""

import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path

from readiness.assessment.endings import ending
from readiness.assessment.file_kinds import FORM, PDF
from readiness.assessment.folder_files import folder_files, is_text_table, not_read, people_named, without_copies
from readiness.assessment.reading import STDIN, read_people, team_in
from readiness.assessment.unread_kinds import no_answers, unread_kind
from readiness.bank.document import read_bytes
from readiness.batch.blocks import PlainRows
from readiness.batch.row_reader import TableTerms, table_rows
from readiness.batch.rows import Read, Refused, RespondentRow, row_of
from readiness.batch.scorer import Marking
from readiness.errors import InputError, Notice, Place, Problem
from readiness.file_version import ChangedFileError, FileVersion
from readiness.intake.json_results import json_results
from readiness.intake.kinds import ASSESSMENTS, TABLES, InputKind, is_pdf, kind_of
from readiness.intake.respondents import gathered_whole
from readiness.intake.table_files import open_table, renamed
from readiness.opening import paths_below, real
from readiness.temporary_folders import temporary_folder
from readiness.text import safe

_KINDS = {**ASSESSMENTS, **TABLES}
_START = 1_000_000
"""Bytes by which the kind of standard input is known."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file, its kind, its name in messages, and how it was when it was found: it is read more than once."""

    path: Path
    kind: InputKind
    label: str
    version: FileVersion | None


@dataclass(frozen=True, slots=True)
class InputFiles:
    """The files to read, those in folders that are ``awaited``, and what to tell of others that are not read."""

    files: tuple[InputFile, ...]
    notices: tuple[Notice, ...] = ()
    awaited: tuple[Problem, ...] = ()


@contextmanager
def input_files(paths: Iterable[Path], out: Path) -> Iterator[InputFiles]:
    """Give the files in ``paths``: files, folders (with all below them), patterns such as ``*.csv``, or ``-``.

    Files in ``out``, or in another folder that a batch has written, are left aside. Standard input is kept in a file of
    its own while this lasts, as it is read more than once.
    Raises InputError with every path if there is nothing that can be read.
    """
    with temporary_folder() as folder:
        problems: list[Problem] = []
        notices: list[Notice] = []
        awaited: list[Problem] = []
        found: dict[Path, InputFile] = {}
        people, copies = people_named([*paths])
        notices += map(Notice.of, copies)
        for path in people:
            if path == STDIN:
                found[path] = _standard_input(folder / "input")
                continue
            for file in _files(path, out, problems, notices, awaited):
                kind = _KINDS.get(ending(file.name)) or (InputKind.CSV if is_text_table(file) else None)
                if kind is None:
                    problems.append(not_read(file))
                else:
                    found.setdefault(real(file), InputFile(file, kind, str(file), FileVersion.of(file)))
        if problems:
            raise InputError(problems)
        yield InputFiles(tuple(found.values()), tuple(notices), tuple(awaited))


def _files(
    path: Path, out: Path, problems: list[Problem], notices: list[Notice], awaited: list[Problem]
) -> Iterator[Path]:
    if path.is_dir():
        inside = folder_files(path, _KINDS, below=True, aside=out)
        awaited += inside.awaited
        if inside.files or inside.awaited:
            notices += inside.notices
        else:
            what = "There are no answers in this folder"
            todo = f"Answers are in files that end in {', '.join(_KINDS)}."
            problems += (Problem(what, todo, Place(str(path))), *inside.left_out)
        yield from inside.files
    elif path.exists():
        yield path
    else:
        matches = _matching(path) if has_magic(str(path)) else []
        if not matches:
            problems.append(Problem("There is no such file", "Check the name.", Place(str(path))))
        kept, copies = without_copies(match for match in matches if match.is_file())
        notices += map(Notice.of, copies)
        yield from kept
        for folder in matches:
            if folder.is_dir() and path.name != _BELOW:  # which has looked into them all
                yield from _files(folder, out, problems, notices, awaited)


def _matching(pattern: Path) -> list[Path]:
    """Return what fits the pattern. As in a shell, ``**`` stands for all folders below, without hidden ones.

    It stands for no link to a folder: links can lead round in a circle, and each turn would double the folders.
    """
    found = {Path()}
    for part in (*pattern.parts, *("*" for last in pattern.parts[-1:] if last == _BELOW)):
        if part == _BELOW:
            found = _with_all_below(found)
        elif has_magic(part):
            found = {folder / name for folder in found for name in glob(part, root_dir=folder)}  # noqa: PTH207 — not hidden
        else:
            found = {folder / part for folder in found}
    return sorted((path for path in found if path.exists()), key=str)


def _with_all_below(folders: set[Path]) -> set[Path]:
    """Return the folders, and all below them. After ``**``, each is below others of them, and is looked into once."""
    reached: set[Path] = set()
    for folder in sorted(folders):  # those above come first
        if folder not in reached:
            reached.update(_folders_below(folder))
    return reached


def _folders_below(folder: Path) -> Iterator[Path]:
    """Yield the folder, if it is one, and those below it."""
    if folder.is_dir():
        yield folder
    yield from (path for path in paths_below(folder, hidden=False) if path.is_dir() and not path.is_symlink())


_BELOW = "**"


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
    return InputFile(named, kind, str(STDIN), FileVersion.of(named))


def read(file: InputFile, marking: Marking, terms: TableTerms, bank_folder: Path) -> Iterator[Read | PlainRows]:
    """Yield what the file holds: its rows (plain ones in blocks), those that can't be used, and what to tell.

    Raises ChangedFileError if a table is not as it was found: rows of it that were yielded do not count.
    """
    try:
        if file.kind in ASSESSMENTS.values() and (results := json_results(file.path, file.label)):
            yield from table_rows(results, marking, terms)
        elif file.kind in ASSESSMENTS.values():
            people, notices = read_people(file.path, marking.bank)
            yield from (Notice(notice) for notice in notices)
            place, known = Place(file.label), marking.bank.roles
            whole = (gathered_whole(one, place, terms.given, known).assessment for one in people)
            rows = (row_of(one, marking.bank, file.label) for one in whole)
            yield from _in_todays_meaning(rows, marking, bank_folder, file.label)
        elif (kind := _kind_to_collect(file)) is not None:
            yield Refused((no_answers(kind, file.label),))
        else:
            sheet = terms.given.sheet
            table = open_table(file.path, file.label, names=terms.names, sheet=sheet, version=file.version)
            yield from _in_todays_meaning(table_rows(table, marking, terms), marking, bank_folder, file.label)
    except ChangedFileError:
        raise
    except InputError as error:
        team = team_in(file.path) if file.kind in ASSESSMENTS.values() else None
        organisation = (team and team.organisation) or terms.given.organisation or ""
        yield Refused(renamed(error, file.path, file.label).problems, safe(team.name if team else ""), organisation)
    except OSError as error:
        what = f"The file can’t be read ({error.strerror or error})"
        yield Refused((Problem(what, "Check who may read it.", Place(file.label)),))


def _in_todays_meaning(
    found: Iterable[Read | PlainRows], marking: Marking, bank_folder: Path, label: str
) -> Iterator[Read | PlainRows]:
    """Yield what was found, answers to an older version as far as they mean the same today. Tells what is left out."""
    left_out: dict[str, None] = {}
    for one in found:
        if (
            not isinstance(one, RespondentRow)
            or not (whole := one.assessment)
            or not whole.bank.is_another_version(marking.bank)
        ):
            yield one
        else:
            from readiness.assessment.migrating import in_the_meaning_of

            [today], lost = in_the_meaning_of(marking.bank, [whole], bank_folder)
            left_out |= dict.fromkeys(lost)
            row = row_of(today, marking.bank, one.file, one.number)
            yield row._replace(response=one.response, numbered=one.numbered, sent=one.sent, answered=whole)
    if left_out:
        from readiness.assessment.migrating import meant_otherwise

        yield Notice(f"{label}: {meant_otherwise(marking.bank, [*left_out])}")


def _kind_to_collect(file: InputFile) -> str | None:
    """Return the name of a kind of file that holds a form, and no table; None for other files."""
    from readiness.roundtrip.form_xlsx_read import is_form

    start = read_bytes(file.path, _START)
    if is_pdf(start):
        return PDF
    is_book = start.startswith(b"PK") and file.kind in (InputKind.XLSX, InputKind.ODS)
    return FORM if is_book and unread_kind(read_bytes(file.path), file.label) is None and is_form(file.path) else None
