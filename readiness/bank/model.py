"""What a question bank holds. Everything here is a frozen value; nothing reads files or asks anybody anything."""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from readiness.bank.action_words import ActionWords, Effort
from readiness.bank.band import Band
from readiness.bank.fields import (
    A_NUMBER,
    ID_PATTERN,
    LONGEST_ID,
    MOST_LEVELS,
    MOST_OPTIONS,
    BankModel,
    BankNumber,
    Condition,
    Few,
    Id,
    Many,
    Share,
    Text,
    Weight,
    exact,
    holds,
)
from readiness.bank.fingerprint import fingerprint
from readiness.bank.texts import BankRole, BankTexts, Basis

LONGEST_LABEL = 60
"""Characters that name a question in a chart or a table."""

FIND_OUT = "find-out-"
"""What the id of a generated action begins with, before the question's id: find out where the service stands."""
SETTING, OTHER_SETTING = "setting", "other"
"""The profile key that owners are given by, and the word for every setting that is not named."""
ROLE = "role"
"""The key that a wording may name beside those of the profile: the role of the one who is asked."""
OWN = "own-"
"""What the ids of a team's own actions begin with."""

PlannedId = Annotated[str, Field(pattern=ID_PATTERN, max_length=len(FIND_OUT) + LONGEST_ID)]
"""The id of an action in a plan: the bank's, a team's own, or that of a question after ``FIND_OUT``."""


class Kind(StrEnum):
    """Whether a finding helps (facilitator) or gets in the way (barrier)."""

    FACILITATOR = "facilitator"
    BARRIER = "barrier"


class Horizon(StrEnum):
    """When an action can be done: now (within 3 months), next (3 to 6 months), later (6 to 12 months)."""

    NOW = "now"
    NEXT = "next"
    LATER = "later"


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
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=MOST_OPTIONS)]

    def label(self, value: str | None) -> str | None:
        """Return the label of the option ``value``; ``value`` itself where there is none."""
        return next((option.label for option in self.options if option.id == value), value)


class Level(BankModel):
    """A situation that a service can recognise itself in, and what it is worth."""

    value: BankNumber
    text: Text


def _owner_by_setting(schema: dict[str, Any]) -> None:
    """Say in the JSON Schema of an action that its owner may be a map by setting."""
    owner = schema["properties"]["owner"]
    by_setting = {"type": "object", "additionalProperties": {"type": "string"}}
    schema["properties"]["owner"] = {"anyOf": [owner, by_setting]}


class Action(BankModel, ActionWords[Text, Horizon, Effort]):
    """Something a service can do to get from one level to the next. ``to`` is the value of the level it leads to.

    ``owner`` is who could do it; ``owner_by_setting`` who could in a service of that setting. A bank may write both as
    one map, in which "other" stands for every setting that is not named. ``with`` names roles that must be in on it.
    """

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, json_schema_extra=_owner_by_setting)

    id: Id
    to: BankNumber
    owner_by_setting: Annotated[Mapping[str, Text], Field(max_length=MOST_OPTIONS)] = {}
    with_: Annotated[Few[Id], Field(alias="with", strict=False)] = ()

    @model_validator(mode="before")
    @classmethod
    def _owners(cls, data: object) -> object:
        """Read an owner that is given by setting."""
        if not isinstance(data, dict) or not isinstance(data.get("owner"), dict):
            return data
        owners = data["owner"]
        if OTHER_SETTING not in owners:
            raise ValueError(f'its owner by setting says nothing of any other setting. Add "{OTHER_SETTING}: …" to it')
        rest = {name: value for name, value in data.items() if name != "owner"}
        named = {name: value for name, value in owners.items() if name != OTHER_SETTING}
        return {**rest, "owner": owners[OTHER_SETTING], "owner_by_setting": named}

    def in_setting(self, setting: str | None) -> Self:
        """Return the action with the owner that it has in a service of that setting."""
        owner = self.owner_by_setting.get(setting or OTHER_SETTING)
        return self if owner is None else self.model_copy(update={"owner": owner})


class QuestionWording(BankModel):
    """Other words for a question if the profile satisfies ``when``, which may also name ``role``.

    ``levels`` are for roles alone: the same situations, lowest first, as somebody in the role would say them. What an
    answer is worth never changes.
    """

    when: Condition
    text: Text | None = None
    help: Text | None = None
    who_knows: Text | None = None
    evidence: Few[Text] | None = None
    levels: Annotated[tuple[Text, ...], Field(min_length=2, max_length=MOST_LEVELS)] | None = None


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
    question a gate: below that value the top band is held back. ``always``: it applies to every service it is asked
    of, so "does not apply" is no answer to it. ``goal`` says what to reach, for each level above the lowest. ``basis``
    says how the levels follow from the findings.
    """

    id: Id
    label: Annotated[Text | None, Field(max_length=LONGEST_LABEL)] = None
    domain: Id
    findings: Annotated[Few[Id], Field(min_length=1)]
    basis: Basis | None = None
    when: Condition | None = None
    weight: Weight = 1
    minimum: BankNumber | None = None
    always: bool = False
    text: Text
    help: Text | None = None
    wording: Few[QuestionWording] = ()
    who_knows: Text | None = None
    evidence: Few[Text] = ()
    keep: Text | None = None
    goal: Annotated[tuple[Text, ...], Field(max_length=MOST_LEVELS)] = ()
    levels: Annotated[tuple[Level, ...], Field(min_length=2, max_length=MOST_LEVELS), BeforeValidator(_number_levels)]
    actions: Few[Action] = ()

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

    def position(self, value: float) -> int | None:
        """Return the place (from 0) of the level worth exactly ``value``; None if there is none."""
        return next((at for at, level in enumerate(self.levels) if level.value == value), None)

    def level_at(self, share: Fraction) -> int:
        """Return the position of the highest level that ``share`` (0 to 1) has reached."""
        return max(at for at, reached in enumerate(self.shares.values()) if reached <= share)

    def actions_to(self, level: Level) -> tuple[Action, ...]:
        """Return the actions that lead to ``level``."""
        return tuple(action for action in self.actions if action.to == level.value)

    def goal_of(self, position: int) -> str:
        """Return what to reach at the level at ``position`` (from 1): its goal, or without one what the level says."""
        return self.goal[position - 1] if self.goal else self.levels[position].text

    def worded(self, profile: Mapping[str, str], role: str | None = None) -> Self:
        """Return the question in the words that fit ``profile`` and ``role``: all that fit apply, in their order."""
        known = {**profile, ROLE: role} if role else profile
        setting = profile.get(SETTING)
        changes: dict[str, object] = {"actions": tuple(action.in_setting(setting) for action in self.actions)}
        for wording in self.wording:
            if holds(wording.when, known):
                changes |= wording.model_dump(exclude_none=True, exclude={"when", "levels"})
                if wording.levels:
                    pairs = zip(self.levels, wording.levels, strict=True)
                    changes["levels"] = tuple(level.model_copy(update={"text": text}) for level, text in pairs)
        return self.model_copy(update=changes)


class Enough(BankModel):
    """Share (0 to 1) of the weight asked that must be known before a score is told: in a domain, and overall."""

    domain: Share = 0.5
    overall: Share = 0.65


class Bank(BankModel):
    """A question bank: findings, domains, what is asked about the service, questions, and bands from low to high.

    ``texts`` are what reports say of it, ``roles`` those that respondents can have, in the order they are offered.
    """

    schema_: Annotated[Literal[1], A_NUMBER, Field(alias="schema")]
    id: Id
    version: Annotated[Text, Field(max_length=300)]  # answers keep it as a name
    title: Text
    texts: BankTexts = BankTexts()
    roles: Few[BankRole] = ()
    enough: Enough = Enough()
    sources: Many[Source]
    findings: Annotated[Many[Finding], Field(min_length=1)]
    domains: Annotated[Few[Domain], Field(min_length=1)]
    profile: Few[ProfileQuestion] = ()
    questions: Annotated[Many[Question], Field(min_length=1)]
    bands: Annotated[Few[Band], Field(min_length=2)]

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
        of_domain: dict[str, list[Question]] = {domain.id: [] for domain in self.domains}
        for question in self.questions:
            of_domain.get(question.domain, []).append(question)
        return tuple(question for questions in of_domain.values() for question in questions)

    @cached_property
    def fingerprint(self) -> str:
        """A hash of all that scores: it changes when a score could, and not when words or their order do.

        16 hexadecimal digits.
        """
        return fingerprint(self)

    @cached_property
    def roles_needed(self) -> frozenset[str]:
        """The roles that some band needs to hear."""
        return frozenset(voice.role for band in self.bands for voice in band.voices)

    def kind(self, question: Question) -> Kind:
        """Return whether the question is about a facilitator or a barrier: its first finding says so."""
        return self.finding_by_id[question.findings[0]].kind

    def asked(self, profile: Mapping[str, str], role: str | None = None) -> tuple[Question, ...]:
        """Return the questions asked of a service with ``profile``, in order, in the words that fit it and ``role``."""
        return tuple(one.worded(profile, role) for one in self.ordered_questions if holds(one.when, profile))
