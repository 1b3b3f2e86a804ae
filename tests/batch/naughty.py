"""Jobs that do to their process what a job must not."""

import os
import signal
import time
from pathlib import Path


def whose() -> int:
    """Return the process that does the job."""
    return os.getpid()


def add(one: int, other: int) -> int:
    """Return the sum."""
    return one + other


def hang() -> None:
    """Take for ever."""
    time.sleep(3_600)


def die() -> None:
    """End the process at once, as the system does when memory is short."""
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(trace: Path) -> int:
    """End the process the first time only."""
    if not trace.exists():
        trace.touch()
        die()
    return os.getpid()


def fill() -> int:
    """Ask for more memory than a worker may have."""
    return len(bytearray(3_000_000_000))


def fail() -> None:
    """Raise what nobody foresaw."""
    raise KeyError("not foreseen")
