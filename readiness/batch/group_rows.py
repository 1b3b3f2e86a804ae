"""Rows grouped by team, in any order, without keeping all of them in memory."""

import pickle
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import groupby, islice
from operator import itemgetter
from typing import TypeGuard

from readiness.assessment.group import MOST_PEOPLE
from readiness.batch.blocks import PlainRows, each_row
from readiness.batch.repeats import Numbers
from readiness.batch.rows import Read, Refused, RespondentRow
from readiness.batch.scorer import Marking
from readiness.batch.team_rows import NOTHING, Found, together
from readiness.errors import Problem
from readiness.intake.left_out import LeftOut, LostRows, Reason
from readiness.roundtrip.form_entries import Given


class Scattered(Exception):  # noqa: N818 — nothing is wrong: the rows only have to be gathered first
    """The rows of a team are not one after the other."""


_AT_A_TIME = 200
"""How many teams are taken in together: one by one takes three times as long."""
_SOON = 5_000
"""Among how many teams a repeated one is noticed at once, and not at the end."""


def neighbours(
    items: Iterable[Read | PlainRows], marking: Marking, given: Given = NOTHING
) -> Iterator[Found | PlainRows]:
    """Yield the teams, if the rows of each are one after the other, and all else that was read.

    Plain rows of which each is a whole team stay in a block.

    Raises Scattered if a team's are not, at the latest at the end: what was yielded is then of no use.
    """
    seen = _Seen()
    rows: list[RespondentRow] = []
    before, lost = None, LostRows()
    for item in items:
        if not isinstance(item, (RespondentRow, PlainRows)):
            if not isinstance(item, LeftOut):
                yield item
            if _is_lost(item):
                seen.add_lost(item.whose)
                if item.whose != before:
                    yield from _next_team(rows, marking, given, lost)
                    seen.add([item.whose])
                    rows, before, lost = [], item.whose, LostRows()
                _add(item, lost)
            continue
        found: Iterable[RespondentRow] = (item,) if isinstance(item, RespondentRow) else item.rows()
        whose = [item.whose] if isinstance(item, RespondentRow) else item.whose
        last = len(whose) - 1
        alone = last > 0 and not given.profile and whose[0] != before and len(set(whose)) > last
        if alone and isinstance(item, PlainRows):
            yield from _next_team(rows, marking, given, lost)
            seen.add(whose[:last])
            yield item.until(last)
            rows, before, lost = [], None, LostRows()
            found, whose = (item.row(last),), whose[last:]  # more rows may be of the last team
        for row, of in zip(found, whose, strict=True):
            if of == before:
                if len(rows) <= MOST_PEOPLE:  # the next row tells that they are too many
                    rows.append(row)
            else:
                yield from _next_team(rows, marking, given, lost)
                seen.add([of])
                rows, before, lost = [row], of, LostRows()
    yield from _next_team(rows, marking, given, lost)
    seen.check()


def _is_lost(item: Read | PlainRows) -> TypeGuard[Refused | LeftOut]:
    """Return whether this is a row of a known team that is left out, and that somebody may have answered."""
    return isinstance(item, LeftOut) or (isinstance(item, Refused) and bool(item.team and item.problems))


def _add(item: Refused | LeftOut, lost: LostRows) -> None:
    if isinstance(item, LeftOut):
        lost.add(item)
    else:
        lost.add_wrong(item.whose)


def _none_left(lost: LostRows, left: Collection[tuple[str, str]] = ()) -> Iterator[Refused]:
    """Yield that a team has no score, of each that has no row among those that are ``left``."""
    for row, problem in lost.none_left(left):
        yield Refused((problem,), row.team, row.organisation)


def _next_team(rows: Sequence[RespondentRow], marking: Marking, given: Given, lost: LostRows) -> Iterable[Found]:
    """Return the rows as a team, or a refusal if all of its rows are ``lost``."""
    return _one_team(rows, marking, given, lost.of(rows[0].whose)) if rows else _none_left(lost)


def _one_team(
    rows: Sequence[RespondentRow], marking: Marking, given: Given, lost: Mapping[Reason, int]
) -> Iterable[Found]:
    """Return the rows as a team, or a refusal if no team has so many people: mostly another column names the team.

    ``lost`` is how many more of its rows are left out, by reason.
    """
    if len(rows) <= MOST_PEOPLE:
        return together(rows, marking, given, lost)
    what = f"This team has more than {MOST_PEOPLE:,} rows, and this row is one more"
    todo = "Check which column names the team. Or split the team. Until then it has no score."
    organisation = next((row.organisation for row in rows if row.organisation), "")
    return (Refused((Problem(what, todo, rows[-1].place),), rows[0].team, organisation),)


class _Seen:
    """The teams met so far, as numbers. If two names share one, rows are gathered for nothing, and that is all."""

    def __init__(self) -> None:
        self._teams, self._names, self._bare = Numbers(), Numbers(), Numbers()
        self._lost, self._lost_bare = Numbers(), Numbers()
        self._next: list[tuple[str, str]] = []
        self._soon: set[int] = set()
        self._count = 0

    def add(self, whose: Iterable[tuple[str, str]]) -> None:
        """Take in teams that begin. Raises Scattered if one was met before, among the first ones."""
        self._next.extend(whose)
        if len(self._next) >= _AT_A_TIME:
            self._take_in()

    def add_lost(self, whose: tuple[str, str]) -> None:
        """Take in a row that is left out. Silent about the organisation, it may be of any team of its name."""
        organisation, name = whose
        (self._lost if organisation else self._lost_bare).add([hash(name)])

    def _take_in(self) -> None:
        teams = [*map(hash, self._next)]
        self._teams.add(teams)
        self._names.add([hash(name) for organisation, name in self._next if organisation])
        self._bare.add([hash(name) for organisation, name in self._next if not organisation])
        self._next.clear()
        if self._count < _SOON:  # what is scattered at all mostly is from the start
            self._count += len(teams)
            self._soon.update(teams)
            if len(self._soon) < self._count:
                raise Scattered
        else:
            self._soon.clear()

    def check(self) -> None:
        """Raise Scattered if a team was met twice, or may belong to another: without an organisation, of one name.

        So may a row that is left out.
        """
        self._take_in()
        if self._lost_bare.meets(self._names) or self._lost.meets(self._bare):
            raise Scattered
        if any(True for each in (self._teams.repeated(), self._bare.single_among(self._names)) for _ in each):
            raise Scattered


def gathered(items: Iterable[Read | PlainRows], marking: Marking, given: Given = NOTHING) -> Iterator[Found]:
    """Yield the same for rows in any order: teams by their first row, and before them all else that was read.

    Rows without an organisation join the team of their name that has one, if there is one only. The rows are sorted on
    disk, in a file that is gone at the end.
    """
    import sqlite3  # most input comes team by team, and needs none

    with closing(sqlite3.connect("", isolation_level=None)) as disk:
        disk.execute("CREATE TABLE rows (organisation TEXT, team TEXT, row BLOB)")
        disk.execute("CREATE TABLE joined (team TEXT PRIMARY KEY, organisation TEXT)")
        disk.execute("BEGIN")
        lost, left = LostRows(), set[tuple[str, str]]()
        for item in each_row(items):
            if isinstance(item, RespondentRow):
                disk.execute(
                    "INSERT INTO rows VALUES (?, ?, ?)", (*item.whose, pickle.dumps(item._replace(parts=None)))
                )
            else:
                if not isinstance(item, LeftOut):
                    yield item
                if _is_lost(item):
                    _add(item, lost)
        disk.execute(_ORGANISATIONS)
        disk.execute(_JOIN)
        for whose, group in groupby(disk.execute(_BY_TEAM), key=itemgetter(0, 1)):
            read = (pickle.loads(row) for _, _, row in islice(group, MOST_PEOPLE + 1))  # noqa: S301 — we put it there
            if missed := lost.of(whose):
                left.add(whose)
            yield from _one_team([*read], marking, given, missed)
        yield from _none_left(lost, left)


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
