"""Makes a document in a fork: if memory is scarce, as Pango ends the process that lacks it, or to leave none in use."""

import contextlib
import os
import pickle
import signal
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from readiness.document.values import Rendered
from readiness.errors import InputError, Problem

_SCARCE = 1_000_000_000
"""Bytes; a report takes 0.3 GB. Without a limit, nothing that we do keeps the system from ending the process."""


def survived(make: Callable[[], Rendered]) -> Rendered:
    """Return the document as ``make`` returns it, and raise the InputError that it raises.

    Raises MemoryError if the process ended that made it where memory is scarce, and RuntimeError for a mistake in it.
    """
    return _in_fork(make) if _is_scarce() else make()


def forked(make: Callable[[], Rendered]) -> Rendered:
    """Return and raise the same as ``survived``. The memory that it takes is given back if this process can fork."""
    return _in_fork(make) if _has_one_thread() else make()


def _in_fork(make: Callable[[], Rendered]) -> Rendered:
    """Return and raise the same as ``survived`` does if memory is scarce."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)  # otherwise nothing ends it if we are killed: it waits for itself to read
        _answer(make, writing)
    os.close(writing)
    try:
        with os.fdopen(reading, "rb") as pipe:
            said = pipe.read()
    except BaseException:
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        _, status = os.waitpid(child, 0)
    if status:
        raise MemoryError
    made, problems, bug = pickle.loads(said)  # noqa: S301 — from ourselves, over a pipe
    if problems:
        raise InputError(problems)
    if bug:
        raise RuntimeError(bug)
    return made  # type: ignore[no-any-return]


def _is_scarce() -> bool:
    """Return whether this process may take so little memory that a library may find none."""
    try:
        import resource  # Windows has none
    except ImportError:
        return False
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    return 0 <= limit < _SCARCE


def _has_one_thread() -> bool:
    """Return whether a fork has all threads of this process, as far as the system tells: a fork has one.

    A library's thread counts, too. Otherwise the fork could wait for it for ever.
    """
    try:
        return len([*Path("/proc/self/task").iterdir()]) == 1
    except OSError:
        return False


def _answer(make: Callable[[], Rendered], writing: int) -> NoReturn:
    """Write the document into the pipe, or what stands in the way, and end this process."""
    code = 1
    with contextlib.suppress(BaseException):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what a library says as it ends
        answer: tuple[Rendered | None, tuple[Problem, ...], str]
        try:
            answer = make(), (), ""
        except InputError as error:
            answer = None, error.problems, ""
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 — a mistake of ours is told where it can be
            answer = None, (), "".join(traceback.format_exception(error))
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(answer, pipe)
        code = 0
    os._exit(code)
