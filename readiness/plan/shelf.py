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

    def fits(self, bank: Bank) -> bool:
        """Return whether it is made from the bank, or can't be read."""
        return self.bank in (None, bank.id)


class _Namesakes(NamedTuple):
    """Plans of teams of one name: by organisation, "" if none; and those named after their team's answers, by these."""

    by_organisation: dict[str, list[FiledPlan]]
    by_answers: dict[Path, list[FiledPlan]]

    def unsure(self, team: Team) -> Iterator[FiledPlan]:
        """Yield those that name an organisation if this team names none, or the other way round."""
        names = [""] if team.organisation else [name for name in self.by_organisation if name]
        return (plan for name in names for plan in self.by_organisation.get(name, ()))


_NONE = _Namesakes({}, {})
_ByName = Mapping[str | None, _Namesakes]
"""Plans by ``identity`` of their teams' names; by None those that can't be read."""
_Answers = Mapping[str, Sequence[tuple[Path, Team]]]
"""Files of answers about teams of one name, each with the team, by ``identity`` of its organisation."""


class PlanShelf:
    """The plans and the answers that lie in folders. Each folder is looked at once.

    A folder can hold those of many teams of one name: a look for one team's must not go through all of them.
    """

    def __init__(self) -> None:
        self._read = cache(_plan)
        self._plans = cache(self._plans_in)
        self._by_name = cache(lambda folder: _by_name([*self._plans(folder).values()]))
        self._numbered = cache(self._numbered_from)
        self._teams = cache(_teams_in)
        self._orphans = cache(self._orphans_in)

    def of(self, folders: Sequence[Path], bank: Bank, team: Team, own: Collection[Path]) -> list[FiledPlan]:
        """Return the plans in the folders that are about this team, as ``is_about``, and made from the bank."""
        found = (plan for plans in self._called(folders, team) for plan in self._mine(plans, team, own, folders))
        return sorted((plan for plan in found if plan.fits(bank)), key=lambda plan: plan.path)

    def unclaimed(
        self, folders: Sequence[Path], bank: Bank, team: Team, own: Collection[Path]
    ) -> Iterator[tuple[FiledPlan, Path, Team]]:
        """Yield the plans in the folders that name no organisation and could be this team's, or another's.

        With each comes the other team, and its answers, as ``rival``.
        """
        named = self._called(folders, team) if team.organisation else []
        other = None
        for plan in (plan for plans in named for plan in plans.unsure(team)):
            if plan.fits(bank) and not plan.is_beside(own):
                other = other or self.namesake(team, own, folders)
                if other is None:
                    return
                yield plan, *other

    def is_unclaimed(self, path: Path, folders: Sequence[Path], bank: Bank, team: Team, own: Collection[Path]) -> bool:
        """Return whether the file holds such a plan."""
        plan = self._plans(path.parent).get(path)
        if plan is None or plan.organisation or not (team.organisation and plan.may_be_of(team) and plan.fits(bank)):
            return False
        return self.rival(plan, team, own, folders) is not None

    def of_others(self, folders: Sequence[Path], bank: Bank, team: Team) -> Iterator[FiledPlan]:
        """Yield the plans in the folders of teams of this name in another organisation."""
        own = ("", identity(team.organisation or ""))
        named = (each for plans in self._called(folders, team) for each in plans.by_organisation.items())
        return (plan for organisation, plans in named if organisation not in own for plan in plans if plan.fits(bank))

    def _called(self, folders: Sequence[Path], team: Team) -> list[_Namesakes]:
        return [self._by_name(folder).get(identity(team.name), _NONE) for folder in folders]

    def _mine(
        self, plans: _Namesakes, team: Team, own: Collection[Path], folders: Sequence[Path]
    ) -> Iterator[FiledPlan]:
        """Yield those of the plans, which lie in the folders, that are about this team."""
        yield from plans.by_organisation.get(identity(team.organisation or ""), ())
        if next(plans.unsure(team), None) is None:
            return
        if self.namesake(team, own, folders) is None:
            yield from plans.unsure(team)
        else:
            beside = (plan for file in sorted(own) for plan in plans.by_answers.get(file, ()) if plan.is_beside(own))
            yield from (plan for plan in beside if bool(plan.organisation) != bool(team.organisation))

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

    def place(self, start: Path, team: Team, own: Collection[Path]) -> Path:
        """Return the file of this team's plan among those whose names begin as ``start`` and end in a number.

        Without one it is a file that can't be read, as it may be this team's; and without that, the first free name.
        """
        plans, free = self._numbered(start)
        mine = self._mine(plans.get(identity(team.name), _NONE), team, own, [start.parent])
        unread = plans.get(None, _NONE).by_organisation.values()
        found = next(mine, None) or next((plan for each in unread for plan in each), None)
        return free if found is None else found.path

    def is_about(self, plan: FiledPlan, team: Team, own: Collection[Path], folders: Sequence[Path] = ()) -> bool:
        """Return whether it is the plan of this team, which has its ``own`` answers: it could be of no other.

        If only one of the two names an organisation, it could be that of another team of this name with answers there.
        """
        return plan.may_be_of(team) and self.rival(plan, team, own, folders) is None

    def rival(
        self, plan: FiledPlan, team: Team, own: Collection[Path], folders: Sequence[Path] = ()
    ) -> tuple[Path, Team] | None:
        """Return answers in the ``folders``, or beside the plan, of another team that it could be of, and that team.

        None if there are none, if the names settle it, or if the plan is named after the team's ``own`` answers.
        """
        if bool(plan.organisation) == bool(team.organisation) or plan.is_beside(own):
            return None
        return self.namesake(team, own, [*folders, plan.path.parent])

    def namesake(self, team: Team, own: Collection[Path], folders: Sequence[Path]) -> tuple[Path, Team] | None:
        """Return the first answers in the folders of another team of this name, and that team; None if there are none.

        Answers that name no organisation are another team's, too, unless they are its ``own``.
        """
        mine = identity(team.organisation or "")
        named = (each for answers in self._answers(folders, team.name) for each in answers.items())
        others = (found for organisation, found in named if organisation != mine)
        return next((each for found in others for each in found if each[0] not in own), None)

    def about(self, folders: Sequence[Path], plan: FiledPlan) -> Path | None:
        """Return the first file in the folders with answers about the plan's team; None if there is none."""
        organisation = identity(plan.organisation or "")
        for answers in self._answers(folders, plan.team) if plan.team is not None else ():
            named = (organisation, "") if organisation else answers
            for file, _ in (each for name in named for each in answers.get(name, ())):
                return file
        return None

    def _answers(self, folders: Sequence[Path], name: str) -> list[_Answers]:
        return [self._teams(folder).get(identity(name), {}) for folder in folders]

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
    found: dict[str | None, _Namesakes] = {}
    for plan in plans:
        named = found.setdefault(None if plan.team is None else identity(plan.team), _Namesakes({}, {}))
        named.by_organisation.setdefault(identity(plan.organisation or ""), []).append(plan)
        if plan.beside:
            named.by_answers.setdefault(plan.beside[0], []).append(plan)
    return found


def _teams_in(folder: Path) -> Mapping[str, _Answers]:
    """Return the files of answers in the folder, each with its team as far as it can be read, by ``identity``."""
    found: dict[str, dict[str, list[tuple[Path, Team]]]] = {}
    for file in folder_files(folder, ENDINGS).files:
        if team := team_in(file):
            named = found.setdefault(identity(team.name), {})
            named.setdefault(identity(team.organisation or ""), []).append((file, team))
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
