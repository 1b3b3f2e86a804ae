"""“Does not apply” as an answer to a question that applies to every service: it counts as not known."""

from collections.abc import Iterable

from readiness.assessment.model import Assessment
from readiness.bank.model import Bank
from readiness.text import some


def counted_as_not_known(assessments: Iterable[Assessment], bank: Bank, file: str) -> list[str]:
    """Return what to tell of a file's answers that do not count as given: nothing, or one sentence for all of them."""
    said = {name for one in assessments for name, response in one.responses.items() if response.not_applicable}
    names = [f"“{question.name}”" for question in bank.ordered_questions if question.always and question.id in said]
    return [f"{file}: {not_known(names)}"] if names else []


def not_known(names: list[str]) -> str:
    """Return the sentence for questions of these names."""
    them = "These apply" if len(names) > 1 else "It applies"
    return f"“Does not apply” is no answer to {some(names)}. {them} to every service, so it counts as not known."
