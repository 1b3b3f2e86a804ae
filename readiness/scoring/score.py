"""Scores one respondent or one team, from where each question stands (``standing``).

A domain's score is 100 · Σ w·s / Σ w over its known questions; low and high are the same over known and not known
ones. The overall score is the mean of the domains' scores, weighted. If less of the weight asked is known than the bank
calls enough, there is no score.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from readiness.assessment.model import Assessment, BankReference, Response, Team
from readiness.assessment.reading import one_team
from readiness.assessment.roles import NOT_SAID, role_id, role_order
from readiness.bank.band import Band
from readiness.bank.fields import exact
from readiness.bank.model import Bank, Kind, Question
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
from readiness.scoring.standing import Standing


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
