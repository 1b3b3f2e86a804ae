"""Gathers everything a blank form shows, as plain data. Nothing is drawn here."""

from collections.abc import Mapping

from readiness import __version__
from readiness.assessment.form_mark import (
    NO,
    SHOWN_ALONE,
    YES,
    FormMark,
    answer_place,
    level_code,
    note_place,
    why_place,
)
from readiness.assessment.roles import role_spellings
from readiness.bank.model import Bank, Question
from readiness.document.values import ReportModel, Shown
from readiness.language import _
from readiness.report.model import Fact
from readiness.report.view import draft_note, facts_of
from readiness.scoring.disclosure import LEAST_GROUP, MIN_GROUP


class Choice(ReportModel):
    """Something to choose: its code, and its words."""

    code: str
    text: Shown


class FormQuestion(ReportModel):
    """A question to answer. ``answer``, ``why`` and ``note`` name the places to fill in.

    ``always``: it applies to every service it is asked of, so "does not apply" is not offered.
    """

    number: int
    id: str
    text: Shown
    help: Shown | None
    who_knows: Shown | None
    evidence: tuple[Shown, ...]
    levels: tuple[Choice, ...]
    always: bool
    answer: str
    why: str
    note: str


class FormDomain(ReportModel):
    """The questions of a domain."""

    id: str
    title: Shown
    about: Shown
    questions: tuple[FormQuestion, ...]


class FormAgreement(ReportModel):
    """Question if a role's answers may be shown although few hold it, and what to know of it."""

    place: str
    title: Shown
    about: Shown
    text: Shown
    choices: tuple[Choice, ...]


class FormView(ReportModel):
    """A whole blank form. ``team`` is None if the form asks for it; ``role`` is filled in if it is known.

    Without ``roles`` to choose from, any words are a role. ``private``: what can be worked out from a report.
    ``sets_aside``: whether any question may be said not to apply. ``terms``: what the bank's main words mean.
    ``choosing``: how to choose if several answers fit. ``spellings``: the codes of roles by all they are called.
    """

    title: Shown
    terms: Shown | None
    choosing: Shown | None
    draft: Shown | None
    team: Shown | None
    organisation: Shown | None
    role: str | None
    profile: tuple[Fact, ...]
    roles: tuple[Choice, ...]
    spellings: Mapping[str, str]
    private: Shown
    agreement: FormAgreement
    domains: tuple[FormDomain, ...]
    count: int
    sets_aside: bool
    mark: FormMark
    version: str = __version__

    @property
    def questions(self) -> tuple[FormQuestion, ...]:
        """All questions, in order."""
        return tuple(question for domain in self.domains for question in domain.questions)


def build_form(bank: Bank, mark: FormMark, role: str | None = None) -> FormView:
    """Return the form with the ``mark``, which was made for ``bank`` and ``role``."""
    asked = bank.asked(mark.profile, role)
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
        terms=bank.texts.terms,
        choosing=bank.texts.choosing,
        draft=draft_note(),
        team=mark.team,
        organisation=mark.organisation,
        role=role,
        profile=facts_of(bank, mark.profile),
        roles=tuple(Choice(code=option.id, text=option.label) for option in bank.roles),
        spellings=role_spellings(bank.roles),
        private=_(
            "Those who make the report read your form: ask who they are. Others read only the report. If only two "
            "people answer for a team, each can work out what the other said."
        ),
        agreement=agreement(),
        domains=tuple(domain for domain in domains if domain.questions),
        count=len(asked),
        sets_aside=any(not question.always for question in asked),
        mark=mark,
    )


def agreement() -> FormAgreement:
    """Return what is asked about showing a role's answers, and its answers, in the language that is spoken."""
    return FormAgreement(
        place=SHOWN_ALONE,
        title=_("Your role’s answers"),
        about=_(
            "The report shows your role’s answers by themselves only if {number} or more people in your role answered, "
            "or if all of those who answered say yes here. Those who make the report can change the {number}, but "
            "never to less than {least}. If you are the only one in your role, a yes means that people will know the "
            "answers are yours. If you say no or leave this out, nothing in the report gives them away, unless only "
            "two people answer for your team, or all others of whom it tells say the same. Your answers count either "
            "way.",
            number=MIN_GROUP,
            least=LEAST_GROUP,
        ),
        text=_("May your role’s answers be shown in the report although few of you answered?"),
        choices=(Choice(code=YES, text=_("Yes")), Choice(code=NO, text=_("No"))),
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
        always=question.always,
        answer=answer_place(question.id),
        why=why_place(question.id),
        note=note_place(question.id),
    )
