"""PDF/UA-1, in the eyes of a checker that is not ours, in every shipped theme and in one with a logo, on Letter.

As rendering is slow, what else holds in every theme is looked at on the same files.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from readiness.report.model import Report
from readiness.report.pdf import render_pdf
from readiness.report.theme import Theme
from readiness.report.theme_file import find_theme, read_theme, shipped_themes
from tests.report.conftest import assert_no_page_is_nearly_empty
from tests.report.services import SOBER
from tests.report.test_docx import BRANDED

UNUSABLE = "UA-14-001"
"""The checker trips over this rule, about headings, on any file: ``test_pdf`` looks at headings instead."""


def checked(theme: Theme, report: Report, folder: Path) -> dict[str, object]:
    data, told = render_pdf(report, theme)
    assert told == ()
    (folder / "report.pdf").write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-m", "pdfua", "check", "--format", "json", str(folder / "report.pdf")],
        capture_output=True,
        check=False,
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("theme", [*map(find_theme, shipped_themes()), None], ids=[*shipped_themes(), "branded"])
@pytest.mark.parametrize("name", ["northside", "harbour"])
def test_the_checker_finds_nothing_and_no_page_is_nearly_empty(
    name: str, theme: Path | None, report: Callable[[str], Report], tmp_path: Path
) -> None:
    found = checked(read_theme(theme) if theme else replace(BRANDED, page="Letter"), report(name), tmp_path)
    assert found["findings"] == []
    assert {skipped["rule_id"] for skipped in found["skipped"]} <= {UNUSABLE}  # type: ignore[attr-defined]
    assert_no_page_is_nearly_empty(tmp_path / "report.pdf")


def test_the_checker_would_find_something(
    report: Callable[[str], Report], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readiness.report.tags._mend_table", lambda *_: None)
    monkeypatch.setattr("readiness.report.tags._mend_margins", lambda *_: None)
    assert checked(SOBER, report("harbour"), tmp_path)["findings"] != []
