"""Puts the rows of each team together, wherever in the files they stand, without keeping them all in memory."""

import pickle
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from readiness.assessment.duplicates import each_once
from readiness.assessment.filenames import file_slug
from readiness.assessment.model import Team
from readiness.bank.model import Bank
from readiness.batch.outcome import OVERALL, TeamOutcome
from readiness.batch.rows import Read, Refused, Row
from readiness.batch.scorer import Answers, Marking, ProfileMarking
from readiness.errors import InputError, Notice, Problem
from readiness.scoring.bulk import DomainPart, SheetResult, exact_score
from readiness.scoring.by_role import Who
from readiness.scoring.team_score import shared_score
from readiness.text import escaped


class Scattered(Exception):  # noqa: N818 — nothing is wrong: the rows only have to be gathered first
    """The rows of a team do not stand together."""


class TeamRows(NamedTuple):
    """One team: its rows, each a respondent, and what they come to."""

    rows: tuple[Row, ...]
    marking: ProfileMarking
    parts: tuple[DomainPart, ...]

    @property
    def team(self) -> Team:
        """Which team it is, with all that its rows say of its profile."""
        first = self.rows[0]
        return Team(name=first.team, organisation=first.organisation or None, profile=self.marking.profile)

    @property
    def slug(self) -> str:
        """What the team's files are called: never the same for two teams."""
        return file_slug(self.rows[0].team, "\0".join(self.rows[0].whose))

    def result(self) -> SheetResult:
        """Return the team's score and band."""
        return self.marking.sheet.result(self.parts, self.marking.silent(self._roles))

    def line(self, result: SheetResult, least: int) -> str:
        """Return the team's score as JSON, in one line. Roles are shown from ``least`` respondents on."""
        if len(self.rows) == 1:
            return self.marking.line(self.team, self.rows[0].answers, self._roles[0], self.parts, result)
        stands = self.marking.standings(self.team, self._answers, self._roles)
        said = self.marking.voices(self._answers, [_who(row) for row in self.rows], least)
        return escaped(shared_score(stands.bank, stands.score(), said).model_dump_json(by_alias=True))

    def outcome(self) -> TeamOutcome:
        """Return all that a portfolio is made from."""
        stands = self.marking.standings(self.team, self._answers, self._roles)
        alone = tuple(self._alone(answers) for answers in self._answers)
        return TeamOutcome(stands, stands.score(), alone, self.slug)

    def _alone(self, answers: Answers) -> dict[str, Fraction | None]:
        """Return what one respondent's answers alone would score."""
        sheet, parts = self.marking.sheet, self.marking.parts((answers,))
        domains = {domain.id: exact_score(part.score) for domain, part in zip(sheet.bank.domains, parts, strict=True)}
        return {OVERALL: exact_score(sheet.overall(parts)), **domains}

    @property
    def _roles(self) -> list[str | None]:
        return [row.role or None for row in self.rows]

    @property
    def _answers(self) -> list[Answers]:
        return [row.answers for row in self.rows]


def _who(row: Row) -> Who:
    return Who(row.role or None, row.assessment is not None and bool(row.assessment.respondent.shown_alone))


_SHARES = 16
_SOON = 5_000
"""Among how many teams a repeated one is noticed at once, and not at the end."""

Found = TeamRows | Refused | Notice


def neighbours(items: Iterable[Read], marking: Marking) -> Iterator[Found]:
    """Yield the teams, where the rows of each stand one after the other, and all else that was read.

    Raises Scattered where a team's do not, at the latest at the end: what was yielded is then of no use.
    """
    seen = array("q")
    soon: set[int] = set()
    rows: list[Row] = []
    for item in items:
        if not isinstance(item, Row):
            yield item
        elif rows and item.whose == rows[0].whose:
            rows.append(item)
        else:
            if rows:
                yield from together(rows, marking)
            seen.append(hash(item.whose))  # two names may share one: they are gathered for nothing, and that is all
            if len(seen) < _SOON:  # what is scattered at all mostly is from the start
                soon.add(seen[-1])
                if len(soon) < len(seen):
                    raise Scattered
            rows = [item]
    if rows:
        yield from together(rows, marking)
    if _repeats(seen):
        raise Scattered


def _repeats(numbers: Sequence[int]) -> bool:
    """Return whether a number comes twice. They are looked at in shares: a set takes ten times the room of an array."""
    for share in range(_SHARES):
        mine = [number for number in numbers if number % _SHARES == share]
        if len(set(mine)) < len(mine):
            return True
    return False


def gathered(items: Iterable[Read], marking: Marking) -> Iterator[Found]:
    """Yield the same for rows in any order: teams by where they first stand, and before them all else that was read.

    The rows are sorted on disk, in a file that is gone at the end.
    """
    with closing(sqlite3.connect("", isolation_level=None)) as disk:
        disk.execute("CREATE TABLE rows (organisation TEXT, team TEXT, row BLOB)")
        disk.execute("BEGIN")
        for item in items:
            if isinstance(item, Row):
                disk.execute(
                    "INSERT INTO rows VALUES (?, ?, ?)", (*item.whose, pickle.dumps(item._replace(parts=None)))
                )
            else:
                yield item
        found = disk.execute(_BY_TEAM)
        yield from neighbours((pickle.loads(row) for (row,) in found), marking)  # noqa: S301 — we put it there


_BY_TEAM = """
    SELECT row FROM (
        SELECT row, rowid AS number, min(rowid) OVER (PARTITION BY organisation, team) AS first FROM rows
    ) ORDER BY first, number
"""


def together(rows: Sequence[Row], marking: Marking) -> Iterator[Found]:
    """Yield one team's rows as a team. A row that contradicts those before it about the profile is refused.

    Where nothing tells which of a respondent's answers count, the whole team is refused, as ``readiness score`` does.
    """
    rows, told = _each_person_once(rows, marking.bank)
    yield from told
    if not rows:
        return
    profile, kept = rows[0].profile, list(rows)
    if len(rows) > 1 and any(row.profile != profile for row in rows):
        kept = []
        for row in rows:
            problems = [*_contradictions(row, profile, marking.bank)]
            if problems:
                yield Refused(tuple(problems), row.team)
            else:
                profile = tuple(one or other for one, other in zip(profile, row.profile, strict=True))
                kept.append(row)
    marks = marking.of_profile(profile)
    parts = kept[0].parts if len(kept) == 1 else None
    yield TeamRows(tuple(kept), marks, parts or marks.parts([row.answers for row in kept]))


def _each_person_once(rows: Sequence[Row], bank: Bank) -> tuple[Sequence[Row], Sequence[Notice | Refused]]:
    """Return the rows without older saves and copies of one respondent's answers, and what to tell about those.

    There are none where nothing tells which of two is the newer: without both, the score would be of fewer people. Only
    files of answers have them: the rows of a table are told apart by standing in it.
    """
    files = [(at, row.assessment) for at, row in enumerate(rows) if row.assessment is not None and not row.number]
    if len(files) <= 1:
        return rows, ()
    try:
        named = [str(rows[at].place) for at, _ in files]
        once = each_once([assessment for _, assessment in files], named, bank.roles)
    except InputError as error:
        todo = "Until then the team has no score."
        problems = tuple(replace(problem, todo=f"{problem.todo} {todo}") for problem in error.problems)
        return (), [Refused(problems, rows[0].team)]
    left = {at for at, _ in files} - {files[nth][0] for nth in once.kept}
    return [row for at, row in enumerate(rows) if at not in left], [Notice(notice) for notice in once.notices]


def _contradictions(row: Row, profile: Sequence[str], bank: Bank) -> Iterator[Problem]:
    for entry, before, now in zip(bank.profile, profile, row.profile, strict=True):
        if before and now and before != now:
            what = f'"{entry.id}" is {now} here, and {before} in the rows of this team before it'
            yield Problem(what, "Correct one of them.", row.place)
