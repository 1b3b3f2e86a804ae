"""Sheets for testing a bank with people: each question has what an interview needs, and place to write."""

from collections.abc import Iterator

import pytest

from readiness.bank.model import Bank
from readiness.document.blocks import Document, Points, Section
from readiness.document.spans import Span, text_of
from readiness.document.tables import Table, ToFillIn, lines_of
from readiness.document.write import PAGES, Format, write
from readiness.report.protocol_document import protocol_document
from readiness.report.protocol_steps import reviewers
from tests.small import small_bank
from tests.themes import default_theme

PROFILE = {"setting": "voluntary", "stage": "established", "employment": "unpaid", "culturally-specific": "no"}
PEER_WORKER = "peer-worker"


@pytest.fixture(scope="module")
def document(bank: Bank) -> Document:
    return protocol_document(bank, bank.asked(PROFILE, PEER_WORKER), "Peer Worker")


def tables(section: Section) -> Iterator[Table]:
    yield from (block for block in section.blocks if isinstance(block, Table))


def section(document: Document, name: str) -> Section:
    return next(each for each in document.sections if each.name == name)


def test_each_question_has_an_interview_sheet_on_a_page_of_its_own_in_the_words_of_who_takes_part(
    bank: Bank, document: Document
) -> None:
    asked = bank.asked(PROFILE, PEER_WORKER)
    sheets = [each for each in document.sections if each.name.startswith("interview-")]
    assert [sheet.name for sheet in sheets] == [f"interview-{one.id}" for one in asked]
    for sheet, one in zip(sheets, asked, strict=True):
        assert sheet.new_page
        [levels] = [block for block in sheet.blocks if isinstance(block, Points)]
        assert [*levels.items] == [f"{at}: {level.text}" for at, level in enumerate(one.levels)]
        assert one.text in [text_of(block) for block in sheet.blocks if isinstance(block, Span)]


def test_an_interview_asks_for_own_words_the_choice_why_and_what_is_missing(document: Document) -> None:
    for sheet in (each for each in document.sections if each.name.startswith("interview-")):
        [probes] = [table for table in tables(sheet) if table.heads]
        asked = " ".join(str(row[0]) for row in probes.rows)
        for words in ("own words", "Which answer do you choose", "Why that one", "missing", "two of them fit"):
            assert words in asked
        assert all(isinstance(row[1], ToFillIn) for row in probes.rows)


@pytest.mark.parametrize("name", ["review", "twice"])
def test_each_question_has_a_row_to_fill_in_on_the_other_sheets(bank: Bank, document: Document, name: str) -> None:
    [table] = [each for each in tables(section(document, name)) if each.heads]
    names = [lines_of(row[0])[0] for row in table.rows]
    asked = bank.asked(PROFILE, PEER_WORKER)
    assert [text_of(each) for each in names if isinstance(each, str | Span)] == [one.name for one in asked]
    assert all(isinstance(cell, ToFillIn) for row in table.rows for cell in row[1:])


@pytest.mark.parametrize("form", PAGES)
def test_every_format_has_every_question(bank: Bank, document: Document, form: Format) -> None:
    data, _ = write(form, document, default_theme())
    assert data
    if form in (Format.MARKDOWN, Format.HTML):
        text = data.decode("utf-8")
        assert all(one.text.split("’")[0] in text for one in bank.asked(PROFILE, PEER_WORKER))
        assert "Reviewer number" in text


def test_those_whose_voice_a_bank_needs_review_it(bank: Bank, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert reviewers(bank) == "Peer Workers"
    small = small_bank(tmp_path_factory.mktemp("bank"), "[{id: a}]")
    assert reviewers(small) == "people whom the questions are about"
    assert protocol_document(small, small.questions).lines == [f"small 1, fingerprint {small.fingerprint}"]
