"""What each finding became: docs/questions.md has all of it, and is what the bank says today."""

import json

import pytest

from readiness.bank.model import Bank
from readiness.document.write import Format, write
from readiness.report.findings_document import findings_document, findings_facts
from readiness.text import ended
from tests.program import ROOT
from tests.small import small_bank
from tests.themes import default_theme

PAGE = (ROOT / "docs" / "questions.md").read_text("utf-8")


def page(bank: Bank) -> str:
    data, told = write(Format.MARKDOWN, findings_document(bank), default_theme())
    assert told == ()
    return data.decode("utf-8")


def test_the_page_in_docs_is_current_make_questions_writes_it_again(bank: Bank) -> None:
    assert page(bank) == PAGE


def test_each_question_stands_under_its_finding_with_why_and_what_is_our_own(bank: Bank) -> None:
    parts = PAGE.split("\n### ")
    for finding in bank.findings:
        [part] = [each for each in parts if each.startswith(finding.statement)]
        asked = [one for one in bank.questions if finding.id in one.findings]
        assert part.count("Why these levels: ") == len(asked)
        for one in asked:
            assert one.basis
            assert one.basis.ours
            assert f"**{one.name}** ({one.id}). {one.text}" in part
            assert ended(one.basis.why) in part
            assert f"Our own choice: {ended(one.basis.ours)}" in part
        assert ("The research calls it key." in part) == finding.key


def test_what_only_people_can_do_is_said_plainly(bank: Bank) -> None:
    assert bank.texts.tested
    assert bank.texts.tested in PAGE
    assert "Only people can say if questions work." in PAGE
    assert "### Step 1: Review by Peer Workers\n" in PAGE


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return small_bank(tmp_path_factory.mktemp("bank"), "[{id: a, basis: {why: It follows}}, {id: b}]")


def test_a_bank_that_says_nothing_of_why_has_its_questions_all_the_same(small: Bank) -> None:
    told = page(small)
    assert "- Why these levels: It follows.\n" in told
    assert "Our own choice" not in told
    assert "**Question b** (b). Question b" in told


def test_the_facts_are_those_of_the_bank(bank: Bank) -> None:
    facts = json.loads(json.dumps(findings_facts(bank)))
    assert [{name: one[name] for name in ("id", "statement", "key")} for one in facts] == [
        {"id": one.id, "statement": one.statement, "key": one.key} for one in bank.findings
    ]
    told = {each["id"] for one in facts for each in one["questions"]}
    assert told == {one.id for one in bank.questions}
    assert all(each["basis"]["why"] for one in facts for each in one["questions"])
