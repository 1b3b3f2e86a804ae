"""A year later: finished answers are looked at, changed, or answered anew beside those of last time. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from readiness.assessment.model import Assessment, BankReference, Response
from readiness.interview.asked import Asking, tell
from readiness.interview.changes import answered, with_changes
from readiness.interview.lines import Line, LinePart
from readiness.interview.walk import Walk
from readiness.language import in_long
from readiness.text import safe, safe_lines
from readiness.words import NO, YES

_LOOK, _CHANGE, _ANEW = frozenset({"", "1", "look"}), frozenset({"2", "change", "b"}), frozenset({"3", "anew"})
_AS_BEFORE = frozenset({"", "s"})


def finished(_: Walk) -> Iterator[Line]:
    """Yield what can be done with finished answers."""
    yield Line(LinePart.QUESTION, "These answers are finished. What would you like to do?")
    yield Line(LinePart.CHOICE, "Look at the result", "1.")
    yield Line(LinePart.CHOICE, "Look at the answers, and change some", "2.")
    yield Line(LinePart.CHOICE, "Answer anew: these answers are kept beside the new ones, under their date", "3.")
    yield Line(LinePart.HINT, "Enter shows the result. q quits.")


def choose(walk: Walk, line: str) -> Walk:
    """Return the walk after it was chosen what to do with finished answers."""
    word = line.casefold()
    here = replace(walk, asking=Asking.ANSWER)
    if word in _LOOK:
        return replace(here, at=len(walk.steps) - 1)
    if word in _CHANGE:
        return here
    if word in _ANEW:
        return anew(walk)
    return tell(walk, "Please type 1, 2 or 3.")


def anew(walk: Walk, offered: Assessment | None = None) -> Walk:
    """Return the walk at its beginning, with the service but no answers; those are the earlier ones.

    ``offered`` are the earlier ones as they can be given to today's bank, if they were given to another. What was said
    of the service can have changed: so it is asked again, and Enter keeps it.
    """
    before = walk.assessment
    if before is None:
        return walk
    earlier = offered or before
    options = {asked.id: {option.id for option in asked.options} for asked in walk.bank.profile}
    profile = {key: value for key, value in before.team.profile.items() if value in options.get(key, ())}
    blank = before.model_copy(
        update={
            "bank": BankReference.to(walk.bank),
            "team": before.team.model_copy(update={"profile": profile}),
            "respondent": before.respondent.model_copy(update={"shown_alone": None}),
            "responses": {},
            "shows_earlier": None,
        }
    )
    fresh = Walk(walk.bank, walk.date, blank, earlier=earlier, replaces=True)
    return replace(fresh, asking=Asking.SHOW_EARLIER) if earlier.responses else fresh


def shall_show(walk: Walk) -> Iterator[Line]:
    """Yield the question if each question shall show what was answered last time."""
    asked_before = walk.assessment is not None and walk.assessment.shows_earlier is not None
    hint = f"y yes, n no, Enter {'yes' if walk.shows_earlier else 'no'}{', as before' if asked_before else ''}; q quit"
    day = in_long(walk.known_earlier.date)
    yield Line(LinePart.QUESTION, f"Shall each question show what you answered on {day}?")
    yield Line(
        LinePart.TEXT,
        "Then Enter keeps that answer. Without it, you see each question afresh: last time’s answer does not sway you.",
    )
    yield Line(LinePart.HINT, hint)


def show(walk: Walk, line: str) -> Walk:
    """Return the walk after it was chosen if each question shows what was answered last time."""
    word = line.casefold()
    if word not in YES | NO | _AS_BEFORE:
        return tell(walk, "Please type y for yes or n for no.")
    resumes = walk.step.question is not None and walk.left_open
    here = replace(walk, asking=Asking.RESUME if resumes else Asking.ANSWER)
    asked_before = walk.assessment is not None and walk.assessment.shows_earlier is not None
    if word in _AS_BEFORE and asked_before:
        return here
    return with_changes(here, shows_earlier=word in YES)


def answer_then(walk: Walk) -> Response | None:
    """Return last time's answer to the question asked now, if it is shown and can still be given."""
    question, earlier = walk.step.question, walk.earlier
    if not walk.shows_earlier or question is None or earlier is None or walk.given(question):
        return None
    return replace(walk, assessment=earlier).given(question)


def keep(walk: Walk, then: Response) -> Walk:
    """Return the walk after last time's answer was kept; what was written to it belongs to last time."""
    return answered(walk, **then.model_dump(include={"level", "unknown", "not_applicable"}))


def told_then(walk: Walk, then: Response) -> Iterator[Line]:
    """Yield last time's answer, and what was written to it."""
    question, earlier = walk.step.asked_question, walk.known_earlier
    level = None if then.level is None else question.position(then.level)
    if level is not None:
        said = f"{level + 1}"
    else:
        said = "don’t know" if then.unknown else f"does not apply, because: {safe(then.not_applicable or '')}"
    older = earlier.bank.is_another_version(walk.bank) or earlier.bank.is_another_edition(walk.bank)
    if then.level is not None and older:
        told = f"What you answered on {in_long(earlier.date)}, to an older version, is closest to: {said}."
    else:
        told = f"On {in_long(earlier.date)} you answered: {said}."
    yield Line(LinePart.CHOSEN, told)
    if then.note:
        yield Line(LinePart.CHOSEN, f"Your note then: {' / '.join(safe_lines(then.note))}")
