"""Closed streams, odd encodings and too little memory end in words, and lose nothing."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.program import EXAMPLES, PATIENCE, PROGRAM, environment

TYPED = b"Northside\n\n1\n"


def shell(line: str, folder: Path, typed: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["sh", "-c", line, "sh", *PROGRAM],
        cwd=folder,
        env=environment(env),
        input=typed,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )


def test_a_walk_without_stderr_saves_and_nothing_else_gets_into_its_file(tmp_path: Path) -> None:
    done = shell('"$@" assess a.json 2>&-', tmp_path, TYPED)
    assert done.returncode == 130
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["team"]["name"] == "Northside"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32-le", "idna", "punycode", "undefined", "cp037"])
def test_streams_that_no_terminal_speaks_are_utf_8(tmp_path: Path, encoding: str) -> None:
    done = shell('"$@" assess a.json', tmp_path, TYPED, PYTHONIOENCODING=encoding)
    assert done.returncode == 130
    assert b"What is the name of your team" in done.stdout
    assert (tmp_path / "a.json").exists()


@pytest.mark.parametrize("megabytes", [40, 60, 80, 110, 150])
def test_too_little_memory_is_said(tmp_path: Path, megabytes: int) -> None:
    done = shell(f'ulimit -v {megabytes * 1000}; "$@" score {EXAMPLES / "northside-cmht.yaml"}', tmp_path)
    assert b"Something went wrong" not in done.stderr
    assert done.returncode != 70


def test_memory_that_runs_out_anywhere_is_1_in_words(tmp_path: Path) -> None:
    fault = "import readiness.scoring.score as scoring\ndef broken(*_):\n    raise KeyError from MemoryError()\n"
    code = f"{fault}scoring.standings = broken\nfrom readiness.cli.main import main\nmain()"
    done = subprocess.run(
        [PROGRAM[0], "-c", code, "score", EXAMPLES / "northside-cmht.yaml"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(b"This computer has not enough memory left for this.")


@pytest.mark.parametrize("megabytes", [110, 150, pytest.param(190, marks=pytest.mark.long), 210])
def test_too_little_memory_for_a_pdf_is_said(tmp_path: Path, megabytes: int) -> None:
    # Pango ends the process that it finds no memory in.
    done = shell(f'ulimit -v {megabytes * 1000}; "$@" report {EXAMPLES / "northside-cmht.yaml"} -o r.pdf', tmp_path)
    assert done.returncode in (0, 1)
    assert (b"not enough memory left" in done.stderr, (tmp_path / "r.pdf").exists()) == (
        (False, True) if done.returncode == 0 else (True, False)
    )
    assert done.returncode or megabytes > 110
    assert len(done.stderr.splitlines()) <= 2


def test_where_memory_is_scarce_a_pdf_is_the_same(tmp_path: Path) -> None:
    for name, limit in (("scarce", 600_000), ("plenty", "unlimited")):
        shell(f'ulimit -v {limit}; "$@" report {EXAMPLES / "northside-cmht.yaml"} -o {name}.pdf', tmp_path)
    assert (tmp_path / "scarce.pdf").read_bytes() == (tmp_path / "plenty.pdf").read_bytes()


def test_where_memory_is_scarce_a_pdf_that_can_not_be_made_says_why(tmp_path: Path) -> None:
    line = f'ulimit -v 600000; "$@" report {EXAMPLES / "northside-cmht.yaml"} -o r.pdf'
    done = shell(line, tmp_path, READINESS_PDF_ENGINE="/nowhere")
    assert done.returncode == 1
    assert b"there is no such browser" in done.stderr
