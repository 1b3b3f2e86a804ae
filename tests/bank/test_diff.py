"""What has changed between two versions of a bank, and which version number that asks for."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from readiness.bank.diff import BankDiff, bank_diff
from tests.conftest import bank_from
from tests.small import spelled_out

Change = Callable[[dict[str, Any]], None]


@pytest.fixture
def differ(tmp_path: Path) -> Callable[..., BankDiff]:
    def diff(change: Change, version: str = "1.0.1", old: str = "1.0.0") -> BankDiff:
        questions = "[{id: a}, {id: b}]"
        before, after = (spelled_out(questions, domains="{d: 1, e: 1}", profile="{stage: [x, y]}") for _ in range(2))
        for data in (before, after):
            data["questions"][1]["domain"] = "e"
            data["findings"][1]["domain"] = "e"
        before["version"], after["version"] = old, version
        change(after)
        banks = [bank_from(tmp_path, yaml.safe_dump(data, sort_keys=False)) for data in (before, after)]
        return bank_diff(*banks)

    return diff


def told(found: BankDiff) -> list[tuple[str, str, str, str]]:
    return [(change.of, change.id, change.what, change.weighs.value) for change in found.changes]


def test_the_same_bank_has_no_changes_and_asks_for_no_new_number(differ: Callable[..., BankDiff]) -> None:
    found = differ(lambda _: None, "1.0.0")
    assert (found.changes, found.raises, found.enough, found.scores_alike) == ((), None, True, True)


def _weight(data: dict[str, Any]) -> None:
    data["domains"][0]["weight"] = 2


def _levels(data: dict[str, Any]) -> None:
    data["questions"][0]["levels"].insert(1, {"value": 0.5, "text": "A half"})
    extra = {**data["questions"][0]["actions"][0], "id": "a-half", "to": 0.5}
    data["questions"][0]["actions"].append(extra)


def _kind(data: dict[str, Any]) -> None:
    data["findings"][0]["kind"] = "barrier"


def _level_words(data: dict[str, Any]) -> None:
    data["questions"][0]["levels"][3]["text"] = "In other words"


def _question_words(data: dict[str, Any]) -> None:
    data["questions"][0] |= {"text": "What else?", "help": "A hint."}


def _action(data: dict[str, Any]) -> None:
    data["questions"][0]["actions"][0] |= {"id": "a-first", "title": "Another"}


def _title(data: dict[str, Any]) -> None:
    data["title"] = "Another title"


def _gone(data: dict[str, Any]) -> None:
    data["questions"][1] |= {"id": "c"}


def _enough(data: dict[str, Any]) -> None:
    data["enough"] = {"domain": 0.9}


@pytest.mark.parametrize(
    ("change", "changes", "raises"),
    [
        (_weight, [("domain", "d", "weight changed", "scores")], "first"),
        (_enough, [("bank", "small", "enough changed", "scores")], "first"),
        (_gone, [("question", "b", "taken out", "scores"), ("question", "c", "added", "scores")], "first"),
        (
            _levels,
            [("question", "a", "levels changed", "scores"), ("action", "a-half", "added", "content")],
            "first",
        ),
        (
            _kind,
            [
                ("finding", "a", "kind changed", "content"),
                ("question", "a", "facilitator became barrier", "scores"),
            ],
            "first",
        ),
        (_level_words, [("question", "a", "level 3 reworded", "content")], "second"),
        (
            _question_words,
            [("question", "a", "text changed", "content"), ("question", "a", "help changed", "words")],
            "second",
        ),
        (_action, [("action", "a-1", "taken out", "content"), ("action", "a-first", "added", "content")], "second"),
        (_title, [("bank", "small", "title changed", "words")], "third"),
    ],
)
def test_each_change_says_what_it_is_of_and_how_much_it_weighs(
    differ: Callable[..., BankDiff], change: Change, changes: list[tuple[str, ...]], raises: str
) -> None:
    found = differ(change)
    assert (told(found), found.raises, found.scores_alike) == (changes, raises, raises != "first")


@pytest.mark.parametrize(
    ("change", "old", "new", "enough"),
    [
        (_weight, "1.4.2", "2.0.0", True),
        (_weight, "0.9", "1.0", True),
        (_weight, "1.4.2", "1.5.0", False),
        (_weight, "2", "1", False),
        (_level_words, "1.4.2", "1.5.0", True),
        (_level_words, "1.4.2", "1.4.3", False),
        (_level_words, "1", "2", True),
        (_title, "1.4.2", "1.4.3", True),
        (_title, "1.4.2", "1.4.2", False),
    ],
)
def test_the_number_must_go_up_as_far_to_the_left_as_the_change_weighs(
    differ: Callable[..., BankDiff],
    change: Change,
    old: str,
    new: str,
    enough: bool,  # noqa: FBT001
) -> None:
    assert differ(change, new, old).enough is enough
