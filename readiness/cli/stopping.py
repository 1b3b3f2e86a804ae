"""What happens when the program is told to end: it says what became of the work, and all is put in order first."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

_INTERRUPTED = 128 + signal.SIGINT


class _Stopped(BaseException):
    """A signal asked the program to end."""

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.signum = signum


def stop_at_once() -> None:
    """From now on, Ctrl-C ends the program at once, with a line: that is for its start, when nothing is open."""

    def stop(_: int, __: FrameType | None) -> NoReturn:
        with suppress(OSError):
            os.write(2, b"Stopped, before anything was done.\n")
        os._exit(_INTERRUPTED)

    signal.signal(signal.SIGINT, stop)


class CtrlC:
    """Ctrl-C while a command runs: it is an exception, so that what is open is closed first.

    Libraries may turn that into an error of theirs: ``pressed`` says what it was.
    """

    def __init__(self) -> None:
        self.pressed = False
        signal.signal(signal.SIGINT, self._press)

    def _press(self, signum: int, _: FrameType | None) -> NoReturn:
        self.pressed = True
        raise _Stopped(signum)


@contextmanager
def told_to_end(leave: Callable[[int], NoReturn]) -> Iterator[None]:
    """While this lasts, being told to end calls ``leave`` with the exit code, 128 + the signal.

    That is by Ctrl-C, or by the system (SIGTERM, SIGHUP).
    """

    def stop(signum: int, _: FrameType | None) -> NoReturn:
        for name in before:
            signal.signal(name, signal.SIG_IGN)  # once is enough: a second one must not disturb the putting in order
        raise _Stopped(signum)

    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {getattr(signal, name): signal.signal(getattr(signal, name), stop) for name in names}
    try:
        yield
    except _Stopped as stopped:
        leave(128 + stopped.signum)
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)
