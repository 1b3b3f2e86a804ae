"""Plans and answers that lie in folders, at a glance: each folder is read once, however many teams ask for theirs."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from readiness.assessment.earlier import is_earlier, named_by_day
from readiness.assessment.endings import ENDINGS, PLAN_ENDING
from readiness.assessment.filenames import distinctions
from readiness.assessment.folder_files import folder_files
from readiness.assessment.model import Team
from readiness.assessment.reading import team_in
from readiness.assessment.team_names import identity
from readiness.bank.document import decode, read_bytes
from readiness.bank.model import Bank
from readiness.errors import InputError
from readiness.text import safe


@dataclass(frozen=True, slots=True)
class FiledPlan:
    """A plan's file at a glance; ``team`` is None if it can't be read. ``is_bare``: it holds numbers alone.

    ``named_after``: files of answers beside it; ``beside``: those of its team's name. If it names no organisation,
    theirs counts.
    """

    path: Path
    team: str | None
    organisation: str | None = None
    bank: str | None = None
    is_bare: bool = False
    named_after: tuple[Path, ...] = ()
    beside: tuple[Path, ...] = ()

    def may_be_of(self, team: Team) -> bool:
        """Return whether it has this team's name, and is of no other organisation."""
        return self.team is not None and team.is_called(self.team, self.organisation)

    def is_beside(self, own: Collection[Path]) -> bool:
        """Return whether it is named after answers of its team's name, all of which are among ``own``."""
        return bool(self.beside) and all(file in own for file in self.beside)


class _Namesakes(NamedTuple):
    """Plans of teams of one name: by organisation, "" if none; and those named after their team's answers, by these."""

    by_organisation: dict[str, list[FiledPlan]]
    by_answers: dict[Path, list[FiledPlan]]


_NONE = _Namesakes({}, {})
_ByName = Mapping[str | None, _Namesakes]
"""Plans by ``identity`` of their teams' names; by None those that can't be read."""
_Answers = Mapping[str, Sequence[Path]]
"""Files of answers about teams of one name, by ``identity`` of their organisation."""


class PlanShelf:
    """The plans and the answers that lie in folders. Each folder is looked at once.

    A folder can hold those of many teams of one name: a look for one team's must not go through all of them.

    Teams get new names, and answers are put elsewhere. So a plan of a team that names an organisation is never taken
    for that of one which names none, or the other way round, unless it is named after that team's own answers: even
    if no other team of the name is left, it can be one's that was there.
    """

    def __init__(self) -> None:
        self._read = cache(_plan)
        self._plans = cache(self._plans_in)
        self._by_name = cache(lambda folder, bank: _by_name([*self._plans(folder, bank).values()]))
        self._numbered = cache(self._numbered_from)
        self._teams = cache(_teams_in)
        self._orphans = cache(self._orphans_in)

    def of(self, folders: Sequence[Path], bank: Bank, team: Team, own: Collection[Path]) -> list[FiledPlan]:
        """Return the plans in the folders that are about this team, as ``is_about``, and made from the bank."""
        found = (plan for plans in self._called(folders, bank, team) for plan in _mine(plans, team, own))
        return sorted(found, key=lambda plan: plan.path)

    def unclaimed(self, folders: Sequence[Path], bank: Bank, team: Team, own: Collection[Path]) -> Iterator[FiledPlan]:
        """Yield the plans in the folders that could be this team's, or another's: one of the two names no organisation.

        If the team names none, a plan is not among them if answers of the organisation that it names are there.
        """
        for plans in self._called(folders, bank, team):
            others = [""] if team.organisation else [name for name in plans.by_organisation if name]
            for plan in (plan for name in others for plan in plans.by_organisation.get(name, ())):
                if not plan.is_beside(own) and (team.organisation or self.about(folders, plan) is None):
                    yield plan

    def is_unclaimed(self, path: Path, bank: Bank, team: Team, own: Collection[Path]) -> bool:
        """Return whether the file holds a plan that has this team's name, and yet may be another's."""
        plan = self._plans(path.parent, bank.id).get(path)
        if plan is None or not plan.may_be_of(team) or plan.is_beside(own):
            return False
        return bool(plan.organisation) != bool(team.organisation)

    def of_others(self, folders: Sequence[Path], bank: Bank, team: Team) -> Iterator[FiledPlan]:
        """Yield the plans in the folders of teams of this name in another organisation."""
        own = ("", identity(team.organisation or ""))
        named = (each for plans in self._called(folders, bank, team) for each in plans.by_organisation.items())
        return (plan for organisation, plans in named if organisation not in own for plan in plans)

    def _called(self, folders: Sequence[Path], bank: Bank, team: Team) -> list[_Namesakes]:
        return [self._by_name(folder, bank.id).get(identity(team.name), _NONE) for folder in folders]

    def orphans(
        self, folders: Sequence[Path], bank: Bank, own: Sequence[Path], *, edited: bool = False
    ) -> Iterator[FiledPlan]:
        """Yield plans that no answers there are about, and those that can't be read: any may be of a renamed team.

        A plan that is named after answers is of their team, so it is left out unless they are among its ``own``.
        ``edited`` leaves out those of numbers alone.
        """
        for folder in folders:
            orphans = self._orphans(folder, bank.id, edited=edited)
            for answers in orphans if folder in own else (None, *own):
                yield from (plan for plan in orphans.get(answers, ()) if not self.about(folders, plan))

    def is_bare(self, path: Path, bank: Bank) -> bool:
        """Return whether the file holds a plan of numbers alone, made from the bank, and no earlier copy."""
        plan = self._plans(path.parent, bank.id).get(path)
        return plan is not None and plan.is_bare

    def place(self, start: Path, team: Team, own: Collection[Path]) -> Path:
        """Return the file of this team's plan among those whose names begin as ``start`` and end in a number.

        Without one it is a file that can't be read, as it may be this team's; and without that, the first free name.
        """
        plans, free = self._numbered(start)
        mine = _mine(plans.get(identity(team.name), _NONE), team, own)
        unread = plans.get(None, _NONE).by_organisation.values()
        found = next(mine, None) or next((plan for each in unread for plan in each), None)
        return free if found is None else found.path

    def about(self, folders: Sequence[Path], plan: FiledPlan) -> Path | None:
        """Return the first file in the folders with answers about the plan's team; None if there is none."""
        if plan.beside:
            return plan.beside[0]
        return self._first(folders, plan, (identity(plan.organisation or ""),))

    def may_be_about(self, folders: Sequence[Path], plan: FiledPlan) -> Path | None:
        """Return the same, or the first with answers that may be about it: only one of them names an organisation."""
        return self.about(folders, plan) or self._first(folders, plan, ("",) if plan.organisation else None)

    def _first(self, folders: Sequence[Path], plan: FiledPlan, organisations: Sequence[str] | None) -> Path | None:
        """Return the first answers about a team of the plan's name, in one of the organisations; of any if None."""
        for named in self._answers(folders, plan.team) if plan.team is not None else ():
            found = (named.get(each, ()) for each in (named if organisations is None else organisations))
            if first := next((file for files in found for file in files), None):
                return first
        return None

    def _answers(self, folders: Sequence[Path], name: str) -> list[_Answers]:
        return [self._teams(folder).get(identity(name), {}) for folder in folders]

    def _plans_in(self, folder: Path, bank: str) -> Mapping[Path, FiledPlan]:
        """Return the plans in a folder that are made from the bank of that id, and those that can't be read."""
        by_day = cache(named_by_day)
        paths = sorted(folder.glob(f"*{PLAN_ENDING}"))
        plans = (self._read(path) for path in paths if not is_earlier(path, by_day))
        return {plan.path: plan for plan in plans if plan.bank in (None, bank)}

    def _orphans_in(self, folder: Path, bank: str, *, edited: bool) -> Mapping[Path | None, Sequence[FiledPlan]]:
        """Return the orphans in a folder by the answers that each is named after; None: after none."""
        found = defaultdict[Path | None, list[FiledPlan]](list)
        for plan in self._plans(folder, bank).values():
            if not (edited and plan.is_bare) and not self.about([folder], plan):
                found[next(iter(plan.named_after), None)].append(plan)
        return found

    def _numbered_from(self, start: Path) -> tuple[_ByName, Path]:
        """Return the plans whose files have the name and a number, up to the first free name; and that."""
        names = (start.with_name(f"{start.name}{nth}{PLAN_ENDING}") for nth in distinctions())
        taken: list[FiledPlan] = []
        while (path := next(names)).is_file():
            taken.append(self._read(path))
        return _by_name(taken), path


def _by_name(plans: Sequence[FiledPlan]) -> _ByName:
    found: dict[str | None, _Namesakes] = {}
    for plan in plans:
        named = found.setdefault(None if plan.team is None else identity(plan.team), _Namesakes({}, {}))
        named.by_organisation.setdefault(identity(plan.organisation or ""), []).append(plan)
        if plan.beside:
            named.by_answers.setdefault(plan.beside[0], []).append(plan)
    return found


def _mine(plans: _Namesakes, team: Team, own: Collection[Path]) -> Iterator[FiledPlan]:
    """Yield those of the plans that are about this team."""
    yield from plans.by_organisation.get(identity(team.organisation or ""), ())
    beside = (plan for file in sorted(own) for plan in plans.by_answers.get(file, ()))
    yield from (plan for plan in beside if bool(plan.organisation) != bool(team.organisation) and plan.is_beside(own))


def _teams_in(folder: Path) -> Mapping[str, _Answers]:
    """Return the files of answers in the folder by ``identity`` of their team's name, as far as it can be read."""
    found: dict[str, dict[str, list[Path]]] = {}
    for file in folder_files(folder, ENDINGS).files:
        if team := team_in(file):
            named = found.setdefault(identity(team.name), {})
            named.setdefault(identity(team.organisation or ""), []).append(file)
    return found


def _plan(path: Path) -> FiledPlan:
    """Return the plan in the file, as far as it can be read."""
    try:
        data = json.loads(decode(read_bytes(path), str(path)))
        team, bank = data["team"], data["bank"]["id"]
    except (InputError, ValueError, KeyError, TypeError, RecursionError):
        return FiledPlan(path, None)
    if not (isinstance(team, str) and isinstance(bank, str)):
        return FiledPlan(path, None)
    organisation = data.get("organisation")
    is_bare = not (data.get("actions") or data.get("undated"))
    return filed(path, safe(team), organisation if isinstance(organisation, str) else None, bank, is_bare=is_bare)


def filed(path: Path, team: str, organisation: str | None, bank: str, *, is_bare: bool) -> FiledPlan:
    """Return a plan at a glance, with the answers beside it."""
    named_after = _named_after(path)
    beside = _beside(named_after, team)
    return FiledPlan(path, team, organisation or _one_of(beside.values()), bank, is_bare, named_after, tuple(beside))


def _named_after(plan: Path) -> tuple[Path, ...]:
    """Return the files of answers that the plan's file is named after."""
    stem = plan.name.removesuffix(PLAN_ENDING)
    return tuple(file for ending in ENDINGS if (file := plan.with_name(stem + ending)).exists())


def _beside(files: Sequence[Path], name: str) -> Mapping[Path, Team]:
    """Return those of the files whose answers are about a team of this name."""
    return {file: team for file in files if (team := team_in(file)) and identity(team.name) == identity(name)}


def _one_of(teams: Collection[Team]) -> str | None:
    """Return the organisation of the teams, if they all have one."""
    found = {identity(team.organisation or ""): team.organisation for team in teams}
    return next(iter(found.values())) if len(found) == 1 else None
