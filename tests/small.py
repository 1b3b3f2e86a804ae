"""Small banks to compute by hand: what a test is about stands in the test, and the rest is filled in here."""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from readiness.bank.model import Bank
from tests.conftest import bank_from

_read = partial(yaml.load, Loader=yaml.CSafeLoader)
"""The reader written in C, as hundreds of tests make a bank."""

BANDS = "[{id: low, from: 0}, {id: middle, from: 50}, {id: top, from: 80}]"


LITTLE = "{domain: 0.01, overall: 0.01}"
"""So little must be known for a score that a test can be about something else."""


def small_bank(folder: Path, questions: str, **parts: str) -> Bank:
    """Return a bank of the questions in ``questions``, YAML, loaded as any other.

    A question may leave out its domain (``d``), its kind (``facilitator``), and its levels' values (under ``values``:
    ``[0, 1, 2, 3, 4]``). Of ``parts``, which are YAML too, ``domains`` maps ids to weights, ``profile`` maps ids to
    options, and ``roles`` are ids; ``bands`` and ``enough`` stand as they do in a bank.
    """
    return bank_from(folder, yaml.dump(spelled_out(questions, **parts), Dumper=yaml.CSafeDumper, sort_keys=False))


def spelled_out(
    questions: str,
    domains: str = "{d: 1}",
    bands: str = BANDS,
    profile: str = "{}",
    enough: str = "{}",
    roles: str = "[]",
) -> dict[str, Any]:
    """Return the data of that bank."""
    entries: list[dict[str, Any]] = _read(questions)
    return {
        "schema": 1,
        "id": "small",
        "version": "1",
        "title": "A small bank",
        "enough": _read(enough),
        "roles": [{"id": role, "label": role, "one": role, "many": f"{role}s"} for role in _read(roles)],
        "sources": [{"id": "paper", "citation": "A paper"}],
        "findings": [
            {
                "id": entry["id"],
                "kind": entry.get("kind", "facilitator"),
                "domain": entry.get("domain", "d"),
                "statement": "Something was found",
                "source": "paper",
            }
            for entry in entries
        ],
        "domains": [
            {"id": name, "title": f"Domain {name}", "about": "About it", "weight": weight}
            for name, weight in _read(domains).items()
        ],
        "profile": [
            {"id": key, "text": "Which?", "options": [{"id": option, "label": option} for option in options]}
            for key, options in _read(profile).items()
        ],
        "questions": [dict(_question(entry)) for entry in entries],
        "bands": [{"label": f"Band {band['id']}", "meaning": "It means", **band} for band in _read(bands)],
    }


def _question(entry: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    values = entry.get("values", [0, 1, 2, 3, 4])
    yield "domain", "d"
    yield "findings", [entry["id"]]
    yield "text", f"Question {entry['id']}"
    yield "levels", [{"value": value, "text": f"Level {value}"} for value in values]
    yield (
        "actions",
        [
            {
                "id": f"{entry['id']}-{at}",
                "to": value,
                "title": "Do it",
                "detail": "In some way",
                "owner": "A manager",
                "horizon": "now",
                "effort": 1,
                "sign": "It is done",
            }
            for at, value in enumerate(values[1:], start=1)
        ],
    )
    yield from ((key, value) for key, value in entry.items() if key not in ("kind", "values"))
