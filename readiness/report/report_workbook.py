"""The report as a workbook: scores, answers and plan, to filter and count in. ``tracker``'s is the one to work in."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from readiness.bank.model import Kind
from readiness.document.table_workbook import Columns, DataSheet, Imprint, Value, data_workbook
from readiness.document.values import ScoreView
from readiness.language import N_, _
from readiness.plan.overlay import Status
from readiness.report.model import ActionView, Report
from readiness.report.sentences import KIND_WORDS
from readiness.report.views_sheet import VIEWS, view_rows
from readiness.scoring.model import State
from readiness.theme.theme import Theme

_Row = Sequence[Value]


def render_xlsx(report: Report, theme: Theme) -> bytes:
    """Return the report as an XLSX workbook. The same report gives the same bytes."""
    author = theme.name or report.organisation or report.team
    imprint = Imprint(f"{report.title} {report.team}", author, report.team, report.date_text, report.day)
    return data_workbook(_sheets(report, theme), imprint, theme)


def _sheets(report: Report, theme: Theme) -> Iterator[DataSheet]:
    yield _sheet(N_("Summary"), _ABOUT, _summary(report, theme))
    yield _sheet(N_("Scores"), _SCORES, _scores(report))
    yield _sheet(N_("All answers"), _ANSWERS, _answers(report))
    if report.views:
        yield _sheet(N_("Views"), VIEWS, view_rows(report.views, [one.title for one in report.domains]))
    yield _sheet(N_("Plan"), _PLAN, _plan(report))
    yield _sheet(N_("Why"), _WHY, _why(report))


def _sheet(name: str, columns: Columns, rows: Iterable[_Row]) -> DataSheet:
    return DataSheet(_(name), [(_(heading), width) for heading, width in columns], rows)


_ABOUT = ((N_("What"), 44), (N_("Value"), 80))
_SCORES = (
    (N_("Part"), 40),
    (N_("Score"), 9),
    (N_("Could be"), 16),
    (N_("Known"), 12),
    (N_("Low"), 9),
    (N_("High"), 9),
    (N_("About"), 70),
)
_ANSWERS = (
    (N_("No."), 6),
    (N_("Part"), 24),
    (N_("Question"), 44),
    (N_("Answer"), 44),
    (N_("Notes"), 44),
    (N_("Shown by"), 34),
    (N_("What"), 30),
    (N_("Step"), 7),
    (N_("Of"), 6),
    (N_("State"), 14),
    (N_("Kind"), 12),
    (N_("The next step up"), 70),
    (N_("Keep"), 70),
    (N_("Whom to ask"), 50),
    (N_("Id"), 26),
)
_PLAN = (
    (N_("No."), 6),
    (N_("What to do"), 40),
    (N_("Who"), 24),
    (N_("By when"), 13),
    (N_("Status"), 11),
    (N_("Comments"), 30),
    (N_("To note"), 34),
    (N_("How you will know"), 60),
    (N_("Details"), 90),
    (N_("Suggested owner"), 30),
    (N_("When"), 22),
    (N_("Effort"), 24),
    (N_("Together"), 30),
    (N_("Starts from"), 30),
    (N_("Holds a band back"), 10),
    (N_("Start with these"), 8),
    (N_("Taken out because"), 40),
    (N_("For"), 40),
    (N_("Id"), 30),
)
_WHY = ((N_("Part"), 24), (N_("Finding"), 80), (N_("Kind"), 16), (N_("Key"), 6), (N_("Source"), 8))


def _summary(report: Report, theme: Theme) -> Iterator[_Row]:
    yield from _about(report, theme)
    yield _("Band"), report.band.label if report.band else _("No score yet")
    if report.band:
        yield "", report.band.meaning
    scored = report.overall.score is not None
    score = _("{score} out of 100", score=report.overall.text) if scored else _("No score yet")
    yield _("Score"), _("{title}, could be {range}", title=score, range=report.overall.range_text)
    if report.provisional:
        yield "", report.sentences.provisional
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
    if theme.name:
        yield _("Report by"), f"{theme.name}. {theme.contact}" if theme.contact else theme.name
    if theme.footer:
        yield _("Note"), theme.footer
    yield from ((_("Note"), note) for note in (report.draft, report.older_bank) if note)
    yield from ((fact.label, fact.value) for fact in report.profile)
    if report.notes_left_out:
        yield _("Notes"), report.sentences.notes_left_out
    if report.notes_told:
        yield _("Notes"), report.notes_told


def _scores(report: Report) -> Iterator[_Row]:
    def numbers(score: ScoreView, known: str | None = None) -> _Row:
        return score.score, score.range_text, known, score.low, score.high

    yield _("Overall"), *numbers(report.overall), None
    for domain in report.domains:
        yield domain.title, *numbers(domain.overall, domain.known), domain.about
    yield _("What helps (in place)"), *numbers(report.facilitators), None
    yield _("What gets in the way (guarded against)"), *numbers(report.barriers), None


_STATES = {
    State.ANSWERED: N_("answered"),
    State.UNKNOWN: N_("not known"),
    State.UNANSWERED: N_("not answered"),
    State.NOT_APPLICABLE: N_("does not apply"),
}


def _answers(report: Report) -> Iterator[_Row]:
    for domain in report.domains:
        for answer in domain.answers:
            yield (
                answer.number,
                domain.title,
                answer.question,
                answer.answer,
                "\n".join(answer.note),
                "\n".join(answer.evidence),
                answer.label + " (" + _("key") + ")" if answer.key else answer.label,
                answer.step,
                answer.steps,
                _(_STATES[State(answer.state)]),
                _(KIND_WORDS[Kind(answer.kind)]),
                answer.next,
                answer.keep,
                answer.who_knows,
                answer.id,
            )


def _plan(report: Report) -> Iterator[_Row]:
    actions: Iterable[ActionView] = (action for horizon in report.horizons for action in horizon.actions)
    for action in (*actions, *report.past, *report.dropped):
        yield (
            action.number,
            action.title,
            action.owner,
            dt.date.fromisoformat(action.due) if action.due else None,
            _("Taken out") if action.dropped else action.status_text,
            "\n".join(action.comments),
            action.dropped or action.mark or (_("Late") if action.late else None),
            action.sign,
            action.detail,
            action.role,
            f"{action.horizon}: {action.when}",
            action.effort,
            action.together,
            action.starts_from,
            _("yes") if action.holds_band else None,
            _("yes") if action.start_here else None,
            action.dropped,
            action.label,
            action.id,
        )


def _why(report: Report) -> Iterator[_Row]:
    for domain in report.domains:
        for reason in domain.why:
            yield domain.title, reason.statement, reason.kind_text, _("yes") if reason.key else None, reason.source
