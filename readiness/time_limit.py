"""Limits of the time that a process may take: of the processor's, or no longer than its parent, if the system can."""

import os
import signal
import threading
import time
from dataclasses import dataclass, field

_SIGNAL = getattr(signal, "SIGPROF", 0)
_MOST_SLOW = 2
_LOOK = 1.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class SlowFiles:
    """Files of one kind that one command had to stop reading, because they took too long; each takes as long again."""

    names: list[str] = field(default_factory=list)

    @property
    def too_many(self) -> bool:
        """Whether the command should open no more files of the kind: a folder can hold hundreds."""
        return len(self.names) >= _MOST_SLOW


def limit_time(seconds: float) -> None:
    """Let this process take ``seconds`` of the processor's time from now on; then it ends."""
    if hasattr(signal, "setitimer"):  # Windows has no such clock
        signal.signal(_SIGNAL, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)


def end_with(parent: int) -> None:
    """Have this process end soon after ``parent``, which started it: however that ends, nobody else waits for us."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK)
        os._exit(1)

    if os.name != "nt":  # there, a process keeps the number of a parent that is gone
        threading.Thread(target=watch, daemon=True).start()


def out_of_time(code: int | None) -> bool:
    """Return whether a process that ended with ``code`` had taken all its time; None if it has not ended."""
    return bool(code) and code == -_SIGNAL
