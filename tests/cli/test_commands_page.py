"""The page of all commands is what the program says of itself."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator

from tests.program import PATIENCE, ROOT, environment

PAGE = ROOT / "docs" / "commands.md"
HEAD = """\
# All commands

What the program says with `--help`, command by command. This page is made from it:
`READINESS_UPDATE_GOLDEN=1 python -m pytest tests/cli/test_commands_page.py` writes it again.
"""
CALL = "from readiness.__main__ import main; main()"
"""Starts the program under its own name, and not under that of a folder on this machine."""


def test_the_page_of_all_commands_is_what_the_program_says() -> None:
    text = "\n".join((HEAD, *_sections("")))
    if os.environ.get("READINESS_UPDATE_GOLDEN") == "1":
        PAGE.write_text(text, encoding="utf-8")
    assert text == PAGE.read_text("utf-8"), "READINESS_UPDATE_GOLDEN=1 writes it anew"


def _sections(words: str) -> Iterator[str]:
    """Yield the help of a command, then that of the commands in it."""
    called = [sys.executable, "-c", CALL, *words.split(), "--help"]
    shown = subprocess.run(
        called,
        env=environment({"COLUMNS": "80"}),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    ).stdout
    yield f"## `{f'readiness {words}'.strip()}`\n\n```text\n{shown.strip()}\n```\n"
    for name in re.findall(r"^  ([a-z]+)  ", shown.partition("\nCommands:\n")[2].partition("\n\n")[0], re.MULTILINE):
        yield from _sections(f"{words} {name}".strip())
