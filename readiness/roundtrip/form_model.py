"""Gathers everything a blank form shows, as plain data. Nothing is drawn here."""

from readiness import __version__
from readiness.assessment.form_mark import FormMark, answer_place, level_code, note_place, why_place
from readiness.assessment.roles import ROLES
from readiness.bank.model import Bank, Question
from readiness.document.values import ReportModel, Shown
from readiness.language import _
from readiness.report.model import Fact
from readiness.report.view import draft_note


class Choice(ReportModel):
    """Something to choose: its code, and its words."""

    code: str
    text: Shown


class FormQuestion(ReportModel):
    """A question to answer. ``answer``, ``why`` and ``note`` name the places to fill in."""

    number: int
    id: str
    text: Shown
    help: Shown | None
    who_knows: Shown | None
    evidence: tuple[Shown, ...]
    levels: tuple[Choice, ...]
    answer: str
    why: str
    note: str


class FormDomain(ReportModel):
    """The questions of a domain."""

    id: str
    title: Shown
    about: Shown
    questions: tuple[FormQuestion, ...]


class FormView(ReportModel):
    """A whole blank form. ``team`` is None where the form asks for it; ``role`` is ticked where it is known."""

    title: Shown
    draft: Shown | None
    team: Shown | None
    organisation: Shown | None
    role: str | None
    profile: tuple[Fact, ...]
    roles: tuple[Choice, ...]
    domains: tuple[FormDomain, ...]
    count: int
    mark: FormMark
    version: str = __version__

    @property
    def questions(self) -> tuple[FormQuestion, ...]:
        """All questions, in order."""
        return tuple(question for domain in self.domains for question in domain.questions)


def build_form(bank: Bank, mark: FormMark, role: str | None = None) -> FormView:
    """Return the form with the ``mark``, which was made for ``bank``."""
    asked = bank.asked(mark.profile)
    numbers = {question.id: number for number, question in enumerate(asked, start=1)}
    domains = (
        FormDomain(
            id=domain.id,
            title=domain.title,
            about=domain.about,
            questions=tuple(_question(each, numbers[each.id]) for each in asked if each.domain == domain.id),
        )
        for domain in bank.domains
    )
    return FormView(
        title=bank.title,
        draft=draft_note(),
        team=mark.team,
        organisation=mark.organisation,
        role=role,
        profile=tuple(
            Fact(label=asked.text, value=asked.label(mark.profile[asked.id]) or "")
            for asked in bank.profile
            if asked.id in mark.profile
        ),
        roles=tuple(Choice(code=option.id, text=_(option.label)) for option in ROLES),
        domains=tuple(domain for domain in domains if domain.questions),
        count=len(asked),
        mark=mark,
    )


def _question(question: Question, number: int) -> FormQuestion:
    return FormQuestion(
        number=number,
        id=question.id,
        text=question.text,
        help=question.help,
        who_knows=question.who_knows,
        evidence=question.evidence,
        levels=tuple(Choice(code=level_code(level.value), text=level.text) for level in question.levels),
        answer=answer_place(question.id),
        why=why_place(question.id),
        note=note_place(question.id),
    )
