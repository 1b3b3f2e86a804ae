"""One job that dies, hangs or asks for too much memory costs itself, and no other."""

import os
import signal
import sys
import time
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from readiness.batch.workers import Here, Lost, Raised, Workers
from tests.batch import naughty

PATIENCE = 60


def test_a_naughty_job_fails_alone_and_says_why(tmp_path: Path) -> None:
    with Workers(2, deadline=5) as workers:
        good = [workers.submit(naughty.add, at, at) for at in range(5)]
        dead, full, failed, hung = (
            workers.submit(job) for job in (naughty.die, naughty.fill, naughty.fail, naughty.hang)
        )
        good += [workers.submit(naughty.add, at, at) for at in range(5)]
        survived = workers.submit(naughty.die_once, tmp_path / "trace")
        assert [one.result(PATIENCE) for one in good] == [0, 2, 4, 6, 8] * 2
        with pytest.raises(Lost, match="signal 9"):
            dead.result(PATIENCE)
        with pytest.raises(Lost, match="more than 5 seconds"):
            hung.result(PATIENCE)
        if sys.platform == "linux":
            with pytest.raises(Lost, match="more memory"):
                full.result(PATIENCE)
        with pytest.raises(Raised, match="not foreseen"):
            failed.result(PATIENCE)
        assert survived.result(PATIENCE) != os.getpid()


def test_a_process_is_replaced_after_so_many_jobs() -> None:
    with Workers(1, recycle=2) as workers:
        who = [workers.submit(naughty.whose).result(PATIENCE) for _ in range(5)]
    assert who[0] == who[1] != who[2] == who[3] != who[4]


def test_a_worker_that_somebody_kills_costs_nothing() -> None:
    with Workers(1) as workers:
        os.kill(workers.submit(naughty.whose).result(PATIENCE), signal.SIGKILL)
        assert workers.submit(naughty.add, 1, 2).result(PATIENCE) == 3


def test_stopping_at_once_drops_what_is_done_and_what_waits() -> None:
    workers = Workers(1)
    who = workers.submit(naughty.whose).result(PATIENCE)
    busy, waiting = workers.submit(naughty.hang), workers.submit(naughty.add, 1, 1)
    while not busy.running():
        time.sleep(0.01)
    workers.shutdown(cancel_futures=True)
    with pytest.raises(Lost):
        busy.result(0)
    with pytest.raises((Lost, CancelledError)):
        waiting.result(0)
    with pytest.raises(ProcessLookupError):
        os.kill(who, 0)
    with pytest.raises(RuntimeError):
        workers.submit(naughty.add, 1, 1)


def test_a_single_job_runs_here() -> None:
    here = Here()
    assert here.submit(naughty.whose).result() == os.getpid()
    with pytest.raises(KeyError):
        here.submit(naughty.fail).result()


@pytest.mark.parametrize("seconds", [0, 0.01, 0.02, 0.05, 0.1, 0.2])
def test_at_whatever_moment_it_is_ended_at_once_no_process_goes_on(seconds: float) -> None:
    workers = Workers(2, deadline=PATIENCE)
    jobs = [workers.submit(time.sleep, PATIENCE) for _ in range(4)]
    time.sleep(seconds)
    began = time.monotonic()
    workers.shutdown(cancel_futures=True)
    assert time.monotonic() - began < PATIENCE / 2
    assert all(job.done() for job in jobs)
