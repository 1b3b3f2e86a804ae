"""Part of a report's document that says where views differ."""

from collections.abc import Iterator, Sequence

from readiness.document.blocks import Block, Fold, Heading, Paragraph, Section, SideBySide, Tone
from readiness.document.charts import SpreadChart
from readiness.document.spans import Line, quiet, spans, strong
from readiness.document.tables import Column, Lines, Table, of_numbers
from readiness.language import _
from readiness.report.differences import tallest_share
from readiness.report.model import DifferenceView, Report, ViewsView
from readiness.theme.theme import PART_TITLES, Part, Theme


def views_section(report: Report, _theme: Theme) -> Iterator[Section]:
    """Yield where views differ; nothing if one person answered."""
    views = report.views
    if views is None:
        return
    blocks: list[Block] = [" ".join(views.told), views.meaning]
    if views.questions:
        tallest = tallest_share(views.questions)
        blocks.append(Heading(_("Talk about these first")))
        blocks += [_talk(one, tallest) for one in views.talk]
        if not views.talk:
            blocks.append(_("There is no question on which views lie far apart."))
        if views.groups:
            blocks += [Heading(_("The parts, as each group sees them")), groups_table(report, views)]
            blocks.append(Paragraph(views.groups_note, Tone.NOTE))
        every = [_every(views.questions, tallest)]
        blocks.append(Fold(_("Every question, the least agreement first"), every))
        blocks.append(Paragraph(views.measure, Tone.NOTE))
    yield Section(Part.VIEWS, _(PART_TITLES[Part.VIEWS]), blocks)


def _talk(one: DifferenceView, tallest: float) -> SideBySide:
    words: list[Block] = [
        Heading(one.label, 4),
        Paragraph(one.question, Tone.NOTE),
        spans(strong(one.said), *one.gaps),
    ]
    if one.prompt:
        words.append(one.prompt)
    if one.look_at:
        together = _("To look at together:")
        words.append(Paragraph(f"{together} {'; '.join(one.look_at)}.", Tone.NOTE))
    return SideBySide(words, [_spread(one, tallest)], 0.53, "talk")


def _spread(one: DifferenceView, tallest: float) -> Table:
    columns = (
        Column(_("Who"), share=38, row_header=True),
        Column(_("Step 1 to {last}", last=len(one.rows[0].counts)), share=33, drawn=True),
        Column(_("People at each step"), share=29),
    )
    rows = [(spans(row.who, quiet(f"({row.n})")), SpreadChart(row, tallest), row.text) for row in one.rows]
    return Table(columns, rows, _("How people answered: {what}", what=one.label), "spread")


def groups_table(report: Report, views: ViewsView) -> Table:
    """Return the score of each part as each group sees it."""
    groups = views.groups
    columns = (
        Column(_("Part"), share=34, row_header=True),
        *of_numbers(*(f"{group.who} ({group.n})" for group in groups), share=66 / len(groups)),
    )
    rows: list[Sequence[Line]] = [
        (domain.title, *(group.domains[at] for group in groups)) for at, domain in enumerate(report.domains)
    ]
    rows.append((_("Overall"), *(strong(group.overall) for group in groups)))
    return Table(columns, rows, name="groups", together=True)


def _every(questions: Sequence[DifferenceView], tallest: float) -> Table:
    columns = (
        Column(_("No."), share=6, label=True),
        Column(_("What"), share=27, row_header=True),
        Column(_("People at each step (all)"), share=29),
        Column(_("In words"), share=38),
    )
    rows = [
        (
            str(one.number),
            one.label,
            Lines(
                [
                    *([SpreadChart(one.rows[0], tallest)] if one.rows else []),
                    spans(one.rows[0].text if one.rows else "–", quiet(f"({one.n})")),
                ]
            ),
            " ".join((one.said, *one.gaps)),
        )
        for one in questions
    ]
    return Table(columns, rows, name="every")
