"""How this program was started, so that a command we name can be typed just as it stands."""

import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from shutil import which

NAME = "readiness"
COMPLETE = "_READINESS_COMPLETE"
"""The variable by which a shell asks how a line can go on."""


def command(words: str = "") -> str:
    """Return the line that calls this program with ``words``, as the person who started it would type it here.

    Messages have it at their end: it is then shown in a line of its own.
    """
    return f"{_program()} {words}".rstrip()


@cache
def _program() -> str:
    return called(sys.argv, sys.orig_argv, which(NAME))


def called(argv: Sequence[str], typed: Sequence[str], found: str | None) -> str:
    """Return how the program was called: by its name if that leads to it, else by path or through Python.

    ``argv`` and ``typed`` are sys.argv and sys.orig_argv. ``found`` is the program that the name alone leads to, if
    any. Called from within another program, it goes by its name.
    """
    script = Path(argv[0]) if argv else Path()
    if script.name == "__main__.py" and script.parent.name == NAME:
        before = typed[: len(typed) - len(argv) + 1]
        return NAME if "-c" in before else quoted(before)  # a process that one of ours has started is not typed
    if _without_ending(script).name != NAME:
        return NAME
    here = found is not None and _without_ending(Path(found)).resolve() == _without_ending(script).resolve()
    return NAME if here else quoted([str(script)])


def quoted(words: Sequence[str]) -> str:
    """Return ``words`` as they must be typed in this system's shell."""
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def _without_ending(path: Path) -> Path:
    """Return the path without the ``.exe`` of Windows, which a starter there leaves out."""
    return path.with_suffix("") if path.suffix.lower() == ".exe" else path
