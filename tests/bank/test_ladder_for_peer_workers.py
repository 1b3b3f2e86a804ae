"""Peer Workers read the shipped questions as their own: in the first person, and true at every stage."""

import re

import pytest

from tests.bank.ladder import named, of_each_question, own_words
from tests.bank.raw_bank import (
    OPTIONS,
    PEER_WORKER,
    PLANNING,
    PROFILES,
    QUESTIONS,
    ROLES,
    Part,
    every_level,
    level_texts,
    planning_only,
    texts,
    worded,
)

EVERY_STAGE = [question for question in QUESTIONS if "stage" not in (question.get("when") or {})]

FIRST_PERSON = re.compile(r"\b(I|me|my|mine|we|us|our)\b")

ONE_SPEAKING = re.compile(r"\b(I|me|my|mine)\b")

STILL_TO_COME = re.compile(r"\byet\b|\bthought about\b|\bnot (been )?decided\b|\bundecided\b", re.IGNORECASE)

# What they have of their own: those asked while nobody is in post are from elsewhere, and have nothing here.
OF_THOSE_IN_POST = re.compile(r"\bPeer Workers say that [^.]*\b(them|their)\b")

# An idiom, and a "they" that could be the Peer Workers.
NOT_PLAIN = re.compile(r"\bhang(s|ing)? on\b|\bif they (left|leave)\b", re.IGNORECASE)


@of_each_question()
def test_peer_workers_in_post_read_each_question_in_the_first_person(question: Part) -> None:
    if planning_only(question):
        return
    own = own_words(question)
    assert set(own["when"]["role"]) == {PEER_WORKER}
    assert PLANNING not in own["when"].get("stage", ["introducing", "established"])
    assert own["text"] != question["text"]
    assert own["help"]
    told = " We were asked in the past year. If we wanted a change, it was made or we heard why not."
    assert own["levels"][-1].endswith(told)
    assert " and we say that " in own["levels"][-1].removesuffix(told)
    assert [text for text in own["levels"] if ONE_SPEAKING.search(text)] == []
    assert sum(bool(FIRST_PERSON.search(text)) for text in own["levels"]) >= 1
    assert [text for text in level_texts(question) if ONE_SPEAKING.search(text)] == []


@of_each_question()
def test_what_peer_workers_read_does_not_speak_of_them_as_others(question: Part) -> None:
    if not planning_only(question):
        others = re.compile("Peer Workers say|We asked")
        assert [text for text in own_words(question)["levels"] if others.search(text)] == []


@of_each_question()
def test_levels_have_other_words_for_a_role_only(question: Part) -> None:
    for wording in question.get("wording", []):
        assert "levels" not in wording or "role" in wording["when"]
        assert set(wording["when"]) <= {*OPTIONS, "role"}
        assert set(wording["when"].get("role", [])) <= {*ROLES}


@pytest.mark.parametrize("question", EVERY_STAGE, ids=named)
def test_what_is_asked_at_every_stage_says_in_planning_who_the_peer_workers_of_the_top_are(question: Part) -> None:
    said = " In the fifth answer, Peer Workers are from elsewhere."
    for profile in PROFILES:
        shown = [worded(question, {**profile, "role": role})["help"] for role in ROLES]
        assert {text.endswith(said) for text in shown} == {profile["stage"] == PLANNING}


@pytest.mark.parametrize("question", EVERY_STAGE, ids=named)
def test_levels_that_serve_every_stage_are_true_in_each(question: Part) -> None:
    assert [text for text in every_level(question) if STILL_TO_COME.search(text)] == []
    assert not OF_THOSE_IN_POST.search(level_texts(question)[-1])


@of_each_question()
def test_who_leaves_and_what_it_depends_on_are_said_plainly(question: Part) -> None:
    assert [text for text in texts(question) if NOT_PLAIN.search(text)] == []


@pytest.mark.parametrize("question", [each for each in QUESTIONS if not planning_only(each)], ids=named)
def test_peer_workers_are_among_those_who_know(question: Part) -> None:
    assert "Peer Workers" in question["who_knows"]
