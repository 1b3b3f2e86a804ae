"""Labels of a bank that read alike."""

from pathlib import Path

import pytest

from readiness.errors import InputError
from tests.bank.test_check import BANK, broken, complaints
from tests.small import small_bank

ALIKE = "Give each words of its own: capitals, spaces and punctuation do not count."
OTHER_ROLES = "roles: [{id: a, label: Manager, one: m, many: ms}, {id: b, label: '%s', one: c, many: cs}]\nsources: ["

READ_ALIKE = [
    ("sources: [", OTHER_ROLES % " manager.", '"manager." reads like another role (in line 5)'),
    ("sources: [", OTHER_ROLES % "MS", '"MS" reads like another role (in line 5)'),
    ("sources: [", OTHER_ROLES % "A", '"A" reads like another role (in line 5)'),
    ("title: Another,", "title: 'A  domain',", '"A domain" reads like another part (in line 10)'),
    ("label: Middle", "label: low!", '"low!" reads like another band (in line 39)'),
    ("label: Late", "label: EARLY", '"EARLY" reads like another option (in line 13)'),
    ("label: Early", "label: Option 2", '"option 2" reads like another option (in line 13)'),
    ("label: Late", "label: early", '"early" reads like another option (in line 13)'),
    ("- {text: Middle}", "- {text: Low}", '"Low" reads like another level (in line 22)'),
    ("text: A question", "text: A question\n    label: another", '"another" reads like a part (in line 11)'),
    ("- {text: High}", "- {text: low.}", '"low." reads like another level (in line 22)'),
]


@pytest.mark.parametrize(("old", "new", "complaint"), READ_ALIKE)
def test_a_label_that_reads_like_another_is_told_with_the_place_of_both(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    told = complaints(tmp_path, broken((old, new)))
    assert [line.partition(": ")[2] for line in told] == [f"{complaint}. {ALIKE}"]


def test_a_label_in_another_file_of_the_bank_is_told_with_that_file(tmp_path: Path) -> None:
    start, end = BANK.index("  - id: r\n"), BANK.index("bands:")
    part = BANK[start:end].replace("domain: e", "domain: d").replace("text: Another\n", "text: a question\n")
    (tmp_path / "more.yaml").write_text(f"questions:\n{part}", encoding="utf-8")
    first, last = complaints(tmp_path, f"{BANK[:start]}{BANK[end:]}files: [more.yaml]\n")
    assert first.endswith('The domain "e" has no question. Add a question, or take the domain out.')
    found = f'more.yaml:6:5: "a question" reads like another question of this part ({tmp_path}/bank.yaml:20:5). {ALIKE}'
    assert last.endswith(found)


def test_questions_of_a_part_have_names_of_their_own(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r'"who\?" reads like another question of this part \(in line'):
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
