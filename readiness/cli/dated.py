"""Answers of one team at several dates: where they lie, and what has changed between them."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from readiness.cli.files import STDOUT
from readiness.cli.inputs import of_older_version, same_team
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


@dataclass(frozen=True, slots=True)
class OpenedDate:
    """Team at one date: its answers, the edits of its plan then, and notices."""

    paths: Paths
    files: Paths
    team: "AssessedTeam"
    plan: Path | None
    notices: tuple[str | Notice, ...]
    reworded: tuple[str, ...] = ()
    """Questions whose answers are left out, as the older version that was answered meant something else by them."""

    @property
    def edits(self) -> "Overlay":
        """The edits of the plan; none if there is no file of them. Raises InputError if it can't be read."""
        from readiness.plan.files import PlanPlace

        return PlanPlace(self.plan).edits(self.team.bank, self.team.team.name)


def open_date(bank: "Bank", bank_name: str, paths: Paths, min_group: int) -> OpenedDate:
    """Return the team whose answers at one date are in ``paths``.

    Answers to an older version of the bank are left out if they did not keep their meaning. Raises InputError with all
    that is wrong in them.
    """
    from readiness.assessment.reading import STDIN, read_team
    from readiness.plan.files import plan_path
    from readiness.team import AssessedTeam

    reading = read_team(paths, bank)
    older = [of_older_version(one, bank_name, bank) for one in reading.assessments]
    kept = [found.meaning_kept if found else one for found, one in zip(older, reading.assessments, strict=True)]
    lost = (name for found in older if found for name in (*found.suggested, *found.asked_again))
    team = AssessedTeam(bank, kept, min_group=min_group)
    plan = None if STDIN in paths else plan_path(paths, team.team.name)
    return OpenedDate(paths, reading.files, team, plan, reading.notices, tuple(dict.fromkeys(lost)))


def earlier_dates(paths: Sequence[Path]) -> list[Paths]:
    """Return the earlier answers beside those in ``paths``, one entry a date, the oldest first.

    Of several people, those go together that are equally many copies back. People who have not answered again since
    count too, if they answered before anybody did. So one person's earlier answers never stand alone.
    """
    from readiness.assessment.earlier import earlier_copies
    from readiness.assessment.endings import ENDINGS
    from readiness.assessment.folder_files import folder_files

    files = [file for path in paths for file in (folder_files(path, ENDINGS).files if path.is_dir() else [path])]
    of_each = zip(earlier_copies(files), files, strict=True)
    versions = [(*copies, file) for copies, file in of_each]  # of each person, the oldest first
    most = max(map(len, versions), default=1)
    return [tuple(_versions_at(versions, back)) for back in range(most, 1, -1)]


def _versions_at(versions: Sequence[Paths], back: int) -> Iterator[Path]:
    """Yield each person's answers as they were ``back`` versions ago, counted from 1."""
    again = min(_date_in(each[-back + 1]) for each in versions if len(each) >= back)
    for each in versions:
        if len(each) >= back:
            yield each[-back]
        elif _date_in(each[0]) < again:
            yield each[0]


def _date_in(file: Path) -> str:
    """Return the date of the answers in the file, as 2026-10-14; "" if it can't be read."""
    from readiness.bank.document import read_document

    try:
        data = read_document(file).data
    except InputError:
        return ""
    return str(data.get("date", "")) if isinstance(data, dict) else ""


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
        what = f"{path} has answers from one date only: name those from two dates or more, the earliest first"
        raise typer.BadParameter(what)
    return found


def change(
    bank: "Bank", earlier: Sequence[OpenedDate], now: "AssessedTeam", plan: Path | None, min_group: int
) -> "TeamComparison":
    """Return what has changed since the ``earlier`` dates in the words of ``bank``, and what was done of the plan.

    ``now`` is the team at the last date with its edits, which are from the file ``plan``. What was done in the plan of
    the first date is left out.
    """
    from readiness.plan.model import Plan
    from readiness.plan.overlay import Overlay, Status
    from readiness.plan.progress import TeamComparison
    from readiness.scoring.compare import compare

    first = earlier[0]
    known_then = first.plan is not None and first.plan != plan
    then = first.edits if known_then else Overlay.blank(bank, now.team.name)
    told = now.told_in(bank)
    found = compare(bank, [*(one.team.told_in(bank) for one in earlier), told], min_group)
    # A plan is worked out only for what somebody said is done.
    any_done = any(edit.status is Status.DONE for edit in told.overlay.actions.values())
    plan_now = told.plan if any_done else Plan(actions=(), keep=())
    reworded = dict.fromkeys(name for one in earlier for name in one.reworded)
    return TeamComparison.of(found, bank, then, plan_now, tuple(reworded))


def last_time(
    bank: "Bank", bank_name: str, opened: "OpenedTeam", paths: Sequence[Path], since: Path | None
) -> OpenedDate | None:
    """Return the answers ``since`` which a report tells what has changed; without, the newest earlier ones beside it.

    Raises InputError if the ones that a person named can't be read, or are another team's. If those that were found
    can't be, that is said, and they are left out.
    """
    found = [(since,)] if since else [] if STDOUT in paths else earlier_dates(paths)
    if not found:
        return None
    try:
        last = open_date(bank, bank_name, found[-1], opened.team.min_group)
        same_team({paths[0]: opened.team.assessments[0].team, last.paths[0]: last.team.assessments[0].team})
    except InputError as error:
        if since:
            raise
        complain(error.problems)
        say("So the report does not say what has changed since.")
        return None
    notify((*last.notices, *_backwards(_named(last), last.team.date, some([*map(str, paths)]), opened.team.date)))
    return last


def told_once(dated: Sequence[OpenedDate]) -> list[str | Notice]:
    """Return what to tell of the answers, each once, and if they are not in the order of their dates."""
    from itertools import pairwise

    notices = dict.fromkeys(notice for one in dated for notice in one.notices)
    backwards = (
        told
        for one, other in pairwise(dated)
        for told in _backwards(_named(one), one.team.date, _named(other), other.team.date)
    )
    return [*notices, *backwards]


def _backwards(first: str, then: dt.date, last: str, now: dt.date) -> Iterator[str]:
    """Yield what to say if the answers that should be the older ones are dated later."""
    if now < then:
        told = f"{first} is newer than {last}: so the change runs backwards. The older answers come first."
        yield f"{told} If a computer’s clock was wrong, put the right date in the file, at “date”."


def _named(one: OpenedDate) -> str:
    return some([str(path) for path in one.paths])
