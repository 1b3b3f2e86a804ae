"""Two saves of one person's answers: which is the older, and whether the newer stands for both."""

from readiness.assessment.model import Assessment, Respondent, Response
from readiness.errors import Place, Problem
from readiness.text import some


def age(one: Assessment) -> tuple[int, str]:
    """Return how often the answers were saved, and their date: of two saves the greater is the newer."""
    return one.revision, one.date.isoformat()


def is_older(one: Assessment, other: Assessment) -> bool:
    """Return whether of two saves of one person's answers this one was saved less often, or as often and earlier."""
    return age(one) < age(other)


def neither_counts(one: Assessment, other: Assessment, names: tuple[str, str]) -> Problem | None:
    """Return the problem of two saves of one person's answers, with their ``names``, if neither stands for both.

    One was saved more often and the other is of a later date; they are as old, and say something else; the older has
    answers that the newer has not; or nothing but a number in a survey tells that they are one person's.
    """
    (one, here), (other, there) = sorted(zip((one, other), names, strict=True), key=lambda each: age(each[0]))
    if _may_be_of_two_surveys(one, other):
        what = f"This has the same number in a survey as {there}, of another day, and other answers"
        todo = (
            "If both are one person’s, take the older out. If they are of two surveys, each of which numbers from 1, "
            "collect one of them again, and tell people apart by another column (--response-column)."
        )
        return Problem(what, todo, Place(here))
    if one.date > other.date:
        why = ". One was saved more often, the other is of a later date"
    elif is_older(one, other):
        return _went_apart(one, other, (here, there))
    elif _without_role(one) != _without_role(other):
        why = ", but not the same answers"
    else:
        return None
    return Problem(f"This is the same person’s answers as in {there}{why}", "Take one of the two out.", Place(here))


def _may_be_of_two_surveys(one: Assessment, other: Assessment) -> bool:
    """Return whether two as they came from a survey may be two people's, as each survey has that number."""
    numbered = one.respondent.one_survey and other.respondent.one_survey and one.revision == other.revision
    return bool(numbered) and one.date != other.date and one.responses != other.responses


def _went_apart(older: Assessment, newer: Assessment, names: tuple[str, str]) -> Problem | None:
    """Return the problem of two saves, with their ``names``, if the older has answers that the newer has not.

    Of two versions, none of these answers may differ: to go back to an old form is no change of mind.
    """
    another = older.bank.version != newer.bank.version
    then, now = (
        {name: _said(given) if another else () for name, given in one.responses.items() if given.answered}
        for one in (older, newer)
    )
    lost = some([name for name, said in then.items() if now.get(name) != said])
    if not lost:
        return None
    here, there = names
    if another:
        whose = f"This is the same person’s answers as in {there}, to another version of the questions"
        what = f"{whose}. Only here are these answers to {lost}"
        todo = "Give all answers in the file of the newer version. Then take the other one out."
        return Problem(what, todo, Place(here))
    what = f"This is an older save of the answers in {there}, but only here are answers to {lost}"
    todo = "If the two were filled in apart, give these answers in the newer too. Then take this one out."
    return Problem(what, todo, Place(here))


def _said(given: Response) -> object:
    return given.level, given.unknown, given.not_applicable


def _without_role(one: Assessment) -> Assessment:
    return one.model_copy(update={"respondent": Respondent(id=one.respondent.id)})
