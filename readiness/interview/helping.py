"""The pages of help: on what is asked just now, and on the keys. Pure."""

from collections.abc import Iterator, Mapping

from readiness.bank.model import Question
from readiness.interview.advance import EMPTY
from readiness.interview.asked import Asking
from readiness.interview.lines import Line
from readiness.interview.shared_lines import help_page, on_question
from readiness.interview.steps import StepKind
from readiness.interview.walk import Walk


def helping(walk: Walk) -> Iterator[Line]:
    """Return the page of help that the walk is at: on what is asked first, then on the keys."""
    back = "Press Enter to see the question again, or type your answer."
    return help_page(walk.explained, _about(walk), _KEYS, back)


def _about(walk: Walk) -> Iterator[str]:
    if walk.asking is not Asking.ANSWER:
        yield from _ASIDES[walk.asking]
    elif walk.step.question:
        yield from on_question(walk.step.question)
        yield "Type the number of the answer that is closest to what happens in your service today."
        yield walk.bank.texts.choosing or "If you can’t decide between two, choose the one nearer the top."
        if walk.given(walk.step.question):  # before, it would give the hoped-for answer away
            yield f"Why we ask: {why(walk, walk.step.question)}"
        if walk.step.question.always:
            yield "This applies to every service that is asked it. If you don't know, type d."
    else:
        yield from _STEPS[walk.step.kind]


def why(walk: Walk, question: Question) -> str:
    """Return why the question matters: what its first finding says."""
    return walk.bank.finding_by_id[question.findings[0]].statement


_KEYS = {
    "1, 2": "your answer: the number of the one that is closest to what happens today",
    "d": "you don't know. A good answer: your plan says whom to ask",
    "n": "it does not apply to your service. You are asked why. Where a question applies to all, it is not offered",
    "e": "add a note, or see your notes. Start with + to list something that shows your answer: e + Minutes of May",
    "s": "skip for now",
    "b": "go back, as far as you like. No answer is lost",
    "j": "jump to a question by its number: j 12. To the review at the end: j r. To your service: j p",
    "q": "stop. All your answers are saved. Run the same command again to go on",
    "Enter": "keep the answer that is shown",
}
_STEPS: Mapping[StepKind, tuple[str, ...]] = {
    StepKind.NAME: (
        (
            "The name of the team or service that all your answers are about, as people know it: "
            "Northside Community Mental Health Team, for example. It stands on the first page of the report."
        ),
        (
            "If several people answer for one team, each must write the name in the same way. "
            "You can change it later: j p leads to it."
        ),
    ),
    StepKind.ORGANISATION: (
        "The trust, charity or company that the team belongs to. It stands in the report, next to the team's name.",
        f"It may be left out: press Enter. To take out what is there, type {EMPTY}.",
    ),
    StepKind.ROLE: (
        (
            "People in different roles often see the same service differently. If several people answer, the report "
            "shows how roles differ. A role that few people hold is shown only if all of them agree: you are asked at "
            "the end."
        ),
        (
            "Choose the role that fits you best. You are not asked for your name. Some questions are then put to you "
            "in other words."
        ),
    ),
    StepKind.PROFILE: (
        "Your answer decides which questions come, and in which words. Choose what fits best today, by its number.",
        "You can change it later: j p leads to it. Answers that are then not asked any more are kept.",
    ),
    StepKind.SHOWN_ALONE: (
        (
            "If you say yes, and everybody in your role does, the report can show how you see the service next to how "
            "the others see it. If you are the only one, it is then plain what you said. In a team of two, each can "
            "work that out anyway."
        ),
        "No is a good answer: your answers count in the score all the same. You can change this until you send them.",
    ),
    StepKind.REVIEW: (
        (
            "This lists what is not answered yet, and what you don't know yet. You need not answer everything: "
            "what is open is shown in the report as a range of scores. If much is open, there is no score yet."
        ),
        (
            "Type a question's number to open it. After your answer you come back here. With j before it, you go on "
            "from there. Press Enter to see your result."
        ),
    ),
    StepKind.OFFER: (
        (
            "This is your result as your answers stand now. Nothing is final: you can go back (b), jump (j), "
            "and have the report written as often as you like."
        ),
        "y writes the report as a file beside your answers. Enter finishes without it.",
    ),
}
_ASIDES: Mapping[Asking, tuple[str, ...]] = {
    Asking.WHY_NOT: (
        (
            "A question that does not apply is left out of the score. Say in a few words why, for those who read "
            "the report: We have only one site, for example."
        ),
        "Press Enter alone, or type b, to leave the question as it was.",
    ),
    Asking.NOTE: (
        "A note is for the people who read the report: what lies behind your answer, or what is planned.",
        (
            "Start with + to list something that shows your answer, such as + Minutes of May. "
            "Type - alone to remove what you wrote on this question. Enter alone, or b, leaves it as it was."
        ),
    ),
    Asking.JUMP: (
        "Type the number of the question you want to see. Each stands at the top of its question.",
        "r leads to the review at the end, p to what you said of your service. Press Enter alone, or type b, to stay.",
    ),
    Asking.SERVICE: (
        "This is what you said about your service. Type a number to change it. You then come back to where you were.",
        "Some of it decides which questions you get. Answers that are then not asked any more are kept.",
    ),
    Asking.RESUME: (
        (
            "You left questions open on your way. You can answer one of them now: type its number. "
            "After that you go on where you stopped."
        ),
        "They are also listed in the review at the end, so none is forgotten.",
    ),
    Asking.FINISHED: (
        "1 shows your result. 2 lists your answers, and you can open each by its number to change it.",
        (
            "3 starts again from the first question, to see what has changed. These answers are kept in a file beside "
            "the new ones, with their date in its name, and so is the plan as it is now."
        ),
    ),
    Asking.SHOW_EARLIER: (
        "Most people answer more openly without it. You can see what has changed in the report afterwards.",
        "If you type y, each question shows last time’s answer, and Enter keeps it.",
    ),
}
