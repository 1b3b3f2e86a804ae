"""The ways in which a walk changes: its answers, and where it stands. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from readiness.assessment.model import Assessment, BankReference, Response
from readiness.interview.asked import Asking, tell
from readiness.interview.walk import Walk
from readiness.language import _
from readiness.text import listed, unended
from readiness.words import choice, fitting, key_of

A_JUMP = re.compile(r"j(?:ump)? (\d+|r|review|p|profile)", re.IGNORECASE)
"""A key with a place after it, which is hardly the name of anything."""


def doubted(walk: Walk, what: str, line: str) -> Walk | None:
    """Return the walk that asks if ``line`` is really meant to be ``what``; None if there is no doubt.

    A single letter, a bare number, a jump or a key's word is more likely a slip. Typed twice, it is meant.
    """
    key = key_of(line)
    if not (doubtful(line) or key) or line == walk.doubted:
        return None
    told = f"Is {what} really “{echoed(line)}”? Then type it again. Otherwise type {what}."
    told += f" If you mean the key, type {key} alone." if key else ""
    return replace(tell(walk, told), doubted=line)


def doubtful(line: str) -> bool:
    """Return whether a text is so short that it may be a key, a number or a jump."""
    return len(line) == 1 or line.isdecimal() or A_JUMP.fullmatch(line) is not None


def go_on(walk: Walk) -> Walk:
    """Return the walk at its next step, or where the question was opened from."""
    if walk.returns is not None:
        return replace(walk, at=walk.returns, returns=None)
    here, at = walk.step, min(walk.at + 1, len(walk.steps) - 1)
    there = walk.steps[at]
    passed = here.domain if here.domain and there.domain != here.domain else None
    return replace(walk, at=at, passed=passed)


def go_to(walk: Walk, line: str, returns: int | None = None) -> Walk:
    """Return the walk at the question whose number was typed, or at the review.

    From there it goes on to the next question, or, once that one is answered, to the step ``returns``.
    """
    if line.casefold() in {"r", "review"}:
        return replace(walk, at=walk.review, returns=None)
    if line.casefold() in {"p", "profile"}:
        return replace(walk, asking=Asking.SERVICE)
    if (at := choice(line, len(walk.questions))) is None:
        told = f"Please type a question's number, from 1 to {len(walk.questions)}."
        # Asked again, so that the number typed next is no answer to the question that stands behind. The step that is
        # to be gone back to, the review, asks for a number itself, and so still knows the way back.
        return tell(walk if returns is not None else replace(walk, asking=Asking.JUMP), told)
    return replace(walk, at=walk.at_number(at + 1), returns=returns)


def to_service(walk: Walk, line: str) -> Walk:
    """Return the walk at one of the things asked about the service; it then goes back to where it was."""
    about = walk.about_service
    if (at := choice(line, len(about))) is None:
        told = f"Please type a number from 1 to {len(about)}, or press Enter to go back."
        return tell(replace(walk, asking=Asking.SERVICE), told)
    return replace(walk, at=at, returns=None if at == walk.at else walk.at)


def asked_anew(before: Walk, after: Walk) -> Walk:
    """Return the walk ``after`` a change of what is asked: it still goes back to where it did ``before``.

    If that is not asked any more, it goes back to the next thing that is.
    """
    if before.returns is None:
        return after
    names = [step.name for step in after.steps]
    returns = next(names.index(step.name) for step in before.steps[before.returns :] if step.name in names)
    return replace(after, returns=returns)


def with_changes(walk: Walk, **changes: object) -> Walk:
    """Return the walk with the assessment changed; raises ValidationError where it does not allow that."""
    data = walk.begun.model_dump()
    return replace(walk, assessment=Assessment.model_validate({**data, **changes}))


def answered(walk: Walk, **answer: object) -> Walk:
    """Return the walk after the question is answered: at its next step, which says first why it was asked."""
    return replace(go_on(respond(walk, **answer)), answered=walk.step.question)


def respond(walk: Walk, **answer: object) -> Walk:
    """Return the walk with the question answered; its note and evidence stay."""
    before = walk.response
    kept = {"note": before.note, "evidence": before.evidence} if before else {}
    return put(walk, Response.model_validate(kept | answer))


def put(walk: Walk, response: Response | None) -> Walk:
    """Return the walk with ``response`` to the question asked now, or without one."""
    responses = {key: value.model_dump() for key, value in walk.begun.responses.items()}
    responses.pop(walk.step.asked_question.id, None)
    if response:
        responses[walk.step.asked_question.id] = response.model_dump()
    changed = with_changes(walk, responses=responses)
    # One answer to today's edition makes no answers to another into answers to this one.
    if walk.begun.bank.is_another_edition(walk.bank):
        return changed
    return with_changes(changed, bank=BankReference.to(walk.bank).model_dump())


def several(line: str, answers: Sequence[str]) -> str:
    """Return which answers the words fit, if they fit several; otherwise nothing."""
    numbers = [str(at + 1) for at in fitting(line, answers)]
    if not numbers[1:]:
        return ""
    return _(
        "“{line}” fits {numbers}. Please type one of these numbers.",
        line=echoed(line),
        numbers=listed(numbers, _("and")),
    )


def taken(line: str, at: int, answers: Sequence[str]) -> tuple[str, ...]:
    """Return a word about which answer was meant, if it was not chosen by its number."""
    if line.rstrip(".)").isdecimal():
        return ()
    return (_("Taken as {number}: {answer}.", number=at + 1, answer=unended(answers[at])),)


def echoed(line: str) -> str:
    """Return ``line`` as it is said back: cut where it is long."""
    return line if len(line) <= _ECHOED else f"{line[:_ECHOED]}…"


_ECHOED = 60
"""How many characters of a line are said back."""
