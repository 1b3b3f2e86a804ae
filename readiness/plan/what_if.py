"""What a change in the answers would do to the score and the plan, without touching the answers."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from fractions import Fraction

from readiness.assessment.model import UNKNOWN
from readiness.bank.model import Question, exact
from readiness.errors import InputError, Problem
from readiness.plan.build import build_plan
from readiness.plan.model import PlannedAction
from readiness.plan.overlay import Edit
from readiness.scoring.model import Score, ScoreModel, State
from readiness.scoring.score import Standings

_NO_EDITS: Mapping[str, Edit] = {}


class MovedAction(ScoreModel):
    """An action that would come into the plan, or leave it."""

    id: str
    title: str


class Change(ScoreModel):
    """The score before and after, and the actions that the plan would gain and lose."""

    before: Score
    after: Score
    gained: tuple[MovedAction, ...]
    lost: tuple[MovedAction, ...]


def what_if(standings: Standings, changes: Iterable[str], edits: Mapping[str, Edit] = _NO_EDITS) -> Change:
    """Return what ``changes`` would do, each ``question=level`` or ``question=unknown``; a level is given by its value.

    ``edits`` is what a person changed, by action id: actions are called as they call them, and what they dropped is
    none.
    Raises InputError with everything in ``changes`` that can't be understood.
    """
    changed = standings
    problems: list[Problem] = []
    for text in changes:
        try:
            changed = _with(changed, text)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    before, after = standings.score(), changed.score()
    old = {action.id: action for action in build_plan(standings, before).actions}
    new = {action.id: action for action in build_plan(changed, after).actions}
    return Change(before=before, after=after, gained=_only_in(new, old, edits), lost=_only_in(old, new, edits))


def _only_in(
    one: Mapping[str, PlannedAction], other: Mapping[str, PlannedAction], edits: Mapping[str, Edit]
) -> tuple[MovedAction, ...]:
    return tuple(
        MovedAction(id=name, title=edit.title or action.title)
        for name, action in one.items()
        if name not in other and not (edit := edits.get(name, Edit())).dropped
    )


def _with(standings: Standings, text: str) -> Standings:
    name, equals, level = (part.strip() for part in text.partition("="))
    asked = {standing.question.id: standing.question for standing in standings.questions}
    if not equals or not level:
        raise InputError(Problem(f'"{text}" is no change of an answer', "Write it as question=level: critical-mass=3."))
    if name not in asked:
        close = get_close_matches(name, asked, n=1)
        todo = f'Did you mean "{close[0]}"?' if close else "Look the ids up in the question bank."
        if name in standings.bank.question_by_id:
            todo = "Change the profile in the answers, if it should be."
        raise InputError(Problem(f'This service is not asked a question "{name}"', todo))
    if level.casefold() == UNKNOWN:
        return _unknown(standings, name)
    return standings.with_share(name, _share(asked[name], level))


def _share(question: Question, text: str) -> Fraction:
    for level in question.levels:
        if str(level.value) == text:
            return question.share(exact(level.value))
    known = ", ".join(str(level.value) for level in question.levels)
    raise InputError(Problem(f'"{question.id}" has no level {text}', f"Use one of: {known}, {UNKNOWN}."))


def _unknown(standings: Standings, name: str) -> Standings:
    questions = tuple(
        replace(standing, state=State.UNKNOWN, share=None, n=0) if standing.question.id == name else standing
        for standing in standings.questions
    )
    return replace(standings, questions=questions)
