"""Report of one team as a document: what each of its parts says, once for every format."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from readiness.document.blocks import Block, Document, Fold, Heading, Paragraph, Points, Section, SideBySide, Tone
from readiness.document.charts import BarChart, ForceChart, StepsChart, score_alone
from readiness.document.spans import Line, Look, Span, quiet, said, spans, strong
from readiness.document.tables import Cell, Column, Lines, Table, of_numbers
from readiness.document.values import ScoreView
from readiness.language import _
from readiness.report.model import AnswerView, AskView, DomainView, Report
from readiness.report.plan_section import brief_actions, plan_section
from readiness.report.summary_section import summary_section, title
from readiness.report.views_section import views_section
from readiness.scoring.explain import names_in_short
from readiness.scoring.model import State
from readiness.text import ended
from readiness.theme.theme import Part, Theme

_ASKED_IN_BRIEF = 4


def report_document(report: Report, theme: Theme) -> Document:
    """Return the report as a document, with the parts that the theme has, in its order."""
    return Document(
        title=report.team,
        kicker=report.title,
        lines=[*_lines(report)],
        about=_("Where the service stands, and an action plan"),
        running=f"{report.team}, {report.date_text}",
        date=report.day,
        author=report.organisation or report.team,
        nav=_("In this report"),
        blocks=[section for part in theme.parts for section in _PARTS[part](report, theme)],
    )


def _lines(report: Report) -> Iterator[Line]:
    if report.organisation:
        yield report.organisation
    answered = _("Answered by: {who}.", who=report.answered_by)
    yield f"{report.date_text}. {answered}"
    if report.sentences.terms:
        yield report.sentences.terms
    yield strong(report.sentences.not_validated)
    yield from (note for note in (report.draft, report.older_bank) if note)


def _range(score: ScoreView) -> str:
    return _("For what is not known, it is {range}.", range=score.range_text) if score.is_open else ""


def _forces(report: Report, theme: Theme) -> Iterator[Section]:
    helps: list[Block] = [
        Heading(
            _("What helps"),
            beside=_beside(_("in place: {score} of 100", score=report.facilitators.text), report.facilitators),
        ),
        _helps(report),
    ]
    hinders: list[Block] = [
        Heading(
            _("What gets in the way"),
            beside=_beside(_("guarded against: {score} of 100", score=report.barriers.text), report.barriers),
        ),
        _hinders(report),
        Paragraph(" ".join(_below_forces(report, theme)), Tone.NOTE),
    ]
    blocks: list[Block] = [
        Paragraph(report.sentences.forces, drawn=True),
        SideBySide(helps, hinders, name="field"),
    ]
    yield Section(Part.FORCES, title(Part.FORCES), blocks)


def _beside(words: str, score: ScoreView) -> str:
    if not score.is_open:
        return words
    open_ = _("{range}, for what is not known", range=score.range_text)
    return f"{words}, {open_}"


def _below_forces(report: Report, theme: Theme) -> Iterator[str]:
    yield report.sentences.guarded
    if any(answer.key for answer in report.helps):
        yield _("“Key” marks what the research calls a key facilitator.")
    if report.open and Part.OPEN in theme.parts:
        yield _("What is not known is left out here: see “{part}”.", part=title(Part.OPEN))


def _helps(report: Report) -> Table:
    columns = (
        Column(_("What"), share=56, row_header=True),
        Column(_("In place"), share=30, drawn=True),
        *of_numbers(_("Step"), share=14),
    )
    rows = [
        (_keyed(answer), ForceChart(answer.share or 0, helps=True), quiet(_step(answer))) for answer in report.helps
    ]
    return Table(columns, rows or _nothing(report), _("What helps, strongest first"), "force")


def _hinders(report: Report) -> Table:
    columns = (
        Column(_("Step"), share=14),
        Column(_("Not guarded"), share=30, drawn=True),
        Column(_("What guards against it"), share=56, row_header=True),
    )
    rows = [
        (quiet(_step(answer)), ForceChart(answer.share or 0, helps=False), answer.label) for answer in report.hinders
    ]
    caption = _("What gets in the way, least guarded against first")
    return Table(columns, rows or _nothing(report), caption, "force hinder")


def _nothing(report: Report) -> list[tuple[str, str, str]]:
    return [(report.sentences.nothing_known, "", "")]


def _keyed(answer: AnswerView) -> Line:
    return spans(answer.label, Span(_("key"), Look.KEY)) if answer.key else answer.label


def _step(answer: AnswerView) -> str:
    return _("{known} of {all}", known=answer.step, all=answer.steps)


def _domains(report: Report, _theme: Theme) -> Iterator[Section]:
    for domain in report.domains:
        yield Section(f"domain-{domain.id}", domain.title, [*_domain(domain)], kind="domain")


def _domain(domain: DomainView) -> Iterator[Block]:
    yield Paragraph(domain.about, Tone.LEAD)
    words = spans(strong(ended(score_alone(domain.overall))), _range(domain.overall), f"{domain.answered}.")
    yield SideBySide([BarChart(domain.overall)], [words], 0.36, "where")
    if domain.strong:
        yield Heading(_("What is strong"))
        strengths = [spans(strong(f"{one.label}."), one.answer, one.keep) for one in domain.strong]
        yield Points(strengths, name="strong-points")
    if domain.missing:
        yield Heading(_("What is missing"))
        yield _missing(domain.missing)
    if domain.open:
        yield spans(strong(_("Not known:")), f"{', '.join(one.label for one in domain.open)}.")
    reasons = [spans(reason.statement, quiet(f"{reason.kind_text} [{reason.source}]")) for reason in domain.why]
    yield Fold(_("Why it matters"), [Points(reasons, name="why-list")], printed=False)


def _missing(answers: Iterable[AnswerView]) -> Table:
    columns = (
        Column(_("What"), share=26, row_header=True),
        Column(_("Today"), share=37),
        Column(_("What to reach next"), share=37),
    )
    rows = [
        (Lines([answer.label, StepsChart(answer.step or 0, answer.steps)]), answer.answer, answer.next or "")
        for answer in answers
    ]
    return Table(columns, rows, name="steps")


def _asks_table(asks: Sequence[AskView]) -> Table:
    columns = (Column(_("Whom to ask"), share=34, row_header=True), Column(_("What they may know"), share=66))
    rows = [(ask.who, Lines([*map(_to_ask, ask.questions)])) for ask in asks]
    return Table(columns, rows, name="asks")


def _to_ask(answer: AnswerView) -> Line:
    unanswered = quiet(_("Not answered yet.")) if answer.state == State.UNANSWERED else None
    return spans(quiet(f"{answer.number}."), answer.question, unanswered)


def _open(report: Report, _theme: Theme) -> Iterator[Section]:
    if report.asks:
        yield Section(Part.OPEN, title(Part.OPEN), [report.sentences.open, _asks_table(report.asks)])


def _brief(report: Report, _theme: Theme) -> Iterator[Section]:
    """Yield the second of two pages: what to do first, whom to ask, and what the result does not claim."""
    blocks: list[Block] = [*brief_actions(report)]
    if report.asks:
        who = [
            spans(strong(ask.who), f"{names_in_short([answer.label for answer in ask.questions])}.")
            for ask in report.asks[:_ASKED_IN_BRIEF]
        ]
        blocks += [Heading(title(Part.OPEN), 2), Points(who)]
    blocks.append(report.sentences.claim)
    blocks.append(Paragraph(report.sentences.made_with, Tone.MADE))
    yield Section(Part.BRIEF, title(Part.BRIEF), blocks, new_page=True)


def _answers(report: Report, _theme: Theme) -> Iterator[Section]:
    """Yield every question with where it stands, and what people wrote; the levels' words are in the parts."""
    blocks: list[Block] = []
    if report.notes_left_out:
        blocks.append(report.sentences.notes_left_out)
    if report.notes_told:
        blocks.append(report.notes_told)
    facts = [(fact.label, fact.value) for fact in report.profile]
    columns = (Column(_("About the service"), row_header=True), Column(_("Answer")))
    blocks.append(Table(columns, facts, _("About the service"), "facts", heads=False, together=True))
    blocks.append(_all([answer for domain in report.domains for answer in domain.answers]))
    yield Section(Part.ANSWERS, title(Part.ANSWERS), blocks)


def _all(answers: Sequence[AnswerView]) -> Table:
    several = any(answer.counts for answer in answers)
    columns = (
        Column(_("No."), share=6, label=True),
        Column(_("Question"), share=62, row_header=True),
        Column(_("Where it stands"), share=14),
        *([Column(_("People on each step"), share=18)] if several else []),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            str(answer.number),
            Lines([answer.question, *_written(answer)]),
            _("Step {step} of {all}", step=answer.step, all=answer.steps) if answer.step else answer.answer,
            *([answer.counts or ""] if several else []),
        )
        for answer in answers
    ]
    return Table(columns, rows, name="all counted" if several else "all")


def _written(answer: AnswerView) -> Iterator[Line]:
    for line in answer.note:
        yield said(f"“{line}”")
    if answer.evidence:
        yield spans(quiet(_("Shown by:")), said("; ".join(answer.evidence)))


def _method(report: Report, _theme: Theme) -> Iterator[Section]:
    sentences = report.sentences
    bands = [
        spans(strong(one.label + _(", from {start}.", start=f"{one.start:g}")), one.meaning) for one in report.bands
    ]
    sources = [spans(one.citation, Span(one.url or "", link=one.url), quiet(one.about or "")) for one in report.sources]
    yield Section(
        Part.METHOD,
        title(Part.METHOD),
        [
            *sentences.score,
            Points(bands),
            sentences.bands,
            spans(strong(sentences.not_validated), sentences.claim),
            Heading(_("Sources")),
            Points(sources, numbered=True, name="sources"),
            Paragraph(sentences.made_with, Tone.MADE),
        ],
    )


_PARTS: Mapping[Part, Callable[[Report, Theme], Iterator[Section]]] = {
    Part.SUMMARY: summary_section,
    Part.FORCES: _forces,
    Part.VIEWS: views_section,
    Part.DOMAINS: _domains,
    Part.PLAN: plan_section,
    Part.OPEN: _open,
    Part.ANSWERS: _answers,
    Part.METHOD: _method,
    Part.BRIEF: _brief,
}
