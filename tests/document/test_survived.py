"""A document made in a fork ends with the process that asked for it, and leaves nothing in it."""

import subprocess
import sys
from pathlib import Path

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


PROVES = """
import os, sys, threading
from weasyprint import document
from readiness.document.layout_memory import memory
from readiness.document.pdf import Renderer
from tests.report.services import SOBER

memory.PROVED = 1
plainly, here = document.Document.write_pdf, []
def write_pdf(*given, **named):
    here.append(os.getpid())
    return plainly(*given, **named)
document.Document.write_pdf = write_pdf
end = threading.Event()
for threads in (1, 2):
    if threads == 2:
        threading.Thread(target=end.wait).start()
    assert Renderer(SOBER).render("<html lang='en'><title>t</title><p>Hello</p></html>")[1] == ()
    print(len(here), flush=True)
    here.clear()
end.set()
"""


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="No other system tells how many threads there are")
def test_a_proof_is_made_in_a_fork_unless_there_are_threads_that_it_would_lack() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROVES], env=environment(), capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert (done.stdout.split(), done.stderr) == (["1", "2"], "")
