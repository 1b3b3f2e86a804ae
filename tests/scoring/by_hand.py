"""Scores of people who answered, to compare with those computed by hand."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from readiness.bank.model import Bank
from readiness.scoring.model import QuestionScore, Range, ReachedBand, Score
from readiness.scoring.score import standings
from tests.conftest import assessment
from tests.small import small_bank

Given = Sequence[object]
"""What each of several people said of one question; None if they left it out."""


def scored(bank: Bank, *respondents: Mapping[str, object], profile: Mapping[str, str] | None = None) -> Score:
    return standings(bank, [assessment(bank, responses, profile) for responses in respondents]).score()


def each(given: Given, name: str = "a") -> list[dict[str, object]]:
    return [{} if one is None else {name: one} for one in given]


def asked_alone(folder: Path, given: Given, question: str = "{id: a}") -> QuestionScore:
    """Return the score of the only question of a bank, of people who said what is given."""
    [found] = scored(small_bank(folder, f"[{question}]"), *each(given)).questions
    return found


def exactly(found: Range) -> tuple[object, object, object]:
    return found.score, found.low, found.high


def band(found: Score) -> ReachedBand:
    assert found.band is not None
    return found.band
