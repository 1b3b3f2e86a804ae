"""However a command is ended, no process that it has started goes on without it."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.batch.writing import put, row
from tests.program import EXAMPLES, PATIENCE, PROGRAM, environment

LOOP = "{% for i in range(99999) %}" * 3 + "{% endfor %}" * 3
REPORT = ("report", str(EXAMPLES / "northside-cmht.yaml"), "--templates", "own", "-o", "x.html")
BATCH = ("batch", "t.csv", "--templates", "own", "-o", "out", "--format", "html", "--workers", "1")
SHORT = 20


def below(pid: int) -> set[int]:
    """Return the processes that the process has started, and those that they have, without those that have ended."""
    shown = subprocess.run(("ps", "-A", "-o", "pid=,ppid=,stat="), capture_output=True, text=True, check=True).stdout
    lines = [line.split() for line in shown.splitlines()]
    living = [(int(one), int(parent)) for one, parent, state in lines if not state.startswith("Z")]
    found, size = {pid}, 0
    while len(found) > size:
        size = len(found)
        found |= {one for one, parent in living if parent in found}
    return found - {pid}


def alive(pid: int) -> bool:
    shown = subprocess.run(("ps", "-o", "stat=", "-p", str(pid)), capture_output=True, text=True, check=False).stdout
    return bool(shown.strip()) and not shown.startswith("Z")


def cpu_seconds(pid: int) -> float:
    """Return how much of the processor's time the process has taken so far."""
    shown = subprocess.run(("ps", "-o", "time=", "-p", str(pid)), capture_output=True, text=True, check=False).stdout
    hours, minutes, seconds = shown.strip().rpartition("-")[2].split(":") if shown.strip() else (0, 0, 0)
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def until(is_so: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


EACH_RUN = {("report", signal.SIGKILL), ("batch", signal.SIGTERM)}


@pytest.mark.parametrize(
    ("words", "signum"),
    [
        pytest.param(
            words,
            signum,
            id=f"{words[0]}-{signum.name}",
            marks=[] if (words[0], signum) in EACH_RUN else pytest.mark.long,
        )
        for words in (REPORT, BATCH)
        for signum in (signal.SIGTERM, signal.SIGHUP, signal.SIGKILL)
    ],
)
def test_what_it_started_ends_with_it(tmp_path: Path, words: tuple[str, ...], signum: signal.Signals) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "document.html.j2").write_text(LOOP, "utf-8")
    put(tmp_path / "t.csv", [row("Alder")])
    nothing = subprocess.DEVNULL
    process = subprocess.Popen(
        [*PROGRAM, *words], cwd=tmp_path, env=environment(), stdin=nothing, stdout=nothing, stderr=subprocess.PIPE
    )
    started: set[int] = set()
    try:
        assert until(lambda: any(cpu_seconds(each) >= 2 for each in below(process.pid)), PATIENCE)
        started = below(process.pid)
        process.send_signal(signum)
        _, said = process.communicate(timeout=SHORT)
        assert until(lambda: not any(map(alive, started)), SHORT)
        if signum == signal.SIGKILL:
            return
        assert process.returncode == 128 + signum
        assert b"Stopped. " in said
    finally:
        for each in {process.pid, *started}:
            if alive(each):
                os.kill(each, signal.SIGKILL)
