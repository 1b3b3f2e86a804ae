"""Finds the file of a team's plan, beside its answers: never one that is another team's."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from readiness.assessment.earlier import is_earlier
from readiness.assessment.endings import ENDINGS, PLAN_ENDING
from readiness.assessment.filenames import distinctions
from readiness.assessment.folder_files import folder_files
from readiness.assessment.model import Team
from readiness.assessment.reading import STDIN
from readiness.assessment.team_names import identity
from readiness.bank.document import decode, parse, read_bytes
from readiness.bank.model import Bank
from readiness.errors import Command, InputError, Notice, Place, Problem
from readiness.plan.edits_file import read_overlay
from readiness.plan.overlay import Overlay
from readiness.text import safe


def plan_path(paths: Sequence[Path], team: Team) -> Path | None:
    """Return the file for the edits of the plan that is made from the answers in ``paths``, if nobody chose another.

    Beside one file of answers: ``NAME.plan.json``. In a folder of answers, or the one folder that several files are in:
    the names of the team and its organisation, and ``.plan.json``; with a number if another team's plan is there.
    None if there is no such place: standard input, or files of several folders.
    """
    if STDIN in paths:
        return None
    if _is_one_file(paths):
        return paths[0].with_name(f"{paths[0].stem}{PLAN_ENDING}")
    folders = _folders(paths)
    if len(folders) != 1:
        return None
    named = identity(f"{team.name} {team.organisation or ''}").casefold()
    words = re.sub(r"[\W_]+", "-", named).strip("-")[:60].strip("-") or "team"
    places = (folders[0] / f"{words}{nth}{PLAN_ENDING}" for nth in distinctions())
    return next(path for path in places if not _is_of_another(path, team))


@dataclass(frozen=True, slots=True)
class PlanPlace:
    """Optional file of a plan's edits, which need not be there yet; and notices about it.

    ``settled`` is false if another file could hold this team's plan: then no numbers are saved here unasked.
    """

    path: Path | None
    notices: tuple[Notice, ...] = ()
    settled: bool = True

    @property
    def file(self) -> Path:
        """The file that edits are kept in. Raises InputError if there is no place for one."""
        if self.path is None:
            what = "There is no one place to keep your edits in for these answers"
            raise InputError(Problem(what, "Name a file with --plan, or give one file or folder of answers."))
        return self.path

    def edits(self, bank: Bank, team: Team) -> Overlay:
        """Return the edits that are there. Raises InputError as ``read_overlay``."""
        if self.path is None:
            return Overlay.blank(bank, team.name, team.organisation)
        return read_overlay(self.path, bank, team)


def find_plan(
    paths: Sequence[Path], team: Team, bank: Bank, shelf: "PlanShelf | None" = None, *, named: Path | None = None
) -> PlanPlace:
    """Return where the edits of this team's plan are, or will be, for the answers in ``paths``.

    Answers are given anew in a file of another name, by a second person, or in another folder; the plan is the same
    one. So if there is none at ``plan_path``, or one of numbers alone, the folders of the answers are searched for one.
    ``shelf`` remembers what lies in a folder, for many teams. ``named`` is the file that a person chose.
    Raises InputError if there are several, naming them, or if the one that was chosen is not there.
    """
    if named is not None:
        if not named.exists():
            raise InputError(Problem("There is no such plan", "Check the name.", Place(str(named))))
        return PlanPlace(named)
    usual = plan_path(paths, team)
    plans = (shelf or PlanShelf(bank)).plans(_folders(paths) or [Path()])
    mine = [plan for plan in plans if plan.is_about(team) and plan.path != usual]
    edited = [plan for plan in mine if not plan.is_bare]
    if usual is not None and usual.exists() and not (edited and usual in _bare(plans)):
        names = ", ".join(str(plan.path) for plan in mine)
        also = f"{usual} holds the edits of the plan that are used. There are more plans of this team: {names}."
        return PlanPlace(usual, (Notice(also),) if mine else ())
    mine = edited or mine
    names = ", ".join(str(plan.path) for plan in mine)
    if len(mine) > 1:
        what = f"There are several plans of {team.name}: {names}"
        raise InputError(Problem(what, "Name the one you want with --plan, and put the others elsewhere."))
    if mine and [*paths] == [STDIN]:
        what = f"{names} holds edits of this team's plan. They are not used with standard input"
        return PlanPlace(None, (Notice(f"{what}; name the file with --plan to have them."),))
    if mine:
        told = f"{names} holds the edits of this team's plan. It is used, and changes are saved in it."
        return PlanPlace(mine[0].path, (Notice(told),))
    return _new_place(usual, paths, team, plans)


def _new_place(usual: Path | None, paths: Sequence[Path], team: Team, plans: "Sequence[_Plan]") -> PlanPlace:
    """Return the place of a plan that has no file yet; says which plans could be this team's, and are not used."""
    notices, settled = [], True
    for plan in plans:
        alike = plan.team is not None and identity(plan.team) == identity(team.name)
        about = "a team of this name in another organisation" if alike else plan.team
        if plan.team is None:
            unknown = f"{plan.path} can't be read, so it is not known whose plan it is, and it is not used"
            notices.append(Notice(f"{unknown}. No numbers are saved."))
            settled = False
        elif plan.path.parent in paths:  # all answers in the folder are this team's
            rename = Command("plan rename", (str(plan.path.parent),), ("--plan", str(plan.path)))
            told = f"{plan.path} is about {about}, so it is not used, and no numbers are saved. If the team was renamed"
            notices.append(Notice(told, rename))
            settled = False
        elif alike:
            notices.append(Notice(f"{plan.path} is about {about}, so it is not used."))
    return PlanPlace(usual, tuple(notices), settled)


def plan_to_rename(paths: Sequence[Path], team: Team, bank: Bank) -> Path:
    """Return the plan that is to be taken over to the name that ``team`` has now.

    A plan of numbers alone gives way to the only other one. Raises InputError if there is none, or if it could be any
    of several.
    """
    usual = plan_path(paths, team)
    folders = _folders(paths)
    plans = [*_plans(folders, bank)]
    others = [
        plan.path for plan in plans if plan.path != usual and not plan.is_about(team) and not plan.answers(folders)
    ]
    if usual is not None and usual.exists() and not (len(others) == 1 and usual in _bare(plans)):
        return usual
    here = others or [plan.path for plan in plans if plan.is_about(team)]
    if len(here) == 1:
        return here[0]
    names = f": {', '.join(map(str, others))}" if others else ""
    what = f"There {'are several plans' if others else 'is no plan'} beside these answers{names}"
    raise InputError(Problem(what, "Name the one you mean with --plan."))


def may_be_renamed(path: Path, edits: Overlay, paths: Sequence[Path], team: Team) -> None:
    """Raise InputError if the plan of ``edits`` in ``path`` is not ``team``'s, but of a team whose answers are there.

    The plan that is named after the one file of ``team``'s answers is its own.
    """
    if team.is_called(edits.team, edits.organisation) or (_is_one_file(paths) and path == plan_path(paths, team)):
        return
    plan = _Plan(path, edits.team, edits.organisation)
    if file := plan.answers([*_folders(paths), path.parent]):
        what = f"This is the plan of {edits.team}, whose answers are in {file}, so it was not renamed"
        todo = f"If {team} is the same team, write its name in those answers, too."
        raise InputError(Problem(what, todo, Place(str(path))))


def _is_one_file(paths: Sequence[Path]) -> bool:
    return len(paths) == 1 and not paths[0].is_dir()


def _folders(paths: Sequence[Path]) -> list[Path]:
    return [*dict.fromkeys(path if path.is_dir() else path.parent for path in paths if path != STDIN)]


@dataclass(frozen=True, slots=True)
class _Plan:
    """A plan's file at a glance; ``team`` is None if it can't be read. ``is_bare``: it holds numbers alone."""

    path: Path
    team: str | None
    organisation: str | None = None
    bank: str | None = None
    is_bare: bool = False

    def is_about(self, team: Team) -> bool:
        """Return whether it is this team's: it has its name, and is of no other organisation."""
        if self.team is None or not team.is_called(self.team, self.organisation):
            return False
        return self.organisation is not None or not team.organisation or team.is_called(self.team, self._beside())

    def answers(self, folders: Sequence[Path]) -> Path | None:
        """Return the first file in the folders with answers about its team; None if there is none."""
        if self.team is None:
            return None
        files = (file for folder in dict.fromkeys(folders) for file in folder_files(folder, ENDINGS).files)
        named = ((file, _team_in(file)) for file in files)
        return next((file for file, team in named if team and team.is_called(self.team, self.organisation)), None)

    def _beside(self) -> str | None:
        """Return the organisation of the answers that the plan is named after."""
        name = self.path.name.removesuffix(PLAN_ENDING)
        beside = next((file for ending in ENDINGS if (file := self.path.with_name(name + ending)).exists()), None)
        team = None if beside is None else _team_in(beside)
        return None if team is None else team.organisation


def _team_in(answers: Path) -> Team | None:
    """Return the team that a file of answers is about, as far as it can be read."""
    try:
        data = parse(decode(read_bytes(answers), str(answers)), str(answers)).data
    except InputError:
        return None
    team = data.get("team") if isinstance(data, dict) else None
    name, organisation = (team.get(key) if isinstance(team, dict) else None for key in ("name", "organisation"))
    if not isinstance(name, str):
        return None
    return Team.model_construct(name=name, organisation=organisation if isinstance(organisation, str) else None)


class PlanShelf:
    """The plans that lie in folders, each folder looked at once."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._found: dict[Path, tuple[_Plan, ...]] = {}

    def plans(self, folders: Sequence[Path]) -> list[_Plan]:
        """Return the plans in the folders that are made from the bank, and those that can't be read."""
        for folder in folders:
            if folder not in self._found:
                self._found[folder] = tuple(_plans([folder], self._bank))
        return [plan for folder in folders for plan in self._found[folder]]


def _plans(folders: Sequence[Path], bank: Bank) -> Iterator[_Plan]:
    """Yield the plans in the folders that are made from ``bank``, and those that can't be read."""
    for folder in folders:
        for path in sorted(folder.glob(f"*{PLAN_ENDING}")):
            if not is_earlier(path) and (plan := _plan(path)).bank in (None, bank.id):
                yield plan


def _plan(path: Path) -> _Plan:
    """Return the plan in the file, as far as it can be read."""
    try:
        data = json.loads(decode(read_bytes(path), str(path)))
        team, bank = safe(str(data["team"])), str(data["bank"]["id"])
    except (InputError, ValueError, KeyError, TypeError, RecursionError):
        return _Plan(path, None)
    organisation = data.get("organisation")
    named = organisation if isinstance(organisation, str) else None
    return _Plan(path, team, named, bank, is_bare=not (data.get("actions") or data.get("undated")))


def _bare(plans: Sequence[_Plan]) -> list[Path]:
    return [plan.path for plan in plans if plan.is_bare]


def _is_of_another(path: Path, team: Team) -> bool:
    """Return whether the file holds another team's plan, as far as it can be read."""
    return path.is_file() and (plan := _plan(path)).team is not None and not plan.is_about(team)
