"""How long it takes from a key to the next question on the screen, saved: measured on a real terminal."""

import os
import pty
import select
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import Figure

SETUP = ("Northside", "", "1", "1", "3", "1", "2")
"""Name, organisation, role and profile: an established service."""
_PROMPT = b"> "


def _read_to_prompt(terminal: int) -> bytes:
    shown = b""
    while not shown.endswith(_PROMPT):
        if not select.select([terminal], [], [], 30)[0]:
            raise TimeoutError(shown.decode(errors="replace"))
        shown += os.read(terminal, 65536)
    return shown


def key_times(folder: Path, answers: int = 20) -> list[float]:
    """Return the seconds from each of ``answers`` keys to the next question's prompt, when it is saved and shown."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "readiness", "assess", str(folder / "keys.json")]
    times = []
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL) as process:
        os.close(theirs)
        _read_to_prompt(ours)
        for line in SETUP:
            os.write(ours, f"{line}\n".encode())
            _read_to_prompt(ours)
        for _ in range(answers):
            start = time.perf_counter()
            os.write(ours, b"3\n")
            _read_to_prompt(ours)
            times.append(time.perf_counter() - start)
        os.write(ours, b"q\n")
        process.wait(timeout=30)
    os.close(ours)
    return times


def bench_key(folder: Path) -> Iterator[Figure]:
    """Yield how long a key in the walk takes to the next question."""
    times = key_times(folder)
    middle, worst = statistics.median(times) * 1000, max(times) * 1000
    told = f"median; {worst:.1f} ms at worst"
    yield Figure("a key to the next question shown, saved", middle, 50, 20, "ms", told)
