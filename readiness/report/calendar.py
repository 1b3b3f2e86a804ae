"""The action plan's dates as a calendar (iCalendar, RFC 5545)."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from readiness.errors import InputError, Problem
from readiness.report.model import ActionView, Report

if TYPE_CHECKING:
    from icalendar import Event


def plan_calendar(report: Report, revision: int) -> bytes:
    """Return a calendar with an all-day entry for each action that has a date.

    An entry's UID is made from the team and the action, so that an update moves the entry and does not double it.
    ``revision`` counts how often the plan was saved, and tells a calendar which of two entries is newer (SEQUENCE).
    Dates of dropped actions are sent as cancelled.
    Raises InputError where no action has a date.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//readiness//{report.version}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Action plan: {report.team}")
    dated = [*_dated(report)]
    if not dated:
        what = "No action in the plan has a date yet, so there is nothing for a calendar"
        raise InputError(Problem(what, "Set dates with: readiness plan edit FILE"))
    stamp = dt.datetime.combine(dt.date.fromisoformat(report.date), dt.time(), dt.UTC)
    for action, due in dated:
        calendar.add_component(_event(report, action, due, revision, stamp))
    return bytes(calendar.to_ical())


def _dated(report: Report) -> Iterator[tuple[ActionView, dt.date]]:
    actions = (action for horizon in report.horizons for action in horizon.actions)
    for action in (*actions, *report.past, *report.dropped):
        if action.due is not None:
            yield action, dt.date.fromisoformat(action.due)


def _event(report: Report, action: ActionView, due: dt.date, revision: int, stamp: dt.datetime) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", _uid(report, action))
    event.add("dtstamp", stamp)
    event.add("sequence", revision)
    event.add("dtstart", due)
    event.add("dtend", due + dt.timedelta(days=1))
    event.add("summary", f"Done: {action.title}" if action.status == "done" else action.title)
    event.add("description", "\n".join(_description(report, action)))
    event.add("categories", ["Action plan"])
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if action.dropped else "CONFIRMED")
    return event


def _uid(report: Report, action: ActionView) -> str:
    whose = "\0".join((report.organisation or "", report.team, action.id))
    return f"{hashlib.sha256(whose.encode()).hexdigest()[:32]}@readiness"


def _description(report: Report, action: ActionView) -> Iterator[str]:
    yield f"{report.team}. {action.status_text}."
    if action.owner:
        yield f"Who: {action.owner}."
    if action.detail:
        yield action.detail
    if action.sign:
        yield f"You will know by: {action.sign}"
    if action.dropped:
        yield f"Taken out of the plan: {action.dropped}"
    yield from action.comments
