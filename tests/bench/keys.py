"""How long it takes from a key to the next question on the screen, saved: measured on a real terminal."""

import os
import pty
import select
import statistics
import subprocess
import sys
import time
from pathlib import Path

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


def summary(times: list[float]) -> str:
    """Return the figures as a line."""
    middle, worst = statistics.median(times) * 1000, max(times) * 1000
    verdict = "aim" if middle <= 20 else "target" if middle <= 50 else "MISSED"
    name = "a key to the next question shown, saved"
    return f"{name:<52} {middle:5.1f} ms median, {worst:.1f} ms worst; at least 50, aim 20: {verdict}"
