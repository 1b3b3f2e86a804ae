"""The wheel holds all it needs, and works away from the checkout."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.program import ROOT, environment

DATA = ("questions", "report_templates")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def _tracked(folder: str) -> set[str]:
    listed = subprocess.run(["git", "ls-files", folder], cwd=ROOT, check=True, capture_output=True, text=True)
    return set(listed.stdout.splitlines())


def test_the_wheel_holds_what_the_tree_holds(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    data = {f"readiness/_shipped/{name}" for folder in DATA for name in _tracked(folder)}
    assert held == _tracked("readiness") | data


def test_installed_elsewhere_it_renders_a_report(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(site)]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    away = environment({"PYTHONPATH": str(site)})
    find = [sys.executable, "-c", "import readiness, readiness.resources as r; print(readiness.__file__, r.QUESTIONS)"]
    places = subprocess.run(find, cwd=tmp_path, env=away, check=True, capture_output=True, text=True).stdout
    assert str(ROOT) not in places
    example = site / "readiness/_shipped/questions/peer-workers/examples/northside-cmht.yaml"
    command = [sys.executable, "-m", "readiness", "report", str(example), "-o", "report.pdf"]
    subprocess.run(command, cwd=tmp_path, env=away, check=True, capture_output=True)
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")


def test_the_locks_name_no_place_to_download_from() -> None:
    for lock in ROOT.glob("*.lock"):
        if lock.name.startswith("requirements"):
            assert "://" not in lock.read_text(encoding="utf-8"), lock.name
