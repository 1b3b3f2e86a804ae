"""Finds a question bank and reads it."""

from pathlib import Path

from pydantic import ValidationError
from pydantic_core import to_json

from readiness.bank.check import check
from readiness.bank.document import MAX_BYTES, MAX_NODES, DataPath, ParsedDocument, read_document
from readiness.bank.model import Bank
from readiness.bank.validation import in_order, validated
from readiness.errors import MOST_TOLD, InputError, Place, Problem
from readiness.resources import QUESTIONS
from readiness.text import closest, short

BANK_FILE = "bank.yaml"
"""The file that makes a folder a bank."""

_PARTS = "files"
_SPLIT = ("findings", "questions")


def banks(questions: Path = QUESTIONS) -> list[Path]:
    """Return the folders of the banks in ``questions``, in the order of their names."""
    return sorted(path.parent for path in questions.glob(f"*/{BANK_FILE}"))


def find_bank(name: str, questions: Path = QUESTIONS) -> Path:
    """Return the folder of the bank called ``name`` in ``questions``, or of the bank that ``name`` itself is.

    Raises InputError if there is none, naming those there are.
    """
    for folder in (questions / name, Path(name)):
        if (folder / BANK_FILE).is_file():
            return folder
    known = [path.name for path in banks(questions)]
    close = closest(name, known)
    meant = f'Did you mean "{close}"? ' if close else ""
    todo = f"{meant}Name one of these: {', '.join(known)}. Or name a folder that holds a {BANK_FILE}."
    raise InputError(Problem(f'There is no question bank "{name}"', todo))


def load_bank(folder: Path) -> Bank:
    """Return the bank in ``folder``, checked.

    Raises InputError with all problems at once: of form, and then of what fits together. If a file of it can't be read,
    only that is told, of every file.
    """
    document = read_bank(folder)
    try:
        bank = validated(Bank, document)
    except InputError as error:
        raise InputError(in_order([*error.problems, *_beside(document)])) from None
    problems = check(bank, document)
    if problems:
        raise InputError(problems)
    return bank


def _beside(document: ParsedDocument) -> list[Problem]:
    """Return what is wrong in the entries of a bank that have the right form."""
    wrong: set[DataPath] = set()
    try:
        Bank.model_validate_json(to_json(document.data))
    except ValidationError as error:
        wrong = {detail["loc"][:_IN_ENTRIES] for detail in error.errors(include_url=False)}
    data = document.data if isinstance(document.data, dict) else {}
    kept: dict[str, object] = {key: value for key, value in data.items() if (key,) not in wrong}
    places = {path: place for path, place in document.places.items() if len(path) < _IN_ENTRIES}
    for key, entries in kept.items():
        fine = [at for at in range(len(entries)) if (key, at) not in wrong] if isinstance(entries, list) else []
        if isinstance(entries, list):
            kept[key] = [entries[at] for at in fine]
        numbers = {at: number for number, at in enumerate(fine)}
        for path, place in document.places.items():
            if len(path) >= _IN_ENTRIES and path[0] == key and isinstance(at := path[1], int) and at in numbers:
                places[(key, numbers[at], *path[2:])] = place
    try:
        bank = Bank.model_validate_json(to_json(kept))
    except ValidationError:  # too little of it is left
        return []
    return check(bank, ParsedDocument(kept, places), whole=False)


_IN_ENTRIES = 2
"""Names in the path of an entry of a list, such as ("questions", 3)."""


def bank_files(folder: Path) -> dict[str, Path]:
    """Return the files that the bank in ``folder`` is made of, by their names in it: translations too.

    Raises InputError if it can't be read.
    """
    read_bank(folder)
    names = read_document(folder / BANK_FILE).data
    parts = names.get(_PARTS, []) if isinstance(names, dict) else []
    found = [folder / BANK_FILE, *(folder / str(part) for part in parts), *sorted(folder.glob("languages/*.yaml"))]
    return {file.relative_to(folder).as_posix(): file for file in found}


def read_bank(folder: Path) -> ParsedDocument:
    """Return ``bank.yaml`` in ``folder`` with the findings and questions of the files it names under ``files``."""
    document = read_document(folder / BANK_FILE)
    if not isinstance(document.data, dict):
        raise InputError(Problem("A bank has named fields", 'Begin with "schema: 1".', document.place(())))
    data = dict(document.data)
    places = dict(document.places)
    paths, problems = _parts(folder, data.pop(_PARTS, []), document)
    for path in paths:
        try:
            _append(read_document(path), data, places)
        except InputError as error:
            problems += error.problems
        if len(problems) >= MOST_TOLD:
            break
    if problems:
        raise InputError(problems)
    return ParsedDocument(data, places)


def _parts(folder: Path, names: object, document: ParsedDocument) -> tuple[list[Path], list[Problem]]:
    """Return the files of their own that a bank names, each once, and what is wrong with the others.

    Raises InputError if they are together larger than one file may be.
    """
    found: dict[tuple[int, int], Path] = {}
    problems: list[Problem] = []
    size = (folder / BANK_FILE).stat().st_size
    for at, name in enumerate(names if isinstance(names, list) else [names]):
        place = document.place((_PARTS, at))
        path = folder / str(name)
        if not isinstance(name, str) or Path(name).name != name or not name.endswith(".yaml"):
            problems.append(
                Problem(f"{short(str(name))} is not the name of a .yaml file beside this one", "Fix it.", place)
            )
        elif not path.is_file():
            problems.append(Problem(f"There is no file {short(name)} beside this one", "Check the name.", place))
        else:
            about = path.stat()
            same = found.setdefault((about.st_dev, about.st_ino), path)
            size += about.st_size if same is path else 0
            if same is not path:
                what = f"{name} is here a second time" if same == path else f"{name} is the same file as {same.name}"
                problems.append(Problem(what, "Name each file once.", place))
        if size > MAX_BYTES:
            raise InputError([*problems, _too_much(f"are larger than {MAX_BYTES // 1_000_000} MB", place)])
        if len(problems) >= MOST_TOLD:
            break
    return [*found.values()], problems


def _too_much(what: str, place: Place) -> Problem:
    return Problem(f"The files of this bank together {what}", "Take out what it does not need.", place)


def _append(part: ParsedDocument, data: dict[str, object], places: dict[DataPath, Place]) -> None:
    """Append the lists of ``part`` to those of the bank, and their places to its places."""
    if len(places) + len(part.places) > MAX_NODES:
        raise InputError(_too_much(f"hold more than {MAX_NODES:,} parts", part.place(())))
    if not isinstance(part.data, dict) or any(key not in _SPLIT for key in part.data):
        todo = f"Only {' and '.join(_SPLIT)} may stand in a file of their own."
        raise InputError(Problem("This file does not fit into a bank", todo, part.place(())))
    for key, entries in part.data.items():
        before = data.setdefault(key, [])
        if not isinstance(entries, list) or not isinstance(before, list):
            place = places[(key,)] if isinstance(entries, list) else part.place((key,))
            raise InputError(Problem(f"{key} must be a list", 'Start each entry with "- ".', place))
        places.setdefault((key,), part.place((key,)))
        for path, place in part.places.items():
            if len(path) > 1 and path[0] == key and isinstance(at := path[1], int):
                places[(key, at + len(before), *path[2:])] = place
        before.extend(entries)
