"""How far a score moves because of a new version of the bank alone."""

from fractions import Fraction
from pathlib import Path

from readiness.assessment.migrating import migrated
from readiness.bank.migration import Migration, MovedAnswers
from readiness.scoring.bank_alone import bank_alone
from tests.conftest import assessment
from tests.small import LITTLE, small_bank


def test_the_same_answers_are_scored_by_both_versions_over_what_both_can_score(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("old", "new")]
    for folder in folders:
        folder.mkdir()
    old = small_bank(folders[0], "[{id: a}, {id: b}, {id: c}]", enough=LITTLE).model_copy(update={"version": "0.9"})
    bank = small_bank(folders[1], "[{id: a}, {id: b}, {id: c}, {id: d}]", enough=LITTLE)
    moved = MovedAnswers(to="b", from_=("b",), levels={"4": 2}, confirm=True)
    migration = Migration(schema_=1, bank="small", from_="0.9", questions=(moved,))
    answers = assessment(old, {"a": 2, "b": 4, "c": "unknown"})
    found = bank_alone(answers, migrated(answers, migration, bank, old), old, bank)
    assert (found.questions, found.before.score, found.after.score) == (2, Fraction(75), Fraction(50))


def test_nothing_that_both_can_score_is_no_score(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    migration = Migration(schema_=1, bank="small", from_="0.9", questions=(MovedAnswers(to="a", from_=("a",)),))
    answers = assessment(bank, {"a": 2})
    found = bank_alone(answers, migrated(answers, migration, bank, bank), bank, bank)
    assert (found.questions, found.before.score, found.after.score) == (0, None, None)
