"""What a question bank holds. Everything here is a frozen value; nothing reads files or asks anybody anything."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from readiness.bank.action_words import ActionWords, Effort

_ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_LONGEST_ID = 64

Id = Annotated[str, Field(pattern=_ID_PATTERN, max_length=_LONGEST_ID)]
"""A name that never changes: small letters, digits and single hyphens."""

Text = Annotated[str, Field(min_length=1, max_length=4000, pattern=r"\S")]
"""Words that a person reads."""

Number = Annotated[int | float, Field(allow_inf_nan=False, ge=-1_000_000, le=1_000_000)]
"""A level's value or a threshold; turned into an exact fraction before anything is computed with it."""

Weight = Annotated[int | float, Field(allow_inf_nan=False, gt=0, le=1_000_000)]
"""How much something counts against its neighbours; above 0."""

Condition = Mapping[Id, tuple[Text, ...]]
"""Profile keys, each with the values that satisfy it."""


LONGEST_LABEL = 60
"""Characters that name a question in a chart or a table."""

FIND_OUT = "find-out-"
"""What the id of a generated action begins with, before the question's id: find out where the service stands."""
OWN = "own-"
"""What the ids of a team's own actions begin with."""

PlannedId = Annotated[str, Field(pattern=_ID_PATTERN, max_length=len(FIND_OUT) + _LONGEST_ID)]
"""The id of an action in a plan: the bank's, a team's own, or that of a question after ``FIND_OUT``."""


@lru_cache(maxsize=1_000)
def exact(number: float) -> Fraction:
    """Return the number as a person wrote it (0.1 is one tenth), to compute with exactly."""
    return Fraction(str(number))


def holds(condition: Condition | None, profile: Mapping[str, str]) -> bool:
    """Return whether every key's value in ``profile`` is in the condition's list; no condition always holds."""
    return condition is None or all(profile.get(key) in values for key, values in condition.items())


class Kind(StrEnum):
    """Whether a finding helps (facilitator) or gets in the way (barrier)."""

    FACILITATOR = "facilitator"
    BARRIER = "barrier"


class Horizon(StrEnum):
    """When an action can be done: now (within 3 months), next (3 to 6 months), later (6 to 12 months)."""

    NOW = "now"
    NEXT = "next"
    LATER = "later"


class BankModel(BaseModel):
    """A part of a bank: frozen, strict about types, and with no field that we do not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Source(BankModel):
    """Something published that findings stand on."""

    id: Id
    citation: Text
    url: Text | None = None
    about: Text | None = None


class Finding(BankModel):
    """One thing that research found, in our own words."""

    id: Id
    kind: Kind
    key: bool = False
    domain: Id
    statement: Text
    source: Id


class Domain(BankModel):
    """A part of readiness that questions are grouped by and scored in."""

    id: Id
    title: Text
    about: Text
    weight: Weight = 1


class Option(BankModel):
    """One answer to a profile question."""

    id: Annotated[str, Field(min_length=1, max_length=64)]
    label: Text


class ProfileQuestion(BankModel):
    """Something asked once about the service, which decides what is asked after it."""

    id: Id
    text: Text
    help: Text | None = None
    options: Annotated[tuple[Option, ...], Field(min_length=2)]

    def label(self, value: str | None) -> str | None:
        """Return the label of the option ``value``; ``value`` itself where there is none."""
        return next((option.label for option in self.options if option.id == value), value)


class Level(BankModel):
    """A situation that a service can recognise itself in, and what it is worth."""

    value: Number
    text: Text


class Action(BankModel, ActionWords[Text, Horizon, Effort]):
    """Something a service can do to get from one level to the next. ``to`` is the value of the level it leads to."""

    id: Id
    to: Number


class QuestionWording(BankModel):
    """Other words for a question where the profile satisfies ``when``. It never changes levels or actions."""

    when: Condition
    text: Text | None = None
    help: Text | None = None
    who_knows: Text | None = None
    evidence: tuple[Text, ...] | None = None


def _number_levels(levels: object) -> object:
    """Give each level without a value its position."""
    if not isinstance(levels, list):
        return levels
    return tuple(
        {"value": position, **level} if isinstance(level, dict) else level for position, level in enumerate(levels)
    )


class Question(BankModel):
    """One question, about what happens in the service today.

    ``label`` names it in a few words, for charts and tables. ``levels`` ascend strictly. ``minimum`` makes the
    question a gate: below that value the top band is held back.
    """

    id: Id
    label: Annotated[Text | None, Field(max_length=LONGEST_LABEL)] = None
    domain: Id
    findings: Annotated[tuple[Id, ...], Field(min_length=1)]
    when: Condition | None = None
    weight: Weight = 1
    minimum: Number | None = None
    text: Text
    help: Text | None = None
    wording: tuple[QuestionWording, ...] = ()
    who_knows: Text | None = None
    evidence: tuple[Text, ...] = ()
    keep: Text | None = None
    levels: Annotated[tuple[Level, ...], Field(min_length=2), BeforeValidator(_number_levels)]
    actions: tuple[Action, ...] = ()

    @property
    def name(self) -> str:
        """The question in a few words, where the bank has them; else the question."""
        return self.label or self.text

    @cached_property
    def shares(self) -> Mapping[float, Fraction]:
        """How far each level lies between the lowest and the highest, from 0 to 1, by its value, in ascending order."""
        return {level.value: self.share(exact(level.value)) for level in self.levels}

    def share(self, value: Fraction) -> Fraction:
        """Return how far ``value`` lies between the lowest and the highest level, from 0 to 1."""
        low, high = exact(self.levels[0].value), exact(self.levels[-1].value)
        return (value - low) / (high - low)

    def value(self, share: Fraction) -> Fraction:
        """Return the value that lies at ``share`` (0 to 1) between the lowest and the highest level."""
        low, high = exact(self.levels[0].value), exact(self.levels[-1].value)
        return low + share * (high - low)

    def level(self, value: float) -> Level | None:
        """Return the level worth exactly ``value``."""
        return next((level for level in self.levels if level.value == value), None)

    def level_at(self, share: Fraction) -> int:
        """Return the position of the highest level that ``share`` (0 to 1) has reached."""
        return max(at for at, reached in enumerate(self.shares.values()) if reached <= share)

    def actions_to(self, level: Level) -> tuple[Action, ...]:
        """Return the actions that lead to ``level``."""
        return tuple(action for action in self.actions if action.to == level.value)

    def worded(self, profile: Mapping[str, str]) -> Self:
        """Return the question in the words that fit ``profile``: each wording that fits changes what it names."""
        changes: dict[str, object] = {}
        for wording in self.wording:
            if holds(wording.when, profile):
                changes |= wording.model_dump(exclude_none=True, exclude={"when"})
        return self.model_copy(update=changes) if changes else self


class Band(BankModel):
    """A named stretch of the score. ``from`` is its lowest score (0 to 100); a ``gated`` one waits for all gates."""

    id: Id
    label: Text
    meaning: Text
    start: Annotated[Number, Field(alias="from", ge=0, le=100)]
    gated: bool = False


class Bank(BankModel):
    """A question bank: findings, domains, what is asked about the service, questions, and bands from low to high.

    ``caution`` is what its authors say that a score can't do; every report says it.
    """

    schema_: Annotated[Literal[1], Field(alias="schema")]
    id: Id
    version: Text
    title: Text
    caution: Text | None = None
    sources: tuple[Source, ...]
    findings: Annotated[tuple[Finding, ...], Field(min_length=1)]
    domains: Annotated[tuple[Domain, ...], Field(min_length=1)]
    profile: tuple[ProfileQuestion, ...] = ()
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    bands: Annotated[tuple[Band, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _gate_the_top_band(self) -> Self:
        """Where no band says that it is gated, the top one is."""
        if not any(band.gated for band in self.bands):
            bands = (*self.bands[:-1], self.bands[-1].model_copy(update={"gated": True}))
            object.__setattr__(self, "bands", bands)
        return self

    @cached_property
    def question_by_id(self) -> Mapping[str, Question]:
        """Every question, by its id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def finding_by_id(self) -> Mapping[str, Finding]:
        """Every finding, by its id."""
        return {finding.id: finding for finding in self.findings}

    @cached_property
    def ordered_questions(self) -> tuple[Question, ...]:
        """The questions domain by domain, in the domains' order, as they are asked and shown."""
        return tuple(question for domain in self.domains for question in self.questions if question.domain == domain.id)

    @cached_property
    def fingerprint(self) -> str:
        """A hash of all that scores: it changes when a score could, and not when words or their order do.

        16 hexadecimal digits.
        """
        scoring = [
            sorted([domain.id, str(exact(domain.weight))] for domain in self.domains),
            [list(_scoring_parts(self.question_by_id[name], self)) for name in sorted(self.question_by_id)],
            [[band.id, str(exact(band.start)), band.gated] for band in self.bands],
        ]
        return hashlib.sha256(json.dumps(scoring, sort_keys=True).encode()).hexdigest()[:16]

    def kind(self, question: Question) -> Kind:
        """Return whether the question is about a facilitator or a barrier: its first finding says so."""
        return self.finding_by_id[question.findings[0]].kind

    def asked(self, profile: Mapping[str, str]) -> tuple[Question, ...]:
        """Return the questions asked of a service with ``profile``, in order, in the words that fit it."""
        return tuple(question.worded(profile) for question in self.ordered_questions if holds(question.when, profile))


def _scoring_parts(question: Question, bank: Bank) -> Iterator[object]:
    yield question.id
    yield question.domain
    yield str(bank.kind(question))
    yield str(exact(question.weight))
    yield None if question.minimum is None else str(exact(question.minimum))
    yield [str(exact(level.value)) for level in question.levels]
    yield {key: sorted(set(values)) for key, values in (question.when or {}).items()}
