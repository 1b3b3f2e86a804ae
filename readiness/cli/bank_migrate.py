"""``readiness bank migrate``: takes answers and plans from an older version of a bank to a newer one."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readiness.cli.files import Printed
from readiness.cli.inputs import open_bank, open_older_bank
from readiness.cli.streams import notify, say
from readiness.cli.write_result import Result, give, giving
from readiness.errors import Command, InputError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.assessment.migrating import Migrated
    from readiness.assessment.model import Assessment
    from readiness.bank.migration import Migration
    from readiness.bank.model import Bank
    from readiness.plan.overlay import Overlay


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
    from readiness.resources import QUESTIONS

    how = giving(None, form, "sober", force=False)
    old, bank = open_older_bank(old_name), open_bank(new_name)
    folder = find_bank(new_name, QUESTIONS)
    file = folder / MIGRATIONS / f"{old.version}.yaml"
    migration = read_migration(folder, old.version, bank)
    if migration is None:
        what = f"{bank.id} {bank.version} does not say what becomes of answers to version {old.version}"
        raise InputError(Problem(what, f"Write {file}.", Place(str(folder))))
    against_old(migration, old, str(file))
    work = [_Work(path, old, bank, migration) for path in _files(paths)]
    told = [one.told for one in work]
    if write:
        for one in work:
            one.write()
    give(Result(lambda: migration_document(old, bank, told), lambda: json.dumps(migration_facts(told), indent=2)), how)
    if not write:
        say("Nothing was changed. To do it, add --write.")


def _files(paths: "Sequence[Path]") -> list[Path]:
    """Return the files of answers. Raises InputError if one was written by hand: its comments would be lost."""
    from readiness.assessment.endings import ENDINGS
    from readiness.assessment.folder_files import folder_files

    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = folder_files(path, ENDINGS)
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
    return found


class _Work:
    """One file of answers with its plan: as it is, and as it would be."""

    def __init__(self, path: Path, old: "Bank", bank: "Bank", migration: "Migration") -> None:
        from readiness.assessment.migrating import migrated
        from readiness.assessment.reading import read_assessment
        from readiness.plan.files import plan_path, read_overlay
        from readiness.plan.migrating import migrated_plan
        from readiness.report.migration_document import MigratedFile
        from readiness.scoring.bank_alone import bank_alone

        self._path = path
        self._answers: Assessment = read_assessment(path, old)[0]
        version = self._answers.bank.version
        if version not in (None, old.version):
            what = f"These answers are to version {version}, not {old.version}"
            raise InputError(Problem(what, "Name that version, or leave this file out.", Place(str(path))))
        self._found: Migrated = migrated(self._answers, migration, bank, old)
        plan = plan_path([path], self._answers.team.name)
        self._plan = plan if plan is not None and plan.is_file() else None
        self._edits: Overlay | None = None
        own: tuple[str, ...] = ()
        if self._plan is not None:
            edits = read_overlay(self._plan, old, self._answers.team.name)
            self._edits, own = migrated_plan(edits, migration, bank, old)
        self.told = MigratedFile(str(path), self._found, bank_alone(self._answers, self._found, old, bank), own)

    def write(self) -> None:
        """Keep the originals beside the file under their date, and write what became of them in their place."""
        from readiness.assessment.earlier import keep_earlier
        from readiness.assessment.store import AssessmentFile
        from readiness.plan.files import PlanFile

        with AssessmentFile(self._path) as kept:
            copy = keep_earlier(self._path, self._answers.date, self._plan)
            if self._plan is not None and self._edits is not None:
                with PlanFile(self._plan) as plan:
                    plan.save(self._edits)
            kept.save(self._found.assessment)
        say(f"{self._path} is carried over. The original is kept in {copy}.")
