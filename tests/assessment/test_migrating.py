"""Answers to an older version of a bank: what kept its meaning counts, the rest is confirmed or asked again."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml

from readiness.assessment.migrating import Migrated, in_the_meaning_of, meant_otherwise, migrated
from readiness.assessment.model import MAX_NOTE, Assessment, BankReference
from readiness.bank.migration import Migration
from readiness.bank.model import Bank
from tests.conftest import assessment
from tests.small import small_bank

NEW = """
- {id: same}
- {id: fewer, values: [0, 1]}
- {id: certain, always: true}
- {id: renamed}
- {id: later, when: {stage: [planning]}}
- {id: now, when: {stage: [running]}}
- {id: merged}
- {id: meant}
- {id: brand-new}
"""
OLD = """
[{id: same}, {id: fewer}, {id: certain}, {id: old-name}, {id: both}, {id: one}, {id: two}, {id: meant}, {id: gone}]
"""
MIGRATION = """
schema: 1
bank: small
from: "0.9"
dropped: [gone]
questions:
  - {to: renamed, from: old-name, levels: {0: 0, 1: 2, 2: 4}}
  - {to: later, from: both, levels: {0: 0}}
  - {to: now, from: both, levels: {0: 1, 4: 4}}
  - {to: merged, from: [one, two], levels: {0: 0, 1: 1, 2: 2, 3: ask}}
  - {to: meant, from: meant, levels: {0: 0, 1: 2}, confirm: true}
"""


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return small_bank(tmp_path_factory.mktemp("new"), NEW, profile="{stage: [planning, running], size: [s, m]}")


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    profile = "{stage: [planning, running], size: [s, l], colour: [red, blue]}"
    found = small_bank(tmp_path_factory.mktemp("old"), OLD, profile=profile)
    return found.model_copy(update={"version": "0.9"})


@pytest.fixture(scope="module")
def migration() -> Migration:
    return Migration.model_validate_json(json.dumps(yaml.safe_load(MIGRATION)))


def answers(old: Bank, responses: Mapping[str, object], **profile: str) -> Assessment:
    return assessment(old, responses, {"stage": "running", **profile})


@pytest.fixture
def carry(bank: Bank, old: Bank, migration: Migration) -> Callable[..., Migrated]:
    def carry(responses: Mapping[str, object], *, words: bool = False, **profile: str) -> Migrated:
        return migrated(answers(old, responses, **profile), migration, bank, old if words else None)

    return carry


Carry = Callable[..., Migrated]


def given(found: Migrated) -> dict[str, dict[str, object]]:
    return {name: one.model_dump(exclude_defaults=True) for name, one in found.assessment.responses.items()}


def test_a_question_that_is_not_named_keeps_its_answer_and_all_that_was_written(carry: Carry) -> None:
    told = {"level": 3, "note": "We do.", "evidence": ["Minutes"]}
    found = carry({"same": told})
    assert (found.carried, found.sources) == (("same",), {"same": ("same",)})
    assert found.assessment.responses["same"].model_dump(exclude_defaults=True) == {**told, "evidence": ("Minutes",)}


def test_a_level_that_is_no_more_and_a_reason_that_is_no_answer_are_asked_again(carry: Carry) -> None:
    found = carry({"fewer": 4, "certain": "n/a: Not here."}, words=True)
    assert (found.carried, found.asked_again) == ((), ("fewer", "certain"))
    assert given(found) == {
        "fewer": {"before": ("Answered on 22 November 2026: “Level 4”",)},
        "certain": {"before": ("Said on 22 November 2026 not to apply: Not here.",)},
    }


def test_levels_are_mapped_where_their_meaning_is_kept(carry: Carry) -> None:
    found = carry({"old-name": {"level": 1, "note": "Half."}})
    assert found.carried == ("renamed",)
    assert given(found) == {"renamed": {"level": 2, "note": "Half."}}
    again = carry({"old-name": {"level": 3, "note": "Half.", "evidence": ["A page"]}})
    assert (again.carried, again.asked_again) == ((), ("renamed",))
    assert given(again) == {"renamed": {"note": "Half.", "evidence": ("A page",)}}


@pytest.mark.parametrize(("said", "kept"), [("unknown", {"unknown": True}), ("n/a: No.", {"not_applicable": "No."})])
def test_what_is_not_known_or_does_not_apply_is_carried_over(carry: Carry, said: str, kept: object) -> None:
    assert given(carry({"old-name": said, "meant": said})) == {"renamed": kept, "meant": kept}


def test_of_a_question_that_became_two_each_service_gets_the_one_that_is_asked_of_it(carry: Carry) -> None:
    assert given(carry({"both": 0})) == {"now": {"level": 1}}
    assert given(carry({"both": 0}, stage="planning")) == {"later": {"level": 0}}
    assert carry({"both": 0}, stage="neither").left_out == ("both",)


@pytest.mark.parametrize(
    ("one", "two", "became"),
    [
        (2, 1, {"level": 1}),
        (0, 2, {"level": 0}),
        (2, "unknown", {"unknown": True}),
        ("n/a: No.", "n/a: Never.", {"not_applicable": "No."}),
        (2, 3, None),
        (2, "n/a: No.", None),
        (2, None, None),
    ],
)
def test_of_two_questions_that_became_one_the_lowest_counts_if_both_are_known(
    carry: Carry, one: object, two: object, became: object
) -> None:
    found = carry({"one": one} if two is None else {"one": one, "two": two})
    assert found.asked_again == (("merged",) if became is None else ())
    assert {key: value for key, value in given(found).get("merged", {}).items() if key != "before"} == (became or {})


def test_of_two_questions_that_became_one_all_that_was_written_is_one_note(carry: Carry) -> None:
    found = carry({"one": {"level": 1, "note": "Half."}, "two": {"level": 2, "note": "All.", "evidence": ["A page"]}})
    assert given(found) == {"merged": {"level": 1, "note": "Half.\nAll.", "evidence": ("A page",)}}
    assert found.shortened == ()


@pytest.mark.parametrize(("level", "asked_again"), [(1, ()), (3, ("merged",))])
def test_a_note_that_gets_too_long_ends_in_a_mark_and_is_named(
    carry: Carry, level: int, asked_again: tuple[str, ...]
) -> None:
    found = carry({"one": {"level": level, "note": "a" * 19_000}, "two": {"level": 1, "note": "b" * 19_000}})
    note = found.assessment.responses["merged"].note or ""
    assert (len(note), note[-4:]) == (MAX_NOTE, "bb …")
    assert (found.shortened, found.asked_again) == (("merged",), asked_again)
    alone = carry({"old-name": {"level": 1, "note": "a" * MAX_NOTE}})
    assert alone.assessment.responses["renamed"].note == "a" * MAX_NOTE
    assert alone.shortened == ()


def test_a_suggestion_counts_only_once_it_is_confirmed(carry: Carry) -> None:
    found = carry({"meant": {"level": 1, "note": "So."}}, words=True)
    assert (found.carried, found.asked_again, [*found.suggested]) == ((), (), ["meant"])
    before = ("Answered on 22 November 2026: “Level 1”",)
    assert given(found) == {"meant": {"note": "So.", "before": before}}
    sure = found.if_confirmed.responses["meant"]
    assert (sure.level, sure.note, sure.before) == (2, "So.", before)
    assert carry({"meant": 1}).if_confirmed.responses["meant"].level == 2
    assert carry({"meant": 4}).asked_again == ("meant",)


def test_a_note_alone_is_kept_and_is_no_answer(carry: Carry) -> None:
    found = carry({"old-name": {"note": "Later."}})
    assert (found.carried, found.asked_again) == ((), ())
    assert given(found) == {"renamed": {"note": "Later."}}


def test_what_was_answered_stays_until_it_is_answered_again_and_is_never_too_long(carry: Carry) -> None:
    then = "Answered on 3 May 2025: “Level 2”"
    found = carry({"old-name": {"before": [then]}, "certain": f"n/a: {'a' * MAX_NOTE}"})
    assert found.asked_again == ("certain",)
    assert given(found)["renamed"] == {"before": (then,)}
    [reason] = found.assessment.responses["certain"].before
    assert (len(reason), reason[-3:]) == (MAX_NOTE, "a …")


def test_what_leads_nowhere_and_what_is_new_is_named(carry: Carry) -> None:
    found = carry({"same": 1, "gone": 2, "never-there": 1})
    assert found.left_out == ("gone", "never-there")
    assert found.new == ("fewer", "certain", "renamed", "now", "merged", "meant", "brand-new")


def test_an_answer_whose_id_another_question_has_now_leads_nowhere(bank: Bank, old: Bank) -> None:
    moved = {"to": "same", "from": "one", "levels": {0: 0, 1: 1}}
    said = {"schema": 1, "bank": "small", "from": "0.9", "questions": [moved]}
    migration = Migration.model_validate_json(json.dumps(said))
    found = migrated(answers(old, {"same": 4, "one": 1}), migration, bank)
    assert given(found) == {"same": {"level": 1}}
    assert found.left_out == ("same",)


def test_what_the_bank_no_longer_asks_of_the_service_is_left_out(carry: Carry, bank: Bank) -> None:
    found = carry({"same": 1}, size="l", colour="red").assessment
    assert found.team.profile == {"stage": "running"}
    assert found.bank == BankReference.to(bank)


def test_what_kept_its_meaning_is_still_said_to_be_of_the_older_version(carry: Carry, old: Bank) -> None:
    kept = carry({"same": 1, "meant": {"level": 1, "note": "So."}, "old-name": 2}).meaning_kept
    assert kept.bank == BankReference.to(old)
    assert {name: (one.level, one.note) for name, one in kept.responses.items()} == {
        "same": (1, None),
        "renamed": (4, None),
        "meant": (None, "So."),
    }


def test_answers_are_read_as_far_as_the_bank_leads_over_to_them(old: Bank, bank: Bank, tmp_path: Path) -> None:
    older = assessment(old, {"same": 1, "meant": 1, "old-name": 2, "one": 3}, {"stage": "running"})
    todays = assessment(bank, {"meant": 1}, {"stage": "running"})
    assert in_the_meaning_of(bank, [older, todays], tmp_path) == ((older, todays), ())
    (tmp_path / "migrations").mkdir()
    (tmp_path / "migrations" / "0.9.yaml").write_text(MIGRATION, "utf-8")
    (read, same), lost = in_the_meaning_of(bank, [older, older], tmp_path)
    assert (read, same, read.bank) == (same, read, older.bank)
    assert {name: one.level for name, one in read.responses.items() if one.answered} == {"same": 1, "renamed": 4}
    assert lost == ("merged", "meant")
    told = "Answers to an older version meant something else, and do not count: “Question merged”, “Question meant”."
    assert meant_otherwise(bank, lost) == told
    assert in_the_meaning_of(bank, [todays], tmp_path) == ((todays,), ())
