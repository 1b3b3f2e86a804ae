"""Being told to end, by Ctrl-C or by the system: what is open is put in order first, and words say what became of it.

A signal becomes an exception in the main thread, whatever thread it went to. What must not be broken off puts it off.
"""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from types import FrameType
from typing import NoReturn

_TO_END = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
_AGAIN = 3.0
"""Seconds in which being told again changes nothing: a key is pressed twice, or passed on by what started us."""


class Stopped(BaseException):
    """The signal ``signum`` asked the program to end."""

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.signum = signum


class _Ear:
    """What was heard: the signal that nothing has answered yet, when the last came, and what is put off."""

    def __init__(self) -> None:
        self.signum: int | None = None
        self._last = float("-inf")
        self._undisturbed = 0
        self._waiting = False

    def hear(self, signum: int, _: FrameType | None) -> None:
        """Raise Stopped, now or when nothing puts it off any more."""
        now = time.monotonic()
        again, self._last = now - self._last < _AGAIN, now
        if again:
            return
        self.signum = signum
        if self._undisturbed:
            self._waiting = True
            return
        raise Stopped(signum)

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        self._undisturbed += 1
        try:
            yield
        finally:
            self._undisturbed -= 1
        if self._waiting and not self._undisturbed:
            self._waiting = False
            raise Stopped(self.signum or signal.SIGINT)


_ear = _Ear()


def stop_at_once() -> None:
    """From now on, Ctrl-C ends the program at once, with a line: that is for its start, when nothing is open."""

    def stop(signum: int, __: FrameType | None) -> NoReturn:
        with suppress(OSError):
            os.write(2, b"Stopped, before anything was done.\n")
        os._exit(128 + signum)

    if _is_heard(signal.SIGINT):
        signal.signal(signal.SIGINT, stop)


def hear_signals() -> None:
    """From now on, being told to end is an exception, so that what is open or was started is ended. See ``told``."""
    for signum in filter(_is_heard, _TO_END):
        signal.signal(signum, _ear.hear)


def told() -> int | None:
    """Return the signal that told the program to end and was not answered yet; None if there is none.

    Libraries may turn its exception into an error of theirs, so that only this says what it was.
    """
    return _ear.signum


def hear_no_more() -> None:
    """From now on, being told to end changes nothing: the program ends anyway."""
    for signum in _TO_END:
        if signal.getsignal(signum) == _ear.hear:
            signal.signal(signum, signal.SIG_IGN)


def _is_heard(signum: int) -> bool:
    """Return whether the signal is ours to hear: whoever started us may have had it ignored, as nohup does."""
    return signal.getsignal(signum) not in (signal.SIG_IGN, None)


@contextmanager
def told_to_end(leave: Callable[[int], NoReturn]) -> Iterator[None]:
    """While this lasts, being told to end calls ``leave`` with the exit code, 128 + the signal.

    That is by Ctrl-C, or by the system (SIGTERM, SIGHUP).
    """
    before = {}
    try:
        for signum in filter(_is_heard, _TO_END):
            before[signum] = signal.getsignal(signum)
            signal.signal(signum, _ear.hear)
        yield
    except Stopped as stopped:
        _ear.signum = None
        leave(128 + stopped.signum)
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)


def undisturbed() -> AbstractContextManager[None]:
    """Put off being told to end for as long as this lasts: what it raises could come while a lock is taken."""
    return _ear.undisturbed()
