"""How far a score moves because of a new version of the bank alone: the same answers, scored by both."""

from dataclasses import dataclass, replace

from readiness.assessment.migrating import Migrated
from readiness.assessment.model import Assessment
from readiness.bank.model import Bank
from readiness.scoring.model import Range
from readiness.scoring.score import Standings, standings


@dataclass(frozen=True, slots=True)
class BankAlone:
    """Scores of the same answers by the old version and by today's, with every suggestion taken as confirmed.

    They are over the ``questions`` of today (a number) that have a level, and over those that these come from.
    """

    questions: int
    before: Range
    after: Range


def bank_alone(answers: Assessment, found: Migrated, old: Bank, bank: Bank) -> BankAlone:
    """Return how the ``answers`` score by the ``old`` version, and as ``found`` by ``bank``, today's."""
    before, after = standings(old, [answers]), standings(bank, [found.if_confirmed])
    known_then = {one.question.id for one in before.questions if one.known}
    now = {
        one.question.id
        for one in after.questions
        if one.known and known_then.issuperset(found.sources[one.question.id])
    }
    then = {source for name in now for source in found.sources[name]}
    return BankAlone(len(now), _over(before, then), _over(after, now))


def _over(all_of: Standings, names: set[str]) -> Range:
    kept = tuple(one for one in all_of.questions if one.question.id in names)
    return replace(all_of, questions=kept).score().overall
