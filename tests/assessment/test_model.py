import datetime as dt
import json
from collections.abc import Mapping

import pytest
from pydantic import ValidationError

from readiness.assessment.model import Assessment, BankReference, Response, Team
from readiness.bank.model import Bank

MINIMAL = {"bank": {"id": "small"}, "team": {"name": "Northside"}, "date": "2026-11-22"}


def read(**changes: object) -> Assessment:
    return Assessment.model_validate_json(json.dumps(MINIMAL | changes))


@pytest.mark.parametrize(
    ("short", "long"),
    [
        (2, {"level": 2}),
        (0, {"level": 0}),
        (0.5, {"level": 0.5}),
        ("unknown", {"unknown": True}),
        (" Unknown ", {"unknown": True}),
        ("unknown:", {"unknown": True}),
        ("n/a: nobody is paid", {"not_applicable": "nobody is paid"}),
        ("N/A : why: because", {"not_applicable": "why: because"}),
    ],
)
def test_a_short_form_means_what_the_long_form_says(short: object, long: Mapping[str, object]) -> None:
    assert Response.model_validate(short) == Response.model_validate(long)
    assert read(responses={"a": short}).responses["a"] == Response.model_validate(long)


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ("n/a", '"n/a" needs a reason. Write "n/a: why", with the quotes'),
        ("n/a:  ", '"n/a" needs a reason'),
        ("unknown: to me", '"unknown: to me" is not an answer. Write the number of a level, unknown, or "n/a: why"'),
        ("2", '"2" is not an answer'),
        ("two" * 99, f'"{("two" * 99)[:79]}…" is not an answer'),
        ("", '"" is not an answer'),
        (None, "this is empty. Give an answer, or leave the question out"),
        ({}, "this is empty"),
        ({"evidence": []}, "this is empty"),
        ({"level": 1, "unknown": True}, "this gives more than one answer. Keep one of level, unknown and not_appl"),
        ({"level": 0, "not_applicable": "why"}, "this gives more than one answer"),
        ({"unknown": True, "not_applicable": "why"}, "this gives more than one answer"),
        ({"unknown": False}, "Input should be True"),
        ({"level": True}, "Input should be a valid"),
        ({"level": "2"}, "Input should be a valid"),
        ({"level": float("nan")}, "Input should be"),
        ({"level": float("inf")}, "Input should be"),
        ({"level": 1_000_001}, "less than or equal to 1000000"),
        ({"not_applicable": " "}, "String should match pattern"),
        ({"note": ""}, "at least 1 character"),
        ({"level": 1, "why": "x"}, "Extra inputs are not permitted"),
        (True, "valid dictionary or instance of Response"),
        ([2], "valid dictionary or instance of Response"),
    ],
)
def test_what_is_no_answer_is_refused(data: object, complaint: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Response.model_validate(data)
    assert complaint in str(refused.value)


@pytest.mark.parametrize(
    ("data", "answered"),
    [
        (0, True),
        ("unknown", True),
        ("n/a: why", True),
        ({"note": "ask Ann"}, False),
        ({"evidence": ["a list"]}, False),
    ],
)
def test_a_note_alone_is_not_an_answer(data: object, answered: object) -> None:
    assert Response.model_validate(data).answered is answered


def test_a_hand_written_assessment_may_leave_out_what_is_not_needed() -> None:
    found = read()
    assert found.bank == BankReference(id="small", version=None, fingerprint=None)
    assert (found.date, found.revision, found.respondent.role) == (dt.date(2026, 11, 22), 0, None)
    assert (found.team.profile, found.responses) == ({}, {})


@pytest.mark.parametrize(
    "changes",
    [
        {"schema": 2},
        {"team": {"name": ""}},
        {"team": {"name": " "}},
        {"team": {"name": "x" * 301}},
        {"team": {"name": 5}},
        {"date": "22.11.2026"},
        {"date": "2026-02-30"},
        {"revision": -1},
        {"revision": "1"},
        {"responses": {"Not an id": 1}},
        {"respondent": {"name": "Ann"}},
        {"answers": {}},
    ],
)
def test_what_an_assessment_may_not_hold_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        read(**changes)


def test_a_team_is_named_with_its_organisation() -> None:
    assert str(Team(name="Northside")) == "Northside"
    assert str(Team(name="Northside", organisation="The Trust")) == "Northside (The Trust)"


def test_a_reference_names_the_bank_as_it_is_now(bank: Bank) -> None:
    assert BankReference.to(bank) == BankReference(id=bank.id, version=bank.version, fingerprint=bank.fingerprint)


@pytest.mark.parametrize(
    ("version", "fingerprint", "is_another"),
    [
        (None, None, False),
        ("1", None, False),
        ("0.9", None, True),  # written by hand: what scores may have changed
        ("0.9", "same", False),
        ("1", "0000000000000000", True),
    ],
)
def test_another_edition_is_told_by_the_fingerprint_and_without_one_by_the_version(
    bank: Bank, version: str | None, fingerprint: str | None, *, is_another: bool
) -> None:
    given = bank.fingerprint if fingerprint == "same" else fingerprint
    here = bank.version if version == "1" else version
    assert BankReference(id=bank.id, version=here, fingerprint=given).is_another_edition(bank) is is_another


def test_the_file_holds_what_is_said_and_nothing_that_is_not() -> None:
    found = read(responses={"a": {"level": 2, "note": "né"}, "b": {"unknown": True, "evidence": ["x"]}})
    text = found.to_json()
    assert json.loads(text) == MINIMAL | {
        "schema": 1,
        "team": {"name": "Northside", "profile": {}},
        "respondent": {},
        "responses": {"a": {"level": 2, "note": "né"}, "b": {"unknown": True, "evidence": ["x"]}},
        "revision": 0,
    }
    assert "né" in text
    assert text.endswith("}\n")


def test_a_whole_level_stays_whole_in_the_file() -> None:
    assert '"level": 2\n' in read(responses={"a": 2}).to_json()
    assert '"level": 0.25\n' in read(responses={"a": 0.25}).to_json()


def test_the_schema_of_what_is_read_has_the_short_forms_and_that_of_what_is_written_has_not() -> None:
    short = {"anyOf": [{"type": "object"}, {"type": "number"}, {"type": "string"}]}
    read, written = (Response.model_json_schema(mode=mode) for mode in ("validation", "serialization"))
    assert [form["type"] for form in read["anyOf"]] == [form["type"] for form in short["anyOf"]]
    assert written["type"] == "object"
