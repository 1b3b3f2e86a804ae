"""The plan as a list to choose actions from: all of it, or the page of it that a window has room for. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from readiness.interview.lines import Line, LinePart, height
from readiness.interview.plan_editor import Editing
from readiness.plan.edits import MARK_WORDS, about
from readiness.plan.model import PlannedAction
from readiness.plan.overlay import STATUS_WORDS, Status
from readiness.text import counted, unended


@dataclass(frozen=True, slots=True)
class Listed:
    """The lines of the list; ``more``: the plan goes on before or after them."""

    lines: tuple[Line, ...]
    more: bool = False


def listed(editing: Editing, below: Iterable[Line]) -> Listed:
    """Return the plan, where it fits in the window with what stands ``below``.

    Else it is the page that the editing is at, without what its actions are for: that is shown of those chosen.
    """
    actions = [*editing.actions.values()]
    heading = "The plan, by number. Once you have changed something, every action keeps its number."
    whole = (Line(LinePart.HEADING, heading), *_entries(editing, actions, more))
    room = editing.room
    if room is None or not actions or height((*whole, *below), room.columns) <= room.lines:
        return Listed(whole)
    left = room.lines - height((_page_heading(len(actions), len(actions), len(actions)), *below), room.columns)
    pages = [*_pages(actions, left, lambda action: height(_entries(editing, [action], _mark), room.columns))]
    page = pages[editing.page % len(pages)]
    head = _page_heading(page[0].number, page[-1].number, len(actions))
    return Listed((head, *_entries(editing, page, _mark)), more=len(pages) > 1)


def _page_heading(first: int, last: int, of: int) -> Line:
    return Line(LinePart.HEADING, f"The plan, by number: {first} to {last}, of {counted(of, 'action')}")


def _pages(
    actions: Sequence[PlannedAction], lines: int, takes: Callable[[PlannedAction], int]
) -> Iterator[list[PlannedAction]]:
    """Yield the actions of each page, which has so many lines, and at least one action."""
    page: list[PlannedAction] = []
    left = lines
    for action in actions:
        if page and takes(action) > left:
            yield page
            page, left = [], lines
        page.append(action)
        left -= takes(action)
    yield page


def _entries(
    editing: Editing, actions: Iterable[PlannedAction], besides: Callable[[PlannedAction], Iterable[str]]
) -> Iterator[Line]:
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
