from pathlib import Path

import pytest

from readiness.bank.model import Bank
from readiness.scoring.explain import explain, minimum_in_words, reached_band
from readiness.scoring.score import score
from tests.conftest import assessment
from tests.small import small_bank

QUESTIONS = "[{id: a, weight: 8}, {id: g, label: Gate, minimum: 2}, {id: h, label: Door, minimum: 3}]"


def explained(bank: Bank, **answers: object) -> tuple[str, ...]:
    return explain(bank, score(bank, [assessment(bank, answers)]))


NOTHING = "Nothing is scored yet. Answer at least one question with a level."
LOW = "out of 100. “Band low” starts at 0, “Band middle” at 50."
MIDDLE = "out of 100. “Band middle” starts at 50, “Band top” at 80."
TOP = "out of 100. “Band top” starts at 80."
PROVISIONAL = "The band is provisional: what is not known could change it."


@pytest.mark.parametrize(
    ("answers", "sentences"),
    [
        ({}, [NOTHING]),
        ({"a": "unknown", "g": "n/a: why"}, [NOTHING]),
        ({"a": 4, "g": 4, "h": 4}, [f"The score is 100 {TOP}"]),
        ({"a": 2, "g": 2, "h": 3}, [f"The score is 52.5 {MIDDLE}"]),
        (
            {"a": 2, "g": 1, "h": 4},
            [f"The score is 52.5 {MIDDLE}", "“Band top” will also need: “Gate”."],
        ),
        (
            {"a": 1, "g": 1, "h": 2},
            [f"The score is 27.5 {LOW}", "“Band top” will also need: “Gate” and “Door”."],
        ),
        (
            {"a": 4, "g": 1, "h": 4},
            [f"The score is 92.5 {TOP}", "“Band top” is held back until this is in place: “Gate”."],
        ),
        (
            {"a": 4, "g": 1, "h": 2},
            [f"The score is 87.5 {TOP}", "“Band top” is held back until these are in place: “Gate” and “Door”."],
        ),
        (
            {"a": 4, "g": 4, "h": "unknown"},
            [
                f"The score is 100 {TOP}",
                "“Band top” is held back until this is in place: “Door”.",
                "1 answer is not known, so the score could be anywhere from 90 to 100.",
                PROVISIONAL,
            ],
        ),
        (
            {"g": 2, "h": "unknown"},
            [
                f"The score is 50 {MIDDLE}",
                "“Band top” will also need: “Door”.",
                "1 answer is not known and 1 question is not answered, so the score could be anywhere from 5 to 95.",
                PROVISIONAL,
            ],
        ),
        (
            {"a": 0},
            [
                f"The score is 0 {LOW}",
                "“Band top” will also need: “Gate” and “Door”.",
                "2 questions are not answered, so the score could be anywhere from 0 to 20.",
            ],
        ),
        (
            {"a": 0, "g": "unknown", "h": "unknown"},
            [
                f"The score is 0 {LOW}",
                "“Band top” will also need: “Gate” and “Door”.",
                "2 answers are not known, so the score could be anywhere from 0 to 20.",
            ],
        ),
    ],
)
def test_the_sentences_say_what_was_reached_what_holds_it_and_what_is_open(
    tmp_path: Path, answers: dict[str, object], sentences: list[str]
) -> None:
    assert list(explained(small_bank(tmp_path, QUESTIONS), **answers)) == sentences


def test_no_band_that_was_passed_already_is_said_to_need_something(tmp_path: Path) -> None:
    bands = "[{id: low, from: 0}, {id: middle, from: 50, gated: true}, {id: top, from: 80}]"
    assert explained(small_bank(tmp_path, QUESTIONS, bands=bands), a=4, g=1, h=4) == (f"The score is 92.5 {TOP}",)


@pytest.mark.parametrize(("value", "reached"), [(0, "low"), (0.123, "top"), (1, "top")])
def test_the_band_reached_is_exact(tmp_path: Path, value: float, reached: str) -> None:
    bank = small_bank(tmp_path, "[{id: a, values: [0, 0.123, 1]}]", bands="[{id: low, from: 0}, {id: top, from: 12.3}]")
    assert reached_band(bank, score(bank, [assessment(bank, {"a": value})])).id == reached


def test_with_nothing_scored_the_lowest_band_is_what_is_reached(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, QUESTIONS)
    assert reached_band(bank, score(bank, [assessment(bank, {})])).id == "low"


def test_a_gate_asks_for_the_level_at_its_minimum(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, QUESTIONS)
    assert [minimum_in_words(bank, name) for name in ("a", "g", "h")] == ["", "Level 2", "Level 3"]


def test_a_score_rounded_up_to_a_band_it_has_not_reached_is_said_to_be_just_under(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, values: [0, 49.96, 100]}]")
    first, *_ = explained(bank, a=49.96)
    assert first == f"The score is just under 50 {LOW}"
