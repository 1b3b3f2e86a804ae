"""The action plan's dates as a calendar (iCalendar, RFC 5545)."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from readiness.errors import Command, InputError, Problem
from readiness.plan.overlay import STATUS_WORDS, Overlay, Status
from readiness.report.model import ActionView, Report
from readiness.report.sentences import known_by
from readiness.text import ended

if TYPE_CHECKING:
    from icalendar import Alarm, Event


REMINDED = dt.timedelta(days=7)
"""How long before the day it is due on a calendar reminds of an action that is not done."""

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def plan_calendar(report: Report, overlay: Overlay, made: dt.datetime) -> bytes:
    """Return a calendar with an all-day entry for each action that has a date; ``overlay`` holds the plan's edits.

    What is still to be done has a reminder, a week before.

    An entry's UID is made of the plan's id and the action's number: neither changes with the team's name, or with a new
    version of the bank. So an update moves the entry. Of two entries a calendar keeps the higher SEQUENCE, then the
    later DTSTAMP (RFC 5546, 2.1.5). So both are the moment it is ``made``, SEQUENCE in minutes. What was changed
    between two exports, be it edits or answers, wins. Entries of dropped actions, and those whose date was taken back,
    are sent as cancelled. Raises InputError if there is neither.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//readiness//{report.version}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Action plan: {report.team}")
    actions = {action.id: action for action in report.every_action}
    dated = [(action, dt.date.fromisoformat(action.due)) for action in actions.values() if action.due is not None]
    if not dated and not overlay.undated:
        what = "No action in the plan has a date yet, so there is nothing for a calendar"
        raise InputError(Problem(what, "Set dates with", command=Command("plan edit")))
    for action, due in dated:
        event = _event(overlay, action.id, due, made, cancelled=action.dropped is not None)
        event.add("summary", _summary(action))
        event.add("description", "\n".join(_description(report, action)))
        if action.counts_as not in (None, "done"):
            event.add_component(_reminder(action))
        calendar.add_component(event)
    for name, due in overlay.undated.items():
        event = _event(overlay, name, due, made, cancelled=True)
        event.add("summary", _summary(actions[name]) if name in actions else "An action of the plan")
        event.add("description", f"{report.team}. This has no date any more.")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _summary(action: ActionView) -> str:
    """Return an action as a calendar shows it: if it is done, its number, who, and what to do."""
    named = f"{action.owner}: {action.named}" if action.owner else action.named
    return f"{'Done: ' if action.counts_as == 'done' else ''}{action.number}. {named}"


def _reminder(action: ActionView) -> "Alarm":
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -REMINDED)
    alarm.add("description", _summary(action))
    return alarm


def _event(overlay: Overlay, name: str, due: dt.date, made: dt.datetime, *, cancelled: bool) -> "Event":
    from icalendar import Event

    event = Event()
    whose = f"{overlay.known_as} {overlay.numbers.get(name, name)}"  # one written by hand may have no number yet
    event.add("uid", f"{hashlib.sha256(whose.encode()).hexdigest()[:32]}@readiness")
    event.add("dtstamp", made)
    event.add("last-modified", made)
    event.add("sequence", int((made - _EPOCH) / dt.timedelta(minutes=1)))
    event.add("dtstart", due)
    event.add("dtend", due + dt.timedelta(days=1))
    event.add("categories", ["Action plan"])
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    return event


def _description(report: Report, action: ActionView) -> Iterator[str]:
    status = STATUS_WORDS[Status(action.counts_as)] if action.counts_as else action.status_text
    yield f"{report.team}. {status}."
    if action.by_whom:
        yield ended(f"Who: {action.by_whom}")
    if action.detail:
        yield action.detail
    if told := known_by(action):
        yield told
    if action.dropped:
        yield f"Taken out of the plan: {action.dropped}"
    yield from action.comments
