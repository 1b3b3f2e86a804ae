"""An invented region: teams with ordinary invented names, and answers drawn by a seeded generator."""

from collections.abc import Iterator
from random import Random

from readiness.assessment.model import Assessment, BankReference, Respondent, Response, Team
from readiness.bank.model import Bank, Question
from readiness.batch.team_rows import TeamOutcome
from readiness.plan.basis import PlanBasis
from readiness.scoring.by_role import Voices, voices
from readiness.scoring.disclosure import MIN_GROUP
from readiness.scoring.model import OVERALL
from readiness.scoring.score import Standings, standings
from tests.conftest import DATE

TEAMS = 60
PLACES = (
    "Alder Street",
    "Brookfield",
    "Castle Hill",
    "Dene Valley",
    "Easthaven",
    "Fairmead",
    "Greenbank",
    "Harbour Row",
    "Ivy Lane",
    "Kingsmere",
    "Lower Wharf",
    "Millbrook",
)
SORTS = ("Community Team", "Crisis Team", "Recovery College", "Early Intervention", "Inpatient Ward")
ORGANISATIONS = ("Westmoor NHS Trust", "Lindale Mind Together", "Orchard Partnership")


def region(bank: Bank, teams: int = 60, seed: int = 7) -> Iterator[list[Assessment]]:
    """Yield the answers of each team: of one person in most, of several in every third.

    Some say that what applies to every service does not apply; some name no role; some agree to be shown alone.
    """
    random, people = Random(seed), Random(seed)
    for number in range(teams):
        place, sort = PLACES[number % len(PLACES)], SORTS[number // len(PLACES) % len(SORTS)]
        name = f"{place} {sort}" + (f" {number // 60 + 1}" if number >= 60 else "")
        organisation = ORGANISATIONS[min(number * 4 // teams, 2)]
        profile = {asked.id: random.choice(asked.options).id for asked in bank.profile}
        team = Team(name=name, organisation=organisation, profile=profile)
        strength = random.uniform(0.05, 0.95)
        count = random.randint(2, 6) if number % 3 == 0 else 1
        yield [_answers(bank, team, _respondent(bank, people), strength, random) for _ in range(count)]


def _respondent(bank: Bank, random: Random) -> Respondent:
    role = random.choice([*(role.id for role in bank.roles), "peer-worker", None])
    return Respondent(role=role, shown_alone=random.random() < 0.6 or None)


def _answers(bank: Bank, team: Team, respondent: Respondent, strength: float, random: Random) -> Assessment:
    responses = {}
    for question in bank.asked(team.profile):
        responses[question.id] = Response.model_validate(_answer(question, strength, random))
    return Assessment(bank=BankReference.to(bank), team=team, respondent=respondent, date=DATE, responses=responses)


def _answer(question: Question, strength: float, random: Random) -> object:
    drawn = random.random()
    if drawn < 0.08:
        return "unknown"
    if drawn < 0.1:
        return "n/a: not here"
    at = round(random.gauss(strength, 0.22) * (len(question.levels) - 1))
    return question.levels[min(max(at, 0), len(question.levels) - 1)].value


def of_known(one: Assessment, stands: Standings) -> Assessment:
    """Return the answers to those questions alone that are known for the team."""
    known = {standing.question.id for standing in stands.questions if standing.known}
    return one.model_copy(update={"responses": {name: said for name, said in one.responses.items() if name in known}})


def everybody_answered(said: Voices, domain: str | None) -> bool:
    """Return whether each respondent gave a level at each known question of the domain, or of all."""
    asked = [one for one in said.questions if one.spread and domain in (None, one.question.domain)]
    return all(one.n == said.respondents for one in asked)


def outcome(bank: Bank, assessments: list[Assessment], least: int = MIN_GROUP) -> TeamOutcome:
    """Return what a batch knows of the team."""
    stands = standings(bank, assessments)
    score = stands.score()
    alone = [standings(bank, [of_known(each, stands)]).score() for each in assessments]
    said = voices(stands, assessments, least) if len(assessments) > 1 else None
    hidden = {
        name
        for name in (OVERALL, *(domain.id for domain in bank.domains))
        if said and said.roles and not everybody_answered(said, None if name == OVERALL else name)
    }
    return TeamOutcome(
        basis=PlanBasis.of(stands, said),
        ranges=(score.overall, *score.domains),
        band=score.band,
        by_respondent=tuple(
            {
                name: None if name in hidden else score
                for name, score in [(OVERALL, each.overall.score), *((one.id, one.score) for one in each.domains)]
            }
            for each in alone
        ),
        slug=stands.team.name.lower().replace(" ", "-"),
    )
