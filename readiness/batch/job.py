"""Batch settings and summary."""

import fnmatch
from dataclasses import dataclass, field
from pathlib import Path

from readiness.assessment.team_names import identity
from readiness.batch.errors_file import ERRORS, Spelled
from readiness.batch.render_job import DEADLINE, Settings
from readiness.batch.scores import ScoreFile
from readiness.document.write import Format
from readiness.intake.mapping import DateOrder, LowestNumber
from readiness.roundtrip.form_entries import Given

FOLDER = "reports"
"""Folder of the reports, in that of the batch."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which teams get a report: those whose names fit one of ``only``, the first ``limit``, a ``shard`` (2 of 10)."""

    only: tuple[str, ...] = ()
    limit: int | None = None
    shard: tuple[int, int] | None = None

    def has(self, at: int, team: str, before: int) -> bool:
        """Return whether the team at ``at`` (from 0) gets one; ``before`` is how many before it do."""
        if self.limit is not None and before >= self.limit:
            return False
        if self.shard is not None and at % self.shard[1] != self.shard[0] - 1:
            return False
        return self.fits(team)

    def fits(self, team: str) -> bool:
        """Return whether the name of the team is one of those that get one."""
        return not self.only or any(fits(name, team) for name in self.only)


def fits(name: str, team: str) -> bool:
    """Return whether a name that was typed means the team: as it stands, or with ``*`` for anything."""
    typed, known = identity(name).casefold(), identity(team).casefold()
    return typed == known or fnmatch.fnmatchcase(known, typed)


@dataclass(frozen=True, slots=True)
class Order:
    """Settings of a batch.

    ``name`` is that of all teams together. ``given`` stands in for what rows leave out. ``mapping`` is the file with a
    person's decisions on columns and words; None for the one in ``out``, if there is one. ``dates`` is the order of day
    and month, and ``numbers_from`` the number of the lowest level, if a table does not show it. ``response_column``
    heads what tells responses apart.
    ``strict``: anything wrong in the input stops the batch before it writes. ``clean``: reports of teams no longer in
    the input are removed. ``force``: files that somebody has changed are made again. ``merge``: nothing is read
    or made, and what the shards have made is brought together. ``dask`` is the address of a scheduler, which takes the
    place of ``workers`` processes here. With no workers, this process makes the reports itself, and survives nothing.
    ``spelled`` says how a command that a message names is typed, for the file of errors.
    """

    paths: tuple[Path, ...]
    out: Path
    settings: Settings
    reports: tuple[Format, ...] = (Format.PDF,)
    scores: tuple[ScoreFile, ...] = (ScoreFile.CSV, ScoreFile.JSON_LINES)
    portfolio: tuple[Format, ...] = ()
    name: str = ""
    selection: Selection = Selection()
    given: Given = field(default_factory=Given)
    mapping: Path | None = None
    dates: DateOrder | None = None
    response_column: str | None = None
    count_unfinished: bool = False
    numbers_from: LowestNumber | None = None
    strict: bool = False
    clean: bool = False
    force: bool = False
    merge: bool = False
    workers: int = 1
    deadline: float = DEADLINE
    dask: str | None = None
    spelled: Spelled = str

    @property
    def home(self) -> Path:
        """Where the batch keeps its own files: a shard has a folder of its own."""
        if self.selection.shard is None:
            return self.out
        at, of = self.selection.shard
        return self.shards / f"{at}-of-{of}"

    @property
    def errors(self) -> str:
        """The name of the file of errors in ``out``."""
        return (self.home / ERRORS).relative_to(self.out).as_posix()

    @property
    def shards(self) -> Path:
        """Where the shards keep theirs."""
        return self.out / "shards"


@dataclass(slots=True)
class Summary:
    """Summary of a batch: how many teams and rows were read, and how many of the teams' reports are in which state.

    ``problems`` counts what is wrong in the input, and what kept reports from being made. They are ``listed`` in
    ``errors.csv``, unless somebody has changed that file.
    """

    teams: int = 0
    rows: int = 0
    made: int = 0
    kept: int = 0
    failed: int = 0
    removed: int = 0
    problems: int = 0
    listed: bool = True
