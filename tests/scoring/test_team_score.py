"""The score of several respondents: how far they agree, and what each role says that may be shown."""

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pytest

from readiness.assessment.model import Assessment, Respondent
from readiness.bank.model import Bank
from readiness.scoring.agreement import cronbach_alpha, r_wg_j
from readiness.scoring.by_role import voices
from readiness.scoring.rounding import measured, shown
from readiness.scoring.score import standings
from readiness.scoring.team_score import voice_score
from readiness.team import AssessedTeam
from tests.conftest import assessment
from tests.small import LITTLE, spelled_out

QUESTIONS = "[{id: q}, {id: r, values: [0, 0.25, 1]}, {id: s, domain: e}]"
DOMAINS = "{d: 1, e: 2}"
BANK = Bank.model_validate_json(json.dumps(spelled_out(QUESTIONS, DOMAINS, enough=LITTLE)))


def people(*answers: Mapping[str, object], role: str | None = None, agreed: bool = False) -> list[Assessment]:
    respondent = Respondent(role=role, shown_alone=True if agreed else None)
    return [assessment(BANK, one).model_copy(update={"respondent": respondent}) for one in answers]


def scored(respondents: Sequence[Assessment], least: int = 5) -> dict[str, Any]:
    """Return what ``readiness score --format json`` prints."""
    found: dict[str, Any] = json.loads(
        AssessedTeam(BANK, respondents, min_group=least).score.model_dump_json(by_alias=True)
    )
    return found


def question(found: Mapping[str, Any], name: str) -> Any:
    return next(one for one in found["questions"] if one["id"] == name)


def counts(distribution: Sequence[Mapping[str, Any]]) -> list[int]:
    return [one["n"] for one in distribution]


def roles_shown(found: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the roles that are shown, each with the questions that it is shown at."""
    return {role["role"]: [one["id"] for one in role["questions"]] for role in found["roles"]}


# --- agreement ---


def test_one_respondent_has_nobody_to_agree_with() -> None:
    found = scored(people({"q": 2}, role="peer-worker"))
    assert all(one["agreement"] is None for one in (*found["questions"], *found["domains"]))
    assert found["roles"] == []


@pytest.mark.parametrize(
    ("count", "begins"),
    [(1, "None"), (2, "Two people answered, so"), (3, "Score files of this team that are one person")],
)
def test_a_file_of_several_people_warns_of_what_it_can_tell_beyond_what_it_says(count: int, begins: str) -> None:
    assert str(scored(people(*[{"q": 2}] * count))["warning"]).startswith(begins)


def test_all_else_is_the_score_as_ever() -> None:
    answers = people({"q": 2, "r": 1}, {"q": 3}, {"q": 4, "s": "unknown"}, role="peer-worker")
    with_agreement, without = AssessedTeam(BANK, answers).score, standings(BANK, answers).score()
    for name in set(type(without).model_fields) - {"domains", "questions", "roles", "warning"}:
        assert getattr(with_agreement, name) == getattr(without, name)


def test_agreement_says_how_answers_spread_over_the_levels() -> None:
    found = question(scored(people({"q": 2}, {"q": 2}, {"q": 3}, {"q": 4}, {"q": "unknown"})), "q")["agreement"]
    assert found["n"] == 4
    assert found["distribution"] == [
        {"value": value, "n": n} for value, n in zip(range(5), [0, 0, 2, 1, 1], strict=True)
    ]
    assert (found["mean"], found["ad"]) == (2.75, 0.75)
    assert (found["sd"], found["r_wg"]) == (0.957, 0.542)


def test_uneven_levels_count_as_steps() -> None:
    # Worth 0, 0.25 and 1: two at the bottom and two at the top are two steps apart, whatever that is worth.
    found = question(scored(people({"r": 0}, {"r": 0}, {"r": 1}, {"r": 1})), "r")["agreement"]
    assert [one["value"] for one in found["distribution"]] == [0, 0.25, 1]
    assert (found["mean"], found["ad"], found["r_wg"]) == (1, 1, 0)


NOT_TOLD = {"distribution": None, "mean": None, "sd": None, "r_wg": None, "ad": None}


@pytest.mark.parametrize("answers", [[], [{"q": 2}], [{"q": 2}, {"q": 4}]])
def test_of_a_question_that_is_not_known_only_the_number_of_answers_is_said(answers: list[dict[str, object]]) -> None:
    found = question(scored(people(*answers, {"q": "unknown"}, {"s": 1})), "q")["agreement"]
    assert found == {"n": len(answers), **NOT_TOLD}


def test_of_a_question_that_most_set_aside_it_is_not_said_what_the_others_answered() -> None:
    aside: list[dict[str, object]] = [{"q": "n/a: why"}] * 4
    found = question(scored(people({"q": 1}, {"q": 2}, {"q": 4}, *aside)), "q")
    assert (found["state"], found["agreement"]) == ("not_applicable", {"n": 3, **NOT_TOLD})


def test_of_two_people_it_is_told_what_both_said_but_not_how_far_they_agree() -> None:
    found = question(scored(people({"q": 2}, {"q": 4})), "q")["agreement"]
    assert (found["n"], counts(found["distribution"])) == (2, [0, 0, 1, 0, 1])
    assert {found[name] for name in ("mean", "sd", "r_wg", "ad")} == {None}


def test_of_three_people_it_is_told_how_far_they_agree() -> None:
    found = question(scored(people({"q": 2}, {"q": 3}, {"q": 4})), "q")["agreement"]
    assert (found["mean"], found["sd"]) == (3, 1)
    assert None not in (found["r_wg"], found["ad"])


def test_a_domain_stands_on_questions_that_are_known() -> None:
    rows: list[dict[str, object]] = [{"q": 1, "r": 0}, {"q": 2, "r": 0.25}, {"q": 4, "r": 1}, {"s": 1}, {"s": 2}]
    first, second = (one["agreement"] for one in scored(people(*rows))["domains"])
    assert first["questions"] == 2
    assert first["r_wg_j"] == measured(r_wg_j([[1, 2, 4], [0, 1, 2]], [5, 3]))
    assert first["alpha"] is None, "two of the five gave neither"
    whole = scored(people(*rows[:3]))["domains"][0]["agreement"]
    assert whole["alpha"] == measured(cronbach_alpha([[0.25, 0], [0.5, 0.25], [1, 1]]))
    assert second == {"questions": 0, "r_wg_j": None, "alpha": None}


def test_alpha_is_not_told_if_somebody_left_a_question_out() -> None:
    rows: list[dict[str, object]] = [{"q": at, "r": 0.25, "s": 1} for at in (0, 1, 2, 3, 4)]
    others = people(*rows, role="team-member")
    whole = people(*rows, role="peer-worker")
    assert scored([*others, *whole])["domains"][0]["agreement"]["alpha"] is not None
    left_out = people(*rows[:4], {"q": 4}, role="peer-worker")
    found = scored([*others, *left_out])
    assert roles_shown(found)
    assert found["domains"][0]["agreement"]["alpha"] is None
    assert found["domains"][0]["agreement"]["r_wg_j"] is not None
    assert found["domains"][1]["agreement"]["questions"] == 1
    unnamed = people(*rows, *rows[:4], {"q": 4})
    assert scored(unnamed)["domains"][0]["agreement"]["alpha"] is None, "roles may be said later"


# --- roles ---


def test_roles_of_enough_people_are_shown_with_scores_of_what_is_shown() -> None:
    peers = people(*[{"q": 0, "s": 4}] * 5, role="Peer Workers")
    others = people(*[{"q": 4, "r": 1, "s": 4}] * 5, role="team-member")
    first, second = scored([*peers, *others])["roles"]
    assert (first["role"], first["n"]) == ("peer-workers", 5)  # the bank has no roles: they are in order of name
    assert (second["role"], second["n"], second["score"]) == ("team-member", 5, 100)
    assert first["domains"] == [{"id": "d", "score": 0, "questions": 1}, {"id": "e", "score": 100, "questions": 1}]
    assert first["score"] == shown(Fraction(200, 3))
    assert [one["id"] for one in first["questions"]] == ["q", "s"]
    assert first["questions"][0] | {"distribution": []} == {"id": "q", "n": 5, "value": 0, "distribution": []}
    assert counts(first["questions"][0]["distribution"]) == [5, 0, 0, 0, 0]


def test_roles_are_grouped_and_ordered_as_the_bank_has_them() -> None:
    data = spelled_out(QUESTIONS, DOMAINS, enough=LITTLE, roles="[team-member, peer-worker]")
    bank = Bank.model_validate_json(json.dumps(data))
    names = ["Peer Worker", "peer_workers", "peer-worker", *["team-members"] * 3]
    found = AssessedTeam(bank, [assessment(bank, {"q": 1}, role=name) for name in names], min_group=3).score
    assert [(role.role, role.n) for role in found.roles] == [("team-member", 3), ("peer-worker", 3)]


def test_everyone_else_is_a_group_where_one_role_alone_is_shown() -> None:
    answers = [*people(*[{"q": 1}] * 6, role="team-member"), *people(*[{"q": 3}] * 5)]
    heard = voices(standings(BANK, answers), answers)
    assert heard.others is not None
    assert (heard.others.role, heard.others.n, heard.rest) == (None, 5, 5)
    spread = heard.others.spreads["q"]
    assert (spread.question.id, spread.counts, spread.share) == ("q", (0, 0, 0, 5, 0), Fraction(3, 4))


def test_what_is_heard_follows_what_the_service_is_asked() -> None:
    when = "[{id: q}, {id: r, when: {stage: [late]}}]"
    bank = Bank.model_validate_json(json.dumps(spelled_out(when, profile="{stage: [early, late]}")))
    early = [assessment(bank, {"q": 1}, {"stage": "early"}) for _ in range(3)]
    heard = voices(standings(bank, early), early)
    assert [one.question.id for one in heard.questions] == ["q"]


def test_a_role_is_hidden_where_the_rest_would_give_a_smaller_one_away() -> None:
    many, few = people(*[{"q": 1}] * 8, role="team-member"), people(*[{"q": 4}] * 4, role="peer-worker")
    assert scored([*many, *few])["roles"] == []
    assert roles_shown(scored([*many, *few], least=3)) == {"peer-worker": ["q"], "team-member": ["q"]}


def test_a_small_role_is_shown_if_all_who_hold_it_agreed() -> None:
    many = people(*[{"q": 3, "s": 1}] * 8, role="team-member")
    both = people({"q": 0, "s": 4}, {"q": 1, "s": 4}, role="peer-worker", agreed=True)
    assert roles_shown(scored([*many, *both])) == {"peer-worker": ["q", "s"], "team-member": ["q", "s"]}
    one_refuses = [both[0], *people({"q": 1, "s": 4}, role="peer-worker")]
    assert roles_shown(scored([*many, *one_refuses])) == {}


def test_a_small_role_that_agreed_is_shown_rather_than_a_large_one_if_one_person_more_would_be_given_away() -> None:
    many = people(*[{"q": 3}] * 8, role="team-member")
    both = people(*[{"q": 0}] * 2, role="peer-worker", agreed=True)
    manager = people({"q": 4}, role="service-manager")
    assert roles_shown(scored([*many, *both, *manager])) == {"peer-worker": ["q"]}
    assert roles_shown(scored([*both, *manager])) == {}  # too few to be hidden among


def test_a_question_that_only_those_answered_who_agreed_does_not_show_a_role_that_did_not() -> None:
    many = people(*[{"q": 3, "s": 3}] * 8, role="team-member")
    some = [*people({"q": 0, "s": 1}, role="peer-worker", agreed=True), *people({"s": 1}, role="peer-worker")]
    rest = people(*[{"q": 2, "s": 2}] * 5)
    assert roles_shown(scored([*many, *some, *rest])) == {"team-member": ["q", "s"]}
    assert roles_shown(scored([*many, *some])) == {}
    large = [
        *people(*[{"s": 1}] * 4, role="peer-worker"),
        *people({"q": 0, "s": 1}, role="peer-worker", agreed=True),
    ]
    assert roles_shown(scored([*many, *large])) == {"peer-worker": ["s"], "team-member": ["s"]}


def test_people_without_a_role_count_among_those_left_over_and_agree_for_nobody() -> None:
    many = people(*[{"q": 1}] * 6, role="team-member")
    assert scored([*many, *people({"q": 2})])["roles"] == []
    assert scored([*many, *people({"q": 2}, agreed=True)])["roles"] == []
    assert [one["n"] for one in scored([*many, *people(*[{"q": 2}] * 5)])["roles"]] == [6]


def test_a_question_that_few_of_a_role_answered_is_not_shown_for_it() -> None:
    peers = people(*[{"q": 1, "s": 1}] * 2, *[{"q": "unknown", "s": 1}] * 4, role="peer-worker")
    others = people(*[{"q": 3, "s": 3}] * 6, role="team-member")
    # Eight answered q: six team members would give the two Peer Workers away.
    assert roles_shown(scored([*peers, *others])) == {"peer-worker": ["s"], "team-member": ["s"]}


def test_a_question_that_is_not_known_or_was_set_aside_is_shown_for_no_role() -> None:
    peers = people({"q": 1, "r": 1, "s": 1}, {"q": 1, "r": 1, "s": 1}, role="peer-worker", agreed=True)
    aside = people(*[{"r": "n/a: why", "s": 3}] * 6, role="team-member")
    found = scored([*peers, *aside])
    assert [one["state"] for one in found["questions"]] == ["unknown", "not_applicable", "answered"]
    assert roles_shown(found) == {"peer-worker": ["s"], "team-member": ["s"]}


def test_it_does_not_show_that_one_hidden_role_alone_is_left_over_for_a_question() -> None:
    large = people(*[{"q": 1, "s": 1}] * 8, role="team-member")
    small = people(*[{"q": 3, "s": 3}] * 6, role="peer-worker")
    few = people(*[{"s": 2}] * 2, role="service-manager")
    # At q, 14 − 8 are the six Peer Workers; for readers, six of the eight who are hidden.
    assert roles_shown(scored([*large, *small, *few])) == {"team-member": ["q", "s"]}


def test_if_one_of_two_roles_has_to_be_hidden_it_is_not_the_one_that_a_band_needs_to_hear() -> None:
    bands = "[{id: low, from: 0}, {id: top, from: 50, voices: [{role: peer-worker}]}]"
    data = spelled_out(QUESTIONS, DOMAINS, bands, enough=LITTLE, roles="[team-member, peer-worker, service-manager]")
    bank = Bank.model_validate_json(json.dumps(data))
    large = people(*[{"q": 1}] * 8, role="team-member")
    small = people(*[{"q": 3}] * 6, role="peer-worker")
    few = people(*[{"q": 2}] * 2, role="service-manager")
    found = AssessedTeam(bank, [*large, *small, *few]).score
    assert [role.role for role in found.roles] == ["peer-worker"]


def test_of_two_people_nothing_is_hidden() -> None:
    found = scored([*people({"q": 0, "s": 4}, role="peer-worker"), *people({"q": 4}, role="service-manager")])
    assert roles_shown(found) == {"peer-worker": ["q"], "service-manager": ["q"]}
    assert [counts(role["questions"][0]["distribution"]) for role in found["roles"]] == [
        [1, 0, 0, 0, 0],
        [0, 0, 0, 0, 1],
    ]
    assert [role["role"] for role in scored(people({"q": 0}, {"q": 4}, role="peer-worker"))["roles"]] == ["peer-worker"]


def test_a_level_that_the_bank_no_longer_has_counts_for_nobody() -> None:
    found = scored(people({"q": 9}, {"q": 1}, {"q": 1}, {"q": 2}, role="peer-worker"))
    assert question(found, "q")["agreement"]["n"] == 3


def test_below_three_no_group_can_be_asked_for() -> None:
    with pytest.raises(ValueError, match="at least 3"):
        scored(people({"q": 1}, {"q": 2}), least=2)


# --- everyone else ---


def test_voices_count_who_is_in_no_role_that_is_shown() -> None:
    answers = [*people(*[{"q": 1}] * 6, role="team-member"), *people(*[{"q": 2}] * 5)]
    said = voices(standings(BANK, answers), answers)
    assert (said.respondents, said.rest) == (11, 5)
    assert said.others is not None
    assert said.others.spreads["q"].counts == (0, 0, 5, 0, 0)
    assert (said.name(said.roles[0]), said.name(said.others)) == ("people with the role “team member”", "everyone else")
    assert voices(standings(BANK, answers[:6]), answers[:6]).others is None


def test_everyone_else_is_told_only_where_the_one_role_is_shown_and_somebody_else_answered() -> None:
    shown_role = people(*[{"q": 1, "r": 1, "s": 1}] * 6, role="team-member")
    answers = [*shown_role, *people(*[{"q": 2, "s": 2}] * 3), *people(*[{"q": 2}] * 2)]
    said = voices(standings(BANK, answers), answers)
    assert said.others is not None
    assert {*said.roles[0].spreads} == {"q", "r"}  # at s, only three others answered
    assert {*said.others.spreads} == {"q"}  # at r, nobody else did


def test_a_role_scores_by_what_is_shown_of_it_and_too_little_of_that_is_no_score() -> None:
    data = spelled_out("[{id: q}, {id: r}, {id: s}]")
    bank = Bank.model_validate_json(json.dumps(data))
    answers = [
        *[assessment(bank, {"q": 4, "r": 0, "s": 0}, role="team-member") for _ in range(5)],
        *[assessment(bank, {"q": 0, "r": 0}, role="peer-worker") for _ in range(5)],
        *[assessment(bank, {"s": 0}, role="peer-worker") for _ in range(2)],
    ]
    said = voices(standings(bank, answers), answers)
    peers, team = said.roles
    assert ({*peers.spreads}, {*team.spreads}) == ({"q", "r"}, {"q", "r"})
    assert voice_score(bank, answers[0].team, peers).overall.score == 0
    assert voice_score(bank, answers[0].team, team).overall.score == 50
    assert voice_score(bank, answers[0].team, team).coverage.people.not_known == 5, "all five at s, which is not shown"
    few = [
        *[assessment(bank, {"q": 4, "r": 4, "s": 4}, role="team-member") for _ in range(5)],
        *[assessment(bank, {"q": 0}, role="peer-worker") for _ in range(5)],
        *[assessment(bank, {"r": 0, "s": 0}, role="peer-worker") for _ in range(2)],
    ]
    assert roles_shown(json.loads(AssessedTeam(bank, few).score.model_dump_json())) == {
        "peer-worker": ["q"],
        "team-member": ["q"],
    }
    assert [role.score for role in AssessedTeam(bank, few).score.roles] == [None, None]
