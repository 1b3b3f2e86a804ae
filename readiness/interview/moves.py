"""What becomes of a walk when a line is typed. Pure: nothing is read or shown here."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from pydantic import ValidationError

from readiness.assessment.model import Assessment, BankReference, Respondent, Response, Team
from readiness.assessment.roles import ROLES
from readiness.bank.model import ProfileQuestion
from readiness.interview.steps import StepKind
from readiness.interview.walk import Asking, Ending, Walk
from readiness.text import safe


def advance(walk: Walk, line: str) -> Walk:
    """Return the walk after ``line`` was typed. Any line is allowed; one that is not understood says so."""
    walk = replace(walk, told=(), explained=False, again=True, passed=None)
    line = safe(line)
    if walk.asking is not Asking.ANSWER:
        return _ASIDES[walk.asking](replace(walk, asking=Asking.ANSWER), line)
    kind = walk.step.kind
    word, _, rest = line.partition(" ")
    letter = word.casefold()
    if letter in LETTERS[kind] and (letter in _WITH_WORDS or not rest):
        return _COMMANDS[letter](walk, rest.strip())
    return _ANSWERS[kind](walk, line)


def _tell(walk: Walk, *told: str) -> Walk:
    """Return the walk with a word about the line that was typed; the question stands right above it."""
    return replace(walk, told=told, again=False)


def _next(walk: Walk) -> Walk:
    here, at = walk.step, min(walk.at + 1, len(walk.steps) - 1)
    there = walk.steps[at]
    passed = here.domain if here.domain and there.domain != here.domain else None
    return replace(walk, at=at, passed=passed)


def _with(walk: Walk, **changes: object) -> Walk:
    """Return the walk with the assessment changed; raises ValidationError where it does not allow that."""
    assert walk.assessment is not None  # noqa: S101 — every step after the name has an assessment
    data = walk.assessment.model_dump()
    return replace(walk, assessment=Assessment.model_validate({**data, **changes}))


# --- what a person can answer ---


def _name(walk: Walk, line: str) -> Walk:
    if not line and walk.assessment:
        return _next(walk)
    if not line:
        return _tell(walk, "Please type the name of the team or service.")
    try:
        team = Team(name=line) if walk.assessment is None else walk.assessment.team.model_copy(update={"name": line})
        Team.model_validate(team.model_dump())
    except ValidationError:
        return _tell(walk, "That name is too long. Please type a shorter one.")
    if walk.assessment is None:
        assessment = Assessment(bank=BankReference.to(walk.bank), team=team, date=walk.date)
        return _next(replace(walk, assessment=assessment))
    return _next(_with(walk, team=team.model_dump()))


def _organisation(walk: Walk, line: str) -> Walk:
    if not line:
        return _next(walk)
    assert walk.assessment is not None  # noqa: S101 — the name comes first
    team = walk.assessment.team.model_dump() | {"organisation": line}
    try:
        return _next(_with(walk, team=team))
    except ValidationError:
        return _tell(walk, "That name is too long. Please type a shorter one.")


def _role(walk: Walk, line: str) -> Walk:
    assert walk.assessment is not None  # noqa: S101 — the name comes first
    if not line and walk.assessment.respondent.role:
        return _next(walk)
    if (at := _choice(line, len(ROLES))) is None:
        return _tell(walk, f"Please type a number from 1 to {len(ROLES)}, or s to leave it out.")
    return _next(_with(walk, respondent=Respondent(role=ROLES[at].id).model_dump()))


def _profile(walk: Walk, line: str) -> Walk:
    asked = walk.step.profile
    assert asked is not None  # noqa: S101 — a profile step has its question
    if not line and walk.is_done(walk.step):
        return _next(walk)
    if (at := _choice(line, len(asked.options))) is None:
        return _tell(walk, f"Please type a number from 1 to {len(asked.options)}.")
    return _next(_with_profile(walk, asked, asked.options[at].id))


def _with_profile(walk: Walk, asked: ProfileQuestion, value: str) -> Walk:
    assert walk.assessment is not None  # noqa: S101 — the name comes first
    team = walk.assessment.team.model_dump()
    return _with(walk, team=team | {"profile": {**walk.profile, asked.id: value}})


def _question(walk: Walk, line: str) -> Walk:
    question = walk.step.question
    assert question is not None  # noqa: S101 — a question step has its question
    if not line and walk.response and walk.response.answered:
        return _next(walk)
    if not line:
        return _tell(walk, "Please type a number, or s to skip. Type ? for help.")
    if (at := _choice(line, len(question.levels))) is None:
        typed = line if len(line) <= _ECHOED else f"{line[:_ECHOED]}…"
        return _tell(
            walk, f'"{typed}" is not one of the answers. Type a number from 1 to {len(question.levels)}, or ?.'
        )
    return _next(_respond(walk, level=question.levels[at].value))


def _respond(walk: Walk, **answer: object) -> Walk:
    """Return the walk with the question answered; its note and evidence stay."""
    before = walk.response
    kept = {"note": before.note, "evidence": before.evidence} if before else {}
    return _put(walk, Response.model_validate(kept | answer))


def _put(walk: Walk, response: Response | None) -> Walk:
    assert walk.assessment is not None  # noqa: S101 — the name comes first
    assert walk.step.question is not None  # noqa: S101 — only a question has a response
    responses = {key: value.model_dump() for key, value in walk.assessment.responses.items()}
    responses.pop(walk.step.question.id, None)
    if response:
        responses[walk.step.question.id] = response.model_dump()
    changed = _with(walk, responses=responses)
    # Answers to an older bank that this one has no place for are kept, so the file goes on saying which bank they fit.
    return _with(changed, bank=BankReference.to(walk.bank).model_dump()) if changed.fits else changed


def _review(walk: Walk, line: str) -> Walk:
    if not line:
        return replace(walk, at=len(walk.steps) - 1)
    return _to_number(walk, line)


def _offer(walk: Walk, line: str) -> Walk:
    if line.casefold() in {"y", "yes"}:
        return replace(walk, ending=Ending.REPORT)
    if line.casefold() in {"", "n", "no"}:
        return replace(walk, ending=Ending.FINISHED)
    return _tell(walk, "Please type y for yes, or press Enter to finish without a report.")


def _choice(line: str, count: int) -> int | None:
    """Return the position (from 0) of the choice whose number (from 1) was typed."""
    number = line.rstrip(".)")
    # Python refuses to read numbers of thousands of digits.
    return int(number) - 1 if re.fullmatch("[0-9]{1,9}", number) and 1 <= int(number) <= count else None


# --- what a person can ask for anywhere ---


def _back(walk: Walk, _: str) -> Walk:
    if walk.at == 0:
        return _tell(walk, "This is the first question.")
    return replace(walk, at=walk.at - 1)


def _skip(walk: Walk, _: str) -> Walk:
    if walk.step.kind is StepKind.PROFILE and not walk.is_done(walk.step):
        return _tell(walk, "This one is needed: what is asked next depends on it.")
    return _next(walk)


def _help(walk: Walk, _: str) -> Walk:
    return replace(walk, explained=True, again=False)


def _quit(walk: Walk, _: str) -> Walk:
    return replace(walk, ending=Ending.QUIT)


def _jump(walk: Walk, rest: str) -> Walk:
    if not walk.questions or walk.assessment is None:
        return _tell(walk, "There is nothing to jump to yet.")
    return _to_number(walk, rest) if rest else replace(walk, asking=Asking.JUMP)


def _unknown(walk: Walk, _: str) -> Walk:
    return _next(_respond(walk, unknown=True))


def _not_applicable(walk: Walk, rest: str) -> Walk:
    return _why_not(walk, rest) if rest else replace(walk, asking=Asking.WHY_NOT)


def _note(walk: Walk, rest: str) -> Walk:
    return _noted(walk, rest) if rest else replace(walk, asking=Asking.NOTE)


# --- what is asked on the way ---


def _why_not(walk: Walk, line: str) -> Walk:
    if not line:
        return replace(walk, told=("Nothing was changed.",))
    return _attempt(walk, lambda: _next(_respond(walk, not_applicable=line)))


def _noted(walk: Walk, line: str) -> Walk:
    before = walk.response or Response.model_construct()
    if line in {"", "+"}:
        return replace(walk, told=("Nothing was changed.",))
    if line == "-":
        kept = before.model_copy(update={"note": None, "evidence": ()})
        return replace(_put(walk, kept if kept.answered else None), told=("The notes on this question are removed.",))
    data = before.model_dump()
    if line.startswith("+"):
        data["evidence"] = (*before.evidence, line.removeprefix("+").strip())
    else:
        data["note"] = f"{before.note}\n{line}" if before.note else line
    return _attempt(walk, lambda: replace(_put(walk, Response.model_validate(data)), told=("Noted.",)))


def _attempt(walk: Walk, change: Callable[[], Walk]) -> Walk:
    try:
        return change()
    except ValidationError:
        return _tell(walk, "That text is too long to keep here. Nothing was changed.")


def _to_number(walk: Walk, line: str) -> Walk:
    if line.casefold() in {"", "r", "review"}:
        return replace(walk, at=len(walk.steps) - 2) if line else replace(walk, told=("Nothing was changed.",))
    if (at := _choice(line, len(walk.questions))) is None:
        # Asked again, so that the number typed next is no answer to the question that stands behind.
        return _tell(
            replace(walk, asking=Asking.JUMP), f"Please type a question's number, from 1 to {len(walk.questions)}."
        )
    first = next(at for at, step in enumerate(walk.steps) if step.question)
    return replace(walk, at=first + at)


_ECHOED = 60
_WITH_WORDS = frozenset("jne")
LETTERS: Mapping[StepKind, frozenset[str]] = {
    StepKind.NAME: frozenset("?bq"),
    StepKind.ORGANISATION: frozenset("?bqs"),
    StepKind.ROLE: frozenset("?bqsj"),
    StepKind.PROFILE: frozenset("?bqsj"),
    StepKind.QUESTION: frozenset("?bqsjdne"),
    StepKind.REVIEW: frozenset("?bqsj"),
    StepKind.OFFER: frozenset("?bqj"),
}
"""The letters that do something at each sort of step."""
_ANSWERS: Mapping[StepKind, Callable[[Walk, str], Walk]] = {
    StepKind.NAME: _name,
    StepKind.ORGANISATION: _organisation,
    StepKind.ROLE: _role,
    StepKind.PROFILE: _profile,
    StepKind.QUESTION: _question,
    StepKind.REVIEW: _review,
    StepKind.OFFER: _offer,
}
_COMMANDS: Mapping[str, Callable[[Walk, str], Walk]] = {
    "?": _help,
    "b": _back,
    "d": _unknown,
    "e": _note,
    "j": _jump,
    "n": _not_applicable,
    "q": _quit,
    "s": _skip,
}
_ASIDES: Mapping[Asking, Callable[[Walk, str], Walk]] = {
    Asking.WHY_NOT: _why_not,
    Asking.NOTE: _noted,
    Asking.JUMP: _to_number,
}
