"""What becomes of answers and plans with a new version of a bank: one file for each old version.

For answers to version 0.1.0 it is ``migrations/0.1.0.yaml`` in the bank's folder. A question that keeps its id and is
not named in it keeps its answers too.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field

from readiness.bank.document import read_document
from readiness.bank.fields import (
    MOST_LEVELS,
    MOST_PLANNED,
    BankModel,
    Few,
    Id,
    LevelValue,
    Many,
    Number,
    Text,
    exact,
)
from readiness.bank.model import Bank
from readiness.bank.validation import Wrong, told, validated
from readiness.errors import MOST_TOLD, InputError, Problem
from readiness.file_version import FileVersion
from readiness.text import short

MIGRATIONS = "migrations"
"""The folder, inside a bank's, that holds a file for each older version."""
ASK = "ask"
"""What is written in the place of a level that leads to none: the question is asked again."""

_VERSION = re.compile(r"\w[\w.-]*")


def _listed(ids: object) -> object:
    return (ids,) if isinstance(ids, str) else tuple(ids) if isinstance(ids, list) else ids


def _each_once(ids: tuple[str, ...]) -> tuple[str, ...]:
    if len({*ids}) < len(ids):
        raise ValueError("an old question is named twice. Name each once")
    return ids


_exact = lru_cache(maxsize=1_000)(Fraction)


class MovedAnswers(BankModel):
    """Where the answers to a question come from: ``from_`` are ids in the old version, ``to`` is one of the new.

    ``levels`` has the new level for each old one, by their values. One that is left out, or that says ``ask``, leads to
    none: the question is asked again. Of several old questions that became one, the lowest counts. ``confirm``: the new
    level is a suggestion, which counts once a person has confirmed it.
    """

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    to: Id
    from_: Annotated[
        Few[Id],
        Field(alias="from", min_length=1),
        BeforeValidator(_listed),
        AfterValidator(_each_once),
    ]
    levels: Annotated[Mapping[LevelValue, Number | Literal["ask"]], Field(max_length=MOST_LEVELS)] = {}
    confirm: bool | None = None

    def level(self, old: float) -> float | None:
        """Return the new level for an ``old`` one; None if the question is asked again."""
        found = next((new for value, new in self.levels.items() if _exact(value) == exact(old)), ASK)
        return None if found == ASK else float(found)


class Migration(BankModel):
    """What becomes of answers and edits of plans from the version ``from_``.

    ``confirm`` is for each question that does not say it. ``dropped`` are questions whose answers lead nowhere.
    ``actions`` says which action an old one became; one that is gone becomes the team's own.
    """

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    schema_: Annotated[Literal[1], Field(alias="schema")]
    bank: Id
    from_: Annotated[Text, Field(alias="from")]
    confirm: bool = False
    questions: Many[MovedAnswers] = ()
    dropped: Many[Id] = ()
    actions: Annotated[Mapping[Id, Id], Field(max_length=MOST_PLANNED)] = {}

    def needs_confirming(self, moved: MovedAnswers) -> bool:
        """Return whether the levels of the question are suggestions."""
        return self.confirm if moved.confirm is None else moved.confirm

    @property
    def named(self) -> frozenset[str]:
        """The old questions that the file says something of."""
        return frozenset((*self.dropped, *(name for moved in self.questions for name in moved.from_)))


def migrations(folder: Path) -> tuple[str, ...]:
    """Return the versions that the bank in ``folder`` has a migration from."""
    return tuple(sorted(path.stem for path in folder.glob(f"{MIGRATIONS}/*.yaml")))


def read_migration(folder: Path, version: str | None, bank: Bank) -> Migration | None:
    """Return what becomes of answers to ``version`` of the bank in ``folder``; None if it has no file for them.

    Raises InputError with all that is wrong in the file.
    """
    if version is None or not _VERSION.fullmatch(version):  # it comes from a file of answers, and names a file here
        return None
    path = folder / MIGRATIONS / f"{version}.yaml"
    if not path.is_file():
        return None
    key = FileVersion.of(path), bank.version, bank.fingerprint
    if key not in _read:
        _read[key] = _checked(path, version, bank)
    return _read[key]


_read: dict[tuple[FileVersion | None, str, str], Migration] = {}
"""Files that were read, for a bank: each person's answers ask for theirs, and hundreds were given to one version."""


def _checked(path: Path, version: str, bank: Bank) -> Migration:
    document = read_document(path)
    migration = validated(Migration, document)
    problems = told(_misfits(migration, bank, version), document)
    if problems:
        raise InputError(problems)
    return migration


def against_old(migration: Migration, old: Bank, file: str) -> None:
    """Raise InputError if the migration does not fit the old version: unknown questions or levels."""
    problems = [Problem(f"{file}: {what}", todo) for what, todo in islice(_old_misfits(migration, old), MOST_TOLD)]
    if problems:
        raise InputError(problems)


def _misfits(migration: Migration, bank: Bank, version: str) -> Iterator[Wrong]:
    if migration.bank != bank.id:
        yield ("bank",), f'This is for the bank "{migration.bank}", not "{bank.id}"', f"Write {bank.id}."
    if migration.from_ != version:
        yield (
            ("from",),
            f"This says version {short(migration.from_)}, and the file's name {version}",
            "Make them the same.",
        )
    targets: set[str] = set()
    for at, moved in enumerate(migration.questions):
        question = bank.question_by_id.get(moved.to)
        if question is None:
            yield ("questions", at, "to"), f'There is no question "{moved.to}" in {bank.version}', "Check the id."
            continue
        if moved.to in targets:
            what = f'"{moved.to}" is named twice'
            yield ("questions", at, "to"), what, "List all that it comes from in one entry."
        targets.add(moved.to)
        for old, level in moved.levels.items():
            if level != ASK and question.level(float(level)) is None:
                yield ("questions", at, "levels", old), f'"{moved.to}" has no level {level}', f"Or write {ASK}."
    actions = {action.id for question in bank.questions for action in question.actions if migration.actions}
    for old, new in migration.actions.items():
        if new not in actions:
            yield ("actions", old), f'There is no action "{new}" in {bank.version}', "Leave this one out."


def _old_misfits(migration: Migration, old: Bank) -> Iterator[tuple[str, str]]:
    if migration.from_ != old.version:
        yield f"this is for answers to version {short(migration.from_)}, not {old.version}", "Name that version."
        return
    yield from _unknown(migration.named, old)
    for moved in migration.questions:
        for name in moved.from_:
            question = old.question_by_id.get(name)
            for value in moved.levels:
                if question is not None and question.level(float(value)) is None:
                    yield f'"{name}" had no level {value} in {old.version}', "Check the number."


def _unknown(names: Iterable[str], old: Bank) -> Iterator[tuple[str, str]]:
    for name in sorted(names):
        if name not in old.question_by_id:
            yield f'there was no question "{name}" in {old.version}', "Check the id."
