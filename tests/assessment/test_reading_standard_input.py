"""Answers that come in on standard input."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

from readiness.assessment.reading import read_assessment
from readiness.bank.model import Bank
from tests.assessment.read import HEAD, refusal, written
from tests.program import environment


@pytest.mark.parametrize("kind", ["yaml", "json"])
def test_a_dash_reads_standard_input_as_yaml_or_json(
    tmp_path: Path, small: Bank, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    found, _ = read_assessment(written(tmp_path, HEAD + "  pay: 3\n"), small)
    text = HEAD + "  pay: 3\n" if kind == "yaml" else "\n " + found.to_json()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert read_assessment(Path("-"), small)[0] == found


def test_problems_on_standard_input_are_placed_at_the_dash(small: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"a": 1,\n "a": 2}')))
    [told] = refusal(lambda: read_assessment(Path("-"), small))
    assert told.startswith('-:2:2: "a" stands here a second time')


def test_a_closed_standard_input_is_said(small: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)  # as Python starts where it is closed; see the next test
    told = "-: Standard input is closed. Pipe the answers in, or name a file."
    assert refusal(lambda: read_assessment(Path("-"), small)) == [told]


@pytest.mark.parametrize("data", [b"", b" \n"])
def test_where_nothing_comes_in_that_is_said(small: Bank, monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    told = "-: Nothing came in on standard input. Pipe the answers in, or name a file."
    assert refusal(lambda: read_assessment(Path("-"), small)) == [told]


def test_python_starts_without_standard_input_where_it_is_closed() -> None:
    command = [sys.executable, "-c", "import sys; print(sys.stdin)"]
    done = subprocess.run(
        ["sh", "-c", '"$@" <&-', "sh", *command], capture_output=True, text=True, check=True, env=environment()
    )
    assert done.stdout.strip() == "None"
