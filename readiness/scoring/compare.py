"""What has changed between two assessments of one team, at two dates."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal, Protocol

from pydantic import Field

from readiness.assessment.model import BankReference, Team
from readiness.bank.model import Bank, Question
from readiness.scoring.model import DomainScore, QuestionScore, Range, ReachedBand, Score, ScoreModel, State
from readiness.scoring.rounding import PlainValue, shown


class Move(StrEnum):
    """What became of a question between the two dates."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    NOW_KNOWN = "now_known"
    NO_LONGER_KNOWN = "no_longer_known"
    STILL_OPEN = "still_open"
    NOW_APPLIES = "now_applies"
    NO_LONGER_APPLIES = "no_longer_applies"


class Moved(ScoreModel):
    """A score before and after. ``change`` is the difference of the two as they are shown, in points, to one decimal.

    It is None where one of the two has no score. ``firm``: the ranges that the scores could lie in have nothing in
    common, so that what is not known can't explain the change away.
    """

    before: Range
    after: Range
    change: float | None
    firm: bool


class MovedDomain(Moved):
    """A domain's score before and after."""

    id: str
    title: str


class QuestionThen(ScoreModel):
    """Where a question stood: its state, and its level's value, or the mean of several people's."""

    state: State
    value: PlainValue | None


class MovedQuestion(ScoreModel):
    """A question before and after; None where it was not asked. Open is what is unknown or not answered."""

    id: str
    domain: str
    move: Move
    before: QuestionThen | None
    after: QuestionThen | None


class Then(ScoreModel):
    """One of the two assessments: the day of its newest answers, how many people answered, and the band reached.

    ``other_edition``: answers were given to another edition of the questions than those that are used here.
    """

    date: dt.date
    respondents: int
    other_edition: bool
    band: ReachedBand | None


class Comparison(ScoreModel):
    """A team at two dates. What is asked of it follows its profile at each."""

    schema_: Annotated[Literal[1], Field(alias="schema")] = 1
    bank: BankReference
    team: Team
    before: Then
    after: Then
    overall: Moved
    facilitators: Moved
    barriers: Moved
    domains: tuple[MovedDomain, ...]
    questions: tuple[MovedQuestion, ...]


class Dated(Protocol):
    """A team as it was assessed at one date."""

    @property
    def score(self) -> Score:
        """Its score."""

    @property
    def date(self) -> dt.date:
        """The day of its newest answers."""

    @property
    def of_another_edition(self) -> bool:
        """Whether some answers were given to another edition of the questions than the bank's."""


def compare(bank: Bank, before: Dated, after: Dated) -> Comparison:
    """Return what has changed from ``before`` to ``after``, one team at two dates."""
    old, new = before.score, after.score
    asked = [{question.id: question for question in each.questions} for each in (old, new)]
    return Comparison(
        bank=BankReference.to(bank),
        team=new.team,
        before=_then(before),
        after=_then(after),
        overall=_moved(old.overall, new.overall),
        facilitators=_moved(old.facilitators, new.facilitators),
        barriers=_moved(old.barriers, new.barriers),
        domains=tuple(_domain(*pair) for pair in zip(old.domains, new.domains, strict=True)),
        questions=tuple(
            _question(question, *(questions.get(question.id) for questions in asked))
            for question in bank.ordered_questions
            if any(question.id in questions for questions in asked)
        ),
    )


def _then(dated: Dated) -> Then:
    return Then(
        date=dated.date,
        respondents=dated.score.respondents,
        other_edition=dated.of_another_edition,
        band=dated.score.band,
    )


def _moved(before: Range, after: Range) -> Moved:
    return Moved(before=_range(before), after=_range(after), change=_change(before, after), firm=_apart(before, after))


def _domain(before: DomainScore, after: DomainScore) -> MovedDomain:
    return MovedDomain(id=after.id, title=after.title, **dict(_moved(before, after)))


def _range(score: Range) -> Range:
    return Range(score=score.score, low=score.low, high=score.high)


def _change(before: Range, after: Range) -> float | None:
    old, new = shown(before.score), shown(after.score)
    return None if old is None or new is None else round(new - old, 1)


def _apart(before: Range, after: Range) -> bool:
    if before.low is None or before.high is None or after.low is None or after.high is None:
        return False
    return before.high < after.low or after.high < before.low


def _question(asked: Question, before: QuestionScore | None, after: QuestionScore | None) -> MovedQuestion:
    return MovedQuestion(
        id=asked.id, domain=asked.domain, move=_move(before, after), before=_stood(before), after=_stood(after)
    )


def _stood(question: QuestionScore | None) -> QuestionThen | None:
    return None if question is None else QuestionThen(state=question.state, value=question.value)


def _move(before: QuestionScore | None, after: QuestionScore | None) -> Move:
    old, new = _applicable(before), _applicable(after)
    if old is None or new is None:
        return Move.SAME if old is new else Move.NOW_APPLIES if old is None else Move.NO_LONGER_APPLIES
    if old.score is None or new.score is None:
        return (
            Move.STILL_OPEN if old.score is new.score else Move.NOW_KNOWN if old.score is None else Move.NO_LONGER_KNOWN
        )
    return Move.SAME if old.score == new.score else Move.UP if old.score < new.score else Move.DOWN


def _applicable(question: QuestionScore | None) -> QuestionScore | None:
    return None if question is None or question.state is State.NOT_APPLICABLE else question
