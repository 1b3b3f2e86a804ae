"""A batch that is killed, stopped or out of room, and what it says on its way."""

import errno
import hashlib
import json
import signal
import subprocess
import time
from pathlib import Path
from random import Random
from typing import Any, NoReturn

import pytest

from readiness.bank.model import Bank
from readiness.batch.ledger import LEDGER
from readiness.batch.scores import Scores
from tests.batch.batches import QUICK, batch, teams, tree
from tests.batch.region import region
from tests.batch.writing import put, row
from tests.program import PATIENCE, PROGRAM, environment

# --- stopped ---


def started(folder: Path, *words: str, out: str = "out") -> "subprocess.Popen[bytes]":
    """Start a batch that is to be stopped."""
    return subprocess.Popen(
        [*PROGRAM, "batch", *words, "-o", out],
        cwd=folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def region_file(folder: Path, bank: Bank, count: int) -> None:
    lines = [one.to_json().replace("\n", " ") for team in region(bank, count) for one in team]
    (folder / "region.jsonl").write_text("\n".join(lines), "utf-8")


@pytest.mark.parametrize("most", [1, pytest.param(8, marks=pytest.mark.long)])
def test_killed_at_any_moment_it_goes_on_to_the_same_end(tmp_path: Path, bank: Bank, most: int) -> None:
    region_file(tmp_path, bank, 6 if most == 1 else 16)
    words = ("region.jsonl", "--format", "md,json", "--portfolio", "xlsx")
    batch(tmp_path, *words, out="undisturbed")
    chance = Random(5)
    kills = 0
    for _ in range(most):
        process, files = started(tmp_path, *words), chance.randrange(len(tree(tmp_path / "undisturbed")) * 3 // 4)
        while process.poll() is None and sum(path.is_file() for path in (tmp_path / "out").rglob("*")) < files:
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.01))
        process.send_signal(signal.SIGKILL)
        _, error = process.communicate()
        assert process.returncode in {0, -signal.SIGKILL}, error.decode()
        kills += process.returncode != 0
    batch(tmp_path, *words)
    assert kills > 0
    assert tree(tmp_path / "out") == tree(tmp_path / "undisturbed")


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_told_to_stop_it_says_so_and_goes_on_later(tmp_path: Path, bank: Bank, signum: signal.Signals) -> None:
    region_file(tmp_path, bank, 16)
    words = ("region.jsonl", *QUICK)
    process = started(tmp_path, *words)
    deadline = time.monotonic() + PATIENCE
    while not list((tmp_path / "out" / "reports").glob("*.md")):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(signum)
    _, error = process.communicate(timeout=PATIENCE)
    assert process.returncode == (130 if signum is signal.SIGINT else 128 + signum), error.decode()
    assert b"run the same command again" in error
    assert b"Traceback" not in error
    batch(tmp_path, *words)
    assert len(list((tmp_path / "out" / "reports").iterdir())) == 16


def test_two_batches_cannot_work_in_one_folder(tmp_path: Path, bank: Bank) -> None:
    region_file(tmp_path, bank, 40)
    process = started(tmp_path, "region.jsonl", *QUICK)
    while not (tmp_path / "out" / "scores.csv").exists():
        time.sleep(0.01)
    assert "Another batch is at work" in batch(tmp_path, "region.jsonl", *QUICK, code=1)
    process.kill()
    process.communicate()


# --- progress ---


def test_scripts_get_a_json_object_in_each_line(tmp_path: Path) -> None:
    rows = [row("Alder", stage=""), row("Alder"), row("Brook", stage=""), row("Cole", language="7")]
    put(tmp_path / "teams.csv", rows)
    events = told(batch(tmp_path, "teams.csv", *QUICK, "--notes", "redacted", "--json-progress", code=3))
    each = [event["event"] for event in events]
    assert each == ["start", "read", "problem", "note", "note", "begin", "team", "team", "note", "end"]
    assert (events[1]["rows"], events[1]["teams"]) == (3, 2)
    assert (events[2]["row"], events[2]["column"]) == (5, 10)
    assert '"stage" is not said of 1 team' in events[3]["text"]
    assert events[7]["done"] == 2
    counts = {"scored": 2, "rows": 3, "made": 2, "kept": 0, "failed": 0, "removed": 0, "problems": 1}
    assert events[-1] == {"event": "end", **counts, "folder": "out"}


def test_scripts_get_nothing_else_where_a_batch_can_not_be_done(tmp_path: Path, bank: Bank) -> None:
    put(tmp_path / "teams.csv", [row("Alder"), row("Brook", language="7")])
    events = told(batch(tmp_path, "teams.csv", "--strict", *QUICK, "--json-progress", code=1))
    assert [event["event"] for event in events] == ["start", "problem", "problem", "stopped"]
    assert (events[2]["what"], events[-1]["code"]) == ("Nothing was written", 1)
    [problem, stopped] = told(batch(tmp_path, "teams.csv", "--theme", "nowhere", "--json-progress", code=1))
    assert (problem["event"], stopped["event"]) == ("problem", "stopped")
    region_file(tmp_path, bank, 40)
    process = started(tmp_path, "region.jsonl", *QUICK, "--json-progress", out="other")
    while not list((tmp_path / "other" / "reports").glob("*.md")):
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    _, error = process.communicate(timeout=PATIENCE)
    assert told(error.decode())[-1]["event"] == "stopped"


def test_a_disk_that_takes_nothing_more_is_told_to_scripts_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device", "out/scores.csv")

    monkeypatch.setattr(Scores, "add", full)
    teams(tmp_path, ["Alder"])
    *_, problem, stopped = told(batch(tmp_path, "teams.csv", *QUICK, "--json-progress", code=1))
    assert (problem["what"], problem["file"]) == ("No space left on device", "out/scores.csv")
    assert (stopped["event"], stopped["code"]) == ("stopped", 1)


def test_it_says_at_once_that_it_reads(tmp_path: Path) -> None:
    teams(tmp_path, ["Alder"])
    assert batch(tmp_path, "teams.csv", *QUICK).startswith("Reading the input.\n")


def told(said: str) -> list[dict[str, Any]]:
    """Return the events: each line is one."""
    return [json.loads(line) for line in said.splitlines()]


def test_the_ledger_says_what_was_made(tmp_path: Path) -> None:
    teams(tmp_path, ["Alder"])
    batch(tmp_path, "teams.csv", *QUICK)
    out = tmp_path / "out"
    entries = [json.loads(line) for line in (out / LEDGER).read_text("utf-8").splitlines()]
    made = {file: hashlib.sha256(data).hexdigest() for file, data in tree(out).items() if file[0] not in ".l"}
    assert {entry["file"]: entry["holds"] for entry in entries} == made
