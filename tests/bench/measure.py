"""Times two things in turn, A B A B …, and compares them pair by pair: a noisy machine is then noisy for both."""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Comparison:
    """CPU seconds of both sides, pair by pair."""

    name: str
    ours: tuple[float, ...]
    plain: tuple[float, ...]
    target: float
    aim: float

    @property
    def ratio(self) -> float:
        """The median over the pairs of ours ÷ plain."""
        return statistics.median(ours / plain for ours, plain in zip(self.ours, self.plain, strict=True))

    def __str__(self) -> str:
        ours, plain = statistics.median(self.ours), statistics.median(self.plain)
        verdict = "aim" if self.ratio <= self.aim else "target" if self.ratio <= self.target else "MISSED"
        return (
            f"{self.name:<52} {self.ratio:5.2f}   ours {ours * 1000:7.0f} ms, plain {plain * 1000:7.0f} ms, "
            f"{len(self.ours)} pairs; at least {self.target}, aim {self.aim}: {verdict}"
        )


def cpu_of(action: Callable[[], object]) -> float:
    """Return the CPU seconds that this process needs for ``action``."""
    start = time.process_time()
    action()
    return time.process_time() - start


def cpu_of_command(command: Sequence[str], folder: Path) -> float:
    """Return the CPU seconds (user and system) of a whole process. Raises CalledProcessError where it fails."""
    with subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return usage.ru_utime + usage.ru_stime


def compare(
    name: str,
    ours: Callable[[], float],
    plain: Callable[[], float],
    *,
    pairs: int,
    goals: tuple[float, float],
) -> Comparison:
    """Run both ``pairs`` times in turn, after one round that does not count; each returns its CPU seconds.

    ``goals`` are the ratio to reach at least, and the one aimed at.
    """
    ours(), plain()
    measured = [(ours(), plain()) for _ in range(pairs)]
    return Comparison(name, tuple(a for a, _ in measured), tuple(b for _, b in measured), *goals)
