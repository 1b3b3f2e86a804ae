"""The score of a team, with how far its respondents agree and what each role says that can be shown."""

from collections.abc import Iterator

from readiness.assessment.model import Team
from readiness.assessment.roles import NOT_SAID
from readiness.bank.fields import exact
from readiness.bank.model import Bank
from readiness.scoring.by_role import Heard, Voice, Voices
from readiness.scoring.disclosure import LEAST_GROUP
from readiness.scoring.model import (
    Agreement,
    LevelCount,
    RoleDomain,
    RoleQuestion,
    RoleScore,
    Score,
)
from readiness.scoring.score import Standings
from readiness.scoring.spread import Spread
from readiness.scoring.standing import DECIDE, Standing

_OF_TWO = "Two people answered, so each of them can work out from this file what the other said."
_OF_SEVERAL = (
    "Score files of this team that are one person apart can tell what that person said. Take care who gets more than "
    "one."
)


def shared_score(bank: Bank, score: Score, said: Voices) -> Score:
    """Return the ``score`` of several respondents, with what they said beside it."""
    questions = zip(score.questions, said.questions, strict=True)
    return score.model_copy(
        update={
            "questions": tuple(one.model_copy(update={"agreement": agreement_of(heard)}) for one, heard in questions),
            "domains": tuple(
                domain.model_copy(update={"agreement": said.domains[domain.id]}) for domain in score.domains
            ),
            "roles": tuple(_role(bank, score.team, voice, voice.role) for voice in said.roles if voice.role),
            "warning": warning_of(said),
        }
    )


def warning_of(said: Voices) -> str:
    """Return the warning of what score files of several people tell together."""
    return _OF_TWO if said.respondents < LEAST_GROUP else _OF_SEVERAL


def voice_score(bank: Bank, team: Team, voice: Voice) -> Score:
    """Return the score of a group of respondents, from the questions that are shown for it, and from nothing else."""
    return Standings(bank, team, {voice.role or NOT_SAID: voice.n}, tuple(voice_standings(bank, team, voice))).score()


def voice_standings(bank: Bank, team: Team, voice: Voice) -> Iterator[Standing]:
    """Yield where each question stands for a group, as if nobody else had answered; not known if it is not shown."""
    for question in bank.asked(team.profile):
        spread = voice.spreads.get(question.id)
        if spread is None:
            yield Standing(question, (0,) * len(question.levels), not_known=voice.n)
        else:
            yield Standing(question, spread.counts)


def _role(bank: Bank, team: Team, voice: Voice, role: str) -> RoleScore:
    score = voice_score(bank, team, voice)
    return RoleScore(
        role=role,
        n=voice.n,
        score=score.overall.score,
        domains=tuple(
            RoleDomain(id=domain.id, score=domain.score, questions=domain.coverage.answered) for domain in score.domains
        ),
        questions=tuple(role_question(spread) for spread in voice.spreads.values()),
    )


def role_question(spread: Spread) -> RoleQuestion:
    """Return how the people in a role answered a question."""
    question = spread.question
    return RoleQuestion(
        id=question.id, n=spread.n, value=question.value(spread.share), distribution=_distribution(spread)
    )


def agreement_of(heard: Heard) -> Agreement:
    """Return how far the people agree who gave a question a level."""
    spread = heard.spread
    if spread is None:
        return Agreement(n=heard.n)
    if spread.n < DECIDE:
        return Agreement(n=heard.n, distribution=_distribution(spread))
    return Agreement(
        n=heard.n,
        distribution=_distribution(spread),
        mean=spread.mean,
        sd=spread.sd,
        r_wg=spread.r_wg,
        ad=spread.ad,
    )


def _distribution(spread: Spread) -> tuple[LevelCount, ...]:
    levels = zip(spread.question.levels, spread.counts, strict=True)
    return tuple(LevelCount(value=exact(level.value), n=count) for level, count in levels)
