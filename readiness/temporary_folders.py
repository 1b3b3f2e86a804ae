"""Folders for as long as something takes. What a process that was killed has left is removed by the next.

A folder holds a file that its process marks as in use. The mark ends with that process, however it ends.
"""

import atexit
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path

from readiness.in_use import InUse, is_in_use

_PREFIX = "readiness-"
_LOCK = ".in-use"
_NEW = 60
"""Seconds in which a folder is left alone: its process may be about to mark it."""


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give an empty folder, but for a hidden file. It is removed at the end, and those of dead processes before."""
    _sweep(Path(tempfile.gettempdir()))
    # On Windows, a file may still be held for a moment by what was just ended.
    made = tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True)
    with made as folder, (Path(folder) / _LOCK).open("wb") as file:
        mark = InUse(file.fileno())
        try:
            yield Path(folder)
        finally:
            mark.end()


@contextmanager
def in_lasting_folder() -> Iterator[None]:
    """Let what makes temporary files or folders meanwhile make them where they are removed as this process ends."""
    before, tempfile.tempdir = tempfile.tempdir, str(_lasting_folder())
    try:
        yield
    finally:
        tempfile.tempdir = before


@cache
def _lasting_folder() -> Path:
    stack, ours = ExitStack(), os.getpid()
    folder = stack.enter_context(temporary_folder())
    atexit.register(lambda: stack.close() if os.getpid() == ours else None)  # a fork does not remove it
    return folder


def _sweep(inside: Path) -> None:
    for lock in inside.glob(f"{_PREFIX}*/{_LOCK}"):
        with suppress(OSError):  # another person's, or gone by now; on Windows, in use
            folder = lock.parent.lstat()
            mine = not hasattr(os, "geteuid") or folder.st_uid == os.geteuid()
            if mine and not lock.is_symlink() and time.time() - folder.st_mtime > _NEW and not is_in_use(lock):
                lock.unlink()
                shutil.rmtree(lock.parent)
