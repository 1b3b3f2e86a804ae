"""``readiness bank check``: a sound bank is counted, and an unsound one is listed with its places."""

import re
from pathlib import Path

from readiness.bank.model import Bank
from readiness.resources import QUESTIONS
from tests.program import run


def test_the_shipped_bank_is_sound_and_is_counted(tmp_path: Path, bank: Bank) -> None:
    line = run("bank", "check", cwd=tmp_path, code=0).stdout
    assert line.startswith(f"peer-workers {bank.version}: sound. {len(bank.findings)} findings, ")
    assert line.endswith(f"Fingerprint {bank.fingerprint}.\n")


def test_a_folder_is_a_bank_too(tmp_path: Path) -> None:
    done = run("bank", "check", QUESTIONS / "peer-workers", cwd=tmp_path, code=0)
    assert done.stdout.startswith("peer-workers ")


def test_a_bank_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    done = run("bank", "check", "per-workers", cwd=tmp_path, code=1)
    assert 'There is no question bank "per-workers"' in done.stderr
    assert "peer-workers" in done.stderr


def test_what_is_wrong_is_listed_with_its_place(tmp_path: Path) -> None:
    for file in (QUESTIONS / "peer-workers").glob("*.yaml"):
        text = file.read_text(encoding="utf-8").replace("effort: 3", "effort: 4", 1)
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    done = run("bank", "check", tmp_path, cwd=tmp_path, code=1)
    places = re.findall(r"^\S+\.yaml:\d+:\d+: ", done.stderr, re.MULTILINE)
    assert len(places) == 5
    assert done.stdout == ""


def test_bank_alone_shows_its_help_as_wrong_usage(tmp_path: Path) -> None:
    done = run("bank", cwd=tmp_path, code=2)
    assert "check" in done.stderr
    assert done.stdout == ""
