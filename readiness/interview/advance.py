"""What becomes of a walk when a line is typed. Pure: nothing is read or shown here."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from pydantic import ValidationError

from readiness.assessment.model import Assessment, BankReference, Team
from readiness.assessment.roles import role_id
from readiness.bank.model import ProfileQuestion
from readiness.interview.again import answer_then, keep
from readiness.interview.asides import IN_WORDS, aside, ask_note, ask_why_not, noted, why_not
from readiness.interview.asked import Asking, back, heard, offered, quits, tell
from readiness.interview.changes import (
    A_JUMP,
    answered,
    asked_anew,
    doubted,
    echoed,
    go_on,
    go_to,
    several,
    taken,
    with_changes,
)
from readiness.interview.steps import StepKind
from readiness.interview.walk import Walk
from readiness.text import counted, safe
from readiness.words import NO, YES, key_of, picked, spelled


def advance(walk: Walk, line: str) -> Walk:
    """Return the walk after ``line`` was typed. Any line is allowed; one that is not understood says so.

    The keys mean the same wherever something is asked; "?" turns the pages of help, and Enter then closes it.
    """
    line = safe(line)
    here = replace(walk, told=(), explained=0, again=True, passed=None, answered=None)
    meant = key_of(line, "?") if walk.asking in IN_WORDS else "" if takes_words(walk) else spelled(line, "?")
    return heard(here, walk, line, _typed, asks_help=meant == "?")


def _typed(walk: Walk, line: str) -> Walk:
    if walk.asking is not Asking.ANSWER:
        return aside(walk, line)
    kind = walk.step.kind
    if not takes_words(walk):
        line = spelled(line, LETTERS[kind] | _ON_QUESTIONS)
    word, _, rest = line.partition(" ")
    letter = word.casefold()
    words_too = (letter in _WITH_WORDS and not takes_words(walk)) or _jumps(walk, line)
    if letter in LETTERS[kind] and (words_too or not rest):
        return _COMMANDS[letter](walk, rest.strip())
    return _ANSWERS[kind](walk, line)


def _jumps(walk: Walk, line: str) -> bool:
    """Return whether the line is a jump although any words may be the answer, and can lead somewhere."""
    return bool(A_JUMP.fullmatch(line)) and walk.assessment is not None and not _profile_open(walk)


def takes_words(walk: Walk) -> bool:
    """Return whether any words may be the answer, so that a letter with words after it is one: "J Ward"."""
    kind = walk.step.kind
    if walk.asking is not Asking.ANSWER:
        return walk.asking in IN_WORDS
    return kind in (StepKind.NAME, StepKind.ORGANISATION) or (kind is StepKind.ROLE and not walk.bank.roles)


# --- what a person can answer ---


def _name(walk: Walk, line: str) -> Walk:
    if not line and walk.assessment:
        return go_on(walk)
    if not line:
        return tell(walk, _NAME_NEEDED)
    if doubt := doubted(walk, "the name", line):
        return doubt
    try:
        team = Team(name=line) if walk.assessment is None else walk.assessment.team.model_copy(update={"name": line})
        Team.model_validate(team.model_dump())
    except ValidationError:
        return tell(walk, _TOO_LONG)
    if walk.assessment is None:
        assessment = Assessment(bank=BankReference.to(walk.bank), team=team, date=walk.date)
        return go_on(replace(walk, assessment=assessment))
    return go_on(with_changes(walk, team=team.model_dump()))


def _organisation(walk: Walk, line: str) -> Walk:
    if not line:
        return go_on(walk)
    if line != EMPTY and (doubt := doubted(walk, "the name", line)):
        return doubt
    team = walk.begun.team.model_dump() | {"organisation": None if line == EMPTY else line}
    try:
        return go_on(with_changes(walk, team=team))
    except ValidationError:
        return tell(walk, _TOO_LONG)


def _role(walk: Walk, line: str) -> Walk:
    roles = walk.bank.roles
    if not line and (walk.role or not roles):
        return go_on(walk)
    if line == EMPTY:
        return _in_role(walk, None)
    if not roles:
        return doubted(walk, "your role", line) or _in_role(walk, line)
    labels = [role.label for role in roles]
    if (at := picked(line, labels)) is None:
        known = f"Please type a number from 1 to {len(roles)}, or s to leave it out."
        return tell(walk, several(line, labels) or known)
    return replace(_in_role(walk, roles[at].id), told=taken(line, at, labels))


def _in_role(walk: Walk, role: str | None) -> Walk:
    """Return the walk with the role given; what was said of showing answers holds for one role alone."""
    respondent = walk.begun.respondent.model_dump() | {"role": role}
    if role_id(role, walk.bank.roles) != walk.role:
        respondent["shown_alone"] = None
    try:
        return go_on(asked_anew(walk, with_changes(walk, respondent=respondent)))
    except ValidationError:
        return tell(walk, "That is too long. Please say it in fewer words.")


def _profile(walk: Walk, line: str) -> Walk:
    asked = walk.step.asked_profile
    if not line and walk.is_done(walk.step):
        return go_on(walk)
    labels = [option.label for option in asked.options]
    if (at := picked(line, labels)) is None:
        known = several(line, labels) or f"Please type a number from 1 to {len(labels)}."
        return tell(walk, f"{_NEEDED} {known}" if line.casefold() in _ON_QUESTIONS else known)
    changed = asked_anew(walk, _with_profile(walk, asked, asked.options[at].id))
    return replace(go_on(changed), told=(*taken(line, at, labels), *_now_asked(walk, changed, asked)))


def _with_profile(walk: Walk, asked: ProfileQuestion, value: str) -> Walk:
    team = walk.begun.team.model_dump()
    return with_changes(walk, team=team | {"profile": {**walk.profile, asked.id: value}})


def _now_asked(before: Walk, after: Walk, asked: ProfileQuestion) -> tuple[str, ...]:
    """Return what to say about answers that a change of the profile puts aside, or brings back."""
    old, new = ({question.id for question in walk.questions} for walk in (before, after))
    given = [question for question in before.bank.ordered_questions if before.given(question)]
    gone = [question.name for question in given if question.id in old - new]
    back = [question.name for question in given if question.id in new - old]
    told = []
    if gone:
        options = {option.id: option.label for option in asked.options}
        was = options.get(before.profile.get(asked.id, ""))
        way = f" To have {'it' if len(gone) == 1 else 'them'} back, type b and choose “{was}” again." if was else ""
        told.append(
            f"{counted(len(gone), 'answer')} you gave {_do(gone)} not fit this, so {_do(gone, 'it is', 'they are')} "
            f"no longer asked or counted: {_some(gone)}. Nothing is deleted: {_do(gone, 'it stays', 'they stay')} in "
            f"your file.{way}"
        )
    if back:
        told.append(
            f"{counted(len(back), 'answer')} you gave before {_do(back, 'counts', 'count')} again: {_some(back)}."
        )
    return tuple(told)


def _do(names: list[str], one: str = "does", many: str = "do") -> str:
    return one if len(names) == 1 else many


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return "; ".join(f"“{name}”" for name in names[:_NAMED]) + more


def _question(walk: Walk, line: str) -> Walk:
    question = walk.step.asked_question
    if not line and walk.given(question):
        return go_on(walk)
    if not line and (then := answer_then(walk)):
        return keep(walk, then)
    if not line:
        return tell(walk, "Please type a number, or s to skip. Type ? for help.")
    if line.startswith("+"):
        return tell(walk, f"To list what shows your answer, begin with e: e {echoed(line)}")
    levels = [level.text for level in question.levels]
    if (at := picked(line, levels)) is None:
        known = f"Type a number from 1 to {len(levels)}, or ?."
        return tell(walk, several(line, levels) or f'"{echoed(line)}" is not one of the answers. {known}')
    return replace(answered(walk, level=question.levels[at].value), told=taken(line, at, levels))


def _shown_alone(walk: Walk, line: str) -> Walk:
    if not line:
        return go_on(walk)
    if line.casefold() not in YES | NO:
        return tell(walk, "Please type y for yes or n for no.")
    agreed = True if line.casefold() in YES else None
    respondent = walk.begun.respondent.model_dump() | {"shown_alone": agreed}
    return go_on(with_changes(walk, respondent=respondent))


def _review(walk: Walk, line: str) -> Walk:
    return go_to(walk, line, returns=walk.at) if line else go_on(walk)


# --- what a person can ask for anywhere ---


def _skip(walk: Walk, _: str) -> Walk:
    if walk.assessment is None:
        return tell(walk, _NAME_NEEDED)
    if walk.step.kind is StepKind.PROFILE and not walk.is_done(walk.step):
        return tell(walk, _NEEDED)
    return go_on(walk)


def _jump(walk: Walk, rest: str) -> Walk:
    if walk.assessment is None:
        return tell(walk, "There is nothing to jump to yet.")
    if _profile_open(walk):
        return tell(walk, "Please answer these first. They decide which questions you get.")
    return go_to(walk, rest) if rest else replace(walk, asking=Asking.JUMP)


def _profile_open(walk: Walk) -> bool:
    return any(step.kind is StepKind.PROFILE and not walk.is_done(step) for step in walk.steps)


def _unknown(walk: Walk, _: str) -> Walk:
    return answered(walk, unknown=True)


def _not_applicable(walk: Walk, rest: str) -> Walk:
    if walk.step.question and walk.step.question.always:
        return tell(walk, _ALWAYS)
    return why_not(walk, rest) if rest else ask_why_not(walk)


def _note(walk: Walk, rest: str) -> Walk:
    return noted(walk, rest) if rest else ask_note(walk)


_NAME_NEEDED = "Please type the name of the team or service: the report is named after it."
_ALWAYS = (
    "This applies to every service that is asked it, so “does not apply” is no answer to it. Choose the level that "
    "says how it is today. Or type d if you don't know."
)
_TOO_LONG = "That name is too long. Please type a shorter one."
_NAMED = 3
"""How many answers are named; the rest is counted."""
_NEEDED = "This one is needed: what is asked next depends on it."
EMPTY = "-"
"""What empties a name or a role: Enter alone never does."""
_WITH_WORDS = frozenset("jne")
_ON_QUESTIONS = frozenset("dne")
"""The keys that only a question has an answer to."""
LETTERS: Mapping[StepKind, frozenset[str]] = {
    StepKind.NAME: frozenset("bqsj"),
    StepKind.ORGANISATION: frozenset("bqsj"),
    StepKind.ROLE: frozenset("bqsj"),
    StepKind.PROFILE: frozenset("bqsj"),
    StepKind.QUESTION: frozenset("bqsjdne"),
    StepKind.SHOWN_ALONE: frozenset("bqsj"),
    StepKind.REVIEW: frozenset("bqsj"),
    StepKind.OFFER: frozenset("bqj"),
}
"""The letters that do something at each sort of step; "?" is help everywhere."""
_ANSWERS: Mapping[StepKind, Callable[[Walk, str], Walk]] = {
    StepKind.NAME: _name,
    StepKind.ORGANISATION: _organisation,
    StepKind.ROLE: _role,
    StepKind.PROFILE: _profile,
    StepKind.QUESTION: _question,
    StepKind.SHOWN_ALONE: _shown_alone,
    StepKind.REVIEW: _review,
    StepKind.OFFER: offered,
}
_COMMANDS: Mapping[str, Callable[[Walk, str], Walk]] = {
    "b": back,
    "d": _unknown,
    "e": _note,
    "j": _jump,
    "n": _not_applicable,
    "q": quits,
    "s": _skip,
}
