"""What is piped in is known by how it begins, and called by its own name."""

import io
import sys
from pathlib import Path

import pytest

from readiness.bank.model import Bank
from readiness.intake.kinds import InputKind, kind_of
from readiness.intake.sources import open_sources
from tests.conftest import EXAMPLES
from tests.exports.northside import FOLDER


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7", InputKind.PDF),
        (b"junk before it\n%PDF-1.7", InputKind.PDF),
        (b"PK\x03\x04", InputKind.XLSX),
        (b'\xef\xbb\xbf \n{"schema": 1}', InputKind.JSON),
        (b"bank: {id: x}", InputKind.YAML),
        (b"\xef\xbb\xbf---\n# mine\n\n'team' :\n", InputKind.YAML),
        (b"team,date,language", InputKind.CSV),
        (b"team;role: yours;language", InputKind.CSV),
        ("team\tdate".encode("utf-16"), InputKind.CSV),
    ],
)
def test_a_kind_is_told_by_how_it_begins(data: bytes, kind: InputKind) -> None:
    assert kind_of(data) is kind


class Piped:
    """Standard input with something in it."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


@pytest.mark.parametrize(
    ("data", "kind", "said"),
    [
        (b" \n", None, "<stdin>: Nothing came in on standard input."),
        (b"{x", None, "<stdin>:1:2: This is not JSON"),
        (b"bank: {id: x}\n", None, "<stdin>:1:1: team is missing."),
        (b'a,"b\n', None, "<stdin>:1: This row can't be read"),
        (b"PK\x03\x04", None, "<stdin>: "),
        (b"bank: {id: x}\n", InputKind.JSON, "<stdin>:1:1: This is not JSON"),
    ],
)
def test_what_is_wrong_with_it_is_said_of_standard_input(
    bank: Bank, monkeypatch: pytest.MonkeyPatch, data: bytes, kind: InputKind | None, said: str
) -> None:
    monkeypatch.setattr(sys, "stdin", Piped(data))
    opened = open_sources([Path("-")], bank, kind)
    assert opened.sources == ()
    told = [str(problem) for problem in opened.problems]
    assert told[0].startswith(said)
    assert "readiness-" not in " ".join(told)


def test_closed_standard_input_is_empty(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    [problem] = open_sources([Path("-")], bank).problems
    assert str(problem).startswith("<stdin>: Nothing came in")


@pytest.mark.parametrize(
    "file", [FOLDER / "microsoft-forms.xlsx", FOLDER / "excel-unicode.txt", EXAMPLES / "northside-cmht.yaml"]
)
def test_it_holds_what_the_file_would(bank: Bank, monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setattr(sys, "stdin", Piped(file.read_bytes()))
    [piped] = open_sources([Path("-"), Path("-")], bank).sources
    [named] = open_sources([file], bank).sources
    assert str(piped.content).replace("<stdin>", "") == str(named.content).replace(str(file), "")


def test_a_command_that_is_named_reads_standard_input_too(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Piped(b"language\n" * 10_102))
    [problem] = open_sources([Path("-")], bank).problems
    assert str(problem).endswith(": readiness batch - -o reports")
