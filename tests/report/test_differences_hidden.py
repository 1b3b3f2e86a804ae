"""Where views differ: who answered is said as far as it may be, and nobody in a small group can be found out."""

from collections.abc import Mapping, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.assessment.model import Assessment
from readiness.report.view import build_report
from readiness.scoring.disclosure import LEAST_GROUP
from readiness.team import AssessedTeam
from tests.assessment.groups import group
from tests.conftest import assessment
from tests.report.differing import BANK, ONE, ROLES, found, only, team, teams

TWO_DAYS = (
    "Two reports of this team from different days can tell what neither does, if one person more answered. Take care "
    "who gets both."
)


def test_who_answered_is_said_as_far_as_it_may_be() -> None:
    assert found(team(2, 6, role="peer-worker")).told == ("8 people answered: 8 Peer Workers.", TWO_DAYS)
    first, second, third = found([*team(3, 3, role="peer-worker"), *team(1, role="service-manager")]).told
    assert first == "7 people answered."
    assert second.startswith("No role is shown by itself. That takes at least 5 people")
    assert third == TWO_DAYS
    assert found(team(1, 1, 1)).told[-1].startswith("With so few people")


def test_hands_counted_together_are_shown_for_no_role_and_that_is_said() -> None:
    here = {"peer-worker": 6, "service-manager": 6}
    alone = found(group(ONE, here, {"q": [[6, 0, 0, 0, 6]]}).respondents)
    assert alone.told == (
        "12 people answered.",
        "At 1 question all hands were counted together: it is shown for no role.",
        TWO_DAYS,
    )
    assert "by role" not in alone.questions[0].said
    by_role = {"peer-worker": [6], "service-manager": [0, 0, 0, 0, 6]}
    assert "Peer Workers" in found(group(ONE, here, {"q": [by_role]}).respondents).told[0]


def test_a_role_that_agreed_and_is_still_not_shown_is_told_why() -> None:
    why = (
        "All {} agreed to be shown, but they are not: their answers, subtracted from everybody’s, would give away "
        "people who did not agree."
    )

    def told(here: Mapping[str, int], *agreed: str) -> Sequence[str]:
        by_role = {role: [0, count] for role, count in here.items()}
        return found(group(ONE, here, {"q": [by_role]}, shown_alone=agreed).respondents).told

    three = {"peer-worker": 2, "service-manager": 1, "team-member": 1}
    assert why.format("service managers") in told({"peer-worker": 3, "service-manager": 2}, "service-manager")
    assert why.format("service managers and team members") in told(three, "team-member", "service-manager")
    assert not any("agreed to be shown" in one for one in (*told(three), *told(three, *three)))


def test_of_two_people_nothing_is_hidden_and_they_are_told_so() -> None:
    made = found([*team(1, role="peer-worker"), *team(0, 0, 0, 1, role="service-manager")])
    assert made.told == (
        "2 people answered: 1 service manager and 1 Peer Worker.",
        "Two people answered. Each can work out what the other said, so nothing is hidden here.",
    )
    assert [(row.who, row.text) for row in made.questions[0].rows] == [
        ("Everybody", "1 · 0 · 0 · 1 · 0"),
        ("Service managers", "0 · 0 · 0 · 1 · 0"),
        ("Peer Workers", "1 · 0 · 0 · 0 · 0"),
    ]


def test_who_stands_apart_from_the_many_is_counted_from_three_people_on() -> None:
    assert only(1, 0, 0, 20).said == "The middle answer is step 4; 1 of 21 chose a step much lower."
    assert "chose a step much" not in only(1, 0, 0, 1).said


def test_a_question_that_too_few_of_a_role_answered_says_so_where_it_matters() -> None:
    peers = [assessment(BANK, {"s": 1} | ({"q": 0} if at < 4 else {}), role="peer-worker") for at in range(6)]
    others = [assessment(BANK, {"s": 1, "q": 4}, role="team-member") for _ in range(6)]
    by_id = {one.id: one for one in found([*peers, *others], BANK).questions}
    assert by_id["q"].said.endswith("Too few answered to show this by role.")
    assert [row.who for row in by_id["q"].rows] == ["Everybody"]
    assert len(by_id["s"].rows) == 3


@settings(max_examples=40, deadline=None)
@given(teams(), st.integers(3, 6))
def test_no_subtraction_of_what_a_report_shows_leaves_fewer_people_than_may_be_shown(
    respondents: list[Assessment], least: int
) -> None:
    if len(respondents) < 3:
        return
    made = found(respondents, BANK, least)
    for one in made.questions:
        everybody, *groups = one.rows or (None,)
        if everybody is None:
            continue
        left = everybody.n
        for row in groups:
            assert row.n == sum(row.counts) >= least
            left -= row.n
        assert not groups or left == 0 or left >= least
    shown = {group.who for group in made.groups[1:]}
    assert all(row.who in shown for one in made.questions for row in one.rows[1:])


@settings(max_examples=20, deadline=None)
@given(teams())
def test_a_role_that_is_hidden_is_not_even_named(respondents: list[Assessment]) -> None:
    made = build_report(AssessedTeam(BANK, respondents))
    if made.views is None or len(respondents) < LEAST_GROUP:  # of two people nothing is hidden
        return
    asks_of_all = {"prompt"}  # words that are the same whoever answered
    text = made.views.model_dump_json(exclude={"talk": {"__all__": asks_of_all}, "questions": {"__all__": asks_of_all}})
    text = text.casefold()
    named = {"peer-worker": "peer worker", "team-member": "team member", "service-manager": "service manager"}
    counts = {role: sum(one.respondent.role == role for one in respondents) for role in ROLES if role}
    assert not [words for role, words in named.items() if counts[role] < 5 and words in text]
