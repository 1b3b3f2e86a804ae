"""Being told to end: at once, put off, or not at all; in a process of its own, with threads that take signals."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.program import PATIENCE, PROGRAM, environment

BEGIN = """
import os, signal, threading, time, traceback
from concurrent.futures import Future
from readiness.batch.workers import Workers, settled
from readiness.signals import Stopped, told, told_to_end, undisturbed

def leave(code):
    print("left", code, flush=True)
    os._exit(0)

def kill(signum=signal.SIGTERM):
    os.kill(os.getpid(), signum)
"""


def ran(tmp_path: Path, program: str, *before: str) -> str:
    """Return what the program prints, run in a process of its own."""
    command = [*before, sys.executable, "-c", BEGIN + program]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.stderr == ""
    return done.stdout


def test_it_waits_while_locks_are_taken_whatever_thread_the_signal_goes_to(tmp_path: Path) -> None:
    program = """
if __name__ == "__main__":
    workers = Workers(1)
    workers.submit(os.getpid).result()  # from now on there is a thread that takes signals
    with told_to_end(leave):
        with undisturbed():
            kill()
            time.sleep(0.1)
            print("calm")
        print("never")
"""
    assert ran(tmp_path, program) == "calm\nleft 143\n"


def test_what_waits_for_futures_is_not_broken_off_inside_them(tmp_path: Path) -> None:
    program = """
threading.Timer(0.2, kill).start()
with told_to_end(leave):
    try:
        settled([Future()])
    except Stopped as stopped:
        files = [frame.filename for frame in traceback.extract_tb(stopped.__traceback__)]
        print([file for file in files if "concurrent" in file])
        raise
"""
    assert ran(tmp_path, program) == "[]\nleft 143\n"


def test_told_twice_at_once_is_told_once(tmp_path: Path) -> None:
    program = """
with told_to_end(leave):
    try:
        kill(signal.SIGINT)
        time.sleep(1)
    finally:
        kill(signal.SIGINT)
        time.sleep(0.05)
        print("in order")
"""
    assert ran(tmp_path, program) == "in order\nleft 130\n"


def test_where_a_library_swallows_it_it_is_heard_again(tmp_path: Path) -> None:
    program = """
import readiness.signals
readiness.signals._AGAIN = 0.1
with told_to_end(leave):
    try:
        kill()
        time.sleep(1)
    except BaseException:
        print("swallowed", told())
    time.sleep(0.3)
    kill()
    time.sleep(1)
"""
    assert ran(tmp_path, program) == "swallowed 15\nleft 143\n"


@pytest.mark.parametrize("name", ["SIGHUP", "SIGINT"])
def test_what_was_ignored_when_we_were_started_stays_ignored(tmp_path: Path, name: str) -> None:
    program = f"""
with told_to_end(leave):
    kill(signal.{name})
    time.sleep(0.1)
    print("goes on")
"""
    ignoring = ("sh", "-c", f"trap '' {name.removeprefix('SIG')}; exec \"$@\"", "sh")
    assert ran(tmp_path, program, *ignoring) == "goes on\n"


def test_ctrl_c_again_and_again_is_answered_in_words(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*PROGRAM, "score", "-"],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    with process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(2)
        for _ in range(20):
            process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert b"Traceback" not in error
    assert error.startswith(b"Stopped")
