"""Labels of a bank that read alike."""

from pathlib import Path

import pytest

from readiness.bank.load import load_bank
from readiness.errors import InputError
from tests.bank.test_check import BANK, broken, complaints
from tests.small import small_bank

QUOTE = "'"
ALIKE = "Give each words of its own: capitals, spaces and punctuation do not count."
OTHER_ROLES = "roles: [{id: a, label: Manager, one: m, many: ms}, {id: b, label: '%s', one: c, many: cs}]\nsources: ["

READ_ALIKE = [
    ("sources: [", OTHER_ROLES % " manager.", '"manager." reads like another role, "Manager" (in line 5)', "manager"),
    ("sources: [", OTHER_ROLES % "MS", '"MS" reads like another role, "ms" (in line 5)', "ms"),
    ("sources: [", OTHER_ROLES % "A", '"A" reads like another role, "a" (in line 5)', "a"),
    (
        "title: Another,",
        "title: 'A  domain',",
        '"A domain" reads like another part, "A domain" (in line 10)',
        "a domain",
    ),
    ("label: Middle", "label: low!", '"low!" reads like another band, "Low" (in line 39)', "low"),
    ("label: Late", "label: EARLY", '"EARLY" reads like another option, "early" (in line 13)', "early"),
    ("label: Early", "label: Option 2", '"option 2" reads like another option, "Option 2" (in line 13)', "option 2"),
    ("label: Late", "label: early", '"early" reads like another option, "early" (in line 13)', "early"),
    ("- {text: Middle}", "- {text: Low}", '"Low" reads like another level, "Low" (in line 22)', "low"),
    (
        "text: A question",
        "text: A question\n    label: another",
        '"another" reads like a part, "Another" (in line 11)',
        "another",
    ),
    ("- {text: High}", "- {text: low.}", '"low." reads like another level, "Low" (in line 22)', "low"),
]


@pytest.mark.parametrize(("old", "new", "complaint", "compared"), READ_ALIKE)
def test_a_label_that_reads_like_another_is_told_with_the_place_of_both(
    tmp_path: Path, old: str, new: str, complaint: str, compared: str
) -> None:
    told = complaints(tmp_path, broken((old, new)))
    assert [line.partition(": ")[2] for line in told] == [f'{complaint}: both are compared as "{compared}". {ALIKE}']


def test_a_label_in_another_file_of_the_bank_is_told_with_that_file(tmp_path: Path) -> None:
    start, end = BANK.index("  - id: r\n"), BANK.index("bands:")
    part = BANK[start:end].replace("domain: e", "domain: d").replace("text: Another\n", "text: a question\n")
    (tmp_path / "more.yaml").write_text(f"questions:\n{part}", encoding="utf-8")
    first, last = complaints(tmp_path, f"{BANK[:start]}{BANK[end:]}files: [more.yaml]\n")
    assert first.endswith('The domain "e" has no question. Add a question, or take the domain out.')
    found = 'more.yaml:6:5: "a question" reads like another question of this part, "A question"'
    assert last.endswith(f'{found} ({tmp_path}/bank.yaml:20:5): both are compared as "a question". {ALIKE}')


def test_questions_of_a_part_have_names_of_their_own(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r'"who\?" reads like another question of this part, "Who\?" \(in line'):
        small_bank(tmp_path, "[{id: a, text: 'Who?'}, {id: b, label: 'who?'}]")
    apart = "[{id: a, text: 'Who?'}, {id: b, text: 'Who?', label: Whom}, {id: c, domain: e, text: 'Who?'}]"
    assert len(small_bank(tmp_path, apart, domains="{d: 1, e: 1}").questions) == 3


def test_no_level_reads_like_an_answer_that_every_question_offers(tmp_path: Path) -> None:
    other = 'reads like "don\'t know" or "does not apply", which every question offers. Say the level in other words.'
    text = broken(("{text: Low}", "{text: We don’t know.}"), ("{text: High}", "{text: N/A}"))
    assert [line.partition(": ")[2] for line in complaints(tmp_path, text)] == [
        f'"We don’t know." {other}',
        f'"N/A" {other}',
    ]


@pytest.mark.parametrize(
    ("words", "said", "number", "other"),
    [
        ("Low", "2", "2", 24),
        ("Low", "'1.'", "1", 23),
        ("Low", "3", "3", 24),  # by its place, as a survey program counts
        ("Middle", "'0'", "0", 22),
        ("High", "'1,0'", "1", 23),
        ("High", "'(no.) 1'", None, None),
        ("Low", "1 or more", None, None),
        ("Low", "'0'", None, None),
        ("High", "'2.0'", None, None),
        ("Low", "'1.5'", None, None),
        ("Low", "'4'", None, None),
    ],
)
def test_no_levels_words_are_the_number_of_another(
    tmp_path: Path, words: str, said: str, number: str | None, other: int | None
) -> None:
    """A table that says 2 could mean either."""
    text = broken((f"{{text: {words}}}", f"{{text: {said!r}}}" if said.isdecimal() else f"{{text: {said}}}"))
    if number is None:
        (tmp_path / "bank.yaml").write_text(text, "utf-8")
        assert load_bank(tmp_path).questions
        return
    [told] = complaints(tmp_path, text)
    line = {"Low": 22, "Middle": 23, "High": 24}[words]
    what = f'"{said.strip(QUOTE)}" reads like the number of another level, "{number}" (in line {other})'
    assert told == f'{line}:10: {what}: both are compared as "{number}". {ALIKE}'


def test_nor_are_those_for_a_role(tmp_path: Path) -> None:
    wording = "    wording: [{when: {role: [a]}, levels: [2, Some, All]}]\n    levels:\n      - {text: Low}".replace(
        "2", "'2'"
    )
    roles = "roles: [{id: a, label: Manager, one: m, many: ms}]\nsources: ["
    found = complaints(tmp_path, broken(("sources: [", roles), ("    levels:\n      - {text: Low}", wording)))
    assert any('"2" reads like the number of another level, "2"' in one for one in found)
