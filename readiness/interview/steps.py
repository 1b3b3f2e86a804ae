"""What a walk asks, in order."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Generic, TypeVar

from readiness.bank.fields import holds
from readiness.bank.model import Bank, Domain, ProfileQuestion, Question


class StepKind(StrEnum):
    """What a step asks for. The last two are the review of open questions, and the result with the offer of a report.

    ``SHOWN_ALONE`` asks if the answers of the respondent's role may be shown although few people hold it.
    """

    NAME = "name"
    ORGANISATION = "organisation"
    ROLE = "role"
    PROFILE = "profile"
    QUESTION = "question"
    SHOWN_ALONE = "shown-alone"
    REVIEW = "review"
    OFFER = "offer"


class GroupStepKind(StrEnum):
    """What a step of a workshop asks for.

    ``PRESENT`` asks who is here, and ``BY_ROLE`` how hands are counted. ``SHOWN_ALONE`` asks of which roles the answers
    may be shown although few people hold them.
    """

    NAME = "name"
    ORGANISATION = "organisation"
    PROFILE = "profile"
    PRESENT = "present"
    BY_ROLE = "by-role"
    QUESTION = "question"
    SHOWN_ALONE = "shown-alone"
    REVIEW = "review"
    OFFER = "offer"


Kind = TypeVar("Kind", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Step(Generic[Kind]):
    """One thing that is asked: a profile question, a question of a domain, or what its kind says."""

    kind: Kind
    profile: ProfileQuestion | None = None
    question: Question | None = None
    domain: Domain | None = None

    @property
    def asked_profile(self) -> ProfileQuestion:
        """The profile question. Raises ValueError at a step that asks something else."""
        if self.profile is None:
            raise ValueError("the step asks nothing of the profile")
        return self.profile

    @property
    def asked_question(self) -> Question:
        """The question. Raises ValueError at a step that asks something else."""
        if self.question is None:
            raise ValueError("the step asks no question")
        return self.question

    @property
    def asked_domain(self) -> Domain:
        """The question's domain. Raises ValueError at a step that asks something else."""
        if self.domain is None:
            raise ValueError("the step asks no question")
        return self.domain

    @property
    def name(self) -> tuple[Kind, str]:
        """A name that it keeps when other things are asked before it."""
        asked = self.profile or self.question
        return self.kind, asked.id if asked else ""


def steps_of(bank: Bank, profile: Mapping[str, str], role: str | None) -> tuple[Step[StepKind], ...]:
    """Return everything asked about a service with ``profile``, in order and in the words for ``role``."""
    domains = {domain.id: domain for domain in bank.domains}
    return (
        Step(StepKind.NAME),
        Step(StepKind.ORGANISATION),
        Step(StepKind.ROLE),
        *(Step(StepKind.PROFILE, profile=asked) for asked in bank.profile),
        *(
            Step(StepKind.QUESTION, question=question, domain=domains[question.domain])
            for question in bank.asked(profile, role)
        ),
        *((Step(StepKind.SHOWN_ALONE),) if role else ()),
        Step(StepKind.REVIEW),
        Step(StepKind.OFFER),
    )


def workshop_steps(bank: Bank, profile: Mapping[str, str], *, few: bool) -> tuple[Step[GroupStepKind], ...]:
    """Return everything asked of a group about a service with ``profile``, in order.

    ``few``: some roles are held by so few people that they are asked if their answers may be shown.
    """
    kind, domains = GroupStepKind, {domain.id: domain for domain in bank.domains}
    return (
        Step(kind.NAME),
        Step(kind.ORGANISATION),
        *(Step(kind.PROFILE, profile=asked) for asked in bank.profile),
        Step(kind.PRESENT),
        Step(kind.BY_ROLE),
        *(Step(kind.QUESTION, question=question, domain=domains[question.domain]) for question in bank.asked(profile)),
        *((Step(kind.SHOWN_ALONE),) if few else ()),
        Step(kind.REVIEW),
        Step(kind.OFFER),
    )


def how_many(bank: Bank) -> tuple[int, int]:
    """Return the fewest and the most questions that a service may be asked, whatever its profile is."""
    whens = [question.when or {} for question in bank.questions]
    used = {key for when in whens for key in when}
    options = {entry.id: [option.id for option in entry.options] for entry in bank.profile if entry.id in used}
    if math.prod(map(len, options.values())) > _MOST_PROFILES:
        return sum(not when for when in whens), len(whens)
    profiles = (dict(zip(options, chosen, strict=True)) for chosen in product(*options.values()))
    counts = [sum(holds(when, profile) for when in whens) for profile in profiles]
    return min(counts), max(counts)


def minutes(questions: Collection[Question], share: float = 1) -> int:
    """Return about how many minutes it takes to answer that share of the questions, counted by their words."""
    levels = (level.text for each in questions for level in each.levels)
    texts = (*levels, *(f"{each.text} {each.help or ''}" for each in questions))
    taken = share * sum(len(text.split()) for text in texts) / _WORDS_A_MINUTE
    return max(1, round(taken)) if taken < _ROUNDED_FROM else 5 * round(taken / 5)


_WORDS_A_MINUTE = 170
"""To read a question and its answers, and to choose one."""
_ROUNDED_FROM = 8
"""Minutes from which nobody needs them to the minute."""
_MOST_PROFILES = 1000
"""Of a bank with more, the fewest and the most are only bounded: the first screen must not wait for a count."""
