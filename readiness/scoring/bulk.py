"""Scores many teams by the rules of ``score``, in whole numbers: what each answer adds is worked out once.

What an answer adds to its domain is a whole multiple of one unit, and all of it (see ``Fields``) stands in one whole
number. So the answers of a domain come to a plain sum, and equal sums to the same ``Part``, which is made once.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import repeat
from math import gcd, lcm
from operator import add, attrgetter, mul
from typing import NamedTuple

from readiness.bank.fields import exact
from readiness.bank.model import Bank, Kind
from readiness.scoring.bands import BandFinder
from readiness.scoring.kept import Kept
from readiness.scoring.marks import NOT_APPLICABLE, UNANSWERED, UNKNOWN
from readiness.scoring.model import Gate, State
from readiness.scoring.packed import Fields, IndependentFields, Means, Ratio, shown
from readiness.scoring.parts import DomainPart, SheetResult, Stand, Sums
from readiness.scoring.standing import Standing

_FINE = 100
"""In so many steps of one size at the most may a bank's weights be written; the unit that all go into grows fast."""
_MOST = 20_000
"""How many parts are kept: about 0.5 kB each."""
_MOST_SEVERAL = 10_000
"""How many answers of several people are kept: about 0.7 kB each."""


class _Counts(NamedTuple):
    """Those fields of a ``DomainPart`` that are counts."""

    states: tuple[int, ...]
    people: tuple[int, ...]
    gates: int
    stray: int


class ScoreSheet:
    """Scores teams, whatever their profile. Questions are named by their place among the bank's ordered questions.

    ``in_full``: whether parts have all that is told of them, or only what scores and bands need. Then ``helps``,
    ``states`` and ``people`` are zeros, and a third as many parts differ.
    """

    def __init__(self, bank: Bank, *, in_full: bool = True) -> None:
        self.bank, self.in_full = bank, in_full
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
        gates = len(self._gates)
        sums, others = Fields([amounts] * _SUMS), Fields([*[counts] * (_STATES + _KINDS), gates, gates, counts])
        self._thirds = Fields([sums.width, sums.width, others.width])
        self._fields = Fields([*sums.widths, *sums.widths, *others.widths])
        self._enough = _ratio(exact(bank.enough.domain))
        self._enough_overall = _ratio(exact(bank.enough.overall))
        whole = lcm(*(exact(domain.weight).denominator for domain in bank.domains))
        self._domain_weights = [int(exact(domain.weight) * whole) for domain in bank.domains]
        self.domains = [*_domains(bank)]
        """The places of each domain's questions among the ordered ones."""
        self._domain_of = [at for at, domain in enumerate(self.domains) for _ in range(domain.start, domain.stop)]
        smallest = gcd(*self._weights)
        steps = max(sum(self._weights[domain]) for domain in self.domains) // smallest
        self._means = Means(
            weight=smallest,
            count=steps if steps <= _FINE else 0,
            weights=sum(self._domain_weights),
            gates=2 * len(self._gates),
            margin=self._enough_overall[0] * sum(self._weights),
            domains=len(self.domains),
        )
        self._exact = steps <= _FINE
        self._bands = BandFinder(bank)
        self._parts: dict[int, DomainPart] = {}
        # What many parts have in common is made once, and takes less room.
        self._sums = Kept[int, Sums](lambda packed: Sums(*sums.unpack(packed)), _MOST)
        self._counts = Kept[int, _Counts](lambda packed: self._counted(others.unpack(packed)), _MOST)
        self._scores = Kept(self._score, _MOST)
        self._added = Kept(self._adds, _MOST)
        self._several: dict[tuple[int, Stand, int], list[int]] = {}
        self._always = [question.always for question in questions]
        self._adding = [IndependentFields(vectors, len(bank.domains).bit_length()) for vectors in self._vectors()]
        # By what an answer adds, with its domain's place: the same as one number of all fields.
        self._wide = dict.fromkeys(range(len(self.domains)), 0)

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

    def _vectors(self) -> Iterator[list[list[list[int]]]]:
        """Yield for each domain, and each of its questions, all that the answer of one respondent may add."""
        nothing = self._fields.unpack(0)
        made: dict[tuple[object, ...], list[list[int]]] = {}
        for domain in self.domains:
            found = []
            for at in range(domain.start, domain.stop):
                shape = (self._weights[at], *self._units[at]), self._helps[at], self._always[at], self._gate_bit(at)
                if shape not in made:
                    marks = (UNKNOWN, NOT_APPLICABLE, UNANSWERED, *range(len(self._units[at])))
                    made[shape] = [self._amounts(at, self.stand(at, [mark]), 1) for mark in marks]
                found.append([*made[shape], [*nothing[:-1], 1]])
            yield found

    def adds(self, at: int, stand: Stand | None, *, stray: bool = False) -> int:
        """Return all that the answer of one respondent adds to its domain, in one whole number.

        Without a ``stand`` the question is not asked. ``stray``: the answer does not count the way it was given.
        """
        amounts = self._fields.unpack(0) if stand is None else self._amounts(at, stand, 1)
        amounts[-1] += stray
        domain = self._domain_of[at]
        adds = self._adding[domain].pack(amounts)
        self._wide[adds + domain] = self._fields.pack(amounts)
        return adds

    def parts(self, adds: Sequence[int], domains: Iterable[tuple[int, slice]]) -> tuple[DomainPart, ...]:
        """Return what the answers of one respondent come to, which add the numbers ``adds``, domain by domain.

        Each domain has its place, and the slice of ``adds`` that is its own.
        """
        return self.parts_of_each([(each,) for each in adds], domains, 1)[0]

    def parts_of_each(
        self, adds: Sequence[Sequence[int]], domains: Iterable[tuple[int, slice]], count: int
    ) -> list[tuple[DomainPart, ...]]:
        """Return the same for each of ``count`` respondents: ``adds`` has a column for each question."""
        kept, columns = self._parts, []
        for at, domain in domains:
            rows = [*zip(*adds[domain], strict=True)] or [()] * count
            found = zip(map(sum, rows, repeat(at)), rows, strict=True)
            columns.append([kept.get(added) or self._keep_part(added, at, row) for added, row in found])
        return [*zip(*columns, strict=True)]

    def _keep_part(self, added: int, at: int, adds: Sequence[int]) -> DomainPart:
        if len(self._parts) >= _MOST:
            self._parts.clear()
        wide = sum([self._wide[each + at] for each in adds])
        helps, hinders, counts = self._thirds.unpack(wide)
        sums, weight = self._sums, self._domain_weights[at]
        part = self._part(1, sums[helps], sums[helps + hinders], self._counts[counts], weight)
        self._parts[added] = part
        return part

    def part_of(self, stands: Iterable[tuple[int, Stand]]) -> DomainPart:
        """Return what the questions of one domain come to, each with where it stands."""
        found = [*stands]
        # All means of so many people are whole in one unit, so that teams of one size share what is kept.
        scale = lcm(*range(2, max((sum(stand.counts) + stand.not_known for _, stand in found), default=0) + 1))
        amounts = [self._kept_amounts(at, stand, scale) for at, stand in found]
        weight = self._domain_weights[self._domain_of[found[0][0]]] if found else 0
        added = [*map(sum, zip(*amounts, strict=True))] or self._fields.unpack(0)
        helps, hinders = Sums(*added[:_SUMS]), added[_SUMS : 2 * _SUMS]
        return self._part(scale, helps, Sums(*map(add, helps, hinders)), self._counted(added[2 * _SUMS :]), weight)

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
            bit = self._gate_bit(at)
            surely = bit if gate is Gate.CLOSED else 0
            shut = bit if gate is not Gate.OPEN else 0
        nothing = [0] * len(sums)
        if not self.in_full:
            return [*nothing, *sums, *[0] * (_STATES + _KINDS), shut, surely, 0]
        counts = [int(state is each) for each in State]
        people = (standing.k, stand.not_known, stand.not_applicable)
        return [*([*sums, *nothing] if self._helps[at] else [*nothing, *sums]), *counts, *people, shut, surely, 0]

    def _gate_bit(self, at: int) -> int:
        return 1 << self._gates.index(at) if at in self._gates else 0

    def _part(self, scale: int, helps: Sums, both: Sums, counts: "_Counts", weight: int) -> DomainPart:
        score, shown_ = self._scores[both]
        adds = self._added[weight, both, counts.gates] if self._exact and scale == 1 else None
        states, people, gates, stray = counts
        return DomainPart(adds, shown_, stray, scale, both, score, helps, states, people, gates)

    def _score(self, sums: Sums) -> tuple[Ratio, float | None]:
        score = sums.score(self._enough)
        return score, shown(score)

    def _adds(self, of: tuple[int, Sums, int]) -> int:
        """Return what a domain adds to the means by its weight, its sums and its gates."""
        weight, sums, gates = of
        margin = self._margin(sums)
        return self._means.adds(weight, self.range_of(sums), asked=sums.asked > 0, gates=gates, margin=margin)

    def _counted(self, amounts: Sequence[int]) -> "_Counts":
        """Return the amounts of a domain besides its sums."""
        *counts, shut, surely, stray = amounts
        gates = shut | surely << len(self._gates)
        return _Counts(tuple(counts[:_STATES]), tuple(counts[_STATES:]), gates, stray)

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
        return known and sum(self._margin(part.sums) * (scale // part.scale) for part in parts) >= 0

    def _margin(self, sums: Sums) -> int:
        """Return by how much more than enough of all is known, in units."""
        share, of = self._enough_overall
        return sums.known * of - share * sums.asked

    def result(self, parts: Sequence[DomainPart], silent: int = 0) -> SheetResult:
        """Return the score and the band that the parts, one for each domain, come to.

        ``silent`` has a bit for each band, by its place, that needs a voice which was not heard.
        """
        return self.results([(parts, silent)])[0]

    def results(self, teams: Iterable[tuple[Sequence[DomainPart], int]]) -> list[SheetResult]:
        """Return the same for each of many teams: their parts, and the bands that need a voice."""
        whole, levels, reached, steps = self._whole, self._bands.levels, self._bands.reached, self._bands.steps
        found: list[SheetResult] = []
        for parts, silent in teams:
            score, known, low, high, applies, gates = whole(parts)
            if known:
                score_, at = levels[steps * score // known or -(score > 0)]
                low_, lowest = levels[steps * low // applies or -(low > 0)]
                high_, highest = levels[steps * high // applies or -(high > 0)]
                found.append(SheetResult(score_, low_, high_, reached[at, lowest, highest, silent, gates]))
            else:
                low_end, high_end = (shown((points, applies) if applies else None) for points in (low, high))
                found.append(SheetResult(None, low_end, high_end, None))
        return found

    def whole(self, parts: Sequence[DomainPart]) -> tuple[Ratio, Ratio, Ratio]:
        """Return the score, low and high that the parts, one for each domain, come to."""
        score, known, low, high, applies, _ = self._whole(parts)
        return (
            (score, known) if known else None,
            (low, applies) if applies else None,
            (high, applies) if applies else None,
        )

    def _whole(self, parts: Sequence[DomainPart]) -> tuple[int, int, int, int, int, int]:
        """Return what ``Means.means`` does."""
        try:
            return self._means.means(sum(map(_ADDS, parts)))
        except TypeError:  # one adds nothing
            return self._fractions(parts)

    def _fractions(self, parts: Sequence[DomainPart]) -> tuple[int, int, int, int, int, int]:
        """Return what ``Means.means`` does, of parts that can't be added up as whole numbers."""
        score, low, high = (
            self.overall(parts) or _NO_SCORE,
            self._mean([part.low for part in parts]) or _NO_SCORE,
            self._mean([part.high for part in parts]) or _NO_SCORE,
        )
        return (*score, low[0], *high, sum(part.gates for part in parts))

    def _mean(self, ratios: Sequence[Ratio]) -> Ratio:
        """Return the weighted mean of the ratios that are there."""
        points, of, weights = 0, 1, 0
        for weight, ratio in zip(self._domain_weights, ratios, strict=True):
            if ratio:
                part, whole = ratio
                points, of, weights = points * whole + weight * part * of, of * whole, weights + weight
        return (points, of * weights) if weights else None


_NO_SCORE = 0, 0
_SUMS, _STATES = len(Sums._fields), len(State)
_ADDS: Callable[[DomainPart], int] = attrgetter("adds")
_KINDS = 3
"""The kinds of answers that people give: a level, none, or that it does not apply."""


def _domains(bank: Bank) -> Iterator[slice]:
    """Yield which of the ordered questions are each domain's."""
    end = 0
    for domain in bank.domains:
        start = end
        end += sum(question.domain == domain.id for question in bank.questions)
        yield slice(start, end)


def _ratio(share: Fraction) -> tuple[int, int]:
    return share.numerator, share.denominator
