"""Rows grouped by team, in any order, without keeping all of them in memory."""

import pickle
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby
from operator import itemgetter

from readiness.batch.rows import Read, RespondentRow
from readiness.batch.scorer import Marking
from readiness.batch.team_rows import NOTHING, Found, together
from readiness.roundtrip.form_entries import Given


class Scattered(Exception):  # noqa: N818 — nothing is wrong: the rows only have to be gathered first
    """The rows of a team are not one after the other."""


_SHARES = 16
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
            rows.append(item)
        else:
            if rows:
                yield from together(rows, marking, given)
            whose = same
            seen.add(*whose)
            rows = [item]
    if rows:
        yield from together(rows, marking, given)
    seen.check()


class _Seen:
    """The teams met so far, as numbers. If two names share one, rows are gathered for nothing, and that is all."""

    def __init__(self) -> None:
        self._teams, self._names, self._bare = array("q"), array("q"), array("q")
        self._soon: set[int] = set()

    def add(self, organisation: str, name: str) -> None:
        """Take in a team that begins. Raises Scattered if it was met before, among the first ones."""
        self._teams.append(hash((organisation, name)))
        (self._names if organisation else self._bare).append(hash(name))
        if len(self._teams) < _SOON:  # what is scattered at all mostly is from the start
            self._soon.add(self._teams[-1])
            if len(self._soon) < len(self._teams):
                raise Scattered

    def check(self) -> None:
        """Raise Scattered if a team was met twice, or may belong to another: without an organisation, of one name.

        Numbers are looked at in shares: a set takes ten times the room of an array.
        """
        for share in range(_SHARES):
            mine = [number for number in self._teams if number % _SHARES == share]
            if len(set(mine)) < len(mine):
                raise Scattered
            bare = {number for number in self._bare if number % _SHARES == share}
            if bare and 1 in Counter(number for number in self._names if number in bare).values():
                raise Scattered


def gathered(items: Iterable[Read], marking: Marking, given: Given = NOTHING) -> Iterator[Found]:
    """Yield the same for rows in any order: teams by their first row, and before them all else that was read.

    Rows without an organisation join the team of their name that has one, if there is one only. The rows are sorted on
    disk, in a file that is gone at the end.
    """
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
            yield from together([pickle.loads(row) for _, _, row in group], marking, given)  # noqa: S301 — we put it there


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
