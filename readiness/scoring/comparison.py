"""Comparison of assessments of one team, at two dates or more: what is known of a change."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from readiness.assessment.model import BankReference, Team
from readiness.scoring.model import Range, ReachedBand, ScoreModel, State
from readiness.scoring.rounding import PlainValue


class Doubt(StrEnum):
    """Explanation of a change other than the service."""

    NOT_KNOWN = "not_known"
    PROFILE = "profile"
    VOICES = "voices"
    SET_ASIDE = "set_aside"
    EDITION = "edition"


class Move(StrEnum):
    """Move of a question between the two dates."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    NOW_KNOWN = "now_known"
    NO_LONGER_KNOWN = "no_longer_known"
    STILL_OPEN = "still_open"
    NOW_APPLIES = "now_applies"
    NO_LONGER_APPLIES = "no_longer_applies"


class Moved(ScoreModel):
    """Score before and after. ``change`` is the difference of the two as they are shown, in points, to one decimal.

    It is None if one of the two has no score. ``firm``: the ranges that the scores could lie in have nothing in common.
    So unknown answers can't explain the change away. ``doubts`` are what could explain it in this part alone.
    """

    before: Range
    after: Range
    change: float | None
    firm: bool
    doubts: tuple[Doubt, ...] = ()

    @property
    def is_doubtful(self) -> bool:
        """Whether there is a change, and something of this part could explain it."""
        return bool(self.change and self.doubts)


class MovedDomain(Moved):
    """Domain's score before and after."""

    id: str
    title: str


class QuestionThen(ScoreModel):
    """State of a question then, and the value of the level it stood at."""

    state: State
    stands: PlainValue | None


class MovedQuestion(ScoreModel):
    """Question before and after; None if it was not asked. Open is what is unknown or not answered."""

    id: str
    domain: str
    move: Move
    before: QuestionThen | None
    after: QuestionThen | None


class Then(ScoreModel):
    """One of the assessments: the day of its newest answers, who answered, and the result.

    ``voices`` counts people by role. ``other_edition``: answers were given to another edition of the questions than
    those that are used here. ``band`` is None if too little is known, or if the comparison hides bands.
    """

    date: dt.date
    respondents: int
    voices: Mapping[str, int]
    other_edition: bool
    too_little_known: bool
    overall: Range
    band: ReachedBand | None


class Trend(ScoreModel):
    """Score at each date, in their order: the whole's, whose ``id`` is ``OVERALL``, or a domain's.

    ``alike`` are the scores over those questions alone that were asked and known at every date. It is empty if
    ``scores`` beside it would give somebody away.
    """

    id: str
    title: str
    scores: tuple[Range, ...]
    alike: tuple[Range, ...]


class Comparison(ScoreModel):
    """Team at two dates or more: the first and the last are compared, and ``trends`` has all of them.

    ``alike`` compares the scores over the ``alike_questions`` questions asked and known at both dates; None without
    any. ``trend_questions`` is how many were so at every date, 0 if that is not told. ``doubts`` are other explanations
    of a change. ``silent`` are roles that answered first and did not answer last.

    Four fields say what is not told, so that nobody is given away. ``questions_hidden``: too few people came or went
    between the dates, in all or in a role, so ``questions`` is empty, and ``doubts`` say nothing of what was set aside.
    ``left_out`` are ids of single questions that too few people gave a level at one date alone. ``parts_hidden``: one
    of the two is so. Then ``domains`` is empty, and ``facilitators`` and ``barriers`` are None. ``trends`` has parts
    only if no two dates hide them. ``bands_hidden``: two of the dates hide questions, or a gate: no date has a band.
    """

    schema_: Annotated[Literal[2], Field(alias="schema")] = 2
    bank: BankReference
    team: Team
    before: Then
    after: Then
    dates: tuple[Then, ...]
    silent: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    alike: Moved | None
    alike_questions: int
    overall: Moved
    facilitators: Moved | None
    barriers: Moved | None
    domains: tuple[MovedDomain, ...]
    trends: tuple[Trend, ...]
    trend_questions: int
    bands_hidden: bool
    parts_hidden: bool
    questions_hidden: bool
    left_out: tuple[str, ...]
    questions: tuple[MovedQuestion, ...]
