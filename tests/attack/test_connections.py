"""The program opens no connection, and sends nothing anywhere: watched at its system calls."""

import subprocess
from pathlib import Path

import pytest

from tests.program import EXAMPLES, PATIENCE, PROGRAM, environment

NORTHSIDE, REGION = str(EXAMPLES / "northside-cmht.yaml"), str(EXAMPLES)


def network_calls(folder: Path, *words: str, **env: str) -> list[str]:
    """Run a command with all that it starts; return its system calls about addresses of a network."""
    watched = ["strace", "-f", "-qq", "-yy", "-e", "trace=%network", "-o", str(folder / "calls")]
    done = subprocess.run(
        [*watched, *PROGRAM, *words],
        cwd=folder,
        env=environment(env),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [line for line in (folder / "calls").read_text("utf-8", "replace").splitlines() if "INET" in line]


@pytest.mark.parametrize(
    "words",
    [
        ("report", NORTHSIDE, "-o", "r.pdf"),
        ("report", NORTHSIDE, "-o", "r.docx"),
        ("form", "-o", "f.html", "--like", NORTHSIDE),
        ("batch", REGION, "-o", "out", "--format", "html", "--portfolio", "none", "--workers", "2"),
    ],
    ids=lambda words: " ".join((words[0], words[-1])),
)
def test_no_command_asks_for_a_network(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert network_calls(tmp_path, *words) == []


@pytest.mark.long
def test_a_browser_sends_nothing_and_connects_to_nothing(tmp_path: Path) -> None:
    # Chromium asks the system if there is a way to an address far away, which sends nothing (a UDP socket's connect).
    calls = network_calls(tmp_path, "report", NORTHSIDE, "-o", "r.pdf", READINESS_PDF_ENGINE="browser")
    assert [line for line in calls if "SOCK_STREAM" in line or "TCP" in line] == []
    assert [line for line in calls if "send" in line.partition("(")[0]] == []
