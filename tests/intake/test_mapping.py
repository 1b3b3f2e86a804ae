"""What a person decided is kept in a file that they can read, change and break."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readiness.bank.model import Bank
from readiness.errors import InputError
from readiness.file_version import FileVersion
from readiness.intake.mapping import (
    ABOUT_A_QUESTION,
    WITH_ID,
    DateOrder,
    Mapping,
    Target,
    TargetKind,
    read_mapping,
    write_mapping,
)

HEADINGS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)


def refused(tmp_path: Path, bank: Bank, text: str) -> list[str]:
    path = tmp_path / "mapping.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_mapping(path, bank)
    return [str(problem).removeprefix(f"{path}:") for problem in error.value.problems]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    columns=st.dictionaries(HEADINGS, st.sampled_from(["ignore", "team", "pay-parity", "note language"]), max_size=4),
    answers=st.dictionaries(
        HEADINGS, st.dictionaries(HEADINGS, st.sampled_from(["unknown", "n/a", 2, 0.25]), max_size=3), max_size=3
    ),
)
def test_decisions_come_back_from_their_file(
    bank: Bank, tmp_path: Path, columns: dict[str, str], answers: dict[str, dict[str, str | float]]
) -> None:
    mapping = Mapping(bank=bank.id, dates=DateOrder.DAY_FIRST, columns=columns, answers=answers)
    path = tmp_path / "mapping.yaml"
    write_mapping(path, mapping, FileVersion.of(path))
    assert read_mapping(path, bank) == mapping


@pytest.mark.parametrize("line", ["schema: true", "numbers_from: true", "numbers_from_by_table: {a.csv: false}"])
def test_true_and_false_are_no_numbers(bank: Bank, tmp_path: Path, line: str) -> None:
    [problem] = refused(tmp_path, bank, f"bank: {bank.id}\n{line}\n")
    assert problem.endswith(": this is true or false. Write a number, such as 1.")


def test_comments_of_a_persons_own_stay(bank: Bank, tmp_path: Path) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text(
        f"# Agreed with Priya.\nbank: {bank.id}  # theirs\ncolumns:\n  # not ours\n  'A #1': ignore\n", encoding="utf-8"
    )
    for heading in ("B", "C #2"):
        mapping = read_mapping(path, bank).with_column(heading, Target(TargetKind.IGNORE))
        write_mapping(path, mapping, FileVersion.of(path))
    kept = path.read_text("utf-8")
    assert kept.startswith("# How readiness collect reads")
    comments = [line for line in kept.splitlines() if line.startswith("#")]
    assert comments[-3:] == ["# Agreed with Priya.", "# theirs", "# not ours"]
    assert kept.count("#1") == kept.count("#2") == kept.count("How readiness") == 1
    assert [*read_mapping(path, bank).columns] == ["A #1", "B", "C #2"]


def test_decisions_are_made_one_by_one(bank: Bank) -> None:
    mapping = (
        Mapping(bank=bank.id)
        .with_column("Q7", Target(TargetKind.NOTE, "language"))
        .with_column("x", Target(TargetKind.IGNORE))
    )
    mapping = mapping.with_answer("Q7", "A1", "0").with_answer("Q7", "A2", "0.25").with_answer("y", "?", "unknown")
    assert mapping.columns == {"Q7": "note language", "x": "ignore"}
    assert mapping.answers == {"Q7": {"A1": 0, "A2": 0.25}, "y": {"?": "unknown"}}


def test_a_file_typed_by_hand_is_read(bank: Bank, tmp_path: Path) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text(
        """
        bank: peer-workers
        dates: month-first
        columns:
          Q7: question pay-parity
          Where do you work?: team
          Comment (2): note language
        answers:
          every column: {A1: 0, No: unknown, "n": "n/a: not here"}
        """,
        encoding="utf-8",
    )
    mapping = read_mapping(path, bank)
    assert Target.parse(mapping.columns["Q7"], bank) == Target(TargetKind.QUESTION, "pay-parity")
    assert [mapping.meaning("x", words) for words in ("a1", "NO!", "n", "A", "")] == [
        "0",
        "unknown",
        "n/a: not here",
        None,
        None,
    ]


def test_every_target_is_read_as_it_is_written(bank: Bank) -> None:
    kinds = [Target(kind) for kind in TargetKind if kind not in WITH_ID]
    about = [Target(kind, "pay-parity") for kind in ABOUT_A_QUESTION]
    for target in (*kinds, *about, Target(TargetKind.PROFILE, "stage")):
        assert Target.parse(str(target), bank) == target


@pytest.mark.parametrize(
    "text", ["", "teams", "team x", "note", "note teams", "profile pay-parity", "why", "question x"]
)
def test_what_is_no_target_is_refused(bank: Bank, text: str) -> None:
    with pytest.raises(ValueError, match="Write the id of a question, note ID, why ID"):
        Target.parse(text, bank)


def test_what_is_wrong_in_the_file_is_said_with_its_place(bank: Bank, tmp_path: Path) -> None:
    said = refused(tmp_path, bank, "bank: peer-workers\ncolumns:\n  Q1: pay-paritie\n  Q2: note x\n  Q3: ignore\n")
    assert said[0].startswith('3:3: "pay-paritie" is not what can stand in a column. Write the id of a question')
    assert said[1].startswith('4:3: "note x" is not what can stand in a column')
    assert len(said) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("bank: other\n", '1:1: This mapping is for the question bank "other", not "peer-workers"'),
        ("columns: {}\n", "1:1: bank is missing. Add it."),
        ("bank: peer-workers\ndates: 3\n", "2:1: dates is not one of the words allowed"),
        ("bank: peer-workers\nfoo: 3\n", "2:1: foo is not a field that is known here"),
        ("bank: peer-workers\ncolumns: {Q: team, Q: ignore}\n", '2:20: "Q" stands here a second time'),
        ("bank: peer-workers\nanswers: {x: {a: [1]}}\n", "2:15: answers.x.a must be"),
        ("bank: peer-workers\nanswers: {x: {a: &a 1}}\n", '2:18: An anchor or alias ("&" or "*") is not allowed'),
    ],
)
def test_a_file_that_lies_is_refused(bank: Bank, tmp_path: Path, text: str, said: str) -> None:
    assert refused(tmp_path, bank, text)[0].startswith(said)


def test_of_many_and_long_mistakes_the_start_is_told(bank: Bank, tmp_path: Path) -> None:
    columns = "".join(f"  Q{at}: {'x' * 500}\n" for at in range(300))
    said = refused(tmp_path, bank, f"bank: peer-workers\ncolumns:\n{columns}")
    assert len(said) == 201
    assert said[-1].endswith("There are more problems. Fix these first.")
    assert max(map(len, said)) < 350
