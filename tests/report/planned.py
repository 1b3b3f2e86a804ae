"""A plan that somebody has worked on, to be written in every form."""

import datetime as dt
from dataclasses import dataclass

from readiness.assessment.model import BankReference
from readiness.bank.model import Bank, Horizon
from readiness.plan.apply import live_plan
from readiness.plan.basis import PlanBasis
from readiness.plan.build import build_plan
from readiness.plan.edits import Field, with_own, with_value
from readiness.plan.model import Plan
from readiness.plan.overlay import Edit, Overlay, Status, Wording
from readiness.report.model import Report
from readiness.report.view import build_report
from readiness.scoring.score import standings
from readiness.team import AssessedTeam
from tests.report.services import example

DUE = dt.date(2027, 1, 31)
FORMULA = '=HYPERLINK("http://127.0.0.1:9/","=1+1")'


@dataclass(frozen=True)
class Planned:
    """The report with the edits in it, the live plan, and the edits."""

    report: Report
    plan: Plan
    overlay: Overlay


TODAY = DUE + dt.timedelta(days=1)


def worked_on(bank: Bank) -> Planned:
    """Return Northside's plan with names, dates, a formula for a comment, an own action, a dropped and a past one.

    The answers were given to an older edition of the bank.
    """
    older = BankReference(id=bank.id, version="0.0.9", fingerprint="0" * 16)
    answers = [one.model_copy(update={"bank": older}) for one in example("northside-cmht", bank)]
    stands = standings(bank, answers)
    computed = build_plan(PlanBasis.of(stands))
    first, second, third, fourth, *_ = (action.id for action in computed.actions)
    overlay = Overlay.blank(bank, stands.team.name, stands.team.organisation)
    for name, field, text in (
        (first, Field.OWNER, "Priya Nair"),
        (first, Field.DUE, DUE.isoformat()),
        (first, Field.COMMENTS, f"Began in May\n{FORMULA}"),
        (second, Field.STATUS, Status.DONE),
        (second, Field.TITLE, "Agree the page, in our words"),
        (third, Field.DROPPED, "The Trust has this already"),
        (third, Field.DUE, "2027-03-01"),
        (fourth, Field.STATUS, Status.STUCK),
    ):
        overlay = with_value(overlay, computed, name, field, text)
    own = {Field.TITLE: "Book a room", Field.HORIZON: Horizon.NOW, Field.DUE: "2026-12-24"}
    overlay, _ = with_own(overlay, computed, own)
    gone = Edit(owner="Ann", comments=("Nearly there",), before=Wording(title="A step of an older bank"))
    overlay = overlay.with_edit("older-step", gone).model_copy(update={"revision": 7})
    return Planned(
        build_report(AssessedTeam(bank, answers, overlay), today=TODAY),
        live_plan(computed, overlay, PlanBasis.of(stands)),
        overlay,
    )
