"""A group scores as single people with the same answers do; what needs to know who said what is left out."""

import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.assessment.group import GroupAssessment, GroupResponse, Hands, ShowOfHands
from readiness.assessment.model import Assessment, BankReference, Respondent, Team
from readiness.assessment.roles import NOT_SAID
from readiness.bank.model import Bank
from readiness.scoring.by_role import voices
from readiness.scoring.model import Score
from readiness.scoring.score import standings
from readiness.scoring.team_score import shared_score
from tests.assessment.groups import group
from tests.conftest import DATE, assessment
from tests.small import LITTLE, small_bank

QUESTIONS = "[{id: pay, minimum: 2, always: true}, {id: room, domain: e}, {id: team, values: [0, 1, 2], domain: e}]"
ROLES = ("manager", "peer-worker", "cook")


def _small() -> Bank:
    with tempfile.TemporaryDirectory() as folder:
        return small_bank(
            Path(folder), QUESTIONS, domains="{d: 1, e: 2}", enough=LITTLE, roles="[manager, peer-worker, cook]"
        )


BANK = _small()
answers = st.one_of(st.integers(0, 2), st.just("unknown"), st.just("n/a: why"), st.none())
person = st.tuples(
    st.sampled_from((*ROLES, None)), st.fixed_dictionaries(dict.fromkeys(("pay", "room", "team"), answers))
)


def single(role: str | None, said: dict[str, object], agreed: frozenset[str]) -> Assessment:
    one = assessment(BANK, {name: answer for name, answer in said.items() if answer is not None}, role=role)
    return one.model_copy(update={"respondent": Respondent(role=role, shown_alone=True if role in agreed else None)})


def counted(people: list[Assessment], agreed: frozenset[str]) -> GroupAssessment:
    """Return the same answers as they would be counted in a room."""
    here = Counter(one.respondent.role or NOT_SAID for one in people)
    responses = {}
    for question in BANK.ordered_questions:
        by_role = {}
        for role in here:
            said = [one.responses.get(question.id) for one in people if (one.respondent.role or NOT_SAID) == role]
            levels = Counter(str(one.level) for one in said if one and one.level is not None)
            unknown = sum(one is not None and one.unknown is True for one in said)
            aside = sum(one is not None and one.not_applicable is not None for one in said)
            by_role[role] = Hands(levels=levels, unknown=unknown, not_applicable=aside)
        responses[question.id] = GroupResponse(shows=(ShowOfHands(here=here, by_role=by_role),))
    return GroupAssessment(
        bank=BankReference.to(BANK),
        team=Team(name="Northside"),
        date=DATE,
        present=here,
        by_role=True,
        shown_alone=tuple(agreed),
        responses=responses,
    )


def score_of(people: tuple[Assessment, ...], least: int = 3) -> Score:
    stands = standings(BANK, people)
    return shared_score(BANK, stands.score(), voices(stands, people, least))


def without_alpha(score: Score) -> Score:
    domains = [
        one.model_copy(update={"agreement": one.agreement and one.agreement.model_copy(update={"alpha": None})})
        for one in score.domains
    ]
    return score.model_copy(update={"domains": tuple(domains)})


@given(st.lists(person, min_size=2, max_size=9), st.frozensets(st.sampled_from(ROLES)))
def test_a_group_scores_as_single_people_with_the_same_answers(
    people: list[tuple[str | None, dict[str, object]]], agreed: frozenset[str]
) -> None:
    singles = tuple(single(role, said, agreed) for role, said in people)
    members = counted([*singles], agreed).respondents
    assert score_of(members) == without_alpha(score_of(singles))


@pytest.fixture
def here() -> dict[str, int]:
    return {"peer-worker": 3, "manager": 3}


def test_nothing_that_needs_to_know_who_said_what_is_worked_out(here: dict[str, int]) -> None:
    shows = {"peer-worker": [1, 0, 2], "manager": [0, 0, 1, 2]}
    said = group(BANK, here, {"room": [shows], "team": [{"peer-worker": [1, 0, 2], "manager": [0, 2, 1]}]})
    (agreement,) = (one.agreement for one in score_of(said.respondents, least=5).domains if one.id == "e")
    assert agreement is not None
    assert (agreement.questions, agreement.alpha) == (2, None)
    assert agreement.r_wg_j is not None


def test_a_question_counted_together_is_shown_for_no_role(here: dict[str, int]) -> None:
    shows = {"peer-worker": [1, 0, 2], "manager": [0, 0, 1, 2]}
    said = group(BANK, here, {"room": [shows], "pay": [[1, 2, 3]]})
    score = score_of(said.respondents)
    assert {role.role: [one.id for one in role.questions] for role in score.roles} == {
        "manager": ["room"],
        "peer-worker": ["room"],
    }
    assert score.voices == {"manager": 3, "peer-worker": 3}
    (pay,) = (one for one in score.questions if one.id == "pay")
    assert pay.k == 6
    assert pay.stands == 1


def test_no_role_is_shown_if_everything_was_counted_together(here: dict[str, int]) -> None:
    for responses in ({"room": [[1, 2, 3]], "pay": [[1, 2, 3]], "team": [[6]]}, {"room": [[1, 2, 3]]}):
        said = group(BANK, here, responses).respondents
        assert score_of(said).roles == ()
        assert not voices(standings(BANK, said), said, 3).by_role


def test_what_is_counted_by_role_is_known_by_role(here: dict[str, int]) -> None:
    said = group(BANK, here, {"room": [{"manager": [3], "peer-worker": [3]}], "pay": [[6]]}).respondents
    assert voices(standings(BANK, said), said, 5).by_role
    assert voices(standings(BANK, said), said, 5).together == {"pay"}


def test_few_of_a_role_are_shown_only_if_they_agreed() -> None:
    shows = {"peer-worker": [1, 1], "manager": [0, 3, 3]}
    for agreed, shown in ((("peer-worker",), ["manager", "peer-worker"]), ((), [])):
        said = group(BANK, {"peer-worker": 2, "manager": 6}, {"room": [shows]}, shown_alone=agreed)
        assert [role.role for role in score_of(said.respondents, least=5).roles] == shown
