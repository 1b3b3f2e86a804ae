"""Action plan as a part of a report's document, and the actions of its brief."""

from collections.abc import Iterable, Iterator

from readiness.document.blocks import Block, Heading, Paragraph, Points, Section, Tone
from readiness.document.spans import Line, Look, Span, quiet, said, spans, strong
from readiness.document.tables import CellLine, Column, Folded, Lines, Table, ToFillIn
from readiness.language import _
from readiness.plan.overlay import Status
from readiness.plan.stretch import Stretch
from readiness.report.model import ActionView, Report
from readiness.text import ended
from readiness.theme.theme import PART_TITLES, Part, Theme

_LOOKS = {Status.DOING: Look.DOING, Status.STUCK: Look.STUCK, Status.DONE: Look.DONE}


def who(action: ActionView) -> Span:
    """Return who does an action: the person named, or who is suggested."""
    return strong(action.owner) if action.owner else quiet(action.by_whom)


def how_far(action: ActionView) -> Iterator[Span]:
    """Yield how far an action is, as tags: nothing if it is to be done and not late."""
    if look := _LOOKS.get(Status(action.status)):
        yield Span(action.status_text, look)
    if action.late:
        yield Span(_("Late"), Look.LATE)


def when(action: ActionView) -> Iterator[str | Span]:
    """Yield by when an action is to be done, and how far it is."""
    yield action.due_words or action.horizon
    yield from how_far(action)


def plan_section(report: Report, _theme: Theme) -> Iterator[Section]:
    """Yield the action plan: what to do by when, then what has left the plan, and why."""
    sentences = report.sentences
    blocks: list[Block] = [" ".join((sentences.plan, report.progress or sentences.fill_in))]
    for horizon in report.horizons:
        if horizon.actions:
            table = _table(horizon.actions, whole=True) if horizon.id == Stretch.NOW else _waiting(horizon.actions)
            blocks += [Heading(horizon.title, beside=horizon.when), table]
    if not any(horizon.actions for horizon in report.horizons):
        blocks.append(sentences.nothing_to_plan)
    if report.past:
        blocks += [Heading(_("Not in today’s plan any more")), Points([*map(_past, report.past)])]
    if report.dropped:
        blocks += [Heading(_("Taken out of the plan")), Points([*map(_dropped, report.dropped)], name="taken")]
    yield Section(Part.PLAN, _(PART_TITLES[Part.PLAN]), blocks)


def brief_actions(report: Report) -> Iterator[Block]:
    """Yield the actions of a report of two pages."""
    if not report.first:
        yield report.sentences.nothing_to_plan
        return
    for horizon in report.horizons:
        if mine := [action for action in report.first if action.horizon_id == horizon.id]:
            yield Heading(horizon.title, beside=horizon.when)
            yield _table(mine, whole=False)
    if report.later:
        yield Paragraph(report.later, Tone.NOTE)


def _table(actions: Iterable[ActionView], *, whole: bool) -> Table:
    """Return the actions in a table; ``whole``: with their details, and room for a name and a start."""
    shown = [*actions]
    columns = (
        Column(_("No."), share=6, label=True),
        Column(_("What to do"), share=45, row_header=True),
        Column(_("How you will know"), share=27),
        Column(_("Who and when"), share=22),
    )
    rows = [
        (str(one.number), Lines([*_what(one, whole=whole)]), one.sign, Lines([*_who_and_when(one, whole=whole)]))
        for one in shown
    ]
    return Table(columns, rows, name="actions", done=[one.status == Status.DONE for one in shown])


def _waiting(actions: Iterable[ActionView]) -> Table:
    """Return actions that wait for their time: what to do and who could, without room to fill in."""
    shown = [*actions]
    columns = (
        Column(_("No."), share=6, label=True),
        Column(_("What to do"), share=74, row_header=True),
        Column(_("Who and when"), share=20),
    )
    rows = [(str(one.number), Lines([*_in_short(one)]), Lines([*_settled(one)])) for one in shown]
    return Table(columns, rows, name="actions waiting", done=[one.status == Status.DONE for one in shown])


def _in_short(action: ActionView) -> Iterator[CellLine]:
    held = Span(action.holds, Look.KEY) if action.holds else None
    what = _("For: {what}.", what=action.label) if action.label else ""
    sign = _("You will know by: {sign}", sign=action.sign) if action.sign else ""
    besides = " ".join(filter(None, (what, action.together, action.starts_from, action.mark, sign)))
    yield Folded(spans(strong(ended(action.title)), action.detail, held), [quiet(besides)])
    yield from map(said, action.comments)


def _settled(action: ActionView) -> Iterator[CellLine]:
    yield spans(who(action), *how_far(action))
    if action.due_words:
        yield action.due_words


def _what(action: ActionView, *, whole: bool) -> Iterator[CellLine]:
    named = spans(strong(action.title), Span(action.holds, Look.KEY) if action.holds else None)
    if not whole:
        yield named
        yield quiet(action.facts)
        return
    yield Folded(named, [*([action.detail] if action.detail else []), quiet(action.facts)])
    yield from map(said, action.comments)


def _who_and_when(action: ActionView, *, whole: bool) -> Iterator[CellLine]:
    """Yield who does an action, how far it is and by when, with lines for what is undecided."""
    yield spans(who(action), *how_far(action))
    if action.due_words:
        yield action.due_words
    labels = [_("Name")] if whole and not action.owner else []
    labels += [_("Start")] if whole and action.status == Status.TODO else []
    labels += [_("Done by")] if not action.due and action.status != Status.DONE else []
    if labels:
        yield ToFillIn(labels, _missing(action))


def _missing(action: ActionView) -> str:
    if action.status == Status.DONE or (action.owner and action.due):
        return ""
    if not action.owner and not action.due:
        return _("No name or date yet")
    return _("No name yet") if not action.owner else _("No date yet")


def _numbered(action: ActionView) -> Span:
    return strong(f"{action.number}. {action.title}")


def _past(action: ActionView) -> Line:
    return spans(_numbered(action), action.state, action.mark, *map(said, action.comments))


def _dropped(action: ActionView) -> Line:
    tag = Span(_("Taken out"), Look.DROPPED)
    return spans(tag, _numbered(action), _("Why:"), said(action.dropped or ""))
