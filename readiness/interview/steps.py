"""What a walk asks, in order."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from readiness.bank.model import Bank, Domain, ProfileQuestion, Question


class StepKind(StrEnum):
    """What a step asks for. The last two are the review of what is open, and the result with the offer of a report."""

    NAME = "name"
    ORGANISATION = "organisation"
    ROLE = "role"
    PROFILE = "profile"
    QUESTION = "question"
    REVIEW = "review"
    OFFER = "offer"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is asked: of which sort, and about which profile question or question of which domain."""

    kind: StepKind
    profile: ProfileQuestion | None = None
    question: Question | None = None
    domain: Domain | None = None


def steps_of(bank: Bank, profile: Mapping[str, str]) -> tuple[Step, ...]:
    """Return everything asked of a service with ``profile``, in order."""
    domains = {domain.id: domain for domain in bank.domains}
    return (
        Step(StepKind.NAME),
        Step(StepKind.ORGANISATION),
        Step(StepKind.ROLE),
        *(Step(StepKind.PROFILE, profile=asked) for asked in bank.profile),
        *(
            Step(StepKind.QUESTION, question=question, domain=domains[question.domain])
            for question in bank.asked(profile)
        ),
        Step(StepKind.REVIEW),
        Step(StepKind.OFFER),
    )
