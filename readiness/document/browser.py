"""Finds a browser on this machine, and has it print a page.

It prints offline, in a new profile, and is stopped with all that it started if it takes too long.
"""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from readiness.errors import InputError, Problem

DEADLINE = 60.0
"""Seconds for one print; it takes one or two, and up to ten on a slow machine."""

# Where their makers' installers put them.
_WINDOWS_ROOTS = ("ProgramFiles(x86)", "ProgramFiles", "LOCALAPPDATA")
_WINDOWS = {
    "Microsoft Edge": "Microsoft/Edge/Application/msedge.exe",
    "Google Chrome": "Google/Chrome/Application/chrome.exe",
    "Chromium": "Chromium/Application/chrome.exe",
}
_MAC = {
    "Google Chrome": "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge": "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "Chromium": "Chromium.app/Contents/MacOS/Chromium",
}
_ELSEWHERE = {
    "chromium": "Chromium",
    "chromium-browser": "Chromium",
    "google-chrome": "Google Chrome",
    "google-chrome-stable": "Google Chrome",
    "microsoft-edge": "Microsoft Edge",
    "microsoft-edge-stable": "Microsoft Edge",
}
"""Names of commands."""

_FLAGS = (
    "--headless",
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
    # A profile that nobody has set up, and no service that asks the network for something.
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-extensions",
    "--disable-component-update",
    "--disable-background-networking",
    "--disable-sync",
    "--disable-domain-reliability",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--password-store=basic",
    "--use-mock-keychain",
    "--disable-gpu",
    # Offline: no name and no address is found, and no proxy is asked to find one.
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
_TODO = (
    "Update the browser, set READINESS_PDF_ENGINE to the path of another one (Edge, Chrome or Chromium), "
    "or write .html."
)


@dataclass(frozen=True, slots=True)
class Browser:
    """Browser on this machine that can print to PDF: its name for people, and its program."""

    name: str
    program: Path


def browsers(platform: str = sys.platform) -> tuple[Browser, ...]:
    """Return the browsers on this machine that can print to PDF, the one to take first; ``platform`` as Python says."""
    match platform:
        case "win32":
            roots = [Path(root) for name in _WINDOWS_ROOTS if (root := os.environ.get(name))]
            places = [(name, root / place) for name, place in _WINDOWS.items() for root in roots]
        case "darwin":
            roots = [Path("/Applications"), Path.home() / "Applications"]
            places = [(name, root / place) for name, place in _MAC.items() for root in roots]
        case _:
            found = ((name, shutil.which(command)) for command, name in _ELSEWHERE.items())
            places = [(name, Path(program)) for name, program in found if program]
    return tuple(Browser(name, program) for name, program in places if program.is_file())


def print_page(page: str, browser: Browser, deadline: float | None = None) -> bytes:
    """Return the page as the browser prints it to PDF.

    Raises InputError if the browser makes none, or takes more than ``deadline`` seconds (else DEADLINE).
    """
    from readiness.temporary_folders import temporary_folder

    with temporary_folder() as folder:
        file, printed = folder / "page.html", folder / "page.pdf"
        file.write_text(page, "utf-8")
        # As root, as in a container, Chromium does not start with its sandbox.
        root = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
        own = (f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={printed}", file.as_uri())
        code = _run((str(browser.program), *_FLAGS, *root, *own), browser, deadline or DEADLINE)
        with suppress(OSError):
            if (data := printed.read_bytes()).startswith(b"%PDF"):
                return data
    raise InputError(Problem(f"{browser.name} made no PDF ({browser.program} ended with {code})", _TODO))


def _run(command: tuple[str, ...], browser: Browser, deadline: float) -> int:
    """Return the exit code of the browser. Raises InputError if it does not start, or takes too long."""
    try:
        process = _started(command)
    except OSError as error:
        raise InputError(
            Problem(f"{browser.name} can't be started ({browser.program}: {error.strerror})", _TODO)
        ) from None
    try:
        return process.wait(deadline)
    except subprocess.TimeoutExpired:
        what = f"{browser.name} took more than {deadline:g} seconds to make the PDF, and was stopped"
        raise InputError(Problem(what, _TODO)) from None
    finally:
        if process.returncode is None:
            _end(process)


def _started(command: tuple[str, ...]) -> subprocess.Popen[bytes]:
    """Start the browser in a group of its own, with nothing to read, and silent."""
    if sys.platform == "win32":
        flags, session = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW, False
    else:
        flags, session = 0, True
    nothing = subprocess.DEVNULL
    return subprocess.Popen(  # noqa: S603 — the browser that was found, or that the person named
        command, stdin=nothing, stdout=nothing, stderr=nothing, creationflags=flags, start_new_session=session
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the browser with all that it has started."""
    if sys.platform == "win32":
        # There, the processes of a browser are a tree, and no group.
        program = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe")
        subprocess.run((program, "/F", "/T", "/PID", str(process.pid)), check=False, capture_output=True)  # noqa: S603 — of Windows itself
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
