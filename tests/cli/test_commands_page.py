"""The page of all commands is what the program says of itself."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence

from tests.program import PATIENCE, ROOT, environment

PAGE = ROOT / "docs" / "commands.md"
HEAD = """\
# All commands

What the program says with `--help`, command by command. This page is made from it:
`READINESS_UPDATE_GOLDEN=1 python -m pytest tests/cli/test_commands_page.py` writes it again.
"""
CALL = """
import sys
from readiness.__main__ import main
for words in sys.argv[1:]:
    sys.argv[1:] = [*words.split(), "--help"]
    try:
        main()
    except SystemExit as ended:
        assert not ended.code
        print(end="\\f")
"""
"""Starts the program under its own name, and not under that of a folder on this machine, and says all that is asked."""


def test_the_page_of_all_commands_is_what_the_program_says() -> None:
    text = "\n".join(
        (HEAD, *(f"## `{f'readiness {words}'.strip()}`\n\n```text\n{said}\n```\n" for words, said in _all()))
    )
    if os.environ.get("READINESS_UPDATE_GOLDEN") == "1":
        PAGE.write_text(text, encoding="utf-8")
    assert text == PAGE.read_text("utf-8"), "READINESS_UPDATE_GOLDEN=1 writes it anew"


def _all(above: Sequence[str] = ("",)) -> Iterator[tuple[str, str]]:
    """Yield the words and the help of each command, then those of the commands in it."""
    done = subprocess.run(
        [sys.executable, "-c", CALL, *above],
        env=environment({"COLUMNS": "80"}),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    for words, said in zip(above, done.stdout.split("\f")[:-1], strict=True):
        yield words, said.strip()
        names = re.findall(r"^  ([a-z]+)  ", said.partition("\nCommands:\n")[2].partition("\n\n")[0], re.MULTILINE)
        if names:
            yield from _all([f"{words} {name}".strip() for name in names])
