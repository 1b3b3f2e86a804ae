"""Teams whose views differ, and what a report says of them."""

import json
from collections.abc import Sequence

from hypothesis import strategies as st

from readiness.assessment.model import Assessment
from readiness.bank.model import Bank
from readiness.report.differences import views
from readiness.report.model import DifferenceView, ViewsView
from readiness.team import AssessedTeam
from tests.conftest import ROLES as BANK_ROLES
from tests.conftest import assessment
from tests.small import LITTLE, spelled_out

QUESTIONS = "[{id: q}, {id: r, values: [0, 0.25, 1]}, {id: s, domain: e}]"
ROLES = ("peer-worker", "team-member", "service-manager", "other", None)


def bank_of(questions: str, domains: str = "{d: 1}") -> Bank:
    """Return a small bank with the roles of the shipped one."""
    roles = [role.model_dump(mode="json", by_alias=True, exclude_none=True) for role in BANK_ROLES]
    return Bank.model_validate_json(json.dumps({**spelled_out(questions, domains, enough=LITTLE), "roles": roles}))


BANK = bank_of(QUESTIONS, "{d: 1, e: 2}")
LEVELS = {question.id: [level.value for level in question.levels] for question in BANK.questions}
ONE = bank_of("[{id: q}]")
EVEN = bank_of("[{id: q, values: [0, 1, 2, 3]}]")
SIX = """
[{id: a}, {id: b}, {id: c}, {id: x, domain: e}, {id: y, domain: e}, {id: z, domain: e}]
"""


@st.composite
def teams(draw: st.DrawFn) -> list[Assessment]:
    """Draw up to 35 people; roles come in lumps, so that groups of every size are met."""
    respondents = []
    for role in draw(st.permutations(ROLES)):
        for _ in range(draw(st.sampled_from([0, 1, 2, 4, 5, 6, 7]))):
            answers: dict[str, object] = {
                name: value
                for name, values in LEVELS.items()
                if (value := draw(st.sampled_from([None, *values, *values]))) is not None
            }
            respondents.append(assessment(BANK, answers, role=role))
    return respondents or [assessment(BANK, {"q": 1}), assessment(BANK, {"q": 2})]


def found(respondents: Sequence[Assessment], bank: Bank = ONE, least: int = 5) -> ViewsView:
    made = views(AssessedTeam(bank, respondents, min_group=least))
    assert made is not None
    return made


def team(*counts: int, role: str | None = None, bank: Bank = ONE) -> list[Assessment]:
    """Return people who chose the steps that often, from the lowest."""
    return [assessment(bank, {"q": at}, role=role) for at, count in enumerate(counts) for _ in range(count)]


def only(*counts: int, bank: Bank = ONE) -> DifferenceView:
    [one] = found(team(*counts, bank=bank), bank).questions
    return one
