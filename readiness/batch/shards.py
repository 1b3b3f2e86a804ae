"""What a shard leaves for ``--merge``: the teams that are its share, as they were read, and what it was made with.

So the shards are joined without the input: each has read all of it, and the teams of all are those of the whole.
"""

import hashlib
import heapq
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from readiness import __version__
from readiness.assessment.model import Assessment
from readiness.assessment.store import Draft, write_atomically
from readiness.batch.job import Order
from readiness.batch.ledger import digest, digest_of
from readiness.batch.rows import Refused, RespondentRow
from readiness.batch.scorer import Marking
from readiness.batch.team_rows import Found, TeamRows, together
from readiness.document.write import Format
from readiness.errors import InputError, Place, Problem
from readiness.text import listed

_ABOUT, _TEAMS = "shard.json", "teams.jsonl"


class About(BaseModel):
    """What a shard, such as 2 of 10, was made with. ``settings``, ``input`` and ``kept`` (the teams) are digests."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shard: tuple[int, int]
    version: str
    settings: str
    formats: tuple[str, ...]
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
            case Refused():
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
    return [*row[:8], row.assessment and row.assessment.to_json(), row.response, row.numbered]


def _row(kept: Sequence[Any]) -> RespondentRow:
    file, number, organisation, team, profile, role, date, answers, assessment, response, numbered = kept
    whole = Assessment.model_validate_json(assessment) if assessment else None
    return RespondentRow(
        file, number, organisation, team, tuple(profile), role, date, tuple(answers), whole, None, response, numbered
    )


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
        return tuple(map(Format, self._about.formats))

    def found(self) -> Iterator[Found]:
        """Yield what can't be used, which each shard has found, and the teams in the order of the input."""
        for line in _lines(self.folders[0]):
            if line["at"] < 0:
                yield Refused(tuple(map(_problem, line["problems"])), line["team"])
        yield from self.teams()

    def teams(self) -> Iterator[TeamRows]:
        """Yield the teams alone."""
        return (team for team, _ in self._teams())

    def reported(self) -> Iterator[TeamRows]:
        """Yield the teams that were to get a report."""
        return (team for team, report in self._teams() if report)

    def _teams(self) -> Iterator[tuple[TeamRows, bool]]:
        each = [(line for line in _lines(folder) if line["at"] >= 0) for folder in self.folders]
        for line in heapq.merge(*each, key=lambda line: int(line["at"])):
            rows = [_row(kept) for kept in line["rows"]]
            yield from ((team, line["report"]) for team in together(rows, self.marking) if isinstance(team, TeamRows))


def _all_of(shards: Path) -> list[Path]:
    """Return the folders of all shards, in order. Raises InputError where some are missing, or not of one batch."""
    named = [(path, path.name.split("-of-")) for path in shards.glob("*-of-*")]
    counted = sorted((int(of), int(at), path) for path, (at, of) in named if at.isdecimal() and of.isdecimal())
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
        about = About.model_validate_json((folder / _ABOUT).read_bytes())
    except ValidationError:
        about = None
    at, of = folder.name.split("-of-")
    if about is None or about.kept != digest_of(folder / _TEAMS) or about.shard != (int(at), int(of)):
        what = f"What shard {at}/{of} has kept is not as it was written"
        raise InputError(Problem(what, "Run this shard again; then merge.", Place(str(folder))))
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


def _lines(folder: Path) -> Iterator[dict[str, Any]]:
    with (folder / _TEAMS).open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _problem(kept: Sequence[Any]) -> Problem:
    what, todo, place = kept
    return Problem(what, todo, Place(**place) if place else None)
