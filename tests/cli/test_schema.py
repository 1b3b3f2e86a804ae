"""``readiness schema``: what it says is true of real files."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from readiness.bank.document import parse
from readiness.bank.load import read_bank
from readiness.cli.schema import SchemaOf
from readiness.resources import QUESTIONS
from tests.program import EXAMPLES, run

NORTHSIDE, HARBOUR = EXAMPLES / "northside-cmht.yaml", EXAMPLES / "harbour-house.yaml"


@cache
def validator(what: str) -> Draft202012Validator:
    schema = json.loads(run("schema", what, cwd=Path.cwd(), code=0).stdout)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def problems(what: str, data: Any) -> list[str]:
    return [error.message for error in validator(what).iter_errors(data)]


@pytest.mark.parametrize("what", SchemaOf)
def test_every_schema_is_one_and_says_its_version(what: SchemaOf) -> None:
    schema: Any = validator(what).schema
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["properties"]["schema"]["const"] == {SchemaOf.COMPARISON: 2}.get(what, 1)


@pytest.mark.parametrize("what", ["score", "plan", "report"])
@pytest.mark.parametrize("file", [NORTHSIDE, HARBOUR, EXAMPLES / "riverside"])
def test_what_we_write_fits_its_schema(tmp_path: Path, what: str, file: Path) -> None:
    out = ["-o", "-"] if what == "report" else []
    data = json.loads(run(what, file, "--format", "json", *out, cwd=tmp_path, code=0).stdout)
    assert problems(what, data) == []
    assert problems(what, {**data, "extra": 1}) != []


@pytest.mark.parametrize(("what", "words"), [("route", ("--to", "next")), ("what-if", ("--what-if", "language=4"))])
def test_what_a_plan_says_of_ways_and_changes_fits_its_schema(
    tmp_path: Path, what: str, words: tuple[str, str]
) -> None:
    data = json.loads(run("plan", NORTHSIDE, *words, "--format", "json", cwd=tmp_path, code=0).stdout)
    assert data["schema"] == 1
    assert problems(what, data) == []
    assert problems(what, {**data, "extra": 1}) != []


@pytest.mark.parametrize("file", [NORTHSIDE, HARBOUR])
def test_what_people_write_fits_its_schema_short_forms_too(file: Path) -> None:
    answers: Any = parse(file.read_text("utf-8"), str(file)).data
    assert problems("assessment", answers) == []
    short = {"a": 2, "b": "unknown", "c": "n/a: why", "d": {"level": 1, "note": "x"}, "e": 0.5}
    assert problems("assessment", {**answers, "responses": short}) == []
    for wrong in ({"level": "2"}, True, [2], "n/a:", "maybe", {"level": 2, "why": "x"}):
        assert problems("assessment", {**answers, "responses": {"a": wrong}}) != []


def test_the_shipped_bank_and_a_file_of_edits_fit_theirs() -> None:
    assert problems("bank", read_bank(QUESTIONS / "peer-workers").data) == []
    edits = {"schema": 1, "bank": {"id": "peer-workers"}, "team": "T", "actions": {"a": {"owner": "Ann"}}}
    assert problems("edits", edits) == []
    assert problems("edits", {**edits, "actions": {"a": {"owner": 3}}}) != []


def test_what_there_is_no_schema_of_is_said(tmp_path: Path) -> None:
    assert "'assessment', 'group', 'edits', 'score'" in run("schema", "team", cwd=tmp_path, code=2).stderr
