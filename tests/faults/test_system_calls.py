"""Killed at any system call that writes, or refused by a full disk there, a command loses nothing it had saved.

Each run of the tests tries the first time that a command has the disk confirm something; the long form tries each call.
"""

import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.cli.plans import SECOND, changed, keep
from tests.program import EXAMPLES, PATIENCE, PROGRAM, environment


def plain(folder: Path) -> None:
    """Begin with an empty folder."""


def service(folder: Path) -> None:
    shutil.copy(EXAMPLES / "northside-cmht.yaml", folder / "n.yaml")


def edited(folder: Path) -> None:
    service(folder)
    keep(folder, **{SECOND: {"owner": "Bo"}})
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
CALLS = {
    **dict.fromkeys(("openat", "write", "fsync", "chmod"), tuple(COMMANDS)),
    "rename": ("walk", "plan-edit", "plan-from"),
    "link": ("collect",),
    "unlink": ("collect",),
    "mkdir": ("collect",),
}
"""System calls by which files come, change and go, and the commands that make them."""
NEEDLESS = ("link",)
"""System calls that a command can do without."""


def traced(command: Command, folder: Path, *options: str) -> tuple[subprocess.CompletedProcess[bytes], list[str]]:
    """Return how the command ended, and a line for each of its system calls that the options trace."""
    log = folder.with_suffix(".calls")
    done = run(command, folder, "strace", "-f", "-y", "-qqq", "-s", "0", "-o", str(log), *options)
    return done, log.read_text("utf-8").splitlines()


def run(command: Command, folder: Path, *before: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command to its end. Compiled modules are not written: that would be other system calls each time."""
    return subprocess.run(
        [*before, *PROGRAM, *command.words],
        cwd=folder,
        env=environment({"PYTHONDONTWRITEBYTECODE": "1"}),
        input=command.typed.encode(),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )


@cache
def calls_made(name: str, call: str) -> list[int]:
    """Return which of an undisturbed command's calls of this sort write; an openat does if it may make a file."""
    with TemporaryDirectory() as folder:
        undisturbed = Path(folder) / "undisturbed"
        undisturbed.mkdir()
        COMMANDS[name].before(undisturbed)
        _, lines = traced(COMMANDS[name], undisturbed, "-e", f"trace={call}")
    made: Counter[str] = Counter()
    writing: set[int] = set()
    for line in lines:
        process, _, rest = line.partition(" ")
        if rest.lstrip().startswith(f"{call}("):
            made[process] += 1
            if call != "openat" or "O_CREAT" in rest:
                writing.add(made[process])
    return sorted(writing)


def whole(folder: Path, command: Command) -> list[dict[str, Any]]:
    """Return what is kept: each file can be read from its beginning to its end."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob(command.kept))]


def acknowledged(output: bytes) -> int:
    """Return how many of the ten lines of a walk were answered with a further question."""
    return max(0, output.count(b"\n> ") - 1 - 7)


@pytest.mark.parametrize(
    ("call", "name", "most"),
    [
        *(("fsync", name, 1) for name in COMMANDS),
        *(pytest.param(call, name, None, marks=pytest.mark.long) for call, names in CALLS.items() for name in names),
    ],
)
@pytest.mark.parametrize("fault", ["signal=SIGKILL", "error=ENOSPC"])
def test_what_was_saved_is_whole_and_can_be_gone_on_with(
    tmp_path: Path, name: str, call: str, fault: str, most: int | None
) -> None:
    command = COMMANDS[name]
    start = tmp_path / "start"
    start.mkdir()
    command.before(start)
    nths = calls_made(name, call)
    assert nths
    for nth in nths[:most]:
        folder = shutil.copytree(start, tmp_path / str(nth))
        done, lines = traced(command, folder, "-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={nth}")
        hit = [line for line in lines if line.endswith((" = ?", "(INJECTED)"))]
        assert hit, "the fault never came"
        assert b"Traceback" not in done.stderr
        assert done.returncode != 70, done.stderr
        if call not in NEEDLESS and any(str(folder) in line for line in hit):  # it did not save, and says so
            assert done.returncode not in (0, 130), hit
            assert not any(word in done.stderr for word in (b"Output:", b".readiness-")), (
                done.stderr
            )  # but names its file
        kept = whole(folder, command)
        if name == "walk" and (answered := acknowledged(done.stdout)):
            [answers] = kept
            assert len(answers["responses"]) >= answered
        if name == "plan-from":
            assert [file["actions"][SECOND]["owner"] for file in kept] == ["Bo"]
        again = run(command, folder)
        assert again.returncode in (0, 130), again.stderr
        assert whole(folder, command)
        assert [path.name for path in folder.glob("**/.readiness-*")] == []
