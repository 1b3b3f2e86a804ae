"""Reads what is piped in as if it were a file, and calls it by its own name in whatever is said about it."""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from readiness.assessment.file_kinds import in_lines
from readiness.assessment.reading import STDIN, no_answers
from readiness.errors import InputError, Place, Problem
from readiness.intake.kinds import InputKind, kind_of
from readiness.intake.tables import MAX_BYTES, Table
from readiness.roundtrip.collected import Collected

LABEL = Path("<stdin>")
"""What standard input is called in messages."""


def read_standard_input(kind: InputKind | None, read: Callable[[Path], Table | Collected]) -> Table | Collected:
    """Return what ``read`` makes of a file that holds standard input, which is of ``kind``, or what it begins like.

    Raises InputError where nothing comes in, and whatever ``read`` raises; all that is said names LABEL for the file.
    """
    data = b"" if sys.stdin is None else sys.stdin.buffer.read(MAX_BYTES + 1)
    if not data.strip():
        what = "Nothing came in on standard input"
        raise InputError(Problem(what, "Pipe a file in, or name it.", Place(str(LABEL))))
    if lines := in_lines(data, str(STDIN)):
        raise InputError(replace(no_answers(lines, str(STDIN)), place=Place(str(LABEL))))
    with tempfile.TemporaryDirectory(prefix="readiness-") as folder:
        copy = Path(folder) / f"input.{kind or kind_of(data)}"
        copy.write_bytes(data)
        try:
            content = read(copy)
        except InputError as error:
            raise InputError([_renamed(problem, copy) for problem in error.problems]) from None
    if isinstance(content, Table):
        return replace(content, file=str(LABEL))
    return replace(content, notices=tuple(notice.replace(str(copy), str(LABEL)) for notice in content.notices))


def _renamed(problem: Problem, copy: Path) -> Problem:
    place = problem.place
    if place and place.file == str(copy):
        place = replace(place, file=str(LABEL))
    return replace(problem, what=problem.what.replace(str(copy), str(LABEL)), place=place)
