"""Makes a document in a fork if memory is scarce: Pango ends the process that lacks it."""

import contextlib
import os
import pickle
import signal
import traceback
from collections.abc import Callable
from typing import NoReturn

from readiness.document.values import Rendered
from readiness.errors import InputError, Problem

_SCARCE = 1_000_000_000
"""Bytes; a report takes 0.3 GB. Without a limit, nothing that we do keeps the system from ending the process."""


def survived(make: Callable[[], Rendered]) -> Rendered:
    """Return the document as ``make`` returns it, and raise the InputError that it raises.

    Raises MemoryError if the process ended that made it where memory is scarce, and RuntimeError for a mistake in it.
    """
    if not _is_scarce():
        return make()
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
