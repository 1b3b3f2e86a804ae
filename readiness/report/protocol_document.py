"""Protocol for testing a question bank with people, and its sheets: a review, the same answers twice, interviews."""

from collections.abc import Iterator, Sequence

from readiness.bank.model import Bank, Question
from readiness.document.blocks import Block, Document, Heading, Paragraph, Points, Section, Tone
from readiness.document.spans import quiet, strong
from readiness.document.tables import Column, Lines, Table, ToFillIn, of_words
from readiness.report.protocol_steps import reviewers, steps
from readiness.text import ended

_PROBES = (
    "Say the question in your own words.",
    "Which answer do you choose? What came to mind?",
    "Why that one, and not the one before or after it?",
    "Was an answer missing, or did two of them fit?",
    "Which word was hard, odd or hurtful?",
)


def protocol_document(bank: Bank, questions: Sequence[Question], whose: str = "") -> Document:
    """Return the protocol with its sheets for ``questions``; ``whose`` says for whom they are worded."""
    sheets = [
        Section("review", "Review sheet", [*_review(bank, questions)], new_page=True),
        Section("review-whole", "Review sheet: the whole", [*_whole()], new_page=True),
        Section("twice", "Record sheet for two sets of answers", [*_twice(questions)], new_page=True),
        *(
            Section(f"interview-{one.id}", f"Interview sheet {at}: {one.name}", [*_interview(bank, one)], new_page=True)
            for at, one in enumerate(questions, start=1)
        ),
    ]
    version = f"{bank.id} {bank.version}, fingerprint {bank.fingerprint}"
    return Document(
        title="Testing the questions with people",
        kicker=bank.title,
        lines=[version, whose] if whose else [version],
        running=f"Testing the questions with people: {bank.id} {bank.version}",
        blocks=[Section("steps", "What to do", [*steps(bank)]), *sheets],
        about="How to test these questions with people, and the sheets for it.",
    )


def _review(bank: Bank, questions: Sequence[Question]) -> Iterator[Block]:
    yield Paragraph(
        f"For {reviewers(bank)}. Read each question with all its answers first. Leave a line empty if all is well. "
        "The next sheet is about the whole.",
        Tone.LEAD,
    )
    yield _facts("Reviewer number", "Role", "Date")
    columns = (
        Column("Question", share=3, row_header=True),
        *of_words("Does it ask what matters?", "Words to change", "Answer missing", share=1.6),
        *of_words("Keep, change or drop", share=1.1),
    )
    yield Table(columns, [(Lines([strong(one.name), quiet(one.text)]), *[_space(2)] * 4) for one in questions])


def _whole() -> Iterator[Block]:
    yield _facts("Reviewer number", "Role", "Date")
    for asked in (
        "What have we not asked, and should?",
        "What should not be asked at all?",
        "What would make it safe to answer truly?",
    ):
        yield Heading(asked)
        yield Table([Column("")], [[_space(6)]], heads=False)


def _twice(questions: Sequence[Question]) -> Iterator[Block]:
    yield Paragraph(
        "For one person who answers twice, or for two people of one service. Write the number of the answer, DK for "
        "don’t know, or N/A for does not apply. Fill in the last column only where the two differ.",
        Tone.LEAD,
    )
    yield _facts("Pair number", "First: role and date", "Second: role and date")
    columns = (
        Column("Question", share=3, row_header=True),
        *of_words("First", "Second", share=0.7),
        *of_words("Did it change or differ, or were the words read differently?", share=3.4),
    )
    yield Table(columns, [(one.name, *[_space(1)] * 3) for one in questions], name="todo")


def _interview(bank: Bank, question: Question) -> Iterator[Block]:
    yield _facts("Person number", "Role", "Date")
    yield strong(question.text)
    if question.help:
        yield quiet(question.help)
    yield Points([f"{at}: {level.text}" for at, level in enumerate(question.levels)])
    columns = (Column("Ask", share=2, row_header=True), Column("What the person says", share=4))
    yield Table(columns, [(probe, _space(3)) for probe in _PROBES])
    yield Heading("For the interviewer, afterwards")
    meant = " ".join(ended(bank.finding_by_id[name].statement) for name in question.findings)
    yield f"It is meant to ask how far this is so: {meant}"
    yield _facts("Understood as meant: yes, in part, no", "Answer chosen", "Sure of it: yes, no")


def _facts(*labels: str) -> Table:
    """Return a row of places to fill in."""
    return Table([Column("") for _ in labels], [[Lines([quiet(label), _space(1)]) for label in labels]], heads=False)


def _space(lines: int) -> ToFillIn:
    """Return ``lines`` to write on."""
    return ToFillIn([""] * lines)
