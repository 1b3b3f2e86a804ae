"""Ways in which a result could mislead, and what it says instead; each on a bank that can be computed by hand."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from readiness.assessment.model import Assessment
from readiness.bank.model import Bank
from readiness.scoring.explain import explain
from readiness.scoring.model import Gate, Score, State
from readiness.scoring.rounding import in_words
from readiness.scoring.score import standings
from readiness.team import AssessedTeam
from tests.conftest import assessment
from tests.small import small_bank

BANDS = """
    - {id: low, from: 0}
    - {id: middle, from: 50}
    - {id: top, from: 80, gated: true, voices: [{role: peer-worker}]}
"""
PARTS = "{d: 1, e: 1}"
ASIDE = "n/a: it was not our decision"
Answers = Mapping[str, object]


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    """Two parts of four questions each, two of them gates; the top band needs a Peer Worker."""
    questions = "\n".join(
        f"- {{id: {part}{at}, domain: {part}{', minimum: 2' if at == 1 else ''}}}"
        for part in "de"
        for at in range(1, 5)
    )
    return small_bank(tmp_path, questions, domains=PARTS, bands=BANDS, roles="[service-manager, peer-worker]")


def everything(bank: Bank, level: object, **other: object) -> dict[str, object]:
    return {question.id: level for question in bank.questions} | other


def scored(bank: Bank, *people: Answers, role: str | None = "peer-worker") -> Score:
    return standings(bank, [assessment(bank, answers, role=role) for answers in people]).score()


def band(found: Score) -> str | None:
    return found.band.id if found.band else None


def limited(bank: Bank, found: Score) -> str:
    """Return what a result says first."""
    return explain(bank, found)[0]


# 1. "Does not apply"


def test_setting_all_but_one_question_aside_gives_no_score(bank: Bank) -> None:
    found = scored(bank, everything(bank, ASIDE, d2=4))
    assert (found.overall.score, band(found), found.too_little_known) == (None, None, True)
    assert limited(bank, found).startswith("There is no score yet, as too little is known: 1 of 8 questions.")


def test_setting_the_gates_aside_does_not_open_the_top_band(bank: Bank) -> None:
    found = scored(bank, everything(bank, 4, d1=ASIDE, e1=ASIDE))
    assert found.overall.score == 100
    assert [question.gate for question in found.questions if question.gate] == [Gate.UNKNOWN] * 2
    assert found.band is not None
    assert (found.band.id, found.band.held_by, found.band.provisional) == ("middle", ("d1", "e1"), True)
    assert "2 questions were set aside as not applying here: “Question d1” and “Question e1”." in explain(bank, found)


def test_what_applies_to_every_service_can_not_be_set_aside(tmp_path: Path) -> None:
    always = small_bank(tmp_path, "[{id: a}, {id: b}, {id: which, always: true}]")
    [*_, which] = scored(always, {"a": 4, "b": 4, "which": ASIDE}).questions
    assert (which.state, which.not_known, which.not_applicable) == (State.UNKNOWN, 1, 0)


# 2. "Don't know"


def test_one_who_knows_among_eight_who_do_not_decides_nothing(bank: Bank) -> None:
    found = scored(bank, everything(bank, 4), *[everything(bank, "unknown")] * 8)
    assert (found.overall.score, band(found)) == (None, None)
    assert [found.overall.low, found.overall.high] == [0, 100]
    assert found.coverage.answered == 0
    assert found.coverage.people.model_dump() == {"levels": 8, "not_known": 64, "not_applicable": 0}


def test_three_who_know_decide_and_the_range_counts_the_others(bank: Bank) -> None:
    found = scored(bank, *[everything(bank, 4)] * 3, *[everything(bank, "unknown")] * 6)
    assert [found.overall.score, found.overall.high] == [100, 100]
    assert in_words(found.overall.low, ()) == "33"
    assert found.band is not None
    assert found.band.provisional
    assert "Not everybody knew every answer. Allowing for that, the score is from 33 to 100." in explain(bank, found)


# 3. One person's answer, though the report says that it is not shown


@pytest.mark.parametrize("known", [1, 2])
def test_what_one_or_two_of_eleven_said_can_not_be_told_from_any_part_of_the_score(bank: Bank, known: int) -> None:
    files = set()
    for level in (0, 4):
        known_to_few = [everything(bank, 3, d2=level) for _ in range(known)]
        others = [everything(bank, 3, d2="unknown") for _ in range(11 - known)]
        team = AssessedTeam(bank, [assessment(bank, one, role="peer-worker") for one in (*known_to_few, *others)])
        files.add(team.score.model_dump_json(by_alias=True))
    [text] = files
    question = next(one for one in json.loads(text)["questions"] if one["id"] == "d2")
    assert (question["state"], question["k"], question["not_known"]) == ("unknown", known, 11 - known)
    assert {question[name] for name in ("value", "score", "stands")} == {None}
    assert question["agreement"]["distribution"] is None


# 4. "Today": the level that is printed, and that a plan starts from


@pytest.mark.parametrize(
    ("counts", "stands"),
    [
        ((0, 0, 1, 10, 0), 3),  # the mean, rounded down, was the third level
        ((5, 0, 0, 0, 5), 0),  # five and five: not the middle, which nobody chose
        ((5, 0, 0, 0, 6), 4),
        ((1, 0, 0, 18, 2), 3),
    ],
)
def test_where_a_question_stands_is_the_lower_middle_answer_which_somebody_gave(
    bank: Bank, counts: Sequence[int], stands: int
) -> None:
    people = [everything(bank, 2, d2=level) for level, count in enumerate(counts) for _ in range(count)]
    question = next(one for one in scored(bank, *people).questions if one.id == "d2")
    assert question.stands == stands
    assert counts[stands] > 0


# 5. Peer Workers


def voices(bank: Bank, agreed: Sequence[bool]) -> list[Assessment]:
    """Return the answers of eight who say 3 throughout, and of Peer Workers who say 1, of whom some agreed."""
    others = [assessment(bank, everything(bank, 3), role="service-manager") for _ in range(8)]
    peers = [assessment(bank, everything(bank, 1), role="peer-worker") for _ in agreed]
    return others + [
        one.model_copy(update={"respondent": one.respondent.model_copy(update={"shown_alone": yes or None})})
        for one, yes in zip(peers, agreed, strict=True)
    ]


def test_a_manager_alone_does_not_reach_the_top_band(bank: Bank) -> None:
    found = scored(bank, everything(bank, 4), role="service-manager")
    assert found.overall.score == 100
    assert (band(found), found.voices_missing) == ("middle", ("peer-worker",))
    assert limited(bank, found).startswith("None of your peer-workers has answered.")


def test_who_answered_stands_in_every_result_by_role(bank: Bank) -> None:
    found = AssessedTeam(bank, voices(bank, [False, False])).score
    assert found.voices == {"service-manager": 8, "peer-worker": 2}


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_a_few_peer_workers_are_shown_by_themselves_if_all_of_them_agreed(bank: Bank, count: int) -> None:
    shown = AssessedTeam(bank, voices(bank, [True] * count)).score.roles
    assert [[role.role, role.n, role.score] for role in shown] == [
        ["service-manager", 8, 75],
        ["peer-worker", count, 25],
    ]
    assert AssessedTeam(bank, voices(bank, [*[True] * (count - 1), False])).score.roles == ()


def test_five_peer_workers_are_shown_by_themselves_if_the_rest_are_enough(bank: Bank) -> None:
    shown = AssessedTeam(bank, voices(bank, [False] * 5)).score.roles
    assert [[role.role, role.score] for role in shown] == [["service-manager", 75], ["peer-worker", 25]]


# 7. One who stands apart


def test_a_lone_dissenter_is_counted_however_close_the_others_are(bank: Bank) -> None:
    counts = (1, 0, 0, 18, 2)
    people = [everything(bank, 3, d2=level) for level, count in enumerate(counts) for _ in range(count)]
    team = AssessedTeam(bank, [assessment(bank, one) for one in people])
    question = next(one for one in team.score.questions if one.id == "d2")
    assert question.agreement is not None
    assert question.agreement.r_wg is not None
    assert question.agreement.r_wg > 0.7  # by itself, that is called strong agreement
    assert (question.apart, question.k) == (1, 21)


# 8. False precision


def test_people_read_whole_numbers_that_are_in_the_band_of_the_result(bank: Bank) -> None:
    found = scored(bank, everything(bank, 2, d2=1, d3=1, d4=2))
    assert found.overall.score == 43.75
    assert limited(bank, found) == "The score is 44 out of 100. “Band low” starts at 0, “Band middle” at 50."


def test_a_range_is_said_to_be_of_what_is_not_known(bank: Bank) -> None:
    found = scored(bank, everything(bank, 3, d2="unknown"))
    told = next(one for one in explain(bank, found) if "from" in one)
    assert told == "1 question is not known. Allowing for that, the score is from 66 to 78."
