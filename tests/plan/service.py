"""A small service whose plan can be edited."""

from collections.abc import Mapping
from pathlib import Path

from readiness.bank.model import Bank
from readiness.plan.apply import live_plan
from readiness.plan.basis import PlanBasis
from readiness.plan.build import build_plan
from readiness.plan.edits import Field, choices_of, values_of
from readiness.plan.merge import ActionRow, Merge, merge
from readiness.plan.model import Plan, PlannedAction
from readiness.plan.overlay import Overlay
from readiness.scoring.score import Standings, standings
from tests.conftest import assessment
from tests.small import small_bank


class Service:
    """A service with two open actions, ``a-2`` and ``b-2``, and its plan without edits."""

    def __init__(self, folder: Path) -> None:
        self.bank: Bank = small_bank(folder, "[{id: a}, {id: b, domain: e}]", domains="{d: 1, e: 1}")
        self.standings: Standings = standings(self.bank, [assessment(self.bank, {"a": 1, "b": 1})])
        self.plan: Plan = build_plan(PlanBasis.of(self.standings))
        self.choices = choices_of(self.bank)
        self.blank = Overlay.blank(self.bank, "Northside")

    def live(self, overlay: Overlay) -> Plan:
        return live_plan(self.plan, overlay, PlanBasis.of(self.standings))

    def rows(self, overlay: Overlay) -> list[ActionRow]:
        live = self.live(overlay)
        return [ActionRow(action.id, values_of(action)) for action in (*live.actions, *live.past, *live.dropped)]

    def merged(self, sent: Overlay, today: Overlay, edits: Mapping[str, Mapping[Field, str]]) -> Merge:
        """Return what comes of sending ``sent`` out, changing its rows by ``edits``, and taking them in ``today``."""
        base = self.rows(sent)
        theirs = [ActionRow(row.name, {**row.values, **edits.get(row.name, {})}) for row in base]
        return merge(today, self.plan, self.live(today), base, theirs)

    def action(self, overlay: Overlay, name: str = "a-2") -> PlannedAction:
        return next(action for action in self.live(overlay).actions if action.id == name)


NEW = {
    Field.TITLE: "In our words",
    Field.DETAIL: "In detail",
    Field.OWNER: "Sam Okafor",
    Field.DUE: "2027-01-31",
    Field.STATUS: "doing",
    Field.COMMENTS: "one\ntwo",
    Field.SIGN: "A signed page",
    Field.HORIZON: "later",
    Field.DROPPED: "Not ours to do",
    Field.EFFORT: "3",
    Field.DOMAIN: "e",
}
"""A value of each field that is not what the plan says itself."""


FREE = "own-0a1b2c3d-1"
"""The id of a row that went out empty."""


def written(name: str, **values: str) -> ActionRow:
    return ActionRow(name, {**dict.fromkeys(Field, ""), **{Field(key): text for key, text in values.items()}})
