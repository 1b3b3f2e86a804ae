"""What a score holds. As JSON it is what ``readiness score --format json`` prints: field names are a contract."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from readiness.assessment.model import BankReference, Team
from readiness.bank.model import Kind
from readiness.scoring.rounding import Measure, PlainValue, ShownScore

OVERALL = "overall"
"""What stands for all domains together among their ids. No domain may be called that."""


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


FirstSchema = Annotated[Literal[1], Field(alias="schema")]
"""The number of the fields of what is printed as JSON; a change that breaks a script gives it another."""


class ScoreModel(BaseModel):
    """A part of a score: frozen and strict."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, validate_by_name=True, validate_by_alias=True)


class Range(ScoreModel):
    """A score (0 to 100) with what it would be if everybody who gave no level stood lowest, or highest.

    ``score`` is None if too little is known, all three if nothing applies.
    """

    score: ShownScore | None
    low: ShownScore | None
    high: ShownScore | None


class PeopleCoverage(ScoreModel):
    """How many answers of people to several questions gave a level, did not know or were left out, or set it aside."""

    levels: int
    not_known: int
    not_applicable: int


class Coverage(ScoreModel):
    """How many questions are in which state. ``applicable`` = answered + unknown + unanswered.

    ``people`` counts the answers of people to them.
    """

    applicable: int
    answered: int
    unknown: int
    unanswered: int
    not_applicable: int
    people: PeopleCoverage


class ReachedBand(ScoreModel):
    """The band reached. ``held_by``: ids of the questions that hold a higher one back.

    ``provisional``: what is not known could change it.
    """

    id: str
    label: str
    provisional: bool
    held_by: tuple[str, ...]


class LevelCount(ScoreModel):
    """How many people chose the level worth ``value``."""

    value: PlainValue
    n: int


class Agreement(ScoreModel):
    """How the answers of the ``n`` respondents who gave a level spread over a question's levels, lowest first.

    ``mean``, ``sd`` and ``ad`` are in steps: levels count from 0, whatever they are worth, as the null distribution
    of ``r_wg`` (0 to 1) has them lie one apart. All but ``n`` are None if the question is not known, and all measures
    of fewer than three answers; ``sd``, ``r_wg`` and ``ad`` are those of ``readiness.scoring.agreement``.
    """

    n: int
    distribution: tuple[LevelCount, ...] | None = None
    mean: Measure | None = None
    sd: Measure | None = None
    r_wg: Measure | None = None
    ad: Measure | None = None


class DomainAgreement(ScoreModel):
    """How far respondents agree over a domain's questions that are known.

    ``r_wg_j`` (0 to 1) takes levels as they lie; ``alpha`` (1 at most) takes what each answer counts, from 0 to 1. It
    is None if not everybody gave each question a level: beside roles that are shown, in this report or in another, it
    could tell who said what; and of a group whose hands were counted: nobody knows who gave which answers.
    """

    questions: int
    r_wg_j: Measure | None
    alpha: Measure | None


class DomainScore(Range):
    """One domain's score. ``agreement`` is None with one respondent."""

    id: str
    title: str
    coverage: Coverage
    agreement: DomainAgreement | None = None


class QuestionScore(ScoreModel):
    """One question's score. Of the ``n`` people asked, ``k`` gave a level, the others did not know or set it aside.

    ``value`` is the mean of the levels' values, ``stands`` the value of the level it stands at, the low median; both
    are None if it is not known. ``apart``: how many chose a level two or more steps from there. ``agreement`` is None
    with one respondent.
    """

    id: str
    domain: str
    kind: Kind
    state: State
    value: PlainValue | None
    score: ShownScore | None
    stands: PlainValue | None
    n: int
    k: int
    not_known: int
    not_applicable: int
    apart: int
    gate: Gate | None
    agreement: Agreement | None = None


class RoleDomain(ScoreModel):
    """A role's score in a domain (0 to 100), over those of its questions that can be shown for the role."""

    id: str
    score: ShownScore | None
    questions: int


class RoleQuestion(ScoreModel):
    """How the ``n`` people in a role who gave a level answered a question. ``value`` is the mean of their values."""

    id: str
    n: int
    value: PlainValue
    distribution: tuple[LevelCount, ...]


class RoleScore(ScoreModel):
    """What the ``n`` respondents in one role say, where enough of them are there to be shown.

    ``score`` (0 to 100) and those of the domains come from ``questions`` alone, so that they tell no more than these.
    """

    role: str
    n: int
    score: ShownScore | None
    domains: tuple[RoleDomain, ...]
    questions: tuple[RoleQuestion, ...]


class Score(ScoreModel):
    """The score of one respondent, or of one team.

    ``voices`` counts the people who answered in each role; ``voices_missing`` are roles that a band needs to hear, and
    nobody answered in. ``too_little_known``: so there is no score and no band. ``roles`` holds the roles that can be
    shown without giving away a smaller group; none with one respondent. ``warning`` says what a file with the answers
    of several can tell that it does not say itself.
    """

    schema_: FirstSchema = 1
    bank: BankReference
    team: Team
    respondents: int
    voices: Mapping[str, int]
    voices_missing: tuple[str, ...]
    too_little_known: bool
    overall: Range
    band: ReachedBand | None
    facilitators: Range
    barriers: Range
    coverage: Coverage
    domains: tuple[DomainScore, ...]
    questions: tuple[QuestionScore, ...]
    roles: tuple[RoleScore, ...] = ()
    warning: str | None = None
