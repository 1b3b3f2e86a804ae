"""Files that have not come whole, by their names: parts of a download, and what stands for a file kept elsewhere."""

import re
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from readiness.assessment.endings import ENDINGS, TABLES
from readiness.errors import InputError, Place, Problem

_ENDINGS = (
    *(".crdownload", ".opdownload", ".download", ".part", ".partial", ".filepart", ".aria2"),  # downloads
    *(".icloud", ".nextcloud", ".owncloud"),  # what stands for a file until it is opened
    *(".unison.tmp", ".mega"),  # copies to or from another computer
)
_BEGINNINGS = (
    *(".syncthing.", "~syncthing~", ".getxfer.", ".goutputstream-"),
    *(".com.google.chrome.", ".org.chromium.chromium.", ".com.microsoft.edge."),
)
_UNNAMED = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp")
"""What a browser calls a download before it has a name."""
_KIND = re.compile(r"\.(?!tmp$)[a-z]{1,8}[0-9]?")
"""What the ending of a name looks like that says what is in the file."""

_SHOWN = re.compile(
    rf"(?P<name>[^~].*(?:{'|'.join(map(re.escape, (*ENDINGS, *TABLES, '.pdf')))}))(?P<more>(?![a-z0-9]).*)",
    re.IGNORECASE | re.DOTALL,
)
"""The longest name that can be the file's when it has come, and what a program has put after it."""
_COPIES = re.compile(r".*([.~_](tmp|temp|!sync|!ut|!qb|bts|ffs_tmp|gstmp)|\.sb-[^.]+)", re.IGNORECASE | re.DOTALL)
_OTHERS, _LEFT = (".readiness-", "._", ".#"), (".lock", ".swp", ".swo", ".bak", "~", "#")
"""What names begin and end with that are hidden, too: drafts and locks of ours, and what editors keep."""


def is_not_whole(name: str) -> bool:
    """Return if the name of a file says that it has not come whole."""
    low = name.lower()
    return low.endswith(_ENDINGS) or low.startswith(_BEGINNINGS) or bool(_UNNAMED.fullmatch(low))


def may_be(name: str, endings: Collection[str]) -> bool:
    """Return if a file that has not come whole may be one whose name ends in one of ``endings``.

    So it is if its name has one of them anywhere, or shows no ending: of "Unconfirmed 1.crdownload" nobody can tell.
    """
    low = name.lower()
    if any(re.search(rf"{re.escape(each)}(?![a-z0-9])", low) for each in endings):
        return True
    for mark in _BEGINNINGS:
        low = low.removeprefix(mark)
    for mark in (*_ENDINGS, ".tmp"):
        low = low.removesuffix(mark)
    return not _KIND.fullmatch(Path(low).suffix)


def comes(path: Path) -> str | None:
    """Return the name of the file, not there yet, that ``path`` is a short-lived copy of; None if there is none.

    Programs that copy a file write it under such a name first: a hidden one with more after the ending of answers, or
    one that says so. Beside the whole file it is nothing: the one that is there is read.
    """
    low = path.name.lower()
    if is_not_whole(low) or low.startswith(_OTHERS) or low.endswith(_LEFT):
        return None
    hidden, tilde = low.startswith("."), low.startswith(".~")
    shown = _SHOWN.fullmatch(path.name[hidden + tilde :])
    if shown is None or not (tilde or (hidden and shown["more"]) or _COPIES.fullmatch(shown["more"])):
        return None
    return None if path.with_name(shown["name"]).exists() else shown["name"]


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
