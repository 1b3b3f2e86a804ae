"""Killed at any system call that writes, or refused by a full disk there, a command loses nothing it had saved.

Each run of the tests tries the first time that a command has the disk confirm something; the long form tries each call.
"""

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.plans import changed
from tests.program import EXAMPLES, PATIENCE, PROGRAM, environment

CALLS = ("openat", "write", "fsync", "rename", "link", "unlink", "fchmod,chmod,fchmodat")
"""System calls by which files come, change and go."""
MOST = 400
"""More of one sort than any command here makes."""


def plain(folder: Path) -> None:
    """Begin with an empty folder."""


def service(folder: Path) -> None:
    shutil.copy(EXAMPLES / "northside-cmht.yaml", folder / "n.yaml")


def edited(folder: Path) -> None:
    service(folder)
    changed(folder, Who="Ann")


@dataclass(frozen=True)
class Command:
    """A command that saves, what stands in its folder before, what is typed, and the files it keeps answers in."""

    words: tuple[str, ...]
    before: Callable[[Path], None]
    typed: str
    kept: str


COMMANDS = {
    "walk": Command(("assess", "a.json"), plain, "Northside\n\n1\n1\n1\n1\n2\n1\n2\n3\n", "a.json"),
    "plan-edit": Command(("plan", "edit", "n.yaml"), service, "1\n2\n31/1/2027\nq\n", "n.plan.json"),
    "plan-from": Command(("plan", "n.yaml", "--from", "plan.xlsx", "--yes"), edited, "", "n.plan.json"),
    "collect": Command(("collect", "n.yaml", "-o", "out"), service, "", "out/*.json"),
}


def injected(command: Command, folder: Path, call: str, fault: str, nth: int) -> subprocess.CompletedProcess[bytes]:
    """Run the command with a fault at its nth system call of a sort that touches the folder."""
    options = ["-f", "-qqq", "-o", "/dev/null", "-e", f"trace={call}"]
    paths = [part for path in (folder, *folder.glob("**")) for part in ("-P", str(path))] if call == "openat" else []
    return subprocess.run(
        ["strace", *options, *paths, "-e", f"inject={call}:{fault}:when={nth}", *PROGRAM, *command.words],
        cwd=folder,
        env=environment(),
        input=command.typed.encode(),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )


def whole(folder: Path, command: Command) -> list[dict[str, object]]:
    """Return what is kept: each file can be read from its beginning to its end."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob(command.kept))]


def acknowledged(output: bytes) -> int:
    """Return how many of the ten lines of a walk were answered with a further question."""
    return max(0, output.count(b"\n> ") - 1 - 7)


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(
    ("call", "nths"),
    [("fsync", range(1, 2)), *(pytest.param(call, range(1, MOST), marks=pytest.mark.long) for call in CALLS)],
)
@pytest.mark.parametrize("fault", ["signal=SIGKILL", "error=ENOSPC"])
def test_what_was_saved_is_whole_and_can_be_gone_on_with(
    tmp_path: Path, name: str, call: str, fault: str, nths: range
) -> None:
    command = COMMANDS[name]
    start = tmp_path / "start"
    start.mkdir()
    command.before(start)
    for nth in nths:
        folder = tmp_path / str(nth)
        shutil.copytree(start, folder)
        done = injected(command, folder, call, fault, nth)
        assert b"Traceback" not in done.stderr
        assert done.returncode != 70, done.stderr
        assert (call, nth) != ("fsync", 1) or done.returncode not in (0, 130)  # each command saves something
        kept = whole(folder, command)
        if name == "walk" and (answered := acknowledged(done.stdout)):
            [answers] = kept
            assert len(answers["responses"]) >= answered  # type: ignore[arg-type]
        again = injected(command, folder, "fsync", "delay_enter=0", 1)
        assert again.returncode in (0, 130), again.stderr
        assert whole(folder, command)
        assert [path.name for path in folder.glob("**/.readiness-*")] == []
        if done.returncode in (0, 130) and not done.stderr.count(b"No space"):
            break  # it makes no more calls of this sort
