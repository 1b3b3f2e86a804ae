"""Whether a bank asks each service something in every part, and how much is tried to prove it."""

import json
from itertools import islice, product
from pathlib import Path

import pytest

from readiness.errors import InputError
from tests.small import small_bank


def test_questions_that_between_them_reach_every_service_are_sound(tmp_path: Path) -> None:
    questions = """
        - {id: a, when: {stage: [early]}}
        - {id: b, when: {stage: [late], pay: [paid]}}
        - {id: c, when: {pay: [unpaid]}}
    """
    profile = "{stage: [early, late], pay: [paid, unpaid]}"
    assert len(small_bank(tmp_path, questions, profile=profile).questions) == 3


def test_a_domain_with_one_question_for_all_needs_no_proof(tmp_path: Path) -> None:
    questions = "[{id: a}, {id: b, when: {stage: [early]}}]"
    assert len(small_bank(tmp_path, questions, profile="{stage: [early, late]}").questions) == 2


def test_a_few_questions_can_depend_on_so_much_that_nobody_waits_for_the_proof(tmp_path: Path) -> None:
    keys = [f"k{at}" for at in range(16)]
    every = [dict(zip(keys, values, strict=True)) for values in islice(product("ab", repeat=16), 40)]
    questions = [{"id": f"q{at}", "when": {key: [value] for key, value in one.items()}} for at, one in enumerate(every)]
    refused = r"domain depend on 16 profile questions: too much to check\. Ask one of its questions always"
    with pytest.raises(InputError, match=refused):
        small_bank(tmp_path, json.dumps(questions), profile=json.dumps(dict.fromkeys(keys, ("a", "b"))))


def test_a_hundred_profile_questions_in_one_condition_are_refused_at_once(tmp_path: Path) -> None:
    keys = [f"k{at}" for at in range(100)]
    questions = [{"id": "q", "when": dict.fromkeys(keys, ("a",))}]
    with pytest.raises(InputError, match="depend on 100 profile questions"):
        small_bank(tmp_path, json.dumps(questions), profile=json.dumps(dict.fromkeys(keys, ("a", "b"))))


def test_domains_share_what_may_be_compared(tmp_path: Path) -> None:
    keys = [f"k{at}" for at in range(12)]
    questions = [{"id": f"q{at}", "domain": f"d{at}", "when": dict.fromkeys(keys, ("a", "b"))} for at in range(12)]
    domains, profile = {f"d{at}": 1 for at in range(12)}, dict.fromkeys(keys, ("a", "b"))
    with pytest.raises(InputError, match="too much to check") as refused:
        small_bank(tmp_path, json.dumps(questions), domains=json.dumps(domains), profile=json.dumps(profile))
    assert len(refused.value.problems) == 1
    domains = {f"d{at}": 1 for at in range(6)}
    fewer = small_bank(tmp_path, json.dumps(questions[:6]), domains=json.dumps(domains), profile=json.dumps(profile))
    assert len(fewer.domains) == 6
