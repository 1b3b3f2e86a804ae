"""What becomes of answers with a new version of a bank is written in a file of it, and every mistake there is told."""

from pathlib import Path

import pytest

from readiness.bank.load import load_bank
from readiness.bank.migration import against_old, migrations, read_migration
from readiness.bank.model import Bank
from readiness.bank.older import load_older_bank
from readiness.errors import InputError
from readiness.resources import QUESTIONS
from tests.small import small_bank


@pytest.fixture
def small(tmp_path: Path) -> Bank:
    return small_bank(tmp_path, "[{id: a}, {id: b, values: [1, 2.5]}]")


def written(folder: Path, rest: str, version: str = "0.9") -> Path:
    file = folder / "migrations" / f"{version}.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f'schema: 1\nbank: small\nfrom: "{version}"\n{rest}', "utf-8")
    return folder


def test_a_file_says_where_answers_go(tmp_path: Path, small: Bank) -> None:
    rest = "confirm: true\nquestions:\n  - {to: a, from: old, levels: {0: 1, 1: ask, 2.50: 4}}\n"
    rest += "  - {to: b, from: [x, y], confirm: false}\ndropped: [z]\nactions: {old-1: a-1}\n"
    found = read_migration(written(tmp_path, rest), "0.9", small)
    assert found is not None
    one, other = found.questions
    assert [one.level(value) for value in (0, 1, 2.5, 3)] == [1, None, 4, None]
    assert (one.from_, other.from_) == (("old",), ("x", "y"))
    assert [found.needs_confirming(each) for each in found.questions] == [True, False]
    assert found.named == {"old", "x", "y", "z"}
    assert migrations(tmp_path) == ("0.9",)


def test_a_file_is_read_once_for_all_whose_answers_ask_for_it_and_again_once_it_is_changed(
    tmp_path: Path, small: Bank
) -> None:
    found = read_migration(written(tmp_path, "dropped: [z]\n"), "0.9", small)
    assert found is not None
    assert read_migration(tmp_path, "0.9", small) is found
    other = small.model_copy(update={"version": "2"})
    assert read_migration(tmp_path, "0.9", other) is not found
    again = read_migration(written(tmp_path, "dropped: [z, longer]\n"), "0.9", small)
    assert again is not None
    assert again.dropped == ("z", "longer")


@pytest.mark.parametrize("version", [None, "0.8", "../0.9", "", "a/b"])
def test_a_version_that_it_says_nothing_of_has_none(tmp_path: Path, small: Bank, version: str | None) -> None:
    written(tmp_path, "")
    assert read_migration(tmp_path, version, small) is None


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        ("questions: [{to: c, from: a}]", 'There is no question "c" in 1'),
        ("questions: [{to: a, from: x}, {to: a, from: y}]", '"a" is named twice'),
        ("questions: [{to: b, from: x, levels: {0: 1, 1: 7}}]", '"b" has no level 7'),
        ("actions: {old-1: gone-1}", 'There is no action "gone-1" in 1'),
        ("questions: [{to: a, from: []}]", "from"),
        ("questions: [{to: a, from: 3}]", "from"),
        ("questions: [{to: a, from: [x, y, x]}]", "an old question is named twice. Name each once."),
        (f"questions: [{{to: a, from: [{', '.join(f'x{at}' for at in range(101))}]}}]", "has too many"),
        (f"questions: [{{to: a, from: x, levels: {{{', '.join(f'{at}: 1' for at in range(101))}}}}}]", "has too many"),
        (f"dropped: [{', '.join(f'x{at}' for at in range(201))}]", "dropped has too many entries. Keep it to 200."),
        (f"questions: [{', '.join(['{to: a, from: x}'] * 201)}]", "questions has too many entries. Keep it to 200."),
        (
            f"actions: {{{', '.join(f'x{at}: a-1' for at in range(10_001))}}}",
            "actions has too many entries. Keep it to 10000.",
        ),
    ],
)
def test_what_does_not_fit_the_new_version_is_told_with_its_place(
    tmp_path: Path, small: Bank, rest: str, told: str
) -> None:
    with pytest.raises(InputError) as raised:
        read_migration(written(tmp_path, rest), "0.9", small)
    assert told in raised.value.problems[0].told
    assert "0.9.yaml:4" in raised.value.problems[0].told


def test_a_level_of_thousands_of_digits_is_none(tmp_path: Path, small: Bank) -> None:
    rest = f"questions:\n  - to: a\n    from: x\n    levels:\n      ? '{'9' * 5_000}'\n      : 1\n"
    with pytest.raises(InputError) as raised:
        read_migration(written(tmp_path, rest), "0.9", small)
    assert len(raised.value.problems[0].told) < 1_000


def test_a_file_of_another_bank_or_version_is_refused(tmp_path: Path, small: Bank) -> None:
    written(tmp_path, "")
    file = tmp_path / "migrations" / "0.9.yaml"
    file.write_text('schema: 1\nbank: other\nfrom: "0.7"\n', "utf-8")
    with pytest.raises(InputError) as raised:
        read_migration(tmp_path, "0.9", small)
    assert [problem.what for problem in raised.value.problems] == [
        'This is for the bank "other", not "small"',
        "This says version 0.7, and the file's name 0.9",
    ]


def test_it_must_fit_the_old_version_too(tmp_path: Path, small: Bank) -> None:
    (tmp_path / "old").mkdir()
    old = small_bank(tmp_path / "old", "[{id: x, values: [0, 1]}]").model_copy(update={"version": "0.9"})
    found = read_migration(written(tmp_path, "questions: [{to: a, from: x, levels: {0: 1}}]"), "0.9", small)
    assert found is not None
    against_old(found, old, "0.9.yaml")
    rest = "questions: [{to: a, from: x, levels: {5: 1}}, {to: b, from: gone, levels: {0: 1}}]\ndropped: [lost]"
    wrong = read_migration(written(tmp_path, rest), "0.9", small)
    assert wrong is not None
    with pytest.raises(InputError) as raised:
        against_old(wrong, old, "0.9.yaml")
    assert [problem.what for problem in raised.value.problems] == [
        '0.9.yaml: there was no question "gone" in 0.9',
        '0.9.yaml: there was no question "lost" in 0.9',
        '0.9.yaml: "x" had no level 5 in 0.9',
    ]
    with pytest.raises(InputError, match=r"this is for answers to version 0\.9, not 1"):
        against_old(found, small, "0.9.yaml")


def test_the_first_shipped_version_is_carried_over_to_todays() -> None:
    """Its questions' ids can be seen in the file itself: it names every one of them."""
    folder = QUESTIONS / "peer-workers"
    bank = load_bank(folder)
    found = read_migration(folder, "0.1.0", bank)
    assert found is not None
    assert {moved.to for moved in found.questions} == set(bank.question_by_id)
    assert len(found.named) == 35
    assert all(found.needs_confirming(moved) for moved in found.questions)
    tops = {level for moved in found.questions for level in moved.levels.values()}
    assert 4 not in tops, "no old level said that Peer Workers themselves were asked"


def test_a_bank_of_an_earlier_program_is_read_without_what_is_no_longer_known(tmp_path: Path, small: Bank) -> None:
    file = tmp_path / "bank.yaml"
    file.write_text(file.read_text("utf-8") + "caution: Take care.\n", "utf-8")
    bank, gone = load_older_bank(tmp_path)
    assert (bank, gone) == (small, ("caution",))
    file.write_text(file.read_text("utf-8").replace("source: paper", "source: book"), "utf-8")
    with pytest.raises(InputError, match="book"):
        load_older_bank(tmp_path)
