"""The report as a workbook: scores, answers and plan, to filter and count in. ``tracker``'s is the one to work in."""

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from readiness.report.model import ActionView, Report, ScoreView
from readiness.report.theme import Theme
from readiness.report.tracker import LINE_HEIGHT, lines_of
from readiness.report.views_sheet import VIEWS, view_rows

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_Cell = str | int | float | None
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
        formats = _formats(book, theme)
        _sheet(book, "Summary", report, (("What", 44), ("Value", 80)), _summary(report, theme), formats)
        _sheet(book, "Scores", report, _SCORES, _scores(report), formats)
        _sheet(book, "All answers", report, _ANSWERS, _answers(report), formats)
        if report.views:
            _sheet(
                book, "Views", report, VIEWS, view_rows(report.views, [one.title for one in report.domains]), formats
            )
        _sheet(book, "Plan", report, _PLAN, _plan(report), formats)
        _sheet(book, "Why", report, _WHY, _why(report), formats)
    return out.getvalue()


_SCORES: _Columns = (
    ("Part", 40),
    ("Score", 9),
    ("Could be", 16),
    ("Known", 12),
    ("Low", 9),
    ("High", 9),
    ("About", 70),
)
_ANSWERS: _Columns = (
    ("No.", 6),
    ("Part", 24),
    ("What", 30),
    ("Question", 44),
    ("Answer", 44),
    ("Notes", 44),
    ("Shown by", 34),
    ("Step", 7),
    ("Of", 6),
    ("State", 14),
    ("Kind", 12),
    ("The next step up", 40),
    ("Keep", 34),
    ("Whom to ask", 34),
    ("Id", 26),
)
_PLAN: _Columns = (
    ("No.", 6),
    ("What to do", 38),
    ("Details", 50),
    ("Who", 24),
    ("Suggested owner", 24),
    ("By when", 13),
    ("Status", 10),
    ("When", 22),
    ("Effort", 24),
    ("Worth (points)", 9),
    ("Holds the band back", 10),
    ("Start here", 8),
    ("How you will know", 38),
    ("Comments", 34),
    ("Taken out because", 28),
    ("To note", 34),
    ("For", 28),
    ("Id", 30),
)
_WHY: _Columns = (("Part", 24), ("Finding", 80), ("Kind", 16), ("Key", 6), ("Source", 8))


def _summary(report: Report, theme: Theme) -> Iterator[Sequence[_Cell]]:
    yield from _about(report, theme)
    yield "Band", report.band.label if report.band else "No score yet"
    if report.band:
        yield "", report.band.meaning
    yield "Score", f"{report.overall.text} out of 100, could be {report.overall.range_text}"
    if report.provisional:
        yield "", "The band is provisional: what is not known could change it."
    yield from (("Why", sentence) for sentence in report.explanation)
    for held in report.held_by:
        yield "Holds the next band back", f"{held.label}. Needed: {held.needs} Today: {held.now}"
    yield from (("Start here", action.title) for action in report.start)
    if report.progress:
        yield "The plan so far", report.progress
    yield from ((f"Band: {band.label}, from {band.start:g}", band.meaning) for band in report.bands)
    yield "What this is not", "This is not a validated instrument, and it is not made for comparing services."
    for source in report.sources:
        words = (source.citation, source.url, source.about)
        yield f"Source {source.number}", " ".join(part for part in words if part)
    yield "Made with", f"readiness {report.version}, question bank {report.bank} (fingerprint {report.fingerprint})"


def _about(report: Report, theme: Theme) -> Iterator[Sequence[_Cell]]:
    yield "Team", report.team
    yield "Organisation", report.organisation
    yield "About", report.title
    yield "Date", report.date_text
    yield "Answered by", report.answered_by
    if theme.name:
        yield "Report by", f"{theme.name}. {theme.contact}" if theme.contact else theme.name
    if theme.footer:
        yield "Note", theme.footer
    yield from ((fact.label, fact.value) for fact in report.profile)
    if report.notes_left_out:
        yield "Notes", "Several people answered. Their notes are left out, because notes can hold personal data."
    if report.notes_told:
        yield "Notes", report.notes_told


def _scores(report: Report) -> Iterator[Sequence[_Cell]]:
    def numbers(score: ScoreView, known: str | None = None) -> Sequence[_Cell]:
        return score.score, score.range_text, known, score.low, score.high

    yield "Overall", *numbers(report.overall), None
    for domain in report.domains:
        yield domain.title, *numbers(domain.overall, domain.known), domain.about
    yield "What helps (in place)", *numbers(report.facilitators), None
    yield "What gets in the way (guarded against)", *numbers(report.barriers), None


def _answers(report: Report) -> Iterator[Sequence[_Cell]]:
    for domain in report.domains:
        for answer in domain.answers:
            yield (
                answer.number,
                domain.title,
                f"{answer.label} (key)" if answer.key else answer.label,
                answer.question,
                answer.answer,
                "\n".join(answer.note),
                "\n".join(answer.evidence),
                answer.step,
                answer.steps,
                answer.state.replace("_", " "),
                answer.kind,
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
            action.detail,
            action.owner if action.assigned else None,
            action.role,
            action.due,
            action.status_text,
            f"{action.horizon}: {action.when}",
            action.effort,
            action.gain,
            "yes" if action.holds_band else None,
            "yes" if action.start_here else None,
            action.sign,
            "\n".join(action.comments),
            action.dropped,
            action.mark,
            action.label,
            action.id,
        )


def _why(report: Report) -> Iterator[Sequence[_Cell]]:
    for domain in report.domains:
        for reason in domain.why:
            yield domain.title, reason.statement, reason.kind, "yes" if reason.key else None, reason.source


def _sheet(
    book: "Workbook",
    name: str,
    report: Report,
    columns: _Columns,
    rows: Iterable[Sequence[_Cell]],
    formats: Mapping[str, Any],
) -> None:
    sheet: Worksheet = book.add_worksheet(name)
    for at, (heading, width) in enumerate(columns):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, heading, formats["heading"])
    count = 0
    for count, row in enumerate(rows, start=1):
        height = max(lines_of(str(cell or ""), width) for cell, (_, width) in zip(row, columns, strict=True))
        sheet.set_row(count, LINE_HEIGHT * height + 4)
        for at, cell in enumerate(row):
            _write(sheet, count, at, cell, formats)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, count, len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.print_area(0, 0, count, min(len(columns), _PRINTED) - 1)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L{report.team[:60].replace('&', '&&')}, {report.date_text}&R&A, page &P of &N")


def _write(sheet: "Worksheet", row: int, at: int, cell: _Cell, formats: Mapping[str, Any]) -> None:
    if isinstance(cell, int | float):
        sheet.write_number(row, at, cell, formats["cell"])
    elif cell:
        sheet.write_string(row, at, cell[:_LONGEST], formats["cell"])
    else:
        sheet.write_blank(row, at, None, formats["cell"])


_PRINTED = 9
"""How many columns are printed: more would be too small to read."""

_LONGEST = 32_767
"""Characters that a cell may have; no text of a report is as long."""


def _formats(book: "Workbook", theme: Theme) -> Mapping[str, Any]:
    cell = {"text_wrap": True, "valign": "top", "align": "left", "bottom": 1, "bottom_color": theme.line}
    head = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": theme.accent, "font_color": theme.paper}
    return {"cell": book.add_format({**cell, "font_size": 10}), "heading": book.add_format({**head, "font_size": 10})}
