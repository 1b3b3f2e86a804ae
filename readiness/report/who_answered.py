"""Who answered, by role, and which questions: counts alone, which always stand beside a result."""

from collections.abc import Iterable, Mapping

from readiness.assessment.model import Assessment
from readiness.assessment.roles import NOT_SAID, people_in, role_of_one
from readiness.bank.model import Bank
from readiness.language import _, n_
from readiness.text import listed


def answered_by(bank: Bank, voices: Mapping[str, int]) -> str:
    """Return the people who answered, whose roles are counted in ``voices``: "11 people (4 Peer Workers and …)"."""
    respondents = sum(voices.values())
    if respondents == 1:
        (role,) = voices
        return _("one person") if role == NOT_SAID else role_of_one(role, bank.roles)
    people = n_("{count} person", "{count} people", respondents)
    parts = [people_in_role(bank, role, count) for role, count in voices.items()]
    roles = listed(parts, _("and")) if parts else ""
    return people if voices.keys() <= {NOT_SAID} else f"{people} ({roles})"


def people_in_role(bank: Bank, role: str, count: int) -> str:
    """Return how many people in the role there are, in words."""
    if role == NOT_SAID:
        return n_("{count} who did not say", "{count} who did not say", count)
    return people_in(role, count, bank.roles)


def older_bank(bank: Bank, assessments: Iterable[Assessment]) -> str | None:
    """Return a sentence if answers were given to another edition of the questions than ``bank``; else None."""
    others = [one.bank.version for one in assessments if one.bank.is_another_edition(bank)]
    if not others:
        return None
    told = _("Answers were given to another edition of the questions than this report uses.")
    versions = sorted({version for version in others if version not in (None, bank.version)})
    if not versions:
        return told
    return f"{told} " + _("Then: version {before}. Now: {now}.", before=", ".join(versions), now=bank.version)
