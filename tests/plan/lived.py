"""A plan with the edits laid over it."""

from collections.abc import Mapping

from readiness.bank.model import Bank
from readiness.plan.apply import live_plan
from readiness.plan.basis import PlanBasis
from readiness.plan.build import build_plan
from readiness.plan.model import Plan
from readiness.plan.overlay import Edit, Overlay
from readiness.scoring.score import standings
from tests.conftest import assessment


def live(bank: Bank, answers: Mapping[str, object], edits: Mapping[str, Edit], **profile: str) -> Plan:
    stands = standings(bank, [assessment(bank, answers, profile)])
    overlay = Overlay.blank(bank, "Northside").model_copy(update={"actions": edits})
    return live_plan(build_plan(PlanBasis.of(stands)), overlay, PlanBasis.of(stands))
