"""Folders that last as long as something takes, and those that a killed process has left."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from readiness.temporary_folders import temporary_folder
from tests.program import EXAMPLES, environment, run

_HOLDS_ONE = """
import sys
from readiness.temporary_folders import temporary_folder
with temporary_folder() as folder:
    (folder / "answers").write_text("x")
    print(folder, flush=True)
    sys.stdin.read()
"""


def holder(inside: Path) -> tuple[subprocess.Popen[str], Path]:
    """Return a process that has a folder, and that folder, an hour old."""
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLDS_ONE],
        env=environment({"TMPDIR": str(inside)}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    folder = Path(process.stdout.readline().strip())
    old(folder)
    return process, folder


def old(folder: Path) -> None:
    os.utime(folder, (time.time() - 3600,) * 2)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_lasts_as_long_as_it_is_used(place: Path) -> None:
    with temporary_folder() as folder:
        assert folder.parent == place
        (folder / "x").write_text("x", "utf-8")
    assert [*place.iterdir()] == []


def test_what_a_killed_process_has_left_is_removed_and_what_is_in_use_stays(place: Path) -> None:
    (killed, left), (lives, used) = holder(place), holder(place)
    with killed, lives:
        killed.kill()
        killed.wait()
        assert (left / "answers").is_file()
        with temporary_folder():
            assert not left.exists()
            assert (used / "answers").is_file()
        assert lives.stdin is not None
        lives.stdin.close()
        assert lives.wait() == 0
    assert not used.exists()


def test_a_new_folder_others_folders_and_links_are_left_alone(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("readiness-home", "readiness-new", "readiness-link"):
        (place / name).mkdir()
    (place / "readiness-new" / ".in-use").touch()
    (place / "precious").touch()
    (place / "readiness-link" / ".in-use").symlink_to(place / "precious")
    old(place / "readiness-home")
    old(place / "readiness-link")
    with temporary_folder():
        pass
    old(place / "readiness-new")
    monkeypatch.setattr(os, "geteuid", lambda: 12_345)
    with temporary_folder():
        pass
    assert {path.name for path in place.iterdir()} == {"readiness-home", "readiness-new", "readiness-link", "precious"}


def test_a_pdf_leaves_no_fonts_behind(tmp_path: Path) -> None:
    inside = tmp_path / "temporary"
    inside.mkdir()
    example = EXAMPLES / "northside-cmht.yaml"
    for words in (("report", example, "--brief", "-o", "r.pdf"), ("form", "--like", example, "-o", "f.pdf")):
        run(*words, cwd=tmp_path, env={"TMPDIR": str(inside), "PYTHONHASHSEED": "1"}, code=0)
        assert [*inside.iterdir()] == []
