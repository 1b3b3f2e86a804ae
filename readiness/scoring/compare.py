"""What has changed between assessments of one team, at two dates or more.

Like is compared with like first: the scores over those questions that were asked of the team and known at both dates,
by the same rules. Then come the whole scores, with what could explain a change besides the service itself.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Protocol

from readiness.assessment.model import Assessment, BankReference
from readiness.assessment.roles import NOT_SAID
from readiness.bank.model import Bank, Kind, Question
from readiness.scoring.came_or_went import may_tell_question, may_tell_questions
from readiness.scoring.comparison import (
    Comparison,
    Doubt,
    Move,
    Moved,
    MovedDomain,
    MovedQuestion,
    QuestionThen,
    Then,
    Trend,
)
from readiness.scoring.disclosure import MIN_GROUP
from readiness.scoring.model import OVERALL, DomainScore, QuestionScore, Range, Score, State
from readiness.scoring.rounding import shown
from readiness.scoring.score import Standings


class Dated(Protocol):
    """A team as it was assessed at one date."""

    @property
    def score(self) -> Score:
        """Its score."""

    @property
    def standings(self) -> Standings:
        """Where its questions stand."""

    @property
    def assessments(self) -> Sequence[Assessment]:
        """The answers of its respondents."""

    @property
    def date(self) -> dt.date:
        """The day of its newest answers."""

    @property
    def of_another_edition(self) -> bool:
        """Whether some answers were given to another edition of the questions than the bank's."""


def compare(bank: Bank, dated: Sequence[Dated], least: int = MIN_GROUP) -> Comparison:
    """Return what has changed from the first to the last of ``dated``, one team at two dates or more.

    A single question of several people is told only if nobody came or went between these two, or at least ``least``
    people did: in all, in each role, and of those who gave it a level. What is known at one date alone can't be
    subtracted from anything. One question that is not told hides every part: its part and the whole would tell it, and
    so would the others. Bands are told only if gates are. Raises ValueError if there are fewer than two dates.
    """
    if len(dated) < 2:  # noqa: PLR2004 — then and now
        raise ValueError("it takes two dates to compare")
    before, after = dated[0], dated[-1]
    old, new = before.score, after.score
    people = before.assessments, after.assessments
    hidden = not may_tell_questions(bank, *people, least)
    questions = () if hidden else tuple(_questions(bank, old, new))
    left_out = _left_out(bank, before, after, least)
    parts, bands = not hidden and not left_out, _may_tell_bands(bank, dated, least)
    alike = _alike([before.standings, after.standings])
    throughout = _alike([one.standings for one in dated]) if _may_tell_throughout(bank, dated, least) else []
    aside = [] if hidden else _set_aside_once(old, new)
    return Comparison(
        bank=BankReference.to(bank),
        team=new.team,
        before=_then(before, band=bands),
        after=_then(after, band=bands),
        dates=tuple(_then(one, band=bands) for one in dated),
        silent=tuple(role for role in old.voices if role != NOT_SAID and role not in new.voices),
        doubts=tuple(_doubts(before, after, aside)),
        alike=_moved(alike[0].score().overall, alike[1].score().overall) if alike[0].questions else None,
        alike_questions=len(alike[0].questions),
        overall=_moved(old.overall, new.overall, aside),
        facilitators=_moved(old.facilitators, new.facilitators, _of_kind(aside, Kind.FACILITATOR)) if parts else None,
        barriers=_moved(old.barriers, new.barriers, _of_kind(aside, Kind.BARRIER)) if parts else None,
        domains=tuple(_domain(*pair, aside) for pair in zip(old.domains, new.domains, strict=True)) if parts else (),
        trends=tuple(_trends(bank, [one.score for one in dated], [one.score() for one in throughout]))[
            : None if all(_may_tell_parts(bank, *pair, least) for pair in combinations(dated, 2)) else 1
        ],
        trend_questions=len(throughout[0].questions) if throughout else 0,
        bands_hidden=not bands,
        parts_hidden=not parts,
        questions_hidden=hidden,
        left_out=tuple(one.id for one in questions if one.id in left_out),
        questions=tuple(one for one in questions if one.id not in left_out),
    )


def _left_out(bank: Bank, before: Dated, after: Dated, least: int) -> set[str]:
    """Return the questions known at both dates that tell something of the few who gave them a level at one alone."""
    people = before.assessments, after.assessments
    known = _known_to(before.standings) & _known_to(after.standings)
    return {name for name in known if not may_tell_question(bank, name, *people, least)}


def _may_tell_parts(bank: Bank, before: Dated, after: Dated, least: int) -> bool:
    """Return whether each question that is known at both dates may be told."""
    may_tell = may_tell_questions(bank, before.assessments, after.assessments, least)
    return may_tell and not _left_out(bank, before, after, least)


def _may_tell_bands(bank: Bank, dated: Sequence[Dated], least: int) -> bool:
    """Return whether no two dates hide a gate: a band, and what holds it back, tells where gates stand."""
    gates = {question.id for question in bank.questions if question.minimum is not None}
    return all(
        may_tell_questions(bank, before.assessments, after.assessments, least)
        and gates.isdisjoint(_left_out(bank, before, after, least))
        for before, after in combinations(dated, 2)
    )


def _may_tell_throughout(bank: Bank, dated: Sequence[Dated], least: int) -> bool:
    """Return whether scores over the questions known at every date can be told beside the scores of each date.

    A question that is known at two of the dates, but not at all, is the difference of the two scores at both.
    """
    throughout = _known_to(_alike([one.standings for one in dated])[0])
    for before, after in combinations(dated, 2):
        people = before.assessments, after.assessments
        between = _known_to(_alike([before.standings, after.standings])[0]) - throughout
        if between and not may_tell_questions(bank, *people, least):
            return False
        if not all(may_tell_question(bank, name, *people, least) for name in between):
            return False
    return True


def _known_to(standings: Standings) -> set[str]:
    return {one.question.id for one in standings.questions if one.known}


def _of_kind(questions: Iterable[QuestionScore], kind: Kind) -> list[QuestionScore]:
    return [one for one in questions if one.kind is kind]


def _alike(dated: Sequence[Standings]) -> list[Standings]:
    """Return the standings with those questions alone that are known at every date."""
    known = set[str].intersection(*map(_known_to, dated))
    kept = (tuple(one for one in each.questions if one.question.id in known) for each in dated)
    return [replace(each, questions=questions) for each, questions in zip(dated, kept, strict=True)]


def _doubts(before: Dated, after: Dated, aside: Collection[QuestionScore]) -> Iterator[Doubt]:
    old, new = before.score, after.score
    if any(each.overall.low != each.overall.high for each in (old, new)):
        yield Doubt.NOT_KNOWN
    if old.team.profile != new.team.profile:
        yield Doubt.PROFILE
    if old.voices != new.voices:
        yield Doubt.VOICES
    if aside:
        yield Doubt.SET_ASIDE
    if before.of_another_edition or after.of_another_edition:
        yield Doubt.EDITION


def _set_aside_once(old: Score, new: Score) -> list[QuestionScore]:
    """Return the questions that were set aside as not applying at one of the dates, and not at the other."""
    then, now = ({one.id: one for one in score.questions if one.state is State.NOT_APPLICABLE} for score in (old, new))
    return [one for name, one in (then | now).items() if (name in then) is not (name in now)]


def _trends(bank: Bank, scores: Sequence[Score], alike: Sequence[Score]) -> Iterator[Trend]:
    yield Trend(
        id=OVERALL,
        title=bank.title,
        scores=tuple(_range(score.overall) for score in scores),
        alike=tuple(_range(score.overall) for score in alike),
    )
    for at, domain in enumerate(bank.domains):
        yield Trend(
            id=domain.id,
            title=scores[-1].domains[at].title,
            scores=tuple(_range(score.domains[at]) for score in scores),
            alike=tuple(_range(score.domains[at]) for score in alike),
        )


def _questions(bank: Bank, old: Score, new: Score) -> Iterator[MovedQuestion]:
    asked = [{question.id: question for question in each.questions} for each in (old, new)]
    for question in bank.ordered_questions:
        if any(question.id in questions for questions in asked):
            yield _question(question, *(questions.get(question.id) for questions in asked))


def _then(dated: Dated, *, band: bool) -> Then:
    score = dated.score
    return Then(
        date=dated.date,
        respondents=score.respondents,
        voices=score.voices,
        other_edition=dated.of_another_edition,
        too_little_known=score.too_little_known,
        overall=_range(score.overall),
        band=score.band if band else None,
    )


def _moved(before: Range, after: Range, aside: Collection[QuestionScore] = ()) -> Moved:
    """Return the two scores; ``aside`` are those questions of the part that were set aside at one date alone."""
    found = {
        Doubt.NOT_KNOWN: any(each.low != each.high for each in (before, after)),
        Doubt.SET_ASIDE: bool(aside),
    }
    return Moved(
        before=_range(before),
        after=_range(after),
        change=_change(before, after),
        firm=_apart(before, after),
        doubts=tuple(doubt for doubt, holds in found.items() if holds),
    )


def _domain(before: DomainScore, after: DomainScore, aside: Collection[QuestionScore]) -> MovedDomain:
    own = [one for one in aside if one.domain == after.id]
    return MovedDomain(id=after.id, title=after.title, **dict(_moved(before, after, own)))


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
    return None if question is None else QuestionThen(state=question.state, stands=question.stands)


def _move(before: QuestionScore | None, after: QuestionScore | None) -> Move:
    old, new = _applicable(before), _applicable(after)
    if old is None or new is None:
        return Move.SAME if old is new else Move.NOW_APPLIES if old is None else Move.NO_LONGER_APPLIES
    if old.stands is None or new.stands is None:
        if old.stands is new.stands:
            return Move.STILL_OPEN
        return Move.NOW_KNOWN if old.stands is None else Move.NO_LONGER_KNOWN
    return Move.SAME if old.stands == new.stands else Move.UP if old.stands < new.stands else Move.DOWN


def _applicable(question: QuestionScore | None) -> QuestionScore | None:
    return None if question is None or question.state is State.NOT_APPLICABLE else question
