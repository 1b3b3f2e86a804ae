"""Scores many teams of one profile, by the rules of ``score``, in whole numbers that are worked out once.

What each answer adds is a whole multiple of one unit, so sums need no fractions. What stands for a domain's answers
(a ``Part``) can be kept and used again wherever the same answers come back: most teams then cost a few look-ups.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from readiness.assessment.model import Response, Team
from readiness.bank.model import Bank, Kind, Question, exact
from readiness.scoring.model import ReachedBand, State
from readiness.scoring.numbers import shown_ratio
from readiness.scoring.score import Standing, Standings

UNKNOWN, NOT_APPLICABLE, UNANSWERED = -1, -2, -3
"""The marks of an answer that is no level. The mark of a level is its position, from 0."""

Ratio = tuple[int, int] | None
"""A score as a part of the whole: numerator and denominator, not reduced; None where nothing is scored."""

_NO_LEVEL: Mapping[int, State] = {
    UNKNOWN: State.UNKNOWN,
    NOT_APPLICABLE: State.NOT_APPLICABLE,
    UNANSWERED: State.UNANSWERED,
}


class Stand(NamedTuple):
    """Where a question stands: its state, and the sum of weight × share (in units) over the ``n`` levels given."""

    state: State
    units: int = 0
    n: int = 0


class Sums(NamedTuple):
    """A ``Tally`` in whole numbers: weights added up over applicable questions, each in units and ``scale`` times."""

    points: int
    answered: int
    open: int

    @property
    def score(self) -> Ratio:
        """What was scored of what was answered."""
        return (self.points, self.answered) if self.answered else None

    @property
    def low(self) -> Ratio:
        """The same, with all that is open at its lowest."""
        applicable = self.answered + self.open
        return (self.points, applicable) if applicable else None

    @property
    def high(self) -> Ratio:
        """The same, with all that is open at its highest."""
        applicable = self.answered + self.open
        return (self.points + self.open, applicable) if applicable else None


class Part(NamedTuple):
    """What the answers of one domain come to; ``helps`` and ``hinders`` over its facilitators and barriers alone.

    ``shut`` are the gates that hold a band back; ``surely``: one of them is known to be closed, and not only unknown.
    """

    stands: tuple[Stand, ...]
    scale: int
    sums: Sums
    helps: Sums
    hinders: Sums
    shut: tuple[str, ...]
    surely: bool


class Result(NamedTuple):
    """A team's score (0 to 100, as shown) with its range, and its band; None where nothing is scored."""

    score: float | None
    low: float | None
    high: float | None
    band: ReachedBand | None


class Sheet:
    """Scores teams that have one profile in common.

    ``domains`` holds the questions asked, by domain in the bank's order; marks are given and parts made in that order.
    """

    def __init__(self, bank: Bank, profile: Mapping[str, str]) -> None:
        asked = bank.asked(profile)
        self.bank = bank
        self.domains: tuple[tuple[Question, ...], ...] = tuple(
            tuple(question for question in asked if question.domain == domain.id) for domain in bank.domains
        )
        shares = {question.id: [question.share(exact(level.value)) for level in question.levels] for question in asked}
        weights = {question.id: exact(question.weight) for question in asked}
        gates = {
            question.id: question.share(exact(question.minimum)) for question in asked if question.minimum is not None
        }
        # The least unit that every weight, every weighted share and every weighted minimum is a whole multiple of.
        amounts = [weights[name] * share for name, found in shares.items() for share in [*found, Fraction(1)]]
        amounts += [weights[name] * share for name, share in gates.items()]
        unit = lcm(*(amount.denominator for amount in amounts))
        self._weights = {name: int(weight * unit) for name, weight in weights.items()}
        self._units = {name: [int(weights[name] * share * unit) for share in found] for name, found in shares.items()}
        self._minimums = {name: int(weights[name] * share * unit) for name, share in gates.items()}
        self._helping = {question.id for question in asked if bank.kind(question) is Kind.FACILITATOR}
        whole = lcm(*(exact(domain.weight).denominator for domain in bank.domains))
        self._domain_weights = [int(exact(domain.weight) * whole) for domain in bank.domains]
        self._starts = [exact(band.start) for band in bank.bands]
        self._bands: dict[tuple[int, bool, tuple[str, ...]], ReachedBand] = {}

    def mark(self, question: Question, response: Response | None) -> int:
        """Return what a response counts as. A level that the bank does not have is no answer."""
        if response is None:
            return UNANSWERED
        if response.level is not None:
            level = question.level(response.level)
            return UNANSWERED if level is None else question.levels.index(level)
        return UNKNOWN if response.unknown else NOT_APPLICABLE if response.not_applicable else UNANSWERED

    def part(self, at: int, marks: Sequence[Sequence[int]]) -> Part:
        """Return what the answers of the domain at ``at`` come to: for each respondent, a mark for each question."""
        questions = self.domains[at]
        stands = tuple(
            self._stand(question.id, [respondent[place] for respondent in marks])
            for place, question in enumerate(questions)
        )
        scale = lcm(*(stand.n for stand in stands if stand.n))
        helps, hinders = [0, 0, 0], [0, 0, 0]
        shut: list[str] = []
        surely = False
        for question, stand in zip(questions, stands, strict=True):
            name = question.id
            weight = self._weights[name] * scale
            points, answered, open_ = 0, 0, 0
            if stand.n:
                points, answered = stand.units * (scale // stand.n), weight
            elif stand.state is not State.NOT_APPLICABLE:
                open_ = weight
            sums = helps if name in self._helping else hinders
            sums[0] += points
            sums[1] += answered
            sums[2] += open_
            minimum = self._minimums.get(name)
            if minimum is not None and (open_ or (answered and stand.units < minimum * stand.n)):
                shut.append(name)
                surely = surely or bool(answered)
        both = Sums(*(a + b for a, b in zip(helps, hinders, strict=True)))
        return Part(stands, scale, both, Sums(*helps), Sums(*hinders), tuple(shut), surely)

    def _stand(self, name: str, marks: Sequence[int]) -> Stand:
        units = [self._units[name][mark] for mark in marks if mark >= 0]
        if units:
            return Stand(State.ANSWERED, sum(units), len(units))
        return Stand(_NO_LEVEL[next((mark for mark in (UNKNOWN, NOT_APPLICABLE) if mark in marks), UNANSWERED)])

    def standing(self, question: Question, stand: Stand) -> Standing:
        """Return the same as ``score`` states it: the share as a fraction."""
        share = Fraction(stand.units, stand.n * self._weights[question.id]) if stand.n else None
        return Standing(question, stand.state, share, stand.n)

    def standings(self, team: Team, respondents: int, parts: Sequence[Part]) -> Standings:
        """Return where every question stands that is asked of the team."""
        stands = (
            (question, stand)
            for at, part in enumerate(parts)
            for question, stand in zip(self.domains[at], part.stands, strict=True)
        )
        return Standings(self.bank, team, respondents, tuple(self.standing(*each) for each in stands))

    def result(self, parts: Sequence[Part]) -> Result:
        """Return the score and the band that the parts, one for each domain, come to."""
        sums = [part.sums for part in parts]
        score = self._mean([each.score for each in sums])
        if any(each.open for each in sums):
            low, high = self._mean([each.low for each in sums]), self._mean([each.high for each in sums])
        else:
            low = high = score
        return Result(_shown(score), _shown(low), _shown(high), self._band(score, low, high, parts))

    def _mean(self, ratios: Iterable[Ratio]) -> Ratio:
        """Return the weighted mean of the ratios that are there."""
        found = [(weight, ratio) for weight, ratio in zip(self._domain_weights, ratios, strict=True) if ratio]
        if not found:
            return None
        of = lcm(*(ratio[1] for _, ratio in found))
        points = sum(weight * ratio[0] * (of // ratio[1]) for weight, ratio in found)
        return points, of * sum(weight for weight, _ in found)

    def _band(self, score: Ratio, low: Ratio, high: Ratio, parts: Sequence[Part]) -> ReachedBand | None:
        if score is None or low is None or high is None:
            return None
        shut = [name for part in parts for name in part.shut]
        at, top = self._reached(score, closed=bool(shut))
        lowest, _ = self._reached(low, closed=bool(shut))
        highest, _ = self._reached(high, closed=any(part.surely for part in parts))
        key = (at, lowest != highest, tuple(shut) if at < top else ())
        if key not in self._bands:
            band = self.bank.bands[at]
            self._bands[key] = ReachedBand(id=band.id, label=band.label, provisional=key[1], held_by=key[2])
        return self._bands[key]

    def _reached(self, ratio: tuple[int, int], *, closed: bool) -> tuple[int, int]:
        """Return the position of the band reached, and of the one that the score alone would reach."""
        points, of = ratio
        top = max(
            at for at, start in enumerate(self._starts) if start.numerator * of <= points * 100 * start.denominator
        )
        return max(at for at in range(top + 1) if not (closed and self.bank.bands[at].gated)), top


def together(sums: Iterable[Sums], scales: Sequence[int]) -> Sums:
    """Return the sums of several parts as one; ``scales`` are the parts' own."""
    scale = lcm(*scales)
    points = answered = open_ = 0
    for each, own in zip(sums, scales, strict=True):
        times = scale // own
        points += each.points * times
        answered += each.answered * times
        open_ += each.open * times
    return Sums(points, answered, open_)


def _shown(ratio: Ratio) -> float | None:
    return None if ratio is None else shown_ratio(*ratio)
