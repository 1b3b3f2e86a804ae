"""The report as a workbook: scores, answers and plan, to filter and count in. ``tracker``'s is the one to work in."""

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from readiness.bank.model import Kind
from readiness.document.sheet import foot, paper, row_height
from readiness.document.values import ScoreView
from readiness.language import N_, _
from readiness.plan.overlay import Status
from readiness.report.model import ActionView, Report
from readiness.report.sentences import KIND_WORDS
from readiness.report.views_sheet import VIEWS, view_rows
from readiness.scoring.model import State
from readiness.theme.theme import Theme

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_Cell = str | int | float | dt.date | None
_Columns = Sequence[tuple[str, float]]
"""Headings and widths in characters."""


def render_xlsx(report: Report, theme: Theme) -> bytes:
    """Return the report as an XLSX workbook. The same report gives the same bytes."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, options) as book:
        date = dt.datetime.combine(dt.date.fromisoformat(report.date), dt.time())
        title = f"{report.title} {report.team}"[:250]
        author = (theme.name or report.organisation or report.team)[:250]
        book.set_properties({"title": title, "author": author, "created": date})
        _sheet(book, N_("Summary"), report, _ABOUT, _summary(report, theme), theme)
        _sheet(book, N_("Scores"), report, _SCORES, _scores(report), theme)
        _sheet(book, N_("All answers"), report, _ANSWERS, _answers(report), theme)
        if report.views:
            rows = view_rows(report.views, [one.title for one in report.domains])
            _sheet(book, N_("Views"), report, VIEWS, rows, theme)
        _sheet(book, N_("Plan"), report, _PLAN, _plan(report), theme)
        _sheet(book, N_("Why"), report, _WHY, _why(report), theme)
        for sheet in book.worksheets():
            sheet.set_paper(paper(theme))
    return out.getvalue()


_ABOUT: _Columns = ((N_("What"), 44), (N_("Value"), 80))
_SCORES: _Columns = (
    (N_("Part"), 40),
    (N_("Score"), 9),
    (N_("Could be"), 16),
    (N_("Known"), 12),
    (N_("Low"), 9),
    (N_("High"), 9),
    (N_("About"), 70),
)
_ANSWERS: _Columns = (
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
_PLAN: _Columns = (
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
    (N_("Worth (points)"), 9),
    (N_("Holds the band back"), 10),
    (N_("Start here"), 8),
    (N_("Taken out because"), 40),
    (N_("For"), 40),
    (N_("Id"), 30),
)
_WHY: _Columns = ((N_("Part"), 24), (N_("Finding"), 80), (N_("Kind"), 16), (N_("Key"), 6), (N_("Source"), 8))


def _summary(report: Report, theme: Theme) -> Iterator[Sequence[_Cell]]:
    yield from _about(report, theme)
    yield _("Band"), report.band.label if report.band else _("No score yet")
    if report.band:
        yield "", report.band.meaning
    score = _("{score} out of 100", score=report.overall.text)
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


def _about(report: Report, theme: Theme) -> Iterator[Sequence[_Cell]]:
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


def _scores(report: Report) -> Iterator[Sequence[_Cell]]:
    def numbers(score: ScoreView, known: str | None = None) -> Sequence[_Cell]:
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


def _answers(report: Report) -> Iterator[Sequence[_Cell]]:
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


def _plan(report: Report) -> Iterator[Sequence[_Cell]]:
    actions: Iterable[ActionView] = (action for horizon in report.horizons for action in horizon.actions)
    for action in (*sorted(actions, key=lambda action: action.number), *report.past, *report.dropped):
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
            action.gain,
            _("yes") if action.holds_band else None,
            _("yes") if action.start_here else None,
            action.dropped,
            action.label,
            action.id,
        )


def _why(report: Report) -> Iterator[Sequence[_Cell]]:
    for domain in report.domains:
        for reason in domain.why:
            yield domain.title, reason.statement, reason.kind_text, _("yes") if reason.key else None, reason.source


def _sheet(
    book: "Workbook",
    name: str,
    report: Report,
    columns: _Columns,
    rows: Iterable[Sequence[_Cell]],
    theme: Theme,
) -> None:
    sheet: Worksheet = book.add_worksheet(_(name)[:_SHEET_NAME])
    formats = _formats(book, theme)
    for at, (heading, width) in enumerate(columns):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, _(heading), formats["heading"])
    count = 0
    for count, row in enumerate(rows, start=1):
        sheet.set_row(
            count, row_height((str(cell or ""), width) for cell, (_, width) in zip(row, columns, strict=True))
        )
        for at, cell in enumerate(row):
            _write(sheet, count, at, cell, formats)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, count, len(columns) - 1)
    sheet.set_landscape()
    sheet.print_area(0, 0, count, sum(width <= _PRINTED for width in accumulate(width for _, width in columns)) - 1)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    page = _("page {number} of {all}", number="&P", all="&N")
    sheet.set_footer(foot(report, theme, f"&A, {page}"))


def _write(sheet: "Worksheet", row: int, at: int, cell: _Cell, formats: Mapping[str, Any]) -> None:
    if isinstance(cell, int | float):
        sheet.write_number(row, at, cell, formats["cell"])
    elif isinstance(cell, dt.date):
        sheet.write_datetime(row, at, dt.datetime.combine(cell, dt.time()), formats["date"])
    elif cell:
        sheet.write_string(row, at, cell[:_LONGEST], formats["cell"])
    else:
        sheet.write_blank(row, at, None, formats["cell"])


_PRINTED = 165
"""How wide, in characters, the columns are that are printed: more would be too small to read."""

_SHEET_NAME = 31
"""Characters that the name of a sheet may have."""

_LONGEST = 32_767
"""Characters that a cell may have; no text of a report is as long."""


def _formats(book: "Workbook", theme: Theme) -> Mapping[str, Any]:
    cell = {"text_wrap": True, "valign": "top", "align": "left", "bottom": 1, "bottom_color": theme.line}
    head = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": theme.accent, "font_color": theme.paper}
    looks = {"cell": cell, "date": {**cell, "num_format": "d mmm yyyy"}, "heading": head}
    return {name: book.add_format({**look, "font_size": 10}) for name, look in looks.items()}
