"""The plan as a list to choose actions from: all of it, or one window's page. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from readiness.interview.lines import Line, LinePart, height
from readiness.interview.plan_editor import Editing
from readiness.plan.edits import MARK_WORDS, about
from readiness.plan.model import PlannedAction
from readiness.plan.overlay import STATUS_WORDS, Status
from readiness.plan.stretch import Stretch
from readiness.text import counted, unended


@dataclass(frozen=True, slots=True)
class Listed:
    """The lines of the list; ``more``: the plan goes on before or after them."""

    lines: tuple[Line, ...]
    more: bool = False


def listed(editing: Editing, below: Iterable[Line]) -> Listed:
    """Return the plan, where it fits in the window with what stands ``below``, by when it is to be done.

    Else it is the page that the editing is at, without what its actions are for.
    """
    groups = [*_groups(editing)]
    heading = "The plan. Once you have changed something, every action keeps its number."
    whole = (Line(LinePart.HEADING, heading), *_set_out(editing, groups, more))
    room = editing.room
    if room is None or not groups or height((*whole, *below), room.columns) <= room.lines:
        return Listed(whole)
    of = sum(len(actions) for _, actions in groups)
    left = room.lines - height((_page_heading(of, of, of), *below), room.columns)
    pages = [*_pages(groups, left, lambda page: height(_set_out(editing, page, _mark), room.columns))]
    at = editing.page % len(pages)
    before = sum(len(actions) for page in pages[:at] for _, actions in page)
    shown = sum(len(actions) for _, actions in pages[at])
    head = _page_heading(before + 1, before + shown, of)
    return Listed((head, *_set_out(editing, pages[at], _mark)), more=len(pages) > 1)


_Group = tuple[str, Sequence[PlannedAction]]
"""Actions that are to be done in the same stretch of time, with its name."""


def _groups(editing: Editing) -> Iterator[_Group]:
    """Yield the stretches of time that have actions, in their order; then what is not to be done today."""
    plan = editing.team.plan.on(editing.today)
    for stretch in Stretch:
        if actions := [action for action in plan.actions if action.horizon is stretch]:
            yield _STRETCHES[stretch], actions
    if plan.past:
        yield "Not in today's plan any more", plan.past
    if plan.dropped:
        yield "Taken out, and not to be done", plan.dropped


_STRETCHES = {Stretch.NOW: "Now", Stretch.ROOM: "When you have room", Stretch.NEXT: "Next", Stretch.LATER: "Later"}


def _page_heading(first: int, last: int, of: int) -> Line:
    return Line(LinePart.HEADING, f"The plan: {first} to {last}, of {counted(of, 'action')}")


def _pages(groups: Iterable[_Group], lines: int, takes: Callable[[Sequence[_Group]], int]) -> Iterator[list[_Group]]:
    """Yield the groups of each page, which has so many lines, and at least one action. A group may go on overleaf."""
    page: list[_Group] = []
    for title, actions in groups:
        for action in actions:
            same = bool(page) and page[-1][0] == title
            grown = [*page[:-1], (title, [*page[-1][1], action])] if same else [*page, (title, [action])]
            if page and takes(grown) > lines:
                yield page
                grown = [(title, [action])]
            page = grown
    yield page


def _set_out(
    editing: Editing, groups: Iterable[_Group], besides: Callable[[PlannedAction], Iterable[str]]
) -> Iterator[Line]:
    for title, actions in groups:
        yield Line(LinePart.HEADING, title)
        for action in actions:
            yield Line(LinePart.CHOICE, summary(editing, action), str(action.number))
            yield from (Line(LinePart.TEXT, text, " ") for text in besides(action))


def summary(editing: Editing, action: PlannedAction) -> str:
    """Return what to do, and who does it by when, and how far it is."""
    facts = [action.assigned or ""]
    if action.due:
        facts.append(f"{'was due' if action.is_late(editing.today) else 'by'} {action.due.day} {action.due:%b %Y}")
    facts.append(f"taken out, not to be done: {action.dropped}" if action.dropped else _STATUS[action.status])
    return f"{unended(action.title)} ({', '.join(fact for fact in facts if fact)})"


_STATUS = {**STATUS_WORDS, Status.STUCK: f"{STATUS_WORDS[Status.STUCK]}: needs help"}


def more(action: PlannedAction) -> Iterator[str]:
    """Yield what an action is for, and what to know of it."""
    if text := about(action.question_numbers, action.about):
        yield text
    yield from _mark(action)


def _mark(action: PlannedAction) -> Iterator[str]:
    if action.mark:
        yield MARK_WORDS[action.mark]
