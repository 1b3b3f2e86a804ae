"""The shipped bank as its files have it: plain YAML, read without the model."""

from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parents[2] / "questions" / "peer-workers"

Part = Mapping[str, Any]


def read(path: Path) -> Any:
    """Plain data in a YAML file of the bank."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


BANK: Part = read(FOLDER / "bank.yaml")
DOMAIN_FILES: tuple[Part, ...] = tuple(read(FOLDER / name) for name in BANK["files"])
FINDINGS: Mapping[str, Part] = {finding["id"]: finding for part in DOMAIN_FILES for finding in part["findings"]}
QUESTIONS: tuple[Part, ...] = tuple(question for part in DOMAIN_FILES for question in part["questions"])
OPTIONS: Mapping[str, tuple[str, ...]] = {
    entry["id"]: tuple(option["id"] for option in entry["options"]) for entry in BANK["profile"]
}
PROFILES: tuple[Mapping[str, str], ...] = tuple(
    dict(zip(OPTIONS, values, strict=True)) for values in product(*OPTIONS.values())
)
ROLES: tuple[str, ...] = tuple(role["id"] for role in BANK["roles"])
PEER_WORKER = "peer-worker"
PLANNING = "planning"

# Choices, ids and numbers, which nobody reads as words, and how a source is cited.
NOT_READ = {
    "id",
    "domain",
    "files",
    "when",
    "with",
    "source",
    "kind",
    "key",
    "horizon",
    "version",
    "citation",
    "url",
    "voices",
}


def holds(condition: Mapping[str, list[str]] | None, known: Mapping[str, str]) -> bool:
    """Whether every key of ``condition`` has one of its values in ``known``."""
    return all(known.get(key) in values for key, values in (condition or {}).items())


def planning_only(question: Part) -> bool:
    """Whether ``question`` is for services that have nobody in post yet."""
    return bool((question.get("when") or {}).get("stage") == [PLANNING])


def asked(profile: Mapping[str, str]) -> list[Part]:
    """Questions for ``profile``, in the words of the bank's files."""
    return [question for question in QUESTIONS if holds(question.get("when"), profile)]


def worded(question: Part, known: Mapping[str, str]) -> Part:
    """``question`` in the words for ``known`` (profile and role), its levels as plain texts."""
    told: dict[str, Any] = {**question, "levels": level_texts(question)}
    for wording in question.get("wording", []):
        if holds(wording["when"], known):
            told |= {field: words for field, words in wording.items() if field != "when"}
    return told


def level_texts(question: Part) -> list[str]:
    """The five levels as texts, in the bank's own words."""
    return [level["text"] for level in question["levels"]]


def every_level(question: Part) -> Iterator[str]:
    """Each level in each wording."""
    yield from level_texts(question)
    for wording in question.get("wording", []):
        yield from wording.get("levels", [])


def texts(part: object) -> Iterator[str]:
    """Each text in ``part`` that a person reads."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        for item in part:
            yield from texts(item)
    elif isinstance(part, dict):
        for field, value in part.items():
            if field not in NOT_READ and not (field == "findings" and "levels" in part):
                yield from texts(value)


def owner(action: Part, setting: str) -> str:
    """Who owns ``action`` in ``setting``."""
    named = action["owner"]
    return str(named if isinstance(named, str) else named.get(setting, named["other"]))
