"""An independent checker of accessible PDFs (PDF/UA-1)."""

import json
import subprocess
import sys
from pathlib import Path

from tests.program import environment

UNUSABLE = "UA-14-001"
"""The checker trips over this rule, about headings, on any file: ``test_pdf`` looks at headings instead."""


def findings(file: Path) -> list[object]:
    """Return what the checker has against the PDF. It has looked at every rule but the one that it can't use."""
    done = subprocess.run(
        [sys.executable, "-m", "pdfua", "check", "--format", "json", str(file)],
        capture_output=True,
        check=False,
        env=environment(),
    )
    found = json.loads(done.stdout)
    assert {skipped["rule_id"] for skipped in found["skipped"]} <= {UNUSABLE}
    told: list[object] = found["findings"]
    return told
