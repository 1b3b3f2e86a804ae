"""What happens when a command that asks questions is told to end: all is put in order first."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn


class _Stopped(BaseException):
    """A signal asked the program to end."""

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.signum = signum


@contextmanager
def told_to_end(leave: Callable[[int], NoReturn]) -> Iterator[None]:
    """While this lasts, being told to end (SIGTERM, SIGHUP) calls ``leave`` with the exit code, 128 + the signal."""

    def stop(signum: int, _: FrameType | None) -> NoReturn:
        for name in before:
            signal.signal(name, signal.SIG_IGN)  # once is enough: a second one must not disturb the putting in order
        raise _Stopped(signum)

    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {getattr(signal, name): signal.signal(getattr(signal, name), stop) for name in names}
    try:
        yield
    except _Stopped as stopped:
        leave(128 + stopped.signum)
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)
