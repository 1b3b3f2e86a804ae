"""What an answer counts as, in one whole number: its mark."""

from readiness.assessment.model import Response
from readiness.bank.model import Question

UNKNOWN, NOT_APPLICABLE, UNANSWERED = -1, -2, -3
"""The marks of an answer that is no level. The mark of a level is its position, from 0."""


def mark_of(question: Question, response: Response | None) -> int:
    """Return what a response counts as. A level that the bank does not have is no answer."""
    if response is None:
        return UNANSWERED
    if response.level is not None:
        level = question.level(response.level)
        return UNANSWERED if level is None else question.levels.index(level)
    return UNKNOWN if response.unknown else NOT_APPLICABLE if response.not_applicable else UNANSWERED
