"""The report as a workbook: scores, answers and plan, to filter and count in. ``tracker``'s is the one to work in."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from readiness.bank.model import Kind
from readiness.document.charts import score_in_words
from readiness.document.table_workbook import ColumnOf, DataSheet, Imprint, Value, data_workbook, sheet_of
from readiness.document.values import ScoreView
from readiness.language import N_, _
from readiness.plan.overlay import Status
from readiness.report.model import ActionView, AnswerView, ReasonView, Report
from readiness.report.sentences import KIND_WORDS
from readiness.report.views_sheet import view_columns, view_rows
from readiness.scoring.model import State
from readiness.theme.theme import Theme

_Row = Sequence[Value]


_Said = TypeVar("_Said")


class _In(NamedTuple, Generic[_Said]):
    """Something that is said in a part of the report."""

    part: str
    said: _Said


class _Scored(NamedTuple):
    """Score of a part, how much of it is known, and what it is about."""

    part: str
    score: ScoreView
    known: str | None = None
    about: str | None = None


def render_xlsx(report: Report, theme: Theme) -> bytes:
    """Return the report as an XLSX workbook. The same report gives the same bytes."""
    author = theme.name or report.organisation or report.team
    imprint = Imprint(f"{report.title} {report.team}", author, report.team, report.date_text, report.day)
    return data_workbook(_sheets(report, theme), imprint, theme)


def _sheets(report: Report, theme: Theme) -> Iterator[DataSheet]:
    yield DataSheet(_("Summary"), [(_("What"), 44), (_("Value"), 80)], _summary(report, theme))
    yield sheet_of(_("Scores"), _score_columns(), _scores(report))
    answers = [_In(domain.title, answer) for domain in report.domains for answer in domain.answers]
    yield sheet_of(_("All answers"), _answer_columns(), answers)
    if report.views:
        rows = view_rows(report.views, [one.title for one in report.domains])
        yield DataSheet(_("Views"), view_columns(report.views), rows)
    yield sheet_of(_("Plan"), _plan_columns(), report.every_action)
    reasons = [_In(domain.title, reason) for domain in report.domains for reason in domain.why]
    yield sheet_of(_("Why"), _why_columns(), reasons)


def _summary(report: Report, theme: Theme) -> Iterator[_Row]:
    yield from _about(report, theme)
    yield _("Band"), report.band.label if report.band else _("No score yet")
    if report.band:
        yield "", report.band.meaning
    yield _("Score"), score_in_words(report.overall)
    yield from ((_("Why"), sentence) for sentence in report.explanation)
    for held in report.held_by:
        stands = _("Needed: {needs} Today: {now}", needs=held.needs, now=held.now)
        yield _("What holds the next band back"), f"{held.label}. {stands}"
    if report.behind:
        yield _("Late or stuck"), report.behind
    for action in report.start:
        state = "" if action.status == Status.TODO else f" {action.status_text}."
        yield _("Start with these"), f"{action.number}. {action.named}, {action.time_frame}.{state}"
    if report.start:
        yield "", " ".join(told for told in (report.sentences.first, report.lowest) if told)
    if report.progress:
        yield _("The plan so far"), report.progress
    yield from (
        (_("{band}: from {start}", band=band.label, start=f"{band.start:g}"), band.meaning) for band in report.bands
    )
    yield _("What this is not"), report.sentences.claim
    for source in report.sources:
        words = (source.citation, source.url, source.about)
        yield _("Source {number}", number=source.number), " ".join(part for part in words if part)
    yield "", report.sentences.made_with


def _about(report: Report, theme: Theme) -> Iterator[_Row]:
    yield _("Team"), report.team
    yield _("Organisation"), report.organisation
    yield _("About"), report.title
    yield _("Date"), report.date_text
    yield _("Answered by"), report.answered_by
    yield _("What this is"), report.sentences.not_validated
    if report.sentences.terms:
        yield _("What the words mean"), report.sentences.terms
    if theme.name:
        yield _("Report by"), theme.whose
    if theme.footer:
        yield _("Note"), theme.footer
    yield from ((_("Note"), note) for note in (report.draft, report.older_bank) if note)
    yield from ((fact.label, fact.value) for fact in report.profile)
    if report.notes_left_out:
        yield _("Notes"), report.sentences.notes_left_out
    if report.notes_told:
        yield _("Notes"), report.notes_told


def _scores(report: Report) -> Iterator[_Scored]:
    yield _Scored(_("Overall"), report.overall)
    for domain in report.domains:
        yield _Scored(domain.title, domain.overall, domain.known, domain.about)
    yield _Scored(_("What helps (in place)"), report.facilitators)
    yield _Scored(_("What gets in the way (guarded against)"), report.barriers)


def _score_columns() -> Sequence[ColumnOf[_Scored]]:
    return (
        (_("Part"), 40, lambda one: one.part),
        (_("Score"), 9, lambda one: _whole(one.score.text)),
        (_("From – to"), 16, lambda one: one.score.range_text),
        (_("Known"), 12, lambda one: one.known),
        (_("Low"), 9, lambda one: _whole(one.score.low_text)),
        (_("High"), 9, lambda one: _whole(one.score.high_text)),
        (_("About"), 70, lambda one: one.about),
    )


def _whole(number: str) -> int | None:
    """Return a score as people see it, as a number to sort and to filter by."""
    return int(number) if number.isdecimal() else None


_STATES = {
    State.ANSWERED: N_("answered"),
    State.UNKNOWN: N_("not known"),
    State.UNANSWERED: N_("not answered"),
    State.NOT_APPLICABLE: N_("does not apply"),
}


def _answer_columns() -> Sequence[ColumnOf[_In[AnswerView]]]:
    return (
        (_("No."), 6, lambda one: one.said.number),
        (_("Part"), 24, lambda one: one.part),
        (_("Question"), 44, lambda one: one.said.question),
        (_("Answer"), 44, lambda one: one.said.answer),
        (_("Notes"), 44, lambda one: "\n".join(one.said.note)),
        (_("Shown by"), 34, lambda one: "\n".join(one.said.evidence)),
        (_("What"), 30, lambda one: one.said.label + (" (" + _("key") + ")" if one.said.key else "")),
        (_("Step"), 7, lambda one: one.said.step),
        (_("Of"), 6, lambda one: one.said.steps),
        (_("State"), 14, lambda one: _(_STATES[State(one.said.state)])),
        (_("Kind"), 12, lambda one: _(KIND_WORDS[Kind(one.said.kind)])),
        (_("The next step up"), 70, lambda one: one.said.next),
        (_("Keep"), 70, lambda one: one.said.keep),
        (_("Whom to ask"), 50, lambda one: one.said.who_knows),
        (_("Id"), 26, lambda one: one.said.id),
    )


def _plan_columns() -> Sequence[ColumnOf[ActionView]]:
    return (
        (_("No."), 6, lambda action: action.number),
        (_("What to do"), 40, lambda action: action.title),
        (_("Who"), 24, lambda action: action.owner),
        (_("By when"), 13, lambda action: dt.date.fromisoformat(action.due) if action.due else None),
        (_("Status"), 11, lambda action: _("Taken out") if action.dropped else action.status_text),
        (_("Comments"), 30, lambda action: "\n".join(action.comments)),
        (_("To note"), 34, lambda action: action.dropped or action.mark or (_("Late") if action.late else None)),
        (_("How you will know"), 60, lambda action: action.sign),
        (_("Details"), 90, lambda action: action.detail),
        (_("Suggested owner"), 30, lambda action: action.role),
        (_("When"), 22, lambda action: f"{action.horizon}: {action.when}"),
        (_("Effort"), 24, lambda action: action.effort),
        (_("Together"), 30, lambda action: action.together),
        (_("Starts from"), 30, lambda action: action.starts_from),
        (_("Holds a band back"), 10, lambda action: _("yes") if action.holds_band else None),
        (_("Start with these"), 8, lambda action: _("yes") if action.start_here else None),
        (_("Taken out because"), 40, lambda action: action.dropped),
        (_("For"), 40, lambda action: action.label),
        (_("Id"), 30, lambda action: action.id),
    )


def _why_columns() -> Sequence[ColumnOf[_In[ReasonView]]]:
    return (
        (_("Part"), 24, lambda one: one.part),
        (_("Finding"), 80, lambda one: one.said.statement),
        (_("Kind"), 16, lambda one: one.said.kind_text),
        (_("Key"), 6, lambda one: _("yes") if one.said.key else None),
        (_("Source"), 8, lambda one: one.said.source),
    )
