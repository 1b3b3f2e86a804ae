"""Our pages are read as XML, which is quicker: nothing may come of it that a browser would see otherwise."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pytest
import weasyprint

from readiness.document.fence import FencedFetcher
from readiness.document.pdf import Renderer, well_formed
from readiness.report.model import Report
from readiness.theme.theme import Theme
from tests.report.services import SOBER
from tests.report.test_pdf import of
from tests.reports import as_page

Reports = Callable[[str], Report]
OURS = replace(SOBER, name="Ours & theirs", footer="Confidential")


def told(root: ET.Element) -> Iterator[object]:
    """Yield all that a page says, but for white space and for which standard its pictures are written by."""
    for element in root.iter():
        facts = {name: value for name, value in element.attrib.items() if not name.endswith("}xmlns")}
        yield element.tag, facts, (element.text or "").strip(), (element.tail or "").strip()


@pytest.mark.parametrize("name", ["harbour", "hostile", "nothing"])
@pytest.mark.parametrize("theme", [OURS, OURS.brief()], ids=["whole", "brief"])
def test_a_page_read_as_xml_is_the_page_that_a_browser_reads(report: Reports, name: str, theme: Theme) -> None:
    html = as_page(report(name), theme)
    as_html = weasyprint.HTML(string=html, base_url="x").etree_element
    assert [*told(well_formed(html, "x", FencedFetcher()).etree_element)] == [*told(as_html)]


@pytest.mark.parametrize("page", ["<p>Not \ufffe closed<br>", "<p>&nbsp;</p>", "<p>One<p>Two"])
def test_a_page_that_is_not_well_formed_is_read_as_html(page: str) -> None:
    start = '<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><h1>Fine</h1>'
    with pytest.raises(ET.ParseError):
        well_formed(start + page, "x", FencedFetcher())
    data, _ = Renderer(SOBER).render(f"{start}{page}</body></html>")
    with pikepdf.open(BytesIO(data)) as pdf:
        assert len(of(pdf, "/H1")) == 1


def test_templates_of_ones_own_are_read_as_a_browser_reads_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readiness.document.pdf.well_formed", lambda *_: pytest.fail("read as XML"))
    made = Renderer(replace(SOBER, templates=tmp_path))
    assert made.render('<!DOCTYPE html><html lang="en"><title>x</title><h1>Fine</h1></html>')[0].startswith(b"%PDF")
