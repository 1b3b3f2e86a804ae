"""``make``: what it hands on, and what it does not overwrite. Run in a folder whose name has a space in it."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.program import ROOT, environment

PROGRAM = Path(".venv/bin/readiness")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder that is set up, but for its program: that one prints each word it is given in a line of its own."""
    folder = tmp_path / "my work"
    (folder / PROGRAM).parent.mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", folder)
    (folder / PROGRAM).write_text("#!/bin/sh\nprintf '%s\\n' \"$@\"\n", encoding="utf-8")
    (folder / PROGRAM).chmod(0o755)
    return folder


def make(checkout: Path, *words: str) -> subprocess.CompletedProcess[str]:
    set_up = ("-o", "pdf-packages", "-o", ".venv/readiness")
    env = environment({"HOME": str(checkout.parent / "a home")})
    return subprocess.run(["make", *set_up, *words], cwd=checkout, env=env, check=False, capture_output=True, text=True)


@pytest.fixture
def installed(checkout: Path) -> Path:
    """Where the command is installed."""
    return checkout.parent / "a home/.local/bin/readiness"


def test_install_links_to_this_folder_and_can_be_done_again(checkout: Path, installed: Path) -> None:
    for _ in range(2):
        done = make(checkout, "install")
        assert (done.returncode, done.stderr) == (0, "")
        assert installed.readlink() == checkout / PROGRAM


@pytest.mark.parametrize("there", [True, False])
def test_install_leaves_a_link_alone_that_leads_elsewhere(checkout: Path, installed: Path, *, there: bool) -> None:
    other = checkout.parent / "my work of another/readiness"
    if there:
        other.parent.mkdir()
        other.touch()
    installed.parent.mkdir(parents=True)
    installed.symlink_to(other)
    done = make(checkout, "install")
    assert done.returncode != 0
    assert f"There is another program at {installed}. It was not touched." in done.stdout
    assert installed.readlink() == other


def test_install_leaves_another_program_alone(checkout: Path, installed: Path) -> None:
    installed.parent.mkdir(parents=True)
    installed.write_text("another")
    assert make(checkout, "install").returncode != 0
    assert installed.read_text() == "another"


def test_names_with_a_space_are_one_word(checkout: Path) -> None:
    assert make(checkout, "assess", "ANSWERS=our team/a.json").stdout.splitlines()[:2] == ["assess", "our team/a.json"]
    written = make(checkout, "report", "ANSWERS=our team/a.json", "REPORT=our team/the report").stdout.splitlines()
    assert written == ["report", "our team/a.json", "-o", "our team/the report.pdf", "--force"]


@pytest.mark.parametrize(
    ("script", "code", "said"),
    [
        ("exit 0", 0, "Audit: no hole is known."),
        ("echo '{}' > audit.json; exit 1", 2, "Audit: something is known. See audit.json."),
        ("exit 1", 2, "The audit did not run, so nothing is known about holes. Try again with a network."),
    ],
)
def test_an_audit_says_if_it_could_not_look(checkout: Path, script: str, code: int, said: str) -> None:
    auditor = checkout / ".venv/bin/pip-audit"
    # What it could not look up counts as not looked at only with --strict.
    auditor.write_text(f'#!/bin/sh\ncase " $* " in *" --strict "*) {script};; esac\nexit 3\n', encoding="utf-8")
    auditor.chmod(0o755)
    done = make(checkout, "-o", ".venv/audit", "audit")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (code, said)
