"""Times two things in turn, A B A B …, and compares them pair by pair: a noisy machine is then noisy for both."""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a benchmark, with what it must reach (``target``) and what it should (``aim``), if either is set.

    ``unit`` stands behind it; without one it is a ratio. ``more``: more is better. ``told`` is what it was made from.
    """

    name: str
    reached: float
    target: float | None = None
    aim: float | None = None
    unit: str = ""
    told: str = ""
    more: bool = False

    @property
    def verdict(self) -> str:
        """Whether the aim or the target is reached; empty if nothing is set."""
        if self.target is None or self.aim is None:
            return ""
        way = -1 if self.more else 1
        if way * self.reached <= way * self.aim:
            return "aim"
        return "target" if way * self.reached <= way * self.target else "MISSED"

    @property
    def value(self) -> str:
        """The figure, with three digits or so, and its unit."""
        return f"{self.reached:.{2 if self.reached < 10 else 1 if self.reached < 100 else 0}f} {self.unit}".strip()

    def __str__(self) -> str:
        goals = f"; at least {self.target:g}, aim {self.aim:g}: {self.verdict}" if self.verdict else ""
        return f"{self.name:<60} {self.value:>9}   {self.told}{goals}"


def cpu_of(action: Callable[[], object]) -> float:
    """Return the CPU seconds that this process needs for ``action``."""
    start = time.process_time()
    action()
    return time.process_time() - start


def clock_of(action: Callable[[], object]) -> float:
    """Return the seconds that ``action`` takes by the clock."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


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
    goals: tuple[float | None, float | None] = (None, None),
) -> Figure:
    """Return the median over ``pairs`` of ours ÷ plain, run in turn after one round that does not count.

    Each returns its CPU seconds. ``goals`` are the ratio to reach at least, and the one aimed at.
    """
    ours(), plain()
    measured = [(ours(), plain()) for _ in range(pairs)]
    ratio = statistics.median(a / b for a, b in measured)
    mine, theirs = (statistics.median(each) * 1000 for each in zip(*measured, strict=True))
    return Figure(name, ratio, *goals, told=f"{mine:,.0f} against {theirs:,.0f} ms, {pairs} pairs")
