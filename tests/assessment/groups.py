"""Groups to count: hands in short, as a facilitator would say them."""

from collections.abc import Mapping, Sequence

from readiness.assessment.group import GroupAssessment, GroupResponse, Hands, ShowOfHands
from readiness.assessment.model import BankReference, Team
from readiness.bank.model import Bank
from tests.conftest import DATE

Shown = Mapping[str, Sequence[int]] | Sequence[int]
"""Hands by role, or all together: a count for each level, then of those who do not know and of "does not apply"."""


def hands(counts: Sequence[int], levels: int) -> Hands:
    padded = [*counts, *[0] * (levels + 2)]
    at = {str(value): count for value, count in enumerate(padded[:levels])}
    return Hands(levels=at, unknown=padded[levels], not_applicable=padded[levels + 1])


def show(present: Mapping[str, int], shown: Shown, levels: int) -> ShowOfHands:
    if isinstance(shown, Mapping):
        by_role = {role: hands(counts, levels) for role, counts in shown.items()}
        return ShowOfHands(here=present, by_role=by_role)
    return ShowOfHands(here=present, together=hands(shown, levels))


def group(
    bank: Bank,
    present: Mapping[str, int],
    responses: Mapping[str, Sequence[Shown]],
    shown_alone: tuple[str, ...] | None = None,
    profile: Mapping[str, str] | None = None,
) -> GroupAssessment:
    """Return a group's answers: at each question one show of hands or more, of levels worth 0, 1, 2 and so on."""
    return GroupAssessment(
        bank=BankReference.to(bank),
        team=Team(name="Northside", profile=profile or {}),
        date=DATE,
        present=present,
        by_role=True,
        shown_alone=shown_alone,
        responses={
            name: GroupResponse(shows=tuple(show(present, one, len(bank.question_by_id[name].levels)) for one in shows))
            for name, shows in responses.items()
        },
    )
