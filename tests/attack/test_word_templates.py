"""Word templates of a client's own: a report made from one leads nowhere and runs nothing."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from readiness.errors import InputError
from readiness.report.model import Report
from readiness.report.word_template import fill_word_template
from readiness.theme.theme_file import read_theme
from readiness.theme.word_parts import refuse_outside
from tests.attack.word import HARMLESS, HOSTILE, MADE_IN_FILLING, within, word
from tests.report.services import SOBER

Reports = Callable[[str], Report]


@pytest.mark.parametrize("name", HOSTILE)
def test_what_leads_outside_or_runs_is_refused_with_its_part(name: str, tmp_path: Path) -> None:
    data, said = HOSTILE[name]
    (tmp_path / "ours.docx").write_bytes(data)
    (tmp_path / "theme.toml").write_text('word_template = "ours.docx"', "utf-8")
    with pytest.raises(InputError) as error:
        read_theme(tmp_path)
    assert said in str(error.value)
    assert "Take it out of the Word template: each report would hold it." in str(error.value)


def test_one_whose_fields_take_the_square_of_their_length_is_refused_at_once(tmp_path: Path) -> None:
    runs = "<w:instrText>aaaa</w:instrText>" * 100_000
    field = f'<w:p><w:r><w:fldChar w:fldCharType="begin"/>{runs}<w:fldChar w:fldCharType="end"/></w:r></w:p>'
    with pytest.raises(InputError, match=r"word/document\.xml holds more than 100,000 elements"):
        refuse_outside(word(within(field)), tmp_path / "ours.docx")


@pytest.mark.parametrize("name", HARMLESS)
def test_what_works_out_something_from_the_document_itself_is_taken(name: str, tmp_path: Path) -> None:
    refuse_outside(HARMLESS[name], tmp_path / "ours.docx")


@pytest.mark.parametrize("name", MADE_IN_FILLING)
def test_what_only_filling_in_makes_is_refused(name: str, report: Reports, tmp_path: Path) -> None:
    path = tmp_path / "ours.docx"
    path.write_bytes(MADE_IN_FILLING[name])
    with pytest.raises(InputError, match=r"word/document\.xml has a field that a report may not have: DDE"):
        fill_word_template(path, report("northside"), replace(SOBER, word_template=path))


def test_a_harmless_one_is_filled_in(report: Reports, tmp_path: Path) -> None:
    path = tmp_path / "ours.docx"
    path.write_bytes(HARMLESS["number of the page"])
    assert fill_word_template(path, report("northside"), replace(SOBER, word_template=path)).startswith(b"PK")
