"""Made-up people in roles, the score files of two days, and what somebody who has these can read off."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import assume, settings
from hypothesis import strategies as st

from readiness.assessment.model import Assessment, Respondent
from readiness.assessment.roles import role_id
from readiness.bank.model import Bank
from readiness.team import AssessedTeam
from tests.conftest import assessment
from tests.scoring.cases import SET_ASIDE, UNKNOWN
from tests.small import spelled_out

ROLES = ("peer-worker", "team-member", "service-manager", "other", None)
BANDS = """
    - {id: low, from: 0}
    - {id: middle, from: 50}
    - {id: top, from: 80, voices: [{role: peer-worker}]}
"""
BANK = Bank.model_validate_json(
    json.dumps(
        spelled_out(
            "[{id: q, minimum: 2}, {id: r, values: [0, 0.25, 1], always: true}, {id: s, domain: e, kind: barrier}]",
            "{d: 1, e: 2}",
            bands=BANDS,
            enough="{domain: 0.5, overall: 0.4}",
            roles="[service-manager, team-member, peer-worker, other]",
        )
    )
)
LEVELS = {question.id: [level.value for level in question.levels] for question in BANK.questions}
MANY = settings(max_examples=50, deadline=None)


@dataclass(frozen=True)
class Person:
    """One who answered: a role, if its answers may be shown though few hold it, and what was said, by question."""

    role: str | None
    agreed: bool
    said: Mapping[str, object]

    def saying(self, name: str, answer: object) -> "Person":
        return Person(self.role, self.agreed, {**self.said, name: answer})

    def level(self, name: str) -> object:
        """Return the level given, or None."""
        answer = self.said.get(name)
        return None if isinstance(answer, str) else answer

    @property
    def assessment(self) -> Assessment:
        respondent = Respondent(role=self.role, shown_alone=True if self.agreed else None)
        return assessment(BANK, self.said).model_copy(update={"respondent": respondent})


def file_of(people: Sequence[Person], least: int = 5) -> dict[str, Any]:
    """Return the score file of a team, as ``readiness score --format json`` prints it."""
    team = AssessedTeam(BANK, [person.assessment for person in people], min_group=least)
    found: dict[str, Any] = json.loads(team.score.model_dump_json(by_alias=True))
    return found


def question(found: Mapping[str, Any], name: str) -> Any:
    return next(one for one in found["questions"] if one["id"] == name)


def counts(distribution: Sequence[Mapping[str, Any]]) -> tuple[int, ...]:
    return tuple(one["n"] for one in distribution)


def shown_at(found: Mapping[str, Any], name: str) -> dict[str, tuple[int, ...]]:
    """Return the roles that are shown at a question, with the counts of their answers."""
    return {
        role["role"]: counts(one["distribution"])
        for role in found["roles"]
        for one in role["questions"]
        if one["id"] == name
    }


@st.composite
def people(draw: st.DrawFn) -> list[Person]:
    """Draw two people or more; roles come in lumps, so that groups of every size are met."""
    found = []
    for role in draw(st.permutations(ROLES)):
        size = draw(st.sampled_from([0, 1, 2, 4, 5, 6, 7]))
        consent = draw(st.sampled_from(["all", "none", "some"]))
        for _ in range(size):
            said = {
                name: value
                for name, values in LEVELS.items()
                if (value := draw(st.sampled_from([None, *values, *values, UNKNOWN, SET_ASIDE]))) is not None
            }
            agreed = consent == "all" or (consent == "some" and draw(st.booleans()))
            found.append(Person(role, agreed, said))
    few = [Person("other", agreed=False, said={"q": 1}), Person(None, agreed=False, said={"q": 2})]
    return found if len(found) > 1 else [*found, *few]


@st.composite
def two_days(draw: st.DrawFn) -> tuple[list[Person], list[bool], list[bool]]:
    """Draw people, and who of them answered on the earlier day and who today: at least two each time."""
    everybody = draw(people())
    days = st.sampled_from([(True, True), (True, True), (True, True), (True, False), (False, True)])
    came = [(True, True), (True, True), *(draw(days) for _ in everybody[2:])]
    return everybody, [before for before, _ in came], [after for _, after in came]


@st.composite
def two_days_of_a_question_few_know(draw: st.DrawFn) -> tuple[list[Person], list[bool], list[bool]]:
    """Draw the same where fewer people gave one question a level, on either day, than it takes to be known."""
    everybody, before, after = draw(two_days())
    name = draw(st.sampled_from([*LEVELS]))
    few = draw(st.sets(st.sampled_from(range(len(everybody))), min_size=1, max_size=2 if len(everybody) > 4 else 1))
    level = st.sampled_from(LEVELS[name])
    said = [one.saying(name, draw(level) if at in few else UNKNOWN) for at, one in enumerate(everybody)]
    return said, before, after


def said_otherwise(
    data: st.DataObject, everybody: Sequence[Person], files: Sequence[Mapping[str, Any]]
) -> list[Person]:
    """Return the people with other levels for all questions that are known in none of the files."""
    other = [*everybody]
    for name, levels in LEVELS.items():
        if "answered" not in {question(found, name)["state"] for found in files}:
            instead = st.sampled_from(levels)
            other = [one if one.level(name) is None else one.saying(name, data.draw(instead)) for one in other]
    assume(other != everybody)  # otherwise there is nothing to find out
    return other


def of_day(everybody: Sequence[Person], present: Sequence[bool]) -> list[Person]:
    return [person for person, here in zip(everybody, present, strict=True) if here]


def swapped(everybody: Sequence[Person], name: str, pair: tuple[int, int]) -> list[Person]:
    one, other = (everybody[at].said[name] for at in pair)
    return [
        person.saying(name, {pair[0]: other, pair[1]: one}[at]) if at in pair else person
        for at, person in enumerate(everybody)
    ]


def without_alpha(found: dict[str, Any]) -> dict[str, Any]:
    for domain in found["domains"]:
        domain["agreement"] = domain["agreement"] | {"alpha": None}
    return found


def alike_to_readers(
    everybody: list[Person], before: list[bool], after: list[bool], files: list[dict[str, Any]]
) -> list[tuple[str, tuple[int, int]]]:
    """Return the pairs of people, by question, who answered on both days and whose roles are shown in neither file.

    They gave different levels: only then can one be told from the other.
    """
    hidden = [
        (name, at)
        for name in LEVELS
        for at, person in enumerate(everybody)
        if before[at] and after[at] and person.level(name) is not None
        if not any(role_id(person.role, BANK.roles) in shown_at(found, name) for found in files)
    ]
    return [
        (name, (at, to))
        for name, at in hidden
        for other, to in hidden
        if other == name and at < to and everybody[at].level(name) != everybody[to].level(name)
    ]


def with_two_exchanged(
    everybody: list[Person], before: list[bool], after: list[bool], files: list[Any], data: st.DataObject
) -> list[Person]:
    """Return everybody, after two whom no file tells apart exchanged an answer. Without two, the example is left."""
    pairs = alike_to_readers(everybody, before, after, files)
    assume(pairs)
    name, pair = data.draw(st.sampled_from(pairs))
    return swapped(everybody, name, pair)
