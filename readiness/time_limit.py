"""Limit of the processor's time that a process may take, where the system has one."""

import signal

_SIGNAL = getattr(signal, "SIGPROF", 0)


def limit_time(seconds: float) -> None:
    """Let this process take ``seconds`` of the processor's time from now on; then it ends."""
    if hasattr(signal, "setitimer"):  # Windows has no such clock
        signal.signal(_SIGNAL, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)


def out_of_time(code: int | None) -> bool:
    """Return whether a process that ended with ``code`` had taken all its time; None if it has not ended."""
    return bool(code) and code == -_SIGNAL
