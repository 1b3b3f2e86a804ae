"""Tells whether a process is still writing a file, or has left it behind.

The mark is a lock of the system (flock(2)), which ends with the process, however it ends. On Windows there is none, and
none is needed: nobody can remove a file there that is open.
"""

import os
from contextlib import suppress
from pathlib import Path


class InUse:
    """Mark on an open file, from now until ``end``."""

    def __init__(self, handle: int) -> None:
        self._handle: int | None = None
        with suppress(ImportError, OSError):  # some network folders know no such marks
            import fcntl

            self._handle = os.dup(handle)
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def end(self) -> None:
        """Take the mark away. It can be called again."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def is_in_use(path: Path) -> bool:
    """Return whether the file has a mark, or can't be looked at; False if it is not there."""
    try:
        handle = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    try:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except (ImportError, OSError):
        return False
    finally:
        os.close(handle)
    return False
