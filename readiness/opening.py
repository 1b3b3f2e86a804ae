"""Opens files to be read, once it is known that they are files: a pipe or a device could keep us for ever."""

import errno
import os
import stat
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path


class NoFileError(OSError):
    """A pipe, a device or a socket in the place of a file."""


# On Windows there is neither, and a file is opened as text unless it is said otherwise.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


TOO_MANY_OPEN = (errno.EMFILE, errno.ENFILE)
FEWER_FILES = "Name fewer files at a time, such as one folder after the other."
"""What to do if a process may have no more files open."""


def opened(path: Path) -> BufferedReader:
    """Return the file, open to be read. Raises OSError if it can't be, and NoFileError if it is no ordinary file."""
    _is_a_file(path.stat().st_mode, path)  # before it is opened: to open a device can set it going
    handle = os.open(path, _FLAGS)
    try:
        _is_a_file(os.fstat(handle).st_mode, path)
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def _is_a_file(mode: int, path: Path) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise NoFileError(errno.EINVAL, "no ordinary file", str(path))


def real(path: Path) -> Path:
    """Return the path without symbolic links. One that leads round in a circle is left as it is.

    Unlike ``Path.resolve``, which raises a RuntimeError at a circle until Python 3.13.
    """
    return Path(os.path.realpath(path))


def paths_below(folder: Path, *, hidden: bool = True) -> Iterator[Path]:
    """Yield what is in the folder, and in those below it that can be read; no link to a folder is followed.

    ``hidden``: with what has a dot before its name. However deep they lie: until Python 3.12, ``os.walk`` and
    ``Path.rglob`` call themselves for each.
    """
    waiting = [folder]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            if entry.name.startswith(".") and not hidden:
                continue
            path = Path(entry.path)
            yield path
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)
