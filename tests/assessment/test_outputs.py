"""Reports, plans and the like that were written into the folder of the answers."""

import json
from pathlib import Path

import pytest

from readiness.assessment.outputs import written_by_us
from readiness.assessment.reading import read_assessments
from readiness.bank.model import Bank
from readiness.errors import InputError
from readiness.plan.overlay import Edit, Overlay
from tests.conftest import assessment
from tests.program import EXAMPLES, run
from tests.small import small_bank

NORTHSIDE = EXAMPLES / "northside-cmht.yaml"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the program writes as JSON, by what it is."""
    folder = tmp_path_factory.mktemp("written")
    commands = {
        "a report": ("report", NORTHSIDE, "-o", "-", "--format", "json"),
        "a score": ("score", NORTHSIDE, "--format", "json"),
        "a plan": ("plan", NORTHSIDE, "--format", "json"),
        "a way to a band": ("plan", NORTHSIDE, "--to", "next", "--format", "json"),
        "what a change would do": ("plan", NORTHSIDE, "--what-if", "language=4", "--format", "json"),
        "a JSON schema": ("schema", "plan"),
    }
    return {kind: run(*words, cwd=folder, code=0).stdout for kind, words in commands.items()}


def test_a_folder_of_answers_may_hold_what_we_wrote(tmp_path: Path, written: dict[str, str]) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    folder = tmp_path / "answers"
    folder.mkdir()
    (folder / "one.json").write_text(assessment(bank, {"a": 1}).to_json())
    written = {**written, "a plan's edits": Overlay.blank(bank, "N").with_edit("a-1", Edit(owner="S")).to_json()}
    for kind, text in written.items():
        (folder / f"{kind}.json").write_text(text)
    reading = read_assessments([folder], bank)
    assert reading.files == (folder / "one.json",)
    assert sorted(reading.notices) == sorted(
        f"{folder / kind}.json: this is {kind}, and no answers. It was left out." for kind in written
    )
    for kind in written:
        with pytest.raises(InputError):
            read_assessments([folder / f"{kind}.json"], bank)
    (folder / "one.json").unlink()
    with pytest.raises(InputError, match="There are no answers here, only files that we wrote"):
        read_assessments([folder], bank)


def test_answers_are_never_taken_for_what_we_wrote(tmp_path: Path, bank: Bank) -> None:
    told = json.loads(assessment(bank, {"language": 1}).to_json())
    assert written_by_us(told) is None
    assert written_by_us({**told, "actions": [], "keep": []}) is None
    assert written_by_us({"team": {"name": "N"}, "date": "2026-11-22"}) is None
    assert written_by_us(["overall"]) is None
    (tmp_path / "a.json").write_text('{"team": {"name": "N"}}')
    with pytest.raises(InputError, match="is missing"):
        read_assessments([tmp_path], bank)
