"""Small banks with bands, and ways to them."""

import json
from collections.abc import Mapping
from pathlib import Path

from readiness.bank.band import Band
from readiness.bank.model import Bank
from readiness.plan.basis import PlanBasis
from readiness.plan.overlay import Edit
from readiness.plan.route import Route, cheapest_route
from readiness.scoring.score import Standings, standings
from tests.conftest import assessment, bank_from
from tests.small import spelled_out

BANDS = "[{id: low, from: 0}, {id: middle, from: 50}, {id: high, from: 75}]"


def way(start: Standings, band: Band, edits: Mapping[str, Edit] | None = None) -> Route:
    """Return the way of a team in which no role is known to differ from the others."""
    return cheapest_route(PlanBasis.of(start), band, edits or {})


def stands(bank: Bank, *respondents: Mapping[str, object], profile: Mapping[str, str] | None = None) -> Standings:
    return standings(bank, [assessment(bank, answers, profile) for answers in respondents])


def banded(folder: Path, questions: str, efforts: Mapping[str, int] | None = None, bands: str = BANDS) -> Bank:
    """Return a small bank whose actions take as many ``efforts``, and that tells a score of whatever is known."""
    data = spelled_out(questions, "{d: 1, e: 3}" if "domain: e" in questions else "{d: 1}", bands)
    data["enough"] = {"domain": 0.01, "overall": 0.01}
    data["roles"] = [{"id": "peer-worker", "label": "Peer Worker", "one": "Peer Worker", "many": "Peer Workers"}]
    for question in data["questions"]:
        for action in question["actions"]:
            action["effort"] = (efforts or {}).get(action["id"], 1)
        for name, effort in (efforts or {}).items():  # another way to the same level: a-1-too beside a-1
            if name.endswith("-too"):
                like = (action for action in question["actions"] if action["id"] == name.removesuffix("-too"))
                question["actions"] += [{**action, "id": name, "effort": effort} for action in [*like]]
    return bank_from(folder, json.dumps(data))
