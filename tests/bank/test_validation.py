from pathlib import Path
from uuid import UUID

import pytest
from pydantic import BaseModel

from readiness.assessment.model import Assessment
from readiness.bank.document import parse_yaml
from readiness.bank.load import load_bank
from readiness.bank.validation import validated
from readiness.errors import InputError

BANK = """\
schema: 1
id: small
version: "1"
title: A small bank
sources:
  - {id: paper, citation: A paper}
findings:
  - {id: f, kind: barrier, domain: d, statement: It hinders, source: paper}
domains:
  - {id: d, title: A domain, about: About it, weight: 1}
profile:
  - id: stage
    text: Which?
    options: [{id: a, label: A}, {id: b, label: B}]
questions:
  - id: q
    label: A label
    domain: d
    findings: [f]
    minimum: 1
    text: A question
    levels:
      - {text: Low}
      - {text: High}
    actions:
      - {id: up, to: 1, title: Do, detail: It, owner: Me, horizon: now, effort: 1, sign: Done}
  - id: r
    domain: d
    findings: [f]
    when: {stage: [a]}
    text: Another
    levels: [{text: Low}, {text: High}]
    actions:
      - {id: on, to: 1, title: Do, detail: It, owner: Me, horizon: now, effort: 2, sign: Done}
bands:
  - {id: low, label: Low, meaning: It is low, from: 0}
  - {id: top, label: Top, meaning: It is high, from: 50, gated: true}
"""

ASSESSMENT = """\
bank: {id: small}
team: {name: Northside}
date: 2026-11-22
responses:
  q: 1
"""

FORM = "Ids: small letters, digits and single hyphens. Texts: words."


def _refusal(path: Path) -> str:
    with pytest.raises(InputError) as refused:
        load_bank(path)
    return str(refused.value)


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("schema: 1\n", "", "1:1: schema is missing. Add it."),
        ("    text: A question\n", "", "16:5: questions[1].text is missing. Add it."),
        ("schema: 1", "schema: 2", "1:1: schema is not one of the words allowed. Use 1."),
        ('version: "1"', f"version: {'x' * 301}", "3:1: version is too long. Keep it to 300 characters."),
        ("title: A small bank", "title: 1.10", "4:1: title must be text. Write words; put quotes around a number"),
        ("title: A domain", 'title: ""', "10:13: domains[1].title is empty. Write something, or take it out."),
        ("title: A domain", 'title: " "', f"10:13: domains[1].title is empty, or is not of the right form. {FORM}"),
        ("id: q", "id: Q 1", f"16:5: questions[1].id is empty, or is not of the right form. {FORM}"),
        ("id: q", f"id: {'q' * 65}", "16:5: questions[1].id is too long. Keep it to 64 characters."),
        ("label: A label", f"label: {'x' * 61}", "17:5: questions[1].label is too long. Keep it to 60 characters."),
        (
            "weight: 1",
            "weigth: 1",
            '10:47: domains[1].weigth is not a field that is known here. Did you mean "weig',
        ),
        ("weight: 1", "weight: 0", "10:47: domains[1].weight is out of range. Should be greater than 0."),
        ("weight: 1", "weight: -0.5", "10:47: domains[1].weight is out of range. Should be greater than 0."),
        (
            "weight: 1",
            f"weight: {10**30}",
            "10:47: domains[1].weight has too many digits. Write a number of up to 18",
        ),
        ("weight: 1", 'weight: "1"', "10:47: domains[1].weight must be a number. Write a number without quotes."),
        ("weight: 1", f'weight: "{1e11:.8f}"', "10:47: domains[1].weight must be a number. Write a number without"),
        ("weight: 1", "weight: true", "10:47: domains[1].weight must be a number."),
        ("kind: barrier", "kind: bad", "8:13: findings[1].kind is not one of the words allowed. Use 'facilitator' or"),
        ("effort: 1", "effort: 4", "26:73: questions[1].actions[1].effort is out of range. Should be less than or eq"),
        ("effort: 1", "effort: 1.5", "26:73: questions[1].actions[1].effort must be a whole number. Write a number w"),
        ("effort: 1", "effort: much", "26:73: questions[1].actions[1].effort must be a number."),
        ("minimum: 1", "minimum: 1000000.5", "20:5: questions[1].minimum is out of range."),
        ("minimum: 1", "minimum: 2000000", "20:5: questions[1].minimum is out of range. Should be less than or equal"),
        ("from: 50", "from: -1", "37:48: bands[2].from is out of range. Should be greater than or equal to 0."),
        ("gated: true", "gated: yes", "37:58: bands[2].gated must be true or false. Write true or false, in small"),
        ("when: {stage: [a]}", "when: a", '30:5: questions[2].when must have named fields. Write it as "name: value".'),
        ("when: {stage: [a]}", "when: {stage: a}", "30:12: questions[2].when.stage must be a list. Start each entry"),
        ("when: {stage: [a]}", "when: {A B: [a]}", "30:12: questions[2].when.A B is empty, or is not of the right fo"),
        ("[{text: Low}, {text: High}]", "[{text: Low}]", "32:5: questions[2].levels has too few entries. It needs at"),
        ("[{text: Low}, {text: High}]", "3", "32:5: questions[2].levels must be a list."),
        ("- {text: Low}", "- Low", "23:9: questions[1].levels[1] must have named fields."),
    ],
)
def test_what_a_bank_may_not_hold_is_told_in_plain_words_at_its_place(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    (tmp_path / "bank.yaml").write_text(changed(BANK, old, new), encoding="utf-8")
    told = _refusal(tmp_path)
    assert told.startswith(f"{tmp_path}/bank.yaml:{message}")
    assert len(told.splitlines()) == 1


def test_the_bank_that_these_tests_break_is_sound(tmp_path: Path) -> None:
    (tmp_path / "bank.yaml").write_text(BANK, encoding="utf-8")
    assert load_bank(tmp_path).id == "small"


def test_all_problems_of_form_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    broken = changed(changed(changed(BANK, "weight: 1", "weight: 0"), "from: 50", "from: 101"), "id: small\n", "")
    (tmp_path / "bank.yaml").write_text(broken, encoding="utf-8")
    assert [line.split(": ")[1].split(" is ")[0] for line in _refusal(tmp_path).splitlines()] == [
        "id",
        "domains[1].weight",
        "bands[2].from",
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("date: 2026-11-22", "date: 2026-13-40", "3:1: date is not a date. Write year-month-day, like 2026-11-22."),
        ("date: 2026-11-22", "date: yesterday", "3:1: date is not a date."),
        ("date: 2026-11-22", "date: 2026", "3:1: date is not a date."),
        ("date: 2026-11-22", "date: 2026-11-22T10:00", "3:1: date is not a date."),
        ("date: 2026-11-22", "date: [1]", "3:1: date is not a date."),
        ("q: 1", "q: maybe", '5:3: responses.q: "maybe" is not an answer. Write the number of a level, unknown, or "n'),
        ("q: 1", "q: Not sure. Ask", '5:3: responses.q: "Not sure. Ask" is not an answer. Write the number of a leve'),
        ("q: 1", "q: n/a", '5:3: responses.q: "n/a" needs a reason. Write "n/a: why", with the quotes.'),
        ("q: 1", "q:", "5:3: responses.q: this is empty. Give an answer, or leave the question out."),
        ("q: 1", "q: {}", "5:3: responses.q: this is empty. Give an answer, or leave the question out."),
        ("q: 1", "q: {level: 1, unknown: true}", "5:3: responses.q: this gives more than one answer. Keep one of lev"),
        ("q: 1", "q: {unknown: false}", "5:7: responses.q.unknown is not one of the words allowed. Use True."),
        ("q: 1", "q: true", "5:3: responses.q must have named fields."),
        ("q: 1", 'q: {level: "1"}', "5:7: responses.q.level must be a number."),
        ("q: 1", f"q: {{note: {'x' * 20_001}}}", "5:7: responses.q.note is too long. Keep it to 20000 characters."),
        ("q: 1", "Q: 1", "5:3: responses.Q is empty, or is not of the right form."),
    ],
)
def test_what_an_assessment_may_not_hold_is_told_in_plain_words_at_its_place(old: str, new: str, message: str) -> None:
    with pytest.raises(InputError) as refused:
        validated(Assessment, parse_yaml(changed(ASSESSMENT, old, new), "a.yaml"))
    assert str(refused.value).startswith(f"a.yaml:{message}")
    assert len(refused.value.problems) == 1


class Key(BaseModel):
    """A model of no file of ours."""

    key: UUID


def test_a_complaint_we_have_no_words_for_is_told_as_it_is() -> None:
    with pytest.raises(InputError) as refused:
        validated(Key, parse_yaml("key: x", "a.yaml"))
    assert str(refused.value).startswith("a.yaml:1:1: key is not right: Input should be a valid UUID")
    assert str(refused.value).endswith("Fix it.")


def test_a_document_that_is_no_mapping_is_named_as_the_file() -> None:
    with pytest.raises(InputError, match=r"a\.yaml:1:1: The file must have named fields"):
        validated(Assessment, parse_yaml("- 1", "a.yaml"))
