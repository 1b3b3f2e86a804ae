"""“Does not apply” as an answer to a question that applies to every service: it counts as not known."""

from collections.abc import Iterable, Iterator

from readiness.assessment.model import Assessment
from readiness.bank.fields import holds
from readiness.bank.model import Bank
from readiness.text import some


def counted_as_not_known(assessments: Iterable[Assessment], bank: Bank, file: str) -> list[str]:
    """Return what to tell of a file's answers that do not count as given: nothing, or one sentence for all of them."""
    said = {name for one in assessments for name in _set_aside(one, bank)}
    names = [f"“{question.name}”" for question in bank.ordered_questions if question.id in said]
    return [f"{file}: {not_known(names)}"] if names else []


def _set_aside(one: Assessment, bank: Bank) -> Iterator[str]:
    """Yield the questions that the team is asked, that always apply, and that are said not to."""
    for name, response in one.responses.items():
        question = bank.question_by_id.get(name) if response.not_applicable else None
        if question is not None and question.always and holds(question.when, one.team.profile):
            yield name


def not_known(names: list[str]) -> str:
    """Return the sentence for questions of these names."""
    them = "These apply" if len(names) > 1 else "It applies"
    return f"“Does not apply” is no answer to {some(names)}. {them} to every service, so it counts as not known."
