"""The part of a Word report that says where views differ."""

from readiness.document import pictures
from readiness.document.charts import spread_in_words
from readiness.document.docx import Picture, Run, WordFile
from readiness.document.docx_styles import LIGHT, STRONG
from readiness.document.values import SpreadView
from readiness.language import _
from readiness.report.differences import tallest_share
from readiness.report.model import DifferenceView, Report, ViewsView
from readiness.theme.theme import PART_TITLES, Part, Theme

_STEP = 4.5
"""How wide a column of a chart is with its gap, in millimetres."""


def write_views(file: WordFile, report: Report, theme: Theme) -> None:
    """Write the part; nothing where one person answered."""
    views = report.views
    if views is None:
        return
    tallest = tallest_share(views.questions)
    file.heading(_(PART_TITLES[Part.VIEWS]))
    file.paragraph(" ".join(views.told))
    file.paragraph(views.meaning, keep=bool(views.questions))
    _talk(file, views, tallest, theme)
    _scores(file, report, views)
    _questions(file, views, tallest, theme)


def _talk(file: WordFile, views: ViewsView, tallest: float, theme: Theme) -> None:
    if not views.questions:
        return
    file.heading(_("Talk about these first"), 2)
    if not views.talk:
        file.paragraph(_("There is no question on which views lie far apart."))
    for one in views.talk:
        file.heading(one.label, 3)
        file.paragraph((one.question, LIGHT), keep=True)
        file.paragraph((one.said, STRONG), "".join(f" {gap}" for gap in one.gaps), keep=True)
        rows = [_row(row, tallest, theme) for row in one.rows]
        file.table((_("Who"), _("Answers, by step"), _("At each step"), _("People")), rows, (28, 30, 27, 15))
        if one.prompt:
            file.paragraph((_("To talk about:"), STRONG), f" {one.prompt}", keep=bool(one.look_at))
        if one.look_at:
            file.paragraph((_("To look at together:"), LIGHT), f" {'; '.join(one.look_at)}.")


def _row(row: SpreadView, tallest: float, theme: Theme) -> tuple[Run, Picture, str, str]:
    return (row.who, STRONG), _chart(row, tallest, theme), row.text, str(row.n)


def _chart(row: SpreadView, tallest: float, theme: Theme) -> Picture:
    return Picture(pictures.spread(row, tallest, theme), spread_in_words(row), _STEP * len(row.counts))


def _scores(file: WordFile, report: Report, views: ViewsView) -> None:
    if not views.groups:
        return
    file.heading(_("The parts, as each group sees them"), 2)
    file.paragraph(views.groups_note)
    headings = [_("Part"), *(f"{group.who} ({group.n})" for group in views.groups)]
    rows = [
        ((domain.title, STRONG), *(group.domains[at] for group in views.groups))
        for at, domain in enumerate(report.domains)
    ]
    overall = ((_("Overall"), STRONG), *((group.overall, STRONG) for group in views.groups))
    file.table(headings, [*rows, overall], (40, *(60 / len(views.groups) for _group in views.groups)))


def _questions(file: WordFile, views: ViewsView, tallest: float, theme: Theme) -> None:
    if not views.questions:
        return
    file.heading(_("Every question, the least agreement first"), 2)
    rows = [
        (
            [(one.label, STRONG), (_("Question {number}", number=one.number), LIGHT)],
            _chart(one.rows[0], tallest, theme) if one.rows else "",
            one.rows[0].text if one.rows else "–",
            str(one.n),
            _said(one),
        )
        for one in views.questions
    ]
    headings = (_("What"), _("Answers, by step"), _("At each step"), _("People"), _("In words"))
    file.table(headings, rows, (27, 20, 15, 9, 29))
    file.paragraph((views.measure, LIGHT))


def _said(one: DifferenceView) -> str:
    return " ".join((one.said, *one.gaps))
