"""Writes what was collected: one file a respondent, under a name that stays the same when it is collected again."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from readiness.assessment.naming import file_slug
from readiness.assessment.reading import holds_answers
from readiness.assessment.store import write_atomically
from readiness.collect.survey import Gathered
from readiness.errors import Place, Problem


@dataclass(frozen=True, slots=True)
class ToWrite:
    """The files to write in a folder and what goes into each, those that are there as they should be, and the rest.

    ``problems``: files that are there with something else in them, and may not be overwritten. ``others``: how many
    files of answers are in the folder that none of this is about.
    """

    files: tuple[tuple[Path, bytes], ...]
    unchanged: int
    others: int
    problems: tuple[Problem, ...]


def plan_files(gathered: Sequence[Gathered], folder: Path, *, force: bool) -> ToWrite:
    """Return what is to be written in ``folder``, which need not be there yet. Nothing is written."""
    named: dict[str, bytes] = {}
    for one in gathered:
        key = one.key
        while (name := f"{file_slug(one.assessment.team.name, key)}.json") in named:
            key += "\n"  # two hashes can be the same, if hardly ever
        named[name] = one.assessment.to_json().encode()
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    files, unchanged = [], 0
    problems = [_there_already(one.place) for one in gathered if _is_in(one, folder)]
    for name, data in named.items():
        path = folder / name
        if name in there and not path.is_symlink() and path.is_file() and path.read_bytes() == data:
            unchanged += 1
        elif name in there and not force:
            what = "This file is there already with other answers, and was not touched"
            problems.append(Problem(what, "Add --force to overwrite it, or choose another folder.", Place(str(path))))
        else:
            files.append((path, data))
    others = sum(holds_answers(name) for name in there - set(named))
    return ToWrite(tuple(files), unchanged, others, tuple(problems))


def _is_in(one: Gathered, folder: Path) -> bool:
    """Return whether the answers are a file in the folder: written there again, they would count twice."""
    file = Path(one.place.file)
    return not one.surveyed and holds_answers(file.name) and file.resolve().parent == folder.resolve()


def _there_already(place: Place) -> Problem:
    todo = "Leave it out, or choose another folder."
    return Problem("This file of answers is in the folder that is written in", todo, place)


def write_files(files: Sequence[tuple[Path, bytes]]) -> None:
    """Write each file whole or not at all. Raises OSError where one can't be written; run again to go on."""
    for path, data in files:
        write_atomically(path, data)
