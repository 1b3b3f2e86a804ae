"""Scores one respondent or one team.

For a question with values v₀ < … < vₘ, a response at v counts s = (v − v₀)/(vₘ − v₀), its share. A domain's score is
100 · Σ w·s / Σ w over its applicable questions answered with a level; the overall score is the mean of the domain
scores, weighted by domain. Several respondents: each question's share is the mean over those who gave a level.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from readiness.assessment.model import Assessment, BankReference, Response, Team
from readiness.assessment.reading import one_team
from readiness.bank.model import Band, Bank, Kind, Question, exact
from readiness.scoring.model import (
    Coverage,
    DomainScore,
    Gate,
    QuestionScore,
    Range,
    ReachedBand,
    Score,
    State,
)
from readiness.scoring.rounding import HUNDRED, Tally


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a question stands for a team: its state, and its share (0 to 1), the mean of the ``n`` levels given."""

    question: Question
    state: State
    share: Fraction | None = None
    n: int = 0

    @property
    def tally(self) -> Tally:
        """What the question adds to its domain."""
        weight = exact(self.question.weight)
        if self.share is not None:
            return Tally(points=weight * self.share, answered=weight)
        return Tally() if self.state is State.NOT_APPLICABLE else Tally(open=weight)

    @property
    def gate(self) -> Gate | None:
        """Whether the question holds the gated band back; None where it is no gate, or does not apply."""
        minimum = self.question.minimum
        if minimum is None or self.state is State.NOT_APPLICABLE:
            return None
        if self.share is None:
            return Gate.UNKNOWN
        return Gate.OPEN if self.share >= self.question.share(exact(minimum)) else Gate.CLOSED


@dataclass(frozen=True, slots=True)
class Standings:
    """Where every question asked of a team stands, in the bank's order: all that scores and plans are made from."""

    bank: Bank
    team: Team
    respondents: int
    questions: tuple[Standing, ...]

    @property
    def overall(self) -> Fraction | None:
        """The mean of the domain scores, weighted; None where nothing is scored."""
        return _mean(self.bank, self._tallies(), lambda tally: tally.score)

    def with_share(self, question_id: str, share: Fraction) -> "Standings":
        """Return the standings as they would be if that question had ``share`` (0 to 1)."""
        changed = tuple(
            replace(standing, state=State.ANSWERED, share=share) if standing.question.id == question_id else standing
            for standing in self.questions
        )
        return replace(self, questions=changed)

    def _tallies(self) -> Mapping[str, Tally]:
        return {
            domain.id: _sum(standing for standing in self.questions if standing.question.domain == domain.id)
            for domain in self.bank.domains
        }

    def score(self) -> Score:
        """Return the score, by the rules above."""
        tallies = self._tallies()
        overall = Range(
            score=_mean(self.bank, tallies, lambda tally: tally.score),
            low=_mean(self.bank, tallies, lambda tally: tally.low),
            high=_mean(self.bank, tallies, lambda tally: tally.high),
        )
        return Score(
            bank=BankReference.to(self.bank),
            team=self.team,
            respondents=self.respondents,
            overall=overall,
            band=_band(self.bank, overall, self.questions),
            facilitators=_range(_sum(self._of_kind(Kind.FACILITATOR))),
            barriers=_range(_sum(self._of_kind(Kind.BARRIER))),
            coverage=_coverage(self.questions),
            domains=tuple(self._domain(domain.id, domain.title, tallies[domain.id]) for domain in self.bank.domains),
            questions=tuple(question_score(self.bank, standing) for standing in self.questions),
        )

    def _of_kind(self, kind: Kind) -> Iterable[Standing]:
        return (standing for standing in self.questions if self.bank.kind(standing.question) is kind)

    def _domain(self, domain_id: str, title: str, tally: Tally) -> DomainScore:
        coverage = _coverage([standing for standing in self.questions if standing.question.domain == domain_id])
        return DomainScore(id=domain_id, title=title, coverage=coverage, **dict(_range(tally)))


def standings(bank: Bank, assessments: Sequence[Assessment]) -> Standings:
    """Return where every question stands that is asked of the team which ``assessments`` (one or more) are about.

    Raises InputError where two of them contradict each other about the team's profile.
    """
    team = one_team(assessments)
    questions = tuple(_pooled(question, assessments) for question in bank.asked(team.profile))
    return Standings(bank, team, len(assessments), questions)


def score(bank: Bank, assessments: Sequence[Assessment]) -> Score:
    """Return the score of the team which ``assessments`` (one or more respondents) are about."""
    return standings(bank, assessments).score()


def _pooled(question: Question, assessments: Sequence[Assessment]) -> Standing:
    """Return where a question stands: at the mean of the levels given; else unknown, does not apply or unanswered."""
    given = [response for one in assessments if (response := one.responses.get(question.id))]
    shares = [share for response in given if (share := _share(question, response)) is not None]
    if shares:
        return Standing(question, State.ANSWERED, sum(shares, Fraction(0)) / len(shares), len(shares))
    if any(response.unknown for response in given):
        return Standing(question, State.UNKNOWN)
    if any(response.not_applicable for response in given):
        return Standing(question, State.NOT_APPLICABLE)
    return Standing(question, State.UNANSWERED)


def _share(question: Question, response: Response) -> Fraction | None:
    """Return the share of the level given; None where none is, or where the bank no longer has it."""
    return None if response.level is None else question.shares.get(response.level)


def _sum(standings: Iterable[Standing]) -> Tally:
    return sum((standing.tally for standing in standings), Tally())


def _range(tally: Tally) -> Range:
    return Range(score=tally.score, low=tally.low, high=tally.high)


def _mean(bank: Bank, tallies: Mapping[str, Tally], read: Callable[[Tally], Fraction | None]) -> Fraction | None:
    """Return the weighted mean of what ``read`` finds over the domains where it finds something."""
    found = [
        (exact(domain.weight), value) for domain in bank.domains if (value := read(tallies[domain.id])) is not None
    ]
    if not found:
        return None
    return sum((weight * value for weight, value in found), Fraction(0)) / sum(weight for weight, _ in found)


def _coverage(standings: Sequence[Standing]) -> Coverage:
    count = {state: sum(standing.state is state for standing in standings) for state in State}
    return Coverage(
        applicable=len(standings) - count[State.NOT_APPLICABLE],
        answered=count[State.ANSWERED],
        unknown=count[State.UNKNOWN],
        unanswered=count[State.UNANSWERED],
        not_applicable=count[State.NOT_APPLICABLE],
    )


def _reached(bank: Bank, overall: Fraction) -> int:
    return max(at for at, band in enumerate(bank.bands) if exact(band.start) <= overall)


def _held(bank: Bank, overall: Fraction, *, closed: bool) -> tuple[Band, bool]:
    """Return the band for a score while a gate is closed or none is, and whether a higher one is held back."""
    top = _reached(bank, overall)
    at = max(at for at in range(top + 1) if not (closed and bank.bands[at].gated))
    return bank.bands[at], at < top


def _band(bank: Bank, overall: Range, standings: Sequence[Standing]) -> ReachedBand | None:
    if overall.score is None or overall.low is None or overall.high is None:
        return None
    shut = [standing for standing in standings if standing.gate in (Gate.CLOSED, Gate.UNKNOWN)]
    surely_shut = any(standing.gate is Gate.CLOSED for standing in shut)
    band, held = _held(bank, overall.score, closed=bool(shut))
    lowest, _ = _held(bank, overall.low, closed=bool(shut))
    highest, _ = _held(bank, overall.high, closed=surely_shut)
    return ReachedBand(
        id=band.id,
        label=band.label,
        provisional=lowest.id != highest.id,
        held_by=tuple(standing.question.id for standing in shut) if held else (),
    )


def question_score(bank: Bank, standing: Standing) -> QuestionScore:
    """Return how one question scores."""
    share = standing.share
    return QuestionScore(
        id=standing.question.id,
        domain=standing.question.domain,
        kind=bank.kind(standing.question),
        state=standing.state,
        value=None if share is None else standing.question.value(share),
        score=None if share is None else HUNDRED * share,
        n=standing.n,
        gate=standing.gate,
    )
