"""Scores many teams by the rules of ``score``, in whole numbers: what each answer adds is worked out once.

What an answer adds to its domain is a whole multiple of one unit, and all of it (see ``Fields``) stands in one whole
number. So the answers of a domain come to a plain sum, and equal sums to the same ``Part``, which is made once.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import gcd, lcm
from operator import mul
from typing import NamedTuple, TypeVar, cast

from readiness.assessment.model import Response
from readiness.bank.fields import exact
from readiness.bank.model import Bank, Kind, Question
from readiness.scoring.bands import BandFinder
from readiness.scoring.model import Gate, ReachedBand, State
from readiness.scoring.packed import Fields, Means, Ratio
from readiness.scoring.rounding import HUNDRED, shown_ratio
from readiness.scoring.score import Standing

UNKNOWN, NOT_APPLICABLE, UNANSWERED = -1, -2, -3
"""The marks of an answer that is no level. The mark of a level is its position, from 0."""

_FINE = 100
"""In so many steps of one size at the most may a bank's weights be written; the unit that all go into grows fast."""
_MOST = 20_000
"""How many parts are kept: about 0.5 kB each."""
_MOST_SEVERAL = 10_000
"""How many answers of several people are kept: about 0.7 kB each."""


Counts = TypeVar("Counts", bound=tuple[int, ...])


class Stand(NamedTuple):
    """Where a question stands: how many people chose each level, set it aside, or gave none; see ``Standing``."""

    counts: tuple[int, ...]
    not_applicable: int
    not_known: int
    left_out: int


class Sums(NamedTuple):
    """A ``Tally`` in whole numbers: weights added up over questions asked, in units, and ``Part.scale`` times."""

    points: int
    known: int
    asked: int
    counted: int
    lowest: int
    highest: int

    def score(self, enough: tuple[int, int]) -> Ratio:
        """Points of what is known; None if less than the share ``enough`` (numerator, denominator) of it is."""
        share, of = enough
        return (self.points, self.known) if self.known and self.known * of >= share * self.asked else None

    @property
    def low(self) -> Ratio:
        """The same if everybody who gave no level stood lowest."""
        return (self.lowest, self.counted) if self.counted else None

    @property
    def high(self) -> Ratio:
        """The same if everybody who gave no level stood highest."""
        return (self.highest, self.counted) if self.counted else None


class DomainPart(NamedTuple):
    """What the answers of one domain come to; ``helps`` over its facilitators alone.

    ``score`` is that of ``sums``, ``shown`` as it is shown. ``states``: how many
    questions are in each state, in the order of State. ``people``: how many answers gave a level, did not know, or set
    it aside. ``gates``: a bit for each of the bank's gates that holds a band back, and above these, one for each that
    is known to be closed, and not only unknown. ``stray``: how many answers were marked as such (``ScoreSheet.stray``).
    ``margin``: by how much more than enough of all is known, in units. ``adds``: what the part adds to the result of
    the whole (see ``Means``); None if it must be added as fractions.
    """

    scale: int
    sums: Sums
    score: Ratio
    shown: float | None
    helps: Sums
    states: tuple[int, ...]
    people: tuple[int, ...]
    gates: int
    stray: int
    margin: int
    adds: int | None

    @property
    def low(self) -> Ratio:
        """That of ``sums``."""
        return self.sums.low

    @property
    def high(self) -> Ratio:
        """That of ``sums``."""
        return self.sums.high


class SheetResult(NamedTuple):
    """A team's score (0 to 100, as shown) with its range, and its band; None if too little is known."""

    score: float | None
    low: float | None
    high: float | None
    band: ReachedBand | None


class ScoreSheet:
    """Scores teams, whatever their profile. Questions are named by their place among the bank's ordered questions."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        questions = bank.ordered_questions
        weights = [exact(question.weight) for question in questions]
        weighted = [
            [weight * question.share(exact(level.value)) for level in question.levels]
            for weight, question in zip(weights, questions, strict=True)
        ]
        # The unit: every weight and every weighted share is a whole multiple of it. A minimum is the value of a level.
        unit = lcm(*(amount.denominator for amount in (*weights, *(each for levels in weighted for each in levels))))
        self._weights = [int(weight * unit) for weight in weights]
        self._units = [[int(each * unit) for each in levels] for levels in weighted]
        self._helps = [bank.kind(question) is Kind.FACILITATOR for question in questions]
        self._gates = [at for at, question in enumerate(questions) if question.minimum is not None]
        # Of a domain: the sums of its facilitators, the same of its barriers, a count for each state and each kind of
        # answer, a bit for each gate that is shut, and one for each that surely is; and how many answers are stray.
        amounts, counts = sum(self._weights).bit_length(), len(questions).bit_length()
        sums = len(Sums._fields)
        self._fields = Fields(
            [*[amounts] * (2 * sums), *[counts] * (len(State) + _KINDS), len(self._gates), len(self._gates), counts]
        )
        self.stray = self._fields.pack([*[0] * (2 * sums + len(State) + _KINDS + 2), 1])
        """Added to what an answer adds: the answer does not count the way it was given."""
        self._enough = _ratio(exact(bank.enough.domain))
        self._enough_overall = _ratio(exact(bank.enough.overall))
        whole = lcm(*(exact(domain.weight).denominator for domain in bank.domains))
        self._domain_weights = [int(exact(domain.weight) * whole) for domain in bank.domains]
        smallest = gcd(*self._weights)
        steps = sum(self._weights) // smallest
        self._whole = Means(smallest, steps, sum(self._domain_weights)) if steps <= _FINE else None
        self._bands = BandFinder(bank)
        self._parts: dict[int, DomainPart] = {}
        self._shared: dict[tuple[type, tuple[int, ...]], tuple[int, ...]] = {}
        self._several: dict[tuple[int, Stand, int], list[int]] = {}
        self._always = [question.always for question in questions]

    @property
    def kept(self) -> int:
        """How many parts, and answers of several people, are kept to be used again."""
        return len(self._parts) + len(self._several)

    def stand(self, at: int, marks: Sequence[int]) -> Stand:
        """Return where the question stands to which each respondent's answer has a mark."""
        counts = [0] * len(self._units[at])
        aside = unknown = left_out = 0
        for mark in marks:
            if mark >= 0:
                counts[mark] += 1
            elif mark == NOT_APPLICABLE and not self._always[at]:
                aside += 1
            else:
                unknown += 1
                left_out += mark == UNANSWERED
        return Stand(tuple(counts), aside, unknown, left_out)

    def adds(self, at: int, stand: Stand) -> int:
        """Return all that the answer of one respondent adds to its domain, in one whole number."""
        return self._fields.pack(self._amounts(at, stand, 1))

    def parts(self, adds: Sequence[int], domains: Iterable[slice]) -> tuple[DomainPart, ...]:
        """Return what the answers of one respondent come to, which add the numbers ``adds``, domain by domain."""
        kept = self._parts
        return tuple([kept.get(added := sum(adds[domain])) or self._keep_part(added) for domain in domains])

    def _keep_part(self, added: int) -> DomainPart:
        if len(self._parts) >= _MOST:
            self._parts.clear()
        part = self._parts[added] = self._part(self._fields.unpack(added), 1)
        return part

    def part_of(self, stands: Iterable[tuple[int, Stand]]) -> DomainPart:
        """Return what the questions of one domain come to, each with where it stands."""
        found = [*stands]
        # All means of so many people are whole in one unit, so that teams of one size share what is kept.
        scale = lcm(*range(2, max((sum(stand.counts) + stand.not_known for _, stand in found), default=0) + 1))
        amounts = [self._kept_amounts(at, stand, scale) for at, stand in found]
        return self._part([*map(sum, zip(*amounts, strict=True))] or self._fields.unpack(0), scale)

    def _kept_amounts(self, at: int, stand: Stand, scale: int) -> list[int]:
        key = (at, stand, scale)
        amounts = self._several.get(key)
        if amounts is None:
            if len(self._several) >= _MOST_SEVERAL:
                self._several.clear()
            amounts = self._several[key] = self._amounts(at, stand, scale)
        return amounts

    def _amounts(self, at: int, stand: Stand, scale: int) -> list[int]:
        weight, standing = self._weights[at], self.standing(at, stand)
        whole, state = weight * scale, standing.state
        if standing.known:
            points = sum(map(mul, self._units[at], stand.counts))
            each = scale // (standing.k + stand.not_known)
            bounds = (points * each, (points + stand.not_known * weight) * each)
            sums = Sums(points * (scale // standing.k), whole, whole, whole, *bounds)
        elif state is State.NOT_APPLICABLE:
            sums = Sums(0, 0, whole, 0, 0, 0)
        else:
            sums = Sums(0, 0, whole, whole, 0, whole)
        shut = surely = 0
        gate = standing.gate
        if gate:
            bit = 1 << self._gates.index(at)
            surely = bit if gate is Gate.CLOSED else 0
            shut = bit if gate is not Gate.OPEN else 0
        nothing = [0] * len(sums)
        counts = [int(state is each) for each in State]
        people = (standing.k, stand.not_known, stand.not_applicable)
        return [*([*sums, *nothing] if self._helps[at] else [*nothing, *sums]), *counts, *people, shut, surely, 0]

    def _part(self, amounts: Sequence[int], scale: int) -> DomainPart:
        sums, states = len(Sums._fields), len(State)
        helps, hinders = Sums(*amounts[:sums]), Sums(*amounts[sums : 2 * sums])
        both = Sums(*(one + other for one, other in zip(helps, hinders, strict=True)))
        shut, surely, stray = amounts[-3:]
        score, low, high = both.score(self._enough), both.low, both.high
        counts = amounts[2 * sums : -3]
        gates = shut | surely << len(self._gates)
        share, of = self._enough_overall
        margin = both.known * of - share * both.asked
        adds = self._whole.adds(score, low, high, asked=both.asked > 0) if self._whole and scale == 1 else None
        states_, people = self._one(tuple(counts[:states])), self._one(tuple(counts[states:]))
        return DomainPart(
            scale, both, score, shown(score), self._one(helps), states_, people, gates, stray, margin, adds
        )

    def _one(self, counts: Counts) -> Counts:
        """Return counts as the one tuple of them that all parts share, to save room."""
        if len(self._shared) >= _MOST:
            self._shared.clear()
        return cast("Counts", self._shared.setdefault((type(counts), counts), counts))

    def standing(self, at: int, stand: Stand) -> Standing:
        """Return the same as ``score`` states it."""
        return Standing(self.bank.ordered_questions[at], *stand)

    def range_of(self, sums: Sums) -> tuple[Ratio, Ratio, Ratio]:
        """Return the score, low and high of sums, by what the bank calls enough of a domain."""
        return sums.score(self._enough), sums.low, sums.high

    def overall(self, parts: Sequence[DomainPart]) -> Ratio:
        """Return the mean of the domain scores, weighted; None if too little is known."""
        if any(part.score is None and part.sums.asked for part in parts) or not self._is_enough(parts):
            return None
        return self._mean([part.score for part in parts])

    def _is_enough(self, parts: Sequence[DomainPart]) -> bool:
        """Return whether enough of all that was asked is known."""
        scale = lcm(*(part.scale for part in parts))
        known = any(part.sums.known for part in parts)
        return known and sum(part.margin * (scale // part.scale) for part in parts) >= 0

    def result(self, parts: Sequence[DomainPart], silent: int = 0) -> SheetResult:
        """Return the score and the band that the parts, one for each domain, come to.

        ``silent`` has a bit for each band, by its place, that needs a voice which was not heard.
        """
        score, low, high = self.whole(parts)
        if score is None or low is None or high is None:
            return SheetResult(shown(score), shown(low), shown(high), None)
        level = self._bands.level
        (score_, at), (low_, lowest), (high_, highest) = level(*score), level(*low), level(*high)
        band = self._bands.band(at, lowest, highest, silent, sum([part.gates for part in parts]))
        return SheetResult(score_, low_, high_, band)

    def whole(self, parts: Sequence[DomainPart]) -> tuple[Ratio, Ratio, Ratio]:
        """Return the score, low and high that the parts, one for each domain, come to."""
        adds = [part.adds for part in parts]
        if self._whole and None not in adds:
            score, low, high = self._whole.means(sum(map(mul, self._domain_weights, cast("list[int]", adds))))
            # A score is of something known, so the margin alone tells whether that is enough.
            return score if sum([part.margin for part in parts]) >= 0 else None, low, high
        low, high = self._mean([part.low for part in parts]), self._mean([part.high for part in parts])
        return self.overall(parts), low, high

    def _mean(self, ratios: Sequence[Ratio]) -> Ratio:
        """Return the weighted mean of the ratios that are there."""
        points, of, weights = 0, 1, 0
        for weight, ratio in zip(self._domain_weights, ratios, strict=True):
            if ratio:
                part, whole = ratio
                points, of, weights = points * whole + weight * part * of, of * whole, weights + weight
        return (points, of * weights) if weights else None


_KINDS = 3
"""The kinds of answers that people give: a level, none, or that it does not apply."""


def _ratio(share: Fraction) -> tuple[int, int]:
    return share.numerator, share.denominator


def exact_score(ratio: Ratio) -> Fraction | None:
    """Return the ratio as a score from 0 to 100."""
    return None if ratio is None else HUNDRED * Fraction(*ratio)


def shown(ratio: Ratio) -> float | None:
    """Return the ratio as a score from 0 to 100, as it is shown."""
    return None if ratio is None else shown_ratio(*ratio)


def mark_of(question: Question, response: Response | None) -> int:
    """Return what a response counts as. A level that the bank does not have is no answer."""
    if response is None:
        return UNANSWERED
    if response.level is not None:
        level = question.level(response.level)
        return UNANSWERED if level is None else question.levels.index(level)
    return UNKNOWN if response.unknown else NOT_APPLICABLE if response.not_applicable else UNANSWERED
