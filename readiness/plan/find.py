"""Finds the file of a team's plan, beside its answers: never one that is another team's."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from readiness.assessment.endings import PLAN_ENDING
from readiness.assessment.model import Team
from readiness.assessment.not_whole import refuse_to_begin
from readiness.assessment.reading import STDIN
from readiness.assessment.team_names import identity
from readiness.bank.model import Bank
from readiness.errors import Command, InputError, Notice, Place, Problem
from readiness.plan.edits_file import read_overlay
from readiness.plan.overlay import Overlay
from readiness.plan.shelf import FiledPlan, PlanShelf, filed
from readiness.text import short, some

_TOLD = 5
"""How many plans that are not used are told one by one."""


def plan_path(paths: Sequence[Path], team: Team, shelf: PlanShelf | None = None) -> Path | None:
    """Return the file for the edits of the plan that is made from the answers in ``paths``, if nobody chose another.

    Beside one file of answers: ``NAME.plan.json``. In a folder of answers, or the one folder that several files are in:
    the names of the team and its organisation, and ``.plan.json``; with a number if another team's plan is there.
    None if there is no such place: standard input, or files of several folders. ``shelf`` is for many teams.
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
    return (shelf or PlanShelf()).place(folders[0] / words, team, frozenset(paths))


@dataclass(frozen=True, slots=True)
class PlanPlace:
    """Optional file of a plan's edits, which need not be there yet; and what to tell of it.

    ``settled`` is false if another file could hold this team's plan: then no numbers are saved here unasked.
    ``unused`` are plans that could be this team's and are not used, each with what to tell of it.
    """

    path: Path | None
    told: tuple[Notice, ...] = ()
    settled: bool = True
    unused: Mapping[Path, Notice] = field(default_factory=dict)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """All that a person should know of the team's plan."""
        return *self.unused.values(), *self.told

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
    paths: Sequence[Path], team: Team, bank: Bank, shelf: PlanShelf | None = None, *, named: Path | None = None
) -> PlanPlace:
    """Return where the edits of this team's plan are, or will be, for the answers in ``paths``.

    Answers are given anew in a file of another name, by a second person, or in another folder; the plan is the same
    one. So if there is none at ``plan_path``, or one of numbers alone, the folders of the answers are searched for one.
    ``shelf`` remembers what lies in a folder, for many teams. ``named`` is the file that a person chose.
    Raises InputError if there are several, naming them, if the one that was chosen is not there, or if the usual one
    has not come whole.
    """
    if named is not None:
        if not named.exists():
            raise InputError(Problem("There is no such plan", "Check the name.", Place(str(named))))
        return PlanPlace(named)
    shelf = shelf or PlanShelf()
    unclaimed = unclaimed_plans(paths, team, bank, shelf)
    place = _place_beside(paths, team, bank, shelf)
    if not unclaimed:
        return place
    if place.path is not None and place.path.exists():
        return replace(place, unused={**place.unused, **unclaimed})
    waiting = Notice("Until it is known whose plan that is, no numbers of actions are saved.")
    return PlanPlace(place.path, (*place.told, waiting), settled=False, unused={**place.unused, **unclaimed})


def _place_beside(paths: Sequence[Path], team: Team, bank: Bank, shelf: PlanShelf) -> PlanPlace:
    """Return the place of a plan that nobody has named; unclaimed ones are not used."""
    folders, own, usual = _folders(paths) or [Path()], frozenset(paths), plan_path(paths, team, shelf)
    if usual is not None and shelf.is_unclaimed(usual, bank, team, own):
        return PlanPlace(None)
    if usual is not None:
        refuse_to_begin(usual)
    mine = [plan for plan in shelf.of(folders, bank, team, own) if plan.path != usual]
    edited = [plan for plan in mine if not plan.is_bare]
    if usual is not None and usual.exists() and not (edited and shelf.is_bare(usual, bank)):
        names = ", ".join(str(plan.path) for plan in mine)
        also = f"{usual} holds the edits of the plan that are used. There are more plans of this team: {names}."
        more = {plan.path: Notice(also) for plan in mine[:1]}
        if not shelf.is_bare(usual, bank):
            return PlanPlace(usual, unused=more)
        # Numbers alone hide no edits that may be this team's.
        unused = _unused(shelf.orphans(folders, bank, paths, edited=True), paths, team)
        return PlanPlace(usual, settled=not unused, unused={**more, **unused})
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
    unused = _unused(shelf.orphans(folders, bank, paths), paths, team)
    others = (plan for plan in shelf.of_others(folders, bank, team) if plan.path not in unused)
    first = [str(plan.path) for plan in islice(others, _TOLD + 1)]
    alike = "about a team of this name in another organisation, so it is not used."
    notices = [Notice(f"{path} is {alike}") for path in first[:_TOLD]]
    notices += [Notice(f"{path} and others are not used, either.") for path in first[_TOLD:]]
    return PlanPlace(usual, tuple(notices), settled=not unused, unused=unused)


def unclaimed_plans(paths: Sequence[Path], team: Team, bank: Bank, shelf: PlanShelf) -> Mapping[Path, Notice]:
    """Return the first plans that could be this team's or another's of its name, with what to tell a person of each.

    Either they name no organisation, or the team does not. So they are nobody's until a person says whose they are.
    """
    folders, own, found = _folders(paths) or [Path()], frozenset(paths), dict[Path, Notice]()
    for plan in islice(shelf.unclaimed(folders, bank, team, own), _TOLD + 1):
        if len(found) == _TOLD:
            found[plan.path] = Notice(f"{plan.path} and others could be another team's, too, and are not used.")
            break
        found[plan.path] = _unclaimed(plan, paths)
    return found


def _unclaimed(plan: FiledPlan, paths: Sequence[Path]) -> Notice:
    if plan.organisation:
        of = short(f"{plan.team} ({plan.organisation})")
        what = f"{plan.path} is the plan of {of}, and these answers name no organisation. So it could be another team's"
        return Notice(f"{what}, and is not used. If it is this team's, write the organisation into the answers.")
    what = (
        f"{plan.path} names no organisation, so it could be another team's plan, and is not used. If it is this team's"
    )
    if STDIN in paths:
        return Notice(f"{what}, name it with --plan.")
    rename = Command("plan rename", tuple(map(str, paths)), ("--plan", str(plan.path)))
    return Notice(f"{what}, write the organisation into it", rename)


def _unused(orphans: Iterator[FiledPlan], paths: Sequence[Path], team: Team) -> Mapping[Path, Notice]:
    """Return the first plans that could be the team's, if it was renamed or they can't be read; and what to tell."""
    found: dict[Path, Notice] = {}
    for plan in orphans:
        if plan.team is not None and STDIN in paths:  # it can't be renamed by answers without a file
            continue
        if len(found) == _TOLD:
            found[plan.path] = Notice(f"{plan.path} and others are not used either: no answers here are about them.")
            break
        if plan.team is None:
            unknown = f"{plan.path} can't be read, so it is not known whose plan it is, and it is not used"
            found[plan.path] = Notice(f"{unknown}. No numbers are saved.")
        else:
            rename = Command("plan rename", tuple(map(str, paths)), ("--plan", str(plan.path)))
            alike = identity(plan.team) == identity(team.name)
            about = "a team of this name in another organisation" if alike else short(plan.team)
            told = f"{plan.path} is about {about}, so it is not used, and no numbers are saved. If that is another"
            found[plan.path] = Notice(f"{told} team, put its plan elsewhere. If the team was renamed", rename)
    return found


def plan_to_rename(paths: Sequence[Path], team: Team, bank: Bank) -> Path:
    """Return the plan that is to be taken over to the name that ``team`` has now.

    A plan of numbers alone gives way to the only other one. Raises InputError if there is none, or if it could be any
    of several, or one of a team whose answers are there.
    """
    shelf, folders, own = PlanShelf(), _folders(paths), frozenset(paths)
    usual = plan_path(paths, team, shelf)
    orphans = [plan for plan in shelf.orphans(folders, bank, paths) if plan.path != usual]
    others = [plan.path for plan in orphans if not shelf.may_be_about(folders, plan)]
    if usual is not None and usual.exists() and not (len(others) == 1 and shelf.is_bare(usual, bank)):
        return usual
    here = others or [plan.path for plan in shelf.of(folders, bank, team, own)]
    if len(here) == 1:
        return here[0]
    unsure = dict.fromkeys(plan.path for plan in (*shelf.unclaimed(folders, bank, team, own), *orphans))
    names = some([*map(str, others or unsure)])
    what = f"There {'are several plans' if others else 'is no plan'} beside these answers{names and ': '}{names}"
    if names and not others:
        what = f"It is not known if this is the plan of {team}: {names}"
    raise InputError(Problem(what, "Name the one you mean with --plan."))


def may_be_renamed(path: Path, edits: Overlay, paths: Sequence[Path], team: Team) -> Notice | None:
    """Return what to know if another team's answers may be about the plan of ``edits`` in ``path``, too; or None.

    Raises InputError if it is not ``team``'s, but of a team whose answers are there. The plan that is named after the
    one file of ``team``'s answers is its own.
    """
    if team.is_called(edits.team, edits.organisation) or (_is_one_file(paths) and path == plan_path(paths, team)):
        return None
    shelf, folders = PlanShelf(), [*_folders(paths), path.parent]
    plan = filed(path, edits.team, edits.organisation, edits.bank.id, is_bare=False)
    if file := shelf.about(folders, plan):
        what = f"This is the plan of {edits.team}, whose answers are in {file}, so it was not renamed"
        todo = f"If {team} is the same team, write its name in those answers, too."
        if edits.organisation and not plan.beside:
            todo += f" If the plan is that of {team} all the same, take the organisation out of its file first."
        raise InputError(Problem(what, todo, Place(str(path))))
    if file := shelf.may_be_about(folders, plan):
        told = f"A team called {edits.team} has answers in {file}. If this was its plan, take the organisation out of"
        return Notice(f"{told} {path} again, and rename it with those answers.")
    return None


def _is_one_file(paths: Sequence[Path]) -> bool:
    return len(paths) == 1 and not paths[0].is_dir()


def _folders(paths: Sequence[Path]) -> list[Path]:
    return [*dict.fromkeys(path if path.is_dir() else path.parent for path in paths if path != STDIN)]
