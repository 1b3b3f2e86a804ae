"""Edits of a plan in a new version of the bank: what a person wrote is never lost, and numbers stay."""

import datetime as dt
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from readiness.assessment.model import BankReference
from readiness.bank.migration import Migration
from readiness.bank.model import Bank
from readiness.plan.migrating import migrated_plan, of_another_version
from readiness.plan.overlay import Edit, Overlay, Status, Wording
from readiness.plan.stretch import Stretch
from tests.small import small_bank

DUE = dt.date(2027, 1, 31)
MIGRATION = Migration(schema_=1, bank="small", from_="0.9", actions={"a-1": "a-2"})


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return small_bank(tmp_path_factory.mktemp("new"), "[{id: a}]")


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    questions = "[{id: a}, {id: gone, label: What went}, {id: moved, domain: e}]"
    return small_bank(tmp_path_factory.mktemp("old"), questions, domains="{d: 1, e: 1}")


def edits(old: Bank, actions: Mapping[str, Edit], **rest: object) -> Overlay:
    return Overlay.blank(old, "Northside").model_copy(update={"actions": actions, **rest})


def test_an_action_that_is_still_there_keeps_its_edit_and_one_with_another_id_too(bank: Bank, old: Bank) -> None:
    mine, ours = Edit(owner="Priya"), Edit(due=DUE)
    own = Edit(title="Talk")
    kept = {"a-1": mine, "a-3": ours, "own-talk": own, "find-out-a": mine}
    numbers, undated = {"a-1": 1, "a-3": 2, "gone-1": 3, "own-talk": 4}, {"a-1": DUE, "gone-1": DUE}
    found, became_own = migrated_plan(edits(old, kept, numbers=numbers, undated=undated), MIGRATION, bank, old)
    assert found.actions == {"a-2": mine, "a-3": ours, "own-talk": own, "find-out-a": mine}
    assert found.numbers == {"a-2": 1, "a-3": 2, "gone-1": 3, "own-talk": 4}
    assert found.undated == {"a-2": DUE, "gone-1": DUE}
    assert became_own == ()
    assert found.bank.fingerprint == bank.fingerprint


def test_an_action_that_is_gone_becomes_the_teams_own_with_its_words_and_number(bank: Bank, old: Bank) -> None:
    edit = Edit(owner="Priya", due=DUE, status=Status.DOING, comments=("So.",), horizon=Stretch.LATER)
    found, own = migrated_plan(edits(old, {"gone-1": edit}, numbers={"gone-1": 7}), MIGRATION, bank, old)
    assert own == ("own-do-it",)
    became = found.actions["own-do-it"]
    assert (became.title, became.detail, became.sign, became.effort) == ("Do it", "In some way", "It is done", 1)
    assert (became.owner, became.due, became.status) == ("Priya", DUE, Status.DOING)
    assert (became.comments, became.horizon, became.domain) == (("So.",), Stretch.LATER, "d")
    assert became.before == Wording(title="Do it")
    assert found.numbers == {"own-do-it": 7}
    assert Overlay.model_validate_json(found.to_json()) == found, "it can be read again"


def test_its_own_words_and_those_of_then_go_before_the_banks(bank: Bank, old: Bank) -> None:
    before = Wording(title="As it was", detail="In that way", owner="A role")
    actions = {
        "gone-1": Edit(title="In our words", status=Status.DONE),
        "gone-2": Edit(status=Status.DONE, before=before),
        "gone-9": Edit(status=Status.DONE, before=Wording(title="As it was")),
        "lost-1": Edit(owner="Ann"),
        "find-out-gone": Edit(owner="Ann"),
        "moved-1": Edit(owner="Ann"),
    }
    found, own = migrated_plan(edits(old, actions), MIGRATION, bank, old)
    titles = {name: edit.title for name, edit in found.actions.items()}
    assert titles == {
        "own-in-our-words": "In our words",
        "own-as-it-was": "As it was",
        "own-as-it-was-2": "As it was",
        "own-lost-1": "lost-1",
        "own-find-out-what-went": "Find out: What went",
        "own-do-it": "Do it",
    }
    assert [*own] == [*titles]
    assert (found.actions["own-as-it-was"].detail, found.actions["own-as-it-was"].owner) == ("In that way", None)
    assert found.actions["own-do-it"].domain is None, "the bank has no such part"


def test_of_two_edited_actions_that_became_one_the_second_is_the_teams_own(bank: Bank, old: Bank) -> None:
    into = Migration(schema_=1, bank="small", from_="0.9", actions={"a-1": "a-2", "gone-1": "a-3", "gone-2": "a-3"})
    kept = {
        "a-1": Edit(owner="Priya", due=DUE, comments=("So.",)),
        "a-2": Edit(owner="Tom"),
        "gone-1": Edit(owner="Ann"),
        "gone-2": Edit(owner="Joe"),
    }
    numbers = {"a-1": 1, "a-2": 2, "gone-1": 3, "gone-2": 4}
    found, own = migrated_plan(edits(old, kept, numbers=numbers, undated={"gone-2": DUE}), into, bank, old)
    assert {name: edit.owner for name, edit in found.actions.items()} == {
        "own-do-it": "Priya",
        "a-2": "Tom",
        "a-3": "Ann",
        "own-do-it-2": "Joe",
    }
    assert found.actions["own-do-it"].model_dump(include={"title", "due", "comments"}) == {
        "title": "Do it",
        "due": DUE,
        "comments": ("So.",),
    }
    assert found.numbers == {"own-do-it": 1, "a-2": 2, "a-3": 3, "own-do-it-2": 4}
    assert found.undated == {"own-do-it-2": DUE}
    assert own == ("own-do-it", "own-do-it-2")


def test_a_number_that_led_nowhere_is_nobody_elses(bank: Bank, old: Bank) -> None:
    into = Migration(schema_=1, bank="small", from_="0.9", actions={"a-1": "a-2", "gone-1": "a-2", "a-2": "a-3"})
    kept = {"a-3": Edit(owner="Ann")}
    numbers = {"a-1": 1, "a-2": 2, "a-3": 3, "gone-1": 4}
    found, own = migrated_plan(edits(old, kept, numbers=numbers), into, bank, old)
    assert found.numbers == {"a-2": 1, "own-a-2": 2, "a-3": 3, "gone-1": 4}
    assert (found.actions, own) == (kept, ())
    assert Overlay.model_validate_json(found.to_json()) == found


def test_thousands_of_actions_of_one_title_have_their_ids_at_once(bank: Bank, old: Bank) -> None:
    kept = {f"gone-{at}": Edit(title="Ask") for at in range(10, 2_010)}
    numbers = {f"own-ask-{at}": at for at in range(2, 10_002)}
    start = time.process_time()
    found, own = migrated_plan(edits(old, kept, numbers=numbers), MIGRATION, bank, old)
    assert time.process_time() - start < 1
    assert own == ("own-ask", *(f"own-ask-{at}" for at in range(10_002, 12_001)))
    assert found.numbers == numbers


def test_a_plan_of_another_version_is_told_if_more_than_words_changed(bank: Bank, old: Bank, tmp_path: Path) -> None:
    then = BankReference.to(old).model_copy(update={"version": "0.9"})
    older = edits(old, {}).model_copy(update={"bank": then})
    told = of_another_version(older, bank, tmp_path)
    assert told is not None
    assert told.startswith(f"is a plan for version {then.version} of the questions; this is {bank.version}.")
    assert of_another_version(edits(bank, {}), bank, tmp_path) is None
    same = BankReference.to(bank).model_copy(update={"version": then.version})
    reworded = older.model_copy(update={"bank": same})
    assert of_another_version(reworded, bank, tmp_path) is None
    (tmp_path / "migrations").mkdir()
    says = f'schema: 1\nbank: {bank.id}\nfrom: "{then.version}"\n'
    (tmp_path / "migrations" / f"{then.version}.yaml").write_text(says, "utf-8")
    assert of_another_version(reworded, bank, tmp_path) == told
