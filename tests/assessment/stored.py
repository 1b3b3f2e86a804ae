"""A file that is saved, and saving it in another process."""

import datetime as dt
import subprocess
import sys
import textwrap
from pathlib import Path

from readiness.assessment.model import Assessment, BankReference, Response, Team
from readiness.bank.document import parse_json
from readiness.bank.validation import validated


def some(note: str = "a note") -> Assessment:
    return Assessment(
        bank=BankReference(id="small"),
        team=Team(name="Northside"),
        date=dt.date(2026, 11, 22),
        responses={"a": Response(level=2, note=note)},
    )


def read(path: Path) -> Assessment:
    return validated(Assessment, parse_json(path.read_text(encoding="utf-8"), str(path)))


CHILD = """
import os, resource
from pathlib import Path
from readiness.assessment.model import Assessment, Response
from readiness.assessment.draft import Draft, write_atomically
from readiness.assessment.store import AssessmentFile
from readiness.bank.document import parse_json
from readiness.bank.validation import validated
from readiness.errors import InputError
"""


def in_child(code: str, exits: int = 0) -> str:
    """Run the code in a process of its own; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD + textwrap.dedent(code)], capture_output=True, text=True, check=False
    )
    assert done.returncode == exits, done.stderr
    return done.stdout


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.endswith(".lock")}
