"""Where the views of several people differ: what a report says about it. Plain data, and no more than may be shown.

What people said comes from ``readiness.scoring.by_role``, which holds back what would give a small group away.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from math import floor

from readiness.assessment.roles import role_of_many
from readiness.bank.model import Bank
from readiness.document.values import SpreadView
from readiness.language import N_, _, n_
from readiness.report.model import DifferenceView, GroupView, ViewsView
from readiness.report.spread_words import APART, ENOUGH, spread_in_words, spread_prompt
from readiness.report.who_answered import people_in_role
from readiness.scoring.by_role import Heard, Voice, Voices
from readiness.scoring.disclosure import LEAST_GROUP
from readiness.scoring.explain import band_starts
from readiness.scoring.model import Coverage, Score
from readiness.scoring.rounding import in_words, measured
from readiness.scoring.spread import Spread
from readiness.scoring.team_score import voice_score
from readiness.team import AssessedTeam
from readiness.text import listed

GAP = 1
"""From so many steps on, the means of two groups lie apart."""
TALK = 6
"""How many questions to talk about first: more than a meeting has time for."""
NO_SCORE = "–"
_MOST = 2
"""A group's score is shown where it stands on one question in so many, or on more."""
_THINGS = 2
"""How many things to look at are named for each."""

MEANING = N_(
    "People see different parts of a service, so they answer differently. That is not a mistake, and nobody here is "
    "right or wrong. It shows what is worth talking about."
)
MEASURE = N_(
    "“Far apart” is where r_wg, a measure of agreement, is 0.5 or less; “close together” is where it is above 0.7 "
    "(James, Demaree and Wolf 1984; LeBreton and Senter 2008), and nobody stands two steps or more from the middle "
    "answer. With few people a single answer moves it. Agreement does not prove that it is true."
)
GROUPS = N_(
    "Scores from 0 to 100; those of a group without decimals, as few people make them. In brackets: on how many of the "
    "questions they stand, where not all can be shown for the group. A dash: fewer than half can."
)


def views(team: AssessedTeam) -> ViewsView | None:
    """Return where the views of the team's respondents differ; None if one person answered."""
    said = team.voices
    if said is None:
        return None
    questions = tuple(_in_order(said))
    return ViewsView(
        told=tuple(_told(team.bank, said, team.min_group)),
        meaning=_(MEANING),
        measure=_(MEASURE),
        groups=tuple(_groups(team.bank, team.score, said)),
        groups_note=_(GROUPS),
        gap=_widest_gap(team.bank, team.score, said),
        talk=tuple(one for one in questions if one.gaps or (one.r_wg is not None and one.r_wg <= APART))[:TALK],
        questions=questions,
    )


def tallest_share(questions: Iterable[DifferenceView]) -> float:
    """Return the largest share (0 to 1) of a group that chose one step, to scale charts by."""
    return max((max(row.counts) / row.n for one in questions for row in one.rows), default=1)


def _told(bank: Bank, said: Voices, least: int) -> Iterator[str]:
    yield _who(bank, said)
    if said.respondents < LEAST_GROUP:
        yield _("Two people answered. Each can work out what the other said, so nothing is hidden here.")
        return
    if said.together:
        yield n_(
            "At {count} question all hands were counted together: it is shown for no role.",
            "At {count} questions all hands were counted together: they are shown for no role.",
            len(said.together),
        )
    agreed = _("or if all who hold it agreed to that")
    if said.by_role and not said.roles:
        yield _(
            "No role is shown by itself. That takes at least {least} people in it, {agreed}, and as many others who "
            "did not agree, or none, so that nobody can be picked out.",
            least=least,
            agreed=agreed,
        )
    elif said.by_role and said.rest:
        yield _(
            "A role is shown by itself only if it has at least {least} people, {agreed}, and if nobody in a smaller "
            "group can be identified.",
            least=least,
            agreed=agreed,
        )
    if said.by_role and said.agreed_but_hidden:
        yield _(
            "All {roles} agreed to be shown, but they are not: their answers, subtracted from everybody’s, would give "
            "away people who did not agree.",
            roles=listed([role_of_many(role, said.known) for role in said.agreed_but_hidden], _("and")),
        )
    yield _(
        "Two reports of this team from different days can tell what neither does, if one person more answered. Take "
        "care who gets both."
    )
    if said.respondents < ENOUGH:
        yield _("With so few people, do not read much into a difference: a single answer can make it.")


def _who(bank: Bank, said: Voices) -> str:
    if not said.roles:
        return n_("{count} person answered.", "{count} people answered.", said.respondents)
    parts = [people_in_role(bank, voice.role, voice.n) for voice in said.roles if voice.role]
    if said.rest:
        parts.append(n_("{count} other person", "{count} other people", said.rest))
    who = listed(parts, _("and"))
    return n_("{count} person answered: {who}.", "{count} people answered: {who}.", said.respondents, who=who)


def _titled(name: str) -> str:
    return name[:1].upper() + name[1:]


def _groups(bank: Bank, score: Score, said: Voices) -> Iterator[GroupView]:
    """Yield everybody and each group; nothing where too little of every group can be shown."""
    starts = band_starts(bank)
    groups = [_group(said, one, voice_score(bank, score.team, one), score, starts) for one in _shown(said)]
    if any(number != NO_SCORE for group in groups for number in (group.overall, *group.domains)):
        yield GroupView(
            who=_("Everybody"),
            n=said.respondents,
            overall=in_words(score.overall.score, starts),
            domains=tuple(in_words(domain.score, starts) for domain in score.domains),
        )
        yield from groups


def _shown(said: Voices) -> tuple[Voice, ...]:
    return (*said.roles, said.others) if said.others else said.roles


def _group(said: Voices, voice: Voice, theirs: Score, score: Score, starts: Sequence[Fraction]) -> GroupView:
    """Return the scores of a group, beside those of everybody, which stand on all questions that anybody answered."""
    domains = zip(theirs.domains, score.domains, strict=True)
    return GroupView(
        who=_titled(said.name(voice)),
        n=voice.n,
        overall=_on_some(theirs.overall.score, theirs.coverage, score.coverage, starts),
        domains=tuple(_on_some(mine.score, mine.coverage, all_.coverage, starts) for mine, all_ in domains),
    )


def _on_some(score: Fraction | None, some: Coverage, all_: Coverage, starts: Sequence[Fraction]) -> str:
    """Return a score that stands on ``some`` of ``all_`` questions answered: with how many, or a dash on too few."""
    if score is None or some.answered * _MOST < all_.answered:
        return NO_SCORE
    number = in_words(score, starts)
    if some.answered == all_.answered:
        return number
    return _("{score} ({some} of {all})", score=number, some=some.answered, all=all_.answered)


def _in_order(said: Voices) -> Iterator[DifferenceView]:
    """Yield the questions, the least agreement first; those that too few answered come last."""
    numbered = enumerate(said.questions, start=1)
    for number, heard in sorted(numbered, key=lambda pair: (-_apartness(pair[1].spread), pair[0])):
        yield _difference(number, heard, said)


def _apartness(spread: Spread | None) -> Fraction:
    """Return the observed variance over that of random answers: 1 − r_wg, not stopped at 0."""
    if spread is None:
        return Fraction(-1)
    return (spread.sd or Fraction(0)) ** 2 * 12 / (len(spread.counts) ** 2 - 1)


def _difference(number: int, heard: Heard, said: Voices) -> DifferenceView:
    question, spread = heard.question, heard.spread
    groups = [(one, found) for one in _shown(said) if (found := one.spreads.get(question.id))]
    gaps = tuple(_gaps(said, groups))
    prompt = spread_prompt(spread, gaps=bool(gaps)) if spread else None
    return DifferenceView(
        id=question.id,
        number=number,
        label=question.name,
        question=question.text,
        n=heard.n,
        rows=(
            _row(_("Everybody"), spread),
            *(_row(_titled(said.name(one)), found) for one, found in groups),
        )
        if spread
        else (),
        said=" ".join(spread_in_words(heard, by_group=bool(groups) or not said.roles or question.id in said.together)),
        gaps=gaps,
        prompt=prompt,
        look_at=question.evidence[:_THINGS] if prompt else (),
        mean=measured(spread.mean + 1) if spread else None,
        sd=measured(spread.sd) if spread else None,
        r_wg=measured(spread.r_wg) if spread else None,
        ad=measured(spread.ad) if spread else None,
    )


def _row(who: str, spread: Spread) -> SpreadView:
    return SpreadView(who=who, n=spread.n, counts=spread.counts, text=" · ".join(map(str, spread.counts)))


def _gaps(said: Voices, groups: Sequence[tuple[Voice, Spread]]) -> Iterator[str]:
    """Yield in words how far the means of each two groups lie apart, where it is a step or more."""
    for pair in combinations(groups, 2):
        (low, lower), (high, higher) = sorted(pair, key=lambda one: one[1].mean)
        apart = higher.mean - lower.mean
        if apart >= GAP:
            yield _(
                "{low} put this {steps} lower than {high}.",
                low=_titled(said.name(low)),
                high=said.name(high),
                steps=_steps(apart),
            )


def _steps(apart: Fraction) -> str:
    """Return a distance to the nearest half step: with few people, more would say too much."""
    whole, half = divmod(floor(apart * 2 + Fraction(1, 2)), 2)
    if half:
        return _("{from_} to {to} steps", from_=whole, to=whole + 1)
    return n_("about one step", "about {count} steps", whole)


def _widest_gap(bank: Bank, score: Score, said: Voices) -> str | None:
    """Return the part on which Peer Workers, or another role, lie furthest from the others; None if none may be shown.

    Peer Workers come first: their gap is told if they can be shown, however wide that of another role is.
    """
    groups = _shown(said)
    roles = sorted(said.roles, key=lambda one: one.role not in bank.roles_needed)
    if len(groups) <= 1 or not roles:
        return None
    one = roles[0]
    theirs = voice_score(bank, score.team, one)
    others = next(each for each in groups if each is not one)
    rest = voice_score(bank, score.team, others)
    gaps = [
        (abs(mine.score - other.score), mine.title, mine.score, other.score)
        for mine, other in zip(theirs.domains, rest.domains, strict=True)
        if mine.score is not None and other.score is not None
    ]
    if not gaps:
        return None
    _far, title, mine_score, other_score = max(gaps, key=lambda gap: gap[0])
    starts = band_starts(bank)
    names = {"who": said.name(one), "others": said.name(others)}
    told = _(
        "Views lie furthest apart on “{part}”: {who} {score}, {others} {other}.",
        part=title,
        score=in_words(mine_score, starts),
        other=in_words(other_score, starts),
        **names,
    )
    if theirs.overall.score is None or rest.overall.score is None:
        return told
    overall = {"score": in_words(theirs.overall.score, starts), "other": in_words(rest.overall.score, starts)}
    told = f"{told} " + _("Overall: {who} {score}, {others} {other}.", **overall, **names)
    some, fewer, all_ = (each.coverage.answered for each in (theirs, rest, score))
    if some == fewer == all_:
        return told
    counted = {"some": some, "fewer": fewer, "all": all_}
    return f"{told} " + _("These stand on {some} and {fewer} questions, the whole score on {all}.", **counted)
