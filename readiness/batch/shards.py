"""What a shard leaves for ``--merge``: the teams that are its share, as they were read, and what it was made with.

So the shards are joined without the input: each has read all of it, and the teams of all are those of the whole.
"""

import datetime as dt
import hashlib
import heapq
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from readiness import __version__
from readiness.assessment.draft import Draft, write_atomically
from readiness.assessment.endings import LOCK
from readiness.assessment.model import Assessment, Team
from readiness.batch.errors_file import ERRORS
from readiness.batch.job import Order
from readiness.batch.ledger import JOURNAL, LEDGER, digest, digest_of
from readiness.batch.rows import Refused, RespondentRow
from readiness.batch.scorer import Marking
from readiness.batch.team_rows import Found, TeamRows, together
from readiness.document.write import Format
from readiness.errors import InputError, Place, Problem
from readiness.opening import opened
from readiness.text import listed

_AGAIN = "Run this shard again; then merge."
_FOLDER = re.compile("([0-9]{1,6})-of-([0-9]{1,6})")
_ABOUT, _TEAMS = "shard.json", "teams.jsonl"
SHARD_FILES = frozenset({_ABOUT, _TEAMS, ERRORS, LEDGER, JOURNAL, LOCK})
"""Names of all files in a shard's folder."""


class About(BaseModel):
    """What a shard, such as 2 of 10, was made with. ``settings``, ``input`` and ``kept`` (the teams) are digests."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shard: tuple[int, int]
    version: str
    settings: str
    formats: tuple[Format, ...]
    only: tuple[str, ...]
    limit: int | None
    input: str
    kept: str


_DIFFERENT = {
    "version": "another version of readiness",
    "settings": "another bank, theme, templates or language, or other options for reports",
    "formats": "another --format",
    "only": "another --only",
    "limit": "another --limit",
    "input": "other input, or other options for reading it",
}
"""What it means that two shards differ in a field."""


class Keeping:
    """What one shard keeps: add all that was read, in order; then ``commit`` or ``discard``, and ``finish`` at last."""

    def __init__(self, order: Order, shard: tuple[int, int]) -> None:
        self._order, self._shard = order, shard
        self._draft = Draft(order.home / _TEAMS)
        self._input = hashlib.sha256()
        self._teams = self._chosen = 0

    def add(self, found: Found) -> None:
        """Take in a team, or a row that can't be used."""
        match found:
            case TeamRows():
                self._input.update(digest(*(row.content for row in found.rows)).encode())
                at, of = self._shard
                if self._teams % of == at - 1:
                    chosen = self._order.selection.has(self._teams, found.rows[0].team, self._chosen)
                    self._chosen += chosen
                    self._write({"at": self._teams, "report": chosen, "rows": [_kept(row) for row in found.rows]})
                self._teams += 1
            case Refused() if found.problems:
                problems = [(each.what, each.todo, each.place and asdict(each.place)) for each in found.problems]
                self._write({"at": -1, "team": found.team, "problems": problems})

    def _write(self, line: dict[str, Any]) -> None:
        self._draft.file.write(f"{json.dumps(line)}\n".encode())

    def commit(self) -> None:
        """Put the teams in place. The shard counts as unfinished until its reports are made of them, too."""
        (self._order.home / _ABOUT).unlink(missing_ok=True)
        self._draft.commit()

    def discard(self) -> None:
        """Leave what is there as it is."""
        self._draft.discard()

    def finish(self) -> None:
        """Say that the shard has done what it could."""
        order, selection = self._order, self._order.selection
        about = About(
            shard=self._shard,
            version=__version__,
            settings=order.settings.fingerprint(),
            formats=tuple(order.reports),
            only=selection.only,
            limit=selection.limit,
            input=self._input.hexdigest(),
            kept=digest_of(order.home / _TEAMS) or "",
        )
        write_atomically(order.home / _ABOUT, about.model_dump_json().encode())


def _kept(row: RespondentRow) -> list[Any]:
    whole = (one and one.to_json() for one in (row.assessment, row.answered))
    return [*row[:8], *whole, row.response, row.numbered, row.sent]


def _row(kept: Sequence[Any], marking: Marking) -> RespondentRow:
    """Return the row that was kept. Raises ValueError or TypeError if no shard keeps such a row."""
    file, number, organisation, team, profile, role, date, answers, assessment, then, response, numbered, sent = kept
    texts = [file, organisation, team, role, date, response, sent, *profile, *answers]
    if not (_all(str, texts) and _all(int, [number, numbered]) and len(answers) == len(marking.bank.ordered_questions)):
        raise ValueError
    marking.marks(answers)
    dt.date.fromisoformat(date)
    Team(name=team, organisation=organisation or None, profile=marking.of_profile(tuple(profile)).profile)
    whole, answered = (Assessment.model_validate_json(one) if one else None for one in (assessment, then))
    about, said = (file, number, organisation, team, tuple(profile), role, date), tuple(answers)
    return RespondentRow(*about, said, whole, None, response, numbered, answered, sent)


def _all(kind: type, values: Sequence[object]) -> bool:
    return all(isinstance(value, kind) for value in values)


class Shards:
    """All shards of a batch together: they take the place of its input.

    Raises InputError where shards are missing, overlap, or were not made with the same.
    """

    def __init__(self, order: Order, marking: Marking) -> None:
        self.marking = marking
        self.folders = _all_of(order.shards)
        found = [_read(folder) for folder in self.folders]
        problems = [*_problems(order, self.folders, found)]
        if problems:
            raise InputError(problems)
        self._about = found[0]

    @property
    def formats(self) -> tuple[Format, ...]:
        """In which formats the shards have made reports."""
        return self._about.formats

    def found(self) -> Iterator[Found]:
        """Yield what can't be used, which each shard has found, and the teams in the order of the input."""
        for line in _lines(self.folders[0], self.marking):
            if isinstance(line, Refused):
                yield line
        yield from self.teams()

    def teams(self) -> Iterator[TeamRows]:
        """Yield the teams alone."""
        return (team for team, _ in self._teams())

    def reported(self) -> Iterator[TeamRows]:
        """Yield the teams that were to get a report."""
        return (team for team, report in self._teams() if report)

    def _teams(self) -> Iterator[tuple[TeamRows, bool]]:
        lines = [_lines(folder, self.marking) for folder in self.folders]
        each = [(line for line in of_shard if isinstance(line, _Share)) for of_shard in lines]
        for line in heapq.merge(*each, key=lambda line: line.at):
            found = together(line.rows, self.marking)
            yield from ((team, line.report) for team in found if isinstance(team, TeamRows))


def _all_of(shards: Path) -> list[Path]:
    """Return the folders of all shards, in order. Raises InputError where some are missing, or not of one batch."""
    named = [(path, _FOLDER.fullmatch(path.name)) for path in shards.glob("*-of-*")]
    counted = sorted((int(of), int(at), path) for path, name in named if name for at, of in [name.groups()])
    if not counted:
        what = "There are no shards in this folder"
        raise InputError(Problem(what, "Name the folder that they were written into: -o.", Place(str(shards.parent))))
    by_count = {of: [each[1:] for each in same] for of, same in groupby(counted, key=lambda each: each[0])}
    if len(by_count) > 1:
        what = f"These shards overlap: some are of {listed([str(of) for of in by_count], 'and')}"
        raise InputError(Problem(what, "Remove the folders of those that are not meant.", Place(str(shards))))
    [(of, found)] = by_count.items()
    done = {at for at, folder in found if (folder / _ABOUT).is_file() and (folder / _TEAMS).is_file()}
    missing = [f"{at}/{of}" for at in range(1, of + 1) if at not in done]
    if missing:
        what = f"Not all shards have finished: {listed(missing[:_NAMED], 'and')}"
        more = f", and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
        raise InputError(Problem(f"{what}{more}", "Run them, with the same options; then merge.", Place(str(shards))))
    return [folder for _, folder in found]


_NAMED = 10
"""How many shards that are missing are named; the rest is counted."""


def _read(folder: Path) -> About:
    try:
        with opened(folder / _ABOUT) as file:
            about = About.model_validate_json(file.read())
    except ValidationError:
        about = None
    at, of = folder.name.split("-of-")
    if about is None or about.kept != digest_of(folder / _TEAMS) or about.shard != (int(at), int(of)):
        what = f"What shard {at}/{of} has kept is not as it was written"
        raise InputError(Problem(what, _AGAIN, Place(str(folder))))
    return about


def _problems(order: Order, folders: Sequence[Path], found: Sequence[About]) -> Iterator[Problem]:
    first = found[0]
    for folder, about in zip(folders[1:], found[1:], strict=True):
        words = [said for field, said in _DIFFERENT.items() if getattr(about, field) != getattr(first, field)]
        if words:
            what = f"This shard was made with {listed(words, 'and')} than the first"
            yield Problem(what, "Run the shards again, with the same options and input.", Place(str(folder)))
    now = {"version": __version__, "settings": order.settings.fingerprint()}
    words = [_DIFFERENT[field] for field, value in now.items() if getattr(first, field) != value]
    if words:
        what = f"The shards were made with {listed(words, 'and')}"
        yield Problem(what, "Give --merge the options that they were given.", Place(str(folders[0].parent)))


class _Share(NamedTuple):
    """A team that a shard has kept: the ``at``-th of the input, and if it was to get a ``report``."""

    at: int
    report: bool
    rows: list[RespondentRow]


def _lines(folder: Path, marking: Marking) -> Iterator[_Share | Refused]:
    """Yield all that a shard has kept. Raises InputError at a line that no shard writes."""
    with opened(folder / _TEAMS) as file:
        for number, line in enumerate(file, start=1):
            try:
                yield _line(json.loads(line), marking)
            except (ValueError, TypeError, KeyError, RecursionError):
                place = Place(str(folder / _TEAMS), number)
                raise InputError(Problem("No shard writes such a line", _AGAIN, place)) from None


def _line(kept: dict[str, Any], marking: Marking) -> _Share | Refused:
    at = kept["at"]
    if not isinstance(at, int):
        raise TypeError
    if at >= 0:
        rows = [_row(row, marking) for row in kept["rows"]]
        if not rows:
            raise ValueError
        return _Share(at, bool(kept["report"]), rows)
    return Refused(tuple(map(_problem, kept["problems"])), str(kept["team"]))


def _problem(kept: Sequence[Any]) -> Problem:
    what, todo, place = kept
    return Problem(str(what), str(todo), Place(str(place["file"]), place["line"], place["column"]) if place else None)
