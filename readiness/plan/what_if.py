"""What a change in the answers would do to the score and the plan, without touching the answers."""

from collections.abc import Iterable, Iterator, Mapping

from readiness.assessment.model import UNKNOWN
from readiness.bank.model import Question
from readiness.errors import InputError, Problem
from readiness.plan.basis import PlanBasis
from readiness.plan.build import build_plan
from readiness.plan.model import Plan, PlannedAction
from readiness.plan.overlay import Edit
from readiness.scoring.model import FirstSchema, Score, ScoreModel, State
from readiness.scoring.score import Standings
from readiness.scoring.standing import Standing
from readiness.text import likeness, short, some

_NO_EDITS: Mapping[str, Edit] = {}

_EXAMPLE = "Write it as 8=4 (question 8, its fourth answer), or with its id and a level's value: critical-mass=3"


class MovedAction(ScoreModel):
    """An action that would come into the plan, or leave it. ``about`` says what it is for."""

    id: str
    title: str
    about: str


class ChangedAnswer(ScoreModel):
    """An answer that was changed, as it was understood: which question, and what it said and says.

    ``question_number`` counts the questions as they are asked.
    """

    question: str
    question_number: int
    label: str
    before: str
    after: str


class WhatIf(ScoreModel):
    """What was changed; the score before and after, and the actions that the plan would gain and lose."""

    schema_: FirstSchema = 1
    answers: tuple[ChangedAnswer, ...]
    before: Score
    after: Score
    gained: tuple[MovedAction, ...]
    lost: tuple[MovedAction, ...]


def what_if(basis: PlanBasis, computed: Plan, changes: Iterable[str], edits: Mapping[str, Edit] = _NO_EDITS) -> WhatIf:
    """Return what ``changes`` would do; ``computed`` is the plan built from ``basis``.

    Each is ``8=4``: the question by its number as it is asked, the answer as it is counted on the screen, from 1; or
    ``critical-mass=3``: the question by its id, the level by its value, as in a file. Either may be ``=unknown``.
    ``edits`` is what a person changed, by action id: actions are called as they call them, and what they dropped is
    none.
    Raises InputError with everything in ``changes`` that can't be understood, or that changes a question once more.
    """
    standings = changed = basis.standings
    problems: list[Problem] = []
    first: dict[int, str] = {}
    for text in changes:
        try:
            number, changed = _with(changed, text)
        except InputError as error:
            problems += error.problems
            continue
        if number in first:
            what = f'"{short(first[number])}" and "{short(text)}" both change question {number}'
            problems.append(Problem(what, "Give one answer to a question, and run it again for the other."))
        first.setdefault(number, text)
    if problems:
        raise InputError(problems)
    before, after = standings.score(), changed.score()
    old = {action.id: action for action in computed.actions}
    new = {action.id: action for action in build_plan(basis.changed_to(changed)).actions}
    return WhatIf(
        answers=tuple(_changed(standings, changed)),
        before=before,
        after=after,
        gained=_only_in(new, old, edits),
        lost=_only_in(old, new, edits),
    )


def _changed(standings: Standings, changed: Standings) -> Iterator[ChangedAnswer]:
    for number, (old, new) in enumerate(zip(standings.questions, changed.questions, strict=True), start=1):
        if (old.state, old.counts) != (new.state, new.counts):
            yield ChangedAnswer(
                question=old.question.id,
                question_number=number,
                label=old.question.name,
                before=_in_words(old),
                after=_in_words(new),
            )


def _in_words(standing: Standing) -> str:
    return _STATES[standing.state] if standing.stands is None else standing.question.levels[standing.stands].text


_STATES = {
    State.UNKNOWN: "Don’t know",
    State.UNANSWERED: "Not answered yet",
    State.NOT_APPLICABLE: "Does not apply",
}


def _only_in(
    one: Mapping[str, PlannedAction], other: Mapping[str, PlannedAction], edits: Mapping[str, Edit]
) -> tuple[MovedAction, ...]:
    return tuple(
        MovedAction(id=name, title=edit.title or action.title, about=action.about)
        for name, action in one.items()
        if name not in other and not (edit := edits.get(name, Edit())).dropped
    )


def _with(standings: Standings, text: str) -> tuple[int, Standings]:
    """Return the number of the question that is changed, and the standings with the change."""
    name, equals, answer = (part.strip() for part in text.partition("="))
    if not equals or not answer or not name:
        raise InputError(Problem(f'"{short(text)}" is not a valid change', f"{_EXAMPLE}."))
    number, by_number = _asked(standings, name)
    question = standings.questions[number - 1].question
    if answer.casefold() == UNKNOWN:
        unknown = Standing(question, (0,) * len(question.levels), not_known=standings.respondents)
        return number, standings.with_standing(unknown)
    counted = enumerate(question.levels, start=1)
    levels = {str(at if by_number else level.value): level for at, level in counted}
    if answer not in levels:
        named = f"Question {number}, {question.name}," if by_number else f'"{question.id}"'
        known = some([f'{key} "{level.text}"' for key, level in levels.items()], "; ")
        what = f"{named} has no {'answer' if by_number else 'level'} {short(answer)}"
        raise InputError(Problem(what, f"Use one of: {known}; or {UNKNOWN}."))
    position = question.levels.index(levels[answer])
    return number, standings.with_standing(standings.questions[number - 1].set_to(position))


def _nearest(standings: Standings, name: str) -> Iterator[str]:
    """Yield the three questions whose id or name is most like ``name``, with the number of each."""
    asked = [*enumerate((standing.question for standing in standings.questions), start=1)]
    typed = name.casefold()

    def alike(question: Question) -> float:
        texts = (question.id, question.name.casefold())
        return max(likeness(typed, text) + (typed in text) for text in texts)

    for number, question in sorted(asked, key=lambda each: -alike(each[1]))[:_NEAREST]:
        yield f'{number} "{question.name}" ({question.id})'


_NEAREST = 3
"""Questions that a person may have meant: more of them nobody reads."""


def _asked(standings: Standings, name: str) -> tuple[int, bool]:
    """Return the number of the question called ``name``, and whether that is its number. An id goes first."""
    ids = [standing.question.id for standing in standings.questions]
    if name in ids:
        return ids.index(name) + 1, False
    if name in (numbers := [str(number) for number in range(1, len(ids) + 1)]):
        return numbers.index(name) + 1, True
    if name.isdecimal():
        todo = f"Use a number from 1 to {len(ids)}, or an id."
        raise InputError(Problem(f"There is no question {short(name)}", todo))
    nearest = "; ".join(_nearest(standings, name))
    elsewhere = name in standings.bank.question_by_id
    todo = f"{'It is for a service with another profile. ' if elsewhere else ''}The nearest are: {nearest}."
    raise InputError(Problem(f'This service is not asked a question "{short(name)}"', todo))
