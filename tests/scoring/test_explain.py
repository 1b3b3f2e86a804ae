"""Why a score and a band are what they are, in sentences: first what limits the result most."""

from pathlib import Path

import pytest

from readiness.bank.model import Bank
from readiness.scoring.explain import explain, minimum_in_words, reached_band
from readiness.scoring.score import standings
from tests.conftest import assessment
from tests.small import LITTLE, small_bank

QUESTIONS = "[{id: a, weight: 8}, {id: g, label: Gate, minimum: 2}, {id: h, label: Door, minimum: 3}]"


def explained(bank: Bank, **answers: object) -> tuple[str, ...]:
    return explain(bank, standings(bank, [assessment(bank, answers)]).score())


def too_little(known: int, of: int = 3) -> str:
    needs = "It takes 1 in 100 of what is asked, and 1 in 100 of each part."
    part = " Too little is known of “Domain d”." if known == 0 else ""
    return f"There is no score yet, as too little is known: {known} of {of} questions. {needs}{part}"


def aside(names: str, count: int = 1) -> str:
    what = "question was" if count == 1 else "questions were"
    return f"{count} {what} set aside as not applying here: {names}."


LOW = "out of 100. “Band low” starts at 0, “Band middle” at 50."
MIDDLE = "out of 100. “Band middle” starts at 50, “Band top” at 80."
TOP = "out of 100. “Band top” starts at 80."
HELD = "“Band top” is held back until this is in place:"
HELD_UNKNOWN = "“Band top” is held back until it is known that this is in place:"
PROVISIONAL = "The band is provisional: what is not known could change it."


def allowing(what: str, low: int, high: int) -> str:
    return f"{what}. Allowing for that, the score is from {low} to {high}."


@pytest.mark.parametrize(
    ("answers", "sentences"),
    [
        ({}, [too_little(0)]),
        ({"a": "unknown", "g": "n/a: why"}, [too_little(0), aside("“Gate”")]),
        (
            {"a": "n/a: why", "g": "n/a: why", "h": "n/a: why"},
            [too_little(0), aside("“Question a”, “Gate” and “Door”", 3)],
        ),
        ({"a": 4, "g": 4, "h": 4}, [f"The score is 100 {TOP}"]),
        ({"a": 2, "g": 2, "h": 3}, [f"The score is 53 {MIDDLE}"]),
        (
            {"a": 2, "g": 1, "h": 4},
            [f"The score is 53 {MIDDLE}", "“Band top” will also need: “Gate”."],
        ),
        (
            {"a": 1, "g": 1, "h": 2},
            [f"The score is 28 {LOW}", "“Band top” will also need: “Gate” and “Door”."],
        ),
        (
            {"a": 4, "g": 1, "h": 4},
            [f"The score is 93 {TOP}", "“Band top” is held back until this is in place: “Gate”."],
        ),
        (
            {"a": 4, "g": 1, "h": 2},
            [f"The score is 88 {TOP}", "“Band top” is held back until these are in place: “Gate” and “Door”."],
        ),
        (
            {"a": 4, "g": 4, "h": "unknown"},
            [
                f"The score is 100 {TOP}",
                "“Band top” is held back until it is known that this is in place: “Door”.",
                allowing("1 question is not known", 90, 100),
                PROVISIONAL,
            ],
        ),
        (
            {"a": 4, "g": 1, "h": "unknown"},
            [
                f"The score is 92 {TOP}",
                f"{HELD} “Gate”. {HELD_UNKNOWN} “Door”.",
                allowing("1 question is not known", 83, 93),
            ],
        ),
        (
            {"a": 4, "g": 4, "h": "n/a: why"},
            [
                f"The score is 100 {TOP}",
                "“Band top” is held back until it is known that this is in place: “Door”.",
                aside("“Door”"),
                PROVISIONAL,
            ],
        ),
        (
            {"g": 2, "h": "unknown"},
            [
                f"The score is 50 {MIDDLE}",
                "“Band top” will also need: “Door”.",
                allowing("1 question is not known and 1 question is not answered", 5, 95),
                PROVISIONAL,
            ],
        ),
        (
            {"a": 0},
            [
                f"The score is 0 {LOW}",
                "“Band top” will also need: “Gate” and “Door”.",
                allowing("2 questions are not answered", 0, 20),
            ],
        ),
        (
            {"a": 0, "g": "unknown", "h": "unknown"},
            [
                f"The score is 0 {LOW}",
                "“Band top” will also need: “Gate” and “Door”.",
                allowing("2 questions are not known", 0, 20),
            ],
        ),
    ],
)
def test_the_sentences_say_what_was_reached_what_holds_it_and_what_is_open(
    tmp_path: Path, answers: dict[str, object], sentences: list[str]
) -> None:
    assert list(explained(small_bank(tmp_path, QUESTIONS, enough=LITTLE), **answers)) == sentences


def test_with_too_little_known_it_says_how_much_it_takes_and_of_what_too_little_is(tmp_path: Path) -> None:
    bank = small_bank(
        tmp_path, "[{id: a}, {id: b}, {id: x, domain: e}, {id: y, domain: f}]", domains="{d: 1, e: 1, f: 1}"
    )
    first, *_ = explained(bank, a=4, b=2)
    assert first == (
        "There is no score yet, as too little is known: 2 of 4 questions. It takes 65 in 100 of what is asked, and 50 "
        "in 100 of each part. Too little is known of “Domain e” and “Domain f”."
    )


def test_with_enough_known_of_each_part_but_not_of_all_no_part_is_named(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]")
    assert explained(bank, a=4)[0] == (
        "There is no score yet, as too little is known: 1 of 2 questions. It takes 65 in 100 of what is asked, and 50 "
        "in 100 of each part."
    )


def test_a_range_that_nobody_sees_is_not_told(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, weight: 9999}, {id: b}]")
    assert explained(bank, a=1) == (f"The score is 25 {LOW}",)


def test_of_several_people_the_range_is_told_though_each_question_is_known(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    people = [assessment(bank, {"a": 4} if knows else {}) for knows in (True, True, True, False)]
    assert explain(bank, standings(bank, people).score()) == (
        f"The score is 100 {TOP}",
        "Not everybody knew every answer. Allowing for that, the score is from 75 to 100.",
        PROVISIONAL,
    )


def test_whom_a_band_needs_and_nobody_was_comes_first(tmp_path: Path) -> None:
    bands = """
        - {id: low, from: 0}
        - {id: top, from: 50, voices: [{role: nurse}, {role: peer-worker}]}
    """
    bank = small_bank(tmp_path, "[{id: a}]", bands=bands, roles="[nurse, peer-worker]")
    first, second = explained(bank, a=4)
    assert first == (
        "None of your nurses and peer-workers has answered. Only they can say how it is for them, so the highest band "
        "is not reached without them. Ask them to answer before you act on this."
    )
    assert second == "The score is 100 out of 100. “Band top” starts at 50."
    heard = [assessment(bank, {"a": 4}, role=role) for role in ("nurse", "peer-worker")]
    assert explain(bank, standings(bank, heard).score()) == (second,)


def test_of_many_questions_set_aside_the_first_are_named(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[" + ", ".join(f"{{id: a{at}, label: A{at}}}" for at in range(9)) + "]", enough=LITTLE)
    *_, last = explained(bank, a8=4, **{f"a{at}": "n/a: why" for at in range(8)})
    assert last == aside("“A0”, “A1”, “A2”, “A3”, “A4”, “A5” and 2 more", 8)


def test_no_band_that_was_passed_already_is_said_to_need_something(tmp_path: Path) -> None:
    bands = "[{id: low, from: 0}, {id: middle, from: 50, gated: true}, {id: top, from: 80}]"
    assert explained(small_bank(tmp_path, QUESTIONS, bands=bands), a=4, g=1, h=4) == (f"The score is 93 {TOP}",)


@pytest.mark.parametrize(("value", "reached"), [(0, "low"), (0.123, "top"), (1, "top")])
def test_the_band_reached_is_exact(tmp_path: Path, value: float, reached: str) -> None:
    bank = small_bank(tmp_path, "[{id: a, values: [0, 0.123, 1]}]", bands="[{id: low, from: 0}, {id: top, from: 12.3}]")
    assert reached_band(bank, standings(bank, [assessment(bank, {"a": value})]).score()).id == reached


def test_with_nothing_scored_the_lowest_band_is_what_is_reached(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, QUESTIONS)
    assert reached_band(bank, standings(bank, [assessment(bank, {})]).score()).id == "low"


def test_a_gate_asks_for_the_level_at_its_minimum(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, QUESTIONS)
    assert [minimum_in_words(bank, name) for name in ("a", "g", "h")] == ["", "Level 2", "Level 3"]


def test_a_score_just_below_a_band_is_not_rounded_up_into_it(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, values: [0, 49.96, 100]}]")
    assert explained(bank, a=49.96) == (f"The score is 49 {LOW}",)
