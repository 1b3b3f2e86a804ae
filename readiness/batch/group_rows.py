"""Rows grouped by team, in any order, without keeping all of them in memory."""

import pickle
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby, islice
from operator import itemgetter

from readiness.assessment.group import MOST_PEOPLE
from readiness.batch.repeats import Numbers
from readiness.batch.rows import Read, Refused, RespondentRow
from readiness.batch.scorer import Marking
from readiness.batch.team_rows import NOTHING, Found, together
from readiness.errors import Problem
from readiness.roundtrip.form_entries import Given


class Scattered(Exception):  # noqa: N818 — nothing is wrong: the rows only have to be gathered first
    """The rows of a team are not one after the other."""


_SOON = 5_000
"""Among how many teams a repeated one is noticed at once, and not at the end."""


def neighbours(items: Iterable[Read], marking: Marking, given: Given = NOTHING) -> Iterator[Found]:
    """Yield the teams, if the rows of each are one after the other, and all else that was read.

    Raises Scattered if a team's are not, at the latest at the end: what was yielded is then of no use.
    """
    seen = _Seen()
    rows: list[RespondentRow] = []
    whose = None
    for item in items:
        if not isinstance(item, RespondentRow):
            yield item
        elif (same := item.whose) == whose:
            if len(rows) <= MOST_PEOPLE:  # the next row tells that they are too many
                rows.append(item)
        else:
            if rows:
                yield from _one_team(rows, marking, given)
            whose = same
            seen.add(*whose)
            rows = [item]
    if rows:
        yield from _one_team(rows, marking, given)
    seen.check()


def _one_team(rows: list[RespondentRow], marking: Marking, given: Given) -> Iterator[Found]:
    """Yield the rows as a team, or a refusal if no team has so many people: mostly another column names the team."""
    if len(rows) <= MOST_PEOPLE:
        yield from together(rows, marking, given)
        return
    what = f"This team has more than {MOST_PEOPLE:,} rows, and this row is one more"
    todo = "Check which column names the team. Or split the team. Until then it has no score."
    yield Refused((Problem(what, todo, rows[-1].place),), rows[0].team)


class _Seen:
    """The teams met so far, as numbers. If two names share one, rows are gathered for nothing, and that is all."""

    def __init__(self) -> None:
        self._teams, self._names, self._bare = Numbers(), Numbers(), Numbers()
        self._soon: set[int] = set()
        self._count = 0

    def add(self, organisation: str, name: str) -> None:
        """Take in a team that begins. Raises Scattered if it was met before, among the first ones."""
        team = hash((organisation, name))
        self._teams.add(team)
        (self._names if organisation else self._bare).add(hash(name))
        if self._count < _SOON:  # what is scattered at all mostly is from the start
            self._count += 1
            self._soon.add(team)
            if len(self._soon) < self._count:
                raise Scattered

    def check(self) -> None:
        """Raise Scattered if a team was met twice, or may belong to another: without an organisation, of one name."""
        if any(True for each in (self._teams.repeated(), self._bare.single_among(self._names)) for _ in each):
            raise Scattered


def gathered(items: Iterable[Read], marking: Marking, given: Given = NOTHING) -> Iterator[Found]:
    """Yield the same for rows in any order: teams by their first row, and before them all else that was read.

    Rows without an organisation join the team of their name that has one, if there is one only. The rows are sorted on
    disk, in a file that is gone at the end.
    """
    import sqlite3  # most input comes team by team, and needs none

    with closing(sqlite3.connect("", isolation_level=None)) as disk:
        disk.execute("CREATE TABLE rows (organisation TEXT, team TEXT, row BLOB)")
        disk.execute("CREATE TABLE joined (team TEXT PRIMARY KEY, organisation TEXT)")
        disk.execute("BEGIN")
        for item in items:
            if isinstance(item, RespondentRow):
                disk.execute(
                    "INSERT INTO rows VALUES (?, ?, ?)", (*item.whose, pickle.dumps(item._replace(parts=None)))
                )
            else:
                yield item
        disk.execute(_ORGANISATIONS)
        disk.execute(_JOIN)
        for _, group in groupby(disk.execute(_BY_TEAM), key=itemgetter(0, 1)):
            read = (pickle.loads(row) for _, _, row in islice(group, MOST_PEOPLE + 1))  # noqa: S301 — we put it there
            yield from _one_team([*read], marking, given)


_ORGANISATIONS = """
    INSERT INTO joined SELECT team, min(organisation) FROM rows
    WHERE organisation <> '' AND team IN (SELECT team FROM rows WHERE organisation = '')
    GROUP BY team HAVING count(DISTINCT organisation) = 1
"""
_JOIN = """
    UPDATE rows SET organisation = (SELECT organisation FROM joined WHERE joined.team = rows.team)
    WHERE organisation = '' AND team IN (SELECT team FROM joined)
"""
_BY_TEAM = """
    SELECT organisation, team, row FROM (
        SELECT organisation, team, row, rowid AS number, min(rowid) OVER (PARTITION BY organisation, team) AS first
        FROM rows
    ) ORDER BY first, number
"""
