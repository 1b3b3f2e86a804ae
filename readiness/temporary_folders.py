"""Folders for as long as something takes. What a process that was killed has left is removed by the next.

A folder holds a lock of its process. The system frees it when that process ends, however it ends.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

_PREFIX = "readiness-"
_LOCK = ".in-use"
_NEW = 60
"""Seconds in which a folder is left alone: its process may be about to take the lock."""


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give an empty folder, but for a hidden file. It is removed at the end, and those of dead processes before."""
    _sweep(Path(tempfile.gettempdir()))
    # On Windows, a file may still be held for a moment by what was just ended.
    made = tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True)
    with made as folder, FileLock(Path(folder) / _LOCK):
        yield Path(folder)


def _sweep(inside: Path) -> None:
    for lock in inside.glob(f"{_PREFIX}*/{_LOCK}"):
        with suppress(OSError, Timeout):  # another person's, or gone by now; or in use
            folder = lock.parent.lstat()
            mine = not hasattr(os, "geteuid") or folder.st_uid == os.geteuid()
            if mine and not lock.is_symlink() and time.time() - folder.st_mtime > _NEW:
                with FileLock(lock, timeout=0):
                    pass
                shutil.rmtree(lock.parent)
