"""Reads a form back that was filled in as a PDF."""

import json
import subprocess
import sys
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from readiness.assessment.form_mark import CHOICES, MARK, ROLE, SHOWN_ALONE
from readiness.bank.document import MAX_BYTES, read_bytes
from readiness.bank.model import Bank
from readiness.errors import Command, InputError, Place, Problem
from readiness.roundtrip.collected import Collected
from readiness.roundtrip.form_entries import Entry, Filled, Given, collected, is_place, read_mark
from readiness.roundtrip.form_pdf_process import LOCKED, OUTSIDE, TOO_MUCH
from readiness.text import listed, safe, short, some
from readiness.time_limit import SlowFiles, out_of_time

DEADLINE = 15.0
"""Seconds; a filled form takes one, or some if the computer is busy."""
SECONDS = 3.0
"""Of the processor's time; a filled form takes 0.3, and a folder can hold hundreds of files."""


_OF_NO_QUESTION = (ROLE, SHOWN_ALONE)
"""The places with something to choose that are no answers."""


def read_filled_pdf(
    path: Path, bank: Bank, given: Given | None = None, *, deadline: float = DEADLINE, slow: SlowFiles | None = None
) -> Collected:
    """Return the answers in a form that ``readiness form`` wrote as a PDF, and what to tell about them.

    What is ``given`` stands in for what the form leaves out.

    The file is read in another process, which has ``deadline`` seconds. One that takes too long is added to ``slow``;
    after too many of them, no other is opened. Raises InputError with all that can't be understood, and if the file is
    no form of ours, or was not opened.
    """
    slow = slow or SlowFiles()
    if slow.too_many:
        raise InputError(_not_opened(slow, Place(str(path))))
    return answers_in(fields_of(path, deadline, slow), str(path), bank, given)


def holds_form(fields: Iterable[str]) -> bool:
    """Return whether the names of a PDF's fields are those of one of our forms, or of some of its pages."""
    return any(_leaf(name).startswith(MARK) or is_place(_leaf(name)) for name in fields)


def answers_in(fields: Mapping[str, Sequence[str]], file: str, bank: Bank, given: Given | None = None) -> Collected:
    """Return the answers in the fields of a PDF, by their names. Raises InputError as ``read_filled_pdf``."""
    place = Place(file)
    if not any(fields.values()) and MARK not in fields:
        what = "There is nothing in this PDF that could be filled in"
        todo = "If it was printed or scanned to a PDF, send the file that was filled in. "
        raise InputError(Problem(what, f"{todo}Otherwise type the answers in again.", place))
    if not any(_leaf(name).startswith(MARK) for name in fields):
        if holds_form(fields):
            what = "This form lacks its first page, which says what it asks"
            raise InputError(Problem(what, "Send the form whole, with all its pages.", place))
        what = "This PDF is not one of our forms"
        form = Command("form", (), ("-o", "form.pdf"))
        raise InputError(Problem(what, "Fill in one that was made here, with", place, form))
    marks = [text for name, texts in fields.items() if _leaf(name).startswith(MARK) for text in texts or [""]]
    if len(marks) > 1:
        what = f"There are {len(marks)} forms in this PDF, put together as one file"
        raise InputError(Problem(what, "Send each form as a file of its own, as it was saved.", place))
    mark = read_mark("".join(marks), file)
    problems = []
    found = _by_leaf(fields)
    choices = "".join(found.pop(CHOICES, [])).splitlines()
    for name, values in found.items():
        if len(values) > 1 and name not in (MARK, OUTSIDE):
            ticked = ", ".join(safe(value)[:40] for value in values[:5])
            asked = bank.question_by_id.get(name.partition(":")[2])
            what = f"There is more than one answer in “{safe(asked.name if asked else name)[:80]}”: {ticked}"
            problems.append(Problem(what, "Open the form, choose one of them, and save it.", place))
    entries = {name: Entry(values[0] if values else "", place) for name, values in found.items()}
    read = collected(Filled(file, mark, entries), bank, problems, given or Given())
    beside = [text for name, texts in found.items() if name != MARK and not is_place(name) for text in texts]
    return replace(read, notices=(*_gone(choices, found, place), *read.notices, *_not_read(beside, place)))


def _gone(choices: Sequence[str], found: Container[str], place: Place) -> Iterator[str]:
    """Yield what to tell of places with something to choose that the form had as it went out: their pages are gone."""
    numbers = {name: at for at, name in enumerate((one for one in choices if one not in _OF_NO_QUESTION), start=1)}
    gone = [at for name, at in numbers.items() if name not in found]
    parts = [f"{'question' if len(gone) == 1 else 'questions'} {listed(_in_runs(gone))}"] if gone else []
    if SHOWN_ALONE in choices and SHOWN_ALONE not in found:
        parts.append("the agreement to show a role’s answers")
    if parts:
        told = f"{place}: Pages of this form are missing: those with {listed(parts)}."
        yield f"{told} If somebody took them out by mistake, ask for the whole form."


def _in_runs(numbers: Sequence[int]) -> list[str]:
    """Return numbers in words, such as "5 to 9", each run of them once."""
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(numbers), lambda numbered: numbered[1] - numbered[0])
    ]
    return [str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]


def _not_read(texts: Sequence[str], place: Place) -> Iterator[str]:
    """Yield what to tell of texts that stand in none of our fields."""
    if texts:
        told = some([f"“{short(text)}”" for text in texts])
        yield f"{place}: There is text in this PDF that is in none of our fields, and was not read: {told}."


def _by_leaf(fields: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return what stands in the fields by their own names: a program may have put others above some of them."""
    found: dict[str, list[str]] = {}
    for name, values in fields.items():
        found.setdefault(_leaf(name), []).extend(values)
    return found


def _leaf(name: str) -> str:
    """Return a field's own name, without those of the fields above it."""
    return name.rpartition(".")[2]


def fields_of(path: Path, deadline: float = DEADLINE, slow: SlowFiles | None = None) -> Mapping[str, list[str]]:
    """Return what stands in each field of a PDF, by its name. Raises InputError as ``read_filled_pdf``."""
    slow = slow or SlowFiles()
    data = read_bytes(path)
    if len(data) > MAX_BYTES:
        what = f"The file is larger than {MAX_BYTES // 1_000_000} MB"
        raise InputError(Problem(what, "Check that it is the right file.", Place(str(path))))
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "readiness.roundtrip.form_pdf_process"],  # -P: no module of this folder
            input=f"{SECONDS}\n".encode() + data,
            capture_output=True,
            timeout=deadline,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_long(deadline, path, slow) from None
    if out_of_time(done.returncode):
        raise _too_long(SECONDS, path, slow)
    try:
        found: Mapping[str, list[str]] | str = json.loads(done.stdout)
    except ValueError:
        raise InputError(Problem("This is not a PDF that we can read", _TODO, Place(str(path)))) from None
    if isinstance(found, str):
        raise InputError(_refused(found, Place(str(path))))
    return found


def _too_long(seconds: float, path: Path, slow: SlowFiles) -> InputError:
    """Return the error for a file that took too long, which is now one of the ``slow``."""
    slow.names.append(str(path))
    what = f"Reading this PDF took more than {seconds:g} seconds, and was stopped"
    return InputError(Problem(what, _TODO, Place(str(path))))


def _not_opened(slow: SlowFiles, place: Place) -> Problem:
    names = listed(slow.names, "and")
    what = f"This PDF was not opened, because others took too long to read: {names}"
    return Problem(what, "Save those again, or take them away. Then run the same command again.", place)


def _refused(how: str, place: Place) -> Problem:
    """Return what to say of a file that is not read: ``how`` is LOCKED, NO_CIPHER or TOO_MUCH."""
    if how == TOO_MUCH:
        what = "This PDF holds more pages, fields or text than a form of ours can have"
        return Problem(what, "Check that it is the right file.", place)
    if how == LOCKED:
        todo = "Open it with its password, and save it without one. Or ask for the form without a password."
        return Problem("This PDF opens only with a password", todo, place)
    todo = "Install it: pip install 'pypdf[crypto]'. Or open the file, and print it to a PDF without protection."
    return Problem("This PDF is protected, and the part that reads such files is not installed", todo, place)


_TODO = "Open it in the program that it was filled in with, and save it again."
