"""The parts of the fonts that web pages carry."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from readiness.bank.model import Bank
from readiness.report.html import render_html
from readiness.report.model import Report
from readiness.report.web_fonts import is_enough, part_of
from readiness.resources import REPORT_TEMPLATES
from tests.report.services import SOBER

FONTS = [font for font in sorted((REPORT_TEMPLATES / "fonts").glob("*.ttf")) if not font.stem.endswith("It")]
LETTERINGS = 256
"""From this number on, names are those of ways to letter, not of the font."""


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.stem)
def test_a_part_has_what_it_is_said_to_have_and_bears_no_reserved_name(font: Path) -> None:
    whole, part = TTFont(font), TTFont(part_of(font))
    wanted = {code for code in whole.getBestCmap() if code >= ord(" ") and is_enough(chr(code))}
    assert wanted <= {*part.getBestCmap()}
    assert len(wanted) > 400
    assert {record.nameID for record in part["name"].names if record.nameID < LETTERINGS} <= {0, 13, 14}
    assert re.match("©|Copyright", str(part["name"].getName(0, 3, 1)))


def test_all_that_we_say_ourselves_is_within_them(bank: Bank) -> None:
    texts = [bank.model_dump_json()]
    texts += [path.read_text("utf-8") for path in REPORT_TEMPLATES.rglob("*") if path.suffix in (".j2", ".po")]
    assert [text for text in texts if not is_enough(text)] == []


@pytest.mark.parametrize("text", ["ŵŷ ẁ", "“quoted” – … €5", "¼ × 4 ≥ 1", "line\nline"])
def test_latin_words_need_no_more(text: str) -> None:
    assert is_enough(text)


def test_a_page_with_other_letters_carries_the_whole_font(report: Callable[[str], Report]) -> None:
    plain = report("northside")
    greek = plain.model_copy(update={"team": "Ομάδα"})
    assert not is_enough(greek.team)
    small, large = (render_html(each, SOBER) for each in (plain, greek))
    assert b"data:font/ttf" not in small
    assert b"data:font/woff2" not in large
    assert len(small) < 400_000 < len(large)
