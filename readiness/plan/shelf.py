"""Plans and answers that lie in folders, at a glance: each folder is read once, however many teams ask for theirs."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

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

    def fits(self, bank: Bank) -> bool:
        """Return whether it is made from the bank, or can't be read."""
        return self.bank in (None, bank.id)


_ByName = Mapping[str | None, Sequence[FiledPlan]]
"""Plans by ``identity`` of their teams' names; by None those that can't be read."""


class PlanShelf:
    """The plans and the answers that lie in folders. Each folder is looked at once."""

    def __init__(self) -> None:
        self._read = cache(_plan)
        self._plans = cache(self._plans_in)
        self._by_name = cache(lambda folder: _by_name([*self._plans(folder).values()]))
        self._numbered = cache(self._numbered_from)
        self._teams = cache(_teams_in)
        self._orphans = cache(self._orphans_in)

    def plans(self, folders: Sequence[Path], bank: Bank) -> list[FiledPlan]:
        """Return the plans in the folders that are made from the bank, and those that can't be read."""
        return [plan for folder in folders for plan in self._plans(folder).values() if plan.fits(bank)]

    def called(self, folders: Sequence[Path], bank: Bank, name: str | None) -> list[FiledPlan]:
        """Return those of teams of this name; None: those that can't be read."""
        key = None if name is None else identity(name)
        return [plan for folder in folders for plan in self._by_name(folder).get(key, ()) if plan.fits(bank)]

    def orphans(self, folders: Sequence[Path], bank: Bank, own: Sequence[Path]) -> Iterator[FiledPlan]:
        """Yield plans that no answers there are about, and those that can't be read: any may be of a renamed team.

        A plan that is named after answers is of their team, so it is left out unless they are among its ``own``.
        """
        for folder in folders:
            orphans = self._orphans(folder)
            for answers in orphans if folder in own else (None, *own):
                yield from (plan for plan in orphans.get(answers, ()) if plan.fits(bank))

    def is_bare(self, path: Path, bank: Bank) -> bool:
        """Return whether the file holds a plan of numbers alone, made from the bank, and no earlier copy."""
        plan = self._plans(path.parent).get(path)
        return plan is not None and plan.is_bare and plan.fits(bank)

    def place(self, start: Path, team: Team, own: Sequence[Path]) -> Path:
        """Return the file of this team's plan among those whose names begin as ``start`` and end in a number.

        Without one it is a file that can't be read, as it may be this team's; and without that, the first free name.
        """
        plans, free = self._numbered(start)
        mine = (plan for plan in plans.get(identity(team.name), ()) if self.is_about(plan, team, own))
        found = next(mine, None) or next(iter(plans.get(None, ())), None)
        return free if found is None else found.path

    def is_about(self, plan: FiledPlan, team: Team, own: Sequence[Path], folders: Sequence[Path] = ()) -> bool:
        """Return whether it is the plan of this team, which has its ``own`` answers: it could be of no other.

        If only one of the two names an organisation, it could be that of another team of this name with answers there.
        """
        return plan.may_be_of(team) and self.rival(plan, team, own, folders) is None

    def rival(
        self, plan: FiledPlan, team: Team, own: Sequence[Path], folders: Sequence[Path] = ()
    ) -> tuple[Path, Team] | None:
        """Return answers in the ``folders``, or beside the plan, of another team that it could be of, and that team.

        None if there are none, if the names settle it, or if the plan is named after the team's ``own`` answers.
        """
        if bool(plan.organisation) == bool(team.organisation) or (plan.beside and {*plan.beside} <= {*own}):
            return None
        return self.namesake(team, own, [*folders, plan.path.parent])

    def namesake(self, team: Team, own: Sequence[Path], folders: Sequence[Path]) -> tuple[Path, Team] | None:
        """Return the first answers in the folders of another team of this name, and that team; None if there are none.

        Answers that name no organisation are another team's, too, unless they are its ``own``.
        """
        organisation = identity(team.organisation or "")
        for file, other in self.answers(folders, team.name):
            if identity(other.organisation or "") != organisation and file not in own:
                return file, other
        return None

    def about(self, folders: Sequence[Path], plan: FiledPlan) -> Path | None:
        """Return the first file in the folders with answers about the plan's team; None if there is none."""
        found = self.answers(folders, plan.team) if plan.team is not None else ()
        return next((file for file, team in found if plan.may_be_of(team)), None)

    def answers(self, folders: Sequence[Path], name: str) -> list[tuple[Path, Team]]:
        """Return the files in the folders with answers about teams of this name, each with the team."""
        return [each for folder in folders for each in self._teams(folder).get(identity(name), ())]

    def _plans_in(self, folder: Path) -> Mapping[Path, FiledPlan]:
        by_day = cache(named_by_day)
        paths = sorted(folder.glob(f"*{PLAN_ENDING}"))
        return {path: self._read(path) for path in paths if not is_earlier(path, by_day)}

    def _orphans_in(self, folder: Path) -> Mapping[Path | None, Sequence[FiledPlan]]:
        """Return the orphans in a folder by the answers that each is named after; None: after none."""
        found = defaultdict[Path | None, list[FiledPlan]](list)
        for plan in self._plans(folder).values():
            if not self.about([folder], plan):
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
    found = defaultdict[str | None, list[FiledPlan]](list)
    for plan in plans:
        found[None if plan.team is None else identity(plan.team)].append(plan)
    return found


def _teams_in(folder: Path) -> Mapping[str, Sequence[tuple[Path, Team]]]:
    """Return the files of answers in the folder, each with its team as far as it can be read, by ``identity``."""
    found = defaultdict[str, list[tuple[Path, Team]]](list)
    for file in folder_files(folder, ENDINGS).files:
        if team := team_in(file):
            found[identity(team.name)].append((file, team))
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
    team, named_after = safe(team), _named_after(path)
    beside = _beside(named_after, team)
    organisation = data.get("organisation")
    named = organisation if isinstance(organisation, str) else _one_of(beside.values())
    is_bare = not (data.get("actions") or data.get("undated"))
    return FiledPlan(path, team, named, bank, is_bare, named_after, tuple(beside))


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
