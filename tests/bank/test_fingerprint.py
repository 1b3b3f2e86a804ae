"""The fingerprint of a bank: what scores, and nothing else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.bank.modelled import PROFILE, QUESTIONS
from tests.conftest import bank_from
from tests.small import spelled_out

ROLES = "[peer-worker, service-manager]"


def data() -> dict[str, Any]:
    return spelled_out(QUESTIONS, domains="{d: 1, e: 2}", profile=PROFILE, roles=ROLES)


def fingerprint(folder: Path, changed: dict[str, Any]) -> str:
    return bank_from(folder, yaml.safe_dump(changed, sort_keys=False)).fingerprint


def rename_question(bank: dict[str, Any]) -> None:
    bank["questions"][2]["id"] = "c2"


def raise_a_level(bank: dict[str, Any]) -> None:
    bank["questions"][1]["levels"][1]["value"] = bank["questions"][1]["actions"][0]["to"] = 1


def add_a_level(bank: dict[str, Any]) -> None:
    bank["questions"][1]["levels"].append({"value": 3, "text": "Higher"})
    bank["questions"][1]["actions"].append(bank["questions"][1]["actions"][0] | {"id": "b-3", "to": 3})


SCORES: dict[str, Callable[[dict[str, Any]], object]] = {
    "a question's id": rename_question,
    "a question's domain": lambda bank: bank["questions"].append(bank["questions"].pop(2) | {"domain": "d"}),
    "a question's weight": lambda bank: bank["questions"][0].update(weight=2),
    "a question less": lambda bank: (bank["questions"].pop(2), bank["findings"].pop(2)),
    "a minimum": lambda bank: bank["questions"][0].update(minimum=3),
    "a minimum less": lambda bank: bank["questions"][0].pop("minimum"),
    "a minimum more": lambda bank: bank["questions"][2].update(minimum=1),
    "a level's value": raise_a_level,
    "a level more": add_a_level,
    "a condition": lambda bank: bank["questions"][0].update(when={"stage": ["early"]}),
    "a condition less": lambda bank: bank["questions"][0].pop("when"),
    "a condition more": lambda bank: bank["questions"][2].update(when={"stage": ["early"]}),
    "a finding's kind": lambda bank: bank["findings"][0].update(kind="barrier"),
    "a domain's weight": lambda bank: bank["domains"][0].update(weight=3),
    "a band's start": lambda bank: bank["bands"][1].update({"from": 51}),
    "a band's id": lambda bank: bank["bands"][1].update(id="other"),
    "a band less": lambda bank: bank["bands"].pop(1),
    "which bands are gated": lambda bank: bank["bands"][1].update(gated=True),
    "if a question always applies": lambda bank: bank["questions"][0].update(always=True),
    "a voice that a band needs": lambda bank: bank["bands"][1].update(voices=[{"role": "peer-worker"}]),
    "when a band needs a voice": lambda bank: bank["bands"][1].update(
        voices=[{"role": "peer-worker", "when": {"stage": ["early"]}}]
    ),
    "another voice": lambda bank: bank["bands"][1].update(voices=[{"role": "service-manager"}]),
    "how much of a domain is enough": lambda bank: bank.update(enough={"domain": 0.4}),
    "how much is enough in all": lambda bank: bank.update(enough={"overall": 0.6}),
}

WORDS: dict[str, Callable[[dict[str, Any]], object]] = {
    "nothing": lambda _: None,
    "the version": lambda bank: bank.update(version="2"),
    "the titles": lambda bank: (bank.update(title="Other"), bank["domains"][0].update(title="Other", about="Other")),
    "a statement": lambda bank: bank["findings"][0].update(statement="Other", key=True),
    "a question's words": lambda bank: bank["questions"][0].update(
        text="Other", help="Other", label="Other", who_knows="Other", evidence=["Other"], keep="Other"
    ),
    "a wording": lambda bank: bank["questions"][0].update(wording=[{"when": {"stage": ["late"]}, "text": "Other"}]),
    "a level's words": lambda bank: bank["questions"][0]["levels"][0].update(text="Other"),
    "an action": lambda bank: bank["questions"][0]["actions"][0].update(id="other", title="Other", effort=3),
    "a band's words": lambda bank: bank["bands"][0].update(label="Other", meaning="Other"),
    "an option's label": lambda bank: bank["profile"][0]["options"][0].update(label="Other"),
    "an option that no condition names": lambda bank: bank["profile"][0]["options"][2].update(id="other"),
    "the order of questions": lambda bank: bank["questions"].reverse(),
    "the order of domains": lambda bank: bank["domains"].reverse(),
    "the order of a condition": lambda bank: bank["questions"][0]["when"]["stage"].reverse(),
    "a value named twice in a condition": lambda bank: bank["questions"][0]["when"]["stage"].append("late"),
    "an empty condition": lambda bank: bank["questions"][2].update(when={}),
    "a weight of 1 spelled out": lambda bank: bank["questions"][0].update(weight=1.0),
    "the top band's gate spelled out": lambda bank: bank["bands"][2].update(gated=True),
    "enough spelled out": lambda bank: bank.update(enough={"domain": 0.5, "overall": 0.65}),
    "that a question need not always apply": lambda bank: bank["questions"][0].update(always=False),
    "goals": lambda bank: bank["questions"][0].update(goal=["One", "Two", "Three", "Four"]),
    "levels in words for a role": lambda bank: bank["questions"][0].update(
        wording=[{"when": {"role": ["peer-worker"]}, "levels": ["A", "B", "C", "D", "E"]}]
    ),
    "who is in on an action, and its owner": lambda bank: bank["questions"][0]["actions"][0].update(
        {"with": ["peer-worker"], "owner": {"other": "Somebody"}}
    ),
    "the words of roles, and what reports say": lambda bank: bank.update(
        roles=[one | {"label": f"Other {at}"} for at, one in enumerate(bank["roles"])], texts={"caution": "Take care"}
    ),
    "values spelled as positions": lambda bank: [level.pop("value") for level in bank["questions"][0]["levels"]],
}


@pytest.mark.parametrize("what", SCORES)
def test_the_fingerprint_changes_with_what_scores(tmp_path: Path, what: str) -> None:
    changed = data()
    SCORES[what](changed)
    assert fingerprint(tmp_path, changed) != fingerprint(tmp_path, data())


@pytest.mark.parametrize("what", WORDS)
def test_the_fingerprint_stays_when_words_or_their_order_change(tmp_path: Path, what: str) -> None:
    changed = data()
    WORDS[what](changed)
    assert fingerprint(tmp_path, changed) == fingerprint(tmp_path, data())


def test_no_two_changes_that_score_share_a_fingerprint(tmp_path: Path) -> None:
    prints = set()
    for change in SCORES.values():
        changed = data()
        change(changed)
        prints.add(fingerprint(tmp_path, changed))
    assert len(prints) == len(SCORES)


def test_a_fingerprint_is_16_hexadecimal_digits(tmp_path: Path) -> None:
    found = fingerprint(tmp_path, data())
    assert len(found) == 16
    assert set(found) <= set("0123456789abcdef")
