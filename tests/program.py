"""Starts the program as a person does: over pipes, or in a real pseudo-terminal."""

import atexit
import contextlib
import json
import os
import pty
import select
import signal
import socket
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from types import TracebackType
from typing import Self

PROGRAM = (sys.executable, "-m", "readiness")
ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "questions" / "peer-workers" / "examples"
GOLDEN = ROOT / "tests" / "golden"
PATIENCE = 60
"""Seconds after which a program that should have answered counts as hanging."""


_HOME = TemporaryDirectory(prefix="readiness-home-")
NEEDED = ("PATH", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")
"""What programs need to know of this machine: where programs and libraries are, and where short-lived files go."""


def environment(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment that tests start programs in. All else that a machine or a person sets stays out of it."""
    needed = {name: os.environ[name] for name in NEEDED if name in os.environ}
    ours = {"HOME": _HOME.name, "LANG": "C.UTF-8", "TERM": "xterm-256color", "TZ": "UTC", "PAGER": "cat"}
    ours["PYTHONPATH"] = str(ROOT)
    return {**needed, **ours, **(changes or {})}


def run(
    *arguments: str | Path,
    cwd: Path,
    typed: str | bytes = b"",
    env: Mapping[str, str] | None = None,
    code: int | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run the program to its end. Where ``code`` is given, that is the exit code it must have.

    It is a fork of a process that has imported it already, except where ``env`` says things that Python reads as it
    starts.
    """
    words, data = [*map(str, arguments)], typed.encode() if isinstance(typed, str) else typed
    if any(key.startswith(("PYTHON", "LC_")) for key in env or ()):
        done = subprocess.run(
            [*PROGRAM, *words],
            cwd=cwd,
            input=data,
            env=environment(env),
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        returned, out, error = done.returncode, done.stdout, done.stderr
    else:
        returned, out, error = _forked(words, cwd, data, environment(env))
    said, told = out.decode(errors="replace"), error.decode(errors="replace")
    assert code is None or returned == code, f"exit code {returned}, not {code}\n{said}\n{told}"
    return subprocess.CompletedProcess(words, returned, said, told)


def _forked(words: list[str], cwd: Path, typed: bytes, variables: Mapping[str, str]) -> tuple[int, bytes, bytes]:
    """Return how the program ended, and what it wrote to stdout and to stderr."""
    request = json.dumps({"arguments": words, "cwd": str(cwd), "environment": variables}).encode()
    with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as error:
        given.write(typed)
        given.seek(0)
        socket.send_fds(_server(), [request], [given.fileno(), out.fileno(), error.fileno()])
        try:
            returned = int(_server().recv(16))
        except TimeoutError:
            _server.cache_clear()
            raise
        for stream in (out, error):
            stream.seek(0)
        return returned, out.read(), error.read()


@cache
def _server() -> socket.socket:
    """Return the way to the process that runs the program in forks of itself; it ends with this one."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.settimeout(PATIENCE)
    command = [sys.executable, "-m", "tests.forked", str(theirs.fileno())]
    nowhere = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    server = subprocess.Popen(  # type: ignore[call-overload]
        command, cwd=ROOT, env=environment(), pass_fds=[theirs.fileno()], start_new_session=True, **nowhere
    )
    theirs.close()

    def end() -> None:
        ours.close()
        try:
            server.wait(PATIENCE)
        except subprocess.TimeoutExpired:  # what it runs hangs
            os.killpg(server.pid, signal.SIGKILL)

    atexit.register(end)
    return ours


class Terminal:
    """The program in a pseudo-terminal of its own, with a person's keyboard. Use it in a ``with`` statement."""

    def __init__(
        self,
        *arguments: str | Path,
        cwd: Path,
        env: Mapping[str, str] | None = None,
        size: tuple[int, int] | None = None,
    ) -> None:
        """Start it; ``size`` is how many lines and columns the terminal has, where it says so."""
        self.output = ""
        self._unread = ""
        self._master, slave = pty.openpty()
        if size:
            termios.tcsetwinsize(slave, size)
        self._process = subprocess.Popen(
            [sys.executable, "-IS", "-c", _IN_A_SESSION, *PROGRAM, *map(str, arguments)],
            cwd=cwd,
            env=environment(env),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait(PATIENCE)
        os.close(self._master)

    def wait_for(self, words: str) -> str:
        """Return what was shown since this was last asked, once ``words`` and a prompt after them are there."""
        deadline = time.monotonic() + PATIENCE
        while "> " not in self._unread.partition(words)[2]:
            assert self._more(deadline), f"{words!r} was never shown, but:\n{self._unread}"
        shown, self._unread = self._unread, ""
        return shown

    def type(self, text: str) -> None:
        """Press the keys of ``text``, then Enter."""
        self.press(f"{text}\n")

    def press(self, keys: str) -> None:
        """Press keys; ``\\x03`` is Ctrl-C and ``\\x04`` is Ctrl-D."""
        os.write(self._master, keys.encode())

    def interrupt(self, how: str | signal.Signals) -> None:
        """Press a control key or send a signal, no sooner after the prompt than a person could.

        In the moment between a prompt and the read that follows it, readline (like any reader of a terminal) sees a
        signal only with the next key.
        """
        time.sleep(0.3)
        if isinstance(how, str):
            self.press(how)
            return
        self._process.send_signal(how)

    def end(self) -> int:
        """Return the exit code that the program ends with."""
        deadline = time.monotonic() + PATIENCE
        while self._more(deadline):
            pass
        return self._process.wait(PATIENCE)

    def _more(self, deadline: float) -> bool:
        """Read some more; return False where the program has closed its terminal."""
        ready, _, _ = select.select([self._master], [], [], max(0, deadline - time.monotonic()))
        assert ready, f"the program shows nothing more:\n{self._unread}"
        data = b""
        with contextlib.suppress(OSError):  # Linux says so when the last program has let go of the terminal
            data = os.read(self._master, 65536)
        text = data.decode(errors="replace")
        self.output += text
        self._unread += text
        return bool(data)


# The terminal becomes the session's own, as in a window, so that Ctrl-C and Ctrl-D reach the program.
_IN_A_SESSION = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""


def controls(text: str) -> Sequence[str]:
    """Return the characters of ``text`` that could move a cursor, turn the reading direction, or hide."""
    bidi = {0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF}
    return [
        repr(character)
        for character in text
        if character != "\n" and (ord(character) < 32 or 127 <= ord(character) < 160 or ord(character) in bidi)
    ]


def check_golden(name: str, text: str) -> None:
    """Assert that ``text`` is what the golden file says. READINESS_UPDATE_GOLDEN=1 writes the file instead."""
    file = GOLDEN / name
    if os.environ.get("READINESS_UPDATE_GOLDEN") == "1":
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8"), f"look at {file}; READINESS_UPDATE_GOLDEN=1 writes it anew"
