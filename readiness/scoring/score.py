"""Scores one respondent or one team.

For a question with values v₀ < … < vₘ, a level v has the share s = (v − v₀)/(vₘ − v₀). Of the N people who answered
for the team let k give a level, a say that it does not apply, and u not know or leave it out (k + a + u = N).

It does not apply if a > k. Otherwise it is known if k ≥ min(3, N), and not known if fewer gave a level. A known
question scores the mean share of its levels; its low and high count each of its u people as s = 0 and as s = 1. One
that is not known has the low 0 and the high 1. A domain's score is 100 · Σ w·s / Σ w over its known questions; low and
high are the same over known and not known ones. The overall score is the mean of the domains' scores, weighted. If less
of the weight asked is known than the bank calls enough, there is no score.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import accumulate

from readiness.assessment.model import Assessment, BankReference, Response, Team
from readiness.assessment.reading import one_team
from readiness.assessment.roles import NOT_SAID, role_id, role_order
from readiness.bank.fields import exact
from readiness.bank.model import Band, Bank, Kind, Question
from readiness.scoring.model import (
    Coverage,
    DomainScore,
    Gate,
    PeopleCoverage,
    QuestionScore,
    Range,
    ReachedBand,
    Score,
    State,
)
from readiness.scoring.rounding import HUNDRED, Tally


@dataclass(frozen=True)  # without slots: what follows from the counts is worked out once, if it is asked for
class Standing:
    """Where a question stands for a team: what the people said who answered for it.

    ``counts`` has the number of people on each level, lowest first (k in all); ``not_applicable`` (a) said that it
    does not apply; ``not_known`` (u) did not know, or left it out, of whom ``left_out`` said nothing at all.
    """

    question: Question
    counts: tuple[int, ...]
    not_applicable: int = 0
    not_known: int = 0
    left_out: int = 0

    @cached_property
    def k(self) -> int:
        """How many people gave a level."""
        return sum(self.counts)

    @property
    def people(self) -> int:
        """How many people answered for the team."""
        return self.k + self.not_applicable + self.not_known

    @cached_property
    def state(self) -> State:
        """What became of the question: fewer than three of several people never decide that it is known."""
        if self.not_applicable > self.k:
            return State.NOT_APPLICABLE
        if self.k and self.k >= min(DECIDE, self.people):
            return State.ANSWERED
        return State.UNANSWERED if self.left_out == self.people else State.UNKNOWN

    @property
    def known(self) -> bool:
        """Whether it scores."""
        return self.state is State.ANSWERED

    @property
    def share(self) -> Fraction | None:
        """The mean share (0 to 1) of the levels given; None if it is not known."""
        return self._points / self.k if self.known else None

    @cached_property
    def _points(self) -> Fraction:
        return sum(
            (share * count for share, count in zip(self.question.shares.values(), self.counts, strict=True) if count),
            Fraction(0),
        )

    @cached_property
    def stands(self) -> int | None:
        """The position (from 0) of the level it stands at: the low median of those given; None if it is not known."""
        return low_median(self.counts) if self.known else None

    @property
    def apart(self) -> int:
        """How many people chose a level two or more steps from where it stands; 0 of fewer than three."""
        at = self.stands
        if at is None or self.k < DECIDE:
            return 0
        return sum(count for position, count in enumerate(self.counts) if abs(position - at) >= APART_STEPS)

    @cached_property
    def tally(self) -> Tally:
        """What the question adds to its domain.

        Nobody assumes anything of people who gave no level: they count lowest in one bound and highest in the other
        (Manski 1989, "Anatomy of the selection problem").
        """
        weight = exact(self.question.weight)
        match self.state:
            case State.NOT_APPLICABLE:
                return Tally(asked=weight)
            case State.UNKNOWN | State.UNANSWERED:
                return Tally(asked=weight, counted=weight, highest=weight)
        of = self.k + self.not_known
        return Tally(
            points=weight * self._points / self.k,
            known=weight,
            asked=weight,
            counted=weight,
            lowest=weight * self._points / of,
            highest=weight * (self._points + self.not_known) / of,
        )

    @property
    def gate(self) -> Gate | None:
        """Whether the question holds the gated band back; None if it has no minimum.

        Closed if it stands below the minimum; open if it would not even with the lowest level from each who gave none.
        """
        minimum = self.question.minimum
        if minimum is None:
            return None
        if self.stands is None:  # not known, or said not to apply: neither opens a gate
            return Gate.UNKNOWN
        if self._reaches(self.stands, minimum):
            # Nobody opens a gate by taking a low answer back: it counts as low as before.
            return Gate.OPEN if self._reaches(low_median(self._at_worst), minimum) else Gate.UNKNOWN
        return Gate.CLOSED

    def _reaches(self, at: int, minimum: float) -> bool:
        return self.question.levels[at].value >= minimum

    @property
    def _at_worst(self) -> tuple[int, ...]:
        """The counts if each person who gave no level gave the lowest."""
        lowest, *others = self.counts
        return (lowest + self.not_applicable + self.not_known, *others)

    def found_out(self) -> "Standing":
        """Return where it would stand if all who gave no level gave the lowest, or everybody if it is not known."""
        return (
            replace(self, counts=self._at_worst, not_applicable=0, not_known=0, left_out=0)
            if self.known
            else self.set_to(0)
        )

    def raised_to(self, position: int) -> "Standing":
        """Return where it would stand if everybody who gave a lower level gave the one at ``position``.

        If it is not known, everybody gives that one.
        """
        if not self.known:
            return self.set_to(position)
        below = sum(self.counts[:position])
        counts = [0 if at < position else count for at, count in enumerate(self.counts)]
        counts[position] += below
        return replace(self, counts=tuple(counts))

    def set_to(self, position: int) -> "Standing":
        """Return where it would stand if everybody gave the level at ``position``."""
        counts = tuple(self.people if at == position else 0 for at in range(len(self.counts)))
        return Standing(self.question, counts)


DECIDE = 3
"""How many of several people it takes to decide a question: fewer could be told apart in the result."""
APART_STEPS = 2
"""From how many steps away an answer is called apart."""


def low_median(counts: Sequence[int]) -> int:
    """Return the position (from 0) of the low median: the lower of the two middle answers, if there are two.

    It is always a level that somebody chose. ``counts`` has the number of people on each level; at least one in all.
    """
    middle = (sum(counts) - 1) // 2
    return next(at for at, below in enumerate(accumulate(counts)) if below > middle)


@dataclass(frozen=True, slots=True)
class Standings:
    """Where every question asked of a team stands, in the bank's order: all that scores and plans are made from.

    ``voices`` says how many people answered in each role; ``NOT_SAID`` stands for those who named none.
    """

    bank: Bank
    team: Team
    voices: Mapping[str, int]
    questions: tuple[Standing, ...]

    @property
    def respondents(self) -> int:
        """How many people answered."""
        return sum(self.voices.values())

    @property
    def overall(self) -> Fraction | None:
        """The mean of the domain scores, weighted; None if too little is known."""
        return self._overall(self._tallies())

    def with_standing(self, *others: Standing) -> "Standings":
        """Return the standings as they would be with those of the questions that ``others`` are about."""
        changed = {one.question.id: one for one in others}
        return replace(self, questions=tuple(changed.get(one.question.id, one) for one in self.questions))

    def points_per_weight(self) -> Mapping[str, Fraction]:
        """Return how many points on the overall score a question of weight 1 gives, by domain: 0 to 100.

        That is from its lowest level to its highest, if it is known and there is an overall score.
        """
        known = {name: tally.known for name, tally in self._tallies().items() if tally.known}
        weights = {domain.id: exact(domain.weight) for domain in self.bank.domains if domain.id in known}
        whole = sum(weights.values())
        return {name: HUNDRED * weight / whole / known[name] for name, weight in weights.items()}

    def _tallies(self) -> Mapping[str, Tally]:
        return {name: _sum(standings) for name, standings in self._by_domain().items()}

    def _by_domain(self) -> Mapping[str, Sequence[Standing]]:
        """Return the standings of each domain, in one pass: a bank can have hundreds of domains."""
        found: dict[str, list[Standing]] = {domain.id: [] for domain in self.bank.domains}
        for standing in self.questions:
            found[standing.question.domain].append(standing)
        return found

    def _overall(self, tallies: Mapping[str, Tally]) -> Fraction | None:
        whole = sum(tallies.values(), Tally())
        if not whole.known or whole.known < exact(self.bank.enough.overall) * whole.asked:
            return None
        enough = exact(self.bank.enough.domain)
        scores = {name: tally.score(enough) for name, tally in tallies.items() if tally.asked}
        if None in scores.values():
            return None
        return _mean(self.bank, scores)

    def score(self) -> Score:
        """Return the score, by the rules above."""
        by_domain = self._by_domain()
        tallies = {name: _sum(standings) for name, standings in by_domain.items()}
        overall = Range(
            score=self._overall(tallies),
            low=_mean(self.bank, {name: tally.low for name, tally in tallies.items()}),
            high=_mean(self.bank, {name: tally.high for name, tally in tallies.items()}),
        )
        return Score(
            bank=BankReference.to(self.bank),
            team=self.team,
            respondents=self.respondents,
            voices=self.voices,
            voices_missing=self.voices_missing,
            too_little_known=overall.score is None,
            overall=overall,
            band=self._band(overall),
            facilitators=self._range(_sum(self._of_kind(Kind.FACILITATOR))),
            barriers=self._range(_sum(self._of_kind(Kind.BARRIER))),
            coverage=coverage(self.questions),
            domains=tuple(
                DomainScore(
                    id=domain.id,
                    title=domain.title,
                    coverage=coverage(by_domain[domain.id]),
                    **dict(self._range(tallies[domain.id])),
                )
                for domain in self.bank.domains
            ),
            questions=tuple(question_score(self.bank, standing) for standing in self.questions),
        )

    @property
    def voices_missing(self) -> tuple[str, ...]:
        """The roles that some band needs to hear and that nobody answered in."""
        needed = (role for band in self.bank.bands for role in band.voices_needed(self.team.profile))
        return tuple(dict.fromkeys(role for role in needed if not self.voices.get(role)))

    def _of_kind(self, kind: Kind) -> Iterable[Standing]:
        return (standing for standing in self.questions if self.bank.kind(standing.question) is kind)

    def _range(self, tally: Tally) -> Range:
        return Range(score=tally.score(exact(self.bank.enough.domain)), low=tally.low, high=tally.high)

    def _band(self, overall: Range) -> ReachedBand | None:
        """Return the last band that the score reaches; a gated one only with every gate open and its voices heard."""
        if overall.score is None or overall.low is None or overall.high is None:
            return None
        shut = [standing for standing in self.questions if standing.gate in (Gate.CLOSED, Gate.UNKNOWN)]
        surely_shut = any(standing.gate is Gate.CLOSED for standing in shut)
        top = self.bank.bands[_reached(self.bank, overall.score)]
        band = self._reached(overall.score, closed=bool(shut))
        lowest, highest = self._reached(overall.low, closed=bool(shut)), self._reached(overall.high, closed=surely_shut)
        held = band.id != top.id
        return ReachedBand(
            id=band.id,
            label=band.label,
            provisional=lowest.id != highest.id,
            held_by=tuple(standing.question.id for standing in shut) if held and top.gated else (),
        )

    def _reached(self, overall: Fraction, *, closed: bool) -> Band:
        """Return the band for a score, while a gate is closed or none is."""
        return next(
            band
            for band in reversed(self.bank.bands[: _reached(self.bank, overall) + 1])
            if not (closed and band.gated)
            and all(self.voices.get(role) for role in band.voices_needed(self.team.profile))
        )


def standings(bank: Bank, assessments: Sequence[Assessment]) -> Standings:
    """Return where every question stands that is asked of the team which ``assessments`` (one or more) are about.

    Raises InputError if two of them contradict each other about the team's profile.
    """
    team = one_team(assessments)
    questions = tuple(_pooled(question, assessments) for question in bank.asked(team.profile))
    return Standings(bank, team, voices_by_role([one.respondent.role for one in assessments], bank), questions)


def voices_by_role(roles: Iterable[str | None], bank: Bank) -> dict[str, int]:
    """Return how many people answered in each role, in the bank's order; ``NOT_SAID`` if they named none."""
    found = Counter(role_id(role, bank.roles) or NOT_SAID for role in roles)
    return dict(sorted(found.items(), key=lambda one: role_order(one[0], bank.roles)))


def _pooled(question: Question, assessments: Sequence[Assessment]) -> Standing:
    """Return where a question stands: how many people chose each level, and how many chose none."""
    counts = [0] * len(question.levels)
    aside = left_out = not_known = 0
    for one in assessments:
        response = one.responses.get(question.id)
        at = _position(question, response)
        if at is not None:
            counts[at] += 1
        elif response is not None and response.not_applicable and not question.always:
            aside += 1
        else:
            not_known += 1
            left_out += response is None or not response.answered or response.level is not None
    return Standing(question, tuple(counts), aside, not_known, left_out)


def _position(question: Question, response: Response | None) -> int | None:
    """Return the position of the level given; None if none is, or the bank no longer has it."""
    if response is None or response.level is None:
        return None
    return question.position(response.level)


def _sum(standings: Iterable[Standing]) -> Tally:
    return sum((standing.tally for standing in standings), Tally())


def _mean(bank: Bank, found: Mapping[str, Fraction | None]) -> Fraction | None:
    """Return the mean of what is found for the domains, weighted; None if nothing is."""
    pairs = [(exact(one.weight), value) for one in bank.domains if (value := found.get(one.id)) is not None]
    if not pairs:
        return None
    return sum((weight * value for weight, value in pairs), Fraction(0)) / sum(weight for weight, _ in pairs)


def coverage(standings: Sequence[Standing]) -> Coverage:
    """Return how many of the questions are in which state, and how many answers of people are of which kind."""
    count = {state: sum(standing.state is state for standing in standings) for state in State}
    return Coverage(
        applicable=len(standings) - count[State.NOT_APPLICABLE],
        answered=count[State.ANSWERED],
        unknown=count[State.UNKNOWN],
        unanswered=count[State.UNANSWERED],
        not_applicable=count[State.NOT_APPLICABLE],
        people=PeopleCoverage(
            levels=sum(standing.k for standing in standings),
            not_known=sum(standing.not_known for standing in standings),
            not_applicable=sum(standing.not_applicable for standing in standings),
        ),
    )


def _reached(bank: Bank, overall: Fraction) -> int:
    return max(at for at, band in enumerate(bank.bands) if exact(band.start) <= overall)


def question_score(bank: Bank, standing: Standing) -> QuestionScore:
    """Return how one question scores. What too few people said of it is told nowhere."""
    question, share, at = standing.question, standing.share, standing.stands
    return QuestionScore(
        id=question.id,
        domain=question.domain,
        kind=bank.kind(question),
        state=standing.state,
        value=None if share is None else question.value(share),
        score=None if share is None else HUNDRED * share,
        stands=None if at is None else exact(question.levels[at].value),
        n=standing.people,
        k=standing.k,
        not_known=standing.not_known,
        not_applicable=standing.not_applicable,
        apart=standing.apart,
        gate=standing.gate,
    )
