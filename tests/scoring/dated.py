"""Answers of the same people at two dates or more, to a small bank, compared."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from readiness.assessment.model import Assessment, Respondent
from readiness.bank.model import Bank
from readiness.scoring.compare import compare
from readiness.scoring.comparison import Comparison, Move
from readiness.team import AssessedTeam
from tests.conftest import assessment
from tests.small import LITTLE, small_bank

LOW: Mapping[str, object] = dict.fromkeys("abcd", 0)
HIGH: Mapping[str, object] = dict.fromkeys("abcd", 3)


def dated_bank(folder: Path) -> Bank:
    """Return a bank of four questions: "c" is a barrier, and "d" is not asked at every stage."""
    questions = "[{id: a}, {id: b}, {id: c, kind: barrier}, {id: d, when: {stage: [now, later]}}]"
    return small_bank(
        folder, questions, enough=LITTLE, profile="{stage: [now, later, never]}", roles="[peer-worker, team-member]"
    )


def moves(found: Comparison) -> dict[str, Move]:
    """Return what became of each question that is told, by its id."""
    return {question.id: question.move for question in found.questions}


def compared(bank: Bank, *dates: Sequence[Assessment], least: int = 5) -> Comparison:
    """Return the comparison of one team, whose people answered at each date."""
    return compare(bank, [AssessedTeam(bank, people) for people in dates], least)


def one(
    bank: Bank, answers: Mapping[str, object], *, stage: str = "now", role: str | None = None, whose: int | None = None
) -> Assessment:
    """Return the answers of one person; ``whose`` makes an id."""
    said = assessment(bank, answers, {"stage": stage}, role=role)
    made = None if whose is None else f"{whose:016x}"
    return said.model_copy(update={"respondent": Respondent(role=role, id=made)})


def between(bank: Bank, before: Mapping[str, object], after: Mapping[str, object]) -> Comparison:
    """Return the comparison of one person's answers at two dates."""
    return compared(bank, [one(bank, before)], [one(bank, after)])


def group(bank: Bank, whose: Sequence[int | None], answers: Mapping[str, object] = LOW) -> list[Assessment]:
    """Return the same answers of several people, whose ids are made of numbers; None has no id."""
    return [one(bank, answers, whose=each) for each in whose]
