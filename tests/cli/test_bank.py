"""``readiness bank check``: a sound bank is counted, and an unsound one is listed with its places."""

import re
from pathlib import Path
from shutil import copytree

from readiness.bank.model import Bank
from readiness.bank.translate import read_words, texts
from readiness.resources import QUESTIONS
from tests.program import run


def test_the_shipped_bank_is_sound_and_is_counted(tmp_path: Path, bank: Bank) -> None:
    line = run("bank", "check", cwd=tmp_path, code=0).stdout.splitlines()[0]
    assert line.startswith(f"peer-workers {bank.version}: sound. {len(bank.findings)} findings, ")
    assert line.endswith(f"Fingerprint {bank.fingerprint}.")


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


def test_translations_are_counted_and_what_lacks_is_listed(tmp_path: Path, bank: Bank) -> None:
    said = texts(bank)
    words = read_words(QUESTIONS / "peer-workers", "cy", bank)
    assert words is not None
    line = run("bank", "check", cwd=tmp_path, code=0).stdout.splitlines()[1]
    assert line == f"cy (draft): {len(words.words)} of {len(said)} texts. To list the rest, add --language cy"
    done = run("bank", "check", "--language", "cy", cwd=tmp_path, code=0)
    assert [line.partition(": ")[0] for line in done.stdout.splitlines()] == [k for k in said if k not in words.words]
    assert f"{len(said) - len(words.words)} of {len(said)} texts are not translated into cy yet" in done.stderr


def test_a_language_that_a_bank_has_no_words_in_is_said(tmp_path: Path) -> None:
    done = run("bank", "check", "--language", "fr", cwd=tmp_path, code=1)
    assert "Write languages/fr.yaml in the bank's folder" in done.stderr


def test_a_translation_that_is_wrong_fails_the_check(tmp_path: Path) -> None:
    copytree(QUESTIONS / "peer-workers", tmp_path / "mine")
    with (tmp_path / "mine" / "languages" / "cy.yaml").open("a", encoding="utf-8") as file:
        file.write("  questions.gone.text: Beth?\n")
    done = run("bank", "check", "mine", cwd=tmp_path, code=1)
    assert re.search(r'cy\.yaml:\d+:3: The bank has no text "questions\.gone\.text"', done.stderr)
