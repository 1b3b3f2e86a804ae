"""What the respondents of a team said, each and by role, with all that would give a small group away held back.

Everything about roles that a score or a report shows is made from this, and from nothing else. A role is shown for a
question only where enough people in it gave a level, and where subtracting what is shown from what everybody said
leaves nobody who did not agree, or enough of them (``disclosure``). Scores by role are made from the questions that
are shown, so they tell no more than a reader sees already.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from readiness.assessment.model import Assessment, Response
from readiness.assessment.roles import Roles, role_id, role_of_many, role_order
from readiness.bank.model import Bank, Question
from readiness.language import _
from readiness.scoring.agreement import cronbach_alpha, r_wg_j_of
from readiness.scoring.disclosure import LEAST_GROUP, MIN_GROUP, NOBODY, People, possible_groups, shown_groups
from readiness.scoring.model import DomainAgreement
from readiness.scoring.score import Standings
from readiness.scoring.spread import Spread
from readiness.scoring.standing import Standing


@dataclass(frozen=True, slots=True)
class Voice:
    """A group of ``n`` respondents, and how they answered each question that can be shown for them, by its id.

    ``role`` is None for everyone else, which is a group of its own where one role alone is shown.
    """

    role: str | None
    n: int
    spreads: Mapping[str, Spread]


class Who(NamedTuple):
    """Who a respondent is: a role, and whether the role's answers may be shown although few hold it."""

    role: str | None
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """How many people gave a question a level, and how these spread; None if too few did for it to be known."""

    question: Question
    n: int
    spread: Spread | None


@dataclass(frozen=True, slots=True)
class Voices:
    """What several respondents said: every question asked, in the bank's order; each domain; the roles to be shown.

    ``others`` is everyone else as a group, where one role alone is shown. ``known`` are the bank's roles. ``together``
    are questions whose hands were not counted by role, if hands were counted. ``agreed_but_hidden`` are small roles
    that are not shown although all who hold them agreed: too little would hide what others said. ``named``: somebody
    has a role, shown or not.
    """

    respondents: int
    questions: tuple[Heard, ...]
    domains: Mapping[str, DomainAgreement]
    roles: tuple[Voice, ...]
    others: Voice | None
    known: Roles = ()
    together: frozenset[str] = frozenset()
    agreed_but_hidden: tuple[str, ...] = ()
    named: bool = False

    @property
    def rest(self) -> int:
        """How many respondents are in no role that is shown."""
        return self.respondents - sum(role.n for role in self.roles)

    @property
    def by_role(self) -> bool:
        """Whether it is known of some question how each role answered it, shown or not."""
        return not self.together or any(
            one.spread is not None and one.question.id not in self.together for one in self.questions
        )

    def withholds(self, domain: str | None = None) -> bool:
        """Return whether a portfolio makes nothing of how the same people answered the domain's questions, or all.

        Of people without roles it does: many teams make one number.
        """
        spreads = [one.spread for one in self.questions if one.spread and domain in (None, one.question.domain)]
        return self.named and _has_gaps(spreads, self.respondents)

    def name(self, voice: Voice) -> str:
        """Return what the group is called in the middle of a sentence."""
        return role_of_many(voice.role, self.known) if voice.role else _("everyone else")


def voices(stands: Standings, assessments: Sequence[Assessment], least: int = MIN_GROUP) -> Voices:
    """Return what the respondents of one team said, whose questions stand at ``stands``.

    A role is shown from ``least`` people on, or if all who hold it agreed. Raises ValueError if ``least`` is below
    three.
    """
    asked = [standing.question for standing in stands.questions]
    rows = [[_position(question, one.responses.get(question.id)) for question in asked] for one in assessments]
    who = [Who(one.respondent.role, bool(one.respondent.shown_alone)) for one in assessments]
    return voices_of(stands, rows, who, least, dealt_of(assessments))


def dealt_of(assessments: Iterable[Assessment]) -> frozenset[str] | None:
    """Return the questions that a group's answers were not counted by role in; None if these are no group's."""
    return next((one.dealt for one in assessments if one.dealt is not None), None)


def voices_of(
    stands: Standings,
    rows: Sequence[Sequence[int | None]],
    who: Sequence[Who],
    least: int = MIN_GROUP,
    dealt: Collection[str] | None = None,
) -> Voices:
    """Return the same of answers that are positions of levels already, or None.

    ``rows`` has a row for each respondent of ``who``, with a position for each question of ``stands``. If they are
    ``dealt`` from a group's counts, no role is shown at the questions in it, which were not counted by role; nor is
    alpha, as no row is one person's. Raises ValueError if ``least`` is below three.
    """
    bank = stands.bank
    columns = dict(zip((one.question.id for one in stands.questions), zip(*rows, strict=True), strict=True))
    heard = tuple(map(_heard, stands.questions))
    together = frozenset(one.question.id for one in heard if one.question.id in (dealt or ()))
    by_role = [one for one in heard if one.question.id not in together]
    consenting = _consenting(who, bank.roles)
    roles = _by_role(by_role, columns, consenting, bank, least)
    found = () if together and not any(one.spread for one in by_role) else roles
    return Voices(
        respondents=len(rows),
        questions=heard,
        domains={
            domain.id: _domain(
                [one for one in heard if one.question.domain == domain.id],
                None if dealt is not None else columns,
            )
            for domain in bank.domains
        },
        roles=found,
        others=_everyone_else(heard, found[0], len(rows)) if len(found) == 1 else None,
        known=bank.roles,
        together=together,
        agreed_but_hidden=_agreed_but_hidden(consenting, roles, bank.roles, least),
        named=any(one.role for one in consenting),
    )


def _agreed_but_hidden(consenting: Iterable[Who], shown: Iterable[Voice], known: Roles, least: int) -> tuple[str, ...]:
    seen = {voice.role for voice in shown}
    small = (role for role, people in _people(consenting).items() if people.n < least and not people.exposed)
    return tuple(
        sorted((role for role in small if role and role not in seen), key=lambda role: role_order(role, known))
    )


def _consenting(who: Sequence[Who], roles: Roles) -> list[Who]:
    """Return respondents by the role they are grouped by; each counts as agreed only if all in the role did.

    Otherwise a question that only those answered who agreed would tell which of the role they are.
    """
    grouped = [role_id(one.role, roles) for one in who]
    if len(who) < LEAST_GROUP:  # each can work out what the other said, whatever is hidden: so nothing is
        return [Who(role, agreed=True) for role in grouped]
    refused = {None, *(role for role, one in zip(grouped, who, strict=True) if not one.agreed)}
    return [Who(role, role not in refused) for role in grouped]


_Column = Sequence[int | None]
"""What each respondent said about a question: the level's position from 0, or None."""


def _position(question: Question, response: Response | None) -> int | None:
    """Return the position of the level given; None if none is, or if the bank no longer has it."""
    if response is None or response.level is None:
        return None
    return next((at for at, level in enumerate(question.levels) if level.value == response.level), None)


def _heard(standing: Standing) -> Heard:
    """Return what was said of a question. What is not known, or was set aside, is shown of nobody."""
    spread = Spread(standing.question, standing.counts) if standing.known else None
    return Heard(standing.question, standing.k, spread)


def _domain(heard: Sequence[Heard], columns: Mapping[str, _Column] | None) -> DomainAgreement:
    """Return how far people agree over a domain; ``columns`` is None if nobody knows who gave which answers."""
    spreads = [one.spread for one in heard if one.spread]
    return DomainAgreement(
        questions=len(spreads),
        r_wg_j=r_wg_j_of([share for spread in spreads if (share := spread.variance_share) is not None]),
        alpha=None if columns is None else _alpha(spreads, columns),
    )


def _alpha(spreads: Sequence[Spread], columns: Mapping[str, _Column]) -> Fraction | None:
    """Return how consistent answers are; None if somebody left one of the questions out.

    Alpha says how far the same people answered alike. What is shown of roles says who left a question out. The two
    together can tell what somebody said, as trying all possible answers of small teams has shown. Roles that are not
    shown count as well, and roles that nobody has said yet: another report can show them, and somebody reads both.
    """
    if spreads and _has_gaps(spreads, len(columns[spreads[0].question.id])):
        return None
    shares = [[_share(spread.question, at) for at in columns[spread.question.id]] for spread in spreads]
    return cronbach_alpha(zip(*shares, strict=True))


def _has_gaps(spreads: Iterable[Spread], people: int) -> bool:
    return any(spread.n < people for spread in spreads)


def _share(question: Question, at: int | None) -> Fraction | None:
    return None if at is None else question.shares[question.levels[at].value]


def _by_role(
    heard: Sequence[Heard],
    columns: Mapping[str, _Column],
    who: Sequence[Who],
    bank: Bank,
    least: int,
) -> tuple[Voice, ...]:
    sizes = _people(who)
    ordered = {role: sizes[role] for role in sorted(filter(None, sizes), key=lambda role: role_order(role, bank.roles))}
    first = bank.roles_needed  # if one of two roles has to be hidden, it is not the one that must be heard
    rest = sizes.get(None, NOBODY)
    shown = shown_groups(ordered, least, rest, first=first)
    hidden = ordered.keys() - set(shown)
    possible = possible_groups(ordered, least, rest, first=first)
    spreads: dict[str, dict[str, Spread]] = {role: {} for role in shown}
    answered: dict[frozenset[tuple[str | None, People]], tuple[str, ...]] = {}  # by who gave a level: mostly all did
    for one in heard:
        if one.spread is None:  # too few said something for it to be known, so nothing that they said is shown
            continue
        column = columns[one.question.id]
        gave = _people(one for at, one in zip(column, who, strict=True) if at is not None)
        if (told := answered.get(who_gave := frozenset(gave.items()))) is None:
            theirs, rest = {role: gave.get(role, NOBODY) for role in ordered}, gave.get(None, NOBODY)
            here = possible_groups(theirs, least, rest, (), first, possible)
            told = answered[who_gave] = shown_groups(theirs, least, rest, hidden, first, here)
        answers: dict[str, list[int | None]] = {role: [] for role in told}
        for at, whose in zip(column, who, strict=True):
            if whose.role in answers:
                answers[whose.role].append(at)
        for role, given in answers.items():
            spreads[role][one.question.id] = Spread.of(one.question, given)
    return tuple(Voice(role, sizes[role].n, spreads[role]) for role in shown)


def _people(who: Iterable[Who]) -> dict[str | None, People]:
    """Return how many people there are in each role, and how many of them agreed."""
    found: dict[str | None, People] = {}
    for (role, yes), count in Counter(who).items():
        found[role] = found.get(role, NOBODY) + People(count, count if yes else 0)
    return found


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
