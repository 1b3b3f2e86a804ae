"""Whenever the program is killed, no acknowledged answer is lost, and the file is whole.

An answer is acknowledged once the next question is shown. Each run of the tests kills eight walks, a long one 200.
"""

import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from readiness.assessment.store import AssessmentFile
from readiness.bank.model import Bank
from tests.program import PATIENCE, PROGRAM, environment

SHARES = 4
"""The kills are spread over as many tests, so that they run side by side."""


class Walked:
    """A walk over pipes, and what it has shown so far."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [*PROGRAM, "assess"],
            cwd=folder,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._keys, self._output, self._shown = self._process.stdin, self._process.stdout, b""

    @property
    def prompts(self) -> int:
        """How many prompts were shown."""
        return self._shown.count(b"\n> ")

    def read(self, prompts: int, until: float) -> None:
        """Read until so many prompts were shown, or until the time ``until``."""
        while self.prompts < prompts and select.select([self._output], [], [], max(0, until - time.monotonic()))[0]:
            data = os.read(self._output.fileno(), 65536)
            if not data:
                break
            self._shown += data

    def type(self, lines: list[str]) -> None:
        """Type all the lines at once: the program reads them as fast as it saves."""
        self._keys.write("".join(f"{line}\n" for line in lines).encode())
        self._keys.flush()

    def kill(self) -> None:
        """Kill it, and read what it had shown by then."""
        self._process.send_signal(signal.SIGKILL)
        self._shown += self._output.read()
        self._process.wait(PATIENCE)
        self._keys.close()
        self._output.close()


@pytest.mark.parametrize("kills", [2, pytest.param(50, marks=pytest.mark.long)])
@pytest.mark.parametrize("share", range(SHARES))
def test_no_acknowledged_answer_is_lost_to_a_kill(tmp_path: Path, bank: Bank, share: int, kills: int) -> None:
    chance = random.Random(share)
    for nth in range(kills):
        folder = tmp_path / str(nth)
        folder.mkdir()
        _kill_one(folder, bank, chance)


def _kill_one(folder: Path, bank: Bank, chance: random.Random) -> None:
    about = ["Northside", "", "1", "1", "1", "1", "2"]
    profile = {"setting": "nhs", "stage": "planning", "employment": "paid", "culturally-specific": "no"}
    questions = [question.id for question in bank.asked(profile)]
    levels = [chance.randrange(4) for _ in questions]
    walk = Walked(folder)
    walk.read(1, time.monotonic() + PATIENCE)
    assert walk.prompts == 1
    walk.type([*about, *(str(level + 1) for level in levels)])
    walk.read(chance.randrange(1, len(about) + len(levels)), time.monotonic() + PATIENCE)
    walk.read(10_000, time.monotonic() + chance.random() / 100)
    walk.kill()
    file = folder / "my-service.json"
    if not file.exists():
        assert walk.prompts == 1
        return
    kept = json.loads(file.read_text(encoding="utf-8"))
    typed = {name: {"level": level} for name, level in zip(questions, levels, strict=True)}
    acknowledged = questions[: max(0, walk.prompts - 1 - len(about))]
    assert {name: typed[name] for name in acknowledged}.items() <= kept["responses"].items()
    assert kept["responses"].items() <= typed.items()
    with AssessmentFile(file):
        assert [path.name for path in folder.glob(".readiness-*")] == []


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_being_told_to_end_in_the_middle_of_saving_leaves_a_whole_file(tmp_path: Path, signum: signal.Signals) -> None:
    walk = subprocess.Popen(
        [sys.executable, "-c", _TOLD_TO_END_WHILE_SAVING, str(int(signum))],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    _, error = walk.communicate(b"Northside\nAlder Valley\n1\n", timeout=PATIENCE)
    assert walk.returncode == (130 if signum is signal.SIGINT else 128 + signum), error.decode()
    assert b"Traceback" not in error
    assert b"Your answers are saved" in error
    kept = json.loads((tmp_path / "my-service.json").read_text(encoding="utf-8"))
    assert kept["team"] == {"name": "Northside", "profile": {}}
    assert list(tmp_path.glob(".readiness-*")) == []


# The second save is told to end at the worst moment: the new file is written, and not yet in the old one's place.
_TOLD_TO_END_WHILE_SAVING = """
import os, signal, sys
from readiness.cli import main
sync, saves, signum = os.fsync, [], int(sys.argv.pop())

def told(handle):
    sync(handle)
    saves.append(handle)
    if len(saves) == 3:
        os.kill(os.getpid(), signum)

os.fsync = told
sys.argv[1:] = ["assess"]
main.main()
"""
