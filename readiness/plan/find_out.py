"""Actions that find out what nobody knows: one for all questions that the same people know about."""

from collections.abc import Mapping, Sequence

from readiness.bank.model import FIND_OUT, Bank, Kind, Question
from readiness.language import _, n_
from readiness.plan.model import ActionKind, PlannedAction
from readiness.plan.stretch import Stretch
from readiness.text import unended


def asked_together(bank: Bank, profile: Mapping[str, str]) -> Mapping[str, str]:
    """Return, by question, the id of the first in the bank that the same people know about.

    Both are in the words that fit ``profile``. The first is looked for in the whole bank, whether it is asked or not:
    so what is asked, known or answered changes no id.
    """
    first: dict[str | None, str] = {}
    return {
        question.id: first.setdefault(question.worded(profile).who_knows, question.id)
        for question in bank.ordered_questions
    }


def find_out_id(first: str) -> str:
    """Return the id of the action that asks about ``first``, and all that the same people know about."""
    return f"{FIND_OUT}{first}"


def find_out(
    first: str, questions: Sequence[Question], numbers: Sequence[int] = (), *, kind: Kind | None, holds: bool
) -> PlannedAction:
    """Return the action that asks people about ``questions`` (one or more), which they all know about.

    ``numbers`` are those that the questions are asked by, if they are asked.
    """
    who, domains = questions[0].who_knows, {question.domain for question in questions}
    each = zip(questions, numbers, strict=True) if numbers else ((question, None) for question in questions)
    return PlannedAction(
        id=find_out_id(first),
        number=0,
        kind=ActionKind.FIND_OUT,
        questions=tuple(question.id for question in questions),
        question_numbers=tuple(numbers),
        about="; ".join(question.name for question in questions),
        question_kind=kind,
        domain=domains.pop() if len(domains) == 1 else None,
        title=_("Ask: {who}", who=unended(who)) if who else unended(_("Ask the people who do the work.")),
        detail=" ".join(_asked(question, number) for question, number in each),
        owner=_("Whoever leads this assessment"),
        horizon=Stretch.NOW,
        effort=1,
        sign=n_(
            "You can answer the question, and say what shows it.",
            "You can answer the {count} questions, and say what shows it.",
            len(questions),
        ),
        holds_band=holds,
    )


def _asked(question: Question, number: int | None) -> str:
    """Return a question with its number, and what would show the answer."""
    text = question.text if number is None else f"{number}. {question.text}"
    if not question.evidence:
        return text
    return f"{text} " + _("Look for: {evidence}.", evidence="; ".join(question.evidence))
