"""What a walk shows: lines of plain text, each with the part it plays. Pure: nothing is drawn here."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from readiness.assessment.model import Response
from readiness.bank.model import Question
from readiness.interview.advance import EMPTY, takes_words
from readiness.interview.again import answer_then, finished, shall_show, told_then
from readiness.interview.asked import Asking
from readiness.interview.helping import helping, why
from readiness.interview.lines import Line, LinePart, Screen, choice_line
from readiness.interview.result import TWO_PEOPLE, result_lines
from readiness.interview.shared_lines import domain_lines, profile_lines
from readiness.interview.steps import Step, StepKind, how_many, minutes
from readiness.interview.walk import Walk
from readiness.scoring.disclosure import LEAST_GROUP, MIN_GROUP
from readiness.scoring.explain import band_starts
from readiness.scoring.rounding import in_words
from readiness.scoring.score import standings
from readiness.team import AssessedTeam
from readiness.text import counted, listed, safe, safe_lines

_LETTERS = {
    "d": "d don't know",
    "n": "n does not apply",
    "e": "e note",
    "s": "s skip",
    "b": "b back",
    "j": "j jump",
    "?": "? help",
    "q": "q quit",
}


def screen(walk: Walk) -> Screen:
    """Return what the walk shows now."""
    if walk.explained:
        return Screen(tuple(helping(walk)), "> ")
    lines = [*_why(walk), *_passed(walk), *(Line(LinePart.TOLD, text) for text in walk.told)]
    if walk.asking is not Asking.ANSWER:
        lines += _ASIDES[walk.asking](walk)
    elif walk.again:
        lines += _STEPS[walk.step.kind](walk)
    return Screen(tuple(lines), "> ", takes_words(walk))


def _why(walk: Walk) -> Iterator[Line]:
    """Yield why the question mattered that was just answered. Said before, it would give the hoped-for answer away."""
    if walk.answered:
        yield Line(LinePart.EXTRA, f"Saved. Why we asked: {why(walk, walk.answered)}")


def _passed(walk: Walk) -> Iterator[Line]:
    if walk.passed and walk.assessment:
        score = standings(walk.bank, [walk.assessment]).score()
        domain = next(domain for domain in score.domains if domain.id == walk.passed.id)
        done = f"{domain.coverage.answered} of {counted(domain.coverage.applicable, 'question')} answered"
        number = (
            "no score yet" if domain.score is None else f"{in_words(domain.score, band_starts(walk.bank))} out of 100"
        )
        left = f" {walk.left}" if walk.left else ""
        yield Line(LinePart.TOLD, f"That was “{walk.passed.title}”: {number}, {done}.{left}")


def _name(walk: Walk) -> Iterator[Line]:
    yield Line(LinePart.HEADING, walk.bank.title)
    if walk.bank.texts.terms:
        yield Line(LinePart.TEXT, walk.bank.texts.terms)
    fewest, most = how_many(walk.bank)
    taken = minutes(walk.bank.questions, (fewest + most) / 2 / len(walk.bank.questions))
    number = str(most) if fewest == most else f"{fewest} {'or' if most == fewest + 1 else 'to'} {most}"
    yield Line(
        LinePart.TEXT,
        f"First a few words about your service. Then {number} questions, in plain words, about what happens today. "
        f"It takes about {counted(taken, 'minute')}.",
    )
    yield Line(
        LinePart.TEXT,
        "Every answer is saved at once. Stop whenever you like: type q, and later go on where you were. "
        "Type ? for help, here and everywhere.",
    )
    yield Line(LinePart.QUESTION, "What is the name of your team or service?")
    if walk.assessment:
        yield Line(LinePart.CHOSEN, f"{safe(walk.assessment.team.name)} (press Enter to keep it)")


_KEEP = f"(press Enter to keep it, or type {EMPTY} to take it out)"


def _organisation(walk: Walk) -> Iterator[Line]:
    yield Line(LinePart.QUESTION, "Which organisation is it part of? Press Enter to leave this out.")
    if walk.assessment and walk.assessment.team.organisation:
        yield Line(LinePart.CHOSEN, f"{safe(walk.assessment.team.organisation)} {_KEEP}")


def _role(walk: Walk) -> Iterator[Line]:
    roles = walk.bank.roles
    if not roles:
        yield Line(LinePart.QUESTION, "What is your own role? Your name is not asked. Press Enter to leave this out.")
        if walk.assessment and walk.assessment.respondent.role:
            yield Line(LinePart.CHOSEN, f"{safe(walk.assessment.respondent.role)} {_KEEP}")
        return
    yield Line(LinePart.QUESTION, "What is your own role? Your name is not asked. Type s to leave this out.")
    for number, role in enumerate(roles, start=1):
        yield choice_line(number, role.label, chosen=role.id == walk.role)
    if walk.role:
        yield Line(LinePart.HINT, f"Enter keeps your role, {EMPTY} takes it out.")


def _profile(walk: Walk) -> Iterator[Line]:
    return profile_lines(walk, "About your service: {at} of {of}")


def _question(walk: Walk) -> Iterator[Line]:
    question, domain = walk.step.asked_question, walk.step.asked_domain
    questions = walk.questions
    number = walk.number(question)
    yield Line(LinePart.HEADING, f"{domain.title}: question {number} of {len(questions)}")
    if number == 1 or questions[number - 2].domain != domain.id:
        yield Line(LinePart.EXTRA, domain.about)
    if number == 1 and walk.bank.texts.choosing:
        yield Line(LinePart.EXTRA, walk.bank.texts.choosing)
    yield Line(LinePart.QUESTION, question.text)
    if question.help:
        yield Line(LinePart.TEXT if len(question.help) <= _SHORT else LinePart.EXTRA, question.help)
    response = walk.response
    for at, level in enumerate(question.levels, start=1):
        yield choice_line(at, level.text, chosen=response is not None and response.level == level.value)
    if response:
        yield from _answered(question, response)
    then = answer_then(walk)
    if then:
        yield from told_then(walk, then)
    keep = "Enter keeps your answer, " if walk.given(question) else "Enter keeps that answer, " if then else ""
    letters = _LETTERS if walk.returns is None else _LETTERS | {"b": _back(walk)}
    offered = [words for letter, words in letters.items() if letter != "n" or not question.always]
    yield Line(LinePart.HINT, f"{keep}{', '.join(offered)}")


def _answered(question: Question, response: Response) -> Iterator[Line]:
    """Yield what was answered besides a level, or to an older version, and what was written to it."""
    for answer in response.before:
        yield Line(LinePart.CHOSEN, _short(" / ".join(safe_lines(answer))))
    if response.unknown:
        yield Line(LinePart.CHOSEN, "You answered: don't know.")
    if response.not_applicable:
        reason = _short(safe(response.not_applicable))
        yield Line(LinePart.CHOSEN, f"You answered: does not apply, because: {reason}")
        if question.always:
            yield Line(LinePart.TOLD, "This applies to every service that is asked it, so that counts as not known.")
    if response.note:
        yield Line(LinePart.CHOSEN, f"Your note: {_short(' / '.join(safe_lines(response.note)))}")
    for shown in response.evidence[:_SHOWN]:
        yield Line(LinePart.CHOSEN, f"What shows it: {_short(safe(shown))}")
    if len(response.evidence) > _SHOWN:
        yield Line(LinePart.CHOSEN, f"and {len(response.evidence) - _SHOWN} more that show it (e shows all)")


def _back(walk: Walk) -> str:
    """Return what b does where a question was opened from elsewhere: it leads back there."""
    there = walk.steps[walk.returns or 0].question
    return f"b back to question {walk.number(there)}" if there else "b back to the review"


def _short(text: str) -> str:
    """Return a long text cut, so that it does not push the question off the screen."""
    return text if len(text) <= _LONG else f"{text[:_LONG].rstrip()}… ({len(text):,} characters; e shows all)"


_LONG = 160
_SHOWN = 3
"""How much of a note, and how many things that show an answer, stand with a question."""
_SHORT = 300
"""Characters of help up to which it always stands with its question."""


def _shown_alone(walk: Walk) -> Iterator[Line]:
    yield Line(LinePart.HEADING, "Your role")
    yield Line(LinePart.TEXT, _FEW)
    yield Line(LinePart.QUESTION, "May your role's answers be shown in the report although few of you answered?")
    if agreed(walk):
        yield Line(LinePart.CHOSEN, "You said: yes.")
    keep = "Enter keeps yes" if agreed(walk) else "Enter no"
    yield Line(LinePart.HINT, f"y yes, n no, {keep}, b back, ? help, q quit")


_FEW = (
    f"The report shows your role's answers by themselves only if {MIN_GROUP} or more people in your role answered, or "
    f"if all of those who answered say yes. Those who make the report can change the {MIN_GROUP}, but never to less "
    f"than {LEAST_GROUP}. They read the file with your answers. Others read only the report."
)


def agreed(walk: Walk) -> bool:
    """Return whether the respondent agrees that their role's answers are shown although few people hold it."""
    return walk.assessment is not None and walk.assessment.respondent.shown_alone is True


def _review(walk: Walk) -> Iterator[Line]:
    yield Line(LinePart.HEADING, "Review")
    questions = walk.questions
    for word, wanted in (("You don't know yet", True), ("Not answered yet", False)):
        found = [number for number in walk.open_numbers if (walk.given(questions[number - 1]) is not None) is wanted]
        if not found:
            continue
        yield Line(LinePart.TEXT, f"{word}:")
        for number in found:
            question = questions[number - 1]
            ask = f" (ask: {question.who_knows.rstrip('.')})" if question.who_knows and wanted else ""
            yield Line(LinePart.CHOICE, f"{question.name}{ask}", f"{number}.")
    if walk.role:
        may = "may" if agreed(walk) else "may not"
        yield Line(LinePart.TEXT, f"If few people hold your role, its answers {may} be shown. Type b to change that.")
    if walk.open_numbers:
        at = walk.open_numbers[0]
        hint = f"Type the number of any question to answer it and come back here. j {at} goes on from question {at}."
        yield Line(LinePart.HINT, f"{hint} Enter shows your result.")
    else:
        yield Line(LinePart.TEXT, "Every question is answered.")
        yield Line(
            LinePart.HINT, "Enter shows your result. Or type a question's number to look at it, and come back here."
        )


def _offer(walk: Walk) -> Iterator[Line]:
    yield from result_lines(walk.result or AssessedTeam(walk.bank, [walk.begun]), walk.date)
    yield Line(LinePart.TEXT, TWO_PEOPLE)
    yield Line(LinePart.QUESTION, "Shall the report with your action plan be written now?")
    yield Line(LinePart.HINT, "y yes, Enter no, b back to the review, j jump to a question")


def _why_not(_: Walk) -> Iterator[Line]:
    yield Line(LinePart.QUESTION, "Why does this not apply to your service? (Enter alone changes nothing.)")


def _note(walk: Walk) -> Iterator[Line]:
    response = walk.response
    if response and response.not_applicable:
        yield Line(LinePart.CHOSEN, f"Why it does not apply: {safe(response.not_applicable)}")
    for line in safe_lines(response.note) if response and response.note else ():
        yield Line(LinePart.CHOSEN, f"Your note: {line}")
    for shown in response.evidence if response else ():
        yield Line(LinePart.CHOSEN, f"What shows it: {safe(shown)}")
    yield Line(LinePart.QUESTION, "Your note, in one line. (Enter alone changes nothing.)")
    yield Line(
        LinePart.TEXT, "Start with + to list something that shows your answer. Type - to remove your notes here."
    )


def _resume(walk: Walk) -> Iterator[Line]:
    skipped = walk.left_open
    at = walk.number(walk.step.asked_question)
    numbers = _ranges(skipped)
    are = "s {} are" if len(skipped) > 1 else " {} is"
    yield Line(
        LinePart.QUESTION, f"Question{are.format(numbers)} still open. The last one you answered is question {at - 1}."
    )
    which = "a number" if len(skipped) > 1 else numbers
    yield Line(LinePart.HINT, f"Enter goes on with question {at}. Or type {which}, to answer that first.")


def _ranges(numbers: Iterable[int]) -> str:
    """Return the numbers, ascending, as people write them: 1, 4 to 6 and 9."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        start, _ = runs.pop() if runs and number == runs[-1][1] + 1 else (number, number)
        runs.append((start, number))
    words: list[str] = []
    for start, end in runs:
        words += [f"{start} to {end}"] if end > start + 1 else map(str, range(start, end + 1))
    return listed(words)


def _jump(walk: Walk) -> Iterator[Line]:
    yield Line(LinePart.QUESTION, "Which question? Type its number, r for the review, or Enter to stay.")
    yield from domain_lines(walk, " (open: {numbers})")
    yield Line(LinePart.CHOICE, "About your service: to look at what you said, or to change it", "p")


def _service(walk: Walk) -> Iterator[Line]:
    yield Line(LinePart.HEADING, "About your service")
    for number, step in enumerate(walk.about_service, start=1):
        asked, said = _said(walk, step)
        yield Line(LinePart.CHOICE, f"{asked} {said or '(left out)'}", f"{number}.")
    yield Line(LinePart.QUESTION, "Which one do you want to change? Type its number, or press Enter to go back.")


def _said(walk: Walk, step: Step[StepKind]) -> tuple[str, str | None]:
    """Return what a step asks about the service, in short, and what was answered."""
    team, role = walk.begun.team, walk.begun.respondent.role
    if step.profile:
        given = walk.profile.get(step.profile.id)
        return step.profile.text, next((each.label for each in step.profile.options if each.id == given), None)
    match step.kind:
        case StepKind.NAME:
            return "Name:", safe(team.name)
        case StepKind.ORGANISATION:
            return "Organisation:", safe(team.organisation or "")
        case _:
            known = (each.label for each in walk.bank.roles if each.id == walk.role)
            return "Your role:", next(known, safe(role or ""))


_STEPS: Mapping[StepKind, Callable[[Walk], Iterator[Line]]] = {
    StepKind.NAME: _name,
    StepKind.ORGANISATION: _organisation,
    StepKind.ROLE: _role,
    StepKind.PROFILE: _profile,
    StepKind.QUESTION: _question,
    StepKind.SHOWN_ALONE: _shown_alone,
    StepKind.REVIEW: _review,
    StepKind.OFFER: _offer,
}
_ASIDES: Mapping[Asking, Callable[[Walk], Iterator[Line]]] = {
    Asking.WHY_NOT: _why_not,
    Asking.NOTE: _note,
    Asking.JUMP: _jump,
    Asking.RESUME: _resume,
    Asking.FINISHED: finished,
    Asking.SHOW_EARLIER: shall_show,
    Asking.SERVICE: _service,
}
