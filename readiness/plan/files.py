"""Where a person's edits of a plan are kept: beside the answers, as safely as they are."""

import json
import os
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Self

from readiness.assessment.earlier import is_earlier
from readiness.assessment.endings import ENDINGS, PLAN_ENDING
from readiness.assessment.file_kinds import EDITS, PLAN_WORKBOOK, described, foreign
from readiness.assessment.model import Team
from readiness.assessment.reading import STDIN
from readiness.assessment.store import KeptFile
from readiness.assessment.team_names import identity
from readiness.bank.document import ParsedDocument, decode, parse, read_bytes
from readiness.bank.model import OWN, Bank
from readiness.bank.validation import in_order, validated
from readiness.errors import Command, InputError, Notice, Place, Problem
from readiness.opening import real
from readiness.plan.overlay import Overlay
from readiness.resources import QUESTIONS
from readiness.text import near, safe


class PlanFile(KeptFile[Overlay]):
    """The file of one team's edits.

    Raises InputError, too, if a person writes it by hand: what is saved is JSON, and has none of their comments.
    """

    holds = "this plan"
    last = "your last change"

    def __enter__(self) -> Self:
        if self.path.suffix != ".json" and self.path.is_file():  # everything else is read as YAML
            what = "This file is written by hand, and your comments in it would be lost, so it is left alone"
            todo = "Change it by hand. Or leave out --plan: then changes are saved in a file of their own."
            raise InputError(Problem(what, todo, Place(str(self.path))))
        return super().__enter__()

    def save(self, kept: Overlay) -> Overlay:
        """Save as any kept file; the first time, the plan gets the name that calendars know it by for ever.

        A plan that was written by hand keeps the one that it went by until now.
        """
        name = kept.id or (kept.known_as if self.exists else secrets.token_hex(8))
        return super().save(kept.model_copy(update={"id": name}))


def plan_path(paths: Sequence[Path], team: str) -> Path | None:
    """Return where the edits of the plan that is made from the answers in ``paths`` stand, if nobody chose otherwise.

    Beside one file of answers: ``NAME.plan.json``. In a folder of answers, or the one folder that several files are in:
    the team's name and ``.plan.json``. None where there is no such place: standard input, or files of several folders.
    """
    if STDIN in paths:
        return None
    if len(paths) == 1 and not paths[0].is_dir():
        return paths[0].with_name(f"{paths[0].stem}{PLAN_ENDING}")
    folders = _folders(paths)
    if len(folders) != 1:
        return None
    words = re.sub(r"[\W_]+", "-", team.casefold()).strip("-")[:60]
    return folders[0] / f"{words or 'team'}{PLAN_ENDING}"


@dataclass(frozen=True, slots=True)
class PlanPlace:
    """Where a plan's edits are or will be, None if there is no place for them; and what to say of it."""

    path: Path | None
    notices: tuple[Notice, ...] = ()

    @property
    def file(self) -> Path:
        """The file that edits are kept in. Raises InputError if there is no place for one."""
        if self.path is None:
            what = "There is no one place to keep your edits in for these answers"
            raise InputError(Problem(what, "Name a file with --plan, or give one file or folder of answers."))
        return self.path

    def edits(self, bank: Bank, team: str) -> Overlay:
        """Return the edits that are there. Raises InputError as ``read_overlay``."""
        return Overlay.blank(bank, team) if self.path is None else read_overlay(self.path, bank, team)


def find_plan(
    paths: Sequence[Path], team: Team, bank: Bank, shelf: "PlanShelf | None" = None, *, named: Path | None = None
) -> PlanPlace:
    """Return where the edits of this team's plan are, or will be, for the answers in ``paths``.

    Answers are given anew in a file of another name, by a second person, or in another folder; the plan is the same
    one. So where it is not at ``plan_path``, the folders of the answers are searched for a plan of the same team.
    ``shelf`` remembers what lies in a folder, for many teams. ``named`` is the file that a person chose.
    Raises InputError if there are several, naming them, or if the one that was chosen is not there.
    """
    if named is not None:
        if not named.exists():
            raise InputError(Problem("There is no such plan", "Check the name.", Place(str(named))))
        return PlanPlace(named)
    usual = plan_path(paths, team.name)
    plans = (shelf or PlanShelf(bank)).plans(_folders(paths) or [Path()])
    mine = [plan for plan in plans if plan.is_about(team) and plan.path != usual]
    names = ", ".join(str(plan.path) for plan in mine)
    if usual is not None and usual.exists():
        also = f"{usual} holds the edits of the plan that are used. There are more plans of this team: {names}."
        return PlanPlace(usual, (Notice(also),) if mine else ())
    if len(mine) > 1:
        what = f"There are several plans of {team.name}: {names}"
        raise InputError(Problem(what, "Name the one you want with --plan, and put the others elsewhere."))
    if mine and [*paths] == [STDIN]:
        what = f"{names} holds edits of this team's plan. They are not used with standard input"
        return PlanPlace(None, (Notice(f"{what}; name the file with --plan to have them."),))
    if mine:
        told = f"{names} holds the edits of this team's plan. It is used, and changes are saved in it."
        return PlanPlace(mine[0].path, (Notice(told),))
    return PlanPlace(usual, tuple(_not_used(paths, team, plans)))


def plan_to_rename(paths: Sequence[Path], team: Team, bank: Bank) -> Path:
    """Return the plan that is to be taken over to the name that ``team`` has now.

    Raises InputError if there is none, or if it could be any of several.
    """
    usual = plan_path(paths, team.name)
    if usual is not None and usual.exists():
        return usual
    others = [plan.path for plan in _plans(_folders(paths), bank)]
    if len(others) == 1:
        return others[0]
    names = f": {', '.join(map(str, others))}" if others else ""
    what = f"There {'are several plans' if others else 'is no plan'} beside these answers{names}"
    raise InputError(Problem(what, "Name the one you mean with --plan."))


def _folders(paths: Sequence[Path]) -> list[Path]:
    return [*dict.fromkeys(path if path.is_dir() else path.parent for path in paths if path != STDIN)]


@dataclass(frozen=True, slots=True)
class _Plan:
    """A plan's file, and what it says at a glance; ``team`` is None where it can't be read."""

    path: Path
    team: str | None

    def is_about(self, team: Team) -> bool:
        """Return whether it is this team's: it has its name, and is not kept beside answers of another organisation."""
        if self.team is None or identity(self.team) != identity(team.name):
            return False
        organisation = self._organisation() if team.organisation else None
        return organisation is None or identity(organisation) == identity(team.organisation or "")

    def _organisation(self) -> str | None:
        name = self.path.name.removesuffix(PLAN_ENDING)
        beside = next((file for ending in ENDINGS if (file := self.path.with_name(name + ending)).exists()), None)
        if beside is None:
            return None
        try:
            data = parse(decode(read_bytes(beside), str(beside)), str(beside)).data
        except InputError:
            return None
        team = data.get("team") if isinstance(data, dict) else None
        organisation = team.get("organisation") if isinstance(team, dict) else None
        return organisation if isinstance(organisation, str) else None


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
            if is_earlier(path):
                continue
            try:
                data = json.loads(decode(read_bytes(path), str(path)))
                plan, made_from = _Plan(path, safe(str(data["team"]))), data["bank"]["id"]
            except (InputError, ValueError, KeyError, TypeError, RecursionError):
                yield _Plan(path, None)
                continue
            if made_from == bank.id:
                yield plan


def _not_used(paths: Sequence[Path], team: Team, plans: Sequence[_Plan]) -> Iterator[Notice]:
    """Yield what to say about plans that could be this team's, and are not used."""
    for plan in plans:
        if plan.team is None:
            yield Notice(f"{plan.path} can't be read, so it is not known whose plan it is, and it is not used.")
        elif identity(plan.team) == identity(team.name):
            yield Notice(f"{plan.path} is about a team of this name in another organisation, so it is not used.")
        elif plan.path.parent in paths:
            rename = Command("plan rename", (str(plan.path.parent),), ("--plan", str(plan.path)))
            told = f"{plan.path} is about {plan.team}, so it is not used. If the team was renamed"
            yield Notice(told, rename)


def read_overlay(path: Path, bank: Bank, team: str | None) -> Overlay:
    """Return the edits in the file; none where there is no file yet. ``team`` None stands for whatever team it is of.

    Raises InputError with every problem of the file, and where it is about another team or another bank.
    """
    if team is not None and not path.exists():
        return Overlay.blank(bank, team)
    raw = read_bytes(path)
    document = None if (kind := foreign(raw, str(path))) else parse(decode(raw, str(path)), str(path))
    kind = kind if document is None else described(document.data)
    if document is None or kind not in (None, EDITS):
        raise InputError(_no_edits(f"{kind}", path))
    misfits = [*_misfits(document, bank, team)]
    try:
        overlay = validated(Overlay, document)
    except InputError as error:
        raise InputError(in_order((*error.problems, *misfits))) from None
    if misfits:
        raise InputError(misfits)
    return overlay


class NumbersKept(Enum):
    """Outcome of keeping the numbers of a plan's actions."""

    SAVED = "saved"
    NOTHING_TO_SAVE = "nothing to save"
    REFUSED = "refused"


def keep_numbers(path: Path | None, bank: Bank, edits: Overlay, numbered: Overlay) -> NumbersKept:
    """Keep the ``numbered`` edits in the file that has ``edits``, or in a new one; return the outcome.

    So nothing moves a number that somebody has seen. If the file can't be written now, or was edited since, it stays as
    it is: then only what came since the last edit may have another number next time.
    """
    if path is None or numbered == edits or path.suffix != ".json":  # what a person wrote as YAML stays in their form
        return NumbersKept.NOTHING_TO_SAVE
    if real(path).is_relative_to(QUESTIONS):  # a shipped example stays as it was shipped
        return NumbersKept.NOTHING_TO_SAVE
    with suppress(InputError, OSError):
        if os.access(path if path.exists() else path.parent, os.W_OK):
            with PlanFile(path) as file:
                if read_overlay(path, bank, edits.team) == edits:
                    file.save(numbered)
                    return NumbersKept.SAVED
    return NumbersKept.REFUSED


def _no_edits(kind: str, path: Path) -> Problem:
    todo = f"Name with --plan the file that holds them: it ends in {PLAN_ENDING}."
    if kind == PLAN_WORKBOOK:
        todo = "Bring it back with plan --from."
    return Problem(f"This is {kind}, and not your edits of a plan", todo, Place(str(path)))


def _misfits(document: ParsedDocument, bank: Bank, team: str | None) -> Iterator[Problem]:
    """Yield where a file does not fit the bank or the team, as far as it can be read: it need not be of its form."""
    data = _fields(document.data)
    made_from, about = _fields(data.get("bank")).get("id"), data.get("team")
    if isinstance(made_from, str) and made_from != bank.id:
        what = f'This plan is made from the question bank "{made_from}", not "{bank.id}"'
        yield Problem(what, "Name the right bank with --bank.", document.place(("bank", "id")))
    if team is not None and isinstance(about, str) and identity(about) != identity(team):
        what = f"This plan is about {about}, and the answers are about {team}"
        todo = "Name the right file with --plan. If the team was renamed"
        yield Problem(what, todo, document.place(("team",)), Command("plan rename"))
    parts = [domain.id for domain in bank.domains]
    for name, edit in _fields(data.get("actions")).items():
        if not name.startswith(OWN) or not isinstance(edit, dict):
            continue
        if edit.get("title") is None:
            place = document.place(("actions", name))
            yield Problem(f'The action "{name}" does not say what to do', "Give it a title.", place)
        if isinstance(part := edit.get("domain"), str) and part not in parts:
            place = document.place(("actions", name, "domain"))
            yield Problem(f'There is no part "{part}"', f"Use one of: {near(part, parts)}.", place)


def _fields(data: object) -> Mapping[str, object]:
    """Return the named fields of a part of a file; none where it has none."""
    return data if isinstance(data, dict) else {}
