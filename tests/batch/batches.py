"""Runs batches of a few teams, and reads what they made."""

import contextlib
import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from typer.exceptions import TyperException

from readiness.cli.main import app
from readiness.errors import InputError
from tests.batch.writing import put, row

Tree = Mapping[str, bytes]


QUICK = ("--format", "md", "--portfolio", "none")
PAGES = ("--format", "html", "--portfolio", "none")
"""Reports that templates of one's own set out."""


def tree(folder: Path) -> Tree:
    """Return every file below the folder, and what it holds."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def teams(folder: Path, names: Sequence[str], file: str = "teams.csv") -> Path:
    return put(folder / file, [row(name) for name in names])


def batch(folder: Path, *words: str, code: int = 0, out: str = "out") -> str:
    """Run the command in this process, to its exit code, and return what it says."""
    said = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stderr(said):
        try:
            ended = app(["batch", *words, "-o", out, "--workers", "0"], standalone_mode=False) or 0
        except InputError as error:
            said.write(str(error))
            ended = 1
        except TyperException as error:
            said.write(error.format_message())
            ended = 2
    assert ended == code, said.getvalue()
    return said.getvalue()


def reports(folder: Path, out: str = "out") -> dict[str, float]:
    return {path.name.rpartition("-")[0]: path.stat().st_mtime_ns for path in (folder / out / "reports").iterdir()}


def errors(folder: Path, out: str = "out") -> list[dict[str, str]]:
    with (folder / out / "errors.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
