"""Workbooks made to keep us busy, or to fill memory: each is read or refused in words, within seconds and a limit."""

import subprocess
import sys
from pathlib import Path

import pytest

from readiness.workbook_process import MEMORY, SECONDS
from tests.attack.books import BOOKS
from tests.program import PROGRAM, environment

_START = 2
"""Seconds of the processor's time that a command takes besides."""
_MEASURED = """
import os, sys
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(child, 0)
print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
"""Starts a program, and says how it ended, how long it was busy and how much memory its largest process had.

It is a small process: what the one that starts another uses counts for that, too.
"""
TOO_MUCH = ("would take too much memory", "holds more than 20 million characters", "is repeated 190000 times")


def refused(command: str, path: Path) -> str:
    """Return what the command says of the workbook. It ends in words, and in bounds."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, *PROGRAM, command, path.name, "-o", "out"],
        cwd=path.parent,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    code, seconds, kilobytes = done.stdout.splitlines()[-1].split()
    assert code == "1", done.stderr
    assert float(seconds) < SECONDS + _START
    assert int(kilobytes) * (1 if sys.platform == "darwin" else 1024) < MEMORY
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize("name", ["names.xlsx", "spaces.ods", "text in many cells.xlsx", "repeated.ods"])
def test_a_workbook_that_takes_too_much_is_refused(tmp_path: Path, name: str) -> None:
    said = refused("collect", BOOKS[name](tmp_path / name))
    assert name in said
    assert any(words in said for words in TOO_MUCH), said


@pytest.mark.long
@pytest.mark.parametrize("command", ["collect", "batch"])
@pytest.mark.parametrize("name", BOOKS)
def test_every_hostile_workbook_ends_in_words(tmp_path: Path, name: str, command: str) -> None:
    assert name in refused(command, BOOKS[name](tmp_path / name))
