"""Files of a folder that answers are in, by one rule for every command, and why each other file is not read."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from readiness.assessment.earlier import is_earlier, named_by_day, todays, todays_gone
from readiness.assessment.endings import ENDINGS, LOCK, MAPPING_NAME, PLAN_ENDING, SEPARATED, TABLES, TEXT, ending
from readiness.assessment.file_kinds import foreign, is_tabbed
from readiness.assessment.not_whole import comes, is_not_whole, may_be, not_whole
from readiness.assessment.unread_kinds import no_answers, unread_kind
from readiness.bank.document import read_bytes
from readiness.errors import MOST_TOLD, InputError, Notice, Place, Problem
from readiness.opening import real

_BESIDE = (PLAN_ENDING, "~", ".bak", ".swp", ".tmp")
_START = 100_000
"""Bytes by which a table is known: a first line with the questions' words is long."""
_SYSTEM = frozenset({MAPPING_NAME, "thumbs.db", "desktop.ini", "icon\r", "__macosx"})


def holds_answers(name: str) -> bool:
    """Return whether a file of this name, in a folder of answers, is one of them."""
    return ending(name) in ENDINGS and not _is_beside(name)


def _is_beside(name: str) -> bool:
    """Return whether the file belongs to a program, or is one that we keep beside answers: nothing is said of it."""
    low = name.lower()
    if is_not_whole(name):
        return False
    of_emacs = low.startswith("#") and low.endswith("#")
    return low.startswith((".", "~$")) or of_emacs or low.endswith(_BESIDE) or low in _SYSTEM


def _is_awaited(path: Path, endings: Collection[str]) -> bool:
    """Return if the file has not come whole, and is to be one whose name ends in one of ``endings``."""
    if is_not_whole(path.name):
        return may_be(path.name, endings) and not _is_folder(path)
    name = comes(path)
    return name is not None and ending(name) in endings and not path.is_dir()


def _is_folder(path: Path) -> bool:
    """Return if this is a folder to look into. Safari downloads into one, and Unison copies one under a hidden name."""
    low = path.name.lower()
    return path.is_dir() and not (is_not_whole(low) and (low.startswith(".") or low.endswith(".download")))


@dataclass(frozen=True, slots=True)
class FolderFiles:
    """Files of a folder that are read, and why each of the others is not.

    ``awaited``: files that would be read, and have not come whole. Without them, the answers are of fewer people.
    """

    files: tuple[Path, ...]
    left_out: tuple[Problem, ...]
    awaited: tuple[Problem, ...] = ()

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What to tell of the files that are not read: of each of the first, and how many more there are."""
        more = len(self.left_out) - MOST_TOLD
        rest = [Notice(f"{more} more {'file was' if more == 1 else 'files were'} not read.")] if more > 0 else []
        return (*map(Notice.of, self.left_out[:MOST_TOLD]), *rest)


def folder_files(
    folder: Path, endings: Collection[str], *, below: bool = False, aside: Path | None = None
) -> FolderFiles:
    """Return the files in the folder whose names end in one of ``endings``, in order, and why the others are not read.

    ``below``: with those in its subfolders. Hidden files, those that programs keep beside others and earlier copies of
    answers are passed over, and so are folders that a batch has written, and the one to be left ``aside``. A copy of
    answers that are gone is not read.
    Raises InputError if a folder can't be opened.
    """
    files: list[Path] = []
    left_out: list[Problem] = []
    awaited: list[Problem] = []
    by_day = cache(named_by_day)
    left_out += _written(folder)
    for path in _entries(folder, below=below):
        if aside is not None and real(path).is_relative_to(real(aside)):
            continue
        if _is_awaited(path, endings):
            awaited.append(not_whole(path))
        elif comes(path):
            continue
        elif _is_folder(path):
            left_out += _not_looked_into(path)
        elif (today := todays_gone(path)) and not by_day(path.parent):
            left_out.append(_withdrawn(path, today))
        elif _is_read(path, endings):
            files.append(path)
        else:
            left_out.append(not_read(path))
    return FolderFiles(tuple(files), tuple(left_out), tuple(awaited))


def without_copies(files: Iterable[Path], named: Collection[Path] | None = None) -> tuple[list[Path], list[Problem]]:
    """Return those of the files that a folder would be read with, as far as earlier copies go, and why not the others.

    Whoever names several files, or all of a pattern, means people: none of them twice, and nobody who withdrew. If it
    is known which files are ``named``, a copy may stay whose answers of today are none of them.
    """
    kept: list[Path] = []
    left_out: list[Problem] = []
    by_day = cache(named_by_day)
    for file in files:
        newer = todays(file)
        if newer is not None and (named is None or real(newer) in named):
            what = "This is an earlier copy of answers that are here too, and was not counted"
            left_out.append(Problem(what, "To see it, name it alone.", Place(str(file))))
        elif (today := todays_gone(file)) and not by_day(file.parent):
            left_out.append(_withdrawn(file, today))
        else:
            kept.append(file)
    return kept, left_out


def _hides_answers(folder: Path) -> bool:
    """Return whether a batch wrote the folder, so that nothing in it is read, and there may be answers beside that."""
    with suppress(OSError):  # which is told when the folder is looked into
        return (folder / LOCK).exists() and any(holds_answers(path.name) for path in folder.iterdir())
    return False


def _written(folder: Path) -> Iterator[Problem]:
    if _hides_answers(folder):
        what = "This folder was written by a batch, so nothing in it was read"
        yield Problem(what, "If it holds answers, move them to a folder of their own.", Place(str(folder)))


def _not_looked_into(folder: Path) -> Iterator[Problem]:
    yield from _written(folder)
    if any(_entries(folder, below=True)):
        what = "This is a folder in a folder, and was not read"
        yield Problem(what, "Name it, too, if it holds answers.", Place(str(folder)))


def people_named(paths: Sequence[Path]) -> tuple[Sequence[Path], Sequence[Problem]]:
    """Return the paths ``without_copies`` of answers that are named too, or of some that are gone; and why not these.

    Only if all that are named are copies, they are what a person wants to see: the answers of that time.
    """
    files = [path for path in paths if path.is_file()]
    kept, left_out = without_copies(files, {*map(real, files)})
    if not kept or len(paths) == 1:
        return paths, ()
    copies = {*files} - {*kept}
    return [path for path in paths if path not in copies], left_out


def _withdrawn(path: Path, today: Path) -> Problem:
    what = f"This is named as an earlier copy of {today.name}, which is not here, and was not counted"
    todo = f"If this person withdrew, delete the copy. Otherwise name it {today.name}."
    return Problem(what, todo, Place(str(path)))


def _is_read(path: Path, endings: Collection[str]) -> bool:
    if is_not_whole(path.name):
        return False
    return ending(path.name) in endings or (not {*SEPARATED}.isdisjoint(endings) and is_text_table(path))


def is_text_table(path: Path) -> bool:
    """Return if the file is a table although its name says only that it is text. False if it can't be read."""
    try:
        return ending(path.name) == TEXT and is_tabbed(read_bytes(path, _START))
    except InputError:
        return False


def _entries(folder: Path, *, below: bool) -> Iterator[Path]:
    """Yield what the folder holds, in order; with ``below``, the files in its subfolders in the place of these.

    Raises InputError if a folder can't be opened.
    """
    waiting = [_inside(folder)]  # one for each folder that the next lies in: they can lie a thousand deep
    while waiting:
        path = next(waiting[-1], None)
        if path is None:
            waiting.pop()
        elif (_is_beside(path.name) and (path.is_dir() or not comes(path))) or is_earlier(path):
            continue
        elif below and _is_folder(path) and not path.is_symlink():  # a link may lead round in a circle
            if _hides_answers(path):
                yield path
            waiting.append(_inside(path))
        else:
            yield path


def _inside(folder: Path) -> Iterator[Path]:
    try:
        return iter([] if (folder / LOCK).exists() else sorted(folder.iterdir()))  # a batch wrote what is in it
    except OSError as error:
        what = f"The folder can't be read ({error.strerror})"
        raise InputError(Problem(what, "Check who may read it.", Place(str(folder)))) from None


def not_read(path: Path) -> Problem:
    """Return why the file is not read, and what to do about it."""
    file = str(path)
    if is_not_whole(path.name):
        return not_whole(path)
    try:
        data = read_bytes(path)
    except InputError as error:
        return error.problems[0]
    unread = unread_kind(data, path.name)
    if unread is not None:
        return Problem(f"This is {unread.kind}, and was not read", unread.todo, Place(file))
    kind = foreign(data, path.name)
    if kind is not None:
        return replace(no_answers(kind, file), what=f"This is {kind}, and was not read")
    return Problem("It is not known what this file holds, and it was not read", _rename(data), Place(file))


def _rename(data: bytes) -> str:
    if not data.strip():
        return "There is nothing in it. If it should hold answers, ask for it again."
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return f"If it holds answers, have its name end in {ENDINGS[0]}."
    return f"If it holds answers, have its name end in what it is: {', '.join((*ENDINGS, *TABLES))} or .pdf."
