"""On a cluster: a real scheduler, and two workers in processes of their own, one of which is killed in mid-run."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from readiness.bank.model import Bank
from tests.batch.region import region
from tests.program import PATIENCE, PROGRAM, environment, run

pytestmark = pytest.mark.skipif(find_spec("distributed") is None, reason="dask is not installed")


@contextmanager
def dask(folder: Path, *words: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a part of the cluster while this lasts."""
    command = [sys.executable, "-m", "dask", *words, "--scheduler-file", "scheduler.json"]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=folder, env=environment(), **quiet)  # type: ignore[call-overload]
    try:
        yield process
    finally:
        process.kill()
        process.wait(PATIENCE)


def wait_for(folder: Path, pattern: str, count: int = 1) -> None:
    deadline = time.monotonic() + PATIENCE
    while len(list(folder.glob(pattern))) < count:
        assert time.monotonic() < deadline, f"{pattern} never came"
        time.sleep(0.05)


@pytest.mark.parametrize("teams", [6, pytest.param(24, marks=pytest.mark.long)])
def test_a_cluster_makes_the_same_files_though_a_worker_is_killed(tmp_path: Path, bank: Bank, teams: int) -> None:
    lines = [one.to_json().replace("\n", " ") for team in region(bank, teams) for one in team]
    (tmp_path / "region.jsonl").write_text("\n".join(lines), "utf-8")
    words = ("batch", "region.jsonl", "--format", "html,md", "--portfolio", "none")
    worker = ("worker", "--no-nanny", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")
    with ExitStack() as cluster:
        cluster.enter_context(dask(tmp_path, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"))
        wait_for(tmp_path, "scheduler.json")
        doomed, _ = (cluster.enter_context(dask(tmp_path, *worker)) for _ in range(2))
        address = json.loads((tmp_path / "scheduler.json").read_text("utf-8"))["address"]
        command = [*PROGRAM, *words, "-o", "cluster", "--dask", address]
        with subprocess.Popen(command, cwd=tmp_path, env=environment(), stderr=subprocess.PIPE) as process:
            wait_for(tmp_path, "cluster/reports/*.html", teams // 6)
            doomed.send_signal(signal.SIGKILL)
            _, error = process.communicate(timeout=PATIENCE)
            assert process.returncode == 0, error.decode()
            assert b"Traceback" not in error
    run(*words, "-o", "here", cwd=tmp_path, code=0)
    made = {path.name: path.read_bytes() for path in (tmp_path / "cluster" / "reports").iterdir()}
    assert made == {path.name: path.read_bytes() for path in (tmp_path / "here" / "reports").iterdir()}
    assert len(made) == 2 * teams


def test_without_a_scheduler_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "teams.csv").write_text("team,date,language\nAlder,2026-11-22,1\n", "utf-8")
    done = run("batch", "teams.csv", "-o", "out", "--dask", "tcp://127.0.0.1:9", cwd=tmp_path, code=1)
    assert "There is no scheduler" in done.stderr
    assert "Traceback" not in done.stderr
