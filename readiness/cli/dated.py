"""Answers of one team at several dates: where they lie, and what has changed between them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from readiness.cli.files import STDOUT
from readiness.cli.inputs import in_todays_meaning, migration_from, same_team
from readiness.cli.streams import complain, notify, say
from readiness.errors import InputError, Notice
from readiness.text import some

if TYPE_CHECKING:
    from readiness.bank.model import Bank
    from readiness.cli.inputs import OpenedTeam
    from readiness.plan.overlay import Overlay
    from readiness.plan.progress import TeamComparison
    from readiness.team import AssessedTeam

Paths = tuple[Path, ...]
_APART = dt.timedelta(weeks=4)
"""People take some weeks to answer, and may correct themselves: no more than this lies between them."""
_ONE_SURVEY = (
    "A survey’s numbers tell responses apart, and not people: so who came or went is not known. "
    "Ask people for a participant code, the same in each survey."
)


@dataclass(frozen=True, slots=True)
class OpenedDate:
    """Team at one date: its answers, the edits of its plan then, and notices."""

    bank_name: str
    paths: Paths
    files: Paths
    team: "AssessedTeam"
    plan: Path | None
    notices: tuple[str | Notice, ...] = ()
    reworded: tuple[str, ...] = ()
    """Questions whose answers are left out, as the older version that was answered meant something else by them."""

    @property
    def edits(self) -> "Overlay":
        """The edits of the plan, with the ids of today; none if there is no file of them.

        Raises InputError if it can't be read.
        """
        from readiness.plan.find import PlanPlace
        from readiness.plan.migrating import migrated_plan

        bank = self.team.bank
        edits = PlanPlace(self.plan).edits(bank, self.team.team)
        migration = migration_from(edits.bank, self.bank_name, bank)
        return edits if migration is None else migrated_plan(edits, migration, bank, bank)[0]


def open_date(bank: "Bank", bank_name: str, paths: Paths, min_group: int) -> OpenedDate:
    """Return the team whose answers at one date are in ``paths``.

    Answers to an older version of the bank are left out if they did not keep their meaning. Raises InputError with all
    that is wrong in them.
    """
    from readiness.assessment.reading import STDIN, read_team
    from readiness.plan.find import plan_path
    from readiness.team import AssessedTeam

    reading, reworded = in_todays_meaning(read_team(paths, bank), bank_name, bank)
    team = AssessedTeam(bank, reading.assessments, min_group=min_group)
    plan = None if STDIN in paths else plan_path(paths, team.team)
    return OpenedDate(bank_name, paths, reading.files, team, plan, reading.notices, reworded)


def earlier_dates(paths: Sequence[Path]) -> list[Paths]:
    """Return the earlier answers beside those in ``paths``, one entry a date, the oldest first.

    Each of one person's earlier answers is a date. Of several people, days that follow each other by no more
    than ``_APART`` are one date, and each person's newest answers of it count. People count too with what they answered
    before anybody answered again. A date is left out if somebody has only answers of an older date by then.
    """
    from readiness.assessment.earlier import earlier_copies
    from readiness.assessment.endings import ENDINGS
    from readiness.assessment.folder_files import folder_files

    files = [file for path in paths for file in (folder_files(path, ENDINGS).files if path.is_dir() else [path])]
    copies = earlier_copies(files)
    if len(files) == 1:
        return [(copy,) for copy in copies[0]]
    if not any(copies):
        return []
    people = [
        [(_day_of(version), version) for version in (*older, file)] for older, file in zip(copies, files, strict=True)
    ]  # of each person, the oldest first
    todays = max(versions[-1][0] for versions in people)
    dates = _dates(day for versions in people for day, _ in versions)
    found = (_at(date, people) for date in dates if todays not in date)
    return [paths for paths in found if paths]


def _dates(days: Iterable[dt.date]) -> list[list[dt.date]]:
    """Return the days, in order, parted into those that follow each other by no more than ``_APART``."""
    dates: list[list[dt.date]] = []
    for day in sorted(set(days)):
        if dates and day - dates[-1][-1] <= _APART:
            dates[-1].append(day)
        else:
            dates.append([day])
    return dates


def _at(date: Sequence[dt.date], people: Sequence[Sequence[tuple[dt.date, Path]]]) -> Paths:
    """Return each person's answers at the date; none if nobody answered again, or if somebody's are of an older one."""
    after = (
        later for versions in people for (day, _), (later, _) in pairwise(versions) if day in date and later not in date
    )
    again = min(after, default=None)
    if again is None:
        return ()
    found: list[Path] = []
    for versions in people:
        own = [each for each in versions if each[0] in date] or [each for each in versions if each[0] < again]
        if own and own[-1][0] < date[0] and own[-1] != versions[-1]:
            return ()
        found += [path for _, path in own[-1:]]
    return tuple(found)


def _day_of(file: Path) -> dt.date:
    """Return the day of the answers in the file; the one in its name if it can't be read, else the first of all."""
    from readiness.assessment.earlier import day_in_name
    from readiness.bank.document import read_document

    try:
        data = read_document(file).data
    except InputError:
        data = None
    told = str(data.get("date", "")) if isinstance(data, dict) else day_in_name(file)
    try:
        return dt.date.fromisoformat(told)
    except ValueError:
        return dt.date.min


def dates_in(path: Path) -> list[Paths]:
    """Return the answers at each date that are in one place, the oldest first.

    That is a file or folder with earlier copies beside it, or a folder with a folder for each date. Raises BadParameter
    if there is one date only.
    """
    from readiness.assessment.endings import ENDINGS
    from readiness.assessment.folder_files import folder_files

    found: list[Paths]
    if path.is_dir() and not folder_files(path, ENDINGS).files:
        found = [(each,) for each in sorted(path.iterdir()) if each.is_dir() and not each.name.startswith(".")]
    else:
        found = [*earlier_dates([path]), (path,)]
    if len(found) < 2:  # noqa: PLR2004 — then and now
        apart = "Several people’s answers with four weeks or less between them are of one date."
        what = f"{path} has answers from one date only: name those from two dates or more, the earliest first. {apart}"
        raise typer.BadParameter(what)
    return found


def change(bank: "Bank", dated: Sequence[OpenedDate], min_group: int) -> "TeamComparison":
    """Return what has changed between dates in the words of ``bank``, and what was done of the plan since the first.

    The team at the last date has its edits. What was done in the plan of the first date is left out.
    """
    from readiness.plan.model import Plan
    from readiness.plan.overlay import Overlay, Status
    from readiness.plan.progress import TeamComparison
    from readiness.scoring.compare import compare

    first, last = dated[0], dated[-1]
    known_then = first.plan is not None and first.plan != last.plan
    then = first.edits if known_then else Overlay.blank(bank, last.team.team.name)
    teams = [one.team.told_in(bank) for one in dated]
    told = teams[-1]
    found = compare(bank, teams, min_group)
    # A plan is worked out only for what somebody said is done.
    any_done = any(edit.status is Status.DONE for edit in told.overlay.actions.values())
    plan_now = told.plan if any_done else Plan(actions=(), keep=())
    reworded = dict.fromkeys(name for one in dated for name in one.reworded)
    return TeamComparison.of(found, bank, then, plan_now, tuple(reworded))


def since_last_time(
    bank: "Bank", bank_name: str, opened: "OpenedTeam", paths: Sequence[Path], since: Path | None
) -> tuple[OpenedDate, OpenedDate] | None:
    """Return the two dates between which a report tells what has changed: ``since``, and today's.

    Without ``since``, the first are the newest earlier answers beside today's; None if there are none. Raises
    InputError if the ones that a person named can't be read, or are another team's. If those that were found can't be,
    that is said, and they are left out.
    """
    found = [(since,)] if since else [] if STDOUT in paths else earlier_dates(paths)
    if not found:
        return None
    plan, reworded = opened.place.path, opened.reworded
    today = OpenedDate(bank_name, tuple(paths), opened.files, opened.team, plan, reworded=reworded)
    try:
        last = open_date(bank, bank_name, found[-1], opened.team.min_group)
        same_team({paths[0]: opened.team.assessments[0].team, last.paths[0]: last.team.assessments[0].team})
        dates = last, today
    except InputError as error:
        if since:
            raise
        complain(error.problems)
        say("So the report does not say what has changed since.")
        return None
    notify(told_once(dates))
    return dates


def told_once(dated: Sequence[OpenedDate]) -> list[str | Notice]:
    """Return what to tell of the answers, each once; if they are not in order; and if they do not tell who came."""
    notices = dict.fromkeys(notice for one in dated for notice in one.notices)
    backwards = (
        f"{_named(one)} is newer than {_named(other)}: so the change runs backwards. The older answers come first."
        " If a computer’s clock was wrong, put the right date in the file, at “date”."
        for one, other in pairwise(dated)
        if other.team.date < one.team.date
    )
    people = [each for one in dated for each in one.team.assessments]
    numbered = len(people) > len(dated) and any(each.respondent.one_survey for each in people)
    return [*notices, *backwards, *([_ONE_SURVEY] if numbered else [])]


def _named(one: OpenedDate) -> str:
    return some([str(path) for path in one.paths])
