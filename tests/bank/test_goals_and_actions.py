"""Goals, what to keep, and actions of the shipped bank: each step has its own, and Peer Workers are in on them."""

import re

import pytest

from tests.bank.ladder import named, of_each_question
from tests.bank.raw_bank import (
    OPTIONS,
    PEER_WORKER,
    PLANNING,
    PROFILES,
    QUESTIONS,
    Part,
    asked,
    level_texts,
    owner,
    planning_only,
)
from tests.bank.test_ladder import PAPER

ACTIONS = [(question, action) for question in QUESTIONS for action in question["actions"]]
SHORTFALL = re.compile(r"\b(not yet|lacks?|missing|fails?|falls? short|too (few|little))\b", re.IGNORECASE)

# --- goals, and what to keep ---


@of_each_question()
def test_each_step_has_a_goal_that_says_what_to_reach(question: Part) -> None:
    assert len(set(question["goal"])) == 4
    assert [goal for goal in question["goal"] if SHORTFALL.search(goal) or PAPER.search(goal)] == []
    assert not {*question["goal"]} & {*level_texts(question)}


@of_each_question()
def test_what_to_keep_is_not_the_top_level_again(question: Part) -> None:
    keep, top = (set(re.findall(r"[a-z’]{4,}", text.lower())) for text in (question["keep"], level_texts(question)[-1]))
    assert len(keep & top) <= len(keep) / 2


# --- actions ---


@of_each_question()
def test_each_step_has_an_action_and_there_are_few(question: Part) -> None:
    steps = [action["to"] for action in question["actions"]]
    assert set(steps) == {1, 2, 3, 4}
    assert len(steps) <= 5
    assert steps == sorted(steps)


def test_each_action_has_an_id_and_a_title_of_its_own() -> None:
    for field in ("id", "title"):
        found = [action[field] for _, action in ACTIONS]
        assert len(found) == len(set(found))
    assert [action["id"] for question, action in ACTIONS if not action["id"].startswith(f"{question['id']}-")] == []
    assert [action["title"] for _, action in ACTIONS if len(action["title"]) > 65] == []


@pytest.mark.parametrize("setting", OPTIONS["setting"])
@pytest.mark.parametrize("stage", OPTIONS["stage"])
def test_at_most_half_of_the_actions_are_the_service_managers(setting: str, stage: str) -> None:
    profile = {"setting": setting, "stage": stage, "employment": "both", "culturally-specific": "yes"}
    owners = [owner(action, setting) for question in asked(profile) for action in question["actions"]]
    assert owners.count("Service manager") <= len(owners) / 2
    if stage != PLANNING:
        assert owners.count("A Peer Worker who wants to") >= len(owners) / 10


@pytest.mark.parametrize("profile", PROFILES, ids=named)
def test_peer_workers_are_in_on_a_third_of_the_actions(profile: dict[str, str]) -> None:
    actions = [action for question in asked(profile) for action in question["actions"]]
    assert sum(action.get("with") == [PEER_WORKER] for action in actions) >= len(actions) / 3


def test_an_owner_by_setting_names_known_settings_and_the_rest() -> None:
    for _, action in ACTIONS:
        if not isinstance(action["owner"], str):
            assert {"other"} < {*action["owner"]} <= {*OPTIONS["setting"]}


def test_no_small_charity_is_told_to_ask_an_hr_lead() -> None:
    for setting in ("voluntary", "other"):
        owners = {owner(action, setting) for _, action in ACTIONS}
        assert [name for name in owners if re.search(r"\b(HR|[Dd]irector)\b", name)] == []


def test_a_peer_worker_who_leads_is_in_on_it_in_work_time() -> None:
    for _, action in ACTIONS:
        if action["owner"] == "A Peer Worker who wants to":
            assert action["with"] == [PEER_WORKER]
            assert re.search(r"in work time|costs are paid", action["detail"]), action["id"]


def test_the_last_step_is_to_ask_peer_workers_and_to_do_or_answer() -> None:
    for question, action in ACTIONS:
        if action["to"] == 4:
            assert action["with"] == [PEER_WORKER], action["id"]
            said = action["detail"]
            assert re.search(r"why not|or say|[Aa]nswer|as they say|bring back", said), action["id"]
            if planning_only(question):
                assert re.search(r"\b([Pp]ay|paid)\b", said), action["id"]
