"""PDF/UA-1, in the eyes of a checker that is not ours, in every shipped theme and in one with a logo, on Letter.

As rendering is slow, what else holds in every theme is looked at on the same files.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from readiness.report.model import Report
from readiness.theme.theme import Theme
from readiness.theme.theme_file import find_theme, read_theme, shipped_themes
from tests.accessible import findings
from tests.report.services import SOBER
from tests.report.test_report_docx import BRANDED
from tests.reports import as_pdf, assert_no_page_is_nearly_empty


def checked(theme: Theme, report: Report, folder: Path) -> list[object]:
    data, told = as_pdf(report, theme)
    assert told == ()
    (folder / "report.pdf").write_bytes(data)
    return findings(folder / "report.pdf")


@pytest.mark.parametrize("theme", [*map(find_theme, shipped_themes()), None], ids=[*shipped_themes(), "branded"])
@pytest.mark.parametrize("name", ["northside", "harbour"])
def test_the_checker_finds_nothing_and_no_page_is_nearly_empty(
    name: str, theme: Path | None, report: Callable[[str], Report], tmp_path: Path
) -> None:
    found = checked(read_theme(theme) if theme else replace(BRANDED, page="Letter"), report(name), tmp_path)
    assert found == []
    assert_no_page_is_nearly_empty(tmp_path / "report.pdf")


def test_the_checker_would_find_something(
    report: Callable[[str], Report], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readiness.document.pdf_tags._mend_table", lambda *_: None)
    monkeypatch.setattr("readiness.document.pdf_tags._mend_margins", lambda *_: None)
    assert checked(SOBER, report("harbour"), tmp_path) != []
