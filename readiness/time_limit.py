"""Limit of the processor's time that a process may take, where the system has one."""

import signal
from dataclasses import dataclass, field

_SIGNAL = getattr(signal, "SIGPROF", 0)
_MOST_SLOW = 2


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


def out_of_time(code: int | None) -> bool:
    """Return whether a process that ended with ``code`` had taken all its time; None if it has not ended."""
    return bool(code) and code == -_SIGNAL
