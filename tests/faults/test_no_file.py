"""What is no ordinary file is refused at once, in words, wherever a file is meant."""

import os
import socket
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

from tests.program import EXAMPLES, run

AT_ONCE = 20
"""Seconds."""


def a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)


def a_loop(path: Path) -> None:
    path.symlink_to(path.name)


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


KINDS: dict[str, Callable[[Path], None]] = {
    "pipe": os.mkfifo,
    "socket": a_socket,
    "device": a_device,
    "loop": a_loop,
    "folder": lambda path: path.mkdir(),
}
USES = {
    "answers": ("x.json", "score x.json"),
    "in a folder": ("in/x.json", "score in"),
    "report of a folder": ("in/x.json", "report in -o r.md"),
    "collected": ("in/x.json", "collect in -o out"),
    "survey": ("in/x.csv", "collect in -o out"),
    "batch": ("in/x.csv", "batch in -o out --format none --portfolio none"),
    "walk": ("x.json", "assess x.json"),
    "lock": (".y.json.lock", "assess y.json"),
    "lock of a batch": ("out/.readiness-lock", "batch n.yaml -o out --format none --portfolio none"),
    "plan": ("n.plan.json", "plan n.yaml"),
    "workbook": ("plan.xlsx", "plan n.yaml --from plan.xlsx"),
    "decisions": ("mapping.yaml", "collect n.yaml -o out --mapping mapping.yaml"),
    "bank": ("b/bank.yaml", "score n.yaml --bank b"),
    "theme": ("t/theme.toml", "theme check t"),
    "written": ("r.md", "report n.yaml -o r.md"),
}


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("kind", KINDS)
def test_it_is_refused_at_once_in_words(tmp_path: Path, kind: str, use: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, words = USES[use]
    (tmp_path / "n.yaml").write_bytes((EXAMPLES / "northside-cmht.yaml").read_bytes())
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    monkeypatch.chdir(path.parent)  # the name of a socket can't be long
    KINDS[kind](path)
    began = monotonic()
    done = run(*words.split(), cwd=tmp_path)
    assert monotonic() - began < AT_ONCE
    assert done.returncode in (0, 1, 3), done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr or kind == "folder"
