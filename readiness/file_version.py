"""Tells whether a file was changed by another program while it was read: parts of two would be mixed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from readiness.errors import InputError, Place, Problem


class FileVersion(NamedTuple):
    """A file, by its name in messages, as it was at one time.

    Its inode is no part of it: some network folders give another one at each look.
    """

    name: str
    size: int
    changed: int

    @classmethod
    def of(cls, path: Path) -> "FileVersion | None":
        """Return the file as it is now; None if it can't be looked at."""
        try:
            now = path.stat()
        except OSError:
            return None
        return cls(str(path), now.st_size, now.st_mtime_ns)


class ChangedFileError(InputError):
    """A file that was changed while it was read: nothing that was read of it counts."""

    @classmethod
    def of(cls, file: str) -> "ChangedFileError":
        """Return the error for the file that messages call ``file``."""
        what, todo = "This file was changed while it was read", "Run the same command again once it is saved."
        return cls(Problem(what, todo, Place(file)))


@contextmanager
def unchanged(path: Path, file: str, before: FileVersion | None) -> Iterator[None]:
    """Read ``path``, called ``file`` in messages, in the context; it must be as it was ``before``, then and after.

    Raises ChangedFileError if it is not, also in place of an error that a file half changed led to.
    """

    def check() -> None:
        if FileVersion.of(path) != before:
            raise ChangedFileError.of(file)

    check()
    try:
        yield
    except (InputError, OSError):
        check()
        raise
    check()
