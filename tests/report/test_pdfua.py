"""PDF/UA-1, in the eyes of a checker that is not ours, in every shipped theme and in one with a logo, on Letter.

As rendering is slow, what else holds in every theme is looked at on the same files.
"""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
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


EACH_RUN = {("northside", "sober"), ("northside", "branded"), ("harbour", "warm"), ("harbour", "large-print")}


@pytest.mark.parametrize(
    ("name", "look"),
    [
        pytest.param(*each, marks=[] if each in EACH_RUN else pytest.mark.long)
        for each in product(("northside", "harbour"), (*shipped_themes(), "branded"))
    ],
)
def test_the_checker_finds_nothing_and_no_page_is_nearly_empty(
    name: str, look: str, report: Callable[[str], Report], tmp_path: Path
) -> None:
    theme = replace(BRANDED, page="Letter") if look == "branded" else read_theme(find_theme(look))
    found = checked(theme, report(name), tmp_path)
    assert found == []
    assert_no_page_is_nearly_empty(tmp_path / "report.pdf")


def test_the_checker_would_find_something(
    report: Callable[[str], Report], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readiness.document.pdf_tags._mend_table", lambda *_: None)
    monkeypatch.setattr("readiness.document.pdf_tags._mend_margins", lambda *_: None)
    assert checked(SOBER, report("harbour"), tmp_path) != []
