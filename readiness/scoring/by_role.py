"""What the respondents of a team said, each and by role, with all that would give a small group away held back.

Everything about roles that a score or a report shows is made from this, and from nothing else. A role is shown for a
question only where enough people in it gave a level, and where subtracting what is shown from what everybody said
leaves nobody, or enough people too (``small_groups``). Scores by role are made from the questions that are shown, so
they tell no more than a reader sees already.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from readiness.assessment.model import Assessment, Response
from readiness.assessment.roles import role_id, role_order
from readiness.bank.model import Bank, Question
from readiness.scoring.agreement import average_deviation, cronbach_alpha, mean, r_wg, r_wg_j, standard_deviation
from readiness.scoring.disclosure import LEAST_GROUP, MIN_GROUP, shown_groups
from readiness.scoring.model import DomainAgreement
from readiness.scoring.score import Standings


@dataclass(frozen=True, slots=True)
class Spread:
    """How answers to one question spread: ``counts`` of people on its levels, lowest first; at least three in all."""

    question: Question
    counts: tuple[int, ...]

    @property
    def n(self) -> int:
        """How many people gave a level."""
        return sum(self.counts)

    @property
    def positions(self) -> tuple[int, ...]:
        """The position (from 0) of each answer's level, in ascending order."""
        return _positions(self.counts)

    @property
    def share(self) -> Fraction:
        """The mean of what the answers count, from 0 to 1."""
        points = sum(
            (share * count for share, count in zip(self.question.shares.values(), self.counts, strict=True) if count),
            Fraction(0),
        )
        return points / self.n

    @property
    def mean(self) -> Fraction:
        """The mean position, from 0."""
        return _measures(self.counts).mean

    @property
    def sd(self) -> Fraction | None:
        """The standard deviation of the positions."""
        return _measures(self.counts).sd

    @property
    def r_wg(self) -> Fraction | None:
        """Agreement on the positions, from 0 to 1."""
        return _measures(self.counts).r_wg

    @property
    def ad(self) -> Fraction | None:
        """The average deviation of the positions around their mean."""
        return _measures(self.counts).ad

    def without(self, other: "Spread") -> "Spread":
        """Return how the answers of all but those in ``other`` spread."""
        return Spread(self.question, tuple(all_ - some for all_, some in zip(self.counts, other.counts, strict=True)))


class _Measures(NamedTuple):
    mean: Fraction
    sd: Fraction | None
    r_wg: Fraction | None
    ad: Fraction | None


@lru_cache(maxsize=5_000)
def _measures(counts: tuple[int, ...]) -> _Measures:
    """Return how answers spread that were counted level by level. Many questions of many teams are answered alike."""
    at = _positions(counts)
    return _Measures(mean(at) or Fraction(0), standard_deviation(at), r_wg(at, len(counts)), average_deviation(at))


def _positions(counts: Iterable[int]) -> tuple[int, ...]:
    return tuple(at for at, count in enumerate(counts) for _ in range(count))


@dataclass(frozen=True, slots=True)
class Voice:
    """A group of ``n`` respondents, and how they answered each question that can be shown for them, by its id.

    ``role`` is None for everyone else, which is a group of its own where one role alone is shown.
    """

    role: str | None
    n: int
    spreads: Mapping[str, Spread]


@dataclass(frozen=True, slots=True)
class Heard:
    """How many people gave a question a level, and how these spread; None where fewer than three did."""

    question: Question
    n: int
    spread: Spread | None


@dataclass(frozen=True, slots=True)
class Voices:
    """What several respondents said: every question asked, in the bank's order; each domain; the roles to be shown.

    ``others`` is everyone else as a group, where one role alone is shown.
    """

    respondents: int
    questions: tuple[Heard, ...]
    domains: Mapping[str, DomainAgreement]
    roles: tuple[Voice, ...]
    others: Voice | None

    @property
    def rest(self) -> int:
        """How many respondents are in no role that is shown."""
        return self.respondents - sum(role.n for role in self.roles)


def voices(stands: Standings, assessments: Sequence[Assessment], least: int = MIN_GROUP) -> Voices:
    """Return what the respondents of one team said, whose questions stand at ``stands``.

    A role is shown from ``least`` people on. Raises ValueError if that is below three.
    """
    asked = [standing.question for standing in stands.questions]
    rows = [[_position(question, one.responses.get(question.id)) for question in asked] for one in assessments]
    return voices_of(stands.bank, asked, rows, [one.respondent.role for one in assessments], least)


def voices_of(
    bank: Bank,
    asked: Sequence[Question],
    rows: Sequence[Sequence[int | None]],
    role_names: Sequence[str | None],
    least: int = MIN_GROUP,
) -> Voices:
    """Return the same of answers that are positions of levels already, or None.

    ``rows`` has a row for each respondent with a position for each question ``asked``; ``role_names`` has a role for
    each. Raises ValueError where ``least`` is below three.
    """
    roles = [role_id(name) for name in role_names]
    columns = dict(zip((question.id for question in asked), zip(*rows, strict=True), strict=True))
    heard = tuple(_heard(question, columns[question.id]) for question in asked)
    found = _by_role(heard, columns, roles, least)
    return Voices(
        respondents=len(rows),
        questions=heard,
        domains={
            domain.id: _domain([one for one in heard if one.question.domain == domain.id], columns)
            for domain in bank.domains
        },
        roles=found,
        others=_everyone_else(heard, found[0], len(rows)) if len(found) == 1 else None,
    )


_Column = Sequence[int | None]
"""What each respondent said about a question: the level's position from 0, or None."""


def _position(question: Question, response: Response | None) -> int | None:
    """Return the position of the level given; None where none is, or where the bank no longer has it."""
    if response is None or response.level is None:
        return None
    return next((at for at, level in enumerate(question.levels) if level.value == response.level), None)


def _heard(question: Question, column: _Column) -> Heard:
    spread = _spread(question, column)
    return Heard(question, spread.n, spread if spread.n >= LEAST_GROUP else None)


def _spread(question: Question, column: Iterable[int | None]) -> Spread:
    found = Counter(column)
    return Spread(question, tuple(found[at] for at in range(len(question.levels))))


def _domain(heard: Sequence[Heard], columns: Mapping[str, _Column]) -> DomainAgreement:
    spreads = [one.spread for one in heard if one.spread]
    shares = [[_share(spread.question, at) for at in columns[spread.question.id]] for spread in spreads]
    return DomainAgreement(
        questions=len(spreads),
        r_wg_j=r_wg_j([spread.positions for spread in spreads], [len(spread.counts) for spread in spreads]),
        alpha=cronbach_alpha(zip(*shares, strict=True)),
    )


def _share(question: Question, at: int | None) -> Fraction | None:
    return None if at is None else question.shares[question.levels[at].value]


def _by_role(
    heard: Sequence[Heard], columns: Mapping[str, _Column], roles: Sequence[str | None], least: int
) -> tuple[Voice, ...]:
    sizes = Counter(role for role in roles if role is not None)
    ordered = {role: sizes[role] for role in sorted(sizes, key=role_order)}
    shown = shown_groups(ordered, least, others=roles.count(None))
    hidden = ordered.keys() - set(shown)
    spreads: dict[str, dict[str, Spread]] = {role: {} for role in shown}
    for one in heard:
        pairs = list(zip(columns[one.question.id], roles, strict=True))
        theirs = {role: _spread(one.question, (at for at, whose in pairs if whose == role)) for role in ordered}
        known = {role: spread.n for role, spread in theirs.items()}
        for role in shown_groups(known, least, one.n - sum(known.values()), never=hidden):
            spreads[role][one.question.id] = theirs[role]
    return tuple(Voice(role, sizes[role], spreads[role]) for role in shown)


def _everyone_else(heard: Sequence[Heard], role: Voice, respondents: int) -> Voice | None:
    """Return everybody but ``role``: what a reader can work out, said plainly. None where that is nobody."""
    if respondents == role.n:
        return None
    left = {
        one.question.id: rest
        for one in heard
        if one.spread and (mine := role.spreads.get(one.question.id)) and (rest := one.spread.without(mine)).n
    }
    return Voice(None, respondents - role.n, left)
