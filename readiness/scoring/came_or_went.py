"""Which questions can be told of two dates without giving away the few who came or went between them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Sized

from readiness.assessment.model import Assessment
from readiness.assessment.roles import role_id
from readiness.bank.model import Bank


def may_tell_questions(bank: Bank, then: Sequence[Assessment], now: Sequence[Assessment], least: int) -> bool:
    """Return whether single questions at two dates can be told without giving away the few who came or went.

    Who came or went is known by the ids of respondents. Of several people without one it is not known, so it could be
    one person; nor if the numbers of responses made them: another survey counts from 1 again. Reports tell what a role
    said: so people are counted in each role, too. If nobody stayed, it is more likely that all were given new ids.
    """
    if _is_one_person_each(then, now):
        return True
    if any(one.respondent.id is None or one.respondent.one_survey for one in (*then, *now)):
        return False
    if _ids(then).isdisjoint(_ids(now)):
        return False
    before, after = _by_role(bank, then), _by_role(bank, now)
    changes = [before[role] ^ after[role] for role in {*before, *after}]
    everybody = _people(bank, then) ^ _people(bank, now)
    return _are_nobody_or_enough(everybody, least) and all(_are_nobody_or_enough(each, least) for each in changes)


def may_tell_question(
    bank: Bank, question: str, then: Sequence[Assessment], now: Sequence[Assessment], least: int
) -> bool:
    """Return whether a question known at both dates tells nothing of the few who gave it a level at one alone."""
    gave = [_people(bank, (one for one in each if _is_known_to(one, question))) for each in (then, now)]
    return _is_one_person_each(then, now) or _are_nobody_or_enough(gave[0] ^ gave[1], least)


def _is_one_person_each(then: Sequence[Assessment], now: Sequence[Assessment]) -> bool:
    return len(then) == len(now) == 1


def _are_nobody_or_enough(changed: Sized, least: int) -> bool:
    return len(changed) == 0 or len(changed) >= least


def _ids(assessments: Iterable[Assessment]) -> set[str | None]:
    return {one.respondent.id for one in assessments}


def _people(bank: Bank, assessments: Iterable[Assessment]) -> set[tuple[str | None, str | None]]:
    """Return who answered: one form can be passed on, and saved by two people in two roles."""
    return {(one.respondent.id, role_id(one.respondent.role, bank.roles)) for one in assessments}


def _by_role(bank: Bank, assessments: Iterable[Assessment]) -> Mapping[str | None, set[str | None]]:
    found: defaultdict[str | None, set[str | None]] = defaultdict(set)
    for one in assessments:
        found[role_id(one.respondent.role, bank.roles)].add(one.respondent.id)
    return found


def _is_known_to(one: Assessment, question: str) -> bool:
    said = one.responses.get(question)
    return said is not None and said.level is not None
