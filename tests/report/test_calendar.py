"""The plan's dates in a calendar."""

import datetime as dt
from typing import Any

import pytest
from icalendar import Calendar

from readiness.assessment.model import Team
from readiness.bank.model import Bank
from readiness.errors import InputError
from readiness.plan.overlay import Edit, Overlay
from readiness.report.calendar import plan_calendar
from readiness.report.model import Report
from readiness.report.view import build_report
from readiness.team import AssessedTeam
from tests.report.planned import DUE, Planned, worked_on
from tests.report.services import example

MADE = dt.datetime(2026, 11, 24, 12, 30, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def planned(bank: Bank) -> Planned:
    return worked_on(bank)


def events(data: bytes) -> dict[str, Any]:
    return {str(event["summary"]): event for event in Calendar.from_ical(data).walk("VEVENT")}


def first_of(planned: Planned) -> str:
    """Return what the calendar shows of the first action: who does it stands before what to do."""
    return f"1. Priya Nair: {planned.plan.actions[0].named}"


def test_each_action_with_a_date_has_a_day_of_its_own(planned: Planned) -> None:
    found = events(plan_calendar(planned.report, planned.overlay, MADE))
    assert len(found) == 3
    event = found[first_of(planned)]
    assert (event["dtstart"].dt, event["dtend"].dt) == (DUE, DUE + dt.timedelta(days=1))
    assert event["transp"] == "TRANSPARENT"
    assert "Who: Priya Nair." in event["description"]
    assert "Began in May" in event["description"]
    assert found["27. Book a room"]["dtstart"].dt == dt.date(2026, 12, 24)


def test_a_calendar_reminds_a_week_before_of_what_is_still_to_be_done(planned: Planned) -> None:
    found = events(plan_calendar(planned.report, planned.overlay, MADE))
    [alarm] = found[first_of(planned)].walk("VALARM")
    assert (alarm["action"], alarm["trigger"].dt) == ("DISPLAY", dt.timedelta(days=-7))
    assert alarm["description"] == first_of(planned)
    assert [len(event.walk("VALARM")) for event in found.values() if event["status"] == "CANCELLED"] == [0]


def test_what_was_taken_out_is_cancelled(planned: Planned) -> None:
    found = events(plan_calendar(planned.report, planned.overlay, MADE))
    cancelled = [event for event in found.values() if event["status"] == "CANCELLED"]
    assert [str(event["summary"]) for event in cancelled] == [f"3. {planned.plan.dropped[0].named}"]


def test_an_update_moves_the_entry_and_does_not_double_it(planned: Planned) -> None:
    moved = planned.report.model_copy(
        update={
            "horizons": tuple(
                horizon.model_copy(
                    update={
                        "actions": tuple(
                            action.model_copy(update={"due": "2027-06-30", "named": "In other words"})
                            if action.due == DUE.isoformat()
                            else action
                            for action in horizon.actions
                        )
                    }
                )
                for horizon in planned.report.horizons
            )
        }
    )
    moved = moved.model_copy(update={"team": "Another name", "organisation": "The Trust, as it is called now"})
    renamed = planned.overlay.renamed(Team(name="Another name"))
    before = events(plan_calendar(planned.report, planned.overlay, MADE))[first_of(planned)]
    after = events(plan_calendar(moved, renamed, MADE + dt.timedelta(days=31)))["1. Priya Nair: In other words"]
    assert after["uid"] == before["uid"]
    assert int(after["sequence"]) > int(before["sequence"])
    assert after["dtstamp"].dt > before["dtstamp"].dt
    assert after["dtstart"].dt == dt.date(2027, 6, 30)


def test_an_entry_moves_though_its_action_has_another_id_in_a_new_version(planned: Planned) -> None:
    first = planned.plan.actions[0]
    overlay = planned.overlay
    assert first.id in overlay.numbers
    uids = []
    for name in (first.id, "renamed-1"):
        numbers = {name if key == first.id else key: number for key, number in overlay.numbers.items()}
        now = overlay.model_copy(update={"numbers": numbers, "undated": {name: DUE}})
        taken_back = events(plan_calendar(_undated(planned.report, first.id), now, MADE))
        uids.append({str(event["uid"]) for event in taken_back.values() if event["dtstart"].dt == DUE})
    assert uids[0] == uids[1]
    assert len(uids[0]) == 1


def test_two_plans_and_two_actions_never_share_an_entry(planned: Planned) -> None:
    other = planned.overlay.model_copy(update={"team": "Another team"})
    third = planned.overlay.model_copy(update={"id": "0123456789abcdef"})
    uids = [
        str(event["uid"])
        for overlay in (planned.overlay, other, third)
        for event in events(plan_calendar(planned.report, overlay, MADE)).values()
    ]
    assert len(uids) == len(set(uids)) == 9


def test_a_date_that_was_taken_back_is_cancelled(planned: Planned) -> None:
    first = planned.plan.actions[0]
    before = events(plan_calendar(planned.report, planned.overlay, MADE))[first_of(planned)]
    edit = planned.overlay.edit(first.id).model_copy(update={"due": None})
    overlay = planned.overlay.with_edit(first.id, edit).with_edit("older-step-2", Edit(due=DUE))
    overlay = overlay.with_edit("older-step-2", Edit())
    found = events(plan_calendar(_undated(planned.report, first.id), overlay, MADE))
    [again] = [event for summary, event in found.items() if summary.startswith("1. ")]
    assert (again["uid"], again["status"]) == (before["uid"], "CANCELLED")
    assert found["An action of the plan"]["status"] == "CANCELLED"


def _undated(report: Report, name: str) -> Report:
    horizons = tuple(
        horizon.model_copy(
            update={
                "actions": tuple(
                    action.model_copy(update={"due": None}) if action.id == name else action
                    for action in horizon.actions
                )
            }
        )
        for horizon in report.horizons
    )
    return report.model_copy(update={"horizons": horizons})


def test_what_is_done_says_so(planned: Planned) -> None:
    [horizon, *rest] = planned.report.horizons
    done = tuple(action.model_copy(update={"status": "done", "counts_as": "done"}) for action in horizon.actions)
    report = planned.report.model_copy(update={"horizons": (horizon.model_copy(update={"actions": done}), *rest)})
    assert "Done: 27. Book a room" in events(plan_calendar(report, planned.overlay, MADE))


def test_a_plan_without_dates_says_where_to_set_them(bank: Bank) -> None:
    answers = example("northside-cmht", bank)
    with pytest.raises(InputError, match=r"Set dates with: readiness plan edit FILE$"):
        plan_calendar(build_report(AssessedTeam(bank, answers)), Overlay.blank(bank, "Northside"), MADE)


def test_the_same_plan_gives_the_same_bytes_and_lines_that_every_reader_takes(planned: Planned) -> None:
    data = plan_calendar(planned.report, planned.overlay, MADE)
    assert data == plan_calendar(planned.report, planned.overlay, MADE)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
