"""Lines that a walk and a workshop show alike: pages of help, the profile, and where one can jump to. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from readiness.bank.model import Question
from readiness.interview.asked import Asked
from readiness.interview.lines import Line, LinePart, choice_line
from readiness.language import _


def help_page(page: int, about: Iterable[str], keys: Mapping[str, str], back: str) -> Iterator[Line]:
    """Yield a page of help: the first on what is asked, ``about``, the second on the ``keys``.

    Each is a page by itself, so that neither help nor question pushes the other off the screen. ``back`` says how to
    leave it.
    """
    if page == 1:
        yield Line(LinePart.HEADING, _("Help"))
        yield from (Line(LinePart.TEXT, text) for text in about)
        yield Line(LinePart.HINT, " ".join([back, _("Type ? again for all the keys.")]))
        return
    yield Line(LinePart.HEADING, _("The keys"))
    yield from (Line(LinePart.CHOICE, _(text), key) for key, text in keys.items())
    yield Line(LinePart.HINT, back)


def on_question(question: Question) -> Iterator[str]:
    """Yield what a question asks, what could show the answer, and who may know it."""
    yield question.text
    if question.help:
        yield question.help
    if question.evidence:
        yield _("What could show it: {shown}.", shown="; ".join(question.evidence))
    if question.who_knows:
        yield _("Who may know: {who}", who=question.who_knows)


def domain_lines(asked: Asked[Any], still_open: str) -> Iterator[Line]:
    """Yield each domain with the numbers of its questions; ``still_open`` tells in words which of them are open."""
    for domain in asked.bank.domains:
        numbers = [asked.number(question) for question in asked.questions if question.domain == domain.id]
        if numbers:
            waiting = ", ".join(str(number) for number in numbers if number in asked.open_numbers)
            still = _(still_open, numbers=waiting) if waiting else ""
            yield Line(LinePart.CHOICE, f"{domain.title}{still}", f"{numbers[0]}-{numbers[-1]}")


def profile_lines(asked: Asked[Any], heading: str) -> Iterator[Line]:
    """Yield a profile question with its options; ``heading`` says in words which of them it is."""
    question, every = asked.step.asked_profile, asked.bank.profile
    at = [one.id for one in every].index(question.id) + 1
    yield Line(LinePart.HEADING, _(heading, at=at, of=len(every)))
    yield Line(LinePart.QUESTION, question.text)
    if question.help:
        yield Line(LinePart.TEXT, question.help)
    for number, option in enumerate(question.options, start=1):
        yield choice_line(number, option.label, chosen=asked.profile.get(question.id) == option.id)
