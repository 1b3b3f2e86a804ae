"""What a score holds. As JSON it is what ``readiness score --format json`` prints: field names are a contract."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from readiness.assessment.model import BankReference, Team
from readiness.bank.model import Kind
from readiness.scoring.numbers import PlainValue, ShownScore


class State(StrEnum):
    """What became of a question that is asked for the team's profile."""

    ANSWERED = "answered"
    UNKNOWN = "unknown"
    UNANSWERED = "unanswered"
    NOT_APPLICABLE = "not_applicable"


class Gate(StrEnum):
    """Whether a question with a minimum lets the gated band be reached; unknown ones do not, but might."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class ScoreModel(BaseModel):
    """A part of a score: frozen and strict."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, validate_by_name=True, validate_by_alias=True)


class Range(ScoreModel):
    """A score (0 to 100) with what it would be if all that is open turned out lowest, or highest.

    ``score`` is None where nothing is answered, all three where nothing is applicable.
    """

    score: ShownScore | None
    low: ShownScore | None
    high: ShownScore | None


class Coverage(ScoreModel):
    """How many questions are in which state. ``applicable`` = answered + unknown + unanswered."""

    applicable: int
    answered: int
    unknown: int
    unanswered: int
    not_applicable: int


class ReachedBand(ScoreModel):
    """The band reached. ``held_by``: ids of the questions that hold a higher one back.

    ``provisional``: what is not known could change it.
    """

    id: str
    label: str
    provisional: bool
    held_by: tuple[str, ...]


class DomainScore(Range):
    """One domain's score."""

    id: str
    title: str
    coverage: Coverage


class QuestionScore(ScoreModel):
    """One question's score. ``value`` is the level's value, or its mean over the ``n`` respondents who gave one."""

    id: str
    domain: str
    kind: Kind
    state: State
    value: PlainValue | None
    score: ShownScore | None
    n: int
    gate: Gate | None


class Score(ScoreModel):
    """The score of one respondent, or of one team."""

    schema_: Annotated[Literal[1], Field(alias="schema")] = 1
    bank: BankReference
    team: Team
    respondents: int
    overall: Range
    band: ReachedBand | None
    facilitators: Range
    barriers: Range
    coverage: Coverage
    domains: tuple[DomainScore, ...]
    questions: tuple[QuestionScore, ...]
