"""Where a walk stands, in short."""

from readiness.assessment.model import Response
from readiness.bank.model import Bank
from readiness.interview.walk import Walk
from tests.interview.conftest import at_questions, held, typed


def response(walk: Walk, question: str) -> Response:
    return held(walk).responses[question]


def where(walk: Walk) -> str:
    """Return the id of the question asked now, or else the sort of step."""
    return walk.step.question.id if walk.step.question else str(walk.step.kind)


def at_review(bank: Bank) -> Walk:
    return typed(at_questions(bank), "s", "s", "s")


def at_offer(bank: Bank) -> Walk:
    return typed(at_review(bank), "")
