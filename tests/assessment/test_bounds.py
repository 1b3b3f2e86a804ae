"""What is refused, or told in part, before it can hold anybody up."""

import json
import os
from pathlib import Path

import pytest

from readiness.assessment.reading import read_team
from readiness.bank.model import Bank
from readiness.errors import MOST_TOLD, InputError

ABOUT = {"schema": 1, "bank": {"id": "peer-workers"}, "date": "2026-11-22", "responses": {}}


def written(path: Path, **more: object) -> Path:
    path.write_text(json.dumps({**ABOUT, "team": {"name": "Northside"}, **more}), "utf-8")
    return path


def test_a_pipe_is_no_file(tmp_path: Path, bank: Bank) -> None:
    os.mkfifo(tmp_path / "a.json")
    with pytest.raises(InputError, match="no ordinary file, and was not read"):
        read_team([tmp_path / "a.json"], bank)


def test_true_is_no_edition(tmp_path: Path, bank: Bank) -> None:
    with pytest.raises(InputError, match=r"this is true or false\. Write a number, such as 1"):
        read_team([written(tmp_path / "a.json", schema=True)], bank)


def test_of_many_problems_the_first_are_told(tmp_path: Path, bank: Bank) -> None:
    count = MOST_TOLD + 3
    fields: dict[str, object] = {f"unknown-{at}": 1 for at in range(count)}
    responses: dict[str, object] = {"responses": {f"no-{at}": {} for at in range(count)}}
    for more in (fields, responses):
        with pytest.raises(InputError) as refused:
            read_team([written(tmp_path / "a.json", **more)], bank)
        assert len(refused.value.problems) <= MOST_TOLD + 1
        assert refused.value.problems[-1].todo == "Fix these first." or "more" in str(refused.value)
    unknown = {"responses": {f"no-{at}": {"level": 1} for at in range(count)}}
    with pytest.raises(InputError, match="There is more here that the question bank does not have"):
        read_team([written(tmp_path / "a.json", **unknown)], bank)


def test_names_that_look_the_same_are_spelt_once(tmp_path: Path, bank: Bank) -> None:
    files = [written(tmp_path / f"{at}.json", team={"name": name}) for at, name in enumerate(["D'Or", "D’Or\u200b"])]
    assert [one.team.name for one in read_team(files, bank).assessments] == ["D'Or", "D'Or"]


def test_a_team_whose_name_nobody_sees_is_none(tmp_path: Path, bank: Bank) -> None:
    with pytest.raises(InputError, match="nothing to be seen in this name"):
        read_team([written(tmp_path / "a.json", team={"name": "\u200b"})], bank)
