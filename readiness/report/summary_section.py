"""Page one of a report: the result, how sure it is, whose view it is, what to decide."""

from collections import Counter
from collections.abc import Iterator

from readiness.document.blocks import Block, Callout, Card, Cards, Contents, Heading, Paragraph, Points, Section, Tone
from readiness.document.charts import BarChart
from readiness.document.spans import Line, spans, strong
from readiness.document.tables import Column, Table, of_numbers
from readiness.language import _
from readiness.report.model import ActionView, HeldView, Report
from readiness.report.plan_section import how_far
from readiness.report.result_card import result_card
from readiness.scoring.explain import names_in_short, open_in_words
from readiness.scoring.model import State
from readiness.theme.theme import PART_TITLES, Part, Theme

_FIVE = 5
_ROOM = 1
"""From how much on page one holds besides the result, all of it stands closer together."""
_PACKED = 4
"""From how much on it has no room for where each gate stands: the plan has it."""
_LONG = 80
"""From how many characters on what says who answered takes two lines."""


def title(part: Part) -> str:
    """Return the title of a part in the language that is spoken."""
    return _(PART_TITLES[part])


def summary_section(report: Report, theme: Theme) -> Iterator[Section]:
    """Yield page one, which stands alone: the result, how sure it is, whose view it is, and what to decide."""
    load = _load(report, theme)
    blocks: list[Block] = [Paragraph(limit, Tone.ALERT) for limit in report.limits]
    blocks += [
        Paragraph(strong(report.headline)),
        result_card(
            title(Part.SUMMARY),
            report.overall,
            report.bands,
            [report.sentences.provisional] if report.provisional else [],
        ),
        Heading(_("The five parts") if len(report.domains) == _FIVE else _("The parts"), 2),
        scores_table(report),
        *about_scores(report),
    ]
    if report.held_by:
        held = Points([held_line(one, packed=load > _PACKED) for one in report.held_by])
        blocks.append(Callout(_("What holds the next band back"), [report.sentences.held, held]))
    facts = [*_facts(report)]
    if facts:
        blocks.append(Points(facts, name="facts-list"))
    if report.behind:
        blocks.append(Paragraph(report.behind, Tone.ALERT))
    if report.start:
        blocks += [Heading(_("What to decide: start with these"), 2), Cards([*map(action_card, report.start)])]
        blocks.append(Paragraph(f"{report.sentences.first} {report.lowest or ''}", Tone.NOTE))
    if Part.BRIEF not in theme.parts:
        blocks.append(Contents(_("In this report")))
    yield Section(Part.SUMMARY, title(Part.SUMMARY), blocks, shown=False, dense=load > _ROOM)


def _facts(report: Report) -> Iterator[Line]:
    """Yield what has changed, what is strong, whose views these are, how far they lie apart, what was set aside."""
    if report.since:
        yield spans(strong(_("Since {date}:", date=report.since.date)), report.since.told)
    if report.strong:
        yield spans(strong(_("Strong:")), f"{names_in_short(report.strong)}.")
    if report.views and report.views.gap:
        yield spans(strong(_("Views:")), report.views.gap)
    if report.set_aside:
        yield report.set_aside
    if report.held_text and not report.held_by:
        yield report.held_text


def _load(report: Report, theme: Theme) -> int:
    """Return how much the first page has to hold besides the result."""
    gap = report.views and report.views.gap
    besides = (theme.logo, report.behind, report.provisional, theme.name, report.older_bank, report.draft)
    facts = (
        report.since,
        gap,
        report.set_aside,
        report.held_text and not report.held_by,
        len(report.answered_by) > _LONG,
    )
    return 2 * len(report.held_by) + sum(map(bool, (*report.limits, *besides, *facts)))


def scores_table(report: Report) -> Table:
    """Return the score of each part, with its range and how much of it is known."""
    columns = (
        Column(_("Part"), share=34, row_header=True),
        Column(_("From 0 to 100"), share=33, drawn=True),
        *of_numbers(_("Score"), share=9),
        *of_numbers(_("From – to"), share=14),
        *of_numbers(_("Known"), share=10),
    )
    rows = [
        (part.title, BarChart(part.overall), strong(part.overall.text), part.overall.range_text, part.known)
        for part in report.domains
    ]
    return Table(columns, rows, _("The score of each part, from 0 to 100"), "bars parts")


def about_scores(report: Report) -> Iterator[Paragraph]:
    """Yield how much is not known, and what a range says, if one is there to tell."""
    if any(part.overall.is_open for part in report.domains):
        states = Counter(answer.state for answer in report.open)
        what = open_in_words(states[State.UNKNOWN], states[State.UNANSWERED])
        told = (
            f"{what}." if what else "",
            _("From – to: the score if every missing answer were the lowest, or the highest."),
            _("Known: questions that enough people answered.") if report.views else "",
        )
        yield Paragraph(" ".join(filter(None, told)), Tone.NOTE)


def held_line(held: HeldView, *, packed: bool) -> Line:
    """Return a question that holds a band back, and what it needs; ``packed``: without where it stands."""
    if packed:
        return spans(strong(f"{held.label}."), _("Needed: {needs}", needs=held.needs))
    return spans(strong(f"{held.label}."), _("Needed: {needs} Today: {now}", needs=held.needs, now=held.now))


def action_card(action: ActionView) -> Card:
    """Return an action in short: what it is for, who does it, by when, and how far it is."""
    label = [_("For: {what}.", what=action.label)] if action.label else []
    by_whom = f"{action.by_whom}, {action.time_frame}" if action.by_whom else action.time_frame
    return Card(str(action.number), action.title, [*label, by_whom], [*how_far(action)])
