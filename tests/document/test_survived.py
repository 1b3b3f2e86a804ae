"""Where memory is scarce, a document is made in a fork: it ends with the process that asked for it."""

import subprocess
import sys

import pytest

from tests.program import PATIENCE, environment

pytest.importorskip("resource", reason="Windows has no such limit")

ASKS = """
import resource, sys
from readiness.document.survived import survived
resource.setrlimit(resource.RLIMIT_AS, (900_000_000, 900_000_000))
def make():
    print("begun", flush=True)
    sys.stdin.readline()
    return b"x" * 1_000_000, ()
survived(make)
"""


def test_a_fork_does_not_outlive_the_process_that_asked_for_it() -> None:
    asking = subprocess.Popen(
        [sys.executable, "-c", ASKS], env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with asking:
        assert asking.stdout is not None
        assert asking.stdout.readline() == "begun\n"
        asking.kill()
        # Both have this stdout: it ends once neither is there.
        assert not asking.communicate("go on\n", PATIENCE)[0]
