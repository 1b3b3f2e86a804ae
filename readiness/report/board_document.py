"""Slides for a board: page one of the report, and the plan's Now, with the words to say."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from readiness.document.blocks import (
    Block,
    Callout,
    Cards,
    Document,
    Heading,
    Paragraph,
    Points,
    Section,
    SideBySide,
    Tone,
)
from readiness.document.charts import ForceChart
from readiness.document.spans import Line, quiet, spans, strong
from readiness.document.tables import Column, Lines, Table
from readiness.document.write import written_by
from readiness.language import _, n_
from readiness.plan.stretch import Stretch
from readiness.report.model import ActionView, AnswerView, Report
from readiness.report.plan_section import how_far, who
from readiness.report.report_document import report_document
from readiness.report.result_card import result_card
from readiness.report.summary_section import about_scores, action_card, held_line, scores_table, title
from readiness.scoring.explain import names_in_short
from readiness.theme.theme import Part, Theme

_SHOWN = 6
"""Questions that a slide has room for, on each side."""
_ACTIONS = 8
"""Actions that a slide has room for."""


def render_slides(report: Report, theme: Theme) -> bytes:
    """Return the report as slides for a board (PPTX). The same report gives the same bytes."""
    made = written_by("readiness.document.pptx:document_pptx", board_document(report, theme), theme)
    return made[0]


def board_document(report: Report, theme: Theme) -> Document:
    """Return the five slides as a document, a section each. They show no number that page one does not show."""
    slides = (_result, _views, _forces, _start, _now)
    day = ", ".join(filter(None, (report.organisation, report.date_text)))
    notes = [note for note in (report.draft, report.older_bank) if note]
    return replace(
        report_document(report, theme),
        lines=[day, strong(report.sentences.not_validated), *notes],
        blocks=[slide(report) for slide in slides],
    )


def _result(report: Report) -> Section:
    notes = [report.sentences.provisional] if report.provisional else []
    card = result_card(title(Part.SUMMARY), report.overall, report.bands, notes)
    blocks: list[Block] = [
        *(Paragraph(limit, Tone.ALERT) for limit in report.limits),
        Paragraph(strong(report.headline)),
        SideBySide([card], [scores_table(report).in_words, *about_scores(report)], 0.52),
    ]
    meaning = [report.band.meaning] if report.band else [*report.limits]
    speech = [report.headline, *meaning, *notes, report.sentences.not_validated, report.sentences.claim]
    return Section(Part.SUMMARY, title(Part.SUMMARY), blocks, shown=False, speech=speech)


def _views(report: Report) -> Section:
    blocks: list[Block] = [spans(strong(_("Answered by:")), f"{report.answered_by}.")]
    if report.band:  # without one, what limits the result is how little is known, which is no matter of views
        blocks += [Paragraph(limit, Tone.ALERT) for limit in report.limits]
    if report.views is None:
        blocks.append(_("One person answered. Others may see it in another way: ask them, Peer Workers first."))
    else:
        blocks += [line for line in (report.views.gap, report.views.meaning) if line]
        if report.views.talk:
            labels = [one.label for one in report.views.talk[:_SHOWN]]
            blocks += [Heading(_("Talk about these first")), Points(labels)]
    blocks += [report.set_aside] if report.set_aside else []
    speech = [*(report.views.told if report.views else ()), _("Whose view is missing in this room?")]
    return Section(Part.VIEWS, _("Whose views these are"), blocks, speech=speech)


def _forces(report: Report) -> Section:
    helps = _side(_("What helps"), _("In place"), report.helps[:_SHOWN], _("What helps, strongest first"), helps=True)
    hinders = _side(
        _("What gets in the way"),
        _("Not guarded"),
        report.hinders[:_SHOWN],
        _("What gets in the way, least guarded against first"),
        helps=False,
    )
    nothing: list[Block] = [report.sentences.nothing_known]
    blocks: list[Block] = [SideBySide(helps or nothing, hinders or nothing)] if helps or hinders else nothing
    if report.held_by:
        held = Points([held_line(one, packed=True) for one in report.held_by])
        blocks.append(Callout(_("What holds the next band back"), [report.sentences.held, held]))
    elif report.held_text:
        blocks.append(report.held_text)
    blocks.append(Paragraph(report.sentences.forces, Tone.NOTE, drawn=True))
    in_place: list[Line] = [spans(_("Strong:"), f"{names_in_short(report.strong)}.")] if report.strong else []
    speech = [*in_place, report.sentences.guarded, _("Which of these do you see yourselves?")]
    return Section(Part.FORCES, title(Part.FORCES), blocks, speech=speech)


def _side(heading: str, drawn: str, answers: Sequence[AnswerView], caption: str, *, helps: bool) -> list[Block]:
    """Return the questions of one side, each with an arrow; nothing if there are none."""
    columns = (Column(heading, share=71, row_header=True), Column(drawn, share=29, drawn=True))
    rows = [(answer.label, ForceChart(answer.share or 0, helps=helps)) for answer in answers]
    return [Table(columns, rows, caption, "force")] if rows else []


def _start(report: Report) -> Section:
    blocks: list[Block] = [Paragraph(report.behind, Tone.ALERT)] if report.behind else []
    if report.start:
        blocks.append(Cards([*map(action_card, report.start)]))
        blocks.append(Paragraph(f"{report.sentences.first} {report.lowest or ''}", Tone.NOTE))
    else:
        blocks.append(report.sentences.nothing_to_plan)
    return Section("start", _("What to decide: start with these"), blocks, speech=[*_asked(report)])


def _asked(report: Report) -> Iterator[Line]:
    for action in report.start:
        yield f"{action.number}. {action.title}. {action.detail}"
    if not report.start:
        yield report.sentences.nothing_to_plan
    else:
        yield _("For each: who takes it on, by when, and what do they need from this board?")


def _now(report: Report) -> Section:
    now = next(horizon for horizon in report.horizons if horizon.id == Stretch.NOW)
    blocks: list[Block] = [_actions(now.actions[:_ACTIONS])] if now.actions else []
    blocks += [report.progress] if report.progress else []
    more = len(now.actions) - _ACTIONS
    if more > 0:
        blocks.append(Paragraph(more_actions(more), Tone.NOTE))
    heading = _("The plan. {horizon}: {when}", horizon=now.title, when=now.when)
    speech = [report.sentences.plan, report.sentences.fill_in, _("When do we look at this plan again?")]
    return Section(Part.PLAN, heading, blocks or [report.sentences.nothing_to_plan], speech=speech)


def _actions(actions: Iterable[ActionView]) -> Table:
    columns = (
        Column(_("No."), share=5, label=True),
        Column(_("What to do"), share=50, row_header=True),
        Column(_("Who"), share=24),
        Column(_("By when"), share=21),
    )
    rows = [
        (
            str(one.number),
            Lines([strong(one.title), quiet(one.sign)]),
            who(one),
            spans(one.due_words or _("No date yet"), *how_far(one)),
        )
        for one in actions
    ]
    return Table(columns, rows, _("What to do by when"), "actions")


def more_actions(count: int) -> str:
    """Return how many actions of a plan there was no room for."""
    return n_("{count} more action is in the plan.", "{count} more actions are in the plan.", count)
