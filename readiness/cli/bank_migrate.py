"""``readiness bank migrate``: takes answers and plans from an older version of a bank to a newer one."""

from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readiness.cli.files import Printed
from readiness.cli.inputs import open_bank, open_older_bank
from readiness.cli.streams import notify, say
from readiness.cli.write_result import Result, give, giving
from readiness.errors import Command, InputError, Notice, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from readiness.assessment.migrating import Migrated
    from readiness.assessment.model import Assessment, Team
    from readiness.assessment.store import AssessmentFile
    from readiness.bank.migration import Migration
    from readiness.bank.model import Bank
    from readiness.plan.files import PlanFile
    from readiness.plan.overlay import Overlay
    from readiness.report.migration_document import MigratedFile


def migrate(
    old_name: Annotated[str, typer.Argument(help="The version that was answered: a folder.", metavar="OLD")],
    new_name: Annotated[str, typer.Argument(help="The version to go on with: a name or a folder.", metavar="NEW")],
    paths: Annotated[
        list[Path], typer.Argument(help="Files of answers that end in .json, or folders of them.", metavar="PATHS")
    ],
    write: Annotated[
        bool,
        typer.Option("--write", help="Rewrite the answers and their plans. Without it, what would be done is shown."),
    ] = False,
    form: Annotated[
        Printed | None, typer.Option("--format", help="What is printed: words to read, or JSON for scripts.")
    ] = None,
) -> None:
    """Carry answers and plans over to a new version of a bank; the originals are kept beside them.

    Without --write nothing is changed: it shows what is carried over, what is asked again, and how far the score moves
    because of the bank alone.
    """
    import json

    from readiness.bank.load import find_bank
    from readiness.bank.migration import MIGRATIONS, against_old, read_migration
    from readiness.report.migration_document import migration_document, migration_facts

    how = giving(None, form, "sober", force=False)
    old, bank = open_older_bank(old_name), open_bank(new_name)
    folder = find_bank(new_name)
    file = folder / MIGRATIONS / f"{old.version}.yaml"
    migration = read_migration(folder, old.version, bank)
    if migration is None:
        what = f"{bank.id} {bank.version} does not say what becomes of answers to version {old.version}"
        raise InputError(Problem(what, f"Write {file}.", Place(str(folder))))
    against_old(migration, old, str(file))
    with ExitStack() as locks:
        work = _Migrating(_files(paths), migration, old, bank, locks if write else None)
        told = work.told
        if write:
            work.write()
    give(Result(lambda: migration_document(old, bank, told), lambda: json.dumps(migration_facts(told), indent=2)), how)
    if not write:
        say("Nothing was changed. To do it, add --write." if work.is_needed else "There is nothing to carry over.")


def _files(paths: "Sequence[Path]") -> list[Path]:
    """Return the files of answers, each once. Raises InputError if one was written by hand: comments would be lost."""
    from readiness.assessment.endings import ENDINGS
    from readiness.assessment.folder_files import folder_files
    from readiness.opening import real

    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = folder_files(path, ENDINGS)
            if inside.awaited:
                raise InputError(inside.awaited)
            notify(inside.notices)
            found += inside.files
        else:
            found.append(path)
    by_hand = [file for file in found if file.suffix != ".json"]
    if by_hand:
        what = "This file is written by hand, and its comments would be lost, so nothing was changed"
        copied = Command("collect", (str(by_hand[0]),), ("-o", f"{by_hand[0].stem}-answers"))
        todo = "Make files from it that can be carried over, in a new folder"
        raise InputError(Problem(what, todo, Place(str(by_hand[0])), copied))
    return [*{real(file): file for file in reversed(found)}.values()][::-1]


class _Migrating:
    """Files of answers with their plans: as they are, and as they would be. All is checked before anything is written.

    With ``locks``, each file is open for writing before it is read, so that nobody changes it in between.
    """

    def __init__(
        self, paths: "Sequence[Path]", migration: "Migration", old: "Bank", bank: "Bank", locks: ExitStack | None
    ) -> None:
        from readiness.assessment.migrating import migrated
        from readiness.assessment.reading import read_assessment
        from readiness.assessment.store import AssessmentFile

        self._migration, self._old, self._bank, self._locks = migration, old, bank, locks
        self._answers: list[_MigratingAnswers] = []
        self._plans: list[_MigratingPlan] = []
        self._given: dict[Path, Assessment] = {}
        for path in paths:
            if self._is_todays(path, "These answers are"):
                self._given[path] = read_assessment(path, bank)[0]
                say(f"{path} is of version {bank.version} already, and was passed over.")
                continue
            file = None if locks is None else locks.enter_context(AssessmentFile(path))
            answers = read_assessment(path, old)[0]
            self._given[path] = answers
            self._answers.append(_MigratingAnswers(path, answers, migrated(answers, migration, bank, old), file))
        self._stay_apart()
        for plan, beside in _plans(self._given, old).items():
            if not self._is_todays(plan, "This plan is"):
                self._plans.append(self._plan(plan, beside, self._given[beside].team))

    def _stay_apart(self) -> None:
        """Raise InputError if two would say the same who do not now, and no id tells that they are two.

        Those that were carried over before count, too, also in files that are not named.
        """
        from readiness.assessment.duplicates import said

        carried = self._carried()
        first: dict[Hashable, tuple[Path, Hashable]] = {said(one): (path, None) for path, one in carried.items()}
        todo = "If one is a copy, take it out. Otherwise add a note to one of the two. Then run the same command again."
        problems = []
        for each in self._answers:
            key = None if each.given.respondent.id else said(each.found.assessment)
            path, then = first.setdefault(key, (each.path, said(each.given)))
            if key is not None and path != each.path and then != said(each.given):
                what = f"In the new version these would be the same answers as in {path}, and count once"
                problems.append(Problem(what, todo, Place(str(each.path))))
        if problems:
            raise InputError(problems)

    def _carried(self) -> "dict[Path, Assessment]":
        """Return answers to the new version in the folders of those that are to be carried over, by their files."""
        from readiness.assessment.endings import ENDINGS
        from readiness.assessment.folder_files import folder_files
        from readiness.assessment.reading import read_assessment

        found = {}
        for folder in dict.fromkeys(each.path.parent for each in self._answers):
            for path in folder_files(folder, ENDINGS).files:
                with suppress(InputError):  # answers of others, and those that are to be carried over: no matter here
                    if self._is_todays(path, ""):
                        found[path] = read_assessment(path, self._bank)[0]
        return found

    @property
    def is_needed(self) -> bool:
        """Whether a file is not of the new version yet."""
        return bool(self._answers or self._plans)

    @property
    def told(self) -> "list[MigratedFile]":
        """What becomes of each file of answers, with the plan that is beside it or is its team's."""
        from readiness.report.migration_document import MigratedFile
        from readiness.scoring.bank_alone import bank_alone

        return [
            MigratedFile(
                str(each.path),
                each.found,
                bank_alone(each.given, each.found, self._old, self._bank),
                tuple(name for plan in self._plans if plan.beside == each.path for name in plan.own),
            )
            for each in self._answers
        ]

    def write(self) -> None:
        """Keep all originals beside the files under their date, then write what became of them in their place."""
        from readiness.assessment.earlier import keep_earlier, keep_original_plan

        own = {plan.beside: plan.path for plan in self._plans if plan.is_own}
        copies = {
            each.path: keep_earlier(each.path, each.given.date, own.get(each.path), original=True)
            for each in self._answers
        }
        for plan in self._plans:
            if plan.beside not in copies or not plan.is_own:
                copies[plan.path] = keep_original_plan(plan.path, self._given[plan.beside].date)
        for plan in self._plans:  # a plan first: what is left of a command that was cut off is done by the next
            if plan.file is not None:
                plan.file.save(plan.edits)
        for each in self._answers:
            if each.file is not None:
                each.file.save(each.found.assessment)
        for path, copy in copies.items():
            say(f"{path} is carried over. The original is kept in {copy}.")

    def _plan(self, path: Path, beside: Path, team: "Team") -> "_MigratingPlan":
        from readiness.plan.edits_file import read_overlay
        from readiness.plan.files import PlanFile
        from readiness.plan.migrating import migrated_plan

        file = None if self._locks is None else self._locks.enter_context(PlanFile(path))
        edits, own = migrated_plan(read_overlay(path, self._old, team), self._migration, self._bank, self._old)
        return _MigratingPlan(path, beside, edits, own, file)

    def _is_todays(self, path: Path, what: str) -> bool:
        """Return whether the file is of the new version. Raises InputError if it is of neither, or a group's."""
        from readiness.assessment.group import is_group
        from readiness.bank.document import read_document

        data = read_document(path).data
        if is_group(data):
            told = "This is a group’s count of hands, which can't be carried over, so nothing was changed"
            raise InputError(Problem(told, "Leave it out. To go on, count again in a new file.", Place(str(path))))
        made_from = data.get("bank") if isinstance(data, dict) else None
        version = made_from.get("version") if isinstance(made_from, dict) else None
        if version not in (None, self._old.version, self._bank.version):
            told = f"{what} to version {version}, not {self._old.version}"
            raise InputError(Problem(told, "Name that version, or leave this file out.", Place(str(path))))
        return version == self._bank.version


@dataclass(frozen=True, slots=True)
class _MigratingAnswers:
    """File of answers: as they are and as they would be, with the open file if they will be written."""

    path: Path
    given: "Assessment"
    found: "Migrated"
    file: "AssessmentFile | None"


@dataclass(frozen=True, slots=True)
class _MigratingPlan:
    """Plan with the answers beside it, as it would be, with the open file if it will be written."""

    path: Path
    beside: Path
    edits: "Overlay"
    own: tuple[str, ...]
    file: "PlanFile | None"

    @property
    def is_own(self) -> bool:
        """Whether it has the name of the answers it is beside."""
        return self.path == _named_after(self.beside)


def _named_after(answers: Path) -> Path:
    from readiness.assessment.endings import PLAN_ENDING

    return answers.with_name(answers.stem + PLAN_ENDING)


def _plans(given: "Mapping[Path, Assessment]", old: "Bank") -> dict[Path, Path]:
    """Return the plans of the teams that gave these answers, each with the first answers that it is made from.

    A plan that has the name of other answers waits for these.
    """
    from readiness.assessment.endings import ENDINGS, PLAN_ENDING
    from readiness.plan.find import plan_path, unclaimed_plans
    from readiness.plan.shelf import PlanShelf

    shelf = PlanShelf()
    unclaimed: dict[Path, Notice] = {}
    found = {plan: path for path in given if (plan := _named_after(path)).is_file()}
    for path, answers in given.items():
        team, folder = answers.team, [path.parent]
        usual = plan_path(folder, team, shelf)
        about = [plan.path for plan in shelf.of(folder, old, team, [path])]
        unclaimed |= unclaimed_plans([path], team, old, shelf)
        for plan in dict.fromkeys([*about, *([usual] if usual is not None and usual.is_file() else [])]):
            name = plan.name.removesuffix(PLAN_ENDING)
            if not any(plan.with_name(name + ending).is_file() for ending in ENDINGS):
                found.setdefault(plan, path)
    notify(unclaimed.values())
    return found
