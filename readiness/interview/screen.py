"""What a walk shows: lines of plain text, each with the part it plays. Pure: nothing is drawn here."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from readiness.assessment.roles import ROLES
from readiness.bank.model import Question
from readiness.interview.steps import StepKind
from readiness.interview.walk import Asking, Walk
from readiness.plan.build import build_plan
from readiness.scoring.explain import explain
from readiness.scoring.numbers import in_words
from readiness.scoring.score import standings
from readiness.text import counted, safe, safe_lines


class Part(StrEnum):
    """What a line is, so that a terminal can give it looks. The words alone must be enough."""

    TOLD = "told"
    HEADING = "heading"
    QUESTION = "question"
    TEXT = "text"
    CHOICE = "choice"
    CHOSEN = "chosen"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Line:
    """One line (wrapped where it is drawn); ``lead`` is the number or mark that stands before it."""

    part: Part
    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """What to show, and the prompt to read the next line with."""

    lines: tuple[Line, ...]
    prompt: str


_LETTERS = {
    "d": "d don't know",
    "n": "n does not apply",
    "e": "e add a note",
    "s": "s skip",
    "b": "b back",
    "j": "j jump",
    "?": "? help",
    "q": "q save and quit",
}

_HELP = (
    "Type the number of the answer that is closest to what happens in your service today, then press Enter.",
    "If two seem to fit, choose the lower one.",
    "d: you don't know. That is a good answer: your plan will say whom to ask.",
    "n: this does not apply to your service. You are asked why. It then does not count.",
    "e: add a note. Start it with + to list something that shows your answer, such as + Minutes of May.",
    "s: skip for now. b: go back, as far as you like; no answer is lost. j: jump to a question by its number.",
    "q: stop. Everything is saved after every answer. Run the same command again to go on.",
)


def screen(walk: Walk) -> Screen:
    """Return what the walk shows now."""
    lines = [*_passed(walk), *(Line(Part.TOLD, text) for text in walk.told)]
    if walk.asking is not Asking.ANSWER:
        return Screen((*lines, *_aside(walk)), "> ")
    if walk.again:
        lines += _STEPS[walk.step.kind](walk)
    if walk.explained:
        lines += _explained(walk)
    return Screen(tuple(lines), "> ")


def _passed(walk: Walk) -> Iterator[Line]:
    if walk.passed and walk.assessment:
        score = standings(walk.bank, [walk.assessment]).score()
        domain = next(domain for domain in score.domains if domain.id == walk.passed.id)
        done = f"{domain.coverage.answered} of {counted(domain.coverage.applicable, 'question')} answered"
        number = "no score yet" if domain.score is None else f"{in_words(domain.score)} out of 100"
        yield Line(Part.TOLD, f"That was “{walk.passed.title}”: {number}, {done}.")


def _name(walk: Walk) -> Iterator[Line]:
    yield Line(Part.HEADING, walk.bank.title)
    yield Line(
        Part.TEXT, "First a few words about your service. Then the questions, in plain words, about what happens today."
    )
    yield Line(Part.TEXT, "Every answer is saved at once. Type q to stop at any time. Type ? for help.")
    yield Line(Part.QUESTION, "What is the name of your team or service?")
    if walk.assessment:
        yield Line(Part.CHOSEN, f"{safe(walk.assessment.team.name)} (press Enter to keep it)")


def _organisation(walk: Walk) -> Iterator[Line]:
    yield Line(Part.QUESTION, "Which organisation is it part of? Press Enter to leave this out.")
    if walk.assessment and walk.assessment.team.organisation:
        yield Line(Part.CHOSEN, f"{safe(walk.assessment.team.organisation)} (press Enter to keep it)")


def _role(walk: Walk) -> Iterator[Line]:
    yield Line(Part.QUESTION, "What is your own role? Your name is not asked. Type s to leave this out.")
    chosen = walk.assessment.respondent.role if walk.assessment else None
    for number, role in enumerate(ROLES, start=1):
        yield _choice(number, role.label, chosen=role.id == chosen)


def _profile(walk: Walk) -> Iterator[Line]:
    asked = walk.step.profile
    assert asked is not None  # noqa: S101 — a profile step has its question
    number = [entry.id for entry in walk.bank.profile].index(asked.id) + 1
    yield Line(Part.HEADING, f"About your service: {number} of {len(walk.bank.profile)}")
    yield Line(Part.QUESTION, asked.text)
    if asked.help:
        yield Line(Part.TEXT, asked.help)
    for at, option in enumerate(asked.options, start=1):
        yield _choice(at, option.label, chosen=walk.profile.get(asked.id) == option.id)


def _question(walk: Walk) -> Iterator[Line]:
    question, domain = walk.step.question, walk.step.domain
    assert question is not None  # noqa: S101 — a question step has its question
    assert domain is not None  # noqa: S101 — and its domain
    questions = walk.questions
    number = walk.number(question)
    yield Line(Part.HEADING, f"{domain.title}: question {number} of {len(questions)}")
    if number == 1 or questions[number - 2].domain != domain.id:
        yield Line(Part.TEXT, domain.about)
    yield Line(Part.QUESTION, question.text)
    yield Line(Part.TEXT, f"Why it matters: {walk.bank.finding_by_id[question.findings[0]].statement}")
    response = walk.response
    for at, level in enumerate(question.levels, start=1):
        yield _choice(at, level.text, chosen=response is not None and response.level == level.value)
    if response:
        if response.unknown:
            yield Line(Part.CHOSEN, "You answered: don't know.")
        if response.not_applicable:
            yield Line(Part.CHOSEN, f"You answered: does not apply, because: {safe(response.not_applicable)}")
        if response.note:
            yield Line(Part.CHOSEN, f"Your note: {' / '.join(safe_lines(response.note))}")
        for shown in response.evidence:
            yield Line(Part.CHOSEN, f"What shows it: {safe(shown)}")
    keep = "Enter keeps your answer, " if response and response.answered else ""
    yield Line(Part.HINT, f"{keep}{', '.join(_LETTERS.values())}")


def _choice(number: int, text: str, *, chosen: bool) -> Line:
    if chosen:
        return Line(Part.CHOSEN, f"{text} (your answer)", f"{number}.")
    return Line(Part.CHOICE, text, f"{number}.")


def _review(walk: Walk) -> Iterator[Line]:
    yield Line(Part.HEADING, "Review")
    questions = walk.questions
    for word, wanted in (("You don't know yet", True), ("Not answered yet", False)):
        found = [number for number in walk.open_numbers if (walk.given(questions[number - 1]) is not None) is wanted]
        if not found:
            continue
        yield Line(Part.TEXT, f"{word}:")
        for number in found:
            question = questions[number - 1]
            ask = f" Ask: {question.who_knows}" if question.who_knows and wanted else ""
            yield Line(Part.CHOICE, f"{question.text}{ask}", f"{number}.")
    if walk.open_numbers:
        yield Line(Part.HINT, "Type a number to go to that question, or press Enter to see your result.")
    else:
        yield Line(Part.TEXT, "Every question is answered.")
        yield Line(Part.HINT, "Press Enter to see your result, or type a question's number to look at it again.")


def _offer(walk: Walk) -> Iterator[Line]:
    assert walk.assessment is not None  # noqa: S101 — every step after the name has an assessment
    stands = standings(walk.bank, [walk.assessment])
    score = stands.score()
    yield Line(Part.HEADING, f"Your result: {score.band.label}" if score.band else "Your result")
    if score.band:
        yield Line(Part.TEXT, next(band.meaning for band in walk.bank.bands if band.id == score.band.id))
    for sentence in explain(walk.bank, score):
        yield Line(Part.TEXT, sentence)
    start = build_plan(stands, score).start
    if start:
        yield Line(Part.HEADING, "Start here")
    for number, action in enumerate(start, start=1):
        yield Line(Part.CHOICE, f"{action.title} ({action.owner})", f"{number}.")
    yield Line(Part.QUESTION, "Shall the report with your action plan be written now?")
    yield Line(Part.HINT, "y yes, Enter no, b back to the review, j jump to a question")


def _aside(walk: Walk) -> Iterator[Line]:
    if walk.asking is Asking.WHY_NOT:
        yield Line(Part.QUESTION, "Why does this not apply to your service? (Enter alone changes nothing.)")
    elif walk.asking is Asking.NOTE:
        yield Line(Part.QUESTION, "Your note, in one line. (Enter alone changes nothing.)")
        yield Line(
            Part.TEXT, "Start with + to list something that shows your answer. Type - to remove your notes here."
        )
    else:
        yield from _jump(walk)


def _jump(walk: Walk) -> Iterator[Line]:
    yield Line(Part.QUESTION, "Which question? Type its number, r for the review, or Enter to stay.")
    for domain in walk.bank.domains:
        numbers = [walk.number(question) for question in walk.questions if question.domain == domain.id]
        if numbers:
            waiting = [str(number) for number in numbers if number in walk.open_numbers]
            still = f" (open: {', '.join(waiting)})" if waiting else ""
            yield Line(Part.CHOICE, f"{domain.title}{still}", f"{numbers[0]}-{numbers[-1]}")


def _explained(walk: Walk) -> Iterator[Line]:
    question = walk.step.question
    if question:
        yield from _about(question)
    for text in _HELP:
        yield Line(Part.TEXT, text)


def _about(question: Question) -> Iterator[Line]:
    if question.help:
        yield Line(Part.TEXT, question.help)
    if question.evidence:
        yield Line(Part.TEXT, f"What could show it: {'; '.join(question.evidence)}.")
    if question.who_knows:
        yield Line(Part.TEXT, f"Who may know: {question.who_knows}")


_STEPS: Mapping[StepKind, Callable[[Walk], Iterator[Line]]] = {
    StepKind.NAME: _name,
    StepKind.ORGANISATION: _organisation,
    StepKind.ROLE: _role,
    StepKind.PROFILE: _profile,
    StepKind.QUESTION: _question,
    StepKind.REVIEW: _review,
    StepKind.OFFER: _offer,
}
