"""Scores many teams by the rules of ``score``, in whole numbers: what each answer adds is worked out once.

What an answer adds to its domain is a whole multiple of one unit, and all of it (see ``_Fields``) stands in one whole
number. So the answers of a domain come to a plain sum, and equal sums to the same ``Part``, which is made once.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import gcd, lcm
from operator import mul
from typing import NamedTuple

from readiness.assessment.model import Response
from readiness.bank.fields import exact
from readiness.bank.model import Bank, Kind, Question
from readiness.scoring.model import Gate, ReachedBand, State
from readiness.scoring.rounding import HUNDRED, shown_ratio
from readiness.scoring.score import Standing

UNKNOWN, NOT_APPLICABLE, UNANSWERED = -1, -2, -3
"""The marks of an answer that is no level. The mark of a level is its position, from 0."""

Ratio = tuple[int, int] | None
"""A score as a part of the whole: numerator and denominator, not reduced; None where nothing is scored."""

_FINE = 100
"""In so many steps of one size at the most may a bank's weights be written; the unit that all go into grows fast."""
_MOST = 20_000
"""How many parts are kept: about 0.5 kB each."""
_MOST_SEVERAL = 10_000
"""How many answers of several people are kept: about 0.7 kB each."""


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

    ``score``, ``low`` and ``high`` are those of ``sums``; ``shown`` is the score as it is shown. ``states``: how many
    questions are in each state, in the order of State. ``people``: how many answers gave a level, did not know, or set
    it aside. ``gates``: a bit for each of the bank's gates that holds a band back, and above these, one for each that
    is known to be closed, and not only unknown. ``adds``: what the part adds to the result of the whole (see
    ``_Whole``); None if it must be added as fractions.
    """

    scale: int
    sums: Sums
    score: Ratio
    low: Ratio
    high: Ratio
    shown: float | None
    helps: Sums
    states: tuple[int, ...]
    people: tuple[int, ...]
    gates: int
    adds: int | None


class SheetResult(NamedTuple):
    """A team's score (0 to 100, as shown) with its range, and its band; None if too little is known."""

    score: float | None
    low: float | None
    high: float | None
    band: ReachedBand | None


class _Fields:
    """Where in one whole number several amounts stand, each with as many bits as its sum over a bank may take."""

    def __init__(self, widths: Sequence[int]) -> None:
        self._shifts = [sum(widths[:at]) for at in range(len(widths))]
        self._masks = [(1 << width) - 1 for width in widths]

    def pack(self, amounts: Iterable[int]) -> int:
        return sum(amount << shift for amount, shift in zip(amounts, self._shifts, strict=True))

    def unpack(self, packed: int) -> list[int]:
        return [packed >> shift & mask for shift, mask in zip(self._shifts, self._masks, strict=True)]


class _Whole:
    """Adds up the domains of one respondent: the mean of their scores, as a plain sum of whole numbers.

    A domain's score is a share of the weights known, which are ``count`` times ``weight`` at the most: in a unit that
    all of these go into, shares are whole. What a domain adds is its score, low and high in that unit, whether there is
    a score, whether anything applies, and whether a score is missing, each times the domain's weight, which is part of
    ``weights`` in all.
    """

    def __init__(self, weight: int, count: int, weights: int) -> None:
        self._unit = weight * lcm(*range(1, count + 1))
        self._fields = _Fields([(self._unit * weights).bit_length()] * 3 + [weights.bit_length()] * 3)

    def adds(self, score: Ratio, low: Ratio, high: Ratio, *, asked: bool) -> int:
        """Return what a domain adds whose weight is one."""
        shares = [ratio[0] * (self._unit // ratio[1]) if ratio else 0 for ratio in (score, low, high)]
        counts = (score is not None, low is not None, asked and score is None)
        return self._fields.pack((*shares, *map(int, counts)))

    def means(self, added: int) -> tuple[Ratio, Ratio, Ratio]:
        """Return the mean score, low and high; no score if one of the domains has none."""
        score, low, high, scored, applies, missing = self._fields.unpack(added)
        of = self._unit * applies
        whole = (score, self._unit * scored) if scored and not missing else None
        return whole, (low, of) if of else None, (high, of) if of else None


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
        # answer, a bit for each gate that is shut, and one for each that surely is.
        amounts, counts = sum(self._weights).bit_length(), len(questions).bit_length()
        sums = len(Sums._fields)
        self._fields = _Fields(
            [*[amounts] * (2 * sums), *[counts] * (len(State) + _KINDS), len(self._gates), len(self._gates)]
        )
        self._enough = _ratio(exact(bank.enough.domain))
        self._enough_overall = _ratio(exact(bank.enough.overall))
        whole = lcm(*(exact(domain.weight).denominator for domain in bank.domains))
        self._domain_weights = [int(exact(domain.weight) * whole) for domain in bank.domains]
        smallest = gcd(*self._weights)
        steps = sum(self._weights) // smallest
        self._whole = _Whole(smallest, steps, sum(self._domain_weights)) if steps <= _FINE else None
        starts = [exact(band.start) for band in bank.bands]
        self._starts = [(at, start.numerator, start.denominator) for at, start in enumerate(starts)]
        self._gated = [band.gated for band in bank.bands]
        self._parts: dict[int, DomainPart] = {}
        self._several: dict[tuple[int, Stand, int], list[int]] = {}
        self._bands: dict[tuple[int, bool, int], ReachedBand] = {}
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
        found = []
        for domain in domains:
            added = sum(adds[domain])
            part = self._parts.get(added)
            if part is None:
                if len(self._parts) >= _MOST:
                    self._parts.clear()
                part = self._parts[added] = self._part(self._fields.unpack(added), 1)
            found.append(part)
        return tuple(found)

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
        return [*([*sums, *nothing] if self._helps[at] else [*nothing, *sums]), *counts, *people, shut, surely]

    def _part(self, amounts: Sequence[int], scale: int) -> DomainPart:
        sums, states = len(Sums._fields), len(State)
        helps, hinders = Sums(*amounts[:sums]), Sums(*amounts[sums : 2 * sums])
        both = Sums(*(one + other for one, other in zip(helps, hinders, strict=True)))
        shut, surely = amounts[-2:]
        score, low, high = both.score(self._enough), both.low, both.high
        counts = amounts[2 * sums : -2]
        gates = shut | surely << len(self._gates)
        adds = self._whole.adds(score, low, high, asked=both.asked > 0) if self._whole and scale == 1 else None
        kinds = (tuple(counts[:states]), tuple(counts[states:]))
        return DomainPart(scale, both, score, low, high, shown(score), helps, *kinds, gates, adds)

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
        known = sum(part.sums.known * (scale // part.scale) for part in parts)
        asked = sum(part.sums.asked * (scale // part.scale) for part in parts)
        share, of = self._enough_overall
        return known > 0 and known * of >= share * asked

    def result(self, parts: Sequence[DomainPart], silent: int = 0) -> SheetResult:
        """Return the score and the band that the parts, one for each domain, come to.

        ``silent`` has a bit for each band, by its place, that needs a voice which was not heard.
        """
        score, low, high = self.whole(parts)
        band = self._band(score, low, high, sum([part.gates for part in parts]), silent)
        return SheetResult(shown(score), shown(low), shown(high), band)

    def whole(self, parts: Sequence[DomainPart]) -> tuple[Ratio, Ratio, Ratio]:
        """Return the score, low and high that the parts, one for each domain, come to."""
        adds = [part.adds for part in parts if part.adds is not None]
        if self._whole and len(adds) == len(parts):
            score, low, high = self._whole.means(sum(map(mul, self._domain_weights, adds)))
            return score if score and self._is_enough(parts) else None, low, high
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

    def _band(self, score: Ratio, low: Ratio, high: Ratio, gates: int, silent: int) -> ReachedBand | None:
        if score is None or low is None or high is None:
            return None
        shut, surely = gates & (1 << len(self._gates)) - 1, gates >> len(self._gates)
        at, top = self._reached(score, silent, closed=shut > 0)
        lowest = at if low == score else self._reached(low, silent, closed=shut > 0)[0]
        highest = at if high == score and surely == shut else self._reached(high, silent, closed=surely > 0)[0]
        key = (at, lowest != highest, shut if at < top and self._gated[top] else 0)
        band = self._bands.get(key)
        if band is None:
            reached = self.bank.bands[at]
            held_by = tuple(
                self.bank.ordered_questions[at].id for bit, at in enumerate(self._gates) if key[2] >> bit & 1
            )
            band = ReachedBand(id=reached.id, label=reached.label, provisional=key[1], held_by=held_by)
            self._bands[key] = band
        return band

    def _reached(self, ratio: tuple[int, int], silent: int, *, closed: bool) -> tuple[int, int]:
        """Return the position of the band reached, and of the one that the score alone would reach."""
        points, of = ratio
        top = 0
        for at, start, parts in self._starts:
            if start * of <= 100 * points * parts:
                top = at
        at = top
        while (closed and self._gated[at]) or silent >> at & 1:
            at -= 1
        return at, top


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
