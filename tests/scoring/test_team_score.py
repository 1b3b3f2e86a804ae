"""The score of several respondents: how far they agree, what each role says, and what nobody can find out."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.assessment.model import Assessment
from readiness.bank.model import Bank
from readiness.scoring.agreement import average_deviation, r_wg, r_wg_j, standard_deviation
from readiness.scoring.by_role import voices
from readiness.scoring.disclosure import LEAST_GROUP
from readiness.scoring.rounding import measured, shown
from readiness.scoring.score import score, standings
from readiness.team import AssessedTeam
from tests.conftest import assessment
from tests.small import small_bank, spelled_out

QUESTIONS = "[{id: q}, {id: r, values: [0, 0.25, 1]}, {id: s, domain: e}]"
DOMAINS = "{d: 1, e: 2}"
BANK = Bank.model_validate_json(json.dumps(spelled_out(QUESTIONS, DOMAINS)))
LEVELS = {question.id: [level.value for level in question.levels] for question in BANK.questions}


def people(*answers: Mapping[str, object], role: str | None = None) -> list[Assessment]:
    return [assessment(BANK, one, role=role) for one in answers]


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


# --- what is there ---


def test_one_respondent_has_nobody_to_agree_with() -> None:
    found = scored(people({"q": 2}, role="peer-worker"))
    assert all(one["agreement"] is None for one in (*found["questions"], *found["domains"]))
    assert found["roles"] == []


def test_all_else_is_the_score_as_ever() -> None:
    answers = people({"q": 2, "r": 1}, {"q": 3}, {"q": 4, "s": "unknown"}, role="peer-worker")
    with_agreement, without = AssessedTeam(BANK, answers).score, score(BANK, answers)
    for name in ("overall", "band", "facilitators", "barriers", "coverage", "respondents"):
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


@pytest.mark.parametrize("answers", [[], [{"q": 2}], [{"q": 2}, {"q": 4}]])
def test_below_three_answers_only_their_number_is_said(answers: list[dict[str, object]]) -> None:
    found = question(scored(people(*answers, {"q": "unknown"}, {"s": 1})), "q")["agreement"]
    assert found == {"n": len(answers), "distribution": None, "mean": None, "sd": None, "r_wg": None, "ad": None}


def test_a_domain_stands_on_questions_that_three_answered() -> None:
    rows: list[dict[str, object]] = [{"q": 1, "r": 0}, {"q": 2, "r": 0.25}, {"q": 4, "r": 1}, {"s": 1}, {"s": 2}]
    first, second = (one["agreement"] for one in scored(people(*rows))["domains"])
    assert first["questions"] == 2
    assert first["r_wg_j"] == measured(r_wg_j([[1, 2, 4], [0, 1, 2]], [5, 3]))
    assert first["alpha"] > 0.9
    assert second == {"questions": 0, "r_wg_j": None, "alpha": None}


def test_roles_of_enough_people_are_shown_with_scores_of_what_is_shown() -> None:
    peers = people(*[{"q": 0, "s": 4}] * 5, role="Peer Workers")
    others = people(*[{"q": 4, "r": 1, "s": 4}] * 5, role="team-member")
    first, second = scored([*peers, *others])["roles"]
    assert (first["role"], first["n"], first["score"]) == ("team-member", 5, 100)
    assert (second["role"], second["n"]) == ("peer-worker", 5)
    assert second["domains"] == [{"id": "d", "score": 0, "questions": 1}, {"id": "e", "score": 100, "questions": 1}]
    assert second["score"] == shown(Fraction(200, 3))
    assert [one["id"] for one in second["questions"]] == ["q", "s"]
    assert second["questions"][0] | {"distribution": []} == {"id": "q", "n": 5, "value": 0, "distribution": []}
    assert counts(second["questions"][0]["distribution"]) == [5, 0, 0, 0, 0]


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
    assert [one["role"] for one in scored([*many, *few], least=3)["roles"]] == ["team-member", "peer-worker"]


def test_people_without_a_role_count_among_those_left_over() -> None:
    many = people(*[{"q": 1}] * 6, role="team-member")
    assert scored([*many, *people({"q": 2})])["roles"] == []
    assert [one["n"] for one in scored([*many, *people(*[{"q": 2}] * 5)])["roles"]] == [6]


def test_a_question_that_few_of_a_role_answered_is_not_shown_for_it() -> None:
    peers = people(*[{"q": 1, "s": 1}] * 2, *[{"q": "unknown", "s": 1}] * 4, role="peer-worker")
    others = people(*[{"q": 3, "s": 3}] * 6, role="team-member")
    first, second = scored([*peers, *others])["roles"]
    # Eight answered q: six team members would give the two Peer Workers away.
    assert [[one["id"] for one in role["questions"]] for role in (first, second)] == [["s"], ["s"]]


def test_a_hidden_role_that_alone_is_left_over_for_a_question_is_not_given_away() -> None:
    large = people(*[{"q": 1, "s": 1}] * 8, role="team-member")
    small = people(*[{"q": 3, "s": 3}] * 6, role="peer-worker")
    few = people(*[{"s": 2}] * 2, role="service-manager")
    [role] = scored([*large, *small, *few])["roles"]
    assert role["role"] == "team-member"
    assert [one["id"] for one in role["questions"]] == ["s"]  # at q, 14 − 8 would be the six Peer Workers


def test_a_level_that_the_bank_no_longer_has_counts_for_nobody() -> None:
    found = scored(people({"q": 9}, {"q": 1}, {"q": 1}, {"q": 2}, role="peer-worker"))
    assert question(found, "q")["agreement"]["n"] == 3


def test_below_three_no_group_can_be_asked_for() -> None:
    with pytest.raises(ValueError, match="at least 3"):
        scored(people({"q": 1}, {"q": 2}), least=2)


# --- what nobody can find out ---

ROLES = ("peer-worker", "team-member", "service-manager", "other", None)


@st.composite
def teams(draw: st.DrawFn) -> list[Assessment]:
    """Draw up to 24 people; roles come in lumps, so that groups of every size are met."""
    respondents = []
    for role in draw(st.permutations(ROLES)):
        for _ in range(draw(st.sampled_from([0, 1, 2, 4, 5, 6, 7]))):
            answers = {
                name: value
                for name, values in LEVELS.items()
                if (value := draw(st.sampled_from([None, *values, *values]))) is not None
            }
            respondents.append(assessment(BANK, answers, role=role))
    return respondents or people({"q": 1}, {"q": 2})


class Adversary:
    """Somebody who knows who answered what question in which role, has read all that is printed, and subtracts."""

    def __init__(self, found: Mapping[str, Any], respondents: Sequence[Assessment], name: str) -> None:
        self.sizes = Counter(
            one.respondent.role for one in respondents if (said := one.responses.get(name)) and said.level is not None
        )
        self.total = counts(question(found, name)["agreement"]["distribution"] or [])
        self.shown = {
            role["role"]: counts(one["distribution"])
            for role in found["roles"]
            for one in role["questions"]
            if one["id"] == name
        }
        left = list(self.total)
        for cell in self.shown.values():
            left = [all_ - some for all_, some in zip(left, cell, strict=True)]
        self.left = left

    @property
    def hidden(self) -> dict[str | None, int]:
        return {role: size for role, size in self.sizes.items() if role not in self.shown}

    def sums(self, size: int) -> tuple[int, int]:
        """Return the lowest and the highest that the levels of ``size`` of those left over can add up to."""
        positions = [at for at, count in enumerate(self.left) for _ in range(count)]
        return sum(positions[:size]), sum(positions[len(positions) - size :])


@settings(max_examples=120, deadline=None)
@given(teams(), st.integers(LEAST_GROUP, 6))
def test_who_subtracts_finds_no_hidden_group(respondents: list[Assessment], least: int) -> None:
    if len(respondents) == 1:
        return
    found = scored(respondents, least)
    for name in LEVELS:
        spy = Adversary(found, respondents, name)
        if not spy.total:
            assert spy.shown == {}  # nothing to subtract from, and nothing to subtract
            continue
        assert sum(spy.left) == sum(spy.hidden.values())
        assert all(sum(cell) >= least for cell in spy.shown.values())
        if not spy.shown:
            continue  # all there is to know is the total, which is always shown
        assert sum(spy.left) == 0 or sum(spy.left) >= least
        alike = sum(count > 0 for count in spy.left) == 1
        for size in spy.hidden.values():
            assert size < sum(spy.left) or None in spy.hidden
            if size < sum(spy.left) and not alike:
                low, high = spy.sums(size)
                assert low < high  # neither its sum, nor its mean, nor its distribution is known


@settings(max_examples=40, deadline=None)
@given(teams(), st.integers(LEAST_GROUP, 6))
def test_all_else_that_is_printed_follows_from_the_distributions(respondents: list[Assessment], least: int) -> None:
    if len(respondents) == 1:
        return
    found = scored(respondents, least)
    for one in found["questions"]:
        agreement = one["agreement"]
        if agreement["distribution"] is not None:
            said = [at for at, count in enumerate(counts(agreement["distribution"])) for _ in range(count)]
            options = len(agreement["distribution"])
            assert agreement["sd"] == measured(standard_deviation(said))
            assert agreement["r_wg"] == measured(r_wg(said, options))
            assert agreement["ad"] == measured(average_deviation(said))
    weights = {"d": 1, "e": 2}
    for role in found["roles"]:
        shares: dict[str, list[Fraction]] = {"d": [], "e": []}
        for one in role["questions"]:
            total = sum((Fraction(str(level["value"])) * level["n"] for level in one["distribution"]), Fraction(0))
            top = Fraction(one["distribution"][-1]["value"])
            shares["e" if one["id"] == "s" else "d"].append(total / one["n"] / top)
        means = {name: sum(values, Fraction(0)) / len(values) for name, values in shares.items() if values}
        assert [one["score"] for one in role["domains"]] == [
            shown(means[n] * 100 if n in means else None) for n in "de"
        ]
        whole = sum((weights[name] * mean for name, mean in means.items()), Fraction(0))
        expected = whole * 100 / sum(weights[name] for name in means) if means else None
        assert role["score"] == shown(expected)


def test_no_lowest_or_highest_of_a_group_is_printed(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, QUESTIONS, domains=DOMAINS)
    answers = [assessment(bank, {"q": 1}, role=role) for role in ROLES for _ in range(6)]
    [*roles] = json.loads(AssessedTeam(bank, answers).score.model_dump_json())["roles"]
    assert len(roles) == 4
    assert not [name for role in roles for name in role if name in {"low", "high", "min", "max"}]


def test_voices_count_who_is_in_no_role_that_is_shown() -> None:
    answers = [*people(*[{"q": 1}] * 6, role="team-member"), *people(*[{"q": 2}] * 5)]
    said = voices(standings(BANK, answers), answers)
    assert (said.respondents, said.rest) == (11, 5)
    assert said.others is not None
    assert said.others.spreads["q"].counts == (0, 0, 5, 0, 0)
    assert voices(standings(BANK, answers[:6]), answers[:6]).others is None
