"""PDF/UA-1, in the eyes of a checker that is not ours, in every shipped theme and in one with a logo, on Letter.

As rendering is slow, what else holds in every theme is looked at on the same files.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pikepdf
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


OWN_STYLES = {
    "margin": '@page { @bottom-left { content: "Confidential"; opacity: .5 } }',
    "heading": "h2 { opacity: .5 }",
    "section": "section { opacity: .9 } section p { opacity: .5 } a { opacity: .5 }",
    "table": "table { opacity: .5 }",
    "running": "@page { @top-left { content: element(h) } } h2 { position: running(h); opacity: .5 }",
}


@pytest.mark.parametrize(
    "style",
    [
        pytest.param(each, id=name, marks=[] if name == "running" else pytest.mark.long)
        for name, each in OWN_STYLES.items()
    ],
)
def test_what_is_half_clear_is_tagged_as_everything_else(
    style: str, report: Callable[[str], Report], tmp_path: Path
) -> None:
    (tmp_path / "own.css").write_text(style, "utf-8")
    found = checked(replace(SOBER, templates=tmp_path), report("northside"), tmp_path)
    # The checker does not look into groups: what stands in them is looked at here.
    assert {str(each) for each in found if "form paint(s) occur outside" not in str(each)} == set()
    with pikepdf.open(tmp_path / "report.pdf") as pdf:
        numbers = [*pdf.Root.StructTreeRoot.ParentTree.Nums]
        parents = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        groups = [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Form"]
        in_groups = 0
        for stream in (*pdf.pages, *groups):
            marks = [*marks_of(stream)]
            in_groups += len(marks) if stream in groups else 0
            for mark in marks:
                element = parents[int(stream["/StructParents"])][mark]
                assert (mark, stream.objgen if stream in groups else None) in [*kids_of(element)]
        assert in_groups or style in (OWN_STYLES["margin"], OWN_STYLES["running"])


def marks_of(stream: pikepdf.Object | pikepdf.Page) -> Iterator[int]:
    """Yield the numbers of the marked content that stands in the stream, which has no text outside of any."""
    depth = 0
    for each in pikepdf.parse_content_stream(stream):
        operator = str(each.operator)
        depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
        assert depth or operator not in ("Tj", "TJ")
        if operator == "BDC":
            yield int(each.operands[1]["/MCID"])


def kids_of(element: pikepdf.Object) -> Iterator[tuple[int, tuple[int, int] | None]]:
    """Yield the number of each marked content of the element, with the group that it stands in."""
    for kid in element.K:
        if not isinstance(kid, pikepdf.Dictionary):
            yield int(kid), None
        elif "/MCID" in kid:
            yield int(kid.MCID), kid.Stm.objgen


def test_the_checker_would_find_something(
    report: Callable[[str], Report], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readiness.document.pdf_tags._mend_table", lambda *_: None)
    monkeypatch.setattr("readiness.document.pdf_tags._mend_margins", lambda *_: None)
    assert checked(SOBER, report("harbour"), tmp_path) != []
