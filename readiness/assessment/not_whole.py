"""Files that have not come whole, by their names: parts of a download, and what stands for a file kept elsewhere."""

from pathlib import Path

from readiness.errors import InputError, Place, Problem

_ENDINGS = (
    *(".crdownload", ".opdownload", ".download", ".part", ".partial", ".filepart"),
    *(".icloud", ".nextcloud", ".owncloud"),
)
_BEGINNINGS = (".syncthing.", "~syncthing~")


def is_not_whole(name: str) -> bool:
    """Return if the name of a file says that it has not come whole."""
    low = name.lower()
    return low.endswith(_ENDINGS) or low.startswith(_BEGINNINGS)


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
            if beside.exists():
                raise InputError(not_whole(beside))
