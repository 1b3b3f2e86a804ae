"""What is known of one team once it has been read and scored: all that what comes after needs of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from readiness.plan.basis import PlanBasis
from readiness.scoring.model import Score


@dataclass(frozen=True, slots=True)
class TeamOutcome:
    """One team of a batch: what its plan is built from, its score, and what each of its respondents scores.

    ``by_respondent`` has an entry for each respondent, in the order read: ``OVERALL`` and each domain's id, with the
    score from 0 to 100 that this respondent's answers to the team's known questions would give alone, or None if too
    little is known of that.
    ``slug`` is what the team's files are called, without an ending.
    """

    basis: PlanBasis
    score: Score
    by_respondent: tuple[Mapping[str, Fraction | None], ...]
    slug: str
