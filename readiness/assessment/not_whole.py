"""Files that have not come whole, by their names: parts of a download, and what stands for a file kept elsewhere."""

import re
from contextlib import suppress
from pathlib import Path

from readiness.assessment.endings import ENDINGS, TABLES
from readiness.errors import InputError, Place, Problem

_ENDINGS = (
    *(".crdownload", ".opdownload", ".download", ".part", ".partial", ".filepart"),
    *(".icloud", ".nextcloud", ".owncloud"),
)
_BEGINNINGS = (".syncthing.", "~syncthing~")

_NAME = rf"[^~].*?(?:{'|'.join(map(re.escape, sorted((*ENDINGS, *TABLES, '.pdf'), key=len, reverse=True)))})"
_SHORT_LIVED = re.compile(
    rf"\.(?P<hidden>{_NAME})\.[^.]+|(?P<plain>{_NAME})\.(?:tmp|temp|!sync|!ut|bts)|\.~(?P<tilde>{_NAME})", re.IGNORECASE
)
_OTHERS, _LEFT = (".readiness-", "._", ".#"), (".lock", ".swp", ".swo", ".bak", "~", "#")
"""What names begin and end with that are hidden, too: drafts and locks of ours, and what editors keep."""


def is_not_whole(name: str) -> bool:
    """Return if the name of a file says that it has not come whole."""
    low = name.lower()
    return low.endswith(_ENDINGS) or low.startswith(_BEGINNINGS)


def comes(path: Path) -> str | None:
    """Return the name of the file, not there yet, that ``path`` is a short-lived copy of; None if there is none.

    Programs that copy a file write it under such a name first, mostly a hidden one. Beside the whole file it is
    nothing: the one that is there is read.
    """
    low = path.name.lower()
    if is_not_whole(low) or low.startswith(_OTHERS) or low.endswith(_LEFT):
        return None
    found = _SHORT_LIVED.fullmatch(path.name)
    name = found and (found["hidden"] or found["plain"] or found["tilde"])
    return name if name and not path.with_name(name).exists() else None


def not_whole(path: Path) -> Problem:
    """Return what to say of such a file."""
    what = "This file has not been downloaded whole, and was not read"
    todo = "Wait until all of it is here, or download it again. If it is not needed, take it out of the folder."
    return Problem(what, todo, Place(str(path)))


def refuse_not_whole(path: Path) -> None:
    """Raise InputError if the name of the file says that it has not come whole: what is there could be read as all."""
    if is_not_whole(path.name):
        raise InputError(not_whole(path))


def refuse_to_begin(path: Path) -> None:
    """Raise InputError if there is no such file, but one beside it that stands for it until it has come."""
    if path.exists():
        return
    for name in (path.name, f".{path.name}"):
        for ending in _ENDINGS:
            beside = path.with_name(f"{name}{ending}")
            with suppress(OSError):  # a name that is too long is of no file
                if beside.lstat():
                    raise InputError(not_whole(beside))
