"""The parts of the fonts that web pages carry."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from readiness.bank.model import Bank
from readiness.document.web_fonts import UNICODES, is_enough, part_of
from readiness.report.model import Report
from readiness.resources import REPORT_TEMPLATES
from tests.report.services import SOBER
from tests.reports import as_html

FONTS = [font for font in sorted((REPORT_TEMPLATES / "fonts").glob("*.ttf")) if not font.stem.endswith("It")]
LETTERINGS = 256
"""From this number on, names are those of ways to letter, not of the font."""


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.stem)
def test_a_part_has_what_it_is_said_to_have_and_bears_no_reserved_name(font: Path) -> None:
    with TTFont(font) as whole:
        characters = {*whole.getBestCmap()}
    inside = re.compile(f"[{UNICODES.replace('U+', chr(92) + 'u').replace(',', '').replace('-', '-' + chr(92) + 'u')}]")
    wanted = {code for code in characters if inside.match(chr(code))}
    assert len(wanted) > 400
    with TTFont(part_of(font)) as part:
        assert wanted <= {*part.getBestCmap()}
        assert {record.nameID for record in part["name"].names if record.nameID < LETTERINGS} <= {0, 13, 14}
        assert re.match("©|Copyright", str(part["name"].getName(0, 3, 1)))


def test_all_that_we_say_ourselves_is_within_them(bank: Bank) -> None:
    texts = [bank.model_dump_json()]
    texts += [path.read_text("utf-8") for path in REPORT_TEMPLATES.rglob("*") if path.suffix in (".j2", ".po")]
    assert [text for text in texts if not is_enough(text)] == []


@pytest.mark.parametrize("text", ["ŵŷ ẁ", "“quoted” – … €5", "¼ × 4 ≥ 1", "line\nline"])
def test_latin_words_need_no_more(text: str) -> None:
    assert is_enough(text)


def test_what_no_font_of_ours_has_needs_no_whole_font() -> None:
    assert is_enough("Northside \N{GRINNING FACE} 漢字")


def test_a_font_of_ones_own_is_never_taken_in_part(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "brand.woff2").write_text("not a font")
    assert part_of(tmp_path / "brand.ttf") == tmp_path / "brand.ttf"


def test_a_theme_in_other_letters_carries_the_whole_font_too(report: Callable[[str], Report]) -> None:
    assert b"data:font/ttf" in as_html(report("northside"), replace(SOBER, name="Ομάδα"))


def test_a_page_with_other_letters_carries_the_whole_font(report: Callable[[str], Report]) -> None:
    plain = report("northside")
    greek = plain.model_copy(update={"team": "Ομάδα"})
    assert not is_enough(greek.team)
    small, large = (as_html(each, SOBER) for each in (plain, greek))
    assert b"data:font/ttf" not in small
    assert b"data:font/woff2" not in large
    assert len(small) < 400_000 < len(large)
