from collections.abc import Mapping
from itertools import product

import pytest

from readiness.bank.fields import holds
from readiness.bank.load import load_bank
from readiness.bank.model import Bank
from readiness.resources import DEFAULT_BANK, QUESTIONS
from readiness.scoring.score import standings
from tests.conftest import assessment

BANK = load_bank(QUESTIONS / DEFAULT_BANK)
OPTIONS = {entry.id: tuple(option.id for option in entry.options) for entry in BANK.profile}
PROFILES = [dict(zip(OPTIONS, values, strict=True)) for values in product(*OPTIONS.values())]

# The research briefing's own list, by its five headings.
FINDINGS = {
    "distinctiveness": {
        "trust-through-shared-experience",
        "hope-and-engagement",
        "experiential-knowledge-valued",
        "shared-understanding",
        "generic-tasks",
        "pay-parity",
        "career-progression",
    },
    "structures": {
        "critical-mass",
        "managers-at-all-levels",
        "strategic-fit",
        "flexible-policies",
        "role-bent-to-structure",
    },
    "culture": {"culture-challenge", "sharing-training", "personal-boundaries", "lived-experience-culture"},
    "identity": {
        "which-peers",
        "peer-identity",
        "over-formalisation",
        "formalisation-culturally-specific",
        "language",
    },
    "support": {
        "one-to-one-support",
        "task-management",
        "wellbeing-support",
        "supportive-team",
        "clinical-response",
        "peer-to-peer-support",
    },
}
BARRIERS = {
    "generic-tasks",
    "role-bent-to-structure",
    "over-formalisation",
    "formalisation-culturally-specific",
    "language",
    "clinical-response",
}
KEY = {"critical-mass", "managers-at-all-levels", "strategic-fit", "flexible-policies"}

# Asked about what Peer Workers in post meet; before anyone is, its twin asks what has been prepared.
IN_POST = {
    "trust-through-shared-experience": "trust-through-shared-experience-planned",
    "hope-and-engagement": "hope-and-engagement-planned",
    "experiential-knowledge-valued": "experiential-knowledge-valued-planned",
    "generic-tasks": "generic-tasks-planned",
    "critical-mass": "critical-mass-planned",
    "managers-at-all-levels": "managers-at-all-levels-planned",
    "culture-challenge": "culture-challenge-planned",
    "sharing-training": "sharing-training-planned",
    "personal-boundaries": "personal-boundaries-planned",
    "peer-identity": "peer-identity-planned",
    "one-to-one-support": "one-to-one-support-planned",
    "task-management": "task-management-planned",
    "wellbeing-support": "wellbeing-support-planned",
    "supportive-team": "team-prepared",
    "clinical-response": "clinical-response-planned",
    "peer-to-peer-support": "peer-to-peer-support-planned",
}


def named(profile: Mapping[str, str]) -> str:
    return "-".join(profile.values())


def asked(bank: Bank, profile: Mapping[str, str]) -> set[str]:
    return {question.id for question in bank.asked(profile)}


def test_the_27_findings_stand_in_their_five_domains() -> None:
    assert sum(len(names) for names in FINDINGS.values()) == 27
    assert len(BANK.findings) == 27
    assert {
        domain.id: {finding.id for finding in BANK.findings if finding.domain == domain.id} for domain in BANK.domains
    } == FINDINGS


def test_the_findings_that_hinder_are_barriers_and_those_the_research_calls_key_are_key() -> None:
    assert {finding.id for finding in BANK.findings if finding.kind == "barrier"} == BARRIERS
    assert {finding.id for finding in BANK.findings if finding.key} == KEY


def test_every_finding_has_a_question() -> None:
    assert {name for question in BANK.questions for name in question.findings} == set().union(*FINDINGS.values())


def test_each_question_has_five_levels_and_each_step_an_action() -> None:
    assert len(BANK.questions) == 28 + len(IN_POST)
    for question in BANK.questions:
        assert [level.value for level in question.levels] == [0, 1, 2, 3, 4], question.id
        assert all(question.actions_to(level) for level in question.levels[1:]), question.id


def test_every_question_says_whom_to_ask_what_would_show_it_and_what_to_keep() -> None:
    for question in BANK.questions:
        assert question.label, question.id
        assert question.help, question.id
        assert question.who_knows, question.id
        assert question.evidence, question.id
        assert question.keep, question.id


def test_every_question_stands_in_the_domain_of_its_findings() -> None:
    for question in BANK.questions:
        assert {BANK.finding_by_id[name].domain for name in question.findings} == {question.domain}, question.id


@pytest.mark.parametrize("profile", PROFILES, ids=named)
def test_every_service_is_asked_26_to_28_questions_in_every_domain_and_on_every_finding_that_it_can_meet(
    profile: dict[str, str],
) -> None:
    questions = BANK.asked(profile)
    assert 26 <= len(questions) <= 28
    assert {question.domain for question in questions} == set(FINDINGS)
    missing = set().union(*FINDINGS.values()) - {name for question in questions for name in question.findings}
    assert missing == (set() if profile["culturally-specific"] == "yes" else {"formalisation-culturally-specific"})


def test_every_question_and_every_wording_is_for_some_service() -> None:
    assert set().union(*(asked(BANK, profile) for profile in PROFILES)) == {question.id for question in BANK.questions}
    for question in BANK.questions:
        for wording in question.wording:
            when = {key: values for key, values in wording.when.items() if key != "role"}
            fits = [profile for profile in PROFILES if holds(when, profile) and holds(question.when, profile)]
            assert fits, question.id


@pytest.mark.parametrize("profile", PROFILES, ids=named)
def test_a_service_is_asked_what_is_in_post_or_what_is_prepared_never_both(profile: dict[str, str]) -> None:
    in_post, prepared = set(IN_POST), set(IN_POST.values())
    assert asked(BANK, profile) & (in_post | prepared) == (prepared if profile["stage"] == "planning" else in_post)


@pytest.mark.parametrize("profile", PROFILES, ids=named)
def test_pay_is_asked_about_where_someone_is_paid_and_a_fair_offer_where_someone_is_not(
    profile: dict[str, str],
) -> None:
    expected = {"paid": {"pay-parity"}, "unpaid": {"fair-offer"}, "both": {"pay-parity", "fair-offer"}}
    assert asked(BANK, profile) & {"pay-parity", "fair-offer"} == expected[profile["employment"]]


@pytest.mark.parametrize("profile", PROFILES, ids=named)
def test_the_questions_on_key_findings_are_the_gates(profile: dict[str, str]) -> None:
    questions = BANK.asked(profile)
    gates = {name for question in questions if question.minimum is not None for name in question.findings}
    assert gates == KEY
    assert all(question.minimum is not None for question in questions if KEY & set(question.findings))


def test_only_the_top_band_waits_for_the_gates() -> None:
    assert [bool(band.gated) for band in BANK.bands] == [False] * (len(BANK.bands) - 1) + [True]


def test_every_finding_cites_a_source_that_can_be_looked_up() -> None:
    for source in BANK.sources:
        assert source.citation
        assert source.url


def test_a_wording_for_a_role_has_a_level_for_each_of_the_question() -> None:
    for question in BANK.questions:
        for wording in question.wording:
            assert len(wording.levels or question.levels) == len(question.levels), question.id


def test_every_step_up_has_a_goal_that_is_not_what_the_level_says() -> None:
    for question in BANK.questions:
        goals = [question.goal_of(at) for at in range(1, len(question.levels))]
        assert not {*goals} & {level.text for level in question.levels}, question.id


def test_the_top_band_alone_needs_a_peer_worker_as_soon_as_one_is_in_post() -> None:
    *lower, top = BANK.bands
    assert not any(band.voices for band in lower)
    for profile in PROFILES:
        assert top.voices_needed(profile) == (() if profile["stage"] == "planning" else ("peer-worker",))


@pytest.mark.parametrize("profile", PROFILES, ids=named)
def test_every_service_can_reach_each_band_and_know_enough_even_if_all_is_set_aside_that_may_be(
    profile: dict[str, str],
) -> None:
    questions = BANK.asked(profile)
    best: dict[str, object] = {one.id: one.levels[-1].value for one in questions}
    needed = {one.id: one.levels[-1].value if one.always else "n/a: not here" for one in questions}
    for answers in (best, needed):
        found = standings(BANK, [assessment(BANK, answers, profile, role="peer-worker")]).score()
        assert not found.too_little_known
        assert found.band is not None
        assert found.band.id == BANK.bands[-1].id


def test_the_gates_always_apply() -> None:
    assert all(question.always for question in BANK.questions if question.minimum is not None)
