"""A browser that prints a page: where it is found, and that it is offline, ends in time, and leaves nothing behind."""

import signal
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from types import FrameType
from typing import ClassVar

import pikepdf
import pytest

from readiness.document.browser import Browser, browsers, print_page
from readiness.errors import InputError

PAGE = '<!DOCTYPE html><html lang="en"><head><title>Small</title></head><body><h1>One page</h1></body></html>'


@pytest.fixture
def short_lived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder, empty so far, in which short-lived files are made."""
    folder = tmp_path / "short-lived"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def program(path: Path, script: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return path


def test_the_page_is_printed_and_nothing_is_left_behind(short_lived: Path) -> None:
    with pikepdf.open(BytesIO(print_page(PAGE, browsers()[0]))) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Small"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert [entry.title for entry in pdf.open_outline().root] == ["One page"]
    assert list(short_lived.iterdir()) == []


def test_on_windows_edge_comes_first_wherever_it_was_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ProgramFiles(x86)", "ProgramFiles", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / name))
    assert browsers("win32") == ()
    chrome = program(tmp_path / "LOCALAPPDATA/Google/Chrome/Application/chrome.exe")
    assert browsers("win32") == (Browser("Google Chrome", chrome),)
    edge = program(tmp_path / "ProgramFiles(x86)/Microsoft/Edge/Application/msedge.exe")
    assert browsers("win32") == (Browser("Microsoft Edge", edge), Browser("Google Chrome", chrome))
    monkeypatch.delenv("LOCALAPPDATA")
    assert browsers("win32") == (Browser("Microsoft Edge", edge),)


def test_on_a_mac_a_browser_of_ones_own_is_found_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert browsers("darwin") == ()
    edge = program(tmp_path / "Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge")
    assert browsers("darwin") == (Browser("Microsoft Edge", edge),)


@pytest.mark.parametrize(
    ("command", "name"),
    [("chromium", "Chromium"), ("google-chrome-stable", "Google Chrome"), ("microsoft-edge", "Microsoft Edge")],
)
def test_elsewhere_a_browser_is_found_by_its_command(
    command: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert browsers("linux") == ()
    found = program(tmp_path / command)
    assert browsers("linux") == browsers("freebsd14") == (Browser(name, found),)


class _Asked(BaseHTTPRequestHandler):
    """Notes what it is asked for."""

    paths: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.paths.append(self.path)
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — as the library calls it
        """Say nothing."""


def test_it_asks_the_network_for_nothing_whatever_the_page_says(monkeypatch: pytest.MonkeyPatch) -> None:
    _Asked.paths.clear()
    with HTTPServer(("127.0.0.1", 0), _Asked) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            port = server.server_port
            address = f"http://127.0.0.1:{port}"
            for proxy in ("http_proxy", "HTTP_PROXY", "all_proxy"):
                monkeypatch.setenv(proxy, address)
            named = (
                f'<img src="{address}/a.png"/><img src="http://localhost:{port}/b.png"/><img src="http://x.example/c"/>'
            )
            print_page(
                PAGE.replace("One page", f'{named}<link rel="stylesheet" href="{address}/d.css"/>'), browsers()[0]
            )
        finally:
            server.shutdown()
    assert _Asked.paths == []


HANGS = 'sleep 300 & echo "$! $$" > "{pids}"\nwait'


def alive(pids: Path) -> list[int]:
    """Return which of the processes are there, as the kernel sees them; what nobody has waited for yet is dead."""
    there = []
    for pid in map(int, pids.read_text("utf-8").split()):
        try:
            state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
        except FileNotFoundError:
            continue
        there += [pid] if state != "Z" else []
    return there


def test_what_takes_too_long_is_stopped_with_all_that_it_started(tmp_path: Path, short_lived: Path) -> None:
    pids = tmp_path / "pids"
    slow = Browser("Slow", program(tmp_path / "slow", HANGS.format(pids=pids)))
    with pytest.raises(InputError) as failed:
        print_page(PAGE, slow, deadline=1)
    [problem] = failed.value.problems
    assert problem.what == "Slow took more than 1 seconds to make the PDF, and was stopped"
    assert "READINESS_PDF_ENGINE" in problem.todo
    time.sleep(0.1)
    assert alive(pids) == []
    assert list(short_lived.iterdir()) == []


class _StoppedError(BaseException):
    pass


def test_being_told_to_end_stops_it_too(tmp_path: Path, short_lived: Path) -> None:
    def stop(_signum: int, _frame: FrameType | None) -> None:
        raise _StoppedError

    pids = tmp_path / "pids"
    slow = Browser("Slow", program(tmp_path / "slow", HANGS.format(pids=pids)))
    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, 1)
    try:
        with pytest.raises(_StoppedError):
            print_page(PAGE, slow)
    finally:
        signal.signal(signal.SIGALRM, before)
    time.sleep(0.1)
    assert alive(pids) == []
    assert list(short_lived.iterdir()) == []


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("exit 21", 21),
        ("exit 0", 0),
        ('for word; do case "$word" in --print-to-pdf=*) echo no > "${word#*=}";; esac; done', 0),
    ],
    ids=["fails", "makes nothing", "makes no PDF"],
)
def test_a_browser_that_makes_no_pdf_is_named_with_what_to_do(script: str, code: int, tmp_path: Path) -> None:
    with pytest.raises(InputError) as failed:
        print_page(PAGE, Browser("Odd", program(tmp_path / "odd", script)))
    [problem] = failed.value.problems
    assert problem.what == f"Odd made no PDF ({tmp_path / 'odd'} ended with {code})"
    assert ".html" in problem.todo


def test_what_is_no_program_cannot_be_started(tmp_path: Path) -> None:
    (tmp_path / "odd").write_text("no program", "utf-8")
    with pytest.raises(InputError, match=r"Odd can't be started \(.*odd: Permission denied\)"):
        print_page(PAGE, Browser("Odd", tmp_path / "odd"))


def test_the_browser_gets_a_profile_of_its_own(tmp_path: Path, short_lived: Path) -> None:
    shown = tmp_path / "shown"
    with pytest.raises(InputError):
        print_page(PAGE, Browser("Odd", program(tmp_path / "odd", f'printf "%s\\n" "$@" > "{shown}"')))
    given = shown.read_text("utf-8").splitlines()
    [profile] = [word.partition("=")[2] for word in given if word.startswith("--user-data-dir=")]
    assert Path(profile).is_relative_to(short_lived)
    assert given[0] == "--headless"
